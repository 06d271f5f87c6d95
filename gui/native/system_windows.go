package native

import (
	"fmt"
	"strings"
	"time"
	"unsafe"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"golang.org/x/sys/windows"
)

var (
	user32 = windows.NewLazySystemDLL("user32.dll")

	callWindowProc     = user32.NewProc("CallWindowProcW")
	clientToScreen     = user32.NewProc("ClientToScreen")
	createCaret        = user32.NewProc("CreateCaret")
	destroyCaret       = user32.NewProc("DestroyCaret")
	enumDisplayDevices = user32.NewProc("EnumDisplayDevicesW")
	getClientRect      = user32.NewProc("GetClientRect")
	getSystemMetrics   = user32.NewProc("GetSystemMetrics")
	getWindowPlacement = user32.NewProc("GetWindowPlacement")
	isIconic           = user32.NewProc("IsIconic")
	setCaretPos        = user32.NewProc("SetCaretPos")
	setForeground      = user32.NewProc("SetForegroundWindow")
	setWindowLongPtr   = user32.NewProc("SetWindowLongPtrW")
	setWindowPlacement = user32.NewProc("SetWindowPlacement")
	getLastInput       = user32.NewProc("GetLastInputInfo")
	getTickCount       = windows.NewLazySystemDLL("kernel32.dll").NewProc("GetTickCount")
	showWindow         = user32.NewProc("ShowWindow")
)

type (
	point struct{ X, Y int32 }
	rect  struct{ Left, Top, Right, Bottom int32 }
)

// System is the operating system as one window sees it. Its calls are for the
// window's own goroutine.
type System struct {
	window   uintptr // 0 before Attach: every call then does nothing
	fynes    uintptr // the window procedure of Fyne, behind ours
	caret    Caret
	hasCaret bool
}

// New returns the system, without a window yet.
func New() *System { return &System{} }

// Attach takes the window once it is shown.
func (s *System) Attach(w fyne.Window) {
	n, ok := w.(driver.NativeWindow)
	if !ok {
		return
	}
	n.RunNative(func(c any) {
		if c, ok := c.(driver.WindowsWindowContext); ok && c.HWND != 0 {
			s.window = c.HWND
			s.listen()
		}
	})
}

// The ways to show a window that are used here.
const (
	swNormal    = 1
	swMaximised = 3
	swRestore   = 9
)

// Raise brings the window to the front.
func (s *System) Raise() {
	if s.window == 0 {
		return
	}
	if iconic, _, _ := isIconic.Call(s.window); iconic != 0 {
		showWindow.Call(s.window, swRestore)
	}
	setForeground.Call(s.window)
}

// lastInput is LASTINPUTINFO of winuser.h.
type lastInput struct{ size, tick uint32 }

// Idle is how long nobody has touched mouse or keyboard, in any program.
func (*System) Idle() (idle time.Duration, known bool) {
	var last lastInput
	last.size = uint32(unsafe.Sizeof(last))
	if ok, _, _ := getLastInput.Call(uintptr(unsafe.Pointer(&last))); ok == 0 {
		return 0, false
	}
	now, _, _ := getTickCount.Call()
	return time.Duration(uint32(now)-last.tick) * time.Millisecond, true // both wrap after 49 days alike
}

// windowPlacement is WINDOWPLACEMENT of winuser.h.
type windowPlacement struct {
	length, flags, showCmd   uint32
	minPosition, maxPosition point
	normal                   rect
}

// minimisedFromMaximised is the flag WPF_RESTORETOMAXIMIZED.
const minimisedFromMaximised = 2

// Place is the window's place, that of its normal state where it is maximised.
func (s *System) Place() (p Place, ok bool) {
	var w windowPlacement
	w.length = uint32(unsafe.Sizeof(w))
	if s.window == 0 {
		return p, false
	}
	if r, _, _ := getWindowPlacement.Call(s.window, uintptr(unsafe.Pointer(&w))); r == 0 {
		return p, false
	}
	n := w.normal
	return Place{n.Left, n.Top, n.Right, n.Bottom, w.showCmd == swMaximised || w.flags&minimisedFromMaximised != 0}, true
}

// SetPlace puts the window where it was. Windows itself brings one back that would
// lie on a screen that is gone.
func (s *System) SetPlace(p Place) {
	if s.window == 0 {
		return
	}
	w := windowPlacement{showCmd: swNormal, normal: rect{p.Left, p.Top, p.Right, p.Bottom}}
	w.length = uint32(unsafe.Sizeof(w))
	w.minPosition, w.maxPosition = point{-1, -1}, point{-1, -1}
	if p.Maximised {
		w.showCmd = swMaximised
	}
	setWindowPlacement.Call(s.window, uintptr(unsafe.Pointer(&w)))
}

// Complain says what is wrong to somebody who sees no window.
func Complain(title, text string) {
	// A NUL inside, which no message has, would leave the box without that text.
	words, _ := windows.UTF16PtrFromString(strings.ReplaceAll(text, "\x00", ""))
	head, _ := windows.UTF16PtrFromString(title)
	windows.MessageBox(0, words, head, windows.MB_OK|windows.MB_ICONERROR|windows.MB_SETFOREGROUND)
}

// Show opens a file or folder with the program of the system that is for it.
func Show(path string) error {
	verb, err := windows.UTF16PtrFromString("open")
	if err != nil {
		return err
	}
	file, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	return windows.ShellExecute(0, verb, file, nil, nil, swNormal)
}

// displayDevice is DISPLAY_DEVICEW of wingdi.h.
type displayDevice struct {
	size   uint32
	name   [32]uint16
	words  [128]uint16
	flags  uint32
	id     [128]uint16
	regKey [128]uint16
}

const (
	remoteSession = 0x1000 // SM_REMOTESESSION
	devicePrimary = 4      // DISPLAY_DEVICE_PRIMARY_DEVICE
)

// Screen names what draws on the screen: where it is the same as at a start that
// went well, the next will go well too. "" is unknown.
func Screen() string {
	remote, _, _ := getSystemMetrics.Call(remoteSession)
	for i := uintptr(0); ; i++ {
		var d displayDevice
		d.size = uint32(unsafe.Sizeof(d))
		if r, _, _ := enumDisplayDevices.Call(0, i, uintptr(unsafe.Pointer(&d)), 0); r == 0 {
			return ""
		}
		if d.flags&devicePrimary != 0 {
			return fmt.Sprintf("%s, remote %d", windows.UTF16ToString(d.words[:]), remote)
		}
	}
}
