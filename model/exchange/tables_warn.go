package exchange

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// named is how many rows or cells a warning names before it says 等.
const named = 5

// sampleSize is how many values of a column are kept to suggest its field by.
const sampleSize = 20

// tighten returns the first and last column of the table: those with a header,
// and those without one in which a fair part of the data rows hold something. A
// lone remark beside the table is not a column of it.
func (g *grid) tighten(h header, b body) (first, last int) {
	first, last = h.block.last, h.block.first
	for col := h.block.first; col <= h.block.last; col++ {
		if _, ok := h.deepest(col); ok {
			first, last = min(first, col), max(last, col)
		}
	}
	filled, rows := map[int]int{}, 0
	for i := g.position(b.first); b.first > 0 && i < g.position(b.last+1); i++ {
		rows++
		for _, c := range cellsFrom(&g.s.Rows[i], h.block.first) {
			if c.Col > h.block.last {
				break
			}
			if (c.Col < first || c.Col > last) && !isBlank(c) {
				filled[c.Col]++
			}
		}
	}
	for col, n := range filled {
		if g.leads(h, b, col) || n >= 2 && 5*n >= rows {
			first, last = min(first, col), max(last, col)
		}
	}
	return first, last
}

// leads reports whether a column without a header, left of all others, names
// groups of rows by cells merged downwards.
func (g *grid) leads(h header, b body, col int) bool {
	return slices.ContainsFunc(g.merges, func(m sheet.Range) bool {
		return m.C1 == col && m.R2 > m.R1 && m.R1 >= b.first && m.R2 <= b.last
	})
}

// sample keeps the first values of each column with a header.
func (g *grid) sample(t *Table) {
	if t.DataFirst == 0 {
		return
	}
	for i := g.position(t.DataFirst); i < len(g.s.Rows) && g.s.Rows[i].Index <= t.DataLast && g.s.Rows[i].Index < t.DataFirst+2*sampleSize; i++ {
		for _, c := range g.s.Rows[i].Cells {
			if c.Col > t.LastCol || isBlank(c) {
				continue
			}
			if col := &t.Columns[c.Col-1]; col.Path != "" && len(col.samples) < sampleSize {
				col.samples = append(col.samples, c.Text)
			}
		}
	}
}

// findTwins marks the columns that say again what one with the same header says.
func (g *grid) findTwins(t *Table) {
	first := map[string]int{}
	for _, c := range t.Named() {
		key := text.HeaderKey(c.Path)
		if first[key] == 0 {
			first[key] = c.Col
		} else if t.DataFirst > 0 && g.sameValues(t, first[key], c.Col) {
			t.Columns[c.Col-1].twin = first[key]
		}
	}
}

// sameValues reports whether two columns of a table hold the same in every row.
func (g *grid) sameValues(t *Table, a, b int) bool {
	for i := g.position(t.DataFirst); i < len(g.s.Rows) && g.s.Rows[i].Index <= t.DataLast; i++ {
		x, _ := g.s.Rows[i].Cell(a)
		y, _ := g.s.Rows[i].Cell(b)
		if text.Clean(x.Text) != text.Clean(y.Text) {
			return false
		}
	}
	return true
}

// oddities are what a person should know of a table's data rows.
type oddities struct {
	hidden, broken []string // rows, cells
	nameless       []int    // columns with content and no header
	formulas       int
}

func (g *grid) oddities(t *Table) oddities {
	var o oddities
	if t.Entry {
		return g.entryOddities(t)
	}
	for i := g.position(max(t.DataFirst, 1)); i < len(g.s.Rows) && g.s.Rows[i].Index <= t.DataLast; i++ {
		r := &g.s.Rows[i]
		if r.Hidden {
			o.hidden = append(o.hidden, strconv.Itoa(r.Index))
		}
		for _, c := range cellsFrom(r, t.FirstCol) {
			if c.Col > t.LastCol {
				break
			}
			switch {
			case c.Kind == sheet.ErrorValue:
				o.broken = append(o.broken, sheet.CellName(c.Row, c.Col))
			case c.Formula:
				o.formulas++
			}
			if t.Columns[c.Col-1].Path == "" && !isBlank(c) && !slices.Contains(o.nameless, c.Col) && !g.s.HiddenCol(c.Col) {
				o.nameless = append(o.nameless, c.Col)
			}
		}
	}
	slices.Sort(o.nameless)
	return o
}

