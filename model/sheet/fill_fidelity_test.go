package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"xiangzhen/model"
)

// grownPart is the sheet that countyBook grows.
const grownPart = "xl/worksheets/sheet1.xml"

// countyBook is a template with all that senders put around a table of three rows
// (5–7): what refers to the sheet, and what does not.
func countyBook() map[string]string {
	const (
		rel   = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		pkg   = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
		draws = `xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"`
	)
	relation := func(id, kind, target string) string {
		return `<Relationship Id="` + id + `" Type="` + rel + "/" + kind + `" Target="` + target + `"/>`
	}
	anchor := func(from, to int, edit string) string {
		return fmt.Sprintf(`<xdr:twoCellAnchor%s><xdr:from><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>2</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to><xdr:sp macro="" textlink="'表 一'!$A$10"><xdr:nvSpPr><xdr:cNvPr id="%d" name="形状"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:sp><xdr:clientData/></xdr:twoCellAnchor>`, edit, from, to, from+2)
	}
	box := func(row int) string {
		return fmt.Sprintf(`<v:shape type="#t" style="visibility:hidden"><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>1, 15, %d, 2, 3, 15, %d, 4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>0</x:Column></x:ClientData></v:shape>`, row-1, row+4, row)
	}
	var rows strings.Builder
	line := func(index int, height string, cells ...string) {
		fmt.Fprintf(&rows, `<row r="%d" spans="1:6" ht="%s" customHeight="1">%s</row>`, index, height, strings.Join(cells, ""))
	}
	words := func(at, w string) string {
		return `<c r="` + at + `" s="1" t="inlineStr"><is><t>` + w + `</t></is></c>`
	}
	line(1, "30", words("A1", "情况表"))
	line(2, "30", words("A2", "填报单位："))
	line(3, "30", words("A3", "序号"), words("B3", "名称"), words("C3", "是否"), words("D3", "中央"), words("E3", "省级"), words("F3", "小计"))
	line(4, "30", words("A4", "（1）"), words("B4", "（2）"), words("C4", "（3）"), words("D4", "（4）"), words("E4", "（5）"), words("F4", "（6）"))
	for r := 5; r <= 7; r++ {
		shared := `<f t="shared" si="0"/>`
		if r == 5 {
			shared = `<f t="shared" ref="F5:F7" si="0">SUM(D5:E5)</f>`
		}
		line(r, "27", fmt.Sprintf(`<c r="A%d" s="1"/><c r="B%d" s="1"/><c r="C%d" s="1"/><c r="D%d" s="1"/><c r="E%d" s="1"/><c r="F%d" s="1">%s<v>0</v></c>`, r, r, r, r, r, r, shared))
	}
	line(8, "30", words("A8", "合计"), `<c r="D8" s="1"><f>SUM(D5:D7)</f><v>0</v></c><c r="E8" s="1"><f>SUM(E5:E7)</f><v>0</v></c><c r="F8" s="1"><f>D8+E8</f><v>0</v></c>`)
	line(10, "30", words("A10", "填报人："), words("D10", "填报时间："))
	sheet1 := `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n" + `<worksheet xmlns="` + mainSpace + `" xmlns:r="` + rel + `" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">` +
		`<sheetPr><tabColor rgb="FFFF0000"/></sheetPr><dimension ref="A1:F10"/><sheetViews><sheetView workbookViewId="0"><pane ySplit="4" topLeftCell="A5" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="6" width="12" customWidth="1"/></cols>` +
		`<sheetData>` + rows.String() + `</sheetData><sheetProtection sheet="1" objects="1" password="CC1A"/><protectedRanges><protectedRange sqref="A5:E7" name="区域1"/></protectedRanges><autoFilter ref="A4:F7"/>` +
		`<mergeCells count="4"><mergeCell ref="A1:F1"/><mergeCell ref="A2:C2"/><mergeCell ref="A8:C8"/><mergeCell ref="A10:C10"/></mergeCells>` +
		`<conditionalFormatting sqref="D5:E7"><cfRule type="expression" dxfId="0" priority="1"><formula>D5&gt;$D$8</formula></cfRule></conditionalFormatting>` +
		`<conditionalFormatting sqref="A9:F1048576"><cfRule type="expression" dxfId="0" priority="2"><formula>$A9="X"</formula></cfRule></conditionalFormatting>` +
		`<dataValidations count="2"><dataValidation type="list" allowBlank="1" sqref="C5 C6 C7"><formula1>"是,否"</formula1></dataValidation><dataValidation type="list" allowBlank="1" sqref="B5:B7"><formula1>'表 一'!$H$12:$H$14</formula1></dataValidation></dataValidations>` +
		`<hyperlinks><hyperlink ref="A10" location="'表 一'!A8" display="合计"/><hyperlink ref="A2" r:id="rId9"/></hyperlinks><printOptions horizontalCentered="0"/><pageMargins left="0.75" right="0.5" top="0.75" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9"/><headerFooter><oddFooter>第 A9 页</oddFooter></headerFooter>` +
		`<rowBreaks count="1" manualBreakCount="1"><brk id="9" max="16383" man="1"/></rowBreaks><colBreaks count="1" manualBreakCount="1"><brk id="9" max="1048575" man="1"/></colBreaks><ignoredErrors><ignoredError sqref="A5:F8" numberStoredAsText="1"/></ignoredErrors>` +
		`<drawing r:id="rId1"/><legacyDrawing r:id="rId2"/><tableParts count="1"><tablePart r:id="rId5"/></tableParts>` +
		`<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations count="1"><x14:dataValidation type="list"><x14:formula1><xm:f>说明!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>E5:E7</xm:sqref></x14:dataValidation></x14:dataValidations></ext>` +
		`<ext uri="{05C60535-1F16-4fd2-B633-F4F36F0B64E0}"><x14:sparklineGroups><x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>'表 一'!D6:E6</xm:f><xm:sqref>G6</xm:sqref></x14:sparkline><x14:sparkline><xm:f>'表 一'!D8:E8</xm:f><xm:sqref>G8</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext></extLst></worksheet>`
	plain := func(data string) string {
		return `<worksheet xmlns="` + mainSpace + `"><sheetData>` + data + `</sheetData></worksheet>`
	}
	override := func(part, kind string) string {
		return `<Override PartName="/` + part + `" ContentType="application/vnd.openxmlformats-officedocument.` + kind + `+xml"/>`
	}
	return map[string]string{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>` +
			override("xl/workbook.xml", "spreadsheetml.sheet.main") + override(grownPart, "spreadsheetml.worksheet") + override("xl/worksheets/sheet2.xml", "spreadsheetml.worksheet") + override("xl/worksheets/sheet3.xml", "spreadsheetml.worksheet") +
			override("xl/styles.xml", "spreadsheetml.styles") + override("xl/drawings/drawing1.xml", "drawing") + override("xl/charts/chart1.xml", "drawingml.chart") + override("xl/comments1.xml", "spreadsheetml.comments") + override("xl/tables/table1.xml", "spreadsheetml.table") + override("xl/calcChain.xml", "spreadsheetml.calcChain") + `</Types>`,
		"_rels/.rels":     pkg + relation("rId1", "officeDocument", "xl/workbook.xml") + `</Relationships>`,
		"xl/workbook.xml": `<workbook xmlns="` + mainSpace + `" xmlns:r="` + rel + `"><sheets><sheet name="表 一" sheetId="4" r:id="rId1"/><sheet name="说明" sheetId="2" r:id="rId2"/><sheet name="无关" sheetId="3" r:id="rId3"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'表 一'!$A$4:$F$7</definedName><definedName name="_xlnm.Print_Area" localSheetId="0">'表 一'!$A$1:$F$10</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">'表 一'!$3:$4</definedName><definedName name="别处">说明!$A$9</definedName><definedName name="总额">'表 一'!$F$8</definedName></definedNames><calcPr calcId="191029"/></workbook>`,
		"xl/_rels/workbook.xml.rels": pkg + relation("rId1", "worksheet", "worksheets/sheet1.xml") + relation("rId2", "worksheet", "worksheets/sheet2.xml") + relation("rId3", "worksheet", "worksheets/sheet3.xml") + relation("rId4", "styles", "styles.xml") + relation("rId5", "calcChain", "calcChain.xml") +
			`<Relationship Id="rId6" Type="http://www.wps.cn/officeDocument/2020/cellImage" Target="cellimages.xml"/></Relationships>`,
		"xl/styles.xml":     `<styleSheet xmlns="` + mainSpace + `"><fonts count="1"><font><sz val="11"/><name val="Noto Sans CJK SC"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/><xf numFmtId="0" fontId="0" fillId="0" borderId="1" applyBorder="1"/></cellXfs><dxfs count="1"><dxf><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf></dxfs></styleSheet>`,
		grownPart:           sheet1,
		"xl/cellimages.xml": `<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>`,
		"xl/worksheets/_rels/sheet1.xml.rels": pkg + relation("rId1", "drawing", "../drawings/drawing1.xml") + relation("rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml") + relation("rId3", "comments", "../comments1.xml") +
			`<Relationship Id="rId4" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/threadedComment1.xml"/>` + relation("rId5", "table", "../tables/table1.xml") + `<Relationship Id="rId9" Type="` + rel + `/hyperlink" Target="http://example.invalid/A9" TargetMode="External"/></Relationships>`,
		"xl/worksheets/sheet2.xml":                 plain(`<row r="1"><c r="A1"><f>'表 一'!F8*10000</f><v>0</v></c><c r="B1"><f>C9+1</f><v>1</v></c></row>`),
		"xl/worksheets/sheet3.xml":                 plain(`<row r="8"><c r="A8"><f>A9+1</f><v>2</v></c></row><row r="9"><c r="A9"><v>1</v></c></row>`),
		"xl/drawings/drawing1.xml":                 `<xdr:wsDr ` + draws + `>` + anchor(8, 12, "") + anchor(5, 9, "") + anchor(0, 2, ` editAs="oneCell"`) + `</xdr:wsDr>`,
		"xl/drawings/_rels/drawing1.xml.rels":      pkg + relation("rId1", "chart", "../charts/chart1.xml") + relation("rId2", "hyperlink", "#'表 一'!A10") + `</Relationships>`,
		"xl/drawings/vmlDrawing1.vml":              `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">` + box(2) + box(9) + `</xml>`,
		"xl/charts/chart1.xml":                     `<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea><c:barChart><c:ser><c:val><c:numRef><c:f>'表 一'!$D$5:$D$7</c:f></c:numRef></c:val></c:ser></c:barChart></c:plotArea></c:chart></c:chartSpace>`,
		"xl/comments1.xml":                         `<comments xmlns="` + mainSpace + `"><authors><author>甲</author></authors><commentList><comment ref="A3" authorId="0"><text><t>见 A10</t></text></comment><comment ref="A10" authorId="0"><text><t>二</t></text></comment></commentList></comments>`,
		"xl/threadedComments/threadedComment1.xml": `<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><threadedComment ref="A10" id="{1}"><text>A10</text></threadedComment></ThreadedComments>`,
		"xl/tables/table1.xml":                     `<table xmlns="` + mainSpace + `" id="1" name="表1" displayName="表1" ref="J11:K13"><autoFilter ref="J11:K13"/><tableColumns count="2"><tableColumn id="1" name="甲"/><tableColumn id="2" name="乙"/></tableColumns></table>`,
		"xl/calcChain.xml":                         `<calcChain xmlns="` + mainSpace + `"><c r="F5" i="4"/><c r="F6"/><c r="F7"/><c r="D8"/><c r="E8"/><c r="F8"/><c r="A1" i="2"/><c r="B1"/><c r="A8" i="3"/></calcChain>`,
	}
}

