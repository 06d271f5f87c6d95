package sheet

import (
	"errors"
	"io"
	"regexp"
	"strings"
	"time"

	"xiangzhen/model/text"
)

// xmlBook is a workbook in the XML of Excel 2002 and 2003 being read.
// Source: Microsoft, XML Spreadsheet Reference (Office XP and 2003).
type xmlBook struct {
	*reading
	formats map[string]numFormat // by style
	style   string               // the style being described
	field   string               // element whose text is wanted, "" if none
	value   strings.Builder      // that text
	skip    bool                 // inside a comment

	sheet   *Sheet // nil between sheets
	inTable bool
	found   []Cell
	hidden  map[int]bool
	odd     oddities

	row, col         int // at hand
	nextRow          int
	nextCol          int // of the descriptions of columns
	rowStyle         string
	colStyles        map[int]string
	cell             *Cell
	cellStyle, typed string
}

// readXML2003 reads the workbooks that Excel calls XML 表格 2003.
func readXML2003(src *source) (*Book, error) {
	raw, err := src.readAll()
	if err != nil {
		return nil, err
	}
	content := decodeMarkup(raw)
	x := &xmlBook{reading: newReading(src), formats: map[string]numFormat{}}
	x.warnGarbled(content)
	s := newXMLScanner(strings.NewReader(content))
	for {
		switch err := s.next(); {
		case errors.Is(err, io.EOF) && len(x.book.Sheets) > 0 && x.sheet == nil:
			return x.book, nil
		case errors.Is(err, io.EOF):
			return nil, src.damaged(errXML)
		case err != nil:
			return nil, src.damaged(err)
		}
		if err := x.take(s); err != nil {
			return nil, x.explain(err)
		}
	}
}

func (x *xmlBook) take(s *xmlScanner) error {
	switch s.kind {
	case tokenText:
		if x.field != "" && !x.skip {
			x.value.Write(s.text)
		}
		return nil
	case tokenEnd:
		return x.end(string(s.name))
	}
	name := string(s.name)
	if err := x.start(s, name); err != nil || !s.selfClose {
		return err
	}
	return x.end(name)
}

func (x *xmlBook) start(s *xmlScanner, name string) error {
	switch {
	case x.inTable:
		return x.startInTable(s, name)
	case x.sheet == nil:
		x.startOutside(s, name)
	case name == "Table":
		x.inTable = true
	case name == "Visible":
		x.listen(name)
	case name == "AutoFilter":
		x.sheet.Filtered = true
	}
	return nil
}

// listen gathers text until the element ends.
func (x *xmlBook) listen(name string) {
	x.field = name
	x.value.Reset()
}

// startOutside reads what stands before and between the sheets.
func (x *xmlBook) startOutside(s *xmlScanner, name string) {
	switch name {
	case "Author", "LastSaved":
		x.listen(name)
	case "Date1904":
		x.book.Date1904 = true
	case "Style":
		x.style, _ = s.attr("ID")
		parent, _ := s.attr("Parent")
		x.formats[x.style] = x.formats[parent]
	case "NumberFormat":
		if code, ok := s.attr("Format"); ok {
			x.formats[x.style] = formatOf(xmlFormat(code))
		}
	case "Worksheet":
		title, _ := s.attr("Name")
		x.sheet = &Sheet{Name: text.Plain(title)}
		x.hidden, x.colStyles = map[int]bool{}, map[int]string{}
		x.row, x.nextRow, x.nextCol = 0, 1, 1
	}
}

// xmlFormats are the number formats that XML spreadsheets name in words.
var xmlFormats = map[string]string{
	"General": "", "General Number": "", "General Date": "yyyy/m/d h:mm", "Long Date": "yyyy年m月d日", "Medium Date": "d-mmm-yy",
	"Short Date": "yyyy/m/d", "Long Time": "h:mm:ss", "Medium Time": "h:mm AM/PM", "Short Time": "h:mm", "Currency": "#,##0.00",
	"Euro Currency": "#,##0.00", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
	"Yes/No": "", "True/False": "", "On/Off": "",
}

func xmlFormat(code string) string {
	if named, ok := xmlFormats[code]; ok {
		return named
	}
	return code
}

func (x *xmlBook) startInTable(s *xmlScanner, name string) error {
	switch name {
	case "Column":
		return x.startColumn(s)
	case "Row":
		x.startRow(s)
	case "Cell":
		if x.row > 0 {
			return x.startCell(s)
		}
	case "Data":
		if x.cell != nil && !x.skip {
			x.typed, _ = s.attr("Type")
			x.listen(name)
		}
	case "Comment":
		x.skip = true
	}
	return nil
}

// at returns where an element stands: where it says, or at the next place. What
// lies beyond every sheet is kept just beyond.
func at(s *xmlScanner, next, most int) int {
	if n := s.intAttr("Index"); n > 0 {
		next = n
	}
	return min(next, most+1)
}

// reach returns how many more places an element takes.
func reach(s *xmlScanner, name string, most int) int {
	return min(max(s.intAttr(name), 0), most)
}

