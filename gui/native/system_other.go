//go:build !windows

package native

import (
	"fmt"
	"os"
	"os/exec"
	"time"

	"fyne.io/fyne/v2"
)

// System is the operating system as one window sees it: here it has nothing beyond
// what Fyne itself asks of it.
type System struct{}

// New returns the system, without a window yet.
func New() *System { return &System{} }

// Attach takes the window once it is shown.
func (*System) Attach(fyne.Window) {}

// Raise brings the window to the front, which Fyne does here.
func (*System) Raise() {}

// Place is the window's place; ok is false where the system keeps it to itself.
func (*System) Place() (p Place, ok bool) { return Place{}, false }

// SetPlace puts the window where it was.
func (*System) SetPlace(Place) {}

// SetCaret tells the input method where text is typed. X11 servers place its
// candidates themselves.
func (*System) SetCaret(Caret) {}

// NoCaret tells the input method that text is typed nowhere.
func (*System) NoCaret() {}

// Files asks for files to read.
func (*System) Files(Ask) ([]string, error) { return nil, ErrNone }

// Folder asks for a folder.
func (*System) Folder(Ask) (string, error) { return "", ErrNone }

// Target asks where to write a file.
func (*System) Target(Ask) (string, error) { return "", ErrNone }

// Idle is how long nobody has touched mouse or keyboard, which is not told here.
func (*System) Idle() (idle time.Duration, known bool) { return 0, false }

// Complain says what is wrong to somebody who sees no window.
func Complain(title, text string) { fmt.Fprintf(os.Stderr, "%s：%s\n", title, text) }

// Show opens a file or folder with the program of the system that is for it.
func Show(path string) error { return exec.Command("xdg-open", path).Start() }

// Screen names what draws on the screen: where it is the same as at a start that
// went well, the next will go well too. "" is unknown.
func Screen() string { return os.Getenv("DISPLAY") }
