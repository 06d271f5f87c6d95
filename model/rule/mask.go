package rule

import (
	"strings"
	"unicode/utf8"

	"xiangzhen/model"
)

// Mask hides a sensitive value for people who need not see it, by one fixed
// scheme: different masks of one number put together would give it away. Of an
// identity number and a bank card the first six digits stay (where it was
// issued), of a phone the first three and last four, of anything else nothing.
// A masked value always holds a * and so comes back as "not given".
func Mask(f *model.Field, s string) string {
	if s == "" {
		return ""
	}
	switch f.Kind {
	case model.KindIDNumber, model.KindBankCard:
		return hide(s, 6, 0)
	case model.KindPhone:
		numbers := strings.Split(s, phoneSep)
		for i, n := range numbers {
			numbers[i] = hide(n, 3, 4)
		}
		return strings.Join(numbers, phoneSep)
	}
	return "***"
}

// hide replaces all but the first and last characters, everything where less
// than four would be hidden.
func hide(s string, first, last int) string {
	const least = 4
	n := utf8.RuneCountInString(s)
	if n < first+last+least {
		return "***"
	}
	r := []rune(s)
	return string(r[:first]) + strings.Repeat("*", n-first-last) + string(r[n-last:])
}
