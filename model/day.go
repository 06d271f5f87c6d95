package model

import (
	"cmp"
	"time"
)

// Day is a calendar day written "2006-01-02"; "" is no day. Days compare and
// sort as strings, which is why they are kept so in the database as well.
type Day string

const dayLayout = "2006-01-02"

// NewDay returns the day of the given year, month and day of month, or "" where
// the calendar has no such day (30 February).
func NewDay(year, month, day int) Day {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || int(t.Month()) != month || t.Day() != day || year < 1 || year > 9999 {
		return ""
	}
	return Day(t.Format(dayLayout))
}

// DayOf returns the calendar day of t in t's own time zone.
func DayOf(t time.Time) Day { return Day(t.Format(dayLayout)) }

// ParseDay reads "2006-01-02" strictly. For what people write see text.ParseDate.
func ParseDay(s string) (Day, bool) {
	t, err := time.Parse(dayLayout, s)
	if err != nil {
		return "", false
	}
	return Day(t.Format(dayLayout)), true
}

// Time returns midnight UTC of the day; the zero time for no day.
func (d Day) Time() time.Time {
	t, err := time.Parse(dayLayout, string(d))
	if err != nil {
		return time.Time{}
	}
	return t
}

// Add returns the day n days later (earlier for negative n); no day stays none.
func (d Day) Add(n int) Day {
	if d == "" {
		return ""
	}
	return DayOf(d.Time().AddDate(0, 0, n))
}

// Sub returns the number of days from other to d; 0 if either is no day.
func (d Day) Sub(other Day) int {
	if d == "" || other == "" {
		return 0
	}
	return int(d.Time().Sub(other.Time()) / (24 * time.Hour))
}

// Year, Month and Day of month; 0 for no day.
func (d Day) Year() int { return part(d, func(t time.Time) int { return t.Year() }) }

// Month returns the month as "2006-01"; "" for no day.
func (d Day) Month() Month {
	if len(d) < 7 {
		return ""
	}
	return Month(d[:7])
}

// DayOfMonth returns 1 to 31, or 0 for no day.
func (d Day) DayOfMonth() int { return part(d, func(t time.Time) int { return t.Day() }) }

func part(d Day, f func(time.Time) int) int {
	if d == "" {
		return 0
	}
	return f(d.Time())
}

// Month is a calendar month written "2006-01"; "" is none. A month is also the
// period (期间) of a monthly form.
type Month string

// First returns the first day of the month.
func (m Month) First() Day {
	d, ok := ParseDay(string(m) + "-01")
	if !ok {
		return ""
	}
	return d
}

// Last returns the last day of the month.
func (m Month) Last() Day {
	if m == "" {
		return ""
	}
	return DayOf(m.First().Time().AddDate(0, 1, -1))
}

// Add returns the month n months later (earlier for negative n).
func (m Month) Add(n int) Month {
	if m == "" {
		return ""
	}
	return DayOf(m.First().Time().AddDate(0, n, 0)).Month()
}

// DateKind says how a date in words is meant.
type DateKind string

// The kinds of a date in words (完成时限). The zero kind means "no date".
const (
	DateFixed    DateKind = "fixed"    // 定时: a day or a span that ends
	DatePeriodic DateKind = "periodic" // 周期: 每月25日前
	DateLongTerm DateKind = "longterm" // 长期: 长期坚持, 持续推进
	DateAtOnce   DateKind = "atonce"   // 立即: 立行立改
)

// DateWords is a date as people write it: the raw words, the span they mean and
// the kind. 2022年3月 is a span of a month; a precise day has Start == End. For a
// periodic date Start and End are the next occurrence after the day on which it
// was read; the words rule. A long-term date has no span.
type DateWords struct {
	Text       string
	Start, End Day
	Kind       DateKind
}

// IsZero reports whether there is no date at all.
func (d DateWords) IsZero() bool { return d.Text == "" && d.End == "" && d.Kind == "" }

// CompareDays orders days with no day last.
func CompareDays(a, b Day) int {
	if (a == "") != (b == "") {
		if a == "" {
			return 1
		}
		return -1
	}
	return cmp.Compare(a, b)
}
