package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/trail"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// lock sets, changes and removes the password of the ledger, and says when this PC
// locks the window by itself.
type lock struct {
	p       *Page
	content fyne.CanvasObject
	header  *page.Header
	set     *kit.Button // in the head: the first thing to do
	now     *kit.Button
	state   *fyne.Container
	acts    *fyne.Container
	buttons []*kit.Button // that need 管理
	why     *kit.Line     // why they are grey
	idle    *fyne.Container
	minutes map[string]*kit.Button // by label
}

// idleChoices are the times after which the window may lock by itself.
var idleChoices = []struct {
	minutes int
	label   string
}{{0, "不自动锁"}, {5, "5 分钟"}, {10, "10 分钟"}, {30, "30 分钟"}}

func newLock(p *Page) section {
	k := &lock{p: p, state: container.NewVBox(), acts: line(), idle: line(), minutes: map[string]*kit.Button{}, why: kit.NewNote("")}
	k.set = kit.NewButton("设密码…", kit.ButtonMain, k.askSet)
	k.now = kit.NewButton("现在锁定（Ctrl+L）", kit.ButtonPlain, func() { p.params.Lock() })
	k.header = page.NewHeader("密码与锁定", k.now, k.set)
	change := kit.NewButton("更换密码…", kit.ButtonPlain, k.askChange)
	code := kit.NewButton("再给一个人恢复码…", kit.ButtonPlain, k.askCode)
	remove := kit.NewButton("取消密码…", kit.ButtonPlain, k.askRemove)
	k.buttons = []*kit.Button{k.set, change, code, remove}
	k.acts.Objects = []fyne.CanvasObject{change, code, remove}
	for _, c := range idleChoices {
		b := kit.NewButton(c.label, kit.ButtonPlain, func() {
			p.params.SetAutoLock(c.minutes)
			k.load()
		})
		k.minutes[c.label] = b
		k.idle.Add(b)
	}
	cards := column(
		kit.NewCard("这本台账的密码", nil, container.NewVBox(k.state, k.acts, k.why)),
		kit.NewCard("没人动电脑时自动锁定", nil, k.idleCard()),
	)
	k.content = frame(k.header, scrolled(cards))
	return k
}

// idleCard offers the times, or says that this system does not tell who is there.
func (k *lock) idleCard() fyne.CanvasObject {
	if !k.p.params.KnowsIdle {
		return kit.NewNote("这台电脑的系统不告诉程序有没有人在用，不能自动锁定。离开时请按 Ctrl+L。")
	}
	return container.NewVBox(k.idle, kit.NewNote("只影响这台电脑，设了密码才起作用。锁定后没有保存的内容还在，输入密码接着做。"))
}

func (k *lock) object() fyne.CanvasObject { return k.content }

// lockView is what was read for the section.
type lockView struct {
	state app.LockState
	may   bool
}

func (k *lock) load() {
	page.Load(k.p.desk, k.p.reads, func(ctx context.Context) (v lockView, err error) {
		v.state = k.p.api.LockState()
		v.may, err = k.p.api.May(ctx, app.RightManage)
		return v, err
	}, k.show)
}

func (k *lock) show(v lockView) {
	k.state.Objects = nil
	for _, words := range lockWords(v.state) {
		k.state.Add(kit.NewLine(words, look.TextBody, look.Ink, false))
	}
	shown(k.set, !v.state.Locked)
	shown(k.now, v.state.Locked)
	shown(k.acts, v.state.Locked)
	enable(v.may, k.buttons...)
	k.why.SetText(mayWords(v.may))
	shown(k.why, !v.may)
	for _, c := range idleChoices {
		if c.minutes == k.p.params.AutoLock() {
			switched(k.idle, k.minutes, c.label)
		}
	}
	k.content.Refresh()
}

// newPassword asks for a password twice.
type newPassword struct{ first, again secret }

func newNewPassword(label string) newPassword {
	return newPassword{newSecret(label, newPasswordHelp), newSecret("再输一次", "")}
}

const newPasswordHelp = "至少 6 个字，用一句记得住的话也行"

// newFreePassword asks for a password that may be left out.
func newFreePassword(label string) newPassword {
	return newPassword{hidden(newEntry(label, newPasswordHelp, false)), hidden(newEntry("再输一次", "", false))}
}

// takeFree is take where nothing is a password too.
func (n newPassword) takeFree() (string, bool) {
	if n.first.Text == "" && n.again.Text == "" {
		return "", true
	}
	return n.take()
}

// take returns the password, or says under its entry what is wrong.
func (n newPassword) take() (string, bool) {
	if err := app.FitPassword(n.first.Text); err != nil {
		n.first.field.SetProblem(model.Sentence(err))
		return "", false
	}
	if n.first.Text != n.again.Text {
		n.again.field.SetProblem("两次输入的不一样。")
		return "", false
	}
	return n.first.Text, true
}

