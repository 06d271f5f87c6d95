package sheet

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"xiangzhen/model"
)

func readCSVText(t *testing.T, content string) *Book {
	t.Helper()
	b, err := Read("村.csv", strings.NewReader(content), int64(len(content)), DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	if b.Format != CSV {
		t.Fatalf("format %s", b.Format)
	}
	return b
}

func TestCSV_RowsAsShown(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"blank lines count", "甲\n\n\n乙\n", "A1=甲 A4=乙"},
		{"blank line first", "\n甲,1\n", "A2=甲 B2=1"},
		{"line breaks in quotes do not", "甲,\"第一行\n第二行\"\n乙,2\n", "A1=甲 B1=第一行\n第二行 A2=乙 B2=2"},
		{"both", "\"a\nb\",1\n\n乙,2\n", "A1=a\nb B1=1 A3=乙 B3=2"},
		{"Windows line ends", "甲,1\r\n\r\n乙,2\r\n", "A1=甲 B1=1 A3=乙 B3=2"},
		{"old Mac line ends", "甲,1\r乙,2\r", "A1=甲 B1=1 A2=乙 B2=2"},
		{"empty cells left out", ",,甲\n,,\n乙\n", "C1=甲 A3=乙"},
		{"stray quote", "甲\"村,1\n乙,2\n", "A1=甲\"村 B1=1 A2=乙 B2=2"},
		{"leading zeros stay", "0012,990101198001010019\n", "A1=0012 B1=990101198001010019"},
		{"no end of line", "甲,1", "A1=甲 B1=1"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := readCSVText(t, tt.content)
			if got := addresses(&b.Sheets[0]); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			for _, r := range b.Sheets[0].Rows {
				for _, c := range r.Cells {
					if c.Kind != Text {
						t.Errorf("%q is of kind %d, want text", c.Text, c.Kind)
					}
				}
			}
		})
	}
}

func TestSeparator(t *testing.T) {
	tests := []struct {
		content string
		want    rune
	}{
		{"村名,户数", ','},
		{"甲镇任务表\n村名\t户数\n青山村\t1", '\t'},
		{"村名;户数\n甲;1", ';'},
		{"甲镇", ','},
		{"\"一,二,三,四\"\t2\n", '\t'},
		{"三寸\"管;1\n五寸\"管;2\n六寸\"管;3", ';'},
	}
	for _, tt := range tests {
		if got := separator(tt.content); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.content, got, tt.want)
		}
	}
}

func TestCSV_UTF16(t *testing.T) {
	for name, order := range map[string]unicode.Endianness{"little": unicode.LittleEndian, "big": unicode.BigEndian} {
		content, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().String("村名\t户数\n青山村\t12\n")
		if err != nil {
			t.Fatal(err)
		}
		if got := addresses(&readCSVText(t, content).Sheets[0]); got != "A1=村名 B1=户数 A2=青山村 B2=12" {
			t.Errorf("%s endian: %q", name, got)
		}
	}
}

func TestCSV_Warnings(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"a quote never closed", "甲,\"乙\n" + strings.Repeat("丙,1\n", 40), "少了一个引号"},
		{"unreadable text", "村名,\xff\xff\n\xb4\xe5", "认不出的文字"},
		{"all well", "村名,户数\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.Join(readCSVText(t, tt.content).Warnings, "\n")
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("warnings %q, want %q", got, tt.want)
			}
		})
	}
}

func TestCSV_Limit(t *testing.T) {
	content := strings.Repeat("1,2\n", 100)
	for _, limits := range []Limits{{Unzipped: 100, Cells: 1000}, {Unzipped: 1000, Cells: 100}} {
		if _, err := Read("大.csv", strings.NewReader(content), int64(len(content)), limits); model.CodeOf(err) != model.CodeInvalid {
			t.Errorf("%+v: %v", limits, err)
		}
	}
}

