package today

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

// line is a row that opens something by a click or by Enter; the arrows go to the
// lines around it.
type line struct {
	widget.BaseWidget
	onTap   func()
	arrange func(s fyne.Size)
	// reveal is called when the keyboard comes to the line.
	reveal func(*line)

	box, edge *canvas.Rectangle
	parts     []fyne.CanvasObject
	hovered   bool
	focused   bool
}

var (
	_ fyne.Focusable     = (*line)(nil)
	_ fyne.Tappable      = (*line)(nil)
	_ desktop.Hoverable  = (*line)(nil)
	_ desktop.Cursorable = (*line)(nil)
)

func newLine(onTap func(), parts ...fyne.CanvasObject) *line {
	l := &line{onTap: onTap, parts: parts, box: canvas.NewRectangle(look.Clear), edge: canvas.NewRectangle(look.SoftLine), reveal: func(*line) {}}
	l.box.CornerRadius = look.GapHair
	l.ExtendBaseWidget(l)
	return l
}

const (
	statusWidth float32 = 106 // mark and words of an entry
	sideShare   float32 = 0.4 // of the width that the end of a line may take
)

// newEntry makes the line of an agenda entry: mark, status, what, and at the right
// what holds it up.
func newEntry(e entry, onTap func()) *line {
	mark := kit.NewMark(e.mark)
	words := kit.NewLine(e.words, look.TextTable, e.mark.Tone().Text(), false)
	if e.mark == look.MarkWaiting {
		words.SetTone(look.ToneQuiet)
	}
	title := kit.NewLine(e.title, look.TextTable, look.Ink, false)
	side := kit.NewLine(e.side, look.TextTable, look.Second, false)
	side.Fixed = true
	l := newLine(onTap, mark, words, title, side)
	l.arrange = func(s fyne.Size) {
		put(mark, linePad, (s.Height-look.MarkSize)/2, look.MarkSize, look.MarkSize)
		put(words, linePad+18, 0, statusWidth-linePad-22, s.Height)
		end := min(side.MinSize().Width, (s.Width-statusWidth)*sideShare)
		put(title, statusWidth, 0, max(0, s.Width-statusWidth-end-look.GapPage-look.Gap), s.Height)
		put(side, s.Width-end-linePad, 0, end, s.Height)
	}
	return l
}

const (
	areaWidth     float32 = 84
	standingWidth float32 = 56
)

// newStanding makes the line of a receiver: who, where they stand, since when.
func newStanding(s standing, onTap func()) *line {
	area := kit.NewLine(s.area, look.TextTable, look.Ink, false)
	words := kit.NewLine(s.status, look.TextTable, s.tone.Text(), false)
	side := kit.NewNote(s.side)
	l := newLine(onTap, area, words, side)
	l.arrange = func(size fyne.Size) {
		put(area, linePad, 0, areaWidth-look.Gap, size.Height)
		put(words, areaWidth, 0, standingWidth-look.Gap, size.Height)
		put(side, areaWidth+standingWidth, 0, max(0, size.Width-areaWidth-standingWidth-look.Gap), size.Height)
	}
	return l
}

// Tapped opens what the line is about.
func (l *line) Tapped(*fyne.PointEvent) { l.onTap() }

// Cursor is a hand.
func (l *line) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn shows that the line can be opened.
func (l *line) MouseIn(*desktop.MouseEvent) { l.hovered = true; l.Refresh() }

// MouseMoved has no effect.
func (l *line) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends MouseIn.
func (l *line) MouseOut() { l.hovered = false; l.Refresh() }

// FocusGained shows where the keyboard is.
func (l *line) FocusGained() { l.focused = true; l.reveal(l); l.Refresh() }

// FocusLost hides it.
func (l *line) FocusLost() { l.focused = false; l.Refresh() }

// TypedRune has no effect.
func (l *line) TypedRune(rune) {}

// TypedKey opens the line or goes to the next.
func (l *line) TypedKey(e *fyne.KeyEvent) {
	c := fyne.CurrentApp().Driver().CanvasForObject(l)
	switch {
	case e.Name == fyne.KeyReturn, e.Name == fyne.KeyEnter, e.Name == fyne.KeySpace:
		l.onTap()
	case e.Name == fyne.KeyDown && c != nil:
		c.FocusNext()
	case e.Name == fyne.KeyUp && c != nil:
		c.FocusPrevious()
	default:
		kit.PassKey(l, e)
	}
}

// CreateRenderer shows the line.
func (l *line) CreateRenderer() fyne.WidgetRenderer {
	return &kit.Renderer{
		Objs: append([]fyne.CanvasObject{l.box, l.edge}, l.parts...),
		Arrange: func(s fyne.Size) {
			put(l.box, 0, 0, s.Width, s.Height-1)
			put(l.edge, 0, s.Height-1, s.Width, 1)
			l.arrange(s)
		},
		Min:    func() fyne.Size { return fyne.NewSize(180, look.RowHeight) },
		Update: l.paint,
	}
}

// paint colours the ground by what the line is in.
func (l *line) paint() {
	l.box.FillColor, l.box.StrokeColor, l.box.StrokeWidth = look.Clear, look.Clear, 0
	if l.hovered {
		l.box.FillColor = look.Head
	}
	if l.focused {
		l.box.FillColor, l.box.StrokeColor, l.box.StrokeWidth = look.Selected, look.SelectedLine, 1
	}
}

// put moves and sizes an object.
func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}
