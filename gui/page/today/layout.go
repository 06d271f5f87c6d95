package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"xiangzhen/gui/look"
)

// cards places figure cards side by side, all as wide.
type cards struct{}

// MinSize is one row of the least cards.
func (cards) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for i, o := range objects {
		m := o.MinSize()
		if i > 0 {
			s.Width += look.GapWide
		}
		s = fyne.NewSize(s.Width+m.Width, max(s.Height, m.Height))
	}
	return s
}

// Layout places the cards.
func (cards) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	n := float32(len(objects))
	w := (s.Width - (n-1)*look.GapWide) / max(1, n)
	for i, o := range objects {
		put(o, float32(i)*(w+look.GapWide), 0, w, s.Height)
	}
}

const (
	wide       float32 = 1100 // from which three columns fit
	leastLower float32 = 130  // of a part that scrolls
)

// board places the agenda at the left and, at the right, the completion above the
// reports. Where the two are too high together and there is room, they stand side
// by side; else each scrolls. The heights are those that show all.
type board struct {
	barsHeight, reportHeight func() float32
}

// MinSize is that of two columns.
func (board) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(640, 2*leastLower+look.GapWide)
}

// Layout places the three; hidden ones take no room.
func (b board) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	agenda, completion, report := objects[0], objects[1], objects[2]
	switch {
	case !completion.Visible():
		put(agenda, 0, 0, s.Width, s.Height)
	case !report.Visible():
		left := s.Width * 0.57
		put(agenda, 0, 0, left, s.Height)
		put(completion, left+look.GapWide, 0, s.Width-left-look.GapWide, s.Height)
	case b.barsHeight()+look.GapWide+b.reportHeight() > s.Height && s.Width >= wide:
		b.three(objects, s)
	default:
		b.two(objects, s)
	}
}

// three columns: agenda, completion, report.
func (b board) three(objects []fyne.CanvasObject, s fyne.Size) {
	right := max(250, s.Width*0.22)
	middle := s.Width * 0.29
	left := s.Width - middle - right - 2*look.GapWide
	put(objects[0], 0, 0, left, s.Height)
	put(objects[1], left+look.GapWide, 0, middle, s.Height)
	put(objects[2], s.Width-right, 0, right, s.Height)
}

// two columns, the right one shared by completion and report.
func (b board) two(objects []fyne.CanvasObject, s fyne.Size) {
	left := s.Width * 0.57
	x, w := left+look.GapWide, s.Width-left-look.GapWide
	upper := shareHeight(s.Height-look.GapWide, b.barsHeight(), b.reportHeight())
	put(objects[0], 0, 0, left, s.Height)
	put(objects[1], x, 0, w, upper)
	put(objects[2], x, upper+look.GapWide, w, s.Height-upper-look.GapWide)
}

// shareHeight is the height of the upper of two parts: what it needs, as long as the
// lower one keeps what it needs, or else two fifths of the whole.
func shareHeight(height, upper, lower float32) float32 {
	lower = min(lower, max(leastLower, height*0.4))
	return min(upper, height-lower)
}

// column places lines one below the other, leaving room for the scroll bar at the
// right.
type column struct{ tail float32 }

// MinSize is the sum of the lines'.
func (column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		s = fyne.NewSize(max(s.Width, m.Width), s.Height+m.Height)
	}
	return s
}

// Layout places the lines.
func (c column) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		h := o.MinSize().Height
		put(o, 0, y, s.Width-c.tail, h)
		y += h
	}
}

// How far what scrolls reaches into the padding of its card, so that text stays in
// line with the card's title and the scroll bar covers none of it.
const (
	linePad   float32 = 6  // between the ground of a line and its text
	barReach  float32 = 15 // at the right, for the scroll bar
	lineReach float32 = barReach - linePad
)

// tail keeps its one object at the right end of a fixed width, so that its words may
// change.
type tail struct{ width float32 }

// MinSize is the fixed width.
func (t tail) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(t.width, objects[0].MinSize().Height)
}

// Layout places the object.
func (tail) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	w := objects[0].MinSize().Width
	put(objects[0], s.Width-w, 0, w, s.Height)
}

// headHeight is that of a group's head.
const headHeight float32 = 32

// ends places a title at the left and a link at the right.
type ends struct{}

// MinSize is one head.
func (ends) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width+objects[1].MinSize().Width+look.Gap, headHeight)
}

// Layout places the two.
func (ends) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	m := objects[1].MinSize()
	put(objects[0], linePad, 4, max(0, s.Width-m.Width-look.Gap), s.Height-4)
	put(objects[1], s.Width-m.Width-2, (s.Height-m.Height)/2+2, m.Width, m.Height)
}

// list is a column that scrolls.
type list struct {
	object fyne.CanvasObject
	scroll *container.Scroll
	lines  *fyne.Container
}

func newList() *list {
	l := &list{lines: container.New(column{lineReach})}
	l.scroll = container.NewVScroll(l.lines)
	l.object = container.New(layout.NewCustomPaddedLayout(0, 0, -linePad, -barReach), l.scroll)
	return l
}

// set shows other lines, from where the old ones stood.
func (l *list) set(objects []fyne.CanvasObject) {
	for _, o := range objects {
		if row, ok := o.(*line); ok {
			row.reveal = l.reveal
		}
	}
	l.lines.Objects = objects
	l.lines.Refresh()
	l.scroll.Refresh()
}

// reveal scrolls a line into sight.
func (l *list) reveal(row *line) {
	top, bottom := row.Position().Y, row.Position().Y+row.Size().Height
	y := l.scroll.Offset.Y
	switch {
	case top < y:
		y = top
	case bottom > y+l.scroll.Size().Height:
		y = bottom - l.scroll.Size().Height
	}
	l.scroll.ScrollToOffset(fyne.NewPos(0, y))
}
