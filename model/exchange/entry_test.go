package exchange

import (
	"slices"
	"strings"
	"testing"

	"xiangzhen/model/ledgers"
)

// entryWords writes what is read of a form: label=value@place.
func entryWords(rows []string, merges ...string) (words []string, warnings string) {
	s := sheetFrom(rows, merges...)
	for _, t := range findIn(s) {
		var matches []Match
		for _, c := range t.Columns {
			if c.Path != "" {
				matches = append(matches, Match{Col: c.Col, Path: Path(c.Path), How: HowExact})
			}
		}
		kind := "table"
		if t.Entry {
			kind = "form"
		}
		for _, r := range ReadRows(&s, &t, matches, 0) {
			var cells []string
			for _, c := range r.Cells {
				cells = append(cells, string(c.Path)+"="+c.Cell.Text+"@"+c.Addr)
			}
			slices.Sort(cells)
			words = append(words, kind+" "+strings.Join(cells, " "))
		}
		warnings += strings.Join(t.Warnings, "\n")
	}
	return words, warnings
}

func TestEntryForm(t *testing.T) {
	for _, c := range []struct {
		name   string
		rows   []string
		merges []string
		want   []string
		warns  string
	}{
		{"labels and values in turn", []string{"驻村干部登记表|||", "姓　名|张示例一|性别|男", "出生年月|1985.03|联系电话|13800000001", "派出单位|县水利局||"},
			[]string{"A1:D1", "B4:D4"}, []string{"form 出生年月=1985.03@B3 姓名=张示例一@B2 性别=男@D2 派出单位=县水利局@B4 联系电话=13800000001@D3"}, ""},
		{"a value left out", []string{"姓名|张示例一|性别|", "民族||学历|本科", "联系电话|13800000001|职务|队员"}, nil,
			[]string{"form 姓名=张示例一@B1 学历=本科@D2 职务=队员@D3 联系电话=13800000001@B3"}, ""},
		{"one label a line", []string{"基本情况表", "姓名|张示例一", "性别|男", "联系电话|13800000001", "派出单位|县水利局"}, []string{"A1:B1"},
			[]string{"form 姓名=张示例一@B2 性别=男@B3 派出单位=县水利局@B5 联系电话=13800000001@B4"}, ""},
		{"a group at the left", []string{"基本信息|姓名|张示例一|性别|男", "|民族|汉族|学历|本科"}, []string{"A1:A2"},
			[]string{"form 姓名=张示例一@C1 学历=本科@E2 性别=男@E1 民族=汉族@C2"}, ""},
		{"a value merged wide, and one with a colon", []string{"姓名：|张示例一|性别：|男", "家庭地址：|甲镇甲一村3组||", "联系电话：|13800000001|学历：|本科"}, []string{"B2:D2"},
			[]string{"form 姓名=张示例一@B1 学历=本科@D3 家庭地址=甲镇甲一村3组@B2 性别=男@D1 联系电话=13800000001@B3"}, ""},
		{"two forms below each other", []string{"姓名|张示例一|性别|男", "民族|汉族|学历|本科", "", "姓名|李示例二|性别|女", "民族|汉族|学历|大专"}, nil,
			[]string{"form 姓名=张示例一@B1 学历=本科@D2 性别=男@D1 民族=汉族@B2", "form 姓名=李示例二@B4 学历=大专@D5 性别=女@D4 民族=汉族@B5"}, ""},
		{"a small table inside is not read, nor what is below it", []string{"姓名|张示例一|性别|男", "民族|汉族|学历|本科", "称谓|姓名|年龄|职务", "妻子|李示例二|38|务农", "姓名|王示例三|性别|男"}, nil,
			[]string{"table 姓名=李示例二@B4 年龄=38@C4 称谓=妻子@A4 职务=务农@D4"}, "第 5 行像是登记表的栏目，没有读取"},
		{"a label twice means two things", []string{"姓名|张示例一|联系电话|13800000001", "单位|水利局|联系电话|13800000002", "学历|本科|性别|男"}, nil,
			[]string{"form 单位=水利局@B2 姓名=张示例一@B1 学历=本科@B3 性别=男@D3"}, "联系电话”在登记表里出现不止一次"},
		{"a list is no form", []string{"甲镇|甲一村|张示例一|男", "甲镇|甲二村|李示例二|女"}, nil, nil, ""},
		{"a letter is no form", []string{"各村：", "请于年底前报送。", "联系电话|13800000001"}, nil, nil, ""},
	} {
		got, warnings := entryWords(c.rows, c.merges...)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %s\nwant %s", c.name, strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
		}
		if !strings.Contains(warnings, c.warns) || c.warns == "" && warnings != "" {
			t.Errorf("%s: warnings %q, want %q", c.name, warnings, c.warns)
		}
	}
}

func TestEntryForm_FrameAndBlank(t *testing.T) {
	tables := findIn(sheetFrom([]string{"驻村干部登记表", "填报单位：甲一村", "姓名||性别|", "民族||学历|", "填表人：李示例二"}, "A1:D1"))
	if len(tables) != 1 || !tables[0].Entry || tables[0].DataFirst != 0 {
		t.Fatalf("%+v", tables)
	}
	if f := tables[0].Frame; tables[0].Title != "驻村干部登记表" || f.Unit.Text != "甲一村" || f.Filler.Text != "李示例二" {
		t.Errorf("%q %+v", tables[0].Title, f)
	}
}

// TestEntryForm_Mapped: a form is mapped by its labels like any table.
func TestEntryForm_Mapped(t *testing.T) {
	s := sheetFrom([]string{"队员登记表", "姓名|张示例一|性别|男", "学历|本科|联系电话|13800000001", "派出单位|县水利局|所驻村|甲一村"}, "A1:D1")
	tables := findIn(s)
	if len(tables) != 1 {
		t.Fatalf("%+v", tables)
	}
	c := builtin()
	matches := MapColumns(&tables[0], Targets(c, c.Ledger(ledgers.Team)))
	got := map[string]Path{}
	for _, m := range Sure(matches) {
		got[tables[0].Columns[m.Col-1].Path] = m.Path
	}
	if len(got) < 3 {
		t.Errorf("%v", got)
	}
}
