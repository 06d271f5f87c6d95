package text

import (
	"slices"
	"strings"

	"xiangzhen/model"
)

// cycle is when something periodic falls due.
type cycle struct {
	months   int   // length in months: 1, 3, 6, 12; 0 for weeks and days
	inMonths []int // which months of the cycle, from 1
	days     []int // days of the month; 0 = the last
	weekdays []int // 1 = Monday … 7 = Sunday, for weeks
	daily    bool
}

// NextOccurrence returns the day on or after today on which a periodic date
// (每月25日前) next falls due: the end of the week, month, quarter, half-year or
// year where the words name no day. It is "" for dates of other kinds and for
// cycles without a fixed start (每两周).
func NextOccurrence(w model.DateWords, today model.Day) model.Day {
	if w.Kind != model.DatePeriodic {
		return ""
	}
	c, ok := parseCycle(foldDate(w.Text))
	if !ok {
		return ""
	}
	return c.next(today)
}

func (c cycle) next(today model.Day) model.Day {
	switch {
	case today == "":
		return ""
	case c.daily:
		return today
	case c.months > 0:
		return c.nextInMonths(today)
	}
	best := model.Day("")
	for _, w := range c.weekdays {
		due := today.Add((w - int(weekdayOf(today)) + 7) % 7)
		if best == "" || due < best {
			best = due
		}
	}
	return best
}

func (c cycle) nextInMonths(today model.Day) model.Day {
	for i := range 13 {
		m := today.Month().Add(i)
		if !slices.Contains(c.inMonths, (monthOf(m.First())-1)%c.months+1) {
			continue
		}
		best := model.Day("")
		for _, day := range c.days {
			if due := DueIn(m, day); due >= today && (best == "" || due < best) {
				best = due
			}
		}
		if best != "" {
			return best
		}
	}
	return ""
}

// parseCycle reads folded words that begin with 每 or 按: 每月25日, 每季度末, 每周5,
// 每半年, 每年6月、12月底, 按月.
func parseCycle(s string) (cycle, bool) {
	s = trimPrefixes(s, openings)
	rest, ok := strings.CutPrefix(s, "每")
	if !ok {
		if rest, ok = strings.CutPrefix(s, "按"); !ok {
			return cycle{}, false
		}
	}
	rest = strings.TrimPrefix(rest, "个")
	for _, k := range cycleKinds {
		if after, ok := strings.CutPrefix(rest, k.word); ok {
			return k.cycle.refine(after), true
		}
	}
	digits, unit := leadingDigits(strings.Replace(rest, "两", "2", 1))
	unit = strings.TrimPrefix(unit, "个")
	loose := digits != "" && (strings.HasPrefix(unit, "周") || strings.HasPrefix(unit, "天") || strings.HasPrefix(unit, "月") || strings.HasPrefix(unit, "年"))
	return cycle{}, loose
}

// cycleKinds are the cycles by their word, longer words first, with the day on
// which they fall due if the words name none.
var cycleKinds = []struct {
	word  string
	cycle cycle
}{
	{"工作日", cycle{daily: true}}, {"日", cycle{daily: true}}, {"天", cycle{daily: true}},
	{"半个月", cycle{months: 1, inMonths: []int{1}, days: []int{15, 0}}},
	{"半月", cycle{months: 1, inMonths: []int{1}, days: []int{15, 0}}},
	{"半年", cycle{months: 6, inMonths: []int{6}, days: []int{0}}},
	{"旬", cycle{months: 1, inMonths: []int{1}, days: []int{10, 20, 0}}},
	{"星期", cycle{weekdays: []int{7}}}, {"周", cycle{weekdays: []int{7}}},
	{"月", cycle{months: 1, inMonths: []int{1}, days: []int{0}}},
	{"季度", cycle{months: 3, inMonths: []int{3}, days: []int{0}}}, {"季", cycle{months: 3, inMonths: []int{3}, days: []int{0}}},
	{"年度", cycle{months: 12, inMonths: []int{12}, days: []int{0}}}, {"年", cycle{months: 12, inMonths: []int{12}, days: []int{0}}},
}

// refine takes the days and months that the words behind the cycle name.
func (c cycle) refine(words string) cycle {
	if len(c.weekdays) > 0 {
		if named := namedWeekdays(words); len(named) > 0 {
			c.weekdays = named
		}
		return c
	}
	if days := numbersBefore(words, 31, "日", "号"); len(days) > 0 {
		c.days = days
	} else if strings.Contains(words, "上旬") || strings.Contains(words, "初") {
		c.days = []int{10}
	} else if strings.Contains(words, "中旬") {
		c.days = []int{20}
	}
	if months := numbersBefore(words, c.months, "月", "个月"); len(months) > 0 && c.months > 1 {
		c.inMonths = months
	} else if strings.Contains(words, "首月") && c.months > 1 {
		c.inMonths = []int{1}
	}
	return c
}

// namedWeekdays reads 5, 1、3、5 and 日 at the front of words; 1次 is no weekday.
func namedWeekdays(words string) []int {
	var out []int
	for {
		n := slices.Index(weekdays, firstRune(words)) + 1
		if n == 0 {
			return out
		}
		words = words[len(weekdays[n-1]):]
		if strings.HasPrefix(words, "次") || strings.HasPrefix(words, "至少") {
			return out
		}
		out = append(out, min(n, 7))
		words = strings.TrimLeft(words, "、,.和周及")
	}
}

func firstRune(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

// numbersBefore lists the numbers of 1 to most that stand before one of the units,
// or before another such number and 、: 5、20日.
func numbersBefore(words string, most int, units ...string) []int {
	var out, waiting []int
	for words != "" {
		digits, rest := leadingDigits(words)
		if digits == "" {
			words = words[len(firstRune(words)):]
			continue
		}
		words = rest
		n := 0
		if len(digits) <= 2 {
			n = atoi(digits)
		}
		listed := slices.ContainsFunc([]string{"、", "和", "及", "."}, func(m string) bool { return strings.HasPrefix(rest, m) })
		united := slices.ContainsFunc(units, func(u string) bool { return strings.HasPrefix(rest, u) })
		switch {
		case n < 1 || n > most || !listed && !united:
			waiting = nil
		case united:
			out, waiting = append(append(out, waiting...), n), nil
		default:
			waiting = append(waiting, n)
		}
	}
	return out
}
