package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

// statusLine says at the left what is chosen, at the right how safe the data is,
// and who works here.
type statusLine struct {
	widget.BaseWidget
	box, edge   *canvas.Rectangle
	left, right *kit.Line
}

func newStatusLine() *statusLine {
	l := &statusLine{box: canvas.NewRectangle(look.Paper), edge: canvas.NewRectangle(look.Line),
		left: kit.NewNote(""), right: kit.NewNote("")}
	l.right.Fixed = true
	l.ExtendBaseWidget(l)
	return l
}

func (l *statusLine) setLeft(words string) { l.left.SetText(words) }

func (l *statusLine) setRight(words string) {
	l.right.SetText(words)
	l.Refresh()
}

// CreateRenderer shows the line.
func (l *statusLine) CreateRenderer() fyne.WidgetRenderer {
	return &kit.Renderer{
		Objs:    []fyne.CanvasObject{l.box, l.edge, l.left, l.right},
		Arrange: l.arrange,
		Min:     func() fyne.Size { return fyne.NewSize(0, look.StatusHeight) },
		Update:  func() { l.arrange(l.Size()) },
	}
}

func (l *statusLine) arrange(s fyne.Size) {
	put(l.box, 0, 0, s.Width, s.Height)
	put(l.edge, 0, 0, s.Width, 1)
	r := min(l.right.MinSize().Width, s.Width/2)
	put(l.right, s.Width-r-look.GapPage, 1, r, s.Height-1)
	put(l.left, look.GapPage, 1, max(0, s.Width-r-3*look.GapPage), s.Height-1)
}
