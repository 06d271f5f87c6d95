package exchange

import (
	"fmt"
	"slices"
	"strings"

	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// body is what was found below a header.
type body struct {
	first, last     int // data rows, 0 if there are none
	totals, skipped []SkippedRow
	footer          []line // sign-off and notes
	end             int    // last row that belongs to the table
	next            int    // position at which to look for another table
	typical         int    // columns filled in most data rows so far
	widest          int    // columns filled in the fullest of them
}

// rowKind is what a row below a header turns out to be.
type rowKind uint8

const (
	rowData rowKind = iota
	rowNothing
	rowNumberOnly
	rowTotal
	rowRepeat
	rowNote
	rowPaths
	rowEntry
	rowNewTable
)

var skipWords = map[rowKind]string{
	rowNumberOnly: "只有序号，没有内容", rowRepeat: "重复的表头", rowNote: "注、说明或签字行", rowPaths: "列标识行", rowEntry: "像是登记表的栏目",
}

// bodyReader goes down the rows below a header.
type bodyReader struct {
	g      *grid
	h      header
	counts []int // columns that only number the rows
	width  int   // of the header
	body
	pending []SkippedRow // since the last data row: kept only if data follows
	ended   bool         // notes or signatures have begun
	blanks  bool         // the row before was empty
}

// readBody finds the data rows below a header, and what is none of them.
func (g *grid) readBody(h header) body {
	r := bodyReader{g: g, h: h, counts: numberColumns(h), width: h.width()}
	r.end = h.last
	if h.number > 0 {
		r.skipped = append(r.skipped, SkippedRow{h.number, "列号行"})
		r.end = h.number
	}
	i := g.position(r.end + 1)
	for ; i < len(g.s.Rows); i++ {
		if !r.take(i) {
			break
		}
	}
	r.next = i
	r.skipped = append(r.skipped, r.pending...)
	slices.SortStableFunc(r.skipped, func(a, b SkippedRow) int { return a.Row - b.Row })
	g.dropClosing(h, &r.body)
	g.findSumRow(h, &r.body)
	return r.body
}

// take judges the row at a position; false if it begins another table.
func (r *bodyReader) take(i int) bool {
	row := r.g.s.Rows[i].Index
	kind, l := r.judge(i)
	switch kind {
	case rowNewTable:
		return false
	case rowNothing:
		return true
	case rowData:
		r.addData(row, len(l.spots))
	case rowTotal:
		r.totals = append(r.totals, SkippedRow{row, "合计行"})
	case rowNote:
		r.ended = true
		r.footer = append(r.footer, l)
		r.pending = append(r.pending, SkippedRow{row, skipWords[kind]})
	default:
		r.pending = append(r.pending, SkippedRow{row, skipWords[kind]})
	}
	r.end = row
	return true
}

func (r *bodyReader) addData(row, filled int) {
	if r.first == 0 {
		r.first = row
	} else if gap := row - r.end - 1; gap > 0 {
		r.pending = append(r.pending, SkippedRow{r.end + 1, blankWords(gap)})
	}
	r.skipped, r.pending = append(r.skipped, r.pending...), nil
	r.last, r.ended, r.footer = row, false, nil
	r.typical, r.widest = max(filled, (3*r.typical+filled)/4), max(r.widest, filled)
}

func blankWords(n int) string {
	if n == 1 {
		return "空行"
	}
	return fmt.Sprintf("空行，共 %d 行", n)
}

// judge says what the row at a position is.
func (r *bodyReader) judge(i int) (rowKind, line) {
	l := r.g.lineAt(i, r.h.block)
	row := r.g.s.Rows[i].Index
	defer func() { r.blanks = len(l.spots) == 0 }()
	gap := r.blanks || row > r.end+1
	switch {
	case len(l.spots) == 0:
		return rowNothing, l
	case isPathLine(l):
		return rowPaths, l
	case r.repeats(l):
		return rowRepeat, l
	case r.isTotal(l):
		return rowTotal, l
	case r.isFooter(l):
		return rowNote, l
	case r.opensAnother(i, l, gap):
		return rowNewTable, l
	case r.numberOnly(l):
		return rowNumberOnly, l
	case isEntryLine(l):
		return rowEntry, l
	case r.ended && !r.resumes(l), r.afterwards(l, gap):
		return rowNote, l
	}
	return rowData, l
}

// repeats reports whether the line is a line of the header again.
func (r *bodyReader) repeats(l line) bool {
	return slices.ContainsFunc(r.h.lines, func(h line) bool { return h.sameAs(l) })
}

// sameAs reports whether two lines have the same words but for one in five.
func (l line) sameAs(other line) bool {
	same, left := 0, max(len(l.spots), len(other.spots))/5
	for _, p := range l.spots {
		q, ok := other.at(p.col)
		if ok && (p.text == q.text || p.key() == q.key()) {
			same++
		} else if left--; left < 0 {
			return false
		}
	}
	return same >= 2 && 5*same >= 4*len(other.spots)
}

// isTotal reports whether one of the words in front of the first number names
// sums: in the first column, or behind 乡镇 and 村.
func (r *bodyReader) isTotal(l line) bool {
	const front = 3
	for i, p := range l.spots {
		if i == front || p.shape == shapeNumber && !slices.Contains(r.counts, p.col) {
			break
		}
		if isTotal(p.text) {
			return true
		}
	}
	return r.onlySums(l)
}

// onlySums reports whether the line holds nothing but results of formulas, in
// two columns at least: a row of sums to which nobody has given a name.
func (r *bodyReader) onlySums(l line) bool {
	if len(l.spots) < 2 || len(r.counts) == 0 {
		return false
	}
	return !slices.ContainsFunc(l.spots, func(p spot) bool {
		c := r.g.s.Cell(p.row, p.col)
		return !c.Formula || c.Kind != sheet.Number && c.Kind != sheet.ErrorValue || slices.Contains(r.counts, p.col)
	})
}

// isFooter reports whether the line begins the notes or is for signatures: all
// labels, or few cells the first of which says so.
func (r *bodyReader) isFooter(l line) bool {
	if allLabelled(l) {
		return true
	}
	first := l.spots[0]
	few := len(l.spots) <= 2 || 2*len(l.spots) <= r.width
	if isNote(first.text) {
		return len(l.spots) <= 2
	}
	return few && (isFrameLine(l) || isSignOff(first.text))
}

// allLabelled reports whether every cell of a line is a label with a colon and
// what goes behind it.
func allLabelled(l line) bool {
	return !slices.ContainsFunc(l.spots, func(p spot) bool {
		return !strings.ContainsAny(p.text, ":：") || !labelled.MatchString(p.key()) || strings.HasPrefix(p.key(), "其中") || sectionNo.MatchString(p.key())
	})
}

// opensAnother reports whether a new table begins with this line: a header of
// other words, or the title above one.
func (r *bodyReader) opensAnother(i int, l line, gap bool) bool {
	if len(l.spots) > 1 {
		part := 7
		if gap || r.ended {
			part = 5
		}
		return len(l.spots) >= 3 && mostlyHeaderWords(l, part) && r.g.opensTable(r.h.block, i, l, true)
	}
	if !gap && !r.ended && !l.spots[0].wide() {
		return false
	}
	below := r.g.below(r.h.block, i)
	for n, d := range below[:min(len(below), 4)] {
		switch {
		case len(d.spots) == 1 || isFrameLine(d):
		case r.repeats(d):
			return false
		default:
			return len(d.spots) >= 3 && mostlyHeaderWords(d, 5) && r.g.opensTable(r.h.block, r.g.position(below[n].row), d, true)
		}
	}
	return false
}

// numberOnly reports whether nothing but the row's number is filled in. A section
// heading often stands in the column of numbers.
func (r *bodyReader) numberOnly(l line) bool {
	return !slices.ContainsFunc(l.spots, func(p spot) bool {
		number := slices.Contains(r.counts, p.col) && !p.wide() && !sectionNo.MatchString(p.key())
		return !number && !r.g.s.HiddenCol(p.col)
	})
}

// resumes reports whether below notes the table goes on all the same: filled as
// the data rows above were.
func (r *bodyReader) resumes(l line) bool {
	return r.typical > 0 && len(l.spots) >= 3 && 10*len(l.spots) >= 7*r.typical
}

// afterwards reports whether the line is words below the table: alone in its
// row, after an empty one, long or merged wide.
func (r *bodyReader) afterwards(l line, gap bool) bool {
	p := l.spots[0]
	return len(l.spots) == 1 && gap && r.first > 0 && !sectionNo.MatchString(p.key()) &&
		(p.shape == shapeLong || 2*(p.right-p.col+1) > r.width)
}

// numberColumns returns the columns whose header says that they number the rows.
func numberColumns(h header) []int {
	var out []int
	for col, levels := range h.levels() {
		if len(levels) > 0 && isNumbering(levels[len(levels)-1]) {
			out = append(out, col)
		}
	}
	return out
}

// isNumbering reports whether a header is that of row numbers (序号).
func isNumbering(words string) bool {
	switch text.HeaderCore(words) {
	case "序号", "序", "no", "序次", "行号", "序列", "顺序号":
		return true
	}
	return false
}

// findSumRow moves the last data row to the totals if its label is merged over
// columns and every number in it is the sum of the column: a total by any name.
func (g *grid) findSumRow(h header, b *body) {
	if b.last <= b.first {
		return
	}
	l := g.line(b.last, h.block)
	if len(l.spots) < 2 || !l.spots[0].wide() || !g.sumsUp(l.spots[1:], b) {
		return
	}
	b.totals = append(b.totals, SkippedRow{b.last, "各列正好是上面各行之和，当作合计行"})
	g.shorten(h, b)
}

// shorten takes the last data row off a body; false if it is the only one.
func (g *grid) shorten(h header, b *body) bool {
	for row := b.last - 1; row >= b.first; row-- {
		if len(g.line(row, h.block).spots) > 0 && !b.isSkipped(row) {
			b.last = row
			return true
		}
	}
	return false
}

// dropClosing moves the words that close a table from its data rows to the skipped
// ones: who sends it and when, each alone in its row below rows of three and more.
// A name alone in the last row stays: only a day, or a sentence, closes a table.
func (g *grid) dropClosing(h header, b *body) {
	const wide = 3 // cells of a row that words alone are told from
	if b.widest < wide {
		return
	}
	var tail []line
	closes := false
	for row := b.last; row > b.first; row-- {
		l := g.line(row, h.block)
		if len(l.spots) > 1 {
			break
		}
		if len(l.spots) == 1 && !b.isSkipped(row) {
			tail = append(tail, l)
			closes = closes || isClosing(l.spots[0])
		}
	}
	for _, l := range tail {
		if !closes || !g.shorten(h, b) {
			return
		}
		b.skipped = append(b.skipped, SkippedRow{l.row, "落款，不是数据"})
	}
}

// isClosing reports whether words alone in a row are a day or a sentence.
func isClosing(p spot) bool { return p.shape == shapeDate || closingWords.MatchString(p.key()) }

func (b *body) isSkipped(row int) bool {
	is := func(s SkippedRow) bool { return s.Row == row }
	return slices.ContainsFunc(b.skipped, is) || slices.ContainsFunc(b.totals, is)
}

// sumsUp reports whether each spot is the sum of the data rows above in its
// column, two of which at least hold numbers.
func (g *grid) sumsUp(spots []spot, b *body) bool {
	const close = 1e-6
	for _, p := range spots {
		c := g.s.Cell(p.row, p.col)
		sum, n := 0.0, 0
		for i := g.position(b.first); i < g.position(b.last); i++ {
			if v, ok := g.s.Rows[i].Cell(p.col); ok && v.Kind == sheet.Number && !b.isSkipped(v.Row) {
				sum, n = sum+v.Num, n+1
			}
		}
		if c.Kind != sheet.Number || n < 2 || sum == 0 || sum-c.Num > close || c.Num-sum > close {
			return false
		}
	}
	return true
}
