package tasks

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/gui/task"
	"xiangzhen/gui/task/tasktest"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

const testDay = model.Day("2026-11-22")

// room is the page in a window over a ledger.
type room struct {
	*Page
	t      testing.TB
	app    *app.App
	win    fyne.Window
	said   *tasktest.Recorder
	run    *task.Sync
	toasts []kit.Toast
	copied string
	saveTo string
	status string
	opened []page.Route
}

// sample is a ledger file with the sample county, made once.
var sample string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "台 账")
	if err == nil {
		sample = filepath.Join(dir, "甲镇.xzdb")
		var a *app.App
		if a, err = app.CreateDemo(context.Background(), app.Options{Path: sample, Today: testDay}, "甲镇", 1); err == nil {
			err = a.Close()
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// openSample opens a copy of the sample ledger.
func openSample(t testing.TB) *app.App {
	t.Helper()
	data, err := os.ReadFile(sample)
	must(t, err)
	path := filepath.Join(t.TempDir(), "台 账", "甲镇.xzdb")
	must(t, os.MkdirAll(filepath.Dir(path), 0o755))
	must(t, os.WriteFile(path, data, 0o644))
	a, err := app.Open(context.Background(), app.Options{Path: path, Today: testDay})
	must(t, err)
	t.Cleanup(func() { must(t, a.Close()) })
	return a
}

func newRoom(t *testing.T) *room { return furnish(t, openSample(t), nil) }

// furnish opens the page over a ledger; api may put something before it.
func furnish(t *testing.T, a *app.App, api func(*app.App) API) *room {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	pagetest.WatchDialogs(t)
	r := &room{t: t, app: a, said: &tasktest.Recorder{Answer: true}, run: &task.Sync{}, saveTo: filepath.Join(t.TempDir(), "导 出.xlsx")}
	d := &page.Desk{
		Runner: r.run, Presenter: r.said,
		Canvas: func() fyne.Canvas {
			if r.win == nil {
				return nil
			}
			return r.win.Canvas()
		},
		Say:    func(k kit.Toast) { r.toasts = append(r.toasts, k) },
		Status: func(words string) { r.status = words },
		Open:   func(to page.Route) { r.opened = append(r.opened, to) },
		Copy:   func(words string) { r.copied = words },
		Save:   func(_ string, chosen func(string)) { chosen(r.saveTo) },
		Undo: func(op int64) {
			_, err := a.Undo(context.Background(), op)
			must(t, err)
		},
	}
	var from API = a
	if api != nil {
		from = api(a)
	}
	r.Page = New(from, d)
	r.win = test.NewTempWindow(t, r.Content())
	r.win.SetPadded(false)
	r.win.Resize(fyne.NewSize(1218, 692))
	t.Cleanup(a.Subscribe(func(c model.Change) { r.Changed(c.Ledgers) }))
	r.Show(page.Route{Page: page.Tasks})
	return r
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v (%s)", err, model.Sentence(err))
	}
}

// on is everything on the screen now: the topmost overlay, else the page.
func (r *room) on() []fyne.CanvasObject {
	if top := r.win.Canvas().Overlays().Top(); top != nil {
		return test.LaidOutObjects(top)
	}
	return test.LaidOutObjects(r.Content())
}

// button is the visible button of that label.
func (r *room) button(label string) *kit.Button {
	r.t.Helper()
	var have []string
	for _, o := range r.on() {
		if b, is := o.(*kit.Button); is && b.Visible() {
			if b.Label == label {
				return b
			}
			have = append(have, b.Label)
		}
	}
	r.t.Fatalf("no button %s among %v", label, have)
	return nil
}

// tap presses a button.
func (r *room) tap(label string) {
	r.t.Helper()
	test.Tap(r.button(label))
}

// entry is the n-th entry of the screen whose label or placeholder says so.
func (r *room) entry(label string) *kit.Entry {
	r.t.Helper()
	near := false
	var have []string
	for _, o := range r.on() {
		switch o := o.(type) {
		case *kit.Line:
			near = strings.TrimSuffix(o.Text(), " *") == label
			have = append(have, o.Text())
		case *kit.Entry:
			if near || o.PlaceHolder == label {
				return o
			}
		}
	}
	r.t.Fatalf("no entry %s among %v", label, have)
	return nil
}

// typeIn types over what an entry holds.
func (r *room) typeIn(label, words string) {
	r.t.Helper()
	e := r.entry(label)
	r.win.Canvas().Focus(e) // which selects what is there
	for _, c := range words {
		e.TypedRune(c)
	}
}

// words are all texts on the screen.
func (r *room) words() string {
	var out []string
	for _, o := range r.on() {
		switch o := o.(type) {
		case *kit.Line:
			out = append(out, o.Text())
		case *kit.Para:
			out = append(out, o.Text())
		case *kit.Button:
			out = append(out, o.Label)
		}
	}
	return strings.Join(out, "\n")
}

// find is the first own item whose title contains the words.
func (r *room) find(words string) *node {
	r.t.Helper()
	for _, n := range r.tree.nodes {
		if strings.Contains(n.rec.Get("title").Text, words) {
			return n
		}
	}
	r.t.Fatalf("no item %s", words)
	return nil
}

// to puts the cursor on an item.
func (r *room) to(words string) *node {
	r.t.Helper()
	n := r.find(words)
	r.goTo(n.rec.ID)
	if at := r.current(); at == nil || at.rec.ID != n.rec.ID {
		r.t.Fatalf("the cursor does not go to %s", words)
	}
	return n
}

// stored is an item as the ledger has it.
func (r *room) stored(id string) *model.Record {
	r.t.Helper()
	_, rec, err := r.app.Get(r.t.Context(), ledgers.Task, id)
	must(r.t, err)
	return rec
}

// column is the place of a column.
func (r *room) column(key string) int {
	r.t.Helper()
	for i, c := range r.source.cols {
		if c.Key == key {
			return i
		}
	}
	r.t.Fatalf("no column %s", key)
	return 0
}

// toast is the last word said.
func (r *room) toast() string {
	if len(r.toasts) == 0 {
		return ""
	}
	return r.toasts[len(r.toasts)-1].Text
}

// shot keeps a picture for a person to look at.
func (r *room) shot(name string) {
	if os.Getenv("XZ_SHOTS") == "" {
		return
	}
	must(r.t, os.MkdirAll("/tmp/shots", 0o755))
	for _, size := range []fyne.Size{fyne.NewSize(1218, 692), fyne.NewSize(1041, 538)} {
		r.win.Resize(size)
		f, err := os.Create(fmt.Sprintf("/tmp/shots/tasks-%s-%.0f.png", name, size.Width))
		must(r.t, err)
		must(r.t, errors.Join(png.Encode(f, r.win.Canvas().Capture()), f.Close()))
	}
	r.win.Resize(fyne.NewSize(1218, 692))
}

// menu is the entry of a menu.
func menu(t *testing.T, items []*fyne.MenuItem, label string) *fyne.MenuItem {
	t.Helper()
	var have []string
	for _, it := range items {
		if it.Label == label {
			return it
		}
		have = append(have, it.Label)
	}
	t.Fatalf("no %s among %v", label, have)
	return nil
}

func TestPage_TreeAndHead(t *testing.T) {
	r := newRoom(t)
	if got := r.words(); !strings.Contains(got, "县级 8 项 · 分解 119 项") {
		t.Errorf("%s", got)
	}
	first := r.source.rows[0]
	if !first.foreign || len(first.children) == 0 || first.depth != 0 {
		t.Errorf("the first row is not the county's: %+v", first.rec)
	}
	for _, n := range r.tree.nodes {
		if n.foreign && len(n.children) == 0 {
			t.Errorf("%s of a level above stands alone", n.rec.Get("title").Text)
		}
		if strings.Contains(n.rec.Get("unit").Text, "乙镇") {
			t.Error("another township's item is shown")
		}
	}
	r.to("水池清淤")
	r.shot("tree")
	if !strings.Contains(r.words(), "水池清淤、改造管网1.5公里") && r.drawer.node == nil {
		t.Error("the drawer does not follow")
	}
	for _, tab := range []string{tabDetails, tabChain, tabHistory, tabProgress} {
		r.drawer.choose(tab)
		r.shot(tab)
	}
}

func TestPage_ReportsProgressInTheDrawer(t *testing.T) {
	r := newRoom(t)
	n := r.to("水池清淤")
	r.typeIn("完成比例（%）", "65")
	r.typeIn("进展情况", "清淤完成，主管沟开挖0.9公里")
	r.typeIn("存在问题", "DN90管材未到")
	r.tap("代录进展")
	rec := r.stored(n.rec.ID)
	if got := rec.Get("percent").Num; got != 65_00 || rec.Get("latest_text").Text == "" || rec.Get("reported_period").Text != "2026-11" {
		t.Errorf("%d %+v", got, rec.Derived)
	}
	if !strings.Contains(r.toast(), "已保存“水池清淤") || r.toasts[len(r.toasts)-1].Action != "撤销" {
		t.Errorf("%+v", r.toasts)
	}
	// A second report of the month goes on with the first.
	r.typeIn("完成比例（%）", "70")
	if !r.Do(page.Save) {
		t.Error("保存 means nothing")
	}
	_, list, err := r.app.List(t.Context(), app.ListRequest{Ledger: ledgers.Progress, Where: []string{"task=" + n.rec.ID, "period=2026-11"}})
	must(t, err)
	if list.Total != 1 || list.Records[0].Get("percent").Num != 70_00 {
		t.Errorf("%d reports, %+v, %v", list.Total, list.Records[0].Values, r.said.Errors)
	}
	r.shot("reported")
}

func TestPage_ShowsWhatIsWrongUnderTheEntry(t *testing.T) {
	r := newRoom(t)
	n := r.to("水池清淤")
	r.typeIn("完成比例（%）", "很多")
	r.tap("代录进展")
	if !strings.Contains(r.words(), "很多") || len(r.said.Errors) != 0 {
		t.Errorf("%v", r.said.Errors)
	}
	if r.stored(n.rec.ID).Get("reported_period").Text == "2026-11" {
		t.Error("it was written")
	}
	r.Do(page.Save)
}

func TestPage_KeepsWhatWasTypedAndNotSaved(t *testing.T) {
	r := newRoom(t)
	r.to("水池清淤")
	r.typeIn("进展情况", "写了一半")
	r.to("更换主管")
	r.to("水池清淤")
	if got := r.entry("进展情况").Text; got != "写了一半" {
		t.Errorf("lost: %q", got)
	}
	_, err := r.app.Set(t.Context(), ledgers.Task, r.find("更换主管").rec.ID, []app.Assignment{{Field: "remark", Words: "x"}})
	must(t, err)
	if got := r.entry("进展情况").Text; got != "写了一半" {
		t.Errorf("a change elsewhere took it away: %q", got)
	}
}

func TestPage_EditsInTheGrid(t *testing.T) {
	r := newRoom(t)
	n := r.to("更换主管")
	row := r.currentRow()
	must(t, r.editCell(row, r.column(colDue), "12月20日前"))
	if got := r.stored(n.rec.ID).Get("due").Text; got != "12月20日前" {
		t.Errorf("due %s", got)
	}
	if err := r.editCell(row, r.column(colDue), "哪天都行吧"); err == nil {
		t.Error("a day that is none is taken")
	}
	if err := r.editCell(0, r.column(colTitle), "改县里的"); err == nil {
		t.Error("the county's item can be edited")
	}
	if len(r.source.edits) != 0 {
		t.Errorf("left: %+v", r.source.edits)
	}
}

func TestPage_TypesIntoTheGrid(t *testing.T) {
	r := newRoom(t)
	n := r.to("更换主管")
	r.grid.SelectCell(r.currentRow(), r.column(colTitle))
	c := r.win.Canvas()
	c.Focus(r.grid)
	r.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF2})
	e, is := c.Focused().(*kit.Entry)
	if !is || e.Text != "更换主管1.2公里" {
		t.Fatalf("%T", c.Focused())
	}
	e.SetText("更换主管1.3公里")
	e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := r.stored(n.rec.ID).Get("title").Text; got != "更换主管1.3公里" {
		t.Errorf("%s", got)
	}
}

