package app

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// planted are the defects of the sample county (DOMAIN §6), each with the reason
// why the rule finds it. The check finds all of them and nothing else.
var planted = []struct {
	rule, reason string
	n            int
}{
	{"area.team_size", "南坳村和大垭村的工作队只有 2 人", 2},
	{"team.term", "黄泥村召回的队员任期不足 2 年", 1},
	{"team.party", "一名第一书记选派时党龄只有 8 个月", 1},
	{"attendance.month_days", "白石村一名队员上月驻村 17 天", 1},
	{"attendance.two_places", "枣园村一名队员上月有一天在竹坝村写了日志", 1},
	{"leave.approver", "东坪村一名队员请假 4 天，只有乡镇批准", 1},
	{"leave.back", "松林村一名队员病假满了没有销假", 1},
	{"household.dates", "消除早于识别、已消除没有时间、没消除有时间", 3},
	{"household.identify", "识别早于发现线索", 1},
	{"household.cleared_soon", "识别 3 个月就帮扶消除", 3},
	{"household.measures", "识别一个多月没有措施", 2},
	{"household.visits", "上月没有走访", 2},
	{"household_member.twice", "一个证件号码在两户，两户各报一处", 2},
}

// TestCheck_FindsThePlanted on days all over the year: month-ends, a short
// February, new year.
func TestCheck_FindsThePlanted(t *testing.T) {
	for _, day := range []model.Day{testDay, "2026-01-01", "2026-03-31", "2027-02-28", "2028-02-29", "2026-12-31", "2026-10-08"} {
		t.Run(string(day), func(t *testing.T) {
			a := demoOn(t, day)
			problems, err := a.Check(context.Background(), "")
			check(t, err)
			got := map[string]int{}
			for _, p := range problems {
				got[p.Rule]++
			}
			for _, want := range planted {
				if got[want.rule] != want.n {
					t.Errorf("%s found %d times, want %d: %s", want.rule, got[want.rule], want.n, want.reason)
				}
				delete(got, want.rule)
			}
			for _, p := range problems {
				if got[p.Rule] > 0 {
					t.Errorf("not planted: %s %s %s", p.Rule, p.Record, p.Message)
				}
			}
		})
	}
}

// TestCheck_OneRecordSeesTheSame: what is found on entry, over one record, is what
// is found over all.
func TestCheck_OneRecordSeesTheSame(t *testing.T) {
	a := openDemo(t)
	ctx := context.Background()
	c, err := a.checker(ctx, a.store)
	check(t, err)
	for _, ledger := range []string{ledgers.Area, ledgers.Attendance, ledgers.Leave, ledgers.Household, ledgers.HouseholdMember} {
		all, err := a.Check(ctx, ledger)
		check(t, err)
		var single []model.Problem
		check(t, a.store.Each(ctx, model.Query{Ledger: ledger}, func(rec *model.Record) error {
			found, err := c.problems(ctx, a.Catalog().Ledger(ledger), rec)
			single = append(single, found...)
			return err
		}))
		if !slices.EqualFunc(all, single, func(x, y model.Problem) bool {
			return x.Rule == y.Rule && x.Record == y.Record && x.Message == y.Message
		}) {
			t.Errorf("%s: %d problems over all, %d record by record", ledger, len(all), len(single))
		}
	}
}

// TestCheck_SwitchedOff: a rule can be switched off with a reason, and on again.
func TestCheck_SwitchedOff(t *testing.T) {
	a := openDemo(t)
	ctx := context.Background()
	count := func() int {
		problems, err := a.Check(ctx, ledgers.Household)
		check(t, err)
		return len(slices.DeleteFunc(problems, func(p model.Problem) bool { return p.Rule != "household.visits" }))
	}
	if n := count(); n != 2 {
		t.Fatalf("%d gaps at first", n)
	}
	_, err := a.SetSetting(ctx, rule.CheckOff+"household.visits", "本县按季走访")
	check(t, err)
	if n := count(); n != 0 {
		t.Errorf("%d found by a rule that is off", n)
	}
	_, err = a.SetSetting(ctx, rule.CheckOff+"household.visits", "")
	check(t, err)
	if n := count(); n != 2 {
		t.Errorf("%d found by a rule that is on again", n)
	}
}

// TestCheck_Parameters: the thresholds are the county's.
func TestCheck_Parameters(t *testing.T) {
	for _, tt := range []struct {
		key, value, rule string
		want             int
	}{
		{rule.LeaveLimit, "5", "leave.approver", 0},
		{rule.MonthDays, "17", "attendance.month_days", 0},
		{rule.TeamSize, "0", "area.team_size", 0},
		{rule.ClearMonths, "3", "household.cleared_soon", 0},
		{rule.VisitsPerMonth, "0", "household.visits", 0},
		{rule.MeasureDays, "180", "household.measures", 0},
		{rule.IncomeMost, "6000", "household.income", -1},
		{rule.IncomeLine, "9000", "household.cleared_income", -1},
	} {
		a := openDemo(t)
		_, err := a.SetSetting(context.Background(), tt.key, tt.value)
		check(t, err)
		problems, err := a.Check(context.Background(), "")
		check(t, err)
		n := 0
		for _, p := range problems {
			if p.Rule == tt.rule {
				n++
			}
		}
		if tt.want < 0 && n == 0 || tt.want >= 0 && n != tt.want {
			t.Errorf("%s=%s: %s found %d times", tt.key, tt.value, tt.rule, n)
		}
	}
}

// TestAdd_ChecksWhatIsBeside: a number that another household has is doubted on entry.
func TestAdd_ChecksWhatIsBeside(t *testing.T) {
	a := openDemo(t)
	ctx := context.Background()
	_, page, err := a.List(ctx, ListRequest{Ledger: ledgers.Household, Limit: 1})
	check(t, err)
	number := page.Records[0].Get("id_number").Text
	done, err := a.Add(ctx, ledgers.Household, []Assignment{{"village", "青山村"}, {"householder", "钱示例新"}, {"id_number", number}})
	check(t, err)
	if len(done.Problems) != 1 || done.Problems[0].Rule != "household.twice" {
		t.Errorf("problems %+v", done.Problems)
	}
}

func demoOn(t *testing.T, day model.Day) *App {
	t.Helper()
	a, err := CreateDemo(context.Background(), Options{Path: filepath.Join(t.TempDir(), "演 示.xzdb"), Today: day}, "", 1)
	check(t, err)
	t.Cleanup(func() { check(t, a.Close()) })
	return a
}
