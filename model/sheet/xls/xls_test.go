package xls

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"

	"xiangzhen/model/sheet/xls/xlstest"
)

var wide = Limits{Bytes: 64 << 20, Cells: 1_000_000, Strings: 1_000_000}

// The builders of records, by shorter names.
var (
	rec      = xlstest.Rec
	join     = xlstest.Join
	wideText = xlstest.Wide
	string8  = xlstest.String8
	name8    = xlstest.Name8
	sst      = xlstest.Strings
	bof      = xlstest.Bof
	eof      = xlstest.Eof
	workbook = xlstest.Stream
	ole      = xlstest.OLE
)

type sheetPart = xlstest.Sheet

func mustRead(t testing.TB, raw []byte) *Book {
	t.Helper()
	b, err := Read(bytes.NewReader(raw), int64(len(raw)), wide)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return b
}

// at returns the cell of the first sheet at a place.
func at(b *Book, row, col int) Cell {
	for _, c := range b.Sheets[0].Cells {
		if c.Row == row && c.Col == col {
			return c
		}
	}
	return Cell{}
}

// head is what begins the record of a cell.
func head(row, col, style int) []byte {
	return binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16(nil, uint16(row-1)), uint16(col-1)), uint16(style))
}

// rk packs a number as the record RK does, by its flags.
func rk(n float64, integer, hundredth bool) uint32 {
	if hundredth {
		n *= 100
	}
	out := uint32(math.Float64bits(n) >> 32)
	if integer {
		out = uint32(int32(n)) << 2
	}
	out &^= 3
	if integer {
		out |= 2
	}
	if hundredth {
		out |= 1
	}
	return out
}

// formula makes a record of a formula with its cached result.
func formula(row, col int, result []byte, options uint16, tokens ...byte) []byte {
	return rec(recFormula, head(row, col, 0), result, options, uint32(0), uint16(len(tokens)), tokens)
}

func float(n float64) []byte { return binary.LittleEndian.AppendUint64(nil, math.Float64bits(n)) }

// sheet8 is a workbook of BIFF8 with one sheet.
func sheet8(globals []byte, records ...[]byte) []byte {
	return workbook(xlstest.BIFF8, globals, sheetPart{Name: name8("月报"), Records: join(records...)})
}

func TestRead_Cells(t *testing.T) {
	textResult := []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}
	b := mustRead(t, sheet8(sst("村名", "青山村"),
		rec(recLabelSST, head(1, 1, 0), uint32(1)),
		rec(recLabel, head(1, 2, 0), string8("旧式")),
		rec(recRString, head(1, 3, 0), string8("两种字体"), uint16(1), uint32(0)),
		rec(recNumber, head(2, 1, 0), 17177.1233),
		rec(recRK, head(2, 2, 0), rk(-12, true, false)),
		rec(recRK, head(2, 3, 0), rk(12.34, true, true)),
		rec(recRK, head(2, 4, 0), rk(0.5, false, false)),
		rec(recMulRK, head(3, 1, 7), rk(1, true, false), uint16(8), rk(2, true, false), uint16(1)),
		rec(0x00BE, uint16(3), uint16(0), uint16(0), uint16(0), uint16(1)), // MULBLANK
		rec(0x0201, head(4, 4, 0)),                                         // BLANK
		rec(recBoolErr, head(4, 1, 0), byte(1), byte(0)),
		rec(recBoolErr, head(4, 2, 0), byte(0x17), byte(1)),
		rec(recBoolErr, head(4, 3, 0), byte(0), byte(0)),
		formula(5, 1, float(99.5), 0),
		formula(5, 2, textResult, 0), rec(recSharedFmla, make([]byte, 8)), rec(recString, string8("算出的字")),
		formula(5, 3, []byte{1, 0, 1, 0, 0, 0, 0xFF, 0xFF}, 0),
		formula(5, 4, []byte{2, 0, 0x2A, 0, 0, 0, 0xFF, 0xFF}, 0),
		formula(5, 5, []byte{3, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 0),
		rec(recNumber, head(6, 1, 0), math.NaN()),
	))
	want := []Cell{
		{Row: 1, Col: 1, Kind: Text, Text: "青山村"}, {Row: 1, Col: 2, Kind: Text, Text: "旧式"}, {Row: 1, Col: 3, Kind: Text, Text: "两种字体"},
		{Row: 2, Col: 1, Num: 17177.1233}, {Row: 2, Col: 2, Num: -12}, {Row: 2, Col: 3, Num: 12.34}, {Row: 2, Col: 4, Num: 0.5},
		{Row: 3, Col: 1, Num: 1, Style: 7}, {Row: 3, Col: 2, Num: 2, Style: 8},
		{Row: 4, Col: 1, Kind: Bool, Text: "TRUE"}, {Row: 4, Col: 2, Kind: Error, Text: "#REF!"}, {Row: 4, Col: 3, Kind: Bool, Text: "FALSE"},
		{Row: 5, Col: 1, Num: 99.5, Formula: true}, {Row: 5, Col: 2, Kind: Text, Text: "算出的字", Formula: true},
		{Row: 5, Col: 3, Kind: Bool, Text: "TRUE", Formula: true}, {Row: 5, Col: 4, Kind: Error, Text: "#N/A", Formula: true},
		{Row: 6, Col: 1, Kind: Error, Text: "#NUM!"},
	}
	if got := b.Sheets[0].Cells; !slices.Equal(got, want) {
		t.Errorf("cells\n%+v, want\n%+v", got, want)
	}
}

