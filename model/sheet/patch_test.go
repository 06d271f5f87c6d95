package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
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

// aroundCells are the parts of a worksheet that a township's table really has and
// that must come back as they were, in the order of the standard.
var aroundCells = []string{
	`<sheetPr codeName="Sheet1"><tabColor rgb="FFFF0000"/><pageSetUpPr fitToPage="1"/></sheetPr>`,
	`<sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
	`<sheetFormatPr defaultRowHeight="14.25" x14ac:dyDescent="0.2"/>`,
	`<sheetProtection sheet="1" objects="1" password="CC1A"/>`,
	`<autoFilter ref="A2:C4"/>`,
	`<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="A3:A4"/></mergeCells>`,
	`<conditionalFormatting sqref="C3:C4"><cfRule type="dataBar" priority="1"><dataBar><cfvo type="min"/><cfvo type="max"/><color rgb="FF638EC6"/></dataBar></cfRule></conditionalFormatting>`,
	`<dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="B3:B4"><formula1>"办理中,已办结"</formula1></dataValidation></dataValidations>`,
	`<printOptions horizontalCentered="1"/>`,
	`<pageMargins left="0.59" right="0.59" top="0.79" bottom="0.79" header="0.31" footer="0.31"/>`,
	`<pageSetup paperSize="9" scale="83" orientation="landscape" r:id="rId9"/>`,
	`<headerFooter><oddFooter>&amp;C第 &amp;P 页</oddFooter></headerFooter>`,
	`<drawing r:id="rId1"/>`,
	`<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings><x14:conditionalFormatting/></x14:conditionalFormattings></ext></extLst>`,
}

const richRows = `<row r="1" spans="1:3" ht="30" customHeight="1"><c r="A1" s="1" t="inlineStr"><is><t>月报</t></is></c></row>` +
	`<row r="2" spans="1:3"><c r="A2" t="inlineStr"><is><t>村</t></is></c><c r="B2" t="inlineStr"><is><t>状态</t></is></c><c r="C2" t="inlineStr"><is><t>进度</t></is></c></row>` +
	`<row r="3" spans="1:3"><c r="A3" s="1" t="inlineStr"><is><t>甲一村</t></is></c><c r="B3"/><c r="C3" s="2"><f>1+0.1</f><v>1.1</v></c></row>` +
	`<row r="4" spans="1:3" s="1" customFormat="1"/><row r="7" hidden="1"><c r="A7"><v>5</v></c></row>`

// richBook is a package with all that people put into a workbook.
func richBook() map[string]string {
	const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	const pkg = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	sheet1 := `<?xml version="1.0" encoding="UTF-8"?>` + "\r\n" + `<worksheet xmlns="` + mainSpace + `" xmlns:r="` + rel + `" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac">` +
		aroundCells[0] + `<dimension ref="A1:C7"/>` + aroundCells[1] + aroundCells[2] + `<cols><col min="1" max="3" width="12.5" customWidth="1"/></cols><sheetData>` + richRows + `</sheetData>` +
		strings.Join(aroundCells[3:], "") + `</worksheet>`
	return map[string]string{
		"[Content_Types].xml":                 `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/drawings/drawing1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>`,
		"_rels/.rels":                         pkg + `<Relationship Id="rId1" Type="` + rel + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":                     `<workbook xmlns="` + mainSpace + `" xmlns:r="` + rel + `"><sheets><sheet name="月报" sheetId="1" r:id="rId1"/><sheet name="另一张" sheetId="2" state="hidden" r:id="rId2"/></sheets><definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">月报!$A$1:$C$7</definedName></definedNames></workbook>`,
		"xl/_rels/workbook.xml.rels":          pkg + `<Relationship Id="rId1" Type="` + rel + `/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="` + rel + `/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="` + rel + `/styles" Target="styles.xml"/></Relationships>`,
		"xl/styles.xml":                       `<styleSheet xmlns="` + mainSpace + `"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/><xf numFmtId="0" fontId="0" fillId="0" borderId="0" applyAlignment="1"><alignment horizontal="center"/></xf><xf numFmtId="9" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/></cellXfs><dxfs count="1"><dxf><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf></dxfs></styleSheet>`,
		"xl/worksheets/sheet1.xml":            sheet1,
		"xl/worksheets/_rels/sheet1.xml.rels": pkg + `<Relationship Id="rId1" Type="` + rel + `/drawing" Target="../drawings/drawing1.xml"/></Relationships>`,
		"xl/worksheets/sheet2.xml":            `<worksheet xmlns="` + mainSpace + `"><sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData></worksheet>`,
		"xl/drawings/drawing1.xml":            `<wsDr xmlns="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>`,
		"xl/media/image1.png":                 "\x89PNG\r\n\x1a\n…",
		"xl/printerSettings/p.bin":            "\x00\x01",
	}
}

