package app

import (
	"path/filepath"
	"reflect"
	"testing"

	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
)

// TestLookup_ExpectChangesNoAnswer asks two lookups the same about every row of a return
// that was taken in: one that has read all at once, and one that asks the ledger.
func TestLookup_ExpectChangesNoAnswer(t *testing.T) {
	a := openDemo(t)
	edit(t, a, "青山村", "30")
	file := respond(t, "青山村", "青山", noon, map[int]typed{
		1: {"完成比例": "45", "进展情况": "已过半"}, 9: {"事项": "自己加的事", "进展情况": "刚开始"}})
	_, err := a.Collect(t.Context(), CollectRequest{Paths: []string{file}, Receipts: filepath.Join(t.TempDir(), "回执")})
	check(t, err)
	forms, err := a.everyForm(t.Context())
	check(t, err)
	c := collecting{App: a, req: CollectRequest{DryRun: true}, forms: forms, path: file, out: FileResult{File: file}}
	check(t, c.run(t.Context()))

	ahead, plain := c.look, a.lookup(t.Context(), a.store)
	if len(ahead.known.records) == 0 || len(ahead.known.claims) == 0 {
		t.Fatal("nothing was read at once")
	}
	month, children, claims := c.ret.Period.Month(), 0, 0
	for _, row := range c.ret.Rows {
		same(t, row.ID, both(ahead.Record(ledgers.Task, row.ID)), both(plain.Record(ledgers.Task, row.ID)))
		x, y := both(ahead.Child(ledgers.Progress, row.ID, month)), both(plain.Child(ledgers.Progress, row.ID, month))
		same(t, row.ID, x, y)
		if y.got != nil {
			children++
		}
		for ledger, id := range map[string]string{ledgers.Task: row.ID, ledgers.Progress: exchange.ChildID(row.ID, ledgers.Progress, month)} {
			said, line, err := ahead.Claims(ledger, id)
			check(t, err)
			wantSaid, wantLine, err := plain.Claims(ledger, id)
			check(t, err)
			same(t, id, said, wantSaid)
			same(t, id, line, wantLine)
			claims += len(wantSaid)
		}
	}
	if children == 0 || claims == 0 {
		t.Errorf("the file has %d children and %d claims to ask for", children, claims)
	}
}

// answered is what a lookup said.
type answered[T any] struct {
	got *T
	err error
}

func both[T any](got *T, err error) answered[T] { return answered[T]{got, err} }

func same[T any](t *testing.T, about string, got, want T) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: %+v, want %+v", about, got, want)
	}
}

// TestCollect_ForgetsWhatOnlyWritingNeeded keeps what the window shows of the plans.
func TestCollect_ForgetsWhatOnlyWritingNeeded(t *testing.T) {
	a := openDemo(t)
	file := respond(t, "青山村", "青山", noon, map[int]typed{1: {"完成比例": "45", "进展情况": "已过半"}})
	got, err := a.Collect(t.Context(), CollectRequest{Paths: []string{file}, Receipts: filepath.Join(t.TempDir(), "回执")})
	check(t, err)
	plan, fields := got[0].Plans[0], 0
	for _, row := range plan.Rows {
		for _, rp := range row.Records {
			for _, f := range rp.Fields {
				fields++
				if f.Settled != nil || rp.Said != nil {
					t.Errorf("%s still holds how it was settled", f.Field)
				}
			}
		}
	}
	if fields == 0 || plan.Accepted != nil || plan.Counts() != got[0].Counts {
		t.Errorf("%d fields are left, %+v", fields, plan.Counts())
	}
}
