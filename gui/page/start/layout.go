package start

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/look"
)

// flow places buttons two by two.
type flow struct{}

func newFlow() *fyne.Container { return container.New(flow{}) }

// MinSize is that of two columns.
func (flow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	rows := float32((len(objects) + 1) / 2)
	return fyne.NewSize(220, rows*look.ButtonHeight+(rows-1)*look.Gap)
}

// Layout places the buttons.
func (flow) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	w := (s.Width - look.Gap) / 2
	for i, o := range objects {
		put(o, float32(i%2)*(w+look.Gap), float32(i/2)*(look.ButtonHeight+look.Gap), w, look.ButtonHeight)
	}
}

// heighted is text whose height follows from its width.
type heighted interface{ HeightFor(width float32) float32 }

// barReach is how far the form's scroll bar reaches into the padding of its card.
const barReach float32 = 15

// stack places entries one below the other; hidden ones take no room.
type stack struct{}

func height(o fyne.CanvasObject, width float32) float32 {
	if h, ok := o.(heighted); ok {
		return h.HeightFor(width) + look.Gap
	}
	return o.MinSize().Height
}

// MinSize is the sum of the entries', as wide as the form is.
func (stack) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := formWidth - 2*look.GapPage
	s := fyne.NewSize(width, 0)
	for _, o := range objects {
		if o.Visible() {
			s.Height += height(o, width) + look.GapHair
		}
	}
	return s
}

// Layout places the entries.
func (stack) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	y, width := float32(0), s.Width-barReach
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		h := height(o, width)
		put(o, 0, y, width, h)
		y += h + look.GapHair
	}
}

// upper places the entry of the list above, then a line, then the grid.
type upper struct{}

// MinSize is that of the entry and some rows.
func (upper) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := objects[0].MinSize()
	return fyne.NewSize(max(m.Width, 400), m.Height+120)
}

// noteHeight is that of the line between.
const noteHeight float32 = 22

// Layout places the three.
func (upper) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	h := objects[0].MinSize().Height
	put(objects[0], 0, 0, s.Width, h)
	put(objects[1], 2, h, s.Width, noteHeight)
	put(objects[2], 0, h+noteHeight, s.Width, max(0, s.Height-h-noteHeight))
}
