package app

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
)

func TestScheme_RoundTrip(t *testing.T) {
	a, ctx := openDemo(t), context.Background()
	for key, value := range map[string]string{rule.MonthDays: "22", rule.ErrandsCount: "", rule.CheckOff + "team.term": "示例理由", rule.TermPrefix + "监测户": "监测家庭"} {
		_, err := a.SetSetting(ctx, key, value)
		must(t, err)
	}
	file := filepath.Join(t.TempDir(), "口 径.xlsx")
	must(t, a.WriteScheme(ctx, file))
	if words := wordsOf(t, file); !strings.Contains(words, "示例理由") || strings.Contains(words, rule.UnitHome) {
		t.Errorf("%s", words)
	}
	same, err := a.ReadScheme(ctx, file)
	must(t, err)
	if len(same) != 0 {
		t.Fatalf("the own table would change %+v", same)
	}
	b := openDemo(t)
	changes, err := b.ReadScheme(ctx, file)
	must(t, err)
	if len(changes) != 4 {
		t.Fatalf("%+v", changes)
	}
	done, err := b.TakeScheme(ctx, changes)
	must(t, err)
	got, err := b.Settings(ctx)
	must(t, err)
	if got[rule.MonthDays] != "22" || got.On(rule.ErrandsCount) || got[rule.CheckOff+"team.term"] != "示例理由" || got[rule.TermPrefix+"监测户"] != "监测家庭" {
		t.Errorf("taken: %v", got)
	}
	if _, err := b.Undo(ctx, done.Op); err != nil {
		t.Fatal(err)
	}
	if got, err := b.Settings(ctx); err != nil || got[rule.MonthDays] != "20" {
		t.Errorf("after undo %s, %v", got[rule.MonthDays], err)
	}
}

// schemeFile writes a table of parameters as somebody made it.
func schemeFile(t *testing.T, rows ...[]string) string {
	t.Helper()
	out := sheet.OutSheet{Name: "Sheet1"}
	for _, row := range rows {
		r := sheet.OutRow{}
		for _, words := range row {
			r.Cells = append(r.Cells, sheet.TextCell(words, sheet.Style{}))
		}
		out.Rows = append(out.Rows, r)
	}
	path := filepath.Join(t.TempDir(), "县 口径.xlsx")
	must(t, sheet.Write(path, &sheet.Out{Sheets: []sheet.OutSheet{out}}))
	return path
}

func TestScheme_WhatCannotBeTaken(t *testing.T) {
	a, ctx := openDemo(t), context.Background()
	file := schemeFile(t, []string{"县口径表"}, []string{"口径", "取值", "编号"},
		[]string{"每月驻村天数", "二十", rule.MonthDays}, []string{"没有的", "1", "no.such"}, []string{"本级单位", "x", rule.UnitHome}, []string{"全年", "180", rule.YearDays})
	changes, err := a.ReadScheme(ctx, file)
	must(t, err)
	if len(changes) != 3 || changes[0].Err == nil || changes[0].Cell != "B3" || changes[1].Err == nil || changes[2].Err != nil {
		t.Fatalf("%+v", changes)
	}
	if _, err := a.TakeScheme(ctx, changes); err == nil {
		t.Error("a value that is refused was taken")
	}
	if got, err := a.Setting(ctx, rule.YearDays); err != nil || got != "200" {
		t.Errorf("part of it was taken: %s, %v", got, err)
	}
	if _, err := a.ReadScheme(ctx, schemeFile(t, []string{"村", "户"})); model.CodeOf(err) != model.CodeInvalid {
		t.Errorf("another table: %v", err)
	}
	against := []SchemeChange{{Key: rule.GapYellow, Then: "60"}}
	if _, err := a.TakeScheme(ctx, against); err == nil {
		t.Error("yellow above red was taken")
	}
}
