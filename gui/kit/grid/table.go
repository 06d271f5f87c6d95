package grid

// Table is a Source of ready cells, for lists that are small enough to be made at
// once.
type Table struct {
	Cols []Column
	Rows [][]Cell
}

// Len is the number of rows.
func (t Table) Len() int { return len(t.Rows) }

// Columns are the columns.
func (t Table) Columns() []Column { return t.Cols }

// Cell is one cell; its words are shown in full while the mouse is on it.
func (t Table) Cell(row, col int) Cell {
	c := t.Rows[row][col]
	if c.Hint == "" {
		c.Hint = c.Text
	}
	return c
}

// Words are plain cells.
func Words(words ...string) []Cell {
	out := make([]Cell, len(words))
	for i, w := range words {
		out[i].Text = w
	}
	return out
}

// Plain is a column that is only read; width 0 takes what room is left, but never
// less than a name needs.
func Plain(title string, width float32) Column {
	const least = 190
	if width == 0 {
		return Column{Key: title, Title: title, Width: least, Grow: true}
	}
	return Column{Key: title, Title: title, Width: width}
}
