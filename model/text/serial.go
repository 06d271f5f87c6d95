package text

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"xiangzhen/model"
)

// The serial numbers taken for dates where the number format does not say so:
// 1954 to 2119, which no count of days, 亩 or 元 in a date column can be.
const (
	firstSerial = 20_000
	lastSerial  = 80_000
)

// ParseSerial reads the number of a numeric cell in a date column. With a date
// format it is a serial number of the workbook's calendar (date1904 for files
// from old Macs); 44635 is 2022-03-15. Without one it is what was typed: 20220315,
// 202203, 2022.03, 3.15, or a serial number. Excel drops a last zero, so 2022.1 is
// January or October, and 3.1 is the 1st or the 10th: asked about. Text of the
// result is 2006-01-02 for a serial, with the hour if there is one, and else the
// number. 0 is no date.
func ParseSerial(num float64, date1904, isDateFormat bool, ref model.Day) (model.DateWords, Doubt) {
	words := strconv.FormatFloat(num, 'f', -1, 64)
	switch {
	case num == 0:
		return model.DateWords{}, Doubt{}
	case math.IsNaN(num), math.IsInf(num, 0), num < 0, num >= 1e8:
		return model.DateWords{Text: words}, Doubt{Level: Wrong, Message: "“" + words + "”不是日期，请改成 2026-03-15 的样子。"}
	}
	inRange := num >= firstSerial && num <= lastSerial
	if isDateFormat && num < maxSerial || inRange && num != math.Trunc(num) {
		return fromSerial(num, date1904, words)
	}
	if inRange {
		found, _ := fromSerial(num, date1904, words)
		return found, serialNote(words, found.End)
	}
	if doubt := droppedZero(words); !doubt.IsZero() {
		return model.DateWords{Text: words}, doubt
	}
	return ParseDate(words, ref)
}

func serialNote(words string, day model.Day) Doubt {
	return Doubt{Level: Note, Message: "“" + Excerpt(words) + "”是 Excel 的日期序号，按 " + FormatDay(day) + " 算。", Suggestions: []string{FormatDay(day)}}
}

// maxSerial is the serial number after the last day of lastYear; 202203 with a
// date format lies beyond it and is the month somebody typed.
const maxSerial = 109_573

func fromSerial(num float64, date1904 bool, words string) (model.DateWords, Doubt) {
	day := serialDay(int(num), date1904)
	if day == "" {
		return model.DateWords{Text: words}, Doubt{Level: Wrong, Message: "单元格里是数字 " + words + "，按日期格式显示成了 1900 年，不是真正的日期，请重新填写。"}
	}
	text := string(day)
	if minutes := int(math.Round((num - math.Trunc(num)) * 24 * 60)); minutes > 0 && minutes < 24*60 {
		text += fmt.Sprintf(" %02d:%02d", minutes/60, minutes%60)
	}
	return model.DateWords{Text: text, Start: day, End: day, Kind: model.DateFixed}, Doubt{}
}

// serialDay returns the day of a serial number. Excel's first calendar has a 29
// February 1900 that never was, and nobody means a day before it: such a number
// is a count that got a date format, and "" comes back.
func serialDay(n int, date1904 bool) model.Day {
	switch {
	case date1904 && n >= 0:
		return model.Day("1904-01-01").Add(n)
	case n > 60:
		return model.Day("1899-12-30").Add(n)
	}
	return ""
}

// droppedZero tells a number whose last zero Excel may have dropped.
func droppedZero(words string) Doubt {
	front, fraction, ok := strings.Cut(words, ".")
	if !ok || len(fraction) != 1 || len(front) > 4 {
		return Doubt{}
	}
	n, digit := atoi(front), atoi(fraction)
	var readings []string
	switch {
	case len(front) == 4 && digit == 1:
		readings = []string{front + "年1月", front + "年10月"}
	case len(front) <= 2 && n >= 1 && n <= 12 && digit >= 1 && isDay(2000, n, 10*digit):
		readings = []string{front + "月" + fraction + "日", front + "月" + fraction + "0日"}
	default:
		return Doubt{}
	}
	return Doubt{Level: Ask, Suggestions: readings,
		Message: "数字 " + words + " 分不清是 " + readings[0] + " 还是 " + readings[1] + "（Excel 会丢掉末尾的 0），请写明。"}
}
