package ledgers

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/gui/task"
	"xiangzhen/gui/task/tasktest"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// room is the page in a window over a sample ledger.
type room struct {
	*Page
	t       *testing.T
	app     *app.App
	win     fyne.Window
	said    *tasktest.Recorder
	run     *task.Sync
	toasts  []kit.Toast
	opened  []page.Route
	status  string
	copied  string
	saveAs  string // answer to where a file is to be written
	offered string // name that was proposed for it
}

func clock() time.Time { return time.Date(2026, 11, 22, 9, 30, 0, 0, time.Local) }

var demoPath string

// demoFile makes the sample ledger once for all tests.
func demoFile(t *testing.T) string {
	t.Helper()
	if demoPath != "" {
		return demoPath
	}
	dir, err := os.MkdirTemp("", "台 账")
	must(t, err)
	path := filepath.Join(dir, "甲镇.xzdb")
	a, err := app.CreateDemo(t.Context(), app.Options{Path: path, Now: clock}, "甲镇", 1)
	must(t, err)
	must(t, a.Close())
	demoPath = path
	return path
}

func TestMain(m *testing.M) {
	code := m.Run()
	if demoPath != "" {
		if err := os.RemoveAll(filepath.Dir(demoPath)); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	os.Exit(code)
}

// newRoom shows the page over a copy of the sample.
func newRoom(t *testing.T) *room { return roomOver(t, nil) }

// roomOver shows the page over a copy of the sample, seen through what between makes.
func roomOver(t *testing.T, between func(*app.App) API) *room {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	pagetest.WatchDialogs(t)
	path := filepath.Join(t.TempDir(), "台 账", "甲镇.xzdb")
	must(t, os.MkdirAll(filepath.Dir(path), 0o755))
	content, err := os.ReadFile(demoFile(t))
	must(t, err)
	must(t, os.WriteFile(path, content, 0o644))
	a, err := app.Open(t.Context(), app.Options{Path: path, Now: clock})
	must(t, err)
	t.Cleanup(func() { must(t, a.Close()) })
	r := &room{t: t, app: a, said: &tasktest.Recorder{Answer: true}, run: &task.Sync{}}
	var api API = a
	if between != nil {
		api = between(a)
	}
	r.Page = New(api, r.newDesk())
	r.win = test.NewTempWindow(t, r.Content())
	r.win.SetPadded(false)
	r.win.Resize(fyne.NewSize(1218, 692))
	t.Cleanup(a.Subscribe(func(c model.Change) { r.Changed(c.Ledgers); r.settle() }))
	return r
}

func (r *room) newDesk() *page.Desk {
	return &page.Desk{
		Runner: r.run, Presenter: r.said,
		Canvas: func() fyne.Canvas { return r.win.Canvas() },
		Say:    func(t kit.Toast) { r.toasts = append(r.toasts, t) },
		Status: func(words string) { r.status = words },
		Open:   func(to page.Route) { r.opened = append(r.opened, to) },
		Copy:   func(words string) { r.copied = words },
		Undo: func(op int64) {
			_, err := r.app.Undo(context.Background(), op)
			must(r.t, err)
		},
		Save: func(name string, chosen func(string)) {
			r.offered = name
			if r.saveAs != "" {
				chosen(r.saveAs)
			}
		},
	}
}

// settle lets everything asked for later happen.
func (r *room) settle() {
	for range 4 {
		r.run.Elapse(time.Second)
	}
}

// show opens a place as the window does.
func (r *room) show(to page.Route) {
	r.t.Helper()
	to.Page = page.Ledgers
	r.Show(to)
	r.settle()
	r.quiet()
}

// quiet fails if an error was shown.
func (r *room) quiet() {
	r.t.Helper()
	if len(r.said.Errors) > 0 {
		r.t.Fatalf("error shown: %v", r.said.Errors)
	}
}

// tap presses the button of that label, in the open dialog if there is one.
func (r *room) tap(label string) {
	r.t.Helper()
	if b := find(r.top(), func(b *kit.Button) bool { return b.Label == label }); b != nil {
		test.Tap(b)
		r.settle()
		return
	}
	r.t.Fatalf("no button %s", label)
}

// top is what can be clicked: the topmost dialog, else the page.
func (r *room) top() fyne.CanvasObject {
	if o := r.win.Canvas().Overlays().Top(); o != nil {
		return o
	}
	return r.Content()
}

// find returns the first object of a kind that fits.
func find[T any](in fyne.CanvasObject, fits func(*T) bool) *T {
	for _, o := range test.LaidOutObjects(in) {
		if v, is := any(o).(*T); is && o.Visible() && fits(v) {
			return v
		}
	}
	return nil
}

// words are all words shown in a part of the page.
func words(in fyne.CanvasObject) string {
	var out []string
	for _, o := range test.LaidOutObjects(in) {
		switch o := o.(type) {
		case *kit.Line:
			out = append(out, o.Text())
		case *kit.Para:
			out = append(out, o.Text())
		case *kit.Button:
			out = append(out, o.Label)
		case interface{ Words() string }:
			out = append(out, o.Words())
		}
	}
	return strings.Join(out, "\n")
}

// enter types into the entry under a label.
func (r *room) enter(label, text string) {
	r.t.Helper()
	f := find(r.top(), func(f *kit.Field) bool { return strings.HasPrefix(words(f), label) })
	if f == nil {
		r.t.Fatalf("no field %s", label)
	}
	e := find(f, func(*kit.Entry) bool { return true })
	if e == nil {
		r.t.Fatalf("no entry in %s", label)
	}
	e.SetText(text)
}

// column is the number of a column by its key.
func (r *room) column(key string) int {
	r.t.Helper()
	i := slices.IndexFunc(r.Page.win.fields, func(f *model.Field) bool { return f.Key == key })
	if i < 0 {
		r.t.Fatalf("no column %s", key)
	}
	return i
}

// text is what a cell shows.
func (r *room) text(row int, key string) string {
	r.t.Helper()
	return r.Page.win.Cell(row, r.column(key)).Text
}

// list reads the open ledger through app.
func (r *room) list(ledger string, where ...string) []*model.Record {
	r.t.Helper()
	_, got, err := r.app.List(r.t.Context(), app.ListRequest{Ledger: ledger, Where: where})
	must(r.t, err)
	return got.Records
}

// value reads one value through app.
func (r *room) value(ledger, id, key string) string {
	r.t.Helper()
	l, rec, err := r.app.Get(r.t.Context(), ledger, id)
	must(r.t, err)
	return l.Field(key).Show(rec.Get(key))
}

// key presses a key on what has the keyboard.
func (r *room) key(name fyne.KeyName) {
	if f := r.win.Canvas().Focused(); f != nil {
		f.TypedKey(&fyne.KeyEvent{Name: name})
	}
	r.settle()
}

// typeText types on what has the keyboard.
func (r *room) typeText(text string) {
	for _, c := range text {
		r.win.Canvas().Focused().TypedRune(c)
	}
}

// paste puts a table on the clipboard and presses Ctrl+V on the grid.
func (r *room) pasteHere(table string) {
	board := fyne.CurrentApp().Clipboard()
	board.SetContent(table)
	r.grid.TypedShortcut(&fyne.ShortcutPaste{Clipboard: board})
	r.settle()
}

// shot saves a picture of the window where XZ_SHOTS asks for it.
func (r *room) shot(name string, size fyne.Size) {
	r.t.Helper()
	if os.Getenv("XZ_SHOTS") == "" {
		return
	}
	r.win.Resize(size)
	r.win.Canvas().Capture()
	r.settle() // rows that came into sight
	must(r.t, os.MkdirAll("/tmp/shots", 0o755))
	f, err := os.Create("/tmp/shots/ledgers-" + name + ".png")
	must(r.t, err)
	must(r.t, png.Encode(f, r.win.Canvas().Capture()))
	must(r.t, f.Close())
}

var (
	wide   = fyne.NewSize(1218, 692)
	narrow = fyne.NewSize(1041, 538)
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v (%s)", err, model.Sentence(err))
	}
}
