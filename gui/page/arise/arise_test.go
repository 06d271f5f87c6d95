package arise

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

func first(t *testing.T, r *pagetest.Room, ledger string) (*model.Ledger, *model.Record) {
	t.Helper()
	l, list, err := r.App.List(t.Context(), app.ListRequest{Ledger: ledger})
	pagetest.Must(t, err)
	return l, list.Records[0]
}

func newRoom(t *testing.T) *pagetest.Room {
	r := pagetest.New(t)
	r.PutObject(canvas.NewRectangle(look.Page))
	return r
}

func TestTargets(t *testing.T) {
	r := pagetest.New(t)
	for from, want := range map[string][]string{
		ledgers.Task: {"督办单"}, ledgers.Decision: {"任务"}, ledgers.Meeting: {"议定事项"},
	} {
		var got []string
		for _, to := range Targets(r.App.Catalog(), r.App.Catalog().Ledger(from)) {
			got = append(got, to.Label)
		}
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("out of %s: %q", from, got)
			}
		}
	}
	if got := Targets(r.App.Catalog(), r.App.Catalog().Ledger(ledgers.Person)); len(got) > 0 {
		t.Errorf("out of a person: %v", got)
	}
}

func TestAsk_MakesATaskOfADecision(t *testing.T) {
	r := newRoom(t)
	from, rec := first(t, r, ledgers.Decision)
	before := len(r.Opened)
	Ask(r.Desk, r.App, from, rec, r.App.Catalog().Ledger(ledgers.Task))
	r.Shows("转为任务")
	r.Shot("arise")
	r.Tap("新建")
	r.NoErrors()
	if len(r.Opened) != before+1 || r.Opened[before].Page != page.Tasks {
		t.Fatalf("went to %+v", r.Opened)
	}
	_, task, err := r.App.Get(t.Context(), ledgers.Task, r.Opened[before].Record)
	pagetest.Must(t, err)
	if task.Get("origin").ID != rec.ID || task.Get("title").Text != rec.Get("title").Text {
		t.Errorf("%+v", task.Values)
	}
	if !strings.Contains(r.Toast(), "已转为任务") {
		t.Error(r.Toast())
	}
}

func TestAsk_TellsAtTheEntryWhatIsMissing(t *testing.T) {
	r := newRoom(t)
	from, rec := first(t, r, ledgers.Meeting)
	Ask(r.Desk, r.App, from, rec, r.App.Catalog().Ledger(ledgers.Decision))
	r.Tap("新建") // a meeting says nothing of what was decided
	if r.Win.Canvas().Overlays().Top() == nil {
		t.Fatal("the dialog is gone")
	}
	if len(r.Opened) > 0 {
		t.Errorf("went to %+v", r.Opened)
	}
	r.Tap("取消")
	if r.Win.Canvas().Overlays().Top() != nil {
		t.Error("the dialog stays")
	}
}

func TestAsk_RefusesWhatDoesNotGoTogether(t *testing.T) {
	r := newRoom(t)
	from, rec := first(t, r, ledgers.Person)
	Ask(r.Desk, r.App, from, rec, r.App.Catalog().Ledger(ledgers.Task))
	if len(r.Said.Errors) != 1 {
		t.Errorf("%v", r.Said.Errors)
	}
}

func TestItems_OpenTheDialog(t *testing.T) {
	r := newRoom(t)
	from, rec := first(t, r, ledgers.Task)
	items := Items(r.Desk, r.App, from, rec)
	i := slices.IndexFunc(items, func(it *fyne.MenuItem) bool { return it.Label == "转为督办单…" })
	if i < 0 {
		t.Fatal("no order can be made")
	}
	items[i].Action()
	if d, is := r.Win.Canvas().Overlays().Top().(*kit.Dialog); !is || d == nil {
		t.Errorf("%T", r.Win.Canvas().Overlays().Top())
	}
}

func TestFields_WhatIsNeededComesFirst(t *testing.T) {
	l := model.NewCatalog(ledgers.All()...).Ledger(ledgers.Task)
	start := model.NewRecord(ledgers.Task, "")
	start.Put("origin", model.Reference("x", "会议"))
	var got []string
	for _, f := range fields(l, start) {
		got = append(got, f.Key)
	}
	for _, key := range []string{"title", "unit", "due", "origin"} {
		if i := slices.Index(got, key); i < 0 || i > 5 {
			t.Errorf("%s is number %d", key, i)
		}
	}
	if slices.Contains(got, "state") || slices.Contains(got, "closed_on") {
		t.Errorf("%q", got)
	}
}
