package filling

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page/sheetview"
	"xiangzhen/model/app"
	"xiangzhen/model/fill"
)

// original is the sheet of the table, blank or as it will be written.
type original struct {
	w      *work
	object fyne.CanvasObject
	view   *sheetview.View
	chips  *kit.Chips
	head   *kit.Button // 所选行是表头
	first  *kit.Button // 从所选行填起
	back   *kit.Button // 恢复识别
	filled bool        // the filled sheet is shown
	fresh  bool        // another table than before: the cursor goes to its head
}

// What the sheet can show.
const (
	showBlank  = "blank"
	showFilled = "filled"
)

func newOriginal(w *work) *original {
	o := &original{w: w, view: sheetview.New("")}
	o.view.OnCell = o.moved
	o.chips = kit.NewChips(func(key string, _ fyne.Position) { o.turn(key == showFilled) })
	o.head = kit.NewButton("所选行是表头", kit.ButtonPlain, o.headHere)
	o.first = kit.NewButton("从这行填起", kit.ButtonPlain, o.firstHere)
	o.back = kit.NewButton("恢复", kit.ButtonPlain, func() { o.redraft(o.w.opened) })
	line := container.New(chipsLine{}, o.chips, container.NewHBox(o.head, o.first, o.back))
	o.object = container.New(listed{}, line, kit.NewFlushCard(o.view.Grid), w.cell.object)
	return o
}

// seen is the table as it is shown.
func (o *original) seen() *app.FillSeen {
	if o.filled {
		return &o.w.seen.Filled[o.w.table]
	}
	return &o.w.seen.Blank[o.w.table]
}

// refresh shows what is planned.
func (o *original) refresh() {
	t := o.w.current()
	label := "填好后"
	if n := len(t.Cells); n > 0 {
		label = fmt.Sprintf("填好后 %d 格", n)
	}
	selected := showBlank
	if o.filled {
		selected = showFilled
	}
	o.chips.Set([]kit.Chip{{Key: showBlank, Label: "原表"}, {Key: showFilled, Label: label}}, selected)
	seen := o.seen()
	o.view.Show(&sheetview.Shown{Sheet: seen.Sheet, Table: seen.Table, Head: o.headOf, Paint: o.paint}, !o.fresh)
	o.fresh = false
	enable(o.head, !o.filled)
	enable(o.first, !o.filled && t.Mode != fill.Entry)
	enable(o.back, o.w.draft != o.w.opened)
}

// turn shows the blank or the filled sheet, the cursor on the same column.
func (o *original) turn(filled bool) {
	o.filled = filled
	o.refresh()
	o.w.cell.refresh()
	o.w.focus(o.view.Grid)
}

// headOf is the head of a column: its letter, and what fills it.
func (o *original) headOf(col int) (title, sample string) {
	t := o.w.current()
	title = o.seen().Sheet.Letter(col)
	if t.Mode == fill.Entry {
		return title, ""
	}
	if i := columnAt(t, col, ""); i >= 0 && t.Columns[i].Source.Kind != fill.None {
		title += " ← " + sourceOf(&t.Columns[i], o.w.columns.pathLabel)
	}
	return title, ""
}

// paint marks what is filled, what is doubtful, and the places around the table that
// ask who, when and where.
func (o *original) paint(row, col int, r sheetview.Row, c *grid.Cell) {
	seen, t := o.seen(), o.w.current()
	address := seen.Sheet.Address(row, col)
	cell, doubt := seen.Cells[address], seen.Doubts[address]
	switch {
	case doubt != "":
		c.Fill, c.Hint = grid.FillConflict, doubt
	case cell != nil && cell.Header == "":
		c.Fill = grid.FillChanged
	case cell != nil:
		c.Fill = grid.FillAdded
	case o.filled:
	case r.Kind == sheetview.Head && c.Span > 0:
		if i := columnAt(t, col, address); i >= 0 && t.Columns[i].Status != fill.Filled && row == seen.Table.HeaderLast {
			c.Fill, c.Hint = grid.FillChanged, t.Columns[i].Reason
		}
	default:
		o.paintBlank(row, col, c)
	}
}

// paintBlank marks a place around the table that the program fills.
func (o *original) paintBlank(row, col int, c *grid.Cell) {
	for _, b := range o.w.current().Blanks {
		if b.Row == row && b.Col == col {
			c.Fill, c.Hint = grid.FillAdded, "程序填："+string(b.What)
		}
	}
}

// moved shows what the cell at the cursor is about.
func (o *original) moved(_, col int) {
	o.w.cell.refresh()
	seen := o.seen()
	row, _, ok := o.view.Current()
	if !ok || o.w.columns.leading {
		return
	}
	if i := columnAt(o.w.current(), col, seen.Own(seen.Sheet.Address(row, col))); i >= 0 {
		o.w.columns.follow(i)
	}
}

// headHere takes the chosen rows as the header.
func (o *original) headHere() {
	first, last, ok := o.view.Rows()
	if !ok || o.filled {
		return
	}
	draft, err := o.w.draft.WithHeader(o.w.table, first, last)
	if err != nil {
		o.w.desk.Presenter.Error(err)
		return
	}
	o.redraft(draft)
}

// firstHere takes the first chosen row as the one from which the table is filled.
func (o *original) firstHere() {
	first, _, ok := o.view.Rows()
	if !ok || o.filled {
		return
	}
	draft, err := o.w.draft.WithFirst(o.w.table, first)
	if err != nil {
		o.w.desk.Presenter.Error(err)
		return
	}
	o.redraft(draft)
}

// redraft plans the table as it is read now.
func (o *original) redraft(draft *app.FillDraft) {
	o.w.try(o.w.wanted.drafted(draft), o.w.desk.Presenter.Error)
}

// chipsLine puts chips at the left and buttons at the right of a line.
type chipsLine struct{}

// MinSize leaves the chips room for both of them.
func (chipsLine) MinSize(o []fyne.CanvasObject) fyne.Size {
	const chips = 180
	b := o[1].MinSize()
	return fyne.NewSize(chips+look.Gap+b.Width, b.Height)
}

// Layout places the two.
func (chipsLine) Layout(o []fyne.CanvasObject, s fyne.Size) {
	b := o[1].MinSize()
	put(o[0], 0, (s.Height-look.ChipHeight)/2, max(0, s.Width-b.Width-look.Gap), look.ChipHeight)
	put(o[1], s.Width-b.Width, 0, b.Width, s.Height)
}
