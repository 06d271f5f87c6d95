package app

import (
	"path/filepath"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// TestAppraisals_FactsOfTheYear: what is counted is what the person did in that year,
// also where an item names the person and not the member of the roster.
func TestAppraisals_FactsOfTheYear(t *testing.T) {
	a := openDemo(t)
	ctx := t.Context()
	find := func() (Appraisee, int) {
		people, err := a.Appraisals(ctx, 2026)
		check(t, err)
		return people[0], len(people)
	}
	before, all := find()
	if all < 34 || before.Sheet != nil || before.Days.Sum == 0 || before.Days.Required == 0 {
		t.Fatalf("%d people, first %+v", all, before)
	}
	member := before.Member.ID
	for _, day := range []string{"2026-01-01", "2025-12-31"} { // one of them of the year
		_, err := a.Add(ctx, ledgers.Visit, []Assignment{{"visited_on", day}, {"visitor", member}, {"household", "张示例"}})
		check(t, err)
		_, err = a.Add(ctx, ledgers.MemberLog, []Assignment{{"log_on", day}, {"member", member}, {"content", "入户"}})
		check(t, err)
	}
	after, _ := find()
	if after.Visits != before.Visits+1 || after.Logs != before.Logs+1 || after.Closed != before.Closed {
		t.Errorf("%s, before %s", after.Facts(), before.Facts())
	}
	done, err := a.Add(ctx, ledgers.Appraisal, []Assignment{{"year", "2026"}, {"member", member}, {"grade", "称职"}})
	check(t, err)
	if after, _ = find(); after.Sheet == nil || after.Sheet.ID != done.Records[0].ID {
		t.Errorf("sheet %v", after.Sheet)
	}
	past, err := a.Appraisals(ctx, 2025)
	check(t, err)
	for _, p := range past { // the sample has a sheet of that year; this one is not it
		if p.Sheet != nil && p.Sheet.ID == done.Records[0].ID || p.Days.Sum > 0 {
			t.Errorf("2025: %s, %v", p.Member.Get("name").Text, p.Sheet)
		}
	}
	if len(past) == 0 || len(past) >= all {
		t.Errorf("%d people in 2025", len(past))
	}
	out := filepath.Join(t.TempDir(), "考核 表.xlsx")
	if got, err := a.Report(ctx, ReportRequest{Kind: "考核", Period: "2026", Out: out}); err != nil || got.Rows != all {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := a.Report(ctx, ReportRequest{Kind: "考核", Period: "2019", Out: out}); model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("of a year without teams: %v", err)
	}
}
