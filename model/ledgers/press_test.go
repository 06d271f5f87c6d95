package ledgers

import (
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

func TestPress(t *testing.T) {
	for _, c := range []struct {
		name, light, reason string
		days                int64
		ledger              *model.Ledger
		ordered             bool
		want                string
	}{
		{"near", LightYellow, ReasonTime, 3, task(), false, PressRemind},
		{"of today", LightYellow, ReasonTime, 0, task(), false, PressRemind},
		{"late", LightRed, ReasonTime, -1, task(), false, PressUrge},
		{"a day short of an order", LightRed, ReasonTime, -6, task(), false, PressUrge},
		{"late for long", LightRed, ReasonTime, -7, task(), false, PressOrder},
		{"with an order out", LightRed, ReasonTime, -70, task(), true, PressUrge},
		{"an order itself", LightRed, ReasonTime, -70, order(), false, PressUrge},
		{"behind its schedule", LightRed, ReasonGap, 20, task(), false, ""},
		{"silent", LightYellow, ReasonSilence, 20, task(), false, ""},
		{"held up below", LightBelow, ReasonTime, -9, task(), false, ""},
		{"done", LightDone, "", 0, task(), false, ""},
	} {
		r := model.NewRecord(c.ledger.Key, "r")
		r.Derived = map[string]model.Value{"light": model.Text(c.light), "light_reason": model.Text(c.reason), "days_left": model.Int(c.days)}
		if got := Press(c.ledger, r, c.ordered, rule.Defaults()); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if PressWord(PressOrder) != "发督办单" || PressWord(PressRemind) != "提醒" || PressWord("") != "" {
		t.Error("words")
	}
	if !Orderable(rectification()) || Orderable(order()) {
		t.Error("what an order can be about")
	}
}

func TestPostWords(t *testing.T) {
	for _, c := range []struct{ at, title, want string }{
		{"甲镇", "乡镇党委书记", "甲镇党委书记"}, {"丙乡", "乡镇党委书记", "丙乡党委书记"}, {"丙乡", "乡镇长", "丙乡乡长"},
		{"示例县", "县委书记", "示例县委书记"}, {"青山村", "村党组织书记", "青山村党组织书记"}, {"甲镇", "分管副书记", "甲镇分管副书记"},
		{"", "村党组织书记", "村党组织书记"}, {"甲镇", "", "甲镇"},
	} {
		if got := PostWords(c.at, c.title); got != c.want {
			t.Errorf("%s + %s = %s, want %s", c.at, c.title, got, c.want)
		}
	}
}
