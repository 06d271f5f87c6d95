package importing

import (
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// columns are what a clerk says of columns, by their number.
type columns = map[int]exchange.Path

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
