package report

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// Attendance is the content of an attendance workbook (考勤): the month sheet of
// each village as on the paper, and the roll-up of the year (DOMAIN §1 c). Members
// stand in the order of the divisions and of the roster, never by days.
type Attendance struct {
	Unit, Filler string
	Period       model.Month
	Today        model.Day
	At           time.Time
	Demo         bool
	Params       model.Params
	Calendar     model.Calendar
	Villages     []Village
}

// Village is the team of one village.
type Village struct {
	Name    string
	Members []Attendee
}

// Attendee is a member with the lines of the year, by month; one without a line for
// a month has none there.
type Attendee struct {
	Name, Role string
	Term       model.DateWords // Start and End of the term, "" = open
	Lines      map[model.Month]*model.Record
}

// mostVillages is up to how many villages each has a sheet of its own; with more,
// as in a county, all stand on one.
const mostVillages = 60

// AttendanceBook lays the workbook out.
func AttendanceBook(a Attendance) *sheet.Out {
	title := a.Unit + "驻村工作队考勤表（" + text.FormatMonth(a.Period) + "）"
	out := &sheet.Out{Title: sheet.DemoTitle(title, a.Demo), Creator: a.Unit, Modified: a.At}
	if len(a.Villages) > mostVillages {
		out.Sheets = append(out.Sheets, a.month("考勤表", a.Unit, a.Villages))
	} else {
		for _, v := range a.Villages {
			out.Sheets = append(out.Sheets, a.month(v.Name, v.Name, []Village{v}))
		}
	}
	out.Sheets = append(out.Sheets, a.year())
	uniqueNames(out.Sheets)
	return out
}

// uniqueNames parts sheets of one name: two townships may each have a 石桥村.
func uniqueNames(sheets []sheet.OutSheet) {
	seen := map[string]int{}
	for i := range sheets {
		name := sheets[i].Name
		if seen[name]++; seen[name] > 1 {
			sheets[i].Name += strconv.Itoa(seen[name])
		}
	}
}

var sumHeaders = []column{{"驻村天数", 7}, {"公出（培训/协调项目）天数", 9}, {"请假天数", 7}, {"缺勤天数", 7}, {"本人签字", 10}}

// month is the month sheet: one line a member, one column a day of the month.
func (a Attendance) month(name, unit string, villages []Village) sheet.OutSheet {
	days := a.Period.Last().DayOfMonth()
	columns := []column{{"序号", 5}, {"姓名", 10}, {"驻村职务", 13}}
	for d := 1; d <= days; d++ {
		columns = append(columns, column{strconv.Itoa(d), 3.2})
	}
	columns = append(columns, sumHeaders...)
	title := sheet.DemoTitle(unit+"驻村工作队考勤表（"+text.FormatMonth(a.Period)+"）", a.Demo)
	out := a.frame(name, title, columns)
	seq := 0
	for _, v := range villages {
		for _, m := range v.Members {
			if line := m.Lines[a.Period]; line != nil || m.inMonth(a.Period) {
				seq++
				out.Rows = append(out.Rows, sheet.OutRow{Height: 22, Cells: a.monthRow(seq, m, line)})
			}
		}
	}
	out.AddLine("说明："+a.legend(), sheet.LineStyle, sheet.LineHeight, 1, len(columns))
	out.AddLine("村党组织书记（签字）：　　　　　　驻村工作队队长（签字）：　　　　　　乡镇党委（盖章）：", sheet.LineStyle, sheet.SignHeight, 1, len(columns))
	return out
}

func (m Attendee) inMonth(month model.Month) bool {
	return m.Term.Start <= month.Last() && (m.Term.End == "" || m.Term.End >= month.First())
}

func (a Attendance) monthRow(seq int, m Attendee, line *model.Record) []sheet.OutCell {
	cells := []sheet.OutCell{sheet.NumberCell(strconv.Itoa(seq), styleNumber), sheet.TextCell(m.Name, styleNumber), sheet.TextCell(m.Role, styleNumber)}
	marks := a.marks()
	for d := 1; d <= a.Period.Last().DayOfMonth(); d++ {
		cells = append(cells, sheet.TextCell(marks[line.Get(ledgers.DayField(d)).Text], styleNumber))
	}
	if line == nil {
		for range sumHeaders {
			cells = append(cells, sheet.TextCell("", styleNumber))
		}
		return cells
	}
	c := ledgers.CountDays(line, a.Today)
	for _, n := range []int{c.Resident, c.Errand, c.Leave, c.Absent} {
		cells = append(cells, sheet.NumberCell(strconv.Itoa(n), styleNumber))
	}
	return append(cells, sheet.TextCell(line.Get("signed").Text, styleNumber))
}

// DaySign is a mark of a day with the sign that a county writes for it.
type DaySign struct{ Mark, Sign, Word string }

// markOrder is the order of the marks in parameter attendance.marks.
var markOrder = []DaySign{
	{ledgers.MarkResident, "", "驻村"}, {ledgers.MarkErrand, "", "公出、会议"}, {ledgers.MarkPersonal, "", "事假"}, {ledgers.MarkSick, "", "病假"},
	{ledgers.MarkRest, "", "休假"}, {ledgers.MarkAbsent, "", "缺勤"}, {ledgers.MarkOff, "", "双休、节假日"},
}

