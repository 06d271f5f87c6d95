package ledgers

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

func TestPage_EditsACell(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	id := r.current().ID
	r.grid.SelectCell(0, r.column("skill"))
	r.win.Canvas().Focus(r.grid)
	r.typeText("果树修剪")
	r.key(fyne.KeyReturn)
	if got := r.value("team", id, "skill"); got != "果树修剪" || r.text(0, "skill") != "果树修剪" {
		t.Fatalf("stored %q, shown %q", got, r.text(0, "skill"))
	}
	if len(r.toasts) == 0 || r.toasts[len(r.toasts)-1].Action == "" {
		t.Fatalf("toasts %+v", r.toasts)
	}
	r.toasts[len(r.toasts)-1].OnAction()
	r.settle()
	if got := r.value("team", id, "skill"); got == "果树修剪" || r.text(0, "skill") != got {
		t.Errorf("after undo %q, shown %q", got, r.text(0, "skill"))
	}
}

func TestPage_EditShowsTheNumberInFull(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	row := slices.IndexFunc(r.list("team"), func(rec *model.Record) bool { return !rec.Get("id_number").IsEmpty() })
	col := r.column("id_number")
	if shown := r.text(row, "id_number"); !strings.Contains(shown, "*") {
		t.Fatalf("shown %q", shown)
	}
	if got := r.Page.win.editText(row, col); strings.Contains(got, "*") || len(got) != 18 {
		t.Errorf("edited %q", got)
	}
	if err := r.edit(row, col, "990101****"); err == nil {
		t.Error("a masked number was taken")
	}
	before := r.list("team")[row].Get("id_number")
	r.grid.SelectCell(row, col)
	r.pasteHere("990101********0011")
	if after := r.list("team")[row].Get("id_number"); after != before {
		t.Errorf("a pasted mask wiped out %v: %v", before, after)
	}
}

func TestPage_SaysInTheCellWhatIsWrong(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	id, col := r.current().ID, r.column("name")
	if err := r.edit(0, r.column("birth"), "去年"); err == nil {
		t.Error("words that are no month close the editor")
	}
	must(t, r.edit(0, col, "")) // only app knows that a name is needed
	r.settle()
	c := r.Page.win.Cell(0, col)
	if c.Fill != grid.FillConflict || c.Hint == "" || r.value("team", id, "name") == "" {
		t.Fatalf("cell %+v", c)
	}
	must(t, r.edit(0, col, "何示例改"))
	r.settle()
	if c := r.Page.win.Cell(0, col); c.Fill == grid.FillConflict || c.Text != "何示例改" {
		t.Errorf("after correcting %+v", c)
	}
	must(t, r.edit(0, r.column("village"), "没有这个村"))
	r.settle()
	if c := r.Page.win.Cell(0, r.column("village")); c.Fill != grid.FillChanged || !strings.Contains(c.Hint, "没有这个村") {
		t.Errorf("a doubt: %+v", c)
	}
}

func TestPage_PasteIsOneOperation(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	before := r.list("team")
	ops := len(r.operations())
	r.grid.SelectCell(1, r.column("skill"))
	r.pasteHere("茶叶\r\n水稻\r\n养蜂\r\n")
	now := r.list("team")
	for i, want := range []string{"茶叶", "水稻", "养蜂"} {
		if got := now[1+i].Get("skill").Text; got != want {
			t.Errorf("row %d: %q", 1+i, got)
		}
	}
	if n := len(r.operations()) - ops; n != 1 {
		t.Errorf("%d operations", n)
	}
	r.toasts[len(r.toasts)-1].OnAction()
	if got := r.list("team")[2].Get("skill"); got != before[2].Get("skill") {
		t.Errorf("after undo %v", got)
	}
}

func (r *room) operations() []model.Operation {
	r.t.Helper()
	ops, err := r.app.Operations(r.t.Context(), 0, 0)
	must(r.t, err)
	return ops
}

func TestPage_PasteHoldsBackWhatIsWrong(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	ids := []string{r.Page.win.record(0).ID, r.Page.win.record(1).ID}
	r.grid.SelectCell(0, r.column("birth"))
	r.pasteHere("很久以前\r\n1990-05\r\n")
	if got := r.value("team", ids[1], "birth"); got != "1990-05" {
		t.Errorf("the sound row has %q", got)
	}
	c := r.Page.win.Cell(0, r.column("birth"))
	if c.Text != "很久以前" || c.Fill != grid.FillConflict || c.Hint == "" {
		t.Errorf("the wrong cell: %+v", c)
	}
}

func TestPage_PasteBeyondTheEndAsks(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "unit"})
	n := r.Page.win.Len()
	r.grid.Select(n - 1)
	r.settle()
	r.said.Answer = false
	table := r.text(n-1, "name") + "\r\n新站所一\r\n新站所二\r\n"
	r.grid.SelectCell(n-1, r.column("name"))
	r.pasteHere(table)
	if len(r.said.Questions) != 1 || !strings.Contains(r.said.Questions[0].Text, "2 行") || len(r.list("unit")) != n {
		t.Fatalf("questions %+v, %d records", r.said.Questions, len(r.list("unit")))
	}
	r.said.Answer = true
	r.grid.SelectCell(n-1, r.column("name"))
	r.pasteHere(table)
	if got := len(r.list("unit")); got != n+2 || r.Page.win.Len() != n+2 {
		t.Errorf("%d records, %d rows, errors %v", got, r.Page.win.Len(), r.said.Errors)
	}
}

