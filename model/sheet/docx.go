package sheet

import (
	"fmt"
	"slices"
	"strings"
)

// docxReader reads the tables of a Word document. Each table becomes a sheet of
// its own: the lines that announce it stand above it as title rows, the lines
// right below it, notes and signatures, behind it.
type docxReader struct {
	*zipPackage
	odd    oddities
	tables []*docxTable // open ones, the outermost first
	deeper int          // tables open beyond maxNesting
	text   textFlow     // of the paragraph at hand outside tables
	lines  []docxLine   // paragraphs outside tables since the last table
	done   []docxPart
	skip   docxSkip
	run    docxRun

	revised, boxes bool
}

// docxLine is a paragraph outside tables; an empty one parts what belongs together.
type docxLine struct{ text string }

// docxPart is an outermost table with the paragraphs above it.
type docxPart struct {
	block
	widths []int // of the grid's columns
	above  []docxLine
}

// docxSkip says inside which element nothing is read, and how deep in it.
type docxSkip struct {
	name  string
	depth int
}

// docxRun is the state of the run of text at hand.
type docxRun struct {
	inText, hidden, props bool
	holder                []bool // by open content control: it shows only its hint
}

// docxSkipped are the elements whose text is not part of the tables as people read
// them: what a revision moved away, formats of before it, the second writing of a
// drawing, and text boxes, which no cell holds.
var docxSkipped = map[string]bool{"moveFrom": true, "rPrChange": true, "tblPrChange": true, "trPrChange": true, "tcPrChange": true,
	"tblGridChange": true, "Fallback": true, "txbxContent": true}

func readDOCX(src *source) (*Book, error) {
	pkg, err := openPackage(src)
	if err != nil {
		return nil, err
	}
	d := &docxReader{zipPackage: pkg}
	if err := d.read(); err != nil {
		return nil, d.explain(err)
	}
	if len(d.book.Sheets) == 0 {
		return nil, src.refused(DOCX)
	}
	return d.book, nil
}

func (d *docxReader) read() error {
	document := "word/document.xml"
	if main := d.mainPart(); main != "" {
		document = main
	}
	if err := d.scan(document, d.take); err != nil {
		return err
	}
	d.endParagraph()
	if err := d.readProperties(); err != nil {
		return err
	}
	d.finish()
	return nil
}

func (d *docxReader) take(s *xmlScanner) error {
	switch {
	case d.skip.name != "":
		d.skip.follow(s)
	case s.kind == tokenText:
		d.takeText(string(s.text))
	case s.kind == tokenStart && docxSkipped[string(s.name)]:
		d.startSkip(s)
	case s.kind == tokenStart:
		return d.start(s)
	default:
		return d.end(string(s.name))
	}
	return nil
}

// follow counts the elements of the same name so that the right end ends it.
func (k *docxSkip) follow(s *xmlScanner) {
	switch {
	case s.is(k.name) && !s.selfClose:
		k.depth++
	case s.ends(k.name):
		if k.depth--; k.depth == 0 {
			k.name = ""
		}
	}
}

func (d *docxReader) startSkip(s *xmlScanner) {
	name := string(s.name)
	d.revised = d.revised || name == "moveFrom"
	d.boxes = d.boxes || name == "txbxContent"
	if !s.selfClose {
		d.skip = docxSkip{name, 1}
	}
}

func (d *docxReader) start(s *xmlScanner) error {
	switch string(s.name) {
	case "tbl":
		return d.startTable()
	case "r":
		d.run.hidden, d.run.inText = false, false
	case "t":
		d.run.inText = !s.selfClose
	case "rPr":
		d.run.props = !s.selfClose
	case "vanish":
		d.run.hidden = d.run.hidden || d.run.props && docxOn(s)
	case "sdt":
		d.run.holder = append(d.run.holder, false)
	case "showingPlcHdr":
		if n := len(d.run.holder); n > 0 && docxOn(s) {
			d.run.holder[n-1] = true
		}
	case "tab", "ptab":
		d.write(" ")
	case "br", "cr":
		d.newLine()
	case "noBreakHyphen":
		d.write("-")
	case "sym":
		d.write(docxSymbol(s))
	case "delText":
		d.revised = true
	}
	return d.startInTable(s)
}

func (d *docxReader) end(name string) error {
	switch name {
	case "tbl":
		return d.endTable()
	case "t":
		d.run.inText = false
	case "rPr":
		d.run.props = false
	case "sdt":
		d.run.holder = d.run.holder[:max(0, len(d.run.holder)-1)]
	case "p":
		d.endParagraph()
	case "tr":
		if t := d.innermost(); t != nil && d.deeper == 0 {
			return d.endRow(t)
		}
	case "tc":
		if t := d.innermost(); t != nil && d.deeper == 0 {
			return d.endCell(t)
		}
	}
	return nil
}

// docxOn reports whether a property without a value, or with one, is set.
func docxOn(s *xmlScanner) bool {
	v, given := s.attr("val")
	return !given || isTrue([]byte(v))
}

// docxSymbols are the ticks of the fonts that Word draws them with, by the last
// byte of the character. What is not known here shows as a box.
var docxSymbols = map[string]map[string]string{
	"Wingdings":   {"FC": "√", "FE": "√", "FB": "×", "FD": "×", "A8": "□", "6F": "□"},
	"Wingdings 2": {"50": "√", "52": "√", "4F": "×", "51": "×", "53": "×", "54": "×", "A3": "□", "2A": "□"},
}