func TestRead_Layout(t *testing.T) {
	row := func(index int, options uint16) []byte {
		return rec(recRow, uint16(index-1), uint16(0), uint16(9), uint16(300), uint32(0), options, uint16(0))
	}
	b := mustRead(t, workbook(xlstest.BIFF8, join(rec(recDateMode, uint16(1)), rec(recFormat, uint16(165), string8(`yyyy"年"m"月"`)),
		rec(recXF, uint16(0), uint16(14), make([]byte, 16)), rec(recXF, uint16(0), uint16(165), make([]byte, 16))),
		sheetPart{Name: name8("月报"), Records: join(row(1, 0), row(2, 0x20), rec(recNumber, head(1, 1, 0), 1.0),
			rec(recMergeCells, uint16(2), []uint16{0, 1, 0, 2, 5, 4, 0, 0}),
			rec(recColInfo, uint16(2), uint16(3), uint16(9), uint16(0), uint16(1), uint16(0)),
			rec(recColInfo, uint16(4), uint16(4), uint16(9), uint16(0), uint16(0), uint16(0)),
			rec(recAutoFilter, uint16(3)))},
		sheetPart{Name: name8("隐藏"), Visibility: 1}, sheetPart{Name: name8("深藏"), Visibility: 2}))
	s := b.Sheets[0]
	if !slices.Equal(s.Merges, []Range{{1, 1, 2, 3}}) {
		t.Errorf("merges %v", s.Merges)
	}
	if !slices.Equal(s.HiddenRows, []int{2}) || !slices.Equal(s.HiddenCols, []Range{{C1: 3, C2: 4}}) || !s.Filtered {
		t.Errorf("hidden rows %v, columns %v, filter %v", s.HiddenRows, s.HiddenCols, s.Filtered)
	}
	if !b.Date1904 || !slices.Equal(b.Styles, []Format{{ID: 14}, {ID: 165, Code: `yyyy"年"m"月"`}}) {
		t.Errorf("1904 %v, styles %v", b.Date1904, b.Styles)
	}
	if len(b.Sheets) != 3 || b.Sheets[1].Visibility != 1 || b.Sheets[2].Visibility != 2 || b.Sheets[2].Name != "深藏" {
		t.Errorf("sheets %+v", b.Sheets)
	}
}

// TestRead_ContinuedStrings cuts a table of shared strings where Excel does:
// inside a text, whose width is said anew, and inside what stands behind one.
func TestRead_ContinuedStrings(t *testing.T) {
	b := mustRead(t, sheet8(join(
		rec(recSST, uint32(4), uint32(4), uint16(4), byte(1), wideText("青山")),
		rec(recContinue, byte(1), wideText("村民"), uint16(6), byte(0), "abc"),
		rec(recContinue, byte(1), wideText("甲乙丙"), uint16(2), byte(flagWide|flagRich|flagPhonetic), uint16(1), uint32(6), wideText("注音"), []byte{0, 0}),
		rec(recContinue, []byte{0, 0}, "qingsh", uint16(1), byte(0), "末")),
		rec(recLabelSST, head(1, 1, 0), uint32(0)), rec(recLabelSST, head(1, 2, 0), uint32(1)), rec(recLabelSST, head(1, 3, 0), uint32(2)),
		rec(recLabelSST, head(1, 4, 0), uint32(3)), rec(recLabelSST, head(1, 5, 0), uint32(4))))
	for col, want := range []string{"青山村民", "abc甲乙丙", "注音", "\u00e6", ""} {
		if got := at(b, 1, col+1).Text; got != want {
			t.Errorf("string %d = %q, want %q", col, got, want)
		}
	}
	if n := b.Sheets[0].Notes[OddString]; n != (Note{1, 5, 1}) {
		t.Errorf("the missing string was noted as %+v", n)
	}
}

