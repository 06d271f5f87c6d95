package exchange

import (
	"slices"
	"strings"
	"unicode"

	"xiangzhen/model/text"
)

// levels returns for each column of the block the words over it from the top.
func (h *header) levels() map[int][]string {
	out := map[int][]string{}
	for i, l := range h.lines {
		for _, p := range l.spots {
			word := bare(p.text)
			for col := p.col; col <= h.reach(i, p); col++ {
				if n := len(out[col]); n == 0 || out[col][n-1] != word {
					out[col] = append(out[col], word)
				}
			}
		}
	}
	return out
}

// reach returns the last column that a spot of line i heads: where it is merged
// to, or, for a group name that nobody merged, as far as the columns below are
// named and nothing stands over them.
func (h *header) reach(i int, p spot) int {
	right := min(p.right, h.block.last)
	if p.wide() || i+1 >= len(h.lines) || p.bottom > p.row || !h.namedBelow(i, p.col) {
		return right
	}
	for col := right + 1; col <= h.block.last && h.namedBelow(i, col) && !h.coveredAt(i, col); col++ {
		right = col
	}
	return right
}

func (h *header) namedBelow(i, col int) bool {
	return slices.ContainsFunc(h.lines[i+1:], func(l line) bool { _, ok := l.at(col); return ok })
}

// coveredAt reports whether something stands over the column in line i or comes
// down into it.
func (h *header) coveredAt(i, col int) bool {
	return slices.ContainsFunc(h.lines[:i+1], func(l line) bool {
		return slices.ContainsFunc(l.spots, func(p spot) bool {
			return col >= p.col && col <= p.right && (p.row == h.lines[i].row || p.bottom >= h.lines[i].row || p.wide())
		})
	})
}

// bare drops blanks, line breaks and what cannot be seen.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
}

// columns returns the table's columns from column 1 to last.
func (h *header) columns(last int) []TableColumn {
	levels := h.levels()
	out := make([]TableColumn, last)
	for i := range out {
		c := &out[i]
		c.Col = i + 1
		c.levels = levels[c.Col]
		c.Path = strings.Join(c.levels, "/")
		for _, word := range slices.Backward(c.levels) {
			if c.Unit = text.Unit(word); c.Unit != "" {
				break
			}
		}
	}
	return out
}

// leafKeys returns the comparable paths of the block's columns.
func (h *header) leafKeys() []string {
	levels := h.levels()
	out := make([]string, 0, h.block.last-h.block.first+1)
	for col := h.block.first; col <= h.block.last; col++ {
		out = append(out, text.HeaderKey(strings.Join(levels[col], "/")))
	}
	return out
}

// pages parts a header whose columns come again side by side, as long lists are
// laid out in two columns of a page: 序号 姓名 电话 | 序号 姓名 电话.
func (h header) pages() []header {
	const fewest = 2 // columns of a page
	keys := h.leafKeys()
	first := slices.IndexFunc(keys, func(k string) bool { return k != "" })
	if first < 0 {
		return []header{h}
	}
	again := slices.Index(keys[first+1:], keys[first]) + 1
	if again < fewest {
		return []header{h}
	}
	var out []header
	for from := first; from < len(keys); from += again {
		page := keys[from:min(from+again, len(keys))]
		if !slices.Equal(trimEmpty(page), trimEmpty(keys[first:first+again])) {
			return []header{h}
		}
		b := block{h.block.first + from, h.block.first + from + len(trimEmpty(page)) - 1}
		out = append(out, h.within(b))
	}
	return out
}

// trimEmpty drops the empty keys at the end.
func trimEmpty(keys []string) []string {
	for len(keys) > 0 && keys[len(keys)-1] == "" {
		keys = keys[:len(keys)-1]
	}
	return keys
}

// within returns the header of a part of its columns.
func (h header) within(b block) header {
	lines := make([]line, len(h.lines))
	for i, l := range h.lines {
		lines[i] = l
		lines[i].spots = slices.DeleteFunc(slices.Clone(l.spots), func(p spot) bool { return !b.has(p.col) })
	}
	h.block, h.lines = b, lines
	return h
}
