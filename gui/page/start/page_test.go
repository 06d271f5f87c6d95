package start

import (
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/gui/task"
	"xiangzhen/gui/task/tasktest"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// room is the page in a window, and what it asked for.
type room struct {
	*Page
	t     *testing.T
	win   fyne.Window
	said  *tasktest.Recorder
	files []string
	calls []string
	setup app.Setup

	password string
}

var (
	large = fyne.NewSize(1366, 692)
	small = fyne.NewSize(1041, 538)
)

func newRoom(t *testing.T, recent ...string) *room {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	pagetest.WatchDialogs(t)
	r := &room{t: t, said: &tasktest.Recorder{}}
	call := func(name string) func(string) {
		return func(path string) { r.calls = append(r.calls, name+" "+filepath.Base(path)) }
	}
	d := &page.Desk{
		Runner: &task.Sync{}, Presenter: r.said,
		Canvas: func() fyne.Canvas {
			if r.win == nil {
				return nil
			}
			return r.win.Canvas()
		},
		Files: func(chosen func([]string)) { chosen(r.files) },
	}
	r.Page = New(d, Params{
		Recent: recent,
		Demo:   func() { r.calls = append(r.calls, "demo") },
		Create: func(s app.Setup, password string) {
			r.calls, r.setup, r.password = append(r.calls, "create"), s, password
		},
		Open: call("open"), Restore: call("restore"), Import: call("import"),
	})
	r.win = test.NewTempWindow(t, r.Content())
	r.win.SetPadded(false)
	r.win.Resize(large)
	r.Show(page.Route{})
	return r
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v (%s)", err, model.Sentence(err))
	}
}

// find returns the visible objects of a type. (test.LaidOutObjects would make the
// widgets new renderers, which are not those on screen.)
func find[T fyne.CanvasObject](r *room) []T {
	var out []T
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		if x, is := o.(T); is {
			out = append(out, x)
		}
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		case fyne.Widget:
			for _, child := range test.WidgetRenderer(o).Objects() {
				walk(child)
			}
		}
	}
	walk(r.Content())
	return out
}

// words are all texts on the page.
func (r *room) words() string {
	var out []string
	for _, l := range find[*kit.Line](r) {
		out = append(out, l.Text())
	}
	for _, b := range find[*kit.Button](r) {
		out = append(out, b.Label)
	}
	return strings.Join(out, "\n")
}

func (r *room) tap(label string) {
	r.t.Helper()
	buttons := find[*kit.Button](r)
	i := slices.IndexFunc(buttons, func(b *kit.Button) bool { return b.Label == label })
	if i < 0 {
		r.t.Fatalf("no button %s in\n%s", label, r.words())
	}
	test.Tap(buttons[i])
}

func (r *room) door(title string) *door {
	r.t.Helper()
	doors := find[*door](r)
	i := slices.IndexFunc(doors, func(d *door) bool { return d.title == title })
	if i < 0 {
		r.t.Fatalf("no door %s", title)
	}
	return doors[i]
}

// shot keeps pictures for a person to look at.
func (r *room) shot(name string) {
	if os.Getenv("XZ_SHOTS") == "" {
		return
	}
	must(r.t, os.MkdirAll("/tmp/shots", 0o755))
	for _, size := range []fyne.Size{large, small} {
		r.win.Resize(size)
		f, err := os.Create(fmt.Sprintf("/tmp/shots/start-%s-%.0f.png", name, size.Width))
		must(r.t, err)
		must(r.t, errors.Join(png.Encode(f, r.win.Canvas().Capture()), f.Close()))
	}
	r.win.Resize(large)
}

// ownTable is a clerk's own workbook, as csv.
func ownTable(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "我的 任务台账.csv")
	must(t, os.WriteFile(path, []byte("示例县甲镇2026年乡村振兴重点任务台账\n"+
		"序号,任务名称,责任单位,责任人,完成时限,颜色备注\n"+
		"1,清理河道,青山村,张示例一,2026-12-31,红\n"+
		"2,修路,白石村,王示例二,2026-11-30,\n"+
		"3,办班,农业服务中心,孙示例四,2026-10-31,\n"), 0o600))
	return path
}