func TestPage_PastesAsAPlan(t *testing.T) {
	r := newRoom(t)
	r.change(func(v *view) { v.Flat = true })
	first, second := r.source.rows[1].rec, r.source.rows[2].rec
	due := r.column(colDue)
	r.grid.SelectCell(1, due)
	must(t, r.paste(grid.Range{Row1: 1, Col1: due, Row2: 2, Col2: due}, [][]string{{"12月25日前"}, {"12月26日前"}}))
	if got := r.stored(first.ID).Get("due").Text; got == "12月25日前" {
		t.Error("written before the button")
	}
	r.shot("paste")
	r.tap("写入 2 格")
	if r.stored(first.ID).Get("due").Text != "12月25日前" || r.stored(second.ID).Get("due").Text != "12月26日前" {
		t.Error("not written")
	}
	op, err := r.app.Undoable(t.Context())
	must(t, err)
	_, err = r.app.Undo(t.Context(), op.ID)
	must(t, err)
	if r.stored(second.ID).Get("due").Text == "12月26日前" {
		t.Error("not one operation")
	}
	if r.notice.object.Visible() || len(r.source.edits) != 0 {
		t.Errorf("left: %+v", r.source.edits)
	}
}

func TestPage_PasteWithProblems(t *testing.T) {
	r := newRoom(t)
	r.change(func(v *view) { v.Flat = true })
	due := r.column(colDue)
	must(t, r.paste(grid.Range{Row1: 1, Col1: due, Row2: 2, Col2: due}, [][]string{{"哪天都行吧"}, {"12月26日前"}}))
	if c := r.source.Cell(1, due); c.Fill != grid.FillConflict || c.Hint == "" || c.Text != "哪天都行吧" {
		t.Errorf("%+v", c)
	}
	r.shot("problems")
	r.Do(page.Save)
	if got := r.stored(r.source.rows[2].rec.ID).Get("due").Text; got != "12月26日前" {
		t.Errorf("the sound one: %s", got)
	}
	if !strings.Contains(r.words(), "1 格有问题") {
		t.Error("what was wrong is gone")
	}
	r.tap("放弃")
	if len(r.source.edits) != 0 || r.notice.object.Visible() {
		t.Error("not dropped")
	}
	// One cell alone is written as if it was typed.
	must(t, r.paste(grid.Range{Row1: 1, Col1: due, Row2: 1, Col2: due}, [][]string{{"12月27日前"}}))
	if got := r.stored(r.source.rows[1].rec.ID).Get("due").Text; got != "12月27日前" {
		t.Errorf("%s", got)
	}
}

