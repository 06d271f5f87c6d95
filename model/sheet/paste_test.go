package sheet

import (
	"fmt"
	"strings"
	"testing"

	"xiangzhen/model"
)

// clipped puts the header of the Windows clipboard before a page.
func clipped(page string) string {
	const header = "Version:0.9\r\nStartHTML:%010d\r\nEndHTML:%010d\r\nStartFragment:0000000200\r\nEndFragment:0000000300\r\nSourceURL:file:///C:/台账.xlsx\r\n"
	n := len(fmt.Sprintf(header, 0, 0))
	return fmt.Sprintf(header, n, n+len(page)) + page
}

const (
	excelPage = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>.xl65{mso-number-format:"\@";}.xl66{mso-number-format:"yyyy\/m\/d";}</style></head><body>
<table><!--StartFragment--><tr><td rowspan=2>甲一村</td><td class=xl65>990101198503150025</td><td class=xl66 x:num="44635">2022/3/15</td></tr>
<tr><td>李示例二</td><td x:num>12</td></tr><!--EndFragment--></table></body></html>`
	wordPage = `<html><body lang=ZH-CN><!--StartFragment--><table class=MsoTableGrid><tr><td><p class=MsoNormal>序号</p></td><td><p>任务<span lang=EN-US><o:p></o:p></span></p></td></tr>
<tr><td><p>1</p></td><td><p>修路</p><p>二期</p></td></tr></table><!--EndFragment--></body></html>`
)

func TestReadPaste(t *testing.T) {
	for _, c := range []struct{ name, html, plain, want string }{
		{"Excel", clipped(excelPage), "甲一村\t…", "1: A=甲一村 B=990101198503150025 C=44635 / 2: B=李示例二 C=12 + A1:A2"},
		{"Word", clipped(wordPage), "", "1: A=序号 B=任务 / 2: A=1 B=修路⏎二期"},
		{"a page without the header", wordPage, "", "1: A=序号 B=任务 / 2: A=1 B=修路⏎二期"},
		{"places that are wrong", strings.Replace(clipped(wordPage), "StartHTML:0", "StartHTML:9", 1), "", "1: A=序号 B=任务 / 2: A=1 B=修路⏎二期"},
		{"HTML without a table, text with tabs", clipped("<html><b>序号</b></html>"), "序号\t任务\r\n1\t修路\r\n", "1: A=序号 B=任务 / 2: A=1 B=修路"},
		{"a quoted cell of two lines", "", "序号\t任务\n1\t\"修路\n二期\"\n", "1: A=序号 B=任务 / 2: A=1 B=修路⏎二期"},
		{"commas part nothing", "", "甲一村,12户,已完成\n甲二村,无", "1: A=甲一村,12户,已完成 / 2: A=甲二村,无"},
		{"a range of our own grid, guarded against formulas", "", "'=1+1\t'-甲\t''甲\t'甲", "1: A==1+1 B=-甲 C='甲 D='甲"},
		{"old line ends", "", "序号\t任务\r1\t修路", "1: A=序号 B=任务 / 2: A=1 B=修路"},
	} {
		b, err := ReadPaste(c.html, c.plain)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := describe(&b.Sheets[0]); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
	b, err := ReadPaste(clipped(excelPage), "")
	if err != nil {
		t.Fatal(err)
	}
	if id := b.Sheets[0].Cell(1, 2); id.Kind != Text {
		t.Errorf("an ID kept as text must stay text: %+v", id)
	}
	if day := b.Sheets[0].Cell(1, 3); !day.Date {
		t.Errorf("a date must stay one: %+v", day)
	}
}

func TestReadPaste_Nothing(t *testing.T) {
	for _, html := range []string{"", clipped("<p>无表</p>"), "Version:0.9\r\n"} {
		if _, err := ReadPaste(html, " \n"); model.CodeOf(err) != model.CodeInvalid || !strings.Contains(model.Sentence(err), "没有表格") {
			t.Errorf("%q: %v", html, err)
		}
	}
}

func FuzzReadPaste(f *testing.F) {
	f.Add(clipped(excelPage), "甲\t乙\n")
	f.Add("Version:0.9\nStartHTML:-5\nEndHTML:3\n<table", "\"")
	f.Fuzz(func(t *testing.T, html, plain string) {
		b, err := ReadPaste(html, plain)
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
