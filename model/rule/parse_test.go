package rule

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

const refDay = model.Day("2026-11-22")

// Fields of every kind, as ledgers describe them.
var (
	fText   = &model.Field{Key: "t", Label: "名称", Kind: model.KindText}
	fLong   = &model.Field{Key: "l", Label: "进展情况", Kind: model.KindLongText}
	fInt    = &model.Field{Key: "i", Label: "户数", Kind: model.KindInteger, Unit: "户"}
	fMoney  = &model.Field{Key: "d", Label: "资金", Kind: model.KindDecimal, Scale: 4, Unit: "万元"}
	fPlain  = &model.Field{Key: "q", Label: "目标量", Kind: model.KindDecimal, Scale: 4}
	fPart   = &model.Field{Key: "p", Label: "完成比例", Kind: model.KindPercent, Scale: 2, Unit: "%"}
	fDate   = &model.Field{Key: "date", Label: "完成时限", Kind: model.KindDate}
	fMonth  = &model.Field{Key: "m", Label: "报送期", Kind: model.KindMonth}
	fBool   = &model.Field{Key: "b", Label: "是否办结", Kind: model.KindBool}
	fID     = &model.Field{Key: "id_number", Label: "身份证号", Kind: model.KindIDNumber, Sensitive: true}
	fPhone  = &model.Field{Key: "phone", Label: "联系电话", Kind: model.KindPhone}
	fCard   = &model.Field{Key: "card", Label: "银行卡号", Kind: model.KindBankCard, Sensitive: true}
	fRef    = &model.Field{Key: "unit", Label: "责任单位", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"unit"}}}
	fFiles  = &model.Field{Key: "files", Label: "佐证材料", Kind: model.KindFiles}
	fHealth = &model.Field{Key: "income", Label: "收入", Kind: model.KindInteger, Sensitive: true}
	fState  = &model.Field{Key: "state", Label: "办理状态", Kind: model.KindEnum, Options: []model.Option{
		{Key: "doing", Label: "办理中", Synonyms: []string{"推进中", "否", "×"}},
		{Key: "done", Label: "已办结", Synonyms: []string{"已完成", "是", "√"}},
	}}
	fRisks = &model.Field{Key: "risks", Label: "风险", Kind: model.KindMultiEnum, Options: model.Options("因病", "因学", "因灾/因意外", "其他")}
	// A text with options offers words and takes any other.
	fCategory = &model.Field{Key: "c", Label: "工作类别", Kind: model.KindText, Options: model.Options("产业振兴")}
)

func fixed(words string, start, end model.Day) model.Value {
	return model.Date(model.DateWords{Text: words, Start: start, End: end, Kind: model.DateFixed})
}

