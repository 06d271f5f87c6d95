package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"xiangzhen/model"
)

// Number is a number as people write it: 约1,234.5万元.
type Number struct {
	Value int64  // scaled by the scale asked for: 12.34 at scale 4 is 123400
	Unit  string // the words behind the number, as written: 万元, 户; "" if none
	About bool   // 约, 近, 左右, 余, 以上 …
	// Lost holds the digits behind the scale that do not fit, "" if the number is
	// exact. Value is then rounded half away from zero.
	Lost string
}

// ParseNumber reads a number with an optional unit at a scale of 0 to 9 digits
// after the point, exactly, in no floating point: 1,234.5 · １２３ · 12万元 · 约30户 ·
// 三十户 · 1.2e3 · -5 · (5) for -5 · ￥100. A percent sign is a unit. The error is a
// *model.Error of CodeInvalid: no number, two numbers (3户9人), commas or blanks
// that do not part thousands, a number that does not fit int64.
func ParseNumber(s string, scale int) (Number, error) {
	return parseNumber(s, scale, 0)
}

// ParseCellNumber reads the raw digits of a numeric cell. Excel keeps 15
// significant digits and writes more: 0.1+0.2 stands in the file as
// 0.30000000000000004, which is 0.3 to everybody who looks at the sheet.
func ParseCellNumber(raw string, scale int) (Number, error) {
	return parseNumber(raw, scale, excelDigits)
}

const excelDigits = 15

func parseNumber(s string, scale, significant int) (Number, error) {
	words := foldNumber(s)
	if words == "" {
		return Number{}, badNumber(s, "没有数字")
	}
	var n Number
	words, n.About = cutAbout(words)
	words, n.Unit = cutCurrency(words)
	d, rest, fault := scanDecimal(words)
	if fault != "" {
		return Number{}, badNumber(s, fault)
	}
	unit, about := cutTrailingAbout(rest)
	n.About = n.About || about
	switch {
	case n.Unit != "" && isMultiplier(unit):
		n.Unit = unit + n.Unit // ￥100万
	case unit != "":
		n.Unit = unit
	}
	if strings.ContainsFunc(n.Unit, isNumberRune) && !IsUnit(n.Unit) {
		return Number{}, badNumber(s, "不止一个数字")
	}
	if significant > 0 {
		d.round(significant)
	}
	var fits bool
	if n.Value, n.Lost, fits = d.scaled(scale); !fits {
		return Number{}, badNumber(s, "数字太大")
	}
	return n, nil
}

func badNumber(s, fault string) error {
	return model.Errorf(model.CodeInvalid, "“%s”不是一个能用的数：%s，请改成一个数字。", Excerpt(s), fault)
}

// Excerpt shortens words that a message quotes: one line, at most 20 characters.
func Excerpt(s string) string {
	const most = 20
	s = strings.Join(strings.Fields(Clean(s)), " ")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

// foldNumber narrows s and drops blanks, but keeps one space between two digits:
// 12 34 is not 1234.
func foldNumber(s string) string {
	folded := strings.Map(func(r rune) rune {
		switch {
		case isBlank(r), isBreak(r):
			return ' '
		case isInvisible(r):
			return -1
		case isDash(r):
			return '-'
		}
		return narrow(r)
	}, s)
	return strings.TrimLeft(dropBlanks(folded), "'‘’")
}

// dropBlanks removes the spaces of s except one between two digits.
func dropBlanks(s string) string {
	if strings.IndexByte(s, ' ') < 0 {
		return s
	}
	var out strings.Builder
	for i, word := range strings.Fields(s) {
		if so := out.String(); i > 0 && isDigit(so[len(so)-1]) && isDigit(word[0]) {
			out.WriteByte(' ')
		}
		out.WriteString(word)
	}
	return out.String()
}

var (
	aboutBefore = []string{"大约", "约为", "约计", "约", "将近", "近", "大概", "超过", "不足", "不少于", "不低于", "至少", "~", "≈", "≥", "≤", ">", "<"}
	aboutBehind = []string{"左右", "上下", "以上", "以下", "以内", "有余", "多", "余", "+"}
)

func cutAbout(s string) (string, bool) {
	rest := trimPrefixes(s, aboutBefore)
	return rest, len(rest) < len(s)
}

// cutTrailingAbout reads what stands behind the digits: 多户, 万元左右, 余.
func cutTrailingAbout(s string) (unit string, about bool) {
	for _, w := range aboutBehind {
		if rest, ok := strings.CutPrefix(s, w); ok {
			s, about = rest, true
		}
		if rest, ok := strings.CutSuffix(s, w); ok {
			s, about = rest, true
		}
	}
	return strings.TrimRight(s, "。；;，,整"), about
}

func cutCurrency(s string) (rest, unit string) {
	for _, sign := range []string{"人民币", "¥", "RMB"} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			return rest, "元"
		}
	}
	return s, ""
}

func isNumberRune(r rune) bool { return unicode.IsDigit(r) || r == '十' || r == '百' }
