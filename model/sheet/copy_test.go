package sheet

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestMarkProblems_OtherFormats: what is no xlsx comes back as one, with the same
// sheets, values, merged blocks and widths, and the marks.
func TestMarkProblems_OtherFormats(t *testing.T) {
	page := `<table><col width=80><tr><td colspan=2>月报</td></tr><tr><th>村</th><th>进度</th></tr><tr><td>甲一村</td><td style='mso-number-format:"yyyy/m/d"' x:num="44635">2022/3/15</td></tr></table>`
	for name, raw := range map[string][]byte{
		"月 报.xls": []byte(page),
		"月报.csv":  []byte("月报,\n村,进度\n甲一村,110%\n"),
		"月报.docx": docxOf(t, par("月报")+tableOf("村|进度", "甲一村|110%")),
		"旧月报.xls": xlsBook(xlsText(1, 1, "月报"), xlsText(2, 1, "村"), xlsText(2, 2, "进度"), xlsText(3, 1, "甲一村"), xlsText(3, 2, "110%")),
	} {
		dir := filepath.Join(t.TempDir(), "台 账")
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		from := filepath.Join(dir, name)
		if err := os.WriteFile(from, raw, 0o644); err != nil {
			t.Fatal(err)
		}
		was := mustOpen(t, from)
		to := filepath.Join(dir, "退回", MarkedName(from))
		if err := MarkProblems(from, to, []Mark{{was.Sheets[0].Name, "B3", "错误：看不懂", true}}); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		is := mustOpen(t, to)
		if is.Format != XLSX || !strings.HasSuffix(to, "（问题）.xlsx") {
			t.Errorf("%s came back as %s", name, filepath.Base(to))
		}
		sameValues(t, was, is)
		if s := is.Sheets[0]; s.Cell(2, 3).Text != "问题" || s.Cell(3, 3).Text != "错误：看不懂" {
			t.Errorf("%s: column 问题 %q %q in %s", name, s.Cell(2, 3).Text, s.Cell(3, 3).Text, describe(&s))
		}
		f, err := excelize.OpenFile(to)
		if err != nil {
			t.Fatal(err)
		}
		if comments, err := f.GetComments(was.Sheets[0].Name); err != nil || len(comments) != 1 || comments[0].Cell != "B3" {
			t.Errorf("%s: notes %v (%v)", name, comments, err)
		}
		if width, err := f.GetColWidth(was.Sheets[0].Name, "C"); err != nil || width != problemWidth {
			t.Errorf("%s: width %v (%v)", name, width, err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCopySheet_Looks(t *testing.T) {
	looks := []Style{{Bold: true, Fill: "FFFF00"}}
	s := &Sheet{Name: "表", Widths: []ColWidth{{1, 1, 20}, {2, 9, 300}}, HiddenCols: []Range{{C1: 2, C2: 2}}, Rows: []Row{{Index: 2, Hidden: true, Cells: []Cell{
		{Row: 2, Col: 1, Kind: Text, Text: "甲", Look: 1}, {Row: 2, Col: 2, Kind: Number, Text: "44635", Num: 44635, Format: "yyyy/m/d", Date: true, Look: 9}}}}}
	out := copySheet(s, looks, nil)
	if out.Cols[0].Width != 20 || out.Cols[1].Width != 255 || !out.Cols[1].Hidden || !out.Rows[1].Hidden || len(out.Rows) != 2 {
		t.Errorf("%+v", out)
	}
	if c := out.Rows[1].Cells[0]; c.Style != looks[0] {
		t.Errorf("look %+v", c.Style)
	}
	if c := out.Rows[1].Cells[1]; c.Style.Format != "yyyy/m/d" || !c.Style.Border || c.Kind != Number {
		t.Errorf("date %+v", c)
	}
}

func TestMarkedName(t *testing.T) {
	for in, want := range map[string]string{
		"甲 村/月报.xls": "月报（问题）.xlsx", "月报.XLSX": "月报（问题）.xlsx", "宏.xlsm": "宏（问题）.xlsm", "模板.XLTX": "模板（问题）.xltx", "月报": "月报（问题）.xlsx", "1.2月报.csv": "1.2月报（问题）.xlsx",
	} {
		if got := MarkedName(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
