package sheet

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"xiangzhen/model"
)

// reread encodes a workbook and reads it back.
func reread(t interface{ Fatalf(string, ...any) }, out *Out) *Book {
	var buf bytes.Buffer
	if err := Encode(&buf, out); err != nil {
		t.Fatalf("encode: %v", err)
	}
	b, err := Read("表.xlsx", bytes.NewReader(buf.Bytes()), int64(buf.Len()), DefaultLimits)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return b
}

func TestRoundTrip_LayoutSurvives(t *testing.T) {
	at := time.Date(2026, 11, 22, 10, 30, 0, 0, time.UTC)
	long := strings.Split(strings.Repeat("很长的选项,", 80), ",")
	b := reread(t, &Out{Title: "任务", Creator: "甲镇", Modified: at, Sheets: []OutSheet{
		{Name: "任务 进展", FreezeRow: 2, FreezeCol: 1,
			Cols:        []OutCol{{Hidden: true}, {Width: 20}, {Text: true}},
			Rows:        []OutRow{{Cells: []OutCell{TextCell("标题", Style{Role: Title})}}, {Hidden: true, Cells: []OutCell{{}, TextCell("=1+1", Style{Border: true})}}, {Cells: []OutCell{NumberCell("17177.1233", Style{}), TextCell("0012", Style{Format: "@"})}}},
			Merges:      []Range{{1, 1, 1, 3}},
			Validations: []Validation{{Range: Range{3, 2, 9, 2}, List: []string{"是", "否"}}, {Range: Range{3, 3, 9, 3}, List: long}},
			Comments:    []Comment{{3, 1, "请核对"}},
			Print:       Print{Landscape: true, RepeatFrom: 1, RepeatTo: 2, PageNumbers: true}},
		{Name: "_xz", Visibility: VeryHidden, Rows: []OutRow{{Cells: []OutCell{TextCell("meta", Style{})}}}},
	}})
	s := b.Sheet("任务 进展")
	if s == nil || len(s.Merges) != 1 || s.Merges[0] != (Range{1, 1, 1, 3}) {
		t.Fatalf("sheet = %+v", s)
	}
	if !s.HiddenCol(1) || s.HiddenCol(2) || !s.Row(2).Hidden || s.Row(3).Hidden {
		t.Error("hidden rows and columns differ")
	}
	if c := s.Cell(2, 2); c.Kind != Text || c.Text != "=1+1" || c.Formula {
		t.Errorf("text that looks like a formula came back as %+v", c)
	}
	if c := s.Cell(3, 1); c.Kind != Number || c.Text != "17177.1233" {
		t.Errorf("number came back as %+v", c)
	}
	if c := s.Cell(3, 2); c.Kind != Text || c.Text != "0012" {
		t.Errorf("digits came back as %+v", c)
	}
	if s.Value(1, 3).Text != "标题" {
		t.Error("a merged cell does not show its block's value")
	}
	if b.Sheet("_xz").Visibility != VeryHidden || b.Sheet(listSheet).Visibility != VeryHidden {
		t.Error("the hidden sheets are visible")
	}
	if !b.Modified.Equal(at) || b.Creator != "甲镇" {
		t.Errorf("properties: %v %q", b.Modified, b.Creator)
	}
}

func TestEncode_SameBytes(t *testing.T) {
	out := &Out{Modified: time.Unix(1e9, 0), Sheets: []OutSheet{{Name: "一", Rows: []OutRow{{Cells: []OutCell{TextCell("值", Style{})}}}}}}
	var a, b bytes.Buffer
	if err := Encode(&a, out); err != nil {
		t.Fatal(err)
	}
	if err := Encode(&b, out); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("the same workbook was written as different bytes")
	}
}

func TestRoundTrip_AnyText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.StringOf(rapid.RuneFrom([]rune("甲乙1 \n=+-@<>&\"'_x000D_\t，"))), 1, 20).Draw(t, "texts")
		var cells []OutCell
		for _, s := range texts {
			cells = append(cells, TextCell(s, Style{}))
		}
		b := reread(t, &Out{Sheets: []OutSheet{{Name: "表", Rows: []OutRow{{Cells: cells}}}}})
		for i, s := range texts {
			if got := b.Sheets[0].Cell(1, i+1).Text; got != s {
				t.Fatalf("%q came back as %q", s, got)
			}
		}
	})
}