func TestPage_CopiesRowsNeverSeen(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "progress"})
	n := r.Page.win.Len()
	if !r.Page.win.missing(0, n-1) {
		t.Fatal("all rows are there already")
	}
	r.grid.TypedShortcut(&fyne.ShortcutSelectAll{})
	r.grid.TypedShortcut(&fyne.ShortcutCopy{Clipboard: fyne.CurrentApp().Clipboard()})
	r.settle()
	if rows := grid.ParseTSV(r.copied); len(rows) != n || rows[n-1][0] == "" {
		t.Errorf("%d rows copied of %d", len(rows), n)
	}
	if r.copyRows(0, 0) == false {
		t.Error("still missing")
	}
}

func TestPage_AddsByTheForm(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	n := r.Page.win.Len()
	if !r.Do(page.New) {
		t.Fatal("Ctrl+N is not known")
	}
	r.settle()
	r.tap("保存")
	if f := find(r.Content(), func(f *kit.Field) bool {
		return strings.HasPrefix(words(f), "驻村 *") || strings.HasPrefix(words(f), "姓名 *")
	}); f == nil || len(r.list("team")) != n {
		t.Fatal("an empty record was added")
	}
	r.enter("姓名", "新来的同志")
	if !r.record.dirty() {
		t.Fatal("nothing entered")
	}
	r.pick("驻村", "青山村")
	if !r.Do(page.Save) {
		t.Fatal("Ctrl+S is not known")
	}
	r.settle()
	r.quiet()
	if got := r.current(); len(r.list("team")) != n+1 || got == nil || got.Get("name").Text != "新来的同志" || got.Get("village").ID == "" {
		t.Errorf("current %+v of %d", got, len(r.list("team")))
	}
	if r.record.form != nil || r.record.rec == nil || r.record.rec.Get("name").Text != "新来的同志" {
		t.Error("the drawer does not show it")
	}
}

func (r *room) pick(label, words0 string) {
	r.t.Helper()
	f := find(r.Content(), func(f *kit.Field) bool {
		return strings.HasPrefix(words(f), label+" *") || strings.HasPrefix(words(f), label+"\n")
	})
	if f == nil {
		r.t.Fatalf("no field %s", label)
	}
	find(f, func(*kit.Picker) bool { return true }).Tapped(nil)
	r.typeText(words0)
	r.key(fyne.KeyReturn)
}

func TestPage_EditsInTheDrawer(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team", Record: r.list("team")[3].ID})
	id := r.current().ID
	r.tap("编辑")
	r.enter("技术特长", "电商")
	r.grid.Select(5)
	r.settle()
	if r.record.rec.ID != id {
		t.Fatal("what was entered was lost with the cursor")
	}
	r.tap("保存")
	if got := r.value("team", id, "skill"); got != "电商" {
		t.Errorf("stored %q", got)
	}
	r.tap("编辑")
	r.tap("取消")
	if r.record.form != nil || !r.record.shown {
		t.Error("cancel does not go back to the record")
	}
}

func TestPage_FollowsTheCursor(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	if r.record.shown {
		t.Fatal("the drawer opens by itself")
	}
	r.tap("详情")
	r.grid.Select(4)
	r.settle()
	if r.record.rec == nil || r.record.rec.ID != r.current().ID {
		t.Error("the drawer stays behind")
	}
	r.tap("详情")
	if r.record.shown || r.beside.Drawer.Visible() {
		t.Error("the drawer does not close")
	}
}

func TestPage_AsksBeforeLeavingWhatIsEntered(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	r.record.edit()
	r.settle()
	r.enter("技术特长", "电商")
	r.said.Answer = false
	r.Show(page.Route{Page: page.Ledgers, Ledger: "task"})
	r.record.close()
	r.record.add()
	r.settle()
	if r.ledger.Key != "team" || len(r.said.Questions) != 3 || !r.record.dirty() {
		t.Fatalf("in %s after %d questions", r.ledger.Key, len(r.said.Questions))
	}
	r.said.Answer = true
	r.show(page.Route{Ledger: "task"})
	if r.ledger.Key != "task" || r.record.dirty() {
		t.Error("still there")
	}
}

