package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

// Overlay floats a panel over the window: a list under its field, a menu of chips.
// A click outside or Esc closes it. What needs the keyboard must stand inside the
// panel, because Fyne gives the keys of a covered window to nobody.
type Overlay struct {
	widget.BaseWidget

	onClose func()
	canvas  fyne.Canvas
	panel   fyne.CanvasObject
	place   func(room fyne.Size) (fyne.Position, fyne.Size)
	closed  bool
}

var (
	_ fyne.Tappable     = (*Overlay)(nil)
	_ desktop.Mouseable = (*Overlay)(nil)
	_ desktop.Hoverable = (*Overlay)(nil)
	_ fyne.Scrollable   = (*Overlay)(nil)
)

// ShowOverlay floats panel over c. Place says where it goes in a canvas of the
// given size; onClose (may be nil) is called once when it is gone.
func ShowOverlay(c fyne.Canvas, panel fyne.CanvasObject, place func(room fyne.Size) (fyne.Position, fyne.Size), onClose func()) *Overlay {
	o := &Overlay{canvas: c, panel: panel, place: place, onClose: onClose}
	o.ExtendBaseWidget(o)
	c.Overlays().Add(o)
	o.Resize(c.Size())
	return o
}

// Close takes the panel away.
func (o *Overlay) Close() {
	if o.closed {
		return
	}
	o.closed = true
	o.canvas.Overlays().Remove(o)
	if o.onClose != nil {
		o.onClose()
	}
}

// Tapped outside the panel closes it.
func (o *Overlay) Tapped(*fyne.PointEvent) {}

// MouseDown outside the panel closes it at once, before the button is let go.
func (o *Overlay) MouseDown(*desktop.MouseEvent) { o.Close() }

// MouseUp has no effect.
func (o *Overlay) MouseUp(*desktop.MouseEvent) {}

// MouseIn keeps the mouse from what is covered.
func (o *Overlay) MouseIn(*desktop.MouseEvent) {}

// MouseMoved has no effect.
func (o *Overlay) MouseMoved(*desktop.MouseEvent) {}

// MouseOut has no effect.
func (o *Overlay) MouseOut() {}

// Scrolled keeps the wheel from what is covered.
func (o *Overlay) Scrolled(*fyne.ScrollEvent) {}

// CreateRenderer shows the panel.
func (o *Overlay) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		Objs:    []fyne.CanvasObject{o.panel},
		Arrange: o.arrange,
		Min:     func() fyne.Size { return fyne.Size{} },
		Update:  func() { o.arrange(o.Size()) },
	}
}

// arrange puts the panel where it belongs; its size changes with what it lists.
func (o *Overlay) arrange(room fyne.Size) {
	pos, size := o.place(room)
	o.panel.Move(pos)
	o.panel.Resize(size)
}

// newPanel is the white box with a soft shadow on which floating things stand.
func newPanel() *canvas.Rectangle {
	box := newBox(look.Paper, look.Line, look.ControlRadius)
	box.Shadow = canvas.Shadow{Color: look.Glow, BlurRadius: 12, Offset: fyne.NewPos(0, 3)}
	return box
}
