package teams

import (
	"fmt"
	"maps"
	"strings"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/text"
)

// typed are marks that were entered and are not in the ledger yet, by member.
type typed map[string]app.DayMarks

// put enters a mark.
func (t typed) put(member string, day int, mark string) {
	if t[member] == nil {
		t[member] = app.DayMarks{}
	}
	t[member][day] = mark
}

// join enters all marks of another.
func (t typed) join(other typed) {
	for member, marks := range other {
		for day, mark := range marks {
			t.put(member, day, mark)
		}
	}
}

// clone is a copy that shares nothing.
func (t typed) clone() typed {
	out := typed{}
	out.join(t)
	return out
}

// count is the number of marks.
func (t typed) count() int {
	n := 0
	for _, marks := range t {
		n += len(marks)
	}
	return n
}

// merged is a line with what was entered in it: a copy, so that the sums follow the
// typing.
func merged(period model.Month, l app.SheetLine, marks app.DayMarks) *model.Record {
	rec := model.NewRecord(ledgers.Attendance, "")
	if l.Line != nil {
		maps.Copy(rec.Values, l.Line.Values)
	}
	rec.Put("period", model.Text(string(period)))
	for day, mark := range marks {
		rec.Put(ledgers.DayField(day), model.Text(mark))
	}
	return rec
}

// served reports whether a day lies in a member's term.
func served(member *model.Record, day model.Day) bool {
	end := member.Get("to").End
	return member.Get("from").Start <= day && (end == "" || day <= end)
}

// leaveOn is the absence that covers a day, nil if none does.
func leaveOn(leaves []*model.Record, day model.Day) *model.Record {
	for _, l := range leaves {
		if span := l.Get("span"); span.Start <= day && day <= span.End {
			return l
		}
	}
	return nil
}

// leaveMarks are the marks of the kinds of absence.
var leaveMarks = map[string]string{"事假": ledgers.MarkPersonal, "病假": ledgers.MarkSick, "公出": ledgers.MarkErrand}

// leaveMark is the mark that goes with an absence: 事假, 病假, 公出, else 休假.
func leaveMark(leave *model.Record) string {
	if mark := leaveMarks[leave.Get("kind").Text]; mark != "" {
		return mark
	}
	return ledgers.MarkRest
}

// usual is the mark of a day as the calendar and the register of absences have it.
func usual(s app.MonthSheet, l app.SheetLine, day model.Day) string {
	switch leave := leaveOn(l.Leaves, day); {
	case !s.Calendar.IsWorkday(day):
		return ledgers.MarkOff
	case leave != nil:
		return leaveMark(leave)
	}
	return ledgers.MarkResident
}

// fillUp are the marks of the empty days of a line up to a day (补齐): working days
// in the village, days off, absences as registered. What is there stays.
func fillUp(s app.MonthSheet, l app.SheetLine, have *model.Record, upTo model.Day) app.DayMarks {
	out := app.DayMarks{}
	for day := s.Period.First(); day <= min(s.Period.Last(), upTo); day = day.Add(1) {
		if ledgers.MarkOn(have, day) == "" && served(l.Member, day) {
			out[day.DayOfMonth()] = usual(s, l, day)
		}
	}
	return out
}

// copyWeek are the marks that the week of a day takes over from the week before
// (复制上周). Leave is not copied, nor is a working day onto a day off; days to come
// and days with a mark stay as they are.
func copyWeek(s app.MonthSheet, l app.SheetLine, have *model.Record, at, today model.Day) app.DayMarks {
	out := app.DayMarks{}
	monday, sunday := week(at)
	for day := monday; day <= sunday; day = day.Add(1) {
		if day.Month() != s.Period || day > today || !served(l.Member, day) || ledgers.MarkOn(have, day) != "" {
			continue
		}
		before := markBefore(l, have, day.Add(-7))
		same := s.Calendar.IsWorkday(day) == s.Calendar.IsWorkday(day.Add(-7))
		if same && (before == ledgers.MarkResident || before == ledgers.MarkErrand || before == ledgers.MarkOff) && leaveOn(l.Leaves, day) == nil {
			out[day.DayOfMonth()] = before
		}
	}
	return out
}

// markBefore is the mark of a day of this month or the one before.
func markBefore(l app.SheetLine, have *model.Record, day model.Day) string {
	if mark := ledgers.MarkOn(have, day); mark != "" || l.Before == nil {
		return mark
	}
	return ledgers.MarkOn(l.Before, day)
}

// signKeys are the keys of the marks in the order of the legend: they type through
// any input method. 0 empties.
const signKeys = "1234567"

// quick are the letters that fill a day: the keys, and the signs themselves.
func quick(signs []app.DaySign) map[rune]string {
	out := map[rune]string{'0': ""}
	for i, s := range signs {
		if r := []rune(s.Sign); len(r) == 1 {
			out[r[0]] = s.Sign
		}
		out[rune(signKeys[i])] = s.Sign
	}
	return out
}

// legend says which key is which mark.
func legend(signs []app.DaySign) string {
	words := make([]string, len(signs))
	for i, s := range signs {
		words[i] = fmt.Sprintf("%c %s %s", signKeys[i], s.Sign, s.Word)
	}
	return "按键：" + strings.Join(words, "　") + "　0 清空"
}