const list = "青山村，张三，李四，13800000000\n白石村　王五\n东坪村"

func TestPage_Doors(t *testing.T) {
	r := newRoom(t, "/a/甲镇.xzdb", "/b/演示 甲镇.xzdb")
	r.shot("doors")
	if f := r.win.Canvas().Focused(); f != fyne.Focusable(r.first) {
		t.Errorf("the keyboard is at %T", f)
	}
	r.files = []string{"/x/甲镇.xzdb"}
	test.Tap(r.door("看演示"))
	test.Tap(r.door("打开已有台账"))
	test.Tap(r.door("从备份恢复"))
	r.tap("演示 甲镇")
	if want := []string{"demo", "open 甲镇.xzdb", "restore 甲镇.xzdb", "open 演示 甲镇.xzdb"}; !slices.Equal(r.calls, want) {
		t.Errorf("%q", r.calls)
	}
}

func TestPage_ByKeyboard(t *testing.T) {
	r := newRoom(t)
	r.win.Canvas().FocusNext()
	r.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !slices.Equal(r.calls, []string{"demo"}) {
		t.Errorf("%q", r.calls)
	}
	r.win.Canvas().Focused().TypedRune('3')
	if r.win.Canvas().Focused() != fyne.Focusable(r.plan.unit) {
		t.Error("the keyboard is not in the first entry")
	}
}

func TestPage_NewLedger(t *testing.T) {
	r := newRoom(t)
	test.Tap(r.door("新建"))
	r.shot("new-empty")
	r.tap("建立台账")
	if r.plan.fields["unit"].Note() != "请写本级单位的名称，例如 甲镇。" || r.calls != nil {
		t.Errorf("%s %q", r.plan.fields["unit"].Note(), r.calls)
	}
	test.Type(r.plan.unit, "甲镇")
	r.plan.list.SetText(list)
	test.Type(r.plan.owner, "杨示例")
	r.tap("驻村书记")
	r.shot("new-list")
	if got := r.plan.count.Text(); got != "认出 3 个村，书记和包村干部 3 人次" {
		t.Error(got)
	}
	r.tap("建立台账")
	want := app.Village{Name: "青山村", Secretary: app.Contact{Name: "张三"}, Cadre: app.Contact{Name: "李四", Phone: "13800000000"}}
	s := r.setup
	if s.Unit != "甲镇" || s.Level != model.LevelTown || s.Owner != "杨示例" || !slices.Equal(s.Desks, []string{"驻村书记"}) || len(s.Villages) != 3 || s.Villages[0] != want {
		t.Errorf("%+v", s)
	}
	o := app.Options{Path: filepath.Join(t.TempDir(), "台 账.xzdb"), Today: "2026-11-22"}
	a, err := app.CreateWith(t.Context(), o, s)
	must(t, err)
	defer a.Close()
	if counts, err := a.Counts(t.Context()); err != nil || counts["area"] != 4 || counts["post"] != 3 {
		t.Errorf("%v %v", counts, err)
	}
}

func TestPage_RefusesAVillageTwice(t *testing.T) {
	r := newRoom(t)
	test.Tap(r.door("新建"))
	test.Type(r.plan.unit, "甲镇")
	r.plan.list.SetText("青山村\n青山村委会")
	r.shot("new-twice")
	r.tap("建立台账")
	if note := r.plan.fields["villages"].Note(); !strings.Contains(note, "同一个村") || r.calls != nil {
		t.Errorf("%s %q", note, r.calls)
	}
	r.tap("返回")
	r.door("新建")
}

