package exchange

import (
	"fmt"
	"testing"

	"xiangzhen/model/sheet"
)

// benchSheet is a table of words and numbers in turn.
func benchSheet(rows, cols int) *sheet.Book {
	s := sheet.Sheet{Name: "表", Rows: make([]sheet.Row, 0, rows+1)}
	for r := 1; r <= rows+1; r++ {
		row := sheet.Row{Index: r}
		for c := 1; c <= cols; c++ {
			words := fmt.Sprintf("整治人居环境第%d项%d", r, c)
			switch {
			case r == 1 && c == 1:
				words = "序号"
			case r == 1:
				words = fmt.Sprintf("第%d项名称", c)
			case c%3 == 1:
				words = fmt.Sprint(r * c)
			}
			row.Cells = append(row.Cells, cellFrom(r, c, words))
		}
		s.Rows = append(s.Rows, row)
	}
	return &sheet.Book{Format: sheet.XLSX, Sheets: []sheet.Sheet{s}}
}

func BenchmarkFindTables10kx30(b *testing.B) {
	book := benchSheet(10_000, 30)
	for b.Loop() {
		if tables := FindTables(book); len(tables) != 1 || tables[0].DataLast != 10_001 {
			b.Fatalf("found %d tables", len(tables))
		}
	}
}

func BenchmarkReadRows10kx30(b *testing.B) {
	book := benchSheet(10_000, 30)
	tables := FindTables(book)
	var matches []Match
	for col := 2; col <= 30; col++ {
		matches = append(matches, Match{Col: col, Path: Path(fmt.Sprint("f", col)), How: HowExact})
	}
	for b.Loop() {
		if rows := ReadRows(&book.Sheets[0], &tables[0], matches, 0); len(rows) != 10_000 {
			b.Fatalf("read %d rows", len(rows))
		}
	}
}

func BenchmarkGuessLedger(b *testing.B) {
	t := tableOf("序号|工作类别(领域)|任务名称(重点任务)|具体内容(工作举措)|目标要求(量化指标)|牵头领导|牵头单位|责任单位(配合单位)|责任人|完成时限|进展情况(截至11月20日)|完成比例(%)|存在问题|下步打算|是否完成(销号情况)|销号时间|备注")
	c := builtin()
	for b.Loop() {
		if l, _ := GuessLedger(t, c); l == nil {
			b.Fatal("no ledger")
		}
	}
}