// entryOddities are those of a form for one record.
func (g *grid) entryOddities(t *Table) oddities {
	var o oddities
	for _, c := range t.Columns {
		r := g.s.Row(c.at.row)
		if r == nil {
			continue
		}
		if at := strconv.Itoa(r.Index); r.Hidden && !slices.Contains(o.hidden, at) {
			o.hidden = append(o.hidden, at)
		}
		switch v, _ := r.Cell(c.at.col); {
		case v.Kind == sheet.ErrorValue:
			o.broken = append(o.broken, c.Place)
		case v.Formula:
			o.formulas++
		}
	}
	return o
}

// warn says what a person should know before the table is taken in.
func (g *grid) warn(t *Table) {
	o := g.oddities(t)
	add := func(on bool, format string, args ...any) {
		if on {
			t.Warnings = append(t.Warnings, fmt.Sprintf(format, args...))
		}
	}
	add(g.full, "这张工作表里的表格太多，没有全部读取，请分成几张工作表。")
	add(g.s.Visibility == sheet.Hidden, "这张工作表被隐藏。")
	add(len(o.hidden) > 0, "第 %s 行被隐藏，也会一并读入，请确认要不要这些行。", listed(o.hidden))
	hiddenCols := g.hiddenColumns(t)
	add(len(hiddenCols) > 0, "%s 列被隐藏，也会一并读入，请确认要不要这些列。", listed(hiddenCols))
	add(g.s.Filtered, "工作表正在筛选，没有显示的行也会一并读入。")
	add(len(o.broken) > 0, "%s 的公式出错，读不到值，请先改正。", listed(o.broken))
	add(o.formulas > 0, "有 %d 格是公式，按保存时算出的结果读入。", o.formulas)
	add(len(o.nameless) > 0, "%s 列有内容但没有表头，没有读取。", listed(columnNames(o.nameless)))
}

// hiddenColumns returns the names of the table's hidden columns. A hidden column
// without a header is that of our own row ids.
func (g *grid) hiddenColumns(t *Table) []string {
	var out []string
	for _, c := range t.Columns {
		col := c.Col
		if t.Entry {
			col = c.at.col
		}
		if name := sheet.ColName(col); c.Path != "" && g.s.HiddenCol(col) && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// warnOutside tells each table of the columns to its right, up to the next
// table, that hold something in its rows and belong to no table.
func (g *grid) warnOutside(tables []Table) {
	for i := range tables {
		t := &tables[i]
		if t.Entry {
			continue
		}
		right := nextTable(tables, t)
		var cols []int
		for j := g.position(t.HeaderFirst); j < len(g.s.Rows) && g.s.Rows[j].Index <= max(t.DataLast, t.HeaderLast); j++ {
			for _, c := range cellsFrom(&g.s.Rows[j], t.LastCol+1) {
				if c.Col >= right {
					break
				}
				if !isBlank(c) && !slices.Contains(cols, c.Col) {
					cols = append(cols, c.Col)
				}
			}
		}
		if slices.Sort(cols); len(cols) > 0 {
			t.Warnings = append(t.Warnings, fmt.Sprintf("表格右边的 %s 列还有内容，不属于这张表，没有读取。", listed(columnNames(cols))))
		}
	}
}

// nextTable returns the first column of the nearest table to the right of t in
// the same rows.
func nextTable(tables []Table, t *Table) int {
	right := math.MaxInt
	for _, o := range tables {
		if o.FirstCol > t.LastCol && o.HeaderFirst <= t.end && o.end >= t.HeaderFirst {
			right = min(right, o.FirstCol)
		}
	}
	return right
}

func columnNames(cols []int) []string {
	out := make([]string, len(cols))
	for i, c := range cols {
		out[i] = sheet.ColName(c)
	}
	return out
}

// listed joins names for a sentence, the first few of many.
func listed(names []string) string {
	if len(names) > named {
		return fmt.Sprintf("%s 等 %d 处", strings.Join(names[:named], "、"), len(names))
	}
	return strings.Join(names, "、")
}
