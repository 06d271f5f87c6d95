package grid

import "fyne.io/fyne/v2"

// copyTo puts what is chosen on the clipboard: the rectangle, or all columns of the
// rows chosen by Ctrl+click.
func (g *Grid) copyTo(board fyne.Clipboard) {
	a := g.Area()
	if len(g.sel.extra) > 0 || g.sel.off {
		a.Col1, a.Col2 = 0, len(g.view.cols)-1
	}
	if g.conf.OnCopy != nil && g.conf.OnCopy(a.Col1, a.Col2) {
		return
	}
	var out [][]string
	for row := range g.Selected() {
		out = append(out, g.texts(row, a.Col1, a.Col2))
	}
	board.SetContent(FormatTSV(out))
}

// texts returns the texts of a row between two columns, both included.
func (g *Grid) texts(row, from, to int) []string {
	out := make([]string, 0, to-from+1)
	for col := from; col <= to; col++ {
		out = append(out, g.conf.Source.Cell(row, col).Text)
	}
	return out
}

// paste puts the clipboard's cells at the chosen range.
func (g *Grid) paste(content string) bool {
	cells := ParseTSV(content)
	if g.conf.Rows || g.conf.OnPaste == nil || len(cells) == 0 {
		return false
	}
	a, most := g.sel.area(), g.view.rows
	cells = spread(cells, a.Rows(), a.Cols())
	if g.conf.PasteBeyond {
		most = a.Row1 + len(cells)
	}
	g.put(a.Row1, a.Col1, crop(cells, most-a.Row1, len(g.view.cols)-a.Col1))
	return true
}

// fillDown repeats the first row of the chosen range in those below; of one row,
// the row above.
func (g *Grid) fillDown() bool {
	if g.conf.Rows || g.conf.OnPaste == nil {
		return false
	}
	a, first := g.sel.area(), g.sel.area().Row1
	if a.Rows() == 1 {
		first--
	} else {
		a.Row1++
	}
	if first < 0 {
		return true
	}
	g.put(a.Row1, a.Col1, spread([][]string{g.editTexts(first, a.Col1, a.Col2)}, a.Rows(), a.Cols()))
	return true
}

// FillRight repeats the first column of the chosen range in those to its right; of
// one column, the column before it. It reports whether that has a meaning here.
func (g *Grid) FillRight() bool {
	if g.conf.Rows || g.conf.OnPaste == nil {
		return false
	}
	a, first := g.sel.area(), g.sel.area().Col1
	if a.Cols() == 1 {
		first--
	} else {
		a.Col1++
	}
	if first < 0 {
		return true
	}
	values := make([][]string, 0, a.Rows())
	for row := a.Row1; row <= a.Row2; row++ {
		values = append(values, spread([][]string{g.editTexts(row, first, first)}, 1, a.Cols())[0])
	}
	g.put(a.Row1, a.Col1, values)
	return true
}

// editTexts returns what an edit of the cells of a row would start with: what is
// shown may be shortened or carry a unit.
func (g *Grid) editTexts(row, from, to int) []string {
	out := g.texts(row, from, to)
	for i := range out {
		out[i] = g.editText(place{row, from + i})
	}
	return out
}

// clearCells empties the chosen range.
func (g *Grid) clearCells() bool {
	if g.conf.Rows || g.conf.OnPaste == nil {
		return false
	}
	a := g.sel.area()
	g.put(a.Row1, a.Col1, spread([][]string{{""}}, a.Rows(), a.Cols()))
	return true
}

// put hands values for the cells from row, col on to the page and chooses the cells
// they went to.
func (g *Grid) put(row, col int, values [][]string) {
	r := Range{Row1: row, Col1: col, Row2: row + len(values) - 1, Col2: col}
	for _, v := range values {
		r.Col2 = max(r.Col2, col+len(v)-1)
	}
	if err := g.conf.OnPaste(r, values); err != nil {
		g.problem(err)
		return
	}
	g.sel = selection{anchor: place{r.Row2, r.Col2}, cursor: place{r.Row1, r.Col1}}
	g.sel.clamp(g.view.rows, len(g.view.cols))
	g.redraw()
	g.tellSelect()
}

func (g *Grid) problem(err error) {
	if g.conf.OnProblem != nil {
		g.conf.OnProblem(err)
	}
}