// askSet asks for the first password; the window closes the ledger for it.
func (k *lock) askSet() {
	next := newNewPassword("新密码")
	k.p.askSecrets("设密码", "设密码并加密", setWords, func(d *kit.Dialog) {
		password, ok := next.take()
		if !ok {
			return
		}
		d.Close()
		k.p.params.Relock(password, func(ctx context.Context, o app.Options) (app.LockDone, error) {
			return app.SetLock(ctx, o, password)
		}, func(done app.LockDone) { k.p.params.ShowCode(done, app.DefaultKeeper) })
	}, next.first, next.again)
}

// askRemove asks for the password once more.
func (k *lock) askRemove() {
	present := newSecret("现在的密码", "恢复码也行")
	k.p.askSecrets("取消密码", "取消密码", removeWords, func(d *kit.Dialog) {
		password := present.Text
		d.Close()
		k.p.params.Relock(password, app.RemoveLock, func(done app.LockDone) {
			k.p.params.LockTold("密码已取消，台账和已知的备份不再加密。", done)
		})
	}, present)
}

// askChange asks for the present and the next password.
func (k *lock) askChange() {
	present, next := newSecret("现在的密码", "忘了就输恢复码"), newNewPassword("新密码")
	k.p.askSecrets("更换密码", "更换", changeWords, func(d *kit.Dialog) {
		password, ok := next.take()
		if !ok {
			return
		}
		k.run("更换密码", d, present, func(ctx context.Context) (app.LockDone, error) {
			return k.p.api.ChangePassword(ctx, present.Text, password)
		}, func(done app.LockDone) { k.p.params.LockTold("密码已更换，恢复码照旧能用。", done) })
	}, present, next.first, next.again)
}

// askCode asks for whom another recovery code is.
func (k *lock) askCode() {
	present, keeper := newSecret("现在的密码", ""), newInput("交谁保管", "例如 镇长；这个人原来的恢复码随即作废")
	k.p.askSecrets("再给一个人恢复码", "生成恢复码", "", func(d *kit.Dialog) {
		who := keeper.Text
		k.run("生成恢复码", d, present, func(ctx context.Context) (app.LockDone, error) {
			return k.p.api.AddRecoveryCode(ctx, present.Text, who)
		}, func(done app.LockDone) { k.p.params.ShowCode(done, who) })
	}, present, keeper)
}

// run changes the lock of the open ledger; what is wrong with the password is said
// under its entry.
func (k *lock) run(title string, d *kit.Dialog, present secret, work func(context.Context) (app.LockDone, error), done func(app.LockDone)) {
	var out app.LockDone
	k.p.desk.Presenter.Long(task.Long{
		Title: title,
		Work: func(ctx context.Context, _ *task.Progress) (err error) {
			out, err = work(ctx)
			return err
		},
		Done: func(err error) {
			if err != nil {
				present.field.SetProblem(model.Sentence(err))
				return
			}
			d.Close()
			k.load()
			done(out)
		},
	})
}

// askSecrets shows entries with the button that does it; Enter in the last one does too.
func (p *Page) askSecrets(title, yes, words string, do func(*kit.Dialog), entries ...secret) {
	box := container.NewVBox()
	if words != "" {
		box.Add(trail.Para(words, look.Ink))
	}
	for _, e := range entries {
		box.Add(e.field)
	}
	var d *kit.Dialog
	accept := func() { do(d) }
	entries[len(entries)-1].OnSubmitted = func(string) { accept() }
	c := p.desk.Canvas()
	d = kit.ShowDialog(c, title, box,
		kit.NewButton("取消", kit.ButtonPlain, func() { d.Close() }), kit.NewButton(yes, kit.ButtonMain, accept))
	c.Focus(entries[0].Entry)
}

// secret is an entry of a dialog under its label.
type secret struct {
	*kit.Entry
	field *kit.Field
}

// newSecret makes an entry whose words are not shown.
func newSecret(label, help string) secret { return hidden(newInput(label, help)) }

func hidden(s secret) secret {
	s.Password = true
	return s
}

func newInput(label, help string) secret { return newEntry(label, help, true) }

func newEntry(label, help string, required bool) secret {
	e := kit.NewEntry("")
	s := secret{e, kit.NewField(label, required, help, e)}
	e.OnChanged = func(string) { s.field.SetProblem("") }
	return s
}

// enable greys buttons out, or not.
func enable(on bool, buttons ...*kit.Button) {
	for _, b := range buttons {
		if b.Enable(); !on {
			b.Disable()
		}
	}
}

// shown shows an object or hides it.
func shown(o fyne.CanvasObject, on bool) {
	if o.Show(); !on {
		o.Hide()
	}
}
