// Package native is the window's way to the operating system: file dialogs, the
// place of the input method's candidates, the window's place on the screen, messages
// before there is a window, and the one running program. It is the only room with
// system calls. On a system without one of these, its call does nothing or answers
// ErrNone, and the window has its own way.
package native

import (
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
)

// ErrNone says that this system has no dialog of its own to ask with.
var ErrNone = errors.New("the system has no dialog of its own")

// Ask is what a file dialog asks for.
type Ask struct {
	Title string
	// Start is the folder that is shown first; "" leaves it to the system.
	Start string
	// Name is proposed for a file to be written.
	Name string
	// Kinds are the kinds of files to choose from; none means all.
	Kinds []Kind
}

// Kind is a kind of files: 台账文件 with *.xzdb. Several patterns are parted by ;.
type Kind struct{ Label, Patterns string }

// Caret is where text is typed, in pixels within the window.
type Caret struct {
	X, Y, Height int
	// Plain turns the input method off: digits are typed here.
	Plain bool
}

// Place is a window's place on the screens, in the system's own units.
type Place struct {
	Left, Top, Right, Bottom int32
	Maximised                bool
}

// ParsePlace reads what Place.String wrote; ok is false for anything else.
func ParsePlace(s string) (p Place, ok bool) {
	n, err := fmt.Sscanf(s, "%d,%d,%d,%d,%t", &p.Left, &p.Top, &p.Right, &p.Bottom, &p.Maximised)
	ok = err == nil && n == 5 && p.Right > p.Left && p.Bottom > p.Top
	if !ok {
		return Place{}, false
	}
	return p, true
}

// String writes the place for ParsePlace.
func (p Place) String() string {
	return fmt.Sprintf("%d,%d,%d,%d,%t", p.Left, p.Top, p.Right, p.Bottom, p.Maximised)
}

// Shown reports whether the system has a window for w. A window that Fyne could not
// make for want of OpenGL has none, and nothing else tells so.
func Shown(w fyne.Window) bool {
	n, ok := w.(driver.NativeWindow)
	if !ok {
		return true // a window of tests
	}
	shown := true
	n.RunNative(func(c any) {
		switch c := c.(type) {
		case driver.WindowsWindowContext:
			shown = c.HWND != 0
		case driver.X11WindowContext:
			shown = c.WindowHandle != 0
		}
	})
	return shown
}

// extension is that of the first of a kind's patterns, without the dot; "" for *.*
// and other patterns that say none.
func extension(patterns string) string {
	first, _, _ := strings.Cut(patterns, ";")
	ext, ok := strings.CutPrefix(strings.TrimSpace(first), "*.")
	if !ok || strings.ContainsAny(ext, "*?") {
		return ""
	}
	return ext
}