func (x *xmlBook) startColumn(s *xmlScanner) error {
	from := at(s, x.nextCol, maxCols)
	to := min(from+reach(s, "Span", maxCols), maxCols)
	x.nextCol = to + 1
	if s.on("Hidden") && from <= to {
		x.sheet.HiddenCols = append(x.sheet.HiddenCols, Range{C1: from, C2: to})
	}
	style, ok := s.attr("StyleID")
	for col := from; ok && col <= to; col++ {
		x.colStyles[col] = style
		if err := x.count(); err != nil {
			return err
		}
	}
	return x.count()
}

func (x *xmlBook) startRow(s *xmlScanner) {
	x.row, x.col = at(s, x.nextRow, maxRows), 0
	x.nextRow = x.row + 1 + reach(s, "Span", maxRows)
	x.rowStyle, _ = s.attr("StyleID")
	if s.on("Hidden") {
		x.hidden[x.row] = true
	}
}

func (x *xmlBook) startCell(s *xmlScanner) error {
	c := Cell{Row: x.row, Col: at(s, x.col+1, maxCols)}
	across, down := reach(s, "MergeAcross", maxCols), reach(s, "MergeDown", maxRows)
	x.col = c.Col + across
	x.cellStyle, _ = s.attr("StyleID")
	formula, ok := s.attr("Formula")
	if c.Formula = ok; ok && linkR1C1.MatchString(formula) {
		x.odd.note(oddLink, c)
	}
	x.cell, x.typed = &c, ""
	if across+down == 0 || c.Row > maxRows || c.Col > maxCols {
		return nil
	}
	x.sheet.Merges = append(x.sheet.Merges, Range{c.Row, c.Col, min(c.Row+down, maxRows), min(c.Col+across, maxCols)})
	return x.count()
}

// linkR1C1 is how a formula in R1C1 notation names another workbook: brackets
// around more than the number of a relative place.
var linkR1C1 = regexp.MustCompile(`\[[^\]]*[^\]0-9-][^\]]*\]`)

func (x *xmlBook) end(name string) error {
	switch name {
	case "Comment":
		x.skip = false
	case "Data":
		if x.cell != nil && x.field == name && !x.skip {
			x.fill(x.cell, lineEnds(x.value.String()))
			x.field = ""
		}
	case "Cell":
		return x.endCell()
	case "Table":
		x.inTable = false
	case "Worksheet":
		x.endSheet()
	case "Style":
		x.style = ""
	case x.field:
		x.setField(name, strings.TrimSpace(x.value.String()))
		x.field = ""
	}
	return nil
}

var xmlVisibilities = map[string]Visibility{"SheetHidden": Hidden, "SheetVeryHidden": VeryHidden}

func (x *xmlBook) setField(name, value string) {
	switch name {
	case "Author":
		x.book.Creator = value
	case "LastSaved":
		if t, err := time.Parse(time.RFC3339, value); err == nil { // a help, no more
			x.book.Modified = t
		}
	case "Visible":
		x.sheet.Visibility = xmlVisibilities[value]
	}
}

// fill gives a cell its value by the type of its data.
func (x *xmlBook) fill(c *Cell, value string) {
	switch x.typed {
	case "Number":
		setDigits(c, strings.TrimSpace(value), x.format(c.Col))
	case "DateTime":
		if !setISODate(c, strings.TrimSpace(value), x.book.Date1904) {
			c.Kind, c.Text = Text, value
		} else if f := x.format(c.Col); f.date {
			c.Format = f.code
		}
	case "Boolean":
		c.Kind, c.Text = Bool, boolText([]byte(strings.TrimSpace(value)))
	case "Error":
		c.Kind, c.Text = ErrorValue, value
	default:
		c.Kind, c.Text = Text, value
	}
}

// format returns the number format of the cell at hand: its own, or its row's,
// or its column's.
func (x *xmlBook) format(col int) numFormat {
	for _, style := range []string{x.cellStyle, x.rowStyle, x.colStyles[col]} {
		if style != "" {
			return x.formats[style]
		}
	}
	return x.formats["Default"]
}

func (x *xmlBook) endCell() error {
	c := x.cell
	x.cell, x.skip = nil, false
	switch {
	case c == nil:
		return nil
	case c.Formula && x.typed == "":
		x.odd.note(oddFormula, *c)
		return nil
	case c.Text == "":
		return nil
	case c.Row > maxRows || c.Col > maxCols:
		x.odd.note(oddPlace, *c)
		return nil
	}
	x.found = append(x.found, *c)
	return x.count()
}

func (x *xmlBook) endSheet() {
	if x.sheet == nil {
		return
	}
	x.sheet.Rows = rowsOf(x.found, x.hidden, &x.odd)
	x.odd.report(x.reading, x.sheet.Name)
	x.book.Sheets = append(x.book.Sheets, *x.sheet)
	x.sheet, x.found, x.odd, x.inTable = nil, nil, oddities{}, false
}
