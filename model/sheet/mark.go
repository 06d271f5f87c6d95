package sheet

import (
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"xiangzhen/model/text"
)

// Mark is something to be pointed out in a cell of a workbook.
type Mark struct {
	Sheet, Cell string // A1
	Note        string // Chinese
	Fault       bool   // to be mended before the value counts; coloured
}

// problemHeader heads the column that tells each row's problems.
const problemHeader = "问题"

// problemWidth is the width of the column 问题 in characters.
const problemWidth = 44

// MarkedName is how the file that goes back is called: 月报（问题）.xlsx. One with
// macros or a template keeps its ending, without which Excel would not open it.
func MarkedName(path string) string {
	name := text.BaseName(path)
	ext := filepath.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	if kept := strings.ToLower(ext); kept == ".xlsm" || kept == ".xltx" || kept == ".xltm" {
		return stem + "（问题）" + kept
	}
	return stem + "（问题）.xlsx"
}

// MarkProblems writes a sender's own file with marks on it: a note on each cell,
// red where a value is held back, and right of everything a column 问题 with the
// row's problems in words. An xlsx keeps all else byte for byte. Whatever else can
// be read comes back as a new xlsx with the same sheets, values, merged blocks,
// widths and basic styles.
func MarkProblems(from, to string, marks []Mark) error {
	book, err := Open(from)
	if err != nil {
		return err
	}
	bySheet := gatherMarks(book, marks)
	return WriteFile(to, func(w io.Writer) error {
		if book.Format == XLSX {
			err := patchMarks(from, book, bySheet, w)
			if !errors.Is(err, errUnusual) {
				return err
			}
		}
		return Encode(w, copyMarked(book, bySheet))
	})
}

// cellPlace is a cell of a sheet.
type cellPlace struct{ row, col int }

func comparePlaces(a, b cellPlace) int {
	if a.row != b.row {
		return a.row - b.row
	}
	return a.col - b.col
}

// cellMark is what is said of one cell.
type cellMark struct {
	lines []string
	fault bool
}

// sheetMarks are the marks of one sheet, several on a cell as one.
type sheetMarks struct {
	cells map[cellPlace]*cellMark
	rows  map[int][]string // what the column 问题 says, by row
}

// gatherMarks sorts marks by sheet. A mark under a merged block goes on the block,
// for what lies under it does not show; its row stays its own.
func gatherMarks(book *Book, marks []Mark) map[string]*sheetMarks {
	out := map[string]*sheetMarks{}
	for _, m := range marks {
		s := book.Sheet(m.Sheet)
		row, col, ok := ParseCellName(m.Cell)
		if s == nil || !ok || row > maxRows || col > maxCols {
			continue
		}
		of := out[m.Sheet]
		if of == nil {
			of = &sheetMarks{map[cellPlace]*cellMark{}, map[int][]string{}}
			out[m.Sheet] = of
		}
		of.rows[row] = append(of.rows[row], m.Note)
		at := cellPlace{row, col}
		if block, merged := s.Merge(row, col); merged {
			at = cellPlace{block.R1, block.C1}
		}
		if of.cells[at] == nil {
			of.cells[at] = &cellMark{}
		}
		c := of.cells[at]
		if !slices.Contains(c.lines, m.Note) {
			c.lines = append(c.lines, m.Note)
		}
		c.fault = c.fault || m.Fault
	}
	return out
}

// places are the marked cells in the order of reading.
func (m *sheetMarks) places() []cellPlace {
	out := make([]cellPlace, 0, len(m.cells))
	for at := range m.cells {
		out = append(out, at)
	}
	slices.SortFunc(out, comparePlaces)
	return out
}

// maxNote is how long a note on a cell may be; the column 问题 has all of it.
const maxNote = 2000

func (m *sheetMarks) note(at cellPlace) string {
	return clip(strings.Join(m.cells[at].lines, "\n"), maxNote)
}

// faultsIn are the columns of a row whose cells are to be coloured.
func (m *sheetMarks) faultsIn(row int) []int {
	var out []int
	for at, c := range m.cells {
		if at.row == row && c.fault {
			out = append(out, at.col)
		}
	}
	slices.Sort(out)
	return out
}

// words is what the column 问题 holds, its head included.
func (m *sheetMarks) words(s *Sheet) map[int]string {
	out := map[int]string{}
	first := 0
	for row, lines := range m.rows {
		out[row] = strings.Join(lines, "\n")
		if first == 0 || row < first {
			first = row
		}
	}
	if head := headerAbove(s, first); out[head] == "" {
		out[head] = problemHeader
	}
	return out
}

// problemCol is the column right of the used range.
func problemCol(s *Sheet) int {
	_, width := s.Extent()
	for _, m := range s.Merges {
		width = max(width, m.C2)
	}
	return min(width+1, maxCols)
}

// headerAbove guesses the header row: the widest shown row above the first one
// with a problem that still holds words.
func headerAbove(s *Sheet, row int) int {
	best := max(1, row-1)
	widest := 0
	for i := range s.Rows {
		r := &s.Rows[i]
		if r.Index >= row {
			break
		}
		if !r.Hidden && len(r.Cells) > widest && !allNumbers(r) {
			best, widest = r.Index, len(r.Cells)
		}
	}
	return best
}

func allNumbers(r *Row) bool {
	return !slices.ContainsFunc(r.Cells, func(c Cell) bool { return c.Kind != Number })
}