func TestParse_Typed(t *testing.T) {
	tests := []struct {
		f    *model.Field
		in   string
		want model.Value
		rule string // of the only problem, "" if there is none
	}{
		{fText, "　甲一村 ", model.Text("甲一村"), ""},
		{fText, "饮水安全\n巩固提升", model.Text("饮水安全巩固提升"), ""},
		{fText, "DN90\nPE", model.Text("DN90 PE"), ""},
		{fText, "无", model.Text("无"), ""},
		{fText, "/", model.Value{}, ""},
		{fText, "", model.Value{}, ""},
		{fCategory, "本县新提法", model.Text("本县新提法"), ""},
		{fLong, "一、完成\r\n二、未完成", model.Text("一、完成\n二、未完成"), ""},
		{fLong, "无", model.Text("无"), ""},
		{fLong, "—", model.Value{}, ""},

		{fInt, "１，２３４", model.Int(1234), ""},
		{fInt, "12户", model.Int(12), ""},
		{fInt, "约30户", model.Int(30), "number_about"},
		{fInt, "3.5", model.Value{}, "integer"},
		{fInt, "3户9人", model.Value{}, "number"},
		{fInt, "12万元", model.Value{}, "number"},
		{fInt, "无", model.Value{}, ""},
		{fInt, "／", model.Value{}, ""},
		{fInt, "0", model.Int(0), ""},
		{fMoney, "17177.1233", model.Int(171771233), ""},
		{fMoney, "12万元", model.Int(120000), ""},
		{fMoney, "5000元", model.Int(5000), "unit_converted"},
		{fMoney, "1.23456", model.Int(12346), "number_rounded"},
		{fMoney, "5亩", model.Value{}, "number"},
		{fPlain, "1.5公里", model.Int(15000), "unit_dropped"},
		{fPlain, "2万", model.Int(200000000), ""},

		{fPart, "85%", model.Int(8500), ""},
		{fPart, "85", model.Int(8500), ""},
		{fPart, "１００％", model.Int(10000), ""},
		{fPart, "0.85", model.Value{}, "percent_unclear"},
		{fPart, "120%", model.Int(12000), "percent_range"},
		{fPart, "-5%", model.Int(-500), "percent_range"},
		{fPart, "一半", model.Value{}, "number"},

		{fDate, "2022年3月15日", fixed("2022年3月15日", "2022-03-15", "2022-03-15"), ""},
		{fDate, "2026年6月底前", fixed("2026年6月底前", "2026-06-30", "2026-06-30"), ""},
		{fDate, "长期坚持", model.Date(model.DateWords{Text: "长期坚持", Kind: model.DateLongTerm}), ""},
		{fDate, "2022-02-30", model.Value{}, "date_unclear"},
		{fDate, "尽快", model.Value{}, "date_unclear"},
		{fDate, "无", model.Value{}, ""},
		{fMonth, "2026年11月", model.Text("2026-11"), ""},
		{fMonth, "202611", model.Text("2026-11"), ""},
		{fMonth, "1985.03", model.Text("1985-03"), ""},
		{fMonth, "1985-03-15", model.Text("1985-03"), ""},
		{fMonth, "2026年", model.Value{}, "month_unclear"},

		{fBool, "是", model.Bool(true), ""},
		{fBool, "✓", model.Bool(true), ""},
		{fBool, "ｙ", model.Bool(true), ""},
		{fBool, "1", model.Bool(true), ""},
		{fBool, "×", model.Bool(false), ""},
		{fBool, "无", model.Bool(false), ""},
		{fBool, "/", model.Value{}, ""},
		{fBool, "也许", model.Value{}, "yes_no"},

		{fState, "已办结", model.Text("done"), ""},
		{fState, "done", model.Text("done"), ""},
		{fState, "推 进 中", model.Text("doing"), ""},
		{fState, "✔", model.Text("done"), ""},
		{fState, "无", model.Value{}, ""},
		{fState, "办理", model.Value{}, "option_unknown"},
		{fRisks, "因学、因病", model.List("因病", "因学"), ""},
		{fRisks, "因学,因学；其他", model.List("因学", "其他"), ""},
		{fRisks, "因灾/因意外", model.List("因灾/因意外"), ""},
		{fRisks, "因病、因懒", model.Value{}, "option_unknown"},

		{fID, " 99010119880808003x", model.Text("99010119880808003X"), ""},
		{fID, "９９０１０１１９８５０３１５００２５", model.Text("990101198503150025"), ""},
		{fID, "'990101198503150025", model.Text("990101198503150025"), ""},
		{fID, "990101850315002", model.Text("990101850315002"), "id_old"},
		{fID, "990101198503150026", model.Text("990101198503150026"), "id_check"},
		{fID, "990101198503150025/990101197907301235", model.Value{}, "id_two"},
		{fID, "990101198503150025\n990101197907301235", model.Value{}, "id_two"},
		{fID, "990101198503150025、990101850315002", model.Value{}, "id_two"},
		{fID, "9.90101E+17", model.Value{}, "id_damaged"},
		{fID, "990101********0025", model.Value{}, RuleMasked},
		{fPhone, "138 0000 0001/ 0851-5550001", model.Text("13800000001、0851-5550001"), ""},
		{fPhone, "见名册", model.Text("见名册"), "phone"},
		{fPhone, "138****0001", model.Text("138****0001"), ""},
		{fCard, "6200 0000 0000 0005", model.Text("6200000000000005"), ""},
		{fCard, "6200000000000006", model.Text("6200000000000006"), "card_check"},
		{fRef, "县 水利局\n", model.Reference("", "县 水利局"), ""},
		{fRef, "—", model.Value{}, ""},
		{fFiles, "照片1.jpg、照片2.jpg", model.List("照片1.jpg", "照片2.jpg"), ""},
	}
	for _, tt := range tests {
		got, problems := Parse(tt.f, Input{Text: tt.in, Ref: refDay})
		if got != tt.want {
			t.Errorf("%s %q = %+v, want %+v", tt.f.Kind, tt.in, got, tt.want)
		}
		checkProblems(t, tt.f, tt.in, problems, tt.rule)
	}
}

