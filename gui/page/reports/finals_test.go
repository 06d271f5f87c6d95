package reports_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model/app"
)

// saveTo answers where a file goes with a new path.
func (r *room) saveTo(name string) string {
	path := filepath.Join(r.T.TempDir(), name)
	r.Desk.Save = func(_ string, chosen func(string)) { chosen(path) }
	return path
}

// finals are the 定稿 of the form that is looked at.
func (r *room) finals() []app.Final {
	all, err := r.App.Finals(context.Background(), "task_month", "")
	pagetest.Must(r.T, err)
	return all
}

// finalize makes November 定稿 with who signs.
func (r *room) finalize() (file string) {
	r.T.Helper()
	r.Tap("定稿")
	r.Tap("定稿…")
	r.Shows("定稿：《任务进展月报》", "2026年11月", "截至时间", "填表人", "审核人", "签发人", "报送给", "报送方式")
	r.entry("不填为现在").SetText("2026-11-22 09:00")
	r.entry("谁审核的").SetText("李示例二")
	r.entry("谁签发的").SetText("王示例三")
	file = r.saveTo("十一月.xlsx")
	r.Tap("选位置，定稿")
	r.NoErrors()
	return file
}

func TestFinals_MakesAndKeeps(t *testing.T) {
	r := newRoom(t)
	r.Tap("定稿")
	r.Shows("《任务进展月报》还没有定稿过")
	if !r.Button("取出原文件").Disabled() {
		t.Error("there is nothing to take out")
	}
	r.Shot("reports-finals-empty")
	r.Tap("返回报表")
	sent := r.finalize()
	all := r.finals()
	if len(all) != 1 || all[0].Cutoff != "2026-11-22 09:00" || all[0].Reviewer != "李示例二" || all[0].Signer != "王示例三" || all[0].How != "电子版" || all[0].To == "" {
		t.Fatalf("%+v", all)
	}
	r.Shows("2026年11月定稿后变动：没有")
	kept := r.saveTo("取 出.xlsx")
	r.Tap("取出原文件")
	r.NoErrors()
	was, err := os.ReadFile(sent)
	pagetest.Must(t, err)
	if is, err := os.ReadFile(kept); err != nil || !bytes.Equal(was, is) {
		t.Errorf("the file is not as sent: %v", err)
	}
}

func TestFinals_AgainNeedsAReason(t *testing.T) {
	r := newRoom(t)
	r.finalize()
	r.Tap("定稿…")
	r.draws("再定稿就是补报，存为第2版")
	r.Shot("reports-finalize")
	r.saveTo("补报.xlsx")
	r.Tap("选位置，定稿")
	r.Shows("补报要写原因")
	if len(r.finals()) != 1 {
		t.Error("it was made without a reason")
	}
	r.entry("为什么补报").SetText("村里更正")
	r.Tap("选位置，定稿")
	r.NoErrors()
	all := r.finals()
	if len(all) != 2 || all[1].Version != 2 || all[1].Reason != "村里更正" {
		t.Errorf("%+v", all)
	}
	r.grids()[0].Select(1) // the first version, below the second
	r.Shows("从最新的第2版算起")
	r.undoLast()
	if len(r.finals()) != 1 {
		t.Error("undoing left the second version")
	}
}

// TestFinals_TellsWhatChanged: a progress entered after 定稿 is listed and leads to its
// record.
func TestFinals_TellsWhatChanged(t *testing.T) {
	r := newRoom(t)
	r.finalize()
	ctx := context.Background()
	_, tasks, err := r.App.List(ctx, app.ListRequest{Ledger: "task", Where: []string{"unit=青山村", "state!=已办结"}})
	pagetest.Must(t, err)
	_, done, err := r.App.List(ctx, app.ListRequest{Ledger: "progress", Where: []string{"task=" + tasks.Records[0].ID, "period=2026-11"}})
	pagetest.Must(t, err)
	_, err = r.App.Set(ctx, "progress", done.Records[0].ID, []app.Assignment{{Field: "percent", Words: "93"}, {Field: "text", Words: "定稿后改的"}})
	pagetest.Must(t, err)
	r.page.Show(page.Route{Page: page.Reports}) // coming back to the page reads anew
	_, changes, err := r.App.FinalChanges(ctx, "task_month", "2026-11")
	pagetest.Must(t, err)
	if len(changes) != 2 || changes[0].After != "93" && changes[1].After != "93" {
		t.Fatalf("%+v", changes)
	}
	r.Shows("2026年11月定稿后变动：2 处")
	r.grids()[1].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(r.Opened) != 1 || r.Opened[0].Record != changes[0].Record {
		t.Errorf("opened %+v", r.Opened)
	}
	r.Shot("reports-finals")
}

func TestFinals_FromTheSummary(t *testing.T) {
	r := newRoom(t)
	r.saveTo("汇总.xlsx")
	r.Tap("汇总上报")
	r.NoErrors()
	if r.last.Action != "定稿…" || len(r.finals()) != 0 {
		t.Fatalf("%+v", r.last)
	}
	r.last.OnAction()
	r.Shows("定稿：《任务进展月报》")
	r.draws("数字、各行和文件按报出时的样子留存")
	r.Tap("取消")
	r.Tap("定稿")
	if m := r.page.Content().MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
		t.Errorf("定稿 needs %v", m)
	}
}
