package exchange

import (
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// Correction is words that a user puts in place of what a cell of a sender's file
// says. The file itself stays as it is.
type Correction struct {
	Sheet, Cell string // A1
	Words       string
}

// Apply returns what taking an offered fix of a problem comes to for all problems
// of the plan that are alike: the same finding on the same field, with a fix of
// the same kind. Each cell gets the words of its own fix. Nothing is changed: the
// corrections go through Correct, and the corrected book is planned again, for a
// value may settle which record its row is about.
func (p *Plan) Apply(problem model.Problem, fix model.Fix) []Correction {
	return Alike(p.Problems, problem, fix)
}

// Alike is Plan.Apply over the problems of several tables or files; those of
// another file than the problem's stay out.
func Alike(problems []model.Problem, problem model.Problem, fix model.Fix) []Correction {
	var out []Correction
	for _, q := range problems {
		if q.Rule != problem.Rule || q.Ledger != problem.Ledger || q.Field != problem.Field || q.File != problem.File || q.Cell == "" {
			continue
		}
		i := slices.IndexFunc(q.Fixes, func(x model.Fix) bool { return x.Kind == fix.Kind })
		if i < 0 {
			continue
		}
		out = append(out, Correction{Sheet: q.Sheet, Cell: q.Cell, Words: q.Fixes[i].Words})
	}
	return out
}

// Correct returns a copy of a book in which the cells hold the corrected words,
// as text; the book given stays as it was read. A cell under a merged block means
// the block. Of two corrections of a cell the later counts; one for a sheet that
// is not there changes nothing.
func Correct(b *sheet.Book, corrections []Correction) *sheet.Book {
	if len(corrections) == 0 {
		return b
	}
	out := *b
	out.Sheets = slices.Clone(b.Sheets)
	touched := map[int]bool{}
	for _, c := range corrections {
		i := slices.IndexFunc(out.Sheets, func(s sheet.Sheet) bool { return s.Name == c.Sheet })
		row, col, ok := sheet.ParseCellName(c.Cell)
		if i < 0 || !ok {
			continue
		}
		s := &out.Sheets[i]
		if !touched[i] {
			s.Rows, touched[i] = slices.Clone(s.Rows), true
		}
		if m, merged := s.Merge(row, col); merged {
			row, col = m.R1, m.C1
		}
		correct(s, sheet.Cell{Row: row, Col: col, Kind: sheet.Text, Text: c.Words})
	}
	return &out
}

// correct puts a cell in its place.
func correct(s *sheet.Sheet, c sheet.Cell) {
	r := s.Row(c.Row)
	if r == nil { // no finding is on an empty row
		return
	}
	cells := slices.Clone(r.Cells)
	at, found := slices.BinarySearchFunc(cells, c.Col, func(x sheet.Cell, col int) int { return x.Col - col })
	if !found {
		cells = slices.Insert(cells, at, c)
	} else {
		cells[at] = c
	}
	r.Cells = cells
}
