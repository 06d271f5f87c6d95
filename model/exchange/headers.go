package exchange

import (
	"regexp"
	"slices"
	"strings"
)

// How far header finding looks, in rows that hold something.
const (
	searchRows    = 200 // for the first header of a block of columns
	lookAhead     = 30  // below a candidate
	maxHeaderRows = 8
)

// header is the header of a table in a block of columns.
type header struct {
	block       block
	first, last int
	lines       []line // the rows from first to last, empty ones included
	preamble    []line // what stands above, from the top
	number      int    // row of the column numbers （1）（2）… below, 0 if there is none
}

// findHeader returns the first header at or after a position in the sheet's
// rows. Once a table was found above, a further one must be plainer: notes and
// signatures look like short headers.
func (g *grid) findHeader(b block, at int, again bool) (header, bool) {
	var above []line
	form := -1 // last row of a form for one record
	for i := at; i < len(g.s.Rows) && len(above) < searchRows; i++ {
		l := g.lineAt(i, b)
		if len(l.spots) == 0 || isPathLine(l) {
			continue
		}
		if form == l.row-1 && (hasValues(l) || isEntryLine(l)) || goesOn(above, l) {
			form = l.row
		} else if g.opensTable(b, i, l, again) {
			h := g.extend(b, l, above)
			if !g.isEntryForm(h) {
				return h, true
			}
			form = l.row
		}
		above = append(above, l)
	}
	return header{}, false
}

// goesOn reports whether a line and the one above are both of a form for one
// record, of which the one above has a word too many to tell by itself.
func goesOn(above []line, l line) bool {
	n := len(above)
	return n > 0 && above[n-1].row == l.row-1 && isEntryLine(l) && hasValues(l) && isPaired(above[n-1]) && hasValues(above[n-1]) &&
		countHeaderWords(above[n-1]) >= 2
}

// firstRowHeader takes the first row that holds something for the header.
func (g *grid) firstRowHeader() (header, bool) {
	_, last := g.s.Extent()
	b := block{1, last}
	for i := range g.s.Rows {
		if l := g.lineAt(i, b); len(l.spots) > 0 {
			return header{block: b, first: l.row, last: l.row, lines: []line{l}}, true
		}
	}
	return header{}, false
}

// opensTable reports whether the line at position i is the first row of a
// header: short words such as head columns, about as wide as what is below, that
// do not come again in their own columns, over values that differ in kind.
func (g *grid) opensTable(b block, i int, l line, again bool) bool {
	if !looksLikeHeader(l) {
		return false
	}
	below := g.below(b, i)
	if recurs(l, below) || !covers(l, below) || isInfo(l, below) || !isBuilt(l) && betterBelow(l, below) {
		return false
	}
	words, n := countHeaderWords(l), len(l.spots)
	switch {
	case again && n < 3:
		return false
	case 2*words >= n, words > 0 && isBuilt(l), words > 0 && runsAcross(l, words):
		return true
	case again && words == 0:
		return false
	}
	return contrasts(l, below) || len(below) == 0 && 3*words >= n && words > 0
}

// runsAcross reports whether next to its head words the line has little but days
// that count up: an attendance sheet, whose marks do not differ in kind from words.
func runsAcross(l line, words int) bool {
	run := longestRun(l)
	return run >= fewestDays && 5*(run+words) >= 4*len(l.spots)
}

// isBuilt reports whether the line is built as only headers are: cells merged
// over columns beside cells merged down.
func isBuilt(l line) bool {
	down, over := 0, 0
	for _, p := range l.spots {
		if p.bottom > p.row {
			down++
		}
		if p.wide() {
			over++
		}
	}
	return down > 0 && over > 0 && 2*(down+over) > len(l.spots)
}

