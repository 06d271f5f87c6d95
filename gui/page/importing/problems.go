package importing

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page/sheetview"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// problems lists what is wrong in the chosen table.
type problems struct {
	p      *Page
	object fyne.CanvasObject
	grid   *grid.Grid
	fixes  *fyne.Container
	line   *fyne.Container
	words  *kit.Line   // of a problem for which there is no fix
	back   *kit.Button // 撤回上次改动
	plan   *exchange.Plan
	all    []model.Problem // with the warnings behind
}

func newProblems(p *Page) *problems {
	l := &problems{p: p}
	l.grid = grid.New(grid.Config{Source: l, Rows: true, Empty: "没有发现问题。", OnSelect: l.selected, OnOpen: func(int) { p.accept() }})
	l.fixes = container.NewHBox()
	l.back = kit.NewButton("撤回上次改动", kit.ButtonPlain, p.unfix)
	l.words = kit.NewLine("", look.TextBody, look.Ink, false)
	l.line = container.NewBorder(nil, nil, l.fixes, l.back, l.words)
	l.object = container.New(lined{}, kit.NewFlushCard(l.grid), l.line)
	return l
}

// set shows the problems of another table, or of the same one planned anew.
func (l *problems) set(t *app.TablePreview) {
	if l.plan = nil; t != nil {
		l.plan = t.Plan
	}
	l.all = findings(l.plan)
	l.grid.Reload()
	l.offer()
}

// current is the problem that the cursor is on; nil for none.
func (l *problems) current() *model.Problem {
	row, _ := l.grid.Current()
	if row < 0 || row >= l.Len() {
		return nil
	}
	return &l.all[row]
}

// selected goes to the cell of the problem.
func (l *problems) selected(int) {
	l.offer()
	if q := l.current(); q != nil && q.Cell != "" {
		l.p.jump(func(*app.TablePreview) { l.p.original.Seek(0, q.Cell) })
	}
}

// offer shows the buttons that mend the problem and all alike.
func (l *problems) offer() {
	f, q := l.p.file(), l.current()
	open := f != nil && f.result == nil
	l.fixes.Objects = nil
	l.words.SetText("")
	switch {
	case q != nil && len(q.Fixes) > 0 && open:
		for _, fix := range q.Fixes {
			l.fixes.Add(kit.NewButton(fixWords(fix, len(l.plan.Apply(*q, fix))), kit.ButtonFirst, func() { l.p.fix(*q, fix) }))
		}
	case q != nil:
		l.words.SetText(sheetview.OneLine(q.Message + q.Suggestion))
	}
	enable(l.back, open && len(f.steps) > 0)
	l.line.Refresh()
}

// seek puts the cursor on the problem of a cell, if it has one.
func (l *problems) seek(address string) {
	if i := slices.IndexFunc(l.all, func(q model.Problem) bool { return q.Cell == address }); i >= 0 {
		l.grid.Select(i)
	}
}

// Len is the number of problems.
func (l *problems) Len() int { return len(l.all) }

// Columns are those of the list.
func (l *problems) Columns() []grid.Column {
	return []grid.Column{
		{Key: "level", Title: "", Width: 60}, {Key: "cell", Title: "单元格", Width: 70}, {Key: "message", Title: "问题", Width: 240, Grow: true},
		{Key: "suggestion", Title: "怎么办", Width: 220, Grow: true}, {Key: "fix", Title: "可以改为", Width: 150},
	}
}

// Cell shows a problem.
func (l *problems) Cell(row, col int) grid.Cell {
	q := l.all[row]
	switch col {
	case 0:
		return grid.Cell{Text: string(q.Level), Tone: tone(q.Level), Bold: true}
	case 1:
		return grid.Cell{Text: q.Cell}
	case 2:
		return grid.Cell{Text: sheetview.OneLine(q.Message), Hint: q.Message}
	case 3:
		return grid.Cell{Text: sheetview.OneLine(q.Suggestion), Hint: q.Suggestion}
	}
	if len(q.Fixes) == 0 {
		return grid.Cell{}
	}
	return grid.Cell{Text: q.Fixes[0].Label, Tone: look.ToneAccent}
}
