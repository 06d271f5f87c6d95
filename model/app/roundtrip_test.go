package app

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

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