// shifter is a second, plain way to say where a reference is afterwards.
type shifter struct{ at, n int }

var wordRef = regexp.MustCompile(`((?:'[^']*'|[\p{Han}\w]+)!)?(\$?[A-Z]{0,3}\$?)(\d+)(?:(:\$?[A-Z]{0,3}\$?)(\d+))?`)

func (s shifter) row(words string) string {
	n, err := strconv.Atoi(words)
	if err == nil && n > s.at {
		return strconv.Itoa(min(n+s.n, maxSheetRow))
	}
	return words
}

// words shifts what names cells of a sheet; own says that no name means that sheet.
func (s shifter) words(w, name string, own bool) string {
	pieces := strings.Split(w, `"`)
	for i := 0; i < len(pieces); i += 2 { // what lies between quotes is words
		pieces[i] = wordRef.ReplaceAllStringFunc(pieces[i], func(hit string) string {
			m := wordRef.FindStringSubmatch(hit)
			on := strings.Trim(strings.TrimSuffix(m[1], "!"), "'")
			if on != name && !(on == "" && own) || m[2] == "" && m[4] == "" {
				return hit
			}
			out := m[1] + m[2] + s.row(m[3])
			if m[4] != "" {
				out += m[4] + s.row(m[5])
			}
			return out
		})
	}
	return strings.Join(pieces, `"`)
}

