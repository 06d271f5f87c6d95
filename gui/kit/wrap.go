package kit

import (
	"image/color"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

// neverFirst are the signs that do not begin a line.
const neverFirst = "，。、；：？！”’）》〕】%"

// neverLast are the signs that do not end one.
const neverLast = "“‘（《〔【"

// WrapText breaks words into lines no wider than width, between any two
// characters as Chinese is set, but not before closing punctuation or behind opening,
// and not within a number or a Latin word. A given line break is kept. There is always at least one
// line.
func WrapText(words string, size float32, bold bool, width float32) []string {
	style := fyne.TextStyle{Bold: bold}
	var lines []string
	line := ""
	for _, r := range words {
		if r == '\n' {
			lines, line = append(lines, line), ""
		}
		if r < ' ' {
			continue
		}
		for line != "" && fyne.MeasureText(line+string(r), size, style).Width > width {
			at := breakOf(line, r)
			if at == 0 {
				break
			}
			lines, line = append(lines, line[:at]), line[at:]
		}
		line += string(r)
	}
	return append(lines, line)
}

// breakOf is where a full line is broken (a byte of it) so that what cannot be parted
// from the next character goes with it. Where there is no such place, a word is parted
// at the end of the line, and a sign hangs over it: 0.
func breakOf(line string, next rune) int {
	at, end := len(line), len(line)
	if strings.ContainsRune(neverFirst, next) {
		end = 0
	}
	for at > 0 {
		r, n := utf8.DecodeLastRuneInString(line[:at])
		if !strings.ContainsRune(neverFirst, next) && !strings.ContainsRune(neverLast, r) && !(inWord(r) && inWord(next)) {
			return at
		}
		at, next = at-n, r
	}
	return end
}

// inWord reports whether a character belongs to a number, a time of day or a Latin word.
func inWord(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(".-,:", r))
}

// Para is text that wraps to the width it is given, at most so many lines of it,
// the last cut with …. Ask HeightFor before placing it.
type Para struct {
	widget.BaseWidget
	words  string
	like   *canvas.Text
	most   int
	lines  []*canvas.Text
	width  float32
	placed bool // the lines stand on screen at width

	// Centred sets each line in the middle.
	Centred bool
}

// NewPara makes wrapped text of at most the given number of lines, 0 for any.
func NewPara(words string, size float32, c color.Color, bold bool, most int) *Para {
	p := &Para{words: words, like: newText("", size, c, bold), most: most}
	p.ExtendBaseWidget(p)
	return p
}

// SetText changes the words.
func (p *Para) SetText(words string) {
	if words != p.words {
		p.words, p.lines = words, nil
		p.wrap(p.width)
		p.Refresh()
	}
}

// Text returns the words, however they are wrapped.
func (p *Para) Text() string { return p.words }

// SetTone changes the colour.
func (p *Para) SetTone(t look.Tone) {
	p.like.Color = t.Text()
	for _, l := range p.lines {
		l.Color = p.like.Color
	}
	p.Refresh()
}

// HeightFor is the height the text takes in the given width. Lines that are on
// screen stay as they are: a layout may ask for another width than it gives.
func (p *Para) HeightFor(width float32) float32 {
	if p.placed && width != p.width {
		return float32(len(p.wrapped(width))) * p.lineHeight()
	}
	p.wrap(width)
	return float32(len(p.lines)) * p.lineHeight()
}

func (p *Para) lineHeight() float32 {
	return fyne.MeasureText("国", p.like.TextSize, p.like.TextStyle).Height
}

// wrap makes the lines for a width.
func (p *Para) wrap(width float32) {
	if p.lines != nil && width == p.width {
		return
	}
	p.width, p.lines = width, nil
	for _, l := range p.wrapped(width) {
		p.lines = append(p.lines, newText(l, p.like.TextSize, p.like.Color, p.like.TextStyle.Bold))
	}
}

// wrapped breaks the text into the lines that are shown in a width.
func (p *Para) wrapped(width float32) []string {
	lines := WrapText(p.words, p.like.TextSize, p.like.TextStyle.Bold, max(width, p.like.TextSize*4))
	if p.most > 0 && len(lines) > p.most {
		rest := strings.Join(lines[p.most-1:], "")
		lines = append(lines[:p.most-1], cutText(rest, width, p.like))
	}
	return lines
}

// CreateRenderer shows the lines.
func (p *Para) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		List: p.objects, Arrange: p.arrange,
		Min: func() fyne.Size {
			return fyne.NewSize(p.like.TextSize*4, p.HeightFor(p.width))
		},
		Update: func() { p.arrange(p.Size()) },
	}
}

func (p *Para) objects() []fyne.CanvasObject {
	objs := make([]fyne.CanvasObject, len(p.lines))
	for i, l := range p.lines {
		objs[i] = l
	}
	return objs
}

func (p *Para) arrange(s fyne.Size) {
	p.wrap(s.Width)
	p.placed = true
	for i, l := range p.lines {
		x := float32(0)
		if p.Centred {
			x = (s.Width - l.MinSize().Width) / 2
		}
		l.Move(fyne.NewPos(x, float32(i)*p.lineHeight()))
	}
}
