package filling_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/filling"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// room is the page over the sample.
type room struct {
	*pagetest.Room
	page   *filling.Page
	chosen []string // the answer where files are asked for
	out    string   // the answer where a file is to be saved
	copied string
}

func newRoom(t *testing.T) *room {
	t.Helper()
	r := &room{Room: pagetest.New(t), out: filepath.Join(t.TempDir(), "填 好.xlsx")}
	r.Desk.Files = func(chosen func([]string)) { chosen(r.chosen) }
	r.Desk.Save = func(_ string, chosen func(string)) { chosen(r.out) }
	r.Desk.Copy = func(words string) { r.copied = words }
	r.page = filling.New(r.App, r.Desk)
	r.Put(r.page)
	r.page.Show(page.Route{Page: page.Filling})
	return r
}

// county is a blank table as the county hands it down: a title, a line that asks who
// and when, merged heads, a column that is only like a field, one that is none, a sum.
func county(t *testing.T) string {
	blank := make([]string, 8)
	return pagetest.Workbook(t, "重点工作推进情况统计表.xlsx",
		[][2]string{{"A1", "H1"}, {"A3", "A4"}, {"B3", "B4"}, {"C3", "C4"}, {"D3", "E3"}, {"F3", "F4"}, {"G3", "G4"}, {"H3", "H4"}},
		[]string{"2026年乡村振兴重点工作推进情况统计表"},
		[]string{"填报单位：　　　　　　填报时间：　　年　月　日"},
		[]string{"序号", "任务名称", "责任单位", "时间安排", "", "具体责任任人", "办理状态", "抽查结果"},
		[]string{"", "", "", "交办时间", "完成时限", "", "", ""},
		blank, blank, blank,
		[]string{"合计", "", "", "", "", "", "", ""})
}

func (r *room) open(t *testing.T, path string) {
	t.Helper()
	r.page.Show(page.Route{Page: page.Filling, Paths: []string{path}})
	r.NoErrors()
}

// grids are the grids in sight: the sheet, then the columns.
func (r *room) grids() []*grid.Grid {
	var out []*grid.Grid
	pagetest.Walk(r.Win.Content(), func(o fyne.CanvasObject) {
		if g, is := o.(*grid.Grid); is {
			out = append(out, g)
		}
	})
	return out
}

// chip presses a chip.
func (r *room) chip(prefix string) {
	r.T.Helper()
	found := false
	pagetest.Walk(r.Win.Content(), func(o fyne.CanvasObject) {
		c, is := o.(*kit.Chips)
		if !is || found {
			return
		}
		found = true
		c.OnTap(prefix, fyne.Position{})
	})
}

func TestPage_SaysWhatToDoWhenEmpty(t *testing.T) {
	r := newRoom(t)
	r.Shot("filling-empty")
	r.Shows("按上级表填报", "上级发来的表，用台账里已有的填", "选上级发来的空表")
	r.chosen = []string{county(t)}
	r.Tap("选上级发来的空表")
	r.NoErrors()
	r.Shows("重点工作推进情况统计表.xlsx", "8 列已填 6，1 列需人工，1 列未知")
}

func TestPage_FillsNothingBeforeTheButton(t *testing.T) {
	r := newRoom(t)
	r.open(t, county(t))
	r.Shot("filling-blank")
	if _, err := os.Stat(r.out); err == nil {
		t.Fatal("written before the button")
	}
	r.Tap("生成")
	r.NoErrors()
	if _, err := os.Stat(r.out); err != nil || !strings.Contains(r.Toast(), "已生成“填 好.xlsx”") {
		t.Errorf("%v, said %q", err, r.Toast())
	}
	r.Tap("打开文件夹")
	if r.Revealed != filepath.Dir(r.out) {
		t.Errorf("showed %q", r.Revealed)
	}
	plans, err := r.App.FillPlans(context.Background())
	if err != nil || len(plans) != 1 {
		t.Errorf("remembered %+v (%v)", plans, err)
	}
	r.Tap("另选一张表")
	r.Shot("filling-plans")
}