// tokensOf are the pieces of a part, shifted if by says so; what lies in sheetData is
// left out.
func tokensOf(t *testing.T, content string, by func(element, attr, value string) string) []string {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(content))
	d.Strict = false
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var out, stack []string
	for {
		tok, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		inData := slices.Contains(stack, "sheetData")
		switch v := tok.(type) {
		case xml.StartElement:
			stack = append(stack, v.Name.Local)
			if inData {
				continue
			}
			words := "<" + v.Name.Space + ":" + v.Name.Local
			for _, a := range v.Attr {
				words += " " + a.Name.Space + ":" + a.Name.Local + "=" + by(v.Name.Local, a.Name.Local, a.Value)
			}
			out = append(out, words)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
			if !inData {
				out = append(out, "</"+v.Name.Local)
			}
		case xml.CharData:
			if !inData && len(stack) > 0 {
				out = append(out, by(stack[len(stack)-1], "", string(v)))
			}
		}
	}
}

// sayers are the attributes and texts that name cells, by element/attribute.
var sayers = map[string]bool{"mergeCell/ref": true, "hyperlink/ref": true, "hyperlink/location": true, "autoFilter/ref": true, "sortState/ref": true, "table/ref": true, "comment/ref": true, "threadedComment/ref": true,
	"conditionalFormatting/sqref": true, "dataValidation/sqref": true, "protectedRange/sqref": true, "ignoredError/sqref": true, "sqref/": true, "f/": true, "formula/": true, "formula1/": true, "formula2/": true, "definedName/": true, "sp/textlink": true, "Relationship/Target": true}

