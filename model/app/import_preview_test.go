package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

// foreign writes a table as a village makes it: a title merged over it, a column that
// is only like a field, one that is none, a sum.
func foreign(t testing.TB, name string) string {
	t.Helper()
	rows := [][]string{
		{"2026年重点工作任务清单"},
		{"序号", "任务名称", "责任单位", "完成时限", "具体责任任人", "督导组评价", "完成比例"},
		{"1", "整修村口水渠", "青山村", "2026-12-20", "李示例一", "较好", "45"},
		{"2", "清理河道垃圾", "青山村", "2026-11-30", "", "", "0.4"},
		{"3", "栽植行道树", "青山村", "2026年底", "", "一般", "110"},
		{"合计", "", "", "", "", "", ""},
	}
	out := sheet.OutSheet{Name: "任务", Merges: []sheet.Range{{R1: 1, C1: 1, R2: 1, C2: 7}}}
	for _, row := range rows {
		r := sheet.OutRow{}
		for _, words := range row {
			r.Cells = append(r.Cells, sheet.TextCell(words, sheet.Style{}))
		}
		out.Rows = append(out.Rows, r)
	}
	path := filepath.Join(t.TempDir(), name)
	check(t, sheet.Write(path, &sheet.Out{Sheets: []sheet.OutSheet{out}}))
	return path
}

func draftOf(t testing.TB, a *App, path string) *Draft {
	t.Helper()
	drafts, err := a.ReadDrafts(context.Background(), []string{path}, nil)
	check(t, err)
	return drafts[0]
}

func previewDraft(t testing.TB, a *App, d *Draft, c DraftChoice) DraftPreview {
	t.Helper()
	got, err := a.PreviewDraft(context.Background(), DraftRequest{d, c})
	check(t, err)
	return got
}

func takeDraft(t testing.TB, a *App, d *Draft, c DraftChoice) FileResult {
	t.Helper()
	got, err := a.TakeDrafts(context.Background(), []DraftRequest{{d, c}}, nil)
	check(t, err)
	check(t, got[0].Err)
	return got[0]
}

// columnOf finds a column by its header.
func columnOf(t testing.TB, p TablePreview, header string) DraftColumn {
	t.Helper()
	i := slices.IndexFunc(p.Columns, func(c DraftColumn) bool { return c.Header == header })
	if i < 0 {
		t.Fatalf("no column %s in %+v", header, p.Columns)
	}
	return p.Columns[i]
}

func TestDraft_ASuggestionIsNeverApplied(t *testing.T) {
	a := openDemo(t)
	before := state(t, a)
	p := previewDraft(t, a, draftOf(t, a, foreign(t, "来表.xlsx")), DraftChoice{}).Tables[0]
	if after := state(t, a); after != before {
		t.Fatalf("a preview wrote:\n%s", diff(before, after))
	}
	for header, want := range map[string]struct {
		path exchange.Path
		how  exchange.How
	}{
		"序号": {exchange.PathSeq, exchange.HowExact}, "任务名称": {"title", exchange.HowExact}, "完成比例": {"progress.percent", exchange.HowExact},
		"具体责任任人": {"person", exchange.HowSuggested}, "督导组评价": {"", ""},
	} {
		if c := columnOf(t, p, header); c.Path != want.path || c.How != want.how {
			t.Errorf("%s goes to %q by %q, want %+v", header, c.Path, c.How, want)
		}
	}
	if !columnOf(t, p, "具体责任任人").Pending() || columnOf(t, p, "任务名称").Sample != "整修村口水渠" {
		t.Errorf("%+v", p.Columns)
	}
	for _, row := range p.Plan.Rows {
		for _, rp := range row.Records {
			if slices.ContainsFunc(rp.Fields, func(f exchange.FieldPlan) bool { return f.Field == "person" }) {
				t.Errorf("row %d takes the suggested column", row.Row)
			}
		}
	}
}

func TestDraft_RemembersWhatWasConfirmed(t *testing.T) {
	a := openDemo(t)
	ctx := context.Background()
	choice := DraftChoice{Tables: map[int]TableChoice{0: {Columns: map[int]exchange.Path{5: "person", 4: ""}}}}
	done := takeDraft(t, a, draftOf(t, a, foreign(t, "来表.xlsx")), choice)
	if done.Counts.Add+done.Counts.Problem != 3 || done.Op == 0 {
		t.Fatalf("%+v", done.Counts)
	}
	_, got, err := a.List(ctx, ListRequest{Ledger: ledgers.Task, Where: []string{"title=整修村口水渠"}})
	check(t, err)
	if rec := got.Records[0]; rec.Get("person").Text != "李示例一" || rec.Get("due").Set {
		t.Errorf("person %q, due %v", rec.Get("person").Text, rec.Get("due"))
	}
	again := previewDraft(t, a, draftOf(t, a, foreign(t, "下月来表.xlsx")), DraftChoice{}).Tables[0]
	if c := columnOf(t, again, "具体责任任人"); c.How != exchange.HowRemembered || c.Path != "person" {
		t.Errorf("%+v", c)
	}
	if c := columnOf(t, again, "完成时限"); c.Path != "" {
		t.Errorf("left out before, and now %+v", c)
	}
	plans, err := a.Import(ctx, ImportRequest{Files: []string{foreign(t, "命令行.xlsx")}, DryRun: true})
	check(t, err)
	if w := strings.Join(plans[0].Warnings, ""); strings.Contains(w, "像是") {
		t.Errorf("the command line asks again: %s", w)
	}
	_, err = a.Undo(ctx, done.Op)
	check(t, err)
	again = previewDraft(t, a, draftOf(t, a, foreign(t, "来表.xlsx")), DraftChoice{}).Tables[0]
	if c := columnOf(t, again, "具体责任任人"); c.How != exchange.HowSuggested {
		t.Errorf("remembered beyond the undo: %+v", c)
	}
}

