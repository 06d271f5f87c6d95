package text

import (
	"cmp"
	"slices"
	"strings"

	"xiangzhen/model"
)

var (
	openings = []string{"于", "在", "截至", "截止到", "截止", "力争", "确保", "争取", "预计", "计划", "拟于", "定于", "原则上", "务必", "最迟", "不晚于", "不迟于", "至", "到"}
	endings  = []string{"完成", "办结", "完工", "竣工", "到位", "报送", "上报", "提交", "建成", "实现", "全部完成", "整改到位", "。", ".", ";", ","}
	befores  = []string{"之前", "以前", "前"}
	ends     = []string{"为止", "止"}
	weekdays = []string{"1", "2", "3", "4", "5", "6", "7", "日", "天"}
	halves   = []string{"上半年", "下半年"}
)

// parsePoint reads one point in time from folded words, all of them.
func parsePoint(s string, ref model.Day) (point, bool) {
	s = trimPrefixes(s, openings)
	for cut := true; cut; {
		s, cut = cutSuffix(s, endings)
	}
	s, before := cutSuffix(s, befores)
	if !before {
		s, _ = cutSuffix(s, ends)
	}
	sc := scanner{rest: withoutWeekday(s), ref: ref}
	p, ok := sc.point()
	p.before = before
	return p, ok && sc.rest == ""
}

// withoutWeekday drops a weekday that only accompanies a date: 3月15日(周二).
func withoutWeekday(s string) string {
	bare := strings.TrimSuffix(s, ")")
	for _, day := range weekdays {
		if head, ok := strings.CutSuffix(bare, day); ok {
			for _, week := range []string{"(周", "(星期", "周", "星期"} {
				if rest, ok := strings.CutSuffix(head, week); ok && rest != "" {
					return rest
				}
			}
		}
	}
	return s
}

// scanner reads a point from the front of rest.
type scanner struct {
	rest string
	ref  model.Day
}

// eat removes the first of the words that rest begins with and returns it.
func (sc *scanner) eat(words ...string) string {
	for _, w := range words {
		if rest, ok := strings.CutPrefix(sc.rest, w); ok {
			sc.rest = rest
			return w
		}
	}
	return ""
}

// number removes a run of digits, and returns its value and width; 0, 0 if there
// is none or it is too long for a part of a date.
func (sc *scanner) number() (n, width int) {
	digits, rest := leadingDigits(sc.rest)
	if digits == "" || len(digits) > 4 {
		return 0, 0
	}
	sc.rest = rest
	return atoi(digits), len(digits)
}

// separator removes a sign between the numbers of a date; only followed by a digit.
func (sc *scanner) separator() string {
	for _, sep := range []string{".", "-", "/", "、", " "} {
		if rest, ok := strings.CutPrefix(sc.rest, sep); ok && rest != "" && isDigit(rest[0]) {
			sc.rest = rest
			return sep
		}
	}
	return ""
}

func (sc *scanner) point() (point, bool) {
	if p, ok := sc.relative(); ok {
		return p, true
	}
	if p, ok := sc.quarterOrHalf(point{}); ok {
		return p, true
	}
	if p, ok := sc.compact(); ok {
		return p, sc.clock()
	}
	n, width := sc.number()
	switch {
	case width == 4:
		return sc.fromYear(n)
	case width == 2 && sc.eat("年度", "年") != "":
		return sc.afterYear(point{year: century(n, sc.ref)})
	case width == 0 || width > 2 || n == 0:
		return point{}, false
	case sc.eat("月份", "月") != "":
		return sc.afterMonth(point{month: n})
	case sc.eat("日", "号") != "":
		return point{day: n}, sc.clock()
	}
	return sc.twoOrThree(n, width)
}

// compact reads 20220315 and 202203.
func (sc *scanner) compact() (point, bool) {
	digits, rest := leadingDigits(sc.rest)
	if len(digits) != 8 && len(digits) != 6 {
		return point{}, false
	}
	sc.rest = rest
	p := point{year: atoi(digits[:4]), month: cmp.Or(atoi(digits[4:6]), noMonth)}
	if len(digits) == 8 {
		p.day = cmp.Or(atoi(digits[6:]), noDay)
	}
	return p, true
}