// TestPage_KeepsTheFileOnTheRegisteredTable: a registered table is found by its title,
// what is due before is said, and the file is kept with what was filled.
func TestPage_KeepsTheFileOnTheRegisteredTable(t *testing.T) {
	r := newRoom(t)
	ctx := context.Background()
	done, err := r.App.Add(ctx, ledgers.UpperTable, []app.Assignment{{Field: "title", Words: "2026年乡村振兴重点工作推进情况统计表"},
		{Field: "asker", Words: "示例县委农办"}, {Field: "due_day", Words: "25"}, {Field: "from", Words: "2026-10-01"}})
	pagetest.Must(t, err)
	id := done.Records[0].ID
	r.open(t, county(t))
	r.Shows("生成后算作2026年11月的报送；2026年10月（截止 10-26）还没有报，填的是那一期就先换期间")
	r.Shot("filling-keep")
	r.page.SetPeriod("2026-10")
	r.Shows("生成后算作2026年10月的报送，文件照样留存")
	r.Tap("生成")
	r.NoErrors()
	if !strings.Contains(r.Toast(), "已留存到报表登记“2026年乡村振兴重点工作推进情况统计表”（2026年10月）") {
		t.Errorf("said %q", r.Toast())
	}
	r.Shows("2026年10月 2026-11-22 报过，再生成就作为最近一份留存")
	tables, err := r.App.UpperTables(ctx, "2026-11-22")
	pagetest.Must(t, err)
	for _, table := range tables {
		if table.ID == id && (len(table.Sent) != 1 || table.Sent[0].File() != "填 好.xlsx" || table.Sent[0].ByProgram != 6 || table.Sent[0].Columns != 8) {
			t.Errorf("kept %+v", table.Sent)
		}
	}
}

// TestPage_KeepsForAWeekOfTheMonth: of a table that is asked for more often than monthly
// the week can be chosen.
func TestPage_KeepsForAWeekOfTheMonth(t *testing.T) {
	r := newRoom(t)
	done, err := r.App.Add(context.Background(), ledgers.UpperTable, []app.Assignment{{Field: "title", Words: "2026年乡村振兴重点工作推进情况统计表"},
		{Field: "asker", Words: "示例县委农办"}, {Field: "cadence", Words: "周"}, {Field: "due_day", Words: "5"}, {Field: "from", Words: "2026-11-09"}})
	pagetest.Must(t, err)
	r.open(t, county(t))
	r.Shows("生成后算作2026年第47周的报送；2026年第46周（截止 11-13）还没有报，填的是那一期就先在左边换")
	var picker *kit.Picker
	pagetest.Walk(r.Win.Content(), func(o fyne.CanvasObject) {
		if p, is := o.(*kit.Picker); is {
			picker = p // the last one
		}
	})
	picker.OnChosen(kit.Choice{ID: done.Records[0].ID + "\x002026-W46"})
	r.Shows("生成后算作2026年第46周的报送，文件照样留存")
	if got := picker.Choice().Text; got != "2026年乡村振兴重点工作推进情况统计表（2026年第46周）" {
		t.Errorf("chosen %q", got)
	}
	r.page.SetPeriod("2026-12")
	r.Shows("生成后算作2026年第53周的报送")
}

// TestPage_KeepsForNoTable: where it is said so, or nothing fits, nothing is kept.
func TestPage_KeepsForNoTable(t *testing.T) {
	r := newRoom(t)
	r.open(t, county(t))
	r.Shows("生成的文件不记到报表登记里")
	var picker *kit.Picker
	pagetest.Walk(r.Win.Content(), func(o fyne.CanvasObject) {
		if p, is := o.(*kit.Picker); is {
			picker = p // the last one
		}
	})
	tables, err := r.App.UpperTables(context.Background(), "2026-11-22")
	pagetest.Must(t, err)
	picker.OnChosen(kit.Choice{ID: tables[0].ID})
	r.Shows("生成后算作2026年第四季度的报送，文件照样留存")
	picker.OnChosen(kit.Choice{ID: app.KeepForNone})
	r.Shows("生成的文件不记到报表登记里")
}

// fillIn opens the county's table and shows it filled.
func (r *room) fillIn(t *testing.T) {
	t.Helper()
	r.open(t, county(t))
	r.chip("filled")
}

