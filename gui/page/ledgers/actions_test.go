package ledgers

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/model"
)

func (r *room) chooseTwo() {
	r.win.Canvas().Focus(r.grid)
	r.grid.SelectCell(0, 0)
	r.grid.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	r.key(fyne.KeyDown)
	r.grid.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

func TestPage_Deletes(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "act"})
	n, ops := r.Page.win.Len(), len(r.operations())
	r.chooseTwo()
	r.said.Answer = false
	r.tap("删除")
	if len(r.list("act")) != n || len(r.said.Questions) != 1 || r.said.Questions[0].Yes != "删除 2 条" {
		t.Fatalf("questions %+v", r.said.Questions)
	}
	r.said.Answer = true
	if !r.Do(page.Delete) {
		t.Fatal("the command is not known")
	}
	r.settle()
	if got := len(r.list("act")); got != n-2 || r.Page.win.Len() != n-2 || len(r.operations()) != ops+1 {
		t.Errorf("%d left, %d rows, %d operations", got, r.Page.win.Len(), len(r.operations())-ops)
	}
	r.toasts[len(r.toasts)-1].OnAction()
	r.settle()
	if r.Page.win.Len() != n {
		t.Errorf("%d rows after undo", r.Page.win.Len())
	}
}

func TestPage_DeleteSaysWhatUsesTheRecord(t *testing.T) {
	r := newRoom(t)
	village := r.list("team")[0].Get("village").ID
	r.show(page.Route{Ledger: "area", Record: village})
	r.Do(page.Delete)
	r.settle()
	if len(r.said.Errors) != 1 || model.CodeOf(r.said.Errors[0]) != model.CodeInUse || !strings.Contains(r.said.Errors[0].Error(), "驻村工作队花名册（驻村）") {
		t.Errorf("errors %v", r.said.Errors)
	}
}

func TestPage_Merges(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "unit"})
	n := r.Page.win.Len()
	r.tap("合并")
	if got := r.toasts[len(r.toasts)-1].Text; !strings.Contains(got, "两条") {
		t.Fatalf("toast %q", got)
	}
	a, b := r.Page.win.record(0), r.Page.win.record(1)
	r.chooseTwo()
	r.tap("合并")
	r.tap("保留“" + short(nameOf(r.ledger, a)) + "”")
	r.quiet()
	if r.Page.win.Len() != n-1 {
		t.Fatalf("%d units of %d", r.Page.win.Len(), n)
	}
	if _, got, err := r.app.Get(t.Context(), "unit", b.ID); err != nil || got.ID != a.ID {
		t.Errorf("the loser's id gives %+v, %v", got, err)
	}
}

func TestPage_NewLedgerAndField(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	r.tap("新建台账")
	r.tap("新建")
	if r.win.Canvas().Overlays().Top() == nil {
		t.Fatal("a ledger without a name")
	}
	r.enter("台账名称", "双定三联记录")
	r.tap("新建")
	if r.ledger.Label != "双定三联记录" || !isOwn(r.ledger) {
		t.Fatalf("open is %s", r.ledger.Label)
	}
	r.enter("项目名称", "联系干部")
	r.tap("加入后继续加")
	r.enter("项目名称", "联系干部")
	r.tap("加入")
	if f := find(r.top(), func(f *kit.Field) bool { return strings.Contains(f.Note(), "已有") }); f == nil {
		t.Fatal("two fields of one name")
	}
	r.enter("项目名称", "类别")
	d := find(r.top(), func(*kit.Picker) bool { return true })
	d.SetChoice(kit.Choice{Text: model.KindEnum.Label()})
	r.tap("加入")
	if f := find(r.top(), func(f *kit.Field) bool { return strings.Contains(f.Note(), "各项") }); f == nil {
		t.Fatal("an enum without choices")
	}
	r.enter("可选的各项", "重点户、一般户")
	r.tap("加入")
	if r.win.Canvas().Overlays().Top() != nil {
		t.Fatal("the dialog stays")
	}
	if got := keysOf(r.Page.win.fields); len(got) != 3 {
		t.Errorf("columns %q", got)
	}
	if !strings.Contains(words(r.shelf), "双定三联记录") {
		t.Error("an own ledger without records is not on the shelf")
	}
	r.quiet()
}

func TestPage_EmptyLedger(t *testing.T) {
	r := newRoom(t)
	key, _, err := r.app.AddLedger(t.Context(), "公益性岗位台账")
	must(t, err)
	r.show(page.Route{Ledger: key})
	if r.body.Objects[0] != fyne.CanvasObject(r.empty) {
		t.Fatal("no notice")
	}
	fyne.CurrentApp().Clipboard().SetContent("")
	r.tap("粘贴表格")
	if got := r.toasts[len(r.toasts)-1].Text; !strings.Contains(got, "剪贴板") {
		t.Errorf("toast %q", got)
	}
	fyne.CurrentApp().Clipboard().SetContent("名称\r\n保洁员\r\n护林员\r\n\r\n")
	r.tap("粘贴表格")
	if len(r.said.Questions) != 1 || len(r.list(key)) != 2 || r.body.Objects[0] != fyne.CanvasObject(r.card) {
		t.Errorf("questions %+v, records %d", r.said.Questions, len(r.list(key)))
	}
	r.quiet()
	r.grid.Select(0)
	r.Do(page.Delete)
	r.grid.Select(0)
	r.settle()
	r.Do(page.Delete)
	r.settle()
	if r.body.Objects[0] != fyne.CanvasObject(r.empty) || r.status != "没有记录" {
		t.Errorf("after deleting all: status %q, %d rows", r.status, r.Page.win.Len())
	}
}

