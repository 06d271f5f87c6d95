package exchange

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// frameLabels are the labels of the lines around a table by what they announce.
// A loose label counts only where no other word runs into it: 责任单位：is no 单位：.
var frameLabels = []struct {
	slot         func(*Frame) *Mark
	words, loose string
}{
	{func(f *Frame) *Mark { return &f.Unit }, "填报单位 填表单位 报送单位 上报单位 填报乡镇 填报村 填报部门 报送部门 编制单位 申报单位 单位名称", "单位 乡镇 村 村名 行政村"},
	{func(f *Frame) *Mark { return &f.Filler }, "填报人 填表人 制表人 报送人", ""},
	{func(f *Frame) *Mark { return &f.Phone }, "联系电话 联系方式 填报人电话", "电话"},
	{func(f *Frame) *Mark { return &f.Stated }, "填报时间 填表时间 填报日期 填表日期 报送时间 报送日期 上报时间 上报日期 制表时间 制表日期", "日期"},
	{func(f *Frame) *Mark { return &f.Period }, "统计时间 统计期 统计截止时间 报告期 所属期 所属期间 填报期间 报送期 期间", "月份 截止时间"},
	// Announced, but nothing the table keeps: their words end the value before.
	{nil, "审核人 负责人 主要负责人 单位负责人 分管领导 主管领导 复核人 签发人 签字 盖章 公章 计量单位 金额单位", "制表 审核 复核"},
}

// blanks are what may stand between the characters of a label (填 报 人).
const blanks = `[\s\x{3000}\x{a0}]*`

var (
	// frameLabel finds a label with its bracket and colon: 填报单位（盖章）：. After
	// a bracket that asks for a seal the colon may be missing.
	frameLabel = regexp.MustCompile(`(` + labelAlternatives() + `)` + blanks +
		`(?:[（(][^（()）]*章[^（()）]*[）)]` + blanks + `[:：]?|(?:[（(][^（()）]{0,8}[）)])?` + blanks + `[:：])`)
	otherLabel  = regexp.MustCompile(`[\s\x{3000}\x{a0}]+[^\s\x{3000}\x{a0}:：]{1,10}[:：]`)
	unitLine    = regexp.MustCompile(`^\(?(计量|金额|数量)?单位:?([^:]+?)\)?$`)
	sealWords   = regexp.MustCompile(`\([^()]*章\)`)
	emptyDate   = regexp.MustCompile(`^[\s\x{3000}\x{a0}]*年?[\s\x{3000}\x{a0}]*月?[\s\x{3000}\x{a0}]*日?[\s\x{3000}\x{a0}]*$`)
	periodWords = regexp.MustCompile(`^\(?(截[至止]|统计截[至止])?\d{4}年(\d{1,2}月份?|第?[一二三四1-4]季度|[上下]半年|度)?(\d{1,2}日)?\)?$`)
	periodPart  = regexp.MustCompile(`\d{4}年(\d{1,2}月|第?[一二三四1-4]季度|[上下]半年|度)?`)
)

func labelAlternatives() string {
	var all []string
	for _, l := range frameLabels {
		all = append(all, strings.Fields(l.words+" "+l.loose)...)
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	for i, w := range all {
		all[i] = strings.Join(strings.Split(w, ""), blanks)
	}
	return strings.Join(all, "|")
}

// found is a label in a text: which one, and where it and its value begin.
type found struct {
	label       int // index in frameLabels
	start, body int
}

// findLabels returns the labels in a cell's words.
func findLabels(words string) []found {
	var out []found
	for _, m := range frameLabel.FindAllStringSubmatchIndex(words, -1) {
		if i, ok := labelOf(bare(words[m[2]:m[3]]), words[:m[0]]); ok {
			out = append(out, found{i, m[0], m[1]})
		}
	}
	return out
}

func labelOf(word, before string) (int, bool) {
	for i, l := range frameLabels {
		if slices.Contains(strings.Fields(l.words), word) {
			return i, true
		}
		if slices.Contains(strings.Fields(l.loose), word) {
			last, _ := utf8.DecodeLastRuneInString(before)
			return i, before == "" || unicode.IsSpace(last) || unicode.IsPunct(last)
		}
	}
	return 0, false
}

// isFrameLine reports whether a line says of a table who, when and in what unit.
func isFrameLine(l line) bool {
	labelled := 0
	for _, p := range l.spots {
		if _, ok := measure(p.text); ok || len(findLabels(p.text)) > 0 || sealWords.MatchString(p.key()) {
			labelled++
		}
	}
	return labelled > 0 && 3*labelled >= len(l.spots)
}

// measure returns the unit that a line of its own states: 单位：万元,
// （金额单位：元）, 单位：户、人.
func measure(words string) (string, bool) {
	m := unitLine.FindStringSubmatch(text.HeaderKey(words))
	if m == nil || !areUnits(m[2]) {
		return "", false
	}
	return m[2], true
}

// unitsIn returns the units of a line that states several: 万元、户、人.
func unitsIn(words string) []string {
	return strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune("、,，", r) })
}