// TestRead_AnyCut cuts any texts anywhere between characters.
func TestRead_AnyCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.StringOf(rapid.RuneFrom([]rune("甲乙a1𠀀\n"))), 1, 8).Draw(t, "texts")
		cut := rapid.IntRange(1, 20).Draw(t, "cut")
		body := binary.LittleEndian.AppendUint32(make([]byte, 4), uint32(len(texts)))
		var records []byte
		kind := uint16(recSST)
		for _, s := range texts {
			chars := wideText(s)
			body = append(binary.LittleEndian.AppendUint16(body, uint16(len(chars)/2)), 1)
			for len(chars) > 0 {
				n := min(2*cut, len(chars))
				body = append(body, chars[:n]...)
				if chars = chars[n:]; len(chars) > 0 {
					records = append(records, rec(kind, body)...)
					kind, body = recContinue, []byte{1}
				}
			}
		}
		records = append(records, rec(kind, body)...)
		var cells []byte
		for i := range texts {
			cells = append(cells, rec(recLabelSST, head(i+1, 1, 0), uint32(i))...)
		}
		raw := sheet8(records, cells)
		b, err := Read(bytes.NewReader(raw), int64(len(raw)), wide)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range texts {
			if got := at(b, i+1, 1).Text; got != want {
				t.Fatalf("%q came back as %q", want, got)
			}
		}
	})
}

func gbk(t testing.TB, s string) []byte {
	t.Helper()
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRead_BIFF5(t *testing.T) {
	name := gbk(t, "台账")
	for _, page := range []uint16{936, 0} { // 0: a page nobody knows is taken for Chinese
		text := gbk(t, "青山村")
		code := gbk(t, "yyyy年m月")
		globals := join(rec(recCodePage, page), rec(recFormat, uint16(170), byte(len(code)), code), rec(recXF, uint16(0), uint16(170), make([]byte, 12)))
		b := mustRead(t, workbook(xlstest.BIFF5, globals, sheetPart{Name: join([]byte{byte(len(name))}, name), Records: join(
			rec(recLabel, head(1, 1, 0), uint16(len(text)), text),
			rec(recRString, head(1, 2, 0), uint16(len(text)), text, byte(1), uint16(0)),
			formula(1, 3, []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 0), rec(recString, uint16(len(text)), text),
			rec(recLabel, head(1, 4, 0), uint16(1), byte(0xFF)))}))
		for col := 1; col <= 3; col++ {
			if got := at(b, 1, col).Text; got != "青山村" {
				t.Errorf("page %d, column %d: %q", page, col, got)
			}
		}
		if b.Sheets[0].Name != "台账" || b.Styles[0].Code != "yyyy年m月" || b.Sheets[0].Notes[OddText].Count != 1 {
			t.Errorf("page %d: %q %v %v", page, b.Sheets[0].Name, b.Styles, b.Sheets[0].Notes)
		}
	}
}

// TestRead_LoneSheet: BIFF5 may hold one sheet without a workbook around it.
func TestRead_LoneSheet(t *testing.T) {
	b := mustRead(t, join(bof(xlstest.BIFF5, streamSheet), rec(recCodePage, uint16(1252)), rec(recLabel, head(2, 2, 0), uint16(1), byte(0xE9)), eof()))
	if got := at(b, 2, 2).Text; got != "é" || b.Sheets[0].Name != "Sheet1" {
		t.Errorf("%q on %q", got, b.Sheets[0].Name)
	}
}

func TestRead_Container(t *testing.T) {
	eight := sheet8(sst("新"), rec(recLabelSST, head(1, 1, 0), uint32(0)))
	five := workbook(xlstest.BIFF5, nil, sheetPart{Name: []byte{1, 'a'}, Records: rec(recLabel, head(1, 1, 0), uint16(3), "old")})
	saved := time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	tests := map[string]struct {
		streams map[string][]byte
		want    string
	}{
		"BIFF8":          {map[string][]byte{"Workbook": eight}, "新"},
		"BIFF5":          {map[string][]byte{"Book": five}, "old"},
		"both":           {map[string][]byte{"Book": five, "Workbook": eight}, "新"},
		"other case":     {map[string][]byte{"WORKBOOK": eight}, "新"},
		"larger":         {map[string][]byte{"Workbook": append(slices.Clone(eight), make([]byte, 300_000)...)}, "新"},
		"summary":        {map[string][]byte{"Workbook": eight, "\x05SummaryInformation": summary(t, "张示例一", saved)}, "新"},
		"broken summary": {map[string][]byte{"Workbook": eight, "\x05SummaryInformation": bytes.Repeat([]byte{0xFF}, 99)}, "新"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			raw := ole(tt.streams)
			b := mustRead(t, raw)
			if got := at(b, 1, 1).Text; got != tt.want {
				t.Errorf("read %q, want %q", got, tt.want)
			}
			if name == "summary" && (b.Creator != "张示例一" || !b.Modified.Equal(saved)) {
				t.Errorf("properties %q %v", b.Creator, b.Modified)
			}
			if short := raw[:len(raw)-1]; name == "larger" {
				mustRead(t, short) // the last sector is not whole
			}
		})
	}
}

