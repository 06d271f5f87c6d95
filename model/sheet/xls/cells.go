package xls

import (
	"encoding/binary"
	"math"
	"strings"
)

// maxCols is how many columns a sheet of these versions has. Rows cannot be
// numbered beyond its end.
const maxCols = 256

// sheetReader follows the records of one worksheet.
type sheetReader struct {
	*parser
	sheet   *Sheet
	depth   int   // of charts inside the sheet
	waiting *Cell // a formula whose text comes in a record of its own
}

// readSheet reads the records behind a sheet's BOF up to its end.
func (p *parser) readSheet(s *scanner, b bound) error {
	r := &sheetReader{parser: p, sheet: &Sheet{Name: b.name, Visibility: b.visibility}}
	for {
		rec, ok, err := s.next()
		if err != nil {
			return err
		}
		if !ok {
			r.note(OddEnd, 0, 0)
			break
		}
		if rec.kind == recEOF && r.depth == 0 {
			break
		}
		if err := r.take(s, rec); err != nil {
			return err
		}
	}
	r.drop()
	p.book.Sheets = append(p.book.Sheets, *r.sheet)
	return nil
}

func (r *sheetReader) note(what Oddity, row, col int) {
	n := &r.sheet.Notes[what]
	if n.Count == 0 {
		n.Row, n.Col = row, col
	}
	n.Count++
}

// count counts a cell or a merged block towards what a file may hold.
func (r *sheetReader) count() error {
	if r.cells++; r.cells > r.limits.Cells {
		return ErrTooLarge
	}
	return nil
}

func (r *sheetReader) take(s *scanner, rec record) error {
	switch rec.kind {
	case recBOF:
		r.depth++
	case recEOF:
		r.depth--
	}
	if r.depth > 0 {
		return nil
	}
	switch rec.kind {
	case recString, recArray, recSharedFmla, recTable, recContinue: // may stand between a formula and its text
	default:
		r.drop()
	}
	switch rec.kind {
	case recLabelSST, recLabel, recRString, recNumber, recRK, recBoolErr, recFormula, recFormula3, recFormula4:
		return r.takeCell(s, rec)
	case recMulRK:
		return r.takeMulRK(rec)
	case recString:
		return r.takeString(s, rec)
	case recMergeCells:
		return r.takeMerges(rec)
	case recRow:
		r.takeRow(rec)
	case recColInfo:
		r.takeColumns(rec)
	case recAutoFilter:
		r.sheet.Filtered = rec.u16(0) > 0
	default:
		return r.takeGlobal(s, rec) // a lone sheet of BIFF5 brings its own
	}
	return nil
}

// takeCell reads a record that holds one cell.
func (r *sheetReader) takeCell(s *scanner, rec record) error {
	c := Cell{Row: rec.u16(0) + 1, Col: rec.u16(2) + 1, Style: rec.u16(4)}
	switch rec.kind {
	case recLabelSST:
		c.Kind = Text
		if i := int64(rec.u32(cellHeader)); i < int64(len(r.strings)) {
			c.Text = r.strings[i]
		} else {
			r.note(OddString, c.Row, c.Col)
		}
	case recLabel, recRString:
		text, ok := r.text(r.behind(s, rec, cellHeader), 2)
		if c.Kind, c.Text = Text, text; !ok {
			r.note(OddString, c.Row, c.Col)
		}
	case recNumber:
		c.Num = math.Float64frombits(binary.LittleEndian.Uint64(rec.body[cellHeader:]))
	case recRK:
		c.Num = numberOfRK(rec.u32(cellHeader))
	case recBoolErr:
		setBoolErr(&c, rec.body[cellHeader], rec.body[cellHeader+1] != 0)
	default:
		return r.takeFormula(c, rec)
	}
	return r.add(c)
}

// The kinds of a formula's result that is no number, in its first byte.
const (
	resultText = iota
	resultBool
	resultError
	resultEmpty
)

// calcOnLoad is set by programs that write formulas without working them out.
const calcOnLoad = 0x02

// takeFormula reads a formula's cached result: a number, or marked by its two
// upper bytes something else.
func (r *sheetReader) takeFormula(c Cell, rec record) error {
	c.Formula = true
	if len(rec.body) >= formulaHeader && r.biff8 && r.links.readsOther(rec.body[formulaHeader:]) {
		r.note(OddLink, c.Row, c.Col)
	}
	result := rec.body[cellHeader:]
	if binary.LittleEndian.Uint16(result[6:]) != 0xFFFF {
		c.Num = math.Float64frombits(binary.LittleEndian.Uint64(result))
		if c.Num == 0 && rec.body[14]&calcOnLoad != 0 {
			r.note(OddUncalculated, c.Row, c.Col)
		}
		return r.add(c)
	}
	switch result[0] {
	case resultText:
		r.waiting = &c
		return nil
	case resultBool, resultError:
		setBoolErr(&c, result[2], result[0] == resultError)
		return r.add(c)
	}
	return nil // an empty text
}

