package sheet

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"xiangzhen/model/sheet/xls/xlstest"
)

// drawingParts are the parts of a workbook whose sheet has a drawing with what body
// says, of which rId1 and rId2 are pictures.
func drawingParts(rows, body string) map[string]string {
	return map[string]string{
		"xl/worksheets/sheet1.xml":            `<worksheet><sheetFormatPr defaultRowHeight="20"/><sheetData>` + rows + `</sheetData><drawing r:id="rId1"/></worksheet>`,
		"xl/worksheets/_rels/sheet1.xml.rels": relationsHead + `<Relationship Id="rId1" Type="` + relationBase + `/drawing" Target="../drawings/drawing1.xml"/></Relationships>`,
		"xl/drawings/drawing1.xml":            drawingHead + body + `</xdr:wsDr>`,
		"xl/drawings/_rels/drawing1.xml.rels": relationsHead + `<Relationship Id="rId1" Type="` + relationBase + `/image" Target="../media/image1.png"/>` +
			`<Relationship Id="rId2" Type="` + relationBase + `/image" Target="../../../../../etc/passwd"/>` +
			`<Relationship Id="rId3" Type="` + relationBase + `/image" TargetMode="External" Target="http://example.org/1.png"/></Relationships>`,
		"xl/media/image1.png": "one",
	}
}

func spot(name string, row, off int) string {
	return fmt.Sprintf(`<xdr:%s><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>%d</xdr:row><xdr:rowOff>%d</xdr:rowOff></xdr:%[1]s>`, name, row, off)
}

func pic(rel string) string {
	return `<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="图片 1"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="` + rel + `"/></xdr:blipFill>` +
		`<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="999999999"/></a:xfrm></xdr:spPr></xdr:pic>`
}

func two(row, off, toRow, toOff int, what string) string {
	return `<xdr:twoCellAnchor>` + spot("from", row, off) + spot("to", toRow, toOff) + what + `<xdr:clientData/></xdr:twoCellAnchor>`
}

func one(row, off, height int, what string) string {
	return `<xdr:oneCellAnchor>` + spot("from", row, off) + fmt.Sprintf(`<xdr:ext cx="1" cy="%d"/>`, height) + what + `</xdr:oneCellAnchor>`
}

// images lists the pictures of a sheet: B3-5 part or fault.
func images(s *Sheet) string {
	var out []string
	for _, p := range s.Images {
		words := fmt.Sprintf("%s-%d %s", p.Where(), p.LastRow, p.Part)
		if p.Fault != "" {
			words += "!"
		}
		if p.Grouped {
			words += "g"
		}
		if p.InCell {
			words += "c"
		}
		out = append(out, words)
	}
	return strings.Join(out, " ")
}

const highRow = 20 * emuPerPoint

