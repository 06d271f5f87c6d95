package teams

import (
	"context"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// doubts is the part 疑点: what the rules find over all ledgers, rule by rule.
type doubts struct {
	p      *Page
	groups []group

	header    *page.Header
	fix, stop *kit.Button
	rules     *grid.Grid
	list      *grid.Grid
	reads     *task.Latest
	names     *task.Latest
}

func newDoubts(p *Page) *doubts {
	d := &doubts{p: p, reads: task.NewLatest(p.desk.Runner), names: task.NewLatest(p.desk.Runner)}
	d.rules = grid.New(grid.Config{Source: table{}, Rows: true, Empty: "没有疑点。", OnSelect: func(int) { d.follow() }})
	d.list = grid.New(grid.Config{Source: table{}, Rows: true, Empty: "这条规则没有发现疑点。", OnSelect: func(int) { d.buttons() }, OnOpen: d.open})
	return d
}

// rulesWidth is the width of the list of rules.
const rulesWidth float32 = 330

func (d *doubts) lines() (*page.Header, []fyne.CanvasObject, []fyne.CanvasObject) {
	d.fix = kit.NewButton("一键改", kit.ButtonPlain, d.fixAlike)
	d.stop = kit.NewButton("停用这条规则", kit.ButtonPlain, d.askOff)
	d.fix.Hide()
	d.header = page.NewHeader("驻村", kit.NewButton("导出口径表", kit.ButtonPlain, d.exportScheme),
		kit.NewButton("导入口径表", kit.ButtonPlain, d.importScheme), d.fix, d.stop, kit.NewButton("重新检查", kit.ButtonMain, d.load))
	return d.header, nil, []fyne.CanvasObject{page.Columns(kit.NewFlushCard(d.rules), rulesWidth, kit.NewFlushCard(d.list))}
}

// checked is what was read.
type checked struct {
	problems []model.Problem
	params   model.Params
}

func (d *doubts) load() {
	d.header.SetNote("正在检查…")
	page.Load(d.p.desk, d.reads, func(ctx context.Context) (c checked, err error) {
		if c.params, err = d.p.api.Settings(ctx); err == nil {
			c.problems, err = d.p.api.Check(ctx, "")
		}
		return c, err
	}, func(c checked) {
		rule := d.current().rule
		d.groups = grouped(d.p.api.Catalog(), c.problems, c.params)
		d.header.SetNote(countWords(d.groups))
		d.rules.SetSource(groupTable(d.groups))
		for row, g := range d.groups {
			if g.rule == rule {
				d.rules.Select(row)
			}
		}
		d.follow()
	})
}

// concerns: every record may be doubted. The rules are run again by the button, and
// whenever the part is gone to.
func (d *doubts) concerns([]string) bool { return true }

func (d *doubts) leave() {}

// show goes to the rule whose id the route searches for.
func (d *doubts) show(r page.Route) {
	for row, g := range d.groups {
		if r.Search == g.rule {
			d.rules.Select(row)
		}
	}
	d.p.focus(d.rules)
}

func (d *doubts) do(c page.Command) bool {
	switch c {
	case page.Next:
		row, _ := d.list.Current()
		d.list.Select(row + 1)
		d.p.focus(d.list)
	case page.Edit:
		row, _ := d.list.Current()
		d.open(row)
	default:
		return false
	}
	return true
}

// current is the rule of the cursor.
func (d *doubts) current() group {
	row, _ := d.rules.Current()
	if row < 0 || row >= len(d.groups) {
		return group{}
	}
	return d.groups[row]
}

// problem is the place of the cursor.
func (d *doubts) problem() (model.Problem, bool) {
	g := d.current()
	row, _ := d.list.Current()
	if row < 0 || row >= len(g.found) {
		return model.Problem{}, false
	}
	return g.found[row], true
}

// mostNamed bounds how many records of a rule are named; the rest show when the
// first are done.
const mostNamed = 500

// follow lists what the rule of the cursor found.
func (d *doubts) follow() {
	g := d.current()
	if len(g.found) > mostNamed {
		g.found = g.found[:mostNamed]
	}
	page.Load(d.p.desk, d.names, func(ctx context.Context) (map[string]place, error) { return d.places(ctx, g) },
		func(places map[string]place) {
			if g.rule == "" {
				d.list.SetSource(table{})
			} else {
				d.list.SetSource(foundTable(d.p.api.Catalog(), g, places))
			}
			d.buttons()
		})
}

// places names the records of a rule and where they are.
func (d *doubts) places(ctx context.Context, g group) (map[string]place, error) {
	out, areas := map[string]place{}, map[string]string{}
	for _, p := range g.found {
		l, rec, err := d.p.api.Get(ctx, p.Ledger, p.Record)
		if model.CodeOf(err) == model.CodeNotFound {
			continue // deleted since it was checked
		}
		if err != nil {
			return nil, err
		}
		if _, known := areas[rec.Area]; !known && rec.Area != "" {
			areas[rec.Area] = ""
			if _, area, err := d.p.api.Get(ctx, ledgers.Area, rec.Area); err == nil {
				areas[rec.Area] = area.Get("name").Text
			}
		}
		out[p.Record] = place{name: nameOf(l, rec), area: areas[rec.Area]}
	}
	return out, nil
}

// nameOf is a record's name with its month where it has one; nothing that is
// sensitive.
func nameOf(l *model.Ledger, rec *model.Record) string {
	words := ""
	if f := l.Field(l.Title); f != nil {
		words = f.Show(app.Shown(false)(f, rec.Get(l.Title)))
	}
	if f := l.Field("period"); f != nil && !rec.Get("period").IsEmpty() {
		words += " " + f.Show(rec.Get("period"))
	}
	return words
}

// buttons fit the rule and the place of the cursor.
func (d *doubts) buttons() {
	g := d.current()
	p, ok := d.problem()
	if same := alike(g, p); ok && len(same) > 0 {
		d.fix.SetLabel(fixWords(p, len(same)))
		d.fix.Show()
	} else {
		d.fix.Hide()
	}
	label := "停用这条规则"
	if g.off != "" {
		label = "恢复这条规则"
	}
	d.stop.SetLabel(label)
	if d.stop.Enable(); !g.canOff {
		d.stop.Disable()
	}
	d.header.Object.Refresh()
	words := ""
	if g.source != "" {
		words = "依据：" + plainSource(g.source)
	}
	if g.off != "" {
		words += "　停用的理由：" + g.off
	}
	d.p.desk.Status(words)
}

// open goes to the cell: a line of the month sheet on this page, any other record in
// its ledger.
func (d *doubts) open(row int) {
	g := d.current()
	if row < 0 || row >= len(g.found) {
		return
	}
	p := g.found[row]
	if p.Ledger != ledgers.Attendance {
		d.p.desk.Open(page.Route{Page: page.Ledgers, Ledger: p.Ledger, Record: p.Record})
		return
	}
	page.Run(d.p.desk, func(ctx context.Context) (*model.Record, error) {
		_, rec, err := d.p.api.Get(ctx, p.Ledger, p.Record)
		return rec, err
	}, func(rec *model.Record) { d.p.openSheet(rec, p.Field) })
}

// fixAlike corrects the place of the cursor and those that are alike, as one
// operation.
func (d *doubts) fixAlike() {
	p, ok := d.problem()
	same := alike(d.current(), p)
	if !ok || len(same) == 0 {
		return
	}
	rows := make([]app.RowChange, len(same))
	for i, o := range same {
		rows[i] = app.RowChange{ID: o.Record, Assign: []app.Assignment{{Field: o.Field, Words: o.Fixes[0].Words}}}
	}
	page.Run(d.p.desk, func(ctx context.Context) (app.Done, error) { return d.p.api.SetMany(ctx, p.Ledger, rows) },
		func(done app.Done) {
			d.p.desk.Done("已改："+fixWords(p, len(same)), done.Op)
			d.load()
		})
}

// askOff switches a rule off, for which a reason is asked, or on again.
func (d *doubts) askOff() {
	g := d.current()
	if g.off != "" {
		d.setOff(g, "", nil)
		return
	}
	reason := kit.NewEntry("例如：本县按每月三分之二时间核对")
	field := kit.NewField("停用的理由", true, "理由记在历史里，随时可以恢复。", reason)
	reason.OnChanged = func(string) { field.SetProblem("") }
	var box *kit.Dialog
	box = kit.ShowDialog(d.p.canvas(), "停用规则："+g.name, field, kit.NewButton("取消", kit.ButtonPlain, func() { box.Close() }),
		kit.NewButton("停用", kit.ButtonMain, func() {
			if reason.Text == "" {
				field.SetProblem("请写明理由。")
				return
			}
			d.setOff(g, reason.Text, box)
		}))
	d.p.focus(reason)
}

// setOff keeps the reason; an empty one switches the rule on.
func (d *doubts) setOff(g group, reason string, box *kit.Dialog) {
	page.Run(d.p.desk, func(ctx context.Context) (app.Done, error) {
		return d.p.api.SetSetting(ctx, rule.CheckOff+g.rule, reason)
	}, func(done app.Done) {
		words := "已恢复规则：" + g.name
		if box != nil {
			box.Close()
			words = "已停用规则：" + g.name
		}
		d.p.desk.Done(words, done.Op)
		d.load()
	})
}
