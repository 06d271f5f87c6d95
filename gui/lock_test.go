package gui

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

const testPassword = "甲镇 2026 密码"

// openLocked makes a window on the sample county with a password, and returns the
// recovery code too.
func openLocked(t *testing.T) (*Window, string) {
	t.Helper()
	w := open(t, wide1366)
	var code string
	w.relock(testPassword, func(ctx context.Context, o app.Options) (app.LockDone, error) {
		done, err := app.SetLock(ctx, o, testPassword)
		return done, err
	}, func(done app.LockDone) { code = done.Code })
	if w.session == nil || w.session.app.Key() == nil || code == "" {
		t.Fatalf("no lock: %s", shownText(w))
	}
	return w, code
}

// stageText is all that is written on the stage and on whatever lies over it.
func stageText(w *Window) string {
	var out []string
	for _, o := range append([]fyne.CanvasObject{w.stage}, w.Canvas().Overlays().List()...) {
		collect(o, &out)
	}
	return strings.Join(out, "\n")
}

// give types a password into the form and presses its button.
func give(f *passwordForm, password string) {
	f.entry.SetText(password)
	test.Tap(f.yes)
}

// asked is the form on the stage that asks for a password.
func asked(t *testing.T, w *Window) (*kit.Entry, *kit.Button) {
	t.Helper()
	var entry *kit.Entry
	var yes *kit.Button
	pagetest.Walk(w.stage, func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *kit.Entry:
			entry = o
		case *kit.Button:
			yes = o
		}
	})
	if entry == nil || !entry.Password {
		t.Fatalf("no password is asked for: %s", stageText(w))
	}
	return entry, yes
}

func TestOpen_AsksForThePassword(t *testing.T) {
	w, code := openLocked(t)
	path := w.session.app.Path()
	w.openLedger(path)
	if w.session != nil {
		t.Fatal("opened without a password")
	}
	entry, yes := asked(t, w)
	if !strings.Contains(stageText(w), filepath.Base(path)) || w.win.Title() != Name {
		t.Errorf("title %q, %s", w.win.Title(), stageText(w))
	}
	shot(t, w, "lock-open")
	for range 3 {
		entry.SetText("猜一个密码")
		test.Tap(yes)
	}
	if w.session != nil || !strings.Contains(stageText(w), "密码不对") || entry.Text != "" {
		t.Fatalf("after wrong tries: %s", stageText(w))
	}
	entry.SetText(testPassword) // the right one, too soon
	test.Tap(yes)
	if w.session != nil || !strings.Contains(stageText(w), "秒再试") {
		t.Fatalf("no wait after three wrong tries: %s", stageText(w))
	}
	if err := os.Remove(path + ".tries"); err != nil { // as if time had passed
		t.Fatal(err)
	}
	entry.SetText(strings.ToLower(code))
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if w.session == nil {
		t.Fatalf("the recovery code does not open: %s", stageText(w))
	}
}

func TestOpen_DroppedWhileAsked(t *testing.T) {
	w, _ := openLocked(t)
	path := w.session.app.Path()
	other := open(t, wide1366).session.app.Path()
	w.closeSession()
	w.doors = nil
	w.openLedger(path)
	asked(t, w)
	w.take([]string{other})
	if w.session == nil && !strings.Contains(shownText(w), "没有完成") {
		t.Errorf("a ledger that was handed over is not opened: %s", stageText(w))
	}
}

func TestLock_HidesEverythingAndLosesNothing(t *testing.T) {
	w, _ := openLocked(t)
	w.open(page.Route{Page: page.Ledgers})
	typed := kit.NewEntry("")
	w.stage.Objects = append(w.stage.Objects, typed)
	w.Canvas().Focus(typed)
	typed.SetText("写了一半")
	title, menu := w.win.Title(), w.win.MainMenu()
	w.lock()
	w.lock() // twice is once
	shot(t, w, "lock-cover")
	top := w.Canvas().Overlays().Top()
	if top != fyne.CanvasObject(w.behind.cover) || top.Size() != w.Canvas().Size() || len(w.Canvas().Overlays().List()) != 1 {
		t.Fatal("the window is not covered")
	}
	if text := shownText(w); w.win.Title() != Name || strings.Contains(text, "甲镇") || strings.Contains(text, ".xzdb") {
		t.Errorf("title %q, %s", w.win.Title(), text)
	}
	if items := w.win.MainMenu().Items; len(items) != 1 || len(items[0].Items) != 1 {
		t.Errorf("menu %+v", items)
	}
	shown := false
	w.params.Runner.Go(context.Background(), nil, nothing, func(error) { shown = true })
	w.presenter.Error(nil)
	if shown {
		t.Error("what was under way shows itself over the lock")
	}
	give(w.behind.form, "猜一个密码")
	if w.behind == nil || !strings.Contains(shownText(w), "密码不对") {
		t.Fatalf("a wrong password: %s", shownText(w))
	}
	give(w.behind.form, testPassword)
	if w.behind != nil || w.Canvas().Overlays().Top() != nil {
		t.Fatal("still locked")
	}
	if !shown || typed.Text != "写了一半" || w.win.Title() != title || w.win.MainMenu() != menu {
		t.Errorf("came in %v, typed %q, title %q", shown, typed.Text, w.win.Title())
	}
	w.lock()
	if w.behind == nil {
		t.Error("locked once only")
	}
}

