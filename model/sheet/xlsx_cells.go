package sheet

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// sheetReader follows the tokens of one worksheet.
type sheetReader struct {
	x     *xlsxFile
	sheet *Sheet
	odd   oddities

	inData  bool // inside sheetData: form controls use the words row and col too
	row     Row  // Index 0 between rows
	named   bool // the row says its own number
	nextRow int
	nextCol int
	sorted  bool // rows have come in order

	inCell    bool
	cell      Cell
	kind      cellType
	metadata  int // of its value, from 1; 0 for none
	style     int
	value     []byte
	formula   []byte
	text      textReader
	inValue   bool
	inFormula bool
	inline    bool

	pictures []cellPicture // of cells, not yet looked up
}

// cellType is the t attribute of a cell.
type cellType uint8

const (
	typeNumber cellType = iota
	typeShared
	typeInline
	typeFormulaText
	typeBool
	typeError
	typeISODate
)

func cellTypeOf(t []byte) cellType {
	switch string(t) {
	case "s":
		return typeShared
	case "inlineStr":
		return typeInline
	case "str":
		return typeFormulaText
	case "b":
		return typeBool
	case "e":
		return typeError
	case "d":
		return typeISODate
	}
	return typeNumber
}

func (x *xlsxFile) readSheetPart(ref sheetRef, rels []relation) error {
	part := x.worksheetPart(ref.rel, rels)
	switch {
	case part == "":
		x.warnMissing(ref.name)
		return nil
	case strings.Contains(part, "chartsheets/") || strings.Contains(part, "dialogsheets/") || strings.Contains(part, "macrosheets/"):
		return nil // a sheet without cells
	}
	r := &sheetReader{x: x, sheet: &Sheet{Name: ref.name, Visibility: ref.visibility}, nextRow: 1, sorted: true}
	if err := x.scan(part, r.take); err != nil {
		return err
	}
	r.finish()
	if err := x.readSheetPictures(r.sheet, part, r.pictures); err != nil {
		return err
	}
	x.book.Sheets = append(x.book.Sheets, *r.sheet)
	return nil
}

// worksheetPart returns the part that a relation of the workbook names, or "".
func (x *xlsxFile) worksheetPart(id string, rels []relation) string {
	i := slices.IndexFunc(rels, func(r relation) bool { return r.id == id })
	if i < 0 || x.parts[rels[i].target] == nil {
		return ""
	}
	return rels[i].target
}

func (r *sheetReader) take(s *xmlScanner) error {
	switch s.kind {
	case tokenStart:
		return r.start(s)
	case tokenEnd:
		return r.end(s)
	}
	switch {
	case r.inValue:
		r.value = append(r.value, s.text...)
	case r.inFormula:
		r.formula = append(r.formula, s.text...)
	case r.inline:
		r.text.take(s)
	}
	return nil
}

func (r *sheetReader) start(s *xmlScanner) error {
	switch {
	case r.inCell:
		r.startInCell(s)
		return nil
	case !r.inData:
		return r.startAround(s)
	case string(s.name) == "row":
		r.endRow()
		r.startRow(s)
		if s.selfClose {
			r.endRow()
		}
	case string(s.name) == "c" && r.row.Index > 0:
		r.startCell(s)
	}
	return nil
}

func (r *sheetReader) startInCell(s *xmlScanner) {
	switch string(s.name) {
	case "v":
		r.inValue = !s.selfClose
	case "f":
		r.cell.Formula, r.inFormula = true, !s.selfClose
	case "is":
		r.inline = !s.selfClose
	default:
		if r.inline {
			r.text.take(s)
		}
	}
}

// startAround reads what stands before and behind the cells.
func (r *sheetReader) startAround(s *xmlScanner) error {
	switch string(s.name) {
	case "sheetData":
		r.inData = !s.selfClose
	case "mergeCell":
		ref, _ := s.attr("ref")
		r.addMerge(ref)
		return r.x.count()
	case "col":
		r.addHidden(s)
		return r.x.count()
	case "autoFilter":
		r.sheet.Filtered = true
	}
	return nil
}

