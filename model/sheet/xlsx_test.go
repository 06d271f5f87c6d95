package sheet

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/unicode"

	"xiangzhen/model"
)

// sheetXML wraps rows into a worksheet.
func sheetXML(rows string) map[string]string {
	return map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`}
}

// addresses lists a sheet's cells as A1=甲 B2=乙.
func addresses(s *Sheet) string {
	var out []string
	for _, r := range s.Rows {
		for _, c := range r.Cells {
			out = append(out, CellName(c.Row, c.Col)+"="+c.Text)
		}
	}
	return strings.Join(out, " ")
}

func TestRead_Places(t *testing.T) {
	tests := []struct{ name, rows, want string }{
		{"row number from the first cell", `<row><c r="B5"><v>1</v></c></row><row><c><v>2</v></c></row>`, "B5=1 A6=2"},
		{"the row's number counts", `<row r="2"><c r="B7"><v>1</v></c></row>`, "B2=1"},
		{"no address after one", `<row r="1"><c r="C1"><v>1</v></c><c><v>2</v></c></row>`, "C1=1 D1=2"},
		{"blank cells move on", `<row r="1"><c/><c s="1"></c><c><v>3</v></c></row>`, "C1=3"},
		{"empty rows keep their place", `<row/><row/><row><c><v>3</v></c></row>`, "A3=3"},
		{"one row in two pieces", `<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>0</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>`, "A1=0 A2=1 B2=2"},
		{"cells out of order", `<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>`, "A1=1 C1=3"},
		{"beyond the last column", `<row r="1"><c r="XFE1"><v>1</v></c></row>`, ""},
		{"beyond the last row", `<row r="1048577"><c r="A1048577"><v>1</v></c></row>`, ""},
		{"row never closed", `<row r="1"><c r="A1"><v>1</v></c><row r="2"><c r="A2"><v>2</v></c>`, "A1=1 A2=2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := addresses(&readRaw(t, sheetXML(tt.rows)).Sheets[0]); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestRead_Values(t *testing.T) {
	tests := []struct {
		name, cell string
		kind       CellKind
		text       string
	}{
		{"number keeps its digits", `<c r="A1"><v>17177.123300000001</v></c>`, Number, "17177.123300000001"},
		{"not a number", `<c r="A1"><v>NaN</v></c>`, Text, "NaN"},
		{"true", `<c r="A1" t="b"><v>1</v></c>`, Bool, "TRUE"},
		{"false", `<c r="A1" t="b"><v>0</v></c>`, Bool, "FALSE"},
		{"error", `<c r="A1" t="e"><v>#N/A</v></c>`, ErrorValue, "#N/A"},
		{"line break in a cell", `<c r="A1" t="inlineStr"><is><t>甲_x000D_` + "\r\n" + `乙</t></is></c>`, Text, "甲\r\n乙"},
		{"escaped escape", `<c r="A1" t="str"><v>_x005F_x000D_</v></c>`, Text, "_x000D_"},
		{"blanks kept", `<c r="A1" t="inlineStr"><is><t xml:space="preserve"> 甲 </t></is></c>`, Text, " 甲 "},
		{"rich inline text", `<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>甲</t></r><r><t>镇</t></r><rPh><t>zhen</t></rPh></is></c>`, Text, "甲镇"},
		{"stray ampersand", `<c r="A1" t="str"><v>A&B &nbsp; &#x4E59;</v></c>`, Text, "A&B &nbsp; 乙"},
		{"broken text encoding", "<c r=\"A1\" t=\"str\"><v>\xb4\xe5</v></c>", Text, "\uFFFD"},
		{"date with time", `<c r="A1" t="d"><v>2022-03-15T12:00:00</v></c>`, Number, "44635.5"},
		{"date that is none", `<c r="A1" t="d"><v>三月</v></c>`, Text, "三月"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := readRaw(t, sheetXML(`<row r="1">`+tt.cell+`</row>`))
			if c := b.Sheets[0].Cell(1, 1); c.Kind != tt.kind || c.Text != tt.text {
				t.Errorf("got %d %q, want %d %q", c.Kind, c.Text, tt.kind, tt.text)
			}
		})
	}
}

func TestRead_SaysWhatWasOdd(t *testing.T) {
	tests := []struct{ name, rows, want string }{
		{"formula never computed", `<row r="1"><c r="B1"><f>A1*2</f></c><c r="C1"><f>A1*3</f><v></v></c></row>`, "B1 等 2 格 是公式，但文件里没有存计算结果"},
		{"empty text of a formula is a result", `<row r="1"><c r="B1" t="str"><f>""</f><v></v></c></row>`, ""},
		{"another workbook", `<row r="1"><c r="B1"><f>[1]Sheet1!A1</f><v>7</v></c></row>`, "B1 的公式引用了别的文件"},
		{"the workbook itself", `<row r="1"><c r="B1"><f>[0]!名称+表1[列]</f><v>7</v></c></row>`, ""},
		{"shared text missing", `<row r="1"><c r="B1" t="s"><v>9</v></c></row>`, "B1 指向不存在的文字"},
		{"twice", `<row r="1"><c r="B1"><v>1</v></c><c r="B1"><v>2</v></c></row>`, "B1 在文件里出现两次"},
		{"wrong place", `<row r="1"><c r="B9"><v>1</v></c></row>`, "B1 在文件里写错了位置"},
		{"nothing", `<row r="1"><c r="B1"><f>1+1</f><v>2</v></c></row>`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.Join(readRaw(t, sheetXML(tt.rows)).Warnings, "\n")
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("warnings %q, want %q", got, tt.want)
			}
		})
	}
}

