package fill

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// Copy is a template that came back filled from one place.
type Copy struct {
	File, From string // the file's name, and whose it is
	Book       *sheet.Book
}

// Origin is where a figure or a row of a merged table comes from.
type Origin struct{ File, From, Sheet, Cell string }

// MergedCell is a cell of the merged table with all that it comes from.
type MergedCell struct {
	Row, Col int
	Cell
	Origins []Origin
}

// Merged is what many copies of a table come to.
type Merged struct {
	Rows     int // of a list: rows to be put in
	Cells    []MergedCell
	Problems []model.Problem
}

// alikeTable is which part of a template's headers a copy must have.
const alikeTable = 0.6

// Merge merges copies of one table: the rows of a list below one another in the order
// of the copies, the numbers of a table whose rows are named added up cell by cell.
// Words where numbers belong are a problem, and never 0.
func Merge(f *Frame, copies []Copy) Merged {
	m := merging{frame: f, numeric: map[int]int{}, words: map[int]int{}, sums: map[[2]int]*sum{}}
	for _, c := range copies {
		m.take(c)
	}
	m.finish()
	return m.out
}

type merging struct {
	frame          *Frame
	out            Merged
	numeric, words map[int]int // cells of a column that are numbers, and that are words
	sums           map[[2]int]*sum
}

// sum is a cell of a table that is added up.
type sum struct {
	total   big.Rat
	origins []Origin
}

func (m *merging) problem(c Copy, s, cell string, level model.Severity, format string, args ...any) {
	m.out.Problems = append(m.out.Problems, model.Problem{File: c.File, Sheet: s, Cell: cell, Level: level, Message: fmt.Sprintf(format, args...)})
}

// take takes one copy in.
func (m *merging) take(c Copy) {
	t, ok := m.tableOf(c)
	if !ok {
		m.problem(c, "", "", model.Fault, "“%s”里没有找到同样的表，没有并入。", c.File)
		return
	}
	columns := m.columns(c, t)
	s := &c.Book.Sheets[t.SheetIndex]
	for row := range t.Rows(s) {
		if m.frame.Mode == Match {
			m.addUp(c, t, row, columns)
		} else if !exchange.IsExampleRow(row.Cells[0].Cell.Text) {
			m.append(c, t, row, columns)
		}
	}
}

// tableOf finds the copy's table by its headers.
func (m *merging) tableOf(c Copy) (*exchange.Table, bool) {
	tables := exchange.FindTables(c.Book)
	for i := range c.Book.Sheets { // a header that its words do not give away stands where it stood
		if c.Book.Sheets[i].Name == m.frame.Sheet && !slices.ContainsFunc(tables, func(t exchange.Table) bool { return t.SheetIndex == i }) {
			tables = append(tables, exchange.TableAt(c.Book, i, sheet.Range{R1: m.frame.HeaderFirst, C1: m.frame.FirstCol, R2: m.frame.HeaderLast, C2: m.frame.LastCol}))
		}
	}
	best, top := -1, 0.0
	for i := range tables {
		n := 0
		for _, col := range tables[i].Named() {
			if m.columnOf(col) > 0 {
				n++
			}
		}
		if share := float64(n) / float64(max(len(m.frame.Named()), 1)); share > top {
			best, top = i, share
		}
	}
	if top < alikeTable {
		return nil, false
	}
	return &tables[best], true
}

// columnOf is the column of the template with the header of a copy's column: one that
// stands twice is told apart by its place.
func (m *merging) columnOf(c exchange.TableColumn) int {
	key, found := text.HeaderKey(c.Path), 0
	for _, own := range m.frame.Named() {
		if text.HeaderKey(own.Path) != key {
			continue
		}
		if found == 0 || own.Col == c.Col {
			found = own.Col
		}
	}
	return found
}

// columns maps the copy's columns to the template's, and tells of those that differ.
func (m *merging) columns(c Copy, t *exchange.Table) map[int]int {
	out, taken := map[int]int{}, map[int]bool{}
	for _, col := range t.Named() {
		own := m.columnOf(col)
		if own == 0 || taken[own] {
			m.problem(c, t.Sheet, sheet.CellName(t.HeaderLast, col.Col), model.Doubt, "“%s”多出一列“%s”，没有并入。", c.File, col.Path)
			continue
		}
		out[col.Col], taken[own] = own, true
	}
	for _, own := range m.frame.Named() {
		if !taken[own.Col] {
			m.problem(c, t.Sheet, "", model.Doubt, "“%s”缺少“%s”这一列。", c.File, own.Path)
		}
	}
	return out
}

