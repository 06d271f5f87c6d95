package word

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

// Document is a paper: its title, a line under it (为谁、何时), and what follows.
type Document struct {
	Title    string
	Subtitle string
	Blocks   []Block
	At       time.Time // when it was made, in its properties
}

// Block is a Heading, a Text or a Table.
type Block interface{ write(*body) }

// Heading is a heading of level 1 (一、黑体) or 2 (（一）楷体). The number is part of
// the words.
type Heading struct {
	Level int
	Words string
}

// Align is where the lines of a text begin.
type Align int

// The alignments.
const (
	Indented Align = iota // two characters in: running text
	Left
	Centered
	Right // 落款、日期
)

// Text is a paragraph. Line breaks in Words begin paragraphs of their own.
type Text struct {
	Words string
	Align Align
	Bold  bool
}

// Table is a table with lines around every cell. Widths are shares of the width of
// the text; Rows have as many cells as there are widths, counting spans.
type Table struct {
	Widths []int
	Head   int // rows that are repeated on every page
	Rows   [][]Cell
}

// Cell is a cell of a table.
type Cell struct {
	Words string
	Span  int // columns it covers; 0 is 1
	Label bool
	// Tall is the least height in lines, for what is written in by hand.
	Tall int
}

// The measures of GB/T 9704, in twentieths of a point.
const (
	pageWidth, pageHeight     = 11906, 16838 // A4
	marginTop, marginBottom   = 2098, 1985   // 37 and 35 mm
	marginLeft, marginRight   = 1588, 1474   // 28 and 26 mm
	textWidth                 = pageWidth - marginLeft - marginRight
	lineHeight, cellLine      = 560, 400
	titleSize, textSize       = 44, 32 // half points
	cellSize, subtitleSize    = 24, 32
	fontTitle, fontText       = "方正小标宋简体", "仿宋_GB2312"
	fontHeading, fontHeading2 = "黑体", "楷体_GB2312"
)

// Encode writes the document as .docx.
func Encode(w io.Writer, d Document) error {
	var b body
	b.paragraph(look{font: fontTitle, size: titleSize, align: Centered, line: 640}, d.Title)
	if d.Subtitle != "" {
		b.paragraph(look{font: fontHeading2, size: subtitleSize, align: Centered, line: lineHeight}, d.Subtitle)
	}
	b.paragraph(look{font: fontText, size: textSize, align: Left, line: lineHeight}, "")
	for _, block := range d.Blocks {
		block.write(&b)
	}
	z := zip.NewWriter(w)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRels},
		{"docProps/core.xml", core(d)},
		{"word/_rels/document.xml.rels", documentRels},
		{"word/styles.xml", styles},
		{"word/footer1.xml", footer},
		{"word/document.xml", documentHead + b.text.String() + section},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate})
		if err != nil {
			return err
		}
		if _, err := io.WriteString(f, part.text); err != nil {
			return err
		}
	}
	return z.Close()
}

func core(d Document) string {
	at := d.At.UTC().Format(time.RFC3339)
	return fmt.Sprintf(corePart, escape(d.Title), at, at)
}

// body gathers the paragraphs of the document.
type body struct{ text strings.Builder }

// look is how a paragraph is set.
type look struct {
	font       string
	size, line int // half points; twentieths of a point
	align      Align
	bold       bool
}

var alignments = map[Align]string{Left: "left", Centered: "center", Right: "right", Indented: "both"}

// paragraph writes one paragraph; a tab or a line break within is kept as a blank.
func (b *body) paragraph(l look, words string) {
	indent := ""
	if l.align == Indented {
		indent = `<w:ind w:firstLineChars="200" w:firstLine="640"/>`
	}
	bold := ""
	if l.bold {
		bold = "<w:b/>"
	}
	run := fmt.Sprintf(`<w:rPr><w:rFonts w:ascii="%[1]s" w:eastAsia="%[1]s" w:hAnsi="%[1]s" w:cs="%[1]s"/>%[2]s<w:sz w:val="%[3]d"/><w:szCs w:val="%[3]d"/></w:rPr>`,
		l.font, bold, l.size)
	fmt.Fprintf(&b.text, `<w:p><w:pPr><w:spacing w:line="%d" w:lineRule="exact"/>%s<w:jc w:val="%s"/>%s</w:pPr>`, l.line, indent, alignments[l.align], run)
	if words != "" {
		fmt.Fprintf(&b.text, `<w:r>%s<w:t xml:space="preserve">%s</w:t></w:r>`, run, escape(words))
	}
	b.text.WriteString("</w:p>")
}

