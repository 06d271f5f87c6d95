package rule

import (
	"testing"

	"xiangzhen/model"
)

func TestNormalPhone(t *testing.T) {
	tests := []struct{ in, want string }{
		{"13800000001", "13800000001"},
		{"１３８００００　０００１", "13800000001"},
		{"138 0000 0001", "13800000001"},
		{"138-0000-0001", "13800000001"},
		{"+86 13800000001", "13800000001"},
		{"0086-13800000001", "13800000001"},
		{"'13800000001", "13800000001"},
		{"13800000001/13900000002", "13800000001、13900000002"},
		{"13800000001；13900000002", "13800000001、13900000002"},
		{"13800000001 13900000002", "13800000001、13900000002"},
		{"13800000001\n13900000002", "13800000001、13900000002"},
		{"(0851)5550001", "0851-5550001"},
		{"0851-5550001", "0851-5550001"},
		{"400-800-0000", "4008000000"},
		{"办公室 5550001", "办公室 5550001"},
		{"138****0001", "138****0001"},
		{"、", ""},
	}
	for _, tt := range tests {
		got := normalPhone(tt.in)
		if got != tt.want {
			t.Errorf("normalPhone(%q) = %q, want %q", tt.in, got, tt.want)
		}
		if again := normalPhone(got); again != got {
			t.Errorf("normalPhone(%q) = %q: not stable", got, again)
		}
	}
}

func TestPhoneProblem(t *testing.T) {
	sound := []string{"13800000001", "13800000001、13900000002", "0851-5550001", "02155500011", "5550001", "55500011", "0851-5550001-801", "4008000000", "138****0001"}
	for _, s := range sound {
		if p := phoneProblem(s); p != nil {
			t.Errorf("%s: %s", s, p.Message)
		}
	}
	for _, s := range []string{"1380000001", "12800000001", "138000000011", "没有", "13800000001、12", "1.38E+10"} {
		if p := phoneProblem(s); p == nil || p.Level != model.Doubt {
			t.Errorf("%s: %+v, want a doubt", s, p)
		}
	}
}

func TestCardProblem(t *testing.T) {
	tests := []struct {
		card, rule string
		level      model.Severity
	}{
		{"6200000000000005", "", ""},
		{"6200000000005558", "", ""},
		{"6200000000000000000", "", ""},
		{"6200000000000006", "card_check", model.Doubt},
		{"620000000000005", "card_length", model.Doubt},
		{"62000000000000000005", "card_length", model.Doubt},
		{"6.2E+15", "card_damaged", model.Fault},
		{"不清楚", "card_length", model.Doubt},
	}
	for _, tt := range tests {
		p := cardProblem(tt.card)
		switch {
		case tt.rule == "" && p != nil:
			t.Errorf("%s: %s, want nothing", tt.card, p.Rule)
		case tt.rule != "" && (p == nil || p.Rule != tt.rule || p.Level != tt.level):
			t.Errorf("%s: %+v, want %s", tt.card, p, tt.rule)
		}
	}
}

func TestMask(t *testing.T) {
	tests := []struct {
		kind     model.Kind
		in, want string
	}{
		{model.KindIDNumber, "990101198503150025", "990101************"},
		{model.KindIDNumber, "99010", "***"},
		{model.KindPhone, "13800000001", "138****0001"},
		{model.KindPhone, "13800000001、5550001", "138****0001、***"},
		{model.KindBankCard, "6200000000000005", "620000**********"},
		{model.KindLongText, "慢性病", "***"},
		{model.KindText, "", ""},
	}
	for _, tt := range tests {
		f := &model.Field{Kind: tt.kind, Sensitive: true}
		got := Mask(f, tt.in)
		if got != tt.want {
			t.Errorf("Mask(%s, %s) = %s, want %s", tt.kind, tt.in, got, tt.want)
		}
		if v, _ := Parse(f, Input{Text: got}); !v.IsEmpty() {
			t.Errorf("%s comes back as a value", got)
		}
	}
}
