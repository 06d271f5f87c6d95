package gui

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

func onRail(w *Window) []string {
	var out []string
	for _, it := range w.rail.items {
		out = append(out, it.line.label)
	}
	return out
}

// empty makes a window on a ledger of a township without any record of its work.
func empty(t *testing.T, desks ...string) *Window {
	t.Helper()
	w := fresh(t, wide1366)
	w.create(app.Setup{Unit: "甲镇", Level: "town", Desks: desks, Villages: []app.Village{{Name: "青山村"}}}, "")
	if w.session == nil {
		t.Fatalf("no ledger: %s", shownText(w))
	}
	return w
}

func TestRail_ShowsThePartsThatAreKept(t *testing.T) {
	w := empty(t, rule.DeskHouseholds)
	if got := onRail(w); slices.Contains(got, "任务") || !slices.Contains(got, "台账") || !slices.Contains(got, "设置") {
		t.Fatalf("households alone: %q", got)
	}
	a := w.session.app
	_, err := a.SetSetting(context.Background(), rule.UnitDesks, rule.DeskHouseholds+"、"+rule.DeskTasks)
	pagetest.Must(t, err)
	if got := onRail(w); !slices.Contains(got, "任务") {
		t.Errorf("switched on: %q", got)
	}
	_, err = a.SetSetting(context.Background(), rule.UnitDesks, rule.DeskHouseholds)
	pagetest.Must(t, err)
	if got := onRail(w); slices.Contains(got, "任务") {
		t.Errorf("switched off: %q", got)
	}
	_, err = a.Add(context.Background(), ledgers.Task, []app.Assignment{{Field: "title", Words: "修渠"}})
	pagetest.Must(t, err)
	if got := onRail(w); !slices.Contains(got, "任务") {
		t.Errorf("with data: %q", got)
	}
}

func TestRail_WholeByDefaultAndFromTheMenuInAnyCase(t *testing.T) {
	if got := onRail(empty(t)); len(got) != len(entries) {
		t.Errorf("none means all: %q", got)
	}
	w := empty(t, rule.DeskHouseholds)
	w.to(page.Route{Page: page.Tasks})()
	if w.session.front.Page != page.Tasks {
		t.Fatalf("at %s", w.session.front.Page)
	}
	w.refreshHeads()
	if got := onRail(w); !slices.Contains(got, "任务") {
		t.Errorf("the page at the front has no entry: %q", got)
	}
}

// follower is a page that shows a month.
type follower struct {
	page.Page
	months []model.Month
}

func (f *follower) SetPeriod(m model.Month) { f.months = append(f.months, m) }

func TestPeriod_IsChosenInTheTopBarAndFollowed(t *testing.T) {
	w := open(t, wide1366)
	f := &follower{Page: w.session.pages[page.Today]}
	w.session.pages["follower"] = f
	test.Tap(w.top.period)
	if words := shownText(w); !strings.Contains(words, "2026年10月") || !strings.Contains(words, "本月") {
		t.Fatalf("offered:\n%s", words)
	}
	w.Canvas().Focused().(*kit.Entry).SetText("10月")
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if w.top.period.Label != "2026年10月" || !slices.Equal(f.months, []model.Month{"2026-10"}) {
		t.Errorf("shown %s, followed %v", w.top.period.Label, f.months)
	}
	w.setPeriod("2026-10")
	if len(f.months) != 1 {
		t.Error("told of the same month again")
	}
	delete(w.session.pages, "follower")
}

func TestMonths_NewestFirst(t *testing.T) {
	got := months("2026-01")
	if got[0].ID != "2026-02" || got[1].Note != "本月" || got[2].ID != "2025-12" || got[2].Note != "上月" || len(got) != monthsAhead+1+monthsBack {
		t.Errorf("%+v", got)
	}
}

func TestRail_WordsByTheDayAndTheCounty(t *testing.T) {
	label := func(day model.Day, params model.Params) string {
		for _, l := range railLines(day, params, everything) {
			if l.name == page.Households {
				return l.label
			}
		}
		return ""
	}
	if got := label("2025-12-31", nil); got != "监测户" {
		t.Errorf("2025: %s", got)
	}
	if got := label("2026-11-22", nil); got != "防止返贫致贫对象" {
		t.Errorf("2026: %s", got)
	}
	if got := label("2026-11-22", model.Params{rule.TermPrefix + "监测户": "监测家庭"}); got != "监测家庭" {
		t.Errorf("the county's: %s", got)
	}
	if a, b := railWords("防止返贫致贫对象"); a != "防止返贫" || b != "致贫对象" {
		t.Errorf("%s, %s", a, b)
	}
}

