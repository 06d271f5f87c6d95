package ledgers

import (
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// BenchmarkDeriveItem is an open monthly item with a report: what the store
// computes again for every open item on a new day.
func BenchmarkDeriveItem(b *testing.B) {
	r := model.NewRecord(Task, "r1")
	r.Put("state", model.Text(StateDoing))
	r.Put("due", model.OnDay("2026-12-12"))
	r.Put("assigned", model.OnDay("2026-09-03"))
	r.Put("report_every", model.Text(EveryMonth))
	latest := model.NewRecord(Progress, "p1")
	latest.Put("period", model.Text("2026-11"))
	in := model.DeriveInput{Record: r, Latest: latest, Params: rule.Defaults(), Today: today}
	for b.Loop() {
		deriveItem(in)
	}
}
