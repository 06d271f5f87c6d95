package teams

import (
	"strings"
	"testing"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

func areaOf(row, day int) grid.Range {
	return grid.Range{Row1: row, Col1: dayColumns + day, Row2: row, Col2: dayColumns + day}
}

// aMember is a member in office for some days.
func aMember(from, to model.Day) *model.Record {
	m := model.NewRecord(ledgers.Team, "m")
	m.Put("name", model.Text("张示例一"))
	m.Put("from", model.OnDay(from))
	m.Put("to", model.OnDay(to))
	return m
}

// anAbsence covers some days.
func anAbsence(kind string, from, to model.Day) *model.Record {
	l := model.NewRecord(ledgers.Leave, "l")
	l.Put("kind", model.Text(kind))
	span := model.OnDay(from)
	span.End, span.Text = to, string(from)+"至"+string(to)
	l.Put("span", span)
	l.Put("reason", model.Text("示例事由"))
	return l
}

// october is a sheet of one line: in office from the fifth, away on the 12th and 13th.
func october() (app.MonthSheet, app.SheetLine) {
	l := app.SheetLine{Village: "青山村", Member: aMember("2026-10-05", "2028-10-05"), Leaves: []*model.Record{anAbsence("病假", "2026-10-12", "2026-10-13")}}
	signs := []app.DaySign{{Mark: ledgers.MarkResident, Sign: "√", Word: "驻村"}, {Mark: ledgers.MarkErrand, Sign: "△", Word: "公出、会议"},
		{Mark: ledgers.MarkPersonal, Sign: "○", Word: "事假"}, {Mark: ledgers.MarkSick, Sign: "☆", Word: "病假"}, {Mark: ledgers.MarkRest, Sign: "＋", Word: "休假"},
		{Mark: ledgers.MarkAbsent, Sign: "×", Word: "缺勤"}, {Mark: ledgers.MarkOff, Sign: "—", Word: "双休、节假日"}}
	s := app.MonthSheet{Period: "2026-10", Signs: signs, Calendar: model.Calendar{"2026-10-05": false, "2026-10-06": false, "2026-10-10": true},
		Params: model.Params(rule.Defaults()), Lines: []app.SheetLine{l}}
	return s, l
}

func TestFillUp(t *testing.T) {
	s, l := october()
	have := merged(s.Period, l, app.DayMarks{7: ledgers.MarkErrand})
	got := fillUp(s, l, have, "2026-10-13")
	want := app.DayMarks{5: ledgers.MarkOff, 6: ledgers.MarkOff, 8: ledgers.MarkResident, 9: ledgers.MarkResident, 10: ledgers.MarkResident,
		11: ledgers.MarkOff, 12: ledgers.MarkSick, 13: ledgers.MarkSick}
	for day := 1; day <= 31; day++ {
		if got[day] != want[day] {
			t.Errorf("%d: %q, want %q", day, got[day], want[day])
		}
	}
}

func TestCopyWeek(t *testing.T) {
	s, l := october()
	have := merged(s.Period, l, app.DayMarks{5: ledgers.MarkOff, 7: ledgers.MarkResident, 8: ledgers.MarkErrand, 9: ledgers.MarkSick, 10: ledgers.MarkResident, 11: ledgers.MarkOff, 15: ledgers.MarkRest})
	got := copyWeek(s, l, have, "2026-10-14", "2026-10-18")
	want := app.DayMarks{14: ledgers.MarkResident, 18: ledgers.MarkOff} // the 12th is away, the 15th filled, the 9th's leave stays, the 10th was a Saturday worked
	if len(got) != len(want) || got[14] != want[14] || got[18] != want[18] {
		t.Errorf("%v, want %v", got, want)
	}
	l.Before = merged("2026-09", app.SheetLine{}, app.DayMarks{30: ledgers.MarkResident})
	if got := markBefore(l, have, "2026-09-30"); got != ledgers.MarkResident {
		t.Errorf("the month before says %q", got)
	}
}

func TestMarkOf(t *testing.T) {
	s, _ := october()
	var f model.Field
	for _, l := range ledgers.All() {
		if l.Key == ledgers.Attendance {
			f = *l.Field("d1")
		}
	}
	for words, want := range map[string]string{"√": ledgers.MarkResident, " ☆ ": ledgers.MarkSick, "": "", "年休": ledgers.MarkRest, "—": ledgers.MarkOff} {
		if got, err := markOf(s.Signs, &f, words); err != nil || got != want {
			t.Errorf("%q: %q, %v", words, got, err)
		}
	}
	if _, err := markOf(s.Signs, &f, "啊"); err == nil {
		t.Error("啊 is a mark")
	}
	if q := quick(s.Signs); q['3'] != "○" || q['×'] != "×" || q['0'] != "" {
		t.Errorf("letters %v", q)
	}
	if !strings.Contains(legend(s.Signs), "7 — 双休、节假日") {
		t.Error(legend(s.Signs))
	}
}

func TestDayAndSumCells(t *testing.T) {
	s, l := october()
	for day, want := range map[model.Day]grid.Fill{"2026-10-02": grid.FillMuted, "2026-10-07": grid.FillNone, "2026-10-11": grid.FillMuted, "2026-10-12": grid.FillChanged} {
		if got := dayCell(s, l, ledgers.MarkResident, day); got.Fill != want || got.Text != "√" {
			t.Errorf("%s: %+v", day, got)
		}
	}
	if c := dayCell(s, l, ledgers.MarkAbsent, "2026-10-12"); c.Tone != look.ToneOverdue || !strings.Contains(c.Hint, "示例事由") {
		t.Errorf("%+v", c)
	}
	counts := ledgers.DayCounts{Resident: 17}
	whole := l
	whole.Member = aMember("2026-01-01", "")
	if c := sumCell(s, whole, counts, 0, "2026-11-02"); c.Tone != look.ToneOverdue || !strings.Contains(c.Hint, "不足 20 天") {
		t.Errorf("a month that is short: %+v", c)
	}
	for name, c := range map[string]grid.Cell{
		"a part of a month in office": sumCell(s, l, counts, 0, "2026-11-02"),
		"a month that runs":           sumCell(s, whole, counts, 0, "2026-10-31"),
		"another sum":                 sumCell(s, whole, counts, 1, "2026-11-02"),
		"not filled in":               sumCell(s, whole, ledgers.DayCounts{Unmarked: 1}, 0, "2026-11-02"),
	} {
		if c.Hint != "" {
			t.Errorf("%s is compared: %+v", name, c)
		}
	}
}

func TestRefuse(t *testing.T) {
	_, l := october()
	for day, refused := range map[model.Day]bool{"2026-10-04": true, "2026-10-05": false, "2026-10-20": true} {
		if err := refuse(l, day, "2026-10-13", ledgers.MarkResident); (err != nil) != refused {
			t.Errorf("%s: %v", day, err)
		}
	}
	if refuse(l, "2026-10-20", "2026-10-13", ledgers.MarkSick) != nil || refuse(l, "2026-10-01", "2026-10-13", "") != nil {
		t.Error("what can be is refused")
	}
}

func TestSignsOf(t *testing.T) {
	if _, err := signsOf(nil); err != nil {
		t.Error(err)
	}
}
