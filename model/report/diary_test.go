package report

import (
	"slices"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

func TestDiary(t *testing.T) {
	entry := func(day, content, plan string) *model.Record {
		r := model.NewRecord(ledgers.MemberLog, day)
		r.Put("log_on", model.OnDay(model.Day(day)))
		r.Put("content", model.Text(content))
		r.Put("next_step", model.Text(plan))
		return r
	}
	members := []Diarist{{"青山村", "张示例", "队长", []*model.Record{entry("2026-11-16", "入户", "核对"), entry("2026-11-17", "核对收入", "核对")}}}
	for period, want := range map[model.Period][]string{
		"2026-W47": {"本周完成", "下周计划"}, "2026-11": {"本月完成", "下月计划"}, "2026Q4": {"本季度完成", "下季度计划"}, "2026": {"本年完成", "明年计划"}, "2026-11上旬": {"本期完成", "下期计划"},
	} {
		got := Diary(members, period)
		if got.Columns[4].Header != want[0] || got.Columns[7].Header != want[1] {
			t.Errorf("%s: %v", period, got.Columns)
		}
		if row := []string{"1", "青山村", "张示例", "队长", "11月16日：入户\n11月17日：核对收入", "", "", "11月16日：核对"}; len(got.Rows) != 1 || !slices.Equal(got.Rows[0], row) {
			t.Errorf("%s: %q", period, got.Rows)
		}
	}
}