// TestLock_TakesOpenedCopiesAway: a photo that was looked at lies outside the lock.
func TestLock_TakesOpenedCopiesAway(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	ctx := context.Background()
	w, _ := openLocked(t)
	a := w.session.app
	_, listed, err := a.List(ctx, app.ListRequest{Ledger: ledgers.Task, Limit: 1})
	pagetest.Must(t, err)
	paper := filepath.Join(t.TempDir(), "纪要.pdf")
	pagetest.Must(t, os.WriteFile(paper, []byte("%PDF"), 0o600))
	id := listed.Records[0].ID
	_, err = a.Attach(ctx, app.AttachRequest{Ledger: ledgers.Task, ID: id, Paths: []string{paper}})
	pagetest.Must(t, err)
	copied, err := a.ViewAttachment(ctx, ledgers.Task, id, "纪要.pdf")
	pagetest.Must(t, err)
	w.lock()
	if _, err := os.Stat(copied); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the copy is readable behind the lock: %v", err)
	}
}

func TestLock_WithoutAPassword(t *testing.T) {
	w := open(t, wide1366)
	w.lock()
	if w.behind != nil {
		t.Fatal("locked, and nothing opens it")
	}
	if !strings.Contains(w.toaster.Text(), "没有设密码") {
		t.Errorf("it says %q", w.toaster.Text())
	}
}

func TestLock_ByItself(t *testing.T) {
	w, _ := openLocked(t)
	s := on(w, &fakeSystem{idle: 9 * time.Minute})
	run := w.gate.Past().(*task.Sync)
	run.Elapse(idleLook)
	if w.behind != nil {
		t.Fatal("locked although the setting is off")
	}
	w.memory.setAutoLock(10)
	run.Elapse(idleLook)
	if w.behind != nil {
		t.Fatal("locked too soon")
	}
	s.idle = 10 * time.Minute
	run.Elapse(idleLook)
	if w.behind == nil {
		t.Error("not locked")
	}
}

func TestRelock_RefusedLeavesItOpen(t *testing.T) {
	w, _ := openLocked(t)
	w.relock("猜一个密码", app.RemoveLock, func(app.LockDone) { t.Error("told of what was not done") })
	if w.session == nil || w.session.app.Key() == nil {
		t.Fatalf("not open as before: %s", stageText(w))
	}
	if !strings.Contains(paraText(w), "密码不对") || w.session.front.Page != page.Settings {
		t.Errorf("at %s: %s", w.session.front.Page, shownText(w))
	}
	tapShown(t, w, "知道了")
	removed := false
	w.relock(testPassword, app.RemoveLock, func(app.LockDone) { removed = true })
	if !removed || w.session.app.Key() != nil {
		t.Error("the lock is still there")
	}
}

func TestCode_IsAskedForBeforeItGoes(t *testing.T) {
	w, _ := openLocked(t)
	out := filepath.Join(t.TempDir(), "密封件.docx")
	w.showCode(app.LockDone{Code: "ABCD-EFGH", Copies: []string{"a"}, Beyond: []string{"微信里发过的，请自行清理。"}}, app.DefaultKeeper)
	shot(t, w, "lock-code")
	for _, words := range []string{"ABCD-EFGH", "党政办主任", "1 份备份", "微信"} {
		if !strings.Contains(paraText(w), words) {
			t.Errorf("%q is not shown", words)
		}
	}
	tapShown(t, w, "已经收好")
	if !strings.Contains(shownText(w), "恢复码收好了吗") {
		t.Fatal("the code goes without a question")
	}
	tapShown(t, w, "回去打印")
	on(w, &fakeSystem{path: out})
	tapShown(t, w, "另存…")
	if _, err := os.Stat(out); err != nil {
		t.Fatal(err)
	}
	for w.Canvas().Overlays().Top() != nil { // no program to show folders here
		if !strings.Contains(shownText(w), "没有完成") {
			break
		}
		tapShown(t, w, "知道了")
	}
	tapShown(t, w, "已经收好")
	if w.Canvas().Overlays().Top() != nil {
		t.Errorf("asked although it is on paper: %s", shownText(w))
	}
}

func TestCreate_WithAPassword(t *testing.T) {
	w := fresh(t, wide1366)
	w.create(app.Setup{Unit: "丁镇", Level: model.LevelTown}, testPassword)
	if w.session == nil || w.session.app.Key() == nil {
		t.Fatalf("no lock: %s", stageText(w))
	}
	if !strings.Contains(shownText(w), "恢复码") {
		t.Error("the recovery code is not shown")
	}
}

func TestCreate_WhereThereIsNoRoom(t *testing.T) {
	w := fresh(t, wide1366)
	if err := os.WriteFile(w.params.Folder, nil, 0o600); err != nil { // a file is no folder
		t.Fatal(err)
	}
	w.create(app.Setup{Unit: "丁镇", Level: model.LevelTown}, testPassword)
	if w.session != nil || !strings.Contains(shownText(w), "没有完成") {
		t.Errorf("it says %s", shownText(w))
	}
}

// paraText is all the running text in dialogs, without its line breaks.
func paraText(w *Window) string {
	var out strings.Builder
	for _, o := range w.Canvas().Overlays().List() {
		pagetest.Walk(o, func(o fyne.CanvasObject) {
			if text, ok := o.(*canvas.Text); ok {
				out.WriteString(text.Text)
			}
		})
	}
	return out.String()
}

// tapShown presses a button of the dialog on top.
func tapShown(t *testing.T, w *Window, label string) {
	t.Helper()
	var found *kit.Button
	pagetest.Walk(w.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if b, ok := o.(*kit.Button); ok && b.Label == label {
			found = b
		}
	})
	if found == nil {
		t.Fatalf("no button %s in %s", label, shownText(w))
	}
	test.Tap(found)
}
