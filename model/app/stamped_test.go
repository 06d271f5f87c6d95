package app

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xiangzhen/model"
)

// phoned takes in what a village said on the phone and returns the operation.
func phoned(t *testing.T, a *App, village, percent string) (op int64) {
	t.Helper()
	s := handOf(t, a, village)
	file, err := a.WriteByHand(context.Background(), HandRequest{Form: "task_month", Period: "2026-11", Area: s.Area.ID, By: ByPhone,
		Cells: []HandCell{{s.Rows[0].ID, "progress.percent", percent}, {s.Rows[0].ID, "progress.text", "报 " + percent}}})
	check(t, err)
	got := collect(t, a, file)[0]
	check(t, got.Err)
	return got.Op
}

// lineOf is a village's line among the receivers.
func lineOf(t *testing.T, a *App, village string) Standing {
	t.Helper()
	c, err := a.Missing(context.Background(), "task_month", "2026-11")
	check(t, err)
	for _, r := range c.Rows {
		if r.Area == village {
			return r
		}
	}
	t.Fatalf("%s is no receiver", village)
	return Standing{}
}

var aPDF = []byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF")

func stampFor(village string, paths ...string) StampRequest {
	return StampRequest{ReturnOf: ReturnOf{Form: "task_month", Period: "2026-11", Area: village}, Paths: paths}
}

func TestStamp_IsKeptBesideTheReturn(t *testing.T) {
	ctx := context.Background()
	a := openDemo(t)
	phoned(t, a, "青山村", "35")
	pdf, photo := writeSample(t, "盖章件.pdf", aPDF), writeSample(t, "照片.jpg", samplePhoto(t, 64, 48, 9))
	done, err := a.Stamp(ctx, stampFor("青山村", pdf))
	check(t, err)
	if done.Op == 0 || lineOf(t, a, "青山村").Stamped != 1 || lineOf(t, a, "柳河村").Stamped != 0 {
		t.Errorf("op %d, %+v, %+v", done.Op, lineOf(t, a, "青山村"), lineOf(t, a, "柳河村"))
	}
	for range 2 { // the second time it is there already
		_, err = a.Stamp(ctx, stampFor("青山村", photo))
		check(t, err)
	}
	what := stampFor("青山村").ReturnOf
	files, err := a.StampedFiles(ctx, what)
	check(t, err)
	if len(files) != 2 || files[0].Name != "盖章件.pdf" || files[0].Broken != "" || !files[1].Photo {
		t.Fatalf("%+v", files)
	}
	to := filepath.Join(t.TempDir(), "取 出.pdf")
	check(t, a.SaveStamped(ctx, what, "盖章件.pdf", to))
	if b, err := os.ReadFile(to); err != nil || !bytes.Equal(b, aPDF) {
		t.Errorf("%q, %v", b, err)
	}
	bare := filepath.Join(t.TempDir(), "照片.jpg")
	check(t, a.SaveStamped(ctx, what, "照片.jpg", bare))
	if b, err := os.ReadFile(bare); err != nil || bytes.Contains(b, []byte(secretPlace)) {
		t.Errorf("the place of the photo went out, %v", err)
	}
	_, err = a.Unstamp(ctx, what, "照片.jpg")
	check(t, err)
	if got := lineOf(t, a, "青山村"); got.Stamped != 1 {
		t.Errorf("after removing one: %+v", got)
	}
	_, err = a.Undo(ctx, done.Op)
	if got := lineOf(t, a, "青山村"); err != nil || got.Stamped != 0 {
		t.Errorf("after undoing the first: %+v, %v", got, err)
	}
}

// TestStamp_DoesNotHoldTheMergeBack: a return whose paper copy was kept can still be
// undone and taken in again.
func TestStamp_DoesNotHoldTheMergeBack(t *testing.T) {
	ctx := context.Background()
	a := openDemo(t)
	op := phoned(t, a, "青山村", "35")
	_, err := a.Stamp(ctx, stampFor("青山村", writeSample(t, "盖章件.pdf", aPDF)))
	check(t, err)
	undone, err := a.Undo(ctx, op)
	check(t, err)
	if got := lineOf(t, a, "青山村"); len(undone.Kept)+len(undone.Refused) > 0 || got.Status != StandMissing || got.Stamped != 0 {
		t.Errorf("%+v, %+v", undone, got)
	}
	_, err = a.Redo(ctx)
	check(t, err)
	if got := lineOf(t, a, "青山村"); got.Status != StandReported || got.Stamped != 1 || got.StampedBefore {
		t.Errorf("taken in again: %+v", got)
	}
}

func TestStamp_OfAnotherVersion(t *testing.T) {
	ctx := context.Background()
	a := openDemo(t)
	phoned(t, a, "青山村", "35")
	_, err := a.Stamp(ctx, stampFor("青山村", writeSample(t, "一.pdf", aPDF)))
	check(t, err)
	phoned(t, a, "青山村", "40")
	if got := lineOf(t, a, "青山村"); got.Stamped != 1 || !got.StampedBefore {
		t.Errorf("the paper of the first version stands for the second: %+v", got)
	}
	_, err = a.Stamp(ctx, stampFor("青山村", writeSample(t, "二.pdf", append(bytes.Clone(aPDF), '\n'))))
	check(t, err)
	if got := lineOf(t, a, "青山村"); got.Stamped != 2 || got.StampedBefore {
		t.Errorf("with its own: %+v", got)
	}
}

func TestStamp_Refuses(t *testing.T) {
	ctx := context.Background()
	a := openDemo(t)
	phoned(t, a, "青山村", "35")
	pdf := writeSample(t, "盖章件.pdf", aPDF)
	for words, req := range map[string]StampRequest{
		"还没有报来":  stampFor("柳河村", pdf),
		"不是 PDF": stampFor("青山村", pdf, writeSample(t, "假.pdf", []byte("hello"))),
		"请给出":    stampFor("青山村"),
		"认不出来":   stampFor("没有的村", pdf),
		"找不到文件":  stampFor("青山村", "没有.pdf"),
		"期间":     {ReturnOf: ReturnOf{Form: "task_month", Period: "十一月", Area: "青山村"}, Paths: []string{pdf}},
		"没有名为":   {ReturnOf: ReturnOf{Form: "没有的表", Period: "2026-11", Area: "青山村"}, Paths: []string{pdf}},
	} {
		if _, err := a.Stamp(ctx, req); err == nil || !strings.Contains(model.Sentence(err), words) {
			t.Errorf("%s: %v", words, err)
		}
	}
	what := stampFor("青山村").ReturnOf
	if got := lineOf(t, a, "青山村"); got.Stamped != 0 {
		t.Errorf("what was refused was kept in part: %+v", got)
	}
	if _, err := a.Unstamp(ctx, what, "盖章件.pdf"); model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("removing from nothing: %v", err)
	}
	if err := a.SaveStamped(ctx, what, "盖章件.pdf", filepath.Join(t.TempDir(), "x.pdf")); model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("taking out of nothing: %v", err)
	}
}
