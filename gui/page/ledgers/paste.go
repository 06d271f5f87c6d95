package ledgers

import (
	"strings"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// rowEdit is what is to be written into one row.
type rowEdit struct {
	row    int
	assign []app.Assignment
}

// rowEdits turns pasted cells into what they change, row by row from the upper left
// corner on. Columns that take no typing are passed over, and so is a masked value:
// it would wipe out the real one.
func rowEdits(l *model.Ledger, fields []*model.Field, row, col int, values [][]string) []rowEdit {
	var out []rowEdit
	for i, cells := range values {
		e := rowEdit{row: row + i}
		for j, words := range cells {
			if col+j >= len(fields) {
				break
			}
			f := fields[col+j]
			words = strings.TrimSpace(words)
			if !editable(l, f) || f.Sensitive && strings.ContainsAny(words, "*＊") {
				continue
			}
			e.assign = append(e.assign, app.Assignment{Field: f.Key, Words: words})
		}
		if len(e.assign) > 0 {
			out = append(out, e)
		}
	}
	return out
}

// filled leaves out rows without any words, and empty cells: of a new record
// nothing is to be cleared.
func filled(edits []rowEdit) []rowEdit {
	var out []rowEdit
	for _, e := range edits {
		kept := rowEdit{row: e.row}
		for _, a := range e.assign {
			if a.Words != "" {
				kept.assign = append(kept.assign, a)
			}
		}
		if len(kept.assign) > 0 {
			out = append(out, kept)
		}
	}
	return out
}

// split parts edits into those of rows that are there and those beyond the end.
func split(edits []rowEdit, rows int) (within, beyond []rowEdit) {
	for _, e := range edits {
		if e.row < rows {
			within = append(within, e)
		} else {
			beyond = append(beyond, e)
		}
	}
	return within, beyond
}

// headless drops the first line if it is the head of the columns pasted into, as it
// comes along when a whole table is copied.
func headless(cols []grid.Column, col int, values [][]string) [][]string {
	if len(values) == 0 {
		return values
	}
	same := 0
	for j, words := range values[0] {
		words = strings.TrimSpace(words)
		if words == "" || col+j >= len(cols) {
			continue
		}
		if title := cols[col+j].Title; words != title && !strings.HasPrefix(title, words+"（") { // the unit may be missing
			return values
		}
		same++
	}
	if same == 0 {
		return values
	}
	return values[1:]
}
