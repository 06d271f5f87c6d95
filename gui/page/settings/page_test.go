package settings

import (
	"context"
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
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// room is the page in a window over a sample ledger.
type room struct {
	*pagetest.Room
	*Page
	t        *testing.T
	restored string
	scale    look.Scale
	actors   int
}

// newRoom shows the page over the sample, or over what api makes of it.
func newRoom(t *testing.T, api ...func(*app.App) API) *room {
	t.Helper()
	r := &room{Room: pagetest.New(t), t: t, scale: look.ScaleNormal}
	var from API = r.App
	for _, wrap := range api {
		from = wrap(r.App)
	}
	r.Page = New(from, r.Desk, Params{
		Restore: func(path string) { r.restored = path },
		Scale:   func() look.Scale { return r.scale }, SetScale: func(s look.Scale) { r.scale = s },
		OnActor: func() { r.actors++ }, AutoLock: func() int { return 0 }, KnowsIdle: true,
	})
	r.Put(r.Page)
	return r
}

// enter opens a section by its line at the left.
func (r *room) enter(key string) section {
	r.t.Helper()
	i := slices.IndexFunc(r.nav.items, func(it *navItem) bool { return it.key == key })
	test.Tap(r.nav.items[i])
	if r.key != key {
		r.t.Fatalf("at %s, not %s", r.key, key)
	}
	return r.sections[key]
}

func TestPage_EverySectionFits(t *testing.T) {
	r := newRoom(t)
	for _, e := range entries {
		r.enter(e.key)
		r.Shot("settings-" + e.key)
		if m := r.Content().MinSize(); m.Width > page.Least.Width || m.Height > page.Least.Height {
			t.Errorf("%s asks for %v", e.label, m)
		}
	}
	r.NoErrors()
	r.Show(page.Route{Page: page.Settings, Filter: Rules})
	if r.key != Rules {
		t.Errorf("the route leads to %s", r.key)
	}
	r.Show(page.Route{Page: page.Settings})
	if r.key != Rules {
		t.Error("coming back loses the place")
	}
	r.enter(Display)
	test.AssertRendersToMarkup(t, "display.xml", r.Win.Canvas())
}

func TestNav_ByKeyboard(t *testing.T) {
	r := newRoom(t)
	it := r.nav.items[3]
	r.Win.Canvas().Focus(it)
	it.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if r.key != People || !it.chosen || r.nav.items[0].chosen {
		t.Errorf("at %s", r.key)
	}
}

func TestBasic_WhoWorksHere(t *testing.T) {
	r := newRoom(t)
	b := r.enter(Basic).(*basic)
	r.Tap("以此人身份工作")
	if len(r.Said.Errors) != 1 {
		t.Error("nobody chosen, and nothing said")
	}
	r.Said.Errors = nil
	i := slices.IndexFunc(b.posts, func(c kit.Choice) bool { return strings.Contains(c.Note, "包村干部") })
	who := b.posts[i]
	b.people.SetChoice(who)
	r.Tap("以此人身份工作")
	if a := r.App.Actor(); a.Person != personOf(who.ID) || !strings.HasSuffix(who.ID, a.Unit) || r.actors != 1 {
		t.Errorf("acting: %+v, want %+v", a, who)
	}
	if !strings.Contains(b.actor.Text(), who.Text) {
		t.Errorf("shown: %s", b.actor.Text())
	}
	b.people.SetChoice(who)
	r.Tap("以后打开都是此人")
	if owner, err := r.App.Setting(t.Context(), rule.UnitOwner); err != nil || owner != personOf(who.ID) {
		t.Errorf("the owner is %s (%v)", owner, err)
	}
	r.NoErrors()
}

func TestBasic_HomeAndDesks(t *testing.T) {
	r := newRoom(t)
	b := r.enter(Basic).(*basic)
	if b.home.Choice().Text != "甲镇" {
		t.Errorf("home is %+v", b.home.Choice())
	}
	r.Tap("驻村书记")
	if got, err := r.App.Setting(t.Context(), rule.UnitDesks); err != nil || got != "任务督办、监测户项目" {
		t.Errorf("desks are %q (%v)", got, err)
	}
	if b.desks["驻村书记"].Kind != kit.ButtonPlain || b.desks["任务督办"].Kind != kit.ButtonFirst {
		t.Error("the buttons do not show it")
	}
	i := slices.IndexFunc(b.areas, func(c kit.Choice) bool { return c.Text == "乙镇" })
	r.Said.Answer = false
	b.home.OnChosen(b.areas[i])
	if r.App.Home().Get("name").Text != "甲镇" || b.home.Choice().Text != "甲镇" {
		t.Error("the home changed against a no")
	}
	r.Said.Answer = true
	b.home.OnChosen(b.areas[i])
	if r.App.Home().Get("name").Text != "乙镇" || b.home.Choice().Text != "乙镇" {
		t.Errorf("home is %s, shown %s", r.App.Home().Get("name").Text, b.home.Choice().Text)
	}
	r.NoErrors()
}

// selectArea puts the cursor on the division of a name.
func (r *room) selectArea(a *areas, name string) {
	r.t.Helper()
	i := slices.IndexFunc(a.tree.rows, func(row areaRow) bool { return row.rec.Get("name").Text == name })
	if i < 0 {
		r.t.Fatalf("no row %s", name)
	}
	a.grid.Select(i)
}

func TestAreas_AddRenameDelete(t *testing.T) {
	r := newRoom(t)
	a := r.enter(Areas).(*areas)
	r.selectArea(a, "甲镇")
	if a.chosen.Get("name").Text != "甲镇" || total(a.tree.uses[a.chosen.ID]) < 16 {
		t.Errorf("chosen %v, used %d", a.chosen.Values, total(a.tree.uses[a.chosen.ID]))
	}
	r.Shot("settings-areas-town")
	r.Tap("新增下级")
	a.form.Propose("name", "示例新村", "")
	r.Shot("settings-areas-add")
	r.Tap("保存")
	r.NoErrors()
	if a.chosen == nil || a.chosen.Get("name").Text != "示例新村" || a.chosen.Get("parent").Text != "甲镇" || a.chosen.Get("level").Text != "village" {
		t.Fatalf("added %+v", a.chosen)
	}
	id := a.chosen.ID
	a.form.Propose("aliases", "新村、老新村", "")
	r.Tap("保存")
	_, rec, err := r.App.Get(t.Context(), "area", id)
	if err != nil || rec.Get("aliases").Text != "新村、老新村" {
		t.Errorf("aliases %q (%v)", rec.Get("aliases").Text, err)
	}
	r.Tap("保存")
	if r.Toast() != "没有改动" {
		t.Errorf("said %s", r.Toast())
	}
	a.form.Propose("name", "", "")
	r.Tap("保存")
	if _, rec, err = r.App.Get(t.Context(), "area", id); err != nil || rec.Get("name").Text == "" {
		t.Error("a name was emptied", err)
	}
	r.Tap("删除")
	if _, _, err := r.App.Get(t.Context(), "area", id); model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("still there: %v", err)
	}
	r.NoErrors()
	r.selectArea(a, "甲镇")
	r.Tap("删除")
	if len(r.Said.Errors) != 1 || !r.Said.Questions[0].Danger {
		t.Errorf("甲镇 deleted with all that refers to it: %v", r.Said.Errors)
	}
}

