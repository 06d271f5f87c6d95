package pagetest

import (
	"errors"
	"fmt"
	"image/png"
	"os"
	"regexp"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
)

// screens are the windows a dialog must fit: a screen of 1366 × 768 at 100 % and at
// 125 %.
var screens = []fyne.Size{fyne.NewSize(1366, 768), fyne.NewSize(1093, 614)}

// WatchDialogs holds every dialog that opens during the test, by whatever path, to
// what a dialog must be on both screens: all of it in the window, its buttons in sight,
// no words cut off, nothing in English. With XZ_SHOTS it keeps a picture of each.
func WatchDialogs(t testing.TB) {
	kit.OnDialog = func(c fyne.Canvas, d *kit.Dialog) {
		was := d.Size()
		for _, screen := range screens {
			d.Resize(screen)
			for _, fault := range faultsOf(d, screen) {
				t.Errorf("dialog “%s” at %.0f×%.0f: %s", d.Title(), screen.Width, screen.Height, fault)
			}
		}
		d.Resize(was)
		photograph(t, c, d)
	}
	t.Cleanup(func() { kit.OnDialog = nil })
}

// english is a word that no user of the program should meet; the names of programs,
// formats and keys, codes and paths are none.
var (
	english = regexp.MustCompile(`[A-Za-z]{3,}`)
	names   = regexp.MustCompile(`(?i)WPS|Excel|Word|xlsx|xls|docx|pdf|csv|xzdb|xzpack|xz|zip|Ctrl|Shift|Tab|Delete|Enter|Esc|[A-Z0-9]{4}(-[A-Z0-9]{4})+|/[^ ]*|[a-z]:\\[^ ]*|\S+\.\w{2,5}`)
)

// faultsOf lists what is wrong with a dialog as it is laid out.
func faultsOf(d *kit.Dialog, screen fyne.Size) []string {
	var faults []string
	say := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	words := func(s string) {
		if w := english.FindString(names.ReplaceAllString(s, "")); w != "" {
			say("“%s” says %s", s, w)
		}
	}
	placed(d, fyne.Position{}, false, func(o fyne.CanvasObject, at fyne.Position, scrolled bool) {
		s := o.Size()
		if out := at.X < -0.5 || at.Y < -0.5 || at.X+s.Width > screen.Width+0.5 || at.Y+s.Height > screen.Height+0.5; out && !scrolled {
			say("%T at %v %v is out of the window", o, at, s)
		}
		switch o := o.(type) {
		case *kit.Line:
			words(o.Text())
			if shown := textsOf(o); s.Width > 0 && len(shown) == 1 && shown[0] != o.Text() {
				say("“%s” is cut to “%s”", o.Text(), shown[0])
			}
		case *kit.Para:
			words(o.Text())
			if shown := textsOf(o); len(shown) > 0 && strings.HasSuffix(shown[len(shown)-1], "…") && !strings.HasSuffix(o.Text(), "…") {
				say("“%s” is cut", o.Text())
			}
		case *kit.Button:
			words(o.Label)
			if s.Width+0.5 < o.MinSize().Width {
				say("the button “%s” is cut", o.Label)
			}
		case *kit.Entry:
			words(o.PlaceHolder)
			if room := s.Width - 16; o.Text == "" && !o.MultiLine && fyne.MeasureText(o.PlaceHolder, 14, fyne.TextStyle{}).Width > room {
				say("the hint “%s” is cut", o.PlaceHolder)
			}
		}
	})
	return faults
}

// textsOf are the texts that a widget draws itself.
func textsOf(w fyne.Widget) []string {
	var out []string
	for _, o := range test.WidgetRenderer(w).Objects() {
		if t, is := o.(*canvas.Text); is && t.Visible() {
			out = append(out, t.Text)
		}
	}
	return out
}

// placed calls fn for all that is shown within an object, with its place in the window
// and whether it may be scrolled out of sight. Cells of a grid are its own matter.
func placed(o fyne.CanvasObject, at fyne.Position, scrolled bool, fn func(fyne.CanvasObject, fyne.Position, bool)) {
	if !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	fn(o, at, scrolled)
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			placed(c, at, scrolled, fn)
		}
	case *grid.Grid:
	case *container.Scroll:
		placed(o.Content, at, true, fn)
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			placed(c, at, scrolled, fn)
		}
	}
}

// photograph keeps pictures of the dialog over what is behind it, on both screens.
func photograph(t testing.TB, c fyne.Canvas, d *kit.Dialog) {
	screen, can := c.(interface{ Resize(fyne.Size) })
	if os.Getenv("XZ_SHOTS") == "" || !can {
		return
	}
	was := c.Size()
	Must(t, os.MkdirAll("/tmp/shots/dialogs", 0o755))
	name := strings.NewReplacer("/", "-", " ", "", "“", "", "”", "", "：", "-", "？", "").Replace(d.Title())
	for _, size := range screens {
		screen.Resize(size)
		f, err := os.Create(fmt.Sprintf("/tmp/shots/dialogs/%s-%.0f.png", name, size.Width))
		Must(t, err)
		Must(t, errors.Join(png.Encode(f, c.Capture()), f.Close()))
	}
	screen.Resize(was)
}