func TestPage_FromMyOwnWorkbook(t *testing.T) {
	r := newRoom(t)
	r.files = []string{ownTable(t)}
	test.Tap(r.door("用我现在的台账"))
	r.shot("own")
	if r.plan.unit.Text != "甲镇" || r.plan.above.Text != "示例县" || len(r.plan.rows) != 2 || r.calls != nil {
		t.Errorf("%s %s %+v %q", r.plan.unit.Text, r.plan.above.Text, r.plan.rows, r.calls)
	}
	if !strings.Contains(r.words(), "“我的 任务台账.csv”认出 任务 3 行；现在还什么都没建") {
		t.Error(r.words())
	}
	r.tap("一并登记表里的 1 个单位、3 个人")
	r.tap("建立台账并导入")
	if s := r.setup; s.Import != r.files[0] || s.Units != nil || s.Persons != nil {
		t.Errorf("%+v", s)
	}
	r.tap("一并登记表里的 1 个单位、3 个人")
	r.tap("建立台账并导入")
	if s := r.setup; len(s.Units) != 1 || len(s.Persons) != 3 {
		t.Errorf("%+v", s)
	}
	r.tap("不建村名单，只导入表格")
	if r.calls[2] != "import 我的 任务台账.csv" {
		t.Errorf("%q", r.calls)
	}
}

func TestPage_Dropped(t *testing.T) {
	r := newRoom(t)
	r.Show(page.Route{Paths: []string{ownTable(t)}})
	if r.plan.unit.Text != "甲镇" {
		t.Error("a workbook is not proposed")
	}
	r.Show(page.Route{Paths: []string{"/x/甲镇.xzdb"}})
	if !slices.Equal(r.calls, []string{"open 甲镇.xzdb"}) {
		t.Errorf("%q", r.calls)
	}
}

func TestPage_NotATable(t *testing.T) {
	r := newRoom(t)
	r.files = []string{filepath.Join(t.TempDir(), "没有.xlsx")}
	test.Tap(r.door("用我现在的台账"))
	if len(r.said.Errors) != 1 {
		t.Fatalf("%v", r.said.Errors)
	}
	r.door("用我现在的台账") // still at the doors
}

func TestPage_MinSize(t *testing.T) {
	r := newRoom(t)
	check := func(name string) {
		if m := r.Content().MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
			t.Errorf("%s asks for %v", name, m)
		}
	}
	check("doors")
	r.Show(page.Route{Paths: []string{ownTable(t)}})
	check("plan")
}

func TestPage_Markup(t *testing.T) {
	r := newRoom(t)
	test.AssertRendersToMarkup(t, "doors.xml", r.win.Canvas())
}

func TestDesks(t *testing.T) {
	test.NewTempApp(t)
	d := newDesks()
	d.toggle("监测户项目")
	d.toggle("任务督办")
	if got := d.chosen(); !slices.Equal(got, []string{"任务督办", "监测户项目"}) {
		t.Errorf("%q", got)
	}
	d.toggle(allDesks)
	if got := d.chosen(); len(got) != 0 {
		t.Errorf("%q", got)
	}
}

func TestRecentNames(t *testing.T) {
	got := recentNames([]string{"/a/甲镇.xzdb", "/b/甲镇.xzdb", "/a/乙.xzdb", "/1.xzdb", "/2.xzdb"})
	if want := []string{"甲镇（a）", "甲镇（b）", "乙", "1"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if !isWorkbook("/a/B.XLS") || isWorkbook("/a/b.xzdb") {
		t.Error("workbooks are told by their ending")
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{countWords(nil, model.LevelTown), ""},
		{countWords(parseVillages("甲镇\n乙镇"), model.LevelCounty), "认出 2 个乡镇"},
		{countWords(parseVillages("一组\n一组"), model.LevelVillage), "认出 2 个组，1 行要改"},
		{alsoLabel(app.Setup{Persons: make([]app.Member, 2)}), "一并登记表里的 2 个人"},
		{foundWords(app.Proposal{Tables: []app.ProposedTable{{Sheet: "a"}, {Sheet: "b", Ledger: "任务", Known: []string{"x"}}}}),
			"“a”没有认出是哪本台账，不导入。\n“b”1 列都认得。"},
		{planTitle(app.Proposal{File: "/x/我的.xls"}), "用现在的表格建台账"},
		{levelChoice("").Text, "乡镇"},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
}