func (h Heading) write(b *body) {
	font := fontHeading
	if h.Level > 1 {
		font = fontHeading2
	}
	b.paragraph(look{font: font, size: textSize, align: Indented, line: lineHeight}, h.Words)
}

func (t Text) write(b *body) {
	for words := range strings.SplitSeq(t.Words, "\n") {
		b.paragraph(look{font: fontText, size: textSize, align: t.Align, bold: t.Bold, line: lineHeight}, strings.TrimRight(words, "\r"))
	}
}

func (t Table) write(b *body) {
	widths := t.measures()
	b.text.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="` + fmt.Sprint(textWidth) + `" w:type="dxa"/>` + borders + `<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, width := range widths {
		fmt.Fprintf(&b.text, `<w:gridCol w:w="%d"/>`, width)
	}
	b.text.WriteString("</w:tblGrid>")
	for i, row := range t.Rows {
		t.writeRow(b, row, i < t.Head, widths)
	}
	b.text.WriteString("</w:tbl>")
}

// measures shares the width of the text out.
func (t Table) measures() []int {
	sum := 0
	for _, share := range t.Widths {
		sum += share
	}
	out, left := make([]int, len(t.Widths)), textWidth
	for i, share := range t.Widths {
		out[i] = textWidth * share / max(sum, 1)
		left -= out[i]
	}
	if len(out) > 0 {
		out[len(out)-1] += left
	}
	return out
}

func (t Table) writeRow(b *body, row []Cell, head bool, widths []int) {
	tall := 1
	for _, c := range row {
		tall = max(tall, c.Tall)
	}
	fmt.Fprintf(&b.text, `<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="%d" w:hRule="atLeast"/>`, cellLine*tall+120)
	if head {
		b.text.WriteString("<w:tblHeader/>")
	}
	b.text.WriteString("</w:trPr>")
	at := 0
	for _, c := range row {
		span, width := max(c.Span, 1), 0
		for ; span > 0 && at < len(widths); span-- {
			width += widths[at]
			at++
		}
		c.write(b, width, head)
	}
	b.text.WriteString("</w:tr>")
}

func (c Cell) write(b *body, width int, head bool) {
	fmt.Fprintf(&b.text, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, width)
	if c.Span > 1 {
		fmt.Fprintf(&b.text, `<w:gridSpan w:val="%d"/>`, c.Span)
	}
	b.text.WriteString(`<w:vAlign w:val="center"/></w:tcPr>`)
	l := look{font: fontText, size: cellSize, align: Left, line: cellLine}
	if c.Label || head {
		l.font, l.align = fontHeading, Centered
	} else if utf8.RuneCountInString(c.Words) <= shortCell && !strings.Contains(c.Words, "\n") {
		l.align = Centered
	}
	for words := range strings.SplitSeq(c.Words, "\n") {
		b.paragraph(l, strings.TrimRight(words, "\r"))
	}
	b.text.WriteString("</w:tc>")
}

// shortCell is how many characters stand in the middle of their cell.
const shortCell = 8

// escape makes words fit for XML: what XML cannot hold (control characters) is left out.
func escape(words string) string {
	var out strings.Builder
	for _, r := range words {
		switch {
		case r == '&':
			out.WriteString("&amp;")
		case r == '<':
			out.WriteString("&lt;")
		case r == '>':
			out.WriteString("&gt;")
		case r == '"':
			out.WriteString("&quot;")
		case r == '\t' || r == '\n' || r == '\r':
			out.WriteByte(' ')
		case r < ' ' || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError:
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