// below returns the lines under position i that hold something.
func (g *grid) below(b block, i int) []line {
	var out []line
	for i++; i < len(g.s.Rows) && len(out) < lookAhead; i++ {
		if l := g.lineAt(i, b); len(l.spots) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// looksLikeHeader judges a line by itself.
func looksLikeHeader(l line) bool {
	if len(l.spots) < 2 || isFrameLine(l) {
		return false
	}
	if first := l.spots[0]; isTotal(first.text) || isNote(first.text) && !headerWords[first.key()] {
		return false
	}
	n := countShapes(l)
	named := slices.ContainsFunc(l.spots, func(p spot) bool { return p.shape == shapeText })
	return named && n[shapeText] >= 2 && n[shapeNumber]+n[shapeDate] <= max(1, n[shapeText]/3) && n[shapeLong] <= n[shapeText]/3
}

// countShapes counts the spots of a line by shape; years and a run of numbers
// (1 … 31) count as text, for such head columns.
func countShapes(l line) [4]int {
	var n [4]int
	years := 0
	for _, p := range l.spots {
		n[p.shape]++
		if y, ok := wholeNumber(p.key()); ok && y >= 1990 && y <= 2100 {
			years++
		}
	}
	run := longestRun(l)
	if run < 3 {
		run = 0
	}
	heads := min(n[shapeNumber], max(run, years))
	days := min(n[shapeDate], run-heads)
	n[shapeNumber] -= heads
	n[shapeDate] -= max(days, 0)
	n[shapeText] += heads + max(days, 0)
	return n
}

// monthDay is a head such as 11月1日.
var monthDay = regexp.MustCompile(`^\d{1,2}月(\d{1,2})日$`)

// runNumber returns the number by which a spot may count up: 1, 1日, 11月1日.
func runNumber(key string) (int, bool) {
	if m := monthDay.FindStringSubmatch(key); m != nil {
		key = m[1]
	}
	return wholeNumber(strings.TrimSuffix(key, "日"))
}

// longestRun returns how many neighbouring spots count up by one, or down.
func longestRun(l line) int {
	best := 0
	for _, step := range []int{1, -1} {
		run, prev := 0, 0
		for _, p := range l.spots {
			n, ok := runNumber(p.key())
			switch {
			case !ok:
				run = 0
			case run > 0 && n == prev+step:
				run++
			default:
				run = 1
			}
			prev, best = n, max(best, run)
		}
	}
	return best
}

func countHeaderWords(l line) int {
	n := 0
	for _, p := range l.spots {
		if p.shape == shapeText && isHeaderWord(p.text) {
			n++
		}
	}
	return n
}

// mostlyHeaderWords reports whether at least part of ten of a line's spots are
// head words. It looks no further than it must: it is asked of every data row.
func mostlyHeaderWords(l line, part int) bool {
	misses := 0
	for _, p := range l.spots {
		if p.shape != shapeText || !isHeaderWord(p.text) {
			if misses++; 10*misses > (10-part)*len(l.spots) {
				return false
			}
		}
	}
	return true
}

// recurs reports whether a fair part of the line's words come again further
// down in the same columns, as values do and headers do not. A line that comes
// again as a whole is a header repeated on each page, one of head words the
// header of another table.
func recurs(l line, below []line) bool {
	again := map[int]bool{}
	for _, d := range below {
		same := sameSpots(l, d)
		if l.sameAs(d) || len(same) > 0 && len(d.spots) > 2 && mostlyHeaderWords(d, 5) {
			continue
		}
		for _, col := range same {
			again[col] = true
		}
	}
	return 10*len(again) >= 3*len(l.spots)
}

// sameSpots returns the columns in which both lines have the same words.
func sameSpots(a, b line) []int {
	var cols []int
	for _, p := range a.spots {
		if q, ok := b.at(p.col); ok && q.key() == p.key() {
			cols = append(cols, p.col)
		}
	}
	return cols
}

// at returns the spot anchored in a column.
func (l line) at(col int) (spot, bool) {
	i, ok := slices.BinarySearchFunc(l.spots, col, func(p spot, at int) int { return p.col - at })
	if !ok {
		return spot{}, false
	}
	return l.spots[i], true
}

// width is the number of columns under the line's spots.
func (l line) width() int {
	n := 0
	for _, p := range l.spots {
		n += p.right - p.col + 1
	}
	return n
}

// covers reports whether the line is at least half as wide as the lines below
// are for the most part. A line of the frame is narrower.
func covers(l line, below []line) bool {
	var widths []int
	for _, d := range below[:min(len(below), 5)] {
		widths = append(widths, d.width())
	}
	if len(widths) == 0 {
		return true
	}
	slices.Sort(widths)
	return 2*l.width() >= widths[len(widths)/2]
}

// isInfo reports whether a line of two or three cells over a header says who and
// when (甲镇人民政府 … 2026年11月) rather than naming groups of columns.
func isInfo(l line, below []line) bool {
	if len(l.spots) > 3 || len(below) == 0 || len(below[0].spots) < 2*len(l.spots) || !looksLikeHeader(below[0]) {
		return false
	}
	return slices.ContainsFunc(l.spots, func(p spot) bool {
		return p.shape == shapeDate || periodWords.MatchString(p.key()) || orgWords.MatchString(p.key()) && !isHeaderWord(p.text)
	})
}

// betterBelow reports whether the next line of several cells, the lines of the
// frame left out, has more head words in it: then this one stands above a header.
func betterBelow(l line, below []line) bool {
	const near = 4
	for _, d := range below[:min(len(below), near)] {
		if len(d.spots) > 1 && !isFrameLine(d) {
			return len(d.spots) >= len(l.spots) && looksLikeHeader(d) && mostlyHeaderWords(d, 5) &&
				countHeaderWords(d)*len(l.spots) > countHeaderWords(l)*len(d.spots)
		}
	}
	return false
}

// contrasts reports whether below one of the line's words at least there are
// mostly numbers or days.
func contrasts(l line, below []line) bool {
	for _, p := range l.spots {
		filled, values := 0, 0
		for _, d := range below {
			if q, ok := d.at(p.col); ok {
				filled++
				if q.shape == shapeNumber || q.shape == shapeDate {
					values++
				}
			}
		}
		if p.shape == shapeText && values > 0 && 5*values >= 3*filled {
			return true
		}
	}
	return false
}

// isEntryForm reports whether what looks like a header is the first line of a
// form for one record (登记表: 姓名 | 张示例一 | 性别 | 男): words and values in turn
// in it and in the lines below, some of which may not be filled in.
func (g *grid) isEntryForm(h header) bool {
	if !isPaired(h.lines[0]) || h.last > h.first && (!hasValues(h.lines[0]) || isBuilt(h.lines[0])) {
		return false
	}
	paired := 0
	for i := g.position(h.first + 1); i < len(g.s.Rows) && paired < entryLines; i++ {
		l := g.lineAt(i, h.block)
		if len(l.spots) == 0 {
			continue
		}
		words := countHeaderWords(l)
		switch {
		case hasValues(h.lines[0]) && words >= 2 && 3*words >= len(l.spots) && (l.row > h.last || isEntryLine(l)),
			isEntryLine(l) && 2*words >= len(l.spots):
			return true
		case len(l.spots) > 2 || !isPaired(l) || !hasValues(h.lines[0]):
			return false
		default: // a label and its value a line
			paired++
		}
	}
	return paired == entryLines
}

// hasValues reports whether a fair part of a line are no head words.
func hasValues(l line) bool { return 5*countHeaderWords(l) <= 3*len(l.spots) }
