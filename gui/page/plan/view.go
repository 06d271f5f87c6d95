package plan

import (
	"slices"
	"strconv"
	"strings"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
	"xiangzhen/model/rule"
)

// line is one row of the grid: a row of a plan with what was found in it.
type line struct {
	plan     *exchange.Plan
	row      exchange.PlanRow
	problems []model.Problem
}

// lines lists the rows of plans in their order.
func lines(plans []*exchange.Plan) []line {
	var out []line
	for _, p := range plans {
		byRow := map[int][]model.Problem{}
		for _, problem := range p.Problems {
			byRow[rowOf(problem.Cell)] = append(byRow[rowOf(problem.Cell)], problem)
		}
		for _, r := range p.Rows {
			l := line{plan: p, row: r}
			if r.Row > 0 {
				l.problems = byRow[r.Row]
			}
			out = append(out, l)
		}
	}
	return out
}

// rowOf is the row of a cell such as F9; 0 for none.
func rowOf(cell string) int {
	n, err := strconv.Atoi(strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	if err != nil {
		return 0
	}
	return n
}

// field finds what a row does to a field; nil if it says nothing of it.
func (l line) field(ledger, key string) (*exchange.RecordPlan, *exchange.FieldPlan) {
	for i := range l.row.Records {
		rp := &l.row.Records[i]
		if rp.Ledger != ledger {
			continue
		}
		for j := range rp.Fields {
			if rp.Fields[j].Field == key {
				return rp, &rp.Fields[j]
			}
		}
	}
	return nil, nil
}

// fillOf tells how a cell of the file is taken in: its problem before its change.
func (l line) fillOf(cell string) grid.Fill {
	if p := l.problemAt(cell); p != nil && p.Level != model.Hint {
		if p.Level == model.Fault {
			return grid.FillConflict
		}
		return grid.FillChanged
	}
	for _, rp := range l.row.Records {
		for _, f := range rp.Fields {
			switch {
			case f.Cell != cell || f.Outcome == exchange.Keep:
			case f.Outcome != exchange.Take:
				return grid.FillConflict
			case f.Ours().Set:
				return grid.FillChanged
			default:
				return grid.FillAdded
			}
		}
	}
	return grid.FillNone
}

// problemAt returns the problem of a cell, the gravest first; nil if there is none.
func (l line) problemAt(cell string) *model.Problem {
	for _, level := range []model.Severity{model.Fault, model.Doubt, model.Hint} {
		for i := range l.problems {
			if l.problems[i].Cell == cell && l.problems[i].Level == level {
				return &l.problems[i]
			}
		}
	}
	return nil
}

// conflicts lists the fields of a row on which two sides differ.
func (l line) conflicts() []Key {
	var out []Key
	for _, rp := range l.row.Records {
		for _, f := range rp.Fields {
			if f.Outcome == exchange.Conflict {
				out = append(out, Key{rp.Ledger, rp.ID, f.Field})
			}
		}
	}
	return out
}

// hasDoubt reports whether anything in the row was found worth a look.
func (l line) hasDoubt() bool {
	return slices.ContainsFunc(l.problems, func(p model.Problem) bool { return p.Level != model.Hint })
}

// The chips.
const (
	chipCheck = "check" // 待核对
	chipAll   = "all"
)

// kindWord says what is done with a row, and in which tone.
var kindWords = map[exchange.RowKind]struct {
	word string
	tone look.Tone
	fill grid.Fill
}{
	exchange.RowAdd:      {"新增", look.ToneFine, grid.FillAdded},
	exchange.RowUpdate:   {"修改", look.ToneSoon, grid.FillNone},
	exchange.RowClear:    {"清空", look.ToneSoon, grid.FillNone},
	exchange.RowMissing:  {"少报的行", look.ToneSoon, grid.FillNone},
	exchange.RowSame:     {"相同", look.ToneQuiet, grid.FillNone},
	exchange.RowConflict: {"冲突", look.ToneOverdue, grid.FillNone},
	exchange.RowProblem:  {"问题", look.ToneOverdue, grid.FillNone},
}

// chipKinds are the kinds that have a chip, in its order.
var chipKinds = []exchange.RowKind{exchange.RowUpdate, exchange.RowAdd, exchange.RowConflict, exchange.RowProblem,
	exchange.RowClear, exchange.RowMissing, exchange.RowSame}

// toCheck reports whether a person should look at a row: what is in conflict, held
// back, doubtful, or not in the table any more.
func toCheck(l line) bool {
	switch l.row.Kind {
	case exchange.RowConflict, exchange.RowProblem, exchange.RowMissing, exchange.RowClear:
		return true
	}
	return l.hasDoubt()
}

// fits decides whether a chip shows a row.
func fits(chip string, l line) bool {
	switch chip {
	case chipAll, "":
		return true
	case chipCheck:
		return toCheck(l)
	}
	return string(l.row.Kind) == chip
}

// counts says how many rows each chip shows.
func counts(all []line) map[string]int {
	out := map[string]int{chipAll: len(all)}
	for _, l := range all {
		out[string(l.row.Kind)]++
		if toCheck(l) {
			out[chipCheck]++
		}
	}
	return out
}

// column is a field that the table speaks of.
type column struct {
	ledger *model.Ledger
	field  *model.Field
}

// columnsOf lists the fields that any row speaks of: the rows' own before those of
// their children, each in the order of its ledger. What the program writes beside
// the file (填报日期, 期别) is left out while it is the same in all rows.
func columnsOf(catalog *model.Catalog, all []line) []column {
	said := map[fieldKey]*sayings{}
	var order []string
	own := map[string]bool{} // ledgers of whole rows, whose names have a column already
	for _, l := range all {
		if len(l.row.Records) > 0 {
			own[l.row.Records[0].Ledger] = true
		}
		for _, rp := range l.row.Records {
			if !slices.Contains(order, rp.Ledger) {
				order = append(order, rp.Ledger)
			}
			for _, f := range rp.Fields {
				k := fieldKey{rp.Ledger, f.Field}
				if said[k] == nil {
					said[k] = &sayings{first: f.Result()}
				}
				said[k].hear(f)
			}
		}
	}
	anyStated := false // what came without a file has no cells at all
	for _, s := range said {
		anyStated = anyStated || s.stated
	}
	var out []column
	for _, name := range order {
		ledger := catalog.Ledger(name)
		if ledger == nil {
			continue
		}
		for i := range ledger.Fields {
			if f := &ledger.Fields[i]; !(own[name] && f.Key == ledger.Title) && said[fieldKey{name, f.Key}].shown(anyStated) {
				out = append(out, column{ledger, f})
			}
		}
	}
	return out
}

type fieldKey struct{ ledger, field string }

// sayings is what the rows say of a field.
type sayings struct {
	first  model.Value
	stated bool // by a cell of the file
	differ bool
}

// hear takes in what a row does to the field.
func (s *sayings) hear(f exchange.FieldPlan) {
	s.stated = s.stated || f.Cell != "" || f.Outcome == exchange.Conflict || f.Outcome == exchange.Held
	s.differ = s.differ || f.Result() != s.first
}

// shown reports whether the field has a column; nobody speaks of a nil one.
func (s *sayings) shown(cells bool) bool { return s != nil && (s.stated || s.differ || !cells) }

// words are those of a value on one line, masked where it is sensitive.
func words(f *model.Field, v model.Value) string {
	return strings.Join(strings.Fields(f.Show(app.Shown(false)(f, v))), " ")
}

// cell shows what a row does to a field.
func (s *source) cell(l line, c column) grid.Cell {
	rp, fp := l.field(c.ledger.Key, c.field.Key)
	if fp == nil {
		return grid.Cell{}
	}
	out := s.outcome(rp, fp, c.field)
	if p := l.problemAt(fp.Cell); p != nil {
		out.Hint = strings.TrimSpace(p.Message + p.Suggestion)
		if p.Level == model.Fault {
			out.Fill = grid.FillConflict
		}
		if out.Text == "" {
			out.Text, out.Tone = p.Message, look.ToneOverdue
		}
	}
	if l.row.Kind == exchange.RowSame {
		out.Tone = look.ToneQuiet
	}
	return out
}

// outcome shows how a field is settled.
func (s *source) outcome(rp *exchange.RecordPlan, fp *exchange.FieldPlan, f *model.Field) grid.Cell {
	ours, theirs := words(f, fp.Ours()), words(f, fp.Theirs)
	switch fp.Outcome {
	case exchange.Take:
		c := grid.Cell{Text: words(f, fp.Result()), Strike: ours, Fill: grid.FillChanged}
		if ours == "" {
			c.Fill = grid.FillAdded
		}
		if c.Text == "" {
			c.Text, c.Tone = "（清空）", look.ToneSoon
		}
		return c
	case exchange.Conflict:
		if d, ok := s.decisions.Get(Key{rp.Ledger, rp.ID, fp.Field}); ok {
			return grid.Cell{Text: d.words(s.sides, ours, theirs), Fill: grid.FillChanged, Hint: "已定：" + d.words(s.sides, ours, theirs)}
		}
		return grid.Cell{Text: s.sides.OursShort + " " + orNone(ours) + " ／ " + s.sides.TheirsShort + " " + orNone(theirs), Fill: grid.FillConflict}
	case exchange.Held:
		return grid.Cell{Text: heldWords(f, fp), Strike: ours, Fill: grid.FillConflict}
	}
	return grid.Cell{Text: words(f, fp.Result())}
}

// heldWords is what stands in the cell of a value that is held back.
func heldWords(f *model.Field, fp *exchange.FieldPlan) string {
	if f.Sensitive {
		return rule.Mask(f, fp.Written)
	}
	return strings.Join(strings.Fields(fp.Written), " ")
}

func rowWords(row int) string {
	if row == 0 {
		return ""
	}
	return strconv.Itoa(row)
}

func orNone(words string) string {
	if words == "" {
		return "空"
	}
	return words
}
