package main

import (
	"archive/zip"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding/simplifiedchinese"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// fillRow types a value into the row that has given words in a column:
// fillrow FILE KEYHEADER KEYWORDS HEADER VALUE.
func fillRow(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 5 {
		ts.Fatalf("usage: fillrow FILE KEYHEADER KEYWORDS HEADER VALUE")
	}
	path := ts.MkAbs(args[0])
	e, err := sheet.Edit(path)
	ts.Check(err)
	defer e.Close()
	name := e.Sheets()[0]
	find := func(words string, rows, cols [2]int) (int, int) {
		for row := rows[0]; row <= rows[1]; row++ {
			for col := cols[0]; col <= cols[1]; col++ {
				text, err := e.Cell(name, row, col)
				ts.Check(err)
				if text == words {
					return row, col
				}
			}
		}
		ts.Fatalf("no cell %s in %s", words, args[0])
		return 0, 0
	}
	head, keyCol := find(args[1], [2]int{1, 10}, [2]int{1, 40})
	_, col := find(args[3], [2]int{head, head}, [2]int{1, 40})
	row, _ := find(args[2], [2]int{head + 1, head + 300}, [2]int{keyCol, keyCol})
	ts.Check(e.Set(name, row, col, args[4]))
	ts.Check(e.SaveAs(path))
}

// saved sets when a workbook was last saved, by its own word: saved FILE DAY.
func saved(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: saved FILE DAY")
	}
	path := ts.MkAbs(args[0])
	e, err := sheet.Edit(path)
	ts.Check(err)
	defer e.Close()
	ts.Check(e.SetModified(model.Day(args[1]).Time()))
	ts.Check(e.SaveAs(path))
}

// zipped packs files into a zip: zipped [gbk] OUT.zip NAME=FILE …; with gbk the names
// are written as Windows does, in GBK without saying so.
func zipped(ts *testscript.TestScript, neg bool, args []string) {
	gbk := len(args) > 0 && args[0] == "gbk"
	if gbk {
		args = args[1:]
	}
	if neg || len(args) < 2 {
		ts.Fatalf("usage: zipped [gbk] OUT NAME=FILE…")
	}
	out, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	w := zip.NewWriter(out)
	for _, a := range args[1:] {
		name, file, _ := strings.Cut(a, "=")
		h := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if gbk {
			h.Name, err = simplifiedchinese.GBK.NewEncoder().String(name)
			ts.Check(err)
			h.NonUTF8 = true
		}
		part, err := w.CreateHeader(h)
		ts.Check(err)
		content, err := os.ReadFile(ts.MkAbs(file))
		ts.Check(err)
		_, err = part.Write(content)
		ts.Check(err)
	}
	ts.Check(w.Close())
	ts.Check(out.Close())
}
