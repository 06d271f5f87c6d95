package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// Renderer is a fyne.WidgetRenderer of a few functions, for a widget that keeps
// its objects itself. Arrange places them, Min is the least size, Update (may be
// nil) brings them up to date with the widget. List takes the place of Objs where
// objects come and go.
type Renderer struct {
	Objs    []fyne.CanvasObject
	List    func() []fyne.CanvasObject
	Arrange func(fyne.Size)
	Min     func() fyne.Size
	Update  func()
}

var _ fyne.WidgetRenderer = (*Renderer)(nil)

// Layout places the objects.
func (r *Renderer) Layout(s fyne.Size) { r.Arrange(s) }

// MinSize returns the least size of the widget.
func (r *Renderer) MinSize() fyne.Size { return r.Min() }

// Objects returns what is drawn, first at the back.
func (r *Renderer) Objects() []fyne.CanvasObject {
	if r.List != nil {
		return r.List()
	}
	return r.Objs
}

// Refresh brings the objects up to date and redraws them.
func (r *Renderer) Refresh() {
	if r.Update != nil {
		r.Update()
	}
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

// Destroy has nothing to free.
func (r *Renderer) Destroy() {}

// newBox makes a rectangle with a hairline border and round corners.
func newBox(fill, stroke color.Color, radius float32) *canvas.Rectangle {
	r := canvas.NewRectangle(fill)
	r.StrokeColor, r.StrokeWidth, r.CornerRadius = stroke, 1, radius
	return r
}

// newText makes a line of text; it is drawn whole, even beyond its room. Use a
// Line where the words may be longer than the room.
func newText(words string, size float32, c color.Color, bold bool) *canvas.Text {
	t := canvas.NewText(words, c)
	t.TextSize, t.TextStyle.Bold = size, bold
	return t
}

// place moves and sizes o.
func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// placeMid puts o, at its least size, at x and in the middle of the height h from
// y, and returns the x behind it.
func placeMid(o fyne.CanvasObject, x, y, h float32) float32 {
	m := o.MinSize()
	place(o, x, y+(h-m.Height)/2, m.Width, m.Height)
	return x + m.Width
}
