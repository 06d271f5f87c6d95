package sheet

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// maxSheetName is the longest name of a sheet, in UTF-16 units.
const maxSheetName = 31

// forbidden stands for the characters a sheet's name must not have: their
// full-width forms, which read the same.
var forbidden = strings.NewReplacer(":", "：", `\`, "＼", "/", "／", "?", "？", "*", "＊", "[", "［", "]", "］")

// safeNames gives the sheets names that Excel accepts. Names are often labels of
// ledgers that people made, such as “收入/支出”.
func safeNames(sheets []OutSheet) []OutSheet {
	sheets = slices.Clone(sheets)
	used := map[string]bool{strings.ToLower(listSheet): true}
	for i := range sheets {
		base := strings.Trim(forbidden.Replace(sheets[i].Name), "' \t\r\n")
		if base == "" {
			base = "表"
		}
		name := cut(base, maxSheetName)
		for n := 2; used[strings.ToLower(name)]; n++ {
			suffix := fmt.Sprintf("(%d)", n)
			name = cut(base, maxSheetName-len(suffix)) + suffix
		}
		used[strings.ToLower(name)] = true
		sheets[i].Name = name
	}
	return sheets
}

// cut shortens text to a number of UTF-16 units without cutting a character.
func cut(s string, limit int) string {
	for utf16Len(s) > limit {
		r := []rune(s)
		s = string(r[:len(r)-1])
	}
	return s
}

// utf16Len is how long Excel counts a text.
func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}