func TestRead_PicturePlaces(t *testing.T) {
	const tall = `<row r="3" ht="100" customHeight="1"/>`
	tests := []struct{ name, rows, body, want string }{
		{"within a row", "", two(4, 0, 4, highRow/2, pic("rId1")), "B5-5 xl/media/image1.png"},
		{"over three rows", "", two(4, 0, 6, highRow/2, pic("rId1")), "B5-7 xl/media/image1.png"},
		{"slipped up a little", "", two(3, highRow*9/10, 4, highRow/2, pic("rId1")), "B5-5 xl/media/image1.png"},
		{"slipped down a little", "", two(4, 0, 5, highRow/10, pic("rId1")), "B5-5 xl/media/image1.png"},
		{"ends before it begins", "", two(9, 0, 2, 0, pic("rId1")), "B10-10 xl/media/image1.png"},
		{"with its height", "", one(4, 0, highRow*5/2, pic("rId1")), "B5-7 xl/media/image1.png"},
		{"in a tall row", tall, one(2, 0, highRow*4, pic("rId1")), "B3-3 xl/media/image1.png"},
		{"by itself", tall, fmt.Sprintf(`<xdr:absoluteAnchor><xdr:pos x="0" y="%d"/><xdr:ext cx="1" cy="%d"/>%s</xdr:absoluteAnchor>`, highRow*7, highRow, pic("rId1")), "第 4 行-4 xl/media/image1.png"},
		{"grouped", "", two(4, 0, 5, highRow, `<xdr:grpSp><xdr:grpSpPr><a:xfrm><a:ext cx="1" cy="1"/></a:xfrm></xdr:grpSpPr><xdr:grpSp>`+pic("rId1")+`</xdr:grpSp>`+pic("rId1")+`</xdr:grpSp>`),
			"B5-6 xl/media/image1.pngg B5-6 xl/media/image1.pngg"},
		{"no pictures but shapes", "", two(4, 0, 5, 0, `<xdr:sp><xdr:nvSpPr><xdr:cNvPr name="框"/></xdr:nvSpPr></xdr:sp>`), ""},
		{"outside of the package", "", two(4, 0, 4, 9, pic("rId2")), "B5-5 !"},
		{"linked", "", two(4, 0, 4, 9, pic("rId3")), "B5-5 !"},
		{"no such relation", "", two(4, 0, 4, 9, pic("rId9")), "B5-5 !"},
		{"far down", "", `<xdr:absoluteAnchor><xdr:pos x="0" y="9000000000000000000"/>` + pic("rId1") + `</xdr:absoluteAnchor>`, "第 1048576 行-1048576 xl/media/image1.png"},
		{"beyond the sheet", "", two(99999999, 0, 99999999, 9, pic("rId1")), "B1048576-1048576 xl/media/image1.png"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := images(&readRaw(t, drawingParts(tt.rows, tt.body)).Sheets[0]); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// wpsParts are a workbook with pictures in its cells, as WPS writes them.
func wpsParts(rows string) map[string]string {
	parts := sheetXML(rows)
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="/xl/worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId9" Type="http://www.wps.cn/officeDocument/2020/cellImage" Target="cellimages.xml"/></Relationships>`
	parts["xl/cellimages.xml"] = `<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"><etc:cellImage>` +
		`<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="ID_0F" descr="照片"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic></etc:cellImage></etc:cellImages>`
	parts["xl/_rels/cellimages.xml.rels"] = relationsHead + `<Relationship Id="rId1" Type="` + relationBase + `/image" Target="media/image1.jpeg"/></Relationships>`
	parts["xl/media/image1.jpeg"] = "one"
	return parts
}

// TestRead_PicturesInCells: such a cell has no words, whatever is kept as its result.
func TestRead_PicturesInCells(t *testing.T) {
	tests := []struct{ name, cell, images, cells string }{
		{"as WPS keeps it", `<c r="B2" t="str"><f>_xlfn.DISPIMG("ID_0F",1)</f><v>=DISPIMG("ID_0F",1)</v></c>`, "B2-2 xl/media/image1.jpegc", ""},
		{"saved by Excel", `<c r="B2" t="e"><f>_xlfn.DISPIMG(&quot;ID_0F&quot;,1)</f><v>#NAME?</v></c>`, "B2-2 xl/media/image1.jpegc", ""},
		{"without a result", `<c r="B2"><f>DISPIMG("ID_0F",1)</f></c>`, "B2-2 xl/media/image1.jpegc", ""},
		{"as a text", `<c r="B2" t="inlineStr"><is><t>=DISPIMG("ID_0F",1)</t></is></c>`, "B2-2 xl/media/image1.jpegc", ""},
		{"unknown name", `<c r="B2" t="str"><f>DISPIMG("ID_NO",1)</f><v>x</v></c>`, "B2-2 !c", ""},
		{"words about it", `<c r="B2" t="inlineStr"><is><t>用 DISPIMG("ID_0F",1)</t></is></c>`, "", `B2=用 DISPIMG("ID_0F",1)`},
		{"another formula", `<c r="B2"><f>SUM(A1)</f><v>3</v></c>`, "", "B2=3"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := readRaw(t, wpsParts(`<row r="2">`+tt.cell+`</row>`))
			s := &b.Sheets[0]
			if images(s) != tt.images || addresses(s) != tt.cells {
				t.Errorf("pictures %q, want %q; cells %q, want %q", images(s), tt.images, addresses(s), tt.cells)
			}
			if len(b.Warnings) > 0 {
				t.Errorf("warnings %v", b.Warnings)
			}
		})
	}
}

// excelParts are a workbook with a picture placed in a cell, as Excel writes it.
func excelParts(cell string) map[string]string {
	parts := sheetXML(`<row r="2">` + cell + `</row>`)
	maps.Copy(parts, map[string]string{
		"xl/metadata.xml": `<metadata><futureMetadata name="XLRICHVALUE"><bk><extLst><ext><xlrd:rvb i="1"/></ext></extLst></bk><bk><extLst><ext><xlrd:rvb i="0"/></ext></extLst></bk></futureMetadata>` +
			`<cellMetadata><bk><rc t="1" v="9"/></bk></cellMetadata><valueMetadata><bk><rc t="1" v="0"/></bk><bk><rc t="1" v="1"/></bk></valueMetadata></metadata>`,
		"xl/richData/rdrichvalue.xml":             `<rvData><rv s="1"><v>0</v></rv><rv s="0"><v>0</v><v>5</v></rv></rvData>`,
		"xl/richData/rdrichvaluestructure.xml":    `<rvStructures><s t="_localImage"><k n="_rvRel:LocalImageIdentifier" t="i"/></s><s t="_error"><k n="errorType" t="i"/></s></rvStructures>`,
		"xl/richData/richValueRel.xml":            `<richValueRels><rel r:id="rId7"/></richValueRels>`,
		"xl/richData/_rels/richValueRel.xml.rels": relationsHead + `<Relationship Id="rId7" Type="` + relationBase + `/image" Target="../media/image1.jpeg"/></Relationships>`,
		"xl/media/image1.jpeg":                    "one",
	})
	return parts
}

// TestRead_PicturesOfExcel: what Excel places in a cell is no error of that cell, and
// an error of a richer kind is no picture.
func TestRead_PicturesOfExcel(t *testing.T) {
	tests := []struct{ name, cell, images, cells string }{
		{"picture", `<c r="B2" t="e" vm="1"><v>#VALUE!</v></c>`, "B2-2 xl/media/image1.jpegc", ""},
		{"another rich value", `<c r="B2" t="e" vm="2"><v>#FIELD!</v></c>`, "", "B2=#FIELD!"},
		{"no such metadata", `<c r="B2" t="e" vm="3"><v>#VALUE!</v></c>`, "", "B2=#VALUE!"},
		{"an error", `<c r="B2" t="e"><v>#VALUE!</v></c>`, "", "B2=#VALUE!"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := &readRaw(t, excelParts(tt.cell)).Sheets[0]
			if images(s) != tt.images || addresses(s) != tt.cells {
				t.Errorf("pictures %q, want %q; cells %q, want %q", images(s), tt.images, addresses(s), tt.cells)
			}
		})
	}
	lost := without(excelParts(tests[0].cell), "xl/richData/_rels/richValueRel.xml.rels")
	if got := images(&readRaw(t, lost).Sheets[0]); got != "B2-2 !c" {
		t.Errorf("without its content: %q", got)
	}
	broken := excelParts(tests[0].cell)
	broken["xl/richData/rdrichvalue.xml"] = `<rvData><!DOCTYPE x>`
	if got := addresses(&readRaw(t, broken).Sheets[0]); got != "B2=#VALUE!" {
		t.Errorf("with a broken part: %q", got)
	}
}

// TestRead_HostilePictures: too many are counted, and a broken drawing does not keep
// the words from being read.
func TestRead_HostilePictures(t *testing.T) {
	cell := `<row r="1"><c r="A1"><v>1</v></c></row>`
	many := drawingParts(cell, strings.Repeat(two(4, 0, 4, 9, pic("rId1")), 10_000))
	broken := drawingParts(cell, `<xdr:twoCellAnchor><!DOCTYPE x>`)
	for name, tt := range map[string]struct {
		parts  map[string]string
		images int
		warned string
	}{
		"many":    {many, mostPictures, "后面的 8000 张"},
		"broken":  {broken, 0, "没有读全"},
		"deep":    {drawingParts(cell, strings.Repeat(`<xdr:grpSp>`, 50_000)+pic("rId1")), 1, ""},
		"no rels": {without(drawingParts(cell, two(4, 0, 4, 9, pic("rId1"))), "xl/drawings/_rels/drawing1.xml.rels"), 1, ""},
		"no part": {without(drawingParts(cell, ""), "xl/drawings/drawing1.xml"), 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			b := readRaw(t, tt.parts)
			if len(b.Sheets[0].Images) != tt.images || addresses(&b.Sheets[0]) != "A1=1" {
				t.Errorf("%d pictures, want %d; cells %q", len(b.Sheets[0].Images), tt.images, addresses(&b.Sheets[0]))
			}
			if got := strings.Join(b.Warnings, " "); !strings.Contains(got, tt.warned) || (tt.warned == "") != (got == "") {
				t.Errorf("warnings %q, want %q", got, tt.warned)
			}
		})
	}
}

