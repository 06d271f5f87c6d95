package ledgers

import (
	"math"
	"slices"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// child makes an item below with derived fields as its own derivation left them.
func child(t *testing.T, own values) *model.Record { return record(t, Task, own) }

func TestLight_HeldUpBelow(t *testing.T) {
	red := func(unit string) *model.Record {
		return child(t, values{"state": "办理中", "light": "红", "held_up": unit})
	}
	below := func(late, units string) *model.Record {
		return child(t, values{"state": "办理中", "light": "下级亮红灯", "late_below": late, "held_up": units})
	}
	fine := child(t, values{"state": "办理中", "light": "绿"})
	closed := child(t, values{"state": "已办结", "light": "已办结"})
	asleep := child(t, values{"state": "已中止", "light": "不亮灯", "late_below": "2", "held_up": "丙村"})
	tests := []struct {
		name                string
		own                 values
		children            []*model.Record
		light, late, heldUp string
	}{
		{"itself", values{"state": "办理中", "due": "2026-11-10", "unit": "甲镇"}, []*model.Record{fine, closed}, "红", "", "甲镇"},
		{"below, itself in time", values{"state": "办理中", "due": "2026-12-31", "unit": "甲镇"}, []*model.Record{red("甲二村"), fine}, "下级亮红灯", "1", "甲二村"},
		{"below, itself overdue", values{"state": "办理中", "due": "2026-11-10", "unit": "甲镇"}, []*model.Record{red("甲二村")}, "下级亮红灯", "1", "甲二村"},
		{"two levels below", values{"state": "办理中", "due": "2026-12-31"}, []*model.Record{below("3", "甲二村、甲三村"), red("乙镇")}, "下级亮红灯", "4", "甲二村、甲三村、乙镇"},
		{"many units", values{"state": "办理中"}, []*model.Record{below("3", "甲二村、甲三村、甲四村等"), red("乙镇")}, "下级亮红灯", "4", "甲二村、甲三村、甲四村等"},
		{"a unit named once", values{"state": "办理中"}, []*model.Record{red("甲二村"), red("甲二村")}, "下级亮红灯", "2", "甲二村"},
		{"below a paused item", values{"state": "办理中", "due": "2026-12-31"}, []*model.Record{asleep}, "下级亮红灯", "2", "丙村"},
		{"paused itself", values{"state": "已中止"}, []*model.Record{red("甲二村")}, "不亮灯", "1", "甲二村"},
		{"done itself", values{"state": "已办结"}, []*model.Record{red("甲二村")}, "已办结", "", ""},
		{"waiting for review", values{"state": "待审核", "due": "2026-11-10", "unit": "甲二村", "lead_unit": "甲镇"}, nil, "红", "", "甲镇"},
		{"not handed out", values{"state": "待交办", "due": "2026-11-10", "unit": "甲二村", "lead_unit": "甲镇"}, nil, "红", "", "甲镇"},
		{"not received", values{"state": "待签收", "due": "2026-11-10", "unit": "甲二村", "lead_unit": "甲镇"}, nil, "红", "", "甲二村"},
		{"a yellow below stays below", values{"state": "办理中", "due": "2026-12-31"}, []*model.Record{child(t, values{"state": "办理中", "light": "黄"})}, "绿", "", ""},
	}
	for _, tt := range tests {
		r, _ := derive(t, today, tt.own, nil, tt.children...)
		got := shownFields(r, "light", "late_below", "held_up")
		if want := []string{tt.light, tt.late, tt.heldUp}; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", tt.name, got, want)
		}
	}
}

func TestHeldUp_NamesTheUnitAboveInReview(t *testing.T) {
	in := model.DeriveInput{Record: record(t, Task, values{"state": "待审核", "due": "2026-11-10", "unit": "甲二村", "lead_unit": "水利局"}),
		Parent: record(t, Task, values{"unit": "甲镇"}), Params: rule.Defaults(), Today: today}
	if got := deriveItem(in).Values["held_up"].Text; got != "甲镇" {
		t.Errorf("held up at %s, want the unit of the item above", got)
	}
}

