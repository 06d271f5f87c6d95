package sheet

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"xiangzhen/model"
)

// CellKind is the type of a cell's value.
type CellKind uint8

// The kinds of a cell.
const (
	Blank      CellKind = iota
	Number              // Text holds the digits as the file has them
	Text                // a string of any origin
	Bool                // Text is TRUE or FALSE
	ErrorValue          // Text is #REF!, #N/A …
)

// Cell is one cell with a value. Rows and columns count from 1, as Excel shows.
type Cell struct {
	Row, Col int
	Text     string
	Num      float64
	Format   string // number format code of a Number, "" = General
	Look     uint16 // 1 + index into Book.Looks, 0 where the reader knows none
	Kind     CellKind
	Date     bool // the format shows a date or a time
	Formula  bool // the value is what a formula came to
}

// Row is one row that holds something. Cells ascend by column; blanks are left out.
type Row struct {
	Index  int
	Hidden bool
	Cells  []Cell
}

// noLook is beyond every index of a look.
const noLook = 1<<16 - 1

// Range is a block of cells, corners included.
type Range struct{ R1, C1, R2, C2 int }

// Contains reports whether the cell lies in the range.
func (r Range) Contains(row, col int) bool {
	return row >= r.R1 && row <= r.R2 && col >= r.C1 && col <= r.C2
}

// String writes the range as A1:B2.
func (r Range) String() string { return CellName(r.R1, r.C1) + ":" + CellName(r.R2, r.C2) }

// Visibility says whether a sheet is shown.
type Visibility uint8

// The states of a sheet. A very hidden one cannot be shown through the menus.
const (
	Visible Visibility = iota
	Hidden
	VeryHidden
)

// Sheet is one worksheet.
type Sheet struct {
	Name       string
	Visibility Visibility
	Rows       []Row // ascending, without rows that hold nothing
	Merges     []Range
	HiddenCols []Range // C1..C2 of each; rows unused
	Filtered   bool    // an automatic filter is on
	Widths     []ColWidth
	Images     []Image // pictures; of .xlsx and its kin only
}

// ColWidth is the width of columns in characters, where the file gives one.
type ColWidth struct {
	C1, C2 int
	Width  float64
}

// Book is a workbook read.
type Book struct {
	Path     string
	Format   Format
	Sheets   []Sheet
	Date1904 bool
	Modified time.Time // the document's own time, zero if it has none
	Creator  string
	Warnings []string // Chinese: what was odd and how it was taken
	Looks    []Style  // of cells, as far as a copy keeps them; see Cell.Look
}

// Sheet returns the sheet of that name, or nil.
func (b *Book) Sheet(name string) *Sheet {
	if i := slices.IndexFunc(b.Sheets, func(s Sheet) bool { return s.Name == name }); i >= 0 {
		return &b.Sheets[i]
	}
	return nil
}

// Row returns the row of that index, or nil if it holds nothing.
func (s *Sheet) Row(index int) *Row {
	i, ok := slices.BinarySearchFunc(s.Rows, index, func(r Row, at int) int { return r.Index - at })
	if !ok {
		return nil
	}
	return &s.Rows[i]
}

// Cell returns the cell at a place; a Blank one where nothing is.
func (s *Sheet) Cell(row, col int) Cell {
	if r := s.Row(row); r != nil {
		if c, ok := r.Cell(col); ok {
			return c
		}
	}
	return Cell{Row: row, Col: col}
}

// Cell returns the row's cell in a column.
func (r *Row) Cell(col int) (Cell, bool) {
	i, ok := slices.BinarySearchFunc(r.Cells, col, func(c Cell, at int) int { return c.Col - at })
	if !ok {
		return Cell{Row: r.Index, Col: col}, false
	}
	return r.Cells[i], true
}

// Merge returns the merged block a cell lies in.
func (s *Sheet) Merge(row, col int) (Range, bool) {
	if i := slices.IndexFunc(s.Merges, func(m Range) bool { return m.Contains(row, col) }); i >= 0 {
		return s.Merges[i], true
	}
	return Range{}, false
}

// Value returns what a person sees at a place: inside a merged block that is the
// value of its upper left cell.
func (s *Sheet) Value(row, col int) Cell {
	if m, ok := s.Merge(row, col); ok {
		return s.Cell(m.R1, m.C1)
	}
	return s.Cell(row, col)
}

// HiddenCol reports whether a column is hidden.
func (s *Sheet) HiddenCol(col int) bool {
	return slices.ContainsFunc(s.HiddenCols, func(r Range) bool { return col >= r.C1 && col <= r.C2 })
}

// Extent returns the last row and column that hold something, 0 for an empty sheet.
func (s *Sheet) Extent() (row, col int) {
	for i := range s.Rows {
		if cells := s.Rows[i].Cells; len(cells) > 0 {
			row = s.Rows[i].Index
			col = max(col, cells[len(cells)-1].Col)
		}
	}
	return row, col
}

// ColName returns the letters of a column counted from 1: A, Z, AA.
func ColName(col int) string {
	var b [8]byte
	i := len(b)
	for ; col > 0; col = (col - 1) / 26 {
		i--
		b[i] = byte('A' + (col-1)%26)
	}
	return string(b[i:])
}

// ParseColName is the reverse of ColName; 0 for anything else.
func ParseColName(name string) int {
	col := 0
	for _, c := range strings.ToUpper(name) {
		if c < 'A' || c > 'Z' || col > maxCols {
			return 0
		}
		col = col*26 + int(c-'A') + 1
	}
	return col
}

// CellName returns the address of a place: row 3, column 2 is B3.
func CellName(row, col int) string { return ColName(col) + strconv.Itoa(row) }

// ParseCellName reads an address such as B3 or $B$3, the reverse of CellName. It does not check that the
// place lies on a sheet Excel could hold.
func ParseCellName(ref string) (row, col int, ok bool) {
	i := 0
	for ; i < len(ref) && (ref[i] == '$' || isLetter(ref[i])); i++ {
		if ref[i] != '$' {
			col = col*26 + int(ref[i]|0x20-'a') + 1
		}
		if i > len("$XFD$") {
			return 0, 0, false
		}
	}
	row, err := strconv.Atoi(ref[i:])
	return row, col, err == nil && row > 0 && col > 0 && ref[i] != '+'
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// The size of the largest sheet Excel can hold.
const (
	maxRows = 1 << 20
	maxCols = 1 << 14
)

// SerialDay returns the day that a date serial stands for, and whether it stands
// for one. Serials of the 1900 system count the 29 February 1900 that never was.
func SerialDay(serial float64, date1904 bool) (model.Day, bool) {
	days := int(serial)
	if serial < 0 || days > 2958465 {
		return "", false
	}
	if date1904 {
		return model.DayOf(time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days)), true
	}
	switch {
	case days == 0 || days == 60:
		return "", false
	case days < 60:
		days++
	}
	return model.DayOf(time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days)), true
}

// serialOf is the reverse of SerialDay, with the time of day as a fraction.
func serialOf(t time.Time, date1904 bool) float64 {
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case t.Before(time.Date(1900, 3, 1, 0, 0, 0, 0, time.UTC)):
		start = start.AddDate(0, 0, 1)
	}
	return t.Sub(start).Hours() / 24
}