func TestPage_SaysWhereACellComesFrom(t *testing.T) {
	r := newRoom(t)
	r.fillIn(t)
	r.grids()[0].SelectCell(4, 3) // B5
	r.Shot("filling-filled")
	_, first, err := r.App.List(context.Background(), app.ListRequest{Ledger: ledgers.Task, Where: []string{"下级事项数="}, Limit: 1})
	pagetest.Must(t, err)
	rec := first.Records[0]
	r.Shows("B5　", "来自任务“", "最近更新 2026-11-22")
	r.Tap("打开这条记录")
	if got := r.Opened[len(r.Opened)-1]; got.Page != page.Tasks || got.Record != rec.ID {
		t.Errorf("opened %+v, want %s", got, rec.ID)
	}
}

func TestPage_OvertypesInThisTableOnly(t *testing.T) {
	r := newRoom(t)
	r.fillIn(t)
	r.grids()[0].SelectCell(4, 3)
	if !r.page.Do(page.Edit) {
		t.Fatal("F2 means nothing")
	}
	r.Shot("filling-overtype")
	r.typeInto("另一件事")
	r.Tap("仅本表")
	r.NoErrors()
	r.Shows("B5　另一件事", "手工改的，仅本表")
	if n := r.tasks(t, "另一件事"); n != 0 {
		t.Error("the ledger knows of it")
	}
	r.Tap("不改了")
	r.Shows("来自任务“")
}

func TestPage_WritesBackToTheLedger(t *testing.T) {
	r := newRoom(t)
	r.fillIn(t)
	r.grids()[0].SelectCell(4, 3)
	r.Tap("改这一格…")
	r.typeInto("写回去的事")
	r.Tap("写回台账")
	r.NoErrors()
	if n := r.tasks(t, "写回去的事"); n != 1 || !strings.HasPrefix(r.Toast(), "已写回任务") {
		t.Errorf("%d records, said %q", n, r.Toast())
	}
	r.Shows("B5　写回去的事", "来自任务“写回去的事”")
}

func (r *room) tasks(t *testing.T, words string) int {
	t.Helper()
	_, got, err := r.App.List(context.Background(), app.ListRequest{Ledger: ledgers.Task, Where: []string{"title=" + words}})
	pagetest.Must(t, err)
	return len(got.Records)
}

// typeInto types words over what stands in the focused entry.
func (r *room) typeInto(words string) {
	r.T.Helper()
	e, is := r.Win.Canvas().Focused().(*kit.Entry)
	if !is {
		r.T.Fatalf("no entry has the keyboard but %T", r.Win.Canvas().Focused())
	}
	e.SetTextToEnd("")
	for _, x := range words {
		e.TypedRune(x)
	}
}

func TestPage_ConfirmsWhatIsOnlyProposed(t *testing.T) {
	r := newRoom(t)
	r.open(t, county(t))
	r.page.Do(page.Next)
	r.Shows("F 列：名称相近，请核对后确认。")
	r.Tap("确认")
	r.NoErrors()
	r.Shows("8 列已填 7，0 列需人工，1 列未知")
	r.page.Do(page.Next)
	r.Shows("H 列：台账里没有名称相同的项目。")
	r.choose("未抽查")
	r.NoErrors()
	r.Shows("8 列已填 8，0 列需人工，0 列未知")
}