// refusing is an app that refuses the second row of every plan.
type refusing struct{ *app.App }

func (refusing) SetMany(context.Context, string, []app.RowChange) (app.Done, error) {
	return app.Done{}, &app.RowError{Row: 1, Err: &model.Error{Code: model.CodeInvalid, Field: "due", Message: "这一行不行。"}}
}

func TestPage_RefusedPlanLosesNothing(t *testing.T) {
	r := furnish(t, openSample(t), func(a *app.App) API { return refusing{a} })
	r.change(func(v *view) { v.Flat = true })
	due := r.column(colDue)
	must(t, r.paste(grid.Range{Row1: 1, Col1: due, Row2: 3, Col2: due}, [][]string{{"12月25日前"}, {"12月26日前"}, {"12月27日前"}}))
	r.tap("写入 3 格")
	if ready, bad := r.source.edits.counts(); ready != 2 || bad != 1 {
		t.Errorf("%d ready, %d bad", ready, bad)
	}
	bad := 0
	for row := 1; row <= 3; row++ {
		if r.source.Cell(row, due).Hint == "这一行不行。" {
			bad++
		}
	}
	if bad != 1 {
		t.Errorf("%d cells say why", bad)
	}
}

func TestPage_FillsProgressRowByRow(t *testing.T) {
	r := newRoom(t)
	top := r.to("改造农村供水管网")
	r.tap("批量填进展")
	if len(r.source.rows) == 0 || len(r.source.rows) > len(top.children) {
		t.Fatalf("%d rows", len(r.source.rows))
	}
	first, second := r.source.rows[0].rec, r.source.rows[1].rec
	must(t, r.editCell(0, r.column(ofReport+"text"), "已完成沟槽开挖"))
	must(t, r.editCell(0, r.column(colReported), "55"))
	if err := r.editCell(0, r.column(colReported), "很多"); err == nil {
		t.Error("a share that is no number is taken")
	}
	rec := r.stored(first.ID)
	if rec.Get("percent").Num != 55_00 || rec.Get("latest_text").Text != "已完成沟槽开挖" {
		t.Errorf("%+v", rec.Derived)
	}
	col := r.column(colReported)
	must(t, r.paste(grid.Range{Row1: 0, Col1: col, Row2: 1, Col2: col + 2}, [][]string{{"60", "", "继续"}, {"30", "0.5", "进场"}}))
	r.shot("fast")
	r.Do(page.Save)
	if r.stored(first.ID).Get("percent").Num != 60_00 || r.stored(second.ID).Get("latest_text").Text != "进场" {
		t.Errorf("%+v %v", r.stored(second.ID).Derived, r.said.Errors)
	}
	r.tap("完成")
	if r.fast != nil || len(r.source.rows) < 100 {
		t.Error("not back to the list")
	}
}