func TestAreas_SearchAndFold(t *testing.T) {
	r := newRoom(t)
	a := r.enter(Areas).(*areas)
	all := a.tree.Len()
	a.search.SetText("乙镇")
	if n := a.tree.Len(); n == 0 || n >= all {
		t.Errorf("%d of %d rows", n, all)
	}
	a.search.SetText("")
	row := slices.IndexFunc(a.tree.rows, func(row areaRow) bool { return row.rec.Get("name").Text == "甲镇" })
	a.twist(row)
	if a.tree.Len() >= all {
		t.Error("nothing was folded")
	}
}

func TestRosters_OpenTheFullLedger(t *testing.T) {
	r := newRoom(t)
	u := r.enter(Units).(*roster)
	if u.source.Len() == 0 {
		t.Fatal("no units")
	}
	r.Tap("打开完整台账")
	p := r.enter(People).(*people)
	row := slices.IndexFunc(p.source.shown, func(rec *model.Record) bool { return len(p.posts[rec.ID]) > 0 })
	p.grid.Select(row)
	r.Shot("settings-people-posts")
	r.Tap("打开任职台账")
	r.Tap("打开人员")
	want := []struct{ ledger, record string }{{"unit", ""}, {"post", ""}, {"person", p.source.shown[row].ID}}
	for i, w := range want {
		if i >= len(r.Opened) || r.Opened[i].Ledger != w.ledger || r.Opened[i].Record != w.record {
			t.Errorf("opened %+v, want %+v", r.Opened, w)
		}
	}
	p.search.SetText("没有这个人")
	if p.source.Len() != 0 {
		t.Error("found nobody's name")
	}
}

