package main

import (
	"context"

	"xiangzhen/model/app"
)

type usersCmd struct {
	List   usersListCmd   `cmd:"" default:"1" help:"列出用户和角色。"`
	Set    usersSetCmd    `cmd:"" help:"增加用户，或改角色：只读、录入、审核、管理。"`
	Remove usersRemoveCmd `cmd:"" help:"停用一个用户。"`
}

type usersListCmd struct{}

// Run lists the users.
func (usersListCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		users, err := a.Users(ctx)
		if err != nil {
			return err
		}
		inForce, err := a.RolesInForce(ctx)
		if err != nil {
			return err
		}
		docs := make([]object, len(users))
		for i, u := range users {
			docs[i] = object{"name": u.Name, "role": u.RoleLabel, "gone": u.Gone}
			out.line("%s　%s%s", u.Name, u.RoleLabel, goneWords(u))
		}
		out.result(object{"users": docs, "roles": inForce})
		if !inForce {
			out.line("现在不分角色：打开台账的人都可以做全部操作。有第二个用户起按角色。")
		}
		return nil
	})
}

func goneWords(u app.UserInfo) string {
	if u.Gone {
		return "（已停用）"
	}
	return ""
}

type usersSetCmd struct {
	Name string `arg:"" help:"姓名。"`
	Role string `required:"" help:"只读、录入、审核或管理。"`
}

// Run makes somebody a user, or gives a user another role.
func (c *usersSetCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		done, err := a.SetUser(ctx, c.Name, c.Role)
		if err != nil {
			return err
		}
		tellDone(out, done, "已设置")
		return nil
	})
}

type usersRemoveCmd struct {
	Name string `arg:"" help:"姓名。"`
}

// Run ends somebody's use.
func (c *usersRemoveCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		done, err := a.RemoveUser(ctx, c.Name)
		if err != nil {
			return err
		}
		tellDone(out, done, "已停用")
		return nil
	})
}