func (r *sheetReader) addHidden(s *xmlScanner) {
	from, to := s.intAttr("min"), min(s.intAttr("max"), maxCols)
	if s.on("hidden") && from > 0 && from <= to {
		r.sheet.HiddenCols = append(r.sheet.HiddenCols, Range{C1: from, C2: to})
	}
}

func (r *sheetReader) addMerge(ref string) {
	from, to, ok := strings.Cut(ref, ":")
	r1, c1, ok1 := ParseCellName(from)
	r2, c2, ok2 := ParseCellName(to)
	if ok && ok1 && ok2 && r2 >= r1 && c2 >= c1 {
		r.sheet.Merges = append(r.sheet.Merges, Range{r1, c1, r2, c2})
	}
}

func (r *sheetReader) end(s *xmlScanner) error {
	switch string(s.name) {
	case "c":
		if r.inCell {
			return r.endCell()
		}
	case "v":
		r.inValue = false
	case "f":
		r.inFormula = false
	case "is":
		r.inline = false
	case "row":
		r.endRow()
	case "sheetData":
		r.endRow()
		r.inData = false
	default:
		if r.inline {
			r.text.take(s)
		}
	}
	return nil
}

// startRow begins a row; one without a number follows the last.
func (r *sheetReader) startRow(s *xmlScanner) {
	r.row = Row{Cells: r.row.Cells[:0]}
	for name, value := range s.attributes {
		switch string(name) {
		case "r":
			r.row.Index, _ = strconv.Atoi(string(value))
		case "hidden":
			r.row.Hidden = isTrue(value)
		}
	}
	if r.named = r.row.Index > 0; !r.named {
		r.row.Index = r.nextRow
	}
	r.nextRow, r.nextCol = r.row.Index+1, 1
}

// endRow keeps the row if it holds something: a sheet may claim a million rows.
func (r *sheetReader) endRow() {
	row := r.row
	r.row.Index = 0
	if len(row.Cells) == 0 {
		return
	}
	if !slices.IsSortedFunc(row.Cells, byCol) {
		slices.SortStableFunc(row.Cells, byCol)
	}
	row.Cells = slices.Clone(lastOfEach(row.Cells, &r.odd)) // the buffer serves the next row
	if n := len(r.sheet.Rows); n > 0 && row.Index <= r.sheet.Rows[n-1].Index {
		r.sorted = false
	}
	r.sheet.Rows = append(r.sheet.Rows, row)
	r.row.Cells = r.row.Cells[:0]
}

// startCell begins a cell; one without an address follows the last.
func (r *sheetReader) startCell(s *xmlScanner) {
	r.cell = Cell{Col: r.nextCol}
	r.kind, r.style, r.metadata = typeNumber, 0, 0
	r.value, r.formula = r.value[:0], r.formula[:0]
	r.text.reset()
	for name, value := range s.attributes {
		switch string(name) {
		case "r":
			r.place(value)
		case "t":
			r.kind = cellTypeOf(value)
		case "s":
			r.style, _ = strconv.Atoi(string(value))
		case "vm":
			r.metadata, _ = strconv.Atoi(string(value))
		}
	}
	r.cell.Row, r.nextCol = r.row.Index, r.cell.Col+1
	r.inCell = !s.selfClose
}

// place takes a cell's address. Where it contradicts its row, the row's own
// number counts; a row without one takes the number from its first cell.
func (r *sheetReader) place(ref []byte) {
	row, col, ok := ParseCellName(string(ref))
	if !ok {
		r.odd.note(oddPlace, Cell{Row: r.row.Index, Col: r.nextCol})
		return
	}
	r.cell.Col = col
	switch {
	case row == r.row.Index:
	case !r.named && len(r.row.Cells) == 0:
		r.row.Index, r.nextRow = row, row+1
	default:
		r.odd.note(oddPlace, Cell{Row: r.row.Index, Col: col})
	}
}