// TestRead_FewWarnings holds that a damaged sheet cannot flood the list.
func TestRead_FewWarnings(t *testing.T) {
	b := readRaw(t, sheetXML(`<row r="1">`+strings.Repeat(`<c r="A1"><v>1</v></c>`, 5000)+`</row>`))
	if len(b.Warnings) != 1 || !strings.Contains(b.Warnings[0], "等 4999 格") {
		t.Errorf("%d warnings: %.200v", len(b.Warnings), b.Warnings)
	}
}

func TestRead_Formula(t *testing.T) {
	s := &readRaw(t, sheetXML(`<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><v>2</v></c></row>`)).Sheets[0]
	if !s.Cell(1, 1).Formula || s.Cell(1, 2).Formula {
		t.Error("a formula's value is not told from a typed one")
	}
}

func TestRead_Layout(t *testing.T) {
	b := readRaw(t, map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><cols><col min="2" max="3" hidden="1"/><col min="5" max="16999" hidden="true"/><col min="4" max="4"/></cols>
<sheetData><row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row></sheetData>
<autoFilter ref="A1:B2"/><mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="bad"/><mergeCell ref="C3:A1"/></mergeCells>
<controls><control><from><col>9</col><row>3</row></from></control></controls></worksheet>`})
	s := &b.Sheets[0]
	for col, hidden := range []bool{1: false, 2: true, 3: true, 4: false, 5: true, 16384: true} {
		if col > 0 && (hidden || col < 6) && s.HiddenCol(col) != hidden {
			t.Errorf("column %d hidden = %v", col, !hidden)
		}
	}
	if !s.Rows[0].Hidden || s.Rows[1].Hidden || !s.Filtered || len(s.Rows) != 2 {
		t.Errorf("rows %+v, filtered %v", s.Rows, s.Filtered)
	}
	if fmt.Sprint(s.Merges) != "[A1:B2]" || s.Value(2, 2).Text != "1" || s.Value(3, 3).Kind != Blank {
		t.Errorf("merges %v", s.Merges)
	}
	if row, col := s.Extent(); row != 2 || col != 1 {
		t.Errorf("extent %d, %d", row, col)
	}
}

func TestRead_OddPackages(t *testing.T) {
	row := `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`
	sst := `<sst><si><t>甲</t></si><si/></sst>`
	utf16, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(`<worksheet><sheetData>` + row + `</sheetData></worksheet>`)
	if err != nil {
		t.Fatal(err)
	}
	rel := func(target string) string {
		return `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="` + target + `"/></Relationships>`
	}
	tests := []struct {
		name  string
		parts map[string]string
	}{
		{"backslashes and capitals", map[string]string{`XL\Worksheets\Sheet1.XML`: sheetXML(row)["xl/worksheets/sheet1.xml"], "xl/SharedStrings.xml": sst}},
		{"relative target", map[string]string{"xl/_rels/workbook.xml.rels": rel("worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml": sheetXML(row)["xl/worksheets/sheet1.xml"], "xl/sharedStrings.xml": sst}},
		{"whole path written as relative", map[string]string{"xl/_rels/workbook.xml.rels": rel("xl/worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml": sheetXML(row)["xl/worksheets/sheet1.xml"], "xl/sharedStrings.xml": sst}},
		{"part in UTF-16", map[string]string{"xl/worksheets/sheet1.xml": utf16, "xl/sharedStrings.xml": sst}},
		{"byte order mark", map[string]string{"xl/worksheets/sheet1.xml": "\xEF\xBB\xBF" + sheetXML(row)["xl/worksheets/sheet1.xml"], "xl/sharedStrings.xml": sst}},
		{"workbook under another name", map[string]string{
			"_rels/.rels":      `<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="book/main.xml"/></Relationships>`,
			"book/main.xml":    `<x:workbook><x:sheets><x:sheet name="表" r:id="q"/></x:sheets></x:workbook>`,
			"book/s.xml":       sheetXML(row)["xl/worksheets/sheet1.xml"],
			"book/strings.xml": sst,
			"book/_rels/main.xml.rels": `<Relationships><Relationship Id="q" Type="x/worksheet" Target="s.xml"/>` +
				`<Relationship Id="z" Type="x/sharedStrings" Target="strings.xml"/></Relationships>`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := readRaw(t, tt.parts)
			if len(b.Sheets) != 1 || addresses(&b.Sheets[0]) != "A1=甲" {
				t.Errorf("sheets %+v, warnings %v", b.Sheets, b.Warnings)
			}
		})
	}
}

func TestRead_Workbook(t *testing.T) {
	b := readRaw(t, map[string]string{
		"xl/workbook.xml": `<workbook xmlns:r="r"><workbookPr date1904="1"/><sheets><sheet name="表 &amp; 一" r:id="rId1"/>` +
			`<sheet name="藏" state="hidden" r:id="rId1"/><sheet name="深藏" state="veryHidden" r:id="rId1"/>` +
			`<sheet name="丢了" r:id="rId9"/><sheet name="图" r:id="rId2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="x/chartsheet" Target="chartsheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":  `<worksheet/>`,
		"xl/chartsheets/sheet1.xml": `<chartsheet/>`,
		"docProps/core.xml":         `<cp:coreProperties><dc:creator>青山村</dc:creator><dcterms:modified>2026-11-20T08:00:00Z</dcterms:modified></cp:coreProperties>`,
	})
	var got []string
	for _, s := range b.Sheets {
		got = append(got, fmt.Sprint(s.Name, s.Visibility))
	}
	if strings.Join(got, "|") != "表 & 一0|藏1|深藏2" {
		t.Errorf("sheets %q", got)
	}
	if !b.Date1904 || b.Creator != "青山村" || !b.Modified.Equal(time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("1904 %v, creator %q, modified %v", b.Date1904, b.Creator, b.Modified)
	}
	if len(b.Warnings) != 1 || !strings.Contains(b.Warnings[0], "丢了") {
		t.Errorf("warnings %v", b.Warnings)
	}
	if b.Sheet("没有") != nil {
		t.Error("a sheet that is not there was found")
	}
}

