package app

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/fill"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

// foreignTable writes a blank table of bordered cells and returns its path.
func foreignTable(t *testing.T, rows ...[]string) string {
	t.Helper()
	s := sheet.OutSheet{Name: "附件"}
	for i, words := range rows {
		row := sheet.OutRow{}
		for _, w := range words {
			row.Cells = append(row.Cells, sheet.TextCell(w, sheet.Style{Border: i > 0}))
		}
		s.Rows = append(s.Rows, row)
	}
	path := filepath.Join(t.TempDir(), "来 表.xlsx")
	if err := sheet.Write(path, &sheet.Out{Sheets: []sheet.OutSheet{s}}); err != nil {
		t.Fatal(err)
	}
	return path
}

func mustDraft(t *testing.T, a *App, path string) *FillDraft {
	t.Helper()
	d, err := a.OpenTemplate(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestFill_EveryCell: every cell that says it comes from a record has that record's
// value of the field its column is mapped to: none stands in a wrong column.
func TestFill_EveryCell(t *testing.T) {
	a := demoLedger(t)
	d := mustDraft(t, a, foreignTable(t, []string{"重点工作清单"}, []string{"序号", "任务名称", "责任单位", "责任人", "完成时限", "办理状态", "完成比例（%）", "抽查情况"},
		make([]string, 8), make([]string, 8), append([]string{"合计"}, make([]string, 7)...)))
	to := filepath.Join(t.TempDir(), "填 好.xlsx")
	done, err := a.Fill(t.Context(), FillRequest{Draft: d, Out: to})
	if err != nil {
		t.Fatal(err)
	}
	if done.Op == 0 || done.Coverage != (fill.Coverage{Columns: 8, Filled: 7, Unknown: 1}) {
		t.Fatalf("op %d, %+v", done.Op, done.Coverage)
	}
	table := done.Tables[0]
	book, err := sheet.Open(to)
	if err != nil {
		t.Fatal(err)
	}
	look := a.lookup(t.Context(), a.store)
	checked := 0
	for _, c := range table.Cells {
		row, col, _ := sheet.ParseCellName(c.Cell)
		if got := book.Sheets[0].Cell(row, col).Text; got != c.Words {
			t.Fatalf("%s = %q, said %q", c.Cell, got, c.Words)
		}
		if c.Record == "" {
			continue
		}
		rec, err := look.Record(c.Ledger, c.Record)
		if err != nil || c.Of == "" {
			t.Fatalf("%s: %v, of %q", c.Cell, err, c.Of)
		}
		i := slices.IndexFunc(table.Columns, func(k fill.Column) bool { return k.Col == col })
		v, err := look.pathValue(rec, table.Columns[i].Target, a.Period())
		if err != nil || table.Columns[i].Target.Field.Show(v) != c.Words {
			t.Fatalf("%s = %q, the record has %q (%v)", c.Cell, c.Words, table.Columns[i].Target.Field.Show(v), err)
		}
		checked++
	}
	if checked < 500 {
		t.Errorf("only %d cells checked", checked)
	}
	if plans, err := a.FillPlans(t.Context()); err != nil || len(plans) != 1 || plans[0].Columns["任务名称"] != "title" {
		t.Errorf("plans %+v (%v)", plans, err)
	}
}

// TestFill_Typed: words for one cell of this table only go over the ledger's.
func TestFill_Typed(t *testing.T) {
	a := demoLedger(t)
	d := mustDraft(t, a, foreignTable(t, []string{"重点工作清单"}, []string{"序号", "任务名称", "责任单位", "完成时限", "备注"}, make([]string, 5), append([]string{"合计"}, make([]string, 4)...)))
	d.Correct(0, sheet.Range{R1: 2, C1: 1, R2: 2, C2: 5}) // as a person drags it
	if f := d.Tables[0]; f.First != 3 || f.Last != 3 || len(f.Named()) != 5 {
		t.Fatalf("corrected to %d–%d, %d columns", f.First, f.Last, len(f.Named()))
	}
	p, err := a.PreviewFill(t.Context(), FillRequest{Draft: d, Tables: map[int]FillChoice{0: {Typed: map[string]string{"B3": "另一件事", "D3": "2026-11-22", "E3": "12"}}}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]FillCell{}
	for _, c := range p.Tables[0].Cells {
		got[c.Cell] = c
	}
	if got["B3"].Words != "另一件事" || got["B3"].Record != "" || got["D3"].Number || !got["E3"].Number {
		t.Errorf("%+v", got)
	}
}

// TestFill_Entry: a form for one record wants one record.
func TestFill_Entry(t *testing.T) {
	a := demoLedger(t)
	path := foreignTable(t, []string{"重点任务登记表"}, []string{"任务名称", "", "责任单位", ""}, []string{"完成时限", "", "责任人", ""}, []string{"牵头单位", "", "备注", ""})
	d := mustDraft(t, a, path)
	if d.Tables[0].Mode != fill.Entry {
		t.Fatalf("read as %s", d.Tables[0].Mode)
	}
	p, err := a.PreviewFill(t.Context(), FillRequest{Draft: d, Tables: map[int]FillChoice{0: {Ledger: "task"}}})
	if err != nil || len(p.Problems) != 1 || !strings.Contains(p.Problems[0].Message, "一次填一条") {
		t.Fatalf("%+v (%v)", p.Problems, err)
	}
	_, page, err := a.List(t.Context(), ListRequest{Ledger: "task", Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	rec := page.Records[0]
	p, err = a.PreviewFill(t.Context(), FillRequest{Draft: d, Tables: map[int]FillChoice{0: {Ledger: "task", Where: []string{"id=" + rec.ID}}}})
	if err != nil || len(p.Tables[0].Cells) == 0 || p.Tables[0].Cells[0].Cell != "B2" || p.Tables[0].Cells[0].Words != rec.Get("title").Text {
		t.Errorf("%+v (%v)", p.Tables[0].Cells, err)
	}
}

// TestFill_Refuses: nothing is written where nothing is known, or over the original.
func TestFill_Refuses(t *testing.T) {
	a := demoLedger(t)
	path := foreignTable(t, []string{"别的表"}, []string{"名贵树种", "棵数", "树龄（年）", "管护人姓名"}, make([]string, 4))
	d := mustDraft(t, a, path)
	if _, err := a.Fill(t.Context(), FillRequest{Draft: d, Out: filepath.Join(t.TempDir(), "x.xlsx")}); model.CodeOf(err) != model.CodeAmbiguous {
		t.Errorf("nothing known: %v", err)
	}
	if _, err := a.Fill(t.Context(), FillRequest{Draft: d, Out: path}); model.CodeOf(err) != model.CodeUsage {
		t.Errorf("over the original: %v", err)
	}
}

func demoLedger(t *testing.T) *App {
	t.Helper()
	a, err := CreateDemo(context.Background(), Options{Path: filepath.Join(t.TempDir(), "甲 镇.xzdb"), Today: testDay, Origin: "test"}, "甲镇", 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// TestFill_SaysNothingTwice: an item that was broken down stands in those below it; a
// list takes it only where people say so, and remembers that they did.
func TestFill_SaysNothingTwice(t *testing.T) {
	a := demoLedger(t)
	path := foreignTable(t, []string{"清单"}, []string{"序号", "任务名称", "责任单位", "完成时限"}, make([]string, 4))
	_, all, err := a.List(t.Context(), ListRequest{Ledger: ledgers.Task, Area: a.homeID()})
	check(t, err)
	parents := 0
	for _, r := range all.Records {
		if r.Get("children_total").Num > 0 {
			parents++
		}
	}
	fillAll := func(where []string) FillTable {
		d := mustDraft(t, a, path)
		done, err := a.Fill(t.Context(), FillRequest{Draft: d, Out: filepath.Join(t.TempDir(), "填好.xlsx"), Tables: map[int]FillChoice{0: {Where: where}}})
		check(t, err)
		return done.Tables[0]
	}
	if got := fillAll(nil); parents == 0 || got.Rows != all.Total-parents || !got.Once {
		t.Errorf("%d rows of %d items, %d of them broken down", got.Rows, all.Total, parents)
	}
	for _, where := range [][]string{{}, nil} { // said, then remembered
		if got := fillAll(where); got.Rows != all.Total || got.Once {
			t.Errorf("%v: %d rows of %d items", where, got.Rows, all.Total)
		}
	}
}
