package text

import (
	"strconv"
	"time"

	"xiangzhen/model"
)

// FormatDay writes a day as documents do, without leading zeros: 2022年3月15日; ""
// for no day.
func FormatDay(d model.Day) string {
	if d == "" {
		return ""
	}
	t := d.Time()
	return strconv.Itoa(t.Year()) + "年" + strconv.Itoa(int(t.Month())) + "月" + strconv.Itoa(t.Day()) + "日"
}

// FormatMonth writes a month as documents do: 2026年11月; "" for none.
func FormatMonth(m model.Month) string {
	if m.First() == "" {
		return ""
	}
	t := m.First().Time()
	return strconv.Itoa(t.Year()) + "年" + strconv.Itoa(int(t.Month())) + "月"
}

// ParseMonth reads a month: 2026-11, 2026年11月, 202611, 1985.03, 11月, and a day
// for its month. A missing year comes from ref as in ParseDate. What spans more
// than a month, or less surely, is no month and comes back with a Doubt.
func ParseMonth(s string, ref model.Day) (model.Month, Doubt) {
	words, doubt := ParseDate(s, ref)
	switch {
	case words.IsZero(), doubt.Level == Ask, doubt.Level == Wrong:
		return "", doubt
	case words.Kind == model.DateFixed && words.Start != "" && words.Start.Month() == words.End.Month():
		return words.End.Month(), doubt
	}
	return "", Doubt{Level: Wrong, Message: "“" + Excerpt(s) + "”不是一个月份，请写成 2026-11 或 2026年11月。"}
}

// DueIn returns the day of the month on which something is due in the period: the
// last day for 0, and for a day that the month does not have (31 in November).
func DueIn(period model.Month, day int) model.Day {
	last := period.Last()
	if day <= 0 || last == "" || day > last.DayOfMonth() {
		return last
	}
	return period.First().Add(day - 1)
}

// daysIn returns the number of days of a month of the Gregorian calendar.
func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// isDay reports whether the calendar has the day.
func isDay(year, month, day int) bool {
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

// isoDay recognises 2006-01-02, the layout of most dates there are, quickly.
func isoDay(s string) (model.Day, bool) {
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return "", false
	}
	if !allDigits(s[:4]) || !allDigits(s[5:7]) || !allDigits(s[8:]) {
		return "", false
	}
	year, month, day := atoi(s[:4]), atoi(s[5:7]), atoi(s[8:])
	return model.Day(s), year >= firstYear && year <= lastYear && isDay(year, month, day)
}

// The years that a table of a township can mean; any other is a slip.
const (
	firstYear = 1900
	lastYear  = 2199
)

// atoi is the value of a short run of ASCII digits.
func atoi(digits string) int {
	n := 0
	for i := range len(digits) {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

// weekdayOf returns the day's weekday.
func weekdayOf(d model.Day) time.Weekday { return d.Time().Weekday() }
