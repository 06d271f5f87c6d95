package native

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// Fyne tells the input method nothing, so that its candidates stand in a corner of
// the screen (fyne-io/fyne#618). Old input methods take the place they were last
// given, new ones (微软拼音 of Windows 11) ask for it, and some look at the system's
// caret: all three are served.

var (
	imm32 = windows.NewLazySystemDLL("imm32.dll")

	immAssociateContextEx   = imm32.NewProc("ImmAssociateContextEx")
	immGetContext           = imm32.NewProc("ImmGetContext")
	immReleaseContext       = imm32.NewProc("ImmReleaseContext")
	immSetCandidateWindow   = imm32.NewProc("ImmSetCandidateWindow")
	immSetCompositionWindow = imm32.NewProc("ImmSetCompositionWindow")
)

// Of winuser.h and imm.h.
const (
	windowProcedure = ^uintptr(3) // GWLP_WNDPROC, -4

	msgStartComposition = 0x010D
	msgComposition      = 0x010F
	msgIMERequest       = 0x0288

	queryCharPosition = 6 // IMR_QUERYCHARPOSITION

	styleExclude = 0x80        // CFS_EXCLUDE
	stylePoint   = 0x02 | 0x20 // CFS_POINT and CFS_FORCE_POSITION

	associateDefault = 0x10 // IACE_DEFAULT
)

type compositionForm struct {
	style uint32
	at    point
	area  rect
}

type candidateForm struct {
	index, style uint32
	at           point
	area         rect
}

// charPosition is IMECHARPOSITION of imm.h, in pixels of the screen.
type charPosition struct {
	size, char uint32
	at         point
	height     uint32
	document   rect
}

// listen puts our window procedure before that of Fyne.
func (s *System) listen() {
	s.fynes, _, _ = setWindowLongPtr.Call(s.window, windowProcedure, windows.NewCallback(s.receive))
}

// receive sees every message to the window.
func (s *System) receive(window, msg, w, l uintptr) uintptr {
	switch {
	case msg == msgStartComposition || msg == msgComposition:
		s.placeCandidates()
	case msg == msgIMERequest && w == queryCharPosition && s.hasCaret && l != 0:
		// l is a pointer of the system's, which go vet must not take for ours.
		s.answerPosition(*(**charPosition)(unsafe.Pointer(&l)))
		return 1
	}
	r, _, _ := callWindowProc.Call(s.fynes, window, msg, w, l)
	return r
}

// SetCaret tells the input method where text is typed.
func (s *System) SetCaret(c Caret) {
	if s.window == 0 {
		return
	}
	s.setPlain(c.Plain)
	fresh := !s.hasCaret || s.caret.Height != c.Height
	s.caret, s.hasCaret = c, true
	if fresh {
		createCaret.Call(s.window, 0, 1, uintptr(c.Height)) // never shown: Fyne draws one
	}
	setCaretPos.Call(uintptr(c.X), uintptr(c.Y))
	s.placeCandidates()
}

// NoCaret tells the input method that text is typed nowhere.
func (s *System) NoCaret() {
	if s.window == 0 || !s.hasCaret {
		return
	}
	s.setPlain(false)
	s.hasCaret = false
	destroyCaret.Call()
}

// setPlain turns the input method off or on.
func (s *System) setPlain(plain bool) {
	was := s.hasCaret && s.caret.Plain
	switch {
	case plain && !was:
		immAssociateContextEx.Call(s.window, 0, 0)
	case !plain && was:
		immAssociateContextEx.Call(s.window, 0, associateDefault)
	}
}

// line is the caret's place as a rectangle within the window.
func (s *System) line() rect {
	x, y := int32(s.caret.X), int32(s.caret.Y)
	return rect{x, y, x + 1, y + int32(s.caret.Height)}
}

// placeCandidates gives the input method the caret's place; the candidates stand
// above or below that line, never over it.
func (s *System) placeCandidates() {
	if !s.hasCaret || s.caret.Plain {
		return
	}
	context, _, _ := immGetContext.Call(s.window)
	if context == 0 {
		return
	}
	defer immReleaseContext.Call(s.window, context)
	area := s.line()
	at := point{area.Left, area.Top}
	immSetCompositionWindow.Call(context, uintptr(unsafe.Pointer(&compositionForm{style: stylePoint, at: at, area: area})))
	immSetCandidateWindow.Call(context, uintptr(unsafe.Pointer(&candidateForm{style: styleExclude, at: at, area: area})))
}

// answerPosition tells an input method that asks.
func (s *System) answerPosition(p *charPosition) {
	p.at = point{int32(s.caret.X), int32(s.caret.Y)}
	p.height = uint32(s.caret.Height)
	getClientRect.Call(s.window, uintptr(unsafe.Pointer(&p.document)))
	corners := []*point{&p.at, {p.document.Left, p.document.Top}, {p.document.Right, p.document.Bottom}}
	for _, c := range corners {
		clientToScreen.Call(s.window, uintptr(unsafe.Pointer(c)))
	}
	p.document = rect{corners[1].X, corners[1].Y, corners[2].X, corners[2].Y}
}
