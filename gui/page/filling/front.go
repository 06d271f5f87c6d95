package filling

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model/app"
)

// front is what the page shows as long as no table is open: what to do, and the tables
// that were filled before.
type front struct {
	p      *Page
	object fyne.CanvasObject
	choose *kit.Button
	body   *fyne.Container
	empty  fyne.CanvasObject
	list   *grid.Grid
	plans  []app.FillPlan
	latest *task.Latest
}

func newFront(p *Page) *front {
	f := &front{p: p, latest: task.NewLatest(p.desk.Runner), body: container.NewStack()}
	f.choose = kit.NewButton("选上级发来的空表", kit.ButtonMain, p.chooseFile)
	f.list = grid.New(grid.Config{Source: f, Rows: true})
	f.empty = kit.NewCard("", nil, kit.NewEmpty(look.IconReport, "上级发来的表，用台账里已有的填",
		"选上级发来的空表（.xlsx），或把它拖到窗口里。程序先认表头，说明每一列填什么、从哪里来；核对好再生成，原表不动。\n要各村先填的急表，打开后点“发给各村”，收回来点“收回合并”。"))
	f.object = page.Rows(page.NewHeader("按上级表填报", kit.NewButton("返回报表", kit.ButtonPlain, p.toReports), f.choose).Object, f.body)
	f.refresh()
	return f
}

// load reads which tables were filled before.
func (f *front) load() {
	page.Load(f.p.desk, f.latest, f.p.api.FillPlans, func(plans []app.FillPlan) {
		f.plans = plans
		f.refresh()
	})
}

func (f *front) refresh() {
	o := f.empty
	if len(f.plans) > 0 {
		list := kit.NewCard("填过的表：下月的空表选进来，按上次的对应一次填好", nil, f.list)
		o = container.New(halves{}, f.empty, list)
		f.list.Reload()
	}
	f.body.Objects = []fyne.CanvasObject{o}
	f.body.Refresh()
}

// Len is the number of tables filled before.
func (f *front) Len() int { return len(f.plans) }

// Columns are what is known of them.
func (f *front) Columns() []grid.Column {
	return []grid.Column{{Key: "label", Title: "表", Width: 300, Grow: true}, {Key: "ledger", Title: "用的台账", Width: 130},
		{Key: "columns", Title: "记住的列", Width: 90, Align: grid.AlignRight}, {Key: "on", Title: "上次填", Width: 110}, {Key: "file", Title: "上次的文件", Width: 300, Grow: true}}
}

// Cell shows one.
func (f *front) Cell(row, col int) grid.Cell {
	plan := f.plans[row]
	return grid.Cell{Text: []string{plan.Label, f.p.ledgerLabel(plan.Ledger), fmt.Sprint(len(plan.Columns)), string(plan.FilledOn), plan.File}[col]}
}

// toReports goes back to 报表.
func (p *Page) toReports() { p.desk.Open(page.Route{Page: page.Reports}) }

// halves shares the height between two parts.
type halves struct{}

// MinSize is that of both.
func (halves) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(a.Width, b.Width), a.Height+look.GapWide+b.Height)
}

// Layout places the two, the first no lower than it needs.
func (halves) Layout(o []fyne.CanvasObject, s fyne.Size) {
	h := max(o[0].MinSize().Height, (s.Height-look.GapWide)/2)
	put(o[0], 0, 0, s.Width, h)
	put(o[1], 0, h+look.GapWide, s.Width, max(0, s.Height-h-look.GapWide))
}

func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}
