package sheetview

import (
	"fmt"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// Shown is a sheet with the table that it is looked at for. Rows and columns count
// from 1, as Excel does.
type Shown struct {
	Sheet app.SheetView
	Table *exchange.Table
	// Head says what stands in the head of a column instead of its letter alone, and a
	// value of it; nil for letters.
	Head func(col int) (title, sample string)
	// Paint may change how a place looks; nil for none.
	Paint func(row, col int, r Row, c *grid.Cell)
}

// View draws a sheet in a grid.
type View struct {
	Grid    *grid.Grid
	OnCell  func(row, col int) // the cursor came to a place of the sheet
	shown   *Shown             // nil without one
	rows    int
	columns []grid.Column
}

// New makes a view that says what to do as long as it is empty.
func New(empty string) *View {
	v := &View{}
	v.Grid = grid.New(grid.Config{Source: v, Empty: empty, OnCell: v.moved})
	return v
}

// The columns before those of the sheet.
const (
	leadNumber = iota
	leadWord
	leadColumns
)

// most is how many columns of a sheet are shown: what lies further right is no table.
const most = 300

// Show shows a sheet, nil for none. The cursor goes to the table's head, or stays
// where it is if the sheet is the same one looked at anew.
func (v *View) Show(s *Shown, anew bool) {
	v.shown, v.rows, v.columns = s, 0, nil
	if s != nil {
		rows, cols := s.Sheet.Extent()
		v.rows = max(rows, s.Table.DataLast)
		v.columns = []grid.Column{{Key: "#row", Width: 44, Pinned: true, Align: grid.AlignRight}, {Key: "#word", Width: 52, Pinned: true}}
		for col := 1; col <= min(max(cols, s.Table.LastCol), most); col++ {
			v.columns = append(v.columns, v.head(col))
		}
	}
	if anew {
		v.Grid.Reload()
		return
	}
	v.Grid.SetSource(v)
	if s != nil {
		v.Grid.SelectCell(max(0, min(s.Table.HeaderFirst-1, v.rows-1)), leadColumns+max(0, s.Table.FirstCol-1))
	}
}

// head is the head of a column of the sheet.
func (v *View) head(col int) grid.Column {
	letter, sample := v.shown.Sheet.Letter(col), ""
	title := letter
	if v.shown.Head != nil {
		title, sample = v.shown.Head(col)
	}
	return grid.Column{Key: letter, Title: title, Width: columnWidth(v.shown.Sheet.Width(col), title, sample)}
}

// Len is the number of rows of the sheet.
func (v *View) Len() int { return v.rows }

// Columns lists the columns of the sheet.
func (v *View) Columns() []grid.Column { return v.columns }

// Cell shows a place of the sheet.
func (v *View) Cell(row, col int) grid.Cell {
	s, n := v.shown, row+1
	r := RowOf(s.Table, n)
	switch col {
	case leadNumber:
		return grid.Cell{Text: fmt.Sprint(n), Tone: look.ToneQuiet}
	case leadWord:
		return grid.Cell{Text: r.Word, Tone: look.ToneQuiet, Hint: r.Why}
	}
	at := col - leadColumns + 1
	c := cellOf(r, s.Sheet.At(n, at))
	if r.Kind == Title && c.Span == 1 && c.Text != "" {
		c.Span += v.blanks(n, at+1) // words run on over empty cells, as in Excel
	}
	if s.Paint != nil {
		s.Paint(n, at, r, &c)
	}
	return c
}

// blanks is how many cells from a place on have nothing in them.
func (v *View) blanks(row, col int) int {
	n := 0
	for ; col+n-1+leadColumns < len(v.columns); n++ {
		if c := v.shown.Sheet.At(row, col+n); c.Text != "" || c.Covered {
			break
		}
	}
	return n
}

// moved tells where the cursor is.
func (v *View) moved(row, col int) {
	if v.OnCell != nil && v.shown != nil && row >= 0 && col >= leadColumns {
		v.OnCell(row+1, col-leadColumns+1)
	}
}

// Seek puts the cursor on a cell, or on the row where there is none.
func (v *View) Seek(row int, cell string) {
	if v.shown == nil {
		return
	}
	col := v.shown.Table.FirstCol
	if r, c, ok := v.shown.Sheet.Place(cell); ok {
		row, col = r, c
	}
	if row >= 1 && row <= v.rows && leadColumns+col-1 < len(v.columns) {
		v.Grid.SelectCell(row-1, leadColumns+max(1, col)-1)
	}
}

// Current is the place that the cursor is on; ok is false for none.
func (v *View) Current() (row, col int, ok bool) {
	r, c := v.Grid.Current()
	if v.shown == nil || r < 0 || c < leadColumns {
		return 0, 0, false
	}
	return r + 1, c - leadColumns + 1, true
}

// Rows are the chosen rows of the sheet; ok is false for none.
func (v *View) Rows() (first, last int, ok bool) {
	area := v.Grid.Area()
	if v.shown == nil || v.rows == 0 || area.Row1 < 0 {
		return 0, 0, false
	}
	return area.Row1 + 1, area.Row2 + 1, true
}