func TestPage_UndoOfANewLedgerLeavesIt(t *testing.T) {
	r := newRoom(t)
	key, done, err := r.app.AddLedger(t.Context(), "试一试")
	must(t, err)
	r.show(page.Route{Ledger: key})
	_, err = r.app.Undo(t.Context(), done.Op)
	must(t, err)
	r.settle()
	r.quiet()
	if r.ledger.Key == key {
		t.Error("a ledger that is gone stays open")
	}
}

func TestPage_Columns(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	items := r.headMenu("ethnic")
	items[1].Action() // 隐藏此列
	if slices.Contains(keysOf(r.Page.win.fields), "ethnic") || r.text(0, "name") == "" {
		t.Fatal("the column stays")
	}
	r.keepWidth("name", 171)
	r.show(page.Route{Ledger: "task"})
	r.show(page.Route{Ledger: "team"})
	if slices.Contains(keysOf(r.Page.win.fields), "ethnic") || r.setup.Widths["name"] != 171 {
		t.Error("the columns are forgotten")
	}
	if len(r.headMenu("name")) != 2 {
		t.Error("the first column can be hidden")
	}
	r.tap("列")
	box := find(r.top(), func(*kit.Dialog) bool { return true })
	if box == nil {
		t.Fatal("no dialog")
	}
	r.tap("确定")
	r.showColumns(map[string]bool{"ethnic": true})
	if !slices.Contains(keysOf(r.Page.win.fields), "ethnic") {
		t.Error("the column does not come back")
	}
}

// TestDialogs_ByKeyboard: Esc closes a dialog, Enter in an entry goes on.
func TestDialogs_ByKeyboard(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	for name, open := range map[string]func(){"ledger": r.addLedger, "field": r.addField, "export": r.export, "columns": r.chooseColumns} {
		open()
		if r.win.Canvas().Overlays().Top() == nil {
			t.Fatalf("%s does not open", name)
		}
		r.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if r.win.Canvas().Overlays().Top() != nil {
			t.Errorf("Esc does not close %s", name)
		}
	}
	r.addLedger()
	r.typeText("帮扶车间台账")
	r.key(fyne.KeyReturn)
	if r.ledger.Label != "帮扶车间台账" {
		t.Fatalf("open is %s", r.ledger.Label)
	}
	r.typeText("地址")
	r.key(fyne.KeyEnter)
	if got := len(r.Page.win.fields); got != 2 || r.win.Canvas().Overlays().Top() != nil {
		t.Errorf("%d columns", got)
	}
}

func TestPage_ExportOfWhatIsNotSensitive(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "task"})
	r.tap("导出")
	if find(r.top(), func(f *kit.Field) bool { return strings.HasPrefix(words(f), "用途") }) != nil {
		t.Error("asked what for without need")
	}
	r.tap("选择位置") // and no place is chosen
	if r.offered != "任务20261122.xlsx" || len(r.said.Titles) != 0 {
		t.Errorf("offered %q, did %q", r.offered, r.said.Titles)
	}
	r.saveAs = filepath.Join(t.TempDir(), "任务.xlsx")
	r.tap("导出")
	r.tap("选择位置")
	if _, err := os.Stat(r.saveAs); err != nil {
		t.Error(err)
	}
	r.quiet()
}

func TestPage_ExportForTheGroupLeavesOutTheNumbers(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	r.saveAs = filepath.Join(t.TempDir(), "花名册.csv")
	r.tap("导出")
	r.tap("选择位置")
	content, err := os.ReadFile(r.saveAs)
	must(t, err)
	if strings.Contains(string(content), "身份证号") || strings.Contains(string(content), "990101") {
		t.Error("the numbers go along")
	}
}

func TestPage_DeleteNeedsRecords(t *testing.T) {
	r := newRoom(t)
	r.delete()
	r.merge()
	r.addField()
	r.export()
	r.record.add()
	r.toggleFilters()
	r.chooseColumns()
	r.clearQuery()
	if r.win.Canvas().Overlays().Top() != nil || len(r.toasts) != 0 {
		t.Fatal("something happens before a ledger is open")
	}
	r.show(page.Route{Ledger: "progress"})
	r.grid.TypedShortcut(&fyne.ShortcutSelectAll{})
	r.delete()
	if got := r.toasts[len(r.toasts)-1].Text; !strings.Contains(got, "分几次") || len(r.said.Questions) != 0 {
		t.Errorf("toast %q", got)
	}
	r.show(page.Route{Ledger: "progress", Search: "查无此事查无此事"})
	r.delete()
	if got := r.toasts[len(r.toasts)-1].Text; !strings.Contains(got, "请先选中") {
		t.Errorf("toast %q", got)
	}
	r.record.open()
	if r.record.shown {
		t.Error("a drawer without a record")
	}
}

func TestSetup(t *testing.T) {
	test.NewTempApp(t)
	prefs := fyne.CurrentApp().Preferences()
	s := loadSetup(prefs, "book")
	s.Widths["name"] = 99
	s.show("a", false)
	s.show("b", false)
	s.show("b", false)
	s.show("a", true)
	must(t, s.save(prefs, "book"))
	got := loadSetup(prefs, "book")
	if got.Widths["name"] != 99 || !slices.Equal(got.Hidden, []string{"b"}) {
		t.Errorf("setup %+v", got)
	}
	if other := loadSetup(prefs, "other"); len(other.Widths) != 0 || len(other.Hidden) != 0 {
		t.Errorf("of another ledger %+v", other)
	}
	prefs.SetString(setupKey("book"), "{broken")
	if got := loadSetup(prefs, "book"); got.Widths == nil || len(got.Hidden) != 0 {
		t.Errorf("unreadable %+v", got)
	}
}