// samePackage compares a filled package with its template part by part: what does not
// refer to the grown sheet is the same byte for byte, in the rest only references to
// what moved differ.
func samePackage(t *testing.T, was, is map[string]string, grown, name string, s shifter, owned []string) {
	t.Helper()
	if !slices.Equal(slices.Sorted(maps.Keys(was)), slices.Sorted(maps.Keys(is))) {
		t.Errorf("parts %v, were %v", slices.Sorted(maps.Keys(is)), slices.Sorted(maps.Keys(was)))
	}
	for part, content := range was {
		if is[part] == content || strings.HasSuffix(part, ".vml") || strings.EqualFold(part, "xl/calcChain.xml") {
			continue
		}
		own := strings.EqualFold(part, grown) || slices.ContainsFunc(owned, func(o string) bool { return strings.EqualFold(o, part) })
		inRows := false
		want := tokensOf(t, content, func(element, attr, value string) string {
			switch {
			case element == "rowBreaks" || element == "colBreaks":
				inRows = element == "rowBreaks"
			case own && element == "row" && strings.Contains(part, "/drawings/"):
				n, _ := strconv.Atoi(value)
				next, _ := strconv.Atoi(s.row(strconv.Itoa(n + 1)))
				return strconv.Itoa(next - 1)
			case own && element == "brk" && attr == "id" && inRows:
				return s.row(value)
			case sayers[element+"/"+attr] && (element != "Relationship" || strings.HasPrefix(value, "#")):
				return s.words(value, name, own)
			}
			return value
		})
		got := tokensOf(t, is[part], func(_, _, value string) string { return value })
		explain(t, part, want, got, s)
	}
}