func TestDraft_TheLatestWordCountsAndAddsToTheOlder(t *testing.T) {
	a := openDemo(t)
	say := func(columns map[int]exchange.Path) {
		takeDraft(t, a, draftOf(t, a, foreign(t, "来表.xlsx")), DraftChoice{Tables: map[int]TableChoice{0: {Columns: columns}}})
	}
	say(map[int]exchange.Path{5: "person"})
	say(map[int]exchange.Path{5: "coop", 6: "remark"})
	p := previewDraft(t, a, draftOf(t, a, foreign(t, "来表.xlsx")), DraftChoice{}).Tables[0]
	if c, d := columnOf(t, p, "具体责任任人"), columnOf(t, p, "督导组评价"); c.Path != "coop" || d.Path != "remark" {
		t.Errorf("%+v %+v", c, d)
	}
}

func TestDraft_FixesGoToAllAlikeAndLeaveTheFile(t *testing.T) {
	a := openDemo(t)
	path := foreign(t, "来表.xlsx")
	before, err := os.ReadFile(path)
	check(t, err)
	d := draftOf(t, a, path)
	p := previewDraft(t, a, d, DraftChoice{}).Tables[0]
	faults := func(p TablePreview) (cells []string) {
		for _, q := range p.Plan.Problems {
			if q.Level == model.Fault {
				cells = append(cells, q.Cell)
			}
		}
		return cells
	}
	if got := faults(p); !slices.Equal(got, []string{"G4", "G5"}) {
		t.Fatalf("wrong are %v, want 0.4, which may be two things, and 110", got)
	}
	i := slices.IndexFunc(p.Plan.Problems, func(q model.Problem) bool { return q.Cell == "G4" })
	q := p.Plan.Problems[i]
	fixed := previewDraft(t, a, d, DraftChoice{Corrections: p.Plan.Apply(q, q.Fixes[0])}).Tables[0]
	if got := faults(fixed); !slices.Equal(got, []string{"G5"}) {
		t.Errorf("after the fix wrong are %v", got)
	}
	if row, col, ok := fixed.Sheet.Place("G4"); !ok || fixed.Sheet.At(row, col).Text != "0.4" {
		t.Error("the sheet does not look as the sender made it")
	}
	after, err := os.ReadFile(path)
	check(t, err)
	if string(before) != string(after) {
		t.Error("the sender's file was changed")
	}
}

func TestDraft_LedgerNobodyKnows(t *testing.T) {
	a := openDemo(t)
	path := filepath.Join(t.TempDir(), "杂.csv")
	check(t, os.WriteFile(path, []byte("甲列,乙列\n一,二\n三,四\n"), 0o600))
	d := draftOf(t, a, path)
	check(t, d.Err)
	if p := previewDraft(t, a, d, DraftChoice{}).Tables[0]; p.Ledger != "" || p.Plan != nil {
		t.Errorf("guessed %s", p.Ledger)
	}
	choice := DraftChoice{Tables: map[int]TableChoice{0: {Ledger: ledgers.Task, Columns: map[int]exchange.Path{1: "title", 2: "unit"}}}}
	if p := previewDraft(t, a, d, choice).Tables[0]; p.Plan == nil || p.Plan.Counts().Add != 2 {
		t.Fatalf("%+v", p.Plan)
	}
	takeDraft(t, a, d, choice)
	if p := previewDraft(t, a, draftOf(t, a, path), DraftChoice{}).Tables[0]; p.Ledger != ledgers.Task || p.Plan.Counts().Same != 2 {
		t.Errorf("the ledger was not remembered: %+v", p.Ledger)
	}
	choice.Tables = map[int]TableChoice{0: {Leave: true}}
	if p := previewDraft(t, a, d, choice); p.Tables[0].Plan != nil || !p.Tables[0].Leave {
		t.Error("a table that is left out is planned")
	}
}

