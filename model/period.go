package model

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Cadence says how often a form is asked for (报送周期). Its words are those that
// people use, and are what is stored.
type Cadence string

// The cadences, the shortest first. A form of the last is asked for once: its
// period is whatever it asks about, usually the day on which it goes out.
const (
	Daily       Cadence = "日"
	Weekly      Cadence = "周" // Monday to Sunday, numbered as ISO 8601 does
	TenDays     Cadence = "旬" // 上旬 1–10, 中旬 11–20, 下旬 21–end
	HalfMonthly Cadence = "半月"
	Monthly     Cadence = "月"
	Quarterly   Cadence = "季"
	HalfYearly  Cadence = "半年"
	Yearly      Cadence = "年"
	Once        Cadence = "一次性"
)

// Cadences returns all cadences, the shortest first.
func Cadences() []Cadence {
	return []Cadence{Daily, Weekly, TenDays, HalfMonthly, Monthly, Quarterly, HalfYearly, Yearly, Once}
}

// ParseCadence reads a cadence: 月, 每月, 月报, 季度, 半年报 … "" is monthly.
func ParseCadence(s string) (Cadence, bool) {
	s = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(s), "每"), "报")
	switch s {
	case "":
		return Monthly, true
	case "天":
		return Daily, true
	case "季度":
		return Quarterly, true
	case "年度":
		return Yearly, true
	case "一次", "临时", "急":
		return Once, true
	}
	for _, c := range Cadences() {
		if s == string(c) {
			return c, true
		}
	}
	return "", false
}

// Every returns the cadence as one says it before a due day: 每月, 每季度, 一次性.
func (c Cadence) Every() string {
	switch c {
	case Once:
		return string(c)
	case Quarterly:
		return "每季度"
	}
	return "每" + string(c)
}

// Of returns the period of this cadence that holds the day; of Once, the day.
func (c Cadence) Of(d Day) Period {
	if d == "" {
		return ""
	}
	year, month := string(d[:4]), string(d[:7])
	switch c {
	case Daily, Once:
		return Period(d)
	case Weekly:
		y, w := d.Time().ISOWeek()
		return Period(fmt.Sprintf("%04d-W%02d", y, w))
	case TenDays:
		return Period(month + tenDays[min((d.DayOfMonth()-1)/10, 2)].words)
	case HalfMonthly:
		return Period(month + halfMonths[min((d.DayOfMonth()-1)/15, 1)].words)
	case Quarterly:
		return Period(year + "Q" + strconv.Itoa((monthNumber(d)+2)/3))
	case HalfYearly:
		return Period(year + halfYears[(monthNumber(d)-1)/6])
	case Yearly:
		return Period(year)
	}
	return Period(month)
}

func monthNumber(d Day) int { return int(d.Time().Month()) }

// Period is what a form of one time is about (期间), in one spelling each:
//
//	2026-11-23     日
//	2026-W47       周
//	2026-11上旬    旬 (中旬, 下旬)
//	2026-11上半月  半月 (下半月)
//	2026-11        月
//	2026Q4         季
//	2026上半年     半年 (下半年)
//	2026           年
//
// "" is none. A Month converted to a Period is the period of that month.
type Period string

// monthPart is one of the parts a month is divided into; last 0 is its end.
type monthPart struct {
	words       string
	first, last int
}

var (
	tenDays    = []monthPart{{"上旬", 1, 10}, {"中旬", 11, 20}, {"下旬", 21, 0}}
	halfMonths = []monthPart{{"上半月", 1, 15}, {"下半月", 16, 0}}
	halfYears  = []string{"上半年", "下半年"}
)

// periodShape recognises a period in its own spelling: year, then the week, the
// quarter, the half year, or the month with a day or a part.
var periodShape = regexp.MustCompile(`^(\d{4})(?:-W(\d{2})|Q([1-4])|(上半年|下半年)|-(\d{2})(?:-(\d{2})|(上旬|中旬|下旬|上半月|下半月))?)?$`)

