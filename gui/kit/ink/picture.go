package ink

import (
	"image"
	"math"

	"fyne.io/fyne/v2/canvas"
)

// Picture is a drawing on the window: Raster goes among a widget's objects, paint
// draws it, and only when it is stale or has another size or scale.
type Picture struct {
	Raster *canvas.Raster

	paint func(*Sheet)
	sheet *Sheet
	stale bool
}

// NewPicture makes a picture drawn by paint, which is given a sheet of the
// raster's size in units.
func NewPicture(paint func(*Sheet)) *Picture {
	p := &Picture{paint: paint}
	p.Raster = canvas.NewRaster(p.Draw)
	return p
}

// Refresh draws the picture anew.
func (p *Picture) Refresh() {
	p.stale = true
	p.Raster.Refresh()
}

// Draw returns the picture as w × h pixels. Fyne calls it; a benchmark may.
func (p *Picture) Draw(w, h int) image.Image {
	scale := float32(1)
	if width := p.Raster.Size().Width; width > 0 {
		// Steps of a hundredth: the rounding of a width to pixels must not change
		// the size of every glyph.
		scale = float32(math.Round(float64(w)/float64(width)*100) / 100)
	}
	fits := p.sheet.Fits(w, h, scale)
	if !fits {
		p.sheet = NewSheet(w, h, scale)
	}
	if !fits || p.stale {
		p.sheet.Clear()
		p.paint(p.sheet)
		p.stale = false
	}
	return p.sheet.Image()
}
