package settings

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// broken is an app that can read nothing that the page asks for.
type broken struct{ *app.App }

var errBroken = model.Errorf(model.CodeDamaged, "台账已损坏。")

func (broken) List(context.Context, app.ListRequest) (*model.Ledger, model.Page, error) {
	return nil, model.Page{}, errBroken
}

func (broken) Parameters(context.Context) ([]app.ParameterInfo, error) { return nil, errBroken }

func (broken) May(context.Context, app.Right) (bool, error) { return false, errBroken }

func (broken) Users(context.Context) ([]app.UserInfo, error) { return nil, errBroken }

func (broken) Expired(context.Context) ([]app.ExpiredRecord, error) { return nil, errBroken }

func (broken) OfficePacks(context.Context) (*model.Ledger, []*model.Record, error) {
	return nil, nil, errBroken
}

func (broken) CarriedOut(context.Context) (*model.Ledger, []*model.Record, error) {
	return nil, nil, errBroken
}

func (broken) Backups(context.Context) (app.Backups, error) { return app.Backups{}, errBroken }

func TestPage_EverySectionShowsItsError(t *testing.T) {
	r := newRoom(t, func(a *app.App) API { return broken{a} })
	for _, e := range entries {
		if e.key == Display {
			continue // reads nothing
		}
		r.Said.Errors = nil
		r.enter(e.key)
		if len(r.Said.Errors) != 1 {
			t.Errorf("%s: %v", e.label, r.Said.Errors)
		}
	}
}

// halfway is an app whose reading fails at a later step.
type halfway struct{ *app.App }

func (halfway) Uses(context.Context, string) (map[string][]app.Use, error) { return nil, errBroken }

func (halfway) Setting(context.Context, string) (string, error) { return "", errBroken }

func TestPage_LaterStepsFailToo(t *testing.T) {
	r := newRoom(t, func(a *app.App) API { return halfway{a} })
	if len(r.Said.Errors) != 1 {
		t.Errorf("基本信息: %v", r.Said.Errors)
	}
	r.enter(Areas)
	if len(r.Said.Errors) != 2 {
		t.Errorf("行政区划: %v", r.Said.Errors)
	}
}

// empty is an app over a ledger without records.
type empty struct{ *app.App }

func (e empty) List(_ context.Context, req app.ListRequest) (*model.Ledger, model.Page, error) {
	return e.Catalog().Ledger(req.Ledger), model.Page{}, nil
}

func (empty) Home() *model.Record { return nil }

func TestPage_EmptyLedger(t *testing.T) {
	r := newRoom(t, func(a *app.App) API { return empty{a} })
	if c := r.enter(Basic).(*basic).home.Choice(); c.ID != "" {
		t.Errorf("home is %+v", c)
	}
	a := r.enter(Areas).(*areas)
	if a.chosen != nil || a.tree.Len() != 0 {
		t.Errorf("chosen %+v", a.chosen)
	}
	r.Shot("settings-areas-empty")
	r.Tap("新增下级")
	if !a.adding || r.Button("保存") == nil {
		t.Error("the first division cannot be added")
	}
	r.Tap("取消")
	if a.adding {
		t.Error("the form stays")
	}
	r.enter(People)
	r.Shot("settings-people-empty")
	if r.Button("打开人员") != nil {
		t.Error("a button for nobody")
	}
	r.NoErrors()
}

func TestAreas_RefusedValueStandsUnderItsField(t *testing.T) {
	r := newRoom(t)
	a := r.enter(Areas).(*areas)
	r.selectArea(a, "乙镇")
	a.form.Propose("households", "很多户", "")
	r.Tap("保存")
	if len(r.Said.Errors) != 0 {
		t.Errorf("shown as a dialog: %v", r.Said.Errors)
	}
	found := false
	pagetest.Walk(a.drawer, func(o fyne.CanvasObject) {
		if f, is := o.(*kit.Field); is && strings.Contains(f.Note(), "户数") {
			found = true
		}
	})
	if !found {
		t.Error("nothing stands under the field")
	}
	if _, rec, err := r.App.Get(t.Context(), areaLedger, a.chosen.ID); err != nil || rec.Get("households").Set {
		t.Error("it was written", err)
	}
}

func TestAreas_AnotherHandsChangeShows(t *testing.T) {
	r := newRoom(t)
	a := r.enter(Areas).(*areas)
	r.selectArea(a, "丙乡")
	id := a.chosen.ID
	_, err := r.App.Set(t.Context(), areaLedger, id, []app.Assignment{{Field: "aliases", Words: "丙家乡"}})
	pagetest.Must(t, err)
	if a.chosen.ID != id || a.chosen.Get("aliases").Text != "丙家乡" {
		t.Errorf("shown: %v", a.chosen.Values)
	}
}

