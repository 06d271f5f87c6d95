package sheet

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"xiangzhen/model"
)

// shown writes the rows of a sheet: cells parted by |, blank ones too.
func shown(s *Sheet) string {
	var rows []string
	for _, r := range s.Rows {
		var cells []string
		for _, c := range r.Cells {
			for len(cells) < c.Col-1 {
				cells = append(cells, "")
			}
			cells = append(cells, strings.ReplaceAll(c.Text, "\n", "/"))
		}
		rows = append(rows, fmt.Sprintf("%d:%s", r.Index, strings.Join(cells, "|")))
	}
	return strings.Join(rows, " ")
}

func TestHTML_Tables(t *testing.T) {
	tests := []struct{ name, page, want string }{
		{"plain", "<table><tr><th>村名</th><th>户数</th></tr><tr><td>青山村</td><td>12</td></tr></table>", "1:村名|户数 2:青山村|12"},
		{"nothing closed", "<TABLE><TR><TD>甲<TD>乙<TR><TD>丙<TD>丁", "1:甲|乙 2:丙|丁"},
		{"cells without rows", "<table><td>甲</td><td>乙</td></table>", "1:甲|乙"},
		{"entities", "<table><tr><td>&lt;甲&#20057;&amp;amp;&nbsp; 丙&copy;</td></tr></table>", "1:<甲乙&amp; 丙©"},
		{"line breaks", "<table><tr><td> 甲<br>乙<p>丙</p>\n丁 </td></tr></table>", "1:甲/乙/丙/丁"},
		{"spans", "<table><tr><td rowspan=2>甲</td><td colspan='2'>乙</td><td>丙</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>", "1:甲|乙||丙 2:|1|2|3"},
		{"spans cross", "<table><tr><td>a</td><td rowspan=3>b</td></tr><tr><td rowspan=2 colspan=1>c</td><td>d</td></tr><tr><td>e</td></tr></table>", "1:a|b 2:c||d 3:||e"},
		{"spans of nonsense", "<table><tr><td rowspan=-1 colspan=x>a</td><td colspan=0>b</td><td>c</td></tr></table>", "1:a|b|c"},
		{"empty rows count", "<table><tr><td>a</td></tr><tr></tr><tr><td>&nbsp;</td></tr><tr><td>b</td></tr></table>", "1:a 4:b"},
		{"text around", "<html><head><title>不要</title><style>td{}</style></head><body><h1>月报</h1><p>单位：甲镇</p><table><caption>表一</caption><tr><td>a</td></tr></table>制表人", "1:月报 2:单位：甲镇 3:a 4:制表人"},
		{"head left open", "<head><meta charset=utf-8><table><tr><td>a</td></tr></table>", "1:a"},
		{"two tables", "<table><tr><td>a</td></tr></table><table><tr><td>b</td><td>c</td></tr></table>", "1:a 2:b|c"},
		{"layout", "<table><tr><td><table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table></td></tr></table>", "1:a|b 2:1|2"},
		{"layout with a title", "<table><tr><td colspan=3>月报<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table></td></tr><tr><td>尾</td></tr></table>", "1:月报 2:a|b 3:1|2 4:尾"},
		{"table in a row of data", "<table><tr><td>甲</td><td>乙<table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table></td><td>丙</td></tr></table>", "1:甲|乙/a b/1 2|丙"},
		{"cell dressed as a table", "<table><tr><td><table><tr><td>甲</td></tr></table></td><td><table><tr><td>乙</td></tr></table></td></tr></table>", "1:甲|乙"},
		{"script", "<table><tr><td><script>if (a<b) {}</script>甲<!-- 注 --></td></tr></table>", "1:甲"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := readBytes(t, "表.xls", []byte(tt.page))
			if got := shown(&b.Sheets[0]); b.Format != HTML || got != tt.want {
				t.Errorf("read %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestHTML_Layout(t *testing.T) {
	b := readBytes(t, "表.xls", []byte(`<!--[if gte mso 9]><xml><x:ExcelWorksheet><x:Name>月报</x:Name></x:ExcelWorksheet><x:Date1904/></xml><![endif]-->
		<table><col><col span=2 style='display: none'><tr><td rowspan=9>甲</td><td colspan=2>乙</td></tr><tr style="DISPLAY:none"><td>丙</td></tr></table>
		<table><tr><td colspan=2>丁</td></tr></table>`))
	s := b.Sheet("月报")
	if s == nil || !slices.Equal(s.Merges, []Range{{1, 1, 2, 1}, {1, 2, 1, 3}, {3, 1, 3, 2}}) {
		t.Fatalf("sheet %+v", b.Sheets)
	}
	if !s.Row(2).Hidden || s.Row(1).Hidden || !s.HiddenCol(2) || !s.HiddenCol(3) || s.HiddenCol(1) || !b.Date1904 {
		t.Errorf("hidden %+v, 1904 %v", s, b.Date1904)
	}
}

// TestHTML_Values: what stands behind the text shown is taken where it is sure,
// and nothing else is guessed.
func TestHTML_Values(t *testing.T) {
	page := func(cell string) []byte {
		return []byte(`<html><style>.d {mso-number-format:"Short Date";} .y{color:red;mso-number-format:"yyyy\0022年\0022m\0022月\0022"} .t{mso-number-format:"\@";}</style><table><tr>` + cell + `</tr></table>`)
	}
	tests := map[string]Cell{
		`<td>0012</td>`:                                                   {Kind: Text, Text: "0012"},
		`<td x:num>1,234.50</td>`:                                         {Kind: Number, Text: "1234.50", Num: 1234.5},
		`<td x:num>约 12</td>`:                                             {Kind: Text, Text: "约 12"},
		`<td x:num="12.345">12.3</td>`:                                    {Kind: Number, Text: "12.345", Num: 12.345},
		`<td x:num="44635">2022/3/15</td>`:                                {Kind: Text, Text: "2022/3/15"},
		`<td class=d x:num=44635>2022/3/15</td>`:                          {Kind: Number, Text: "44635", Num: 44635, Date: true, Format: "yyyy/m/d"},
		`<td class="a y" x:num="44635">2022年3月</td>`:                      {Kind: Number, Text: "44635", Num: 44635, Date: true, Format: `yyyy"年"m"月"`},
		`<td class=t x:num="990101198001010000">990101198001010123</td>`:  {Kind: Text, Text: "990101198001010123"},
		`<td style='mso-number-format:"0\.00_ "' x:num="1.005">1.01</td>`: {Kind: Number, Text: "1.005", Num: 1.005, Format: "0.00_ "},
		`<td style="mso-number-format:\@" x:num>007</td>`:                 {Kind: Text, Text: "007"},
		`<td x:bool="TRUE">TRUE</td>`:                                     {Kind: Bool, Text: "TRUE"},
		`<td x:err="#REF!">#REF!</td>`:                                    {Kind: ErrorValue, Text: "#REF!"},
		`<td x:fmla="=A2*2" x:num>8</td>`:                                 {Kind: Number, Text: "8", Num: 8, Formula: true},
		`<td sdval="44635" sdnum="2052;0;YYYY/M/D">2022/3/15</td>`:        {Kind: Number, Text: "44635", Num: 44635, Date: true, Format: "YYYY/M/D"},
	}
	for cell, want := range tests {
		want.Row, want.Col = 1, 1
		b := readBytes(t, "表.xls", page(cell))
		if got := b.Sheets[0].Cell(1, 1); got != want {
			t.Errorf("%s\nread %+v\nwant %+v", cell, got, want)
		}
	}
}

func TestDecodeMarkup(t *testing.T) {
	gbk := func(s string) []byte {
		b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	tests := map[string][]byte{
		"UTF-8":              []byte("<table><td>青山村"),
		"GBK without a word": gbk("<table><td>青山村"),
		"GBK by name":        gbk("<meta charset=gb2312><table><td>青山村"),
		"GBK, called UTF-8":  gbk("<meta charset=utf-8><table><td>青山村"),
		"UTF-8, called GBK":  []byte("<meta http-equiv='Content-Type' content='text/html; charset=gb2312'><table><td>青山村"),
		"Big5":               []byte("<meta charset=big5><table><td>\xabC\xa4s\xa7\xf8"),
		"UTF-16":             append([]byte("\xFF\xFE"), utf16Bytes("<table><td>")...),
	}
	for name, raw := range tests {
		got := decodeMarkup(raw)
		if want := name != "Big5" && name != "UTF-16" && name != "GBK, called UTF-8"; want && !strings.HasSuffix(got, "<td>青山村") {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := decodeMarkup(tests["Big5"]); !strings.HasSuffix(got, "青山村") {
		t.Errorf("Big5: %q", got)
	}
	if got := decodeMarkup(tests["UTF-16"]); got != "<table><td>" {
		t.Errorf("UTF-16: %q", got)
	}
	if got := decodeMarkup([]byte("<meta charset='utf-8'>Éé")); !strings.HasSuffix(got, "Éé") {
		t.Errorf("short UTF-8 was taken for Chinese: %q", got)
	}
}

func TestHTML_Refusals(t *testing.T) {
	tests := map[string]struct {
		content string
		format  Format
		words   string
	}{
		"网页.html": {"<html><body>没有表</body></html>", HTML, "里面没有表格"},
		"存档.mht":  {"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<table>", MHTML, "网页存档"},
		"存档.xls":  {"From: <WPS>\nContent-Type: multipart/related;\n\n<table>", MHTML, "网页存档"},
	}
	for name, tt := range tests {
		b, err := Read(name, strings.NewReader(tt.content), int64(len(tt.content)), DefaultLimits)
		if b.Format != tt.format || model.CodeOf(err) != model.CodeUnsupported || !strings.Contains(err.Error(), tt.words) {
			t.Errorf("%s: %s %v", name, b.Format, err)
		}
	}
}

// TestHTML_Hostile: pages made to cost more than they hold are read or refused
// in a moment.
func TestHTML_Hostile(t *testing.T) {
	limits := Limits{Unzipped: 64 << 20, Cells: 1_000_000, Strings: 1}
	tests := map[string]string{
		"deep":         strings.Repeat("<table><tr><td>a", 200_000),
		"wide":         "<table><tr>" + strings.Repeat("<td rowspan=99999 colspan=1>a", 16_000) + strings.Repeat("<tr><td>b", 200_000),
		"spans":        "<table><tr>" + strings.Repeat("<td rowspan=65000 colspan=16384>a<tr>", 100_000),
		"ampersands":   "<table><td>" + strings.Repeat("&", 1_000_000),
		"open comment": "<table><td>a<!--" + strings.Repeat("-", 1_000_000),
		"open style":   "<table><td>a<style>" + strings.Repeat(".a{", 300_000),
		"rows":         "<table>" + strings.Repeat("<tr>", 1_100_000) + "<td>a",
		"lines":        strings.Repeat("<p>a", 500_000) + "<table><td>b",
	}
	for name, page := range tests {
		begun := time.Now()
		_, err := Read(name, strings.NewReader(page), int64(len(page)), limits)
		if took := time.Since(begun); took > 3*time.Second {
			t.Errorf("%s took %v", name, took)
		}
		if err != nil && model.CodeOf(err) == model.CodeInternal {
			t.Errorf("%s: %v is no answer", name, err)
		}
	}
}

func FuzzHTML(f *testing.F) {
	f.Add([]byte("<style>.a{mso-number-format:'\\@'}</style>月报<table><col span=2><tr><td rowspan=2 x:num=1 class=a>a<table><tr><td>b<td>c</table><tr><td>d"))
	f.Add([]byte("<table><tr style='display:none'><td colspan=3>&nbsp;</td></table></table><p>"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		src := &source{name: "表", r: bytes.NewReader(raw), size: int64(len(raw)), limits: Limits{1 << 20, 10_000, 10_000}}
		b, err := readHTML(src)
		if err != nil {
			if model.CodeOf(err) == model.CodeInternal {
				t.Errorf("%v is no answer", err)
			}
			return
		}
		if wrong := unsound(&b.Sheets[0]); wrong != "" {
			t.Error(wrong)
		}
	})
}

// unsound says what of the promises of Sheet does not hold; "" if all do.
func unsound(s *Sheet) string {
	last := 0
	for _, r := range s.Rows {
		if r.Index <= last || r.Index > maxRows || len(r.Cells) == 0 {
			return fmt.Sprintf("row %d behind %d with %d cells", r.Index, last, len(r.Cells))
		}
		last = r.Index
		col := 0
		for _, c := range r.Cells {
			if c.Row != r.Index || c.Col <= col || c.Col > maxCols || c.Text == "" || c.Kind == Blank {
				return fmt.Sprintf("cell %+v in row %d behind column %d", c, r.Index, col)
			}
			col = c.Col
		}
	}
	for _, m := range s.Merges {
		if m.R1 > m.R2 || m.C1 > m.C2 || m.R1 < 1 || m.C1 < 1 || m.C2 > maxCols {
			return "merge " + m.String()
		}
	}
	return ""
}
