package ink

import (
	"image"
	"image/color"
	"image/draw"

	"golang.org/x/image/vector"

	"xiangzhen/gui/look"
)

// shapeKey says which drawing of a mark, arrow or round box is kept.
type shapeKey struct {
	form          form
	width, height int // pixels
	radius        int
}

// form is what a shape is.
type form int

const (
	formRound form = iota
	formDiamond
	formDiamondLine
	formTriangle
	formDisc
	formRing
	formSquare
	formArrowRight
	formArrowDown
	formArrowUp
)

// circle is the distance of the control points of a cubic quarter circle.
const circle = 0.5523

// pen is a rasteriser with the closed shapes that marks are made of.
type pen struct{ *vector.Rasterizer }

// polygon adds a closed polygon of x, y pairs.
func (p pen) polygon(pts ...float32) {
	p.MoveTo(pts[0], pts[1])
	for i := 2; i < len(pts); i += 2 {
		p.LineTo(pts[i], pts[i+1])
	}
	p.ClosePath()
}

// diamond adds a diamond around the middle; turned the other way round it cuts a hole.
func (p pen) diamond(cx, cy, r float32, hole bool) {
	if hole {
		p.polygon(cx, cy-r, cx-r, cy, cx, cy+r, cx+r, cy)
		return
	}
	p.polygon(cx, cy-r, cx+r, cy, cx, cy+r, cx-r, cy)
}

// disc adds a circle; turned the other way round it cuts a hole.
func (p pen) disc(cx, cy, r float32, hole bool) {
	k, d := r*circle, r
	if hole {
		k, d = -k, -r
	}
	p.MoveTo(cx, cy-r)
	p.CubeTo(cx+k, cy-r, cx+d, cy-r*circle, cx+d, cy)
	p.CubeTo(cx+d, cy+r*circle, cx+k, cy+r, cx, cy+r)
	p.CubeTo(cx-k, cy+r, cx-d, cy+r*circle, cx-d, cy)
	p.CubeTo(cx-d, cy-r*circle, cx-k, cy-r, cx, cy-r)
	p.ClosePath()
}

// round adds a box with round corners that fills w × h.
func (p pen) round(w, h, r float32) {
	r = min(r, w/2, h/2)
	k := r * (1 - circle)
	p.MoveTo(r, 0)
	p.LineTo(w-r, 0)
	p.CubeTo(w-k, 0, w, k, w, r)
	p.LineTo(w, h-r)
	p.CubeTo(w, h-k, w-k, h, w-r, h)
	p.LineTo(r, h)
	p.CubeTo(k, h, 0, h-k, 0, h-r)
	p.LineTo(0, r)
	p.CubeTo(0, k, k, 0, r, 0)
	p.ClosePath()
}

// draw adds the form to the pen, to fill w × h.
func (f form) draw(p pen, w, h, radius float32) {
	cx, cy, r := w/2, h/2, min(w, h)/2
	switch f {
	case formRound:
		p.round(w, h, radius)
	case formDiamond:
		p.diamond(cx, cy, r, false)
	case formDiamondLine:
		p.diamond(cx, cy, r, false)
		p.diamond(cx, cy, r*0.72, true)
	case formTriangle:
		p.polygon(cx, h*0.06, w, h*0.94, 0, h*0.94)
	case formDisc:
		p.disc(cx, cy, r*0.78, false)
	case formRing:
		p.disc(cx, cy, r*0.76, false)
		p.disc(cx, cy, r*0.46, true)
	case formSquare:
		p.polygon(cx-r*0.68, cy-r*0.68, cx+r*0.68, cy-r*0.68, cx+r*0.68, cy+r*0.68, cx-r*0.68, cy+r*0.68)
	case formArrowRight:
		p.polygon(w*0.2, h*0.1, w*0.9, cy, w*0.2, h*0.9)
	case formArrowDown:
		p.polygon(w*0.1, h*0.22, w*0.9, h*0.22, cx, h*0.88)
	case formArrowUp:
		p.polygon(w*0.1, h*0.78, w*0.9, h*0.78, cx, h*0.12)
	}
}

// shape draws a form in a colour with its corner at a pixel.
func (s *Sheet) shape(key shapeKey, at image.Point, c color.NRGBA) {
	if key.width <= 0 || key.height <= 0 {
		return
	}
	alpha, ok := s.glyphs.shape[key]
	if !ok {
		ras := vector.NewRasterizer(key.width, key.height)
		key.form.draw(pen{ras}, float32(key.width), float32(key.height), float32(key.radius))
		alpha = image.NewAlpha(image.Rect(0, 0, key.width, key.height))
		ras.Draw(alpha, alpha.Bounds(), image.Opaque, image.Point{})
		if len(s.glyphs.shape) >= maxMasks {
			clear(s.glyphs.shape)
		}
		s.glyphs.shape[key] = alpha
	}
	r := alpha.Bounds().Add(at)
	draw.DrawMask(s.img, r, image.NewUniform(c), image.Point{}, alpha, image.Point{}, draw.Over)
}

// centred draws a form of size units around x, y.
func (s *Sheet) centred(f form, x, y, size float32, c color.NRGBA) {
	n := s.px(size)
	at := image.Pt(s.px(x-size/2), s.px(y-size/2))
	s.shape(shapeKey{form: f, width: n, height: n}, at, c)
}

// Round paints a box with round corners.
func (s *Sheet) Round(r Rect, radius float32, c color.NRGBA) {
	p := s.pixels(r)
	s.shape(shapeKey{formRound, p.Dx(), p.Dy(), s.px(radius)}, p.Min, c)
}

// markForms are the shapes of the marks.
var markForms = map[look.Mark]form{
	look.MarkOverdue: formDiamond, look.MarkBelow: formDiamondLine, look.MarkSoon: formTriangle,
	look.MarkFine: formDisc, look.MarkDone: formRing, look.MarkWaiting: formSquare,
}

// Mark draws a mark of size units around x, y in a colour.
func (s *Sheet) Mark(m look.Mark, x, y, size float32, c color.NRGBA) {
	if f, ok := markForms[m]; ok {
		s.centred(f, x, y, size, c)
	}
}

// Arrow says where an arrow points.
type Arrow int

// The arrows.
const (
	ArrowRight Arrow = iota
	ArrowDown
	ArrowUp
)

// Arrow draws a small filled arrow around x, y.
func (s *Sheet) Arrow(a Arrow, x, y, size float32, c color.NRGBA) {
	s.centred(formArrowRight+form(a), x, y, size, c)
}

// Bar draws a progress bar: the track, and share (0 to 1) of it filled.
func (s *Sheet) Bar(r Rect, share float32, c color.NRGBA) {
	s.Round(r, r.H/2, look.SoftLine)
	if share = min(1, share); share > 0 {
		r.W = max(r.H, r.W*share)
		s.Round(r, r.H/2, c)
	}
}
