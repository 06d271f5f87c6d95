package settings

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// areaLedger is the ledger of the divisions.
const areaLedger = "area"

// areas is the tree of divisions, with the chosen one at the right.
type areas struct {
	p       *Page
	content fyne.CanvasObject
	header  *page.Header
	search  *kit.Entry
	grid    *grid.Grid
	tree    *areaTree
	drawer  *kit.Drawer
	refs    form.Refs
	form    *form.Form
	chosen  *model.Record
	adding  bool // the form is that of a new division below the chosen one
}

func newAreas(p *Page) *areas {
	a := &areas{p: p, tree: &areaTree{ledger: p.api.Catalog().Ledger(areaLedger)}}
	add := kit.NewButton("新增下级", kit.ButtonMain, a.add)
	whole := kit.NewButton("打开完整台账", kit.ButtonPlain, func() { p.desk.Open(page.Route{Page: page.Ledgers, Ledger: areaLedger}) })
	a.header = page.NewHeader("行政区划", whole, add)
	a.search = kit.NewEntry("搜索：名称、别名、代码，可用拼音首字母")
	a.search.OnChanged = func(words string) {
		a.tree.words = words
		a.rearrange()
	}
	a.grid = grid.New(grid.Config{
		Source: a.tree, Rows: true, Empty: "还没有行政区划。点右上“新增下级”从县开始建，或在台账页导入村名单。",
		OnSelect: a.choose, OnTwist: a.twist,
		OnOpen: func(int) { a.form.Focus(p.desk.Canvas()) },
	})
	a.drawer = kit.NewDrawer(nil, nil)
	a.content = frame(a.header, container.New(aside{}, kit.NewFlushCard(a.grid), a.drawer), container.New(fixed(controlWidth), a.search))
	a.choose(-1)
	return a
}

func (a *areas) object() fyne.CanvasObject { return a.content }

// areaData is what was read for the section.
type areaData struct {
	records []*model.Record
	uses    map[string][]app.Use
	refs    form.Refs
}

func (a *areas) load() {
	page.Load(a.p.desk, a.p.reads, func(ctx context.Context) (d areaData, err error) {
		_, list, err := a.p.api.List(ctx, app.ListRequest{Ledger: areaLedger})
		if err != nil {
			return d, err
		}
		d.records = list.Records
		if d.uses, err = a.p.api.Uses(ctx, areaLedger); err != nil {
			return d, err
		}
		d.refs, err = form.ReadRefs(ctx, a.p.api, a.tree.ledger)
		return d, err
	}, a.show)
}

func (a *areas) show(d areaData) {
	if a.tree.folded == nil {
		a.tree.folded = foldLow(d.records)
	}
	a.tree.records, a.tree.uses, a.refs = d.records, d.uses, d.refs
	a.header.SetNote(fmt.Sprintf("%d 个", len(d.records)))
	a.rearrange()
}

// rearrange shows the rows anew, keeping the chosen division.
func (a *areas) rearrange() {
	a.tree.arrange()
	a.grid.Reload()
	row := 0
	if a.chosen != nil {
		row = max(0, a.tree.rowOf(a.chosen.ID))
	}
	a.grid.Select(row)
	a.choose(row)
}

// twist folds or unfolds a division.
func (a *areas) twist(row int) {
	id := a.tree.rows[row].rec.ID
	a.tree.folded[id] = !a.tree.folded[id]
	a.rearrange()
}

// choose shows a division at the right.
func (a *areas) choose(row int) {
	a.chosen, a.adding = nil, false
	if row >= 0 && row < len(a.tree.rows) {
		a.chosen = a.tree.rows[row].rec
	}
	if a.chosen == nil {
		a.drawer.SetHead(kit.Head{Title: "没有选中区划"})
		a.drawer.SetTabs([]kit.Tab{{Key: "form", Label: "基本", Content: kit.NewNote("在左边选一个，或新增一个。")}}, "")
		a.drawer.SetFooter("")
		return
	}
	l := a.tree.ledger
	a.fill(kit.Head{Crumb: l.Field("parent").Show(a.chosen.Get("parent")), Title: l.Name(a.chosen)}, a.chosen)
}

