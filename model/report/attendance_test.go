package report

import (
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
)

func line(month model.Month, resident, errands int) *model.Record {
	r := model.NewRecord(ledgers.Attendance, string(month))
	r.Put("period", model.Text(string(month)))
	for d := 1; d <= month.Last().DayOfMonth(); d++ {
		mark := ledgers.MarkOff
		if d <= resident {
			mark = ledgers.MarkResident
		} else if d <= resident+errands {
			mark = ledgers.MarkErrand
		}
		r.Put(ledgers.DayField(d), model.Text(mark))
	}
	return r
}

func attendee(name, role string, lines ...*model.Record) Attendee {
	m := Attendee{Name: name, Role: role, Term: model.DateWords{Start: "2025-01-01"}, Lines: map[model.Month]*model.Record{}}
	for _, l := range lines {
		m.Lines[model.Month(l.Get("period").Text)] = l
	}
	return m
}

func book(villages ...Village) Attendance {
	return Attendance{Unit: "甲镇", Filler: "张示例一", Period: "2026-02", Today: "2026-11-22", At: time.Unix(1e9, 0), Params: rule.Defaults(), Villages: villages}
}

// TestAttendanceBook holds the sheets against the paper form (DOMAIN §1 c).
func TestAttendanceBook(t *testing.T) {
	out := AttendanceBook(book(
		Village{"石桥村", []Attendee{attendee("张示例一", "第一书记", line("2026-01", 22, 1), line("2026-02", 20, 2)), attendee("李示例二", "工作队员")}},
		Village{"石桥村", []Attendee{attendee("王示例三", "工作队员", line("2026-02", 19, 0))}}))
	if len(out.Sheets) != 3 || out.Sheets[0].Name != "石桥村" || out.Sheets[1].Name != "石桥村2" || out.Sheets[2].Name != "全年汇总" {
		t.Fatalf("%d sheets", len(out.Sheets))
	}
	month := out.Sheets[0]
	header := words(month, 3)
	if !strings.HasPrefix(header, "序号 姓名 驻村职务 1 2 3") || !strings.HasSuffix(header, " 28 驻村天数 公出（培训/协调项目）天数 请假天数 缺勤天数 本人签字") {
		t.Errorf("header %s", header)
	}
	if got := words(month, 4); !strings.HasPrefix(got, "1 张示例一 第一书记 √ √") || !strings.HasSuffix(got, " △ △ — — — — — — 20 2 0 0 ") {
		t.Errorf("line %s", got)
	}
	if got := words(month, 5); !strings.HasPrefix(got, "2 李示例二 工作队员  ") {
		t.Errorf("who has no line stands there blank: %s", got)
	}
	if got := words(month, 6) + words(month, 7); !strings.Contains(got, "√ 驻村　△ 公出、会议") || !strings.Contains(got, "村党组织书记（签字）") {
		t.Errorf("foot %s", got)
	}
	year := out.Sheets[2]
	if got := words(year, 3); got != "序号 村 姓名 1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月 全年驻村天数 要求天数 差额" {
		t.Errorf("header %s", got)
	}
	if got := words(year, 4); !strings.HasPrefix(got, "1 石桥村 张示例一 23 22 ") || !strings.HasSuffix(got, " 45 200 -155") {
		t.Errorf("line %s", got)
	}
	for _, s := range out.Sheets {
		if !s.Print.Landscape || s.Print.RepeatTo != 3 {
			t.Errorf("%s: print %+v", s.Name, s.Print)
		}
	}
}

func TestAttendanceBook_ACountyHasOneSheet(t *testing.T) {
	many := make([]Village, mostVillages+1)
	if out := AttendanceBook(book(many...)); len(out.Sheets) != 2 {
		t.Errorf("a county has %d sheets", len(out.Sheets))
	}
}

func TestMarks_AreTheCountys(t *testing.T) {
	a := book(Village{"青山村", []Attendee{attendee("张示例一", "第一书记", line("2026-02", 1, 1))}})
	a.Params[rule.AttendanceMarks] = "在、出"
	if got := words(AttendanceBook(a).Sheets[0], 4); !strings.HasPrefix(got, "1 张示例一 第一书记 在 出 — —") {
		t.Errorf("line %s", got)
	}
}