func TestRules_ChangeFromToday(t *testing.T) {
	r := newRoom(t)
	p := r.enter(Rules).(*rules)
	p.entry.SetText("三")
	r.Tap("从今天起改")
	if !strings.Contains(p.field.Note(), "整数") {
		t.Errorf("under the entry: %s", p.field.Note())
	}
	p.entry.SetText("5")
	r.Tap("从今天起改")
	if got, err := r.App.Setting(t.Context(), p.chosen.Key); err != nil || got != "5" || since(p.chosen) != "2026-11-22 起" {
		t.Errorf("%s since %s (%v)", got, since(p.chosen), err)
	}
	r.Tap("从今天起改")
	if r.Toast() != "没有改动" {
		t.Error(r.Toast())
	}
	r.Tap("改回默认")
	if got, err := r.App.Setting(t.Context(), p.chosen.Key); err != nil || got != "3" {
		t.Errorf("%s (%v)", got, err)
	}
	r.NoErrors()
}

func TestBackups_MakeCheckAndSecondPlace(t *testing.T) {
	r := newRoom(t)
	b := r.enter(Backup).(*backups)
	if !b.check.Disabled() || !strings.Contains(b.warn.Text(), "还没有第二处备份") {
		t.Errorf("at first: %s", b.warn.Text())
	}
	r.Tap("立即备份")
	if len(b.now.Files) != 1 || !b.now.Files[0].Sound || !strings.Contains(r.Toast(), "已备份到") {
		t.Errorf("%+v, said %s", b.now.Files, r.Toast())
	}
	r.Tap("核对这一份")
	r.Tap("核对现有台账")
	if !strings.Contains(r.Toast(), "“甲镇.xzdb”完好") {
		t.Error(r.Toast())
	}
	r.Folder = filepath.Join(t.TempDir(), "U盘")
	r.Tap("存到第二处")
	if len(r.Said.Errors) != 1 || !strings.Contains(model.Sentence(r.Said.Errors[0]), "打不开") {
		t.Errorf("a folder that is not there: %v", r.Said.Errors)
	}
	pagetest.Must(t, os.Mkdir(r.Folder, 0o755))
	r.Tap("存到第二处")
	if b.now.Second != r.Folder || b.now.SecondLate || !strings.Contains(b.warn.Text(), "已核对") || len(b.now.Files) != 2 {
		t.Errorf("%+v: %s", b.now, b.warn.Text())
	}
	r.Shot("settings-backup-list")
}

// TestBackups_PackMovesEverything: a file with a password of its own, which opens with
// that and with no other.
func TestBackups_PackMovesEverything(t *testing.T) {
	r := newRoom(t)
	r.enter(Backup)
	r.SaveAs = filepath.Join(t.TempDir(), "搬 家.xzpack")
	r.Tap("打搬家包")
	r.Shot("settings-pack")
	r.entry("包的密码").SetText("一句记得住的话")
	r.Tap("选位置，打包")
	r.Shows("两次输入的不一样")
	r.entry("再输一次").SetText("一句记得住的话")
	r.Tap("选位置，打包")
	r.NoErrors()
	if got := r.Toast(); !strings.Contains(got, "已打包并核对") || strings.Contains(got, "没有密码") {
		t.Errorf("said %q", got)
	}
	to := app.Options{Path: filepath.Join(t.TempDir(), "新.xzdb"), PackPassword: "别的密码"}
	if _, err := app.Restore(t.Context(), to, r.SaveAs); model.CodeOf(err) != model.CodePassword {
		t.Errorf("with another password: %v", err)
	}
	to.PackPassword = "一句记得住的话"
	if got, err := app.Restore(t.Context(), to, r.SaveAs); err != nil {
		t.Errorf("%+v %v", got, err)
	}
}

