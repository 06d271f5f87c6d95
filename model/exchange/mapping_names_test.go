package exchange

import (
	"slices"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

func TestIsRemark(t *testing.T) {
	saysSo(t, "isRemark", isRemark,
		[]string{"万元", "单位:元", "必填", "选填", "截至11月20日", "如:甲一村", "年月日", "请按身份证填写", "盖章", "多选", "yyyy-mm-dd"},
		[]string{"", "紧急联系人", "县级", "配合单位", "脱贫户", "原", "手机"})
}

func TestWithoutRemarks(t *testing.T) {
	cases := map[string]string{
		"村(社区)(必填)*": "村(社区)", "金额(万元)": "金额", "联系电话(紧急联系人):": "联系电话(紧急联系人)", "姓名": "姓名", "名称(没有右括号": "名称(没有右括号",
	}
	for key, want := range cases {
		if got := withoutRemarks(key); got != want {
			t.Errorf("withoutRemarks(%q) = %q, want %q", key, got, want)
		}
	}
}

func TestIsPlainGroup(t *testing.T) {
	table := &Table{Title: "驻村工作队员花名册"}
	cases := []struct {
		group, leaf string
		want        bool
	}{
		{"基本信息", "姓名", true}, {"时限", "完成时限", true}, {"责任", "责任单位", true}, {"驻村工作队员", "姓名", true},
		{"资金", "中央", false}, {"拟召回人员", "姓名", false}, {"配偶", "姓名", false}, {"原", "姓名", false}, {"2025年", "人口", false},
	}
	for _, c := range cases {
		if got := isPlainGroup(table, c.group, c.leaf); got != c.want {
			t.Errorf("isPlainGroup(%q, %q) = %v", c.group, c.leaf, got)
		}
	}
}

func TestHeaderNames(t *testing.T) {
	cases := []struct {
		header string
		want   []headerName
	}{
		{"姓名", []headerName{{"姓名", true}}},
		{"责任/单位", []headerName{{"责任/单位", true}, {"责任单位", true}, {"单位责任", true}, {"单位", true}}},
		{"资金/中央", []headerName{{"资金/中央", true}, {"资金中央", true}, {"中央资金", true}, {"中央", false}}},
		{"上年/资金/中央", []headerName{{"上年/资金/中央", true}, {"资金中央", false}, {"中央资金", false}, {"中央", false}}},
	}
	for _, c := range cases {
		table := tableOf(c.header)
		if got := headerNames(table, table.Columns[0]); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.header, got, c.want)
		}
	}
}

func TestUnitOf(t *testing.T) {
	money := &model.Field{Kind: model.KindDecimal, Unit: "万元"}
	cases := []struct {
		name          string
		table, column string
		f             *model.Field
		want          string
		ok            bool
	}{
		{"none stated", "", "", money, "", true},
		{"the same", "", "万元", money, "", true},
		{"another of the kind", "", "元", money, "元", true},
		{"of another kind", "", "户", money, "户", false},
		{"of the table", "元", "", money, "元", true},
		{"the column's counts before the table's", "元", "万元", money, "", true},
		{"the table's says nothing of 户", "元", "", &model.Field{Kind: model.KindInteger, Unit: "户"}, "", true},
		{"words have no unit", "元", "元", &model.Field{Kind: model.KindText, Unit: "万元"}, "", true},
		{"a field without one takes any", "", "公里", &model.Field{Kind: model.KindDecimal}, "", true},
	}
	for _, c := range cases {
		got, ok := unitOf(&Table{Unit: c.table}, TableColumn{Unit: c.column}, c.f)
		if got != c.want || ok != c.ok {
			t.Errorf("%s: %q, %v", c.name, got, ok)
		}
	}
}

func TestIsChoice(t *testing.T) {
	kind := &model.Field{Kind: model.KindEnum, Options: []model.Option{{Key: "poor", Label: "脱贫村"}, {Key: "demo", Label: "示范村", Synonyms: []string{"示范"}}}}
	yes := &model.Field{Kind: model.KindBool}
	for words, want := range map[string]bool{"脱贫村/示范村": true, "脱贫村、示范": true, "脱贫村/别的村": false, "": false} {
		if got := isChoice(words, kind); got != want {
			t.Errorf("isChoice(%q) = %v", words, got)
		}
	}
	if !isChoice("是/否", yes) || isChoice("脱贫村", yes) {
		t.Error("a yes/no field has the choices 是/否")
	}
}

// TestSuggestions: what is only like a field is offered, weaker than anything
// sure, and only where it is like enough.
func TestSuggestions(t *testing.T) {
	c := builtin()
	targets := Targets(c, c.Ledger(ledgers.Task))
	cases := []struct {
		header string
		path   Path // "" for none
	}{
		{"任务明称", "title"}, {"责任单位名称", "unit"}, {"进展情况说明", "progress.text"}, {"完全无关", ""}, {"甲", ""}, {"时限", ""},
	}
	for _, k := range cases {
		table := tableOf(k.header)
		matches := MapColumns(table, targets)
		var got Path
		if len(matches) > 0 {
			got = matches[0].Path
			if k.path != "" && (matches[0].Sure() || matches[0].Score < likeEnough || matches[0].Score > bestLikeness) {
				t.Errorf("%s: %+v is no suggestion", k.header, matches[0])
			}
		}
		if k.path == "" && len(matches) > 0 && !matches[0].Sure() || k.path != "" && got != k.path {
			t.Errorf("%s: %+v, want %q", k.header, matches, k.path)
		}
	}
}

func TestLooksLikeKind(t *testing.T) {
	phones := []string{"13800000001", "138 0000 0002", "１３８00000003"}
	cases := []struct {
		samples []string
		kind    model.Kind
		want    bool
	}{
		{phones, model.KindPhone, true},
		{phones[:2], model.KindPhone, false},
		{append(slices.Clone(phones), "无", "无"), model.KindPhone, false},
		{phones, model.KindIDNumber, false},
		{[]string{"99010119880808003x", "990101198503150025", "990101197907301235"}, model.KindIDNumber, true},
		{phones, model.KindText, false},
		{nil, model.KindPhone, false},
	}
	for _, c := range cases {
		if got := looksLikeKind(c.samples, c.kind); got != c.want {
			t.Errorf("looksLikeKind(%q, %s) = %v", c.samples, c.kind, got)
		}
	}
}
