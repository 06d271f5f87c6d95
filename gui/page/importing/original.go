package importing

import (
	"fmt"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// original shows the sheet of the chosen table as it looks.
type original struct {
	p       *Page
	grid    *grid.Grid
	seen    *app.TablePreview // nil without one
	fixed   []exchange.Correction
	rows    int
	columns []grid.Column
}

func newOriginal(p *Page) *original {
	o := &original{p: p}
	o.grid = grid.New(grid.Config{Source: o, Empty: "选中左边的一张表，这里显示它的原样。", OnCell: p.fromOriginal})
	return o
}

// The columns before those of the sheet.
const (
	leadNumber = iota
	leadWord
	leadColumns
)

// most is how many columns of a sheet are shown: what lies further right is no table.
const most = 300

// set shows another table; the cursor stays where it was in the same one.
func (o *original) set(t *app.TablePreview, fixed []exchange.Correction) {
	other := o.seen == nil || t == nil || o.seen.Table != t.Table
	o.seen, o.fixed, o.rows, o.columns = t, fixed, 0, nil
	if t != nil {
		rows, cols := t.Sheet.Extent()
		o.rows = rows
		o.columns = []grid.Column{{Key: "#row", Width: 44, Pinned: true, Align: grid.AlignRight}, {Key: "#word", Width: 52, Pinned: true}}
		for col := 1; col <= min(cols, most); col++ {
			o.columns = append(o.columns, o.head(col))
		}
	}
	if !other {
		o.grid.Reload()
		return
	}
	o.grid.SetSource(o)
	if t != nil {
		o.grid.SelectCell(max(0, min(t.Table.HeaderFirst-1, o.rows-1)), leadColumns+max(0, t.Table.FirstCol-1))
	}
}

// head is the head of a column of the sheet: its letter, and where it goes.
func (o *original) head(col int) grid.Column {
	letter := o.seen.Sheet.Letter(col)
	title, sample := letter, ""
	for i := range o.seen.Columns {
		if c := &o.seen.Columns[i]; c.Col == col && !o.seen.Table.Entry {
			title, sample = headOf(letter, c), c.Sample
		}
	}
	return grid.Column{Key: letter, Title: title, Width: columnWidth(o.seen.Sheet.Width(col), title, sample)}
}

// Len is the number of rows of the sheet.
func (o *original) Len() int { return o.rows }

// Columns lists the columns of the sheet.
func (o *original) Columns() []grid.Column { return o.columns }

// Cell shows a place of the sheet.
func (o *original) Cell(row, col int) grid.Cell {
	t, n := o.seen, row+1
	r := rowOf(t.Table, n)
	switch col {
	case leadNumber:
		return grid.Cell{Text: fmt.Sprint(n), Tone: look.ToneQuiet}
	case leadWord:
		return grid.Cell{Text: r.word, Tone: look.ToneQuiet, Hint: r.why}
	}
	at := col - leadColumns + 1
	c := seenCell(r, t.Sheet.At(n, at))
	if r.kind == rowTitle && c.Span == 1 && c.Text != "" {
		c.Span += o.blanks(n, at+1) // words run on over empty cells, as in Excel
	}
	address := t.Sheet.Address(n, at)
	if words, ok := correctedWords(o.fixed, t.Sheet.Name(), address); ok {
		c.Strike, c.Text = c.Text, oneLine(words)
	}
	if r.kind == rowData && t.Plan != nil {
		c.Fill = o.p.view.Fill(o.planRow(n), address)
	}
	return c
}

// blanks is how many cells from a place on have nothing in them.
func (o *original) blanks(row, col int) int {
	n := 0
	for ; col+n-1+leadColumns < len(o.columns); n++ {
		if c := o.seen.Sheet.At(row, col+n); c.Text != "" || c.Covered {
			break
		}
	}
	return n
}

// planRow is the row under which the plan knows a row of the sheet: a form for one
// record is one.
func (o *original) planRow(row int) int {
	if o.seen.Table.Entry {
		return o.seen.Table.HeaderFirst
	}
	return row
}

// seek puts the cursor on a cell, or on the row where there is none.
func (o *original) seek(row int, cell string) {
	if o.seen == nil {
		return
	}
	col := o.seen.Table.FirstCol
	if r, c, ok := o.seen.Sheet.Place(cell); ok {
		row, col = r, c
	}
	if row >= 1 && row <= o.rows && leadColumns+col-1 < len(o.columns) {
		o.grid.SelectCell(row-1, leadColumns+max(1, col)-1)
	}
}