func TestBackups_RestoreShowsWhatDiffersFirst(t *testing.T) {
	r := newRoom(t)
	b := r.enter(Backup).(*backups)
	r.Tap("立即备份")
	r.Tap("恢复到这一份…")
	r.Tap("知道了") // nothing differs
	if r.restored != "" {
		t.Fatal("restored what is the same")
	}
	_, err := r.App.Add(context.Background(), "unit", []app.Assignment{{Field: "name", Words: "示例供销社"}})
	pagetest.Must(t, err)
	r.Tap("恢复到这一份…")
	r.Shot("settings-restore")
	if r.restored != "" || r.Win.Canvas().Overlays().Top() == nil {
		t.Fatal("restored before anything was shown")
	}
	r.Tap("不恢复")
	if r.restored != "" || r.Win.Canvas().Overlays().Top() != nil {
		t.Error("the dialog stays, or restored against a no")
	}
	r.Tap("恢复到这一份…")
	r.Tap("恢复到这一份（现有台账留底）")
	if r.restored != b.now.Files[0].Path {
		t.Errorf("restored %q", r.restored)
	}
	r.NoErrors()
}

func TestBackups_DamagedIsTold(t *testing.T) {
	r := newRoom(t)
	b := r.enter(Backup).(*backups)
	r.Tap("立即备份")
	pagetest.Must(t, os.WriteFile(b.now.Files[0].Path, []byte(strings.Repeat("坏", 5000)), 0o644))
	r.Tap("恢复到这一份…")
	if len(r.Said.Errors) != 1 || r.restored != "" || r.Win.Canvas().Overlays().Top() != nil {
		t.Errorf("%v", r.Said.Errors)
	}
	b.told(app.FileReport{Path: "甲.xzdb", Problems: []string{"台账“任务”少了 3 条记录"}})
	r.Shot("settings-damaged")
	r.Tap("知道了")
}

func TestDisplay(t *testing.T) {
	r := newRoom(t)
	d := r.enter(Display).(*display)
	r.Tap("特大")
	if r.scale != look.ScaleHuge || d.buttons["特大"].Kind != kit.ButtonFirst || d.buttons["标准"].Kind != kit.ButtonPlain {
		t.Errorf("scale %v", r.scale)
	}
}

// TestBasic_SwitchesTheBurdenOnAndOff: it is off at first, and what is switched stays.
func TestBasic_SwitchesTheBurdenOnAndOff(t *testing.T) {
	r := newRoom(t)
	r.enter(Basic)
	r.Shot("settings-burden")
	for _, want := range []bool{true, false} {
		r.Tap(burdenButton)
		r.NoErrors()
		if on, err := r.App.BurdenShown(t.Context()); err != nil || on != want {
			t.Errorf("shown %v, want %v (%v)", on, want, err)
		}
	}
}

// TestOffices: the copy is given to an office, the parts of the work are named anew, and
// a pack is made that the others take in.
func TestOffices(t *testing.T) {
	r := newRoom(t)
	o := r.enter(Offices).(*offices)
	if !o.pack.Disabled() {
		t.Error("a pack of no office")
	}
	r.Tap("组织办")
	if o.office != "组织办" || o.pack.Disabled() {
		t.Fatalf("office %q", o.office)
	}
	o.parts[2].SetText("农业农村办")
	r.Tap("保存分工")
	if got, err := r.App.Setting(t.Context(), rule.UnitOffices); err != nil || got != "任务督办=党政办、驻村书记=组织办、监测户项目=农业农村办" {
		t.Errorf("%s, %v", got, err)
	}
	r.SaveAs = filepath.Join(t.TempDir(), "组织办.xzpack")
	r.Tap("打科室包")
	r.Shot("settings-office-pack")
	r.entry("包的密码").SetText("一句记得住的话")
	r.entry("再输一次").SetText("一句记得住的话")
	r.Tap("选位置，打包")
	r.NoErrors()
	if !strings.Contains(r.Toast(), "已打科室包") || o.source.Len() != 1 || o.source.Cell(0, 1).Text != "组织办" {
		t.Errorf("%s, %d packs", r.Toast(), o.source.Len())
	}
	r.Shot("settings-offices")
	r.Tap(whole)
	if o.office != "" {
		t.Errorf("office %q", o.office)
	}
}

