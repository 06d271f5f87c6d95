package sheet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/sheet/xls/xlstest"
)

// xlsHead is what begins the record of a cell.
func xlsHead(row, col, style int) []byte {
	b := binary.LittleEndian.AppendUint16(nil, uint16(row-1))
	b = binary.LittleEndian.AppendUint16(b, uint16(col-1))
	return binary.LittleEndian.AppendUint16(b, uint16(style))
}

func xlsNumber(row, col, style int, n float64) []byte {
	return xlstest.Rec(0x0203, xlsHead(row, col, style), n)
}

func xlsText(row, col int, s string) []byte {
	return xlstest.Rec(0x0204, xlsHead(row, col, 0), xlstest.String8(s))
}

// xlsBook is a workbook with the styles General, yyyy/m/d and one of its own.
func xlsBook(records ...[]byte) []byte {
	style := func(format uint16) []byte { return xlstest.Rec(0x00E0, uint16(0), format, make([]byte, 16)) }
	globals := xlstest.Join(xlstest.Rec(0x041E, uint16(170), xlstest.String8(`yyyy"年"m"月";@`)), style(0), style(14), style(170))
	return xlstest.Stream(xlstest.BIFF8, globals, xlstest.Sheet{Name: xlstest.Name8("月报"), Records: xlstest.Join(records...)})
}

func readBytes(t testing.TB, name string, raw []byte) *Book {
	t.Helper()
	b, err := Read(name, bytes.NewReader(raw), int64(len(raw)), DefaultLimits)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return b
}

func TestXLS_AsAnXLSXWouldBe(t *testing.T) {
	raw := xlsBook(xlsText(5, 1, "后来的行"), xlsText(1, 2, "甲\r\n乙"), xlsText(1, 1, "先"), xlsText(1, 1, "后"),
		xlsNumber(2, 1, 0, 990101198001010123), xlsNumber(2, 2, 1, 44635), xlsNumber(2, 3, 2, 44635), xlsNumber(2, 4, 99, 0.1),
		xlstest.Rec(0x0208, uint16(4), uint16(0), uint16(9), uint16(300), uint32(0), uint16(0x20), uint16(0)),
		xlstest.Rec(0x00E5, uint16(1), []uint16{0, 1, 0, 0}), xlstest.Rec(0x007D, uint16(2), uint16(2), uint16(9), uint16(0), uint16(1), uint16(0)))
	for _, file := range [][]byte{raw, xlstest.OLE(map[string][]byte{"Workbook": raw})} {
		b := readBytes(t, "表.et", file)
		s := b.Sheet("月报")
		if b.Format != XLS || s == nil {
			t.Fatalf("book %+v", b)
		}
		for at, want := range map[string]Cell{
			"A1": {Kind: Text, Text: "后"}, "B1": {Kind: Text, Text: "甲\n乙"}, "A5": {Kind: Text, Text: "后来的行"},
			"A2": {Kind: Number, Text: "9.901011980010102E+17", Num: 990101198001010123}, "D2": {Kind: Number, Text: "0.1", Num: 0.1},
			"B2": {Kind: Number, Text: "44635", Num: 44635, Date: true, Format: "yyyy/m/d"},
			"C2": {Kind: Number, Text: "44635", Num: 44635, Date: true, Format: `yyyy"年"m"月";@`},
		} {
			want.Row, want.Col, _ = ParseCellName(at)
			got := s.Cell(want.Row, want.Col)
			if got.Look = 0; got != want {
				t.Errorf("%s = %+v, want %+v", at, got, want)
			}
		}
		if !s.Row(5).Hidden || s.Row(1).Hidden || !s.HiddenCol(3) || s.Value(2, 1).Text != "后" {
			t.Error("hidden rows, columns or merges differ")
		}
		if len(b.Warnings) != 1 || !strings.Contains(b.Warnings[0], "A1 在文件里出现两次") {
			t.Errorf("warnings %q", b.Warnings)
		}
	}
}

func TestXLS_Warnings(t *testing.T) {
	formula := func(row int, result []byte, options uint16) []byte {
		return xlstest.Rec(0x0006, xlsHead(row, 1, 0), result, options, uint32(0), uint16(0))
	}
	raw := xlsBook(formula(1, make([]byte, 8), 2), formula(2, []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 0), xlstest.Rec(0x00FD, xlsHead(3, 1, 0), uint32(9)),
		xlsNumber(4, 300, 0, 1))
	b := readBytes(t, "表.xls", raw[:len(raw)-len(xlstest.Eof())])
	said := strings.Join(b.Warnings, "\n")
	for _, want := range []string{"A1 是公式，文件里存的结果是 0", "A2 是公式，但文件里没有存", "A3 指向不存在的文字", "KN4 在文件里写错了位置", "没有结尾"} {
		if !strings.Contains(said, want) {
			t.Errorf("no warning %q in\n%s", want, said)
		}
	}
	lost := xlsBook()
	binary.LittleEndian.PutUint32(lost[bytes.Index(lost, []byte{0x85, 0, 12, 0})+4:], 3)
	if b := readBytes(t, "表.xls", lost); len(b.Sheets) != 0 || len(b.Warnings) != 1 {
		t.Errorf("a sheet that is not in the file: %+v", b)
	}
}

