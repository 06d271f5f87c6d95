package exchange

import (
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// TestMonthly: only a table whose ledger is known by a month, and which has no
// column for it, takes the month of the file.
func TestMonthly(t *testing.T) {
	c := builtin()
	for _, tt := range []struct {
		ledger string
		paths  []Path
		want   bool
	}{
		{ledgers.Attendance, []Path{"member", "d1"}, true},
		{ledgers.Attendance, []Path{"member", "period"}, false},
		{ledgers.Task, []Path{"title"}, false},
		{ledgers.Leave, []Path{"member"}, false},
	} {
		pl := &importPlanner{in: ImportInput{Ledger: c.Ledger(tt.ledger)}, plan: &Plan{Period: model.Period("2026-10")}}
		for i, p := range tt.paths {
			pl.in.Matches = append(pl.in.Matches, Match{Col: i + 1, Path: p})
		}
		if got := pl.monthly(); got != tt.want {
			t.Errorf("%s %v: %v", tt.ledger, tt.paths, got)
		}
	}
}
