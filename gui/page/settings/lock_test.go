package settings

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

const testPassword = "甲镇 2026 密码"

// entry finds the entry under a label in the dialog.
func (r *room) entry(label string) *kit.Entry {
	r.t.Helper()
	var found *kit.Entry
	pagetest.Walk(r.Win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		f, ok := o.(*kit.Field)
		if !ok || found != nil {
			return
		}
		mine := false
		pagetest.Walk(f, func(o fyne.CanvasObject) {
			if l, ok := o.(*kit.Line); ok && strings.HasPrefix(l.Text(), label) {
				mine = true
			}
			if e, ok := o.(*kit.Entry); ok && mine && found == nil {
				found = e
			}
		})
	})
	if found == nil {
		r.t.Fatalf("no entry %s in\n%s", label, r.Written())
	}
	return found
}

// relocks is a window that changes locks: it keeps what it was asked.
type relocks struct {
	passwords []string
	code      app.LockDone
	keeper    string
	told      string
	done      app.LockDone
	minutes   int
	locked    int
	switched  int
}

// newLockRoom shows the page over an app, with a window that keeps what it is asked.
func newLockRoom(t *testing.T, api ...func(*app.App) API) (*room, *relocks) {
	t.Helper()
	r, w := newRoom(t, api...), &relocks{}
	r.params.Relock = func(password string, _ func(context.Context, app.Options) (app.LockDone, error), told func(app.LockDone)) {
		w.passwords = append(w.passwords, password)
		told(app.LockDone{Code: "ABCD-EFGH"})
	}
	r.params.ShowCode = func(done app.LockDone, keeper string) { w.code, w.keeper = done, keeper }
	r.params.LockTold = func(words string, done app.LockDone) { w.told, w.done = words, done }
	r.params.Lock = func() { w.locked++ }
	r.params.Switch = func() { w.switched++ }
	r.params.AutoLock = func() int { return w.minutes }
	r.params.SetAutoLock = func(m int) { w.minutes = m }
	return r, w
}

func TestLock_SetsAPassword(t *testing.T) {
	r, w := newLockRoom(t)
	r.enter(Lock)
	r.Shows("建议设一个", "设密码…")
	r.Shot("settings-lock-none")
	r.Tap("设密码…")
	r.entry("新密码").SetText("12345")
	r.Tap("设密码并加密")
	r.Shows("至少要 6 个字")
	r.entry("新密码").SetText(testPassword)
	r.entry("再输一次").SetText("别的一句话")
	r.Tap("设密码并加密")
	r.Shows("两次输入的不一样")
	r.Shot("settings-lock-set")
	if w.passwords != nil {
		t.Fatal("set although the two differ")
	}
	r.entry("再输一次").SetText(testPassword)
	r.entry("再输一次").TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(w.passwords) != 1 || w.passwords[0] != testPassword || w.keeper != app.DefaultKeeper || w.code.Code == "" {
		t.Errorf("asked %+v", w)
	}
	r.NoErrors()
}

func TestLock_ByItself(t *testing.T) {
	r, w := newLockRoom(t)
	r.enter(Lock)
	r.Tap("10 分钟")
	if w.minutes != 10 {
		t.Errorf("%d minutes", w.minutes)
	}
	r.Tap("不自动锁")
	if w.minutes != 0 {
		t.Errorf("%d minutes", w.minutes)
	}
}

// sealed is an app whose ledger has a password; it knows one, and forgets none.
type sealed struct{ *app.App }

func (s sealed) LockState() app.LockState {
	now := s.Today().Time()
	return app.LockState{Locked: true, Since: now, Codes: []app.RecoveryCode{{Keeper: app.DefaultKeeper, Made: now}}}
}

func (sealed) ChangePassword(_ context.Context, present, _ string) (app.LockDone, error) {
	return app.LockDone{Copies: []string{"a"}}, wrong(present)
}

func (sealed) AddRecoveryCode(_ context.Context, present, _ string) (app.LockDone, error) {
	return app.LockDone{Code: "WXYZ"}, wrong(present)
}

