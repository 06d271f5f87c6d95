package sheet

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// block is a piece of a sheet, with places counted from its own upper left.
type block struct {
	cells      []Cell
	merges     []Range
	hidden     map[int]bool // rows
	hiddenCols []Range
	rows       int
}

// add puts another block below.
func (b *block) add(other *block) {
	for _, c := range other.cells {
		c.Row += b.rows
		b.cells = append(b.cells, c)
	}
	for _, m := range other.merges {
		b.merges = append(b.merges, Range{m.R1 + b.rows, m.C1, m.R2 + b.rows, m.C2})
	}
	for row := range other.hidden {
		b.hide(row + b.rows)
	}
	b.hiddenCols = append(b.hiddenCols, other.hiddenCols...)
	b.rows += other.rows
}

func (b *block) hide(row int) {
	if b.hidden == nil {
		b.hidden = map[int]bool{}
	}
	b.hidden[row] = true
}

// text joins what a block holds into the text of one cell.
func (b *block) text() string {
	var out strings.Builder
	row := 0
	for _, c := range b.cells {
		switch {
		case out.Len() == 0:
		case c.Row != row:
			out.WriteByte('\n')
		default:
			out.WriteByte(' ')
		}
		row = c.Row
		out.WriteString(c.Text)
	}
	return out.String()
}

// htmlTable is a table being read.
type htmlTable struct {
	block
	inRow  bool
	col    int   // last column taken in the row
	until  []int // the last row that a cell above reaches down to, by column
	begun  int   // cells of the block before the row
	spans  int   // and merges
	nested []nestedTable

	nextCol int // of the descriptions of columns

	open bool // a cell is
	cell Cell
	tag  html.Token
	text textFlow
}

// nestedTable is a table inside a cell of the row at hand.
type nestedTable struct {
	block
	at Cell // the cell
}

// isTable reports whether a block has several rows and columns.
func (b *block) isTable() bool {
	return slices.ContainsFunc(b.cells, func(c Cell) bool { return c.Row != b.cells[0].Row }) &&
		slices.ContainsFunc(b.cells, func(c Cell) bool { return c.Col != b.cells[0].Col })
}

// clip ends merged blocks that claim more rows than there are.
func (b *block) clip() {
	b.merges = slices.DeleteFunc(b.merges, func(m Range) bool { return m.C1 == m.C2 && m.R1 >= b.rows })
	for i := range b.merges {
		b.merges[i].R2 = min(b.merges[i].R2, b.rows)
	}
}

func (h *htmlBook) startTable() error {
	h.found, h.skip = true, ""
	if err := h.breakLine(); err != nil {
		return err
	}
	if len(h.tables) >= maxNesting {
		h.deeper++
		return nil
	}
	h.tables = append(h.tables, &htmlTable{nextCol: 1})
	return nil
}

// endTable hands a table to the page, or to the cell it stands in.
func (h *htmlBook) endTable() error {
	t := h.innermost()
	if err := h.endRow(t); err != nil {
		return err
	}
	t.clip()
	h.tables = h.tables[:len(h.tables)-1]
	outer := h.innermost()
	switch {
	case outer == nil:
		h.page.add(&t.block)
	case !outer.open:
		outer.block.add(&t.block)
	case len(t.cells) <= 1:
		outer.text.lines(t.block.text())
	default:
		outer.nested = append(outer.nested, nestedTable{t.block, outer.cell})
	}
	return nil
}

func (h *htmlBook) startRow(t *htmlTable, tag html.Token) error {
	if err := h.endRow(t); err != nil {
		return err
	}
	t.inRow, t.col = true, 0
	t.rows++
	t.begun, t.spans = len(t.cells), len(t.merges)
	if isHidden(tag) {
		t.hide(t.rows)
	}
	return h.count()
}

// endRow ends the row at hand and places the tables inside it.
func (h *htmlBook) endRow(t *htmlTable) error {
	if err := h.endCell(t); err != nil || !t.inRow {
		return err
	}
	nested := t.nested
	t.inRow, t.nested = false, nil
	switch words := len(t.cells) - t.begun; {
	case len(nested) == 0:
	case words == 0, words == 1 && slices.ContainsFunc(nested, func(n nestedTable) bool { return n.isTable() }):
		t.layOut(nested, words)
	default:
		for i := range nested {
			t.join(t.begun, &nested[i])
		}
	}
	return nil
}

// layOut takes the tables inside a row for tables of their own, below each other:
// the row has next to no words and only places them.
func (t *htmlTable) layOut(nested []nestedTable, words int) {
	t.merges, t.until = t.merges[:t.spans], nil
	if words == 0 {
		t.rows--
	}
	for i := range nested {
		t.add(&nested[i].block)
	}
}

// join makes a nested table part of its cell's text, among the cells from the
// given one on: it stands in a row of data.
func (b *block) join(from int, n *nestedTable) {
	words := n.text()
	i := slices.IndexFunc(b.cells[from:], func(c Cell) bool { return c.Col == n.at.Col })
	if i < 0 {
		n.at.Kind, n.at.Text = Text, words
		b.cells = append(b.cells, n.at)
		return
	}
	c := &b.cells[from+i]
	c.Kind, c.Text = Text, strings.TrimSpace(c.Text+"\n"+words)
}