func TestDraft_RefusedFilesSayWhy(t *testing.T) {
	a := openDemo(t)
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "a.pdf"), []byte("%PDF-1.4\n"), 0o600))
	check(t, os.WriteFile(filepath.Join(dir, "b.csv"), []byte(""), 0o600))
	seen := 0
	drafts, err := a.ReadDrafts(context.Background(), []string{dir}, func(done, total int, _ string) { seen = total })
	check(t, err)
	for _, d := range drafts {
		if model.Sentence(d.Err) == "" {
			t.Errorf("%s is taken", d.Name)
		}
		if p := previewDraft(t, a, d, DraftChoice{}); p.Err == nil || len(p.Tables) > 0 {
			t.Errorf("%s has a plan", d.Name)
		}
	}
	if len(drafts) != 2 || seen != 2 {
		t.Errorf("%d files, told of %d", len(drafts), seen)
	}
}

func TestReadWords_TableOrChat(t *testing.T) {
	a := openDemo(t)
	for words, want := range map[string]string{
		"任务名称\t责任单位\n修渠\t青山村\n":                "任务名称 责任单位",
		"1. 青山村 12户 已完成\n2. 柳河村 无\n":           "村名 数量 内容",
		"#接龙\n1、青山村：3处\n2、柳河村：已清理 2 处\n谢谢大家\n": "村名 数量 内容",
	} {
		d, err := a.ReadWords(context.Background(), "", words)
		check(t, err)
		check(t, d.Err)
		var heads []string
		for _, c := range previewDraft(t, a, d, DraftChoice{}).Tables[0].Columns {
			heads = append(heads, c.Header)
		}
		if got := strings.Join(heads, " "); got != want {
			t.Errorf("%q has the heads %s, want %s", words, got, want)
		}
	}
	if _, err := a.ReadWords(context.Background(), "", ""); err == nil {
		t.Error("nothing was taken for a table")
	}
}

func TestSheetView_ShowsTheSheetAsItLooks(t *testing.T) {
	a := openDemo(t)
	view := previewDraft(t, a, draftOf(t, a, foreign(t, "来表.xlsx")), DraftChoice{}).Tables[0].Sheet
	if c := view.At(1, 1); c.Text != "2026年重点工作任务清单" || c.Span != 7 || c.Covered {
		t.Errorf("title %+v", c)
	}
	if c := view.At(1, 3); c.Text != "" || !c.Covered || c.Span != 0 {
		t.Errorf("under the title %+v", c)
	}
	if rows, cols := view.Extent(); rows != 6 || cols != 7 {
		t.Errorf("%d × %d", rows, cols)
	}
	if view.Letter(3) != "C" || view.Address(3, 2) != "B3" {
		t.Error("places are named wrongly")
	}
}

// TestSheetView_MasksWhatIsSensitive also where the column is only like a field.
func TestSheetView_MasksWhatIsSensitive(t *testing.T) {
	a := openDemo(t)
	path := filepath.Join(t.TempDir(), "人员.csv")
	check(t, os.WriteFile(path, []byte("姓名,单位,证件\n李示例一,青山村,110101199003070011\n李示例二,青山村,110101199003070038\n李示例三,青山村,110101199003070054\n"), 0o600))
	p := previewDraft(t, a, draftOf(t, a, path), DraftChoice{Tables: map[int]TableChoice{0: {Ledger: "person"}}}).Tables[0]
	if got := p.Sheet.At(2, 3).Text; !strings.Contains(got, "*") || strings.Contains(columnOf(t, p, "证件").Sample, "0011") {
		t.Errorf("shows %q, %+v", got, columnOf(t, p, "证件"))
	}
	if got := p.Sheet.At(1, 3).Text; got != "证件" {
		t.Errorf("the head is %q", got)
	}
}

func TestSeenWords(t *testing.T) {
	for want, c := range map[string]sheet.Cell{
		"2026-11-20": {Kind: sheet.Number, Num: 46346, Text: "46346", Date: true},
		"28.5%":      {Kind: sheet.Number, Num: 0.285, Text: "0.285", Format: "0.0%"},
		"12.5":       {Kind: sheet.Number, Num: 12.5, Text: "12.5"},
		"#REF!":      {Kind: sheet.ErrorValue, Text: "#REF!"},
		"青山村":        {Kind: sheet.Text, Text: " 青山村 "},
	} {
		if got := seenWords(c, false); got != want {
			t.Errorf("%+v shows %q, want %q", c, got, want)
		}
	}
}

func TestSortFiles_ByWhatIsInThem(t *testing.T) {
	a := openDemo(t)
	back := respond(t, "青山村", "随便什么名字", noon, map[int]typed{1: {"完成比例": "45"}})
	other := foreign(t, "青山村任务月报.xlsx")
	returns, others, err := a.SortFiles(context.Background(), []string{back, other})
	check(t, err)
	if !slices.Equal(returns, []string{back}) || !slices.Equal(others, []string{other}) {
		t.Errorf("%v %v", returns, others)
	}
}