func wrong(password string) error {
	if password == testPassword {
		return nil
	}
	return model.Errorf(model.CodePassword, "密码不对。")
}

func TestLock_ChangesWithThePassword(t *testing.T) {
	r, w := newLockRoom(t, func(a *app.App) API { return sealed{a} })
	r.enter(Lock)
	r.Shows("已设密码（2026-11-22）", "恢复码由党政办主任保管")
	r.Shot("settings-lock-on")
	if r.Button("设密码…") != nil {
		t.Error("a second password is offered")
	}
	r.Tap("更换密码…")
	r.Shot("settings-lock-change")
	r.entry("现在的密码").SetText("记错了的密码")
	r.entry("新密码").SetText("新的一句密码")
	r.entry("再输一次").SetText("新的一句密码")
	r.Tap("更换")
	r.Shows("密码不对")
	r.entry("现在的密码").SetText(testPassword)
	r.Tap("更换")
	if !strings.Contains(w.told, "已更换") || len(w.done.Copies) != 1 {
		t.Errorf("told %q, %+v", w.told, w.done)
	}
	r.Tap("再给一个人恢复码…")
	r.entry("现在的密码").SetText(testPassword)
	r.entry("交谁保管").SetText("镇长")
	r.Tap("生成恢复码")
	if w.keeper != "镇长" || w.code.Code != "WXYZ" {
		t.Errorf("a code %+v for %q", w.code, w.keeper)
	}
	r.Tap("取消密码…")
	r.entry("现在的密码").SetText(testPassword)
	r.Tap("取消密码")
	if len(w.passwords) != 1 || !strings.Contains(w.told, "已取消") {
		t.Errorf("%q, told %q", w.passwords, w.told)
	}
	r.Tap("现在锁定（Ctrl+L）")
	if w.locked != 1 {
		t.Error("not locked")
	}
}

// mayNot is an app on which a clerk works.
type mayNot struct{ *app.App }

func (mayNot) May(context.Context, app.Right) (bool, error) { return false, nil }

func TestSections_GreyForAClerk(t *testing.T) {
	r, _ := newLockRoom(t, func(a *app.App) API { return mayNot{a} })
	for key, label := range map[string]string{Lock: "设密码…", Users: "登记使用人…", Expired: "全部销毁…"} {
		r.enter(key)
		if b := r.Button(label); b == nil || !b.Disabled() {
			t.Errorf("%s can be pressed", label)
		}
	}
	r.enter(Lock)
	r.Shows("要有“管理”角色")
}

// register makes a user through the dialog.
func (r *room) register(name, role string) {
	r.t.Helper()
	r.Tap("登记使用人…")
	r.entry("姓名").SetText(name)
	pagetest.Walk(r.Win.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if p, ok := o.(*kit.Picker); ok {
			p.SetChoice(kit.Choice{ID: role, Text: roleLabel(role)})
		}
	})
	r.Tap("登记")
}

func TestUsers(t *testing.T) {
	r, w := newLockRoom(t)
	u := r.enter(Users).(*users)
	r.Shows("一个人用，不用登记")
	r.Shot("settings-users-none")
	if r.Button("切换使用人…") != nil {
		t.Error("one user is asked who works")
	}
	r.register("张示例一", ledgers.RoleClerk)
	r.Shows("至少要有一个“管理”用户")
	r.Tap("取消")
	r.register("张示例一", ledgers.RoleManager)
	r.register("李示例二", ledgers.RoleClerk)
	if got, err := r.App.Users(t.Context()); err != nil || len(got) != 2 || got[1].Role != ledgers.RoleClerk {
		t.Fatalf("%+v, %v", got, err)
	}
	pagetest.Must(t, r.App.ActAs(t.Context(), "张示例一"))
	u.load()
	r.Shows("2 个使用人，按角色分工")
	r.Shot("settings-users-two")
	r.Tap("切换使用人…")
	if w.switched != 1 {
		t.Error("nobody is asked who works")
	}
	u.grid.Select(1)
	r.Tap("改角色…")
	r.Shot("settings-users-role")
	r.Tap("取消")
	r.Tap("停用")
	if got, err := r.App.Users(t.Context()); err != nil || !got[1].Gone {
		t.Fatalf("%+v, %v", got, err)
	}
	r.Shows("只有一个使用人")
	if r.actors < 3 {
		t.Errorf("the window heard %d times", r.actors)
	}
	r.NoErrors()
}

