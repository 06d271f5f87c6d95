package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

const (
	dialogWidth  float32 = 460
	dialogHead   float32 = 48
	dialogFooter float32 = 66
)

// Dialog asks or tells something over the shaded window; nothing else can be used
// until it is closed. Esc does what OnEscape says, by default closing it.
type Dialog struct {
	widget.BaseWidget

	OnEscape func()

	canvas  fyne.Canvas
	before  func(*fyne.KeyEvent) // what listened to the window's keys
	shade   *canvas.Rectangle
	box     *canvas.Rectangle
	title   *Line
	content fyne.CanvasObject
	buttons []*Button
	closed  bool
}

// flowing is content whose height follows from its width.
type flowing interface{ HeightFor(width float32) float32 }

// OnDialog, if not nil, is told of every dialog that opens: tests hold each to what a
// dialog must be.
var OnDialog func(c fyne.Canvas, d *Dialog)

// ShowDialog opens a dialog; the keyboard goes to the last button, which stands at
// the right and is what most want.
func ShowDialog(c fyne.Canvas, title string, content fyne.CanvasObject, buttons ...*Button) *Dialog {
	d := &Dialog{canvas: c, before: c.OnTypedKey(), shade: canvas.NewRectangle(look.Shade), box: newPanel(),
		title: NewLine(title, look.TextHead, look.Ink, true), content: content, buttons: buttons}
	d.box.CornerRadius = look.CardRadius
	d.OnEscape = d.Close
	d.ExtendBaseWidget(d)
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			d.OnEscape()
		}
	})
	c.Overlays().Add(d)
	d.Resize(c.Size())
	if n := len(buttons); n > 0 {
		c.Focus(buttons[n-1])
	}
	if OnDialog != nil {
		OnDialog(c, d)
	}
	return d
}

// Title is what stands at the head of the dialog.
func (d *Dialog) Title() string { return d.title.Text() }

// Close takes the dialog away.
func (d *Dialog) Close() {
	if d.closed {
		return
	}
	d.closed = true
	d.canvas.Overlays().Remove(d)
	d.canvas.SetOnTypedKey(d.before)
}

// toLastButton moves the keyboard on from a dialog's first button, where Enter in the
// last entry brings it, to its last: who types and presses Enter twice means what the
// dialog was opened for, not 取消.
func toLastButton(c fyne.Canvas) {
	if c == nil {
		return
	}
	if d, is := c.Overlays().Top().(*Dialog); is && len(d.buttons) > 1 && c.Focused() == fyne.Focusable(d.buttons[0]) {
		c.Focus(d.buttons[len(d.buttons)-1])
	}
}

// Accept presses the last button, as Ctrl+S does: what the dialog was opened for.
// A dialog that asks about danger has the keyboard on another button and is not
// accepted like that.
func (d *Dialog) Accept() {
	n := len(d.buttons)
	if n == 0 || d.canvas.Focused() == fyne.Focusable(d.buttons[0]) && n > 1 {
		return
	}
	d.buttons[n-1].Tapped(nil)
}

// SetContent shows something else in the same dialog.
func (d *Dialog) SetContent(content fyne.CanvasObject) {
	d.content = content
	d.Refresh()
}

// MouseDown keeps the mouse from what is shaded.
func (d *Dialog) MouseDown(*desktop.MouseEvent) {}

// MouseUp has no effect.
func (d *Dialog) MouseUp(*desktop.MouseEvent) {}

// Tapped has no effect: a click beside the dialog does not close it.
func (d *Dialog) Tapped(*fyne.PointEvent) {}

// Scrolled has no effect.
func (d *Dialog) Scrolled(*fyne.ScrollEvent) {}

// CreateRenderer shows the dialog.
func (d *Dialog) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		List: d.objects, Arrange: d.arrange,
		Min:    func() fyne.Size { return fyne.Size{} },
		Update: func() { d.arrange(d.Size()) },
	}
}

// objects lists the content anew each time: it may be exchanged.
func (d *Dialog) objects() []fyne.CanvasObject {
	objs := []fyne.CanvasObject{d.shade, d.box, d.title, d.content}
	for _, b := range d.buttons {
		objs = append(objs, b)
	}
	return objs
}

func (d *Dialog) arrange(s fyne.Size) {
	place(d.shade, 0, 0, s.Width, s.Height)
	least := d.content.MinSize()
	inner := max(dialogWidth-2*look.GapPage, least.Width)
	inner = min(inner, s.Width-4*look.GapPage)
	height := least.Height
	if f, ok := d.content.(flowing); ok {
		height = f.HeightFor(inner)
	}
	height = min(height, s.Height-dialogHead-dialogFooter-2*look.GapPage)
	w, h := inner+2*look.GapPage, dialogHead+height+dialogFooter
	x, y := (s.Width-w)/2, (s.Height-h)*0.42
	place(d.box, x, y, w, h)
	placeLine(d.title, x+look.GapPage, y+look.GapHair, inner, dialogHead-look.GapHair)
	place(d.content, x+look.GapPage, y+dialogHead, inner, height)
	right := x + w - look.GapPage
	for i := len(d.buttons) - 1; i >= 0; i-- {
		bw := d.buttons[i].MinSize().Width
		right -= bw
		place(d.buttons[i], right, y+h-look.GapPage-look.ButtonHeight, bw, look.ButtonHeight)
		right -= look.Gap
	}
}
