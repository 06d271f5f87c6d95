package ledgers

import (
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// sheetLine is a line of a month sheet with the marks of its first days.
func sheetLine(month string, marks ...string) *model.Record {
	r := model.NewRecord(Attendance, "a")
	r.Put("period", model.Text(month))
	r.Put("member", model.Reference("m", "张示例一"))
	r.Put("village", model.Reference("v", "青山村"))
	for i, m := range marks {
		r.Put(DayField(i+1), model.Text(m))
	}
	return r
}

func repeat(mark string, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = mark
	}
	return out
}

func TestCountDays(t *testing.T) {
	r := sheetLine("2026-11", MarkResident, MarkErrand, MarkPersonal, MarkSick, MarkRest, MarkAbsent, MarkOff, "", MarkResident)
	c := CountDays(r, "2026-11-10")
	if c != (DayCounts{Resident: 2, Errand: 1, Leave: 3, Absent: 1, Unmarked: 2}) || c.Counted(true) != 3 || c.Counted(false) != 2 {
		t.Errorf("%+v", c)
	}
	if c := CountDays(sheetLine("2026-02", repeat(MarkResident, 31)...), "2026-12-31"); c.Resident != 28 {
		t.Errorf("February has %d days", c.Resident)
	}
}

// TestCountDays_AddUp: every day of a month past is one of the sums or a day off.
func TestCountDays_AddUp(t *testing.T) {
	keys := []string{"", MarkResident, MarkErrand, MarkPersonal, MarkSick, MarkRest, MarkAbsent, MarkOff}
	rapid.Check(t, func(rt *rapid.T) {
		month := model.Month(rapid.SampledFrom([]string{"2026-02", "2028-02", "2026-04", "2026-12"}).Draw(rt, "month"))
		marks := rapid.SliceOfN(rapid.SampledFrom(keys), 31, 31).Draw(rt, "marks")
		off := 0
		for _, m := range marks[:month.Last().DayOfMonth()] {
			if m == MarkOff {
				off++
			}
		}
		c := CountDays(sheetLine(string(month), marks...), "2030-01-01")
		if c.Resident+c.Errand+c.Leave+c.Absent+c.Unmarked+off != month.Last().DayOfMonth() {
			rt.Errorf("%+v with %d days off", c, off)
		}
	})
}

func TestDeriveAttendance_NextChange(t *testing.T) {
	for _, tt := range []struct{ today, want model.Day }{
		{"2026-10-15", "2026-11-01"}, {"2026-11-10", "2026-11-11"}, {"2026-11-30", ""}, {"2026-12-05", ""},
	} {
		got := deriveAttendance(model.DeriveInput{Record: sheetLine("2026-11"), Params: rule.Defaults(), Today: tt.today})
		if got.NextChange != tt.want {
			t.Errorf("on %s: %q, want %q", tt.today, got.NextChange, tt.want)
		}
	}
}

