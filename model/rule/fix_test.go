package rule

import (
	"slices"
	"testing"

	"xiangzhen/model"
)

func TestParse_OffersFixes(t *testing.T) {
	secret := &model.Field{Key: "s", Label: "致贫原因", Kind: model.KindEnum, Sensitive: true, Options: model.Options("因病", "因学")}
	for _, tt := range []struct {
		f    *model.Field
		in   Input
		want []string // kind|label|words
	}{
		{fPart, Input{Text: "0.85"}, []string{"reading_1|按“85%”算|85%", "reading_2|按“0.85%”算|0.85%"}},
		{fPart, Input{Text: "0.9", Num: 0.9, Number: true}, []string{"reading_1|按“90%”算|90%", "reading_2|按“0.9%”算|0.9%"}},
		{fDate, Input{Text: "2022.1", Num: 2022.1, Number: true}, []string{"2022.1→2022年1月|按“2022年1月”算|2022年1月", "2022.1→2022年10月|按“2022年10月”算|2022年10月"}},
		{fDate, Input{Text: "尽快"}, nil},
		{fState, Input{Text: "正在办理中"}, []string{"正在办理中→办理中|改成“办理中”|办理中"}},
		{fState, Input{Text: "某某"}, nil},
		{fRisks, Input{Text: "因病、因学了"}, []string{"因学了→因学|改成“因学”|因病、因学"}},
		{secret, Input{Text: "因病了"}, nil},
		{fInt, Input{Text: "3户9人"}, []string{"own_unit|只取“3户”|3"}},
		{fInt, Input{Text: "3户加2户"}, nil},
		{fPlain, Input{Text: "3户9人"}, nil},
		{fID, Input{Text: "990101850315002"}, []string{"long_id|换成对应的 18 位号码|990101198503150025"}},
		{fInt, Input{Text: "约30户"}, nil},
	} {
		tt.in.Ref = refDay
		_, problems := Parse(tt.f, tt.in)
		var got []string
		for _, p := range problems {
			for _, x := range p.Fixes {
				got = append(got, x.Kind+"|"+x.Label+"|"+x.Words)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s %q: %q, want %q", tt.f.Kind, tt.in.Text, got, tt.want)
		}
	}
}

// TestParse_FixesRead: what a fix puts in the cell is read without the problem.
func TestParse_FixesRead(t *testing.T) {
	for _, tt := range []struct {
		f  *model.Field
		in Input
	}{
		{fPart, Input{Text: "0.85"}}, {fPart, Input{Text: "1", Num: 1, Number: true}}, {fDate, Input{Text: "2022.1", Num: 2022.1, Number: true}},
		{fDate, Input{Text: "4/5/2022"}}, {fMonth, Input{Text: "1985.1", Num: 1985.1, Number: true}}, {fState, Input{Text: "正在办理中"}},
		{fRisks, Input{Text: "因病、因学了"}}, {fInt, Input{Text: "3户9人"}}, {fID, Input{Text: "990101850315002"}},
	} {
		tt.in.Ref = refDay
		_, problems := Parse(tt.f, tt.in)
		if len(problems) != 1 || len(problems[0].Fixes) == 0 {
			t.Errorf("%s %q: no fix in %+v", tt.f.Kind, tt.in.Text, problems)
			continue
		}
		for _, x := range problems[0].Fixes {
			if v, again := Parse(tt.f, Input{Text: x.Words, Ref: refDay}); !v.Set || slices.ContainsFunc(again, func(p model.Problem) bool { return p.Rule == problems[0].Rule }) {
				t.Errorf("%s %q: %q reads as %+v %+v", tt.f.Kind, tt.in.Text, x.Words, v, again)
			}
		}
	}
}