// span returns the cadence and the first and last day; ok is false for what is no
// period.
func (p Period) span() (c Cadence, first, last Day, ok bool) {
	m := periodShape.FindStringSubmatch(string(p))
	if m == nil {
		return "", "", "", false
	}
	n := func(i int) int { return digits(m[i]) }
	switch {
	case m[2] != "":
		c, first, last = week(n(1), n(2))
	case m[3] != "":
		c, first, last = monthsOf(Quarterly, n(1), 3*n(3)-2, 3)
	case m[4] == halfYears[0]:
		c, first, last = monthsOf(HalfYearly, n(1), 1, 6)
	case m[4] != "":
		c, first, last = monthsOf(HalfYearly, n(1), 7, 6)
	case m[6] != "":
		first = NewDay(n(1), n(5), n(6))
		c, last = Daily, first
	case m[7] != "":
		c, first, last = partOf(NewDay(n(1), n(5), 1), m[7])
	case m[5] != "":
		c, first, last = monthsOf(Monthly, n(1), n(5), 1)
	default:
		c, first, last = monthsOf(Yearly, n(1), 1, 12)
	}
	if first == "" {
		return "", "", "", false
	}
	return c, first, last, true
}

func digits(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

func monthsOf(c Cadence, year, month, months int) (Cadence, Day, Day) {
	first := NewDay(year, month, 1)
	return c, first, first.Month().Add(months - 1).Last()
}

// week returns the days of a week; none where the year does not have it.
func week(year, n int) (Cadence, Day, Day) {
	jan4 := NewDay(year, 1, 4) // always in week 1
	first := jan4.Add(7*(n-1) - int(jan4.Time().Weekday()+6)%7)
	if y, w := first.Time().ISOWeek(); jan4 == "" || y != year || w != n {
		return "", "", ""
	}
	return Weekly, first, first.Add(6)
}

func partOf(month Day, words string) (Cadence, Day, Day) {
	for c, parts := range map[Cadence][]monthPart{TenDays: tenDays, HalfMonthly: halfMonths} {
		for _, p := range parts {
			switch {
			case p.words != words || month == "":
			case p.last == 0:
				return c, month.Add(p.first - 1), month.Month().Last()
			default:
				return c, month.Add(p.first - 1), month.Add(p.last - 1)
			}
		}
	}
	return "", "", ""
}

// Cadence returns the period's cadence; "" for no period.
func (p Period) Cadence() Cadence {
	c, _, _, _ := p.span()
	return c
}

// IsValid reports whether the period is one.
func (p Period) IsValid() bool {
	_, _, _, ok := p.span()
	return ok
}

// First returns the first day; "" for no period.
func (p Period) First() Day {
	_, first, _, _ := p.span()
	return first
}

// Last returns the last day; "" for no period.
func (p Period) Last() Day {
	_, _, last, _ := p.span()
	return last
}

// Month returns the month in which the period ends. What is kept by month, as
// progress is, belongs there.
func (p Period) Month() Month { return p.Last().Month() }

// Next returns the period after this one.
func (p Period) Next() Period { return p.Cadence().Of(p.Last().Add(1)) }

// Previous returns the period before this one.
func (p Period) Previous() Period { return p.Cadence().Of(p.First().Add(-1)) }

// YearAgo returns the same period of the year before; "" where that year has none
// (week 53, 29 February).
func (p Period) YearAgo() Period {
	if !p.IsValid() {
		return ""
	}
	if q := Period(strconv.Itoa(digits(string(p[:4]))-1)) + p[4:]; q.IsValid() {
		return q
	}
	return ""
}

// Compare orders periods by their last day, a shorter one before the longer that
// ends with it; what is no period comes first.
func (p Period) Compare(q Period) int {
	_, pf, pl, _ := p.span()
	_, qf, ql, _ := q.span()
	return cmp.Or(cmp.Compare(pl, ql), cmp.Compare(qf, pf), cmp.Compare(p, q))
}

// Within reports whether all days of the period are days of q.
func (p Period) Within(q Period) bool {
	return p.IsValid() && q.IsValid() && p.First() >= q.First() && p.Last() <= q.Last()
}

// quarterWords are the quarters as documents write them.
var quarterWords = []string{"第一季度", "第二季度", "第三季度", "第四季度"}

// Words writes the period as documents do: 2026年11月, 2026年第四季度, 2026年第47周,
// 2026年11月上旬; "" for none.
func (p Period) Words() string {
	c, first, _, ok := p.span()
	if !ok {
		return ""
	}
	year := string(p[:4])
	t := first.Time()
	month := fmt.Sprintf("%s年%d月", strings.TrimLeft(year, "0"), int(t.Month()))
	year = strings.TrimLeft(year, "0") + "年"
	switch c {
	case Daily:
		return month + strconv.Itoa(t.Day()) + "日"
	case Weekly:
		return year + "第" + strings.TrimLeft(string(p[6:]), "0") + "周"
	case TenDays, HalfMonthly:
		return month + string(p[7:])
	case Quarterly:
		return year + quarterWords[p[5]-'1']
	case HalfYearly:
		return year + string(p[4:])
	case Yearly:
		return year
	}
	return month
}

// periodWords finds a period in words; every part but the year may be missing.
var periodWords = regexp.MustCompile(`(\d{4})年度?(?:第?([一二三四1234])季度|第(\d{1,2})周|(上半年|下半年)|(\d{1,2})月份?(?:(上旬|中旬|下旬|上半月|下半月)|(\d{1,2})日)?)?`)

// periodShort finds the spellings that people type besides the words: 2026-1,
// 2026/11, 202611, 2026q4, 2026H1, 2026-w7.
var periodShort = regexp.MustCompile(`^(\d{4})(?:[-/.]?[Qq]([1-4])|[-/.]?[Ww](\d{1,2})|[-/.]?[Hh]([12])|[-/.](\d{1,2})(?:[-/.](\d{1,2}))?|(\d{2}))$`)

// ParsePeriod reads a period in its own spelling, in words, or as people type it.
func ParsePeriod(s string) (Period, bool) {
	s = strings.TrimSpace(s)
	if p := Period(s); p.IsValid() {
		return p, true
	}
	if m := periodShort.FindStringSubmatch(s); m != nil {
		return spelled(m[1], m[2], m[3], pick(halfYears, digits(m[4])-1), cmp.Or(m[5], m[7]), "", m[6])
	}
	if rest, part, found := cutPart(s); found {
		if month, ok := ParsePeriod(rest); ok && month.Cadence() == Monthly {
			return Period(string(month) + part), true
		}
	}
	p, words := FindPeriod(s)
	return p, words == s && p != ""
}

// cutPart takes the part of a month off the end of words.
func cutPart(s string) (rest, words string, found bool) {
	for _, p := range append(append([]monthPart{}, tenDays...), halfMonths...) {
		if rest, found = strings.CutSuffix(s, p.words); found {
			return rest, p.words, true
		}
	}
	return s, "", false
}

// FindPeriod finds the first period that words name, and the words that name it;
// "" where there is none, or it is none of the calendar's.
func FindPeriod(words string) (Period, string) {
	m := periodWords.FindStringSubmatch(words)
	if m == nil {
		return "", ""
	}
	quarter := ""
	if i := strings.Index("一二三四", m[2]); m[2] != "" && i >= 0 {
		quarter = strconv.Itoa(i/len("一") + 1)
	}
	p, ok := spelled(m[1], cmp.Or(quarter, m[2]), m[3], m[4], m[5], m[6], m[7])
	if !ok {
		return "", ""
	}
	return p, m[0]
}

// spelled puts the parts of a period, as they were found, into its own spelling.
func spelled(year, quarter, week, half, month, part, day string) (Period, bool) {
	two := func(s string) string { return fmt.Sprintf("%02d", digits(s)) }
	s := year
	switch {
	case quarter != "":
		s += "Q" + quarter
	case week != "":
		s += "-W" + two(week)
	case half != "":
		s += half
	case month != "":
		if s += "-" + two(month) + part; day != "" {
			s += "-" + two(day)
		}
	}
	p := Period(s)
	return p, p.IsValid()
}

func pick(words []string, i int) string {
	if i < 0 || i >= len(words) {
		return ""
	}
	return words[i]
}

// Add returns the period n periods later, earlier for negative n.
func (p Period) Add(n int) Period {
	for ; n > 0; n-- {
		p = p.Next()
	}
	for ; n < 0; n++ {
		p = p.Previous()
	}
	return p
}