// summary makes a stream of document properties.
func summary(t testing.TB, author string, saved time.Time) []byte {
	t.Helper()
	name := append(gbk(t, author), 0)
	set := join(u32(0), u32(3), u32(propCodePage), u32(32), u32(propAuthor), u32(40), u32(propSaved), u32(48+uint32(len(name))),
		u32(typeInt16), u32(936), u32(typeString), u32(uint32(len(name))), name, u32(typeFileTime),
		binary.LittleEndian.AppendUint64(nil, uint64(saved.UnixNano()/100+116444736000000000)))
	return join(make([]byte, setOffsetAt), u32(setOffsetAt+4), set)
}

func u32(n uint32) []byte { return binary.LittleEndian.AppendUint32(nil, n) }

func TestRead_Notes(t *testing.T) {
	link := []byte{0x5A, 0, 0, 0, 0, 0, 0}
	own := []byte{0x5A, 1, 0, 0, 0, 0, 0}
	globals := join(rec(recSupBook, uint16(1), uint16(4), byte(0), "a.xls"), rec(recSupBook, uint16(1), uint16(ownBook)),
		rec(recExternSheet, uint16(2), []uint16{0, 0, 0, 1, 0, 0}))
	raw := workbook(xlstest.BIFF8, globals, sheetPart{Name: name8("表"), Records: join(
		formula(1, 1, float(0), calcOnLoad), formula(1, 2, float(0), 0), formula(1, 3, float(7), calcOnLoad),
		formula(2, 1, []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 0), rec(recNumber, head(2, 2, 0), 1.0), rec(recString, string8("迟到")),
		formula(3, 1, float(1), 0, append([]byte{0x17, 1, 0, 'x', 0x1E, 1, 0, 0x03, 0x19, 0x10, 0, 0}, link...)...),
		formula(3, 2, float(1), 0, own...), formula(3, 3, float(1), 0, 0x18, 0xFF),
		rec(recNumber, head(4, 300, 0), 1.0),
		bof(xlstest.BIFF8, 0x20), rec(recNumber, head(9, 9, 0), 1.0), eof()), // a chart inside
	})
	b := mustRead(t, raw[:len(raw)-len(eof())])
	want := [Oddities]Note{OddPlace: {4, 300, 1}, OddFormula: {2, 1, 1}, OddUncalculated: {1, 1, 1}, OddLink: {3, 1, 1}, OddEnd: {0, 0, 1}}
	if got := b.Sheets[0].Notes; got != want {
		t.Errorf("notes %+v, want %+v", got, want)
	}
	if c := at(b, 9, 9); c.Row != 0 {
		t.Error("a chart's numbers were taken for cells")
	}
	if c := at(b, 2, 1); c.Row != 0 {
		t.Errorf("a text that came late was taken: %+v", c)
	}
}