var richMarks = []Mark{{"月报", "C3", "错误：应在 0–100 之间 <&>", true}, {"月报", "C3", "疑点：请核对", false}, {"月报", "A4", "错误：认不出的村", true}, {"月报", "B6", "错误：缺状态", true}, {"没有的表", "A1", "x", true}}

// markRaw marks a package and returns where the result is.
func markRaw(t testing.TB, parts map[string]string, marks []Mark) (from, to string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "台 账")
	from, to = filepath.Join(dir, "月 报.xlsx"), filepath.Join(dir, "退回", "月 报（问题）.xlsx")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(from, zipOf(t, parts), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := MarkProblems(from, to, marks); err != nil {
		t.Fatal(err)
	}
	return from, to
}

func partsOf(t testing.TB, path string) map[string]string {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	out := map[string]string{}
	for _, f := range z.File {
		b, err := readPart(f, 100<<20)
		if err != nil {
			t.Fatal(err)
		}
		out[f.Name] = string(b)
	}
	return out
}

func TestPatch_EveryOtherPartStays(t *testing.T) {
	was := richBook()
	_, to := markRaw(t, was, richMarks)
	is := partsOf(t, to)
	touched := []string{"[Content_Types].xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/_rels/sheet1.xml.rels"}
	for name, content := range was {
		if !slices.Contains(touched, name) && is[name] != content {
			t.Errorf("%s was rewritten", name)
		}
	}
	var added []string
	for name := range is {
		if _, old := was[name]; !old {
			added = append(added, name)
		}
	}
	if slices.Sort(added); !slices.Equal(added, []string{"xl/commentsXZ1.xml", "xl/drawings/vmlDrawingXZ1.vml"}) {
		t.Errorf("added %q", added)
	}
	for _, piece := range aroundCells {
		if !strings.Contains(is["xl/worksheets/sheet1.xml"], piece) {
			t.Errorf("lost from the sheet: %s", piece)
		}
	}
}

// TestPatch_OnlyAdds: with what was put in taken out again, the sheet and the styles
// are what they were.
func TestPatch_OnlyAdds(t *testing.T) {
	was := richBook()
	_, to := markRaw(t, was, richMarks)
	is := partsOf(t, to)
	for _, name := range []string{"[Content_Types].xml", "xl/worksheets/_rels/sheet1.xml.rels"} {
		rest := is[name]
		for _, piece := range []string{`<Override PartName="/xl/commentsXZ1.xml" ContentType="` + commentsType + `"/>`, `<Default Extension="vml" ContentType="` + vmlType + `"/>`} {
			rest = strings.Replace(rest, piece, "", 1)
		}
		for i := 1; i <= 2; i++ {
			if at := strings.Index(rest, fmt.Sprintf(`<Relationship Id="rIdXZ%d"`, i)); at >= 0 {
				rest = rest[:at] + rest[at+strings.Index(rest[at:], "/>")+2:]
			}
		}
		if rest != was[name] {
			t.Errorf("%s:\n got %s\nwant %s", name, rest, was[name])
		}
	}
	styles := is["xl/styles.xml"]
	for _, kept := range []string{`<xf numFmtId="9" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>`, `<xf numFmtId="9" fontId="0" fillId="2" borderId="0" applyNumberFormat="1" applyFill="1"/>`, `<fills count="3">`, `<cellXfs count="7">`, `<dxfs count="1">`} {
		if !strings.Contains(styles, kept) {
			t.Errorf("styles lack %s:\n%s", kept, styles)
		}
	}
}

