package sample

import (
	"fmt"
	"maps"
	"regexp"
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/rule"
	"xiangzhen/model/text"
)

// when is a date of the csv files, relative to the day of the sample: days from
// it, the end of a month after it, or words as they stand.
type when struct {
	kind      whenKind
	days      int // 逾期 counts backwards
	otherwise int // days on a day when the periodic items are due soon
	months    int
	words     string
}

type whenKind int

const (
	whenNever whenKind = iota
	whenDays
	whenEither
	whenMonthEnd
	whenWords
)

var (
	eitherForm   = regexp.MustCompile(`^剩(\d+)天或剩(\d+)天$`)
	leftForm     = regexp.MustCompile(`^剩(\d+)天$`)
	overdueForm  = regexp.MustCompile(`^逾期(\d+)天$`)
	monthEndForm = regexp.MustCompile(`^(\d+)个月后月底$`)
	daysAgoForm  = regexp.MustCompile(`\{(\d+)天前\}`)
)

// parseWhen reads 逾期5天, 剩3天, 剩2天或剩12天 and 1个月后月底; words that begin like
// one of these and are none are refused, all others stand for themselves.
func parseWhen(s string) (when, bool) {
	if s == "" {
		return when{}, true
	}
	if m := eitherForm.FindStringSubmatch(s); m != nil {
		return when{kind: whenEither, days: atoi(m[1]), otherwise: atoi(m[2])}, true
	}
	if m := leftForm.FindStringSubmatch(s); m != nil {
		return when{kind: whenDays, days: atoi(m[1])}, true
	}
	if m := overdueForm.FindStringSubmatch(s); m != nil {
		return when{kind: whenDays, days: -atoi(m[1])}, true
	}
	if m := monthEndForm.FindStringSubmatch(s); m != nil {
		return when{kind: whenMonthEnd, months: atoi(m[1])}, true
	}
	if strings.HasPrefix(s, "剩") || strings.HasPrefix(s, "逾期") || strings.HasSuffix(s, "个月后月底") {
		return when{}, false
	}
	return when{kind: whenWords, words: s}, true
}

// atoi reads digits that a pattern has already found.
func atoi(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0 // longer than an int: nobody means it
	}
	return n
}

// words turns the files' words into those of the day.
type words struct {
	today model.Day
	terms map[string]string // {监测对象} → the word of today's rule set
	// monthlySoon: 每月25日前 is due within the days of a yellow light.
	monthlySoon bool
	dates       map[string]model.Value // read before
}

func newWords(today model.Day) words {
	w := words{today: today, terms: map[string]string{}, dates: map[string]model.Value{}}
	for standing, term := range rule.Terms(today) {
		w.terms["{"+standing+"}"] = term
	}
	monthly, _ := text.ParseDate(monthlyWords, today)
	w.monthlySoon = monthly.End.Sub(today) <= rule.Defaults().Int(dueSoonParam)
	return w
}

const (
	monthlyWords = "每月25日前"
	dueSoonParam = "light.due_soon_days"
)

// date returns the value of a relative date, with the words a clerk would write.
func (w words) date(d when) (model.Value, error) {
	switch d.kind {
	case whenDays:
		return model.OnDay(w.today.Add(d.days)), nil
	case whenEither:
		if w.monthlySoon {
			return model.OnDay(w.today.Add(d.otherwise)), nil
		}
		return model.OnDay(w.today.Add(d.days)), nil
	case whenMonthEnd:
		return w.read(w.monthEnd(d.months))
	case whenWords:
		return w.read(d.words)
	}
	return model.Value{}, nil
}

// monthEnd is 12月底前, with the year where it is not this one.
func (w words) monthEnd(months int) string {
	m := w.today.Month().Add(months).First()
	month := fmt.Sprintf("%d月底前", atoi(string(m[5:7])))
	if m.Year() == w.today.Year() {
		return month
	}
	return fmt.Sprintf("%d年%s", m.Year(), month)
}

// monthsAgo is a date known to the month: 2018年6月.
func (w words) monthsAgo(months int) (model.Value, error) {
	return w.read(text.FormatMonth(w.today.Month().Add(-months)))
}

// read reads a date in words as an import would.
func (w words) read(s string) (model.Value, error) {
	if v, ok := w.dates[s]; ok {
		return v, nil
	}
	date, doubt := text.ParseDate(s, w.today)
	if doubt.Level == text.Ask || doubt.Level == text.Wrong {
		return model.Value{}, model.Errorf(model.CodeInvalid, "演示数据里的日期“%s”看不懂：%s", s, doubt.Message)
	}
	v := model.Date(date)
	w.dates[s] = v
	return v, nil
}

// fill puts values into the {…} of a text: those given, the terms of the day and
// {6天前}. A {…} that nothing fills is an error of the csv files.
func (w words) fill(s string, values map[string]string) (string, error) {
	if !strings.Contains(s, "{") {
		return s, nil
	}
	all := maps.Clone(w.terms)
	for key, v := range values {
		all["{"+key+"}"] = v
	}
	for key, v := range all {
		s = strings.ReplaceAll(s, key, v)
	}
	s = daysAgoForm.ReplaceAllStringFunc(s, func(m string) string {
		d := w.today.Add(-atoi(daysAgoForm.FindStringSubmatch(m)[1]))
		return fmt.Sprintf("%d月%d日", atoi(string(d[5:7])), d.DayOfMonth())
	})
	if strings.Contains(s, "{") {
		return "", model.Errorf(model.CodeInvalid, "演示数据里的“%s”有认不出的占位符。", s)
	}
	return s, nil
}

// namer makes placeholder names, each once: 张示例一, 李示例二 …
type namer struct {
	surnames []string
	next     int
}

func (n *namer) name() string {
	block, i := n.next/(len(n.surnames)*10), n.next%(len(n.surnames)*10)
	n.next++
	// Surname and numeral both move on from one person to the next; over a block
	// every surname meets each of the ten numerals once.
	surname := i % len(n.surnames)
	return n.surnames[surname] + "示例" + han(1+(surname+i/len(n.surnames))%10+10*block)
}

var hanDigits = []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}

// han writes 1 to 999 in Chinese numerals, as in names: 十二, 二十, 一百零三.
func han(n int) string {
	hundreds, tens, ones := n/100, n/10%10, n%10
	var s string
	if hundreds > 0 {
		s = hanDigits[hundreds] + "百"
	}
	switch {
	case tens > 1 || tens == 1 && hundreds > 0:
		s += hanDigits[tens] + "十"
	case tens == 1:
		s += "十"
	case hundreds > 0 && ones > 0:
		s += "零"
	}
	return s + hanDigits[ones]
}
