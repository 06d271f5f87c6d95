package settings

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/ticklist"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/text"
)

// carry makes small ledgers for villages (下村包, CLERK 9) and lists those that are out.
type carry struct {
	p       *Page
	content fyne.CanvasObject
	pack    *kit.Button
	lost    *kit.Button
	source  *bundleSource
	grid    *grid.Grid
}

func newCarry(p *Page) *carry {
	c := &carry{p: p, source: &bundleSource{columns: carriedColumns, words: carriedWords}}
	c.pack = kit.NewButton("打下村包…", kit.ButtonMain, c.ask)
	c.lost = kit.NewButton("不再收回…", kit.ButtonPlain, c.askLost)
	c.lost.Disable()
	c.grid = grid.New(grid.Config{Source: c.source, Rows: true, Empty: "还没有打过下村包", OnSelect: func(int) { c.chose() }})
	about := kit.NewCard("把几个村的台账带下去填", nil, container.NewVBox(line(c.pack),
		kit.NewNote("选几个村，打成一本小台账，拷到U盘。村里的电脑装了本程序，双击就能打开，照常填任务、走访、日志、考勤和户台账。"),
		kit.NewNote("带回来以后，在“收表”里添加这个文件，或拖到窗口上：只并入带出以后改过的，先看再并，可以撤销。")))
	c.content = frame(page.NewHeader("下村包"), kit.NewFlushCard(c.grid), about, line(c.lost))
	return c
}

func (c *carry) object() fyne.CanvasObject { return c.content }

// carriedRead is what was read for the section.
type carriedRead struct {
	ledger *model.Ledger
	out    []*model.Record
	here   *model.Record // where this ledger itself was carried
}

func (c *carry) load() { page.Load(c.p.desk, c.p.reads, c.read, c.show) }

func (c *carry) read(ctx context.Context) (out carriedRead, err error) {
	if out.here, err = c.p.api.CarriedHere(ctx); err != nil {
		return out, err
	}
	out.ledger, out.out, err = c.p.api.CarriedOut(ctx)
	return out, err
}

func (c *carry) show(in carriedRead) {
	enable(in.here == nil, c.pack)
	c.source.ledger, c.source.bundles = in.ledger, in.out
	c.grid.Reload()
	c.chose()
}

// chose lets give up what is chosen and still out.
func (c *carry) chose() {
	row, _ := c.grid.Current()
	enable(row >= 0 && row < len(c.source.bundles) && app.IsOut(c.source.bundles[row]), c.lost)
}

// carryAsk is the dialog in which is said what goes out with whom.
type carryAsk struct {
	*carry
	dialog   *kit.Dialog
	to       *ticklist.List
	who      secret // nothing secret: an entry under its label
	password newPassword
	ledgers  []*model.Ledger
	ticks    []*kit.Tick
	problem  *kit.Para
}

const (
	carryLeft  float32 = 320
	carryRight float32 = 400
)

// ask asks which villages, who takes them along, and what is to be seen there.
func (c *carry) ask() {
	page.Run(c.p.desk, c.p.api.Below, func(below []app.Receiver) {
		d := &carryAsk{carry: c, who: newInput("由谁带去", "收回以前，今日一直提醒。"), password: newFreePassword("包的密码（带敏感列的必须设）"),
			problem: kit.NewPara("", look.TextSmall, look.OverdueText, false, 0)}
		d.build(below)
	})
}