func TestPage_TakesSteps(t *testing.T) {
	r := newRoom(t)
	r.to("水池清淤")
	r.drawer.choose(tabChain)
	r.tap("申请办结") // it asks for evidence that is not there
	if len(r.said.Errors) != 1 {
		t.Errorf("%v", r.said.Errors)
	}
	r.said.Errors = nil
	n := r.to("破损管道更换")
	items := r.rowMenu(r.currentRow(), 0)
	menu(t, items, "退回…").Action()
	r.shot("step")
	r.tap("退回")
	if len(r.said.Errors) != 1 || r.stored(n.rec.ID).Get("state").Text != ledgers.StateReview {
		t.Errorf("without a reason: %v", r.said.Errors)
	}
	r.typeIn("理由", "佐证照片与地点不符")
	r.tap("退回")
	if got := r.stored(n.rec.ID).Get("state").Text; got != ledgers.StateDoing {
		t.Errorf("state %s", got)
	}
	if r.win.Canvas().Overlays().Top() != nil {
		t.Error("the dialog stays")
	}
}

func TestPage_ExtendsWithDayAndReason(t *testing.T) {
	r := newRoom(t)
	n := r.to("水池清淤")
	menu(t, r.rowMenu(r.currentRow(), 0), "申请延期…").Action()
	r.typeIn("申请延期至", "12月20日")
	r.typeIn("理由", "管材未到")
	r.tap("申请延期")
	rec := r.stored(n.rec.ID)
	if rec.Get("extend_to").End != "2026-12-20" || rec.Get("extend_reason").Text != "管材未到" {
		t.Errorf("%+v %v", rec.Values, r.said.Errors)
	}
	menu(t, r.rowMenu(r.currentRow(), 0), "同意延期").Action()
	if rec := r.stored(n.rec.ID); rec.Get("due").End != "2026-12-20" || rec.Get("due_first").IsEmpty() {
		t.Errorf("%+v %v", rec.Values, r.said.Errors)
	}
	r.shot("extended")
}

