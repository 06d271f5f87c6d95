package text

import "strings"

// guarded are the characters by which a spreadsheet takes a text for a formula, and
// the apostrophe, which Unguard would take for a guard.
const guarded = "=+-@\t\r'"

// Guard keeps a spreadsheet from taking a text for a formula where a cell cannot say
// that it is text: in a csv file and on the clipboard. Excel's own apostrophe does.
// A number and a lone sign stay as they are. Unguard takes it off again.
func Guard(s string) string {
	if len(s) < 2 || !strings.ContainsRune(guarded, rune(s[0])) || isNegative(s) {
		return s
	}
	return "'" + s
}

// Unguard takes off what Guard put before a text; of any other text it takes nothing
// but an apostrophe that a person typed for the same end.
func Unguard(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.ContainsRune(guarded, rune(s[1])) {
		return s[1:]
	}
	return s
}

// isNegative reports whether s is a negative number in plain figures. -1+2 is not: a
// spreadsheet reckons it up; nor is +86, which would lose its sign.
func isNegative(s string) bool {
	whole, part, point := strings.Cut(s[1:], ".")
	return s[0] == '-' && allDigits(whole) && (!point || allDigits(part))
}