// old is an app with records past their term, which it destroys on paper alone.
type old struct {
	*app.App
	destroyed map[string][]string
	fails     bool
}

func (o *old) Expired(context.Context) ([]app.ExpiredRecord, error) {
	since := model.Day("2020-03-01").Time()
	return []app.ExpiredRecord{{Ledger: "a", Label: "监测户", ID: "1", Name: "张示例一", Since: since},
		{Ledger: "b", Label: "人员", ID: "2", Name: "李示例二", Since: since}, {Ledger: "a", Label: "监测户", ID: "3", Name: "王示例三", Since: since}}, nil
}

func (o *old) Destroy(_ context.Context, ledger string, ids []string, reason string) (app.DestroyDone, error) {
	if reason == "" {
		return app.DestroyDone{}, model.Errorf(model.CodeUsage, "销毁要写明理由。")
	}
	o.destroyed[ledger] = append(o.destroyed[ledger], ids...)
	return app.DestroyDone{Records: len(ids), Beyond: []string{"发过的文件请自行处理。"}}, nil
}

func TestExpired_DestroysWithReasonAndWord(t *testing.T) {
	over := &old{destroyed: map[string][]string{}}
	r, w := newLockRoom(t, func(a *app.App) API { over.App = a; return over })
	pagetest.Must(t, set(r.App, rule.KeepYears, "5"))
	e := r.enter(Expired).(*expired)
	r.Shot("settings-expired-three")
	if e.list.Len() != 3 {
		t.Fatalf("%d expired", e.list.Len())
	}
	r.Tap("全部销毁…")
	r.Tap("销毁")
	r.Shows("请输入“销毁”两个字")
	r.entry("输入“销毁”确认").SetText("销毁")
	r.Tap("销毁")
	r.Shows("销毁要写明理由")
	r.Shot("settings-expired-ask")
	if len(over.destroyed) != 0 {
		t.Fatal("destroyed without a reason")
	}
	r.entry("理由").SetText("保存期满")
	r.entry("输入“销毁”确认").TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(over.destroyed["a"]) != 2 || len(over.destroyed["b"]) != 1 || !strings.Contains(w.told, "3 条") || len(w.done.Beyond) != 1 {
		t.Errorf("destroyed %v, told %q %+v", over.destroyed, w.told, w.done)
	}
	e.grid.Select(1)
	r.Tap("销毁选中的…")
	r.Shows("销毁 1 条记录")
}

func set(a *app.App, key, value string) error {
	_, err := a.SetSetting(context.Background(), key, value)
	return err
}

func TestExpired_Receivers(t *testing.T) {
	r, _ := newLockRoom(t)
	e := r.enter(Expired).(*expired)
	e.receivers.SetText("示例县农业农村局、示例县委组织部")
	r.Tap("保存")
	got, err := r.App.Receivers(t.Context())
	if err != nil || len(got) != 2 {
		t.Errorf("%q, %v", got, err)
	}
	if b := r.Button("全部销毁…"); b == nil || !b.Disabled() {
		t.Error("nothing can be destroyed")
	}
	test.Tap(e.all) // grey
	r.NoErrors()
}

func TestTermWords(t *testing.T) {
	for want, got := range map[string]string{"没有设保存年限": termWords("0", 0), "没有期满": termWords("5", 0), "期满 3 条": termWords("5", 3)} {
		if !strings.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
}

// TestLock_WithoutIdle: what cannot work on this system is not offered.
func TestLock_WithoutIdle(t *testing.T) {
	k := &lock{p: &Page{}}
	if note, ok := k.idleCard().(*kit.Line); !ok || !strings.Contains(note.Text(), "Ctrl+L") {
		t.Errorf("offered %T", k.idleCard())
	}
}
