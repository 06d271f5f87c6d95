// Package pagetest puts a page into a window over a sample ledger, for tests of
// pages: it is acted upon through its widgets, and what it did is read from app.
package pagetest

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/gui/task/tasktest"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// Room is a window with one page, its desk, and what the page said and asked for.
type Room struct {
	T    testing.TB
	App  *app.App
	Desk *page.Desk
	Run  *task.Sync
	Said *tasktest.Recorder // answers every question with yes at first
	Win  fyne.Window        // nil before Put

	Toasts   []string
	Opened   []page.Route
	Undone   []model.UndoResult
	Revealed string   // the folder or file that was shown last
	Folder   string   // the answer where a folder is asked for
	Material []string // the answer where files for a record are asked for
	SaveAs   string   // the answer where a file is to be written
}

// Wide and Narrow are the sizes of a page on a screen of 1366 × 768 at 100 % and
// at 125 %.
var (
	Wide   = fyne.NewSize(1218, 692)
	Narrow = fyne.NewSize(1041, 538)
)

// New makes the sample of 甲镇 as of 2026-11-22, 9:30, and a desk over it. The page
// is made by the test and shown with Put.
func New(t testing.TB) *Room {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	WatchDialogs(t)
	dir := filepath.Join(t.TempDir(), "台 账")
	Must(t, os.MkdirAll(dir, 0o755))
	now := func() time.Time { return time.Date(2026, 11, 22, 9, 30, 0, 0, time.Local) }
	a, err := app.CreateDemo(context.Background(), app.Options{Path: filepath.Join(dir, "甲镇.xzdb"), Now: now}, "甲镇", 1)
	Must(t, err)
	t.Cleanup(func() { Must(t, a.Close()) })
	r := &Room{T: t, App: a, Run: &task.Sync{}, Said: &tasktest.Recorder{Answer: true}}
	r.Desk = &page.Desk{
		Runner: r.Run, Presenter: r.Said, Canvas: r.canvas,
		Say:       func(s kit.Toast) { r.Toasts = append(r.Toasts, s.Text) },
		Status:    func(string) {},
		Open:      func(to page.Route) { r.Opened = append(r.Opened, to) },
		Undo:      r.undo,
		Reveal:    func(path string) { r.Revealed = path },
		Folder:    func(chosen func(string)) { chosen(r.Folder) },
		Save:      func(_ string, chosen func(string)) { chosen(r.SaveAs) },
		Materials: func(chosen func([]string)) { chosen(r.Material) },
	}
	return r
}

func (r *Room) canvas() fyne.Canvas {
	if r.Win == nil {
		return nil
	}
	return r.Win.Canvas()
}

func (r *Room) undo(op int64) {
	got, err := r.App.Undo(context.Background(), op)
	Must(r.T, err)
	r.Undone = append(r.Undone, got)
}

// Put shows the page and tells it of changes as the window does.
func (r *Room) Put(p page.Page) {
	r.PutObject(p.Content())
	r.T.Cleanup(r.App.Subscribe(func(c model.Change) { p.Changed(c.Ledgers) }))
}

// PutObject shows what is no page.
func (r *Room) PutObject(o fyne.CanvasObject) {
	r.Win = test.NewTempWindow(r.T, o)
	r.Win.SetPadded(false)
	r.Win.Resize(Wide)
}

// Must fails the test on an error.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v (%s)", err, model.Sentence(err))
	}
}

// Walk calls fn for an object and all within it that is shown. (Fyne's
// test.LaidOutObjects makes new renderers, which leaves the parts of ours behind.)
func Walk(o fyne.CanvasObject, fn func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	fn(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			Walk(c, fn)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			Walk(c, fn)
		}
	}
}

// Button finds a shown button by its label, in the dialog if one is open; nil if
// there is none.
func (r *Room) Button(label string) (found *kit.Button) {
	within := r.Win.Content()
	if top := r.Win.Canvas().Overlays().Top(); top != nil {
		within = top
	}
	Walk(within, func(o fyne.CanvasObject) {
		if b, is := o.(*kit.Button); is && b.Label == label && found == nil {
			found = b
		}
	})
	return found
}

// Written is all that is written outside of grids, in the dialog if one is open.
func (r *Room) Written() string {
	var out []string
	within := r.Win.Content()
	if top := r.Win.Canvas().Overlays().Top(); top != nil {
		within = top
	}
	Walk(within, func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *kit.Line:
			out = append(out, o.Text())
		case *kit.Para:
			out = append(out, o.Text())
		case *kit.Button:
			out = append(out, o.Label)
		}
	})
	return strings.Join(out, "\n")
}

// Shows fails the test for words that are not written.
func (r *Room) Shows(words ...string) {
	r.T.Helper()
	got := r.Written()
	for _, w := range words {
		if !strings.Contains(got, w) {
			r.T.Errorf("“%s” is not shown in\n%s", w, got)
		}
	}
}

// Tap presses the button of that label.
func (r *Room) Tap(label string) {
	r.T.Helper()
	b := r.Button(label)
	if b == nil {
		r.T.Fatalf("no button %s", label)
	}
	test.Tap(b)
}

// Toast is what was said last, "" if nothing was.
func (r *Room) Toast() string {
	if len(r.Toasts) == 0 {
		return ""
	}
	return r.Toasts[len(r.Toasts)-1]
}

// NoErrors fails the test if an error was shown.
func (r *Room) NoErrors() {
	r.T.Helper()
	for _, err := range r.Said.Errors {
		r.T.Errorf("%v (%s)", err, model.Sentence(err))
	}
}

// Shot keeps pictures in both sizes for a person to look at, if XZ_SHOTS is set.
func (r *Room) Shot(name string) {
	if os.Getenv("XZ_SHOTS") == "" {
		return
	}
	Must(r.T, os.MkdirAll("/tmp/shots", 0o755))
	for _, size := range []fyne.Size{Wide, Narrow} {
		r.Win.Resize(size)
		f, err := os.Create(fmt.Sprintf("/tmp/shots/%s-%.0f.png", name, size.Width))
		Must(r.T, err)
		Must(r.T, errors.Join(png.Encode(f, r.Win.Canvas().Capture()), f.Close()))
	}
	r.Win.Resize(Wide)
}
