package app

import (
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
)

// SheetView shows the sheet that a table stands on as it looks: what a person sees in
// each place, rows and columns counted from 1. The data of columns that are, or seem
// to be, sensitive is masked.
type SheetView struct {
	page      *sheet.Sheet
	table     *exchange.Table
	date1904  bool
	sensitive map[int]*model.Field // by column
	places    map[string]int       // of a form for one record: column by address
}

// SeenCell is one place of a sheet. Of a merged block the first place has the words;
// the first of each row says how many columns it reaches over, the others are Covered
// with a Span of 0.
type SeenCell struct {
	Text    string
	Span    int // columns, 1 for a cell of its own
	Covered bool
}

// Name is the name of the sheet.
func (v SheetView) Name() string { return v.page.Name }

// Extent is the last row and column that hold something.
func (v SheetView) Extent() (rows, cols int) { return v.page.Extent() }

// Letter names a column: C.
func (v SheetView) Letter(col int) string { return sheet.ColName(col) }

// Address names a place: C12.
func (v SheetView) Address(row, col int) string { return sheet.CellName(row, col) }

// Place is the reverse of Address.
func (v SheetView) Place(address string) (row, col int, ok bool) { return sheet.ParseCellName(address) }

// Width is that of a column in characters, 0 where the file does not say.
func (v SheetView) Width(col int) float64 {
	for _, w := range v.page.Widths {
		if col >= w.C1 && col <= w.C2 {
			return w.Width
		}
	}
	return 0
}

// At shows a place.
func (v SheetView) At(row, col int) SeenCell {
	out := SeenCell{Span: 1}
	if m, merged := v.page.Merge(row, col); merged {
		out.Span = m.C2 - m.C1 + 1
		switch {
		case m.C1 != col:
			return SeenCell{Covered: true}
		case m.R1 != row:
			return SeenCell{Covered: true, Span: out.Span}
		}
	}
	out.Text = seenWords(v.page.Cell(row, col), v.date1904)
	if f := v.sensitive[v.columnOf(row, col)]; f != nil {
		out.Text = rule.Mask(f, out.Text)
	}
	return out
}

// columnOf is the column of the table that a place holds data of, 0 for none.
func (v SheetView) columnOf(row, col int) int {
	switch {
	case v.table.Entry:
		return v.places[sheet.CellName(row, col)]
	case row > v.table.HeaderLast && col >= v.table.FirstCol && col <= v.table.LastCol:
		return col
	}
	return 0
}

// seenWords is what a person sees in a cell: dates and percents by their format.
func seenWords(c sheet.Cell, date1904 bool) string {
	switch {
	case c.Kind != sheet.Number:
		return strings.TrimSpace(c.Text)
	case c.Date:
		if d, ok := sheet.SerialDay(c.Num, date1904); ok {
			return string(d)
		}
	case strings.Contains(c.Format, "%"):
		const digits = 10 // what a person would write of 0.285 · 100
		return strconv.FormatFloat(c.Num*100, 'g', digits, 64) + "%"
	}
	return c.Text
}

// viewOf makes the view of a table's sheet.
func viewOf(book *sheet.Book, t *exchange.Table, c *model.Catalog, l *model.Ledger, matches []exchange.Match) SheetView {
	v := SheetView{page: &book.Sheets[t.SheetIndex], table: t, date1904: book.Date1904, sensitive: map[int]*model.Field{}, places: map[string]int{}}
	for _, col := range t.Columns {
		if col.Place != "" {
			v.places[col.Place] = col.Col
		}
	}
	for _, m := range matches {
		if tg, err := exchange.ResolvePath(c, l, m.Path); err == nil && tg.Field != nil && tg.Field.Sensitive {
			v.sensitive[m.Col] = tg.Field
		}
	}
	return v
}
