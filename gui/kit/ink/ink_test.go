package ink

import (
	"image"
	"image/color"
	"testing"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"xiangzhen/gui/look"
)

// inked counts the pixels of r that are not white.
func inked(s *Sheet, r image.Rectangle) int {
	n := 0
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if s.img.RGBAAt(x, y) != (color.RGBA{0xFF, 0xFF, 0xFF, 0xFF}) {
				n++
			}
		}
	}
	return n
}

// paper makes a white sheet of w × h units.
func paper(w, h int, scale float32) *Sheet {
	s := NewSheet(int(float32(w)*scale), int(float32(h)*scale), scale)
	s.glyphs = NewGlyphs()
	s.Fill(Rect{W: float32(w), H: float32(h)}, look.Paper)
	return s
}

func TestWidth_AgreesWithFyne(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.Theme{})
	g := NewGlyphs()
	for _, bold := range []bool{false, true} {
		for _, words := range []string{"饮水安全巩固提升", "甲镇：改造管网 5 公里", "2026-11-30", "DN90 管材未到", "100%"} {
			want := fyne.MeasureText(words, 14, fyne.TextStyle{Bold: bold}).Width
			if got := g.Width(words, 14, bold); got < want-1.5 || got > want+1.5 {
				t.Errorf("%s (bold %v): %.2f, Fyne says %.2f", words, bold, got, want)
			}
		}
	}
}

func TestWidth_FiguresAreTabular(t *testing.T) {
	g := NewGlyphs()
	for _, bold := range []bool{false, true} {
		want := g.Width("0", 1000, bold)
		for r := '1'; r <= '9'; r++ {
			if got := g.Width(string(r), 1000, bold); got != want {
				t.Errorf("%c is %v wide, 0 is %v", r, got, want)
			}
		}
	}
}

func TestCut_FitsAndSplitsNothing(t *testing.T) {
	g := NewGlyphs()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringOf(rapid.SampledFrom([]rune("甲一村 5公里，Wi1\n\t"))).Draw(t, "words")
		width := float32(rapid.IntRange(0, 200).Draw(t, "width"))
		n, taken := g.Cut(words, width, 13.5, false)
		if taken > width || !utf8.ValidString(words[:n]) {
			t.Fatalf("cut %q at %d, %v of %v", words, n, taken, width)
		}
		if d := g.Width(words[:n], 13.5, false) - taken; d > 0.01 || d < -0.01 {
			t.Fatalf("%q takes %v, said %v", words[:n], g.Width(words[:n], 13.5, false), taken)
		}
		if n < len(words) {
			_, size := utf8.DecodeRuneInString(words[n:])
			if g.Width(words[:n+size], 13.5, false) <= width-0.01 {
				t.Fatalf("%q was cut at %d though more fits", words, n)
			}
		}
	})
}

func TestText_StaysWithinItsWidth(t *testing.T) {
	s := paper(200, 30, 1)
	text := Text{Words: "水池清淤、管网 1.5 公里改造提升工程", Size: 13.5, Color: look.Ink}
	if taken := s.Text(text, 10, 15, 80); taken > 80 {
		t.Errorf("took %v of 80", taken)
	}
	if n := inked(s, image.Rect(92, 0, 200, 30)); n > 0 {
		t.Errorf("%d pixels beyond the width", n)
	}
	if n := inked(s, image.Rect(0, 0, 10, 30)); n > 0 {
		t.Errorf("%d pixels before the start", n)
	}
	if taken := s.Text(text, 10, 15, 5); taken != 0 {
		t.Errorf("drew %v where not even … has room", taken)
	}
}

func TestText_StandsInTheMiddle(t *testing.T) {
	s := paper(100, 30, 1)
	s.Text(Text{Words: "国国国", Size: 14, Color: look.Ink}, 5, 15, 90)
	top, bottom := inked(s, image.Rect(0, 0, 100, 15)), inked(s, image.Rect(0, 15, 100, 30))
	if d := float64(top) / float64(bottom); d < 0.8 || d > 1.25 {
		t.Errorf("%d pixels above the middle, %d below", top, bottom)
	}
}

func TestText_RightEndsAtTheRight(t *testing.T) {
	s := paper(100, 30, 1)
	s.TextRight(Text{Words: "118", Size: 13.5, Color: look.Ink}, 90, 15, 80)
	if inked(s, image.Rect(91, 0, 100, 30)) > 0 || inked(s, image.Rect(82, 0, 90, 30)) == 0 {
		t.Error("the last figure does not end at the right")
	}
}

func TestGlyphs_DrawnOnce(t *testing.T) {
	s := paper(400, 100, 1.25)
	text := Text{Words: "饮水安全巩固提升 2026-11-30", Size: 13.5, Color: look.Ink}
	s.Text(text, 10, 20, 300)
	fresh := s.glyphs.fresh
	if fresh == 0 {
		t.Fatal("nothing drawn")
	}
	for y := range 10 {
		s.Text(text, 10, 20+float32(y), 300)
	}
	if s.glyphs.fresh != fresh {
		t.Errorf("%d masks drawn again", s.glyphs.fresh-fresh)
	}
	for x := range 100 {
		s.Text(Text{Words: "村", Size: 13.5, Color: look.Ink}, float32(x)*0.37, 50, 30)
	}
	if n := s.glyphs.fresh - fresh; n > phases {
		t.Errorf("one character in %d drawings, want at most %d", n, phases)
	}
}