// choose opens the sources of the column and takes what is offered last for words: for
// words that nothing is called, that they stand in every row.
func (r *room) choose(words string) {
	r.T.Helper()
	r.Tap("改来源…")
	r.Shot("filling-choose")
	c := r.Win.Canvas()
	for _, x := range words {
		c.Focused().TypedRune(x)
	}
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

func TestPage_TakesTheRowsThatAreSaid(t *testing.T) {
	r := newRoom(t)
	r.open(t, county(t))
	r.entry("条件，如 办理状态!=已办结").SetText("责任单位=青山村")
	r.entry("条件，如 办理状态!=已办结").OnBlur()
	test.Tap(r.Button("不填这张表"))
	r.NoErrors()
	r.Shows("这张表不填", "填这张表")
	if b := r.Button("生成"); !b.Disabled() {
		t.Error("there is something to write")
	}
	r.Tap("填这张表")
	e := r.entry("条件，如 办理状态!=已办结")
	e.OnKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	_, got, err := r.App.List(context.Background(), app.ListRequest{Ledger: ledgers.Task, Where: []string{"责任单位=青山村"}})
	pagetest.Must(t, err)
	if len(got.Records) == 0 {
		t.Fatal("the sample has no such records")
	}
	r.Shows(fmt.Sprintf("填 %d 行", len(got.Records)))
	e.SetText("没有这一项=1")
	e.OnKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(r.Said.Errors) != 1 {
		t.Errorf("%d errors of a filter that cannot be", len(r.Said.Errors))
	}
}

// entry finds an entry by what it says when it is empty.
func (r *room) entry(hint string) (found *kit.Entry) {
	r.T.Helper()
	within := r.Win.Content()
	if top := r.Win.Canvas().Overlays().Top(); top != nil {
		within = top
	}
	pagetest.Walk(within, func(o fyne.CanvasObject) {
		if e, is := o.(*kit.Entry); is && e.PlaceHolder == hint {
			found = e
		}
	})
	if found == nil {
		r.T.Fatalf("no entry says %s", hint)
	}
	return found
}

func TestPage_PutsTheHeaderRight(t *testing.T) {
	r := newRoom(t)
	r.open(t, county(t))
	sheet := r.grids()[0]
	sheet.SelectCell(3, 3) // row 4 alone
	r.Tap("所选行是表头")
	r.NoErrors()
	r.Shows("2 列已填 0，0 列需人工，2 列未知")
	r.Tap("恢复")
	r.Shows("8 列已填 6")
	sheet.SelectCell(5, 3)
	r.Tap("从这行填起")
	r.NoErrors()
	r.chip("filled")
	r.grids()[0].SelectCell(5, 3)
	r.Shows("B6　", "来自任务“")
	r.chip("blank")
	sheet.SelectCell(7, 3)
	r.Tap("从这行填起")
	if len(r.Said.Errors) != 1 {
		t.Error("a row with a sum takes records")
	}
}

func TestPage_CountsOverALedger(t *testing.T) {
	r := newRoom(t)
	r.open(t, county(t))
	r.page.Do(page.Next)
	r.page.Do(page.Next) // H
	r.Tap("改来源…")
	c := r.Win.Canvas()
	for _, x := range "统计台账" {
		c.Focused().TypedRune(x)
	}
	c.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	r.Shot("filling-calc")
	r.Shows("H 列：统计台账里的数")
	where := r.entry("如 工作类别=产业振兴；可以不填")
	where.SetText("没有这一项=1")
	r.Tap("用这个数")
	r.Shows("H 列：统计台账里的数") // what is wrong stands in the dialog, which stays
	where.SetText("工作类别=产业振兴")
	r.Tap("用这个数")
	r.NoErrors()
	r.Shows("8 列已填 7，1 列需人工，0 列未知", "H 列：您指定的。")
}

func TestPage_TellsHowATableHasChanged(t *testing.T) {
	r := newRoom(t)
	r.open(t, county(t))
	r.Tap("生成")
	r.Tap("另选一张表")
	r.Shows("填过的表")
	r.open(t, pagetest.Workbook(t, "十二月.xlsx", [][2]string{{"A1", "F1"}},
		[]string{"2026年乡村振兴重点工作推进情况统计表"},
		[]string{"序号", "任务名称", "责任单位", "时间安排/交办时间", "时间安排/完成时限", "具体责任任人", "办理状态", "是否入库"}, make([]string, 8)))
	r.Shot("filling-changed")
	r.Shows("A 列：上次这样填的。")
}

// TestPage_GoesDownAndComesBack: an urgent table goes to two villages and comes back
// as one, without any word typed twice.
func TestPage_GoesDownAndComesBack(t *testing.T) {
	r := newRoom(t)
	r.open(t, county(t))
	r.Folder = t.TempDir()
	r.Tap("发给各村")
	r.Shot("filling-down")
	r.Shows("发给各村填", "选文件夹，生成 16 个表")
	r.Tap("选文件夹，生成 16 个表")
	r.NoErrors()
	files, err := filepath.Glob(filepath.Join(r.Folder, "*.xlsx"))
	if err != nil || len(files) != 16 {
		t.Fatalf("%d copies (%v)", len(files), err)
	}
	r.Shows("已生成 16 个表格")
	r.Tap("复制群通知")
	if !strings.Contains(r.copied, "《2026年乡村振兴重点工作推进情况统计表》") || !strings.Contains(r.copied, "今天 18:00") {
		t.Errorf("the group is told %q", r.copied)
	}
	r.Tap("关闭")
	r.chosen = files[:2]
	r.Tap("收回合并")
	r.NoErrors()
	r.Shot("filling-merge")
	r.Shows("收回合并", "已报 2 · 未报 14")
	r.Tap("复制催报文字")
	if !strings.Contains(r.copied, "共 14 个") {
		t.Errorf("the silent are told %q", r.copied)
	}
	r.grids()[0].SelectCell(4, 3)
	r.Shows("B5　来自 ")
	if !r.page.Do(page.Save) {
		t.Fatal("Ctrl+S means nothing")
	}
	r.NoErrors()
	if _, err := os.Stat(r.out); err != nil || !strings.Contains(r.Toast(), "已合并成") {
		t.Errorf("%v, said %q", err, r.Toast())
	}
	r.Tap("返回")
	r.Shows("8 列已填 6")
	r.Tap("发给各村") // again into the same folder: asks before it writes over what is there
	r.Said.Answer = false
	r.Tap("选文件夹，生成 16 个表")
	if n := len(r.Said.Questions); n != 1 || !strings.Contains(r.Said.Questions[0].Title, "同名") {
		t.Errorf("asked %+v", r.Said.Questions)
	}
}

func TestPage_FitsAndFollows(t *testing.T) {
	r := newRoom(t)
	r.open(t, county(t))
	if m := r.page.Content().MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
		t.Errorf("asks for %v", m)
	}
	r.page.SetPeriod("2026-12")
	r.NoErrors()
	r.chip("filled")
	r.grids()[0].SelectCell(4, 3)
	before := r.Written()
	_, first, err := r.App.List(context.Background(), app.ListRequest{Ledger: ledgers.Task, Where: []string{"下级事项数="}, Limit: 1})
	pagetest.Must(t, err)
	_, err = r.App.Set(context.Background(), ledgers.Task, first.Records[0].ID, []app.Assignment{{Field: "title", Words: "别处改了名"}})
	pagetest.Must(t, err)
	if after := r.Written(); after == before || !strings.Contains(after, "别处改了名") {
		t.Error("shows what stood in the ledger before")
	}
	if r.page.Do(page.Report) {
		t.Error("fills in progress")
	}
}