func TestPage_StepsOfSeveral(t *testing.T) {
	r := newRoom(t)
	r.change(func(v *view) { v.Flat, v.Chip = true, chipReview })
	want := len(r.source.rows)
	r.win.Canvas().Focus(r.grid)
	r.grid.TypedShortcut(&fyne.ShortcutSelectAll{})
	items := r.rowMenu(0, 0)
	menu(t, items, fmt.Sprintf("办结（%d 项）", want)).Action()
	if len(r.said.Questions) != 1 || !strings.Contains(r.said.Questions[0].Title, fmt.Sprint(want)) {
		t.Errorf("%+v", r.said.Questions)
	}
	if len(r.said.Errors) == 0 && len(r.source.rows) != 0 {
		t.Errorf("%d left for review", len(r.source.rows))
	}
	if len(r.said.Errors) > 0 {
		t.Errorf("%v", r.said.Errors)
	}
}

func TestPage_UrgesAndExports(t *testing.T) {
	r := newRoom(t)
	r.to("水池清淤")
	r.tap("催办")
	if !strings.Contains(r.copied, "【催办】") || !strings.Contains(r.copied, "逾期 12 天") {
		t.Errorf("%s", r.copied)
	}
	r.change(func(v *view) { v.Chip = chipDone })
	menu(t, r.rowMenu(r.grid.Area().Row1, 0), "复制催办文字")
	r.change(func(v *view) { v.Chip = chipLate })
	r.tap("导出")
	if info, err := os.Stat(r.saveTo); err != nil || info.Size() == 0 || !strings.Contains(r.toast(), "已导出 12 项") {
		t.Errorf("%v %s %v", err, r.toast(), r.said.Errors)
	}
}

func TestPage_Deletes(t *testing.T) {
	r := newRoom(t)
	n := r.to("改造农村供水管网")
	r.said.Answer = false
	r.Do(page.Delete)
	if q := r.said.Questions[0]; !q.Danger || !strings.Contains(q.Text, fmt.Sprintf("下面还有 %d 项", n.size())) {
		t.Errorf("%+v", q)
	}
	r.stored(n.rec.ID)
	r.said.Answer = true
	r.Do(page.Delete)
	if _, _, err := r.app.Get(t.Context(), ledgers.Task, n.rec.ID); model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("still there: %v, %v", err, r.said.Errors)
	}
	r.goTo(r.tree.roots[0].rec.ID)
	if r.Do(page.Delete) {
		t.Error("the county's item can be deleted")
	}
}