func TestGlyphs_FullCacheIsEmptied(t *testing.T) {
	g := NewGlyphs()
	for i := range maxMasks {
		g.masks[maskKey{char: rune(i), size: 1}] = mask{}
	}
	if g.mask(maskKey{char: '村', size: 56}); len(g.masks) != 1 {
		t.Errorf("%d masks", len(g.masks))
	}
}

// TestGlyphs_RareCharacter is one beyond the embedded faces: Fyne draws it from
// the system's, here with its own sign for a missing one.
func TestGlyphs_RareCharacter(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(look.Theme{})
	s := paper(60, 30, 1)
	if w := s.Text(Text{Words: "\U0002A6A5", Size: 14, Color: look.Ink}, 5, 15, 50); w < 5 || w > 30 {
		t.Errorf("takes %v", w)
	}
	if inked(s, s.img.Rect) == 0 {
		t.Error("a rare character is drawn as nothing")
	}
}

func TestText_ControlCharactersTakeNoRoom(t *testing.T) {
	g := NewGlyphs()
	if a, b := g.Width("一\n二", 14, false), g.Width("一二", 14, false); a != b {
		t.Errorf("with a line break %v, without %v", a, b)
	}
}

func TestClip_HoldsEverything(t *testing.T) {
	s := paper(100, 40, 1)
	c := s.Clip(Rect{X: 20, Y: 10, W: 40, H: 20})
	c.Text(Text{Words: "饮水安全巩固提升饮水安全", Size: 14, Color: look.Ink}, 0, 12, 100)
	c.Fill(Rect{X: 50, Y: 0, W: 50, H: 40}, look.Accent)
	c.Mark(look.MarkOverdue, 20, 20, 14, look.Overdue)
	c.Round(Rect{X: 0, Y: 0, W: 100, H: 14}, 6, look.Fine)
	c.Frame(Rect{X: 0, Y: 0, W: 100, H: 40}, 2, look.Ink)
	all, inside := inked(s, s.img.Rect), inked(s, image.Rect(20, 10, 60, 30))
	if all != inside || inside == 0 {
		t.Errorf("%d pixels, %d inside the clip", all, inside)
	}
	empty := s.Clip(Rect{X: 300, Y: 300, W: 10, H: 10})
	empty.Fill(Rect{W: 100, H: 40}, look.Ink) // must not fail
}

func TestMarks_DifferInShape(t *testing.T) {
	seen := map[string]look.Mark{}
	for _, m := range []look.Mark{look.MarkOverdue, look.MarkBelow, look.MarkSoon, look.MarkFine, look.MarkDone, look.MarkWaiting} {
		s := paper(30, 30, 2)
		s.Mark(m, 15, 15, 11, look.Ink)
		drawn := string(s.img.Pix)
		if other, ok := seen[drawn]; ok || inked(s, s.img.Rect) == 0 {
			t.Errorf("mark %d is drawn like mark %d or not at all", m, other)
		}
		seen[drawn] = m
	}
	s := paper(30, 30, 1)
	if s.Mark(look.MarkNone, 15, 15, 11, look.Ink); inked(s, s.img.Rect) != 0 {
		t.Error("no mark is drawn")
	}
}

func TestBar_FillsItsShare(t *testing.T) {
	for share, want := range map[float32]int{0: 0, 0.5: 50, 1: 100, 1.7: 100} {
		s := paper(100, 10, 1)
		s.Bar(Rect{W: 100, H: 10}, share, look.Bar)
		got := 0
		for x := range 100 {
			if c := s.img.RGBAAt(x, 5); c.R == look.Bar.R && c.B == look.Bar.B {
				got++
			}
		}
		if got < want-2 || got > want+1 {
			t.Errorf("share %v fills %d, want %d", share, got, want)
		}
	}
}

func TestFits(t *testing.T) {
	var none *Sheet
	if none.Fits(10, 10, 1) {
		t.Error("no sheet fits nothing")
	}
	s := NewSheet(10, 20, 1.25)
	if !s.Fits(10, 20, 1.25) || s.Fits(10, 20, 1) || s.Fits(11, 20, 1.25) {
		t.Error("Fits compares wrongly")
	}
}

func BenchmarkPage(b *testing.B) {
	s := NewSheet(1366, 736, 1)
	text := Text{Words: "水池清淤、管网 1.5 公里", Size: 13.5, Color: look.Ink}
	for b.Loop() {
		s.Fill(Rect{W: 1366, H: 736}, look.Paper)
		for row := range 25 {
			for col := range 10 {
				s.Text(text, float32(col)*136, float32(row)*29+15, 130)
			}
		}
	}
}