func without(parts map[string]string, name string) map[string]string {
	parts = maps.Clone(parts)
	delete(parts, name)
	return parts
}

// TestReadPictures reads back what excelize puts in, which knows what Excel does, and
// refuses what is too large.
func TestReadPictures(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台 账.xlsx")
	f := excelize.NewFile()
	for _, cell := range []string{"B3", "C7"} {
		if err := f.AddPictureFromBytes("Sheet1", cell, &excelize.Picture{Extension: ".png", File: pictureBytes(t, true)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	b, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	found := b.Sheets[0].Images
	if len(found) != 2 || found[0].Where() != "B3" || found[1].Where() != "C7" {
		t.Fatalf("found %+v", found)
	}
	n := 0
	err = ReadPictures(path, []string{found[0].Part, "xl/nothing.png"}, func(part string, content []byte, fault string) error {
		n++
		if want := part == found[0].Part; want != bytes.Equal(content, pictureBytes(t, true)) || want != (fault == "") {
			t.Errorf("%s: %d bytes, %q", part, len(content), fault)
		}
		return nil
	})
	if err != nil || n != 2 {
		t.Errorf("read %d, %v", n, err)
	}
}

func TestReadPictures_TooLarge(t *testing.T) {
	parts := drawingParts("", two(4, 0, 4, 9, pic("rId1")))
	parts["xl/media/image1.png"] = strings.Repeat("x", MostPictureSize+1)
	path := filepath.Join(t.TempDir(), "大.xlsx")
	if err := os.WriteFile(path, rawXLSX(t, parts), 0o644); err != nil {
		t.Fatal(err)
	}
	if got := readRaw(t, parts).Sheets[0].Images[0].Fault; got != faultTooLarge {
		t.Errorf("fault %q", got)
	}
	err := ReadPictures(path, []string{"xl/media/image1.png"}, func(_ string, content []byte, fault string) error {
		if content != nil || fault != faultTooLarge {
			t.Errorf("%d bytes, %q", len(content), fault)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// TestReadXLS_Pictures: they are not read, which is said only where there are any.
func TestReadXLS_Pictures(t *testing.T) {
	group := func(parts ...any) []byte { // OfficeArtDggContainer
		return xlstest.Rec(0x00EB, append([]any{uint16(0x000F), uint16(0xF000), uint32(0)}, parts...)...)
	}
	shapes := []any{uint16(0), uint16(0xF006), uint32(4), uint32(7)}
	for name, tt := range map[string]struct {
		globals []byte
		warned  bool
	}{
		"none":     {nil, false},
		"shapes":   {group(shapes...), false},
		"pictures": {group(append(shapes, uint16(0x001F), uint16(0xF001), uint32(9))...), true},
		"cut":      {xlstest.Rec(0x00EB, uint16(15)), false},
	} {
		t.Run(name, func(t *testing.T) {
			stream := xlstest.Stream(xlstest.BIFF8, tt.globals, xlstest.Sheet{Name: xlstest.Name8("表")})
			raw := xlstest.OLE(map[string][]byte{"Workbook": stream})
			b, err := Read("表.xls", bytes.NewReader(raw), int64(len(raw)), DefaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(strings.Join(b.Warnings, ""), "另存为 .xlsx"); got != tt.warned {
				t.Errorf("warnings %v, want one: %v", b.Warnings, tt.warned)
			}
		})
	}
}

// FuzzDrawing tries any drawing: no panic, and every picture has a place on the sheet
// and a content or a fault.
func FuzzDrawing(f *testing.F) {
	f.Add(two(4, 0, 5, 9, pic("rId1")), `<row r="3" ht="100"/>`)
	f.Add(one(4, 9, 1<<40, pic("rId2")), `<row ht="1" hidden="1"><c r="B1"><f>DISPIMG("ID_0F",1)</f></c></row>`)
	f.Add(`<xdr:absoluteAnchor><xdr:pos y="-5"/><xdr:grpSp>`+pic("")+`</xdr:grpSp>`, ``)
	f.Fuzz(func(t *testing.T, body, rows string) {
		raw := rawXLSX(t, drawingParts(rows, body))
		b, err := Read("表.xlsx", bytes.NewReader(raw), int64(len(raw)), DefaultLimits)
		if err != nil {
			return
		}
		for _, s := range b.Sheets {
			for _, p := range s.Images {
				if p.Row < 1 || p.LastRow < p.Row || p.LastRow > maxRows || p.Col < 0 || p.Col > maxCols || (p.Part == "") == (p.Fault == "") {
					t.Fatalf("%+v", p)
				}
			}
		}
	})
}