func TestPage_CreatesUnderTheChosen(t *testing.T) {
	r := newRoom(t)
	above := r.to("改造农村供水管网")
	r.Do(page.New)
	r.shot("new")
	r.tap("新建")
	if !strings.Contains(r.words(), "“任务名称”没有填。") || len(r.said.Errors) > 0 {
		t.Errorf("no word on the missing title: %s", r.words())
	}
	r.typeIn("任务名称", "抢修村道塌方")
	r.typeIn("完成时限", "12月底前")
	r.tap("新建")
	n := r.current()
	if n == nil || n.rec.Get("title").Text != "抢修村道塌方" || n.rec.Get("parent").ID != above.rec.ID || n.rec.Get("due").End != "2026-12-31" {
		t.Fatalf("%+v %v", n, r.said.Errors)
	}
	r.Do(page.Edit)
	if r.drawer.tab != tabDetails || r.drawer.detail == nil {
		t.Error("编辑 does not open the form")
	}
	r.typeIn("备注", "临时")
	r.tap("保存修改")
	if got := r.stored(n.rec.ID).Get("remark").Text; got != "临时" {
		t.Errorf("%s %v", got, r.said.Errors)
	}
}

func TestPage_Splits(t *testing.T) {
	r := newRoom(t)
	n := r.to("改造农村供水管网")
	before := len(n.children)
	r.tap("分解")
	r.shot("split")
	if !strings.Contains(r.words(), "目标量 12公里，未分解 1.2公里") {
		t.Errorf("%s", r.words())
	}
	r.tap("分解")
	if r.win.Canvas().Overlays().Top() == nil {
		t.Fatal("split to nobody")
	}
	r.typeIn("或粘贴名单，一行一个：青山村 1.2", "青山村 0.5；没有村 1")
	r.tap("按名单勾选")
	for _, o := range r.on() {
		if c, is := o.(*kit.Tick); is && strings.HasPrefix(c.Label, "白石村") {
			test.Tap(c)
		}
	}
	r.tap("分解")
	if got := len(r.tree.nodes[n.rec.ID].children); got != before+2 {
		t.Errorf("%d parts, %d before; %v", got, before, r.said.Errors)
	}
}

func TestPage_ChipsAndViews(t *testing.T) {
	r := newRoom(t)
	r.tapChip(chipLate, fyne.Position{})
	late := len(r.source.rows)
	r.sortBy(grid.Sort{Key: colDue})
	r.setColumn(colDocNo, false)
	r.filterBy(colUnit, "白石")
	r.run.Elapse(typingRest)
	if len(r.source.rows) >= late {
		t.Errorf("%d of %d rows", len(r.source.rows), late)
	}
	narrow := shape(r.source.rows)
	r.askView()
	r.tap("保存")
	if r.win.Canvas().Overlays().Top() == nil {
		t.Fatal("kept without a name")
	}
	r.typeIn("视图名称", "白石逾期")
	r.tap("保存")
	r.tapChip(chipAll, fyne.Position{})
	r.clearFilters()
	r.setRows()
	if r.viewName() != "按县级事项" || len(r.source.rows) < 100 {
		t.Errorf("%s, %d rows", r.viewName(), len(r.source.rows))
	}
	again := furnish(t, r.app, nil) // the next start
	again.kept = r.kept
	again.showView(*again.kept.view("白石逾期"))
	again.run.Elapse(typingRest)
	if got := shape(again.source.rows); got != narrow || again.viewName() != "白石逾期" || len(again.source.cols) != len(shipped)-1 {
		t.Errorf("%s, want %s (%s)", got, narrow, again.viewName())
	}
	again.dropView("白石逾期")
	if len(again.kept.Views) != 0 || again.viewName() == "白石逾期" {
		t.Error("not dropped")
	}
}

