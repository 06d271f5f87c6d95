package sheet

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"xiangzhen/model"
)

// handedDown writes a template as a county makes one: title, two header rows, three
// styled rows, 合计 with sums, notes; choices, colours by condition, a note, a
// picture's place, a protected second sheet that refers to the first.
func handedDown(t *testing.T, more func(*excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	const s = "汇总 表"
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", s))
	_, err := f.NewSheet("说明")
	must(err)
	must(f.MergeCell(s, "A1", "F1"))
	for cell, v := range map[string]any{"A1": "某县产业项目情况表", "A2": "填报单位：", "A3": "序号", "B3": "项目", "B4": "名称", "C4": "类别", "D3": "资金", "D4": "中央", "E4": "省级", "F3": "合计", "A8": "合计", "A10": "注：本表一式两份。"} {
		must(f.SetCellValue(s, cell, v))
	}
	for _, m := range [][2]string{{"A3", "A4"}, {"B3", "C3"}, {"D3", "E3"}, {"F3", "F4"}, {"A8", "C8"}, {"A10", "F10"}, {"B5", "C5"}, {"B6", "C6"}, {"B7", "C7"}} {
		must(f.MergeCell(s, m[0], m[1]))
	}
	style, err := f.NewStyle(&excelize.Style{Border: []excelize.Border{{Type: "left", Style: 1}, {Type: "bottom", Style: 1}}, NumFmt: 2})
	must(err)
	must(f.SetCellStyle(s, "A3", "F8", style))
	for row := 5; row <= 7; row++ {
		must(f.SetCellFormula(s, fmt.Sprintf("F%d", row), fmt.Sprintf("D%d+E%d", row, row)))
		must(f.SetRowHeight(s, row, 27))
	}
	must(f.SetCellFormula(s, "D8", "SUM(D5:D7)"))
	must(f.SetCellFormula(s, "E8", "SUBTOTAL(9,E5:E7)"))
	must(f.SetCellFormula(s, "F8", "IF(D8>0,D8+E8,0)"))
	must(f.SetCellFormula(s, "F9", "AVERAGE(F5:F7)/2*(1+1)"))
	must(f.SetCellFormula("说明", "A1", "'汇总 表'!D8*10000"))
	must(f.SetCellFormula("说明", "A2", "B2*2"))
	must(f.AddDataValidation(s, &excelize.DataValidation{Type: "list", Formula1: `"是,否"`, Sqref: "C5:C7"}))
	red, err := f.NewConditionalStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Color: []string{"FF0000"}, Pattern: 1}})
	must(err)
	must(f.SetConditionalFormat(s, "D5:E7", []excelize.ConditionalFormatOptions{{Type: "cell", Criteria: ">", Value: "$D$8", Format: &red}}))
	must(f.AddComment(s, excelize.Comment{Cell: "A10", Text: "注意"}))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: "'汇总 表'!$A$1:$F$10", Scope: s}))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'汇总 表'!$3:$4", Scope: s}))
	must(f.SetDefinedName(&excelize.DefinedName{Name: "总额", RefersTo: "'汇总 表'!$D$8"}))
	must(f.SetCellHyperLink(s, "B10", "'汇总 表'!A8", "Location"))
	must(f.InsertPageBreak(s, "A9"))
	must(f.ProtectSheet("说明", &excelize.SheetProtectionOptions{Password: "1"}))
	if more != nil {
		more(f)
	}
	path := filepath.Join(t.TempDir(), "台 账", "下发 表.xlsx")
	must(os.MkdirAll(filepath.Dir(path), 0o755))
	must(f.SaveAs(path))
	return path
}

// putRows fills k rows from row 5 on.
func putRows(k int) []Put {
	var out []Put
	for i := range k {
		out = append(out, Put{5 + i, 1, Number, fmt.Sprint(i + 1)}, Put{5 + i, 2, Text, fmt.Sprintf("项目<%d>", i+1)}, Put{5 + i, 4, Number, "10.5"}, Put{5 + i, 5, Number, fmt.Sprint(i)})
	}
	return out
}

