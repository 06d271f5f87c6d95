package importing_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/importing"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// room is the page over the sample.
type room struct {
	*pagetest.Room
	page   *importing.Page
	chosen []string // the answer where files are asked for
	status string
}

func newRoom(t *testing.T) *room {
	t.Helper()
	r := &room{Room: pagetest.New(t)}
	r.Desk.Files = func(chosen func([]string)) { chosen(r.chosen) }
	r.Desk.Status = func(words string) { r.status = words }
	r.page = importing.New(r.App, r.Desk)
	r.Put(r.page)
	r.page.Show(page.Route{Page: page.Import})
	return r
}

// village is a table as a village sends it: a title, merged heads of two rows, a
// column that is only like a field, one that is none, a sum, a note.
func village(t *testing.T) string {
	return pagetest.Workbook(t, "青山村任务表（终版）.xlsx",
		[][2]string{{"A1", "I1"}, {"A3", "A4"}, {"B3", "B4"}, {"C3", "C4"}, {"D3", "E3"}, {"F3", "F4"}, {"G3", "G4"}, {"H3", "H4"}, {"I3", "I4"}},
		[]string{"2026年乡村振兴重点工作任务清单"},
		[]string{"填报单位：青山村", "", "", "", "", "", "填报时间：2026年11月20日"},
		[]string{"序号", "任务名称", "责任单位", "时间安排", "", "目标量", "完成比例", "具体责任任人", "督导组评价"},
		[]string{"", "", "", "交办时间", "完成时限", "", "", "", ""},
		[]string{"1", "整修村口水渠", "青山村", "2026-10-08", "2026-12-20", "12公里", "45", "李示例一", "较好"},
		[]string{"2", "清理河道垃圾", "青山村", "2026-10-08", "2026-11-30", "3", "110", "", ""},
		[]string{"3", "栽植行道树", "青山村", "2026-10-08", "2026年底", "200", "", "", "一般"},
		[]string{"合计", "", "", "", "", "215", "", "", ""},
		[]string{"注：请于每月 25 日前报送。"})
}

// grids are the grids in sight: the files, the sheet, what is below it.
func (r *room) grids() []*grid.Grid {
	var out []*grid.Grid
	pagetest.Walk(r.Win.Content(), func(o fyne.CanvasObject) {
		if g, is := o.(*grid.Grid); is {
			out = append(out, g)
		}
	})
	return out
}

func (r *room) tasks(t *testing.T, words string) int {
	t.Helper()
	_, got, err := r.App.List(context.Background(), app.ListRequest{Ledger: ledgers.Task, Where: []string{"title=" + words}})
	pagetest.Must(t, err)
	return len(got.Records)
}

func (r *room) open(t *testing.T, paths ...string) {
	t.Helper()
	r.page.Show(page.Route{Page: page.Import, Paths: paths})
	r.NoErrors()
}

func TestPage_SaysWhatToDoWhenEmpty(t *testing.T) {
	r := newRoom(t)
	r.Shot("import-empty")
	r.Shows("还没有要导入的表", "添加文件", "粘贴表格或文字")
	r.chosen = []string{village(t)}
	r.Tap("添加文件")
	r.NoErrors()
	r.Shows("导入到“任务”")
}

func TestPage_WritesNothingBeforeTheButton(t *testing.T) {
	r := newRoom(t)
	r.open(t, village(t))
	r.Shot("import-columns")
	r.Shows("导入到“任务”", "表头第 3–4 行，数据第 5–7 行", "导入 3 行（可撤销）")
	if r.tasks(t, "整修村口水渠") != 0 {
		t.Fatal("written before the button")
	}
	r.Tap("导入 3 行（可撤销）")
	r.NoErrors()
	if r.tasks(t, "整修村口水渠") != 1 || !strings.Contains(r.Toast(), "已导入 1 个文件") {
		t.Errorf("said %q", r.Toast())
	}
	r.Shows("已导入：新增 2 行，有错 1 行", "撤销")
	r.Shot("import-done")
	r.Tap("撤销")
	if r.tasks(t, "整修村口水渠") != 0 {
		t.Error("still there after the undo")
	}
	r.Shows("导入 3 行（可撤销）")
}

// TestPage_FreezesWhatWasTakenIn: the plan as it was carried out stays on screen.
func TestPage_FreezesWhatWasTakenIn(t *testing.T) {
	r := newRoom(t)
	r.open(t, village(t))
	r.Tap("导入 3 行（可撤销）")
	pagetest.Must(t, r.App.ActAs(context.Background(), ""))
	r.page.Show(page.Route{Page: page.Import})
	r.Shows("已导入")
	if b := r.Button("导入"); b == nil || !b.Disabled() {
		t.Error("it can be taken in twice")
	}
}

func TestPage_AsksBeforeItBelievesAColumn(t *testing.T) {
	r := newRoom(t)
	r.open(t, village(t))
	r.Shows("确认这一列")
	r.Tap("确认这一列")
	r.NoErrors()
	r.Tap("导入 3 行（可撤销）")
	_, got, err := r.App.List(context.Background(), app.ListRequest{Ledger: ledgers.Task, Where: []string{"title=整修村口水渠"}})
	pagetest.Must(t, err)
	if person := got.Records[0].Get("person").Text; person != "李示例一" {
		t.Errorf("responsible %q", person)
	}
}

func TestPage_RefusedFileSaysWhy(t *testing.T) {
	r := newRoom(t)
	pdf := filepath.Join(t.TempDir(), "通知.pdf")
	pagetest.Must(t, os.WriteFile(pdf, []byte("%PDF-1.4\n"), 0o600))
	r.open(t, pdf, village(t))
	r.Shows("PDF")
}

func TestPage_PastedWordsAreAFile(t *testing.T) {
	r := newRoom(t)
	r.Tap("粘贴表格或文字")
	r.Win.Canvas().Focused().(*kit.Entry).SetText("任务名称\t责任单位\t完成时限\n整修村口水渠\t青山村\t2026-12-20\n")
	r.Shot("import-paste")
	r.Tap("读取")
	r.NoErrors()
	r.Shows("导入到“任务”", "导入 1 行（可撤销）")
}

func TestPage_FitsTheSmallestScreen(t *testing.T) {
	r := newRoom(t)
	for _, paths := range [][]string{nil, {village(t)}} {
		r.page.Show(page.Route{Page: page.Import, Paths: paths})
		if m := r.page.Content().MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
			t.Errorf("needs %v", m)
		}
	}
}