// checkProblems wants one problem of the rule, or none, and whole sentences.
func checkProblems(t *testing.T, f *model.Field, in string, problems []model.Problem, rule string) {
	t.Helper()
	if rule == "" {
		if len(problems) > 0 {
			t.Errorf("%s %q: unwanted %+v", f.Kind, in, problems)
		}
		return
	}
	if len(problems) != 1 || problems[0].Rule != rule {
		t.Errorf("%s %q: %+v, want only %s", f.Kind, in, problems, rule)
		return
	}
	p := problems[0]
	if !strings.HasPrefix(p.Message, "“"+f.Label+"”") || !strings.HasSuffix(p.Message, "。") || p.Suggestion == "" || p.Field != f.Key || p.Level == "" {
		t.Errorf("%s %q: not a whole problem: %+v", f.Kind, in, p)
	}
}

func TestParse_NumericCells(t *testing.T) {
	tests := []struct {
		f    *model.Field
		in   Input
		want model.Value
		rule string
	}{
		{fMoney, Input{Text: "0.30000000000000004", Num: 0.30000000000000004}, model.Int(3000), ""},
		{fInt, Input{Text: "12", Num: 12}, model.Int(12), ""},
		{fPart, Input{Text: "0.85", Num: 0.85, Format: "0%"}, model.Int(8500), ""},
		{fPart, Input{Text: "85", Num: 85}, model.Int(8500), ""},
		{fPart, Input{Text: "0.85", Num: 0.85}, model.Value{}, "percent_unclear"},
		{fDate, Input{Text: "44635", Num: 44635, IsDate: true}, model.OnDay("2022-03-15"), ""},
		{fDate, Input{Text: "43173", Num: 43173, IsDate: true, Date1904: true}, model.OnDay("2022-03-15"), ""},
		{fDate, Input{Text: "44635", Num: 44635}, model.OnDay("2022-03-15"), "date_unclear"},
		{fDate, Input{Text: "2022.1", Num: 2022.1}, model.Value{}, "date_unclear"},
		{fMonth, Input{Text: "44635", Num: 44635, IsDate: true}, model.Text("2022-03"), ""},
		{fMonth, Input{Text: "202203", Num: 202203}, model.Text("2022-03"), ""},
		{fMonth, Input{Text: "1985.1", Num: 1985.1}, model.Value{}, "month_unclear"},
		{fID, Input{Text: "990101198001010048", Num: 990101198001010048}, model.Value{}, "id_damaged"},
		{fCard, Input{Text: "6200000000000005", Num: 6200000000000005}, model.Value{}, "card_damaged"},
		{fPhone, Input{Text: "1.3800000001E10", Num: 13800000001}, model.Text("13800000001"), ""},
		{fText, Input{Text: "990101101201", Num: 990101101201}, model.Text("990101101201"), ""},
		{fText, Input{Text: "44635", Num: 44635, IsDate: true, Format: "yyyy-mm-dd"}, model.Text("2022年3月15日"), "text_date"},
		{fLong, Input{Text: "44635", Num: 44635, IsDate: true, Format: "yyyy-mm-dd"}, model.Text("2022年3月15日"), ""},
		{fText, Input{Text: "99010119850315002542", Num: 99010119850315002542}, model.Value{}, "digits_lost"},
		{fInt, Input{Text: "-3", Num: -3}, model.Int(-3), "number_negative"},
		{fLong, Input{Text: "0.28999999999999998", Num: 0.29, Format: "0%"}, model.Text("29%"), ""},
		{fBool, Input{Text: "1", Num: 1}, model.Bool(true), ""},
		{&model.Field{Key: "g", Label: "性别", Kind: model.KindEnum, Options: []model.Option{{Key: "男", Label: "男", Synonyms: []string{"1"}}}},
			Input{Text: "1", Num: 1}, model.Text("男"), ""},
	}
	for _, tt := range tests {
		tt.in.Number, tt.in.Ref = true, refDay
		got, problems := Parse(tt.f, tt.in)
		if got != tt.want {
			t.Errorf("%s %s = %+v, want %+v", tt.f.Kind, tt.in.Text, got, tt.want)
		}
		checkProblems(t, tt.f, tt.in.Text, problems, tt.rule)
	}
}

