package kit

import (
	"image/color"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

// Line is one line of text that is cut with … where the room ends, so that a long
// name never runs over its neighbour.
type Line struct {
	widget.BaseWidget

	// Fixed makes the least width that of the whole text instead of one character.
	Fixed bool

	words string
	text  *canvas.Text
}

// NewLine makes a line in the given size, colour and weight.
func NewLine(words string, size float32, c color.Color, bold bool) *Line {
	l := &Line{words: words, text: newText(words, size, c, bold)}
	l.ExtendBaseWidget(l)
	return l
}

// NewTitle makes the title of a page.
func NewTitle(words string) *Line { return NewLine(words, look.TextTitle, look.Ink, true) }

// NewNote makes a small line in the second ink.
func NewNote(words string) *Line { return NewLine(words, look.TextSmall, look.Second, false) }

// SetText changes the words.
func (l *Line) SetText(words string) {
	if words == l.words {
		return
	}
	l.words = words
	l.fit()
	l.Refresh()
}

// Text returns the whole words.
func (l *Line) Text() string { return l.words }

// SetTone changes the colour.
func (l *Line) SetTone(t look.Tone) {
	l.text.Color = t.Text()
	l.text.Refresh()
}

// fit cuts the shown words to the present width.
func (l *Line) fit() { l.text.Text = cutText(l.words, l.Size().Width, l.text) }

// cutText returns as much of words as fits into width in the size and weight of
// like, with … at the end if not all does. No width yet leaves them whole.
func cutText(words string, width float32, like *canvas.Text) string {
	fits := func(s string) bool {
		return fyne.MeasureText(s, like.TextSize, like.TextStyle).Width <= width+0.5
	}
	if width <= 0 || fits(words) {
		return words
	}
	runes := []rune(words)
	n := sort.Search(len(runes), func(i int) bool { return !fits(string(runes[:i+1]) + "…") })
	return string(runes[:n]) + "…"
}

// CreateRenderer draws the line in the middle of its height.
func (l *Line) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		Objs:    []fyne.CanvasObject{l.text},
		Arrange: func(s fyne.Size) { l.fit(); l.text.Resize(s) },
		Min: func() fyne.Size {
			m := fyne.MeasureText(l.words, l.text.TextSize, l.text.TextStyle)
			if !l.Fixed {
				m.Width = min(m.Width, l.text.TextSize*2)
			}
			return m
		},
	}
}
