package text

import "strings"

// guarded are the characters by which a spreadsheet takes a text for a formula, and
// the apostrophe, which Unguard would take for a guard.
const guarded = "=+-@\t\r'"

// Guard keeps a spreadsheet from taking a text for a formula where a cell cannot say
// that it is text: in a csv file and on the clipboard. Excel's own apostrophe does.
// A number, a percentage and a lone sign stay as they are. Unguard takes it off again.
func Guard(s string) string {
	if len(s) < 2 || !strings.ContainsRune(guarded, rune(s[0])) || s[0] == '-' && IsPlainNumber(strings.TrimSuffix(s, "%")) {
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

// IsPlainNumber reports whether s is a number in plain figures that a cell of a
// workbook can hold as a number and shows again as it was: -12.5. Neither -1+2, which
// a spreadsheet reckons up, nor +86 and 007, which would lose a character, nor
// 2026-11-22.
func IsPlainNumber(s string) bool {
	whole, part, point := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	return allDigits(whole) && (whole == "0" || whole[0] != '0') && (!point || allDigits(part))
}