func (r *sheetReader) endCell() error {
	r.inCell, r.inValue, r.inFormula, r.inline = false, false, false, false
	if ok, err := r.takeRich(); ok || err != nil {
		return cmp.Or(err, r.x.count())
	}
	if r.takePicture(r.formula) {
		return r.x.count()
	}
	r.fill(&r.cell)
	c := r.cell
	if strings.HasPrefix(c.Text, "=") && r.takePicture([]byte(c.Text)) {
		return r.x.count() // some programs write the formula as a text
	}
	if bytes.IndexByte(r.formula, '[') >= 0 && externalBook.Match(r.formula) {
		r.odd.note(oddLink, c)
	}
	if c.Text == "" {
		return nil
	}
	if c.Col > maxCols || c.Row > maxRows {
		r.odd.note(oddPlace, c)
		return nil
	}
	r.row.Cells = append(r.row.Cells, c)
	return r.x.count()
}

// takePicture takes a cell that shows a picture: it says nothing in words, whatever the
// program that wrote it kept as its result.
func (r *sheetReader) takePicture(formula []byte) bool {
	if len(formula) == 0 {
		return false
	}
	name, ok := pictureName(formula)
	if ok {
		r.pictures = append(r.pictures, cellPicture{row: r.cell.Row, col: r.cell.Col, name: name})
	}
	return ok
}

// takeRich takes a cell that holds a picture of Excel's: older programs see an error
// there.
func (r *sheetReader) takeRich() (bool, error) {
	if r.kind != typeError || r.metadata <= 0 {
		return false, nil
	}
	part, ok, err := r.x.richPicture(r.metadata)
	if ok {
		r.pictures = append(r.pictures, cellPicture{row: r.cell.Row, col: r.cell.Col, part: part, rich: true})
	}
	return ok, err
}

// externalBook is how a formula names another workbook: [1]Sheet1!A1. [0] is the
// workbook itself.
var externalBook = regexp.MustCompile(`\[[1-9]\d*\]`)

// fill gives the cell its value by its type.
func (r *sheetReader) fill(c *Cell) {
	switch r.kind {
	case typeShared:
		c.Kind, c.Text = Text, r.shared(c)
	case typeInline:
		c.Kind, c.Text = Text, r.text.String()
	case typeFormulaText:
		c.Kind, c.Text = Text, cellText(string(r.value))
	case typeBool:
		c.Kind, c.Text = Bool, boolText(r.value)
	case typeError:
		c.Kind, c.Text = ErrorValue, string(r.value)
	case typeISODate:
		r.isoDate(c, string(r.value))
	default:
		r.number(c, string(bytes.TrimSpace(r.value)))
	}
}

func boolText(raw []byte) string {
	switch {
	case len(raw) == 0:
		return ""
	case isTrue(raw):
		return "TRUE"
	}
	return "FALSE"
}

func (r *sheetReader) shared(c *Cell) string {
	i, err := strconv.Atoi(string(bytes.TrimSpace(r.value)))
	if err != nil || i < 0 || i >= len(r.x.strings) {
		r.odd.note(oddString, *c)
		return ""
	}
	return r.x.strings[i]
}

func (r *sheetReader) number(c *Cell, raw string) {
	if raw == "" {
		if c.Formula {
			r.odd.note(oddFormula, *c)
		}
		return
	}
	setDigits(c, raw, r.x.format(r.style))
}

// isoDate reads a date that strict files keep as ISO 8601 text.
func (r *sheetReader) isoDate(c *Cell, raw string) {
	if !setISODate(c, raw, r.x.book.Date1904) {
		c.Kind, c.Text = Text, raw
	}
}

// finish puts rows in order that a careless program wrote out of it, and says
// what was odd.
func (r *sheetReader) finish() {
	r.endRow()
	if !r.sorted {
		r.mergeRows()
	}
	r.odd.report(r.x.reading, r.sheet.Name)
}

// mergeRows sorts the rows and joins those that claim one number.
func (r *sheetReader) mergeRows() {
	slices.SortStableFunc(r.sheet.Rows, func(a, b Row) int { return cmp.Compare(a.Index, b.Index) })
	merged := r.sheet.Rows[:0]
	for _, row := range r.sheet.Rows {
		if n := len(merged); n > 0 && merged[n-1].Index == row.Index {
			cells := append(merged[n-1].Cells, row.Cells...)
			slices.SortStableFunc(cells, byCol)
			merged[n-1].Cells = lastOfEach(cells, &r.odd)
			merged[n-1].Hidden = merged[n-1].Hidden || row.Hidden
			continue
		}
		merged = append(merged, row)
	}
	r.sheet.Rows = merged
}
