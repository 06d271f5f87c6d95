package pagetest

import (
	"os"
	"path/filepath"
	"testing"

	"xiangzhen/model/sheet"
)

// Workbook writes a file as somebody in a village makes it: rows of words on one
// sheet, with merged blocks such as A1:F1.
func Workbook(t testing.TB, name string, merges [][2]string, rows ...[]string) string {
	t.Helper()
	out := sheet.OutSheet{Name: "Sheet1"}
	for _, row := range rows {
		r := sheet.OutRow{}
		for _, words := range row {
			r.Cells = append(r.Cells, sheet.TextCell(words, sheet.Style{}))
		}
		out.Rows = append(out.Rows, r)
	}
	for _, m := range merges {
		r1, c1, _ := sheet.ParseCellName(m[0])
		r2, c2, _ := sheet.ParseCellName(m[1])
		out.Merges = append(out.Merges, sheet.Range{R1: r1, C1: c1, R2: r2, C2: c2})
	}
	path := filepath.Join(t.TempDir(), "来 表", name)
	Must(t, os.MkdirAll(filepath.Dir(path), 0o755))
	Must(t, sheet.Write(path, &sheet.Out{Sheets: []sheet.OutSheet{out}}))
	return path
}
