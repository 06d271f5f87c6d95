package main

import (
	"context"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

type destroyCmd struct {
	Ledger string   `arg:"" optional:"" help:"台账；不写则列出期满的记录。"`
	IDs    []string `arg:"" optional:"" name:"id" help:"编号。"`
	Reason string   `help:"理由，例如 保存期满。"`
}

// Run lists what is past its term, or destroys sensitive values.
func (c *destroyCmd) Run(ctx context.Context, g *globals, out *output) error {
	switch {
	case c.Ledger == "":
		return g.read(ctx, func(a *app.App) error { return listExpired(ctx, a, out) })
	case len(c.IDs) == 0:
		return model.Errorf(model.CodeUsage, "请给出要销毁的记录的编号。")
	}
	return g.write(ctx, func(a *app.App) error {
		done, err := a.Destroy(ctx, c.Ledger, c.IDs, c.Reason)
		if err != nil {
			return err
		}
		out.result(object{"op": done.Op, "records": done.Records, "files": done.Files, "copies": append([]string{}, done.Copies...), "beyond": append([]string{}, done.Beyond...)})
		out.line("已销毁 %d 条记录的敏感内容，删去附件 %d 个，备份 %d 份一并改写。不能撤回。", done.Records, done.Files, len(done.Copies))
		for _, s := range done.Beyond {
			out.line("  %s", s)
		}
		return nil
	})
}

func listExpired(ctx context.Context, a *app.App, out *output) error {
	list, err := a.Expired(ctx)
	if err != nil {
		return err
	}
	docs := make([]object, len(list))
	for i, e := range list {
		docs[i] = object{"ledger": e.Ledger, "id": e.ID, "name": e.Name, "since": e.Since}
		out.line("%s　%s　%s　%s 起没有变动", e.Label, e.Name, e.ID, e.Since.Format("2006-01-02"))
	}
	out.result(object{"expired": docs})
	out.line("期满的记录 %d 条。保存年限见参数 secret.keep_years。", len(list))
	return nil
}
