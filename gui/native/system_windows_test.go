package native

import (
	"runtime"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	sendPlain            = user32.NewProc("SendMessageW")
	destroyWindow        = user32.NewProc("DestroyWindow")
	getCompositionWindow = imm32.NewProc("ImmGetCompositionWindow")
	getCandidateWindow   = imm32.NewProc("ImmGetCandidateWindow")
)

// attached makes a window of the system, without Fyne, and a System that has it.
func attached(t *testing.T) *System {
	t.Helper()
	runtime.LockOSThread() // a window belongs to its thread
	t.Cleanup(runtime.UnlockOSThread)
	class, err := windows.UTF16PtrFromString("STATIC")
	if err != nil {
		t.Fatal(err)
	}
	const overlapped = 0x00CF0000
	window, _, err := createWindow.Call(0, uintptr(unsafe.Pointer(class)), 0, overlapped, 50, 40, 400, 300, 0, 0, 0, 0)
	if window == 0 {
		t.Fatal(err)
	}
	t.Cleanup(func() { destroyWindow.Call(window) })
	showWindow.Call(window, swNormal)
	s := &System{window: window}
	s.listen()
	return s
}

// context is the window's input context, 0 for none.
func context(t *testing.T, s *System) uintptr {
	t.Helper()
	c, _, _ := immGetContext.Call(s.window)
	t.Cleanup(func() { immReleaseContext.Call(s.window, c) })
	return c
}

func TestCaret_PlacesCandidates(t *testing.T) {
	s := attached(t)
	s.SetCaret(Caret{X: 10, Y: 10, Height: 22})
	s.SetCaret(Caret{X: 120, Y: 80, Height: 22})
	c := context(t, s)
	if c == 0 {
		t.Skip("this Windows has no input methods at all")
	}
	var composition compositionForm
	if r, _, _ := getCompositionWindow.Call(c, uintptr(unsafe.Pointer(&composition))); r == 0 || composition.at != (point{120, 80}) {
		t.Errorf("composition stands at %v", composition.at)
	}
	var candidates candidateForm
	if r, _, _ := getCandidateWindow.Call(c, 0, uintptr(unsafe.Pointer(&candidates))); r == 0 || candidates.area != (rect{120, 80, 121, 102}) {
		t.Errorf("candidates keep clear of %v", candidates.area)
	}
}

func TestCaret_AnswersInputMethod(t *testing.T) {
	s := attached(t)
	ask := func() (uintptr, charPosition) {
		var p charPosition
		p.size = uint32(unsafe.Sizeof(p))
		r, _, _ := sendPlain.Call(s.window, msgIMERequest, queryCharPosition, uintptr(unsafe.Pointer(&p)))
		return r, p
	}
	if r, _ := ask(); r != 0 {
		t.Error("answered though nothing is typed")
	}
	s.SetCaret(Caret{X: 120, Y: 80, Height: 22})
	origin := point{}
	clientToScreen.Call(s.window, uintptr(unsafe.Pointer(&origin)))
	r, p := ask()
	if want := (point{origin.X + 120, origin.Y + 80}); r != 1 || p.at != want || p.height != 22 {
		t.Errorf("answered %d: %v, %d high, not %v", r, p.at, p.height, want)
	}
	if p.document.Left != origin.X || p.document.Right <= p.document.Left {
		t.Errorf("the document lies at %v, not from %v", p.document, origin)
	}
}

func TestCaret_PlainTurnsInputMethodOff(t *testing.T) {
	s := attached(t)
	s.SetCaret(Caret{X: 1, Y: 1, Height: 20})
	if context(t, s) == 0 {
		t.Skip("this Windows has no input methods at all")
	}
	s.SetCaret(Caret{X: 1, Y: 1, Height: 20, Plain: true})
	if context(t, s) != 0 {
		t.Error("the input method is on where digits are typed")
	}
	s.NoCaret()
	if context(t, s) == 0 {
		t.Error("the input method stays off in the next entry")
	}
}

func TestPlace_OfAWindow(t *testing.T) {
	s := attached(t)
	for _, want := range []Place{{60, 50, 500, 400, false}, {60, 50, 500, 400, true}} {
		s.SetPlace(want)
		if got, ok := s.Place(); !ok || got != want {
			t.Errorf("placed at %v, found at %v, %v", want, got, ok)
		}
	}
}

func TestScreen_Named(t *testing.T) {
	if Screen() == "" {
		t.Error("the screen has no name")
	}
}
