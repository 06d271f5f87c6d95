package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// TestExportComesBack: what was exported and not touched is no change, and needs
// nobody to say which ledger it is.
func TestExportComesBack(t *testing.T) {
	a := openDemo(t)
	ctx := context.Background()
	for i, remark := range []string{"-已核实", "=1+1", "'引号", "两行\n文字", "1,2\"3", "合计"} {
		_, err := a.Add(ctx, ledgers.Task, []Assignment{{"title", fmt.Sprint("往返", i)}, {"remark", remark}, {"due", "2026年6月底前"}})
		check(t, err)
	}
	for _, l := range a.Catalog().All() {
		if l.System {
			continue
		}
		for _, name := range []string{"导 出.csv", "导 出.xlsx"} {
			path := filepath.Join(t.TempDir(), name)
			n, err := a.Export(ctx, ExportRequest{List: ListRequest{Ledger: l.Key}, Out: path, Unmask: "核对"})
			check(t, err)
			if n == 0 {
				t.Errorf("%s: the sample has none", l.Key)
			}
			results, err := a.Import(ctx, ImportRequest{Files: []string{path}, DryRun: true})
			check(t, err)
			r := results[0]
			if r.Err != nil {
				t.Errorf("%s %s: %v", l.Key, name, r.Err)
				continue
			}
			if r.Ledger != l.Key || r.Counts.Same != n || r.Undecided() {
				t.Errorf("%s %s: %d rows came back as %s %+v", l.Key, name, n, r.Ledger, r.Counts)
				for _, p := range r.Problems[:min(3, len(r.Problems))] {
					t.Log(p.Cell, p.Message, p.Suggestion)
				}
			}
		}
	}
}

// TestEmptyExportComesBack: a ledger without records makes no error.
func TestEmptyExportComesBack(t *testing.T) {
	a := openDemo(t)
	ctx := context.Background()
	for _, name := range []string{"空.csv", "空.xlsx"} {
		path := filepath.Join(t.TempDir(), name)
		_, err := a.Export(ctx, ExportRequest{List: ListRequest{Ledger: ledgers.Task, Where: []string{"title=没有这样的任务"}}, Out: path})
		check(t, err)
		results, err := a.Import(ctx, ImportRequest{Files: []string{path}})
		check(t, err)
		if r := results[0]; r.Err != nil || r.Counts != (FileResult{}.Counts) || r.Ledger != ledgers.Task {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// TestImport_PeriodOfTheFile: progress goes to the period the file names, unless
// the user names one.
func TestImport_PeriodOfTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "清 单.csv")
	check(t, os.WriteFile(path, []byte("任务名称,责任单位,进展情况（截至9月30日）\n新修的路,甲镇,完成一半\n"), 0o600))
	for given, want := range map[model.Month]model.Period{"": "2026-09", testPeriod.Month(): testPeriod, "2026-09": "2026-09"} {
		a := openDemo(t)
		results, err := a.Import(context.Background(), ImportRequest{Files: []string{path}, Period: given})
		check(t, err)
		if r := results[0]; r.Period != want || r.Counts.Add != 1 || (len(r.Problems) > 0) != (given != "2026-09") {
			t.Errorf("%q: %+v", given, r)
		}
		_, page, err := a.List(context.Background(), ListRequest{Ledger: ledgers.Progress, Where: []string{"text=完成一半"}})
		check(t, err)
		if len(page.Records) != 1 || page.Records[0].Get("period").Text != string(want) {
			t.Errorf("%q: %+v", given, page.Records)
		}
		results, err = a.Import(context.Background(), ImportRequest{Files: []string{path}, Period: "2026-12"})
		check(t, err)
		if results[0].Counts.Same != 1 {
			t.Errorf("the old progress was entered again: %+v", results[0])
		}
	}
}

// TestImport_RecordMovesWithItsVillage: a table that says that a household lives in
// another village moves it there, as typing the village does, and undo moves it back.
func TestImport_RecordMovesWithItsVillage(t *testing.T) {
	a := openDemo(t)
	ctx := context.Background()
	added, err := a.Add(ctx, ledgers.Household, []Assignment{{"village", "青山村"}, {"householder", "张搬迁"}, {"id_number", "99010119700101001X"}})
	check(t, err)
	id, from := added.Records[0].ID, added.Records[0].Area

	_, villages, err := a.List(ctx, ListRequest{Ledger: ledgers.Area, Where: []string{"level=村"}})
	check(t, err)
	other := villages.Records[slices.IndexFunc(villages.Records, func(r *model.Record) bool { return r.ID != from })]
	path := filepath.Join(t.TempDir(), "搬 迁.csv")
	check(t, os.WriteFile(path, []byte("户主姓名,证件号码,村\n张搬迁,99010119700101001X,"+other.Get("name").Text+"\n"), 0o600))
	results, err := a.Import(ctx, ImportRequest{Files: []string{path}, Ledger: ledgers.Household})
	check(t, err)
	if r := results[0]; r.Err != nil || r.Counts.Update != 1 {
		t.Fatalf("%+v", r)
	}
	for _, step := range []struct {
		what, area string
		act        func() error
	}{
		{"imported", other.ID, func() error { return nil }},
		{"undone", from, func() error { _, err := a.Undo(ctx, results[0].Op); return err }},
	} {
		check(t, step.act())
		_, rec, err := a.Get(ctx, ledgers.Household, id)
		check(t, err)
		if rec.Area != step.area || rec.Get("village").ID != step.area {
			t.Errorf("%s: lies in %s, says %s, want %s", step.what, rec.Area, rec.Get("village").ID, step.area)
		}
	}
}