func mustFill(t *testing.T, from string, fills ...SheetFill) (string, Filled) {
	t.Helper()
	tpl, err := OpenTemplate(from)
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "已 填.xlsx")
	done, err := tpl.Fill(to, fills)
	if err != nil {
		t.Fatal(err)
	}
	return to, done
}

// TestFill_Grows: ten rows into a table of three: everything below and all that
// refers to it moves along, sums are right in the file.
func TestFill_Grows(t *testing.T) {
	from := handedDown(t, nil)
	to, done := mustFill(t, from, SheetFill{Sheet: "汇总 表", Grow: Growth{After: 6, Count: 7, Sample: 6}, Puts: putRows(10)})
	if done.Computed != 14 || done.Left != 1 {
		t.Errorf("formulas %+v", done)
	}
	f, err := excelize.OpenFile(to)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const s = "汇总 表"
	for cell, want := range map[string]string{"D15": "SUM(D5:D14)", "E15": "SUBTOTAL(9,E5:E14)", "F15": "IF(D15>0,D15+E15,0)", "F16": "AVERAGE(F5:F14)/2*(1+1)", "F9": "D9+E9", "F14": "D14+E14"} {
		if got, _ := f.GetCellFormula(s, cell); got != want {
			t.Errorf("formula of %s = %q, want %q", cell, got, want)
		}
	}
	if got, _ := f.GetCellFormula("说明", "A1"); got != "'汇总 表'!D15*10000" {
		t.Errorf("other sheet %q", got)
	}
	b := mustOpen(t, to)
	for cell, want := range map[string]string{"D15": "105", "E15": "45", "F9": "14.5", "F16": "15", "B14": "项目<10>", "A15": "合计", "A17": "注：本表一式两份。"} {
		row, col, _ := ParseCellName(cell)
		if got := b.Sheet(s).Cell(row, col).Text; got != want {
			t.Errorf("%s = %q, want %q", cell, got, want)
		}
	}
	if got := b.Sheet("说明").Cell(1, 1).Text; got != "1050000" {
		t.Errorf("other sheet = %q", got)
	}
	if got := b.Sheet(s).Cell(15, 6).Text; got != "" {
		t.Errorf("a function not known keeps %q", got)
	}
	for _, want := range []Range{{15, 1, 15, 3}, {17, 1, 17, 6}, {9, 2, 9, 3}, {14, 2, 14, 3}, {3, 1, 4, 1}} {
		if !slices.Contains(b.Sheet(s).Merges, want) {
			t.Errorf("not merged: %s", want)
		}
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Name] = n.RefersTo
	}
	if names["_xlnm.Print_Area"] != "'汇总 表'!$A$1:$F$17" || names["_xlnm.Print_Titles"] != "'汇总 表'!$3:$4" || names["总额"] != "'汇总 表'!$D$15" {
		t.Errorf("names %v", names)
	}
	if v, _ := f.GetDataValidations(s); len(v) != 1 || v[0].Sqref != "C5:C14" {
		t.Errorf("choices %+v", v)
	}
	cf, _ := f.GetConditionalFormats(s)
	if len(cf["D5:E14"]) != 1 || cf["D5:E14"][0].Value != "$D$15" {
		t.Errorf("conditions %v", cf)
	}
	if c, _ := f.GetComments(s); len(c) != 1 || c[0].Cell != "A17" {
		t.Errorf("notes %+v", c)
	}
	if _, target, _ := f.GetCellHyperLink(s, "A17"); !strings.Contains(target, "A15") {
		t.Errorf("link to %q", target)
	}
	if h, _ := f.GetRowHeight(s, 12); h != 27 {
		t.Errorf("height %v", h)
	}
	was, _ := f.GetCellStyle(s, "D5")
	if is, _ := f.GetCellStyle(s, "D11"); is != was {
		t.Errorf("style %d, want %d", is, was)
	}
	wb := partsOf(t, to)["xl/workbook.xml"]
	if !strings.Contains(wb, `fullCalcOnLoad="1"`) {
		t.Error("no full calculation on load")
	}
	sameParts(t, from, to, "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml", "xl/calcChain.xml")
}

