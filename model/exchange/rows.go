package exchange

import (
	"cmp"
	"iter"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// RawRow is one data row as it stands in the sheet, by the paths its columns are
// mapped to.
type RawRow struct {
	Row    int
	Hidden bool
	ID     string // of the hidden id column, "" without one
	// Example marks a row that shows how to fill the table in (例：张示例一), Section
	// one that only heads the rows below (一、…). Neither is a record; a row with an
	// id is always one.
	Example, Section bool
	Cells            RawCells
}

// RawCells are the cells of a row in the order of its columns, blank ones left out. A
// row has a few dozen: see entries.
type RawCells []PathCell

// PathCell is a cell with the path that its column is mapped to.
type PathCell struct {
	Path Path
	RawCell
}

// Get returns the cell of a path, the last if there are two, and whether there is one.
func (cs RawCells) Get(p Path) (RawCell, bool) {
	for i := len(cs) - 1; i >= 0; i-- {
		if cs[i].Path == p {
			return cs[i].RawCell, true
		}
	}
	return RawCell{}, false
}

// At returns the cell of a path, the zero one if there is none.
func (cs RawCells) At(p Path) RawCell {
	c, _ := cs.Get(p)
	return c
}

// RawCell is a cell with its address. Merged marks one below the first of a
// block merged downwards: Cell is then the first one's, Addr its own place.
type RawCell struct {
	Cell sheet.Cell
	Addr string // A1
	// Unit is the unit its column is in if that is not the field's own: 元 for a
	// field in 万元.
	Unit   string
	Merged bool
	raw    *sheet.Cell // see DataCell
	// AskWhole marks a percent cell in which 1 may mean 1 % or all of it.
	AskWhole bool
}

// DataRow is one row of a table below its header, merged cells filled down.
type DataRow struct {
	Row    int
	Hidden bool
	Cells  []DataCell // by column; blank ones left out
}

// DataCell is a cell of a DataRow. Cell.Row and Cell.Col are where its value
// stands, which is above for a merged one.
type DataCell struct {
	Col    int
	Cell   sheet.Cell
	Merged bool
	raw    *sheet.Cell // Cell as the book holds it, for what is to be kept
}

// Rows goes through the data rows of a table from the top: between the first and
// the last, without those skipped.
func (t *Table) Rows(s *sheet.Sheet) iter.Seq[DataRow] {
	return func(yield func(DataRow) bool) {
		skip := t.skippedRows()
		for r := range t.allRows(s, t.DataFirst, t.DataLast) {
			if !skip[r.Row] && len(r.Cells) > 0 && !yield(r) {
				return
			}
		}
	}
}

func (t *Table) skippedRows() map[int]bool {
	skip := map[int]bool{}
	for _, r := range slices.Concat(t.Totals, t.Skipped) {
		skip[r.Row] = true
	}
	return skip
}

// allRows goes through the rows from first to last that hold something.
func (t *Table) allRows(s *sheet.Sheet, first, last int) iter.Seq[DataRow] {
	return func(yield func(DataRow) bool) {
		if t.Entry {
			if row := t.entryRow(s); len(row.Cells) > 0 {
				yield(row)
			}
			return
		}
		g := newGrid(s)
		g.dataRows(g.between(first, last), t)(yield)
	}
}

// between returns the positions of the rows from first to last.
func (g *grid) between(first, last int) []int {
	var at []int
	for i := g.position(max(first, 1)); i < len(g.s.Rows) && g.s.Rows[i].Index <= last; i++ {
		at = append(at, i)
	}
	return at
}

// dataRows goes through the rows at positions.
func (g *grid) dataRows(at []int, t *Table) iter.Seq[DataRow] {
	return func(yield func(DataRow) bool) {
		for _, i := range at {
			if !yield(g.dataRow(i, t)) {
				return
			}
		}
	}
}

// dataRow returns the cells of the row at a position. Under a merged block only
// its upper left cell counts: it fills its own column down, and what else was
// left in the block by accident is not seen.
func (g *grid) dataRow(i int, t *Table) DataRow {
	r := &g.s.Rows[i]
	out := DataRow{Row: r.Index, Hidden: r.Hidden, Cells: make([]DataCell, 0, len(r.Cells)+len(g.over[i]))}
	cells := cellsFrom(r, t.FirstCol)
	for at := range cells {
		c := &cells[at]
		if c.Col > t.LastCol {
			break
		}
		m, merged := g.merge(i, c.Col)
		if covered := merged && (m.R1 != r.Index || m.C1 != c.Col); !covered && !isBlank(*c) {
			out.Cells = append(out.Cells, DataCell{Col: c.Col, Cell: *c, raw: c})
		}
	}
	filled := false
	for _, n := range g.over[i] {
		m := g.merges[n]
		if m.R1 < r.Index && m.R1 > t.HeaderLast && m.C1 >= t.FirstCol && m.C1 <= t.LastCol {
			c := g.s.Cell(m.R1, m.C1)
			out.Cells, filled = append(out.Cells, DataCell{Col: m.C1, Cell: c, Merged: true, raw: &c}), true
		}
	}
	if filled {
		slices.SortFunc(out.Cells, func(a, b DataCell) int { return cmp.Compare(a.Col, b.Col) })
	}
	return out
}

// ReadRows reads the data rows of a table by the given matches. idCol is the
// hidden column of record ids, 0 if there is none: with it a row that has an id
// counts even where the table would leave it out.
func ReadRows(s *sheet.Sheet, t *Table, matches []Match, idCol int) []RawRow {
	r := rowReader{t: t, paths: map[int]Path{}, skip: t.skippedRows(), idCol: idCol}
	for _, m := range matches {
		if m.Path != PathSeq && m.Path != PathID && m.Col != idCol {
			r.paths[m.Col] = m.Path
		}
	}
	wide := *t
	first, last := t.DataFirst, t.DataLast
	if idCol > 0 {
		wide.FirstCol, wide.LastCol = min(t.FirstCol, idCol), max(t.LastCol, idCol)
		first, last = t.HeaderLast+1, max(t.end, t.DataLast)
	}
	var out []RawRow
	if t.Entry {
		out = r.readAll(wide.allRows(s, first, last))
	} else {
		g := newGrid(s)
		for _, half := range halves(g.between(first, last), func(at []int) []RawRow { return r.readAll(g.dataRows(at, &wide)) }) {
			out = append(out, half...)
		}
	}
	askWholes(out)
	return out
}

// rowReader turns data rows into raw ones.
type rowReader struct {
	t     *Table
	paths map[int]Path
	skip  map[int]bool
	idCol int
}

// readAll returns the rows that count.
func (r *rowReader) readAll(rows iter.Seq[DataRow]) []RawRow {
	var out []RawRow
	for d := range rows {
		if row, ok := r.read(d); ok {
			out = append(out, row)
		}
	}
	return out
}

// read returns the row, and whether it counts: one that has an id, or one among
// the data rows that was not skipped.
func (r *rowReader) read(d DataRow) (RawRow, bool) {
	row := RawRow{Row: d.Row, Hidden: d.Hidden, Cells: make(RawCells, 0, min(len(d.Cells), len(r.paths)))}
	seen := 0
	for _, c := range d.Cells {
		if c.Col == r.idCol {
			if id := strings.TrimSpace(c.Cell.Text); !c.Merged && isID(id) {
				row.ID = id
			}
			continue
		}
		seen++
		if path, ok := r.paths[c.Col]; ok {
			row.Cells = append(row.Cells, PathCell{path, RawCell{Cell: c.Cell, Addr: r.addr(d.Row, c.Col), Merged: c.Merged, Unit: r.unit(c.Col), raw: c.raw}})
		}
	}
	if row.ID == "" {
		row.Example, row.Section = isExample(d, r.idCol), isSection(d, r.idCol)
	}
	among := r.t.DataFirst > 0 && d.Row >= r.t.DataFirst && d.Row <= r.t.DataLast && !r.skip[d.Row]
	return row, row.ID != "" || among && seen > 0
}

// addr is the address of a column's cell in a row.
func (r *rowReader) addr(row, col int) string {
	if r.t.Entry {
		return r.t.Columns[col-1].Place
	}
	return sheet.CellName(row, col)
}

// isID reports whether words can be the id of a record: notes below a form begin
// in its first column too.
func isID(s string) bool {
	return s != "" && strings.Trim(s, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-") == ""
}

// unit returns the unit stated for a column, by its header or for the table.
func (r *rowReader) unit(col int) string {
	if col > len(r.t.Columns) {
		return ""
	}
	return cmp.Or(r.t.Columns[col-1].Unit, r.t.Unit)
}

// isExample reports whether one of the first words of a row marks it as example.
func isExample(d DataRow, idCol int) bool {
	const front = 3
	n := 0
	for _, c := range d.Cells {
		if c.Col == idCol || c.Merged {
			continue
		}
		if n++; n > front {
			return false
		}
		if c.Cell.Kind == sheet.Text && isSample(c.Cell.Text) {
			return true
		}
	}
	return false
}

// isSection reports whether a row holds nothing but a numbered heading.
func isSection(d DataRow, idCol int) bool {
	words := ""
	for _, c := range d.Cells {
		switch {
		case c.Col == idCol || c.Merged:
		case words != "" || c.Cell.Kind != sheet.Text:
			return false
		default:
			words = c.Cell.Text
		}
	}
	return sectionNo.MatchString(text.HeaderKey(words))
}

// ParseContext is what reading a cell's value depends on besides the cell.
type ParseContext struct {
	File, Sheet string
	Date1904    bool
	// Untyped says that the file keeps words only (csv): digits in it may be what a
	// spreadsheet has left of them.
	Untyped bool
	Ref     model.Day // day of reporting, for dates without a year
	// Year is the year of the whole table, 0 if it states none: what a date leaves
	// out is then sought in that year, not around Ref.
	Year int
}

// The findings of ParseCell, beside those of rule.Parse.
const (
	ruleErrorCell   = "cell_error"
	ruleMergedCell  = "cell_merged"
	ruleUnitConvert = "cell_unit"
)

// ParseCell reads the value of a cell for a target, with problems that name file,
// sheet and cell. A formula that came to an error has no value, nor has a
// quantity in a cell merged over several rows, except in the first: to repeat it
// would count it twice.
func ParseCell(tg Target, c RawCell, ctx ParseContext) (model.Value, []model.Problem) {
	if tg.Field == nil || isBlank(c.Cell) {
		return model.Value{}, nil
	}
	v, problems := parseCell(tg.Field, c, ctx)
	for i := range problems {
		p := &problems[i]
		p.File, p.Sheet, p.Cell = ctx.File, ctx.Sheet, c.Addr
		p.Ledger, p.Field = tg.Ledger.Key, tg.Field.Key
	}
	return v, problems
}

func parseCell(f *model.Field, c RawCell, ctx ParseContext) (model.Value, []model.Problem) {
	quantity := f.Kind == model.KindInteger || f.Kind == model.KindDecimal
	switch {
	case c.Cell.Kind == sheet.ErrorValue:
		return model.Value{}, []model.Problem{{Rule: ruleErrorCell, Level: model.Fault,
			Message: f.Label + "的公式出错，读不到值（" + c.Cell.Text + "）", Suggestion: "请改正公式，或直接填写结果。"}}
	case c.Merged && (f.Kind == model.KindIDNumber || f.Kind == model.KindBankCard):
		return model.Value{}, []model.Problem{{Rule: ruleMergedCell, Level: model.Doubt,
			Message: f.Label + "在几行合并的一格里，只算在第一行", Suggestion: "号码各人不同，请取消合并后分别填写。"}}
	case c.Merged && quantity:
		return model.Value{}, []model.Problem{{Rule: ruleMergedCell, Level: model.Doubt,
			Message: f.Label + "在几行合并的一格里，只算在第一行", Suggestion: "如果每行各有数，请取消合并后分别填写。"}}
	case quantity && c.Unit != "" && c.Unit != f.Unit && f.Unit != "":
		return parseInUnit(f, c, ctx)
	case f.Kind == model.KindPercent && isPercentColumn(c):
		return rule.Parse(f, inPercent(c, ctx))
	}
	return rule.Parse(f, input(c.Cell, ctx))
}

// wholePercent is a number that, under a header with a % in it, can only mean so
// many percent. 0.85 may be a share all the same and is asked about.
var wholePercent = regexp.MustCompile(`^([1-9]\d*)(\.0+)?$`)

// inPercent reads a cell of a column whose header says (%).
func inPercent(c RawCell, ctx ParseContext) rule.Input {
	in := input(c.Cell, ctx)
	if m := wholePercent.FindStringSubmatch(text.Code(c.Cell.Text)); m != nil && !strings.Contains(c.Cell.Format, "%") && !(c.AskWhole && m[1] == "1") {
		in.Text, in.Number = m[1]+"%", false
	}
	return in
}

// parseInUnit reads a number written in the column's unit and turns it into the
// field's, exactly or not at all.
func parseInUnit(f *model.Field, c RawCell, ctx ParseContext) (model.Value, []model.Problem) {
	c.Unit = unitFor(c.Unit, f.Unit)
	if c.Unit == "" || c.Unit == f.Unit {
		return rule.Parse(f, input(c.Cell, ctx)) // the table's units, none of which is another for this field
	}
	written := *f
	written.Unit = c.Unit
	v, problems := rule.Parse(&written, input(c.Cell, ctx))
	if v.IsEmpty() {
		return v, problems
	}
	n, err := text.ConvertUnit(v.Num, c.Unit, f.Unit)
	if err != nil {
		return model.Value{}, append(problems, model.Problem{Rule: ruleUnitConvert, Level: model.Fault,
			Message: model.Sentence(err), Suggestion: "请按“" + f.Unit + "”填写。"})
	}
	return model.Int(n), problems
}

// yearless finds a month, a quarter or a half of a year that the table's year
// belongs to. 3个月内 and 本月底 count from a day.
var yearless = regexp.MustCompile(`(\d|[一二三四五六七八九十])月|[一二三四1-4]季度|[上下]半年|年[底末中内初]|年度内`)

// refFor is the day from which the words of a cell are understood. A date
// without a year is sought from 3 months before that day to 9 months behind it:
// from April on in the whole year.
func (ctx ParseContext) refFor(words string) model.Day {
	if ctx.Year > 0 && yearless.MatchString(bare(words)) {
		return model.NewDay(ctx.Year, 4, 1)
	}
	return ctx.Ref
}

// leftDigits are digits as a spreadsheet writes them when it has lost others:
// 2022.10 as a number is 2022.1, and of long numbers fifteen digits are kept.
var leftDigits = regexp.MustCompile(`^(19|20)\d\d\.1$|^\d{15}0{2,7}$`)

// isUntyped reports whether a book keeps words only, not which of them are numbers.
func isUntyped(b *sheet.Book) bool {
	switch b.Format {
	case sheet.XLSX, sheet.XLS, sheet.XML2003:
		return false
	}
	return true
}

func input(c sheet.Cell, ctx ParseContext) rule.Input {
	if ctx.Untyped && c.Kind == sheet.Text && leftDigits.MatchString(text.Code(c.Text)) {
		if n, err := strconv.ParseFloat(text.Code(c.Text), 64); err == nil {
			c.Kind, c.Num = sheet.Number, n
		}
	}
	return rule.Input{Text: c.Text, Number: c.Kind == sheet.Number, Num: c.Num, Format: c.Format, IsDate: c.Date,
		Date1904: ctx.Date1904, Ref: ctx.refFor(c.Text)}
}
