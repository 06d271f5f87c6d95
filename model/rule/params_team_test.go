package rule

import (
	"testing"

	"xiangzhen/model"
)

func TestWordedParameters(t *testing.T) {
	if err := CheckSetting(CheckOff+"household.visits", "本县按季走访"); err != nil {
		t.Error(err)
	}
	if CheckSetting(CheckOff, "x") == nil || CheckSetting("no.such", "1") == nil {
		t.Error("a key that names nothing was taken")
	}
	p := Effective([]Setting{{CheckOff + "a.b", "有规定", ""}, {TermPrefix + "监测户", "帮扶户", "2027-01-01"}}, "2026-11-22")
	if p[CheckOff+"a.b"] != "有规定" || p[TermPrefix+"监测户"] != "" || p.Int(YearDays) != 200 {
		t.Errorf("%v", p)
	}
}

// TestWords: the set of the day, then the county's own word.
func TestWords(t *testing.T) {
	own := model.Params{TermPrefix + "监测户": "帮扶户"}
	for _, tt := range []struct {
		day    model.Day
		params model.Params
		want   string
	}{{"2025-12-31", nil, "监测户"}, {"2026-01-01", nil, "防止返贫致贫对象"}, {"2026-01-01", own, "帮扶户"}} {
		if got := Word(tt.day, tt.params, "监测户"); got != tt.want || Words(tt.day, tt.params)["监测户"] != tt.want {
			t.Errorf("%s: %s, want %s", tt.day, got, tt.want)
		}
	}
	if Word("2026-01-01", own, "村") != "村" {
		t.Error("a word without another stands")
	}
}

// TestRun_RulesInForce: a rule has its days, and can be switched off.
func TestRun_RulesInForce(t *testing.T) {
	l := &model.Ledger{Key: "x", Checks: []model.Check{{ID: "x.rule", Level: model.Doubt, From: "2026-01-01", To: "2026-12-31",
		Func: func(model.CheckInput) []model.Problem { return []model.Problem{{Message: "有"}} }}}}
	for _, tt := range []struct {
		today  model.Day
		params model.Params
		want   int
	}{{"2025-12-31", nil, 0}, {"2026-01-01", nil, 1}, {"2026-12-31", nil, 1}, {"2027-01-01", nil, 0},
		{"2026-06-01", model.Params{CheckOff + "x.rule": "不适用"}, 0}, {"2026-06-01", model.Params{CheckOff + "x.other": "不适用"}, 1}} {
		if got := Run(model.CheckInput{Ledger: l, Record: model.NewRecord("x", "1"), Params: tt.params, Today: tt.today}); len(got) != tt.want {
			t.Errorf("%s %v: %+v", tt.today, tt.params, got)
		}
	}
}

// TestParse_DashIsAChoice: — is nothing, except where it is offered.
func TestParse_DashIsAChoice(t *testing.T) {
	f := &model.Field{Key: "d1", Label: "1", Kind: model.KindEnum, Options: []model.Option{{Key: "off", Label: "—"}, {Key: "in", Label: "√"}}}
	for words, want := range map[string]string{"—": "off", " — ": "off", "": "", "/": "", "√": "in"} {
		if v, problems := Parse(f, Input{Text: words}); v.Text != want || len(problems) > 0 {
			t.Errorf("%q: %+v %v", words, v, problems)
		}
	}
}
