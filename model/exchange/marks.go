package exchange

import (
	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// Marks turns problems into what is to be marked in the sender's own file. A
// problem without a cell is told with its sheet's first row.
func Marks(problems []model.Problem) []sheet.Mark {
	marks := make([]sheet.Mark, 0, len(problems))
	for _, p := range problems {
		note := string(p.Level) + "：" + sentence(p.Message) + sentence(p.Suggestion)
		marks = append(marks, sheet.Mark{Sheet: p.Sheet, Cell: p.Cell, Note: note, Fault: p.Level == model.Fault})
	}
	return marks
}
