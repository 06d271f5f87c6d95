package text

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

var hanDigits = map[rune]int{
	'〇': 0, '零': 0, '○': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
}

var hanPowers = map[rune]int{'十': 10, '百': 100, '千': 1000}

// hanNumber reads Chinese numerals below 10,000: 十二, 二十, 一百零三, 三千二百,
// 廿五, and digit by digit 二〇二二. False if s is anything else.
func hanNumber(s string) (int, bool) {
	s = strings.NewReplacer("廿", "二十", "卅", "三十").Replace(s)
	if n := utf8.RuneCountInString(s); n == 0 || n > 8 {
		return 0, false
	}
	if strings.ContainsAny(s, "十百千") {
		return hanByPowers(s)
	}
	total := 0
	for _, r := range s {
		d, ok := hanDigits[r]
		if !ok || r == '两' && len(s) > len("两") {
			return 0, false
		}
		total = total*10 + d
	}
	return total, total <= 9999
}

func hanByPowers(s string) (int, bool) {
	total, digit, last := 0, -1, 10_000
	sound := true // 一百二 is 120 to some and 102 to none: not read
	for _, r := range s {
		power, isPower := hanPowers[r]
		d, isDigit := hanDigits[r]
		switch {
		case isPower && power < last:
			if digit < 0 && power == 10 && total == 0 {
				digit = 1 // 十二
			}
			if digit < 1 {
				return 0, false
			}
			total, digit, last, sound = total+digit*power, -1, power, true
		case isDigit && digit <= 0: // a digit, or one after 零
			sound = last <= 10 || digit == 0 || d == 0
			digit = d
		default:
			return 0, false
		}
	}
	return total + max(digit, 0), sound
}

// arabic replaces every run of Chinese numerals in s that is a number by its
// digits: 二〇二二年十二月 → 2022年12月. A run that is none stays as written.
func arabic(s string) string {
	start := strings.IndexFunc(s, isNumeral)
	if start < 0 {
		return s
	}
	var out strings.Builder
	for start >= 0 {
		out.WriteString(s[:start])
		s = s[start:]
		end := strings.IndexFunc(s, func(r rune) bool { return !isNumeral(r) })
		if end < 0 {
			end = len(s)
		}
		out.WriteString(digitsOf(s[:end]))
		s = s[end:]
		start = strings.IndexFunc(s, isNumeral)
	}
	out.WriteString(s)
	return out.String()
}

func digitsOf(run string) string {
	n, ok := hanNumber(run)
	if !ok {
		return run
	}
	return strconv.Itoa(n)
}

func isNumeral(r rune) bool {
	_, digit := hanDigits[r]
	return digit && r != '两' || r == '十' || r == '廿' || r == '卅'
}
