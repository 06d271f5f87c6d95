package exchange

import (
	"fmt"
	"slices"
	"strings"

	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// A form for one record (登记表: 姓名 | 张示例一 | 性别 | 男) is read as a table of one
// row whose columns are its labels, in the order of reading. Their numbers count
// the labels: the place of a value is TableColumn.Place.

// pair is a label of such a form with the place of its value, right behind it.
type pair struct {
	label spot
	value spot // text "" where nothing has been filled in
}

// isEntryLabel reports whether a spot can be a label of a form for one record.
func isEntryLabel(p spot) bool {
	return p.shape == shapeText && (isHeaderWord(p.text) || strings.HasSuffix(p.key(), ":"))
}

// pairsOf returns the labels of a line with their values, and whether the line can
// be trusted to be made of such: one of nothing but head words heads a small table.
func pairsOf(l line) (pairs []pair, ok bool) {
	labels := 0
	for _, p := range l.spots {
		if isEntryLabel(p) {
			labels++
		}
	}
	if len(l.spots) >= 3 && labels == len(l.spots) && adjacent(l) {
		return nil, false
	}
	for i := 0; i < len(l.spots); i++ {
		p := l.spots[i]
		if !isEntryLabel(p) {
			continue
		}
		value := spot{row: p.row, col: p.right + 1}
		if i+1 < len(l.spots) && l.spots[i+1].col == value.col {
			if p.bottom > p.row && isEntryLabel(l.spots[i+1]) {
				continue // a group of lines, merged down at the left of their labels
			}
			value = l.spots[i+1]
			i++
		}
		pairs = append(pairs, pair{p, value})
	}
	return pairs, true
}

// adjacent reports whether each spot of a line begins where the one before ends.
func adjacent(l line) bool {
	for i := 1; i < len(l.spots); i++ {
		if l.spots[i].col != l.spots[i-1].right+1 {
			return false
		}
	}
	return true
}

// isPaired reports whether a line is made of labels and values: no more than one
// of its spots is neither, and a label begins it.
func isPaired(l line) bool {
	pairs, ok := pairsOf(l)
	if !ok || len(pairs) == 0 {
		return false
	}
	taken := 0
	for _, p := range pairs {
		if taken++; p.value.text != "" {
			taken++
		}
	}
	return taken+1 >= len(l.spots) && pairs[0].label.col <= l.spots[min(1, len(l.spots)-1)].col
}

// isEntryLine reports whether a line can only be of a form for one record: made of
// labels and values, two labels at least, and one of them first.
func isEntryLine(l line) bool {
	if len(l.spots) < 2 || !isEntryLabel(l.spots[0]) || !isPaired(l) {
		return false
	}
	pairs, _ := pairsOf(l)
	return len(pairs) >= 2
}

// What it takes for a sheet without a table to be a form for one record.
const (
	entryLabels = 4
	entryLines  = 2
)

// entryForms returns the forms for one record on a sheet that holds no table, one
// below the other: each begins where the first label comes again.
func (g *grid) entryForms() []Table {
	_, last := g.s.Extent()
	b := block{1, max(last, 1)}
	var forms []entryForm
	var above []line
	for i := range g.s.Rows {
		l := g.lineAt(i, b)
		if len(l.spots) == 0 || isPathLine(l) {
			continue
		}
		n := len(forms)
		switch {
		case n > 0 && forms[n-1].closed:
		case isFrameLine(l) || !isPaired(l):
			if n == 0 {
				above = append(above, l)
			} else {
				forms[n-1].other(l)
			}
		case n == 0 || forms[n-1].beginsAgain(l):
			forms = append(forms, entryForm{above: above})
			above = nil
			forms[n].add(l)
		default:
			forms[n-1].add(l)
		}
	}
	var out []Table
	for i := range forms {
		if t, ok := forms[i].table(); ok {
			out = append(out, t)
		}
	}
	return out
}

// entryForm is a form for one record being read.
type entryForm struct {
	above  []line
	pairs  []pair
	lines  int // made of labels and values
	others []line
	last   int
	closed bool // a small table has begun, and what is below it is nobody's
}

func (f *entryForm) beginsAgain(l line) bool {
	return len(f.pairs) > 0 && l.spots[0].key() == f.pairs[0].label.key()
}

func (f *entryForm) add(l line) {
	pairs, _ := pairsOf(l)
	f.pairs = append(f.pairs, pairs...)
	f.lines++
	f.last = l.row
}

// other takes a line that is not made of labels and values.
func (f *entryForm) other(l line) {
	f.others = append(f.others, l)
	if _, ok := pairsOf(l); !ok {
		f.closed = true
	}
}

// table makes the table of one record; false if this is no form for one. A label
// that occurs twice means two things, and neither is read.
func (f *entryForm) table() (Table, bool) {
	if len(f.pairs) < entryLabels || f.lines < entryLines || f.lines < len(f.others) {
		return Table{}, false
	}
	t := Table{HeaderFirst: f.pairs[0].label.row, HeaderLast: f.last, FirstCol: 1, LastCol: len(f.pairs), Entry: true, end: f.last}
	t.Title, t.Unit, t.Frame = readPreamble(f.above)
	twice := f.repeated()
	for i, p := range f.pairs {
		c := TableColumn{Col: i + 1, Place: sheet.CellName(p.value.row, p.value.col), at: cellPlace{p.value.row, p.value.col}}
		if word := strings.TrimRight(bare(p.label.text), ":："); !slices.Contains(twice, p.label.key()) {
			c.Path, c.levels, c.Unit = word, []string{word}, text.Unit(word)
		}
		if p.value.text != "" {
			t.DataFirst, t.DataLast = t.HeaderFirst, f.last
			c.samples = []string{p.value.text}
		}
		t.Columns = append(t.Columns, c)
	}
	f.tell(&t, twice)
	return t, true
}

func (f *entryForm) repeated() []string {
	var seen, twice []string
	for _, p := range f.pairs {
		key := p.label.key()
		if slices.Contains(seen, key) {
			twice = append(twice, key)
		}
		seen = append(seen, key)
	}
	return twice
}

// tell reads what the other lines say of the form, and warns of the rest.
func (f *entryForm) tell(t *Table, twice []string) {
	var unread []string
	for _, l := range f.others {
		switch {
		case isFrameLine(l) || isSignOff(l.spots[0].text):
			t.Frame.read(l)
		case !isNote(l.spots[0].text):
			unread = append(unread, fmt.Sprint(l.row))
		}
		t.end = max(t.end, l.row)
	}
	if len(twice) > 0 {
		t.Warnings = append(t.Warnings, fmt.Sprintf("“%s”在登记表里出现不止一次，没有读取，请核对。", strings.Join(twice, "”“")))
	}
	if len(unread) > 0 {
		words := "第 " + listed(unread) + " 行没有读取"
		if f.closed {
			words += "，其中有一张小表，从它起往下都没有读"
		}
		t.Warnings = append(t.Warnings, words+"，请核对。")
	}
}

// entryRow is the one row of a form for one record.
func (t *Table) entryRow(s *sheet.Sheet) DataRow {
	row := DataRow{Row: t.HeaderFirst}
	for _, c := range t.Columns {
		cell := s.Cell(c.at.row, c.at.col)
		if !isBlank(cell) {
			row.Cells = append(row.Cells, DataCell{Col: c.Col, Cell: cell, raw: &cell})
		}
	}
	return row
}
