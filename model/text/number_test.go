package text

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

var numberCases = []struct {
	words string
	scale int
	want  Number
}{
	{"0", 0, Number{}},
	{"12", 0, Number{Value: 12}},
	{"007", 0, Number{Value: 7}},
	{"１２３", 0, Number{Value: 123}},
	{" 12　", 0, Number{Value: 12}},
	{"'12", 0, Number{Value: 12}},
	{"1,234.5", 1, Number{Value: 12345}},
	{"1,234.5", 4, Number{Value: 12345000}},
	{"1，234，567", 0, Number{Value: 1234567}},
	{"12 345", 0, Number{Value: 12345}},
	{"12,3456", 0, Number{Value: 123456}},
	{"-5", 0, Number{Value: -5}},
	{"－5", 0, Number{Value: -5}},
	{"负3.5", 1, Number{Value: -35}},
	{"(5)", 0, Number{Value: -5}},
	{"（1,200）万元", 0, Number{Value: -1200, Unit: "万元"}},
	{"+8", 0, Number{Value: 8}},
	{".5", 1, Number{Value: 5}},
	{"5.", 1, Number{Value: 50}},
	{"1.2e3", 0, Number{Value: 1200}},
	{"1.2E+05", 2, Number{Value: 12000000}},
	{"5e-1", 1, Number{Value: 5}},
	{"0e99", 0, Number{}},
	{"12万元", 4, Number{Value: 120000, Unit: "万元"}},
	{"12 万元", 0, Number{Value: 12, Unit: "万元"}},
	{"12万", 0, Number{Value: 12, Unit: "万"}},
	{"￥100", 0, Number{Value: 100, Unit: "元"}},
	{"￥100万", 0, Number{Value: 100, Unit: "万元"}},
	{"100元整", 0, Number{Value: 100, Unit: "元"}},
	{"100m2", 0, Number{Value: 100, Unit: "m2"}},
	{"约30户", 0, Number{Value: 30, Unit: "户", About: true}},
	{"30余户", 0, Number{Value: 30, Unit: "户", About: true}},
	{"30户左右", 0, Number{Value: 30, Unit: "户", About: true}},
	{"近1.5万亩", 1, Number{Value: 15, Unit: "万亩", About: true}},
	{"≥85%", 0, Number{Value: 85, Unit: "%", About: true}},
	{"三十户", 0, Number{Value: 30, Unit: "户"}},
	{"一百零五", 0, Number{Value: 105}},
	{"十二万元", 0, Number{Value: 12, Unit: "万元"}},
	{"两户", 0, Number{Value: 2, Unit: "户"}},
	{"0.12345", 4, Number{Value: 1235, Lost: "5"}},
	{"-0.12344", 4, Number{Value: -1234, Lost: "4"}},
	{"0.00001", 2, Number{Lost: "001"}},
	{"12.0000", 2, Number{Value: 1200}},
	{"9223372036854775807", 0, Number{Value: math.MaxInt64}},
	{"-9223372036854775808", 0, Number{Value: math.MinInt64}},
}

func TestParseNumber(t *testing.T) {
	for _, c := range numberCases {
		got, err := ParseNumber(c.words, c.scale)
		if err != nil || got != c.want {
			t.Errorf("ParseNumber(%q, %d) = %+v, %v; want %+v", c.words, c.scale, got, err, c.want)
		}
	}
}

func TestParseNumber_Refuses(t *testing.T) {
	cases := []struct{ words, fault string }{
		{"", "没有数字"}, {"/", "没有数字"}, {"无", "没有数字"}, {"约", "没有数字"}, {"-", "没有数字"}, {".", "没有数字"}, {"()", "没有数字"},
		{"3户9人", "不止一个数字"}, {"12-15", "不止一个数字"}, {"1.2.3", "不止一个数字"}, {"12 34", "位置不对"}, {"12\n34", "位置不对"},
		{"1,23", "位置不对"}, {"1,2345,678", "位置不对"}, {"(5户)", "括号里"}, {"(-5)", "括号里"}, {"一百二", "没有数字"},
		{"9223372036854775808", "数字太大"}, {"1e30", "数字太大"}, {"99999999999999999999", "数字太大"}, {"第3名", "没有数字"},
	}
	for _, c := range cases {
		_, err := ParseNumber(c.words, 0)
		if model.CodeOf(err) != model.CodeInvalid || !strings.Contains(err.Error(), c.fault) {
			t.Errorf("ParseNumber(%q): %v, want %s", c.words, err, c.fault)
		}
	}
	if _, err := ParseNumber("92233720368547758.08", 2); err == nil {
		t.Error("a number one above the largest wraps")
	}
}

