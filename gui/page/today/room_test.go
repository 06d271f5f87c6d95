package today

import (
	"context"
	"errors"
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

// room is the page in a window over a ledger.
type room struct {
	*Page
	t      *testing.T
	app    *app.App
	win    fyne.Window
	said   *tasktest.Recorder
	toasts []kit.Toast
	opened []page.Route
	copied string
	saved  string
}

var (
	large = fyne.NewSize(1218, 692)
	small = fyne.NewSize(1041, 538)
)

func options(t *testing.T) app.Options {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "台 账")
	must(t, os.MkdirAll(dir, 0o755))
	return app.Options{Path: filepath.Join(dir, "甲镇.xzdb"), Now: func() time.Time { return time.Date(2026, 11, 22, 9, 30, 0, 0, time.Local) }}
}

// newRoom opens the page over the sample township.
func newRoom(t *testing.T) *room {
	t.Helper()
	a, err := app.CreateDemo(t.Context(), options(t), "甲镇", 1)
	must(t, err)
	return roomOf(t, a)
}

func roomOf(t *testing.T, a *app.App) *room {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	pagetest.WatchDialogs(t)
	t.Cleanup(func() { must(t, a.Close()) })
	r := &room{t: t, app: a, said: &tasktest.Recorder{Answer: true}}
	r.Page = New(a, r.desk())
	r.win = test.NewTempWindow(t, r.Content())
	r.win.SetPadded(false)
	r.win.Resize(large)
	t.Cleanup(a.Subscribe(func(c model.Change) { r.Changed(c.Ledgers) }))
	r.Show(page.Route{Page: page.Today})
	return r
}

func (r *room) desk() *page.Desk {
	return &page.Desk{
		Runner: &task.Sync{}, Presenter: r.said,
		Canvas: func() fyne.Canvas { return r.win.Canvas() },
		Say:    func(s kit.Toast) { r.toasts = append(r.toasts, s) },
		Open:   func(to page.Route) { r.opened = append(r.opened, to) },
		Status: func(string) {},
		Copy:   func(words string) { r.copied = words },
		Save:   func(_ string, chosen func(string)) { chosen(r.saved) },
		Undo: func(op int64) {
			_, err := r.app.Undo(context.Background(), op)
			must(r.t, err)
		},
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v (%s)", err, model.Sentence(err))
	}
}

// find returns the visible objects of a type. (test.LaidOutObjects would make the
// widgets new renderers, which are not those on screen.)
func find[T fyne.CanvasObject](r *room) []T {
	var out []T
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		if x, is := o.(T); is {
			out = append(out, x)
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child)
			}
		}
	}
	walk(r.Content())
	return out
}

// words are all texts on the page.
func (r *room) words() string {
	var out []string
	for _, l := range find[*kit.Line](r) {
		out = append(out, l.Text())
	}
	for _, b := range find[*kit.Button](r) {
		out = append(out, b.Label)
	}
	return strings.Join(out, "\n")
}

// tap presses the button of that label.
func (r *room) tap(label string) {
	r.t.Helper()
	buttons := find[*kit.Button](r)
	i := slices.IndexFunc(buttons, func(b *kit.Button) bool { return b.Label == label })
	if i < 0 {
		r.t.Fatalf("no button %s in\n%s", label, r.words())
	}
	test.Tap(buttons[i])
}

// last is where the page went last, nil if nowhere.
func (r *room) last() *page.Route {
	if len(r.opened) == 0 {
		return nil
	}
	return &r.opened[len(r.opened)-1]
}

func (r *room) issue() {
	r.t.Helper()
	_, err := r.app.Issue(r.t.Context(), app.IssueRequest{Form: "task_month", Period: "2026-11", Dir: r.t.TempDir()})
	must(r.t, err)
}

// shot keeps pictures for a person to look at.
func (r *room) shot(name string) {
	if os.Getenv("XZ_SHOTS") == "" {
		return
	}
	must(r.t, os.MkdirAll("/tmp/shots", 0o755))
	for _, size := range []fyne.Size{large, small} {
		r.win.Resize(size)
		f, err := os.Create(fmt.Sprintf("/tmp/shots/today-%s-%.0f.png", name, size.Width))
		must(r.t, err)
		must(r.t, errors.Join(png.Encode(f, r.win.Canvas().Capture()), f.Close()))
	}
	r.win.Resize(large)
}