// startCell finds the place of a cell, right of those that reach down from above.
func (h *htmlBook) startCell(t *htmlTable, tag html.Token) error {
	if err := h.endCell(t); err != nil {
		return err
	}
	if !t.inRow {
		if err := h.startRow(t, html.Token{}); err != nil {
			return err
		}
	}
	for t.col++; t.col <= len(t.until) && t.until[t.col-1] >= t.rows; t.col++ {
		if err := h.count(); err != nil {
			return err
		}
	}
	t.open, t.tag = true, tag
	t.cell = Cell{Row: t.rows, Col: t.col}
	t.text.reset()
	return h.span(t, spanOf(tag, "rowspan", maxRows), spanOf(tag, "colspan", maxCols))
}

// span notes how far the cell at hand reaches.
func (h *htmlBook) span(t *htmlTable, down, across int) error {
	if down*across == 1 || t.col > maxCols {
		return nil
	}
	last := min(t.col+across-1, maxCols)
	if down > 1 {
		if n := last - len(t.until); n > 0 {
			t.until = append(t.until, make([]int, n)...)
		}
		for col := t.col; col <= last; col++ {
			t.until[col-1] = max(t.until[col-1], t.rows+down-1)
			if err := h.count(); err != nil {
				return err
			}
		}
	}
	t.merges = append(t.merges, Range{t.rows, t.col, t.rows + down - 1, last})
	t.col = last
	return h.count()
}

func spanOf(tag html.Token, name string, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(attrOf(tag, name)))
	if err != nil { // a browser takes it for 1 as well
		return 1
	}
	return min(max(n, 1), most)
}

func attrOf(tag html.Token, name string) string {
	v, _ := findAttr(tag, name)
	return v
}

func findAttr(tag html.Token, name string) (string, bool) {
	for _, a := range tag.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func isHidden(tag html.Token) bool {
	style := strings.ToLower(strings.ReplaceAll(attrOf(tag, "style"), " ", ""))
	return strings.Contains(style, "display:none")
}

// startCol notes a hidden column.
func (h *htmlBook) startCol(t *htmlTable, tag html.Token) error {
	from := t.nextCol
	t.nextCol = min(from+spanOf(tag, "span", maxCols), maxCols+1)
	if isHidden(tag) && from < t.nextCol {
		t.hiddenCols = append(t.hiddenCols, Range{C1: from, C2: t.nextCol - 1})
	}
	return h.count()
}

// endCell keeps the cell at hand if it holds something.
func (h *htmlBook) endCell(t *htmlTable) error {
	if !t.open {
		return nil
	}
	t.open = false
	c := t.cell
	h.fill(&c, t.text.String(), t.tag)
	switch {
	case c.Text == "":
		return nil
	case c.Col > maxCols || c.Row > maxRows:
		h.odd.note(oddPlace, c)
		return nil
	}
	t.cells = append(t.cells, c)
	return h.count()
}

// fill gives a cell its value: the text shown, or where the page gives it what
// stands behind that.
func (h *htmlBook) fill(c *Cell, shown string, tag html.Token) {
	c.Kind, c.Text = Text, shown
	_, c.Formula = findAttr(tag, "x:fmla")
	f := h.format(tag)
	if _, ok := findAttr(tag, "x:err"); ok {
		c.Kind = ErrorValue
	}
	if v, ok := findAttr(tag, "x:bool"); ok {
		c.Kind, c.Text = Bool, boolText([]byte(strings.ToLower(v)))
	}
	if f.code == "@" {
		return
	}
	for _, name := range []string{"x:num", "sdval"} { // as Excel and LibreOffice write it
		if v, ok := findAttr(tag, name); ok {
			fillNumber(c, v, f)
			return
		}
	}
}

// fillNumber gives a cell the number behind what is shown. Where neither the
// format nor the number says why something else is shown, that counts: a date
// must not become its serial in silence.
func fillNumber(c *Cell, behind string, f numFormat) {
	plain := *c
	setDigits(&plain, strings.ReplaceAll(c.Text, ",", ""), f)
	if behind == "" {
		if plain.Kind == Number {
			*c = plain
		}
		return
	}
	if f.code == "" && plain.Kind != Number {
		return
	}
	exact := *c
	if setDigits(&exact, strings.TrimSpace(behind), f); exact.Kind == Number {
		*c = exact
	}
}

// format returns the number format of a cell by its style or class.
func (h *htmlBook) format(tag html.Token) numFormat {
	if f, ok := cssFormat(attrOf(tag, "style")); ok {
		return f
	}
	for class := range strings.FieldsSeq(attrOf(tag, "class")) {
		if f, ok := h.formats[class]; ok {
			return f
		}
	}
	if _, code, ok := strings.Cut(attrOf(tag, "sdnum"), ";"); ok { // language;;code or language;0;code
		if _, code, ok = strings.Cut(code, ";"); ok {
			return formatOf(xmlFormat(code))
		}
	}
	return numFormat{}
}

// textFlow gathers text as a page shows it: blanks run together, lines apart.
type textFlow struct {
	b     strings.Builder
	blank bool // a blank is due before the next word
	line  bool // a line end is
}

func (t *textFlow) reset() { *t = textFlow{} }

func (t *textFlow) newLine() { t.line = true }

func (t *textFlow) write(s string) {
	for _, r := range s {
		if unicode.IsSpace(r) {
			t.blank = true
			continue
		}
		if t.b.Len() > 0 {
			switch {
			case t.line:
				t.b.WriteByte('\n')
			case t.blank:
				t.b.WriteByte(' ')
			}
		}
		t.line, t.blank = false, false
		t.b.WriteRune(r)
	}
}

// lines writes text that has lines of its own.
func (t *textFlow) lines(s string) {
	for line := range strings.Lines(s) {
		t.newLine()
		t.write(line)
	}
	t.newLine()
}

// String returns the text so far.
func (t *textFlow) String() string { return t.b.String() }