// rawXLSX makes a package from one worksheet's XML.
func rawXLSX(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{
		"[Content_Types].xml":        `<Types/>`,
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>`,
	}
	for name, xml := range parts {
		all[name] = xml
	}
	return zipOf(t, all)
}

func readRaw(t testing.TB, parts map[string]string) *Book {
	t.Helper()
	raw := rawXLSX(t, parts)
	b, err := Read("表.xlsx", bytes.NewReader(raw), int64(len(raw)), DefaultLimits)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return b
}

// TestRead_PlainSheetNames: no name of a sheet turns the line that shows it, and none
// stands for two.
func TestRead_PlainSheetNames(t *testing.T) {
	b := readRaw(t, map[string]string{
		"xl/workbook.xml":          `<workbook><sheets><sheet name="表&#x202E;" r:id="rId1"/><sheet name="表" r:id="rId1"/><sheet name="二&#x2066;&#9;月" r:id="rId1"/></sheets></workbook>`,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData/></worksheet>`,
	})
	var names []string
	for _, s := range b.Sheets {
		names = append(names, s.Name)
	}
	if want := []string{"表(2)", "表", "二 月"}; !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
}

func TestRead_OddXML(t *testing.T) {
	tests := []struct {
		name, sheet string
		want        map[string]string // address → text
	}{
		{"prefix and attribute order", `<x:worksheet><x:sheetData><x:row r="2"><x:c t="inlineStr" r="B2"><x:is><x:t>甲</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`, map[string]string{"B2": "甲"}},
		{"no addresses", `<worksheet><sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row></sheetData></worksheet>`, map[string]string{"A1": "1", "B1": "2", "A2": "3"}},
		{"rich text without phonetics", `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>`, map[string]string{"A1": "青山村"}},
		{"entities and CDATA", `<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&lt;甲&#20057;&amp;</v></c><c r="B1" t="str"><v><![CDATA[<乙>]]></v></c></row></sheetData></worksheet>`, map[string]string{"A1": "<甲乙&", "B1": "<乙>"}},
		{"duplicate cell", `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row></sheetData></worksheet>`, map[string]string{"A1": "2"}},
		{"rows out of order", `<worksheet><sheetData><row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`, map[string]string{"A1": "1", "A3": "3"}},
		{"ID number as number", `<worksheet><sheetData><row r="1"><c r="A1"><v>9.90101198001010E+17</v></c></row></sheetData></worksheet>`, map[string]string{"A1": "9.90101198001010E+17"}},
		{"error value", `<worksheet><sheetData><row r="1"><c r="A1" t="e"><f>X!A1</f><v>#REF!</v></c></row></sheetData></worksheet>`, map[string]string{"A1": "#REF!"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := readRaw(t, map[string]string{
				"xl/worksheets/sheet1.xml": tt.sheet,
				"xl/sharedStrings.xml":     `<sst><si><r><t>青</t></r><r><t>山</t></r><rPh><t>qing</t></rPh><r><t>村</t></r></si></sst>`,
			})
			s := &b.Sheets[0]
			for at, want := range tt.want {
				row, col, _ := ParseCellName(at)
				if got := s.Cell(row, col).Text; got != want {
					t.Errorf("%s = %q, want %q", at, got, want)
				}
			}
		})
	}
}

