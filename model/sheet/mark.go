package sheet

import (
	"maps"
	"slices"
	"strings"
)

// Mark is something to be pointed out in a cell of a workbook.
type Mark struct {
	Sheet, Cell string // A1
	Note        string // Chinese
	Fault       bool   // to be mended before the value counts; coloured
}

// problemHeader heads the column that tells each row's problems.
const problemHeader = "问题"

// MarkProblems copies an xlsx with marks on it: a note on each cell, red where a
// value is held back, and right of everything a column 问题 with the row's
// problems in words. All else stays as it is.
func MarkProblems(from, to string, marks []Mark) error {
	book, err := Open(from)
	if err != nil {
		return err
	}
	e, err := Edit(from)
	if err != nil {
		return err
	}
	defer e.Close()
	for _, name := range e.Sheets() {
		s := book.Sheet(name)
		if s == nil {
			continue
		}
		if err := e.markSheet(s, marks); err != nil {
			return err
		}
	}
	return e.SaveAs(to)
}

// markSheet marks the cells of one sheet, several notes on a cell as one.
func (e *Editor) markSheet(s *Sheet, marks []Mark) error {
	type place struct{ row, col int }
	notes, faults, rows := map[place][]string{}, map[place]bool{}, map[int][]string{}
	for _, m := range marks {
		row, col, ok := parseCellName(m.Cell)
		if m.Sheet != s.Name || !ok {
			continue
		}
		at := place{row, col}
		notes[at] = append(notes[at], m.Note)
		faults[at] = faults[at] || m.Fault
		rows[row] = append(rows[row], m.Note)
	}
	if len(notes) == 0 {
		return nil
	}
	for at, lines := range notes {
		if err := e.note(s.Name, at.row, at.col, strings.Join(lines, "\n"), faults[at]); err != nil {
			return err
		}
	}
	return e.problemColumn(s, rows)
}

func (e *Editor) note(sheet string, row, col int, text string, fault bool) error {
	if fault {
		return e.Mark(sheet, row, col, text)
	}
	return e.comment(sheet, CellName(row, col), text)
}

// problemColumn writes the column 问题 right of the used range, its header in the
// row above the first one with a problem that still holds words.
func (e *Editor) problemColumn(s *Sheet, rows map[int][]string) error {
	_, width := s.Extent()
	for _, m := range s.Merges {
		width = max(width, m.C2)
	}
	col := width + 1
	order := slices.Sorted(maps.Keys(rows))
	if err := e.Mark(s.Name, headerAbove(s, order[0]), col, ""); err != nil {
		return err
	}
	if err := e.Set(s.Name, headerAbove(s, order[0]), col, problemHeader); err != nil {
		return err
	}
	for _, row := range order {
		if err := e.Mark(s.Name, row, col, ""); err != nil {
			return err
		}
		if err := e.Set(s.Name, row, col, strings.Join(rows[row], "\n")); err != nil {
			return err
		}
	}
	return e.f.SetColWidth(s.Name, ColName(col), ColName(col), problemWidth)
}

// problemWidth is the width of the column 问题 in characters.
const problemWidth = 44

// headerAbove guesses the header row: the row above the first data row, which is
// the last visible one above with several cells.
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
