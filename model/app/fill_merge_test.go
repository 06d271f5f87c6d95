package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// edited writes a copy of a workbook under another name with some cells changed.
func edited(t *testing.T, from, to string, cells map[string]string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, b, 0o644); err != nil {
		t.Fatal(err)
	}
	tpl, err := sheet.OpenTemplate(to)
	if err != nil {
		t.Fatal(err)
	}
	var puts []sheet.Put
	for at, words := range cells {
		row, col, _ := sheet.ParseCellName(at)
		puts = append(puts, sheet.Put{Row: row, Col: col, Kind: sheet.Text, Text: words})
	}
	if _, err := tpl.Fill(to, []sheet.SheetFill{{Sheet: "附件", Puts: puts}}); err != nil {
		t.Fatal(err)
	}
}

// TestCopies_KnownAgain: copies go down with a hidden sheet and are known again under
// any name; one for another village, or of another table, is told and left out; the
// others are missing and asked for.
func TestCopies_KnownAgain(t *testing.T) {
	a := demoLedger(t)
	heads := []string{"序号", "任务名称", "责任单位", "完成时限", "抽查情况"}
	blank := foreignTable(t, []string{"重点工作清单"}, []string{"填报单位：", "", "", "", ""}, heads, make([]string, 5), make([]string, 5), append([]string{"合计"}, make([]string, 4)...))
	other := foreignTable(t, []string{"别的表"}, []string{"填报单位：", "", "", "", ""}, []string{"序号", "任务名称", "责任人", "备注"}, make([]string, 4), append([]string{"合计"}, make([]string, 3)...))
	d, down := mustDraft(t, a, blank), t.TempDir()
	issued, err := a.IssueCopies(t.Context(), FillRequest{Draft: d}, down)
	if err != nil || len(issued) < 4 {
		t.Fatalf("%d copies: %v", len(issued), err)
	}
	elsewhere, err := a.IssueCopies(t.Context(), FillRequest{Draft: mustDraft(t, a, other)}, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	back := t.TempDir()
	edited(t, issued[1].File, filepath.Join(back, "新建表(1).xlsx"), map[string]string{"E4": "好"})
	edited(t, issued[0].File, filepath.Join(back, issued[2].Area+".xlsx"), map[string]string{"E4": "中"}) // the file's name is wrong
	edited(t, issued[3].File, filepath.Join(back, "拿错.xlsx"), map[string]string{"A2": "填报单位：" + issued[2].Area})
	edited(t, elsewhere[2].File, filepath.Join(back, "别表.xlsx"), nil)
	out := filepath.Join(t.TempDir(), "县 表.xlsx")
	got, err := a.MergeCopies(t.Context(), MergeRequest{Draft: d, Paths: []string{back}, Out: out, Due: "11月25日18时"})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(got.From, " ") != issued[0].Area+" "+issued[1].Area || len(got.Missing) != len(issued)-2 {
		t.Errorf("from %v, missing %v", got.From, got.Missing)
	}
	var words []string
	for _, p := range got.Problems {
		words = append(words, p.File+" "+p.Message)
	}
	for _, want := range []string{"是下发给" + issued[3].Area + "的表，填报单位却写着" + issued[2].Area, "别表.xlsx”是另一张表"} {
		if !strings.Contains(strings.Join(words, "\n"), want) {
			t.Errorf("not told: %s in %v", want, words)
		}
	}
	for _, want := range []string{issued[2].Area, "重点工作清单", "11月25日18时"} {
		if !strings.Contains(got.Call, want) {
			t.Errorf("asked without %q: %s", want, got.Call)
		}
	}
	good := 0
	for _, c := range got.Tables[0].Cells {
		if c.Text == "好" && c.Origins[0].From == issued[1].Area && c.Origins[0].File == "新建表(1).xlsx" {
			good++
		}
	}
	if good != 1 {
		t.Errorf("the origin of a value is known %d times", good)
	}
	if book, err := sheet.Open(out); err != nil || len(book.Sheets) != 1 {
		t.Errorf("the one file goes up with %d sheets (%v)", len(book.Sheets), err)
	}
	// taken for a form of ours it is named, and nothing of it is taken in
	res, err := a.Collect(t.Context(), CollectRequest{Paths: []string{issued[0].File}, DryRun: true})
	if err != nil || len(res) != 1 || model.CodeOf(res[0].Err) != model.CodeUnsupported || !strings.Contains(res[0].Err.Error(), "急表“重点工作清单”发给"+issued[0].Area) {
		t.Errorf("collected as %+v (%v)", res, err)
	}
}

// TestFill_Offered: what the template's list does not offer is left to the person.
func TestFill_Offered(t *testing.T) {
	a := demoLedger(t)
	s := sheet.OutSheet{Name: "附件", Validations: []sheet.Validation{{Range: sheet.Range{R1: 3, C1: 3, R2: 4, C2: 3}, List: []string{"没有的类别"}}}}
	for _, words := range [][]string{{"重点工作清单"}, {"序号", "任务名称", "工作类别", "责任人"}, {"", "", "", ""}, {"", "", "", ""}, {"合计", "", "", ""}} {
		row := sheet.OutRow{}
		for _, w := range words {
			row.Cells = append(row.Cells, sheet.TextCell(w, sheet.Style{Border: true}))
		}
		s.Rows = append(s.Rows, row)
	}
	path := filepath.Join(t.TempDir(), "来 表.xlsx")
	if err := sheet.Write(path, &sheet.Out{Sheets: []sheet.OutSheet{s}}); err != nil {
		t.Fatal(err)
	}
	p, err := a.PreviewFill(t.Context(), FillRequest{Draft: mustDraft(t, a, path), Tables: map[int]FillChoice{0: {Ledger: "task"}}})
	if err != nil {
		t.Fatal(err)
	}
	told, titles := 0, 0
	for _, q := range p.Problems {
		if q.Level == model.Doubt && strings.Contains(q.Message, "下拉选项里（没有的类别）") {
			told++
		}
	}
	for _, c := range p.Tables[0].Cells {
		if strings.HasPrefix(c.Cell, "C") {
			t.Fatalf("%s = %q was not offered", c.Cell, c.Words)
		}
		if strings.HasPrefix(c.Cell, "B") {
			titles++
		}
	}
	if told == 0 || titles <= 2 {
		t.Errorf("%d told of %d rows", told, titles)
	}
}
