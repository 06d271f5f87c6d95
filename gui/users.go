package gui

import (
	"context"

	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/settings"
	"xiangzhen/model/app"
)

// showUsers shows whose turn it is, once there is more than one user.
func (w *Window) showUsers(users []app.UserInfo) {
	w.session.users = users
	name := ""
	if len(present(users)) > 1 {
		if name = w.session.app.Actor().Name; name == "" {
			name = "未设使用人"
		}
	}
	w.top.setUser(name)
}

// present are the users who were not ended.
func present(users []app.UserInfo) []app.UserInfo {
	var out []app.UserInfo
	for _, u := range users {
		if !u.Gone {
			out = append(out, u)
		}
	}
	return out
}

// switchUser asks who works from now on. Nothing is closed, and what is typed and
// not written yet stays.
func (w *Window) switchUser() {
	if w.session == nil || w.Canvas().Overlays().Top() != nil {
		return
	}
	users := present(w.session.users)
	if len(users) < 2 {
		w.toaster.Say(kit.Toast{Text: "只登记了一个使用人，不用切换。", Action: "去登记", OnAction: func() {
			w.open(page.Route{Page: page.Settings, Filter: settings.Users})
		}})
		return
	}
	var choices []kit.Choice
	for _, u := range users {
		choices = append(choices, kit.Choice{ID: u.Name, Text: u.Name, Note: u.RoleLabel})
	}
	who := kit.NewSelect("选使用人", choices)
	var d *kit.Dialog
	d = kit.ShowDialog(w.Canvas(), "切换使用人",
		container.NewVBox(kit.NewField("现在由谁使用", true, "以后每一步都记在这个人名下", who)),
		kit.NewButton("取消", kit.ButtonPlain, func() { d.Close() }),
		kit.NewButton("切换", kit.ButtonMain, func() {
			if name := who.Choice().ID; name != "" {
				d.Close()
				w.actAs(name)
			}
		}))
	w.Canvas().Focus(who)
}

// actAs has somebody else work here.
func (w *Window) actAs(name string) {
	a := w.session.app
	page.Run(w.desk, func(ctx context.Context) (string, error) { return name, a.ActAs(ctx, name) }, func(string) {
		w.actorChanged()
		w.toaster.Say(kit.Toast{Text: "现在由“" + name + "”使用，每一步都记在这个人名下。"})
	})
}

// actorChanged has everything read anew for another person.
func (w *Window) actorChanged() {
	var keys []string
	for _, l := range w.session.app.Catalog().All() {
		keys = append(keys, l.Key)
	}
	w.changed(w.session, keys)
}