// TestParse_Ditto: what stands for the cell above is no value of its own.
func TestParse_Ditto(t *testing.T) {
	for _, f := range []*model.Field{fText, fLong, fInt, fDate, fPhone} {
		for _, words := range []string{"同上", " 〃 ", "\""} {
			if v, problems := Parse(f, Input{Text: words, Ref: refDay}); v.Set || len(problems) != 1 || problems[0].Rule != "ditto" || problems[0].Level != model.Fault {
				t.Errorf("%s %q: %+v, %+v", f.Kind, words, v, problems)
			}
		}
	}
}

// TestParse_Apostrophe: the sign with which people keep Excel off their codes is no
// part of them; of quoted words it is.
func TestParse_Apostrophe(t *testing.T) {
	for in, want := range map[string]string{"'00123": "00123", "‘2026-3号": "‘2026-3号", "'甲村'": "'甲村'"} {
		if v, problems := Parse(fText, Input{Text: in, Ref: refDay}); v.Text != want || len(problems) > 0 {
			t.Errorf("%q is %q, %+v", in, v.Text, problems)
		}
	}
}

func TestParse_UnreadIsFault(t *testing.T) {
	for _, tt := range []struct {
		f  *model.Field
		in string
	}{{fInt, "3.5"}, {fPart, "0.85"}, {fDate, "尽快"}, {fMonth, "2026年"}, {fBool, "也许"}, {fState, "办理"}} {
		if _, problems := Parse(tt.f, Input{Text: tt.in, Ref: refDay}); len(problems) != 1 || problems[0].Level != model.Fault {
			t.Errorf("%q: %+v, want one 错误", tt.in, problems)
		}
	}
}

func TestParse_YearLeftOutIsDoubt(t *testing.T) {
	v, problems := Parse(fDate, Input{Text: "12月25日", Ref: refDay})
	if v.End != "2026-12-25" {
		t.Errorf("end = %s", v.End)
	}
	checkProblems(t, fDate, "12月25日", problems, "date_unclear")
	if len(problems) == 1 && problems[0].Level != model.Doubt {
		t.Errorf("level = %s, want 疑点: the day was read", problems[0].Level)
	}
}

func TestParse_UnknownOptionOffersTheNearest(t *testing.T) {
	_, problems := Parse(fState, Input{Text: "正在办理中"})
	if len(problems) != 1 || !strings.HasPrefix(problems[0].Suggestion, "是不是“办理中”？可以填：办理中、已办结。") {
		t.Errorf("problems = %+v", problems)
	}
}

func TestParse_NeverRepeatsSensitiveWords(t *testing.T) {
	sensitiveDate := &model.Field{Key: "sd", Label: "确诊时间", Kind: model.KindDate, Sensitive: true}
	sensitiveState := &model.Field{Key: "ss", Label: "残疾类别", Kind: model.KindEnum, Sensitive: true, Options: model.Options("肢体")}
	for _, tt := range []struct {
		f  *model.Field
		in string
	}{
		{fID, "990101198503150026"}, {fID, "9901011985"}, {fCard, "6200000000000006"},
		{fHealth, "8千多9百"}, {sensitiveDate, "前年冬天"}, {sensitiveState, "精神二级"},
	} {
		_, problems := Parse(tt.f, Input{Text: tt.in, Ref: refDay})
		if len(problems) == 0 {
			t.Errorf("%s %s: no problem", tt.f.Kind, tt.in)
		}
		for _, p := range problems {
			if strings.Contains(p.Message+p.Suggestion, tt.in) {
				t.Errorf("%s: message repeats the value: %s %s", tt.f.Label, p.Message, p.Suggestion)
			}
		}
	}
}

// drawn is a field with a value of its kind.
type drawn struct {
	f *model.Field
	v model.Value
}

