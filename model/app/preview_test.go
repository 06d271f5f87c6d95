package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/sheet"
)

func previewOf(t testing.TB, a *App, paths ...string) []Previewed {
	t.Helper()
	out, err := a.Preview(context.Background(), paths, nil)
	check(t, err)
	return out
}

// cellOf finds the cell of a column in the row of a line of the form.
func cellOf(t testing.TB, p Previewed, line int, header string) PreviewCell {
	t.Helper()
	col := slices.IndexFunc(p.Columns, func(c PreviewColumn) bool { return strings.HasPrefix(c.Header, header) })
	row := slices.IndexFunc(p.Rows, func(r PreviewRow) bool { return r.Row == 4+line })
	if col < 0 || row < 0 {
		t.Fatalf("no column %s (%d) or no line %d (%d)", header, col, line, row)
	}
	return p.Rows[row].Cells[col]
}

// takeRowsOut deletes lines of a returned form, as a village does.
func takeRowsOut(t testing.TB, path string, lines ...int) string {
	t.Helper()
	e, err := sheet.Edit(path)
	check(t, err)
	defer e.Close()
	page := e.Sheets()[0]
	for _, line := range lines {
		for col := 1; col <= 40; col++ {
			check(t, e.Set(page, 4+line, col, ""))
		}
	}
	to := filepath.Join(t.TempDir(), "少 报", filepath.Base(path))
	check(t, e.SaveAs(to))
	return to
}

// TestPreview_SaysWhatCollectDoes shows a file cell by cell, writes nothing, and
// comes to what taking it in comes to.
func TestPreview_SaysWhatCollectDoes(t *testing.T) {
	a := openDemo(t)
	edit(t, a, "青山村", "30")
	before := state(t, a)
	file := respond(t, "青山村", "青山", noon, map[int]typed{
		1: {"完成比例": "45", "进展情况": "已过半"}, 2: {"完成比例": "110", "进展情况": "续聘 3 人"}, 9: {"事项": "自己加的事", "进展情况": "刚开始"}})
	p := previewOf(t, a, file)[0]
	check(t, p.Err)
	if after := state(t, a); after != before {
		t.Fatalf("a preview wrote:\n%s", diff(before, after))
	}
	if p.Area != "青山村" || p.Table.Key != "task_month" || p.Period != testPeriod || p.Status != statusProblem || p.Op != 0 {
		t.Errorf("%+v", p.FileResult)
	}
	conflict := cellOf(t, p, 1, "完成比例")
	if conflict.Outcome != exchange.Conflict || conflict.Conflict == nil {
		t.Fatalf("%+v", conflict)
	}
	c := conflict.Conflict
	if c.Ours != "30" || c.Theirs[0].Value != "45" || c.Theirs[0].Sender != "青山村" || c.Theirs[0].File != "青山.xlsx" || c.OursBy == "" {
		t.Errorf("%+v", c)
	}
	if text := cellOf(t, p, 1, "进展情况"); text.Outcome != exchange.Take || text.Text != "已过半" {
		t.Errorf("%+v", text)
	}
	if held := cellOf(t, p, 2, "完成比例"); held.Outcome != exchange.Held || held.Text != "110" || len(held.Problems) == 0 {
		t.Errorf("%+v", held)
	}
	if added := cellOf(t, p, 9, "事项"); added.Text != "自己加的事" || len(added.Problems) == 0 {
		t.Errorf("%+v", added)
	}
	done := collect(t, a, file)[0]
	if done.Counts != p.Counts || done.Receipt != p.Receipt {
		t.Errorf("seen %+v %s, done %+v %s", p.Counts, p.Receipt, done.Counts, done.Receipt)
	}
	open, err := a.Conflicts(context.Background())
	check(t, err)
	if len(open) != 1 || open[0].ID != c.ID || open[0].Theirs[0] != c.Theirs[0] || open[0].Base != c.Base || open[0].Ours != c.Ours {
		t.Errorf("open %+v, seen %+v", open, c)
	}
	if again := previewOf(t, a, file)[0]; again.Status != statusRepeat || len(again.General) != 0 {
		t.Errorf("again %+v", again.FileResult)
	}
}