// DaySigns are the marks in the order of the legend with the county's signs; a sign
// it leaves out is the shipped one.
func DaySigns(params model.Params) []DaySign {
	own, shipped := strings.Split(params[rule.AttendanceMarks], "、"), strings.Split(rule.Defaults()[rule.AttendanceMarks], "、")
	out := slices.Clone(markOrder)
	for i := range out {
		out[i].Sign = shipped[i]
		if i < len(own) && strings.TrimSpace(own[i]) != "" {
			out[i].Sign = strings.TrimSpace(own[i])
		}
	}
	return out
}

// marks are the county's signs by mark.
func (a Attendance) marks() map[string]string {
	out := map[string]string{}
	for _, s := range DaySigns(a.Params) {
		out[s.Mark] = s.Sign
	}
	return out
}

func (a Attendance) legend() string {
	var words []string
	for _, s := range DaySigns(a.Params) {
		words = append(words, s.Sign+" "+s.Word)
	}
	return strings.Join(words, "　") + "。"
}

// YearLine is a member's year: the days that count by month, their sum, and what is
// asked for.
type YearLine struct {
	Months   [12]int
	Has      [12]bool // whether the month has a line
	Sum      int
	Required int
}

// RollUp adds up a member's year to the end of a month (全年驻村天数). What is asked
// for is the county's number of days, or its share of the working days, for a whole
// year in office; of a shorter term, the part of it, rounded up.
func RollUp(m Attendee, upTo model.Month, today model.Day, params model.Params, calendar model.Calendar) YearLine {
	var out YearLine
	first := model.NewDay(upTo.First().Year(), 1, 1)
	for i := range out.Months {
		month := first.Month().Add(i)
		line := m.Lines[month]
		if line == nil || month > upTo {
			continue
		}
		out.Has[i] = true
		out.Months[i] = ledgers.CountDays(line, today).Counted(params.On(rule.ErrandsCount))
		out.Sum += out.Months[i]
	}
	out.Required = required(m, first, params, calendar)
	return out
}

// required is the number of days asked for in the year that begins on a day.
func required(m Attendee, first model.Day, params model.Params, calendar model.Calendar) int {
	last := model.NewDay(first.Year(), 12, 31)
	from, to := max(first, m.Term.Start), last
	if m.Term.End != "" {
		to = min(last, m.Term.End)
	}
	if to < from {
		return 0
	}
	if share := params.Int(rule.YearShare); share > 0 {
		return (workdays(from, to, calendar)*share + 99) / 100
	}
	days, whole := to.Sub(from)+1, last.Sub(first)+1
	return (params.Int(rule.YearDays)*days + whole - 1) / whole
}

// workdays counts the working days of a span. Whole weeks count five each; the
// calendar's own days are put right after.
func workdays(from, to model.Day, calendar model.Calendar) int {
	days := to.Sub(from) + 1
	n := days / 7 * 5
	plain := model.Calendar(nil)
	for i := days / 7 * 7; i < days; i++ {
		if plain.IsWorkday(from.Add(i)) {
			n++
		}
	}
	for day, work := range calendar {
		if day < from || day > to || work == plain.IsWorkday(day) {
			continue
		}
		if work {
			n++
		} else {
			n--
		}
	}
	return n
}

// year is the roll-up of the year to the month of the report.
func (a Attendance) year() sheet.OutSheet {
	columns := []column{{"序号", 5}, {"村", 10}, {"姓名", 10}}
	for m := 1; m <= 12; m++ {
		columns = append(columns, column{strconv.Itoa(m) + "月", 6})
	}
	columns = append(columns, column{"全年驻村天数", 9}, column{"要求天数", 9}, column{"差额", 8})
	title := sheet.DemoTitle(a.Unit+"驻村工作队"+string(a.Period[:4])+"年考勤汇总（截至"+text.FormatMonth(a.Period)+"）", a.Demo)
	out := a.frame("全年汇总", title, columns)
	seq := 0
	for _, v := range a.Villages {
		for _, m := range v.Members {
			seq++
			out.Rows = append(out.Rows, sheet.OutRow{Height: 22, Cells: yearRow(seq, v.Name, m.Name, RollUp(m, a.Period, a.Today, a.Params, a.Calendar))})
		}
	}
	out.AddLine(sheet.SignLine, sheet.LineStyle, sheet.SignHeight, 1, len(columns))
	return out
}

func yearRow(seq int, village, name string, y YearLine) []sheet.OutCell {
	cells := []sheet.OutCell{sheet.NumberCell(strconv.Itoa(seq), styleNumber), sheet.TextCell(village, styleNumber), sheet.TextCell(name, styleNumber)}
	for i, n := range y.Months {
		if !y.Has[i] {
			cells = append(cells, sheet.TextCell("", styleNumber))
			continue
		}
		cells = append(cells, sheet.NumberCell(strconv.Itoa(n), styleNumber))
	}
	for _, n := range []int{y.Sum, y.Required, y.Sum - y.Required} {
		cells = append(cells, sheet.NumberCell(strconv.Itoa(n), styleNumber))
	}
	return cells
}

// frame is the frame of a report (Summary.frame) for this workbook.
func (a Attendance) frame(name, title string, columns []column) sheet.OutSheet {
	return Summary{Unit: a.Unit, Filler: a.Filler, Today: a.Today}.frame(name, title, columns)
}
