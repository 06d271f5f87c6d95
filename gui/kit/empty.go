package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

// Empty fills a page that has nothing to show yet and says what to do next.
type Empty struct {
	widget.BaseWidget
	icon    *canvas.Image
	title   *Line
	text    *Para
	buttons []*Button
}

// emptyWidth is how wide the words run.
const emptyWidth float32 = 380

// NewEmpty makes the notice: what is missing, what to do, and the buttons that do it.
func NewEmpty(icon look.Icon, title, text string, buttons ...*Button) *Empty {
	e := &Empty{icon: canvas.NewImageFromResource(icon.Resource(look.Faint)),
		title: NewLine(title, look.TextHead, look.Ink, true), text: NewPara(text, look.TextBody, look.Second, false, 0), buttons: buttons}
	e.title.Fixed, e.text.Centred = true, true
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer shows the notice in the middle.
func (e *Empty) CreateRenderer() fyne.WidgetRenderer {
	objs := []fyne.CanvasObject{e.icon, e.title, e.text}
	for _, b := range e.buttons {
		objs = append(objs, b)
	}
	return &Renderer{Objs: objs, Arrange: e.arrange, Min: func() fyne.Size {
		return fyne.NewSize(emptyWidth*0.7, e.height(emptyWidth*0.7))
	}}
}

const emptyIcon float32 = 40

// height is that of the whole notice at a width of words.
func (e *Empty) height(width float32) float32 {
	h := emptyIcon + look.GapWide + e.title.MinSize().Height + look.GapHair + e.text.HeightFor(width)
	if len(e.buttons) > 0 {
		h += look.GapPage + look.ButtonHeight
	}
	return h
}

func (e *Empty) arrange(s fyne.Size) {
	width := min(emptyWidth, s.Width)
	y := max(0, (s.Height-e.height(width))*0.4) // a little above the middle looks like the middle
	place(e.icon, (s.Width-emptyIcon)/2, y, emptyIcon, emptyIcon)
	y += emptyIcon + look.GapWide
	title := e.title.MinSize()
	place(e.title, max(0, (s.Width-title.Width)/2), y, min(title.Width, s.Width), title.Height)
	y += title.Height + look.GapHair
	lines := e.text.HeightFor(width)
	place(e.text, (s.Width-width)/2, y, width, lines)
	y += lines + look.GapPage
	e.arrangeButtons(s.Width, y)
}

// arrangeButtons stands the buttons side by side in the middle.
func (e *Empty) arrangeButtons(width, y float32) {
	total := -look.Gap
	for _, b := range e.buttons {
		total += b.MinSize().Width + look.Gap
	}
	x := (width - total) / 2
	for _, b := range e.buttons {
		w := b.MinSize().Width
		place(b, x, y, w, look.ButtonHeight)
		x += w + look.Gap
	}
}