// explain wants two streams to be the same but for what a filling adds: the widest
// row, calculation on load, blocks of single cells that go on, merged cells repeated.
func explain(t *testing.T, part string, want, got []string, s shifter) {
	t.Helper()
	allowed := func(w string) bool {
		return strings.Contains(w, ":dimension ") || strings.Contains(w, ":calcPr ") || strings.Contains(w, ":mergeCells ")
	}
	for i, j := 0, 0; i < len(want) || j < len(got); {
		switch {
		case i < len(want) && j < len(got) && (want[i] == got[j] || allowed(want[i]) && allowed(got[j]) || goesOn(want[i], got[j], s)):
			i, j = i+1, j+1
		case j+1 < len(got) && (strings.Contains(got[j], ":mergeCell ") || strings.Contains(got[j], ":calcPr ")):
			j += 2 // with its end
		default:
			t.Errorf("%s: %q, want %q", part, pieceAt(got, j), pieceAt(want, i))
			return
		}
	}
}

func pieceAt(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return "the end"
}

// goesOn reports whether two pieces differ by no more than blocks that end with, or
// lie about, the sample row and cover the new rows as well.
func goesOn(want, got string, s shifter) bool {
	if !strings.Contains(want, "sqref=") && !regexp.MustCompile(`^[A-Z\d: ]+$`).MatchString(want) {
		return false
	}
	single := regexp.MustCompile(fmt.Sprintf(`\b([A-Z]+)%d\b(:([A-Z]+)%d\b)?`, s.at, s.at))
	spread := regexp.MustCompile(fmt.Sprintf(`\b([A-Z]+%d):([A-Z]+)%d\b`, s.at, s.at+s.n))
	shrunk := spread.ReplaceAllString(got, "$1")
	return shrunk == single.ReplaceAllString(want, fmt.Sprintf("${1}%d", s.at)) || regexp.MustCompile(`:([A-Z]+)`+strconv.Itoa(s.at+s.n)+`\b`).ReplaceAllString(got, fmt.Sprintf(":${1}%d", s.at)) == want ||
		strings.HasPrefix(got, want[:len(want)-1]) // a block added behind the others
}

// sameRows compares the cells that were not filled.
func sameRows(t *testing.T, was, is, name string, s shifter, filled map[cellPlace]bool) {
	t.Helper()
	type cell struct {
		R string `xml:"r,attr"`
		S string `xml:"s,attr"`
		T string `xml:"t,attr"`
		F *struct {
			Kind string `xml:"t,attr"`
			Text string `xml:",chardata"`
		} `xml:"f"`
		V  *string `xml:"v"`
		Is struct {
			Inner string `xml:",innerxml"`
		} `xml:"is"`
	}
	type row struct {
		R      int    `xml:"r,attr"`
		Height string `xml:"ht,attr"`
		Hidden string `xml:"hidden,attr"`
		Style  string `xml:"s,attr"`
		Cells  []cell `xml:"c"`
	}
	read := func(content string) map[cellPlace]cell {
		var doc struct {
			Rows []row `xml:"sheetData>row"`
		}
		if err := xml.Unmarshal([]byte(content), &doc); err != nil {
			t.Fatal(err)
		}
		out := map[cellPlace]cell{}
		for _, r := range doc.Rows {
			out[cellPlace{r.R, 0}] = cell{R: r.Height, S: r.Style, T: r.Hidden}
			for _, c := range r.Cells {
				at, col, ok := ParseCellName(c.R)
				if !ok || at != r.R {
					t.Fatalf("cell %q in row %d", c.R, r.R)
				}
				out[cellPlace{r.R, col}] = c
			}
		}
		return out
	}
	now := read(is)
	for at, c := range read(was) {
		row, _ := strconv.Atoi(s.row(strconv.Itoa(at.row)))
		n, ok := now[cellPlace{row, at.col}]
		switch {
		case filled[cellPlace{row, at.col}]:
		case !ok || n.S != c.S || n.Is.Inner != c.Is.Inner || (c.F == nil) != (n.F == nil) || c.F == nil && (n.T != c.T || (n.V == nil) != (c.V == nil) || n.V != nil && *n.V != *c.V) || at.col == 0 && n.R != c.R:
			t.Errorf("%s of %s is %+v, was %+v", CellName(row, max(at.col, 1)), name, n, c)
		case c.F != nil && c.F.Kind == "" && n.F.Text != s.words(c.F.Text, name, true):
			t.Errorf("formula of %s = %q, want %q", CellName(row, at.col), n.F.Text, s.words(c.F.Text, name, true))
		}
	}
}