// signOf is the county's sign of a mark.
func signOf(signs []app.DaySign, mark string) string {
	for _, s := range signs {
		if s.Mark == mark {
			return s.Sign
		}
	}
	return ""
}

// markOf reads what was typed or pasted into a day: the county's sign, else
// whatever sheets write in its place.
func markOf(signs []app.DaySign, f *model.Field, words string) (string, error) {
	words = strings.TrimSpace(words)
	if words == "" {
		return "", nil
	}
	for _, s := range signs {
		if s.Sign == words {
			return s.Mark, nil
		}
	}
	v, problems := rule.Parse(f, rule.Input{Text: words})
	if v.IsEmpty() || len(problems) > 0 {
		return "", model.Errorf(model.CodeInvalid, "“%s”不是考勤符号。%s", words, legend(signs))
	}
	return v.Text, nil
}

// refuse says why a mark cannot stand on a day; nil if it can.
func refuse(l app.SheetLine, day, today model.Day, mark string) error {
	name := l.Member.Get("name").Text
	switch {
	case mark == "":
		return nil
	case !served(l.Member, day):
		return model.Errorf(model.CodeInvalid, "%s在%s不在任期内，不用填。请核对花名册的选派时间和届满时间。", name, text.FormatDay(day))
	case mark == ledgers.MarkResident && day > today:
		return model.Errorf(model.CodeInvalid, "%s还没有到，不能先填驻村。", text.FormatDay(day))
	}
	return nil
}

// The widths of the sheet's columns.
const (
	nameWidth    float32 = 88
	villageWidth float32 = 76
	dayWidth     float32 = 25
	sumWidth     float32 = 50
)

// Columns before the first day.
const dayColumns = 2

// sums are the columns behind the days.
var sums = []struct {
	title string
	of    func(ledgers.DayCounts) int
}{
	{"驻村", func(c ledgers.DayCounts) int { return c.Resident }},
	{"公出", func(c ledgers.DayCounts) int { return c.Errand }},
	{"请假", func(c ledgers.DayCounts) int { return c.Leave }},
	{"缺勤", func(c ledgers.DayCounts) int { return c.Absent }},
}

// sheetColumns are name, village, the days of the month, the sums.
func sheetColumns(s app.MonthSheet) []grid.Column {
	cols := []grid.Column{{Key: "name", Title: "姓名", Width: nameWidth, Pinned: true}, {Key: "village", Title: "村", Width: villageWidth, Pinned: true}}
	keys, options := quick(s.Signs), make([]string, len(s.Signs))
	for i, sign := range s.Signs {
		options[i] = sign.Sign
	}
	for day := s.Period.First(); day <= s.Period.Last(); day = day.Add(1) {
		n := day.DayOfMonth()
		cols = append(cols, grid.Column{Key: ledgers.DayField(n), Title: fmt.Sprint(n), Width: dayWidth, Align: grid.AlignMiddle,
			Editable: true, Options: options, Quick: keys, Muted: !s.Calendar.IsWorkday(day)})
	}
	for _, sum := range sums {
		cols = append(cols, grid.Column{Key: sum.title, Title: sum.title, Width: sumWidth, Align: grid.AlignRight})
	}
	return cols
}

// dayCell shows a day of a line.
func dayCell(s app.MonthSheet, l app.SheetLine, mark string, day model.Day) grid.Cell {
	c := grid.Cell{Text: signOf(s.Signs, mark)}
	if mark == ledgers.MarkAbsent {
		c.Tone = look.ToneOverdue
	}
	leave := leaveOn(l.Leaves, day)
	switch {
	case !served(l.Member, day):
		c.Fill, c.Hint = grid.FillMuted, "不在任期内"
	case leave != nil:
		c.Fill, c.Hint = grid.FillChanged, leaveWords(leave)
	case !s.Calendar.IsWorkday(day):
		c.Fill = grid.FillMuted
	}
	return c
}

// leaveWords tell an absence: 事假 2026年10月5日至10月8日，老人住院照料.
func leaveWords(leave *model.Record) string {
	words := leave.Get("kind").Text + " " + leave.Get("span").Text
	if reason := leave.Get("reason").Text; reason != "" {
		words += "，" + reason
	}
	if leave.Get("stage").Text == ledgers.LeaveUnclosed {
		words += "，待销假"
	}
	return words
}

// sumCell shows a sum. The days in the village are marked where a whole month in
// office, entered in full, has fewer than the county asks for; else nothing is
// compared (CLERK 15).
func sumCell(s app.MonthSheet, l app.SheetLine, c ledgers.DayCounts, at int, today model.Day) grid.Cell {
	n := sums[at].of(c)
	cell := grid.Cell{Text: fmt.Sprint(n)}
	if n == 0 {
		cell.Tone = look.ToneQuiet
	}
	asked := ledgers.DaysAsked(s.Period, s.Params)
	whole := s.Period.Last() < today && served(l.Member, s.Period.First()) && served(l.Member, s.Period.Last())
	if got := c.Counted(s.Params.On(rule.ErrandsCount)); at == 0 && whole && c.Unmarked == 0 && got < asked {
		cell.Tone, cell.Hint = look.ToneOverdue, fmt.Sprintf("计入驻村 %d 天，不足 %d 天。请核对考勤，或者补办请假。", got, asked)
	}
	return cell
}