// checkOf returns a rule of a ledger.
func checkOf(t *testing.T, l *model.Ledger, id string) model.Check {
	t.Helper()
	for _, c := range l.Checks {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("no rule %s", id)
	return model.Check{}
}

func member(from, to model.Day) *model.Record {
	m := model.NewRecord(Team, "m")
	m.Put("village", model.Reference("v", "青山村"))
	m.Put("from", model.OnDay(from))
	m.Put("to", model.OnDay(to))
	return m
}

func TestCheckMonthDays(t *testing.T) {
	short := append(repeat(MarkResident, 17), repeat(MarkOff, 13)...)
	errands := append(append(repeat(MarkResident, 17), repeat(MarkErrand, 3)...), repeat(MarkOff, 10)...)
	for _, tt := range []struct {
		name   string
		marks  []string
		member *model.Record
		today  model.Day
		change model.Params
		want   int
	}{
		{"17 days", short, member("2025-01-01", ""), "2026-12-01", nil, 1},
		{"the month is not over", short, member("2025-01-01", ""), "2026-11-30", nil, 0},
		{"came within the month", short, member("2026-11-05", ""), "2026-12-01", nil, 0},
		{"left within the month", short, member("2025-01-01", "2026-11-20"), "2026-12-01", nil, 0},
		{"nobody knows the member", short, nil, "2026-12-01", nil, 0},
		{"days not filled in", short[:20], member("2025-01-01", ""), "2026-12-01", nil, 0},
		{"errands count", errands, member("2025-01-01", ""), "2026-12-01", nil, 0},
		{"errands do not count", errands, member("2025-01-01", ""), "2026-12-01", model.Params{rule.ErrandsCount: "否"}, 1},
		{"two thirds of the month", errands, member("2025-01-01", ""), "2026-12-01", model.Params{rule.MonthDays: "0", rule.MonthShare: "67"}, 1},
		{"no limit", short, member("2025-01-01", ""), "2026-12-01", model.Params{rule.MonthDays: "0"}, 0},
	} {
		params := rule.Defaults()
		for k, v := range tt.change {
			params[k] = v
		}
		in := model.CheckInput{Record: sheetLine("2026-11", tt.marks...), Params: params, Today: tt.today, Near: map[model.Beside][]*model.Record{}}
		if tt.member != nil {
			in.Near[besideMember] = []*model.Record{tt.member}
		}
		if got := checkOf(t, attendance(), "attendance.month_days").Func(in); len(got) != tt.want {
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
}

func TestCheckTwoPlacesAndDays(t *testing.T) {
	log := model.NewRecord(MemberLog, "l")
	log.Put("log_on", model.OnDay("2026-11-02"))
	log.Put("village", model.Reference("w", "竹坝村"))
	in := model.CheckInput{Record: sheetLine("2026-11", MarkResident, MarkResident), Today: "2026-12-01",
		Near: map[model.Beside][]*model.Record{besideLogs: {log}}}
	if got := checkTwoPlaces(in); len(got) != 1 || got[0].Field != "d2" {
		t.Errorf("a diary elsewhere: %+v", got)
	}
	in.Record.Put("d2", model.Text(MarkErrand))
	if got := checkTwoPlaces(in); len(got) != 0 {
		t.Errorf("on an errand: %+v", got)
	}
	in.Record = sheetLine("2026-11", repeat(MarkResident, 31)...)
	if got := checkDaysOfMonth(in); len(got) != 1 || got[0].Field != "d31" {
		t.Errorf("the 31st of November: %+v", got)
	}
	in.Today = "2026-11-10"
	if got := checkDaysOfMonth(in); len(got) != 1 || got[0].Field != "d11" {
		t.Errorf("a day to come: %+v", got)
	}
}

func absenceOf(values map[string]model.Value) *model.Record {
	r := model.NewRecord(Leave, "l")
	r.Put("span", model.Date(model.DateWords{Text: "2026年11月2日至11月5日", Start: "2026-11-02", End: "2026-11-05", Kind: model.DateFixed}))
	for k, v := range values {
		r.Put(k, v)
	}
	return r
}

func TestLeave_StagesAndChecks(t *testing.T) {
	approved := map[string]model.Value{"opinion": model.Text("同意"), "approved_by": model.Text(ApproverTown)}
	with := func(base map[string]model.Value, key string, v model.Value) map[string]model.Value {
		out := map[string]model.Value{key: v}
		for k, x := range base {
			if k != key {
				out[k] = x
			}
		}
		return out
	}
	for _, tt := range []struct {
		values map[string]model.Value
		today  model.Day
		stage  string
		rules  string
	}{
		{nil, "2026-11-01", LeaveAsked, ""},
		{nil, "2026-11-02", LeaveAsked, "leave.approval "},
		{map[string]model.Value{"opinion": model.Text("不同意")}, "2026-11-09", LeaveRefused, ""},
		{approved, "2026-11-01", LeaveGranted, "leave.approver "},
		{approved, "2026-11-05", LeaveAway, "leave.approver "},
		{approved, "2026-11-06", LeaveUnclosed, "leave.approver leave.back "},
		{with(approved, "approved_by", model.Text(ApproverCounty)), "2026-11-05", LeaveAway, ""},
		{with(with(approved, "approved_by", model.Text(ApproverCounty)), "back_on", model.OnDay("2026-11-06")), "2026-11-20", LeaveClosed, ""},
		{with(with(approved, "kind", model.Text("公出")), "back_on", model.OnDay("2026-11-06")), "2026-11-20", LeaveClosed, ""},
		{with(with(approved, "kind", model.Text("公出")), "days", model.Int(45)), "2026-11-03", LeaveAway, "leave.days "},
	} {
		r := absenceOf(tt.values)
		if got := deriveLeave(model.DeriveInput{Record: r, Today: tt.today}).Values["stage"].Text; got != tt.stage {
			t.Errorf("%v on %s: stage %s, want %s", tt.values, tt.today, got, tt.stage)
		}
		rules := ""
		for _, c := range leaveChecks() {
			if len(c.Func(model.CheckInput{Record: r, Params: rule.Defaults(), Today: tt.today})) > 0 {
				rules += c.ID + " "
			}
		}
		if rules != tt.rules {
			t.Errorf("%v on %s: rules %q, want %q", tt.values, tt.today, rules, tt.rules)
		}
	}
}
