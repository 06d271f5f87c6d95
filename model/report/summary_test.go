package report

import (
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

func task(state string, daysLeft int64, closed model.Day) *model.Record {
	r := model.NewRecord(ledgers.Task, "t")
	r.Put("state", model.Text(state))
	r.Put("closed_on", model.OnDay(closed))
	r.Derived = map[string]model.Value{"days_left": model.Int(daysLeft)}
	return r
}

func progress(problem string) *model.Record {
	r := model.NewRecord(ledgers.Progress, "p")
	r.Put("text", model.Text("已完成过半"))
	r.Put("problem", model.Text(problem))
	return r
}

var items = []Item{
	{Unit: "青山村", Title: "一", Task: task(ledgers.StateDone, -5, "2026-11-03"), Progress: progress("")},
	{Unit: "青山村", Title: "二", Task: task(ledgers.StateDoing, -2, ""), Progress: progress("缺材料")},
	{Unit: "青山村", Title: "三", Task: task(ledgers.StateTodo, 9, "")},
	{Unit: "白石村", Title: "四", Task: task(ledgers.StateReview, 0, "")},
	{Unit: "白石村", Title: "五", Task: task(ledgers.StatePaused, -9, "")},
	{Unit: "县水利局", Title: "六", Task: task(ledgers.StateEnded, -9, "")},
}

func TestSummarise(t *testing.T) {
	lines, sum := Summarise([]string{"青山村", "白石村", "柳河村"}, items, "2026-11")
	want := []Line{
		{Unit: "青山村", Total: 3, Done: 1, Doing: 1, NotStarted: 1, Overdue: 1, ClosedNow: 1, Reported: 2, Problems: 1},
		{Unit: "白石村", Total: 2, Doing: 1, Stopped: 1},
		{Unit: "柳河村"},
		{Unit: "县水利局", Total: 1, Stopped: 1},
	}
	if len(lines) != len(want) {
		t.Fatalf("%d lines, want %d", len(lines), len(want))
	}
	for i := range want {
		if lines[i] != want[i] {
			t.Errorf("line %+v, want %+v", lines[i], want[i])
		}
	}
	if sum != (Line{Unit: "合计", Total: 6, Done: 1, Doing: 2, NotStarted: 1, Stopped: 2, Overdue: 1, ClosedNow: 1, Reported: 2, Problems: 1}) {
		t.Errorf("sum %+v", sum)
	}
}

func TestLine_Rate(t *testing.T) {
	for _, tt := range []struct {
		line Line
		want int64
		ok   bool
	}{{Line{}, 0, false}, {Line{Total: 3, Done: 1}, 333, true}, {Line{Total: 3, Done: 2}, 667, true}, {Line{Total: 4, Done: 4}, 1000, true}} {
		if got, ok := tt.line.Rate(); got != tt.want || ok != tt.ok {
			t.Errorf("%d of %d: %d %v, want %d %v", tt.line.Done, tt.line.Total, got, ok, tt.want, tt.ok)
		}
	}
}

func TestWorkbook(t *testing.T) {
	out := Workbook(Summary{Title: "甲镇任务进展汇总", Unit: "甲镇", Filler: "张示例一", Period: "2026-11", Today: "2026-11-22",
		At: time.Unix(1e9, 0), Demo: true, Units: []string{"青山村", "白石村"}, Items: items, Catalog: model.NewCatalog(ledgers.All()...)})
	if !strings.HasPrefix(out.Title, "【演示数据】甲镇任务进展汇总（2026年11月）") || len(out.Sheets) != 2 {
		t.Fatalf("%s with %d sheets", out.Title, len(out.Sheets))
	}
	counts, details := out.Sheets[0], out.Sheets[1]
	if got := words(counts, 3); got != "序号 乡镇（村） 任务总数 已完成 推进中 未启动 中止终止 逾期 完成率（%） 本月新增完成 本月已报进展 收集问题" {
		t.Errorf("header: %s", got)
	}
	if got := words(counts, 4); got != "1 青山村 3 1 1 1 0 1 33.3 1 2 1" {
		t.Errorf("first line: %s", got)
	}
	if got := words(counts, 7); got != " 合计 6 1 2 1 2 1 16.7 1 2 1" {
		t.Errorf("sum: %s", got)
	}
	if len(details.Rows) != 3+len(items)+1 || words(details, 5) != "2 青山村 二   办理中   已完成过半 缺材料 " {
		t.Errorf("details: %d rows, %q", len(details.Rows), words(details, 5))
	}
	for _, s := range out.Sheets {
		if !s.Print.Landscape || s.Print.RepeatTo != 3 || len(s.Merges) != 3 {
			t.Errorf("%s: print %+v, merges %v", s.Name, s.Print, s.Merges)
		}
	}
}

func words(s sheet.OutSheet, row int) string {
	var out []string
	for _, c := range s.Rows[row-1].Cells {
		out = append(out, c.Text)
	}
	return strings.Join(out, " ")
}