func TestRead_PhantomRows(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>7</v></c></row>`)
	for i := 2; i < 200_000; i++ {
		fmt.Fprintf(&b, `<row r="%d"/>`, i)
	}
	b.WriteString(`</sheetData></worksheet>`)
	book := readRaw(t, map[string]string{"xl/worksheets/sheet1.xml": b.String()})
	if n := len(book.Sheets[0].Rows); n != 1 {
		t.Errorf("%d rows kept, want 1", n)
	}
}

func TestRead_Dates(t *testing.T) {
	b := readRaw(t, map[string]string{
		"xl/styles.xml":            `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/><xf numFmtId="2"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>44635</v></c><c r="B1" s="2"><v>44635</v></c><c r="C1" s="3"><v>44635</v></c><c r="D1" t="d"><v>2022-03-15</v></c></row></sheetData></worksheet>`,
	})
	for col, date := range []bool{true, true, false, true} {
		c := b.Sheets[0].Cell(1, col+1)
		if c.Date != date {
			t.Errorf("%s: date = %v, want %v", CellName(1, col+1), c.Date, date)
		}
		if day, ok := SerialDay(c.Num, false); !ok || day != "2022-03-15" {
			t.Errorf("%s: day = %s", CellName(1, col+1), day)
		}
	}
	if day, _ := SerialDay(43173, true); day != "2022-03-15" {
		t.Errorf("1904: %s", day)
	}
	if _, ok := SerialDay(60, false); ok {
		t.Error("29 February 1900 was taken for a day")
	}
	if day, _ := SerialDay(59, false); day != "1900-02-28" {
		t.Errorf("59 = %s", day)
	}
}

func TestRead_Refusals(t *testing.T) {
	tests := []struct {
		name    string
		content string
		format  Format
		code    model.Code
	}{
		{"空.xlsx", "", Unknown, model.CodeInvalid},
		{"照片.xlsx", "\x89PNG\r\n", Picture, model.CodeUnsupported},
		{"文件.pdf", "%PDF-1.4", PDF, model.CodeUnsupported},
		{"网页.xls", "<html><p>没有表格</p></html>", HTML, model.CodeUnsupported},
		{"旧表.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600), XLS, model.CodeDamaged},
		{"加密.xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + string(utf16Bytes("EncryptedPackage")), Encrypted, model.CodeUnsupported},
		{"截断.xlsx", "PK\x03\x04xxxxxxxxx", XLSX, model.CodeDamaged},
		{"乱码.bin", "\x01\x02\x00\x03", Unknown, model.CodeUnsupported},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := Read(tt.name, strings.NewReader(tt.content), int64(len(tt.content)), DefaultLimits)
			if b == nil || b.Format != tt.format {
				t.Errorf("format = %+v, want %s", b, tt.format)
			}
			if model.CodeOf(err) != tt.code {
				t.Errorf("code = %s, want %s", model.CodeOf(err), tt.code)
			}
			if err == nil || !strings.Contains(err.Error(), tt.name) {
				t.Errorf("the sentence does not name the file: %v", err)
			}
		})
	}
}

func TestRead_Limits(t *testing.T) {
	raw := rawXLSX(t, map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row r="1">` + strings.Repeat(`<c><v>1</v></c>`, 100) + `</row></sheetData></worksheet>`})
	for _, limits := range []Limits{{Unzipped: 200, Cells: 1000, Strings: 10}, {Unzipped: 1 << 20, Cells: 50, Strings: 10}} {
		if _, err := Read("大.xlsx", bytes.NewReader(raw), int64(len(raw)), limits); model.CodeOf(err) != model.CodeInvalid {
			t.Errorf("limits %+v: %v", limits, err)
		}
	}
}

func TestRead_Doctype(t *testing.T) {
	raw := rawXLSX(t, map[string]string{"xl/worksheets/sheet1.xml": `<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>`})
	if _, err := Read("坏.xlsx", bytes.NewReader(raw), int64(len(raw)), DefaultLimits); model.CodeOf(err) != model.CodeDamaged {
		t.Errorf("a DOCTYPE was read: %v", err)
	}
}

func TestRead_CSV(t *testing.T) {
	tests := map[string]string{
		"comma":     "村名,户数\n青山村,12\n",
		"BOM":       "\xEF\xBB\xBF村名,户数\n青山村,12\n",
		"tab":       "村名\t户数\n青山村\t12\n",
		"semicolon": "村名;户数\r\n青山村;12\r\n",
		"GB18030":   "\xb4\xe5\xc3\xfb,\xbb\xa7\xca\xfd\n\xc7\xe0\xc9\xbd\xb4\xe5,12\n",
	}
	for name, content := range tests {
		t.Run(name, func(t *testing.T) {
			b, err := Read("村.csv", strings.NewReader(content), int64(len(content)), DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			s := &b.Sheets[0]
			if s.Name != "csv" || s.Cell(1, 1).Text != "村名" || s.Cell(2, 1).Text != "青山村" || s.Cell(2, 2).Text != "12" {
				t.Errorf("read %+v", s.Rows)
			}
		})
	}
}

func TestNames(t *testing.T) {
	for col, name := range map[int]string{1: "A", 26: "Z", 27: "AA", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if ColName(col) != name || ParseColName(name) != col {
			t.Errorf("%d ↔ %s: %s %d", col, name, ColName(col), ParseColName(name))
		}
	}
}

func TestEditor_AsAPersonWould(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台 账", "表.xlsx")
	out := &Out{Sheets: []OutSheet{{Name: "表", Cols: []OutCol{{Hidden: true}}, Rows: []OutRow{
		{Cells: []OutCell{TextCell("#id", Style{}), TextCell("事项", Style{}), TextCell("进度", Style{})}},
		{Cells: []OutCell{TextCell("a", Style{}), TextCell("甲", Style{}), TextCell("1", Style{})}},
		{Cells: []OutCell{TextCell("b", Style{}), TextCell("乙", Style{}), TextCell("2", Style{})}},
	}}}}
	if err := Write(path, out); err != nil {
		t.Fatal(err)
	}
	e, err := Edit(path)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for _, step := range []error{
		e.SortRows("表", 2, 3, 3), e.MoveCol("表", 2, 3, 1), e.SetModified(time.Unix(2e9, 0)), e.SaveAs(path),
	} {
		if step != nil {
			t.Fatal(step)
		}
	}
	b, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range b.Sheets[0].Rows {
		for _, c := range r.Cells {
			got = append(got, c.Text)
		}
	}
	if want := "#id 进度 事项 b 2 乙 a 1 甲"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if b.Modified.Unix() != 2e9 || !b.Sheets[0].HiddenCol(1) {
		t.Error("the document's time or the hidden column was lost")
	}
}

// TestCorpus reads spreadsheets that nobody here wrote, where they are at hand:
// always an answer, and the Chinese ones as excelize reads them.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob("../../../shared/corpus/*/*")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Skip("no corpus beside the checkout")
	}
	for _, path := range files {
		start := time.Now()
		b, err := Open(path)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s took %v", path, took)
		}
		if err != nil && model.CodeOf(err) == model.CodeInternal {
			t.Errorf("%s: %v is no answer", path, err)
		}
		if err == nil && b.Format == XLSX && strings.Contains(path, "/chinese/") {
			compareWithExcelize(t, path, b)
		}
	}
}