func TestPage_Routes(t *testing.T) {
	r := newRoom(t)
	r.Show(page.Route{Page: page.Tasks, Filter: chipLate})
	if r.view.Chip != chipLate || r.chips.Selected() != chipLate {
		t.Errorf("chip %s", r.view.Chip)
	}
	n := r.find("更换主管")
	r.Show(page.Route{Page: page.Tasks, Record: n.rec.ID})
	if at := r.current(); at == nil || at.rec.ID != n.rec.ID || !r.drawer.drawer.Visible() {
		t.Error("the item that the filter hides is not shown")
	}
	r.Show(page.Route{Page: page.Tasks, Search: "水池清淤"})
	if rowOf(r.source.rows, r.find("水池清淤").rec.ID) < 0 || !strings.Contains(r.status, "显示 3 / 119") {
		t.Errorf("%s; %s", shape(r.source.rows), r.status)
	}
	r.tapChip(chipSearch, fyne.Position{})
	if len(r.source.rows) < 100 {
		t.Error("the search stays")
	}
}

func TestPage_FoldsAndFilters(t *testing.T) {
	r := newRoom(t)
	all := len(r.source.rows)
	r.twist(0)
	if folded := len(r.source.rows); folded >= all {
		t.Errorf("%d of %d", folded, all)
	}
	r.twist(0)
	if len(r.source.rows) != all {
		t.Error("not unfolded")
	}
	r.Do(page.Filters)
	if _, is := r.win.Canvas().Focused().(*kit.Entry); !is || !r.filters {
		t.Error("no filter row")
	}
	r.filterBy(colTitle, "水池")
	r.run.Elapse(typingRest)
	r.Do(page.Filters)
	if len(r.source.rows) != all || r.filters {
		t.Errorf("a hidden filter goes on: %d of %d", len(r.source.rows), all)
	}
	if r.Do(page.Next) {
		t.Error("下一处待核对 means something")
	}
}

func TestPage_ColumnsDialog(t *testing.T) {
	r := newRoom(t)
	menu(t, r.headMenu(colDue), "选择列…").Action()
	r.shot("columns")
	for _, o := range r.on() {
		if c, is := o.(*kit.Tick); is && c.Label == "备注" {
			test.Tap(c)
		}
	}
	r.column("remark")
	r.keepWidth("remark", 99)
	if recall(fyne.CurrentApp().Preferences()).Widths["remark"] != 99 {
		t.Error("the width is not kept")
	}
	r.tap("恢复默认")
	if len(r.kept.Widths) != 0 {
		t.Errorf("%v", r.kept.Widths)
	}
}

// broken is an app that reads nothing.
type broken struct{ *app.App }

func (broken) List(context.Context, app.ListRequest) (*model.Ledger, model.Page, error) {
	return nil, model.Page{}, model.Errorf(model.CodeDamaged, "台账已损坏。")
}

func TestPage_ErrorIsShown(t *testing.T) {
	r := furnish(t, openSample(t), func(a *app.App) API { return broken{a} })
	if len(r.said.Errors) != 1 {
		t.Errorf("%v", r.said.Errors)
	}
	r.tap("分解")
	r.tap("批量填进展")
	r.Do(page.New)
	r.Do(page.Save)
	r.export()
}

func TestPage_Empty(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台 账", "空.xzdb")
	must(t, os.MkdirAll(filepath.Dir(path), 0o755))
	a, err := app.Create(t.Context(), app.Options{Path: path, Today: testDay})
	must(t, err)
	t.Cleanup(func() { must(t, a.Close()) })
	r := furnish(t, a, nil)
	r.shot("empty")
	if len(r.source.rows) != 0 || !r.empty.Visible() {
		t.Errorf("%s", r.words())
	}
	r.tap("新建任务")
	r.typeIn("任务名称", "第一项")
	r.tap("新建")
	if len(r.source.rows) != 1 || r.empty.Visible() {
		t.Errorf("%d rows, %v", len(r.source.rows), r.said.Errors)
	}
}

func TestPage_Fits(t *testing.T) {
	r := newRoom(t)
	r.to("水池清淤")
	for _, size := range []fyne.Size{fyne.NewSize(1218, 692), fyne.NewSize(1041, 538)} {
		r.win.Resize(size)
		if m := r.Content().MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
			t.Errorf("at %v it asks for %v", size, m)
		}
	}
}

func TestPage_Markup(t *testing.T) {
	r := newRoom(t)
	r.to("水池清淤")
	r.drawer.choose(tabChain)
	test.AssertRendersToMarkup(t, "page.xml", r.win.Canvas())
}
