package sheet

import "slices"

// copyMarked lays a book out anew with marks on it. Values are kept as they were
// read; of the looks what the reader knows: merged blocks, widths, hidden rows and
// columns, number formats, borders around what is filled.
func copyMarked(b *Book, marks map[string]*sheetMarks) *Out {
	out := &Out{Creator: b.Creator, Modified: b.Modified}
	for i := range b.Sheets {
		out.Sheets = append(out.Sheets, copySheet(&b.Sheets[i], b.Looks, marks[b.Sheets[i].Name]))
	}
	if !slices.ContainsFunc(out.Sheets, func(s OutSheet) bool { return s.Visibility == Visible }) {
		out.Sheets[0].Visibility = Visible // Excel opens no book without one
	}
	return out
}

func copySheet(s *Sheet, looks []Style, m *sheetMarks) OutSheet {
	rows, cols := s.Extent()
	out := OutSheet{Name: s.Name, Visibility: s.Visibility, Merges: s.Merges, Cols: copyCols(s, cols), Print: Print{Landscape: true}}
	out.Rows = make([]OutRow, rows)
	for i := range s.Rows {
		r := &s.Rows[i]
		row := OutRow{Hidden: r.Hidden, Cells: make([]OutCell, r.Cells[len(r.Cells)-1].Col)}
		for _, c := range r.Cells {
			row.Cells[c.Col-1] = copyCell(c, looks)
		}
		out.Rows[r.Index-1] = row
	}
	if m != nil {
		markCopy(s, &out, m)
	}
	return out
}

// copyCols takes the widths over where there are any.
func copyCols(s *Sheet, last int) []OutCol {
	out := make([]OutCol, last)
	for _, w := range s.Widths {
		for col := w.C1; col <= min(w.C2, last); col++ {
			out[col-1].Width = min(w.Width, 255)
		}
	}
	for i := range out {
		out[i].Hidden = s.HiddenCol(i + 1)
	}
	return out
}

// copyCell keeps a value as it is: a date with its format, an error and a truth as
// their words. Where the file tells no look, what is filled has borders.
func copyCell(c Cell, looks []Style) OutCell {
	style := Style{Border: true, Wrap: true}
	if n := int(c.Look) - 1; n >= 0 && n < len(looks) {
		style = looks[n]
	}
	if c.Kind == Number {
		style.Format = c.Format
		return NumberCell(c.Text, style)
	}
	return TextCell(clip(c.Text, maxCellText), style)
}

// markCopy puts the marks on a copied sheet.
func markCopy(s *Sheet, out *OutSheet, m *sheetMarks) {
	for _, at := range m.places() {
		out.Comments = append(out.Comments, Comment{Row: at.row, Col: at.col, Text: m.note(at)})
		if m.cells[at].fault {
			out.cell(at.row, at.col).Style.Fill = markFill
		}
	}
	col := problemCol(s)
	for row, words := range m.words(s) {
		*out.cell(row, col) = TextCell(clip(words, maxCellText), Style{Border: true, Wrap: true, Fill: markFill})
	}
	for len(out.Cols) < col {
		out.Cols = append(out.Cols, OutCol{})
	}
	out.Cols[col-1] = OutCol{Width: problemWidth}
}

// cell returns the cell at a place, made if there is none.
func (s *OutSheet) cell(row, col int) *OutCell {
	for len(s.Rows) < row {
		s.Rows = append(s.Rows, OutRow{})
	}
	r := &s.Rows[row-1]
	for len(r.Cells) < col {
		r.Cells = append(r.Cells, OutCell{})
	}
	return &r.Cells[col-1]
}
