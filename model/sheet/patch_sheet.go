package sheet

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// cellSpot is where a cell stands in a sheet's part.
type cellSpot struct {
	col   int
	tag   xmlTag
	end   int // behind the element
	style int
}

// rowSpot is where a row that is to be changed stands.
type rowSpot struct {
	index int
	tag   xmlTag
	cells []cellSpot
}

// sheetPatch changes one worksheet.
type sheetPatch struct {
	*patcher
	name           string
	part           *xmlPart
	prefix         string
	rows           map[int]*rowSpot // those to be changed
	data           xmlTag
	dataEnd, after int         // of sheetData: before its end tag, and behind it
	behind         map[int]int // row to be added → place
}

// markSheet colours the cells, puts the notes on them and writes the column 问题.
func (p *patcher) markSheet(name string, s *Sheet, m *sheetMarks) error {
	part, err := p.part(name)
	if err != nil {
		return err
	}
	sp := &sheetPatch{patcher: p, name: name, part: part, rows: map[int]*rowSpot{}, behind: map[int]int{}}
	root, ok := part.first("worksheet")
	if !ok || !strings.Contains(string(part.b[root.start:root.end]), mainSpace) {
		return errUnusual
	}
	sp.prefix = root.prefix(part.b)
	col := problemCol(s)
	wanted := m.words(s)
	for at := range m.cells {
		wanted[at.row] += "" // the first row of a merged block may have no words of its own
	}
	if err := sp.locate(slices.Sorted(maps.Keys(wanted))); err != nil {
		return err
	}
	for _, row := range slices.Sorted(maps.Keys(wanted)) {
		sp.setRow(row, col, wanted[row], m)
	}
	sp.widen(col)
	sp.extend(col)
	return sp.putNotes(m)
}

// locate finds the rows to be changed, and where those go that are not there. A row
// or cell that does not say its place follows the one before, as for the reader.
func (sp *sheetPatch) locate(rows []int) error {
	inData := false
	var row *rowSpot
	next := 0 // of rows, the first not passed yet
	last := 0 // row passed
	for t := range xmlTags(sp.part.b) {
		switch {
		case t.name == "sheetData" && t.close:
			sp.dataEnd, sp.after = t.start, t.end
			for ; next < len(rows); next++ {
				sp.behind[rows[next]] = t.start
			}
			return nil
		case t.name == "sheetData" && t.self:
			return errUnusual
		case t.name == "sheetData":
			inData, sp.data = true, t
		case !inData:
		case t.name == "row" && row != nil && row.isOpen():
			return errUnusual
		case t.name == "row" && !t.close:
			index := cmp.Or(sp.number(t, "r"), last+1)
			if index <= last {
				return errUnusual
			}
			row, last = nil, index
			for ; next < len(rows) && rows[next] < index; next++ {
				sp.behind[rows[next]] = t.start
			}
			if next < len(rows) && rows[next] == index {
				row = &rowSpot{index: index, tag: t}
				sp.rows[index], next = row, next+1
			}
		case t.name == "row":
			row = nil
		case row != nil && t.name == "c":
			if err := sp.takeCell(row, t); err != nil {
				return err
			}
		}
	}
	return errUnusual
}

func (sp *sheetPatch) takeCell(row *rowSpot, t xmlTag) error {
	n := len(row.cells)
	switch open := row.isOpen(); {
	case t.close != open: // an end of nothing, or a cell within a cell
		return errUnusual
	case t.close:
		row.cells[n-1].end = t.end
		return nil
	}
	r, col, ok := row.index, 1, true
	if n > 0 {
		col = row.cells[n-1].col + 1
	}
	if ref, _, _ := t.attr(sp.part.b, "r"); ref != "" {
		r, col, ok = ParseCellName(ref)
	}
	if !ok || r != row.index || n > 0 && col <= row.cells[n-1].col {
		return errUnusual
	}
	c := cellSpot{col: col, tag: t, end: t.end}
	c.style = sp.number(t, "s")
	row.cells = append(row.cells, c)
	return nil
}

// isOpen reports whether the end of the row's last cell has not come yet.
func (r *rowSpot) isOpen() bool {
	n := len(r.cells)
	return n > 0 && !r.cells[n-1].tag.self && r.cells[n-1].end == r.cells[n-1].tag.end
}

func (sp *sheetPatch) number(t xmlTag, name string) int {
	v, _, _ := t.attr(sp.part.b, name)
	n, err := strconv.Atoi(v)
	if err != nil {
		return 0
	}
	return n
}