func TestXLS_Refusals(t *testing.T) {
	locked := xlstest.Stream(xlstest.BIFF8, xlstest.Rec(0x002F, uint16(1)), xlstest.Sheet{Name: xlstest.Name8("表")})
	good := xlsBook(xlsNumber(1, 1, 0, 1))
	tests := map[string]struct {
		raw    []byte
		format Format
		code   model.Code
		words  string
	}{
		"加密.xls":  {locked, XLS, model.CodeUnsupported, "打开密码"},
		"四代.xls":  {xlstest.Rec(0x0409, uint32(0), uint16(0)), XLS, model.CodeUnsupported, "Excel 4.0"},
		"截断.xls":  {good[:len(good)-6], XLS, model.CodeDamaged, "已损坏"},
		"图表.xls":  {xlstest.Join(xlstest.Bof(xlstest.BIFF8, 0x20), xlstest.Eof()), XLS, model.CodeUnsupported, "认得出"},
		"公文.doc":  {xlstest.OLE(map[string][]byte{"WordDocument": nil}), DOC, model.CodeUnsupported, "另存为 .docx"},
		"加密.xlsx": {xlstest.OLE(map[string][]byte{"EncryptedPackage": nil}), Encrypted, model.CodeUnsupported, "打开密码"},
		"演示.ppt":  {xlstest.OLE(map[string][]byte{"PowerPoint Document": nil}), PPTX, model.CodeUnsupported, "演示"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			b, err := Read(name, bytes.NewReader(tt.raw), int64(len(tt.raw)), DefaultLimits)
			if b == nil || b.Format != tt.format || model.CodeOf(err) != tt.code || !strings.Contains(model.Sentence(err), tt.words) {
				t.Errorf("%+v, %s: %v", b, model.CodeOf(err), err)
			}
		})
	}
	if _, err := Read("大.xls", bytes.NewReader(good), int64(len(good)), Limits{Unzipped: 1 << 20, Strings: 1}); model.CodeOf(err) != model.CodeInvalid {
		t.Errorf("over the limit: %v", err)
	}
}

// TestXLS_AsLibreOfficeWrites writes a workbook of ours, has LibreOffice turn it
// into the older formats and reads those.
func TestXLS_AsLibreOfficeWrites(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("no LibreOffice here")
	}
	dir := filepath.Join(t.TempDir(), "台 账")
	from := filepath.Join(dir, "月 报.xlsx")
	out := &Out{Sheets: []OutSheet{{Name: "月报", Cols: []OutCol{{}, {Hidden: true}}, Merges: []Range{{1, 1, 1, 3}}, Rows: []OutRow{
		{Cells: []OutCell{TextCell("村情月报", Style{})}}, {Hidden: true, Cells: []OutCell{TextCell("0012", Style{})}},
		{Cells: []OutCell{TextCell("青山村 & <甲>", Style{}), NumberCell("17177.1233", Style{}), NumberCell("-3", Style{Format: "@"})}}}}}}
	if err := Write(from, out); err != nil {
		t.Fatal(err)
	}
	want, err := Open(from)
	if err != nil {
		t.Fatal(err)
	}
	for ext, format := range map[string]Format{"xls": XLS, "html": HTML} {
		msg, err := exec.Command(office, "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--convert-to", ext, "--outdir", dir, from).CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, msg)
		}
		got, err := Open(filepath.Join(dir, "月 报."+ext))
		if err != nil || got.Format != format {
			t.Errorf("%s: %v", ext, err)
			continue
		}
		s := &got.Sheets[0]
		if format == HTML { // what is hidden is left out of a page
			if s.Value(1, 1).Text != "村情月报" || s.Cell(2, 1).Text != "青山村 & <甲>" {
				t.Errorf("page: %s", shown(s))
			}
			continue
		}
		if shown(s) != shown(&want.Sheets[0]) || !slices.Equal(s.Merges, want.Sheets[0].Merges) || !s.HiddenCol(2) || !s.Row(2).Hidden {
			t.Errorf("%s: %s, merges %v, hidden columns %v", ext, shown(s), s.Merges, s.HiddenCols)
		}
	}
}

// BenchmarkXLS10kx30 reads 10,000 rows of 30 columns, half of them text.
func BenchmarkXLS10kx30(b *testing.B) {
	texts := make([]string, 300)
	for i := range texts {
		texts[i] = fmt.Sprintf("第 %d 组", i)
	}
	records := [][]byte{xlstest.Strings(texts...)}
	for row := 1; row <= 10_000; row++ {
		for col := 1; col <= 30; col += 2 {
			records = append(records, xlstest.Rec(0x00FD, xlsHead(row, col, 0), uint32(row%300)), xlsNumber(row, col+1, 0, float64(row*col)/7))
		}
	}
	raw := xlstest.OLE(map[string][]byte{"Workbook": xlsBook(records...)})
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		readBytes(b, "大表.xls", raw)
	}
}
