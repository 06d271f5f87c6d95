package exchange

import (
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// Quantities of a record stand in the unit that the record names: 目标量 and
// 已完成量 in the 计量单位 of the task. It is known only once the record is.
const (
	keyTargetQty  = "target_qty"
	keyTargetUnit = "target_unit"
	keyDoneQty    = "done_qty"
)

// ruleOverTarget is the finding that more is done than there was to do.
const ruleOverTarget = "plan_over_target"

// readQuantity reads a cell of 目标量 or 已完成量 in the unit of its task: what is
// written in another one (185000元 for 万元, 3公顷 for 亩) is converted exactly or
// held back by an 错误. Every other target, and a task without a unit, is read as
// ParseCell does.
func readQuantity(tg Target, c RawCell, unit string, ctx ParseContext) (model.Value, []model.Problem) {
	unit = text.Clean(unit)
	if isQuantity(tg) && unit != "" {
		in := *tg.Field
		in.Unit = unit
		tg.Field = &in
	}
	return ParseCell(tg, c, ctx)
}

func isQuantity(tg Target) bool {
	f := tg.Field
	return f != nil && f.Kind == model.KindDecimal && f.Unit == "" && (f.Key == keyTargetQty || f.Key == keyDoneQty)
}

// readQuantities reads the quantities of a row again in the unit that the row,
// or else its record, names.
func (pl *importPlanner) readQuantities(row *importRow) {
	unit := row.rec.Get(keyTargetUnit).Text
	if e := row.cells.at(keyTargetUnit); e.Value.Set {
		unit = e.Value.Text
	}
	if unit == "" {
		return
	}
	for _, p := range pl.paths {
		if e, given := row.cells.get(p); given && isQuantity(pl.targets[p]) {
			e.Value, e.problems = readQuantity(pl.targets[p], row.quantities.At(p), unit, pl.ctx)
			e.Held = hasFault(e.problems)
			row.cells.set(p, e)
		}
	}
}

// overTarget returns in words that a report says more to be done than its owner's
// target, "" otherwise. f is the field of what is done.
func overTarget(f *model.Field, owner, report *model.Record) string {
	target, done := owner.Get(keyTargetQty), report.Get(f.Key)
	if target.IsEmpty() || done.IsEmpty() || done.Num <= target.Num {
		return ""
	}
	unit := owner.Get(keyTargetUnit).Text
	return f.Label + " " + f.Show(done) + unit + "超过目标量 " + f.Show(target) + unit
}

// askOverTarget lists a newly reported quantity that is over the target.
func (pl *importPlanner) askOverTarget(l *model.Ledger, owner *model.Record, rp *RecordPlan, rec *model.Record) {
	i := slices.IndexFunc(rp.Fields, func(f FieldPlan) bool { return f.Field == keyDoneQty && f.Outcome == Take })
	if i < 0 {
		return
	}
	if words := overTarget(l.Field(keyDoneQty), owner, after(*rp, rec)); words != "" {
		pl.plan.Problems = append(pl.plan.Problems, model.Problem{Rule: ruleOverTarget, Level: model.Doubt, Ledger: rp.Ledger, Field: keyDoneQty,
			File: pl.in.File, Sheet: pl.in.Table.Sheet, Cell: rp.Fields[i].Cell, Message: words, Suggestion: "请核对数量和单位。"})
	}
}

// askWholes marks the percent cells in which a 1 may mean all of it and not one
// in a hundred: their column holds shares, or their row says that it is done.
func askWholes(rows []RawRow) {
	shares := map[Path]bool{}
	for _, row := range rows {
		for i := range row.Cells {
			if c := &row.Cells[i]; isPercentColumn(c.RawCell) && isShare(c.Cell) {
				shares[c.Path] = true
			}
		}
	}
	for _, row := range rows {
		done := saysDone(row)
		for i := range row.Cells {
			if c := &row.Cells[i]; isPercentColumn(c.RawCell) && (done || shares[c.Path]) {
				c.AskWhole = true
			}
		}
	}
}

func isPercentColumn(c RawCell) bool { return text.HeaderKey(c.Unit) == "%" }

// isShare reports whether a cell shows a bare number between 0 and 1.
func isShare(c sheet.Cell) bool {
	digits := strings.Trim(strings.TrimPrefix(text.Code(c.Text), "0."), "0")
	return strings.HasPrefix(text.Code(c.Text), "0.") && digits != "" && strings.Trim(digits, "0123456789") == "" &&
		!strings.Contains(c.Format, "%")
}

// doneWords are what a row says of itself, as its state or as an answer, when
// all is done.
var doneWords = wordSet("是 √ 已办结 办结 已完成 完成 已销号")

// saysDone reports whether a row's state or its 是否办结 says that it is done.
func saysDone(row RawRow) bool {
	for i := range row.Cells {
		c := &row.Cells[i]
		if (c.Path == "state" || strings.HasSuffix(string(c.Path), ".finished")) && doneWords[text.HeaderKey(c.Cell.Text)] {
			return true
		}
	}
	return false
}
