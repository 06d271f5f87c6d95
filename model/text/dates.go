package text

import (
	"slices"
	"strings"
	"unicode"

	"xiangzhen/model"
)

// ParseDate reads a date as township tables write it (DOMAIN §4.7): days, months,
// quarters, half-years and years in every common layout, deadlines in words
// (6月底前, 12月中旬), ranges (2022.3-2023.3), periodic (每月25日前), long-term
// (长期坚持) and immediate ones (立行立改). ref is the reporting day: what the words
// leave out comes from it, the year being the one that puts the date within 3
// months before and 9 months after ref, with a Doubt of level Note. Without ref
// such words are asked about.
//
// The words are kept in Text as written. What stands for nothing ("/", "无", "0",
// 1900-01-00) is the zero DateWords without a doubt. Words that cannot be read
// come back as Text alone, with a Doubt of level Ask, or Wrong for a day that the
// calendar does not have (2022-02-30).
func ParseDate(s string, ref model.Day) (model.DateWords, Doubt) {
	if d, ok := isoDay(s); ok {
		return model.DateWords{Text: s, Start: d, End: d, Kind: model.DateFixed}, Doubt{}
	}
	words := Clean(s)
	folded := foldDate(words)
	if IsNothing(words) || slices.Contains(noDates, folded) {
		return model.DateWords{}, Doubt{}
	}
	r := dateReader{words: words, ref: ref}
	found, ok := reading{}, false
	if len(folded) <= mostDate {
		found, ok = r.read(folded)
	}
	if !ok {
		found = reading{doubt: Doubt{Level: Ask, Message: "“" + Excerpt(words) + "”看不出是哪一天，请写成 2026-03-15、2026年3月、6月底前 或 长期。"}}
	}
	return model.DateWords{Text: words, Start: found.start, End: found.end, Kind: found.kind}, found.doubt
}

// noDates are, folded, what Excel shows for an empty cell with a date format.
var noDates = []string{"0", "00", "1900-1-0", "1900-01-00", "1900/1/0", "1900/01/00", "1900.1.0", "1900年1月0日"}

// mostDate is the length in bytes beyond which words are a report and no date.
const mostDate = 240

// reading is what the words mean.
type reading struct {
	start, end model.Day
	kind       model.DateKind
	doubt      Doubt
}

// dateReader reads one date.
type dateReader struct {
	words string // as written, for messages
	ref   model.Day
}

// read tries the kinds of dates one after another, the surest first. s is folded.
func (r dateReader) read(s string) (reading, bool) {
	if c, ok := parseCycle(s); ok {
		next := c.next(r.ref)
		return reading{start: next, end: next, kind: model.DatePeriodic}, true
	}
	for _, try := range []func(string) (reading, bool){
		r.within, r.serial, r.single, r.span, r.openEnded, r.fiveYearPlan, r.atOnce, r.longTerm,
	} {
		if found, ok := try(s); ok {
			return found, true
		}
	}
	return reading{}, false
}

// foldDate narrows the words, writes Chinese numerals as digits, makes one sign of
// each family of separators and drops blanks except between digits.
func foldDate(words string) string {
	s := strings.Map(func(r rune) rune {
		switch {
		case isBlank(r), isBreak(r):
			return ' '
		case isDash(r):
			return '-'
		}
		switch r = narrow(r); r {
		case '。', '·', '．', '•', ',':
			return '.'
		case '〜', '∼':
			return '~'
		case '\\', '∕', '⁄':
			return '/'
		}
		return r
	}, words)
	return arabic(dropBlanks(strings.TrimLeft(s, "'‘’")))
}

// within reads 15日内, 3个月内, 5个工作日内: spans that start from a day that the
// words do not tell. Never the 15th.
func (r dateReader) within(s string) (reading, bool) {
	s, _ = cutSuffix(s, endings)
	s, ok := cutSuffix(s, []string{"之内", "以内", "内"})
	if !ok {
		return reading{}, false
	}
	digits, unit := leadingDigits(s)
	if len(digits) == 0 || len(digits) > 3 {
		return reading{}, false
	}
	n := atoi(digits)
	end := model.Day("")
	switch strings.TrimPrefix(unit, "个") {
	case "日", "天":
		end = r.ref.Add(n)
	case "周", "星期":
		end = r.ref.Add(7 * n)
	case "工作日", "小时":
	case "年":
		end = addMonths(r.ref, 12*n)
	case "月":
		if unit == "月" {
			return reading{}, false // 3月内 is March
		}
		end = addMonths(r.ref, n)
	default:
		return reading{}, false
	}
	d := Doubt{Level: Ask, Message: "“" + Excerpt(r.words) + "”没有写从哪一天算起，请写成具体日期。"}
	if end != "" {
		d.Suggestions = []string{FormatDay(end)}
	}
	return reading{doubt: d}, true
}

// addMonths adds whole months, keeping the day where the month has it.
func addMonths(d model.Day, n int) model.Day {
	if d == "" {
		return ""
	}
	return DueIn(d.Month().Add(n), d.DayOfMonth())
}

// serial reads a bare serial number of Excel that stands where a date belongs.
func (r dateReader) serial(s string) (reading, bool) {
	if len(s) != 5 || !allDigits(s) || atoi(s) < firstSerial || atoi(s) > lastSerial {
		return reading{}, false
	}
	day := serialDay(atoi(s), false)
	return reading{start: day, end: day, kind: model.DateFixed, doubt: serialNote(r.words, day)}, true
}

// single reads one point in time, with 前 or without.
func (r dateReader) single(s string) (reading, bool) {
	p, ok := parsePoint(s, r.ref)
	if !ok {
		return reading{}, false
	}
	return r.resolve(p), true
}

