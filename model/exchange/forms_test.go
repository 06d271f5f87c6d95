package exchange

import (
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

func TestBuildForm_Layout(t *testing.T) {
	w := newLedger(t).issue(1)
	s := w.page()
	if got := s.Rows[0].Cells[1].Text; got != "甲一村任务进展月报（2026年11月）" {
		t.Errorf("title %q", got)
	}
	if got := s.Rows[formLineRow-1].Cells[1].Text; !strings.HasPrefix(got, "填报单位：甲一村") || !strings.Contains(got, "联系电话：") {
		t.Errorf("line %q", got)
	}
	if !s.Cols[0].Hidden || !s.Rows[formPathRow-1].Hidden || s.Rows[formPathRow-1].Cells[0].Text != string(PathID) {
		t.Error("ids and paths must be hidden in the rows' own sheet")
	}
	if w.out.Sheets[1].Visibility != sheet.VeryHidden {
		t.Error("the base must not be shown through the menus")
	}
	if got := s.Rows[firstData].Cells[0].Text; got != taskID(1) {
		t.Errorf("id of the first row %s", got)
	}
	if got := s.Rows[firstData+4].Cells[0].Text; got != freeID(11) {
		t.Errorf("id of the first free row %s", got)
	}
	if s.FreezeRow != formHeaderRow || !s.Print.Landscape || s.Print.RepeatTo != formHeaderRow {
		t.Errorf("frozen %d, print %+v", s.FreezeRow, s.Print)
	}
	if last := s.Rows[len(s.Rows)-1].Cells[1].Text; !strings.Contains(last, "（签字）") {
		t.Errorf("sign-off %q", last)
	}
}

// Guarded columns warn over the rows that went out and over no free row, where
// the village writes its own.
func TestBuildForm_Validations(t *testing.T) {
	w := newLedger(t).issue(1)
	locked, lists := 0, 0
	for _, v := range w.page().Validations {
		switch {
		case v.Locked:
			locked++
			if v.Range.R2 != formHeaderRow+4 {
				t.Errorf("guard reaches row %d", v.Range.R2)
			}
		case len(v.List) > 0:
			lists++
			if v.Range.C1-1 != w.col("progress.finished") || v.Range.R2 != formHeaderRow+6 {
				t.Errorf("dropdown at %v", v.Range)
			}
		}
	}
	if locked == 0 || lists != 1 {
		t.Errorf("%d guards, %d dropdowns", locked, lists)
	}
}

func TestBuildForm_Demo(t *testing.T) {
	m := newLedger(t)
	out, err := BuildForm(FormInput{Form: Shipped()[0], Catalog: m.catalog, Period: period1, AreaName: "甲一村", Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.Sheets[0].Rows[0].Cells[1].Text, "演示数据") {
		t.Error("a form with sample data must say so")
	}
}

// A sensitive value never stands in a hidden sheet.
func TestBuildForm_SensitiveBaseIsHashed(t *testing.T) {
	m := newLedger(t)
	form := Form{Key: "roster", Label: "花名册", Over: "team", Columns: []FormColumn{{Path: "name"}, {Path: "id_number", Fill: true}}}
	const number = "990000199001011234"
	out, err := BuildForm(FormInput{Form: form, Catalog: m.catalog, Period: period1, AreaName: "甲一村",
		Rows: []FormRow{{ID: taskID(1), Values: map[Path]model.Value{"name": model.Text("张示例一"), "id_number": model.Text(number)}}},
		Hash: func(s string) string { return "h" + s[:2] }})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range out.Sheets[1].Rows {
		for _, c := range r.Cells {
			if strings.Contains(c.Text, number) {
				t.Fatal("the number stands in the hidden sheet")
			}
		}
	}
}

func TestBuildForm_UnknownPathIsRefused(t *testing.T) {
	m := newLedger(t)
	for _, f := range []Form{
		{Key: "x", Over: "task", Columns: []FormColumn{{Path: "u_gone"}}},
		{Key: "x", Over: "gone", Columns: []FormColumn{{Path: "title"}}},
	} {
		if _, err := BuildForm(FormInput{Form: f, Catalog: m.catalog}); model.CodeOf(err) != model.CodeNotFound {
			t.Errorf("%v: %v", f, err)
		}
	}
}

func TestHidden_RoundTripAndDamage(t *testing.T) {
	m := newLedger(t)
	m.records["task"][taskID(1)].Put("title", model.Text(strings.Repeat("很长的事项名称", 3000)))
	m.records["task"][taskID(1)].Put("target_unit", model.Text(strings.Repeat("计量单位", 4000))) // together more than one cell holds
	h, warning := readHidden(m.issue(1).book())
	if warning != "" || h.Form != "task_month" || h.Period != period1 || h.Area != areaID(1) || !h.IssuedAt.Equal(issuedAt) {
		t.Fatalf("%+v %s", h, warning)
	}
	if len(h.order) != 4 || h.base[taskID(1)]["title"].Text != m.records["task"][taskID(1)].Get("title").Text {
		t.Error("the base came back otherwise than it went out")
	}
	for name, damage := range map[string]func(*sheet.OutSheet){
		"a base value changed": func(s *sheet.OutSheet) {
			s.Rows[2].Cells[1].Text = strings.Replace(s.Rows[2].Cells[1].Text, "改造", "改建", 1)
		},
		"a row cut out":     func(s *sheet.OutSheet) { s.Rows = append(s.Rows[:1], s.Rows[2:]...) },
		"the checksum lost": func(s *sheet.OutSheet) { s.Rows = s.Rows[:len(s.Rows)-1] },
	} {
		w := m.issue(1)
		damage(&w.out.Sheets[1])
		h, warning := readHidden(w.book())
		if warning == "" || h == nil || h.base != nil || h.Area != areaID(1) {
			t.Errorf("%s: base %v, warning %q", name, h != nil && h.base != nil, warning)
		}
	}
	w := m.issue(1)
	w.out.Sheets[1].Rows[0].Cells[0].Text = "{"
	if h, warning := readHidden(w.book()); h != nil || warning == "" {
		t.Error("damaged meta must be told")
	}
}
