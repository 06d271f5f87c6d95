package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
	"xiangzhen/model"
)

// PassKey hands a key that the part at from has no use for to the window, whose
// shell listens for F1, F4 and Esc: Fyne gives keys to the focused part alone.
func PassKey(from fyne.CanvasObject, e *fyne.KeyEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(from)
	if c == nil {
		return
	}
	if f := c.OnTypedKey(); f != nil {
		f(e)
	}
}

// PassShortcut hands a shortcut on to the window in the same way.
func PassShortcut(from fyne.CanvasObject, s fyne.Shortcut) {
	c := fyne.CurrentApp().Driver().CanvasForObject(from)
	if h, ok := c.(fyne.Shortcutable); ok {
		h.TypedShortcut(s)
	}
}

// OnCaret, if set, hears of the entry in which text is typed whenever its cursor
// moves, and nil when the keyboard has left it: input methods show their candidates
// there. It belongs to the program's one window.
var OnCaret func(*Entry)

// Entry is where text is typed: Enter goes to the next part (in a long text it
// breaks the line), all is selected when Tab comes in, and keys without a use in
// an entry go on to the window. It is never bound to data.
type Entry struct {
	widget.Entry

	// OnKey sees every key first, Tab and Enter included, and says whether it
	// used it.
	OnKey func(*fyne.KeyEvent) bool
	// OnBlur is called when the keyboard goes elsewhere.
	OnBlur func()
	// Plain says that digits are typed here: input methods stay out of the way.
	Plain bool

	focused bool
	pressed bool // the mouse brought the focus: the click places the cursor
	shift   bool
}

var (
	_ fyne.Tabbable     = (*Entry)(nil)
	_ fyne.Focusable    = (*Entry)(nil)
	_ fyne.Shortcutable = (*Entry)(nil)
)

// NewEntry makes an entry of one line.
func NewEntry(placeholder string) *Entry {
	e := &Entry{}
	e.PlaceHolder = placeholder
	e.OnCursorChanged = e.caretMoved
	e.ExtendBaseWidget(e)
	return e
}

// NewLongEntry makes an entry of several lines that wraps words.
func NewLongEntry(placeholder string, rows int) *Entry {
	e := &Entry{}
	e.PlaceHolder = placeholder
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapBreak
	e.SetMinRowsVisible(rows)
	e.OnCursorChanged = e.caretMoved
	e.ExtendBaseWidget(e)
	return e
}

// DigitsOnly reports whether values of a kind are typed in digits: see Entry.Plain.
// A date is not, because clerks write 6月底前.
func DigitsOnly(k model.Kind) bool {
	switch k {
	case model.KindInteger, model.KindDecimal, model.KindPercent, model.KindIDNumber, model.KindPhone, model.KindBankCard:
		return true
	}
	return false
}

// Shift reports whether the Shift key is held.
func (e *Entry) Shift() bool { return e.shift }

// AcceptsTab keeps Tab from moving on where OnKey wants to see it.
func (e *Entry) AcceptsTab() bool { return e.OnKey != nil }

// KeyDown notes Shift.
func (e *Entry) KeyDown(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		e.shift = true
	}
	e.Entry.KeyDown(k)
}

// KeyUp notes Shift.
func (e *Entry) KeyUp(k *fyne.KeyEvent) {
	if k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight {
		e.shift = false
	}
	e.Entry.KeyUp(k)
}

// TypedKey gives OnKey the first word.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(k) {
		return
	}
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.MultiLine || e.OnSubmitted != nil {
			e.Entry.TypedKey(k)
			return
		}
		e.moveFocus()
		toLastButton(fyne.CurrentApp().Driver().CanvasForObject(e))
	case fyne.KeyTab:
		e.moveFocus()
	case fyne.KeyEscape, fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6,
		fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12:
		PassKey(e, k)
	default:
		e.Entry.TypedKey(k)
	}
}

// moveFocus goes to the next part, or with Shift to the one before.
func (e *Entry) moveFocus() {
	c := fyne.CurrentApp().Driver().CanvasForObject(e)
	switch {
	case c == nil:
	case e.shift:
		c.FocusPrevious()
	default:
		c.FocusNext()
	}
}

// MouseDown notes that the mouse brings the focus.
func (e *Entry) MouseDown(m *desktop.MouseEvent) {
	e.pressed = true
	e.Entry.MouseDown(m)
}

// FocusGained selects all, unless the mouse chose a place.
func (e *Entry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
	if !e.pressed && !e.MultiLine && e.Text != "" {
		e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
	e.pressed = false
	e.caretMoved()
}

// caretMoved tells OnCaret, once the entry has the keyboard.
func (e *Entry) caretMoved() {
	if e.focused && OnCaret != nil {
		OnCaret(e)
	}
}

// Caret is where the next character appears, within the entry, and how high a line
// is. Text that is scrolled sideways is not known to lie elsewhere, so the place is
// kept within the entry.
func (e *Entry) Caret() (at fyne.Position, height float32) {
	at = e.CursorPosition()
	height = e.Theme().Size(theme.SizeNameText) + 2*e.Theme().Size(theme.SizeNameInputBorder)
	s := e.Size()
	return fyne.NewPos(min(at.X, s.Width), min(at.Y, max(0, s.Height-height))), height
}

// FocusLost tells OnBlur.
func (e *Entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	e.shift = false
	if OnCaret != nil {
		OnCaret(nil)
	}
	if e.OnBlur != nil {
		e.OnBlur()
	}
}

// SetTextToEnd sets the text with the cursor behind it and nothing selected.
func (e *Entry) SetTextToEnd(text string) {
	e.SetText(text)
	e.TypedKeyPlain(fyne.KeyPageDown)
	e.TypedKeyPlain(fyne.KeyEnd)
}

// TypedKeyPlain gives a key to the entry itself, past OnKey.
func (e *Entry) TypedKeyPlain(name fyne.KeyName) { e.Entry.TypedKey(&fyne.KeyEvent{Name: name}) }

// CreateRenderer draws the entry's border itself: Fyne strokes a transparent box,
// whose edge the OpenGL painter blends with black, so that a light line comes out
// dark grey. The theme makes Fyne's own border transparent.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	box := newBox(look.Paper, look.Line, look.ControlRadius)
	r := &entryRenderer{WidgetRenderer: e.Entry.CreateRenderer(), entry: e, box: box}
	r.paint()
	return r
}

// entryRenderer is Fyne's with a box behind it.
type entryRenderer struct {
	fyne.WidgetRenderer
	entry *Entry
	box   *canvas.Rectangle
}

func (r *entryRenderer) Objects() []fyne.CanvasObject {
	return append([]fyne.CanvasObject{r.box}, r.WidgetRenderer.Objects()...)
}

func (r *entryRenderer) Layout(s fyne.Size) {
	r.box.Resize(s)
	r.WidgetRenderer.Layout(s)
}

func (r *entryRenderer) Refresh() {
	r.paint()
	r.WidgetRenderer.Refresh()
}

// paint colours the box by what the entry is in.
func (r *entryRenderer) paint() {
	r.box.FillColor, r.box.StrokeColor = look.Paper, look.Line
	switch {
	case r.entry.Disabled():
		r.box.FillColor = look.Page
	case r.entry.focused:
		r.box.StrokeColor = look.Accent
	}
	r.box.Refresh()
}