// add opens the form of a new division below the chosen one.
func (a *areas) add() {
	above := a.chosen
	a.adding = true
	rec := model.NewRecord(areaLedger, "")
	title := "新增区划"
	if above != nil {
		title = "在“" + above.Get("name").Text + "”下新增"
	}
	a.fill(kit.Head{Title: title}, rec)
	if above != nil {
		a.form.Propose("parent", above.Get("name").Text, above.ID)
	}
	a.form.Propose("level", a.tree.ledger.Field("level").Show(model.Text(levelBelow(above))), "")
	a.form.Focus(a.p.desk.Canvas())
}

// fill shows a record's form, and who refers to it.
func (a *areas) fill(head kit.Head, rec *model.Record) {
	a.form = form.New(form.Params{Fields: form.Fields(a.tree.ledger), Today: a.p.api.Today(), Refs: a.refs})
	a.form.Show(rec)
	a.drawer.SetHead(head)
	tabs := []kit.Tab{{Key: "form", Label: "基本", Content: a.form.Object}}
	if !a.adding {
		uses := a.tree.uses[rec.ID]
		tabs = append(tabs, kit.Tab{Key: "uses", Label: "被引用", Count: total(uses), Content: usesList(uses)})
	}
	a.drawer.SetTabs(tabs, "form")
	buttons := []*kit.Button{kit.NewButton("保存", kit.ButtonFirst, a.save)}
	if a.adding {
		buttons = append(buttons, kit.NewButton("取消", kit.ButtonPlain, a.rearrange))
	} else {
		buttons = append(buttons, kit.NewButton("删除", kit.ButtonPlain, a.remove))
	}
	a.drawer.SetFooter("", buttons...)
}

// usesList says who refers to a record.
func usesList(uses []app.Use) fyne.CanvasObject {
	box := container.NewVBox()
	for _, u := range uses {
		box.Add(kit.NewLine(fmt.Sprintf("%s · %s　%d 条", u.Ledger, u.Field, u.N), look.TextBody, look.Ink, false))
	}
	if len(uses) == 0 {
		box.Add(kit.NewNote("没有记录引用它。"))
	}
	return box
}

// save writes what was entered; the form stays as it is where a value is refused.
func (a *areas) save() {
	changes, adding, rec := a.form.Changes(), a.adding, a.chosen
	if len(changes) == 0 {
		a.p.desk.Done("没有改动", 0)
		return
	}
	a.p.write(func(ctx context.Context) (app.Done, error) {
		if adding {
			return a.p.api.Add(ctx, areaLedger, changes)
		}
		return a.p.api.Set(ctx, areaLedger, rec.ID, changes)
	}, func(err error) bool { return a.form.Problem(err, a.p.desk.Canvas()) },
		func(done app.Done) { a.saved(done, adding) })
}

// saved tells what was written and chooses it.
func (a *areas) saved(done app.Done, adding bool) {
	words := "已保存区划"
	if adding {
		words = "已新增区划"
	}
	if len(done.Records) > 0 {
		a.chosen = done.Records[0]
		words += "“" + a.tree.ledger.Name(a.chosen) + "”"
	}
	a.adding = false
	a.p.desk.Done(words, done.Op)
	a.load()
}

// remove deletes the chosen division after asking; app refuses while others refer
// to it, and says how many.
func (a *areas) remove() {
	rec := a.chosen
	name := a.tree.ledger.Name(rec)
	a.p.desk.Presenter.Confirm(task.Question{
		Title: "删除“" + name + "”", Text: "还被其他记录引用的区划不能删除。删除后可以撤销。", Yes: "删除", Danger: true,
	}, func() {
		page.Run(a.p.desk, func(ctx context.Context) (app.Done, error) {
			return a.p.api.Delete(ctx, areaLedger, rec.ID, false)
		}, func(done app.Done) {
			a.chosen = nil
			a.p.desk.Done("已删除区划“"+name+"”", done.Op)
			a.load()
		})
	})
}
