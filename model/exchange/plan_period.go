package exchange

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// What a table says of the time it is about: in the headers of its progress
// columns (进展情况（截至9月30日）), in its title (2026年9月…), in the lines around it.

// rulePlanPeriod is the finding that a table is about another period than the
// one it was taken in for.
const rulePlanPeriod = "plan_period"

// stated is the time a table is about.
type stated struct {
	period model.Month // "" if it does not say
	cell   string      // where it says so
	year   int         // of its title or period, 0 if it does not say
	day    model.Day   // 填报时间
}

var (
	// monthWords is a month with or without its year, or the last one of several.
	monthWords   = regexp.MustCompile(`(?:(20\d\d)[年.\-/])?(?:\d{1,2}月?[-—－~～至到])?(\d{1,2})月`)
	quarterWords = regexp.MustCompile(`(20\d\d)年第?([一二三四1-4])季度`)
	yearWords    = regexp.MustCompile(`20\d\d`)
)

// readStated reads what a table says of its time. Columns are those of the
// child records; a month without a year is the last one up to today.
func readStated(t *Table, columns []int, today model.Day) stated {
	var out stated
	if w, d := text.ParseDate(t.Frame.Stated.Text, today); d.IsZero() && w.Kind == model.DateFixed && w.End <= today {
		out.day = w.End
	}
	out.year = yearOf(t.Title + t.Frame.Period.Text)
	for _, col := range columns {
		if m := monthIn(t.Columns[col-1].Path, out.year, today); m > out.period {
			out.period, out.cell = m, sheet.CellName(t.HeaderLast, col)
		}
	}
	title, line := "", t.Frame.Period.Text
	if yearOf(t.Title) > 0 {
		title = t.Title
	}
	if strings.Contains(bare(t.Title), bare(line)) { // taken from there, without the words around it
		line = ""
	}
	top := sheet.CellName(t.HeaderFirst, max(t.FirstCol, 1))
	for _, s := range []struct {
		period model.Month
		cell   string
	}{
		{monthIn(title, out.year, today), cmp.Or(t.Frame.Period.Cell, top)},
		{monthIn(line, out.year, today), t.Frame.Period.Cell},
		{out.day.Month(), t.Frame.Stated.Cell},
	} {
		if out.period == "" {
			out.period, out.cell = s.period, s.cell
		}
	}
	return out
}

// yearOf returns the one year that words name, 0 for none or several.
func yearOf(words string) int {
	years := yearWords.FindAllString(words, -1)
	slices.Sort(years)
	if years = slices.Compact(years); len(years) != 1 {
		return 0
	}
	n, _ := strconv.Atoi(years[0]) // digits by the pattern
	return n
}

// monthIn returns the month that words name, or the last one of their quarter. A
// deadline (9月底前) is none.
func monthIn(words string, year int, today model.Day) model.Month {
	words = bare(words)
	if m := quarterWords.FindStringSubmatch(words); m != nil {
		n, _ := strconv.Atoi(m[1]) // digits by the pattern
		quarter := strings.Index("一二三四", m[2])/len("一") + 1
		if digit := strings.Index("1234", m[2]); digit >= 0 {
			quarter = digit + 1
		}
		return monthOfYear(n, 3*quarter)
	}
	at := monthWords.FindStringSubmatchIndex(words)
	if at == nil || strings.HasPrefix(strings.TrimLeft(words[at[1]:], "0123456789日底末"), "前") {
		return ""
	}
	month, _ := strconv.Atoi(words[at[4]:at[5]]) // digits by the pattern
	if at[2] >= 0 {
		year, _ = strconv.Atoi(words[at[2]:at[3]])
	}
	if year == 0 {
		year = today.Year()
		if monthOfYear(year, month) > today.Month() {
			year--
		}
	}
	return monthOfYear(year, month)
}

// monthOfYear is "" for a month that the calendar does not have.
func monthOfYear(year, month int) model.Month {
	if month < 1 || month > 12 {
		return ""
	}
	return model.NewDay(year, month, 1).Month()
}

// settlePeriod decides for which period the table's progress counts: what the
// user said, else what the table says, else the current one. A contradiction is
// told.
func (pl *importPlanner) settlePeriod() {
	var columns []int
	for _, m := range pl.in.Matches {
		if tg, ok := pl.targets[m.Path]; ok && (tg.Child != nil || pl.monthly()) {
			columns = append(columns, m.Col)
		}
	}
	pl.stated = readStated(pl.in.Table, columns, pl.env.Today)
	said := pl.stated.period
	if said == "" && pl.monthly() && !pl.env.PeriodGiven {
		pl.plan.Problems = append(pl.plan.Problems, model.Problem{Rule: rulePlanPeriod, Level: model.Doubt, Ledger: pl.in.Ledger.Key, File: pl.in.File, Sheet: pl.in.Table.Sheet,
			Message: "表里没有写明是哪个月，按" + text.FormatMonth(pl.env.Period) + "算。", Suggestion: "请核对；不对的话请用 --period 指定期间再导入。"})
	}
	if len(columns) == 0 || said == "" || said == pl.env.Period {
		return
	}
	words, other := text.FormatMonth(said), text.FormatMonth(pl.env.Period)
	message := fmt.Sprintf("表里写的是%s，不是本期（%s），进展记在%s", words, other, words)
	if pl.env.PeriodGiven {
		message = fmt.Sprintf("表里写的是%s，与指定的期间（%s）不一致，进展记在%s", words, other, other)
	} else {
		pl.plan.Period = model.Period(said)
	}
	pl.plan.Problems = append(pl.plan.Problems, model.Problem{Rule: rulePlanPeriod, Level: model.Doubt, Ledger: pl.in.Ledger.Key,
		File: pl.in.File, Sheet: pl.in.Table.Sheet, Cell: pl.stated.cell, Message: message, Suggestion: "请核对；不对的话请用 --period 指定期间再导入。"})
}

// monthKey is the field of a ledger that keeps a record a month, as an attendance
// sheet does: the month stands in the title of the sheet, not in its lines.
const monthKey = "period"

// monthly reports whether the lines of the table belong to a month that no column
// names.
func (pl *importPlanner) monthly() bool {
	f := pl.in.Ledger.Field(monthKey)
	if f == nil || f.Kind != model.KindMonth || pl.in.Ledger.IsDerived(monthKey) {
		return false
	}
	keyed := slices.ContainsFunc(pl.in.Ledger.Match, func(m []string) bool { return slices.Contains(m, monthKey) })
	return keyed && !slices.ContainsFunc(pl.in.Matches, func(m Match) bool { return m.Path == monthKey })
}

// giveMonth gives a row of a monthly table the month of the file.
func (pl *importPlanner) giveMonth(row *importRow) {
	if pl.monthly() {
		row.cells = append(row.cells, pathEntry{monthKey, Entry{Cell: pl.nameCell(row), Value: model.Text(string(pl.plan.Period.Month()))}})
	}
}
