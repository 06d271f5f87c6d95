package ledgers

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/app"
	builtin "xiangzhen/model/ledgers"
)

func TestPage_OpensTheFirstLedger(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{})
	if r.ledger == nil || r.ledger.System || r.Page.win.Len() == 0 {
		t.Fatalf("opened %+v", r.ledger)
	}
	if got := words(r.shelf); !strings.Contains(got, "驻村工作队花名册") || !strings.Contains(got, "任务进展") {
		t.Errorf("shelf %q", got)
	}
	for _, hidden := range []string{"口径与参数", "行政区划"} {
		if strings.Contains(words(r.shelf), hidden) {
			t.Errorf("the shelf shows %s", hidden)
		}
	}
	if !strings.Contains(r.status, fmt.Sprintf("共 %d 条", r.Page.win.Len())) {
		t.Errorf("status %q", r.status)
	}
}

func TestPage_RouteShowsARecord(t *testing.T) {
	r := newRoom(t)
	last := r.list("progress")
	want := last[len(last)-1] // far down, in the fifth page
	r.show(page.Route{Ledger: "progress", Record: want.ID})
	if got := r.current(); got == nil || got.ID != want.ID || r.currentRow() != len(last)-1 {
		t.Fatalf("row %d, record %+v", r.currentRow(), got)
	}
	if !r.beside.Drawer.Visible() || r.record.rec.ID != want.ID {
		t.Error("the drawer does not show it")
	}
	r.show(page.Route{Ledger: "area"})
	if !strings.Contains(words(r.shelf), "行政区划") || r.text(0, "name") == "" {
		t.Error("a ledger of 设置 shows where it is asked for")
	}
}

func TestPage_RouteSearches(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team", Search: "青山村"})
	all := len(r.list("team"))
	if n := r.Page.win.Len(); n == 0 || n >= all || r.search.Text != "青山村" {
		t.Fatalf("%d of %d, search %q", n, all, r.search.Text)
	}
	if !strings.Contains(words(r.header.Object), "符合条件") {
		t.Errorf("header %q", words(r.header.Object))
	}
	other := r.list("team", "village!=青山村")[0]
	r.show(page.Route{Ledger: "team", Record: other.ID, Search: "青山村"})
	if got := r.current(); got == nil || got.ID != other.ID || r.query.search != "" {
		t.Errorf("a record that the search hides is not shown: %+v", got)
	}
}

func TestPage_SearchFilterSort(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	all := r.Page.win.Len()
	r.search.SetText("qsc") // initials of 青山村
	r.settle()
	if n := r.Page.win.Len(); n == 0 || n >= all {
		t.Fatalf("search shows %d of %d", n, all)
	}
	r.tap("筛选")
	r.grid.SetFilter("role", "第一书记")
	r.settle()
	for row := range r.Page.win.Len() {
		if !strings.Contains(r.text(row, "role"), "第一书记") || r.text(row, "village") != "青山村" {
			t.Errorf("row %d: %s %s", row, r.text(row, "village"), r.text(row, "role"))
		}
	}
	r.tap("清除条件")
	if r.Page.win.Len() != all || r.search.Text != "" || r.clear.Visible() {
		t.Errorf("%d of %d after clearing", r.Page.win.Len(), all)
	}
	r.setQuery(func(q *query) { q.sort = grid.Sort{Key: "birth", Desc: true} })
	r.settle()
	if a, b := r.text(0, "birth"), r.text(1, "birth"); a < b {
		t.Errorf("sorted %s before %s", a, b)
	}
	r.quiet()
}

func TestPage_NoMatch(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team", Search: "查无此人查无此人"})
	if r.Page.win.Len() != 0 || r.body.Objects[0] != fyne.CanvasObject(r.card) || !r.clear.Visible() {
		t.Fatal("the grid stays, with the way back")
	}
	r.tap("清除条件")
	if r.Page.win.Len() == 0 {
		t.Error("nothing came back")
	}
}

// pick chooses in the picker under a label: opens it, types, presses Enter.
// chooseTwo chooses the first two rows by Shift and the down arrow.
func TestPage_ReloadsOnChanged(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	id := r.Page.win.record(2).ID
	_, err := r.app.Set(t.Context(), "team", id, []app.Assignment{{Field: "skill", Words: "无人机"}})
	must(t, err)
	r.settle()
	if got := r.text(2, "skill"); got != "无人机" {
		t.Errorf("shown %q", got)
	}
	n := r.counts["post"]
	_, err = r.app.Delete(t.Context(), "post", r.list("post")[0].ID, false)
	must(t, err)
	r.settle()
	if r.counts["post"] != n-1 {
		t.Error("the number on the shelf is old")
	}
}

