package exchange

import "xiangzhen/model/sheet"

// AnswerCell is a cell of a form that this ledger can fill.
type AnswerCell struct {
	Row, Col int
	Path     Path
	ID       string // of the row's record
}

// AnswerCells returns the cells of a form from above that its receiver fills, by the
// hidden path row, with the record each is about; nil for any other workbook. Free
// rows have none.
func AnswerCells(b *sheet.Book, form Form) (page string, cells []AnswerCell) {
	for i := range b.Sheets {
		s := &b.Sheets[i]
		row, idCol, matches := findPaths(s)
		if row == 0 || s.Visibility == sheet.VeryHidden {
			continue
		}
		for j := range s.Rows {
			r := &s.Rows[j]
			id, ok := r.Cell(idCol)
			if r.Index <= row || !ok || !isID(id.Text) {
				continue
			}
			for _, m := range matches {
				if form.fillable(m.Path) {
					cells = append(cells, AnswerCell{Row: r.Index, Col: m.Col, Path: m.Path, ID: id.Text})
				}
			}
		}
		return s.Name, cells
	}
	return "", nil
}