// A zero written where a month or a day belongs has the shape of a date but is
// none; it must not pass for a part left out.
const (
	noMonth = 13
	noDay   = 32
)

// relative reads words that count from the reporting day: 今年6月, 年底, 本月底.
func (sc *scanner) relative() (point, bool) {
	if sc.ref == "" {
		return point{}, false
	}
	year := sc.ref.Year()
	switch sc.eat("今年", "本年度", "本年", "当年", "明年", "次年", "去年", "上年") {
	case "今年", "本年度", "本年", "当年":
		return sc.afterYear(point{year: year})
	case "明年", "次年":
		return sc.afterYear(point{year: year + 1})
	case "去年", "上年":
		return sc.afterYear(point{year: year - 1})
	}
	if sc.eat("本季度", "本季", "当季度", "这个季度") != "" {
		return sc.partOf(point{year: year, quarter: (monthOf(sc.ref) + 2) / 3}), true
	}
	month, ok := sc.ref.Month(), true
	switch sc.eat("本月份", "本月", "当月", "这个月", "下个月", "下月", "次月", "上个月", "上月", "月") {
	case "":
		ok = false
	case "下个月", "下月", "次月":
		month = month.Add(1)
	case "上个月", "上月":
		month = month.Add(-1)
	case "月":
		ok = sc.rest != "" // 月底
	}
	if ok {
		return sc.afterMonth(point{year: month.First().Year(), month: monthOf(month.First())})
	}
	if sc.eat("年") != "" && sc.rest != "" && !isDigit(sc.rest[0]) { // 年底
		return sc.afterYear(point{year: year})
	}
	return point{}, false
}

// fromYear goes on behind a year of four digits.
func (sc *scanner) fromYear(year int) (point, bool) {
	p := point{year: year}
	if sc.eat("年度", "年") != "" {
		return sc.afterYear(p)
	}
	sep := sc.separator()
	if sep == "" {
		return sc.afterYear(p)
	}
	n, width := sc.number()
	if width > 2 {
		return p, false
	}
	p.month = cmp.Or(n, noMonth)
	if sc.eat("月份", "月") != "" {
		return sc.afterMonth(p)
	}
	if sc.rest == "" {
		return p, true
	}
	if sc.separator() != sep {
		return p, false
	}
	return sc.dayOf(p)
}

// dayOf reads the last number of a date, and the hour behind it.
func (sc *scanner) dayOf(p point) (point, bool) {
	n, width := sc.number()
	if width == 0 || width > 2 {
		return p, false
	}
	p.day = cmp.Or(n, noDay)
	sc.eat("日", "号")
	return p, sc.clock()
}

// afterYear reads what may follow 2022年.
func (sc *scanner) afterYear(p point) (point, bool) {
	switch sc.eat("年底", "年末", "底", "末", "终", "初", "中", "内", "全年") {
	case "年底", "年末", "底", "末", "终":
		p.part = closing
		return p, true
	case "初":
		p.part = opening
		return p, true
	case "中":
		p.part = middle
		return p, true
	case "内", "全年":
		return p, true
	}
	if sc.rest == "" {
		return p, true
	}
	if q, ok := sc.quarterOrHalf(p); ok {
		return q, true
	}
	n, width := sc.number()
	if width == 0 || width > 2 || n == 0 {
		return p, false
	}
	p.month = n
	if sc.eat("月份", "月") != "" {
		return sc.afterMonth(p)
	}
	if sc.separator() == "" { // 2022年3.15
		return p, false
	}
	return sc.dayOf(p)
}