func TestPage_MenusAndCommands(t *testing.T) {
	r := newRoom(t)
	if r.Do(page.New) {
		t.Error("a command before there is a ledger")
	}
	r.show(page.Route{Ledger: "team"})
	if got := len(r.menu(0, 0)); got != 6 {
		t.Errorf("%d lines in the menu", got)
	}
	if r.Do(page.Save) || r.Do(page.Next) || !r.Do(page.Filters) || !r.filters || !r.Do(page.Edit) {
		t.Error("commands")
	}
	r.settle()
	if r.record.form == nil {
		t.Error("no form")
	}
	r.record.leave()
	r.Do(page.Filters)
	if r.filters || r.win.Canvas().Focused() != fyne.Focusable(r.grid) {
		t.Error("the filter row stays")
	}
}

func TestPage_ShelfByKeyboard(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "task"})
	r.win.Canvas().Focus(r.shelf)
	r.key(fyne.KeyDown)
	if r.ledger.Key != "progress" {
		t.Errorf("down opens %s", r.ledger.Key)
	}
	r.key(fyne.KeyUp)
	r.key(fyne.KeyUp)
	r.key(fyne.KeyUp)
	r.key(fyne.KeyUp)
	if r.ledger.Key != "post" {
		t.Errorf("the top is %s", r.ledger.Key)
	}
	row := find(r.shelf, func(row *shelfRow) bool { return row.line.key == "team" })
	row.MouseIn(nil)
	test.Tap(row)
	r.settle()
	if r.ledger.Key != "team" {
		t.Errorf("a click opens %s", r.ledger.Key)
	}
}

// brokenApp fails where it is told to.
type brokenApp struct {
	*app.App
	err error
}

func (b *brokenApp) List(ctx context.Context, req app.ListRequest) (*model.Ledger, model.Page, error) {
	if b.err != nil {
		return nil, model.Page{}, b.err
	}
	return b.App.List(ctx, req)
}

func TestPage_ShowsErrors(t *testing.T) {
	broken := &brokenApp{err: errors.New("disk")}
	r := roomOver(t, func(a *app.App) API { broken.App = a; return broken })
	r.Show(page.Route{Page: page.Ledgers, Ledger: "team"})
	r.settle()
	if len(r.said.Errors) != 1 || r.ledger != nil {
		t.Fatalf("errors %v", r.said.Errors)
	}
	broken.err, r.said.Errors = nil, nil
	r.show(page.Route{Ledger: "team"})
	if r.ledger == nil {
		t.Error("nothing after the error is gone")
	}
	r.export() // a dialog over a healthy page
}

func TestPage_FitsSmallWindows(t *testing.T) {
	r := newRoom(t)
	for _, key := range []string{"team", "task", "area"} {
		r.show(page.Route{Ledger: key})
		r.tap("筛选")
		if m := r.Content().MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
			t.Errorf("%s asks for %v", key, m)
		}
	}
}

// TestShelf_Markup holds what the list of ledgers is drawn of.
func TestShelf_Markup(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	s := newShelfView(func(string) {}, func() {})
	s.set(shelf(shelfBooks(), map[string]int{"post": 78, "task": 151}, "task", false, "2026-11-22"), "task")
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(shelfWidth, 300))
	test.AssertRendersToMarkup(t, "shelf.xml", w.Canvas())
}

// TestPage_ListShowsWhereOneIs: the rail opens a ledger far down in the list.
func TestPage_ListShowsWhereOneIs(t *testing.T) {
	r := newRoom(t)
	r.Show(page.Route{Page: page.Ledgers})
	if at := r.shelves.Offset.Y; at != 0 {
		t.Errorf("the list begins at %v", at)
	}
	r.Show(page.Route{Page: page.Ledgers, Ledger: builtin.Household})
	r.settle()
	top, ok := r.shelf.chosenAt()
	if at, room := r.shelves.Offset.Y, r.shelves.Size().Height; !ok || top < at || top+shelfLineH > at+room {
		t.Errorf("the line at %v is out of %v to %v", top, at, at+room)
	}
}