// append puts a row of a list below those before it.
func (m *merging) append(c Copy, t *exchange.Table, row exchange.DataRow, columns map[int]int) {
	at := m.frame.First + m.out.Rows
	some := false
	for _, cell := range row.Cells {
		col := columns[cell.Col]
		if col == 0 || col == m.frame.SeqCol {
			continue
		}
		out := MergedCell{Row: at, Col: col, Cell: Cell{Kind: sheet.Text, Text: cell.Cell.Text},
			Origins: []Origin{{c.File, c.From, t.Sheet, sheet.CellName(cell.Cell.Row, cell.Cell.Col)}}}
		switch cell.Cell.Kind {
		case sheet.Number:
			out.Kind = sheet.Number
			m.numeric[col]++
		case sheet.ErrorValue:
			m.problem(c, t.Sheet, out.Origins[0].Cell, model.Fault, "“%s”的 %s 是错误值，没有并入。", c.File, out.Origins[0].Cell)
			continue
		default:
			m.words[col]++
		}
		some = true
		m.out.Cells = append(m.out.Cells, out)
	}
	if some {
		m.out.Rows++
	}
}

// addUp adds the numbers of a row to the template's row of the same words.
func (m *merging) addUp(c Copy, t *exchange.Table, row exchange.DataRow, columns map[int]int) {
	var label string
	for _, cell := range row.Cells {
		if cell.Cell.Kind == sheet.Text && columns[cell.Col] > 0 && m.labelled(columns[cell.Col]) {
			label += text.HeaderKey(cell.Cell.Text) + "\x00"
		}
	}
	at := m.frame.labels[label]
	if at == 0 {
		m.problem(c, t.Sheet, sheet.CellName(row.Row, t.FirstCol), model.Fault, "“%s”第 %d 行在空表里没有，没有并入。", c.File, row.Row)
		return
	}
	for _, cell := range row.Cells {
		col, place := columns[cell.Col], sheet.CellName(cell.Cell.Row, cell.Cell.Col)
		if col == 0 || col == m.frame.SeqCol || m.labelled(col) {
			continue
		}
		n, ok := new(big.Rat).SetString(cell.Cell.Text)
		if cell.Cell.Kind != sheet.Number || !ok {
			m.problem(c, t.Sheet, place, model.Fault, "“%s”的 %s 是“%s”，不是数，没有加进合计，也没有当作 0。", c.File, place, clip(cell.Cell.Text))
			continue
		}
		key := [2]int{at, col}
		if m.sums[key] == nil {
			m.sums[key] = &sum{}
		}
		m.sums[key].total.Add(&m.sums[key].total, n)
		m.sums[key].origins = append(m.sums[key].origins, Origin{c.File, c.From, t.Sheet, place})
	}
}

// labelled reports whether the template itself has words in a column.
func (m *merging) labelled(col int) bool {
	return slices.Contains(m.frame.labelCols, col)
}

// finish writes the sums, and names the words among numbers.
func (m *merging) finish() {
	keys := make([][2]int, 0, len(m.sums))
	for key := range m.sums {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b [2]int) int { return (a[0]-b[0])<<16 + a[1] - b[1] })
	for _, key := range keys {
		s := m.sums[key]
		m.out.Cells = append(m.out.Cells, MergedCell{Row: key[0], Col: key[1], Cell: Cell{Kind: sheet.Number, Text: decimal(&s.total)}, Origins: s.origins})
	}
	for _, c := range m.out.Cells {
		if c.Kind == sheet.Text && m.numeric[c.Col] > m.words[c.Col] {
			o := c.Origins[0]
			m.out.Problems = append(m.out.Problems, model.Problem{File: o.File, Sheet: o.Sheet, Cell: o.Cell, Level: model.Fault,
				Message: fmt.Sprintf("“%s”的 %s 是“%s”，这一列别处都是数，请核对；没有当作 0。", o.File, o.Cell, clip(c.Text))})
		}
	}
}

// decimal writes a sum exactly.
func decimal(r *big.Rat) string {
	const digits = 12
	s := r.FloatString(digits)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}