func drawValue(t *rapid.T) drawn {
	word := rapid.StringMatching(`[一-龥a-z0-9（）]{1,8}`).Filter(func(s string) bool { return s != "无" && s != "暂无" })
	day := rapid.Custom(func(t *rapid.T) model.Day {
		return model.Day("1960-01-01").Add(rapid.IntRange(0, 40000).Draw(t, "day"))
	})
	scaled := rapid.Int64Range(-1e15, 1e15)
	words := rapid.SampledFrom([]string{"2026年6月底前", "每月25日前", "长期坚持", "2022.3-2023.3", "2026年一季度", "2026年11月", "立行立改"})
	return rapid.OneOf(
		rapid.Map(word, func(s string) drawn { return drawn{fText, model.Text(s)} }),
		rapid.Map(rapid.SliceOfN(word, 1, 3), func(s []string) drawn { return drawn{fLong, model.Text(strings.Join(s, "\n"))} }),
		rapid.Map(scaled, func(n int64) drawn { return drawn{fInt, model.Int(n)} }),
		rapid.Map(scaled, func(n int64) drawn { return drawn{fMoney, model.Int(n)} }),
		// A bare number up to 1 may be a share: Parse asks.
		rapid.Map(rapid.Int64Range(101, 10000), func(n int64) drawn { return drawn{fPart, model.Int(n)} }),
		rapid.Map(day, func(d model.Day) drawn { return drawn{fDate, model.OnDay(d)} }),
		rapid.Map(words, func(s string) drawn {
			w, _ := text.ParseDate(s, refDay)
			return drawn{fDate, model.Date(w)}
		}),
		rapid.Map(day, func(d model.Day) drawn { return drawn{fMonth, model.Text(string(d.Month()))} }),
		rapid.Map(rapid.Bool(), func(b bool) drawn { return drawn{fBool, model.Bool(b)} }),
		rapid.Map(rapid.SampledFrom(fState.Options), func(o model.Option) drawn { return drawn{fState, model.Text(o.Key)} }),
		rapid.Map(rapid.SampledFrom(fRisks.Options), func(o model.Option) drawn { return drawn{fRisks, model.List(o.Key)} }),
		rapid.Just(drawn{fRisks, model.List("因病", "因学", "其他")}),
		rapid.Custom(func(t *rapid.T) drawn { return drawn{fID, model.Text(drawID(t))} }),
		rapid.Map(rapid.StringMatching(`1[3-9][0-9]{9}(、0851-[2-8][0-9]{6})?`), func(s string) drawn { return drawn{fPhone, model.Text(s)} }),
		rapid.Map(rapid.StringMatching(`[0-9]{16,19}`), func(s string) drawn { return drawn{fCard, model.Text(s)} }),
		rapid.Map(word, func(s string) drawn { return drawn{fRef, model.Reference("", s)} }),
		rapid.Map(rapid.SliceOfN(word, 1, 3), func(s []string) drawn { return drawn{fFiles, model.List(s...)} }),
	).Draw(t, "value")
}

func TestParse_OfShow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawValue(t)
		got, problems := Parse(d.f, Input{Text: d.f.Show(d.v), Ref: refDay})
		if got != d.v {
			t.Fatalf("%s: Parse(%q) = %+v, want %+v; %+v", d.f.Kind, d.f.Show(d.v), got, d.v, problems)
		}
	})
}

// TestParse_Percent closes the gap of TestParse_OfShow: with its sign every
// percentage reads back.
func TestParse_PercentWithSign(t *testing.T) {
	for n := int64(0); n <= 10000; n += 7 {
		v, problems := Parse(fPart, Input{Text: fPart.Show(model.Int(n)) + "%"})
		if v != model.Int(n) || len(problems) > 0 {
			t.Fatalf("%d: %+v %+v", n, v, problems)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "/", "2022.1", "12万元", "85%", "99010119880808003x", "138 0000 0001", "√", "因病、因学", "每月25日前", "\xff", "1e999"} {
		f.Add(s, 44635.0, true)
	}
	fields := []*model.Field{fText, fLong, fInt, fMoney, fPlain, fPart, fDate, fMonth, fBool, fID, fPhone, fCard, fRef, fFiles, fState, fRisks, fHealth}
	f.Fuzz(func(t *testing.T, s string, num float64, number bool) {
		for _, field := range fields {
			v, problems := Parse(field, Input{Text: s, Num: num, Number: number, Ref: refDay})
			if v.Set == (v == model.Value{}) {
				t.Errorf("%s %q: half a value %+v", field.Kind, s, v)
			}
			for _, p := range problems {
				if p.Message == "" || p.Suggestion == "" || p.Field != field.Key {
					t.Errorf("%s %q: half a problem %+v", field.Kind, s, p)
				}
			}
		}
	})
}