func compareWithExcelize(t *testing.T, path string, b *Book) {
	f, err := excelize.OpenFile(path)
	if err != nil {
		return
	}
	defer f.Close()
	for i := range b.Sheets {
		s := &b.Sheets[i]
		rows, err := f.GetRows(s.Name, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, want := range row {
				if got := s.Cell(r+1, c+1); got.Text != want && got.Kind != Bool {
					t.Errorf("%s %s %s = %q, excelize %q", filepath.Base(path), s.Name, CellName(r+1, c+1), got.Text, want)
				}
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(rawXLSX(f, map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>`}))
	f.Add([]byte("村名,户数\n青山村,12\n"))
	f.Add([]byte("\xD0\xCF\x11\xE0"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		limits := Limits{Unzipped: 1 << 20, Cells: 10_000, Strings: 10_000}
		b, err := Read("表", bytes.NewReader(raw), int64(len(raw)), limits)
		switch {
		case b == nil || b.Format == "":
			t.Error("no word on what the file is")
		case err != nil && (b.Sheets != nil || model.CodeOf(err) == model.CodeInternal):
			t.Errorf("book %v with error %v", b, err)
		}
	})
}

func FuzzXML(f *testing.F) {
	f.Add([]byte(`<a b="c>d"><!-- x --><d/>&lt;<![CDATA[e]]></a>`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s := newXMLScanner(bytes.NewReader(raw))
		for n := 0; s.next() == nil; n++ {
			s.attr("b")
			if n > len(raw)+1 {
				t.Fatal("more tokens than bytes")
			}
		}
	})
}

// benchFile writes 10,000 rows × 20 columns once.
func benchFile(b *testing.B) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "大表.xlsx")
	s := OutSheet{Name: "表"}
	for r := range 10_000 {
		row := OutRow{}
		for c := range 20 {
			row.Cells = append(row.Cells, TextCell(fmt.Sprintf("第 %d 行第 %d 列", r, c), Style{}))
		}
		s.Rows = append(s.Rows, row)
	}
	if err := Write(path, &Out{Sheets: []OutSheet{s}}); err != nil {
		b.Fatal(err)
	}
	return path
}

func BenchmarkRead10kx20(b *testing.B) {
	path := benchFile(b)
	for b.Loop() {
		if _, err := Open(path); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBaselineExcelizeRows10kx20(b *testing.B) {
	path := benchFile(b)
	for b.Loop() {
		f, err := excelize.OpenFile(path)
		if err != nil {
			b.Fatal(err)
		}
		rows, err := f.Rows("表")
		if err != nil {
			b.Fatal(err)
		}
		for rows.Next() {
			if _, err := rows.Columns(); err != nil {
				b.Fatal(err)
			}
		}
		rows.Close()
		f.Close()
	}
}

func TestWrite_FolderMissing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "新 文件夹", "表.xlsx")
	if err := Write(path, &Out{Sheets: []OutSheet{{Name: "表"}}}); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("folder holds %v (%v), want the workbook alone", left, err)
	}
}

// TestWrite_LayoutIsInTheFile looks at the written XML: what excelize takes
// without a word may still not reach the file.
func TestWrite_LayoutIsInTheFile(t *testing.T) {
	var buf bytes.Buffer
	low, high := 0.0, 100.0
	err := Encode(&buf, &Out{Sheets: []OutSheet{{Name: "表", FreezeRow: 1, Cols: []OutCol{{Width: 12}},
		Rows:        []OutRow{{Cells: []OutCell{TextCell("完成比例", Style{Role: Header})}}, {Cells: []OutCell{NumberCell("5", Style{})}}},
		Validations: []Validation{{Range: Range{2, 1, 9, 1}, Min: &low, Max: &high, Prompt: "0 到 100"}, {Range: Range{2, 2, 9, 2}, Locked: true, Error: "不采用"}},
		Comments:    []Comment{{2, 1, "请核对"}}, Filter: &Range{1, 1, 2, 1},
		Print: Print{Landscape: true, RepeatFrom: 1, RepeatTo: 1, PageNumbers: true}}}})
	if err != nil {
		t.Fatal(err)
	}
	parts, err := zipParts(&source{name: "表", r: bytes.NewReader(buf.Bytes()), size: int64(buf.Len())})
	if err != nil {
		t.Fatal(err)
	}
	xml, err := readPart(parts["xl/worksheets/sheet1.xml"], 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"fitToPage", `orientation="landscape"`, `paperSize="9"`, "<dataValidation ", `type="decimal"`, `type="custom"`,
		"<oddFooter>", "<pane ", "<autoFilter", "legacyDrawing", `width="12"`} {
		if !strings.Contains(string(xml), want) {
			t.Errorf("the sheet has no %s", want)
		}
	}
	book, err := readPart(parts["xl/workbook.xml"], 1<<20)
	if err != nil || !strings.Contains(string(book), "_xlnm.Print_Titles") {
		t.Errorf("the header row is not repeated: %v", err)
	}
}

func TestMarkProblems_TouchesNothingElse(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "原 表.xlsx"), filepath.Join(dir, "退 回", "原表（问题）.xlsx")
	err := Write(from, &Out{Sheets: []OutSheet{
		{Name: "月报", Rows: []OutRow{{Cells: []OutCell{TextCell("月报", Style{})}}, {Hidden: true, Cells: []OutCell{TextCell("#id", Style{})}},
			{Cells: []OutCell{TextCell("事项", Style{}), TextCell("进度", Style{})}}, {Cells: []OutCell{TextCell("甲", Style{}), TextCell("110%", Style{})}}},
			Merges: []Range{{1, 1, 1, 2}}},
		{Name: "另一张", Rows: []OutRow{{Cells: []OutCell{TextCell("不动", Style{})}}}}}})
	if err != nil {
		t.Fatal(err)
	}
	marks := []Mark{{"月报", "B4", "错误：应在 0–100 之间", true}, {"月报", "B4", "疑点：请核对", false}, {"没有的表", "A1", "x", true}}
	if err := MarkProblems(from, to, marks); err != nil {
		t.Fatal(err)
	}
	was, err := Open(from)
	if err != nil {
		t.Fatal(err)
	}
	is, err := Open(to)
	if err != nil {
		t.Fatal(err)
	}
	for i := range was.Sheets {
		for _, row := range was.Sheets[i].Rows {
			for _, c := range row.Cells {
				if got := is.Sheets[i].Cell(c.Row, c.Col).Text; got != c.Text {
					t.Errorf("%s = %q, was %q", CellName(c.Row, c.Col), got, c.Text)
				}
			}
		}
	}
	s := is.Sheet("月报")
	if s.Cell(3, 3).Text != "问题" || s.Cell(4, 3).Text != "错误：应在 0–100 之间\n疑点：请核对" {
		t.Errorf("column 问题: %q %q", s.Cell(3, 3).Text, s.Cell(4, 3).Text)
	}
	if len(s.Merges) != 1 || !s.Row(2).Hidden || len(is.Sheet("另一张").Rows) != 1 {
		t.Error("merges, hidden rows or the other sheet changed")
	}
	e, err := Edit(to)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	comments, err := e.f.GetComments("月报")
	if err != nil || len(comments) != 1 || !strings.Contains(fmt.Sprint(comments[0].Paragraph[0].Text), "0–100") {
		t.Errorf("comments %v (%v)", comments, err)
	}
}
