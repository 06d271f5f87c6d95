package exchange

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
)

// daysAcross makes the heads of days from..to with words around them.
func daysAcross(before string, from, to int, suffix string) string {
	var out []string
	for d := from; d <= to; d++ {
		out = append(out, fmt.Sprintf("%d%s", d, suffix))
	}
	return before + strings.Join(out, "|")
}

func TestDayColumns(t *testing.T) {
	for _, c := range []struct {
		name, header string
		month        model.Month
		want         string
	}{
		{"the whole month", daysAcross("姓名|", 1, 30, "") + "|驻村天数", "2026-11", "B2026-11-01…AE2026-11-30"},
		{"with 日", daysAcross("姓名|", 1, 30, "日"), "2026-11", "B2026-11-01…AE2026-11-30"},
		{"a day too many", daysAcross("姓名|", 1, 31, ""), "2026-11", "B2026-11-01…AE2026-11-30"},
		{"half a month", daysAcross("姓名|职务|", 16, 30, ""), "2026-11", "C2026-11-16…Q2026-11-30"},
		{"leap day", daysAcross("姓名|", 1, 29, ""), "2028-02", "B2028-02-01…AD2028-02-29"},
		{"another month", "姓名|10月1日|10月2日|10月3日|10月4日|10月5日", "2026-11", ""},
		{"stages are no days", "姓名|村名|职务|1|2|3|备注", "2026-11", ""},
		{"no days", "姓名|性别|学历", "2026-11", ""},
	} {
		tables := findIn(sheetFrom([]string{c.header, "张示例一|" + strings.Repeat("√|", strings.Count(c.header, "|"))}))
		if len(tables) != 1 {
			t.Fatalf("%s: %d tables", c.name, len(tables))
		}
		got := ""
		if days := DayColumns(&tables[0], c.month); len(days) > 0 {
			a, z := days[0], days[len(days)-1]
			got = columnNames([]int{a.Col})[0] + string(a.Day) + "…" + columnNames([]int{z.Col})[0] + string(z.Day)
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestReadDays(t *testing.T) {
	s := sheetFrom([]string{
		"2026年11月考勤表",
		"序号|姓名|11月|||||||备注",
		daysAcross("||", 1, 7, "") + "|",
		"1|张示例一|√|√||△|||√|请假一天",
		"2|李示例二|||○||||",
	}, "A2:A3", "B2:B3", "C2:I2", "J2:J3", "A1:J1")
	tables := findIn(s)
	if len(tables) != 1 || tables[0].HeaderLast != 3 {
		t.Fatalf("%+v", tables)
	}
	marks, problems := ReadDays(&s, &tables[0], []Match{{Col: 2, Path: "name"}, {Col: 10, Path: "remark"}}, "2026-11")
	var got []string
	for _, m := range marks {
		got = append(got, fmt.Sprintf("%s %s %s %s", m.Cells["name"].Cell.Text, m.Day, m.Mark.Cell.Text, m.Mark.Addr))
	}
	want := []string{"张示例一 2026-11-01 √ C4", "张示例一 2026-11-02 √ D4", "张示例一 2026-11-04 △ F4", "张示例一 2026-11-07 √ I4", "李示例二 2026-11-03 ○ E5"}
	if !slices.Equal(got, want) || len(problems) > 0 {
		t.Errorf("got %q, want %q; %+v", got, want, problems)
	}
	if r := marks[0].Cells["remark"].Cell.Text; r != "请假一天" {
		t.Errorf("remark %q", r)
	}
}

func TestReadDays_NoSuchDay(t *testing.T) {
	s := sheetFrom([]string{daysAcross("姓名|", 26, 31, ""), "张示例一|√|√|√|√|√|√"})
	tables := findIn(s)
	marks, problems := ReadDays(&s, &tables[0], nil, "2026-11")
	if len(marks) != 5 || len(problems) != 1 || problems[0].Cell != "G2" || problems[0].Sheet != "表" || problems[0].Level != model.Fault {
		t.Errorf("%d marks, %+v", len(marks), problems)
	}
	if marks, problems := ReadDays(&s, &tables[0], nil, "2026-10"); len(marks) != 6 || len(problems) > 0 {
		t.Errorf("%d marks, %+v", len(marks), problems)
	}
	plain := sheetFrom([]string{"姓名|性别|学历", "张示例一|男|本科"})
	if marks, _ := ReadDays(&plain, &findIn(plain)[0], nil, "2026-11"); marks != nil {
		t.Errorf("%+v", marks)
	}
}
