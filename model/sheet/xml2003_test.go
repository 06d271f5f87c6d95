package sheet

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
)

const xmlHead = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">`

// xmlSheet makes a workbook of one sheet from the inside of its table.
func xmlSheet(table string) []byte {
	return []byte(xmlHead + `<Styles><Style ss:ID="Default"/><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>
		<Style ss:ID="y"><NumberFormat ss:Format="yyyy&quot;年&quot;"/></Style><Style ss:ID="p" ss:Parent="y"/><Style ss:ID="s"><NumberFormat ss:Format="Standard"/></Style></Styles>
		<Worksheet ss:Name="月报"><Table ss:ExpandedRowCount="99999999">` + table + `</Table></Worksheet></Workbook>`)
}

func TestXML2003_Places(t *testing.T) {
	tests := map[string]string{
		`<Row><Cell><Data ss:Type="String">a</Data></Cell><Cell ss:Index="4"><Data ss:Type="String">b</Data></Cell><Cell><Data ss:Type="String">c</Data></Cell></Row>`:          "1:a|||b|c",
		`<Row ss:Index="3"><Cell ss:MergeAcross="2" ss:MergeDown="1"><Data ss:Type="String">a</Data></Cell><Cell><Data ss:Type="String">b</Data></Cell></Row>`:                  "3:a|||b",
		`<Row/><Row ss:Span="2"/><Row><Cell><Data ss:Type="String">a</Data></Cell></Row>`:                                                                                       "5:a",
		`<Row><Cell><Data ss:Type="String">a</Data><Comment><ss:Data><B>张示例一:</B>批注</ss:Data></Comment></Cell></Row>`:                                                           "1:a",
		`<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>粗</B><Font>&#10;细&lt;</Font></ss:Data></Cell></Row>`:                                   "1:粗/细<",
		`<Row><Cell><Data ss:Type="String"></Data></Cell><Cell/><Cell><Data ss:Type="String">a</Data><NamedCell ss:Name="x"/></Cell></Row>`:                                     "1:||a",
		`<Row ss:Index="2"><Cell><Data ss:Type="String">b</Data></Cell></Row><Row ss:Index="1"><Cell><Data ss:Type="String">a</Data></Cell></Row>`:                              "1:a 2:b",
		`<Row><Cell ss:Index="99999"><Data ss:Type="String">a</Data></Cell></Row><Row ss:Index="99999999"><Cell><Data ss:Type="String">a</Data></Cell></Row><Row><Cell/></Row>`: "",
	}
	for table, want := range tests {
		b := readBytes(t, "表.xml", xmlSheet(table))
		if got := shown(b.Sheet("月报")); b.Format != XML2003 || got != want {
			t.Errorf("%s\nread %s\nwant %s", table, got, want)
		}
		if want == "" && len(b.Warnings) != 1 {
			t.Errorf("cells outside the sheet: %q", b.Warnings)
		}
	}
}

func TestXML2003_Values(t *testing.T) {
	tests := map[string]Cell{
		`<Cell><Data ss:Type="Number">17177.1233</Data></Cell>`:                               {Kind: Number, Text: "17177.1233", Num: 17177.1233},
		`<Cell><Data ss:Type="String">0012</Data></Cell>`:                                     {Kind: Text, Text: "0012"},
		`<Cell ss:StyleID="d"><Data ss:Type="Number">44635</Data></Cell>`:                     {Kind: Number, Text: "44635", Num: 44635, Date: true, Format: "yyyy/m/d"},
		`<Cell ss:StyleID="p"><Data ss:Type="Number">44635</Data></Cell>`:                     {Kind: Number, Text: "44635", Num: 44635, Date: true, Format: `yyyy"年"`},
		`<Cell ss:StyleID="s"><Data ss:Type="Number">5</Data></Cell>`:                         {Kind: Number, Text: "5", Num: 5, Format: "#,##0.00"},
		`<Cell ss:StyleID="y"><Data ss:Type="DateTime">2022-03-15T00:00:00.000</Data></Cell>`: {Kind: Number, Text: "44635", Num: 44635, Date: true, Format: `yyyy"年"`},
		`<Cell><Data ss:Type="DateTime">1899-12-31T12:00:00.000</Data></Cell>`:                {Kind: Number, Text: "0.5", Num: 0.5, Date: true, Format: "yyyy-mm-dd"},
		`<Cell><Data ss:Type="DateTime">昨天</Data></Cell>`:                                     {Kind: Text, Text: "昨天"},
		`<Cell><Data ss:Type="Boolean">1</Data></Cell>`:                                       {Kind: Bool, Text: "TRUE"},
		`<Cell><Data ss:Type="Error">#N/A</Data></Cell>`:                                      {Kind: ErrorValue, Text: "#N/A"},
		`<Cell ss:Formula="=R[-1]C*2"><Data ss:Type="Number">8</Data></Cell>`:                 {Kind: Number, Text: "8", Num: 8, Formula: true},
	}
	for cell, want := range tests {
		want.Row, want.Col = 1, 1
		b := readBytes(t, "表.xls", xmlSheet("<Row>"+cell+"</Row>"))
		if got := b.Sheets[0].Cell(1, 1); got != want || len(b.Warnings) > 0 {
			t.Errorf("%s\nread %+v %q\nwant %+v", cell, got, b.Warnings, want)
		}
	}
	styled := readBytes(t, "表.xls", xmlSheet(`<Column/><Column ss:StyleID="d" ss:Span="1"/><Row ss:StyleID="y"><Cell><Data ss:Type="Number">1</Data></Cell></Row>
		<Row><Cell ss:Index="3"><Data ss:Type="Number">1</Data></Cell></Row>`)).Sheets[0]
	if styled.Cell(1, 1).Format != `yyyy"年"` || styled.Cell(2, 3).Format != "yyyy/m/d" {
		t.Errorf("styles of rows and columns: %+v", styled.Rows)
	}
}