// setRow marks the cells of a row and writes the words of the column 问题.
func (sp *sheetPatch) setRow(index, col int, words string, m *sheetMarks) {
	r, red := sp.rows[index], m.faultsIn(index)
	switch {
	case r == nil:
		sp.part.insert(sp.behind[index], fmt.Sprintf(`<%[1]srow r="%[2]d">%[3]s</%[1]srow>`, sp.prefix, index, sp.newCells(index, col, 0, words, red)))
		return
	case r.tag.self:
		cells := sp.newCells(index, col, sp.number(r.tag, "s"), words, red)
		sp.part.replace(r.tag.end-len("/>"), r.tag.end, ">"+cells+"</"+sp.prefix+"row>")
		return
	}
	for _, at := range red {
		if i := r.find(at); i >= 0 {
			sp.part.setAttr(r.cells[i].tag, "s", strconv.Itoa(sp.styles.red(r.cells[i].style)))
		} else {
			sp.part.insert(r.place(at), sp.emptyCell(index, at, sp.number(r.tag, "s")))
		}
	}
	if words == "" {
		return
	}
	if i := r.find(col); i >= 0 {
		sp.part.replace(r.cells[i].tag.start, r.cells[i].end, sp.wordsCell(index, col, words))
	} else {
		sp.part.insert(r.place(col), sp.wordsCell(index, col, words))
	}
	if spans, from, to := r.tag.attr(sp.part.b, "spans"); from >= 0 {
		first, _, _ := strings.Cut(spans, ":")
		sp.part.replace(from, to, first+":"+strconv.Itoa(col))
	}
}

// find returns which cell of the row is of a column, -1 if none is.
func (r *rowSpot) find(col int) int {
	return slices.IndexFunc(r.cells, func(c cellSpot) bool { return c.col == col })
}

// place returns where a cell of a column goes in the row.
func (r *rowSpot) place(col int) int {
	at := r.tag.end
	for _, c := range r.cells {
		if c.col > col {
			break
		}
		at = c.end
	}
	return at
}

// newCells are the cells of a row that has none so far.
func (sp *sheetPatch) newCells(row, col, style int, words string, red []int) string {
	cells := ""
	for _, at := range red {
		cells += sp.emptyCell(row, at, style)
	}
	if words != "" {
		cells += sp.wordsCell(row, col, words)
	}
	return cells
}

func (sp *sheetPatch) emptyCell(row, col, style int) string {
	return fmt.Sprintf(`<%sc r="%s" s="%d"/>`, sp.prefix, CellName(row, col), sp.styles.red(style))
}

func (sp *sheetPatch) wordsCell(row, col int, words string) string {
	return fmt.Sprintf(`<%[1]sc r="%[2]s" s="%[3]d" t="inlineStr"><%[1]sis><%[1]st xml:space="preserve">%[4]s</%[1]st></%[1]sis></%[1]sc>`,
		sp.prefix, CellName(row, col), sp.styles.words(), xmlEscape(clip(words, maxCellText)))
}

// widen gives the column 问题 a width, unless the sheet says one for it already.
func (sp *sheetPatch) widen(col int) {
	own := fmt.Sprintf(`<%[1]scol min="%[2]d" max="%[2]d" width="%[3]d" customWidth="1"/>`, sp.prefix, col, problemWidth)
	var at int
	for t := range xmlTags(sp.part.b[:sp.data.start]) {
		switch {
		case t.name == "col" && !t.close && sp.number(t, "max") >= col:
			return // other columns behind it have widths, or all have one
		case t.name == "cols" && t.close:
			at = t.start
		}
	}
	if at > 0 {
		sp.part.insert(at, own)
		return
	}
	sp.part.insert(sp.data.start, fmt.Sprintf(`<%[1]scols>%[2]s</%[1]scols>`, sp.prefix, own))
}

// extend lets the dimension of the sheet reach the column 问题.
func (sp *sheetPatch) extend(col int) {
	t, ok := sp.part.first("dimension")
	if !ok || t.start > sp.data.start {
		return
	}
	ref, from, to := t.attr(sp.part.b, "ref")
	first, last, several := strings.Cut(ref, ":")
	if row, c, ok := ParseCellName(last); several && ok && c < col {
		sp.part.replace(from, to, first+":"+CellName(row, col))
	}
}

// behindLegacy are the elements of a worksheet that stand behind the drawing of
// its notes (ECMA-376, CT_Worksheet).
var behindLegacy = regexp.MustCompile(`^(legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst|AlternateContent)$`)

// legacyPlace returns where the drawing of the notes is named.
func (sp *sheetPatch) legacyPlace() (int, error) {
	depth, base := 0, sp.after
	for t := range xmlTags(sp.part.b[base:]) {
		switch {
		case t.close && t.name == "worksheet" && depth == 0:
			return base + t.start, nil
		case t.close:
			depth--
		case depth == 0 && behindLegacy.MatchString(t.name):
			return base + t.start, nil
		case !t.self:
			depth++
		}
	}
	return 0, errUnusual
}
