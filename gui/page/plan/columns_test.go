package plan

import (
	"slices"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
)

func TestColumns_LeaveOutWhatTheProgramWritesAlike(t *testing.T) {
	catalog := model.NewCatalog(&model.Ledger{Key: "progress", Label: "进展", Title: "text", Fields: []model.Field{
		{Key: "text", Label: "进展情况", Kind: model.KindText}, {Key: "percent", Label: "完成比例", Kind: model.KindPercent},
		{Key: "reported_on", Label: "填报日期", Kind: model.KindDate}, {Key: "source", Label: "来源", Kind: model.KindText},
	}})
	row := func(cell string, on model.Day, source exchange.Outcome) line {
		return line{row: exchange.PlanRow{Records: []exchange.RecordPlan{{Ledger: "progress", Fields: []exchange.FieldPlan{
			{Field: "percent", Cell: cell, Theirs: model.Int(50), Outcome: exchange.Take}, {Field: "reported_on", Theirs: model.OnDay(on), Outcome: exchange.Take},
			{Field: "source", Theirs: model.Text("上报表"), Outcome: source},
		}}}}}
	}
	for name, c := range map[string]struct {
		rows []line
		want []string
	}{
		"one day":        {[]line{row("F2", "2026-11-20", exchange.Take), row("F3", "2026-11-20", exchange.Take)}, []string{"percent"}},
		"two days":       {[]line{row("F2", "2026-11-20", exchange.Take), row("F3", "2026-11-21", exchange.Take)}, []string{"percent", "reported_on"}},
		"a conflict":     {[]line{row("F2", "2026-11-20", exchange.Conflict)}, []string{"percent", "source"}},
		"held back":      {[]line{row("F2", "2026-11-20", exchange.Held)}, []string{"percent", "source"}},
		"without a file": {[]line{row("", "2026-11-20", exchange.Take)}, []string{"percent", "reported_on", "source"}},
	} {
		var got []string
		for _, col := range columnsOf(catalog, c.rows) {
			got = append(got, col.field.Key)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestColumns_WhatNamesAChildIsShown: only the name of the row itself has a column of
// its own before the fields; 进展情况, which names a report, does not.
func TestColumns_WhatNamesAChildIsShown(t *testing.T) {
	catalog := model.NewCatalog(&model.Ledger{Key: "task", Label: "任务", Title: "title", Fields: []model.Field{{Key: "title", Label: "任务名称", Kind: model.KindText}}},
		&model.Ledger{Key: "progress", Label: "进展", Title: "text", Fields: []model.Field{{Key: "text", Label: "进展情况", Kind: model.KindLongText}}})
	row := line{row: exchange.PlanRow{Records: []exchange.RecordPlan{
		{Ledger: "task", Fields: []exchange.FieldPlan{{Field: "title", Cell: "C5"}}},
		{Ledger: "progress", Fields: []exchange.FieldPlan{{Field: "text", Cell: "L5"}}},
	}}}
	if got := columnsOf(catalog, []line{row}); len(got) != 1 || got[0].field.Key != "text" {
		t.Errorf("%+v", got)
	}
}
