package importing_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/importing"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// chip taps a chip whose words begin so.
func (r *room) chip(t *testing.T, label string) {
	t.Helper()
	var found *kit.Chips
	pagetest.Walk(r.Win.Content(), func(o fyne.CanvasObject) {
		if c, is := o.(*kit.Chips); is {
			found = c
		}
	})
	keys := map[string]string{"列对应关系": "#columns", "问题清单": "#problems", "全部": "all", "待核对": "check"}
	found.OnTap(keys[label], fyne.Position{})
}

// sheet and lower are the sheet as it looks and what is below it.
func (r *room) sheet() *grid.Grid { return r.grids()[1] }
func (r *room) lower() *grid.Grid { return r.grids()[2] }

func (r *room) at(t *testing.T, g *grid.Grid, row, col int) {
	t.Helper()
	if gotRow, gotCol := g.Current(); gotRow != row || gotCol != col {
		t.Errorf("the cursor is on %d,%d, want %d,%d", gotRow, gotCol, row, col)
	}
}

// The columns before the sheet's own.
const lead = 2

func TestJump_BetweenTheSheetAndWhatBecomesOfIt(t *testing.T) {
	r := newRoom(t)
	r.open(t, village(t))
	r.chip(t, "全部")
	r.sheet().SelectCell(6, lead+1) // row 7: 栽植行道树
	if row, _ := r.lower().Current(); row != 2 {
		t.Errorf("row 7 of the sheet is row %d of the result", row)
	}
	r.Shot("import-result")
	r.lower().SelectCell(0, 2) // the name of the first row
	r.at(t, r.sheet(), 4, lead+1)
	r.chip(t, "列对应关系")
	r.sheet().SelectCell(4, lead+4) // E: 完成时限
	if row, _ := r.lower().Current(); row != 4 {
		t.Errorf("column E is line %d", row)
	}
	r.lower().Select(6) // G: 完成比例
	r.at(t, r.sheet(), 3, lead+6)
	r.chip(t, "问题清单")
	r.sheet().SelectCell(5, lead+6) // G6: 110
	r.Shows("0–100")
	r.Shot("import-problems")
}

func TestKeys_GoThroughThePointsAndSayYes(t *testing.T) {
	r := newRoom(t)
	r.open(t, village(t))
	if !strings.Contains(r.status, "待核对 3 处") {
		t.Errorf("status %q", r.status)
	}
	r.page.Do(page.Next)
	r.page.Do(page.Save) // the column that is only proposed
	if b := r.Button("全部确认"); b == nil || !b.Disabled() {
		t.Error("there is still something to confirm")
	}
	r.page.Do(page.Next)
	r.Shows("撤回上次改动")
	r.page.Do(page.Next)
	r.page.Do(page.Next) // from the last to the first
	r.Shows("撤回上次改动")
	r.page.Do(page.Delete)
	r.Shows("还没有要导入的表")
	r.page.Do(page.Next)
	if r.Toast() != "没有待核对的了。" {
		t.Errorf("said %q", r.Toast())
	}
	if r.page.Do(page.New) {
		t.Error("新建 means nothing here")
	}
}

// shares has two percents that may be two things each.
func shares(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "进度.csv")
	pagetest.Must(t, os.WriteFile(path, []byte("任务名称,责任单位,完成比例\n修渠,青山村,0.4\n清河,青山村,0.6\n"), 0o600))
	return path
}

func TestFix_MendsAllAlikeAndCanBeTakenBack(t *testing.T) {
	r := newRoom(t)
	r.open(t, shares(t))
	r.page.Do(page.Next)
	r.Shows("同类 2 处")
	r.Shot("import-fix")
	r.page.Do(page.Save)
	if strings.Contains(r.status, "待核对") && !strings.Contains(r.status, "待核对 0 处") {
		t.Errorf("status %q", r.status)
	}
	r.Tap("导入 2 行（可撤销）")
	r.NoErrors()
	_, got, err := r.App.List(context.Background(), app.ListRequest{Ledger: ledgers.Task, Where: []string{"title=修渠"}})
	pagetest.Must(t, err)
	l, all, err := r.App.List(context.Background(), app.ListRequest{Ledger: ledgers.Progress, Where: []string{"task=" + got.Records[0].ID}})
	pagetest.Must(t, err)
	if len(all.Records) != 1 || l.Field("percent").Show(all.Records[0].Get("percent")) != "40" {
		t.Errorf("%+v", all.Records)
	}
}

func TestFix_TakenBackAsksAgain(t *testing.T) {
	r := newRoom(t)
	r.open(t, shares(t), village(t))
	r.page.Do(page.Next)
	r.page.Do(page.Save)
	r.chip(t, "问题清单")
	if b := r.Button("撤回上次改动"); b == nil {
		r.chip(t, "列对应关系")
	}
	r.Tap("撤回上次改动")
	r.Shows("同类 2 处")
}

func TestColumn_CanBecomeAnyFieldOrNone(t *testing.T) {
	r := newRoom(t)
	r.open(t, village(t))
	r.chip(t, "列对应关系")
	r.lower().Select(8) // 督导组评价
	r.Tap("改对应…")
	r.Shot("import-chooser")
	entry := r.Win.Canvas().Focused().(*kit.Entry)
	entry.SetText("备注")
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	r.lower().Select(7)
	r.Tap("不导入这一列")
	r.Tap("导入 3 行（可撤销）")
	r.NoErrors()
	_, got, err := r.App.List(context.Background(), app.ListRequest{Ledger: ledgers.Task, Where: []string{"title=整修村口水渠"}})
	pagetest.Must(t, err)
	if rec := got.Records[0]; rec.Get("remark").Text != "较好" || rec.Get("person").Set {
		t.Errorf("remark %q, person %q", rec.Get("remark").Text, rec.Get("person").Text)
	}
}

