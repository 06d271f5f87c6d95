package reports_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/gui/page/reports"
	"xiangzhen/model/app"
)

// room is the page over the sample, with a folder to send forms into.
type room struct {
	*pagetest.Room
	page   *reports.Page
	out    string
	copied string
	last   kit.Toast
}

// undoLast does what the last word that was said offers.
func (r *room) undoLast() { r.last.OnAction() }

func newRoom(t *testing.T) *room {
	t.Helper()
	r := &room{Room: pagetest.New(t), out: filepath.Join(t.TempDir(), "下 发")}
	r.Folder = r.out
	say := r.Desk.Say
	r.Desk.Say = func(s kit.Toast) {
		r.last = s
		say(s)
	}
	r.Desk.Copy = func(words string) { r.copied = words }
	r.Desk.Files = func(chosen func([]string)) { chosen([]string{r.out}) }
	r.Desk.Save = func(name string, chosen func(string)) { chosen(filepath.Join(t.TempDir(), name)) }
	r.page = reports.New(r.App, r.Desk)
	r.Put(r.page)
	r.page.Show(page.Route{Page: page.Reports})
	return r
}

// issue sends what is looked at out, to all.
func (r *room) issue() {
	r.T.Helper()
	r.Tap("下发")
	r.Tap("选文件夹，生成 16 个表")
	r.NoErrors()
	r.Shows("已生成 16 个表格")
	r.Tap("关闭")
}

// returned sends the form out, gives 甲镇 values of its own for the first task of
// the first village, and answers the village's form with other ones: a conflict, a
// value out of range, and a sound change.
func (r *room) returned(t *testing.T) (path, task string) {
	t.Helper()
	ctx := context.Background()
	r.issue()
	forms, err := filepath.Glob(filepath.Join(r.out, "*.xlsx"))
	pagetest.Must(t, err)
	if len(forms) != 16 {
		t.Fatalf("%d forms went out, want 16", len(forms))
	}
	form := forms[0]
	village, _, _ := strings.Cut(filepath.Base(form), "任务")
	_, tasks, err := r.App.List(ctx, app.ListRequest{Ledger: "task", Where: []string{"unit=" + village, "state!=已办结"}})
	pagetest.Must(t, err)
	task = tasks.Records[0].ID
	_, err = r.App.Add(ctx, "progress", []app.Assignment{{Field: "task", Words: task}, {Field: "period", Words: "2026-11"}, {Field: "percent", Words: "60"}})
	pagetest.Must(t, err)
	path = filepath.Join(t.TempDir(), "收 到", village+"（最终2）.xlsx")
	pagetest.Answer(t, form, path, time.Date(2026, 11, 21, 9, 0, 0, 0, time.Local), map[int]map[string]string{
		1: {"完成比例": "45", "进展情况": "已完成主体"},
		2: {"完成比例": "110", "进展情况": "续聘 3 人"},
	})
	return path, task
}

func TestFront_SendsOutAndNamesTheSilent(t *testing.T) {
	r := newRoom(t)
	r.Shows("还没有下发")
	r.Shot("reports-empty")
	r.issue()
	r.Shows("应报 16", "未报 16", "复制催报文字")
	r.Tap("复制催报文字")
	if !strings.Contains(r.copied, "共 16 个") {
		t.Errorf("copied %q", r.copied)
	}
	r.Shot("reports-front")
}

func TestCollect_WritesNothingBeforeTheButton(t *testing.T) {
	r := newRoom(t)
	path, task := r.returned(t)
	before := r.progress(t, task)
	r.page.Show(page.Route{Page: page.Reports, Act: page.Collect, Paths: []string{path}})
	r.NoErrors()
	r.Shows("待核对", "冲突", "问题", "并入 1 个文件（可撤销）", "镇里现有", "60")
	r.Shot("reports-collect")
	if got := r.progress(t, task); got != before {
		t.Errorf("changed before the button: %s, was %s", got, before)
	}
	r.Tap("并入 1 个文件（可撤销）")
	r.NoErrors()
	if got := r.progress(t, task); !strings.Contains(got, "已完成主体") || !strings.Contains(got, "60") {
		t.Errorf("after merging: %s", got)
	}
	if !strings.Contains(r.Toast(), "1 行有问题未并入") {
		t.Errorf("said %q", r.Toast())
	}
	r.Shows("回执码")
	open, err := r.App.Conflicts(context.Background())
	pagetest.Must(t, err)
	if len(open) != 1 {
		t.Errorf("%d conflicts are open, want the one left to people", len(open))
	}
}