func TestPatch_WhatIsSeen(t *testing.T) {
	from, to := markRaw(t, richBook(), richMarks)
	was, is := mustOpen(t, from), mustOpen(t, to)
	sameValues(t, was, is)
	s := is.Sheet("月报")
	for at, want := range map[string]string{"D2": "问题", "D3": "错误：应在 0–100 之间 <&>\n疑点：请核对", "D4": "错误：认不出的村", "D6": "错误：缺状态"} {
		row, col, _ := ParseCellName(at)
		if got := s.Cell(row, col).Text; got != want {
			t.Errorf("%s = %q, want %q", at, got, want)
		}
	}
	f, err := excelize.OpenFile(to)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	comments, err := f.GetComments("月报")
	if err != nil {
		t.Fatal(err)
	}
	var notes []string
	for _, c := range comments {
		notes = append(notes, c.Cell)
	}
	if slices.Sort(notes); !slices.Equal(notes, []string{"A3", "B6", "C3"}) { // A4 lies under A3
		t.Errorf("notes on %q", notes)
	}
	for cell, want := range map[string]bool{"C3": true, "A3": true, "B6": true, "A1": false, "C2": false} {
		id, err := f.GetCellStyle("月报", cell)
		if err != nil {
			t.Fatal(err)
		}
		look, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		fill := f.Styles.Fills.Fill[*f.Styles.CellXfs.Xf[id].FillID].PatternFill
		if red := fill.FgColor != nil && fill.FgColor.RGB == "FF"+markFill; red != want {
			t.Errorf("%s red: %v, want %v (%+v)", cell, red, want, fill)
		}
		if cell == "C3" && look.NumFmt != 9 {
			t.Errorf("C3 lost its number format: %d", look.NumFmt)
		}
	}
}

