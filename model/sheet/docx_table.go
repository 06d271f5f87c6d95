package sheet

import "slices"

// docxTable is a table of a Word document being read.
type docxTable struct {
	block
	widths []int
	begun  int // cells of the block before the row
	spans  int // and merges
	nested []nestedTable

	rowOpen bool
	col     int // last column taken in the row
	skipRow bool
	down    map[int]int // by first column: index of the merge that reaches down to here
	next    map[int]int // the same for the row below

	open     bool // a cell is
	cell     Cell
	across   int
	vertical docxMerge
	text     textFlow
}

// docxMerge is the part a cell plays in a block merged downwards.
type docxMerge uint8

const (
	mergeNone docxMerge = iota
	mergeFirst
	mergeOn // hidden under the cell above
)

func (d *docxReader) startTable() error {
	if len(d.tables) == 0 {
		d.text.reset()
	}
	if len(d.tables) >= maxNesting {
		d.deeper++
		return nil
	}
	d.tables = append(d.tables, &docxTable{})
	return d.count()
}

// endTable hands a table to the document, or to the cell it stands in.
func (d *docxReader) endTable() error {
	if d.deeper > 0 {
		d.deeper--
		return nil
	}
	t := d.innermost()
	if t == nil {
		return nil
	}
	if err := d.endRow(t); err != nil {
		return err
	}
	t.dropSingle()
	d.tables = d.tables[:len(d.tables)-1]
	outer := d.innermost()
	switch {
	case outer == nil:
		if len(t.cells) > 0 {
			d.done = append(d.done, docxPart{block: t.block, widths: t.widths, above: d.lines})
			d.lines = nil
		}
	case !outer.open:
	case len(t.cells) <= 1:
		outer.text.lines(t.block.text())
	default:
		outer.nested = append(outer.nested, nestedTable{t.block, outer.cell})
	}
	return nil
}

// dropSingle drops the blocks of one cell, which are none.
func (t *docxTable) dropSingle() {
	t.merges = slices.DeleteFunc(t.merges, func(m Range) bool { return m.R1 == m.R2 && m.C1 == m.C2 })
}

// startInTable follows the elements that make up a table.
func (d *docxReader) startInTable(s *xmlScanner) error {
	t := d.innermost()
	if t == nil || d.deeper > 0 {
		return nil
	}
	switch string(s.name) {
	case "gridCol":
		t.widths = append(t.widths, s.intAttr("w"))
		return d.count()
	case "tr":
		if err := d.endRow(t); err != nil {
			return err
		}
		t.startRow()
		return d.count()
	case "gridBefore":
		t.col += clipSpan(s.intAttr("val"))
	case "hidden":
		if !t.open && docxOn(s) {
			t.hide(t.rows)
		}
	case "del":
		t.skipRow, d.revised = t.skipRow || t.rowOpen && !t.open, true
	case "tc":
		return d.startCell(t)
	case "gridSpan":
		t.across = max(1, clipSpan(s.intAttr("val")))
	case "vMerge":
		t.vertical = mergeOn
		if v, _ := s.attr("val"); v == "restart" {
			t.vertical = mergeFirst
		}
	}
	return nil
}

func clipSpan(n int) int { return min(max(n, 0), maxCols) }

func (t *docxTable) startRow() {
	t.rowOpen, t.skipRow, t.col = true, false, 0
	t.rows++
	t.begun, t.spans = len(t.cells), len(t.merges)
	t.down, t.next = t.next, map[int]int{}
}

// endRow ends the row at hand, with a cell that a damaged file left open.
func (d *docxReader) endRow(t *docxTable) error {
	err := d.endCell(t)
	if t.rowOpen {
		t.endRow()
	}
	return err
}

// endRow places the tables inside the row at hand, or drops it.
func (t *docxTable) endRow() {
	nested := t.nested
	t.rowOpen, t.nested = false, nil
	if t.skipRow {
		t.dropRow()
		return
	}
	switch words := len(t.cells) - t.begun; {
	case len(nested) == 0:
	case words == 0, words == 1 && slices.ContainsFunc(nested, func(n nestedTable) bool { return n.isTable() }):
		t.layOut(nested, words)
	default:
		for i := range nested {
			t.join(t.begun, &nested[i])
		}
	}
}

// dropRow takes back the row at hand, which a revision deleted.
func (t *docxTable) dropRow() {
	t.rows--
	t.cells, t.merges, t.next = t.cells[:t.begun], t.merges[:t.spans], t.down
	delete(t.hidden, t.rows+1)
	t.clip()
}

// layOut takes the tables inside a row for tables of their own, below each other.
func (t *docxTable) layOut(nested []nestedTable, words int) {
	t.merges, t.next = t.merges[:t.spans], nil
	if words == 0 {
		t.rows--
	}
	for i := range nested {
		t.add(&nested[i].block)
	}
}

func (d *docxReader) startCell(t *docxTable) error {
	if err := d.endCell(t); err != nil {
		return err
	}
	if !t.rowOpen {
		t.startRow()
	}
	t.col++
	t.open, t.across, t.vertical = true, 1, mergeNone
	t.cell = Cell{Row: t.rows, Col: t.col}
	t.text.reset()
	return d.count()
}

// endCell keeps the cell at hand if it holds something, and notes how far it
// reaches.
func (d *docxReader) endCell(t *docxTable) error {
	if !t.open {
		return nil
	}
	t.open = false
	c := t.cell
	t.col += t.across - 1
	if c.Col > maxCols || c.Row > maxRows {
		d.odd.note(oddPlace, c)
		return nil
	}
	if t.reachDown(min(t.col, maxCols)) {
		return nil // its words do not show
	}
	if words := t.text.String(); words != "" {
		c.Kind, c.Text = Text, words
		t.cells = append(t.cells, c)
	}
	return nil
}

// reachDown notes the block that the cell at hand begins or goes on with, up to a
// column, and reports whether it lies under the cell above.
func (t *docxTable) reachDown(last int) bool {
	col := t.cell.Col
	if t.vertical == mergeOn {
		if i, ok := t.down[col]; ok && i < len(t.merges) {
			t.merges[i].R2, t.next[col] = t.rows, i
			return true
		}
	}
	if t.vertical != mergeNone || last > col {
		t.merges = append(t.merges, Range{t.rows, col, t.rows, last})
	}
	if t.vertical != mergeNone {
		t.next[col] = len(t.merges) - 1
	}
	return false
}
