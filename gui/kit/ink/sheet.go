package ink

import (
	"image"
	"image/color"
	"image/draw"
	"math"
)

// Rect is a rectangle in units: left, top, width, height.
type Rect struct{ X, Y, W, H float32 }

// Inset returns the rectangle made smaller by d on every side.
func (r Rect) Inset(d float32) Rect { return Rect{r.X + d, r.Y + d, r.W - 2*d, r.H - 2*d} }

// MidY is the height of the rectangle's middle.
func (r Rect) MidY() float32 { return r.Y + r.H/2 }

// Sheet is an image being drawn, or a clipped part of one.
type Sheet struct {
	img    *image.RGBA
	scale  float32 // pixels a unit
	glyphs *Glyphs
}

// NewSheet makes a transparent image of w × h pixels at scale pixels a unit.
func NewSheet(w, h int, scale float32) *Sheet {
	return &Sheet{img: image.NewRGBA(image.Rect(0, 0, w, h)), scale: scale, glyphs: Shared()}
}

// Image returns what was drawn. It shares the pixels with the sheet.
func (s *Sheet) Image() *image.RGBA { return s.img }

// Clear makes the whole sheet transparent.
func (s *Sheet) Clear() { clear(s.img.Pix) }

// Scale returns the number of pixels a unit.
func (s *Sheet) Scale() float32 { return s.scale }

// Fits reports whether the sheet has the given size and scale, so that it can be
// drawn over instead of made anew.
func (s *Sheet) Fits(w, h int, scale float32) bool {
	return s != nil && s.scale == scale && s.img.Rect.Dx() == w && s.img.Rect.Dy() == h
}

// px turns units into whole pixels.
func (s *Sheet) px(v float32) int { return int(math.Round(float64(v * s.scale))) }

// pixels turns a rectangle into whole pixels; neighbours in units stay neighbours.
func (s *Sheet) pixels(r Rect) image.Rectangle {
	return image.Rect(s.px(r.X), s.px(r.Y), s.px(r.X+r.W), s.px(r.Y+r.H))
}

// Clip returns a sheet that draws on the same pixels, but only within r; places
// are still counted from the corner of the whole sheet.
func (s *Sheet) Clip(r Rect) *Sheet {
	sub, ok := s.img.SubImage(s.pixels(r)).(*image.RGBA)
	if !ok {
		sub = &image.RGBA{}
	}
	return &Sheet{img: sub, scale: s.scale, glyphs: s.glyphs}
}

// Fill paints a rectangle.
func (s *Sheet) Fill(r Rect, c color.NRGBA) { s.fillPixels(s.pixels(r), c) }

// fillPixels paints opaque colours straight and others over what is there.
func (s *Sheet) fillPixels(r image.Rectangle, c color.NRGBA) {
	op := draw.Over
	if c.A == 0xFF {
		op = draw.Src
	}
	draw.Draw(s.img, r, image.NewUniform(c), image.Point{}, op)
}

// hair is the thinnest line in pixels: one at 100 %, two from 150 %.
func (s *Sheet) hair() int { return max(1, s.px(1)) }

// LineBelow draws a hairline along the inner lower edge of r.
func (s *Sheet) LineBelow(r Rect, c color.NRGBA) {
	p := s.pixels(r)
	p.Min.Y = p.Max.Y - s.hair()
	s.fillPixels(p, c)
}

// LineRight draws a hairline along the inner right edge of r.
func (s *Sheet) LineRight(r Rect, c color.NRGBA) {
	p := s.pixels(r)
	p.Min.X = p.Max.X - s.hair()
	s.fillPixels(p, c)
}

// Frame draws the inner border of r, width units thick.
func (s *Sheet) Frame(r Rect, width float32, c color.NRGBA) {
	p, w := s.pixels(r), max(1, s.px(width))
	s.fillPixels(image.Rect(p.Min.X, p.Min.Y, p.Max.X, p.Min.Y+w), c)
	s.fillPixels(image.Rect(p.Min.X, p.Max.Y-w, p.Max.X, p.Max.Y), c)
	s.fillPixels(image.Rect(p.Min.X, p.Min.Y+w, p.Min.X+w, p.Max.Y-w), c)
	s.fillPixels(image.Rect(p.Max.X-w, p.Min.Y+w, p.Max.X, p.Max.Y-w), c)
}
