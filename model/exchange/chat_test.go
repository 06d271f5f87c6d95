package exchange

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

var chatVillages = []string{"甲一村", "甲二村", "甲三村", "东坪社区", "甲一村新寨"}

// told writes a chat's rows as village|quantity|text with a mark for what is odd.
func told(c Chat) []string {
	var out []string
	for _, r := range c.Rows {
		s := fmt.Sprintf("%d %s|%s|%s", r.Line, r.Village, r.Quantity, r.Text)
		for _, m := range []struct {
			words string
			on    bool
		}{{" 无", r.Nothing}, {" ?", !r.Known}, {" 重", r.Twice}, {" 多", len(r.Several) > 0}} {
			if m.on {
				s += m.words
			}
		}
		out = append(out, s)
	}
	for _, l := range c.Rest {
		out = append(out, fmt.Sprintf("%d 未读：%s", l.Line, l.Text))
	}
	return out
}

func TestReadChat(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     []string
	}{
		{"the brief's own", "1. 甲一村 12户 已完成；甲二村 无", []string{"1 甲一村|12户|12户 已完成", "1 甲二村||无 无"}},
		{"接龙 of WeChat", "#接龙\n\n1. 甲一村 12户\n2. 甲二村 8户\n3. 东坪社区 0户", []string{"3 甲一村|12户|12户", "4 甲二村|8户|8户", "5 东坪社区|0户|0户"}},
		{"colons and commas", "甲一村：12户，已完成\n甲二村,8户", []string{"1 甲一村|12户|12户，已完成", "2 甲二村|8户|8户"}},
		{"numbers of all kinds", "①甲一村 1户\n（2）甲二村 2户\n3、甲三村 3户", []string{"1 甲一村|1户|1户", "2 甲二村|2户|2户", "3 甲三村|3户|3户"}},
		{"other words for the same village", "甲一村委会 12户\n甲一村村委会：5户", []string{"1 甲一村|12户|12户", "2 甲一村|5户|5户 重"}},
		{"no blank before the state", "甲一村已完成\n甲二村12户", []string{"1 甲一村||已完成", "2 甲二村|12户|12户"}},
		{"full width", "甲一村　１２户", []string{"1 甲一村|12户|１２户"}},
		{"several quantities are nobody's", "甲一村 3户9人", []string{"1 甲一村||3户9人 多"}},
		{"a date is no quantity", "甲一村 11月20日完成\n甲二村 第3组已通水", []string{"1 甲一村||11月20日完成", "2 甲二村||第3组已通水"}},
		{"a number alone", "甲一村 12\n甲二村 见附件2", []string{"1 甲一村|12|12", "2 甲二村||见附件2"}},
		{"a semicolon inside one village's words", "甲一村 修渠2公里；安装路灯；甲二村 无", []string{"1 甲一村|2公里|修渠2公里；安装路灯", "1 甲二村||无 无"}},
		{"the longer name", "甲一村新寨 5户", []string{"1 甲一村新寨|5户|5户"}},
		{"a village not known here", "2. 丁九村 5户", []string{"1 丁九村|5户|5户 ?"}},
		{"零报告", "甲一村 零报告\n甲二村 暂无", []string{"1 甲一村||零报告 无", "2 甲二村||暂无 无"}},
		{"the second word counts as one", "甲一村 5户\n甲一村 6户", []string{"1 甲一村|5户|5户", "2 甲一村|6户|6户 重"}},
		{"not a village: kept, not guessed", "各村抓紧报\n甲一村民小组长请假\n收到\n甲一村书记 11:20\n甲二村", []string{"1 未读：各村抓紧报", "2 未读：甲一村民小组长请假", "3 未读：收到", "4 未读：甲一村书记 11:20", "5 未读：甲二村"}},
		{"who wrote it when", "甲一村 11:20\n12户", []string{"1 未读：甲一村 11:20", "2 未读：12户"}},
		{"units from the text", "甲一村 1.5公里 100%", []string{"1 甲一村||1.5公里 100% 多"}},
	} {
		if got := told(ReadChat(c.in, chatVillages)); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %s\nwant %s", c.name, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
	}
}

// TestReadChat_LosesNothing: whatever is pasted, every word of it is in a row or in
// the rest.
func TestReadChat_LosesNothing(t *testing.T) {
	word := rapid.SampledFrom([]string{"甲一村", "丁九村", " ", "12户", "已完成", "；", ";", "\n", "收到", "1. ", "无", "11:20", "，"})
	rapid.Check(t, func(t *rapid.T) {
		in := strings.Join(rapid.SliceOfN(word, 0, 20).Draw(t, "words"), "")
		c := ReadChat(in, chatVillages)
		all := ""
		for _, r := range c.Rows {
			all += r.Village + r.Text
		}
		for _, l := range c.Rest {
			all += l.Text
		}
		for _, w := range []string{"12户", "已完成", "收到", "甲一村"} {
			if strings.Count(all, w) != strings.Count(in, w) {
				t.Fatalf("%q: %q has %d of %q, want %d", in, all, strings.Count(all, w), w, strings.Count(in, w))
			}
		}
	})
}

func TestChat_Book(t *testing.T) {
	b := ReadChat("1. 甲一村 12户 已完成；甲二村 无", chatVillages).Book("村名", "已完成量", "进展情况")
	tables := FindTables(b)
	if len(tables) != 1 || short(tables[0]) != "1-1 2-3 村名|已完成量|进展情况" {
		t.Fatalf("%+v", tables)
	}
	if c := b.Sheets[0].Cell(2, 2); c.Text != "12户" {
		t.Errorf("%+v", c)
	}
}

func FuzzReadChat(f *testing.F) {
	f.Add("1. 甲一村 12户 已完成；甲二村 无")
	f.Add("#接龙\n①丁村\xff；;")
	f.Fuzz(func(t *testing.T, in string) {
		for _, r := range ReadChat(in, chatVillages).Rows {
			if r.Village == "" || r.Text == "" || r.Quantity != "" && len(r.Several) > 0 {
				t.Errorf("%q: half a row %+v", in, r)
			}
		}
	})
}