// sameParts wants all parts but some to be the same, byte for byte.
func sameParts(t *testing.T, from, to string, but ...string) {
	t.Helper()
	was, is := partsOf(t, from), partsOf(t, to)
	if !slices.Equal(slices.Sorted(maps.Keys(was)), slices.Sorted(maps.Keys(is))) {
		t.Errorf("parts %v, were %v", slices.Sorted(maps.Keys(is)), slices.Sorted(maps.Keys(was)))
	}
	for name, content := range was {
		if !slices.Contains(but, name) && is[name] != content {
			t.Errorf("%s has changed", name)
		}
	}
}

// TestFill_Within: as many rows as there are: only the sheet changes, and in it only
// what was filled.
func TestFill_Within(t *testing.T) {
	from := handedDown(t, nil)
	to, _ := mustFill(t, from, SheetFill{Sheet: "汇总 表", Puts: putRows(2)})
	sameParts(t, from, to, "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml")
	was, is := partsOf(t, from)["xl/worksheets/sheet1.xml"], partsOf(t, to)["xl/worksheets/sheet1.xml"]
	_, wasAfter, _ := strings.Cut(was, "</sheetData>")
	_, isAfter, _ := strings.Cut(is, "</sheetData>")
	if wasAfter != isAfter {
		t.Errorf("behind the cells\n%s\nwas\n%s", isAfter, wasAfter)
	}
	if got := mustOpen(t, to).Sheet("汇总 表").Cell(8, 4).Text; got != "21" {
		t.Errorf("sum %q", got)
	}
}

// TestFill_Tail: a table with a single row grows behind it.
func TestFill_Tail(t *testing.T) {
	from := handedDown(t, nil)
	to, _ := mustFill(t, from, SheetFill{Sheet: "汇总 表", Grow: Growth{After: 7, Count: 2, Sample: 7, Last: true}, Puts: putRows(5)})
	if got := mustOpen(t, to).Sheet("汇总 表").Cell(10, 4).Text; got != "52.5" {
		t.Errorf("sum %q", got)
	}
}

// TestFill_Refuses: what cannot be moved safely stops the filling and is named.
func TestFill_Refuses(t *testing.T) {
	array := excelize.STCellFormulaTypeArray
	for name, c := range map[string]struct {
		more func(*excelize.File)
		want string
	}{
		"array": {func(f *excelize.File) {
			ref := "C5:C7"
			f.SetCellFormula("汇总 表", "C5", "D5:D7*2", excelize.FormulaOpts{Type: &array, Ref: &ref})
		}, "C5:C7"},
		"foreign": {func(f *excelize.File) { f.SetCellFormula("说明", "B7", "[1]甲!A1+1") }, "B7"},
		"below":   {func(f *excelize.File) { f.SetCellFormula("汇总 表", "C6", "D6/D8") }, "B6"},
		"pivot": {func(f *excelize.File) {
			for i, h := range []string{"甲", "乙"} {
				f.SetCellValue("汇总 表", fmt.Sprintf("%s20", ColName(i+8)), h)
				f.SetCellValue("汇总 表", fmt.Sprintf("%s21", ColName(i+8)), 1)
			}
			if err := f.AddPivotTable(&excelize.PivotTableOptions{DataRange: "汇总 表!H20:I21", PivotTableRange: "汇总 表!H30:J36", Rows: []excelize.PivotTableField{{Data: "甲"}}, Data: []excelize.PivotTableField{{Data: "乙"}}}); err != nil {
				panic(err)
			}
		}, "透视"},
	} {
		tpl, err := OpenTemplate(handedDown(t, c.more))
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(t.TempDir(), "x.xlsx")
		_, err = tpl.Fill(to, []SheetFill{{Sheet: "汇总 表", Grow: Growth{After: 6, Count: 7, Sample: 6}, Puts: putRows(10)}})
		if model.CodeOf(err) != model.CodeRefused || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
		if _, statErr := os.Stat(to); statErr == nil {
			t.Errorf("%s: a file was written", name)
		}
	}
}

