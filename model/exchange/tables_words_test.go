package exchange

import (
	"slices"
	"strings"
	"testing"

	"xiangzhen/model/sheet"
)

// saysSo checks a test of words against those that must pass and those that must not.
func saysSo(t *testing.T, name string, is func(string) bool, yes, no []string) {
	t.Helper()
	for _, w := range yes {
		if !is(w) {
			t.Errorf("%s(%q) = false", name, w)
		}
	}
	for _, w := range no {
		if is(w) {
			t.Errorf("%s(%q) = true", name, w)
		}
	}
}

func TestIsTotal(t *testing.T) {
	saysSo(t, "isTotal", isTotal,
		[]string{"合计", "合　计", "小计", "总计", "共计", "合计：", "合计（户）", "全镇合计", "甲镇小计", "张示例一户小计", "本页小计", "总合计",
			"合计大写：壹", "合             计:{{money}}", "核定金额合计（大写）：壹佰", "累计"},
		[]string{"", "合计数量统计口径", "会计", "合计划", "累计投入资金", "统计", "设计", "计", "甲一村合计划", "小计算",
			"本村三年来已经建成并且通过验收投入使用的全部项目资金的合计"})
}

func TestIsNote(t *testing.T) {
	saysSo(t, "isNote", isNote,
		[]string{"注：1.如实填写", "注", "备注：略", "说明：", "填表说明：1.…", "填报说明\n第一条", "注1：略", "（注）", "※ 本表一式三份", "*必填", "备注", "填写要求：如实"},
		[]string{"", "注册号", "备注栏已填", "说明书编制", "注重实效", "关注对象", "附注在后"})
}

func TestIsSignOff(t *testing.T) {
	saysSo(t, "isSignOff", isSignOff,
		[]string{"单位主要负责人（签字）：", "审核人：", "填表人：张示例一", "制表：", "村党组织书记（签字）：", "乡镇党委（盖章）", "被考核人签字与日期：", "填报日期：2026年11月"},
		[]string{"", "负责人", "责任人", "督促村党组织书记：履职尽责", "协议已签字", "审核人员名单", "第一书记"})
}

func TestIsSample(t *testing.T) {
	saysSo(t, "isSample", isSample,
		[]string{"例：张示例一", "（例）张示例一", "例", "示例", "示例1", "样例：甲", "填写示例", "如：甲一村"},
		[]string{"", "张示例一", "示例村", "例行检查", "如期完成", "示例县", "例会"})
}

func TestIsSectionNumber(t *testing.T) {
	saysSo(t, "sectionNo", sectionNo.MatchString,
		[]string{"一、产业振兴", "(一)到村指导", "十二、其他", "第一部分工作", "三.项目"},
		[]string{"一村", "1、产业", "一般户", "第一书记", "三户联保"})
}

func TestIsHeaderWord(t *testing.T) {
	saysSo(t, "isHeaderWord", isHeaderWord,
		[]string{"序号", "姓　名", "联系电话（手机）", "责任单位", "完成时限", "进展情况(截至11月)", "是否危房户", "总投资（万元）", "种植面积/亩",
			"脱贫户数", "支付率", "风险消除方式", "ID", "备注*"},
		[]string{"", "青山村", "张示例一", "修路", "甲镇", "已完成一半", "2026年", "党员"})
}

func TestShapeOf(t *testing.T) {
	words := map[string]shape{
		"任务名称": shapeText, "1月": shapeText, "2026年": shapeText, "0-60": shapeText, "±": shapeText, "%": shapeText, "√": shapeText, "3户9人": shapeText,
		"12": shapeNumber, "１２．５": shapeNumber, "1,234.5": shapeNumber, "85%": shapeNumber, "12万元": shapeNumber, "-3": shapeNumber, "¥12": shapeNumber,
		"13800000001": shapeNumber, "99010119880808003X": shapeNumber, "010-12345678": shapeNumber,
		"2026-11-22": shapeDate, "2026年11月22日": shapeDate, "2026.11": shapeNumber, "11月22日": shapeDate, "2026/1/2": shapeDate,
		"已召开推进会。": shapeLong, "{{name}}": shapeLong, "{.number}": shapeLong, "[[items]]": shapeLong,
		strings.Repeat("长", longText+1): shapeLong, "说明（" + strings.Repeat("长", longText) + "）": shapeText,
	}
	for w, want := range words {
		if got := shapeOf(sheet.Cell{Kind: sheet.Text, Text: w}, w); got != want {
			t.Errorf("shapeOf(%q) = %d, want %d", w, got, want)
		}
	}
	cells := map[shape]sheet.Cell{
		shapeNumber: {Kind: sheet.Number, Text: "1", Num: 1},
		shapeDate:   {Kind: sheet.Number, Text: "46348", Num: 46348, Date: true},
	}
	for want, c := range cells {
		if got := shapeOf(c, c.Text); got != want {
			t.Errorf("shapeOf(%+v) = %d, want %d", c, got, want)
		}
	}
	if got := shapeOf(sheet.Cell{Kind: sheet.ErrorValue, Text: "#REF!"}, "#REF!"); got != shapeNumber {
		t.Errorf("an error value stands where a number should: %d", got)
	}
}

func TestMeasure(t *testing.T) {
	cases := map[string]string{
		"单位：万元": "万元", "（单位：万元）": "万元", "单位:元": "元", "金额单位：元": "元", "单位：户、人": "户、人", "计量单位：亩": "亩",
		"单位：甲镇": "", "单位": "", "单位（个）": "", "责任单位：元": "", "填报单位：": "", "单位：户、甲镇": "",
	}
	for words, want := range cases {
		if got, ok := measure(words); got != want || ok != (want != "") {
			t.Errorf("measure(%q) = %q, %v", words, got, ok)
		}
	}
}

func TestFrameValue(t *testing.T) {
	cases := map[string]string{
		"甲一村": "甲一村", "　甲一村　　": "甲一村", "____": "", "　年　月　日": "", "2026年11月22日": "2026年11月22日",
		"甲一村   所在片：东片": "甲一村", "甲 一 村": "甲 一 村", "": "",
	}
	for words, want := range cases {
		if got := frameValue(words); got != want {
			t.Errorf("frameValue(%q) = %q, want %q", words, got, want)
		}
	}
}

func TestFindLabels(t *testing.T) {
	cases := map[string][]string{ // which words open a value
		"填报单位（盖章）：甲一村　填报人：张": {"甲一村　", "张"},
		"填 报 人 ：张":       {"张"},
		"责任单位：水利站":       {},
		"填报单位（公章）甲一村":    {"甲一村"},
		"填报单位甲一村":        {},
		"主要负责人：甲  审核人：乙": {"甲  ", "乙"},
		"电话：1":           {"1"},
		"没有标签":           {},
	}
	for words, want := range cases {
		labels, got := findLabels(words), []string{}
		for i, l := range labels {
			end := len(words)
			if i+1 < len(labels) {
				end = labels[i+1].start
			}
			got = append(got, words[l.body:end])
		}
		if !slices.Equal(got, want) {
			t.Errorf("findLabels(%q) opens %q, want %q", words, got, want)
		}
	}
}