func TestRollUp(t *testing.T) {
	km := func(state, target, done string) *model.Record {
		return child(t, values{"state": state, "target_qty": target, "target_unit": "公里", "done_qty": done})
	}
	doing := "办理中"
	tests := []struct {
		name     string
		own      values
		children []*model.Record
		want     []string // total, done, computed percent, computed quantity, owed
	}{
		{"no items below", values{"target_qty": "5", "target_unit": "公里"}, nil, []string{"", "", "", "", ""}},
		{"same unit", values{"target_qty": "5", "target_unit": "公里"}, []*model.Record{km(doing, "1.2", "1.2"), km(doing, "1.5", "0.6"), km(doing, "1.1", "")},
			[]string{"3", "0", "47.36", "1.8", "1.2"}}, // 1.8/3.8; 5−3.8
		{"the item above without a quantity", nil, []*model.Record{km(doing, "2", "1")}, []string{"1", "0", "50", "1", ""}},
		{"other units", values{"target_qty": "5", "target_unit": "公里"}, []*model.Record{km(doing, "2", "1"), child(t, values{"state": doing, "target_qty": "1", "target_unit": "座"})},
			[]string{"2", "0", "", "", "3"}},
		{"one without a quantity", nil, []*model.Record{km(doing, "2", "1"), child(t, values{"state": doing})}, []string{"2", "0", "", "", ""}},
		{"a unit without a quantity", nil, []*model.Record{km(doing, "2", "1"), km(doing, "", "")}, []string{"2", "0", "", "", ""}},
		{"a quantity without a unit", nil, []*model.Record{child(t, values{"state": doing, "target_qty": "2", "done_qty": "1"})}, []string{"1", "0", "", "", ""}},
		{"closed ones count as done", values{"target_qty": "4", "target_unit": "公里"}, []*model.Record{km("已办结", "2", ""), km(doing, "2", "1")}, []string{"2", "1", "75", "3", "0"}},
		{"closed short of the target", nil, []*model.Record{km("已办结", "2", "1.5"), km(doing, "2", "0")}, []string{"2", "1", "37.5", "1.5", ""}},
		{"ended ones count nowhere", values{"target_qty": "4", "target_unit": "公里"}, []*model.Record{km("已终止", "2", "2"), km(doing, "2", "1")}, []string{"1", "0", "50", "1", "2"}},
		{"only ended ones", values{"target_qty": "4", "target_unit": "公里"}, []*model.Record{km("已终止", "2", "2")}, []string{"", "", "", "", ""}},
		{"more than the target", values{"target_qty": "1", "target_unit": "公里"}, []*model.Record{km(doing, "2", "3")}, []string{"1", "0", "150", "3", "-1"}},
		{"what the level between added up", nil, []*model.Record{child(t, values{"state": doing, "target_qty": "4", "target_unit": "公里", "computed_qty": "3"})},
			[]string{"1", "0", "75", "3", ""}},
		{"what it reported comes first", nil, []*model.Record{child(t, values{"state": doing, "target_qty": "4", "target_unit": "公里", "computed_qty": "3", "done_qty": "2"})},
			[]string{"1", "0", "50", "2", ""}},
	}
	for _, tt := range tests {
		r, _ := derive(t, today, tt.own, nil, tt.children...)
		got := shownFields(r, "children_total", "children_done", "computed_percent", "computed_qty", "owed")
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestDerive_LatestProgress(t *testing.T) {
	in := model.DeriveInput{Record: record(t, Task, values{"state": "办理中"}), Params: rule.Defaults(), Today: today,
		Latest:   record(t, Progress, values{"period": "2026-11", "reported_on": "2026-11-20", "text": "沟已开挖", "problem": "管材未到", "next_step": "催货"}),
		Previous: record(t, Progress, values{"period": "2026-10", "percent": "35%", "done_qty": "0.5", "text": "进场"}),
	}
	r := model.NewRecord(Task, "r1")
	r.Derived = deriveItem(in).Values
	got := shownFields(r, "percent", "done_qty", "latest_text", "problem", "next_step", "reported_period", "updated_on")
	want := []string{"35", "0.5", "沟已开挖", "管材未到", "催货", "2026-11", "2026-11-20"}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestDerive_OnlyDescribedFields(t *testing.T) {
	l := task()
	r, _ := derive(t, today, values{"state": "办理中", "due": "2026-11-10", "unit": "甲镇", "target_qty": "5", "target_unit": "公里"},
		values{"period": "2026-11", "percent": "40%", "text": "在建"}, child(t, values{"state": "办理中", "light": "绿"}))
	for key, v := range r.Derived {
		if !l.IsDerived(key) || v.IsEmpty() {
			t.Errorf("derived %s = %+v: not described, or empty", key, v)
		}
	}
}

func TestShareOf(t *testing.T) {
	tests := []struct{ part, whole, want int64 }{
		{1, 3, 3333}, {0, 3, 0}, {-1, 3, 0}, {3, 3, 10000}, {6, 3, 20000},
		{math.MaxInt64, math.MaxInt64, 10000}, {math.MaxInt64, 1, math.MaxInt64},
	}
	for _, tt := range tests {
		if got := shareOf(tt.part, tt.whole); got != tt.want {
			t.Errorf("shareOf(%d, %d) = %d, want %d", tt.part, tt.whole, got, tt.want)
		}
	}
	if got := addUp(math.MaxInt64, 1); got != math.MaxInt64 {
		t.Errorf("addUp wraps to %d", got)
	}
}

func TestDeriveTeam(t *testing.T) {
	tests := []struct {
		to, light, left string
		next            model.Day
	}{
		{"", "未填任期", "", ""},
		{"2026-11-21", "已届满", "-1", ""},
		{"2027-01-21", "将届满", "60", "2027-01-22"},
		{"2027-01-22", "在任", "61", "2026-11-23"},
	}
	l := team()
	for _, tt := range tests {
		d := deriveTeam(model.DeriveInput{Record: record(t, Team, values{"to": tt.to}), Params: rule.Defaults(), Today: today})
		light, left := l.Field("term_light").Show(d.Values["term_light"]), l.Field("days_left").Show(d.Values["days_left"])
		if light != tt.light || left != tt.left || d.NextChange != tt.next {
			t.Errorf("to %q: %s %s %s, want %s %s %s", tt.to, light, left, d.NextChange, tt.light, tt.left, tt.next)
		}
	}
}
