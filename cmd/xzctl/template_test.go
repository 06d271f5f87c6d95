package main

import (
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"xiangzhen/model/sheet"
)

// makeTemplate makes an empty table of a text file, as somebody else would hand it
// down: template 表.xlsx 表.txt. Cells are parted by "|" and bordered; a line that
// begins with "~" is a title or a note.
func makeTemplate(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: template FILE TEXT")
	}
	s := sheet.OutSheet{Name: "表1"}
	for line := range strings.Lines(ts.ReadFile(args[1])) {
		line, style := strings.TrimRight(line, "\n"), sheet.Style{Border: true}
		if words, plain := strings.CutPrefix(line, "~"); plain {
			line, style = words, sheet.Style{}
		}
		row := sheet.OutRow{}
		for _, words := range strings.Split(line, "|") {
			row.Cells = append(row.Cells, sheet.TextCell(words, style))
		}
		s.Rows = append(s.Rows, row)
	}
	ts.Check(sheet.Write(ts.MkAbs(args[0]), &sheet.Out{Sheets: []sheet.OutSheet{s}}))
}
