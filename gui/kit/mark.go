package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit/ink"
	"xiangzhen/gui/look"
)

// Mark shows the shape of a status: ◆ ◇ ▲ ● ○ ■. Words stand beside it.
type Mark struct {
	widget.BaseWidget
	mark    look.Mark
	picture *ink.Picture
}

// NewMark makes a mark; look.MarkNone takes no room.
func NewMark(m look.Mark) *Mark {
	w := &Mark{mark: m}
	w.picture = ink.NewPicture(func(s *ink.Sheet) {
		half := look.MarkSize / 2
		s.Mark(w.mark, half, half, look.MarkSize, w.mark.Tone().Mark())
	})
	w.ExtendBaseWidget(w)
	return w
}

// SetMark changes the shape.
func (m *Mark) SetMark(mark look.Mark) {
	if mark != m.mark {
		m.mark = mark
		m.picture.Refresh()
	}
}

// CreateRenderer draws the mark.
func (m *Mark) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		Objs:    []fyne.CanvasObject{m.picture.Raster},
		Arrange: func(fyne.Size) { m.picture.Raster.Resize(fyne.NewSquareSize(look.MarkSize)) },
		Min: func() fyne.Size {
			if m.mark == look.MarkNone {
				return fyne.Size{}
			}
			return fyne.NewSquareSize(look.MarkSize)
		},
	}
}
