package reports

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

// newLabelled is a line of labels, each before its control.
func newLabelled(parts ...any) fyne.CanvasObject {
	box := container.New(labelledLayout{})
	for _, p := range parts {
		if words, is := p.(string); is {
			l := kit.NewLine(words, look.TextBody, look.Second, false)
			l.Fixed = true
			p = l
		}
		box.Add(p.(fyne.CanvasObject))
	}
	return box
}

// labelledLayout places labels and controls in turn, the controls alike wide.
type labelledLayout struct{}

const labelledWidth float32 = 180

// MinSize is that of all in a row, the controls at their narrowest.
func (labelledLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	width, height := float32(0), float32(0)
	for _, part := range o {
		m := part.MinSize()
		width, height = width+m.Width+look.Gap, max(height, m.Height)
	}
	return fyne.NewSize(width, height)
}

// Layout places them.
func (labelledLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	x := float32(0)
	for i, part := range o {
		m := part.MinSize()
		width := m.Width
		if i%2 == 1 {
			width = labelledWidth
		}
		put(part, x, (s.Height-m.Height)/2, width, m.Height)
		if x += width + look.Gap; i%2 == 1 {
			x += look.Gap
		}
	}
}
