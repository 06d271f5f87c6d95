package sheet

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
)

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`

// docxOf makes a Word document of the inside of its body.
func docxOf(t testing.TB, body string) []byte {
	t.Helper()
	return zipOf(t, map[string]string{
		"[Content_Types].xml": `<Types/>`,
		"_rels/.rels":         `<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml":   `<w:document ` + wordSpace + `><w:body>` + body + `</w:body></w:document>`,
		"docProps/core.xml":   `<p xmlns:dc="d" xmlns:dcterms="t"><dc:creator>张示例一</dc:creator><dcterms:modified>2026-11-20T08:00:00Z</dcterms:modified></p>`,
	})
}

func par(words string) string { return `<w:p><w:r><w:t>` + words + `</w:t></w:r></w:p>` }

// tableOf makes a table of rows whose cells are joined by "|". A cell may begin
// with its properties in braces: {2} spans two columns, {v} begins and {^} goes on
// with a block merged downwards.
func tableOf(rows ...string) string {
	var b strings.Builder
	b.WriteString(`<w:tbl><w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="2000"/><w:gridCol w:w="2001"/></w:tblGrid>`)
	for _, r := range rows {
		b.WriteString(`<w:tr>`)
		for c := range strings.SplitSeq(r, "|") {
			props := ""
			if rest, ok := strings.CutPrefix(c, "{"); ok {
				props, c, _ = strings.Cut(rest, "}")
			}
			b.WriteString(`<w:tc><w:tcPr>` + tcProps(props) + `</w:tcPr>` + par(c) + `</w:tc>`)
		}
		b.WriteString(`</w:tr>`)
	}
	return b.String() + `</w:tbl>`
}

func tcProps(props string) string {
	var out string
	for _, p := range props {
		switch p {
		case 'v':
			out += `<w:vMerge w:val="restart"/>`
		case '^':
			out += `<w:vMerge/>`
		default:
			out += fmt.Sprintf(`<w:gridSpan w:val="%c"/>`, p)
		}
	}
	return out
}

func TestDOCX_Tables(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []string // of each sheet: rows, and merges behind "+"
	}{
		{"plain", tableOf("序号|姓名", "1|张示例一"), []string{"1: A=序号 B=姓名 / 2: A=1 B=张示例一"}},
		{"title kept, letter left out", par("各村：请认真填报。") + par("附件2") + par("任务清单") + tableOf("序号|任务|时限", "1|修路|年底前"),
			[]string{"1: A=附件2 / 2: A=任务清单 / 3: A=序号 B=任务 C=时限 / 4: A=1 B=修路 C=年底前 + A1:C1 A2:C2"}},
		{"merged across and down", tableOf("{v}村|{2}资金", "{^}|中央|省", "{v}甲一村|1|2", "{^}|3|4", "甲二村|5|6"),
			[]string{"1: A=村 B=资金 / 2: B=中央 C=省 / 3: A=甲一村 B=1 C=2 / 4: B=3 C=4 / 5: A=甲二村 B=5 C=6 + A1:A2 B1:C1 A3:A4"}},
		{"a merge that goes on from nowhere is a cell", tableOf("甲|乙", "{^}丙|丁"), []string{"1: A=甲 B=乙 / 2: A=丙 B=丁"}},
		{"words under a merge do not show", tableOf("{v}甲|1", "{^}乙|2"), []string{"1: A=甲 B=1 / 2: B=2 + A1:A2"}},
		{"signatures belong to the table above", tableOf("序号|任务|时限", "1|修路|年底前") + par("填表人：张示例一") + par("") + par("表二") + tableOf("姓名|性别", "李示例二|女"),
			[]string{"1: A=序号 B=任务 C=时限 / 2: A=1 B=修路 C=年底前 / 3: A=填表人：张示例一 + A3:C3", "1: A=表二 / 2: A=姓名 B=性别 / 3: A=李示例二 B=女 + A1:B1"}},
		{"unparted lines", tableOf("序号|任务") + par("填表人：张示例一") + par("表二") + par("单位：甲镇") + tableOf("姓名|性别"),
			[]string{"1: A=序号 B=任务 / 2: A=填表人：张示例一 + A2:B2", "1: A=表二 / 2: A=单位：甲镇 / 3: A=姓名 B=性别 + A1:B1 A2:B2"}},
		{"a table parted over pages", tableOf("序号|任务|时限", "1|修路|年底前") + par("") + tableOf("2|修桥|年底前"),
			[]string{"1: A=序号 B=任务 C=时限 / 2: A=1 B=修路 C=年底前 / 4: A=2 B=修桥 C=年底前"}},
		{"a table in a cell that only places it", `<w:tbl><w:tr><w:tc>` + tableOf("序号|任务", "1|修路") + `<w:p/></w:tc></w:tr></w:tbl>`,
			[]string{"1: A=序号 B=任务 / 2: A=1 B=修路"}},
		{"a table in a cell of data", `<w:tbl><w:tr><w:tc>` + par("甲一村") + `</w:tc><w:tc>` + par("见下") + tableOf("修路", "2公里") + `<w:p/></w:tc></w:tr></w:tbl>`,
			[]string{"1: A=甲一村 B=见下⏎修路⏎2公里"}},
		{"deeper than anyone means", strings.Repeat(`<w:tbl><w:tr><w:tc>`, 40) + par("甲") + strings.Repeat(`</w:tc></w:tr></w:tbl>`, 40), []string{"1: A=甲"}},
		{"columns left out at the left", `<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc>` + par("甲") + `</w:tc></w:tr></w:tbl>`, []string{"1: B=甲"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := readBytes(t, "清单.docx", docxOf(t, c.body))
			var got []string
			for i := range b.Sheets {
				got = append(got, describe(&b.Sheets[i]))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("\n got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
			}
			if b.Creator != "张示例一" || b.Modified.IsZero() || b.Format != DOCX {
				t.Errorf("%q %v %s", b.Creator, b.Modified, b.Format)
			}
		})
	}
}