// The property that no digit is ever lost in silence: what FormatScaled writes
// reads back at every scale, and at a smaller scale says what it cut.
func TestParseNumber_ReadsWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Int64().Draw(t, "value")
		scale := rapid.IntRange(0, MaxScale).Draw(t, "scale")
		words := model.FormatScaled(value, scale, rapid.Bool().Draw(t, "keep"))
		if got, err := ParseNumber(words, scale); err != nil || got != (Number{Value: value}) {
			t.Fatalf("ParseNumber(%q, %d) = %+v, %v; want %d", words, scale, got, err, value)
		}
		if scale == 0 {
			return
		}
		got, err := ParseNumber(words, scale-1)
		if err != nil || (got.Lost != "") != (value%10 != 0) {
			t.Fatalf("ParseNumber(%q, %d) = %+v, %v", words, scale-1, got, err)
		}
	})
}

func TestParseCellNumber_AsExcelShows(t *testing.T) {
	cases := []struct {
		raw   string
		scale int
		want  Number
	}{
		{"0.30000000000000004", 2, Number{Value: 30}},
		{"1234.5600000000001", 2, Number{Value: 123456}},
		{"0.99999999999999989", 2, Number{Value: 100}},
		{"1.1E-2", 3, Number{Value: 11}},
		{"12.345", 2, Number{Value: 1235, Lost: "5"}},
		{"1E+3", 0, Number{Value: 1000}},
	}
	for _, c := range cases {
		if got, err := ParseCellNumber(c.raw, c.scale); err != nil || got != c.want {
			t.Errorf("ParseCellNumber(%q, %d) = %+v, %v; want %+v", c.raw, c.scale, got, err, c.want)
		}
	}
}

func TestExcerpt(t *testing.T) {
	if got := Excerpt("第一行\n第二行  第三"); got != "第一行 第二行 第三" {
		t.Errorf("lines: %q", got)
	}
	if got := Excerpt(strings.Repeat("长", 21)); got != strings.Repeat("长", 20)+"…" {
		t.Errorf("long: %q", got)
	}
}

func FuzzParseNumber(f *testing.F) {
	for _, c := range numberCases {
		f.Add(c.words, c.scale)
	}
	f.Fuzz(func(t *testing.T, words string, scale int) {
		scale = min(max(scale, 0), MaxScale)
		got, err := ParseNumber(words, scale)
		if err != nil {
			if model.CodeOf(err) != model.CodeInvalid || got != (Number{}) {
				t.Errorf("%q: %+v, %v", words, got, err)
			}
			return
		}
		again, err := ParseNumber(model.FormatScaled(got.Value, scale, false), scale)
		if err != nil || again.Value != got.Value || again.Lost != "" {
			t.Errorf("%q read as %+v, written and read again %+v, %v", words, got, again, err)
		}
	})
}

func TestParsePercent(t *testing.T) {
	cases := []struct {
		words    string
		isNumber bool
		format   string
		scale    int
		value    int64
		doubt    DoubtLevel
	}{
		{"85%", false, "", 0, 85, ""},
		{"100％", false, "", 2, 10000, ""},
		{"85.5%", false, "", 2, 8550, ""},
		{"约85%", false, "", 0, 85, ""},
		{"0.5%", false, "", 2, 50, ""},
		{"百分之八十五", false, "", 0, 85, ""},
		{"0.85", true, "0%", 0, 85, ""},
		{"0.85499999999999998", true, "0.00%", 2, 8550, ""},
		{"1", true, "0%", 0, 100, ""},
		{"1.2", true, `0.0%;[Red]-0.0%`, 2, 12000, ""},
		{"85", true, "General", 0, 85, ""},
		{"85", true, `0"%"`, 0, 85, ""},
		{"85", true, `0\%`, 0, 85, ""},
		{"85", false, "", 0, 85, ""},
		{"0", true, "General", 0, 0, ""},
		{"1.5", true, "General", 1, 15, ""},
		{"0.85", true, "General", 0, 85, Ask},
		{"0.85", false, "", 2, 8500, Ask},
		{"1", true, "General", 0, 100, Ask},
		{"-0.2", true, "General", 0, -20, Ask},
	}
	for _, c := range cases {
		got, doubt, err := ParsePercent(c.words, c.isNumber, c.format, c.scale)
		if err != nil || got.Value != c.value || got.Unit != "" || doubt.Level != c.doubt {
			t.Errorf("ParsePercent(%q, %v, %q, %d) = %+v, %+v, %v; want %d %s", c.words, c.isNumber, c.format, c.scale, got, doubt, err, c.value, c.doubt)
		}
	}
	for _, words := range []string{"", "85户", "百分之85%", "好", "85%和90%", "12 34%"} {
		if got, _, err := ParsePercent(words, false, "", 0); err == nil {
			t.Errorf("ParsePercent(%q) = %+v, want an error", words, got)
		}
	}
	if _, _, err := ParsePercent("1e17", true, "0%", 2); err == nil {
		t.Error("a percentage too large wraps")
	}
}

