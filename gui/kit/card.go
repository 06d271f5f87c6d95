package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

// cardHead is the height of a card's title row.
const cardHead float32 = 44

// Card is a white box with a title and what belongs to it.
type Card struct {
	widget.BaseWidget
	box     *canvas.Rectangle
	title   *Line
	right   fyne.CanvasObject // may be nil
	content fyne.CanvasObject
	flush   bool
}

// NewCard makes a card. An empty title leaves its row out; right (may be nil)
// stands at the end of the title row.
func NewCard(title string, right, content fyne.CanvasObject) *Card {
	c := &Card{box: newBox(look.Paper, look.Line, look.CardRadius),
		title: NewLine(title, look.TextBody, look.Ink, true), right: right, content: content}
	c.ExtendBaseWidget(c)
	return c
}

// NewFlushCard makes a card whose content reaches its border: a grid.
func NewFlushCard(content fyne.CanvasObject) *Card {
	c := NewCard("", nil, content)
	c.flush = true
	return c
}

// SetTitle changes the title.
func (c *Card) SetTitle(title string) { c.title.SetText(title) }

// pad is the gap between border and content.
func (c *Card) pad() float32 {
	if c.flush {
		return 1
	}
	return look.GapPage
}

// head is the height above the content.
func (c *Card) head() float32 {
	if c.title.Text() == "" {
		return c.pad()
	}
	return cardHead
}

// CreateRenderer shows the card.
func (c *Card) CreateRenderer() fyne.WidgetRenderer {
	objs := []fyne.CanvasObject{c.box, c.title, c.content}
	if c.right != nil {
		objs = append(objs, c.right)
	}
	return &Renderer{Objs: objs, Arrange: c.arrange, Min: func() fyne.Size {
		return c.content.MinSize().AddWidthHeight(2*c.pad(), c.head()+c.pad())
	}}
}

func (c *Card) arrange(s fyne.Size) {
	place(c.box, 0, 0, s.Width, s.Height)
	pad, right := c.pad(), s.Width-look.GapPage
	if c.right != nil {
		w := c.right.MinSize().Width
		placeMid(c.right, right-w, 0, cardHead)
		right -= w + look.GapWide
	}
	placeLine(c.title, look.GapPage, 0, max(0, right-look.GapPage), cardHead)
	place(c.content, pad, c.head(), s.Width-2*pad, s.Height-c.head()-pad)
}

// Figure is a card with one number: what it counts above, what to know below. A
// click opens the list behind it.
type Figure struct {
	widget.BaseWidget
	OnTap func()

	box                *canvas.Rectangle
	label, value, note *Line
}

// NewFigure makes a figure card; onTap may be nil.
func NewFigure(label string, onTap func()) *Figure {
	f := &Figure{OnTap: onTap, box: newBox(look.Paper, look.Line, look.CardRadius), label: NewNote(label),
		value: NewLine("—", look.TextFigure, look.Ink, true), note: NewNote("")}
	f.ExtendBaseWidget(f)
	return f
}

// Set shows a number in a tone, and the note below.
func (f *Figure) Set(value string, tone look.Tone, note string) {
	f.value.SetTone(tone)
	f.value.SetText(value)
	f.note.SetText(note)
}

// Tapped opens the list.
func (f *Figure) Tapped(*fyne.PointEvent) {
	if f.OnTap != nil {
		f.OnTap()
	}
}

// MouseIn shows that there is something to open.
func (f *Figure) MouseIn(*desktop.MouseEvent) { f.setHover(f.OnTap != nil) }

// MouseMoved has no effect.
func (f *Figure) MouseMoved(*desktop.MouseEvent) {}

// MouseOut ends MouseIn.
func (f *Figure) MouseOut() { f.setHover(false) }

func (f *Figure) setHover(on bool) {
	f.box.StrokeColor = look.Line
	if on {
		f.box.StrokeColor = look.Faint
	}
	f.box.Refresh()
}

// CreateRenderer shows the figure.
func (f *Figure) CreateRenderer() fyne.WidgetRenderer {
	lines := []*Line{f.label, f.value, f.note}
	return &Renderer{
		Objs: []fyne.CanvasObject{f.box, f.label, f.value, f.note},
		Arrange: func(s fyne.Size) {
			place(f.box, 0, 0, s.Width, s.Height)
			y := look.GapWide
			for _, l := range lines {
				h := l.MinSize().Height
				place(l, look.GapPage, y, s.Width-2*look.GapPage, h)
				y += h
			}
		},
		Min: func() fyne.Size {
			height := 2 * look.GapWide
			for _, l := range lines {
				height += l.MinSize().Height
			}
			return fyne.NewSize(120, height)
		},
	}
}
