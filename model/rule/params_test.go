package rule

import (
	"testing"

	"xiangzhen/model"
)

func TestParameters_WellFormed(t *testing.T) {
	keys, labels := map[string]bool{}, map[string]bool{}
	for _, p := range Parameters() {
		if p.Key == "" || p.Label == "" || p.Help == "" || keys[p.Key] || labels[p.Label] {
			t.Errorf("parameter %q %q: missing or repeated words", p.Key, p.Label)
		}
		keys[p.Key], labels[p.Label] = true, true
		if err := CheckSetting(p.Key, p.Default); err != nil {
			t.Errorf("%s refuses its own default: %v", p.Key, err)
		}
		if p.Kind == "" && (p.Source == "" || p.Unit == "") {
			t.Errorf("%s: a threshold needs its source and unit", p.Key)
		}
	}
}

func TestDefaults(t *testing.T) {
	d := Defaults()
	for key, want := range map[string]int{DueSoonDays: 3, GapYellow: 10, GapRed: 30, MonthDays: 20, LeaveLimit: 3, FormDueDay: 25, FormDueHour: 18} {
		if got := d.Int(key); got != want {
			t.Errorf("%s = %d, want %d", key, got, want)
		}
	}
}

func TestParameters_AreCopies(t *testing.T) {
	Parameters()[0].Default = "999"
	if Defaults()[parameters[0].Key] == "999" {
		t.Error("a caller changed the shipped table")
	}
}

func TestEffective(t *testing.T) {
	settings := []Setting{
		{DueSoonDays, "5", "2026-03-01"},
		{DueSoonDays, " 7 ", "2026-06-01"},
		{DueSoonDays, "6", "2026-04-01"}, // out of order on purpose
		{DueSoonDays, "many", "2026-06-15"},
		{GapRed, "40", ""},
		{GapRed, "50", "2026-06-01"},
		{GapRed, "60", "2026-06-01"}, // of two of one day the later in the list
		{UnitHome, "some-id", "2026-06-01"},
		{"light.unknown", "1", ""},
	}
	tests := []struct {
		on   model.Day
		key  string
		want string
	}{
		{"2026-02-28", DueSoonDays, "3"},
		{"2026-03-01", DueSoonDays, "5"},
		{"2026-05-31", DueSoonDays, "6"},
		{"2026-06-01", DueSoonDays, "7"},
		{"2026-07-01", DueSoonDays, "7"},
		{"2020-01-01", GapRed, "40"},
		{"2026-06-01", GapRed, "60"},
		{"2026-05-31", UnitHome, ""},
		{"2026-06-01", UnitHome, "some-id"},
		{"2026-06-01", GapYellow, "10"},
		{"2026-06-01", "light.unknown", ""},
	}
	for _, tt := range tests {
		if got := Effective(settings, tt.on)[tt.key]; got != tt.want {
			t.Errorf("%s on %s = %q, want %q", tt.key, tt.on, got, tt.want)
		}
	}
}

func TestCheckSetting(t *testing.T) {
	tests := []struct {
		key, value string
		code       model.Code // "" = taken
		message    string
	}{
		{DueSoonDays, "0", "", ""},
		{DueSoonDays, "90", "", ""},
		{DueSoonDays, "91", model.CodeInvalid, "参数“临期提醒天数”应填 0 到 90 的整数，现在是“91”。"},
		{DueSoonDays, "-1", model.CodeInvalid, "参数“临期提醒天数”应填 0 到 90 的整数，现在是“-1”。"},
		{DueSoonDays, "三", model.CodeInvalid, "参数“临期提醒天数”应填 0 到 90 的整数，现在是“三”。"},
		{"临期提醒天数", "4", "", ""},
		{Demo, "1", "", ""},
		{Demo, "也许", model.CodeInvalid, "参数“演示数据”应填是或否，现在是“也许”。"},
		{UnitHome, "anything", "", ""},
		{"nothing", "1", model.CodeNotFound, "没有名为“nothing”的参数。用 settings get 可以看到全部参数。"},
	}
	for _, tt := range tests {
		err := CheckSetting(tt.key, tt.value)
		if model.CodeOf(err) != tt.code || model.Sentence(err) != tt.message {
			t.Errorf("CheckSetting(%s, %s) = %v %q, want %v %q", tt.key, tt.value, model.CodeOf(err), model.Sentence(err), tt.code, tt.message)
		}
	}
}

func TestParameterLabel(t *testing.T) {
	if got := ParameterLabel(GapRed); got != "进度滞后红灯" {
		t.Errorf("label = %q", got)
	}
	if got := ParameterLabel("x.y"); got != "x.y" {
		t.Errorf("label of an unknown key = %q", got)
	}
}