func TestPreview_ColumnsAndTwins(t *testing.T) {
	a := openDemo(t)
	one := respond(t, "青山村", "一", noon, map[int]typed{1: {"完成比例": "60"}})
	two := respond(t, "青山村", "二", noon.Add(time.Hour), map[int]typed{1: {"完成比例": "75"}})
	junk := filepath.Join(t.TempDir(), "扫描件.pdf")
	check(t, os.WriteFile(junk, []byte("%PDF-1.4"), 0o644))
	var told []string
	files, err := a.Preview(context.Background(), []string{one, two, junk}, func(done, total int, file string) { told = append(told, file) })
	check(t, err)
	slices.Sort(told) // files are planned side by side: who is first is not said
	if len(files) != 3 || !slices.Equal(told, []string{"一.xlsx", "二.xlsx", "扫描件.pdf"}) {
		t.Fatalf("%d files, told %v", len(files), told)
	}
	if w := files[0].Warnings; len(w) != 1 || !strings.Contains(w[0], "“二.xlsx”") {
		t.Errorf("the other file of the village: %v", w)
	}
	if files[2].Plan() != nil || model.CodeOf(files[2].Err) != model.CodeUnsupported || files[0].Plan() == nil {
		t.Errorf("%+v", files[2])
	}
	i := slices.IndexFunc(files[0].Columns, func(c PreviewColumn) bool { return c.Path == "progress.percent" })
	if c := files[0].Columns[i]; c.Col == "" || !strings.HasPrefix(c.Found, "完成比例") || !c.Fill {
		t.Errorf("%+v", c)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := a.Preview(ctx, []string{one}, nil); err == nil {
		t.Error("a cancelled preview goes on")
	}
}

// TestCollect_AnswersBeforehand decides a conflict in the operation that takes the
// file in: undoing that undoes the decision.
func TestCollect_AnswersBeforehand(t *testing.T) {
	for choice, want := range map[string]string{TakeOurs: "30", TakeTheirs: "45", "52": "52"} {
		a := openDemo(t)
		edit(t, a, "青山村", "30")
		before := state(t, a)
		file := respond(t, "青山村", "青山", noon, map[int]typed{1: {"完成比例": "45"}})
		c := cellOf(t, previewOf(t, a, file)[0], 1, "完成比例").Conflict
		answer := Answer{Conflict: c.ID, Choice: choice, Side: &c.Theirs[0], Reason: "已电话核实"}
		results, err := a.Collect(context.Background(), CollectRequest{Paths: []string{file}, Receipts: t.TempDir(), Answers: []Answer{answer}})
		check(t, err)
		if results[0].Decided != 1 || results[0].Undecided() {
			t.Errorf("%s: %+v", choice, results[0])
		}
		_, page, err := a.List(context.Background(), ListRequest{Ledger: "progress", Where: []string{"task=" + taskOf(t, a, c.Record), "period=2026-11"}})
		check(t, err)
		if f := a.Catalog().Ledger("progress").Field("percent"); f.Show(page.Records[0].Get("percent")) != want {
			t.Errorf("%s: %s", choice, f.Show(page.Records[0].Get("percent")))
		}
		_, err = a.Undo(context.Background(), results[0].Op)
		check(t, err)
		if after := state(t, a); after != before {
			t.Errorf("%s: undo left\n%s", choice, diff(before, after))
		}
	}
}

func taskOf(t testing.TB, a *App, progress string) string {
	t.Helper()
	_, rec, err := a.Get(context.Background(), "progress", progress)
	check(t, err)
	return rec.Get("task").ID
}

// TestCollect_AnswerThatFitsNoMore leaves the conflict open.
func TestCollect_AnswerThatFitsNoMore(t *testing.T) {
	a := openDemo(t)
	edit(t, a, "青山村", "30")
	file := respond(t, "青山村", "青山", noon, map[int]typed{1: {"完成比例": "45"}})
	c := cellOf(t, previewOf(t, a, file)[0], 1, "完成比例").Conflict
	other := c.Theirs[0]
	other.File = "别的.xlsx"
	results, err := a.Collect(context.Background(), CollectRequest{Paths: []string{file}, Receipts: t.TempDir(),
		Answers: []Answer{{Conflict: c.ID, Choice: TakeTheirs, Side: &other}, {Conflict: "none", Choice: TakeOurs}}})
	check(t, err)
	if r := results[0]; r.Decided != 0 || len(r.Warnings) != 1 || !r.Undecided() {
		t.Errorf("%+v", r)
	}
}

// TestCollect_DropsRowsOnlyWhereAsked keeps a row that did not come back, unless
// its deletion was accepted.
func TestCollect_DropsRowsOnlyWhereAsked(t *testing.T) {
	a := openDemo(t)
	file := takeRowsOut(t, respond(t, "青山村", "青山", noon, map[int]typed{1: {"完成比例": "60"}}), 2)
	p := previewOf(t, a, file)[0]
	i := slices.IndexFunc(p.Rows, func(r PreviewRow) bool { return r.Kind == exchange.RowMissing })
	if i < 0 || p.Rows[i].Record == "" {
		t.Fatalf("no missing row with its record: %+v", p.Counts)
	}
	gone := p.Rows[i]
	for _, drop := range [][]string{nil, {gone.Record}} {
		b := openDemo(t)
		results, err := b.Collect(context.Background(), CollectRequest{Paths: []string{file}, Receipts: t.TempDir(), Drop: drop})
		check(t, err)
		_, _, err = b.Get(context.Background(), "task", gone.Record)
		if kept := err == nil; kept != (len(drop) == 0) || results[0].Dropped != len(drop) {
			t.Errorf("asked to drop %v: kept %v, %+v", drop, kept, results[0])
		}
		if len(drop) == 0 {
			continue
		}
		_, err = b.Undo(context.Background(), results[0].Op)
		check(t, err)
		if _, rec, err := b.Get(context.Background(), "task", gone.Record); err != nil || rec.ID != gone.Record {
			t.Errorf("undo did not bring it back: %v", err)
		}
	}
}

func TestDecideMany_AllOrNone(t *testing.T) {
	a := openDemo(t)
	edit(t, a, "青山村", "30")
	edit(t, a, "白石村", "31")
	collect(t, a, respond(t, "青山村", "青山", noon, map[int]typed{1: {"完成比例": "45"}}), respond(t, "白石村", "白石", noon, map[int]typed{1: {"完成比例": "46"}}))
	open, err := a.Conflicts(context.Background())
	check(t, err)
	if len(open) != 2 {
		t.Fatalf("%d conflicts", len(open))
	}
	ctx := context.Background()
	if _, err := a.DecideMany(ctx, []Answer{{Conflict: open[0].ID, Choice: TakeOurs}, {Conflict: open[1].ID, Choice: "不是数"}}); err == nil {
		t.Error("a value that is none was taken")
	}
	if again, err := a.Conflicts(ctx); err != nil || len(again) != 2 {
		t.Errorf("%d open after a refusal, %v", len(again), err)
	}
	done, err := a.DecideMany(ctx, []Answer{{Conflict: open[0].ID, Choice: TakeOurs, Reason: "一致"}, {Conflict: open[1].ID, Choice: TakeTheirs, Reason: "一致"}})
	check(t, err)
	if again, err := a.Conflicts(ctx); err != nil || len(again) != 0 || done.Op == 0 {
		t.Errorf("%d open, op %d, %v", len(again), done.Op, err)
	}
}

func TestSendBack_MarksTheSendersOwnFile(t *testing.T) {
	a := openDemo(t)
	bad := collect(t, a, respond(t, "青山村", "青山", noon, map[int]typed{1: {"完成比例": "160"}}))[0]
	fine := collect(t, a, respond(t, "白石村", "白石", noon, map[int]typed{1: {"完成比例": "60"}}))[0]
	dir := t.TempDir()
	to, err := SendBack(dir, bad)
	check(t, err)
	if filepath.Base(to) != "青山（问题）.xlsx" {
		t.Errorf("%s", to)
	}
	if _, err := os.Stat(to); err != nil {
		t.Error(err)
	}
	if to, err := SendBack(dir, fine); err != nil || to != "" {
		t.Errorf("nothing to mark: %q, %v", to, err)
	}
}
