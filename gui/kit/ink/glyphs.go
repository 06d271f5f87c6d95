package ink

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/software"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"

	"xiangzhen/assets/fonts"
)

const (
	// maxMasks bounds the cache: about 250 bytes a mask, 4 MB in all. A page shows
	// some 600 different characters; a full cache is emptied and fills again.
	maxMasks = 16384
	// phases are the places within a pixel at which a glyph can begin. Chinese
	// characters of 13.5 pixels need two to stand evenly, Latin ones are better
	// with four.
	phases = 4
	// unitsPerEm is the grid on which advances are measured, that of the fonts.
	unitsPerEm = 1000
)

// Glyphs holds the two faces, the advances of their characters and the masks that
// were drawn so far.
type Glyphs struct {
	faces [2]face // regular, bold
	masks map[maskKey]mask
	shape map[shapeKey]*image.Alpha
	fresh int // masks drawn since the cache was made, for tests
}

// face is one weight.
type face struct {
	font  *sfnt.Font
	known map[rune]glyph
}

// glyph is one character of a face; index 0 is a character the face lacks.
type glyph struct {
	index   sfnt.GlyphIndex
	advance float32 // in em
}

// maskKey says which drawing of a character is meant. Size is in quarters of a pixel.
type maskKey struct {
	char  rune
	size  uint16
	phase uint8
	bold  bool
}

// mask is a drawn glyph; origin is where the pen stands in it.
type mask struct {
	alpha  *image.Alpha // nil for a blank
	origin image.Point
}

// Shared returns the cache that all drawings of the window use.
var Shared = sync.OnceValue(NewGlyphs)

// NewGlyphs makes an empty cache over the program's faces.
func NewGlyphs() *Glyphs {
	g := &Glyphs{masks: map[maskKey]mask{}, shape: map[shapeKey]*image.Alpha{}}
	for i, data := range [][]byte{fonts.Regular, fonts.Bold} {
		f, err := sfnt.Parse(data)
		if err != nil {
			panic(err) // embedded and read by a test: cannot fail
		}
		g.faces[i] = face{font: f, known: map[rune]glyph{}}
	}
	return g
}

// face returns the face of a weight.
func (g *Glyphs) face(bold bool) *face {
	if bold {
		return &g.faces[1]
	}
	return &g.faces[0]
}

// look returns the glyph of a character.
func (f *face) look(r rune, bold bool) glyph {
	if known, ok := f.known[r]; ok {
		return known
	}
	var buf sfnt.Buffer
	index, err := f.font.GlyphIndex(&buf, r)
	found := glyph{index: index, advance: 1}
	if err != nil || index == 0 {
		found = glyph{advance: foreignText(r, unitsPerEm/10, bold).MinSize().Width / (unitsPerEm / 10)}
	} else if a, err := f.font.GlyphAdvance(&buf, index, fixed.I(unitsPerEm), font.HintingNone); err == nil {
		found.advance = float32(a) / 64 / unitsPerEm
	}
	f.known[r] = found
	return found
}

// Width measures s in the given size, in the same unit as size. Control
// characters have no width: a cell shows one line.
func (g *Glyphs) Width(s string, size float32, bold bool) float32 {
	f, width := g.face(bold), float32(0)
	for _, r := range s {
		if r >= ' ' {
			width += f.look(r, bold).advance
		}
	}
	return width * size
}

// Cut returns how many bytes of s fit into width, and the width they take. It
// never splits a character.
func (g *Glyphs) Cut(s string, width, size float32, bold bool) (n int, taken float32) {
	f := g.face(bold)
	for i, r := range s {
		if r < ' ' {
			continue
		}
		next := taken + f.look(r, bold).advance*size
		if next > width {
			return i, taken
		}
		taken = next
	}
	return len(s), taken
}

// mask returns the drawing of a character at a size in pixels.
func (g *Glyphs) mask(key maskKey) mask {
	if m, ok := g.masks[key]; ok {
		return m
	}
	if len(g.masks) >= maxMasks {
		clear(g.masks)
	}
	f := g.face(key.bold)
	var m mask
	if known := f.look(key.char, key.bold); known.index == 0 {
		m = drawForeign(key)
	} else {
		m = f.draw(known.index, key)
	}
	g.masks[key] = m
	g.fresh++
	return m
}

// draw rasterises an outline.
func (f *face) draw(index sfnt.GlyphIndex, key maskKey) mask {
	var buf sfnt.Buffer
	size := fixed.Int26_6(key.size) << 4 // quarters to 64ths
	segments, err := f.font.LoadGlyph(&buf, index, size, nil)
	if err != nil || len(segments) == 0 {
		return mask{}
	}
	shift := float32(key.phase) / phases
	box := segments.Bounds()
	left, top := box.Min.X.Floor(), box.Min.Y.Floor()
	width, height := box.Max.X.Ceil()+1-left, box.Max.Y.Ceil()-top
	ras := vector.NewRasterizer(width, height)
	dx, dy := shift-float32(left), -float32(top)
	at := func(p fixed.Point26_6) (x, y float32) { return float32(p.X)/64 + dx, float32(p.Y)/64 + dy }
	for _, s := range segments {
		x0, y0 := at(s.Args[0])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			ras.MoveTo(x0, y0)
		case sfnt.SegmentOpLineTo:
			ras.LineTo(x0, y0)
		case sfnt.SegmentOpQuadTo:
			x1, y1 := at(s.Args[1])
			ras.QuadTo(x0, y0, x1, y1)
		case sfnt.SegmentOpCubeTo:
			x1, y1 := at(s.Args[1])
			x2, y2 := at(s.Args[2])
			ras.CubeTo(x0, y0, x1, y1, x2, y2)
		}
	}
	alpha := image.NewAlpha(image.Rect(0, 0, width, height))
	ras.Draw(alpha, alpha.Bounds(), image.Opaque, image.Point{})
	return mask{alpha: alpha, origin: image.Pt(-left, -top)}
}

// foreignText is a rare character (a name beyond 通用规范汉字表) as Fyne draws it
// from the fonts of the system.
func foreignText(r rune, size float32, bold bool) *canvas.Text {
	t := canvas.NewText(string(r), color.Black)
	t.TextSize, t.TextStyle.Bold = size, bold
	return t
}

// drawForeign takes the mask of a rare character from Fyne's painter. It costs
// milliseconds, once for each.
func drawForeign(key maskKey) mask {
	if fyne.CurrentApp() == nil {
		return mask{}
	}
	t := foreignText(key.char, float32(key.size)/4, key.bold)
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetContent(t)
	c.Resize(t.MinSize())
	shot := c.Capture()
	alpha := image.NewAlpha(shot.Bounds())
	draw.Draw(alpha, alpha.Bounds(), shot, shot.Bounds().Min, draw.Src)
	baseline := float64(t.MinSize().Height) * ascent / (ascent + descent)
	return mask{alpha: alpha, origin: image.Pt(0, int(math.Round(baseline)))}
}

// ascent and descent are the faces' line metrics in em.
const (
	ascent  = 1.160
	descent = 0.288
)
