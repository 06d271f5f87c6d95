package ink

import (
	"image"
	"image/color"
	"image/draw"
	"math"
)

// middle is how far the middle of a Chinese character stands above the baseline,
// in em; Latin capitals and figures share it.
const middle = 0.37

// Text is one line of text to be drawn.
type Text struct {
	Words  string
	Size   float32 // units
	Bold   bool
	Strike bool // struck through: a value that is replaced
	Color  color.NRGBA
}

// Width measures the text in units.
func (s *Sheet) Width(t Text) float32 { return s.glyphs.Width(t.Words, t.Size, t.Bold) }

// Text draws t from x, its middle at height y, cut with … where width ends, and
// returns the width it took.
func (s *Sheet) Text(t Text, x, y, width float32) float32 {
	taken := s.Width(t)
	if taken > width {
		t.Words, taken = s.cut(t, width)
	}
	if t.Words == "" {
		return 0
	}
	s.draw(t, x, y)
	if t.Strike {
		s.strike(t, x, y, taken)
	}
	return taken
}

// TextRight draws t so that it ends at right.
func (s *Sheet) TextRight(t Text, right, y, width float32) float32 {
	taken := s.Width(t)
	if taken > width {
		t.Words, taken = s.cut(t, width)
	}
	return s.Text(t, right-taken, y, taken+1)
}

// TextMid draws t in the middle of width from x.
func (s *Sheet) TextMid(t Text, x, y, width float32) float32 {
	taken := s.Width(t)
	return s.Text(t, x+max(0, width-taken)/2, y, width)
}

// cut shortens the words so that they and … fit.
func (s *Sheet) cut(t Text, width float32) (words string, taken float32) {
	dots := s.glyphs.Width("…", t.Size, t.Bold)
	if width < dots {
		return "", 0
	}
	n, taken := s.glyphs.Cut(t.Words, width-dots, t.Size, t.Bold)
	return t.Words[:n] + "…", taken + dots
}

// draw puts the glyphs' masks one behind the other.
func (s *Sheet) draw(t Text, x, y float32) {
	size := uint16(math.Round(float64(t.Size * s.scale * 4)))
	em := float32(size) / 4
	baseline := int(math.Round(float64(y*s.scale + middle*em)))
	source, face, at := image.NewUniform(t.Color), s.glyphs.face(t.Bold), x*s.scale
	for _, r := range t.Words {
		if r < ' ' {
			continue
		}
		quarter := int(math.Round(float64(at * phases)))
		key := maskKey{char: r, size: size, bold: t.Bold, phase: uint8(((quarter % phases) + phases) % phases)}
		if m := s.glyphs.mask(key); m.alpha != nil {
			corner := image.Pt((quarter-int(key.phase))/phases, baseline).Sub(m.origin)
			draw.DrawMask(s.img, m.alpha.Rect.Add(corner), source, image.Point{}, m.alpha, image.Point{}, draw.Over)
		}
		at += face.look(r, t.Bold).advance * em
	}
}

// strike draws the line through replaced words.
func (s *Sheet) strike(t Text, x, y, width float32) {
	thick := s.hair()
	top := s.px(y)
	s.fillPixels(image.Rect(s.px(x), top, s.px(x+width), top+thick), t.Color)
}
