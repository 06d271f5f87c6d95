package gui

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model/app"
)

// crowded makes a window on a county of 1,600 villages, with names as long as
// people write them.
func crowded(t *testing.T) *Window {
	t.Helper()
	w := fresh(t, wide1366)
	w.make(w.freePath("示例县"), func(ctx context.Context, o app.Options) (*app.App, error) {
		return app.CreateDemo(ctx, o, "示例县", 100)
	})
	if w.session == nil {
		t.Fatalf("the county did not open: %s", shownText(w))
	}
	long(t, w.session.app)
	return w
}

// long adds what has the longest words.
func long(t *testing.T, a *app.App) {
	t.Helper()
	for ledger, fields := range map[string][]app.Assignment{
		"task": {{Field: "title", Words: strings.Repeat("深入推进农村人居环境整治提升五年行动和美乡村建设示范创建工作", 3)},
			{Field: "unit", Words: "甲镇"}, {Field: "due", Words: "2026-10-01"}, {Field: "state", Words: "办理中"}},
		"order": {{Field: "title", Words: strings.Repeat("关于加快高标准农田建设项目竣工验收的", 4) + "督办单"},
			{Field: "unit", Words: "甲镇"}, {Field: "due", Words: "2026-11-23"}, {Field: "state", Words: "办理中"}},
		"person": {{Field: "name", Words: "阿卜杜热合曼·买买提依明·示例"}},
	} {
		_, err := a.Add(context.Background(), ledger, fields)
		pagetest.Must(t, err)
	}
}

// solid lists what must not lie over one another: what is pressed or typed into,
// with its place in the window. What scrolls is cut off by its scroll.
func solid(o fyne.CanvasObject, at fyne.Position, out map[fyne.CanvasObject]fyne.Position) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	switch o := o.(type) {
	case *kit.Button, *kit.Entry, *kit.Picker, *kit.Figure:
		out[o] = at
	case *container.Scroll:
	case *fyne.Container:
		for _, c := range o.Objects {
			solid(c, at, out)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			solid(c, at, out)
		}
	}
}

func overlap(a, b fyne.CanvasObject, p, q fyne.Position) bool {
	return p.X < q.X+b.Size().Width && q.X < p.X+a.Size().Width && p.Y < q.Y+b.Size().Height && q.Y < p.Y+a.Size().Height
}

func nameOf(o fyne.CanvasObject) string {
	if b, is := o.(*kit.Button); is {
		return "button " + b.Label
	}
	return fmt.Sprintf("%T", o)
}

// checkPlaces finds what lies beyond the window or over something else.
func checkPlaces(t *testing.T, where string, root fyne.CanvasObject) {
	t.Helper()
	at := map[fyne.CanvasObject]fyne.Position{}
	solid(root, fyne.Position{}, at)
	for a, p := range at {
		if s := a.Size(); p.X < -0.5 || p.Y < -0.5 || p.X+s.Width > root.Size().Width+0.5 || p.Y+s.Height > root.Size().Height+0.5 {
			t.Errorf("%s: %s is cut off: %v %v of %v", where, nameOf(a), p, s, root.Size())
		}
		for b, q := range at {
			if a != b && overlap(a, b, p, q) && p.Y <= q.Y {
				t.Errorf("%s: %s at %v lies over %s at %v", where, nameOf(a), p, nameOf(b), q)
			}
		}
	}
}

// shot keeps a picture of the window for a person to look at.
func shot(t *testing.T, w *Window, name string) {
	dir := os.Getenv("XZ_SHOTS")
	if dir == "" {
		return
	}
	dir = filepath.Join("/tmp/shots", "window")
	pagetest.Must(t, os.MkdirAll(dir, 0o755))
	f, err := os.Create(filepath.Join(dir, name+".png"))
	pagetest.Must(t, err)
	pagetest.Must(t, errors.Join(png.Encode(f, w.Canvas().Capture()), f.Close()))
}

// walk opens every page at both sizes.
func walk(t *testing.T, w *Window, name string) {
	t.Helper()
	for _, size := range []fyne.Size{wide1366, wide1093} {
		w.win.Resize(size)
		for _, e := range allPages() {
			w.open(page.Route{Page: e.name})
			where := fmt.Sprintf("%s-%s-%.0f", name, e.name, size.Width)
			if m := w.session.pages[w.session.front.Page].Content().MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
				t.Errorf("%s asks for %v", where, m)
			}
			checkPlaces(t, where, w.win.Content())
			shot(t, w, where)
		}
	}
}

func TestPages_FitWithManyVillagesAndLongNames(t *testing.T) { walk(t, crowded(t), "1600") }

func TestPages_FitWithTheSample(t *testing.T) {
	w := open(t, wide1366)
	long(t, w.session.app)
	walk(t, w, "16")
}

func TestPages_FitWithNothing(t *testing.T) { walk(t, empty(t), "empty") }
