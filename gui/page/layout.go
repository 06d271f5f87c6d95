package page

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

// Least is the least size a page may ask for: what a screen of 1366 × 768 at
// 125 % leaves of the window.
var Least = fyne.NewSize(1000, 560)

// Header is the first line of a page: its title, a note beside it, and its buttons
// at the right, the primary one last.
type Header struct {
	Object fyne.CanvasObject
	title  *kit.Line
	note   *kit.Line
}

// NewHeader makes a header.
func NewHeader(title string, buttons ...fyne.CanvasObject) *Header {
	h := &Header{title: kit.NewTitle(title), note: kit.NewLine("", look.TextBody, look.Second, false)}
	h.title.Fixed = true
	objects := append([]fyne.CanvasObject{h.title, h.note}, buttons...)
	h.Object = container.New(headerLayout{}, objects...)
	return h
}

// SetTitle changes the title.
func (h *Header) SetTitle(words string) { h.title.SetText(words); h.Object.Refresh() }

// SetNote changes the note beside the title.
func (h *Header) SetNote(words string) { h.note.SetText(words); h.Object.Refresh() }

// headerLayout lays out title, note, and buttons from the right.
type headerLayout struct{}

// MinSize is that of the title and the buttons; the note gives way.
func (headerLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	w := objects[0].MinSize().Width + look.GapWide
	for _, b := range objects[2:] {
		w += b.MinSize().Width + look.Gap
	}
	return fyne.NewSize(w, look.ButtonHeight)
}

// Layout places them.
func (headerLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	right := s.Width
	for i := len(objects) - 1; i >= 2; i-- {
		if !objects[i].Visible() {
			continue
		}
		w := objects[i].MinSize().Width
		right -= w
		objects[i].Move(fyne.NewPos(right, 0))
		objects[i].Resize(fyne.NewSize(w, s.Height))
		right -= look.Gap
	}
	w := objects[0].MinSize().Width
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(w, s.Height))
	objects[1].Move(fyne.NewPos(w+look.GapWide, 1))
	objects[1].Resize(fyne.NewSize(max(0, right-w-look.GapWide), s.Height))
}

// Rows arranges the lines of a page from top to bottom, the last one taking the
// room that is left, within the page's gap. Nil lines are left out.
func Rows(lines ...fyne.CanvasObject) fyne.CanvasObject {
	var shown []fyne.CanvasObject
	for _, o := range lines {
		if o != nil {
			shown = append(shown, o)
		}
	}
	return container.New(rows{}, shown...)
}

type rows struct{}

// MinSize is the sum of the lines'.
func (rows) MinSize(objects []fyne.CanvasObject) fyne.Size {
	s := fyne.NewSize(0, look.GapWide)
	for _, o := range objects {
		m := o.MinSize()
		s = fyne.NewSize(max(s.Width, m.Width+2*look.GapPage), s.Height+m.Height+look.GapWide)
	}
	return s
}

// Layout places the lines. A line may wrap: it is given its width first, so that it
// knows its height.
func (rows) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	y, width := look.GapWide, s.Width-2*look.GapPage
	for i, o := range objects {
		o.Move(fyne.NewPos(look.GapPage, y))
		if i == len(objects)-1 {
			o.Resize(fyne.NewSize(width, max(0, s.Height-y-look.GapPage)))
			break
		}
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(width, h))
		y += h + look.GapWide
	}
}

// coverBelow is the width of a page under which a drawer lies over the grid.
const coverBelow float32 = 1060

// Beside arranges a grid and a drawer: side by side where there is room, else the
// drawer over the right part of the grid. A hidden drawer takes no room.
type Beside struct {
	Object *fyne.Container
	Drawer fyne.CanvasObject
}

// NewBeside makes the pair, the drawer hidden.
func NewBeside(main, drawer fyne.CanvasObject) *Beside {
	b := &Beside{Drawer: drawer}
	drawer.Hide()
	b.Object = container.New(b, main, drawer)
	return b
}

// Covers reports whether the drawer, when shown, lies over the grid.
func (b *Beside) Covers() bool { return b.Object.Size().Width < coverBelow }

// SetShown shows or hides the drawer.
func (b *Beside) SetShown(shown bool) {
	if shown {
		b.Drawer.Show()
	} else {
		b.Drawer.Hide()
	}
	b.Object.Layout.Layout(b.Object.Objects, b.Object.Size())
	b.Object.Refresh()
}

// MinSize is that of the grid alone: a page must fit without its drawer.
func (b *Beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := objects[0].MinSize()
	return fyne.NewSize(max(m.Width, look.DrawerWidth), m.Height)
}

// Layout places the two.
func (b *Beside) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	main, drawer := objects[0], objects[1]
	room := s.Width
	if drawer.Visible() && s.Width >= coverBelow {
		room -= look.DrawerWidth + look.GapWide
	}
	main.Move(fyne.NewPos(0, 0))
	main.Resize(fyne.NewSize(room, s.Height))
	drawer.Move(fyne.NewPos(s.Width-look.DrawerWidth, 0))
	drawer.Resize(fyne.NewSize(look.DrawerWidth, s.Height))
}

// Columns arranges two parts side by side, the left one of a fixed width.
func Columns(left fyne.CanvasObject, width float32, right fyne.CanvasObject) fyne.CanvasObject {
	return container.New(columns{width}, left, right)
}

type columns struct{ left float32 }

// MinSize is the fixed width and what the right part needs.
func (c columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	l, r := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(c.left+look.GapWide+r.Width, max(l.Height, r.Height))
}

// Layout places the two.
func (c columns) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(c.left, s.Height))
	objects[1].Move(fyne.NewPos(c.left+look.GapWide, 0))
	objects[1].Resize(fyne.NewSize(max(0, s.Width-c.left-look.GapWide), s.Height))
}
