package app

import (
	"testing"

	"xiangzhen/model"
)

func TestPosition(t *testing.T) {
	a := openDemo(t)
	for name, req := range map[string]ListRequest{
		"in order of creation": {Ledger: "progress"},
		"sorted":               {Ledger: "progress", Sort: "-period"},
		"searched":             {Ledger: "team", Search: "示例"},
		"a page of it":         {Ledger: "progress", Offset: 40, Limit: 5},
	} {
		all := req
		all.Limit, all.Offset = 0, 0
		_, got, err := a.List(t.Context(), all)
		check(t, err)
		for _, want := range []int{0, len(got.Records) / 2, len(got.Records) - 1} {
			if at, err := a.Position(t.Context(), req, got.Records[want].ID); err != nil || at != want {
				t.Errorf("%s: at %d, want %d (%v)", name, at, want, err)
			}
		}
	}
	if at, err := a.Position(t.Context(), ListRequest{Ledger: "task"}, "gone"); err != nil || at != -1 {
		t.Errorf("a record that is not there: %d, %v", at, err)
	}
	if _, err := a.Position(t.Context(), ListRequest{Ledger: "task", Sort: "gone"}, "x"); model.CodeOf(err) != model.CodeUsage {
		t.Errorf("a wrong request: %v", err)
	}
}

func TestDeleteMany(t *testing.T) {
	a := openDemo(t)
	_, before, err := a.List(t.Context(), ListRequest{Ledger: "visit"})
	check(t, err)
	ids := []string{before.Records[0].ID, before.Records[3].ID, before.Records[4].ID}
	done, err := a.DeleteMany(t.Context(), "visit", ids, false)
	check(t, err)
	if n := count(t, a, "visit"); n != before.Total-3 {
		t.Errorf("%d left of %d", n, before.Total)
	}
	_, err = a.Undo(t.Context(), done.Op)
	check(t, err)
	if n := count(t, a, "visit"); n != before.Total {
		t.Errorf("%d after undoing one operation", n)
	}
	if _, err := a.DeleteMany(t.Context(), "visit", []string{ids[0], "gone"}, false); err != nil {
		t.Errorf("one that is gone meanwhile: %v", err)
	}
}

func TestDeleteMany_AllOrNone(t *testing.T) {
	a := openDemo(t)
	n := count(t, a, "area")
	_, village, err := a.List(t.Context(), ListRequest{Ledger: "team", Limit: 1})
	check(t, err)
	used := village.Records[0].Get("village").ID
	done, err := a.Add(t.Context(), "area", []Assignment{{"name", "新设村"}, {"level", "村"}})
	check(t, err)
	if _, err := a.DeleteMany(t.Context(), "area", []string{done.Records[0].ID, used}, false); model.CodeOf(err) != model.CodeInUse {
		t.Errorf("error %v", err)
	}
	if got := count(t, a, "area"); got != n+1 {
		t.Errorf("%d areas of %d: something was deleted", got, n+1)
	}
	if _, err := a.DeleteMany(t.Context(), "parameter", []string{"a", "b"}, false); model.CodeOf(err) != model.CodeInvalid {
		t.Errorf("of the system: %v", err)
	}
}

func count(t *testing.T, a *App, ledger string) int {
	t.Helper()
	_, page, err := a.List(t.Context(), ListRequest{Ledger: ledger, Limit: 1})
	check(t, err)
	return page.Total
}
