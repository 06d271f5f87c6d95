package rule

import (
	"slices"
	"testing"

	"xiangzhen/model"
)

func testLedger(check func(model.CheckInput) []model.Problem) *model.Ledger {
	return &model.Ledger{Key: "test", Fields: []model.Field{
		{Key: "name", Label: "姓名", Kind: model.KindText, Required: true},
		{Key: "id_number", Label: "身份证号", Kind: model.KindIDNumber},
		{Key: "percent", Label: "完成比例", Kind: model.KindPercent, Scale: 2},
		{Key: "due", Label: "完成时限", Kind: model.KindDate},
	}, Checks: []model.Check{{ID: "test.rule", Level: model.Doubt, Func: check}}}
}

func TestRun(t *testing.T) {
	none := func(model.CheckInput) []model.Problem { return nil }
	tests := []struct {
		name   string
		values map[string]model.Value
		check  func(model.CheckInput) []model.Problem
		want   []string // rule/level/field
	}{
		{"sound", map[string]model.Value{"name": model.Text("张示例一")}, none, nil},
		{"required", nil, none, []string{"required/错误/name"}},
		{"kinds in order of the fields", map[string]model.Value{
			"name": model.Text("张示例一"), "id_number": model.Text("990101198503150026"),
			"percent": model.Int(10001), "due": model.Value{Text: "尽快", Set: true},
		}, none, []string{"id_check/错误/id_number", "percent_range/错误/percent", "date_words/疑点/due"}},
		{"born tomorrow", map[string]model.Value{"name": model.Text("张示例一"), "id_number": model.Text(idBornOn("20261123"))}, none,
			[]string{"id_future/疑点/id_number"}},
		{"born today", map[string]model.Value{"name": model.Text("张示例一"), "id_number": model.Text(idBornOn("20261122"))}, none, nil},
		{"the ledger's own rule", map[string]model.Value{"name": model.Text("张示例一")}, func(in model.CheckInput) []model.Problem {
			if in.Params["p"] != "1" || in.Today != refDay || in.Parent == nil || in.Ledger.Key != "test" {
				return nil
			}
			return []model.Problem{{Field: "name", Message: "m", Suggestion: "s"}}
		}, []string{"test.rule/疑点/name"}},
	}
	for _, tt := range tests {
		r := model.NewRecord("test", "r1")
		r.Values = tt.values
		problems := Run(model.CheckInput{Ledger: testLedger(tt.check), Record: r, Parent: model.NewRecord("test", "r0"),
			Params: model.Params{"p": "1"}, Today: refDay})
		var got []string
		for _, p := range problems {
			got = append(got, p.Rule+"/"+string(p.Level)+"/"+p.Field)
			if p.Ledger != "test" || p.Record != "r1" {
				t.Errorf("%s: problem of %s %s", tt.name, p.Ledger, p.Record)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func idBornOn(yyyymmdd string) string {
	head := "990101" + yyyymmdd + "001"
	return head + string(IDCheck(head))
}

func TestCheckField_Options(t *testing.T) {
	if p := CheckField(fState, model.Text("done")); len(p) > 0 {
		t.Errorf("a choice is refused: %+v", p)
	}
	if p := CheckField(fState, model.Text("已办结")); len(p) != 1 || p[0].Level != model.Fault {
		t.Errorf("a label stored for a key: %+v, want 错误", p)
	}
	if p := CheckField(fRisks, model.List("因病", "因懒")); len(p) != 1 {
		t.Errorf("an unknown entry: %+v, want one problem", p)
	}
	if p := CheckField(fMonth, model.Text("2026-13")); len(p) != 1 {
		t.Errorf("month 13: %+v, want one problem", p)
	}
	if p := CheckField(fID, model.Value{}); p != nil {
		t.Errorf("an empty value: %+v", p)
	}
}
