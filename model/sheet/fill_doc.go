package sheet

import (
	"cmp"
	"strings"
)

// sheetDoc is a worksheet's part taken apart: where its rows and cells stand, and
// its formulas, those that are shared written out.
type sheetDoc struct {
	name            string
	part            *xmlPart
	prefix          string
	data            xmlTag
	dataEnd, after  int // of sheetData: before its end tag, and behind it
	rows            []docRow
	groups          map[string]*sharedFormula // by si
	hidden          bool                      // some row is hidden
	styles          map[int]int               // style of a column
	selfClosingData bool
}

// sharedFormula is a formula that several cells have together.
type sharedFormula struct {
	row, col int
	text     string
	block    Range
}

type docRow struct {
	index      int
	tag        xmlTag
	inEnd, end int // before the end tag, and behind the row
	cells      []docCell
}

type docCell struct {
	col           int
	tag           xmlTag
	end           int
	formula       *docFormula
	valueFrom, to int // the element v, 0 if there is none
}

// docFormula is the formula of a cell.
type docFormula struct {
	tag   xmlTag
	end   int
	kind  string // "", shared, array, dataTable
	group string // si
	text  string // as it reads in this cell; "" where nothing can be said
	block Range  // of shared and array formulas, where it is said
}

// readDoc takes a worksheet's part apart.
func readDoc(name string, part *xmlPart) (*sheetDoc, error) {
	root, ok := part.first("worksheet")
	if !ok || !strings.Contains(string(part.b[root.start:root.end]), mainSpace) {
		return nil, errUnusual
	}
	d := &sheetDoc{name: name, part: part, prefix: root.prefix(part.b), groups: map[string]*sharedFormula{}, styles: map[int]int{}}
	for t := range xmlTags(part.b) {
		switch {
		case d.data.name == "" && t.name == "col" && !t.close:
			d.columnStyle(t)
		case t.name == "sheetData" && t.close:
			d.dataEnd, d.after = t.start, t.end
			return d, d.writeOut()
		case t.name == "sheetData":
			d.data = t
			if t.self {
				d.selfClosingData, d.dataEnd, d.after = true, t.end, t.end
				return d, nil
			}
		case d.data.name != "":
			if err := d.take(t); err != nil {
				return nil, err
			}
		}
	}
	return nil, errUnusual
}

// maxStyledColumns bounds what is kept of a style that a file gives to all columns.
const maxStyledColumns = 512

func (d *sheetDoc) columnStyle(t xmlTag) {
	style := tagNumber(d.part.b, t, "style")
	if style == 0 {
		return
	}
	first := tagNumber(d.part.b, t, "min")
	for c := first; c <= min(tagNumber(d.part.b, t, "max"), first+maxStyledColumns); c++ {
		d.styles[c] = style
	}
}

// take follows the tags inside sheetData.
func (d *sheetDoc) take(t xmlTag) error {
	n := len(d.rows)
	if t.name == "row" {
		return d.takeRow(t)
	}
	if n == 0 || d.rows[n-1].end > 0 {
		return nil
	}
	r := &d.rows[n-1]
	if t.name == "c" {
		return d.takeCell(r, t)
	}
	if len(r.cells) == 0 {
		return nil
	}
	c := &r.cells[len(r.cells)-1]
	switch {
	case c.end > 0:
	case t.name == "f":
		d.takeFormula(c, t)
	case t.name == "v" && t.close:
		c.to = t.end
	case t.name == "v":
		c.valueFrom, c.to = t.start, t.end
	}
	return nil
}

func (d *sheetDoc) takeRow(t xmlTag) error {
	n := len(d.rows)
	if t.close {
		if n == 0 {
			return errUnusual
		}
		d.rows[n-1].inEnd, d.rows[n-1].end = t.start, t.end
		return nil
	}
	last := 0
	if n > 0 {
		last = d.rows[n-1].index
	}
	r := docRow{index: cmp.Or(tagNumber(d.part.b, t, "r"), last+1), tag: t}
	if r.index <= last {
		return errUnusual
	}
	if t.self {
		r.inEnd, r.end = t.end, t.end
	}
	hidden, _, _ := t.attr(d.part.b, "hidden")
	d.hidden = d.hidden || hidden == "1" || hidden == "true"
	d.rows = append(d.rows, r)
	return nil
}

func (d *sheetDoc) takeCell(r *docRow, t xmlTag) error {
	n := len(r.cells)
	if t.close {
		if n == 0 {
			return errUnusual
		}
		r.cells[n-1].end = t.end
		return nil
	}
	c := docCell{col: 1, tag: t}
	row, ok := r.index, true
	if n > 0 {
		c.col = r.cells[n-1].col + 1
	}
	if ref, _, _ := t.attr(d.part.b, "r"); ref != "" {
		row, c.col, ok = ParseCellName(ref)
	}
	if !ok || row != r.index || n > 0 && c.col <= r.cells[n-1].col {
		return errUnusual
	}
	if t.self {
		c.end = t.end
	}
	r.cells = append(r.cells, c)
	return nil
}

func (d *sheetDoc) takeFormula(c *docCell, t xmlTag) {
	if t.close {
		f := c.formula
		if f != nil {
			f.text, f.end = xmlUnescape(string(d.part.b[f.tag.end:t.start])), t.end
		}
		return
	}
	f := &docFormula{tag: t, end: t.end}
	f.kind, _, _ = t.attr(d.part.b, "t")
	f.group, _, _ = t.attr(d.part.b, "si")
	if ref, _, _ := t.attr(d.part.b, "ref"); ref != "" {
		f.block, _ = parseBlock(ref)
	}
	c.formula = f
}

// parseBlock reads A1 or A1:B2.
func parseBlock(s string) (Range, bool) {
	ref, n := scanRef(s)
	if n == 0 || n != len(s) {
		return Range{}, false
	}
	return ref.area(), true
}

// writeOut gives each cell of a shared formula its own words.
func (d *sheetDoc) writeOut() error {
	for i := range d.rows {
		r := &d.rows[i]
		if r.end == 0 {
			return errUnusual
		}
		for j := range r.cells {
			c := &r.cells[j]
			if c.end == 0 {
				return errUnusual
			}
			f := c.formula
			if f == nil || f.kind != "shared" {
				continue
			}
			if f.text != "" {
				d.groups[f.group] = &sharedFormula{row: r.index, col: c.col, text: f.text, block: f.block}
			} else if g := d.groups[f.group]; g != nil {
				f.text = moved(g.text, r.index-g.row, c.col-g.col)
			}
		}
	}
	return nil
}

// find returns the row of an index, or where it would be.
func (d *sheetDoc) find(index int) (at int, ok bool) {
	lo, hi := 0, len(d.rows)
	for lo < hi {
		mid := (lo + hi) / 2
		if d.rows[mid].index < index {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < len(d.rows) && d.rows[lo].index == index
}
