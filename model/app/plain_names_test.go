package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/text"
)

// turned is a name or a value that shows itself as something else.
const turned = "外\u202e来\u2066的\u200f\x01"

// showsPlainly fails where words would turn the line that shows them.
func showsPlainly(t testing.TB, what string, words ...string) {
	t.Helper()
	for _, w := range words {
		for line := range strings.SplitSeq(w, "\n") {
			if text.Plain(line) != line {
				t.Errorf("%s shows %q", what, line)
			}
		}
	}
}

// TestCollect_ForeignNames: what a village sends is shown and kept plainly: the name of
// the file, what stands in its cells, whether it is taken or held back.
func TestCollect_ForeignNames(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	made := respond(t, "青山村", "青山", noon, map[int]typed{1: {"进展情况": turned + "进展"}, 2: {"完成比例": "一" + turned}})
	path := filepath.Join(filepath.Dir(made), turned+".xlsx")
	check(t, os.Rename(made, path))
	seen, err := a.Preview(ctx, []string{path}, func(_, _ int, file string) { showsPlainly(t, "progress", file) })
	check(t, err)
	for _, f := range seen {
		showsPlainly(t, "preview", f.Warnings...)
		for _, row := range f.Rows {
			for _, c := range row.Cells {
				showsPlainly(t, "cell "+c.Cell, c.Text, c.Before)
			}
		}
	}
	r := collect(t, a, path)[0]
	if r.Counts.Problem == 0 || r.Counts.Update == 0 {
		t.Fatalf("%+v", r.Counts)
	}
	for _, p := range r.Problems {
		showsPlainly(t, "problem", p.Message, p.Suggestion)
	}
	for _, key := range []string{ledgers.Submission, ledgers.Progress} {
		l, page, err := a.List(ctx, ListRequest{Ledger: key})
		check(t, err)
		for _, rec := range page.Records {
			for i := range l.Fields {
				showsPlainly(t, key+" "+l.Fields[i].Key, l.Fields[i].Show(rec.Get(l.Fields[i].Key)))
			}
		}
	}
	ops, err := a.Operations(ctx, 5, 0)
	check(t, err)
	for _, op := range ops {
		showsPlainly(t, "operation", fmt.Sprint(op.Label))
	}
}

// TestForeignNames_InSentences: a file that is refused is named plainly.
func TestForeignNames_InSentences(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	task := aTask(t, a)
	for name, content := range map[string]string{".xlsx": "no workbook", ".docx": "PK\x03\x04", ".zip": "PK\x03\x04", ".csv": "甲,乙\n1,2"} {
		path := writeSample(t, turned+name, []byte(content))
		results, err := a.Collect(ctx, CollectRequest{Paths: []string{path}})
		showsPlainly(t, name, model.Sentence(err))
		for _, r := range results {
			showsPlainly(t, name, model.Sentence(r.Err))
		}
		imported, err := a.Import(ctx, ImportRequest{Files: []string{path}, DryRun: true})
		showsPlainly(t, name, model.Sentence(err))
		for _, r := range imported {
			showsPlainly(t, name, append(r.Warnings, model.Sentence(r.Err))...)
		}
		if _, err = a.Attach(ctx, AttachRequest{Ledger: "任务", ID: task.ID, Paths: []string{path + "没有"}}); err == nil {
			t.Error("a file that is not there")
		}
		showsPlainly(t, name, model.Sentence(err))
	}
	attach(t, a, task.ID, writeSample(t, turned+".pdf", []byte("%PDF")))
	for _, f := range attached(t, a, task.ID) {
		showsPlainly(t, "attachment", f.Name)
	}
}

// TestRefusals_ForeignNames: a sentence that refuses a file names it plainly.
func TestRefusals_ForeignNames(t *testing.T) {
	ctx, a := context.Background(), openDemo(t)
	made := respond(t, "青山村", "青山", noon, nil)
	path := filepath.Join(filepath.Dir(made), turned+".xlsx")
	check(t, os.Rename(made, path))
	_, err := a.Answer(ctx, path, filepath.Join(t.TempDir(), "答.xlsx"))
	wantCode(t, err, model.CodeInvalid)
	showsPlainly(t, "answer", model.Sentence(err))
	got, err := a.Import(ctx, ImportRequest{Files: []string{exportAt(t, turned+".xlsx", "", asExported(t, a)[:3])}, Mirror: true})
	check(t, err)
	wantCode(t, got[0].Err, model.CodeInvalid)
	showsPlainly(t, "export of the system", model.Sentence(got[0].Err))
}
