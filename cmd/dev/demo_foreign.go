package main

import (
	"fmt"

	"xiangzhen/model/sheet"
)

// fillForeign fills the county's own table of 23 columns out of the ledger and
// compares every title with the ledger.
func (d *demo) fillForeign() (string, error) {
	from, to := d.path(dirTemplates, fileTemplate), d.path(dirTemplates, fileFilled)
	if err := writeTemplate(from, d.today.Time()); err != nil {
		return "", err
	}
	var answer struct {
		Coverage struct{ Columns, Filled, Person, Unknown int }
		Tables   []struct {
			Rows  int
			Added int `json:"added_rows"`
		}
		Problems []any
	}
	if err := d.ctl(&answer, "fill", from, "--out", to, "--period", string(d.period)); err != nil {
		return "", err
	}
	c := answer.Coverage
	if c.Columns != 23 || c.Filled < 20 || len(answer.Tables) != 1 || len(answer.Problems) > 0 {
		return "", fmt.Errorf("%d 列只填了 %d 列，%d 个问题", c.Columns, c.Filled, len(answer.Problems))
	}
	if err := d.checkForeign(to, answer.Tables[0].Rows); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d 列已填 %d，%d 列需人工，%d 列未知；%d 行，加了 %d 行", c.Columns, c.Filled, c.Person, c.Unknown, answer.Tables[0].Rows, answer.Tables[0].Added), nil
}

// checkForeign compares the filled table with the ledger, title by title.
func (d *demo) checkForeign(path string, rows int) error {
	const titleCol = 3
	tasks, err := d.listOf("甲镇", "task", "下级事项数=") // what was broken down is not said twice
	if err != nil {
		return err
	}
	book, err := sheet.Open(path)
	if err != nil {
		return err
	}
	if len(tasks) != rows {
		return fmt.Errorf("台账里有 %d 项任务，表里填了 %d 行", len(tasks), rows)
	}
	for i, t := range tasks {
		if got := book.Sheets[0].Cell(templateFirst+i, titleCol).Text; got != t.text("title") {
			return fmt.Errorf("第 %d 行是“%s”，应为“%s”", templateFirst+i, got, t.text("title"))
		}
	}
	if got := book.Sheets[0].Cell(templateFirst+rows, 1).Text; got != "合计" {
		return fmt.Errorf("第 %d 行应为合计，是“%s”", templateFirst+rows, got)
	}
	return nil
}
