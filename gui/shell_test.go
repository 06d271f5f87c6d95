package gui

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// testDay is the day on which the windows of these tests work.
const testDay model.Day = "2026-11-22"

// open makes a window on the sample county at a size; all its work runs at once.
func open(t *testing.T, size fyne.Size) *Window {
	t.Helper()
	w := fresh(t, size)
	w.demo()
	if w.session == nil {
		t.Fatalf("the sample did not open: %s", shownText(w))
	}
	return w
}

// fresh makes a window as on a PC that has never had the program.
func fresh(t *testing.T, size fyne.Size) *Window {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(look.Theme{})
	pagetest.WatchDialogs(t)
	w, err := New(Params{App: a, Runner: &task.Sync{}, Log: slog.New(slog.DiscardHandler),
		Folder: filepath.Join(t.TempDir(), "台 账"), Options: app.Options{Today: testDay, Origin: "test"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.closeSession)
	w.Start()
	w.win.Resize(size)
	return w
}

var (
	wide1366 = fyne.NewSize(1366, 740)
	wide1093 = fyne.NewSize(1093, 586)
)

// shownText is all that is written in dialogs and lists over the window.
func shownText(w *Window) string {
	var out []string
	for _, o := range w.Canvas().Overlays().List() {
		collect(o, &out)
	}
	return strings.Join(out, "\n")
}

func collect(o fyne.CanvasObject, out *[]string) {
	switch o := o.(type) {
	case *kit.Line:
		*out = append(*out, o.Text())
	case *kit.Para:
		*out = append(*out, o.Text())
	case *kit.Button:
		*out = append(*out, o.Label)
	case *fyne.Container:
		for _, c := range o.Objects {
			collect(c, out)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			collect(c, out)
		}
	}
}

func TestWindow_OpensTheSampleAndSaysWhereItIs(t *testing.T) {
	w := open(t, wide1366)
	if place, month := w.top.place.Text(), w.top.period.Label; place != "示例县 › 甲镇" || month != "2026年11月" {
		t.Errorf("place %q, month %q", place, month)
	}
	if w.top.demo.Hidden {
		t.Error("the sample is not marked as such")
	}
	if len(w.rail.items) != len(entries) || w.rail.width() != look.RailWidth {
		t.Errorf("%d lines of %v", len(w.rail.items), w.rail.width())
	}
	if !strings.Contains(w.status.right.Text(), "本机：") {
		t.Errorf("status %q", w.status.right.Text())
	}
	if !strings.HasPrefix(w.win.Title(), "演示 甲镇") || !w.top.undo.Disabled() {
		t.Errorf("title %q, undo disabled %v", w.win.Title(), w.top.undo.Disabled())
	}
	if got := w.memory.lastLedger(); got != w.session.app.Path() {
		t.Errorf("remembered %q", got)
	}
}

func TestWindow_EveryPageFitsTheSmallestScreen(t *testing.T) {
	w := open(t, wide1093)
	if w.rail.width() != look.RailIconWidth {
		t.Error("the rail must shrink to icons")
	}
	for _, e := range allPages() {
		w.open(page.Route{Page: e.name})
		if m := w.stage.Objects[0].MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
			t.Errorf("%s needs %v", e.word, m)
		}
		if m := w.win.Content().MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
			t.Errorf("the window needs %v on %s", m, e.word)
		}
	}
}

