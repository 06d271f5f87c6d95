package importing

import (
	"slices"
	"strings"
	"unicode"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// columns are what a clerk says of columns, by their number.
type columns = map[int]exchange.Path

// rowKind is what a row of a sheet is to a table.
type rowKind int

// The kinds of rows.
const (
	rowOutside rowKind = iota // before the title ends, behind the data, of another table
	rowTitle
	rowHead
	rowData
	rowSkipped
)

// seenRow is a row of a sheet: its kind, the word that marks it, and why it is left
// out.
type seenRow struct {
	kind rowKind
	word string
	why  string
}

// rowOf tells what a row of the sheet is to a table.
func rowOf(t *exchange.Table, row int) seenRow {
	for _, s := range t.Totals {
		if s.Row == row {
			return seenRow{rowSkipped, "合计", s.Why}
		}
	}
	for _, s := range t.Skipped {
		if s.Row == row {
			return seenRow{rowSkipped, "跳过", s.Why}
		}
	}
	switch {
	case t.Entry && row >= t.HeaderFirst && row <= t.HeaderLast:
		return seenRow{kind: rowData}
	case row < t.HeaderFirst:
		return seenRow{kind: rowTitle}
	case row <= t.HeaderLast:
		return seenRow{rowHead, "表头", ""}
	case t.DataFirst == 0 || row < t.DataFirst || row > t.DataLast:
		return seenRow{kind: rowOutside}
	case row == t.DataFirst:
		return seenRow{rowData, "首行", ""}
	case row == t.DataLast:
		return seenRow{rowData, "末行", ""}
	}
	return seenRow{kind: rowData}
}

// seenCell shows a cell of the sheet in a row.
func seenCell(r seenRow, c app.SeenCell) grid.Cell {
	out := grid.Cell{Text: oneLine(c.Text), Span: c.Span}
	switch r.kind {
	case rowHead:
		if out.Bold = true; c.Span > 0 { // else the ground of the first cell reaches here
			out.Fill = grid.FillMuted
		}
	case rowTitle:
		out.Bold = c.Span > 1
	case rowSkipped, rowOutside:
		out.Tone, out.Hint = look.ToneQuiet, r.why
	}
	return out
}

// oneLine joins the lines of a cell.
func oneLine(words string) string { return strings.Join(strings.Fields(words), " ") }

// point is one thing for the clerk to look at: a column by its place among the
// table's, a problem by its place in the plan, or, with neither (-1), the ledger.
type point struct{ column, problem int }

// pointsOf lists what is to be looked at in a table: the ledger, if nobody knows it;
// columns that are only proposed; what is wrong, but for mere hints.
func pointsOf(t *app.TablePreview) []point {
	switch {
	case t == nil || t.Leave:
		return nil
	case t.Ledger == "":
		return []point{{-1, -1}}
	}
	var out []point
	for i, c := range t.Columns {
		if c.Pending() {
			out = append(out, point{i, -1})
		}
	}
	if t.Plan != nil {
		for i, p := range t.Plan.Problems {
			if p.Level != model.Hint {
				out = append(out, point{-1, i})
			}
		}
	}
	return out
}

// pending are the columns that wait for the clerk's word, as she would confirm them.
func pending(t *app.TablePreview) columns {
	out := columns{}
	if t != nil {
		for _, c := range t.Columns {
			if c.Pending() {
				out[c.Col] = c.Path
			}
		}
	}
	return out
}

// correctedWords returns what was put in place of a cell, the last counting.
func correctedWords(all []exchange.Correction, sheet, cell string) (string, bool) {
	for _, c := range slices.Backward(all) {
		if c.Sheet == sheet && c.Cell == cell {
			return c.Words, true
		}
	}
	return "", false
}

// rowsIn is how many rows of plans are written, wholly or but for cells held back.
func rowsIn(plans ...*exchange.Plan) int {
	n := 0
	for _, p := range plans {
		for _, row := range p.Rows {
			if slices.ContainsFunc(row.Records, writes) {
				n++
			}
		}
	}
	return n
}

// writes reports whether a record is changed or added with anything in it.
func writes(rp exchange.RecordPlan) bool {
	return slices.ContainsFunc(rp.Fields, func(f exchange.FieldPlan) bool { return f.Outcome == exchange.Take })
}

// findings are the problems of a plan, and its warnings as mere hints.
func findings(p *exchange.Plan) []model.Problem {
	if p == nil {
		return nil
	}
	out := slices.Clone(p.Problems)
	for _, w := range p.Warnings {
		out = append(out, model.Problem{Level: model.Hint, Message: w})
	}
	return out
}

// leafOf is the last level of a header: 完成时限 of 时间/完成时限.
func leafOf(header string) string { return header[strings.LastIndex(header, "/")+1:] }

// columnWidth is the width of a column of the sheet on screen: as the file has it, but
// wide enough for its head and, where the file does not say, for its first value.
func columnWidth(chars float64, title, sample string) float32 {
	const usual, char, least, most = 11, 8, 74, 260
	wide := room(title)
	if chars == 0 {
		chars, wide = usual, max(wide, room(oneLine(sample)))
	}
	return min(most, max(least, float32(chars)*char, wide))
}

// room is about what words take, with the gaps of a cell.
func room(words string) float32 {
	width := 2 * look.GapWide
	for _, r := range words {
		if width += 8; r > unicode.MaxLatin1 {
			width += 6
		}
	}
	return width
}
