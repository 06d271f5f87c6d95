package app

import (
	"archive/zip"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xiangzhen/model/ledgers"
)

// TestExport_Hostile: what somebody typed is text for whoever opens the export, never
// a formula or a command.
func TestExport_Hostile(t *testing.T) {
	a := openDemo(t)
	ctx := context.Background()
	hostile := []string{"=HYPERLINK(\"http://x\")", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "=1+1"}
	for _, words := range hostile {
		_, err := a.Add(ctx, ledgers.Task, []Assignment{{"title", "恶意" + words}, {"remark", words}, {"due", "2026年12月31日"}})
		check(t, err)
	}
	dir := t.TempDir()
	for _, name := range []string{"导出.csv", "导出.xlsx"} {
		_, err := a.Export(ctx, ExportRequest{List: ListRequest{Ledger: ledgers.Task, Where: []string{"title~恶意"}}, Out: filepath.Join(dir, name)})
		check(t, err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "导出.csv"))
	check(t, err)
	for _, words := range hostile {
		quoted := strings.ReplaceAll(words, `"`, `""`)
		if !strings.Contains(string(b), "'"+quoted) || strings.Contains(string(b), ","+quoted) || strings.Contains(string(b), `,"`+quoted) {
			t.Errorf("%s is not neutralised in the csv", words)
		}
	}
	z, err := zip.OpenReader(filepath.Join(dir, "导出.xlsx"))
	check(t, err)
	defer z.Close()
	seen := false
	for _, f := range z.File {
		if !strings.HasPrefix(f.Name, "xl/worksheets/sheet") {
			continue
		}
		r, err := f.Open()
		check(t, err)
		xml, err := io.ReadAll(r)
		check(t, err)
		check(t, r.Close())
		if seen = true; strings.Contains(string(xml), "<f>") || strings.Contains(string(xml), "<f ") {
			t.Errorf("%s has a formula", f.Name)
		}
	}
	if !seen {
		t.Error("no sheet was looked at")
	}
}