func TestRail_EntriesThatOpenALedger(t *testing.T) {
	w := open(t, wide1366)
	for name, key := range ledgerEntries {
		w.open(page.Route{Page: name})
		if w.session.front.Page != page.Ledgers || w.session.front.Ledger != key || entryOf(w.session.front) != name {
			t.Errorf("%s leads to %+v", name, w.session.front)
		}
		for _, it := range w.rail.items {
			if it.chosen != (it.line.name == name) {
				t.Errorf("%s: %s chosen is %v", name, it.line.name, it.chosen)
			}
		}
	}
	w.open(page.Route{Page: page.Ledgers})
	if entryOf(w.session.front) != page.Ledgers {
		t.Errorf("%+v", w.session.front)
	}
}

// TestEntryOf: the rail shows where one is, also on pages that no entry opens.
func TestEntryOf(t *testing.T) {
	for _, c := range []struct {
		from page.Route
		want page.Name
	}{
		{page.Route{Page: page.Uppers}, page.Reports},
		{page.Route{Page: page.Filling}, page.Reports},
		{page.Route{Page: page.Ledgers, Ledger: ledgers.Project}, page.Projects},
		{page.Route{Page: page.Ledgers, Ledger: ledgers.Decision}, page.Ledgers},
		{page.Route{Page: page.Today}, page.Today},
	} {
		if got := entryOf(c.from); got != c.want {
			t.Errorf("%v is under %s, not %s", c.from, got, c.want)
		}
	}
}

// TestKeeping_StripAndReadOnly: in an office's copy the pages of the others say whose
// they are, and their ledgers take no typing.
func TestKeeping_StripAndReadOnly(t *testing.T) {
	w := open(t, wide1366)
	if w.strip.Visible() {
		t.Error("a strip over one copy of all")
	}
	_, err := w.session.app.SetOffice(t.Context(), "组织办")
	pagetest.Must(t, err)
	w.open(page.Route{Page: page.Tasks})
	if !w.strip.Visible() || w.strip.words.Text() != "党政办维护，这里只读" {
		t.Errorf("the strip says %q", w.strip.words.Text())
	}
	shot(t, w, "keeping-tasks")
	w.open(page.Route{Page: page.Teams})
	if w.strip.Visible() {
		t.Error("a strip over what this office keeps")
	}
	w.open(page.Route{Page: page.Households})
	shot(t, w, "keeping-households")
	pagetest.Walk(w.win.Content(), func(o fyne.CanvasObject) {
		if b, ok := o.(*kit.Button); ok && b.Label == "新增" && !b.Disabled() {
			t.Error("the other office's ledger offers a new record")
		}
	})
	w.win.Resize(wide1093)
	w.open(page.Route{Page: page.Supervise})
	shot(t, w, "keeping-supervise-1093")
	checkPlaces(t, "an office's copy", w.win.Content())
}

// TestCarried_StripAndHanding: a carried ledger says on every page what it is; handed
// over while the township's is open it is taken in, not opened in its place.
func TestCarried_StripAndHanding(t *testing.T) {
	w := open(t, wide1366)
	ctx := t.Context()
	below, err := w.session.app.Below(ctx)
	pagetest.Must(t, err)
	path := filepath.Join(t.TempDir(), "下 村"+app.CarryExt)
	_, err = w.session.app.CarryOut(ctx, app.Carry{Villages: []string{below[0].ID}, Who: "李示例一", To: path})
	pagetest.Must(t, err)
	small, err := app.Open(ctx, app.Options{Path: path, Today: w.session.app.Today()})
	pagetest.Must(t, err)
	_, err = small.Add(ctx, ledgers.Task, []app.Assignment{{Field: "title", Words: "清理河道"}, {Field: "unit", Words: below[0].Name}})
	pagetest.Must(t, err)
	pagetest.Must(t, small.Close())

	home := w.session.app.Path()
	w.take([]string{path})
	if !w.isOpen(home) || w.session.front.Page != page.Reports {
		t.Fatalf("handed over, %s is open at %s", w.session.app.Path(), w.session.front.Page)
	}
	shot(t, w, "carried-taken")
	w.openLedger(path)
	if !w.isOpen(path) || !w.strip.Visible() || !strings.Contains(w.strip.words.Text(), "李示例一于 ") {
		t.Errorf("the strip of %s says %q", w.session.app.Path(), w.strip.words.Text())
	}
	shot(t, w, "carried-open")
	w.take([]string{path})
	if w.session.front.Page != page.Today {
		t.Errorf("its own file was taken in: %s", w.session.front.Page)
	}
}
