package ledgers

import (
	"strconv"

	"xiangzhen/model"
)

// Marks of a day on an attendance sheet (考勤符号), as kept.
const (
	MarkResident = "resident" // √ 驻村
	MarkErrand   = "errand"   // △ 公出: a meeting, training, an errand for a project
	MarkPersonal = "personal" // ○ 事假
	MarkSick     = "sick"     // ☆ 病假
	MarkRest     = "rest"     // ＋ 休假
	MarkAbsent   = "absent"   // × 缺勤
	MarkOff      = "off"      // — 双休、节假日
)

// attendance is the month sheet of the resident teams (考勤表): a line is one member
// in one month, a column one day, as on the paper (DOMAIN §1 c). Each day is a field
// of its own: so days import by their headers, two sheets merge day by day, and the
// grid is the sheet. The four sums of the paper are derived. Nobody checks in:
// the marks are those of the sign book (签到簿) kept in the village.
func attendance() *model.Ledger {
	return &model.Ledger{
		Key: Attendance, Label: "考勤表", Group: groupTeam,
		Synonyms: []string{"驻村考勤表", "驻村干部考勤表", "工作队考勤表", "考勤", "驻村工作队员考勤表"},
		Title:    "member", AreaFrom: []string{"member", "village"},
		Match:   [][]string{{"member", "period"}},
		Fields:  attendanceFields(),
		Derived: attendanceDerived(),
		Derive:  &model.Derivation{Func: deriveAttendance},
		Checks:  attendanceChecks(),
	}
}

func attendanceFields() []model.Field {
	fields := []model.Field{
		{Key: "member", Label: "姓名", Kind: model.KindRef, Ref: ownedBy(Team), Required: true, Index: true, Width: 10,
			Synonyms: []string{"队员姓名", "驻村干部姓名", "驻村干部"}},
		{Key: "period", Label: "月份", Kind: model.KindMonth, Required: true, Index: true, Synonyms: []string{"考勤月份", "年月"}},
		{Key: "village", Label: "驻村", Kind: model.KindRef, Ref: refTo(Area), Index: true,
			Synonyms: []string{"村", "所驻村", "行政村", "驻点村"}},
	}
	for day := 1; day <= mostDays; day++ {
		n := strconv.Itoa(day)
		fields = append(fields, model.Field{Key: DayField(day), Label: n, Kind: model.KindEnum, Options: marks(), Width: 3,
			Synonyms: []string{n + "日", n + "号"}})
	}
	return append(fields, model.Field{Key: "signed", Label: "本人签字", Kind: model.KindText, Synonyms: []string{"签字", "本人签名"}}, remark())
}

// mostDays is the number of day columns of a month sheet.
const mostDays = 31

// DayField is the key of the field of a day of the month, from 1.
func DayField(day int) string {
	if 0 < day && day < len(dayFields) {
		return dayFields[day]
	}
	return "d" + strconv.Itoa(day)
}

// dayFields are the fields of the days of a month, by day.
var dayFields = func() (fields [32]string) {
	for n := range fields {
		fields[n] = "d" + strconv.Itoa(n)
	}
	return fields
}()

// marks are the choices of a day: the sign of the paper, and what sheets write in
// its place.
func marks() []model.Option {
	return []model.Option{
		keyed(MarkResident, "√", "驻村", "在岗", "在村", "出勤", "到岗", "全勤"),
		keyed(MarkErrand, "△", "▲", "公出", "出差", "会议", "培训", "开会", "公差"),
		keyed(MarkPersonal, "○", "〇", "●", "事假", "事"),
		keyed(MarkSick, "☆", "★", "病假", "病"),
		keyed(MarkRest, "＋", "休假", "年休假", "年休", "调休", "轮休", "婚假", "产假", "丧假"),
		keyed(MarkAbsent, "×", "缺勤", "旷工", "旷", "缺"),
		keyed(MarkOff, "—", "－", "双休", "节假日", "周末", "休息", "公休", "休"),
	}
}

func attendanceDerived() []model.Field {
	days := func(key, label, help string) model.Field {
		return model.Field{Key: key, Label: label, Kind: model.KindInteger, Unit: "天", Help: help}
	}
	return []model.Field{
		days("resident_days", "驻村天数", ""),
		days("errand_days", "公出天数", "培训、会议、协调项目。"),
		days("leave_days", "请假天数", "事假、病假、休假。"),
		days("absent_days", "缺勤天数", ""),
		days("counted_days", "计入驻村天数", "驻村天数；公出视同驻村的，加上公出天数。"),
		days("unmarked_days", "未填天数", "到今天为止还没有填的日子。"),
	}
}

// DayCounts are the sums of one line of a month sheet.
type DayCounts struct {
	Resident, Errand, Leave, Absent int
	Unmarked                        int // days up to today without a mark
}

// Counted is the number of days that count as resident (计入驻村天数).
func (c DayCounts) Counted(errandsCount bool) int {
	if errandsCount {
		return c.Resident + c.Errand
	}
	return c.Resident
}

// CountDays sums the marks of a line over the days its month has. Days later than
// today are not missed.
func CountDays(r *model.Record, today model.Day) DayCounts {
	var c DayCounts
	eachDay(r, func(day model.Day, mark string) {
		switch mark {
		case MarkResident:
			c.Resident++
		case MarkErrand:
			c.Errand++
		case MarkPersonal, MarkSick, MarkRest:
			c.Leave++
		case MarkAbsent:
			c.Absent++
		case "":
			if day <= today {
				c.Unmarked++
			}
		}
	})
	return c
}

// eachDay calls fn for the days of the line's month with their mark, "" for none.
func eachDay(r *model.Record, fn func(day model.Day, mark string)) {
	first := model.Month(r.Get("period").Text).First()
	if first == "" {
		return
	}
	last := first.Month().Last().DayOfMonth()
	month := string(first[:len("2006-01-")])
	for n := 1; n <= last; n++ {
		// A year of 2,000 people has 730,000 days: none is parsed and formatted again.
		fn(model.Day(month+twoDigits(n)), r.Get(DayField(n)).Text)
	}
}

func twoDigits(n int) string { return string([]byte{'0' + byte(n/10), '0' + byte(n%10)}) }

// MarkOn returns the mark of a day; "" if the line is about another month.
func MarkOn(r *model.Record, day model.Day) string {
	if day == "" || string(day.Month()) != r.Get("period").Text {
		return ""
	}
	return r.Get(DayField(day.DayOfMonth())).Text
}