func TestColumn_CanBecomeANewField(t *testing.T) {
	r := newRoom(t)
	r.open(t, village(t))
	r.chip(t, "列对应关系")
	r.lower().Select(8)
	r.Tap("新建字段…")
	name := r.Win.Canvas().Focused().(*kit.Entry)
	if name.Text != "督导组评价" {
		t.Errorf("proposes %q", name.Text)
	}
	name.SetText("任务名称")
	r.Tap("加入（可撤销）")
	r.Shows("已有“任务名称”")
	name.SetText("督导组评价")
	r.Tap("加入（可撤销）")
	r.NoErrors()
	f := r.App.Catalog().Ledger(ledgers.Task).FindField("督导组评价")
	if f == nil {
		t.Fatal("no field")
	}
	r.Tap("导入 3 行（可撤销）")
	_, got, err := r.App.List(context.Background(), app.ListRequest{Ledger: ledgers.Task, Where: []string{"title=整修村口水渠"}})
	pagetest.Must(t, err)
	if got.Records[0].Get(f.Key).Text != "较好" {
		t.Errorf("%q", got.Records[0].Get(f.Key).Text)
	}
}

func TestTable_CanStayOut(t *testing.T) {
	r := newRoom(t)
	r.open(t, village(t))
	r.Tap("不导入这张表")
	r.Shows("不导入这张表", "改为导入")
	if b := r.Button("导入"); b == nil || !b.Disabled() {
		t.Error("there is something to import")
	}
	r.Tap("改为导入")
	r.Shows("导入 3 行（可撤销）")
}

// TestLedger_OfTheRoute is proposed where a table tells none.
func TestLedger_OfTheRoute(t *testing.T) {
	path := filepath.Join(t.TempDir(), "杂.csv")
	pagetest.Must(t, os.WriteFile(path, []byte("甲列,乙列\n一,二\n三,四\n"), 0o600))
	r := newRoom(t)
	r.open(t, path)
	r.Shows("请选择导入到哪本台账")
	r.page.Do(page.Next)
	if _, is := r.Win.Canvas().Focused().(*kit.Picker); !is {
		t.Errorf("the keyboard is in %T, want where the ledger is chosen", r.Win.Canvas().Focused())
	}
	r.page.Show(page.Route{Page: page.Import, Paths: []string{path}, Ledger: ledgers.Order})
	r.NoErrors()
	r.Shows("导入到“" + r.App.Catalog().Ledger(ledgers.Order).Label + "”")
}

func TestPaste_RefusedStaysOpen(t *testing.T) {
	r := newRoom(t)
	r.Tap("粘贴表格或文字")
	r.Tap("读取")
	if r.Win.Canvas().Overlays().Top() == nil {
		t.Error("the dialog went away with nothing read")
	}
	r.Tap("取消")
	r.Shows("还没有要导入的表")
}

func TestPaste_ChatIsATable(t *testing.T) {
	r := newRoom(t)
	r.Tap("粘贴表格或文字")
	r.Win.Canvas().Focused().(*kit.Entry).SetText("1. 青山村 12户 已完成\n2. 柳河村 无\n")
	r.Tap("读取")
	r.NoErrors()
	r.Shows("请选择导入到哪本台账")
	r.Shot("import-chat")
}

// failing is an app in which one thing goes wrong.
type failing struct {
	*app.App
	err error
}

func (f failing) TakeDrafts(context.Context, []app.DraftRequest, func(int, int, string)) ([]app.FileResult, error) {
	return nil, f.err
}

func TestPage_TellsAnErrorAndKeepsTheFile(t *testing.T) {
	r := newRoom(t)
	p := importing.New(failing{r.App, errors.New("disk on fire")}, r.Desk)
	r.Put(p)
	p.Show(page.Route{Page: page.Import, Paths: []string{village(t)}})
	r.Tap("导入 3 行（可撤销）")
	if len(r.Said.Errors) != 1 || len(r.Toasts) != 0 {
		t.Errorf("%v %v", r.Said.Errors, r.Toasts)
	}
	r.Shows("导入 3 行（可撤销）")
}

func TestPage_PlansAnewAfterAChange(t *testing.T) {
	r := newRoom(t)
	r.open(t, village(t))
	_, err := r.App.Add(context.Background(), ledgers.Task, []app.Assignment{{Field: "title", Words: "整修村口水渠"}, {Field: "unit", Words: "青山村"}})
	pagetest.Must(t, err)
	r.chip(t, "全部")
	r.Tap("导入 3 行（可撤销）")
	r.Shows("修改 1 行")
}

func TestPage_Markup(t *testing.T) {
	r := newRoom(t)
	r.open(t, village(t))
	var chips *kit.Chips
	pagetest.Walk(r.Win.Content(), func(o fyne.CanvasObject) {
		if c, is := o.(*kit.Chips); is {
			chips = c
		}
	})
	w := test.NewTempWindow(t, chips)
	w.Resize(fyne.NewSize(700, 40))
	test.AssertRendersToMarkup(t, "chips.xml", w.Canvas())
}
