package reports

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// forms is where forms are made and changed (表样): the list at the left, the columns
// of the chosen one in the middle, what else is to be said of it at the right.
type forms struct {
	*Page
	object fyne.CanvasObject
	latest *task.Latest

	header  *page.Header
	list    *grid.Grid
	all     formRows
	columns *grid.Grid
	lines   columnRows
	form    exchange.Form // as it is edited; without a key it is new
	away    *kit.Button   // 删除

	entries formEntries
}

func newForms(p *Page) *forms {
	f := &forms{Page: p, latest: task.NewLatest(p.desk.Runner)}
	f.away = kit.NewButton("删除", kit.ButtonPlain, f.remove)
	f.header = page.NewHeader("表样", kit.NewButton("返回报表", kit.ButtonPlain, p.openFront), f.away,
		kit.NewButton("新建表样", kit.ButtonPlain, f.begin), kit.NewButton("保存", kit.ButtonMain, f.save))
	f.list = grid.New(grid.Config{Source: &f.all, Rows: true, OnSelect: f.selected})
	f.columns = grid.New(grid.Config{Source: &f.lines, Rows: true, OnOpen: f.cycle, OnRune: f.useRune, Empty: "先选台账。"})
	tools := container.NewHBox(kit.NewButton("上移", kit.ButtonPlain, func() { f.move(-1) }), kit.NewButton("下移", kit.ButtonPlain, func() { f.move(1) }),
		kit.NewButton("换用法", kit.ButtonPlain, func() { at, _ := f.columns.Current(); f.cycle(at) }))
	below := container.NewBorder(nil, nil, tools, nil, container.New(margins{left: look.Gap}, kit.NewNote("双击或按空格换用法")))
	middle := container.NewBorder(nil, container.New(inset{look.Gap}, below), nil, nil, kit.NewFlushCard(f.columns))
	right := kit.NewCard("填报要求", nil, container.NewVScroll(container.New(margins{left: 2, right: look.GapPage}, f.makeEntries())))
	f.object = page.Rows(f.header.Object, page.Columns(kit.NewFlushCard(f.list), formsList, container.New(sideLayout{}, middle, right)))
	return f
}

const (
	formsList        float32 = 210
	receiversRoom    float32 = 200 // what a dialog of receivers leaves of the window
	receiversWidth   float32 = 560
	receiversHighest float32 = 260
)

// load reads the forms anew and shows the one that was chosen.
func (f *forms) load() {
	page.Load(f.desk, f.latest, f.api.Forms, func(all []exchange.Form) {
		f.all.forms = all
		f.header.SetNote(fmt.Sprintf("%d 个报表", len(all)))
		f.list.Reload()
		f.list.Select(max(0, slices.IndexFunc(all, func(o exchange.Form) bool { return o.Key == f.form.Key })))
		if at, _ := f.list.Current(); at >= 0 {
			f.selected(at)
		}
	})
}

func (f *forms) selected(row int) {
	if row >= 0 && row < len(f.all.forms) {
		f.edit(f.all.forms[row])
	}
}

// begin begins a new form.
func (f *forms) begin() {
	page.Run(f.desk, f.api.NewForm, func(form exchange.Form) {
		form.FreeRows = 5
		f.edit(form)
		f.header.SetNote("新的报表：写名称，选台账，再勾选列")
		f.desk.Canvas().Focus(f.entries.label)
	})
}

// edit shows a form to be changed.
func (f *forms) edit(form exchange.Form) {
	form.Columns = slices.Clone(form.Columns)
	f.form = form
	enable(f.away, form.Key != "")
	f.entries.show(form, f.api)
	f.showColumns()
}

// showColumns shows the columns of the form that is edited.
func (f *forms) showColumns() {
	f.lines.lines = columnLines(f.api.Catalog(), f.form)
	f.columns.Reload()
	f.columns.Select(0)
}

// setLedger makes the form one over another ledger.
func (f *forms) setLedger(c kit.Choice) {
	f.form.Over, f.form.Where = c.ID, nil
	f.form.Columns = startColumns(f.api.Catalog().Ledger(c.ID))
	f.showColumns()
}

// cycle changes the way of a column.
func (f *forms) cycle(row int) {
	if row < 0 || row >= len(f.lines.lines) {
		return
	}
	at := setUse(f.lines.lines, row, f.lines.lines[row].nextUse())
	f.columns.Reload()
	f.columns.Select(at)
}

func (f *forms) useRune(r rune) {
	if r == ' ' {
		at, _ := f.columns.Current()
		f.cycle(at)
	}
}

func (f *forms) move(n int) {
	at, _ := f.columns.Current()
	f.columns.Select(move(f.lines.lines, at, n))
	f.columns.Reload()
}

// save writes the form down.
func (f *forms) save() {
	form, err := f.entries.take(f.form, f.api.Today())
	if err != nil {
		f.desk.Presenter.Error(err)
		return
	}
	form.Columns = columnsFrom(f.lines.lines)
	type kept struct {
		form exchange.Form
		done app.Done
	}
	page.Run(f.desk, func(ctx context.Context) (k kept, err error) {
		if form.Key == "" {
			k.form, k.done, err = f.api.AddForm(ctx, form)
		} else {
			k.form, k.done, err = f.api.EditForm(ctx, form)
		}
		return k, err
	}, func(k kept) {
		f.form = k.form
		f.desk.Done("报表“"+k.form.Label+"”已保存。", k.done.Op)
		f.load()
	})
}

// remove takes the form off the list, if that is meant.
func (f *forms) remove() {
	form := f.form
	q := task.Question{Title: "删除报表“" + form.Label + "”", Text: "以后不能再下发它；已发出去的照样能收，往期的数据都在。可以撤销。", Yes: "删除", Danger: true}
	f.desk.Presenter.Confirm(q, func() {
		page.Run(f.desk, func(ctx context.Context) (app.Done, error) { return f.api.DeleteForm(ctx, form.Key) }, func(d app.Done) {
			f.form = exchange.Form{}
			f.desk.Done("报表“"+form.Label+"”已删除。", d.Op)
			f.load()
		})
	})
}

// do knows 保存 and 新建.
func (f *forms) do(c page.Command) bool {
	switch c {
	case page.Save:
		f.save()
	case page.New:
		f.begin()
	default:
		return false
	}
	return true
}

// margins keeps room at the sides of its one object: of a scrolled one, for the bar.
type margins struct{ left, right float32 }

// MinSize adds the room.
func (m margins) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(m.left+m.right, 0)
}

// Layout leaves the room free.
func (m margins) Layout(o []fyne.CanvasObject, s fyne.Size) {
	put(o[0], m.left, 0, max(0, s.Width-m.left-m.right), s.Height)
}