func TestRead_Refusals(t *testing.T) {
	good := sheet8(sst("甲"), rec(recLabelSST, head(1, 1, 0), uint32(0)))
	claim := ole(map[string][]byte{"Workbook": good})
	root := len(claim) - 512 - 512 // the directory stands before the one table of sectors
	binary.LittleEndian.PutUint32(claim[root+128+120:], 0xFFFFFFF0)
	loop := ole(map[string][]byte{"Workbook": make([]byte, 8192)})
	binary.LittleEndian.PutUint32(loop[len(loop)-512+4:], 0) // sector 1 leads back to 0
	difat := ole(map[string][]byte{"Workbook": good})
	binary.LittleEndian.PutUint32(difat[headerDIFAT:], 33818640) // × 127 + 109 wraps around 32 bits
	tests := map[string]struct {
		raw  []byte
		want error
	}{
		"empty":               {nil, ErrDamaged},
		"header alone":        {[]byte(oleMark), ErrDamaged},
		"no workbook":         {ole(map[string][]byte{"WordDocument": {1}}), ErrNoWorkbook},
		"chart alone":         {join(bof(xlstest.BIFF8, 0x20), eof()), ErrNoWorkbook},
		"no sheets":           {workbook(xlstest.BIFF8, nil), ErrNoWorkbook},
		"other version":       {join(bof(0x0700, 5), eof()), ErrDamaged},
		"Excel 4":             {rec(recBOF4, uint32(0), uint16(0)), ErrTooOld},
		"Excel 2":             {rec(recBOF2, uint32(0)), ErrTooOld},
		"password":            {workbook(xlstest.BIFF8, rec(recFilePass, uint16(1)), sheetPart{Name: name8("表")}), ErrEncrypted},
		"cut":                 {good[:len(good)-9], ErrDamaged},
		"record too short":    {sheet8(nil, rec(recNumber, head(1, 1, 0))), ErrDamaged},
		"4 GB claimed":        {claim, ErrDamaged},
		"sectors in a circle": {loop, ErrDamaged},
		"DIFAT wraps":         {difat, ErrDamaged},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := Read(bytes.NewReader(tt.raw), int64(len(tt.raw)), wide); !errors.Is(err, tt.want) {
				t.Errorf("%v, want %v", err, tt.want)
			}
		})
	}
}

func TestRead_MissingSheet(t *testing.T) {
	for _, offset := range []uint32{0, 7, 1 << 31} {
		raw := sheet8(nil)
		binary.LittleEndian.PutUint32(raw[len(bof(xlstest.BIFF8, 5))+4:], offset)
		b := mustRead(t, raw)
		if !b.Sheets[0].Missing || b.Sheets[0].Name != "月报" {
			t.Errorf("offset %d: %+v", offset, b.Sheets[0])
		}
	}
}

func TestRead_Limits(t *testing.T) {
	raw := sheet8(sst("甲", "乙"), rec(recNumber, head(1, 1, 0), 1.0), rec(recMergeCells, uint16(2), make([]uint16, 8)))
	many := make([]sheetPart, maxSheets+1)
	for i := range many {
		many[i] = sheetPart{Name: name8("表")}
	}
	crowd := workbook(xlstest.BIFF8, nil, many...)
	for _, tt := range []struct {
		raw    []byte
		limits Limits
	}{{raw, Limits{10, 99, 99}}, {raw, Limits{9999, 2, 99}}, {raw, Limits{9999, 99, 1}}, {crowd, wide}} {
		if _, err := Read(bytes.NewReader(tt.raw), int64(len(tt.raw)), tt.limits); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%+v: %v", tt.limits, err)
		}
	}
	if _, err := Read(bytes.NewReader(raw), int64(len(raw)), Limits{9999, 3, 2}); err != nil {
		t.Errorf("at the limit: %v", err)
	}
}