// span reads two points joined by a mark: 2022.3-2023.3, 3月至5月, 6月1-15日.
func (r dateReader) span(s string) (reading, bool) {
	for _, mark := range []string{"至", "到", "~", "--", "-"} {
		for from := 0; ; {
			i := strings.Index(s[from:], mark)
			if i < 0 {
				break
			}
			i += from
			left, right := s[:i], s[i+len(mark):]
			from = i + len(mark)
			if mark == "-" && strings.Count(left, mark) != strings.Count(right, mark) {
				continue // 2022.4-5-6: which - joins and which parts is anybody's guess
			}
			if found, ok := r.join(left, right); ok {
				return found, true
			}
		}
	}
	return reading{}, false
}

func (r dateReader) join(left, right string) (reading, bool) {
	left, _ = cutSuffix(trimPrefixes(left, []string{"自", "从"}), []string{"起", "开始"})
	a, okA := parsePoint(left, r.ref)
	b, okB := parsePoint(right, r.ref)
	switch {
	case okA && !okB && allDigits(right):
		b, okB = parsePoint(right+a.unit(), r.ref)
	case okB && !okA && left != "" && isDigit(left[len(left)-1]):
		a, okA = parsePoint(left+b.unit(), r.ref)
	}
	if !okA || !okB || a.before {
		return reading{}, false
	}
	a, b = share(a, b)
	end := r.resolve(b)
	if a.year == 0 && b.year == 0 && end.end != "" { // the year chosen for the end
		a.year = end.end.Year()
		if a.month > b.month {
			a.year--
		}
	}
	start := r.resolve(a)
	switch {
	case start.doubt.Level == Wrong:
		return start, true
	case end.doubt.Level == Wrong:
		return end, true
	case start.start == "" || end.end == "" || start.start > end.end:
		return reading{}, false
	}
	return reading{start: start.start, end: end.end, kind: model.DateFixed, doubt: firstDoubt(end.doubt, start.doubt)}, true
}

func firstDoubt(doubts ...Doubt) Doubt {
	for _, d := range doubts {
		if !d.IsZero() {
			return d
		}
	}
	return Doubt{}
}

// share lends either end of a span what it leaves out and the other has.
func share(a, b point) (point, point) {
	if b.month == 0 && b.day > 0 {
		b.month = a.month
	}
	if a.month == 0 && a.day > 0 {
		a.month = b.month
	}
	switch {
	case b.year == 0 && a.year > 0:
		b.year = a.year
		if b.month < a.month { // 2022年11月至2月
			b.year++
		}
	case a.year == 0 && b.year > 0:
		a.year = b.year
		if a.month > b.month {
			a.year--
		}
	}
	return a, b
}

// openEnded reads 2022年3月至今 and 2022年3月起: a start without an end.
func (r dateReader) openEnded(s string) (reading, bool) {
	s, ok := cutSuffix(s, []string{"-至今", "~至今", "至今", "到现在", "至现在", "以来", "开始", "起"})
	if !ok {
		return reading{}, false
	}
	p, ok := parsePoint(trimPrefixes(s, []string{"自", "从"}), r.ref)
	if !ok || p.before {
		return reading{}, false
	}
	found := r.resolve(p)
	return reading{start: found.start, kind: model.DateLongTerm, doubt: found.doubt}, found.start != "" || found.doubt.Level == Wrong
}

// fiveYearPlan reads the end of a five-year plan: “十四五”末 is the end of 2025.
func (r dateReader) fiveYearPlan(s string) (reading, bool) {
	s = strings.NewReplacer("“", "", "”", "", "\"", "", "「", "", "」", "").Replace(s)
	s, _ = cutSuffix(s, []string{"之前", "前"})
	s, ok := cutSuffix(s, []string{"期末", "时期末", "末", "期间", "时期"})
	for i, plan := range []string{"十三五", "十四五", "十五五", "十六五"} {
		if ok && s == plan {
			end := model.NewDay(2020+5*i, 12, 31)
			return reading{start: end, end: end, kind: model.DateFixed}, true
		}
	}
	return reading{}, false
}

var (
	atOnceWords   = []string{"立行立改", "立即", "即知即改", "即行即改", "边查边改", "马上", "当即", "立刻"}
	longTermWords = []string{"长期", "持续", "常态", "全年", "一直", "经常性", "不间断", "长效", "日常", "始终"}
)

func (r dateReader) atOnce(string) (reading, bool) {
	if !containsAny(r.words, atOnceWords) || containsAny(r.words, longTermWords) {
		return reading{}, false
	}
	return r.mixed(reading{start: r.ref, end: r.ref, kind: model.DateAtOnce}), true
}

func (r dateReader) longTerm(string) (reading, bool) {
	if !containsAny(r.words, longTermWords) {
		return reading{}, false
	}
	return r.mixed(reading{kind: model.DateLongTerm}), true
}

// mixed looks for a date among words that mean at once or long-term, and takes
// the date if there is one: 立行立改，6月底前完成.
func (r dateReader) mixed(found reading) reading {
	for _, clause := range strings.FieldsFunc(r.words, func(c rune) bool { return strings.ContainsRune("，,；;、。\n", c) }) {
		date, ok := r.single(foldDate(clause))
		if !ok || date.end == "" {
			continue
		}
		date.doubt = Doubt{Level: Note, Message: "“" + Excerpt(r.words) + "”里写了日期，按 " + FormatDay(date.end) + " 算。"}
		return date
	}
	if strings.ContainsFunc(r.words, unicode.IsDigit) {
		found.doubt = Doubt{Level: Note, Message: "“" + Excerpt(r.words) + "”里的数字没有当作日期，请核对。"}
	}
	return found
}

func containsAny(s string, words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}
