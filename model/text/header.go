package text

import (
	"slices"
	"strings"
)

// HeaderKey is the key by which two headers of a table are the same: without
// blanks and line breaks, full-width characters narrowed, brackets of any shape
// as (), letters lower case. 姓　名 and 姓\n名 are both 姓名.
func HeaderKey(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= firstCommon && r <= lastCommon:
			return r
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		case isBlank(r), isBreak(r), isInvisible(r):
			return -1
		}
		r = narrow(r)
		switch r {
		case '[', '{', '【', '〔', '〖', '「', '『', '〈', '《':
			return '('
		case ']', '}', '】', '〕', '〗', '」', '』', '〉', '》':
			return ')'
		}
		if r >= 'A' && r <= 'Z' {
			return r - 'A' + 'a'
		}
		return r
	}, s)
}

// HeaderCore is the header's word alone: the key without bracketed parts, units
// behind a slash, colons and the asterisk of a required column. 联系电话（手机）：
// becomes 联系电话, 种植面积/亩 becomes 种植面积. A header that is nothing but a
// bracket keeps its content.
func HeaderCore(s string) string {
	key := HeaderKey(s)
	core := trimMarks(withoutBrackets(key))
	if core == "" {
		core = trimMarks(strings.NewReplacer("(", "", ")", "").Replace(key))
	}
	for {
		word, _, ok := bareUnit(core)
		if !ok {
			return core
		}
		core = trimMarks(word)
	}
}

// Unit returns the unit that a header states in brackets, behind a slash or as
// its last word: 总投资（万元）, 金额（单位：万元）, 种植面积/亩, 完成比例%. It is ""
// where what stands in brackets is no unit: 联系电话（手机）.
func Unit(s string) string {
	key := HeaderKey(s)
	for rest := key; ; {
		open := strings.IndexByte(rest, '(')
		if open < 0 {
			break
		}
		inner, after, closed := strings.Cut(rest[open+1:], ")")
		if u := strings.TrimLeft(strings.TrimPrefix(inner, "单位"), ":"); closed && IsUnit(u) {
			return u
		}
		rest = after
	}
	_, unit, _ := bareUnit(trimMarks(withoutBrackets(key)))
	return unit
}

func trimMarks(s string) string { return strings.Trim(s, "*:;,.、。※★▲#") }

// withoutBrackets removes bracketed parts; a bracket that is never closed ends
// the text, as headers cut short by a narrow column do.
func withoutBrackets(s string) string {
	if !strings.ContainsAny(s, "()") {
		return s
	}
	var out strings.Builder
	depth := 0
	for _, r := range s {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth = max(depth-1, 0)
		case depth == 0:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// bareUnit splits off a unit written without brackets: behind a slash, or one of
// the units that no ordinary word ends in.
func bareUnit(s string) (word, unit string, ok bool) {
	if i := strings.LastIndexByte(s, '/'); i > 0 && IsUnit(s[i+1:]) {
		return s[:i], s[i+1:], true
	}
	for _, u := range suffixUnits {
		if w, found := strings.CutSuffix(s, u); found && w != "" {
			return w, u, true
		}
	}
	return s, "", false
}

// suffixUnits are the units taken as such at the end of a header without
// brackets. 户 or 人 are not: 受益户 is a word.
var suffixUnits = []string{"万元", "亿元", "平方米", "平方公里", "公顷", "%", "‰"}

// IsUnit reports whether s is a unit of measurement or a counting word used in
// the headers of township tables.
func IsUnit(s string) bool {
	if _, known := measures[s]; known && s != "" {
		return true
	}
	return slices.Contains(countWords, s)
}

// countWords are counting words and rates: units that convert to nothing else.
var countWords = strings.Fields(`户 人 人次 户次 个 家 次 天 日 月 年 岁 小时 头 只 羽 株 棵 套 台 辆 件 份 条 项 处 座 间
	盏 口 名 期 场 篇 张 宗 起 村 组 支 本 块 幢 栋 孔 眼 盘 车 元/人 元/月 元/亩 元/年 元/户 元/天 元/人·年 元/人/年 人/户 户/人 万人 万户 万人次
	公斤/亩 斤/亩 吨/年 千瓦 kw 度 % ‰`)