func TestRollUp(t *testing.T) {
	m := attendee("张示例一", "队员", line("2026-01", 20, 2), line("2026-03", 21, 0), line("2026-04", 25, 0))
	y := RollUp(m, "2026-03", "2026-11-22", rule.Defaults(), nil)
	if y.Sum != 43 || y.Months[0] != 22 || y.Has[1] || !y.Has[2] || y.Has[3] || y.Required != 200 {
		t.Errorf("%+v", y)
	}
	params := rule.Defaults()
	params[rule.ErrandsCount] = "否"
	if y := RollUp(m, "2026-03", "2026-11-22", params, nil); y.Sum != 41 {
		t.Errorf("errands do not count: %d", y.Sum)
	}
	m.Term = model.DateWords{Start: "2026-07-01", End: "2026-07-31"}
	if y := RollUp(m, "2026-12", "2026-12-31", rule.Defaults(), nil); y.Required != 17 { // 200 × 31 / 365, rounded up
		t.Errorf("a month in office: %d", y.Required)
	}
	m.Term = model.DateWords{Start: "2024-07-01", End: "2025-07-31"}
	if y := RollUp(m, "2026-12", "2026-12-31", rule.Defaults(), nil); y.Required != 0 {
		t.Errorf("not in office: %d", y.Required)
	}
}

func TestWorkdays(t *testing.T) {
	calendar := model.Calendar{"2026-10-01": false, "2026-10-02": false, "2026-10-10": true, "2026-10-03": false, "2025-01-01": false}
	for _, tt := range []struct {
		from, to model.Day
		want     int
	}{{"2026-10-01", "2026-10-31", 21}, {"2026-10-01", "2026-10-02", 0}, {"2026-10-10", "2026-10-10", 1}, {"2026-11-01", "2026-11-30", 21}} {
		if got := workdays(tt.from, tt.to, calendar); got != tt.want {
			t.Errorf("%s to %s: %d, want %d", tt.from, tt.to, got, tt.want)
		}
	}
	params := rule.Defaults()
	params[rule.YearShare] = "67"
	if y := RollUp(attendee("张示例一", ""), "2026-12", "2026-12-31", params, nil); y.Required != 175 { // 261 working days
		t.Errorf("two thirds of the working days: %d", y.Required)
	}
}

func TestTables(t *testing.T) {
	l := model.NewCatalog(ledgers.All()...).Ledger(ledgers.Project)
	p := func(village, kind string, budget, allotted, paid int64) *model.Record {
		r := model.NewRecord(ledgers.Project, village+kind)
		r.Put("village", model.Reference("", village))
		r.Put("kind", model.Text(kind))
		for k, n := range map[string]int64{"budget": budget, "allotted": allotted, "paid": paid} {
			r.Put(k, model.Int(n))
		}
		return r
	}
	table := Projects([]string{"青山村", "白石村"}, []*model.Record{p("白石村", "就业", 1, 1, 0), p("青山村", "产业", 171771233, 3, 1), p("青山村", "产业", 1, 3, 1)}, l)
	if len(table.Rows) != 2 || table.Rows[0][3] != "2" || table.Rows[0][4] != "17177.1234" || table.Rows[0][len(table.Columns)-1] != "33.33" || table.Sum[4] != "17177.1235" || table.Sum[3] != "3" {
		t.Errorf("%v %v", table.Rows, table.Sum)
	}
	h := model.NewRecord(ledgers.Household, "h")
	h.Put("householder", model.Text("赵示例一"))
	c := Coverage([]*model.Record{h, model.NewRecord(ledgers.Household, "g")}, map[string]map[model.Month]int{"h": {"2026-02": 2}}, "2026-03")
	if got := strings.Join(c.Rows[0], " "); got != "1   赵示例一  √  2" || strings.Join(c.Sum, " ") != " 覆盖率   0% 50% 0% 2" {
		t.Errorf("%q %q", got, strings.Join(c.Sum, " "))
	}
	params := rule.Defaults()
	params[rule.SubsidyPerDay] = "80"
	s := Subsidies([]Village{{"青山村", []Attendee{attendee("张示例一", "队员", line("2026-02", 20, 1))}}}, "2026-02", "2026-11-22", params)
	if got := strings.Join(s.Rows[0], " "); got != "1 青山村 张示例一 队员 21 80 1680 " || s.Sum[6] != "1680" {
		t.Errorf("%q %v", got, s.Sum)
	}
	s.Demo = true
	out := s.Book()
	if !strings.Contains(out.Title, "演示数据") || out.Sheets[0].Rows[3].Cells[6].Kind != sheet.Number {
		t.Errorf("%s", out.Title)
	}
}
