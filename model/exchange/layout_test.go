package exchange

import (
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
)

// cellsOf are the texts of a row of the page.
func cellsOf(s *sheet.OutSheet, row int) []string {
	var out []string
	for _, c := range s.Rows[row-1].Cells {
		out = append(out, c.Text)
	}
	return out
}

func TestExportSheet_Layout(t *testing.T) {
	m := newLedger(t)
	m.records["task"][taskID(1)].Derived = map[string]model.Value{"percent": model.Int(8550)}
	s := &m.export("task", []Path{"title", "due", "percent", "state"}).Sheets[0]
	if got := cellsOf(s, formPathRow); !slices.Equal(got, []string{"#id", "#seq", "title", "due", "percent", "state"}) || !s.Rows[formPathRow-1].Hidden || !s.Cols[0].Hidden {
		t.Errorf("paths %q", got)
	}
	if got := cellsOf(s, formHeaderRow)[1:]; !slices.Equal(got, []string{"序号", "任务名称", "完成时限", "完成比例（%）", "办理状态"}) {
		t.Errorf("header %q", got)
	}
	row := s.Rows[formHeaderRow].Cells
	if got := cellsOf(s, formHeaderRow+1); !slices.Equal(got, []string{taskID(1), "1", "硬化通组路", "2026年12月1日", "85.5", "办理中"}) {
		t.Errorf("row %q", got)
	}
	if row[2].Style.Format != "@" || !row[2].Style.Border || row[4].Kind != sheet.Number {
		t.Error("words stay text, numbers numbers, and all has borders")
	}
	if line := s.Rows[formLineRow-1].Cells[1].Text; !strings.Contains(line, "填报单位（盖章）：甲镇") || !strings.Contains(line, "2026年11月22日") {
		t.Errorf("line %q", line)
	}
	if last := s.Rows[len(s.Rows)-1].Cells[1].Text; !strings.Contains(last, "单位主要负责人（签字）") || !strings.Contains(last, "审核人") {
		t.Errorf("sign-off %q", last)
	}
	if len(s.Validations) != 1 || s.Validations[0].Range.C1 != 6 || len(s.Validations[0].List) != 7 {
		t.Errorf("dropdowns %+v", s.Validations)
	}
	if !s.Print.Landscape || s.Print.RepeatFrom != formHeaderRow {
		t.Errorf("print %+v", s.Print)
	}
}

func teamExport(t *testing.T, public, demo bool) (*memLedger, ExportInput) {
	m := newLedger(t)
	m.put("team", taskID(1), areaID(1), map[string]model.Value{"village": model.Reference(areaID(1), "甲一村"), "name": model.Text("张示例一"),
		"id_number": model.Text("990000199001010010"), "phone": model.Text("13800000001")})
	return m, ExportInput{Ledger: m.catalog.Ledger("team"), Catalog: m.catalog, Columns: []Path{"village", "name", "id_number", "phone"},
		Records: m.sorted("team"), Public: public, Demo: demo, Unit: "甲镇", Today: today, At: issuedAt,
		Value: func(rec *model.Record, tg Target) model.Value {
			v := rec.Get(tg.Field.Key)
			if tg.Field.Sensitive {
				v.Text = rule.Mask(tg.Field, v.Text)
			}
			return v
		}}
}

func TestExportRows_PublicAndMasked(t *testing.T) {
	_, in := teamExport(t, true, false)
	rows, err := ExportRows(in)
	if err != nil || !slices.Equal(rows[0], []string{"驻村", "姓名", "联系电话"}) || rows[1][2] != "13800000001" {
		t.Errorf("%q %v", rows, err)
	}
	_, in = teamExport(t, false, false)
	if rows, err = ExportRows(in); err != nil || rows[0][0] != idHeader || rows[1][0] != taskID(1) || !strings.Contains(rows[1][3], "*") {
		t.Errorf("%q %v", rows, err)
	}
}

// A masked export that comes back is no change, and no long list of findings.
func TestExportSheet_MaskedComesBack(t *testing.T) {
	m, in := teamExport(t, false, true)
	out, err := ExportSheet(in)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.Sheets[0].Rows[0].Cells[1].Text, "演示数据") {
		t.Error("an export of sample data must say so")
	}
	p := m.planImport(asRead(out), "team")
	want(t, p, Counts{Same: 1})
	if len(p.Problems) > 0 {
		t.Errorf("%v", p.Problems)
	}
}

func TestExportColumns(t *testing.T) {
	m := newLedger(t)
	for ledger, own := range map[string]bool{"task": false, "area": false, "person": true} {
		l := m.catalog.Ledger(ledger)
		cols := ExportColumns(l)
		if got := slices.Contains(cols, PathArea); got != (own && len(l.AreaFrom) == 0) {
			t.Errorf("%s: area column %v", ledger, got)
		}
		for _, p := range cols {
			tg, err := ResolvePath(m.catalog, l, p)
			if err != nil || tg.Field.Internal || tg.Field.Kind == model.KindFiles {
				t.Errorf("%s: %s %v", ledger, p, err)
			}
		}
	}
	if !slices.Contains(ExportColumns(m.catalog.Ledger("task")), Path("light")) {
		t.Error("derived fields export like columns")
	}
}

func TestMarks(t *testing.T) {
	got := Marks([]model.Problem{
		{Level: model.Fault, Sheet: "表", Cell: "C5", Message: "“完成比例”应在 0–100 之间。", Suggestion: "请改正"},
		{Level: model.Doubt, Sheet: "表", Cell: "D5", Message: "看不出是哪一天"},
	})
	want := []sheet.Mark{
		{Sheet: "表", Cell: "C5", Note: "错误：“完成比例”应在 0–100 之间。请改正。", Fault: true},
		{Sheet: "表", Cell: "D5", Note: "疑点：看不出是哪一天。"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

func BenchmarkPlanReturn(b *testing.B) {
	m := newLedger(b)
	for n := 5; n <= 100; n++ {
		m.task(n, 1, "事项"+sheet.ColName(n))
	}
	w := m.issue(1)
	w.quick = true
	for i := range 100 {
		w.at(firstData+i, "progress.text", "完成"+sheet.ColName(i+1))
		w.at(firstData+i, "progress.percent", "40")
	}
	r := w.read("x.xlsx")
	for b.Loop() {
		if p, err := PlanReturn(r, m, m.env()); err != nil || p.Counts().Update != 100 {
			b.Fatal(err)
		}
	}
}