func TestPage_ConfirmsSensitiveColumnsOnce(t *testing.T) {
	r := newRoom(t)
	r.open(t, pagetest.Workbook(t, "监测户.xlsx", nil, []string{"防止返贫致贫对象名单"}, []string{"序号", "户主姓名", "户主证件号码", "家庭人口", "监测对象类别"}, make([]string, 5)))
	r.Shot("filling-sensitive")
	r.Tap("生成")
	r.NoErrors()
	n := len(r.Said.Questions)
	if n != 1 || !strings.Contains(r.Said.Questions[0].Text, "证件号") {
		t.Fatalf("asked %+v", r.Said.Questions)
	}
	r.Tap("生成")
	if len(r.Said.Questions) != n {
		t.Error("asked twice for one table and period")
	}
}

func TestPage_Markup(t *testing.T) {
	r := newRoom(t)
	r.open(t, county(t))
	var chips *kit.Chips
	pagetest.Walk(r.Win.Content(), func(o fyne.CanvasObject) {
		if c, is := o.(*kit.Chips); is && chips == nil {
			chips = c
		}
	})
	w := test.NewTempWindow(t, chips)
	w.Resize(fyne.NewSize(700, 40))
	test.AssertRendersToMarkup(t, "chips.xml", w.Canvas())
}
