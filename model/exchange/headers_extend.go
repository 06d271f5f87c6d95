package exchange

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// extend finds the last row of the header that begins with line l, and the
// first: a row of group names above may be missing from it.
func (g *grid) extend(b block, l line, above []line) header {
	h := header{block: b, first: l.row, last: l.row, lines: []line{l}, preamble: above}
	if n := len(above); n > 0 && above[n-1].row == l.row-1 && namesGroups(above[n-1], l, b) {
		h.first, h.lines, h.preamble = l.row-1, []line{above[n-1], l}, above[:n-1]
	}
	for len(h.lines) < maxHeaderRows {
		next := g.line(h.last+1, b)
		if !h.mergedInto(next) && !g.splitsGroups(h, next) {
			break
		}
		h.lines = append(h.lines, next)
		h.last++
	}
	if next := g.line(h.last+1, b); numbersColumns(h, next) {
		h.number = next.row
	}
	return h
}

// namesGroups reports whether the line above a header row holds nothing but
// names of groups of its columns: merged over a few columns each, or over all
// columns between them.
func namesGroups(above, l line, b block) bool {
	const longName = 12
	if isFrameLine(above) {
		return false
	}
	columns := b.last - b.first + 1
	whole := len(above.spots) > 1 && above.width() >= columns
	return !slices.ContainsFunc(above.spots, func(p spot) bool {
		_, over := l.at(p.col)
		title := 2*(p.right-p.col+1) > columns && !whole
		return !over || !p.wide() || title || len([]rune(p.key())) > longName ||
			p.shape != shapeText || periodWords.MatchString(p.key()) || orgWords.MatchString(p.key())
	})
}

// mergedInto reports whether cells of the header are merged down into the next
// row. One alone may be a slip of the hand, and rows of numbers are data
// whatever is merged.
func (h *header) mergedInto(next line) bool {
	if n := countShapes(next); 4*(n[shapeNumber]+n[shapeDate]) > len(next.spots) {
		return false
	}
	down := 0
	for _, l := range h.lines {
		for _, p := range l.spots {
			if p.bottom >= next.row {
				down++
			}
		}
	}
	return down > 1 || down == 1 && len(next.spots) > 0 && h.childCount(next) > 0
}

// splitsGroups reports whether the next row gives names to the columns of groups
// named in the header, and nothing else.
func (g *grid) splitsGroups(h header, next line) bool {
	if h.childCount(next) == 0 {
		return false
	}
	n := countShapes(next)
	if n[shapeText] < len(next.spots) {
		return false
	}
	below := g.below(h.block, g.position(next.row))
	if recurs(next, below) {
		return false
	}
	return len(below) == 0 || 10*countHeaderWords(next) >= 3*len(next.spots) || longestRun(next) >= 3 || contrasts(next, below)
}

// childCount returns how many columns of groups the line names; 0 if it holds
// anything elsewhere or gives no group two columns.
func (h *header) childCount(next line) int {
	children := map[int]int{}
	for _, p := range next.spots {
		top, ok := h.deepest(p.col)
		switch {
		case !ok: // below a column without a header so far
			if left, open := h.openGroup(p.col, next); open {
				children[left]++
			}
		case top.wide():
			children[top.col]++
		case h.opens(top, next):
			children[top.col]++
		default:
			return 0
		}
	}
	most := 0
	for _, n := range children {
		most = max(most, n)
	}
	if most < 2 {
		return 0
	}
	return most
}

// deepest returns the lowest spot of the header over a column.
func (h *header) deepest(col int) (spot, bool) {
	for _, l := range slices.Backward(h.lines) {
		for _, p := range l.spots {
			if col >= p.col && col <= p.right {
				return p, true
			}
		}
	}
	return spot{}, false
}

// opens reports whether a cell that is not merged names a group all the same:
// the header is empty to its right, and the next row has names in both columns.
func (h *header) opens(p spot, next line) bool {
	_, taken := h.deepest(p.col + 1)
	_, own := next.at(p.col)
	_, right := next.at(p.col + 1)
	return !taken && own && right && p.bottom < next.row
}

// openGroup returns the column of the unmerged group name to the left of a
// column that has no header above.
func (h *header) openGroup(col int, next line) (int, bool) {
	for left := col - 1; left >= h.block.first; left-- {
		if p, ok := h.deepest(left); ok {
			return p.col, !p.wide() && h.opens(p, next)
		}
		if _, named := next.at(left); !named {
			return 0, false
		}
	}
	return 0, false
}

// numbersColumns reports whether the line below a header numbers its columns:
// 1 2 3, （1）（2）（3）, 甲 乙 1 2, 3=1+2.
func numbersColumns(h header, l line) bool {
	const fewest = 3
	if len(l.spots) < fewest || 10*l.width() < 6*h.width() {
		return false
	}
	count, stems := 0, 0
	for _, p := range l.spots {
		word := strings.Trim(p.key(), "()①②③④⑤⑥⑦⑧⑨⑩")
		word, _, _ = strings.Cut(word, "=")
		n, isNumber := wholeNumber(word)
		switch {
		case word == "", isNumber && n == count+1: // a circled number, or the next one
			count++
		case count == 0 && utf8.RuneCountInString(word) == 1 && strings.Contains("甲乙丙丁戊己庚辛", word):
			stems++
		default:
			return false
		}
	}
	return count >= fewest || count > 0 && stems > 0
}

// width is the number of columns with a header.
func (h *header) width() int {
	n := 0
	for col := h.block.first; col <= h.block.last; col++ {
		if _, ok := h.deepest(col); ok {
			n++
		}
	}
	return n
}

// wholeNumber reads a short row of digits.
func wholeNumber(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && len(s) <= 4 && n >= 0
}
