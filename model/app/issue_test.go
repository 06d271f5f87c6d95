package app

import (
	"context"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
)

// TestPathValues_PreviousIsOfAnEarlierPeriod: 上期完成比例 is what was last said
// before the form's month, whatever this month has been said already.
func TestPathValues_PreviousIsOfAnEarlierPeriod(t *testing.T) {
	ctx := context.Background()
	a := openDemo(t)
	_, err := a.Add(ctx, "task", []Assignment{{"title", "修水渠"}, {"unit", "青山村"}, {"due", "2027年6月底前"}})
	check(t, err)
	_, page, err := a.List(ctx, ListRequest{Ledger: "task", Where: []string{"title=修水渠"}})
	check(t, err)
	if len(page.Records) != 1 {
		t.Fatalf("%d new tasks", len(page.Records))
	}
	task := page.Records[0]
	shown := func(period model.Period) string {
		form, err := a.form(ctx, "task_month")
		check(t, err)
		l := a.Catalog().Ledger(form.Over)
		values, err := a.pathValues(ctx, a.store, l, form, period)
		check(t, err)
		row, err := values(task)
		check(t, err)
		return l.Field("percent").Show(row.Values[exchange.Path("percent")])
	}
	if got := shown("2026-12"); got != "" {
		t.Errorf("nothing was reported: %q", got)
	}
	for _, p := range []struct{ period, key, said string }{
		{"2026-09", "percent", "20"}, {"2026-11", "percent", "60"}, {"2026-08", "percent", "10"}, {"2026-10", "text", "停工一月"},
	} {
		_, err := a.Add(ctx, "progress", []Assignment{{"task", task.ID}, {"period", p.period}, {p.key, p.said}})
		check(t, err)
	}
	for period, want := range map[model.Period]string{"2026-08": "", "2026-09": "10", "2026-10": "20", "2026-11": "20", "2026-12": "60"} {
		if got := shown(period); got != want {
			t.Errorf("%s shows %q, want %q", period, got, want)
		}
	}
}

// TestCollect_ReceiptOfARepeat: content taken in before has the code it was given
// then.
func TestCollect_ReceiptOfARepeat(t *testing.T) {
	a := openDemo(t)
	file := respond(t, "青山村", "青山", noon, map[int]typed{1: {"完成比例": "60"}, 2: {"完成比例": "160", "进展情况": "已开工"}})
	first, again := collect(t, a, file)[0], collect(t, a, file)[0]
	if first.Receipt == "" || again.Receipt != first.Receipt || again.Status != statusRepeat {
		t.Errorf("%q, then %q (%s)", first.Receipt, again.Receipt, again.Status)
	}
}

// TestCollect_ColumnsOfWhichNobodyCanTell leave the file to be corrected, even
// where no row has a fault.
func TestCollect_ColumnsOfWhichNobodyCanTell(t *testing.T) {
	a := openDemo(t)
	file := respond(t, "青山村", "青山", noon, map[int]typed{0: {"进展情况": "存在问题", "下步打算": "进展情况"}, 1: {"完成比例": "60"}})
	r := collect(t, a, file)[0]
	if r.Status != statusProblem || !r.Undecided() || r.Counts.Update != 1 {
		t.Errorf("%s, %+v, %v", r.Status, r.Counts, r.Problems)
	}
}
