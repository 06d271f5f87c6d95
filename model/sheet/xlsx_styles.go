package sheet

import "strings"

// numFormat is the number format of a style.
type numFormat struct {
	code string
	date bool
}

func formatOf(code string) numFormat { return numFormat{code, isDateFormat(code)} }

// builtinFormats are the formats that files name by number only. 27 to 58 are
// dates and times in Chinese versions of Excel.
var builtinFormats = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
	22: "yyyy/m/d h:mm", 27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒",
	34: "上午/下午h时mm分", 35: "上午/下午h时mm分ss秒", 36: "yyyy年m月", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
	40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: "yyyy年m月", 51: "m月d日",
	52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 55: "上午/下午h时mm分", 56: "上午/下午h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日",
}

func (x *xlsxFile) readStyles(part string) error {
	custom := map[int]string{}
	inCellXfs := false
	return x.scan(part, func(s *xmlScanner) error {
		switch {
		case s.is("numFmt"):
			code, _ := s.attr("formatCode")
			custom[s.intAttr("numFmtId")] = code
		case s.is("cellXfs"):
			inCellXfs = !s.selfClose
		case s.ends("cellXfs"):
			inCellXfs = false
		case s.is("xf") && inCellXfs:
			id := s.intAttr("numFmtId")
			code, ok := custom[id]
			if !ok {
				code = builtinFormats[id]
			}
			x.formats = append(x.formats, formatOf(code))
		}
		return nil
	})
}

// isDateFormat reports whether a format code shows a date or a time: the first
// letter or placeholder outside quotes, brackets and escapes is one of y m d h s,
// e (a year in Chinese versions) or aaa (a weekday).
func isDateFormat(code string) bool {
	code, _, _ = strings.Cut(code, ";")
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case '"':
			i = skipTo(code, i, '"')
		case '[':
			end := skipTo(code, i, ']')
			if isElapsed(code[i+1 : min(end, len(code))]) {
				return true
			}
			i = end
		case '\\', '_', '*':
			i++
		case 'y', 'm', 'd', 'h', 's', 'e', 'Y', 'M', 'D', 'H', 'S', 'E':
			return true
		case '#', '0', '?', '@':
			return false
		case 'a', 'A', 'g', 'G':
			switch rest := strings.ToLower(code[i:]); {
			case strings.HasPrefix(rest, "general"):
				return false
			case strings.HasPrefix(rest, "aaa"):
				return true
			}
		}
	}
	return false
}

// skipTo returns the place of the closing mark behind i, or the end.
func skipTo(code string, i int, mark byte) int {
	if n := strings.IndexByte(code[i+1:], mark); n >= 0 {
		return i + 1 + n
	}
	return len(code)
}

// isElapsed reports whether a bracket holds hours, minutes or seconds: [h], [mm].
func isElapsed(inside string) bool {
	return inside != "" && strings.Trim(strings.ToLower(inside), "hms") == ""
}

// format returns the number format of a style by its index.
func (x *xlsxFile) format(style int) numFormat {
	if style < 0 || style >= len(x.formats) {
		return numFormat{}
	}
	return x.formats[style]
}
