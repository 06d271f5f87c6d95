package teams

import (
	"strings"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// table is a source of ready cells: what the lists of this page show is small.
type table struct {
	cols []grid.Column
	rows [][]grid.Cell
}

// Len is the number of rows.
func (t table) Len() int { return len(t.rows) }

// Columns are the columns.
func (t table) Columns() []grid.Column { return t.cols }

// Cell is one cell; its words are shown in full while the mouse is on it.
func (t table) Cell(row, col int) grid.Cell {
	c := t.rows[row][col]
	if c.Hint == "" {
		c.Hint = c.Text
	}
	return c
}

// column is a column of a list; width 0 takes what room is left.
func column(title string, width float32) grid.Column {
	return grid.Column{Key: title, Title: title, Width: max(width, 90), Grow: width == 0}
}

// shown writes a field of a record on one line, sensitive values masked.
func shown(l *model.Ledger, rec *model.Record, key string) string {
	f := l.Field(key)
	return strings.Join(strings.Fields(f.Show(app.Shown(false)(f, rec.Get(key)))), " ")
}

// cells are plain cells of words.
func cells(words ...string) []grid.Cell {
	out := make([]grid.Cell, len(words))
	for i, w := range words {
		out[i].Text = w
	}
	return out
}
