package main

import (
	"context"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

type formStampedCmd struct {
	Form     string   `arg:"" help:"报表。"`
	Files    []string `arg:"" optional:"" help:"PDF、JPG 或 PNG；不写则列出已有的。"`
	Period   string   `required:"" help:"期间，例如 2026-11。"`
	Area     string   `required:"" help:"哪个村或乡镇报的。"`
	Original bool     `help:"大照片保留原图，不缩小。"`
	Remove   string   `help:"移除一个：文件名或校验值。"`
	Save     string   `help:"取出一个：文件名或校验值。"`
	To       string   `help:"取出到哪个文件。"`
}

func (c *formStampedCmd) what() app.ReturnOf {
	return app.ReturnOf{Form: c.Form, Period: model.Period(c.Period), Area: c.Area}
}

// Run keeps, lists, removes or takes out the sealed paper copy of a return.
func (c *formStampedCmd) Run(ctx context.Context, g *globals, out *output) error {
	switch {
	case len(c.Files) > 0:
		return g.write(ctx, func(a *app.App) error {
			done, err := a.Stamp(ctx, app.StampRequest{ReturnOf: c.what(), Paths: c.Files, Original: c.Original})
			return c.tell(ctx, a, out, done, "已附上", err)
		})
	case c.Remove != "":
		return g.write(ctx, func(a *app.App) error {
			done, err := a.Unstamp(ctx, c.what(), c.Remove)
			return c.tell(ctx, a, out, done, "已移除", err)
		})
	case c.Save != "":
		return g.read(ctx, func(a *app.App) error {
			if err := a.SaveStamped(ctx, c.what(), c.Save, c.To); err != nil {
				return err
			}
			out.saved(c.To)
			return nil
		})
	}
	return g.read(ctx, func(a *app.App) error { return c.tell(ctx, a, out, app.Done{}, "", nil) })
}

// tell lists what is kept after what was done.
func (c *formStampedCmd) tell(ctx context.Context, a *app.App, out *output, done app.Done, what string, err error) error {
	if err != nil {
		return err
	}
	files, err := a.StampedFiles(ctx, c.what())
	if err != nil {
		return err
	}
	out.files(done, what, files)
	return nil
}
