package grid

// quick fills the cursor's cell, or the chosen range, with what a letter stands for
// in its column, and reports whether it stands for anything.
func (g *Grid) quick(r rune) bool {
	at := g.sel.cursor
	if g.view.rows == 0 || !g.editable(at) {
		return false
	}
	words, ok := g.view.cols[at.col].Quick[r]
	if !ok {
		return false
	}
	if a := g.sel.area(); !g.sel.single() && g.conf.OnPaste != nil {
		g.put(a.Row1, a.Col1, spread([][]string{{words}}, a.Rows(), a.Cols()))
		return true
	}
	if err := g.conf.OnEdit(at.row, at.col, words); err != nil {
		g.problem(err)
		return true
	}
	g.Reload()
	g.moveTo(g.nextQuick(at), false)
	return true
}

// nextQuick is the next cell that a letter can fill: to the right, else in the next
// row; the cell itself behind the last one.
func (g *Grid) nextQuick(at place) place {
	for col := at.col + 1; col < len(g.view.cols); col++ {
		if g.view.cols[col].Quick != nil {
			return place{at.row, col}
		}
	}
	if at.row+1 >= g.view.rows {
		return at
	}
	for col := range g.view.cols {
		if g.view.cols[col].Quick != nil {
			return place{at.row + 1, col}
		}
	}
	return at
}
