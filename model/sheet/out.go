package sheet

import (
	"time"
)

// Out describes a workbook to be written: content and layout as data, so that
// pure packages can build it and tests can look at it.
type Out struct {
	Title, Creator string
	Modified       time.Time // kept in the document; makes the bytes depend on nothing else
	Sheets         []OutSheet
}

// OutSheet is one sheet. Rows are written from row 1 without gaps.
type OutSheet struct {
	Name                 string
	Visibility           Visibility
	Cols                 []OutCol // from column A
	Rows                 []OutRow
	Merges               []Range
	FreezeRow, FreezeCol int // rows and columns that stay in place, 0 = none
	Validations          []Validation
	Comments             []Comment
	Pictures             []OutPicture
	Filter               *Range
	Print                Print
}

// OutCol is the layout of a column.
type OutCol struct {
	Width  float64 // in characters, 0 = default
	Hidden bool
	// Text gives the empty cells of the column the format of text, so that an ID
	// number typed there later keeps all its digits.
	Text bool
}

// OutRow is one row.
type OutRow struct {
	Height float64 // in points, 0 = by content
	Hidden bool
	Cells  []OutCell // from column A
}

// OutCell is one cell. A Number is given as decimal digits, so that 17177.1233
// arrives exactly. Text never becomes a formula, whatever it starts with.
type OutCell struct {
	Kind  CellKind // Blank, Number or Text
	Text  string
	Style Style
}

// TextCell and NumberCell make cells.
func TextCell(s string, style Style) OutCell {
	if s == "" {
		return OutCell{Style: style}
	}
	return OutCell{Kind: Text, Text: s, Style: style}
}

// NumberCell makes a number from its decimal digits; "" makes a blank cell.
func NumberCell(digits string, style Style) OutCell {
	if digits == "" {
		return OutCell{Style: style}
	}
	return OutCell{Kind: Number, Text: digits, Style: style}
}

// Align is a horizontal alignment.
type Align uint8

// The alignments. The zero value leaves it to the kind of the value.
const (
	AlignAuto Align = iota
	AlignLeft
	AlignCenter
	AlignRight
)

// Role is the part a cell plays in a sheet; it fixes font and size.
type Role uint8

// The roles, with the fonts of fontPreset.
const (
	Body Role = iota
	Title
	Header
	Note
)

// Style is how a cell looks. It is comparable: equal styles are one style in the
// file.
type Style struct {
	Role   Role
	Bold   bool
	Align  Align
	Wrap   bool
	Border bool
	Fill   string // RRGGBB, "" = none
	Color  string // RRGGBB, "" = black
	Format string // number format; "@" = text
	Strike bool
}

// fontPreset names the fonts of county forms by role. They stand on every
// Windows with WPS; where one is missing, WPS takes the next best.
var fontPreset = map[Role]struct {
	Family string
	Size   float64
	Bold   bool
}{
	Title:  {"宋体", 16, true},
	Header: {"黑体", 11, false},
	Body:   {"仿宋", 11, false},
	Note:   {"楷体", 10.5, false},
}

// Validation is what a block of cells accepts.
type Validation struct {
	Range    Range
	List     []string // choices of a dropdown
	Min, Max *float64 // of a decimal number
	Warn     bool     // a wrong entry is asked about, not refused
	// Locked refuses nothing but says, whatever is typed, what Error says.
	Locked            bool
	PromptTitle       string
	Prompt            string
	ErrorTitle, Error string
}

// Comment is a note on a cell.
type Comment struct {
	Row, Col int
	Text     string
}

// Print is the print set-up. Paper is always A4.
type Print struct {
	Landscape            bool
	RepeatFrom, RepeatTo int // header rows printed on every page, 0 = none
	PageNumbers          bool
}
