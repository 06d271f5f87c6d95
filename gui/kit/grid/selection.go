package grid

import (
	"cmp"
	"iter"
	"slices"
)

// place is one cell.
type place struct{ row, col int }

// span is a run of rows, both ends included.
type span struct{ first, last int }

// selection is what is chosen: the rectangle between anchor and cursor, and rows
// added by Ctrl+click. It holds spans, never rows one by one, so that choosing all
// of 100,000 costs nothing. The zero value has the cursor on the first cell.
type selection struct {
	cursor, anchor place
	extra          []span // apart, in ascending order, without the active rows
	off            bool   // the active rectangle was switched off by Ctrl+click
}

// moveTo sets the cursor; extend keeps the anchor, otherwise all else is dropped.
func (s *selection) moveTo(p place, extend bool) {
	s.cursor, s.off = p, false
	if !extend {
		s.anchor, s.extra = p, nil
	}
}

// area is the active rectangle.
func (s *selection) area() Range {
	return Range{
		Row1: min(s.anchor.row, s.cursor.row), Col1: min(s.anchor.col, s.cursor.col),
		Row2: max(s.anchor.row, s.cursor.row), Col2: max(s.anchor.col, s.cursor.col),
	}
}

// single reports whether the active rectangle is one cell.
func (s *selection) single() bool { return s.anchor == s.cursor }

// selectAll takes everything; the cursor goes to the first cell, the view stays.
func (s *selection) selectAll(rows, cols int) {
	s.extra, s.off = nil, false
	s.anchor, s.cursor = place{max(0, rows-1), max(0, cols-1)}, place{}
}

// toggleRow adds a row to the chosen ones or takes it out, and puts the cursor there.
func (s *selection) toggleRow(p place) {
	chosen := s.has(p.row)
	if !s.off {
		a := s.area()
		s.extra = addSpan(s.extra, span{a.Row1, a.Row2})
	}
	s.cursor, s.anchor = p, p
	if s.off = chosen; chosen {
		s.extra = cutSpan(s.extra, p.row)
	}
}

// has reports whether a row is chosen, wholly or by some of its cells.
func (s *selection) has(row int) bool {
	a := s.area()
	if !s.off && row >= a.Row1 && row <= a.Row2 {
		return true
	}
	i, found := slices.BinarySearchFunc(s.extra, row, func(e span, row int) int {
		switch {
		case e.last < row:
			return -1
		case e.first > row:
			return 1
		}
		return 0
	})
	return found && i < len(s.extra)
}

// spans returns all chosen rows.
func (s *selection) spans() []span {
	if s.off {
		return s.extra
	}
	a := s.area()
	return addSpan(s.extra, span{a.Row1, a.Row2})
}

// count is the number of chosen rows.
func (s *selection) count() int {
	n := 0
	for _, e := range s.spans() {
		n += e.last - e.first + 1
	}
	return n
}

// rows gives the chosen rows in ascending order.
func (s *selection) rows() iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, e := range s.spans() {
			for row := e.first; row <= e.last; row++ {
				if !yield(row) {
					return
				}
			}
		}
	}
}

// clamp keeps the selection within a grid that has become smaller.
func (s *selection) clamp(rows, cols int) {
	fit := func(p place) place {
		return place{max(0, min(p.row, rows-1)), max(0, min(p.col, cols-1))}
	}
	s.cursor, s.anchor = fit(s.cursor), fit(s.anchor)
	var kept []span
	for _, e := range s.extra {
		if e.first < rows {
			kept = append(kept, span{e.first, min(e.last, rows-1)})
		}
	}
	s.extra = kept
}

// addSpan returns spans with one more, joined where they touch.
func addSpan(spans []span, add span) []span {
	all := append(slices.Clone(spans), add)
	slices.SortFunc(all, func(a, b span) int { return cmp.Compare(a.first, b.first) })
	joined := all[:1]
	for _, e := range all[1:] {
		if last := &joined[len(joined)-1]; e.first <= last.last+1 {
			last.last = max(last.last, e.last)
		} else {
			joined = append(joined, e)
		}
	}
	return joined
}

// cutSpan returns spans without one row.
func cutSpan(spans []span, row int) []span {
	var out []span
	for _, e := range spans {
		if row < e.first || row > e.last {
			out = append(out, e)
			continue
		}
		if e.first < row {
			out = append(out, span{e.first, row - 1})
		}
		if row < e.last {
			out = append(out, span{row + 1, e.last})
		}
	}
	return out
}
