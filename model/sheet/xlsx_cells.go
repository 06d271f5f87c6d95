package sheet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// sheetReader follows the tokens of one worksheet.
type sheetReader struct {
	x     *xlsxFile
	sheet *Sheet

	row     Row
	nextRow int
	nextCol int
	cell    Cell
	kind    string // the t attribute
	style   string
	value   strings.Builder
	inValue bool
	inline  bool
	text    textReader
	sorted  bool // rows have come in order
}

func (x *xlsxFile) readSheetPart(ref sheetRef, rels []relation) error {
	part := ""
	for _, r := range rels {
		if r.id == ref.rel {
			part = r.target
		}
	}
	if part == "" || x.parts[part] == nil {
		x.warn("工作表“%s”的内容在文件里找不到，已跳过。", ref.name)
		return nil
	}
	if !strings.Contains(part, "worksheets/") && !strings.HasSuffix(part, ".xml") {
		return nil
	}
	r := &sheetReader{x: x, sheet: &Sheet{Name: ref.name, Visibility: ref.visibility}, nextRow: 1, sorted: true}
	if err := x.scan(part, r.take); err != nil {
		return err
	}
	r.finish()
	x.book.Sheets = append(x.book.Sheets, *r.sheet)
	return nil
}

func (r *sheetReader) take(s *xmlScanner) error {
	switch s.kind {
	case tokenText:
		if r.inValue {
			r.value.Write(s.text)
		} else if r.inline {
			r.text.take(s)
		}
		return nil
	case tokenStart:
		return r.start(s)
	}
	return r.end(s)
}

func (r *sheetReader) start(s *xmlScanner) error {
	switch string(s.name) {
	case "row":
		r.startRow(s)
		if s.selfClose {
			r.endRow()
		}
	case "c":
		r.startCell(s)
		if s.selfClose {
			return r.endCell()
		}
	case "v":
		r.inValue = !s.selfClose
	case "f":
		r.cell.Formula = true
	case "is":
		r.inline = !s.selfClose
		r.text.reset()
	case "mergeCell":
		if ref, ok := s.attr("ref"); ok {
			r.addMerge(ref)
		}
	case "col":
		if s.on("hidden") {
			r.sheet.HiddenCols = append(r.sheet.HiddenCols, Range{C1: s.intAttr("min"), C2: s.intAttr("max")})
		}
	case "autoFilter":
		r.sheet.Filtered = true
	default:
		if r.inline {
			r.text.take(s)
		}
	}
	return nil
}

func (r *sheetReader) end(s *xmlScanner) error {
	switch string(s.name) {
	case "row":
		r.endRow()
	case "c":
		return r.endCell()
	case "v":
		r.inValue = false
	case "is":
		r.inline = false
	default:
		if r.inline {
			r.text.take(s)
		}
	}
	return nil
}

// startRow begins a row; one without a number follows the last.
func (r *sheetReader) startRow(s *xmlScanner) {
	index := s.intAttr("r")
	if index <= 0 || index > maxRows {
		index = r.nextRow
	}
	if n := len(r.sheet.Rows); n > 0 && index <= r.sheet.Rows[n-1].Index {
		r.sorted = false
	}
	r.row = Row{Index: index, Hidden: s.on("hidden")}
	r.nextRow, r.nextCol = index+1, 1
}

// endRow keeps the row if it holds something: a sheet may claim a million rows.
func (r *sheetReader) endRow() {
	if len(r.row.Cells) == 0 {
		return
	}
	if !slices.IsSortedFunc(r.row.Cells, func(a, b Cell) int { return cmp.Compare(a.Col, b.Col) }) {
		slices.SortStableFunc(r.row.Cells, func(a, b Cell) int { return cmp.Compare(a.Col, b.Col) })
	}
	r.row.Cells = r.lastOfEach(r.row.Cells)
	r.sheet.Rows = append(r.sheet.Rows, r.row)
	r.row.Cells = nil
}

// lastOfEach keeps the last of several cells that claim one place.
func (r *sheetReader) lastOfEach(cells []Cell) []Cell {
	out := cells[:0]
	for _, c := range cells {
		if n := len(out); n > 0 && out[n-1].Col == c.Col {
			r.x.warn("工作表“%s”的 %s 在文件里出现两次，取后一次。", r.sheet.Name, CellName(c.Row, c.Col))
			out[n-1] = c
			continue
		}
		out = append(out, c)
	}
	return out
}

