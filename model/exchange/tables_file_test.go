package exchange

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

// writeBook writes sheets as a workbook into a folder with a Chinese name and a
// blank, and reads it again.
func writeBook(t *testing.T, sheets ...sheet.OutSheet) *sheet.Book {
	t.Helper()
	path := filepath.Join(t.TempDir(), "台 账", "甲一村 任务表（2）.xlsx")
	mustMkdir(t, filepath.Dir(path))
	out := &sheet.Out{Title: "任务表", Modified: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC), Sheets: sheets}
	if err := sheet.Write(path, out); err != nil {
		t.Fatal(err)
	}
	b, err := sheet.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// outRows makes rows of text cells joined by "|".
func outRows(rows ...string) []sheet.OutRow {
	var out []sheet.OutRow
	for _, r := range rows {
		var row sheet.OutRow
		for words := range strings.SplitSeq(r, "|") {
			row.Cells = append(row.Cells, sheet.TextCell(words, sheet.Style{}))
		}
		out = append(out, row)
	}
	return out
}

// TestCountyWorkbook goes the whole way of an import, from a workbook on disk
// to values: titles, three header rows, merges, a hidden sheet, notes.
func TestCountyWorkbook(t *testing.T) {
	task := sheet.OutSheet{Name: "任务 清单", Rows: outRows(
		"附件1",
		"示例县2026年乡村振兴重点工作任务清单||||||||",
		"填报单位（盖章）：甲镇　填报人：张示例一　填报时间：2026年11月20日||||||||",
		"序号|工作类别（领域）|任务名称|责任||时限要求|进展情况||备注",
		"|||责任单位⏎（配合单位）|责任人|完成时限|工作进展|完成比例（%）|",
		"1|产业振兴|修产业路|交通站（甲一村）|张示例一|6月底前|已开工|45|",
		"2||建冷库|甲二村|李示例二|2026年12月|已选址|10|分两期",
		"合计|||||||55|",
		"注：本表每月25日前报送。",
	), Merges: []sheet.Range{rangeFrom("A2:I2"), rangeFrom("A3:I3"), rangeFrom("A4:A5"), rangeFrom("B4:B5"), rangeFrom("C4:C5"),
		rangeFrom("D4:E4"), rangeFrom("G4:H4"), rangeFrom("I4:I5"), rangeFrom("B6:B7"), rangeFrom("A9:I9")}}
	task.Rows[4].Cells[3].Text = "责任单位\n（配合单位）"
	hidden := sheet.OutSheet{Name: "_xz", Visibility: sheet.VeryHidden, Rows: outRows("姓名|电话", "a|b")}
	b := writeBook(t, task, hidden)

	tables := FindTables(b)
	if len(tables) != 1 {
		t.Fatalf("%d tables", len(tables))
	}
	table := &tables[0]
	if want := "4-5 6-7 序号|工作类别（领域）|任务名称|责任/责任单位（配合单位）|责任/责任人|时限要求/完成时限|进展情况/工作进展|进展情况/完成比例（%）|备注"; short(*table) != want {
		t.Fatalf("got  %s\nwant %s", short(*table), want)
	}
	if f := table.Frame; f.Unit.Text != "甲镇" || f.Filler.Text != "张示例一" || f.Stated.Text != "2026年11月20日" || f.Period.Text != "2026年" || f.Annex.Text != "附件1" {
		t.Errorf("frame %+v", f)
	}
	if rowsOf(table.Totals) != "8" || rowsOf(table.Skipped) != "9" {
		t.Errorf("totals %v, skipped %v", table.Totals, table.Skipped)
	}

	c := builtin()
	l, matches := GuessLedger(table, c)
	if l == nil || l.Key != ledgers.Task {
		t.Fatalf("guessed %v", l)
	}
	rows := ReadRows(&b.Sheets[table.SheetIndex], table, Sure(matches), 0)
	want := []map[Path]string{
		{"category": "产业振兴", "title": "修产业路", "unit": "交通站（甲一村）", "person": "张示例一", "due": "6月底前", "progress.text": "已开工", "progress.percent": "45"},
		{"category": "产业振兴", "title": "建冷库", "unit": "甲二村", "person": "李示例二", "due": "2026年12月", "progress.text": "已选址", "progress.percent": "10", "remark": "分两期"},
	}
	if len(rows) != len(want) {
		t.Fatalf("%d rows", len(rows))
	}
	for i, r := range rows {
		compareRow(t, c, l, r, want[i])
	}
}

func compareRow(t *testing.T, c *model.Catalog, l *model.Ledger, r RawRow, want map[Path]string) {
	t.Helper()
	for p, words := range want {
		tg, err := ResolvePath(c, l, p)
		if err != nil {
			t.Fatal(err)
		}
		v, problems := ParseCell(tg, r.Cells.At(p), ParseContext{File: "表.xlsx", Sheet: "任务 清单", Ref: "2026-11-22"})
		if got := tg.Field.Show(v); got != words {
			t.Errorf("row %d %s: %q, want %q (%v)", r.Row, p, got, words, problems)
		}
		if slices.ContainsFunc(problems, func(p model.Problem) bool { return p.Level == model.Fault }) {
			t.Errorf("row %d %s: %v", r.Row, p, problems)
		}
	}
	for _, c := range r.Cells {
		if _, ok := want[c.Path]; !ok {
			t.Errorf("row %d: %s was not to be read", r.Row, c.Path)
		}
	}
}

// TestSeveralSheets: each sheet is read by itself, in order.
func TestSeveralSheets(t *testing.T) {
	b := writeBook(t,
		sheet.OutSheet{Name: "甲一村", Rows: outRows("序号|任务|完成时限", "1|修路|年底前")},
		sheet.OutSheet{Name: "说明", Rows: outRows("请各村认真填写。")},
		sheet.OutSheet{Name: "甲二村", Rows: outRows("任务|完成时限|序号", "修桥|长期坚持|1")})
	tables := FindTables(b)
	if len(tables) != 2 || tables[0].Sheet != "甲一村" || tables[0].SheetIndex != 0 || tables[1].Sheet != "甲二村" || tables[1].SheetIndex != 2 {
		t.Fatalf("got %+v", tables)
	}
	if Fingerprint(&tables[0]) != Fingerprint(&tables[1]) {
		t.Error("the same headers in another order are the same layout")
	}
}

func mustMkdir(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
}