// TestSniff_ByContent holds that a file is what it contains, and that text which
// only begins like something else stays text.
func TestSniff_ByContent(t *testing.T) {
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("<html><table>")
	if err != nil {
		t.Fatal(err)
	}
	pptx := zipOf(t, map[string]string{"ppt/presentation.xml": "<x/>", "[Content_Types].xml": "<x/>"})
	tests := []struct {
		name, content string
		want          Format
	}{
		{"csv that begins with BM", "BM,编码\n1,2\n", CSV},
		{"bitmap", "BM\x36\x10\x00\x00\x00\x00\x00\x00\x36\x00", Picture},
		{"SYLK", "ID;PWXL;N;E\n", SYLK},
		{"rich text", `{\rtf1\ansi`, DOC},
		{"web page in UTF-16", wide, HTML},
		{"web page behind a declaration", `<?xml version="1.0"?><!DOCTYPE html><HTML>`, HTML},
		{"piece of a web page", `<div>甲</div>`, HTML},
		{"saved by mail", "MIME-Version: 1.0\n", MHTML},
		{"XML table of 2003", `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`, XML2003},
		{"flat open document", `<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">`, ODS},
		{"any XML", `<?xml version="1.0"?><foo/>`, Unknown},
		{"presentation", string(pptx), PPTX},
		{"zip of files", string(zipOf(t, map[string]string{"甲.xlsx": "x"})), Archive},
		{"open document", string(zipOf(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})), ODS},
		{"binary workbook", string(zipOf(t, map[string]string{"xl/workbook.bin": "x"})), XLSB},
		{"Word", string(zipOf(t, map[string]string{"word/document.xml": "x"})), DOCX},
		{"old Word", "\xD0\xCF\x11\xE0" + string(utf16Bytes("WordDocument")), DOC},
		{"Word 2003 XML", `<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">`, DOC},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, err := Read("文件", strings.NewReader(tt.content), int64(len(tt.content)), DefaultLimits)
			if b.Format != tt.want {
				t.Errorf("format %s, want %s", b.Format, tt.want)
			}
			if readers[tt.want] == nil && model.CodeOf(err) != model.CodeUnsupported {
				t.Errorf("err = %v", err)
			}
		})
	}
}

// TestRefusals_EveryFormat holds that every format is read or has its sentence.
func TestRefusals_EveryFormat(t *testing.T) {
	for _, f := range []Format{XLSX, CSV, XLS, XLSB, ODS, SYLK, DOCX, DOC, PPTX, Encrypted, HTML, XML2003, PDF, Picture, Archive, Unknown} {
		if readers[f] == nil && refusals[f] == "" {
			t.Errorf("%s: neither a reader nor a refusal", f)
		}
	}
}

// FuzzCSV tries any text: the sheet is sound and no cell is made up.
func FuzzCSV(f *testing.F) {
	f.Add("村名,户数\n甲一村,12\n")
	f.Add("\"a\nb\"\tc\r\n\n;d\x00")
	f.Add("\xef\xbb\xbf\xcc\xa8")
	f.Add("\xb4\xe5\xc3\xfb,\xbb\xa7\xca\xfd\r\n\xbc\xd7\xd2\xbb\xb4\xe5,12\r\n") // GB18030
	f.Add("\xff\xfeQg\x0dT,\x00\x37b\n\x00")                                      // UTF-16
	f.Add("\xfe\xffgQ\x54\x0d\x00,b7\x00\n")
	f.Add("台账\n村名;户数;\"备;注\"\n甲一村;12;\"一\n二\"\"三\"\n")
	f.Add("村名\t户数\r甲一村\t\"12\r")
	f.Add("a,\"b\nc,d\ne,f\n" + strings.Repeat("\n", 40) + "\"")
	f.Fuzz(func(t *testing.T, content string) {
		src := &source{name: "x.csv", r: strings.NewReader(content), size: int64(len(content)), limits: Limits{Unzipped: 1 << 20, Cells: 1e5}}
		b, err := readCSV(src)
		if err != nil {
			return
		}
		if wrong := unsound(&b.Sheets[0]); wrong != "" {
			t.Error(wrong)
		}
	})
}
