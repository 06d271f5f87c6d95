package exchange

import (
	"cmp"
	"slices"

	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// grid is a sheet seen through its merged cells: only the upper left cell of a
// merged block counts, and it counts for the whole block.
type grid struct {
	s      *sheet.Sheet
	merges []sheet.Range // those with something in them
	over   [][]int32     // by position in the sheet's rows: which merges lie over it

	described int  // columns of the tables read so far
	full      bool // there are more tables than are read
}

// maxOver bounds grid.over. Merged blocks that Excel allows do not overlap and
// stay far below; a file made to break readers need not.
const maxOver = 4 << 20

// block is a range of columns.
type block struct{ first, last int }

func (b block) has(col int) bool { return col >= b.first && col <= b.last }

// spot is one filled cell of a line, with the block it is merged over.
type spot struct {
	row, col, right, bottom int
	text                    string // cleaned
	shape                   shape
}

// key is what the words are compared by.
func (p spot) key() string { return text.HeaderKey(p.text) }

func (p spot) wide() bool { return p.right > p.col }

// line is one row of a block of columns: its filled cells from left to right.
type line struct {
	row    int
	hidden bool
	spots  []spot
}

func newGrid(s *sheet.Sheet) *grid {
	g := &grid{s: s, over: make([][]int32, len(s.Rows))}
	total := 0
	for _, m := range s.Merges {
		first, last := g.position(m.R1), g.position(m.R2+1)
		if total += last - first; isBlank(s.Cell(m.R1, m.C1)) || total > maxOver {
			continue
		}
		for i := first; i < last; i++ {
			g.over[i] = append(g.over[i], int32(len(g.merges)))
		}
		g.merges = append(g.merges, m)
	}
	return g
}

// merge returns the merged block over a column of the row at a position.
func (g *grid) merge(i, col int) (sheet.Range, bool) {
	for _, n := range g.over[i] {
		if m := g.merges[n]; col >= m.C1 && col <= m.C2 {
			return m, true
		}
	}
	return sheet.Range{}, false
}

// isBlank reports whether a person sees nothing in the cell.
func isBlank(c sheet.Cell) bool {
	return c.Kind == sheet.Blank || c.Kind == sheet.Text && (c.Text == "" || text.Clean(c.Text) == "")
}

// position returns where in the sheet's rows the given row is, or would be.
func (g *grid) position(row int) int {
	i, _ := slices.BinarySearchFunc(g.s.Rows, row, func(r sheet.Row, at int) int { return cmp.Compare(r.Index, at) })
	return i
}

// lineAt returns the line at a position in the sheet's rows.
func (g *grid) lineAt(i int, b block) line {
	r := &g.s.Rows[i]
	l := line{row: r.Index, hidden: r.Hidden, spots: make([]spot, 0, min(len(r.Cells), b.last-b.first+1))}
	for _, c := range cellsFrom(r, b.first) {
		if c.Col > b.last {
			break
		}
		words := text.Clean(c.Text)
		if c.Kind == sheet.Blank || c.Kind == sheet.Text && words == "" {
			continue
		}
		m, merged := g.merge(i, c.Col)
		switch {
		case !merged:
			m = sheet.Range{R1: r.Index, C1: c.Col, R2: r.Index, C2: c.Col}
		case m.R1 != r.Index || m.C1 != c.Col:
			continue // left over under a merged block, which hides it
		}
		l.spots = append(l.spots, spot{row: r.Index, col: c.Col, right: m.C2, bottom: m.R2, text: words, shape: shapeOf(c, words)})
	}
	return l
}

// cellsFrom returns a row's cells from a column on.
func cellsFrom(r *sheet.Row, col int) []sheet.Cell {
	i, _ := slices.BinarySearchFunc(r.Cells, col, func(c sheet.Cell, at int) int { return cmp.Compare(c.Col, at) })
	return r.Cells[i:]
}

// line returns the line of a row, which may be empty.
func (g *grid) line(row int, b block) line {
	if i := g.position(row); i < len(g.s.Rows) && g.s.Rows[i].Index == row {
		return g.lineAt(i, b)
	}
	return line{row: row}
}

// blocks parts the sheet's columns where one is empty from top to bottom: what
// stands beside a table with a gap between is not of the table, unless both
// have their header in the same rows.
func (g *grid) blocks() []block {
	used := g.usedColumns()
	var out []block
	for col := 1; col < len(used); col++ {
		if !used[col] {
			continue
		}
		if n := len(out); n > 0 && out[n-1].last == col-1 {
			out[n-1].last = col
		} else {
			out = append(out, block{col, col})
		}
	}
	return g.joined(out)
}

// usedColumns tells by column number which columns hold something or lie under
// a block merged over several.
func (g *grid) usedColumns() []bool {
	_, last := g.s.Extent()
	used := make([]bool, last+1)
	for i := range g.s.Rows {
		for _, c := range g.s.Rows[i].Cells {
			if !used[c.Col] && !isBlank(c) {
				used[c.Col] = true
			}
		}
	}
	covered := make([]int, last+2) // how many merged blocks begin less end at a column
	for _, m := range g.merges {
		covered[min(m.C1, last+1)]++
		covered[min(m.C2, last)+1]--
	}
	depth := 0
	for col := 1; col <= last; col++ {
		depth += covered[col]
		used[col] = used[col] || depth > 0
	}
	return used
}

// joined puts blocks together that are one table with an empty column in it.
func (g *grid) joined(blocks []block) []block {
	if len(blocks) < 2 {
		return blocks
	}
	var out []block
	for _, b := range blocks {
		if n := len(out); n > 0 && g.continues(out[n-1], b) {
			out[n-1].last = b.last
		} else {
			out = append(out, b)
		}
	}
	return out
}

// continues reports whether right is the same table as left: a header in the
// same rows, with other words, and content below it.
func (g *grid) continues(left, right block) bool {
	h, ok := g.findHeader(left, 0, false)
	if !ok {
		return false
	}
	if right.first == right.last {
		return g.strayColumn(h, right.first)
	}
	r, ok := g.findHeader(right, 0, false)
	if !ok || r.first != h.first || r.last != h.last {
		return false
	}
	keys := h.leafKeys()
	return !slices.ContainsFunc(r.leafKeys(), func(k string) bool { return k != "" && slices.Contains(keys, k) })
}

// strayColumn reports whether a lone column belongs to the table of header h:
// words in its header rows and something in the rows just below.
func (g *grid) strayColumn(h header, col int) bool {
	b := block{col, col}
	head, below := 0, 0
	for i := g.position(h.first); i < len(g.s.Rows) && below == 0 && g.s.Rows[i].Index <= h.last+lookAhead; i++ {
		switch l := g.lineAt(i, b); {
		case len(l.spots) == 0:
		case l.row > h.last:
			below++
		case l.spots[0].shape == shapeText:
			head++
		}
	}
	return head > 0 && below > 0
}
