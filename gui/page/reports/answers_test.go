package reports_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/gui/page/reports"
)

// collecting shows the returned file.
func collecting(t *testing.T) (r *room, task string) {
	t.Helper()
	r = newRoom(t)
	path, task := r.returned(t)
	r.page.Show(page.Route{Page: page.Reports, Act: page.Collect, Paths: []string{path}})
	return r, task
}

func (r *room) open(t *testing.T) int {
	t.Helper()
	items, err := r.App.Conflicts(context.Background())
	pagetest.Must(t, err)
	return len(items)
}

// TestCollect_DecidesInTheSameOperation: one undo takes file and decision back.
func TestCollect_DecidesInTheSameOperation(t *testing.T) {
	r, task := collecting(t)
	before := r.progress(t, task)
	r.Tap("采用村里的")
	r.Tap("并入 1 个文件（可撤销）")
	r.NoErrors()
	ops, err := r.App.Operations(context.Background(), 1, 0)
	pagetest.Must(t, err)
	if ops[0].Kind != "collect" {
		t.Fatalf("the last operation is %q, so the decision was one of its own", ops[0].Kind)
	}
	r.Desk.Undo(ops[0].ID)
	if got := r.progress(t, task); got != before || r.open(t) != 0 {
		t.Errorf("after the undo %q, was %q, %d open", got, before, r.open(t))
	}
}

func TestCollect_SendsTheMarkedFileBack(t *testing.T) {
	r, _ := collecting(t)
	r.Folder = filepath.Join(t.TempDir(), "退 回")
	for range 2 { // before and after taking it in
		r.Tap("退回更正")
		r.NoErrors()
		marked, err := filepath.Glob(filepath.Join(r.Folder, "*（问题）.xlsx"))
		pagetest.Must(t, err)
		if len(marked) != 1 || !strings.Contains(r.Toast(), "1 个文件") {
			t.Errorf("%d marked files, said %q", len(marked), r.Toast())
		}
		if r.Button("并入 1 个文件（可撤销）") != nil {
			r.Tap("并入 1 个文件（可撤销）")
		}
	}
}

func TestCollect_ShowsWhereTheColumnsAre(t *testing.T) {
	r, _ := collecting(t)
	r.Tap("查看列对应关系")
	r.Shot("reports-columns")
	r.Shows("列对应关系", "关闭", "进展情况")
	r.Tap("关闭")
	if r.Win.Canvas().Overlays().Top() != nil {
		t.Error("the dialog stays")
	}
}

// conflictList opens the list of conflicts with the keyboard in it.
func conflictList(t *testing.T) (*room, string, *grid.Grid) {
	t.Helper()
	r, task := collecting(t)
	r.Tap("并入 1 个文件（可撤销）")
	r.page.Show(page.Route{Page: page.Reports, Filter: reports.Conflicts})
	var list *grid.Grid
	pagetest.Walk(r.Win.Content(), func(o fyne.CanvasObject) {
		if g, is := o.(*grid.Grid); is {
			list = g
		}
	})
	return r, task, list
}

func TestConflicts_ByKey(t *testing.T) {
	r, task, list := conflictList(t)
	list.TypedRune('3')
	if r.open(t) != 1 {
		t.Error("leaving it decided it")
	}
	list.TypedRune('2')
	r.NoErrors()
	if got := r.progress(t, task); r.open(t) != 0 || !strings.Contains(got, "45") {
		t.Errorf("%d open, %s", r.open(t), got)
	}
	list.TypedRune('2') // nothing is left to decide
	r.NoErrors()
}

func TestConflicts_AllAlikeIsOneOperation(t *testing.T) {
	r, task, _ := conflictList(t)
	r.Said.Answer = false
	r.Tap("全部采用村里的")
	if r.open(t) != 1 {
		t.Error("no was taken for yes")
	}
	r.Said.Answer = true
	r.Tap("全部采用村里的")
	r.NoErrors()
	if got := r.progress(t, task); r.open(t) != 0 || !strings.Contains(got, "45") {
		t.Errorf("%d open, %s", r.open(t), got)
	}
	ops, err := r.App.Operations(context.Background(), 1, 0)
	pagetest.Must(t, err)
	if ops[0].Kind != "decide" {
		t.Errorf("the last operation is %q", ops[0].Kind)
	}
}