func TestUsesList(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	lines := func(uses []app.Use) (out []string) {
		pagetest.Walk(usesList(uses), func(o fyne.CanvasObject) {
			if l, is := o.(*kit.Line); is {
				out = append(out, l.Text())
			}
		})
		return out
	}
	if got := lines([]app.Use{{Ledger: "任务", Field: "责任单位", N: 12}}); len(got) != 1 || got[0] != "任务 · 责任单位　12 条" {
		t.Errorf("%q", got)
	}
	if got := lines(nil); len(got) != 1 || !strings.Contains(got[0], "没有") {
		t.Errorf("%q", got)
	}
}

func TestRoster_SearchByInitials(t *testing.T) {
	r := newRoom(t)
	u := r.enter(Units).(*roster)
	all := u.source.Len()
	u.search.SetText("xslj")
	if n := u.source.Len(); n == 0 || n >= all {
		t.Errorf("%d of %d units for 县水利局", n, all)
	}
	u.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(r.Opened) != 1 || r.Opened[0].Page != page.Ledgers || r.Opened[0].Record != u.source.shown[0].ID {
		t.Errorf("Enter opens %+v", r.Opened)
	}
}

func TestRoster_HidesSensitiveValues(t *testing.T) {
	r := newRoom(t)
	s := &rosterSource{ledger: r.App.Catalog().Ledger("person"), keys: []string{"name", "id_number"}}
	rec := model.NewRecord("person", "")
	rec.Put("name", model.Text("示例一"))
	rec.Put("id_number", model.Text("110101199003071234"))
	s.all = []*model.Record{rec}
	s.narrow()
	if c := s.Cell(0, 1); c.Text == "" || strings.Contains(c.Text, "19900307") {
		t.Errorf("shown: %s", c.Text)
	}
	if cols := s.Columns(); cols[0].Title != "姓名" || cols[1].Title != "证件号码" {
		t.Errorf("%+v", cols)
	}
}

func TestRules_ByKeyboard(t *testing.T) {
	r := newRoom(t)
	p := r.enter(Rules).(*rules)
	p.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	p.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if r.Win.Canvas().Focused() != p.entry {
		t.Fatal("Enter does not lead to the entry")
	}
	key := p.chosen.Key
	p.entry.SetText("12")
	p.entry.OnSubmitted(p.entry.Text)
	if got, err := r.App.Setting(t.Context(), key); err != nil || got != "12" || p.chosen.Key != key {
		t.Errorf("%s is %s (%v), shown %s", key, got, err, p.chosen.Key)
	}
}

func TestRules_ShortFlowByTicks(t *testing.T) {
	r := newRoom(t)
	p := r.enter(Rules).(*rules)
	p.choose(slices.IndexFunc(p.source, func(q app.ParameterInfo) bool { return q.Key == "flow.short.order" }))
	if len(p.ticks) != 5 || !p.ticks[2].On() || p.ticks[1].On() {
		t.Fatalf("%d boxes, value %s", len(p.ticks), p.value)
	}
	p.focus()
	if r.Win.Canvas().Focused() != p.ticks[0] {
		t.Error("Enter does not lead to the boxes")
	}
	test.Tap(p.ticks[1])
	r.Tap("从今天起改")
	if got, err := r.App.Setting(t.Context(), "flow.short.order"); err != nil || got != "乡镇、村" || since(p.chosen) != "2026-11-22 起" {
		t.Errorf("%s since %s (%v)", got, since(p.chosen), err)
	}
	test.Tap(p.ticks[4]) // 无 takes all others away
	if p.value != "无" || p.ticks[1].On() || p.ticks[2].On() {
		t.Error(p.value)
	}
	r.NoErrors()
}

func TestRules_TwoThatContradict(t *testing.T) {
	r := newRoom(t)
	p := r.enter(Rules).(*rules)
	p.choose(1)
	p.entry.SetText("60") // yellow above red
	r.Tap("从今天起改")
	if !strings.Contains(p.field.Note(), "不能大于") {
		t.Errorf("under the entry: %s", p.field.Note())
	}
	p.entry.SetText("6")
	if strings.Contains(p.field.Note(), "不能大于") {
		t.Error("the sentence stays while typing")
	}
}

func TestBackups_AnotherFolder(t *testing.T) {
	r := newRoom(t)
	b := r.enter(Backup).(*backups)
	if r.Button("更换文件夹") != nil {
		t.Error("there is nothing to change yet")
	}
	for _, name := range []string{"U盘", "共享"} {
		r.Folder = filepath.Join(t.TempDir(), name)
		pagetest.Must(t, os.Mkdir(r.Folder, 0o755))
		if b.now.Second == "" {
			r.Tap("存到第二处")
		} else {
			r.Tap("更换文件夹")
		}
		if b.now.Second != r.Folder || len(b.now.Files) != 1 {
			t.Errorf("%s: %+v", name, b.now)
		}
	}
	pagetest.Must(t, os.RemoveAll(r.Folder))
	b.load()
	if !b.now.SecondGone || !strings.Contains(b.warn.Text(), "打不开") {
		t.Errorf("pulled out: %s", b.warn.Text())
	}
	r.NoErrors()
}