// describe writes a sheet's rows and merges as one line.
func describe(s *Sheet) string {
	var rows []string
	for _, r := range s.Rows {
		row := fmt.Sprintf("%d:", r.Index)
		for _, c := range r.Cells {
			row += " " + ColName(c.Col) + "=" + strings.ReplaceAll(c.Text, "\n", "⏎")
		}
		rows = append(rows, row)
	}
	out := strings.Join(rows, " / ")
	for i, m := range s.Merges {
		if i == 0 {
			out += " +"
		}
		out += " " + m.String()
	}
	return out
}

func TestDOCX_Text(t *testing.T) {
	for _, c := range []struct{ name, inside, want string }{
		{"paragraphs and breaks are lines", par("一") + `<w:p><w:r><w:t>二</w:t><w:br/><w:t>三</w:t><w:tab/><w:t>四</w:t></w:r></w:p>`, "一\n二\n三 四"},
		{"runs join", `<w:p><w:r><w:t>张示</w:t></w:r><w:r><w:t>例一</w:t></w:r></w:p>`, "张示例一"},
		{"hidden text", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:t>显</w:t></w:r></w:p>`, "显"},
		{"text made visible again", `<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r></w:p>`, "显"},
		{"deleted and inserted", `<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>`, "新"},
		{"moved away", `<w:p><w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:r><w:t>新</w:t></w:r></w:p>`, "新"},
		{"a hint is no value", `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>单击此处输入文字</w:t></w:r></w:p></w:sdtContent></w:sdt>` + par("甲"), "甲"},
		{"a filled control is", `<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>甲一村</w:t></w:r></w:p></w:sdtContent></w:sdt>`, "甲一村"},
		{"ticks", `<w:p><w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:t>是</w:t><w:sym w:font="Wingdings" w:char="F0A8"/><w:t>否</w:t></w:r></w:p>`, "√是□否"},
		{"a symbol unknown", `<w:p><w:r><w:sym w:font="X" w:char="F041"/><w:sym/></w:r></w:p>`, "\uFFFD"},
		{"field codes", `<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3</w:t></w:r></w:p>`, "3"},
		{"text boxes", `<w:p><w:r><w:drawing><w:txbxContent>` + par("框") + `</w:txbxContent></w:drawing><w:t>格</w:t></w:r></w:p>`, "格"},
		{"entities", par("A&amp;B&lt;C"), "A&B<C"},
		{"hyphen", `<w:p><w:r><w:t>0851</w:t><w:noBreakHyphen/><w:t>5550001</w:t></w:r></w:p>`, "0851-5550001"},
	} {
		b := readBytes(t, "x.docx", docxOf(t, `<w:tbl><w:tr><w:tc>`+c.inside+`</w:tc><w:tc>`+par("尾")+`</w:tc></w:tr></w:tbl>`))
		if got := b.Sheets[0].Cell(1, 1); got.Text != c.want || got.Kind != Text || b.Sheets[0].Cell(1, 2).Text != "尾" {
			t.Errorf("%s: %+v, want %q", c.name, got, c.want)
		}
	}
}

func TestDOCX_RowsOfRevisions(t *testing.T) {
	body := tableOf("{v}村|1", "{^}|2") + par("甲")
	body = strings.Replace(body, `</w:tr><w:tr>`, `</w:tr><w:tr><w:trPr><w:del/></w:trPr>`, 1)
	b := readBytes(t, "x.docx", docxOf(t, body))
	if got := describe(&b.Sheets[0]); got != "1: A=村 B=1 / 2: A=甲 + A1:A1 A2:B2" && got != "1: A=村 B=1 / 2: A=甲 + A2:B2" {
		t.Error(got)
	}
	if len(b.Warnings) != 1 || !strings.Contains(b.Warnings[0], "修订") {
		t.Errorf("warnings %q", b.Warnings)
	}
	hidden := strings.Replace(tableOf("村|1", "甲|2"), `</w:tr><w:tr>`, `</w:tr><w:tr><w:trPr><w:hidden/></w:trPr>`, 1)
	if b := readBytes(t, "x.docx", docxOf(t, hidden)); !b.Sheets[0].Rows[1].Hidden || b.Sheets[0].Rows[0].Hidden {
		t.Error("the hidden row is not told")
	}
}

func TestDOCX_Refusals(t *testing.T) {
	for name, c := range map[string]struct {
		raw  []byte
		code model.Code
		says string
	}{
		"没有表格.docx": {docxOf(t, par("各村：")), model.CodeUnsupported, "里面没有表格"},
		"空表格.docx":  {docxOf(t, tableOf("|")), model.CodeUnsupported, "里面没有表格"},
		"断了.docx":   {docxOf(t, `<w:tbl><!DOCTYPE`), model.CodeDamaged, "已损坏"},
		"旧.doc":     {[]byte(`{\rtf1`), model.CodeUnsupported, "另存为 .docx"},
	} {
		_, err := Read(name, strings.NewReader(string(c.raw)), int64(len(c.raw)), DefaultLimits)
		if model.CodeOf(err) != c.code || !strings.Contains(model.Sentence(err), c.says) || !strings.Contains(model.Sentence(err), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDOCX_Limits(t *testing.T) {
	raw := docxOf(t, tableOf(slices.Repeat([]string{"甲|乙|丙"}, 200)...))
	for _, limits := range []Limits{{Unzipped: 2000, Cells: 1e6}, {Unzipped: 1 << 20, Cells: 100}} {
		_, err := Read("大.docx", strings.NewReader(string(raw)), int64(len(raw)), limits)
		if model.CodeOf(err) != model.CodeInvalid || !strings.Contains(model.Sentence(err), "大得不正常") {
			t.Errorf("%+v: %v", limits, err)
		}
	}
}

// FuzzDOCX tries any body of a document: no panic, and a sound sheet if one is read.
func FuzzDOCX(f *testing.F) {
	f.Add(par("任务清单") + tableOf("{v}村|{2}资金", "{^}|中央|省"))
	f.Add(`<w:tbl><w:tr><w:trPr><w:gridBefore w:val="99999999"/><w:del/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="-1"/><w:vMerge/></w:tcPr><w:tbl><w:tr><w:tc>`)
	f.Add(`<w:tc/></w:tbl><w:tr/><w:sdt><w:showingPlcHdr/></w:sdt></w:sdt><w:t>x`)
	f.Fuzz(func(t *testing.T, body string) {
		raw := docxOf(t, body)
		b, err := Read("x.docx", strings.NewReader(string(raw)), int64(len(raw)), Limits{Unzipped: 1 << 20, Cells: 1e5, Strings: 1e4})
		if err != nil {
			return
		}
		for i := range b.Sheets {
			if why := unsound(&b.Sheets[i]); why != "" {
				t.Fatal(why)
			}
		}
	})
}
