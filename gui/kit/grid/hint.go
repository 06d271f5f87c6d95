package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
)

const (
	hintWidth float32 = 300 // longer words are wrapped
	hintPad   float32 = 8
)

// hint is the small note under a cell: what is wrong with its value.
type hint struct {
	widget.BaseWidget
	box   *canvas.Rectangle
	para  *kit.Para
	words string
}

func newHint() *hint {
	h := &hint{box: canvas.NewRectangle(look.Ink), para: kit.NewPara("", look.TextSmall, look.Paper, false, 0)}
	h.box.CornerRadius = look.GapHair
	h.Hidden = true
	h.ExtendBaseWidget(h)
	return h
}

// show puts the words at a place.
func (h *hint) show(words string, at fyne.Position, room fyne.Size) {
	h.words = words
	h.para.SetText(words)
	width := min(hintWidth, fyne.MeasureText(words, look.TextSmall, fyne.TextStyle{}).Width+1)
	size := fyne.NewSize(width+2*hintPad, h.para.HeightFor(width)+hintPad)
	h.Hidden = false
	h.Resize(size)
	h.Move(fyne.NewPos(max(0, min(at.X, room.Width-size.Width)), min(at.Y, room.Height-size.Height)))
	h.Refresh()
}

func (h *hint) hide() {
	if !h.Hidden {
		h.Hide()
	}
}

// CreateRenderer shows the note.
func (h *hint) CreateRenderer() fyne.WidgetRenderer {
	return &kit.Renderer{
		Objs: []fyne.CanvasObject{h.box, h.para},
		Arrange: func(s fyne.Size) {
			h.box.Resize(s)
			h.para.Move(fyne.NewPos(hintPad, hintPad/2))
			h.para.Resize(s.SubtractWidthHeight(2*hintPad, hintPad))
		},
		Min: func() fyne.Size { return fyne.Size{} },
	}
}

// showHint shows the hint of the cursor's cell.
func (g *Grid) showHint() {
	if g.view.rows == 0 || g.conf.Rows {
		g.hint.hide()
		return
	}
	g.hintAt(g.sel.cursor)
}

// hintAt shows the hint of a cell, if it has one and is in sight.
func (g *Grid) hintAt(p place) {
	r := g.rectOnGrid(g.view.shownCell(p.row, p.col))
	words := g.conf.Source.Cell(p.row, p.col).Hint
	if words == "" || g.editor != nil || r.W <= 0 || r.Y < g.bodyTop() || r.Y > g.Size().Height {
		g.hint.hide()
		return
	}
	g.hint.show(words, fyne.NewPos(r.X+look.GapHair, r.Y+r.H+2), g.Size())
}