// afterMonth reads what may follow 3月.
func (sc *scanner) afterMonth(p point) (point, bool) {
	words := []string{"", "上旬", "中旬", "下旬", "初", "中", "月底", "月末", "底", "末"}
	parts := []part{whole, firstTen, midTen, lastTen, opening, middle, closing, closing, closing, closing}
	sc.eat("的")
	if sc.rest == "" || sc.rest == "内" {
		sc.rest = ""
		return p, true
	}
	if w := sc.eat(words[1:]...); w != "" {
		p.part = parts[slices.Index(words, w)]
		return p, true
	}
	return sc.dayOf(p)
}

// quarterOrHalf reads 第三季度, 3季度末, Q3 and 上半年; it takes nothing if there
// is none.
func (sc *scanner) quarterOrHalf(p point) (point, bool) {
	saved := sc.rest
	if half := sc.eat(halves...); half != "" {
		p.half = slices.Index(halves, half) + 1
		return sc.partOf(p), true
	}
	lead := sc.eat("第", "Q", "q")
	n, width := sc.number()
	if width != 1 || n < 1 || n > 4 || strings.EqualFold(lead, "q") == (sc.eat("个季度", "季度", "季") != "") {
		sc.rest = saved
		return p, false
	}
	p.quarter = n
	return sc.partOf(p), true
}

func (sc *scanner) partOf(p point) point {
	switch sc.eat("末", "底", "初", "中", "内") {
	case "末", "底":
		p.part = closing
	case "初":
		p.part = opening
	case "中":
		p.part = middle
	}
	return p
}

// twoOrThree reads dates of short numbers: 3.15, 22.3, 22.3.15 and 3/15/2022.
func (sc *scanner) twoOrThree(first, firstWidth int) (point, bool) {
	sep := sc.separator()
	second, width := sc.number()
	if sep == "" || width == 0 || width > 2 {
		return point{}, false
	}
	if sc.separator() == sep {
		third, width := sc.number()
		switch {
		case width == 4:
			return monthDayYear(first, cmp.Or(second, noDay), third), sc.clock()
		case width > 0 && width <= 2 && firstWidth == 2:
			sc.eat("日", "号")
			p := point{year: century(first, sc.ref), month: max(second, 1), day: max(third, 1)}
			if first >= 1 && first <= 12 && sc.isNow(third) {
				p.swapped, p.late = true, 2000+third
			}
			return p, second > 0 && third > 0 && sc.clock()
		}
		return point{}, false
	}
	sc.eat("日", "号")
	switch {
	case first <= 12:
		return point{month: first, day: second}, second > 0
	case firstWidth == 2 && second >= 1 && second <= 12:
		return point{year: century(first, sc.ref), month: second, short: true}, true
	}
	return point{}, false
}

// isNow reports whether two digits are the year of the reporting day, or the one
// before or after it: 12-5-26 may be 12/5/26 as a spreadsheet exports it.
func (sc *scanner) isNow(digits int) bool {
	apart := 2000 + digits - sc.ref.Year()
	return sc.ref != "" && apart >= -1 && apart <= 1
}

// monthDayYear orders 3/15/2022 and 15/3/2022; 4/5/2022 stays open.
func monthDayYear(first, second, year int) point {
	if first > 12 {
		first, second = second, first
	}
	return point{year: year, month: first, day: second, swapped: second <= 12 && first != second}
}

// clock reads the hour that may stand behind a day: 18:00, 下午3点, 下班, T08:00:00Z.
// The day alone counts; the hour stays in the words. False if it is no hour.
func (sc *scanner) clock() bool {
	if sc.eat("T", " "); sc.rest == "" {
		return true
	}
	if sc.eat("下班", "上班", "中午", "当天", "当日", "24时") != "" {
		return true
	}
	sc.eat("上午", "下午", "晚上", "早上", "凌晨", "晚")
	for i, most := range []int{24, 59, 59} {
		n, width := sc.number()
		if width == 0 {
			return i > 0
		}
		if width > 2 || n > most {
			return false
		}
		if sc.eat(":", "时", "点", "分", "秒") == "" {
			break
		}
	}
	if sc.eat("."); sc.rest != "" {
		sc.number() // fractions of a second
	}
	sc.eat("Z", "整", "半")
	return true
}