func (d *carryAsk) build(below []app.Receiver) {
	d.to = ticklist.New("找村，可用拼音首字母", func() { d.problem.SetText("") })
	choices := make([]kit.Choice, len(below))
	for i, r := range below {
		choices[i] = kit.Choice{ID: r.ID, Text: r.Name}
	}
	d.to.Set(choices)
	d.to.Only(nil)
	boxes := container.NewGridWithColumns(2)
	for _, l := range d.p.api.Catalog().All() {
		if !l.System && slices.ContainsFunc(l.Fields, func(f model.Field) bool { return f.Sensitive }) {
			tick := kit.NewTick(l.Label, false, func(bool) {})
			d.ledgers, d.ticks = append(d.ledgers, l), append(d.ticks, tick)
			boxes.Add(tick)
		}
	}
	left := container.NewVBox(d.who.field, d.password.first.field, d.password.again.field)
	secrets := container.NewVBox(kit.NewNote("带上证件号码、电话等敏感列的台账（不勾就不带）"), boxes)
	right := container.NewBorder(kit.NewNote("去哪些村"), container.New(layout.NewCustomPaddedLayout(look.Gap, 0, 0, 0), container.NewVBox(secrets, d.problem)), nil, nil, d.to.Object)
	run := kit.NewButton("选位置，打包", kit.ButtonMain, d.send)
	d.dialog = kit.ShowDialog(d.p.desk.Canvas(), "打下村包", page.Columns(left, carryLeft, container.New(fixed(carryRight), right)),
		kit.NewButton("取消", kit.ButtonPlain, func() { d.dialog.Close() }), run)
	d.p.desk.Canvas().Focus(d.who.Entry)
}

// send makes the pack where the clerk says.
func (d *carryAsk) send() {
	req := app.Carry{Villages: d.to.IDs(), Who: text.Clean(d.who.Text)}
	for i, l := range d.ledgers {
		if d.ticks[i].On() {
			req.Sensitive = append(req.Sensitive, l.Key)
		}
	}
	var ok bool
	switch {
	case req.Who == "":
		d.who.field.SetProblem("请写由谁带去。")
		return
	case len(req.Villages) == 0:
		d.problem.SetText("请勾选要去的村。")
		return
	}
	if req.Password, ok = d.password.takeFree(); !ok {
		return
	}
	if req.Password == "" && len(req.Sensitive) > 0 {
		d.password.first.field.SetProblem("带敏感列的要设密码。")
		return
	}
	d.p.desk.Save(d.p.api.CarryName(d.places()), func(path string) {
		req.To = path
		page.Attempt(d.p.desk, func(ctx context.Context) (app.CarriedOut, error) { return d.p.api.CarryOut(ctx, req) }, func(done app.CarriedOut, err error) {
			if err != nil {
				d.problem.SetText(model.Sentence(err))
				return
			}
			d.dialog.Close()
			d.load()
			d.p.desk.Done(done.Words(), 0) // to undo the entry would leave the file
		})
	})
}

// places names the chosen villages for the name of the file.
func (d *carryAsk) places() string {
	var names []string
	for _, c := range d.to.Chosen() {
		names = append(names, c.Text)
	}
	return app.PlacesInShort(names)
}

// askLost asks why a pack will not come back.
func (c *carry) askLost() {
	row, _ := c.grid.Current()
	rec := c.source.bundles[row]
	why := newInput("为什么不再收回", "例如 没有填、U盘丢了。以后找到了仍可以收。")
	c.p.askSecrets("不再收回", "记下", "由"+rec.Get("who").Text+"带去"+rec.Get("places").Text+"的下村包不再提醒。", func(d *kit.Dialog) {
		page.Attempt(c.p.desk, func(ctx context.Context) (app.Done, error) { return c.p.api.GiveUpCarried(ctx, rec.ID, why.Text) }, func(done app.Done, err error) {
			if err != nil {
				why.field.SetProblem(model.Sentence(err))
				return
			}
			d.Close()
			c.load()
			c.p.desk.Done("已记下不再收回", done.Op)
		})
	}, why)
}

// carriedColumns are the columns of the list, with their widths.
var carriedColumns = []bundleColumn{{"who", "带去的人", 110}, {"places", "去的村", 180}, {"made_at", "带出时间", 140}, {"rows", "", 74}, {"taken_on", "收回", 150}, {"file", "", 160}}

// carriedWords say of a pack whether it is back.
func carriedWords(rec *model.Record, key, words string) string {
	switch {
	case key != "taken_on":
		return words
	case app.IsOut(rec):
		return "还没有收回"
	case rec.Get("given_up").Set:
		return "不再收回：" + rec.Get("given_up").Text
	}
	return words
}