// startCell begins a cell; one without an address follows the last.
func (r *sheetReader) startCell(s *xmlScanner) {
	if r.row.Index == 0 {
		r.row.Index = r.nextRow
	}
	col := r.nextCol
	if ref, ok := s.attr("r"); ok {
		if row, c, ok := parseCellName(ref); ok && row == r.row.Index {
			col = c
		}
	}
	r.cell = Cell{Row: r.row.Index, Col: col}
	r.nextCol = col + 1
	r.kind, _ = s.attr("t")
	r.style, _ = s.attr("s")
	r.value.Reset()
	r.text.reset()
}

func (r *sheetReader) endCell() error {
	c := r.cell
	raw := r.value.String()
	r.inValue, r.inline = false, false
	switch r.kind {
	case "s":
		c.Kind, c.Text = Text, r.shared(raw)
	case "inlineStr":
		c.Kind, c.Text = Text, r.text.String()
	case "str":
		c.Kind, c.Text = Text, unescapeXL(raw)
	case "b":
		c.Kind, c.Text = Bool, map[bool]string{true: "TRUE", false: "FALSE"}[raw == "1" || raw == "true"]
	case "e":
		c.Kind, c.Text = ErrorValue, raw
	case "d":
		r.isoDate(&c, raw)
	default:
		r.number(&c, raw)
	}
	if c.Text == "" || c.Col > maxCols {
		return nil
	}
	if r.x.cells++; r.x.cells > r.x.src.limits.Cells {
		return errTooLarge
	}
	r.row.Cells = append(r.row.Cells, c)
	return nil
}

func (r *sheetReader) shared(raw string) string {
	i, err := strconv.Atoi(strings.TrimSpace(raw))
	if err != nil || i < 0 || i >= len(r.x.strings) {
		r.x.warn("工作表“%s”有单元格指向不存在的文字，按空白处理，请核对原表。", r.sheet.Name)
		return ""
	}
	return r.x.strings[i]
}

func (r *sheetReader) number(c *Cell, raw string) {
	raw = strings.TrimSpace(raw)
	if raw == "" {
		return
	}
	n, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		c.Kind, c.Text = Text, raw
		return
	}
	f := r.x.format(r.style)
	c.Kind, c.Text, c.Num, c.Format, c.Date = Number, raw, n, f.code, f.date
}

// isoDate reads a date that strict files keep as ISO 8601 text into its serial.
func (r *sheetReader) isoDate(c *Cell, raw string) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05.999", "2006-01-02T15:04:05", "2006-01-02"} {
		t, err := time.Parse(layout, raw)
		if err != nil {
			continue
		}
		c.Num = serialOf(t, r.x.book.Date1904)
		c.Kind, c.Text, c.Date = Number, strconv.FormatFloat(c.Num, 'f', -1, 64), true
		c.Format = "yyyy-mm-dd"
		return
	}
	c.Kind, c.Text = Text, raw
}

func serialOf(t time.Time, date1904 bool) float64 {
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if date1904 {
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return t.Sub(start).Hours() / 24
}

func (r *sheetReader) addMerge(ref string) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return
	}
	r1, c1, ok1 := parseCellName(from)
	r2, c2, ok2 := parseCellName(to)
	if ok1 && ok2 && r2 >= r1 && c2 >= c1 {
		r.sheet.Merges = append(r.sheet.Merges, Range{r1, c1, r2, c2})
	}
}

// finish puts rows in order that a careless program wrote out of it.
func (r *sheetReader) finish() {
	if r.row.Cells != nil {
		r.endRow()
	}
	if r.sorted {
		return
	}
	slices.SortStableFunc(r.sheet.Rows, func(a, b Row) int { return cmp.Compare(a.Index, b.Index) })
	merged := r.sheet.Rows[:0]
	for _, row := range r.sheet.Rows {
		if n := len(merged); n > 0 && merged[n-1].Index == row.Index {
			cells := append(merged[n-1].Cells, row.Cells...)
			slices.SortStableFunc(cells, func(a, b Cell) int { return cmp.Compare(a.Col, b.Col) })
			merged[n-1].Cells = r.lastOfEach(cells)
			continue
		}
		merged = append(merged, row)
	}
	r.sheet.Rows = merged
}

// parseCellName reads an address such as B3 or $B$3.
func parseCellName(ref string) (row, col int, ok bool) {
	i := 0
	for ; i < len(ref); i++ {
		switch c := ref[i]; {
		case c >= 'A' && c <= 'Z':
			col = col*26 + int(c-'A') + 1
		case c >= 'a' && c <= 'z':
			col = col*26 + int(c-'a') + 1
		case c == '$':
		default:
			row, err := strconv.Atoi(strings.TrimPrefix(ref[i:], "$"))
			return row, col, err == nil && row > 0 && row <= maxRows && col > 0 && col <= maxCols
		}
		if col > maxCols {
			return 0, 0, false
		}
	}
	return 0, 0, false
}
