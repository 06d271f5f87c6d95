package app

import (
	"errors"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

func TestSetMany_OneOperation(t *testing.T) {
	a := openDemo(t)
	_, page, err := a.List(t.Context(), ListRequest{Ledger: ledgers.Task, Limit: 3})
	check(t, err)
	before := state(t, a)
	rows := []RowChange{
		{ID: page.Records[0].ID, Assign: []Assignment{{"remark", "甲"}}},
		{ID: page.Records[1].ID, Assign: []Assignment{{"备注", "乙"}, {"due", "12月底前"}}},
		{Assign: []Assignment{{"title", "示例新事项"}, {"unit", "甲镇"}}},
	}
	done, err := a.SetMany(t.Context(), ledgers.Task, rows)
	check(t, err)
	if len(done.Records) != 3 || done.Op == 0 {
		t.Fatalf("%+v", done)
	}
	for i, want := range []string{"甲", "乙", ""} {
		_, rec, err := a.Get(t.Context(), ledgers.Task, done.Records[i].ID)
		check(t, err)
		if got := rec.Get("remark").Text; got != want {
			t.Errorf("row %d: %q", i, got)
		}
	}
	if _, rec, _ := a.Get(t.Context(), ledgers.Task, done.Records[2].ID); rec.Get("state").Text != ledgers.StateTodo || rec.Area == "" {
		t.Errorf("the new one: %+v", rec)
	}
	_, err = a.Undo(t.Context(), done.Op)
	check(t, err)
	if state(t, a) != before {
		t.Error("one undo does not take all back")
	}
}

func TestSetMany_AllOrNothing(t *testing.T) {
	a := openDemo(t)
	_, page, err := a.List(t.Context(), ListRequest{Ledger: ledgers.Task, Limit: 2})
	check(t, err)
	before := state(t, a)
	first := RowChange{ID: page.Records[0].ID, Assign: []Assignment{{"remark", "甲"}}}
	tests := []struct {
		name string
		bad  RowChange
		code model.Code
	}{
		{"a value", RowChange{ID: page.Records[1].ID, Assign: []Assignment{{"target_qty", "很多"}}}, model.CodeInvalid},
		{"an empty title", RowChange{ID: page.Records[1].ID, Assign: []Assignment{{"title", ""}}}, model.CodeInvalid},
		{"no such field", RowChange{ID: page.Records[1].ID, Assign: []Assignment{{"none", "1"}}}, model.CodeUsage},
		{"no such record", RowChange{ID: "none", Assign: []Assignment{{"remark", "1"}}}, model.CodeNotFound},
		{"a new one without a title", RowChange{Assign: []Assignment{{"remark", "1"}}}, model.CodeInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := a.SetMany(t.Context(), ledgers.Task, []RowChange{first, tt.bad})
			var row *RowError
			if !errors.As(err, &row) || row.Row != 1 || model.CodeOf(err) != tt.code || row.Error() != model.Sentence(err) {
				t.Errorf("%v (%s)", err, model.CodeOf(err))
			}
			if state(t, a) != before {
				t.Error("something was written")
			}
		})
	}
	if _, err := a.SetMany(t.Context(), "none", nil); model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("no such ledger: %v", err)
	}
}

func TestSetMany_RefusesTwinProgress(t *testing.T) {
	a := openDemo(t)
	_, page, err := a.List(t.Context(), ListRequest{Ledger: ledgers.Progress, Limit: 1})
	check(t, err)
	rec := page.Records[0]
	_, err = a.SetMany(t.Context(), ledgers.Progress, []RowChange{{Assign: []Assignment{
		{"task", rec.Get("task").ID}, {"period", rec.Get("period").Text}, {"text", "又一条"}}}})
	if model.CodeOf(err) != model.CodeExists {
		t.Errorf("%v", err)
	}
}