// TestRead_SheetsWithinSheets: sheets that all begin in one long run of records
// would be walked over again and again.
func TestRead_SheetsWithinSheets(t *testing.T) {
	sheets := make([]sheetPart, 2000)
	for i := range sheets {
		sheets[i] = sheetPart{Name: name8("表")}
	}
	raw := workbook(xlstest.BIFF8, nil, sheets...)
	last := len(raw) - len(join(bof(xlstest.BIFF8, 0x10), eof()))
	raw = append(raw[:last], join(bof(xlstest.BIFF8, 0x10), bytes.Repeat(rec(0x0001), 100_000), eof())...)
	entry := len(rec(recBoundSheet, uint32(0), uint16(0), name8("表")))
	for i := range sheets {
		binary.LittleEndian.PutUint32(raw[len(bof(xlstest.BIFF8, 5))+i*entry+4:], uint32(last))
	}
	if _, err := Read(bytes.NewReader(raw), int64(len(raw)), wide); !errors.Is(err, ErrDamaged) {
		t.Errorf("read: %v", err)
	}
}

// TestTokenSize holds the lengths of tokens that formulas are made of.
func TestTokenSize(t *testing.T) {
	for _, tt := range []struct {
		token []byte
		want  int
	}{
		{[]byte{0x17, 2, 0, 'a', 'b'}, 5}, {[]byte{0x17, 2, 1, 0, 0, 0, 0}, 7}, {[]byte{0x19, 0x04, 2, 0}, 10}, {[]byte{0x19, 0x10, 0, 0}, 4},
		{[]byte{0x1E}, 3}, {[]byte{0x44}, 5}, {[]byte{0x65}, 9}, {[]byte{0x42}, 4}, {[]byte{0x3B}, 11}, {[]byte{0x18}, 0}, {[]byte{0x17}, 0},
	} {
		if got := tokenSize(tt.token); got != tt.want {
			t.Errorf("%x: %d, want %d", tt.token, got, tt.want)
		}
	}
}

func TestStreams(t *testing.T) {
	raw := ole(map[string][]byte{"EncryptedPackage": nil, "EncryptionInfo": nil})
	if names := Streams(bytes.NewReader(raw), int64(len(raw))); !slices.Contains(names, "EncryptedPackage") {
		t.Errorf("streams %q", names)
	}
	if names := Streams(bytes.NewReader(raw[:600]), 600); names != nil {
		t.Errorf("a cut container lists %q", names)
	}
}

// TestRead_EndlessDirectory: a directory of nothing but entries that hang on each
// other is not walked.
func TestRead_EndlessDirectory(t *testing.T) {
	raw := ole(map[string][]byte{"Workbook": sheet8(nil)})
	directory := bytes.Repeat(raw[len(raw)-2*512:len(raw)-512], 20_000)
	fat := make([]uint32, 0, 128*170)
	for i := range 20_000 {
		fat = append(fat, uint32(i+1))
	}
	fat[len(fat)-1] = 0xFFFFFFFE
	table, err := binary.Append(nil, binary.LittleEndian, fat[:cap(fat)])
	if err != nil {
		t.Fatal(err)
	}
	header := slices.Clone(raw[:512])
	binary.LittleEndian.PutUint32(header[headerFAT:], 109)
	binary.LittleEndian.PutUint32(header[48:], 0)
	for i := range 109 {
		binary.LittleEndian.PutUint32(header[76+4*i:], uint32(20_000+i))
	}
	// 109 tables reach 13,952 sectors, 7 MB; one link back makes the directory longer than the budget
	binary.LittleEndian.PutUint32(table[4*13_000:], 1)
	raw = join(header, directory, table)
	if _, err := Read(bytes.NewReader(raw), int64(len(raw)), wide); err == nil || !strings.Contains(err.Error(), ErrTooLarge.Error()) {
		t.Errorf("read: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	stream := sheet8(join(sst("甲"), rec(recFormat, uint16(165), string8("0"))), rec(recLabelSST, head(1, 1, 0), uint32(0)),
		rec(recMulRK, head(3, 1, 7), uint32(7), uint16(1)), formula(5, 2, []byte{0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 0), rec(recString, string8("字")))
	f.Add(stream)
	f.Add(ole(map[string][]byte{"Workbook": stream, "\x05SummaryInformation": summary(f, "甲", time.Unix(1e9, 0))}))
	f.Add(join(bof(xlstest.BIFF5, streamSheet), rec(recCodePage, uint16(936)), rec(recLabel, head(2, 2, 0), uint16(1), "a"), eof()))
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := Read(bytes.NewReader(raw), int64(len(raw)), Limits{1 << 20, 10_000, 10_000})
		switch {
		case err == nil && len(b.Sheets) == 0:
			t.Error("neither sheets nor an error")
		case err != nil && b != nil:
			t.Error("a book with an error")
		}
	})
}
