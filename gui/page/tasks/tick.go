package tasks

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

// tick is a box to be ticked, with words behind it. Fyne's own draws its empty box
// in the colour of entries' borders, which the theme makes transparent.
type tick struct {
	widget.BaseWidget
	label     string
	on        bool
	onChanged func(bool)

	box     *canvas.Rectangle
	mark    *canvas.Image
	words   *kit.Line
	focused bool
}

var (
	_ fyne.Tappable      = (*tick)(nil)
	_ fyne.Focusable     = (*tick)(nil)
	_ desktop.Cursorable = (*tick)(nil)
)

func newTick(label string, on bool, onChanged func(bool)) *tick {
	t := &tick{label: label, on: on, onChanged: onChanged,
		box: canvas.NewRectangle(look.Paper), mark: canvas.NewImageFromResource(look.IconCheck.Resource(look.Paper)),
		words: kit.NewLine(label, look.TextBody, look.Ink, false)}
	t.box.CornerRadius, t.box.StrokeWidth = 3, 1
	t.words.Fixed = true
	t.ExtendBaseWidget(t)
	return t
}

// set shows the box ticked or not, without a word to anybody.
func (t *tick) set(on bool) {
	t.on = on
	t.Refresh()
}

// Tapped ticks the box, or takes the tick away.
func (t *tick) Tapped(*fyne.PointEvent) {
	t.set(!t.on)
	t.onChanged(t.on)
}

// Cursor is a hand.
func (t *tick) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained shows where the keyboard is.
func (t *tick) FocusGained() { t.focused = true; t.Refresh() }

// FocusLost hides it.
func (t *tick) FocusLost() { t.focused = false; t.Refresh() }

// TypedRune ignores typing.
func (t *tick) TypedRune(rune) {}

// TypedKey ticks by the space bar or Enter; other keys go on to the window.
func (t *tick) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		t.Tapped(nil)
	default:
		kit.PassKey(t, e)
	}
}

// tickSize is the side of the box.
const tickSize float32 = 16

// CreateRenderer shows box and words.
func (t *tick) CreateRenderer() fyne.WidgetRenderer {
	t.paint()
	return &kit.Renderer{
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
func (t *tick) paint() {
	t.box.FillColor, t.box.StrokeColor = look.Paper, look.Faint
	if t.on {
		t.box.FillColor, t.box.StrokeColor = look.Accent, look.Accent
	}
	if t.box.StrokeWidth = 1; t.focused {
		t.box.StrokeColor, t.box.StrokeWidth = look.Ink, 2
	}
	t.mark.Hidden = !t.on
}