// drop gives up on the text of a formula that did not come.
func (r *sheetReader) drop() {
	if r.waiting != nil {
		r.note(OddFormula, r.waiting.Row, r.waiting.Col)
		r.waiting = nil
	}
}

// takeString reads the text that a formula came to.
func (r *sheetReader) takeString(s *scanner, rec record) error {
	text, ok := r.text(r.behind(s, rec, 0), 2)
	c := r.waiting
	if c == nil || !ok {
		return nil
	}
	r.waiting = nil
	c.Kind, c.Text = Text, text
	return r.add(*c)
}

// takeMulRK reads a run of numbers in one row.
func (r *sheetReader) takeMulRK(rec record) error {
	row, col := rec.u16(0)+1, rec.u16(2)+1
	for b := rec.body[4:]; len(b) >= mulRKEntry; b = b[mulRKEntry:] {
		c := Cell{Row: row, Col: col, Style: int(binary.LittleEndian.Uint16(b)), Num: numberOfRK(binary.LittleEndian.Uint32(b[2:]))}
		if err := r.add(c); err != nil {
			return err
		}
		col++
	}
	return nil
}

// numberOfRK unpacks a number kept in 30 bits: of an integer or the upper ones of
// a double, either as it is or a hundred times too large.
func numberOfRK(rk uint32) float64 {
	n := float64(int32(rk) >> 2)
	if rk&2 == 0 {
		n = math.Float64frombits(uint64(rk&^3) << 32)
	}
	if rk&1 != 0 {
		n /= 100
	}
	return n
}

// errorTexts are the errors that a cell can show, by their codes.
var errorTexts = map[byte]string{
	0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}

func setBoolErr(c *Cell, code byte, isError bool) {
	switch text, known := errorTexts[code]; {
	case isError && known:
		c.Kind, c.Text = Error, text
	case isError:
		c.Kind, c.Text = Error, "#N/A"
	case code != 0:
		c.Kind, c.Text = Bool, "TRUE"
	default:
		c.Kind, c.Text = Bool, "FALSE"
	}
}

// add keeps a cell that holds something.
func (r *sheetReader) add(c Cell) error {
	switch {
	case c.Kind == Text && c.Text == "":
		return nil
	case c.Col > maxCols:
		r.note(OddPlace, c.Row, c.Col)
		return nil
	case c.Kind == Number && (math.IsNaN(c.Num) || math.IsInf(c.Num, 0)):
		c.Kind, c.Text, c.Num = Error, "#NUM!", 0
	case c.Kind == Text && !r.biff8 && strings.ContainsRune(c.Text, '\uFFFD'):
		r.note(OddText, c.Row, c.Col)
	}
	r.sheet.Cells = append(r.sheet.Cells, c)
	return r.count()
}

func (r *sheetReader) takeMerges(rec record) error {
	for b := rec.body[2:]; len(b) >= mergeEntry; b = b[mergeEntry:] {
		at := func(i int) int { return int(binary.LittleEndian.Uint16(b[2*i:])) + 1 }
		m := Range{R1: at(0), R2: at(1), C1: at(2), C2: at(3)}
		if m.R1 <= m.R2 && m.C1 <= m.C2 && m.C2 <= maxCols {
			r.sheet.Merges = append(r.sheet.Merges, m)
		}
		if err := r.count(); err != nil {
			return err
		}
	}
	return nil
}

func (r *sheetReader) takeRow(rec record) {
	const hidden = 0x20
	if rec.body[rowVisibilityAt]&hidden != 0 {
		r.sheet.HiddenRows = append(r.sheet.HiddenRows, rec.u16(0)+1)
	}
}

func (r *sheetReader) takeColumns(rec record) {
	const hidden = 0x01
	from, to := rec.u16(0)+1, min(rec.u16(2)+1, maxCols)
	if rec.body[8]&hidden != 0 && from <= to {
		r.sheet.HiddenCols = append(r.sheet.HiddenCols, Range{C1: from, C2: to})
	}
	if from <= to && len(r.sheet.Widths) < maxCols {
		r.sheet.Widths = append(r.sheet.Widths, Width{from, to, float64(rec.u16(4)) / 256})
	}
}
