package fill

import (
	"testing"

	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

// TestColumns_NearMisses: headers that are nearly those of the ledger. What is filled
// comes from the field meant; all that could be meant otherwise stays with the
// person. No column is wrong.
func TestColumns_NearMisses(t *testing.T) {
	wrong, filled := 0, 0
	for _, c := range []struct {
		name, ledger string
		merges       []string
		heads        [][]string
		want         map[string]string // source by column; all others are not filled
	}{
		{"计划 and 实际 in the words", ledgers.Project, nil,
			[][]string{{"序号", "项目名称", "计划总投资（万元）", "实际总投资（万元）", "计划投资", "实际投资", "计划开工时间", "实际开工时间", "备注"}},
			map[string]string{"A": "序号", "B": "title", "G": "plan_start", "H": "started_on", "I": "remark"}},
		{"计划 and 实际 above", ledgers.Project, []string{"A2:A3", "B2:B3", "C2:D2", "E2:F2"},
			[][]string{{"序号", "项目名称", "计划", "", "实际", ""}, {"", "", "总投资", "受益户数", "总投资", "受益户数"}},
			map[string]string{"A": "序号", "B": "title"}},
		{"上期 and 本期 above", ledgers.Task, []string{"A2:A3", "B2:B3", "C2:D2", "E2:F2"},
			[][]string{{"序号", "任务名称", "上期", "", "上年同期", ""}, {"", "", "完成比例", "已完成量", "完成比例", "已完成量"}},
			map[string]string{"A": "序号", "B": "title"}},
		{"上期 and 同比 in the words", ledgers.Task, nil,
			[][]string{{"序号", "任务名称", "上期完成比例", "上年同期完成量", "本月完成量", "累计完成量", "同比增长（%）", "同比", "年度目标量"}},
			map[string]string{"A": "序号", "B": "title", "F": "progress.done_qty"}},
		{"户数 and 人数", ledgers.Project, nil,
			[][]string{{"序号", "项目名称", "户数", "人数", "受益户数", "受益人数", "受益脱贫户数", "脱贫人数"}},
			map[string]string{"A": "序号", "B": "title", "E": "households", "F": "people"}},
		{"联系电话 twice", ledgers.Household, nil,
			[][]string{{"序号", "户主姓名", "联系电话", "帮扶责任人", "联系电话", "身份证号"}},
			map[string]string{"A": "序号", "B": "householder", "D": "helper"}},
		{"万元 and 元", ledgers.Project, nil,
			[][]string{{"序号", "项目名称", "总投资（元）", "到位资金（万元）", "户均投资（元）"}},
			map[string]string{"A": "序号", "B": "title", "C": "budget", "D": "allotted"}},
	} {
		rows := [][]string{{"~", "清单"}}
		rows = append(rows, c.heads...)
		width := len(c.heads[0])
		rows = append(rows, make([]string, width), make([]string, width), append([]string{"合计"}, make([]string, width-1)...))
		tpl := template(t, c.merges, rows...)
		f := Recognise(tpl)[0]
		cols, err := Columns(tpl, &f, catalog(), catalog().Ledger(c.ledger), Said{})
		if err != nil {
			t.Fatal(err)
		}
		for _, col := range cols {
			switch want, ok := c.want[col.Name]; {
			case col.Status != Filled:
				if col.Source.Kind != None {
					t.Errorf("%s: %s is not filled and has a source", c.name, col.Path)
				}
			case !ok || col.Source.String() != want:
				wrong++
				t.Errorf("%s: %s is filled from %s, want %q", c.name, col.Path, col.Source, want)
			default:
				filled++
			}
		}
	}
	if wrong > 0 || filled < 16 {
		t.Errorf("%d wrong, %d filled", wrong, filled)
	}
}

// TestColumns_UnitLine: a column without a unit has that of the line above the table.
func TestColumns_UnitLine(t *testing.T) {
	for line, want := range map[string]string{"单位：万元": "", "单位：元": "元"} {
		heads := []string{"序号", "项目名称", "总投资", "受益户数", "备注"}
		tpl := template(t, nil, []string{"~", "项目表"}, []string{"~", line}, heads, make([]string, 5), []string{"合计", "", "", "", ""})
		f := Recognise(tpl)[0]
		cols, err := Columns(tpl, &f, catalog(), catalog().Ledger(ledgers.Project), Said{})
		if err != nil {
			t.Fatal(err)
		}
		if c := cols[2]; c.Source.String() != "budget" || c.Style.Unit != want {
			t.Errorf("%s: %s in %q (%s)", line, c.Source, c.Style.Unit, c.Reason)
		}
		if c := cols[3]; c.Status != Filled || c.Style.Unit != "" {
			t.Errorf("%s: households in %q (%s)", line, c.Style.Unit, c.Reason)
		}
	}
}

// TestChosen: what a cell offers is what may be written; blanks and width do not
// count, and the cell's own words are written.
func TestChosen(t *testing.T) {
	offered := []string{"是", "否", "产业 振兴"}
	for words, want := range map[string]string{"是": "是", "产业振兴": "产业 振兴", "不详": ""} {
		c := Chosen(Cell{Kind: sheet.Text, Text: words}, offered)
		if c.Text != want || (want == "") != (c.Doubt != "") || (want == "") != (c.Kind == sheet.Blank) {
			t.Errorf("%s becomes %+v", words, c)
		}
	}
	if c := Chosen(Cell{Kind: sheet.Text, Text: "随便"}, nil); c.Text != "随便" || c.Doubt != "" {
		t.Errorf("nothing offered: %+v", c)
	}
	if c := Chosen(Cell{}, offered); c.Doubt != "" {
		t.Errorf("nothing to write: %+v", c)
	}
}
