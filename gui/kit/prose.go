package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

// Phrase is some words of a paragraph; with OnTap they can be opened. Marked says so by
// their colour: a figure among what is only told.
type Phrase struct {
	Words  string
	OnTap  func()
	Marked bool
}

// Prose is a paragraph some of whose phrases can be opened: by a click, or by the
// left and right keys and Enter. It wraps to the width it is given.
type Prose struct {
	widget.BaseWidget
	phrases []Phrase
	links   []int // indexes of the phrases that can be opened
	runs    []run
	width   float32
	chosen  int // place in links that the keyboard is on
	focused bool
	hovered int // index of the phrase under the mouse, -1 for none
}

// run is a part of a phrase that stands on one line.
type run struct {
	phrase int
	wash   *canvas.Rectangle
	text   *canvas.Text
}

var (
	_ fyne.Tappable      = (*Prose)(nil)
	_ fyne.Focusable     = (*Prose)(nil)
	_ desktop.Hoverable  = (*Prose)(nil)
	_ desktop.Cursorable = (*Prose)(nil)
)

// proseLine is the height of a line.
const proseLine float32 = 25

// NewProse makes a paragraph of phrases.
func NewProse(phrases ...Phrase) *Prose {
	p := &Prose{phrases: phrases, hovered: -1}
	for i, ph := range phrases {
		if ph.OnTap != nil {
			p.links = append(p.links, i)
		}
	}
	p.ExtendBaseWidget(p)
	return p
}

// Text is the paragraph's words.
func (p *Prose) Text() string {
	words := ""
	for _, ph := range p.phrases {
		words += ph.Words
	}
	return words
}

// HeightFor is the height the paragraph takes in a width.
func (p *Prose) HeightFor(width float32) float32 {
	return proseLine * float32(len(WrapText(p.Text(), look.TextBody, false, width)))
}

// wrap cuts the phrases where the lines end.
func (p *Prose) wrap(width float32) {
	if width == p.width && p.runs != nil {
		return
	}
	p.width, p.runs = width, nil
	at, rest := 0, []rune(nil)
	if len(p.phrases) > 0 {
		rest = []rune(p.phrases[0].Words)
	}
	for row, line := range WrapText(p.Text(), look.TextBody, false, width) {
		x := float32(0)
		for left := []rune(line); len(left) > 0; {
			for len(rest) == 0 {
				at++
				rest = []rune(p.phrases[at].Words)
			}
			n := min(len(left), len(rest))
			r := p.newRun(at, string(left[:n]))
			size := r.text.MinSize()
			r.text.Move(fyne.NewPos(x, float32(row)*proseLine+(proseLine-size.Height)/2))
			r.text.Resize(size)
			r.wash.Move(fyne.NewPos(x, float32(row)*proseLine+2))
			r.wash.Resize(fyne.NewSize(size.Width, proseLine-4))
			p.runs = append(p.runs, r)
			x, left, rest = x+size.Width, left[n:], rest[n:]
		}
	}
}

func (p *Prose) newRun(phrase int, words string) run {
	ink := look.Ink
	if p.phrases[phrase].Marked {
		ink = look.Accent
	}
	r := run{phrase: phrase, wash: canvas.NewRectangle(look.Clear), text: newText(words, look.TextBody, ink, false)}
	r.wash.CornerRadius = 3
	return r
}

// CreateRenderer shows the paragraph.
func (p *Prose) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		List: p.objects, Arrange: func(s fyne.Size) { p.wrap(s.Width); p.paint() },
		Min:    func() fyne.Size { return fyne.NewSize(look.TextBody*8, p.HeightFor(max(p.width, look.TextBody*8))) },
		Update: p.paint,
	}
}

func (p *Prose) objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, 0, 2*len(p.runs))
	for _, r := range p.runs {
		out = append(out, r.wash, r.text)
	}
	return out
}

// paint shows which phrase is under the mouse or the keyboard.
func (p *Prose) paint() {
	for _, r := range p.runs {
		r.wash.FillColor = look.Clear
		if r.phrase == p.hovered || p.focused && len(p.links) > 0 && r.phrase == p.links[p.chosen] {
			r.wash.FillColor = look.AccentWash
		}
		r.wash.Refresh()
	}
}

// at is the phrase that can be opened at a place, or -1.
func (p *Prose) at(pos fyne.Position) int {
	for _, r := range p.runs {
		o, s := r.wash.Position(), r.wash.Size()
		if p.phrases[r.phrase].OnTap != nil && pos.X >= o.X && pos.X < o.X+s.Width && pos.Y >= o.Y && pos.Y < o.Y+s.Height {
			return r.phrase
		}
	}
	return -1
}

// Tapped opens the phrase under the mouse.
func (p *Prose) Tapped(e *fyne.PointEvent) {
	if i := p.at(e.Position); i >= 0 {
		p.phrases[i].OnTap()
	}
}

// Cursor is a hand over what can be opened.
func (p *Prose) Cursor() desktop.Cursor {
	if p.hovered >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// MouseIn follows the mouse.
func (p *Prose) MouseIn(e *desktop.MouseEvent) { p.MouseMoved(e) }

// MouseMoved shows what can be opened.
func (p *Prose) MouseMoved(e *desktop.MouseEvent) { p.hovered = p.at(e.Position); p.paint() }

// MouseOut ends MouseMoved.
func (p *Prose) MouseOut() { p.hovered = -1; p.paint() }

// FocusGained shows where the keyboard is.
func (p *Prose) FocusGained() { p.focused = true; p.paint() }

// FocusLost hides it.
func (p *Prose) FocusLost() { p.focused = false; p.paint() }

// TypedRune ignores typing.
func (p *Prose) TypedRune(rune) {}

// TypedKey goes from one phrase that can be opened to the next, and opens it.
func (p *Prose) TypedKey(e *fyne.KeyEvent) {
	switch {
	case len(p.links) == 0:
		PassKey(p, e)
	case e.Name == fyne.KeyLeft || e.Name == fyne.KeyUp:
		p.chosen = max(p.chosen-1, 0)
	case e.Name == fyne.KeyRight || e.Name == fyne.KeyDown:
		p.chosen = min(p.chosen+1, len(p.links)-1)
	case e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter:
		p.phrases[p.links[p.chosen]].OnTap()
	default:
		PassKey(p, e)
	}
	p.paint()
}