// The photos of a file are part of what it would do.
func TestCollect_SaysWherePhotosGo(t *testing.T) {
	r := newRoom(t)
	path, _ := r.returned(t)
	pagetest.Photograph(t, path, 1)
	pagetest.Photograph(t, path, -3)
	r.page.Show(page.Route{Page: page.Reports, Act: page.Collect, Paths: []string{path}})
	r.NoErrors()
	r.Shows("2 照片", "随表照片 2 张（1 张不收）")
	r.Shot("reports-collect-photos")
	r.Tap("随表照片 2 张（1 张不收）")
	r.Shows("随表照片 1 张，挂到“", "C1 的 1 张照片没有收：没有压在采用的事项上")
	r.Shot("reports-collect-photos-list")
	r.Tap("关闭")
	if m := r.page.Content().MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
		t.Errorf("needs %v", m)
	}
	r.Tap("并入 1 个文件（可撤销）")
	r.NoErrors()
	_, got, err := r.App.List(context.Background(), app.ListRequest{Ledger: "task", Where: []string{"files!="}})
	pagetest.Must(t, err)
	if got.Total != 1 {
		t.Errorf("%d records have the photo, want 1", got.Total)
	}
}

func TestCollect_CarriesOutWhatWasDecided(t *testing.T) {
	for label, want := range map[string]string{"采用村里的": "45", "保留镇里的": "60"} {
		t.Run(label, func(t *testing.T) {
			r := newRoom(t)
			path, task := r.returned(t)
			r.page.Show(page.Route{Page: page.Reports, Act: page.Collect, Paths: []string{path}})
			r.Tap(label)
			if got := r.progress(t, task); !strings.Contains(got, "60") {
				t.Errorf("decided before merging: %s", got)
			}
			r.Tap("并入 1 个文件（可撤销）")
			r.NoErrors()
			if got := r.progress(t, task); !strings.Contains(got, want) {
				t.Errorf("after %s: %s", label, got)
			}
			open, err := r.App.Conflicts(context.Background())
			pagetest.Must(t, err)
			if len(open) != 0 {
				t.Errorf("%d conflicts are still open", len(open))
			}
		})
	}
}

func TestCollect_NextGoesToTheProblemAndBackAgain(t *testing.T) {
	r := newRoom(t)
	path, _ := r.returned(t)
	r.page.Show(page.Route{Page: page.Reports, Act: page.Collect, Paths: []string{path}})
	if !r.page.Do(page.Next) {
		t.Fatal("F4 was not used")
	}
	r.Shows("错误", "110")
	r.Tap("复制更正通知")
	if !strings.Contains(r.copied, "请更正后重报") || !strings.Contains(r.copied, "1. ") {
		t.Errorf("copied %q", r.copied)
	}
}

func TestCollect_SaysWhatIsNoTable(t *testing.T) {
	r := newRoom(t)
	path, _ := r.returned(t)
	r.page.Show(page.Route{Page: page.Reports, Act: page.Collect, Paths: []string{path, "page_test.go"}})
	r.NoErrors()
	r.Shows("2 个文件", "跳过", "并入 1 个文件（可撤销）")
}

func TestConflicts_WaitUntilDecided(t *testing.T) {
	r := newRoom(t)
	path, task := r.returned(t)
	r.page.Show(page.Route{Page: page.Reports, Act: page.Collect, Paths: []string{path}})
	r.Tap("并入 1 个文件（可撤销）")
	r.page.Show(page.Route{Page: page.Reports, Filter: reports.Conflicts})
	r.Shows("待处理冲突", "1 处，决定之前保持原值", "下发时原值")
	r.Shot("reports-conflicts")
	r.Tap("采用村里的")
	r.NoErrors()
	if got := r.progress(t, task); !strings.Contains(got, "45") {
		t.Errorf("after the decision: %s", got)
	}
	r.Shows("0 处")
}

func TestReceipt_IsFoundByItsCode(t *testing.T) {
	r := newRoom(t)
	path, _ := r.returned(t)
	got, err := r.App.Collect(context.Background(), app.CollectRequest{Paths: []string{path}})
	pagetest.Must(t, err)
	r.Tap("查回执码")
	test.Type(r.Win.Canvas().Focused().(*kit.Entry), got[0].Receipt)
	r.Tap("查")
	r.NoErrors()
	r.Shows("2026年11月")
}

func TestPage_FitsTheSmallestScreen(t *testing.T) {
	r := newRoom(t)
	path, _ := r.returned(t)
	for _, route := range []page.Route{
		{Page: page.Reports}, {Page: page.Reports, Act: page.Collect, Paths: []string{path}}, {Page: page.Reports, Filter: reports.Conflicts},
	} {
		r.page.Show(route)
		if m := r.page.Content().MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
			t.Errorf("%+v needs %v", route, m)
		}
	}
}

// The views that have no route fit as well.
func TestViews_FitTheSmallestScreen(t *testing.T) {
	for _, label := range []string{"表样", "对比"} {
		r := newRoom(t)
		r.Tap(label)
		if m := r.page.Content().MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
			t.Errorf("%s needs %v", label, m)
		}
	}
}

// progress is what the ledger holds of a task's November.
func (r *room) progress(t *testing.T, task string) string {
	t.Helper()
	l, got, err := r.App.List(context.Background(), app.ListRequest{Ledger: "progress", Where: []string{"task=" + task, "period=2026-11"}})
	pagetest.Must(t, err)
	if len(got.Records) == 0 {
		return ""
	}
	rec := got.Records[0]
	show := func(key string) string { return l.Field(key).Show(rec.Get(key)) }
	return show("percent") + " " + show("text")
}
