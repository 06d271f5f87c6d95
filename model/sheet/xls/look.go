package xls

import (
	"fmt"
	"strings"
)

// Look is what of a style a copy of the table keeps. Only BIFF8 files tell.
type Look struct {
	Bold, Wrap, Border bool
	Align              Align
	Fill               string // RRGGBB, "" = none
}

// Align is a horizontal alignment.
type Align uint8

// The alignments, by their numbers in the file. Others are left to the value.
const (
	AlignAuto Align = iota
	AlignLeft
	AlignCenter
	AlignRight
)

// Width is the width of columns in characters.
type Width struct {
	C1, C2 int
	Chars  float64
}

// xfRecord is how long a style is in BIFF8, and where its parts stand.
const (
	xfRecord   = 20
	xfAlign    = 6
	xfBorders  = 10
	xfPattern  = 14
	xfColours  = 18
	boldWeight = 600
	firstOwn   = 8  // the first colour of the palette
	solid      = 1  // pattern
	noFont     = 4  // is left out: font 5 is the fifth there is
	automatic  = 64 // and up: the colours of the window
)

// xf is a style as it stands in the file.
type xf struct {
	format, font int
	look         Look
	fill         int // colour, 0 = none
}

func (p *parser) xf(rec record) xf {
	x := xf{format: rec.u16(2), font: rec.u16(0)}
	if !p.biff8 || len(rec.body) < xfRecord {
		return x
	}
	align := rec.body[xfAlign]
	x.look.Align, x.look.Wrap = Align(align&7), align&8 != 0
	if x.look.Align > AlignRight {
		x.look.Align = AlignAuto
	}
	x.look.Border = rec.u16(xfBorders) != 0
	if rec.u32(xfPattern)>>26 == solid {
		if colour := rec.u16(xfColours) & 0x7F; colour >= firstOwn && colour < automatic {
			x.fill = colour
		}
	}
	return x
}

// lookOf settles a style once all fonts and colours are known.
func (p *parser) lookOf(x xf) Look {
	look := x.look
	font := x.font
	if font > noFont {
		font--
	}
	look.Bold = font >= 0 && font < len(p.bold) && p.bold[font]
	if x.fill > 0 {
		look.Fill = p.colour(x.fill - firstOwn)
	}
	return look
}

func (p *parser) colour(i int) string {
	if i < len(p.palette) {
		return p.palette[i]
	}
	return defaultPalette[i]
}

// takePalette reads the colours of the workbook's own: a count, then red, green,
// blue and a zero each.
func (p *parser) takePalette(rec record) {
	p.palette = nil
	for at := 2; at+4 <= len(rec.body) && len(p.palette) < len(defaultPalette); at += 4 {
		p.palette = append(p.palette, fmt.Sprintf("%02X%02X%02X", rec.body[at], rec.body[at+1], rec.body[at+2]))
	}
}

// defaultPalette are the colours 8 to 63 of a workbook without its own ([MS-XLS] 2.5.161).
var defaultPalette = strings.Fields(`000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF
	800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF
	000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99
	3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333`)
