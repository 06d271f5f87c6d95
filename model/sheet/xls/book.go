// Package xls reads workbooks of Excel 5.0 to 2003 (BIFF5, BIFF7 and BIFF8; WPS
// writes the same under .et), with or without an OLE container around them. It
// gives cells with their raw values and says what was odd; it knows no words for
// people and no ledgers.
//
// The source of the record layouts is [MS-XLS] and the OpenOffice.org
// documentation of the Excel file format. Memory follows what the file holds,
// never what it claims: every count and offset of the file is a hint only.
package xls

import (
	"errors"
	"io"
	"time"
)

// What keeps a workbook from being read. Errors of Read wrap one of them, or one
// of the disk's own.
var (
	ErrDamaged    = errors.New("xls: damaged")
	ErrEncrypted  = errors.New("xls: encrypted")
	ErrTooLarge   = errors.New("xls: over the limit")
	ErrTooOld     = errors.New("xls: older than Excel 5.0")
	ErrNoWorkbook = errors.New("xls: no worksheets inside")
)

// Limits bound what a foreign file may ask of the machine.
type Limits struct {
	Bytes   int64 // of the workbook's stream
	Cells   int   // cells with a value and merged blocks, of all sheets
	Strings int   // entries of the table of shared strings
}

// Kind is the type of a cell's value.
type Kind uint8

// The kinds of a cell. Blank ones are left out.
const (
	Number Kind = iota // Num
	Text               // Text
	Bool               // Text is TRUE or FALSE
	Error              // Text is #REF!, #N/A …
)

// Cell is one cell with a value. Rows and columns count from 1.
type Cell struct {
	Row, Col int
	Kind     Kind
	Formula  bool // the value is what a formula came to
	Style    int  // into Book.Styles; it may lie outside
	Num      float64
	Text     string
}

// Format is a number format: by its code, or where the file gives none, by the
// number of one that Excel brings along.
type Format struct {
	ID   int
	Code string
	Look Look
}

// Range is a block of cells, corners included, counted from 1.
type Range struct{ R1, C1, R2, C2 int }

// Visibility is 0 for a sheet that is shown, 1 for a hidden and 2 for a very
// hidden one.
type Visibility uint8

// Oddity is something wrong that reading got over.
type Oddity uint8

// The oddities.
const (
	OddPlace        Oddity = iota // a cell outside the sheet
	OddString                     // a shared text that is not in the file
	OddFormula                    // a formula without its cached value
	OddUncalculated               // a formula whose cached zero its writer never worked out
	OddLink                       // a formula that reads another workbook
	OddText                       // bytes that no character of the code page has
	OddEnd                        // the sheet stops without its end mark
	Oddities                      // how many kinds there are
)

// Note counts one oddity: where it was met first and how often.
type Note struct{ Row, Col, Count int }

// Sheet is one worksheet. Sheets of charts and macros are left out.
type Sheet struct {
	Name       string
	Visibility Visibility
	Missing    bool   // the file lists the sheet but does not hold it
	Cells      []Cell // in the order of the file
	HiddenRows []int
	HiddenCols []Range // rows unused
	Widths     []Width
	Merges     []Range
	Filtered   bool // an automatic filter is on
	Notes      [Oddities]Note
}

// Book is a workbook read.
type Book struct {
	Sheets   []Sheet
	Styles   []Format
	Date1904 bool
	Modified time.Time // the document's own time, zero if it has none
	Creator  string
	Pictures bool // it holds pictures, which are not read
}

// Read reads a workbook. It never panics, whatever the bytes.
func Read(r io.ReaderAt, size int64, limits Limits) (*Book, error) {
	f, err := openFile(r, size, limits.Bytes)
	if err != nil {
		return nil, err
	}
	p := &parser{stream: f.workbook, limits: limits}
	if err := p.read(); err != nil {
		return nil, err
	}
	p.book.Creator, p.book.Modified = f.creator, f.modified
	return &p.book, nil
}