// countyFile writes countyBook, changed by more.
func countyFile(t *testing.T, more func(map[string]string)) string {
	t.Helper()
	parts := countyBook()
	if more != nil {
		more(parts)
	}
	path := filepath.Join(t.TempDir(), "县 表.xlsx")
	if err := os.WriteFile(path, zipOf(t, parts), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

var countyOwned = []string{"xl/drawings/drawing1.xml", "xl/comments1.xml", "xl/threadedComments/threadedComment1.xml", "xl/tables/table1.xml"}

// TestFill_Fidelity fills fewer, as many and more rows than a template has: part by
// part only what the fill and its shift explain differs.
func TestFill_Fidelity(t *testing.T) {
	from := countyFile(t, nil)
	for _, k := range []int{2, 3, 8, 40} {
		var grow Growth
		s := shifter{at: 6}
		if k > 3 {
			grow, s.n = Growth{After: 6, Count: k - 3, Sample: 6}, k-3
		}
		to, _ := mustFill(t, from, SheetFill{Sheet: "表 一", Grow: grow, Puts: putRows(k)})
		was, is := partsOf(t, from), partsOf(t, to)
		samePackage(t, was, is, grownPart, "表 一", s, countyOwned)
		for _, part := range []string{"xl/styles.xml", "xl/worksheets/sheet3.xml", "xl/cellimages.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/_rels/sheet1.xml.rels"} {
			if was[part] != is[part] {
				t.Errorf("%d rows: %s has changed", k, part)
			}
		}
		filled := map[cellPlace]bool{}
		for _, p := range putRows(k) {
			filled[cellPlace{p.Row, p.Col}] = true
		}
		sameRows(t, was[grownPart], is[grownPart], "表 一", s, filled)
		b := mustOpen(t, to)
		if got, want := b.Sheet("表 一").Cell(8+s.n, 4).Text, calcDigits(10.5*float64(k)); got != want {
			t.Errorf("%d rows: sum %s, want %s", k, got, want)
		}
		if k == 8 {
			opensInOffice(t, to)
		}
	}
}

// TestFill_Notes: the box of a note keeps its size and goes with its cell; formulas
// that were shared read each for its own row; what stands in one cell stays in one.
func TestFill_Notes(t *testing.T) {
	from := countyFile(t, nil)
	to, _ := mustFill(t, from, SheetFill{Sheet: "表 一", Grow: Growth{After: 6, Count: 5, Sample: 6}, Puts: putRows(8)})
	is := partsOf(t, to)
	for _, want := range []string{"1, 15, 1, 2, 3, 15, 6, 4", "1, 15, 13, 2, 3, 15, 18, 4", "<x:Row>2<", "<x:Row>14<"} {
		if !strings.Contains(is["xl/drawings/vmlDrawing1.vml"], want) {
			t.Errorf("boxes without %q: %s", want, is["xl/drawings/vmlDrawing1.vml"])
		}
	}
	for row := 5; row <= 12; row++ {
		if want := fmt.Sprintf("<f>SUM(D%d:E%d)</f>", row, row); !strings.Contains(is[grownPart], want) {
			t.Errorf("no %s", want)
		}
	}
	for _, want := range []string{"<xm:sqref>G6</xm:sqref>", "<xm:sqref>G13</xm:sqref>", `sqref="C5 C6:C11 C12"`, `sqref="A14:F1048576"`, `<brk id="14" max="16383"`, `<brk id="9" max="1048575"`} {
		if !strings.Contains(is[grownPart], want) {
			t.Errorf("no %s", want)
		}
	}
	if chain := is["xl/calcChain.xml"]; !strings.Contains(chain, `r="F13"`) || strings.Count(chain, "<c ") != 9+5 {
		t.Errorf("chain %s", chain)
	}
}

// TestFill_OwnRow: a table of one row with SUM(D7:E7) in it: the row's own sum stays
// within its row, that of the column goes on.
func TestFill_OwnRow(t *testing.T) {
	from := countyFile(t, func(p map[string]string) {
		p[grownPart] = strings.ReplaceAll(p[grownPart], "SUM(D5:D7)", "SUM(D7:D7)")
	})
	to, _ := mustFill(t, from, SheetFill{Sheet: "表 一", Grow: Growth{After: 7, Count: 2, Sample: 7, Last: true}, Puts: putRows(5)})
	b := mustOpen(t, to).Sheet("表 一")
	if got := b.Cell(7, 6).Text; got != "12.5" {
		t.Errorf("row's own sum %s", got)
	}
	if got := b.Cell(9, 6).Text; got != "14.5" {
		t.Errorf("a new row's sum %s", got)
	}
	if got := b.Cell(10, 4).Text; got != "31.5" {
		t.Errorf("column's sum %s", got)
	}
}

// TestFill_RefusesPlaces: each refusal names its place, and nothing is written. None
// of it is in the way as long as no row is added.
func TestFill_RefusesPlaces(t *testing.T) {
	cell := func(part, f string) func(map[string]string) {
		return func(p map[string]string) {
			p[part] = strings.Replace(p[part], "</sheetData>", `<row r="30"><c r="B30"><f>`+f+`</f></c></row></sheetData>`, 1)
		}
	}
	for name, c := range map[string]struct {
		more func(map[string]string)
		want string
	}{
		"macro":            {func(p map[string]string) { p["xl/vbaProject.bin"] = "x" }, "宏（vbaproject.bin）"},
		"external link":    {func(p map[string]string) { p["xl/externalLinks/externalLink1.xml"] = "<externalLink/>" }, "外部链接（externallink1.xml）"},
		"another workbook": {cell(grownPart, "[1]甲!A1"), "B30 引用了别的工作簿"},
		"several sheets":   {cell("xl/worksheets/sheet2.xml", "SUM(说明:无关!A9)"), "“说明”的 B30 一次引用了几张"},
		"in words":         {cell("xl/worksheets/sheet2.xml", `INDIRECT("'表 一'!F8")`), "“说明”的 B30 用 INDIRECT"},
		"one by one":       {cell("xl/worksheets/sheet2.xml", "'表 一'!D5+'表 一'!D6+'表 一'!D7"), "“说明”的 B30 的公式逐格"},
		"stops short":      {cell(grownPart, "SUM(D5:D6)"), "B30 的公式逐格"},
		"array": {func(p map[string]string) {
			p[grownPart] = strings.Replace(p[grownPart], `<f>SUM(D5:D7)</f>`, `<f t="array" ref="D6:D8">D5:D7</f>`, 1)
		}, "D6:D8 有跨过加行处的数组公式"},
		"vertical merge": {func(p map[string]string) { p[grownPart] = strings.Replace(p[grownPart], `"A8:C8"`, `"A6:A7"`, 1) }, "跨行合并 A6:A7"},
		"merge above":    {func(p map[string]string) { p[grownPart] = strings.Replace(p[grownPart], `"A8:C8"`, `"A5:A6"`, 1) }, "跨行合并 A5:A6"},
		"the last row": {func(p map[string]string) {
			p[grownPart] = strings.Replace(p[grownPart], "</sheetData>", `<row r="1048576"/></sheetData>`, 1)
		}, "第 1048576 行"},
	} {
		t.Run(name, func(t *testing.T) {
			tpl, err := OpenTemplate(countyFile(t, c.more))
			if err != nil {
				t.Fatal(err)
			}
			to := filepath.Join(t.TempDir(), "x.xlsx")
			_, err = tpl.Fill(to, []SheetFill{{Sheet: "表 一", Grow: Growth{After: 6, Count: 2, Sample: 6}, Puts: putRows(5)}})
			if model.CodeOf(err) != model.CodeRefused || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %s", err, c.want)
			}
			if _, err := os.Stat(to); err == nil {
				t.Error("a file was written")
			}
			if _, err := tpl.Fill(to, []SheetFill{{Sheet: "表 一", Puts: putRows(3)}}); err != nil {
				t.Errorf("without rows added: %v", err)
			}
		})
	}
}

// picture is the first page of a workbook as LibreOffice prints it.
func picture(t *testing.T, path string) image.Image {
	t.Helper()
	dir := t.TempDir()
	stem := strings.TrimSuffix(filepath.Base(path), ".xlsx")
	for _, c := range [][]string{
		{"soffice", "--headless", "-env:UserInstallation=file://" + filepath.Join(os.TempDir(), "xz-fill-profile"), "--convert-to", "pdf", "--outdir", dir, path},
		{"pdftoppm", "-r", "96", "-png", "-f", "1", "-l", "1", "-singlefile", filepath.Join(dir, stem+".pdf"), filepath.Join(dir, "page")},
	} {
		if out, err := exec.Command(c[0], c[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v %s", c[0], err, out)
		}
	}
	f, err := os.Open(filepath.Join(dir, "page.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// TestFill_Looks: on paper a filled table looks as before above its rows, and below
// them as before, only further down.
func TestFill_Looks(t *testing.T) {
	for _, tool := range []string{"soffice", "pdftoppm"} {
		if _, err := exec.LookPath(tool); err != nil || testing.Short() {
			t.Skip("needs " + tool)
		}
	}
	bare := func(more ...string) func(map[string]string) {
		return func(p map[string]string) { // on paper nothing but the cells, and no page of its own
			s := p[grownPart]
			s = s[:strings.Index(s, "<rowBreaks")] + strings.Join(more, "") + "</worksheet>"
			p[grownPart] = strings.Replace(s, "<oddFooter>第 A9 页</oddFooter>", "", 1)
		}
	}
	for name, more := range map[string]func(map[string]string){"cells": bare(), "a drawing": bare(`<drawing r:id="rId1"/>`)} {
		from := countyFile(t, more)
		before := picture(t, from)
		const k = 8
		to, _ := mustFill(t, from, SheetFill{Sheet: "表 一", Grow: Growth{After: 6, Count: k - 3, Sample: 6}, Puts: putRows(k)})
		after := picture(t, to)
		const top, header, row, total, down = 72, 4 * 40, 36, 40, (k - 3) * 36 // in points of 96 to the inch
		sameBand(t, name, before, after, 0, top+header-2, 0)
		if name == "cells" { // the drawing across the rows grows with them
			sameBand(t, name, before, after, top+header+3*row+total+4, before.Bounds().Dy()-down, down)
		}
	}
}

// sameBand compares lines of two pictures, one of which has them further down. The
// edges of letters may differ by a shade.
func sameBand(t *testing.T, name string, a, b image.Image, from, to, down int) {
	t.Helper()
	differ, dark := 0, 0
	for y := from; y < to; y++ {
		for x := range a.Bounds().Dx() {
			p, _, _, _ := a.At(x, y).RGBA()
			q, _, _, _ := b.At(x, y+down).RGBA()
			if p < 0x8000 {
				dark++
			}
			if max(p, q)-min(p, q) > 0x6000 {
				differ++
			}
		}
	}
	if dark == 0 || differ*50 > dark {
		t.Errorf("%s: lines %d–%d, %d further down: %d of %d dark points differ", name, from, to, down, differ, dark)
	}
}
