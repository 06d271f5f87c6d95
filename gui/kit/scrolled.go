package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/look"
)

// Scrolled is content of a fixed width, as high as it needs and at most so high.
func Scrolled(o fyne.CanvasObject, width, most float32) fyne.CanvasObject {
	room := container.NewVScroll(container.New(Inset{}, o))
	room.SetMinSize(fyne.NewSize(width, min(o.MinSize().Height+2*look.GapHair, most)))
	return room
}

// Inset is a layout that leaves room for borders and the scroll bar within what a scroll clips.
type Inset struct{}

// MinSize is that of the content with the room.
func (Inset) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(look.GapHair+look.ScrollBarWidth, 2*look.GapHair)
}

// Layout places the content.
func (Inset) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(look.GapHair/2, look.GapHair))
	o[0].Resize(fyne.NewSize(s.Width-look.GapHair/2-look.ScrollBarWidth, s.Height-2*look.GapHair))
}