func TestWindow_UndoAndRedoByName(t *testing.T) {
	w := open(t, wide1366)
	ctx, a := context.Background(), w.session.app
	_, tasks, err := a.List(ctx, app.ListRequest{Ledger: "task", Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	id, before := tasks.Records[0].ID, tasks.Records[0].Get("title").Text
	if _, err := a.Set(ctx, "task", id, []app.Assignment{{Field: "title", Words: "改过的名称"}}); err != nil {
		t.Fatal(err)
	}
	if got := w.top.undo.Label; !strings.HasPrefix(got, "撤销：") {
		t.Fatalf("undo says %q", got)
	}
	title := func() string {
		_, r, err := a.Get(ctx, "task", id)
		if err != nil {
			t.Fatal(err)
		}
		return r.Get("title").Text
	}
	test.Tap(w.top.undo)
	if got := title(); got != before {
		t.Errorf("after undo: %q", got)
	}
	if !strings.HasPrefix(w.toaster.Text(), "已撤销") || w.top.redo.Disabled() {
		t.Errorf("toast %q, redo disabled %v", w.toaster.Text(), w.top.redo.Disabled())
	}
	test.Tap(w.top.redo)
	if got := title(); got != "改过的名称" {
		t.Errorf("after redo: %q", got)
	}
}

func TestWindow_UndoLeavesTypingToTheEntry(t *testing.T) {
	w := open(t, wide1366)
	e := kit.NewEntry("")
	w.stage.Objects = []fyne.CanvasObject{e}
	w.Canvas().Focus(e)
	test.Type(e, "字")
	w.typing(&fyne.ShortcutUndo{}, func() { t.Error("the ledger was undone while typing") })()
	if e.Text != "" {
		t.Errorf("typing not undone: %q", e.Text)
	}
}

func TestWindow_SearchLeadsToTheRecord(t *testing.T) {
	w := open(t, wide1366)
	w.search()
	entry, ok := w.Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatal("the search has not got the keyboard")
	}
	test.Type(entry, "yfys")
	w.gate.Past().(*task.Sync).Elapse(searchRest)
	if !strings.Contains(shownText(w), "移风易俗") {
		t.Fatalf("found %q", shownText(w))
	}
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if w.session.front.Page != page.Tasks || w.session.front.Record == "" {
		t.Errorf("led to %+v", w.session.front)
	}
}

func TestWindow_SaysWhatIsWrongWithAFileAndOffersTheDoors(t *testing.T) {
	w := fresh(t, wide1366)
	path := filepath.Join(t.TempDir(), "坏 的.xzdb")
	if err := os.WriteFile(path, []byte("这不是台账"), 0o644); err != nil {
		t.Fatal(err)
	}
	w.openLedger(path)
	if w.session != nil || !strings.Contains(shownText(w), "知道了") {
		t.Errorf("session %v, shown %q", w.session, shownText(w))
	}
}

func TestMenu_ShortcutsAreUniqueAndListed(t *testing.T) {
	w := open(t, wide1366)
	seen := map[string]string{}
	for _, m := range w.win.MainMenu().Items {
		for _, it := range m.Items {
			if it.Shortcut == nil {
				continue
			}
			name := it.Shortcut.ShortcutName()
			if seen[name] != "" {
				t.Errorf("%s: %s and %s", name, seen[name], it.Label)
			}
			seen[name] = it.Label
			if shortcutWords(it.Shortcut) == "" {
				t.Errorf("%s has a shortcut without words", it.Label)
			}
		}
	}
	w.shortcuts()
	if !strings.Contains(shownText(w), "Ctrl+N") {
		t.Errorf("listed: %q", shownText(w))
	}
}

func TestHelp_EveryPageHasOne(t *testing.T) {
	w := open(t, wide1366)
	for _, e := range entries {
		w.open(page.Route{Page: e.name})
		w.help()
		if !strings.Contains(shownText(w), "知道了") || strings.Contains(shownText(w), "没有完成") {
			t.Errorf("%s: %q", e.word, shownText(w))
		}
		for _, o := range w.Canvas().Overlays().List() {
			w.Canvas().Overlays().Remove(o)
		}
	}
}

func TestEntry_WordsOfTheDay(t *testing.T) {
	e := entry{word: "监测户"}
	if a, b := e.label("2025-12-31", nil), e.label("2026-11-22", nil); a != "监测户" || b != "防止返贫致贫对象" {
		t.Errorf("%q, %q", a, b)
	}
}

func TestMemory_KeepsWhatIsThereNewestFirst(t *testing.T) {
	w := fresh(t, wide1366)
	dir := t.TempDir()
	var paths []string
	for _, name := range []string{"一.xzdb", "二.xzdb"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		w.memory.used(path)
		paths = append(paths, path)
	}
	w.memory.used(paths[0])
	if got := w.memory.recent(); len(got) != 2 || got[0] != paths[0] {
		t.Errorf("recent %v", got)
	}
	carried := filepath.Join(dir, "下 村"+app.CarryExt)
	if err := errors.Join(os.WriteFile(carried, nil, 0o644), os.Remove(paths[0])); err != nil {
		t.Fatal(err)
	}
	w.memory.used(carried) // looked into, and not what the next day begins with
	if got := w.memory.lastLedger(); got != paths[1] {
		t.Errorf("last %q", got)
	}
}

func TestPath_TakesQuotesOff(t *testing.T) {
	for in, want := range map[string]string{` "C:/台 账" `: "C:/台 账", "“/甲/乙”": "/甲/乙", "/甲/": "/甲"} {
		if got := cleanPath(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestCommand_SaveAcceptsADialogAndNothingElsePassesIt(t *testing.T) {
	w := open(t, wide1366)
	accepted := 0
	var d *kit.Dialog
	d = kit.ShowDialog(w.Canvas(), "新建", kit.NewEntry(""), kit.NewButton("取消", kit.ButtonPlain, func() { d.Close() }),
		kit.NewButton("新建", kit.ButtonMain, func() { accepted++; d.Close() }))
	front := w.session.front.Page
	w.to(page.Route{Page: page.Settings})()
	w.command(page.New)()
	if w.session.front.Page != front || len(w.Canvas().Overlays().List()) != 1 {
		t.Error("the dialog was passed by")
	}
	w.command(page.Save)()
	if accepted != 1 || w.Canvas().Overlays().Top() != nil {
		t.Errorf("accepted %d times", accepted)
	}
}

func TestDialog_SaveDoesNotAcceptDanger(t *testing.T) {
	w := open(t, wide1366)
	w.presenter.Confirm(task.Question{Title: "删除", Yes: "删除", Danger: true}, func() { t.Error("deleted by Ctrl+S") })
	w.command(page.Save)()
}
