package exchange

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// DayColumn is a column of a table whose days run across (考勤表: 1 2 3 … 31).
type DayColumn struct {
	Col int
	Day model.Day
}

// DayMark is what a row of such a table says of one day.
type DayMark struct {
	Row   int
	Cells map[Path]RawCell // of the columns that are no days, the same for all marks of a row
	Day   model.Day
	Mark  RawCell
}

// fewestDays is how many columns in a row count up by one where days run across:
// half a week. Fewer may be anything, such as stages 1 to 3.
const fewestDays = 5

// dayHead is how a column names its day: 1, 1日, 11.1, 11月1日.
var dayHead = regexp.MustCompile(`^(?:(\d{1,2})(?:月|[./-]))?(\d{1,2})日?$`)

// DayColumns returns the columns that stand for the days of a month: the longest
// run of neighbours that count up by one from any day on. A head that names
// another month, or a day that the month does not have, is none.
func DayColumns(t *Table, month model.Month) []DayColumn {
	var best, run []DayColumn
	before := 0
	for _, c := range t.Columns {
		n, own := dayOf(c, month)
		if !own || n != before+1 || len(run) == 0 {
			run = nil
		}
		if before = n; own {
			run = append(run, DayColumn{c.Col, month.First().Add(n - 1)})
		}
		if len(run) > len(best) {
			best = slices.Clone(run)
		}
	}
	if len(best) < fewestDays {
		return nil
	}
	return slices.DeleteFunc(best, func(d DayColumn) bool { return d.Day.Month() != month })
}

// dayOf returns the day that a column names, by any level of its header: the
// weekday often stands above or below.
func dayOf(c TableColumn, month model.Month) (int, bool) {
	for _, words := range slices.Backward(c.levels) {
		m := dayHead.FindStringSubmatch(text.HeaderKey(words))
		if m == nil {
			continue
		}
		stated, day := number(m[1]), number(m[2])
		if day >= 1 && day <= 31 && (stated == 0 || stated == int(month.First().Time().Month())) {
			return day, true
		}
	}
	return 0, false
}

// number reads digits, "" being 0.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// ruleNoSuchDay is the finding on something written under a day that the month
// does not have.
const ruleNoSuchDay = "matrix_no_such_day"

// ReadDays reads a table whose days run across: one mark for each day of each row
// that is filled in. Something under a day that the month does not have (31 in
// November) is a problem and no mark. A table without days has no marks.
func ReadDays(s *sheet.Sheet, t *Table, matches []Match, month model.Month) ([]DayMark, []model.Problem) {
	days := DayColumns(t, month)
	if len(days) == 0 {
		return nil, nil
	}
	all := slices.Clone(matches)
	of := map[Path]model.Day{}
	for _, d := range days {
		p := dayPath(d.Day)
		all = slices.DeleteFunc(all, func(m Match) bool { return m.Col == d.Col })
		all = append(all, Match{Col: d.Col, Path: p, How: HowExact})
		of[p] = d.Day
	}
	beyond := t.beyond(days)
	for col := range beyond {
		all = append(all, Match{Col: col, Path: Path(fmt.Sprintf("#beyond%d", col)), How: HowExact})
	}
	var marks []DayMark
	var problems []model.Problem
	for _, row := range ReadRows(s, t, all, 0) {
		if row.Example || row.Section {
			continue
		}
		found, odd := row.days(of)
		marks, problems = append(marks, found...), append(problems, odd...)
	}
	for i := range problems {
		problems[i].Sheet = t.Sheet
	}
	return marks, problems
}

func dayPath(d model.Day) Path { return Path("#day" + string(d)) }

// beyond returns the columns right of the days that go on counting where the month
// has ended: 31 in November.
func (t *Table) beyond(days []DayColumn) map[int]bool {
	out := map[int]bool{}
	last := days[len(days)-1]
	want := last.Day.DayOfMonth() + 1
	for _, c := range t.Columns[last.Col:] {
		if m := dayHead.FindStringSubmatch(text.HeaderKey(c.Path)); m == nil || number(m[2]) != want || want > 31 {
			break
		}
		out[c.Col] = true
		want++
	}
	return out
}

// days parts a row into its marks by day and what else it says.
func (row *RawRow) days(of map[Path]model.Day) (marks []DayMark, problems []model.Problem) {
	rest := map[Path]RawCell{}
	byPath := slices.SortedFunc(slices.Values(row.Cells), func(a, b PathCell) int { return cmp.Compare(a.Path, b.Path) })
	for _, cell := range byPath {
		p, c := cell.Path, cell.RawCell
		day, isDay := of[p]
		switch {
		case isDay:
			marks = append(marks, DayMark{Row: row.Row, Cells: rest, Day: day, Mark: c})
		case len(p) > 7 && p[:7] == "#beyond":
			problems = append(problems, model.Problem{Rule: ruleNoSuchDay, Level: model.Fault, Cell: c.Addr,
				Message: "这个月没有这一天，格里却填了内容。", Suggestion: "请核对月份，或删去这一格。"})
		default:
			rest[p] = c
		}
	}
	slices.SortFunc(marks, func(a, b DayMark) int { return cmp.Compare(a.Day, b.Day) })
	return marks, problems
}
