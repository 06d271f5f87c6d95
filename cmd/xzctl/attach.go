package main

import (
	"context"

	"xiangzhen/model/app"
)

type attachCmd struct {
	Ledger   string   `arg:"" help:"台账。"`
	ID       string   `arg:"" help:"编号。"`
	Files    []string `arg:"" optional:"" help:"要附加的文件；不写则列出已有的。"`
	Field    string   `help:"放在哪个项目，默认第一个附件项目。"`
	Original bool     `help:"大照片保留原图，不缩小。"`
	Remove   string   `help:"移除一个附件：文件名或校验值。"`
	Save     string   `help:"取出一个附件：文件名或校验值。"`
	To       string   `help:"取出到哪个文件。"`
	Place    bool     `help:"取出照片时保留拍摄地点等信息。"`
}

// Run attaches files to a record, lists, removes or takes out.
func (c *attachCmd) Run(ctx context.Context, g *globals, out *output) error {
	switch {
	case len(c.Files) > 0:
		return g.write(ctx, func(a *app.App) error {
			done, err := a.Attach(ctx, app.AttachRequest{Ledger: c.Ledger, ID: c.ID, Field: c.Field, Paths: c.Files, Original: c.Original})
			return c.tell(ctx, a, out, done, "已附加", err)
		})
	case c.Remove != "":
		return g.write(ctx, func(a *app.App) error {
			done, err := a.Detach(ctx, c.Ledger, c.ID, c.Remove)
			return c.tell(ctx, a, out, done, "已移除", err)
		})
	case c.Save != "":
		return g.read(ctx, func(a *app.App) error {
			if err := a.SaveAttachment(ctx, c.Ledger, c.ID, c.Save, c.To, c.Place); err != nil {
				return err
			}
			out.saved(c.To)
			return nil
		})
	}
	return g.read(ctx, func(a *app.App) error { return c.tell(ctx, a, out, app.Done{}, "", nil) })
}

// tell lists what is on the record after what was done.
func (c *attachCmd) tell(ctx context.Context, a *app.App, out *output, done app.Done, what string, err error) error {
	if err != nil {
		return err
	}
	files, err := a.Attachments(ctx, c.Ledger, c.ID)
	if err != nil {
		return err
	}
	out.files(done, what, files)
	return nil
}

// saved says where a file was taken out to.
func (out *output) saved(to string) {
	out.result(object{"file": to})
	out.line("已取出到 %s", to)
}

// files lists the files on a record after what was done; what is "" if nothing was.
func (out *output) files(done app.Done, what string, files []app.Attachment) {
	if what != "" {
		tellDone(out, done, what)
	}
	docs := make([]object, len(files))
	for i, f := range files {
		docs[i] = object{"name": f.Name, "sha256": f.Hash, "field": f.Field, "bytes": f.Bytes, "photo": f.Photo, "broken": f.Broken}
		out.line("%s　%d 字节　%s", f.Name, f.Bytes, f.Broken)
		out.problems = out.problems || f.Broken != ""
	}
	result := doneJSON(done)
	result["files"] = docs
	out.result(result)
}
