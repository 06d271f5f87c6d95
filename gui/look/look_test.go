package look_test

import (
	"bufio"
	"image/color"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"golang.org/x/image/font/sfnt"

	"xiangzhen/assets/fonts"
	"xiangzhen/gui/look"
)

// symbols are the marks and punctuation of the interface and of the forms.
const symbols = "0123456789ABCXYZabcxyz .,:;-/%()[]<>≥≤×÷±～—…·，。、；：？！“”‘’（）《》〔〕【】〇①②③④⑤⑥⑦⑧⑨⑩■□●○◆◇▲△★☆→←↑↓√㎡"

// readChars reads the characters that the faces must hold: every Han character
// of the list (blocks of symbols are listed whole there, gaps included) and the
// symbols above.
func readChars(t *testing.T) []rune {
	t.Helper()
	f, err := os.Open("testdata/chars.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	chars := []rune(symbols)
	for sc := bufio.NewScanner(f); sc.Scan(); {
		hex, ok := strings.CutPrefix(sc.Text(), "U+")
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(hex, 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		if unicode.Is(unicode.Han, rune(n)) {
			chars = append(chars, rune(n))
		}
	}
	return chars
}

func TestFonts_HoldEveryCharacter(t *testing.T) {
	chars := readChars(t)
	if len(chars) < 8105 {
		t.Fatalf("list has %d characters, want at least 8105", len(chars))
	}
	for name, data := range map[string][]byte{"regular": fonts.Regular, "bold": fonts.Bold} {
		face, err := sfnt.Parse(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var buf sfnt.Buffer
		for _, r := range chars {
			g, err := face.GlyphIndex(&buf, r)
			if err != nil {
				t.Fatal(err)
			}
			if g == 0 {
				t.Errorf("%s: no glyph for %c U+%04X", name, r, r)
			}
		}
	}
}

// Ours stand in for Fyne's own faces: what those could draw, ours must draw as well.
// Its slanted face, which we leave alone, has the characters of the upright ones.
func TestFonts_HoldWhatFynesOwnHold(t *testing.T) {
	fynes, err := sfnt.Parse(theme.DefaultTextItalicFont().Content())
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"regular": fonts.Regular, "bold": fonts.Bold} {
		ours, err := sfnt.Parse(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var buf sfnt.Buffer
		compared := 0
		for r := ' '; r <= 0x1FFFF; r++ {
			if g, err := fynes.GlyphIndex(&buf, r); err != nil || g == 0 {
				continue
			}
			compared++
			if g, err := ours.GlyphIndex(&buf, r); err != nil || g == 0 {
				t.Errorf("%s: no glyph for %q U+%04X, %v", name, r, r, err)
			}
		}
		if compared < 2000 {
			t.Errorf("%s: only %d characters compared", name, compared)
		}
	}
}

func TestTheme_FacesAndLight(t *testing.T) {
	th := look.Theme{}
	regular, bold := th.Font(fyne.TextStyle{}), th.Font(fyne.TextStyle{Bold: true})
	if regular.Name() == bold.Name() {
		t.Error("bold is the regular face")
	}
	for _, s := range []fyne.TextStyle{{Italic: true}, {Monospace: true}} {
		if th.Font(s).Name() != regular.Name() {
			t.Errorf("%+v parses one more face", s)
		}
	}
	dark := th.Color(theme.ColorNameBackground, theme.VariantDark)
	if dark != th.Color(theme.ColorNameBackground, theme.VariantLight) || dark != color.Color(look.Page) {
		t.Errorf("dark variant gives %v", dark)
	}
	for _, n := range []fyne.ThemeColorName{theme.ColorNameForeground, theme.ColorNameShadow, theme.ColorNameInnerWindowBorder} {
		if th.Color(n, theme.VariantDark) != th.Color(n, theme.VariantLight) {
			t.Errorf("%s follows the system's dark variant", n)
		}
	}
}

func TestTheme_ScaleEnlargesTextOnly(t *testing.T) {
	normal, huge := look.Theme{}, look.Theme{Scale: look.ScaleHuge}
	if got, want := huge.Size(theme.SizeNameText), look.TextBody*1.3; got != want {
		t.Errorf("text = %v, want %v", got, want)
	}
	if huge.Size(theme.SizeNamePadding) != normal.Size(theme.SizeNamePadding) {
		t.Error("padding grew")
	}
}

// TestColours_Readable holds CLERK 24: text is at least 4.5:1 on paper, and hardly
// less on every wash that it can stand on.
func TestColours_Readable(t *testing.T) {
	inks := map[string]color.NRGBA{"ink": look.Ink, "second": look.Second, "accent": look.Accent,
		"overdue": look.OverdueText, "soon": look.SoonText, "fine": look.Fine}
	grounds := map[string]color.NRGBA{"paper": look.Paper, "page": look.Page, "selected": look.Selected,
		"added": look.Added, "changed": look.Changed, "conflict": look.Conflict, "wash": look.AccentWash}
	for in, ink := range inks {
		for gn, ground := range grounds {
			floor := 4.1
			if gn == "paper" {
				floor = 4.5
			}
			if c := contrast(ink, ground); c < floor {
				t.Errorf("%s on %s: %.2f:1", in, gn, c)
			}
		}
	}
}

// contrast is the ratio of WCAG 2.
func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	lin := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}

func TestIcons_EachDrawsSomethingInItsColour(t *testing.T) {
	test.NewTempApp(t)
	for _, i := range look.Icons() {
		img := canvas.NewImageFromResource(i.Resource(look.Accent))
		img.SetMinSize(fyne.NewSize(24, 24))
		w := test.NewTempWindow(t, img)
		w.SetPadded(false)
		shot := w.Canvas().Capture()
		b, inked := shot.Bounds(), 0
		for y := range b.Dy() {
			for x := range b.Dx() {
				if r, g, _, _ := shot.At(x, y).RGBA(); r>>8 > 0x90 && g>>8 < 0x60 {
					inked++
				}
			}
		}
		if inked < 8 {
			t.Errorf("%s: %d accent pixels", i, inked)
		}
	}
}

func TestSpeakChinese_WhateverTheSystemSpeaks(t *testing.T) {
	test.NewTempApp(t)
	if err := look.SpeakChinese(); err != nil {
		t.Fatal(err)
	}
	for in, want := range map[string]string{"Cancel": "取消", "OK": "确定", "Copy": "复制", "Select all": "全选", "Quit": "退出"} {
		if got := lang.L(in); got != want {
			t.Errorf("%s = %s, want %s", in, got, want)
		}
	}
}

func TestMark_ToneTellsTheSame(t *testing.T) {
	for m, want := range map[look.Mark]look.Tone{
		look.MarkNone: look.TonePlain, look.MarkOverdue: look.ToneOverdue, look.MarkBelow: look.ToneOverdue,
		look.MarkSoon: look.ToneSoon, look.MarkFine: look.ToneFine, look.MarkDone: look.ToneQuiet, look.MarkWaiting: look.ToneQuiet,
	} {
		if got := m.Tone(); got != want {
			t.Errorf("mark %d has tone %d, want %d", m, got, want)
		}
	}
	if look.ToneQuiet.Text() == look.ToneQuiet.Mark() {
		t.Error("faint is for marks, never for text")
	}
}