func TestIsDateFormat(t *testing.T) {
	for code, want := range map[string]bool{
		"": false, "General": false, "0.00": false, "#,##0;[Red]-#,##0": false, "@": false, "0.00E+00": false,
		`"year"0`: false, `\d0`: false, "0天": false, `_(* #,##0_)`: false, "[DBNum1]General": false,
		"yyyy/m/d": true, `yyyy"年"m"月"d"日"`: true, "[$-804]yyyy年m月": true, "[h]:mm": true, "h:mm AM/PM": true,
		"[$-804]aaaa;@": true, "General;General": false, `ggge"年"`: true, "m月d日": true, "上午/下午h时": true, `e"年"m"月"`: true, "[DBNum1][$-804]yyyy年m月d日": true,
	} {
		if got := isDateFormat(code); got != want {
			t.Errorf("%q: date = %v, want %v", code, got, want)
		}
	}
}

// TestRead_TotalLimit holds that many small parts together are bounded too.
func TestRead_TotalLimit(t *testing.T) {
	raw := rawXLSX(t, map[string]string{
		"xl/worksheets/sheet1.xml": `<worksheet>` + strings.Repeat(" ", 3000) + `</worksheet>`,
		"xl/styles.xml":            `<styleSheet>` + strings.Repeat(" ", 3000) + `</styleSheet>`,
	})
	limits := Limits{Unzipped: 5000, Cells: 10, Strings: 10}
	if _, err := Read("大.xlsx", bytes.NewReader(raw), int64(len(raw)), limits); model.CodeOf(err) != model.CodeInvalid {
		t.Errorf("err = %v", err)
	}
}

// TestRead_CutShort cuts a workbook at every length: never a half-read book
// without a word.
func TestRead_CutShort(t *testing.T) {
	whole := rawXLSX(t, sheetXML(`<row r="1"><c r="A1"><v>1</v></c></row>`))
	for n := 4; n < len(whole); n += 7 {
		if _, err := Read("断.xlsx", bytes.NewReader(whole[:n]), int64(n), DefaultLimits); model.CodeOf(err) != model.CodeDamaged {
			t.Fatalf("cut at %d: %v", n, err)
		}
	}
}

// smallReader hands out a few bytes at a time, to cross every edge of the buffer.
type smallReader struct{ s string }

func (r *smallReader) Read(p []byte) (int, error) {
	n := copy(p[:min(len(p), 3)], r.s)
	r.s = r.s[n:]
	if n == 0 {
		return 0, fmt.Errorf("end: %w", errEnd)
	}
	return n, nil
}

var errEnd = fmt.Errorf("nothing more")

func TestScanner_AcrossBuffers(t *testing.T) {
	s := newXMLScanner(&smallReader{`<a:b x="1>2" y='&quot;'><!-- - -- -><c/> -->甲&amp;<![CDATA[<]]]]></a:b>`})
	s.buf = make([]byte, 4)
	var got []string
	for s.next() == nil {
		x, _ := s.attr("x")
		y, _ := s.attr("y")
		switch s.kind {
		case tokenStart:
			got = append(got, fmt.Sprintf("<%s %s %s", s.name, x, y))
		case tokenEnd:
			got = append(got, fmt.Sprintf("/%s", s.name))
		case tokenText:
			got = append(got, string(s.text))
		}
	}
	if want := `<b 1>2 "|甲&|<]]|/b`; strings.Join(got, "|") != want {
		t.Errorf("got %q, want %q", strings.Join(got, "|"), want)
	}
}