func areUnits(words string) bool {
	return words != "" && !slices.ContainsFunc(unitsIn(words), func(u string) bool { return !text.IsUnit(u) })
}

// unitWithin finds a unit that words state among others: in a title, behind the
// day of report, in a note.
var unitWithin = regexp.MustCompile(`(?:^|[\s\x{3000}\x{a0}(（,，;；。.、：:])(?:计量|金额|数量|资金|货币)?单位` + blanks + `(?:统一为|均为|为|是|[:：])` + blanks + `([^)）\s\x{3000}\x{a0},，;；。]+)`)

// statedUnit returns the unit that a cell states beside other things, "" if none.
func statedUnit(words string) string {
	for _, m := range unitWithin.FindAllStringSubmatch(words, -1) {
		if u := text.HeaderKey(m[1]); areUnits(u) {
			return u
		}
	}
	return ""
}

// readPreamble reads what stands above a header. Only the lines right above it
// are taken: what is farther up belongs to something else.
func readPreamble(above []line) (title, unit string, f Frame) {
	const most = 8
	from := len(above)
	for from > 0 && len(above)-from < most && isPreamble(above[from-1]) {
		from--
	}
	var titles []string
	for _, l := range above[from:] {
		f.read(l)
		for _, p := range l.spots {
			u, isMeasure := measure(p.text)
			unit = cmp.Or(unit, statedUnit(p.text))
			switch {
			case isMeasure:
				unit = u
			case annexWords.MatchString(p.key()):
				f.Annex = p.mark()
			case periodWords.MatchString(p.key()):
				f.Period = cmp.Or(f.Period, p.mark())
			case len(l.spots) == 1 && !labelled.MatchString(p.key()):
				titles = append(titles, firstLine(p.text))
			}
		}
	}
	title = strings.Join(titles, " ")
	f.takePeriod(title, above[from:])
	return title, unit, f
}

// isPreamble reports whether a line can stand between a title and its header.
func isPreamble(l line) bool {
	return len(l.spots) <= 3 || isFrameLine(l)
}

func (p spot) mark() Mark { return Mark{Text: p.text, Cell: sheet.CellName(p.row, p.col)} }

// takePeriod takes the period from the title if no line of its own gives it.
func (f *Frame) takePeriod(title string, lines []line) {
	words := periodPart.FindString(bare(title))
	if f.Period.Text != "" || words == "" {
		return
	}
	for _, l := range lines {
		for _, p := range l.spots {
			if strings.Contains(bare(p.text), words) {
				f.Period = Mark{Text: words, Cell: p.mark().Cell}
				return
			}
		}
	}
}

// read takes what the labels of a line announce: the words behind the colon up
// to the next label, or the next cell where nothing is behind it. What is known
// already stays.
func (f *Frame) read(l line) {
	for i, p := range l.spots {
		labels := findLabels(p.text)
		for j, at := range labels {
			end := len(p.text)
			if j+1 < len(labels) {
				end = labels[j+1].start
			}
			m := Mark{Text: frameValue(p.text[at.body:end]), Cell: p.mark().Cell}
			if m.Text == "" && j+1 == len(labels) && i+1 < len(l.spots) && len(findLabels(l.spots[i+1].text)) == 0 {
				m = l.spots[i+1].mark()
			}
			f.put(at.label, m)
		}
	}
}

func (f *Frame) put(label int, m Mark) {
	slot := frameLabels[label].slot
	if slot == nil || m.Text == "" {
		return
	}
	if _, isMeasure := measure("单位:" + m.Text); isMeasure {
		return
	}
	if old := slot(f); old.Text == "" {
		*old = m
	}
}

// frameValue cuts the words behind a label where a label unknown to us begins; a
// date of which only 年 月 日 is printed is none.
func frameValue(s string) string {
	if at := otherLabel.FindStringIndex(s); at != nil {
		s = s[:at[0]]
	}
	s = strings.Trim(text.Clean(s), "_＿ 　")
	if emptyDate.MatchString(s) {
		return ""
	}
	return s
}
