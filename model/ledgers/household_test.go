package ledgers

import (
	"math"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// houseWith is a household being helped since March, with changes.
func houseWith(change map[string]model.Value) *model.Record {
	r := model.NewRecord(Household, "h")
	for k, v := range map[string]model.Value{
		"householder": model.Text("赵示例一"), "category": model.Text(CategoryMarginal), "risk1": model.Text("因病"),
		"identified_on": monthWords("2026-03"), "population": model.Int(2),
	} {
		r.Put(k, v)
	}
	for k, v := range change {
		r.Put(k, v)
	}
	return r
}

func monthWords(m model.Month) model.Value {
	return model.Date(model.DateWords{Text: string(m), Start: m.First(), End: m.Last(), Kind: model.DateFixed})
}

func person2(labour, job string) *model.Record {
	r := model.NewRecord(HouseholdMember, "p"+labour+job)
	r.Put("labour", model.Text(labour))
	r.Put("job", model.Text(job))
	r.Put("household", model.Reference("h", "赵示例一"))
	return r
}

func TestHouseholdChecks(t *testing.T) {
	yes, no := model.Bool(true), model.Bool(false)
	cleared := func(on model.Month, more ...any) map[string]model.Value {
		out := map[string]model.Value{"cleared": yes, "clear_way": model.Text(clearedByHelp), "cleared_on": monthWords(on)}
		for i := 0; i < len(more); i += 2 {
			out[more[i].(string)] = more[i+1].(model.Value)
		}
		return out
	}
	visited := model.NewRecord(Visit, "v")
	visited.Put("visited_on", model.OnDay("2026-10-09"))
	helped := model.NewRecord(Measure, "m")
	usual := map[model.Beside][]*model.Record{besideHouseVisits: {visited}, besideMeasures: {helped}}
	with := func(b model.Beside, records ...*model.Record) map[model.Beside][]*model.Record {
		out := map[model.Beside][]*model.Record{besideHouseVisits: {visited}, besideMeasures: {helped}}
		out[b] = records
		return out
	}
	twin := model.NewRecord(Household, "other")
	for _, tt := range []struct {
		name   string
		change map[string]model.Value
		near   map[model.Beside][]*model.Record
		params model.Params
		want   string
	}{
		{"all well", nil, usual, nil, ""},
		{"no measure", nil, with(besideMeasures), nil, "household.measures "},
		{"measures named on the household", map[string]model.Value{"measures": model.List("产业帮扶")}, with(besideMeasures), nil, ""},
		{"identified this month", map[string]model.Value{"identified_on": monthWords("2026-11")}, nil, nil, ""},
		{"not visited", nil, with(besideHouseVisits), nil, "household.visits "},
		{"16 days from the clue", map[string]model.Value{"clue_on": model.OnDay("2026-03-01"), "identified_on": model.OnDay("2026-03-17")}, usual, nil, "household.identify "},
		{"15 days from the clue", map[string]model.Value{"clue_on": model.OnDay("2026-03-01"), "identified_on": model.OnDay("2026-03-16")}, usual, nil, ""},
		{"a clue left lying", map[string]model.Value{"clue_on": model.OnDay("2026-10-01"), "identified_on": {}}, nil, nil, "household.identify "},
		{"notice of 4 days", map[string]model.Value{"notice": model.Date(model.DateWords{Text: "x", Start: "2026-03-01", End: "2026-03-04", Kind: model.DateFixed})}, usual, nil, "household.notice "},
		{"cleared after 5 months", cleared("2026-08"), nil, nil, "household.cleared_soon "},
		{"cleared after 6 months", cleared("2026-09"), nil, nil, ""},
		{"before the rule of 2022-04", cleared("2022-03", "identified_on", monthWords("2022-01")), nil, nil, ""},
		{"cleared the next month, before the rule", cleared("2022-03", "identified_on", monthWords("2022-02")), nil, nil, "household.cleared_soon "},
		{"cleared before identified", cleared("2026-01"), nil, nil, "household.dates "},
		{"cleared without a way", cleared("2026-10", "clear_way", model.Value{}), nil, nil, "household.dates "},
		{"cleared below the line", cleared("2026-10", "income_pc", model.Int(7000_00)), nil, model.Params{rule.IncomeLine: "8000"}, "household.cleared_income "},
		{"cleared in an unsafe house", cleared("2026-10", "unsafe_house", yes), nil, nil, "household.cleared_needs "},
		{"cleared without labour", cleared("2026-10"), with(besideMembers, person2(labourNone, ""), person2(labourLost, "")), nil, "household.cleared_labour "},
		{"labour enough", map[string]model.Value{"risk1": model.Text(riskLabour)}, with(besideMembers, person2("普通劳动力", ""), person2(labourNone, "")), nil, "household.labour "},
		{"nobody works", map[string]model.Value{"risk1": model.Text(riskJob)}, with(besideMembers, person2("普通劳动力", ""), person2(labourNone, "")), nil, "household.job "},
		{"somebody works", map[string]model.Value{"risk1": model.Text(riskJob)}, with(besideMembers, person2("普通劳动力", "省外务工"), person2(labourNone, "")), nil, ""},
		{"people", map[string]model.Value{"population": model.Int(3)}, with(besideMembers, person2("普通劳动力", ""), person2(labourNone, "")), nil, "household.people "},
		{"land below nothing", map[string]model.Value{"land": model.Int(-1)}, usual, nil, "household.land "},
		{"100 mu", map[string]model.Value{"land": model.Int(100_00)}, usual, nil, ""},
		{"income above 20000", map[string]model.Value{"income_pc": model.Int(20000_01)}, usual, nil, "household.income "},
		{"no category", map[string]model.Value{"category": {}}, usual, nil, "household.category "},
		{"no risk", map[string]model.Value{"risk1": {}}, usual, nil, "household.category "},
		{"water", map[string]model.Value{"water": no, "category": {}, "identified_on": {}, "risk1": {}}, nil, nil, "household.water "},
		{"the same number", nil, with(besideHouseTwins, houseWith(nil), twin), nil, "household.twice "},
		{"only itself", nil, with(besideHouseTwins, houseWith(nil)), nil, ""},
	} {
		params := rule.Defaults()
		for k, v := range tt.params {
			params[k] = v
		}
		got, l := "", household()
		for _, c := range l.Checks {
			if len(c.Func(model.CheckInput{Ledger: l, Record: houseWith(tt.change), Params: params, Today: "2026-11-22", Near: tt.near})) > 0 {
				got += c.ID + " "
			}
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestHouseholdMemberChecks(t *testing.T) {
	for card, want := range map[string]int{"": 0, "99010119850315002543": 0, "9901011985031500254312": 0, "9901011985031500258": 1,
		"99010119850315002583": 1, "99010119850315002545": 1, "990101198503150025": 1} {
		r := model.NewRecord(HouseholdMember, "p")
		r.Put("disability_card", model.Text(card))
		if got := checkDisabilityCard(model.CheckInput{Record: r}); len(got) != want {
			t.Errorf("%q: %+v", card, got)
		}
	}
	r := person2("普通劳动力", "")
	r.Put("education", model.Text("初中"))
	r.Put("student", model.Text("初中"))
	if len(checkStudent(model.CheckInput{Record: r})) != 1 {
		t.Error("both schooling columns are filled in")
	}
	other := person2("", "另一户")
	other.Put("household", model.Reference("h2", "钱示例二"))
	in := model.CheckInput{Record: r, Near: map[model.Beside][]*model.Record{besideHouseholdTwins: {r, other}}}
	if got := checkMemberTwice(in); len(got) != 1 {
		t.Errorf("in two households: %+v", got)
	}
}

func TestDeriveHousehold(t *testing.T) {
	out := deriveHousehold(model.DeriveInput{Record: houseWith(nil), Today: "2026-11-22"})
	if out.Values["stage"].Text != StageHelping || out.Values["monitored_months"].Num != 8 || out.NextChange != "2026-12-01" {
		t.Errorf("%+v", out)
	}
	out = deriveHousehold(model.DeriveInput{Record: houseWith(map[string]model.Value{"cleared": model.Bool(true), "cleared_on": monthWords("2026-09")}), Today: "2026-11-22"})
	if out.Values["stage"].Text != StageCleared || out.Values["monitored_months"].Num != 6 || out.NextChange != "" {
		t.Errorf("%+v", out)
	}
}

func TestDeriveProject(t *testing.T) {
	p := model.NewRecord(Project, "p")
	for k, n := range map[string]int64{"fund_central": 100000001, "fund_county": 71771232, "fund_own": 1, "allotted": 30000, "paid": 10000, "budget": 171771234} {
		p.Put(k, model.Int(n))
	}
	v := deriveProject(model.DeriveInput{Record: p}).Values
	if v["fund_total"].Num != 171771233 || v["budget_sum"].Num != 171771234 || v["pay_rate"].Num != 3333 || v["balance"].Num != 20000 {
		t.Errorf("%+v", v)
	}
	if got := checkBudget(model.CheckInput{Record: p}); len(got) != 0 {
		t.Errorf("the sum is exact: %+v", got)
	}
	p.Put("budget", model.Int(171771233))
	f := model.NewRecord(Fund, "f")
	f.Put("amount", model.Int(29999))
	in := model.CheckInput{Record: p, Near: map[model.Beside][]*model.Record{besideFunds: {f}}}
	if len(checkBudget(in)) != 1 || len(checkFunds(in)) != 1 {
		t.Error("a difference of one yuan was not found")
	}
	for _, tt := range []struct{ part, whole, want int64 }{{1, 3, 3333}, {2, 3, 6667}, {-1, 3, 0}, {1, 0, 0}, {math.MaxInt64, 1, math.MaxInt64}, {math.MaxInt64, math.MaxInt64, fullPercent}} {
		if got := roundShare(tt.part, tt.whole); got != tt.want {
			t.Errorf("%d of %d: %d", tt.part, tt.whole, got)
		}
	}
}

func TestDeriveIncome(t *testing.T) {
	r := model.NewRecord(Income, "i")
	if out := deriveIncome(model.DeriveInput{Record: r}); len(out.Values) != 0 {
		t.Errorf("nothing is known: %+v", out)
	}
	for k, n := range map[string]int64{"wage": 1000000, "cost": 1, "population": 3} {
		r.Put(k, model.Int(n))
	}
	if v := deriveIncome(model.DeriveInput{Record: r}).Values; v["net"].Num != 999999 || v["per_head"].Num != 333333 {
		t.Errorf("%+v", v)
	}
	if roundDiv(-5, 2) != -3 || roundDiv(5, 2) != 3 || roundDiv(4, 3) != 1 {
		t.Error("rounding")
	}
}