func TestXML2003_Book(t *testing.T) {
	b := readBytes(t, "表.xls", []byte(xmlHead+`<DocumentProperties><Author>张示例一</Author><LastSaved>2026-11-22T08:00:00Z</LastSaved></DocumentProperties>
		<ExcelWorkbook><Date1904/></ExcelWorkbook><Worksheet ss:Name="一"><Table><Column ss:Index="2" ss:Hidden="1" ss:Span="1"/>
		<Row ss:Hidden="1"><Cell ss:MergeAcross="1"><Data ss:Type="DateTime">2022-03-15T00:00:00</Data></Cell></Row>
		<Row><Cell ss:Formula="=[Book2.xls]Sheet1!R1C1"><Data ss:Type="Number">1</Data></Cell><Cell ss:Formula="=R1C1"/></Row></Table><AutoFilter x:Range="R1C1:R9C2"/></Worksheet>
		<Worksheet ss:Name="二"><WorksheetOptions><Visible>SheetVeryHidden</Visible></WorksheetOptions></Worksheet></Workbook>`))
	s := b.Sheet("一")
	if b.Creator != "张示例一" || !b.Modified.Equal(time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)) || !b.Date1904 {
		t.Errorf("properties %+v", b)
	}
	if !s.Row(1).Hidden || !s.HiddenCol(2) || !s.HiddenCol(3) || s.HiddenCol(4) || !s.Filtered || !slices.Equal(s.Merges, []Range{{1, 1, 1, 2}}) {
		t.Errorf("sheet %+v", s)
	}
	if day, _ := SerialDay(s.Cell(1, 1).Num, true); day != "2022-03-15" {
		t.Errorf("1904: %s", day)
	}
	if b.Sheet("二").Visibility != VeryHidden {
		t.Error("the second sheet is visible")
	}
	if said := strings.Join(b.Warnings, " "); !strings.Contains(said, "A2 的公式引用了别的文件") || !strings.Contains(said, "B2 是公式") {
		t.Errorf("warnings %q", said)
	}
}

func TestXML2003_Damaged(t *testing.T) {
	whole := xmlSheet(`<Row><Cell><Data ss:Type="String">a</Data></Cell></Row>`)
	for _, raw := range [][]byte{whole[:len(whole)-40], []byte(xmlHead + "</Workbook>"), bytes.Replace(whole, []byte("<Styles>"), []byte("<!DOCTYPE x><Styles>"), 1)} {
		b, err := Read("坏.xml", bytes.NewReader(raw), int64(len(raw)), DefaultLimits)
		if b.Format != XML2003 || model.CodeOf(err) != model.CodeDamaged {
			t.Errorf("%s: %v", b.Format, err)
		}
	}
	limits := Limits{Unzipped: 1 << 20, Cells: 100, Strings: 1}
	crowd := xmlSheet(strings.Repeat(`<Column ss:Index="1" ss:Span="16000" ss:StyleID="d"/>`, 1000))
	if _, err := Read("大.xml", bytes.NewReader(crowd), int64(len(crowd)), limits); model.CodeOf(err) != model.CodeInvalid {
		t.Errorf("over the limit: %v", err)
	}
}

func FuzzXML2003(f *testing.F) {
	f.Add(xmlSheet(`<Column ss:Span="2" ss:StyleID="d"/><Row ss:Index="2"><Cell ss:MergeDown="1"><Data ss:Type="DateTime">2022-03-15</Data><Comment><Data>x</Data></Comment></Cell></Row>`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		src := &source{name: "表", r: bytes.NewReader(raw), size: int64(len(raw)), limits: Limits{1 << 20, 10_000, 10_000}}
		b, err := readXML2003(src)
		if err != nil {
			if model.CodeOf(err) == model.CodeInternal {
				t.Errorf("%v is no answer", err)
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
