package app

import (
	"path/filepath"
	"testing"

	"xiangzhen/model/ledgers"
)

// BenchmarkSplit300 hands one item down to 300 villages and hands the parts out;
// each is to take at most 200 ms.
func BenchmarkSplit300(b *testing.B) {
	a, err := CreateDemo(b.Context(), Options{Path: filepath.Join(b.TempDir(), "县.xzdb"), Today: testDay, Origin: "test"}, "示例县", 20)
	check(b, err)
	defer a.Close()
	_, page, err := a.List(b.Context(), ListRequest{Ledger: ledgers.Area, Where: []string{"level=村"}, Limit: 300})
	check(b, err)
	req := SplitRequest{Ledger: ledgers.Task}
	for _, v := range page.Records {
		req.To, req.Shares = append(req.To, v.ID), append(req.Shares, "1")
	}
	for b.Loop() {
		b.StopTimer()
		done, err := a.Add(b.Context(), ledgers.Task, []Assignment{{"title", "分到300个村"}, {"unit", "县水利局"}, {"due", "2026年12月底前"},
			{"target_qty", "300"}, {"target_unit", "处"}})
		check(b, err)
		req.ID = done.Records[0].ID
		b.StartTimer()
		_, err = a.Split(b.Context(), req)
		check(b, err)
	}
}

// BenchmarkFlow300 takes one step on 300 items of villages.
func BenchmarkFlow300(b *testing.B) {
	a, err := CreateDemo(b.Context(), Options{Path: filepath.Join(b.TempDir(), "县.xzdb"), Today: testDay, Origin: "test"}, "示例县", 20)
	check(b, err)
	defer a.Close()
	_, page, err := a.List(b.Context(), ListRequest{Ledger: ledgers.Task, Where: []string{"state=办理中"}, Limit: 300})
	check(b, err)
	req := FlowRequest{Ledger: ledgers.Task, Reason: "核对"}
	for _, rec := range page.Records {
		req.IDs = append(req.IDs, rec.ID)
	}
	for b.Loop() {
		req.Step, req.Date = "中止", "2027-01-31"
		_, err := a.Flow(b.Context(), req)
		check(b, err)
		req.Step, req.Date = "恢复办理", ""
		_, err = a.Flow(b.Context(), req)
		check(b, err)
	}
}
