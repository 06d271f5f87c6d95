package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// users lists who uses the program at this PC, with their roles.
type users struct {
	p       *Page
	content fyne.CanvasObject
	header  *page.Header
	change  *kit.Button // who works here
	note    *kit.Line
	grid    *grid.Grid
	buttons []*kit.Button // that need 管理
	row     []*kit.Button // that need a user chosen
	list    userSource
	may     bool
}

func newUsers(p *Page) section {
	u := &users{p: p, note: kit.NewLine("", look.TextBody, look.Ink, false)}
	u.change = kit.NewButton("切换使用人…", kit.ButtonPlain, func() { p.params.Switch() })
	add := kit.NewButton("登记使用人…", kit.ButtonMain, func() { u.ask(app.UserInfo{}) })
	u.header = page.NewHeader("使用人", u.change, add)
	role := kit.NewButton("改角色…", kit.ButtonPlain, func() { u.onChosen(u.ask) })
	end := kit.NewButton("停用", kit.ButtonPlain, func() { u.onChosen(u.end) })
	u.buttons, u.row = []*kit.Button{add, role, end}, []*kit.Button{role, end}
	u.grid = grid.New(grid.Config{Source: u.list, Rows: true, Empty: "还没有登记使用人。一个人用就不用登记；两个人以上轮流用这台电脑，点右上“登记使用人”。",
		OnOpen: func(int) { u.onChosen(u.ask) }})
	u.content = frame(u.header, kit.NewFlushCard(u.grid), u.note, line(role, end))
	return u
}

func (u *users) object() fyne.CanvasObject { return u.content }

// usersView is what was read for the section.
type usersView struct {
	list []app.UserInfo
	may  bool
}

func (u *users) load() {
	page.Load(u.p.desk, u.p.reads, func(ctx context.Context) (v usersView, err error) {
		if v.list, err = u.p.api.Users(ctx); err != nil {
			return v, err
		}
		v.may, err = u.p.api.May(ctx, app.RightManage)
		return v, err
	}, u.show)
}

func (u *users) show(v usersView) {
	u.list, u.may = v.list, v.may
	u.grid.SetSource(u.list)
	u.note.SetText(usersWords(v.list))
	if !v.may {
		u.note.SetText(mayWords(v.may))
	}
	enable(v.may, u.buttons...)
	if len(v.list) == 0 {
		enable(false, u.row...)
	}
	shown(u.change, len(inUse(v.list)) > 1)
	u.content.Refresh()
}

// onChosen does something with the chosen user.
func (u *users) onChosen(do func(app.UserInfo)) {
	if row, _ := u.grid.Current(); u.may && row >= 0 && row < len(u.list) {
		do(u.list[row])
	}
}

// ask asks for the name and the role of a user, or for another role of one.
func (u *users) ask(who app.UserInfo) {
	title, yes := "登记使用人", "登记"
	name := newInput("姓名", "和“人员与任职”里同名的会自动对上")
	role := kit.NewSelect("选角色", roleChoices())
	if who.Name == "" {
		u.propose(&who)
	} else {
		title, yes = "改“"+who.Name+"”的角色", "改为这个角色"
		name.Disable()
	}
	name.SetText(who.Name)
	role.SetChoice(kit.Choice{ID: who.Role, Text: roleLabel(who.Role)})
	field := kit.NewField("角色", true, roleHelp[who.Role], role)
	role.OnChosen = func(c kit.Choice) { field.SetMeaning(roleHelp[c.ID]) }
	var d *kit.Dialog
	save := func() {
		u.p.write(func(ctx context.Context) (app.Done, error) { return u.p.api.SetUser(ctx, name.Text, role.Choice().ID) },
			func(err error) bool { name.field.SetProblem(model.Sentence(err)); return true },
			func(done app.Done) {
				d.Close()
				u.p.desk.Done("已登记“"+name.Text+"”为"+roleLabel(role.Choice().ID), done.Op)
				u.actorChanged()
			})
	}
	c := u.p.desk.Canvas()
	d = kit.ShowDialog(c, title, container.NewVBox(name.field, field),
		kit.NewButton("取消", kit.ButtonPlain, func() { d.Close() }), kit.NewButton(yes, kit.ButtonMain, save))
	if !name.Disabled() {
		c.Focus(name.Entry)
	}
}

// propose fills in the one who works here as the first user, who is to be manager.
func (u *users) propose(who *app.UserInfo) {
	who.Role = ledgers.RoleClerk
	if len(inUse(u.list)) == 0 {
		who.Name, who.Role = u.p.api.Actor().Name, ledgers.RoleManager
	}
}

// end asks before somebody's use ends.
func (u *users) end(who app.UserInfo) {
	u.p.desk.Presenter.Confirm(task.Question{Title: "停用“" + who.Name + "”", Text: "以后不能再以这个人的名义操作；做过的事还在历史里。", Yes: "停用", Danger: true}, func() {
		page.Run(u.p.desk, func(ctx context.Context) (app.Done, error) { return u.p.api.RemoveUser(ctx, who.Name) }, func(done app.Done) {
			u.p.desk.Done("已停用“"+who.Name+"”", done.Op)
			u.actorChanged()
		})
	})
}

// actorChanged lets the window know that others may now do other things.
func (u *users) actorChanged() {
	u.load()
	if u.p.params.OnActor != nil {
		u.p.params.OnActor()
	}
}

func roleChoices() []kit.Choice {
	var out []kit.Choice
	for _, o := range app.Roles() {
		out = append(out, kit.Choice{ID: o.Key, Text: o.Label})
	}
	return out
}

func roleLabel(key string) string {
	for _, o := range app.Roles() {
		if o.Key == key {
			return o.Label
		}
	}
	return ""
}
