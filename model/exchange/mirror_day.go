package exchange

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

var (
	// asOfWords announce the day up to which an export holds.
	asOfWords = regexp.MustCompile(`截[至止]|导出|数据(时间|日期)|统计(时间|日期)|查询(时间|日期)`)
	// fullDay is a day with its year. Without strokes or signs it has eight digits, or
	// more where a time of day follows (20261120143000).
	fullDay = regexp.MustCompile(`(?:^|\D)(20\d\d)(?:[年.\-/_](\d{1,2})[月.\-/_](\d{1,2})|(\d\d)(\d\d)(?:\d{4}|\d{6})?)(?:\D|$)`)
)

// AsOf proposes the day up to which a table holds (数据截至): what the lines above its
// header say, best where they announce it, else the name of the file; "" where neither
// names a day up to today.
func AsOf(b *sheet.Book, t *Table, file string, today model.Day) model.Day {
	var announced, named model.Day
	for _, row := range b.Sheets[t.SheetIndex].Rows {
		if row.Index >= t.HeaderFirst {
			break
		}
		var words []string
		for _, c := range row.Cells {
			w := text.Clean(c.Text)
			if day, ok := sheet.SerialDay(c.Num, b.Date1904); c.Date && ok {
				w = string(day)
			}
			words = append(words, w)
		}
		line := strings.Join(words, " ")
		if at := asOfWords.FindStringIndex(line); at != nil && announced == "" {
			announced = dayIn(line[at[1]:], today)
		}
		if named == "" {
			named = dayIn(line, today)
		}
	}
	for _, d := range []model.Day{announced, named} {
		if d != "" {
			return d
		}
	}
	return dayIn(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)), today)
}

// dayIn returns the first full day that words name, "" for none up to today.
func dayIn(words string, today model.Day) model.Day {
	for _, m := range fullDay.FindAllStringSubmatch(strings.ReplaceAll(words, " ", "  "), -1) {
		year, _ := strconv.Atoi(m[1]) // digits by the pattern, as below
		month, _ := strconv.Atoi(m[2] + m[4])
		day, _ := strconv.Atoi(m[3] + m[5])
		d := model.NewDay(year, month, day)
		if month >= 1 && month <= 12 && d.Month() == model.NewDay(year, month, 1).Month() && day >= 1 && d <= today {
			return d
		}
	}
	return ""
}
