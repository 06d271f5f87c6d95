package report

import (
	"fmt"
	"strconv"
	"strings"

	"xiangzhen/model"
)

// Diarist is a member of a team with the entries of a period, the oldest first.
type Diarist struct {
	Village, Name, Role string
	Logs                []*model.Record
}

// diaryTexts are the fields of an entry that the list gathers, with the words of the
// weekly list (DOMAIN §1 d: 本周完成, 下周计划).
var diaryTexts = []struct{ key, header string }{{"content", "完成"}, {"solved", "解决的问题"}, {"problem", "存在困难"}, {"next_step", "计划"}}

// Diary lists what the members wrote down in a period, one line a member: what was
// done with its days, what was solved, what is difficult, what comes next.
func Diary(members []Diarist, period model.Period) Table {
	t := Table{Columns: []Column{{Header: "序号", Width: 6, Number: true}, {Header: "村", Width: 11}, {Header: "姓名", Width: 10}, {Header: "驻村职务", Width: 13}}}
	for _, f := range diaryTexts {
		t.Columns = append(t.Columns, Column{Header: diaryHeader(f.key, f.header, period.Cadence()), Width: 26, Long: true})
	}
	for _, m := range members {
		row := []string{strconv.Itoa(len(t.Rows) + 1), m.Village, m.Name, m.Role}
		for _, f := range diaryTexts {
			row = append(row, m.dated(f.key))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// diaryHeader names what was done in the period and what is planned for the next:
// 本周完成, 下周计划, 本月完成.
func diaryHeader(key, words string, c model.Cadence) string {
	unit, ok := map[model.Cadence]string{model.Weekly: "周", model.Monthly: "月", model.Quarterly: "季度", model.Yearly: "年"}[c]
	switch {
	case !ok:
		unit = "期"
	case c == model.Yearly && key == "next_step":
		return "明年计划"
	}
	switch key {
	case "content":
		return "本" + unit + words
	case "next_step":
		return "下" + unit + words
	}
	return words
}

// dated gathers a text of the entries, a line a day; a text said again is left out.
func (d Diarist) dated(key string) string {
	var lines []string
	said := ""
	for _, log := range d.Logs {
		words := strings.TrimSpace(log.Get(key).Text)
		if words == "" || words == said {
			continue
		}
		said = words
		lines = append(lines, fmt.Sprintf("%s：%s", chineseDay(log.Get("log_on").Start), words))
	}
	return strings.Join(lines, "\n")
}
