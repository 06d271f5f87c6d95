package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

// Tick is a box to be ticked, with words behind it. Fyne's own draws its empty box
// in the colour of entries' borders, which the theme makes transparent.
type Tick struct {
	widget.BaseWidget
	Label     string
	on        bool
	onChanged func(bool)

	box     *canvas.Rectangle
	mark    *canvas.Image
	words   *Line
	focused bool
}

var (
	_ fyne.Tappable      = (*Tick)(nil)
	_ fyne.Focusable     = (*Tick)(nil)
	_ desktop.Cursorable = (*Tick)(nil)
)

// NewTick makes a box with its words; onChanged hears of the user's ticks alone.
func NewTick(label string, on bool, onChanged func(bool)) *Tick {
	t := &Tick{Label: label, on: on, onChanged: onChanged,
		box: canvas.NewRectangle(look.Paper), mark: canvas.NewImageFromResource(look.IconCheck.Resource(look.Paper)),
		words: NewLine(label, look.TextBody, look.Ink, false)}
	t.box.CornerRadius, t.box.StrokeWidth = 3, 1
	t.words.Fixed = true
	t.ExtendBaseWidget(t)
	return t
}

// Set shows the box ticked or not, without a word to anybody.
func (t *Tick) Set(on bool) {
	t.on = on
	t.Refresh()
}

// On reports whether the box is ticked.
func (t *Tick) On() bool { return t.on }

// Tapped ticks the box, or takes the tick away.
func (t *Tick) Tapped(*fyne.PointEvent) {
	t.Set(!t.on)
	t.onChanged(t.on)
}

// Cursor is a hand.
func (t *Tick) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained shows where the keyboard is.
func (t *Tick) FocusGained() { t.focused = true; t.Refresh() }

// FocusLost hides it.
func (t *Tick) FocusLost() { t.focused = false; t.Refresh() }

// TypedRune ignores typing.
func (t *Tick) TypedRune(rune) {}

// TypedKey ticks by the space bar or Enter; other keys go on to the window.
func (t *Tick) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		t.Tapped(nil)
	default:
		PassKey(t, e)
	}
}

// tickSize is the side of the box.
const tickSize float32 = 16

// CreateRenderer shows box and words.
func (t *Tick) CreateRenderer() fyne.WidgetRenderer {
	t.paint()
	return &Renderer{
		Objs: []fyne.CanvasObject{t.box, t.mark, t.words},
		Arrange: func(s fyne.Size) {
			y := (s.Height - tickSize) / 2
			for _, o := range []fyne.CanvasObject{t.box, t.mark} {
				o.Move(fyne.NewPos(1, y))
				o.Resize(fyne.NewSquareSize(tickSize))
			}
			t.words.Move(fyne.NewPos(tickSize+look.Gap, 0))
			t.words.Resize(fyne.NewSize(max(0, s.Width-tickSize-look.Gap), s.Height))
		},
		Min: func() fyne.Size {
			return fyne.NewSize(tickSize+look.Gap+t.words.MinSize().Width, look.RowHeight)
		},
		Update: func() { t.paint(); t.box.Refresh(); t.mark.Refresh() },
	}
}

// paint colours the box.
func (t *Tick) paint() {
	t.box.FillColor, t.box.StrokeColor = look.Paper, look.Faint
	if t.on {
		t.box.FillColor, t.box.StrokeColor = look.Accent, look.Accent
	}
	if t.box.StrokeWidth = 1; t.focused {
		t.box.StrokeColor, t.box.StrokeWidth = look.Ink, 2
	}
	t.mark.Hidden = !t.on
}
