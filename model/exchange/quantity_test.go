package exchange

import (
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// TestPlanImport_QuantityInItsUnit: a quantity counts in the 计量单位 of its task.
func TestPlanImport_QuantityInItsUnit(t *testing.T) {
	cases := []struct {
		unit, words string
		want        string // "" = held back
		rule        string
	}{
		{"万元", "185000元", "18.5", "unit_converted"},
		{"亩", "3公顷", "45", "unit_converted"},
		{"户", "12万元", "", "number"},
		{"户", "3户", "3", ""},
		{"户", "3", "3", ""},
		{"公里", "5个", "", "number"},
		{"", "3公里", "3", "unit_dropped"},
	}
	for _, k := range cases {
		m := newLedger(t)
		rec := m.records["task"][taskID(2)]
		rec.Put("target_unit", model.Text(k.unit))
		rec.Put("target_qty", model.Int(1000000))
		p := m.importBook(table([]string{"任务名称", "责任单位", "已完成量"}, []string{"改造危房", "甲一村", k.words}), "task")
		got := ""
		if child, _ := m.Child("progress", taskID(2), period1.Month()); child != nil {
			got = m.progress(2, "done_qty")
		}
		level := model.Doubt
		if k.want == "" {
			level = model.Fault
		}
		if got != k.want || k.rule != "" && !tells(p, k.rule, level) || k.rule == "" && len(p.Problems) > 0 {
			t.Errorf("%s in %s: %q, want %q; %+v", k.words, k.unit, got, k.want, p.Problems)
		}
		for _, q := range p.Problems {
			if q.Cell != "C2" || q.File == "" {
				t.Errorf("%s: %+v", k.words, q)
			}
		}
	}
}

// The unit of the row itself goes before the one the task had.
func TestPlanImport_TargetInTheUnitOfItsRow(t *testing.T) {
	m := newLedger(t)
	m.importBook(table([]string{"任务名称", "责任单位", "目标量", "计量单位", "已完成量"},
		[]string{"改造危房", "甲一村", "200000元", "万元", "5万元"}, []string{"安装路灯", "甲一村", "30000元", "万元", ""}), "task")
	if got := m.named("改造危房").Get("target_qty").Num; got != 200000 {
		t.Errorf("target %d", got)
	}
	if got := m.named("安装路灯").Get("target_qty").Num; got != 30000 {
		t.Errorf("target of a new task %d", got)
	}
	if m.progress(2, "done_qty") != "5" {
		t.Errorf("\n%s", m.state())
	}
}

func TestPlanImport_OverTarget(t *testing.T) {
	for words, over := range map[string]bool{"12": false, "12.1": true, "0": false} {
		m := newLedger(t)
		p := m.importBook(table([]string{"任务名称", "责任单位", "已完成量"}, []string{"改造危房", "甲一村", words}), "task")
		if tells(p, ruleOverTarget, model.Doubt) != over {
			t.Errorf("%s of 12: %+v", words, p.Problems)
		}
		if over && (p.Problems[0].Cell != "C2" || !strings.Contains(p.Problems[0].Message, "12.1公里超过目标量 12公里")) {
			t.Errorf("%+v", p.Problems[0])
		}
		want(t, p, Counts{Update: 1})
	}
}

// TestPlanImport_OnePercentOrAll: a 1 under （%） is 1 % only where nothing speaks
// for a share.
func TestPlanImport_OnePercentOrAll(t *testing.T) {
	cases := []struct {
		name, percent, other, finished string
		asked                          bool
	}{
		{"among percents", "1", "40", "", false},
		{"among shares", "1", "0.4", "", true},
		{"as 1.0 among shares", "1.0", "0.4", "", true},
		{"done", "1", "40", "是", true},
		{"not done", "1", "40", "否", false},
		{"two among shares", "2", "0.4", "", false},
		{"zero is no share", "1", "0", "", false},
	}
	for _, k := range cases {
		m := newLedger(t)
		b := table([]string{"任务名称", "责任单位", "完成比例（%）", "是否办结"},
			[]string{"改造危房", "甲一村", k.percent, k.finished}, []string{"硬化通组路", "甲一村", k.other, ""})
		for i := range b.Sheets[0].Rows[1:] {
			c := &b.Sheets[0].Rows[i+1].Cells[2]
			c.Kind = sheet.Number
		}
		p := m.importBook(b, "task")
		asked := false
		for _, q := range p.Problems {
			asked = asked || q.Cell == "C2" && q.Rule == "percent_unclear" && q.Level == model.Fault
		}
		if asked != k.asked {
			t.Errorf("%s: asked %v; %+v", k.name, asked, p.Problems)
		}
		if child, _ := m.Child("progress", taskID(2), period1.Month()); !k.asked && child.Get("percent").IsEmpty() {
			t.Errorf("%s: not taken", k.name)
		}
	}
}