func mustOpen(t testing.TB, path string) *Book {
	t.Helper()
	b, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sameValues wants every cell of a book in another, as it was.
func sameValues(t testing.TB, was, is *Book) {
	t.Helper()
	for i := range was.Sheets {
		s := is.Sheet(was.Sheets[i].Name)
		if s == nil {
			t.Fatalf("no sheet %s", was.Sheets[i].Name)
		}
		for _, row := range was.Sheets[i].Rows {
			for _, c := range row.Cells {
				if got := s.Cell(c.Row, c.Col); got.Text != c.Text || got.Kind != c.Kind || got.Formula != c.Formula || got.Date != c.Date {
					t.Errorf("%s %s = %+v, was %+v", s.Name, CellName(c.Row, c.Col), got, c)
				}
			}
		}
		if !slices.Equal(s.Merges, was.Sheets[i].Merges) || s.Visibility != was.Sheets[i].Visibility {
			t.Errorf("%s: merges %v, were %v", s.Name, s.Merges, was.Sheets[i].Merges)
		}
	}
}

// TestPatch_Again: a file that came back may be marked once more, with notes on the
// cells already.
func TestPatch_Again(t *testing.T) {
	_, once := markRaw(t, richBook(), richMarks)
	twice := filepath.Join(filepath.Dir(once), "再.xlsx")
	if err := MarkProblems(once, twice, []Mark{{"月报", "C3", "又错了", true}, {"月报", "A7", "新错", true}, {"另一张", "A1", "这里也错", true}}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(twice)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	comments, err := f.GetComments("月报")
	if err != nil || len(comments) != 4 {
		t.Fatalf("%d notes (%v)", len(comments), err)
	}
	i := slices.IndexFunc(comments, func(c excelize.Comment) bool { return c.Cell == "C3" })
	words := comments[i].Text
	for _, run := range comments[i].Paragraph {
		words += run.Text
	}
	if !strings.HasPrefix(words, "又错了\n错误：应在") {
		t.Errorf("note on C3 %q", words)
	}
	if comments, err := f.GetComments("另一张"); err != nil || len(comments) != 1 {
		t.Errorf("notes of the other sheet %v (%v)", comments, err)
	}
}

// TestPatch_PlainOldNote: words of a note that are no runs become one.
func TestPatch_PlainOldNote(t *testing.T) {
	part := &xmlPart{b: []byte(`<comments><authors><author>a</author></authors><commentList><comment ref="B2"><text><t>旧</t></text></comment><comment ref="B3"><text><r><t>旧</t></r></text></comment><comment ref="B4"><text/></comment></commentList></comments>`)}
	old := commentTexts(part)
	for _, at := range []cellPlace{{2, 2}, {3, 2}} {
		n := old[at]
		n.putBefore(part, runXML("", "新"))
	}
	got := string(part.bytes())
	for _, want := range []string{`<text><r><t xml:space="preserve">新</t></r><r><t>旧</t></r></text></comment><comment ref="B3">`, `<text><r><t xml:space="preserve">新</t></r><r><t>旧</t></r></text></comment><comment ref="B4">`} {
		if !strings.Contains(got, want) {
			t.Errorf("%s\nlacks %s", got, want)
		}
	}
}

// TestPatch_OddPackages: names with a prefix are patched; what is written in a way
// unknown comes back as a copy.
func TestPatch_OddPackages(t *testing.T) {
	prefixed := richBook()
	for _, name := range []string{"xl/worksheets/sheet1.xml", "xl/styles.xml"} {
		out := prefixed[name]
		for _, tag := range []string{"worksheet", "sheetData", "row", "c", "v", "f", "is", "t", "cols", "col", "dimension", "mergeCells", "mergeCell", "styleSheet", "fills", "fill", "patternFill", "cellXfs", "xf", "alignment"} {
			for _, end := range []string{" ", ">", "/>"} {
				out = strings.NewReplacer("<"+tag+end, "<q:"+tag+end, "</"+tag+">", "</q:"+tag+">").Replace(out)
			}
		}
		prefixed[name] = strings.Replace(out, `xmlns="`+mainSpace, `xmlns:q="`+mainSpace, 1)
	}
	unnumbered, disordered := richBook(), richBook()
	disordered["xl/worksheets/sheet1.xml"] = `<worksheet xmlns="` + mainSpace + `"><sheetData><row r="3"><c r="A3"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c><c r="A2"><v>3</v></c></row></sheetData></worksheet>`
	unnumbered["xl/worksheets/sheet1.xml"] = `<worksheet xmlns="` + mainSpace + `"><sheetData><row><c><v>1</v></c></row><row><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData></worksheet>`
	strict := richBook()
	strict["xl/worksheets/sheet1.xml"] = strings.Replace(strict["xl/worksheets/sheet1.xml"], mainSpace, "http://purl.oclc.org/ooxml/spreadsheetml/main", 1)
	bare := richBook() // as PhpSpreadsheet writes it
	bare["xl/worksheets/_rels/sheet1.xml.rels"] = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>`
	for name, parts := range map[string]map[string]string{"bare": bare, "prefixed": prefixed, "unnumbered": unnumbered, "disordered": disordered, "strict": strict} {
		from, to := markRaw(t, parts, richMarks)
		was, is := mustOpen(t, from), mustOpen(t, to)
		for _, row := range was.Sheets[0].Rows {
			for _, c := range row.Cells {
				if got := is.Sheets[0].Cell(c.Row, c.Col).Text; got != c.Text {
					t.Errorf("%s: %s = %q, was %q", name, CellName(c.Row, c.Col), got, c.Text)
				}
			}
		}
		found := false
		for _, row := range is.Sheets[0].Rows {
			found = found || slices.ContainsFunc(row.Cells, func(c Cell) bool { return c.Text == "错误：缺状态" })
		}
		if !found {
			t.Errorf("%s: no column 问题", name)
		}
	}
}

// TestPatch_OpensInOffice: LibreOffice, which stands for WPS, opens what was patched.
func TestPatch_OpensInOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil || testing.Short() {
		t.Skip("no LibreOffice here")
	}
	_, to := markRaw(t, richBook(), richMarks)
	dir := t.TempDir()
	cmd := exec.Command(office, "--headless", "-env:UserInstallation=file://"+dir+"/profile", "--convert-to", "xlsx", "--outdir", dir, to)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	f, err := excelize.OpenFile(filepath.Join(dir, filepath.Base(to)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if v, _ := f.GetCellValue("月报", "D3"); !strings.Contains(v, "0–100") {
		t.Errorf("D3 = %q", v)
	}
	if comments, err := f.GetComments("月报"); err != nil || len(comments) != 3 {
		t.Errorf("%d notes (%v)", len(comments), err)
	}
}

// TestMarkProblems_Corpus marks every workbook of the corpus and wants each cell of
// it in what comes back.
func TestMarkProblems_Corpus(t *testing.T) {
	files, err := filepath.Glob("../../../shared/corpus/*/*")
	if err != nil || len(files) == 0 {
		t.Skip("the corpus is not here")
	}
	patched, copied := 0, 0
	for _, from := range files {
		was, err := Open(from)
		if err != nil || len(was.Sheets) == 0 || tooManyCells(was) {
			continue
		}
		to := filepath.Join(t.TempDir(), MarkedName(from))
		s := was.Sheets[0]
		if err := MarkProblems(from, to, []Mark{{s.Name, "A3", "错误：试一试", true}}); err != nil {
			t.Errorf("%s: %v", filepath.Base(from), err)
			continue
		}
		is := mustOpen(t, to)
		if was.Format == XLSX && keepsParts(t, from, to) {
			patched++
			sameValues(t, was, is)
		} else {
			copied++
		}
		if len(is.Sheets) != len(was.Sheets) {
			t.Errorf("%s: %d sheets, were %d", filepath.Base(from), len(is.Sheets), len(was.Sheets))
		}
	}
	t.Logf("%d patched, %d copied", patched, copied)
}

func tooManyCells(b *Book) bool {
	n := 0
	for _, s := range b.Sheets {
		for _, r := range s.Rows {
			n += len(r.Cells)
		}
	}
	return n > 50_000
}

// keepsParts reports whether a marked file is a patched one: all old parts are there.
func keepsParts(t *testing.T, from, to string) bool {
	t.Helper()
	is := partsOf(t, to)
	z, err := zip.OpenReader(from)
	if err != nil {
		return false
	}
	defer z.Close()
	for _, f := range z.File {
		if _, kept := is[f.Name]; !kept {
			return false
		}
	}
	return slices.ContainsFunc(slices.Collect(maps.Keys(is)), func(n string) bool { return strings.Contains(n, "commentsXZ") || strings.Contains(n, "omments") })
}

// FuzzPatch tries any worksheet: no panic, and what is patched can be read.
// plainBook is the least that can be marked, but for its sheet.
func plainBook() map[string]string {
	parts := richBook()
	for _, name := range []string{"xl/worksheets/_rels/sheet1.xml.rels", "xl/drawings/drawing1.xml", "xl/media/image1.png", "xl/printerSettings/p.bin"} {
		delete(parts, name)
	}
	return parts
}

// storedZip packs parts without squeezing them, which takes nearly all the time
// where fuzzing counts what every line of code does.
func storedZip(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = io.WriteString(w, parts[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// fuzzLimits keep made-up workbooks small.
var fuzzLimits = Limits{Unzipped: 1 << 20, Cells: 1e4, Strings: 1e3}

func FuzzPatch(f *testing.F) {
	f.Add(richRows)
	f.Add(`<row r="3"></c><c r="A3"><v>1</v></c></row>`)
	f.Add(`</sheetData><mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells><sheetData>`)
	path := filepath.Join(f.TempDir(), "x.xlsx")
	f.Fuzz(func(t *testing.T, rows string) {
		parts := plainBook()
		parts["xl/worksheets/sheet1.xml"] = `<worksheet xmlns="` + mainSpace + `"><sheetData>` + rows + `</sheetData></worksheet>`
		raw := storedZip(t, parts)
		was, err := Read("x.xlsx", bytes.NewReader(raw), int64(len(raw)), fuzzLimits)
		if err != nil {
			return
		}
		if err := os.WriteFile(path, raw, 0o644); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := patchMarks(path, was, gatherMarks(was, richMarks), &out); err != nil {
			return
		}
		if _, err := Read("x.xlsx", bytes.NewReader(out.Bytes()), int64(out.Len()), DefaultLimits); err != nil {
			t.Errorf("cannot be read any more: %v", err)
		}
	})
}

// FuzzXLSX reads workbooks whose parts, not whose zip container, are made up: a
// container that is not sound keeps FuzzRead from coming to them.
func FuzzXLSX(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="s"><v>0</v></c><c t="inlineStr"><is><t>甲</t></is></c><c s="1"><v>44635</v></c><c t="e"><v>#REF!</v></c><c t="b"><v>1</v></c></row>`,
		`<si><t>村名</t></si><si><r><t xml:space="preserve"> 户</t></r><rPh><t>x</t></rPh></si>`, `<xf numFmtId="0"/><xf numFmtId="14"/>`)
	f.Add(`<row r="1048576" hidden="1"><c r="XFD1048576"><f>A1</f><v>1e300</v></c></row><row><c/></row>`, ``, `<xf numFmtId="165"/>`)
	f.Add(richRows, `<si/>`, ``)
	f.Fuzz(func(t *testing.T, rows, shared, styles string) {
		parts := plainBook()
		parts["xl/worksheets/sheet1.xml"] = `<worksheet xmlns="` + mainSpace + `"><sheetData>` + rows + `</sheetData></worksheet>`
		parts["xl/sharedStrings.xml"] = `<sst xmlns="` + mainSpace + `">` + shared + `</sst>`
		parts["xl/styles.xml"] = `<styleSheet xmlns="` + mainSpace + `"><cellXfs>` + styles + `</cellXfs></styleSheet>`
		rels := parts["xl/_rels/workbook.xml.rels"]
		parts["xl/_rels/workbook.xml.rels"] = strings.Replace(rels, "</Relationships>",
			`<Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`, 1)
		raw := storedZip(t, parts)
		b, err := Read("x.xlsx", bytes.NewReader(raw), int64(len(raw)), fuzzLimits)
		if err != nil {
			if model.CodeOf(err) == model.CodeInternal {
				t.Error(err)
			}
			return
		}
		for i := range b.Sheets {
			if wrong := unsound(&b.Sheets[i]); wrong != "" {
				t.Error(wrong)
			}
		}
	})
}
