package start

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

// door is a card that leads somewhere: an icon, what it is, and for whom.
type door struct {
	widget.BaseWidget
	title   string
	onTap   func()
	onDigit func(n int) // another door's number was typed

	box              *canvas.Rectangle
	icon             *canvas.Image
	name, key        *kit.Line
	text             *kit.Para
	hovered, focused bool
}

var (
	_ fyne.Focusable     = (*door)(nil)
	_ fyne.Tappable      = (*door)(nil)
	_ desktop.Hoverable  = (*door)(nil)
	_ desktop.Cursorable = (*door)(nil)
)

// newDoor makes a door that opens by its digit, too.
func newDoor(digit string, icon look.Icon, title, text string, onTap func()) *door {
	d := &door{title: title, onTap: onTap, box: canvas.NewRectangle(look.Paper),
		icon: canvas.NewImageFromResource(icon.Resource(look.Accent)),
		name: kit.NewLine(title, look.TextHead, look.Ink, true), key: kit.NewNote(digit),
		text: kit.NewPara(text, look.TextTable, look.Second, false, 3)}
	d.key.Fixed = true
	d.box.StrokeWidth, d.box.CornerRadius = 1, look.CardRadius
	d.paint()
	d.ExtendBaseWidget(d)
	return d
}

// Tapped opens the door.
func (d *door) Tapped(*fyne.PointEvent) { d.onTap() }

// Cursor is a hand.
func (d *door) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn shows that the door opens.
func (d *door) MouseIn(*desktop.MouseEvent) { d.hovered = true; d.Refresh() }

// MouseMoved has no effect.
func (d *door) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends MouseIn.
func (d *door) MouseOut() { d.hovered = false; d.Refresh() }

// FocusGained shows where the keyboard is.
func (d *door) FocusGained() { d.focused = true; d.Refresh() }

// FocusLost hides it.
func (d *door) FocusLost() { d.focused = false; d.Refresh() }

// TypedRune opens the door of a digit.
func (d *door) TypedRune(r rune) { d.onDigit(int(r - '1')) }

// TypedKey opens the focused door by Enter or the space bar.
func (d *door) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		d.onTap()
	default:
		kit.PassKey(d, e)
	}
}

func (d *door) paint() {
	d.box.FillColor, d.box.StrokeColor = look.Paper, look.Line
	if d.hovered {
		d.box.FillColor, d.box.StrokeColor = look.Head, look.AccentLine
	}
	if d.focused {
		d.box.StrokeColor = look.Accent
	}
}

const (
	doorHeight float32 = 112
	doorIcon   float32 = 24
)

// CreateRenderer shows the door.
func (d *door) CreateRenderer() fyne.WidgetRenderer {
	return &kit.Renderer{
		Objs: []fyne.CanvasObject{d.box, d.icon, d.name, d.key, d.text},
		Arrange: func(s fyne.Size) {
			put(d.box, 0, 0, s.Width, s.Height)
			put(d.icon, look.GapPage, look.GapPage, doorIcon, doorIcon)
			key := d.key.MinSize()
			put(d.key, s.Width-key.Width-look.GapWide, look.GapPage, key.Width, doorIcon)
			x := look.GapPage + doorIcon + look.GapWide
			put(d.name, x, look.GapPage, max(0, s.Width-x-key.Width-2*look.GapWide), doorIcon)
			y := look.GapPage + doorIcon + look.Gap
			put(d.text, look.GapPage, y, s.Width-2*look.GapPage, s.Height-y-look.Gap)
		},
		Min:    func() fyne.Size { return fyne.NewSize(220, doorHeight) },
		Update: d.paint,
	}
}

// put moves and sizes an object.
func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// hall places what stands above the doors, the doors in two rows, and what stands
// below them, in the middle of the window.
type hall struct{ head, tail fyne.CanvasObject }

const (
	hallWidth float32 = 980 // of the doors, at most
	upperRow          = 3   // doors in the first row
)

// MinSize is that of three doors side by side.
func (h hall) MinSize([]fyne.CanvasObject) fyne.Size {
	height := h.head.MinSize().Height + 2*doorHeight + 3*look.GapPage + h.tail.MinSize().Height
	return fyne.NewSize(3*220+2*look.GapWide+2*look.GapPage, height+2*look.GapPage)
}

// Layout places head, doors and tail.
func (h hall) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	width := min(hallWidth, s.Width-2*look.GapPage)
	x, y := (s.Width-width)/2, max(look.GapPage, (s.Height-h.MinSize(nil).Height)*0.4)
	high := h.head.MinSize().Height
	put(h.head, x, y, width, high)
	y += high + look.GapPage
	doors := objects[2:]
	for i, row := range [][]fyne.CanvasObject{doors[:upperRow], doors[upperRow:]} {
		n := float32(len(row))
		w := (width - (n-1)*look.GapWide) / n
		for j, d := range row {
			put(d, x+float32(j)*(w+look.GapWide), y+float32(i)*(doorHeight+look.GapWide), w, doorHeight)
		}
	}
	y += 2*doorHeight + look.GapWide + look.GapPage
	put(h.tail, x, y, width, h.tail.MinSize().Height)
}
