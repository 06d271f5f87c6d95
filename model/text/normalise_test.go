package text

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestClean(t *testing.T) {
	cases := []struct{ in, want string }{
		{"", ""},
		{"张示例一", "张示例一"},
		{"硬化道路3公里", "硬化道路3公里"},
		{"  a b  ", "a b"},
		{"　　张示例一　", "张示例一"},
		{"张　三", "张　三"},
		{"\u00a0甲\u00a0乙\t", "甲 乙"},
		{"\ufeff甲\u200b乙\u200d", "甲乙"},
		{"\u202e甲\u202c", "甲"},
		{"甲\x00\x1f乙", "甲乙"},
		{"第一行\r\n第二行\r第三行\u2028第四行", "第一行\n第二行\n第三行\n第四行"},
		{"第一行 　\n　　第二行\n\n", "第一行\n　　第二行"},
		{"“整改”，（一）、《通知》〔2022〕3号", "“整改”，（一）、《通知》〔2022〕3号"},
		{"１２３", "１２３"},
		{"𠀀村", "𠀀村"},
		{"坏\xff字", "坏\uFFFD字"},
	}
	for _, c := range cases {
		if got := Clean(c.in); got != c.want {
			t.Errorf("Clean(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestCode(t *testing.T) {
	cases := []struct{ in, want string }{
		{"990101198503150025", "990101198503150025"},
		{"99010119880808003x", "99010119880808003X"},
		{"'990101198503150025", "990101198503150025"},
		{"’990101198503150025\t", "990101198503150025"},
		{"９９０１０１　１９８５０３１５\u00a0００２５", "990101198503150025"},
		{"99010119880808003ｘ", "99010119880808003X"},
		{"990101\n198503150025", "990101198503150025"},
		{"0999—1234567", "0999-1234567"},
		{"东坪村", "东坪村"},
		{" a1 ", "A1"},
		{"", ""},
	}
	for _, c := range cases {
		if got := Code(c.in); got != c.want {
			t.Errorf("Code(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

var trickyRunes = []rune(" \t\r\n\u00a0\u3000\u200b\ufeff\u202e\x00\x1f'（）()：*0９xＸ张村﹙\u2028\u0085\ufffd")

// Cleaning twice is cleaning once, and leaves nothing at the ends or unseen.
func TestNormalising_IsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom(trickyRunes))).Draw(t, "s")
		for name, f := range map[string]func(string) string{"Clean": Clean, "Code": Code, "HeaderKey": HeaderKey, "HeaderCore": HeaderCore} {
			once := f(s)
			if twice := f(once); twice != once {
				t.Fatalf("%s(%q) = %q, again %q", name, s, once, twice)
			}
			if !utf8.ValidString(once) || strings.ContainsRune(once, 0x1f) || strings.TrimSpace(once) != once {
				t.Fatalf("%s(%q) = %q", name, s, once)
			}
		}
	})
}

func TestNormalising_CleanTextCostsNothing(t *testing.T) {
	for _, s := range []string{"硬化道路3公里，受益120户。", "990101198503150025", "plain ascii"} {
		if n := testing.AllocsPerRun(10, func() { Clean(s); Code(strings.ToUpper("")); HeaderKey("任务名称") }); n > 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	}
	if n := testing.AllocsPerRun(10, func() { Code("99010119880808003X") }); n > 0 {
		t.Errorf("Code: %v allocations", n)
	}
}

func TestHeaders(t *testing.T) {
	cases := []struct{ in, key, core, unit string }{
		{"任务名称", "任务名称", "任务名称", ""},
		{"姓　名", "姓名", "姓名", ""},
		{"序\n号", "序号", "序号", ""},
		{"联系电话（手机）", "联系电话(手机)", "联系电话", ""},
		{"总投资（万元）", "总投资(万元)", "总投资", "万元"},
		{"总投资【万元】", "总投资(万元)", "总投资", "万元"},
		{"金额（单位：万元）", "金额(单位:万元)", "金额", "万元"},
		{"完成比例(%)", "完成比例(%)", "完成比例", "%"},
		{"完成比例％", "完成比例%", "完成比例", "%"},
		{"种植面积/亩", "种植面积/亩", "种植面积", "亩"},
		{"责任单位／责任人", "责任单位/责任人", "责任单位/责任人", ""},
		{"*姓名：", "*姓名:", "姓名", ""},
		{"姓名*", "姓名*", "姓名", ""},
		{"进展情况（截至3月25日）", "进展情况(截至3月25日)", "进展情况", ""},
		{"资金（衔接）（万元）", "资金(衔接)(万元)", "资金", "万元"},
		{"总投资（万元", "总投资(万元", "总投资", ""},
		{"（手机）", "(手机)", "手机", ""},
		{"受益户", "受益户", "受益户", ""},
		{"受益户数（户）", "受益户数(户)", "受益户数", "户"},
		{"身份证号ID", "身份证号id", "身份证号id", ""},
		{"投资额万元", "投资额万元", "投资额", "万元"},
		{"", "", "", ""},
	}
	for _, c := range cases {
		if key, core, unit := HeaderKey(c.in), HeaderCore(c.in), Unit(c.in); key != c.key || core != c.core || unit != c.unit {
			t.Errorf("%q: key %q core %q unit %q; want %q %q %q", c.in, key, core, unit, c.key, c.core, c.unit)
		}
	}
}

func FuzzHeaderCore(f *testing.F) {
	f.Add("总投资（万元）")
	f.Add("((")
	f.Add("种植面积/亩")
	f.Fuzz(func(t *testing.T, s string) {
		core := HeaderCore(s)
		if again := HeaderCore(core); again != core {
			t.Errorf("HeaderCore(%q) = %q, again %q", s, core, again)
		}
		if unit := Unit(s); unit != "" && !IsUnit(unit) {
			t.Errorf("Unit(%q) = %q", s, unit)
		}
	})
}

func TestPlace(t *testing.T) {
	cases := []struct{ in, want string }{
		{"东坪村", "东坪"}, {"东坪村委会", "东坪"}, {"东坪行政村", "东坪"}, {"东坪村民委员会", "东坪"}, {"东坪社区居委会", "东坪"},
		{"东坪社区", "东坪"}, {" 东　坪 村 ", "东坪"}, {"东坪村（原西坪村）", "东坪"}, {"东坪村党支部", "东坪"}, {"东坪村驻村工作队", "东坪"},
		{"甲镇", "甲镇"}, {"甲镇人民政府", "甲镇"}, {"甲镇政府", "甲镇"}, {"甲镇党委", "甲镇"}, {"甲街道办事处", "甲街道"}, {"甲街道", "甲街道"},
		{"东坪村三组", "东坪3组"}, {"东坪村第三村民小组", "东坪3组"}, {"东坪村3组", "东坪3组"}, {"三组", "3组"}, {"东坪村十二组", "东坪12组"},
		{"甲一村", "甲一"}, {"村", "村"}, {"", ""}, {"工作组", "工作组"},
	}
	for _, c := range cases {
		if got := Place(c.in); got != c.want {
			t.Errorf("Place(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	if Place("东坪村") == Place("东坪镇") {
		t.Error("a village and a township of one name meet")
	}
}

func TestPlaceKeys(t *testing.T) {
	cases := []struct {
		in   string
		want []string
	}{
		{"东坪村", []string{"东坪"}},
		{"甲镇东坪村", []string{"甲镇东坪", "东坪"}},
		{"示例县甲镇东坪村委会", []string{"示例县甲镇东坪", "甲镇东坪", "东坪"}},
		{"示例县/甲镇/东坪村", []string{"示例县甲镇东坪", "甲镇东坪", "东坪"}},
		{"甲镇-东坪村3组", []string{"甲镇东坪3组", "东坪3组"}},
		{"甲街道办事处东坪社区居委会", []string{"甲街道办事处东坪", "东坪"}},
		{"甲镇人民政府", []string{"甲镇"}},
		{"镇南村", []string{"镇南"}},
		{"东乡村", []string{"东乡"}},
		{"东坪社区居委会", []string{"东坪"}},
		{"东坪社区三组", []string{"东坪3组"}},
		{"", nil},
	}
	for _, c := range cases {
		if got := PlaceKeys(c.in); !slices.Equal(got, c.want) {
			t.Errorf("PlaceKeys(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func BenchmarkClean_CleanAlready(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Clean("硬化道路3公里，受益120户。")
	}
}