// tick ticks a box of the open dialog.
func (r *room) tick(label string) {
	r.t.Helper()
	done := false
	pagetest.Walk(r.Win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if k, ok := o.(*kit.Tick); ok && k.Label == label && !done {
			k.Tapped(nil)
			done = true
		}
	})
	if !done {
		r.t.Fatalf("no box %q", label)
	}
}

// TestCarry: a small ledger goes out to two villages with a password, is listed as out,
// and given up with a reason.
func TestCarry(t *testing.T) {
	r := newRoom(t)
	c := r.enter(Carry).(*carry)
	r.SaveAs = filepath.Join(t.TempDir(), "下 村"+app.CarryExt)
	r.Tap("打下村包…")
	r.Tap("选位置，打包")
	r.Shows("请写由谁带去")
	r.entry("由谁带去").SetText("李示例一")
	r.Tap("选位置，打包")
	r.Shows("请勾选要去的村")
	for _, name := range []string{"青山村", "石桥村", "户台账"} {
		r.tick(name)
	}
	r.Tap("选位置，打包")
	r.Shows("带敏感列的要设密码")
	r.entry("包的密码").SetText("下村这几天 2026")
	r.entry("再输一次").SetText("下村这几天 2026")
	r.Shot("settings-carry-ask")
	r.Tap("选位置，打包")
	r.NoErrors()
	if !strings.Contains(r.Toast(), "已打下村包：青山村等2个村") || c.source.Len() != 1 || c.source.Cell(0, 4).Text != "还没有收回" {
		t.Fatalf("%s, %d out", r.Toast(), c.source.Len())
	}
	r.Shot("settings-carry")
	small, err := app.Open(t.Context(), app.Options{Path: r.SaveAs, Password: "下村这几天 2026", ReadOnly: true, Today: r.App.Today()})
	pagetest.Must(t, err)
	_, page, err := small.List(t.Context(), app.ListRequest{Ledger: ledgers.Household})
	pagetest.Must(t, err)
	if page.Total == 0 || !page.Records[0].Get("id_number").Set {
		t.Errorf("%d households, without what was ticked", page.Total)
	}
	pagetest.Must(t, small.Close())

	r.Tap("打下村包…")
	r.entry("由谁带去").SetText("李示例一")
	r.tick("青山村")
	r.Tap("选位置，打包")
	r.Shows("不能覆盖")
	r.Tap("取消")

	c.grid.Select(0)
	r.Tap("不再收回…")
	r.Tap("记下")
	r.Shows("请写为什么不再收回")
	r.entry("为什么不再收回").SetText("没有填")
	r.Tap("记下")
	r.NoErrors()
	if c.source.Cell(0, 4).Text != "不再收回：没有填" || !c.lost.Disabled() {
		t.Errorf("%q", c.source.Cell(0, 4).Text)
	}
}

// TestBasic_Inbox: the folder is chosen, shown, and given up again.
func TestBasic_Inbox(t *testing.T) {
	r := newRoom(t)
	b := r.enter(Basic).(*basic)
	if !b.unwatch.Disabled() || b.inbox.Text() != "没有选" {
		t.Errorf("watched at first: %q", b.inbox.Text())
	}
	r.Folder = filepath.Join(t.TempDir(), "没有的")
	r.Tap("选文件夹")
	if len(r.Said.Errors) != 1 {
		t.Errorf("a folder that is not there: %v", r.Said.Errors)
	}
	r.Folder = t.TempDir()
	r.Tap("选文件夹")
	if b.inbox.Text() != r.Folder {
		t.Errorf("shown %q", b.inbox.Text())
	}
	r.Shot("settings-inbox")
	r.Tap("不再提醒")
	if b.inbox.Text() != "没有选" {
		t.Errorf("still %q", b.inbox.Text())
	}
}
