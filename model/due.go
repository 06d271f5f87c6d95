package model

import "fmt"

// Roll says where a due day goes that nobody works on (遇节假日).
type Roll string

// The ways of a due day that falls on a weekend or a holiday.
const (
	RollLater   Roll = "顺延"  // the next working day
	RollEarlier Roll = "提前"  // the working day before
	RollNone    Roll = "不调整" // it stays
)

// Rolls returns the ways in the order offered.
func Rolls() []Roll { return []Roll{RollLater, RollEarlier, RollNone} }

// Calendar names the days that differ from the week: a weekday without work (休)
// is false, a Saturday or Sunday with work (班, 调休上班) is true.
type Calendar map[Day]bool

// IsWorkday reports whether people work on the day.
func (c Calendar) IsWorkday(d Day) bool {
	if work, named := c[d]; named {
		return work
	}
	w := int(d.Time().Weekday())
	return w >= 1 && w <= 5
}

// Roll moves a day to a working day. A calendar that knows none within the
// longest holidays leaves the day where it is.
func (c Calendar) Roll(d Day, r Roll) Day {
	step := map[Roll]int{RollLater: 1, RollEarlier: -1}[r]
	if d == "" || step == 0 {
		return d
	}
	const longest = 30
	for n := range longest {
		if at := d.Add(n * step); c.IsWorkday(at) {
			return at
		}
	}
	return d
}

// Due says when a form of a period is due (截止). The zero Due is the end of the
// last day of the period.
type Due struct {
	// Day counts within the period's last month where the period is a month or
	// longer (25 = the 25th), within the period where it is shorter (of a week:
	// 1 = Monday); 0, and a day that there is not, is the last.
	Day int
	// Next counts within the month, or the shorter period, that follows (次月5日前).
	Next bool
	// On is the day of a form that is asked for once; Day and Next play no part.
	On           Day
	Hour, Minute int // 24:00 is the end of the day
	Roll         Roll
}

// In returns the day on which a form of the period is due; "" for no period.
func (d Due) In(p Period, c Calendar) Day {
	if d.On != "" {
		return c.Roll(d.On, d.Roll)
	}
	frame := d.unit(p.Cadence()).Of(p.Last())
	if d.Next {
		frame = frame.Next()
	}
	day := frame.Last()
	if d.Day > 0 && frame.IsValid() {
		day = min(frame.First().Add(d.Day-1), day)
	}
	return c.Roll(day, d.Roll)
}

// unit returns the stretch of time that Day counts in.
func (Due) unit(c Cadence) Cadence {
	switch c {
	case Quarterly, HalfYearly, Yearly:
		return Monthly
	}
	return c
}

// Clock writes the time of day as people say it: 18时, 17时30分.
func (d Due) Clock() string {
	if d.Minute == 0 {
		return fmt.Sprintf("%d时", d.Hour)
	}
	return fmt.Sprintf("%d时%02d分", d.Hour, d.Minute)
}

// weekdays are the days of a week as Due.Day counts them.
var weekdays = []string{"周一", "周二", "周三", "周四", "周五", "周六", "周日"}

// Words says the due day of each period: 每月25日18时, 次月5日18时, 每周五17时30分.
func (d Due) Words(c Cadence) string {
	if d.On != "" {
		return string(d.On) + " " + d.Clock()
	}
	return d.every(c) + d.dayWords(c) + d.Clock()
}

func (d Due) every(c Cadence) string {
	switch {
	case c == Daily && d.Next:
		return "次日"
	case c == Daily, c == Once:
		return "当日"
	case c == Weekly && d.Next:
		return "次"
	case c == Weekly:
		return "每"
	case c == Quarterly, c == HalfYearly, c == Yearly:
		if d.Next {
			return c.Every() + "次月"
		}
		return c.Every() + "末月"
	case d.Next:
		return "次" + string(c)
	}
	return c.Every()
}

func (d Due) dayWords(c Cadence) string {
	switch {
	case c == Daily, c == Once:
		return ""
	case d.Day <= 0 && c == Weekly:
		return weekdays[len(weekdays)-1]
	case d.Day <= 0:
		return "最后一天"
	case c == Weekly:
		return weekdays[min(d.Day, len(weekdays))-1]
	case c == TenDays, c == HalfMonthly:
		return fmt.Sprintf("第%d天", d.Day)
	}
	return fmt.Sprintf("%d日", d.Day)
}

// MomentLayout writes a time of the local clock to the minute; moments compare as
// strings.
const MomentLayout = "2006-01-02T15:04"

// Moment returns the minute on the day by which a form is due, as MomentLayout
// writes it; "" for no day. The hour 24 is the end of the day; the zero time of
// day, which nobody asks for, is that too.
func (d Due) Moment(day Day) string {
	if day == "" {
		return ""
	}
	hour := d.Hour
	if hour == 0 && d.Minute == 0 {
		hour = 24
	}
	return fmt.Sprintf("%sT%02d:%02d", day, hour, d.Minute)
}