func TestParsePercent_DoubtOffersBoth(t *testing.T) {
	_, doubt, err := ParsePercent("0.85", false, "", 2)
	if err != nil || strings.Join(doubt.Suggestions, " ") != "85% 0.85%" || !strings.Contains(doubt.Message, "没有百分号") {
		t.Errorf("%+v, %v", doubt, err)
	}
	_, doubt, err = ParsePercent("0.85", false, "", 0)
	if err != nil || strings.Join(doubt.Suggestions, " ") != "85%" {
		t.Errorf("what the field cannot hold is offered: %+v, %v", doubt, err)
	}
}

func TestConvertUnit(t *testing.T) {
	cases := []struct {
		value    int64
		from, to string
		want     int64
		ok       bool
	}{
		{12, "万元", "万元", 12, true},
		{12, "万元", "元", 120000, true},
		{120000, "元", "万元", 12, true},
		{-120000, "元", "万元", -12, true},
		{123456, "元", "万元", 0, false}, // digits would be lost
		{3, "万", "元", 30000, true},
		{3, "万", "户", 30000, true},
		{3, "万", "", 30000, true},
		{2, "公顷", "亩", 30, true},
		{5, "公里", "米", 5000, true},
		{3, "公斤", "斤", 6, true},
		{3, "户", "户", 3, true},
		{3, "户", "人", 0, false},
		{3, "户", "万元", 0, false},
		{3, "亩", "万元", 0, false},
		{3, "", "万元", 0, false},
		{math.MaxInt64, "亿元", "元", 0, false},
	}
	for _, c := range cases {
		got, err := ConvertUnit(c.value, c.from, c.to)
		if (err == nil) != c.ok || got != c.want {
			t.Errorf("ConvertUnit(%d, %s, %s) = %d, %v; want %d, %v", c.value, c.from, c.to, got, err, c.want, c.ok)
		}
	}
}

func TestConvertUnit_ThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.Int64().Draw(t, "value")
		there, err := ConvertUnit(value, "万元", "元")
		if err != nil {
			return
		}
		if back, err := ConvertUnit(there, "元", "万元"); err != nil || back != value {
			t.Fatalf("%d 万元 is %d 元 is %d 万元, %v", value, there, back, err)
		}
	})
}

func TestHanNumber(t *testing.T) {
	good := map[string]int{"〇": 0, "一": 1, "两": 2, "十": 10, "十二": 12, "二十": 20, "三十一": 31, "廿五": 25, "卅": 30,
		"二〇二二": 2022, "一百": 100, "一百零三": 103, "一百二十": 120, "三千二百": 3200, "一千零五十": 1050, "一千二百三十四": 1234}
	for words, want := range good {
		if got, ok := hanNumber(words); !ok || got != want {
			t.Errorf("hanNumber(%s) = %d, %v; want %d", words, got, ok, want)
		}
	}
	for _, words := range []string{"", "户", "十四五", "一百二", "一千二", "十十", "百", "三两", "二〇二二二", "零十"} {
		if got, ok := hanNumber(words); ok {
			t.Errorf("hanNumber(%s) = %d", words, got)
		}
	}
	if got := arabic("二〇二二年十二月，“十四五”，每周五"); got != "2022年12月，“十四五”，每周5" {
		t.Errorf("arabic: %s", got)
	}
}