func TestPage_RelatedAndHistory(t *testing.T) {
	r := newRoom(t)
	var task *model.Record
	for _, rec := range r.list("progress") {
		if id := rec.Get("task").ID; id != "" {
			_, task, _ = r.app.Get(t.Context(), "task", id)
			break
		}
	}
	r.show(page.Route{Ledger: "task", Record: task.ID})
	r.record.drawer.Choose(tabRelated)
	got := words(r.record.drawer)
	if !strings.Contains(got, "任务进展") {
		t.Fatalf("related %q", got)
	}
	link := find(r.record.drawer, func(b *kit.Button) bool { return b.Kind == kit.ButtonLink })
	test.Tap(link)
	if len(r.opened) != 1 || r.opened[0].Record == "" || r.opened[0].Ledger == "" {
		t.Errorf("opened %+v", r.opened)
	}
	r.record.drawer.Choose(tabHistory)
	if got := words(r.record.drawer); !strings.Contains(got, "载入示例县") {
		t.Errorf("history %q", got)
	}
	if r.record.tab != tabHistory {
		t.Error("the tab is forgotten")
	}
}

func TestPage_RepeatsAndEmptiesCells(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	col := r.column("skill")
	must(t, r.edit(0, col, "茶叶"))
	r.settle()
	r.grid.SelectCell(1, col)
	r.win.Canvas().Focus(r.grid)
	ctrlD := &desktop.CustomShortcut{KeyName: fyne.KeyD, Modifier: fyne.KeyModifierControl}
	r.grid.TypedShortcut(ctrlD) // as the row above
	r.settle()
	if got := r.list("team")[1].Get("skill").Text; got != "茶叶" {
		t.Fatalf("Ctrl+D gives %q", got)
	}
	r.key(fyne.KeyDelete)
	if got := r.list("team")[1].Get("skill"); !got.IsEmpty() {
		t.Errorf("Delete leaves %v", got)
	}
	r.quiet()
}

func TestPage_WritesRowsNeverSeen(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "progress"})
	row := r.Page.win.Len() - 2
	if r.Page.win.peek(row) != nil {
		t.Fatal("the row is there already")
	}
	r.writeRows([]rowEdit{{row, []app.Assignment{{Field: "problem", Words: "管材未到"}}}})
	r.settle()
	r.quiet()
	if got := r.list("progress")[row].Get("problem").Text; got != "管材未到" {
		t.Errorf("stored %q", got)
	}
	if err := r.edit(row-150, 0, "x"); err == nil {
		t.Error("a row on its way was edited")
	}
}

func TestPage_ScrollsThroughManyRows(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "progress"})
	r.win.Canvas().Focus(r.grid)
	r.grid.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyEnd, Modifier: fyne.KeyModifierControl})
	r.win.Canvas().Capture()
	last := r.currentRow()
	r.settle()
	if r.Page.win.peek(last) == nil || r.Page.win.Len() != last+1 {
		t.Fatalf("row %d of %d is not there", last, r.Page.win.Len())
	}
	if r.Page.win.peek(last/2) != nil {
		t.Error("rows between were read for nothing")
	}
}

func TestPage_DrawerSaysWhatIsWrong(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	id := r.current().ID
	r.Do(page.Edit)
	r.settle()
	r.enter("姓名", "")
	r.tap("保存")
	if f := find(r.Content(), func(f *kit.Field) bool { return strings.HasPrefix(words(f), "姓名") }); f == nil || f.Note() == "" {
		t.Fatal("nothing is said under the name")
	}
	if r.record.form == nil || r.value("team", id, "name") == "" {
		t.Error("the form is gone")
	}
	r.enter("姓名", r.value("team", id, "name"))
	r.tap("保存") // as it was: nothing to write
	if r.record.form != nil || len(r.operations()) != 1 {
		t.Errorf("%d operations", len(r.operations()))
	}
	r.quiet()
}

func TestPage_FormShowsTheNumberInFullTheDrawerDoesNot(t *testing.T) {
	r := newRoom(t)
	var rec *model.Record
	for _, rec = range r.list("team") {
		if !rec.Get("id_number").IsEmpty() {
			break
		}
	}
	number := rec.Get("id_number").Text
	r.show(page.Route{Ledger: "team", Record: rec.ID})
	masked := app.Shown(false)(r.ledger.Field("id_number"), rec.Get("id_number")).Text
	if got := cellOf(r.ledger, r.ledger.Field("id_number"), rec).Text; got != masked || got == number {
		t.Errorf("grid shows %q", got)
	}
	r.tap("编辑")
	f := find(r.Content(), func(f *kit.Field) bool { return strings.HasPrefix(words(f), "身份证号") })
	if e := find(f, func(*kit.Entry) bool { return true }); e == nil || e.Text != number {
		t.Errorf("the form shows %v", e)
	}
}

func TestPage_CancelsANewRecord(t *testing.T) {
	r := newRoom(t)
	r.show(page.Route{Ledger: "team"})
	r.record.add()
	r.settle()
	r.record.add() // Ctrl+N again
	r.settle()
	r.tap("取消")
	if r.record.adding || r.record.form != nil || !r.record.shown {
		t.Error("cancel leads nowhere")
	}
	key, _, err := r.app.AddLedger(t.Context(), "空台账")
	must(t, err)
	r.show(page.Route{Ledger: key})
	r.record.add()
	r.settle()
	r.tap("取消")
	if r.record.shown {
		t.Error("a drawer without a record")
	}
}
