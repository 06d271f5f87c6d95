package history

import (
	"strconv"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
)

// pageRows is how many operations are read at once.
const pageRows = 100

// Columns of the grid.
const (
	colWhen = iota
	colWho
	colWhat
	colRows
	colStatus
)

// source shows operations of which only the pages that were seen are read.
type source struct {
	today model.Day
	total int
	pages map[int][]model.Operation
	// want is called when a row of a page is shown that was not read yet.
	want func(page int)
}

// Len is the number of operations that fit.
func (s *source) Len() int { return s.total }

// Columns lists the columns.
func (s *source) Columns() []grid.Column {
	return []grid.Column{
		{Key: "when", Title: "时间", Width: 108},
		{Key: "who", Title: "谁", Width: 84},
		{Key: "what", Title: "做了什么", Width: 180, Grow: true},
		{Key: "rows", Title: "改动", Width: 88, Align: grid.AlignRight},
		{Key: "status", Title: "状态", Width: 86},
	}
}

// extent is how many rows there are up to the last page that was read.
func (s *source) extent() int {
	last := 0
	for p := range s.pages {
		last = max(last, p)
	}
	return (last + 1) * pageRows
}

// op returns the operation of a row, nil while it is on its way.
func (s *source) op(row int) *model.Operation {
	ops := s.pages[row/pageRows]
	if row < 0 || row%pageRows >= len(ops) {
		return nil
	}
	return &ops[row%pageRows]
}

// rowOf returns the row of an operation that was read, or -1.
func (s *source) rowOf(id int64) int {
	for p, ops := range s.pages {
		for i := range ops {
			if ops[i].ID == id {
				return p*pageRows + i
			}
		}
	}
	return -1
}

// Cell shows an operation; what was undone stands in the second ink.
func (s *source) Cell(row, col int) grid.Cell {
	op := s.op(row)
	if op == nil {
		s.want(row / pageRows)
		return grid.Cell{}
	}
	c := grid.Cell{}
	mark, words := status(*op)
	if op.Undone != 0 || op.Kind == kindUndo || col == colWhen {
		c.Tone = look.ToneQuiet
	}
	switch col {
	case colWhen:
		c.Text = when(*op, s.today)
	case colWho:
		c.Text = who(*op)
	case colWhat:
		c.Text, c.Hint = op.Label, op.Label
	case colRows:
		c.Text = strconv.Itoa(op.Rows) + " 条"
	case colStatus:
		c.Text, c.Mark = words, mark
	}
	return c
}

// operationsOf lists the operations of a record's changes, each once, newest first
// as they come.
func operationsOf(entries []model.Entry) []model.Operation {
	var out []model.Operation
	for _, e := range entries {
		if n := len(out); n == 0 || out[n-1].ID != e.Op.ID {
			out = append(out, e.Op)
		}
	}
	return out
}

// paged lays operations that are all there out as pages.
func paged(ops []model.Operation) map[int][]model.Operation {
	pages := map[int][]model.Operation{}
	for i := 0; i*pageRows < len(ops); i++ {
		pages[i] = ops[i*pageRows : min(len(ops), (i+1)*pageRows)]
	}
	return pages
}

// allLedgers is the choice of no ledger.
const allLedgers = "全部台账"

// ledgerChoices are the ledgers to filter by: those that people fill, then those
// that the program does.
func ledgerChoices(c *model.Catalog) []kit.Choice {
	out := []kit.Choice{{Text: allLedgers}}
	for _, system := range []bool{false, true} {
		for _, l := range c.All() {
			if l.System == system {
				out = append(out, kit.Choice{ID: l.Key, Text: l.Label})
			}
		}
	}
	return out
}
