package reports

import (
	"fyne.io/fyne/v2"

	"xiangzhen/gui/look"
)

// dueLayout places the day and, narrower, the time beside it.
type dueLayout struct{}

const clockWidth float32 = 84

// MinSize leaves room for both.
func (dueLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(110+look.Gap+clockWidth, o[0].MinSize().Height)
}

// Layout places them.
func (dueLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	put(o[0], 0, 0, s.Width-clockWidth-look.Gap, s.Height)
	put(o[1], s.Width-clockWidth, 0, clockWidth, s.Height)
}
