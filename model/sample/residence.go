package sample

import (
	"regexp"
	"strconv"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// attendedMonths is for how many whole months the teams' attendance is kept.
const attendedMonths = 3

// absence is a line of leave.csv: an absence that begins on a Monday.
type absence struct {
	village, kind, reason, destination, approvedBy string
	nth, monthsAgo, week, days                     int
	back                                           bool
}

// shortMonth is a line of attendance.csv: a member with fewer days than asked for.
type shortMonth struct {
	village              string
	nth, monthsAgo, days int
}

// diary is a line of member_log.csv.
type diary struct {
	village, weather, at, place, content, solved, problem, next string
	nth                                                         int
	ago                                                         string // days, or 上月
}

func (d *data) readAbsence(l line) {
	d.absences = append(d.absences, absence{
		village: l.text("村"), nth: l.number("第几名队员"), monthsAgo: l.number("几个月前"), week: l.number("第几周"), days: l.number("天数"),
		kind: l.text("请假类别"), reason: l.text("请假事由"), destination: l.text("去向"), approvedBy: l.text("审批机关"), back: l.yes("已销假"),
	})
}

func (d *data) readShortMonth(l line) {
	d.short = append(d.short, shortMonth{village: l.text("村"), nth: l.number("第几名队员"), monthsAgo: l.number("几个月前"), days: l.number("驻村天数")})
}

func (d *data) readDiary(l line) {
	d.diaries = append(d.diaries, diary{
		village: l.text("村"), nth: l.number("第几名队员"), ago: l.text("几天前"), weather: l.text("天气"), at: l.text("所到村"), place: l.text("地点"),
		content: l.text("工作内容"), solved: l.text("解决的问题"), problem: l.text("存在困难"), next: l.text("下步计划"),
	})
}

// member returns the nth member of a village's team, counted from 1; nil if there
// is none.
func (b *builder) member(village string, nth int) *model.Record {
	team := b.teams[village]
	if nth < 1 || nth > len(team) {
		return nil
	}
	return team[nth-1]
}

var memberForm = regexp.MustCompile(`^(.+村)队员(\d)$`)

// memberNamed reads 黄泥村队员4.
func (b *builder) memberNamed(words string) *model.Record {
	m := memberForm.FindStringSubmatch(words)
	if m == nil {
		return nil
	}
	return b.member(m[1], atoi(m[2]))
}

// addResidence adds what the teams did: absences, attendance, diaries.
func (b *builder) addResidence() error {
	away := map[string]map[model.Day]string{} // member → day → mark
	for _, row := range b.data.absences {
		if err := b.addAbsence(row, away); err != nil {
			return err
		}
	}
	short := map[string]int{}
	for _, row := range b.data.short {
		m := b.member(row.village, row.nth)
		if m == nil {
			return noMember("attendance.csv", row.village, row.nth)
		}
		short[m.ID+string(b.month(-row.monthsAgo))] = row.days
	}
	for _, v := range b.town(DefaultUnit).below {
		for _, m := range b.teams[v.name] {
			if m.Get("to").End < b.words.today {
				continue
			}
			for ago := attendedMonths; ago > 0; ago-- {
				b.addSheetLine(v, m, b.month(-ago), away[m.ID], short[m.ID+string(b.month(-ago))])
			}
		}
	}
	for i, row := range b.data.diaries {
		if err := b.addDiary(i, row); err != nil {
			return err
		}
	}
	return nil
}

func noMember(file, village string, nth int) error {
	return model.Errorf(model.CodeInvalid, "演示数据 %s 里“%s”没有第 %d 名队员。", file, village, nth)
}

// leaveMarks are the marks of kinds of absence on the month sheet.
var leaveMarks = map[string]string{"事假": ledgers.MarkPersonal, "病假": ledgers.MarkSick, "年休假": ledgers.MarkRest}

func (b *builder) addAbsence(row absence, away map[string]map[model.Day]string) error {
	m := b.member(row.village, row.nth)
	if m == nil {
		return noMember("leave.csv", row.village, row.nth)
	}
	start := monday(b.month(-row.monthsAgo), row.week)
	end := start.Add(row.days - 1)
	span, err := b.words.read(string(start) + "至" + string(end))
	if err != nil {
		return err
	}
	rec := b.add(ledgers.Leave, idOf(ledgers.Leave, m.ID, strconv.Itoa(row.monthsAgo), strconv.Itoa(row.week)), m.Area)
	rec.Put("member", refTo(m, "name"))
	rec.Put("reason", model.Text(row.reason))
	rec.Put("span", span)
	rec.Put("days", model.Int(int64(row.days)*10))
	rec.Put("destination", model.Text(row.destination))
	rec.Put("approved_on", model.OnDay(start.Add(-2)))
	if row.back {
		rec.Put("back_on", model.OnDay(end.Add(1)))
	}
	if away[m.ID] == nil {
		away[m.ID] = map[model.Day]string{}
	}
	for d := start; d <= end; d = d.Add(1) {
		away[m.ID][d] = leaveMarks[row.kind]
	}
	for key, word := range map[string]string{"kind": row.kind, "approved_by": row.approvedBy, "opinion": "同意"} {
		if err := b.pick(rec, key, word); err != nil {
			return err
		}
	}
	return nil
}

// monday is the nth Monday of a month.
func monday(m model.Month, nth int) model.Day {
	first := m.First()
	return first.Add((8-int(first.Time().Weekday()))%7 + 7*(nth-1))
}

// addSheetLine adds a member's line of a month: weekdays and most Saturdays in the
// village, some days on an errand, absences as registered. With short given, only
// that many days count.
func (b *builder) addSheetLine(v *place, m *model.Record, month model.Month, away map[model.Day]string, short int) {
	rec := b.add(ledgers.Attendance, idOf(ledgers.Attendance, m.ID, strconv.Itoa(monthsBetween(month, b.words.today.Month()))), m.Area)
	rec.Put("member", refTo(m, "name"))
	rec.Put("village", v.ref())
	rec.Put("period", model.Text(string(month)))
	counted := 0
	for day := month.First(); day <= month.Last(); day = day.Add(1) {
		if day < m.Get("from").Start {
			continue
		}
		mark := away[day]
		if mark == "" {
			mark = usualMark(day)
		}
		if counts := mark == ledgers.MarkResident || mark == ledgers.MarkErrand; counts && short > 0 && counted == short {
			mark = ledgers.MarkOff
		} else if counts {
			counted++
		}
		rec.Put(ledgers.DayField(day.DayOfMonth()), model.Text(mark))
	}
}

// usualMark is what most people do on a day: Sundays off, the tenth on an errand.
func usualMark(day model.Day) string {
	switch {
	case day.Time().Weekday() == 0:
		return ledgers.MarkOff
	case day.DayOfMonth() == 10:
		return ledgers.MarkErrand
	}
	return ledgers.MarkResident
}

func monthsBetween(from, to model.Month) int {
	n := 0
	for ; from < to; from = from.Add(1) {
		n++
	}
	return n
}

// lastMonth is the word of member_log.csv for the second Tuesday of last month,
// when everybody is marked as resident.
const lastMonth = "上月"

func (b *builder) addDiary(i int, row diary) error {
	m := b.member(row.village, row.nth)
	if m == nil {
		return noMember("member_log.csv", row.village, row.nth)
	}
	at, err := b.villageOf(row.at)
	if err != nil {
		return err
	}
	content, err := b.words.fill(row.content, nil)
	if err != nil {
		return err
	}
	day := b.words.today.Add(-atoi(row.ago))
	if row.ago == lastMonth {
		day = usualTuesday(b.month(-1))
	}
	rec := b.add(ledgers.MemberLog, idOf(ledgers.MemberLog, strconv.Itoa(i)), at.id)
	rec.Put("log_on", model.OnDay(day))
	rec.Put("member", refTo(m, "name"))
	rec.Put("village", at.ref())
	for key, s := range map[string]string{"weather": row.weather, "place": row.place, "content": content, "solved": row.solved, "problem": row.problem, "next_step": row.next} {
		rec.Put(key, model.Text(s))
	}
	return nil
}

// usualTuesday is a Tuesday of a month on which nobody has an errand.
func usualTuesday(m model.Month) model.Day {
	day := monday(m, 2).Add(1)
	if day.DayOfMonth() == 10 {
		return day.Add(1)
	}
	return day
}
