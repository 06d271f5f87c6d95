package sheet

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"xiangzhen/model"
)

// TestOpenConverted: an xls becomes a template where LibreOffice is installed; what is
// no workbook is refused either way.
func TestOpenConverted(t *testing.T) {
	text := filepath.Join(t.TempDir(), "清 单.csv")
	if err := os.WriteFile(text, []byte("甲,乙\n1,2\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenConverted(t.Context(), text); model.CodeOf(err) != model.CodeUnsupported {
		t.Errorf("a csv: %v", err)
	}
	const xls = "../../../shared/corpus/chinese/oa_报销单.xls"
	if _, err := os.Stat(xls); err != nil || testing.Short() {
		t.Skip("the corpus is not here")
	}
	if _, err := exec.LookPath("soffice"); err != nil {
		t.Skip("no LibreOffice here")
	}
	was := mustOpen(t, xls)
	tpl, err := OpenConverted(t.Context(), xls)
	if err != nil {
		t.Fatal(err)
	}
	if len(tpl.Sheets) != len(was.Sheets) || tpl.Format != XLSX || tpl.Path != xls {
		t.Errorf("%d sheets, were %d; %s %s", len(tpl.Sheets), len(was.Sheets), tpl.Format, tpl.Path)
	}
}