// TestFill_Corpus fills rows into every workbook of the corpus: what is not touched
// stays, every value is where it belongs, and LibreOffice opens the result.
func TestFill_Corpus(t *testing.T) {
	files, err := filepath.Glob("../../../shared/corpus/chinese/*.xlsx")
	if err != nil || len(files) == 0 {
		t.Skip("the corpus is not here")
	}
	filled := 0
	for _, from := range append(files, handedDown(t, nil)) {
		tpl, err := OpenTemplate(from)
		if err != nil || len(tpl.Sheets) == 0 || tooManyCells(tpl.Book) {
			t.Logf("%s: left out: %v", filepath.Base(from), err)
			continue
		}
		s := &tpl.Sheets[0]
		last, _ := s.Extent()
		at := max(last-1, 1)
		to := filepath.Join(t.TempDir(), filepath.Base(from))
		_, err = tpl.Fill(to, []SheetFill{{Sheet: s.Name, Grow: Growth{After: at, Count: 3, Sample: at}, Puts: []Put{{at + 1, 60, Text, "甲"}, {at + 3, 60, Number, "1.5"}}}})
		if model.CodeOf(err) == model.CodeRefused {
			t.Logf("%s: %v", filepath.Base(from), err)
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(from), err)
			continue
		}
		filled++
		filledCells := map[cellPlace]bool{{at + 1, 60}: true, {at + 3, 60}: true}
		was, now := partsOf(t, from), partsOf(t, to)
		samePackage(t, was, now, tpl.targets[s.Name], s.Name, shifter{at, 3}, ownedBy(t, tpl, s.Name))
		sameRows(t, was[partNamed(was, tpl.targets[s.Name])], now[partNamed(was, tpl.targets[s.Name])], s.Name, shifter{at, 3}, filledCells)
		is := mustOpen(t, to)
		if got := is.Sheets[0].Cell(at+1, 60).Text; got != "甲" {
			t.Errorf("%s: filled %q", filepath.Base(from), got)
		}
		for _, row := range s.Rows {
			for _, c := range row.Cells {
				r := c.Row
				if r > at {
					r += 3
				}
				if got := is.Sheets[0].Cell(r, c.Col).Text; got != c.Text && !c.Formula {
					t.Errorf("%s: %s = %q, was %q", filepath.Base(from), CellName(r, c.Col), got, c.Text)
				}
			}
		}
		opensInOffice(t, to)
	}
	t.Logf("%d filled", filled)
}

// ownedBy are the parts that say cells of a sheet without its name.
func ownedBy(t *testing.T, tpl *Template, sheet string) []string {
	t.Helper()
	rels, err := tpl.pkg.readRels(tpl.targets[sheet])
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, r := range rels {
		out = append(out, r.target)
	}
	return out
}

// partNamed finds a part whatever the case of its letters.
func partNamed(parts map[string]string, name string) string {
	for part := range parts {
		if strings.EqualFold(part, name) {
			return part
		}
	}
	return ""
}

func opensInOffice(t *testing.T, path string) {
	t.Helper()
	office, err := exec.LookPath("soffice")
	if err != nil || testing.Short() {
		return
	}
	dir := t.TempDir()
	out, err := exec.Command(office, "--headless", "-env:UserInstallation=file://"+filepath.Join(os.TempDir(), "xz-fill-profile"), "--convert-to", "csv", "--outdir", dir, path).CombinedOutput()
	made, _ := filepath.Glob(dir + "/*.csv")
	if err != nil || len(made) == 0 || bytes.Contains(out, []byte("Error")) {
		t.Errorf("%s does not open: %v %s", filepath.Base(path), err, out)
	}
}