func docxSymbol(s *xmlScanner) string {
	font, _ := s.attr("font")
	char, _ := s.attr("char")
	if len(char) < 2 {
		return ""
	}
	if known, ok := docxSymbols[font][strings.ToUpper(char[len(char)-2:])]; ok {
		return known
	}
	return "\uFFFD"
}

// takeText keeps the text of a run, unless it is hidden or only the hint of an
// empty content control (单击此处输入文字).
func (d *docxReader) takeText(words string) {
	if d.run.inText {
		d.write(words)
	}
}

func (d *docxReader) write(words string) {
	if !d.run.hidden && !slices.Contains(d.run.holder, true) {
		if to := d.flow(); to != nil {
			to.write(strings.ToValidUTF8(words, "\uFFFD"))
		}
	}
}

func (d *docxReader) newLine() {
	if to := d.flow(); to != nil {
		to.newLine()
	}
}

// flow returns where text goes: into the open cell, or a line of its own.
func (d *docxReader) flow() *textFlow {
	t := d.innermost()
	switch {
	case t == nil:
		return &d.text
	case t.open:
		return &t.text
	}
	return nil
}

func (d *docxReader) innermost() *docxTable {
	if len(d.tables) == 0 {
		return nil
	}
	return d.tables[len(d.tables)-1]
}

func (d *docxReader) endParagraph() {
	if len(d.tables) > 0 {
		d.newLine()
		return
	}
	d.lines = append(d.lines, docxLine{d.text.String()})
	d.text.reset()
}

// finish makes the sheets and says what was odd.
func (d *docxReader) finish() {
	for i := 0; i < len(d.done); i++ {
		p := d.done[i]
		for i+1 < len(d.done) && d.done[i+1].continues(&p) {
			i++
			p.rows++ // one empty row tells where a page was parted
			p.add(&d.done[i].block)
		}
		below := d.lines
		if i+1 < len(d.done) {
			below, d.done[i+1].above = partLines(d.done[i+1].above)
		}
		d.addSheet(&p, below)
	}
	if d.revised {
		d.warn("文档里有修订痕迹，按接受修订后的样子读取，请核对。")
	}
	if d.boxes {
		d.warn("文档里有文本框，框里的文字没有读取，请核对。")
	}
}

// continues reports whether a table only goes on with the one above, as when
// Word parts a table: the same columns to a hair, and no words between.
func (p *docxPart) continues(before *docxPart) bool {
	const fewest = 3
	return len(p.widths) >= fewest && slices.Equal(p.widths, before.widths) &&
		!slices.ContainsFunc(p.above, func(l docxLine) bool { return l.text != "" })
}

func (d *docxReader) addSheet(p *docxPart, below []docxLine) {
	var page block
	width := max(p.width(), 1)
	for _, l := range announcing(p.above) {
		page.addLine(l.text, width)
	}
	page.add(&p.block)
	for _, l := range below {
		if l.text != "" {
			page.addLine(l.text, width)
		}
	}
	name := fmt.Sprintf("表%d", len(d.book.Sheets)+1)
	s := Sheet{Name: name, Merges: page.merges}
	for i, w := range p.widths {
		s.Widths = append(s.Widths, ColWidth{C1: i + 1, C2: i + 1, Width: float64(w) / twipsPerChar})
	}
	s.Rows = rowsOf(page.cells, page.hidden, &d.odd)
	d.odd.report(d.reading, name)
	d.odd = oddities{}
	d.book.Sheets = append(d.book.Sheets, s)
}

// twipsPerChar is how many of Word's units of width one character of a column
// takes in a spreadsheet.
const twipsPerChar = 110

// addLine adds a line of text merged over so many columns.
func (b *block) addLine(words string, width int) {
	b.rows++
	b.cells = append(b.cells, Cell{Row: b.rows, Col: 1, Kind: Text, Text: words})
	if width > 1 {
		b.merges = append(b.merges, Range{b.rows, 1, b.rows, width})
	}
}

// width returns the last column that holds something or lies under a merge.
func (b *block) width() int {
	last := 0
	for _, c := range b.cells {
		last = max(last, c.Col)
	}
	for _, m := range b.merges {
		last = max(last, m.C2)
	}
	return last
}

// partLines divides the paragraphs between two tables: those right below the
// first, up to an empty one, are its notes and signatures, the others announce
// the second. Where no empty one parts them, a line with a colon in it belongs to
// the table above, until the first without: that is a title.
func partLines(lines []docxLine) (below, above []docxLine) {
	empty := slices.IndexFunc(lines, func(l docxLine) bool { return l.text == "" })
	if empty >= 0 {
		return lines[:empty], lines[empty:]
	}
	title := slices.IndexFunc(lines, func(l docxLine) bool { return !strings.ContainsAny(l.text, ":：") })
	if title < 0 {
		title = len(lines)
	}
	return lines[:title], lines[title:]
}

// announcing returns the last lines above a table, up to a few, that are no
// sentences of the letter it is annexed to.
func announcing(lines []docxLine) []docxLine {
	const most = 8
	var out []docxLine
	for _, l := range slices.Backward(lines) {
		if strings.ContainsAny(l.text, "。；！？") || len(out) == most {
			break
		}
		if l.text != "" {
			out = append(out, l)
		}
	}
	slices.Reverse(out)
	return out
}