func TestBackupSource(t *testing.T) {
	s := &backupSource{today: today, files: []app.BackupFile{
		{Path: "/备份/20261122-120000-自动-导入前.xzdb", At: noon, Reason: "自动 导入前", Bytes: 2 << 20, Proved: noon, Sound: true, Records: 813},
		{Path: "/U盘/甲镇-20261122-120000.xzdb", At: noon, Second: true, Bytes: 10},
	}}
	want := [][]string{
		{"11-22 12:00", "本机", "自动 导入前", "2.0 MB", "813", "已核对 11-22 12:00", "20261122-120000-自动-导入前.xzdb"},
		{"11-22 12:00", "第二处", "", "1 KB", "—", "未核对", "甲镇-20261122-120000.xzdb"},
	}
	for row, cells := range want {
		for col, w := range cells {
			if c := s.Cell(row, col); c.Text != w {
				t.Errorf("row %d, column %d: %q, want %q", row, col, c.Text, w)
			}
		}
	}
	if len(s.Columns()) != len(want[0]) {
		t.Error("columns and cells do not agree")
	}
}

func TestReportWords(t *testing.T) {
	if got := reportWords(app.FileReport{Path: "/a/甲.xzdb", Records: 3, Operations: 2}); got != "“甲.xzdb”完好：3 条记录、2 次操作，逐条对上。" {
		t.Error(got)
	}
	if got := reportWords(app.FileReport{Path: "/a/甲.xzdb", Problems: []string{"一", "二"}}); got != "“甲.xzdb”有 2 处问题：一；二" {
		t.Error(got)
	}
}

func TestNavItem_ShowsWhereOneIs(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	opened := 0
	it := newNavItem(entries[0], func() { opened++ })
	w := test.NewTempWindow(t, it)
	passed := false
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { passed = true })
	if it.update(); it.wash.FillColor != look.Clear {
		t.Error("washed without a reason")
	}
	it.MouseIn(nil)
	if it.MouseMoved(nil); it.wash.FillColor != look.SoftLine || it.Cursor() != desktop.PointerCursor {
		t.Error("the mouse does not show")
	}
	it.MouseOut()
	w.Canvas().Focus(it)
	if it.wash.StrokeWidth == 0 {
		t.Error("the keyboard does not show")
	}
	it.TypedRune('x')
	it.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
	if !passed || opened != 0 {
		t.Error("F1 did not go on to the window")
	}
	it.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	w.Canvas().Unfocus()
	if opened != 1 || it.wash.StrokeWidth != 0 {
		t.Errorf("opened %d", opened)
	}
}

func TestLayouts(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	part := func() *kit.Button { return kit.NewButton("保存", kit.ButtonPlain, nil) }
	left, right := part(), part()
	pair := container.New(aside{}, left, right)
	pair.Resize(fyne.NewSize(900, 300))
	if right.Position().X != 900-asideWidth || left.Size().Width != 900-asideWidth-look.GapWide || right.Size().Height != 300 {
		t.Errorf("aside: %v %v", left.Size(), right.Position())
	}
	narrow := part()
	box := container.New(fixed(controlWidth), narrow)
	if box.Resize(fyne.NewSize(900, 33)); narrow.Size().Width != controlWidth {
		t.Errorf("fixed: %v", narrow.Size())
	}
	if box.Resize(fyne.NewSize(200, 33)); narrow.Size().Width != 200 {
		t.Errorf("fixed in a narrow room: %v", narrow.Size())
	}
	head, rest := page.NewHeader("备份"), part()
	framed := frame(head, rest, part())
	framed.Resize(fyne.NewSize(900, 400))
	if bottom := rest.Position().Y + rest.Size().Height; bottom != 400 || rest.Size().Width != 900 {
		t.Errorf("frame: the rest ends at %v", bottom)
	}
	if h := tableHeight(3); h >= tableHeight(compareRows) || tableHeight(40) != tableHeight(compareRows) {
		t.Errorf("heights of tables: %v", h)
	}
}

func TestSwitched(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	buttons := map[string]*kit.Button{"a": kit.NewButton("a", kit.ButtonPlain, nil), "b": kit.NewButton("b", kit.ButtonFirst, nil)}
	row := line(buttons["a"], buttons["b"])
	switched(row, buttons, "a")
	if buttons["a"].Icon != look.IconCheck || buttons["a"].Kind != kit.ButtonFirst || buttons["b"].Icon != "" || buttons["b"].Kind != kit.ButtonPlain {
		t.Error("the buttons do not show what is on")
	}
}
