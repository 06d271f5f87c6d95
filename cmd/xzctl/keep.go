package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

type settingsCmd struct {
	Get settingsGetCmd `cmd:"" default:"withargs" help:"查看参数。"`
	Set settingsSetCmd `cmd:"" help:"修改参数，从今天起生效。"`
}

type settingsGetCmd struct {
	Key string `arg:"" optional:"" help:"参数代号。"`
}

// Run shows parameters.
func (c *settingsGetCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		all, err := a.Parameters(ctx)
		if err != nil {
			return err
		}
		docs := []object{}
		for _, p := range all {
			if c.Key != "" && p.Key != c.Key {
				continue
			}
			docs = append(docs, object{"key": p.Key, "label": p.Label, "value": p.Value, "default": p.Default, "unit": p.Unit, "source": p.Source})
			out.line("%-28s %s%s　%s（默认 %s）", p.Key, p.Value, p.Unit, p.Label, p.Default)
		}
		if len(docs) == 0 {
			return model.Errorf(model.CodeNotFound, "没有参数“%s”。", c.Key)
		}
		out.result(object{"settings": docs})
		return nil
	})
}

type settingsSetCmd struct {
	Key   string `arg:"" help:"参数代号。"`
	Value string `arg:"" help:"值。"`
}

// Run sets a parameter.
func (c *settingsSetCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		done, err := a.SetSetting(ctx, c.Key, c.Value)
		if err != nil {
			return err
		}
		tellDone(out, done, "已修改")
		return nil
	})
}

type historyCmd struct {
	Ledger string `arg:"" optional:"" help:"台账。"`
	ID     string `arg:"" optional:"" help:"编号。"`
	Limit  int    `default:"50" help:"最多几次操作。"`
}

// Run lists operations, or the changes of one record.
func (c *historyCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		switch {
		case c.Ledger == "":
			return c.operations(ctx, a, out)
		case c.ID == "":
			return model.Errorf(model.CodeUsage, "请给出记录的编号：history 台账 编号。")
		}
		return c.record(ctx, a, out)
	})
}

func (c *historyCmd) operations(ctx context.Context, a *app.App, out *output) error {
	ops, err := a.Operations(ctx, c.Limit, 0)
	if err != nil {
		return err
	}
	docs := make([]object, len(ops))
	for i, op := range ops {
		docs[i] = operationJSON(op)
		out.line("%5d  %s  %s  %s  %d 条%s", op.ID, op.At.Format("2006-01-02 15:04"), op.Label, op.Actor.Name, op.Rows, undoneWords(op))
	}
	out.result(object{"operations": docs})
	return nil
}

func undoneWords(op model.Operation) string {
	if op.Undone != 0 {
		return fmt.Sprintf("　已由操作 %d 撤销", op.Undone)
	}
	return ""
}

func operationJSON(op model.Operation) object {
	out := object{"op": op.ID, "kind": op.Kind, "label": op.Label, "at": op.At, "actor": op.Actor.Name, "rows": op.Rows}
	if op.Undoes != 0 {
		out["undoes"] = op.Undoes
	}
	if op.Undone != 0 {
		out["undone_by"] = op.Undone
	}
	return out
}

func (c *historyCmd) record(ctx context.Context, a *app.App, out *output) error {
	l, entries, err := a.History(ctx, c.Ledger, c.ID)
	if err != nil {
		return err
	}
	show := app.Shown(false)
	docs := make([]object, len(entries))
	for i, e := range entries {
		before, after := object{}, object{}
		putFields(before, l.Fields, e.Before, show)
		putFields(after, l.Fields, e.After, show)
		docs[i] = object{"op": e.Op.ID, "at": e.Op.At, "label": e.Op.Label, "actor": e.Op.Actor.Name, "kind": e.Kind, "before": before, "after": after}
		out.line("%5d  %s  %s  %s", e.Op.ID, e.Op.At.Format("2006-01-02 15:04"), e.Op.Label, e.Op.Actor.Name)
		for j := range l.Fields {
			f := &l.Fields[j]
			if b, n := f.Show(show(f, e.Before[f.Key])), f.Show(show(f, e.After[f.Key])); b != n {
				out.line("       %s：%s → %s", f.Label, blank(b), blank(n))
			}
		}
	}
	out.result(object{"entries": docs})
	return nil
}

type undoCmd struct {
	Op string `arg:"" optional:"" help:"操作编号；不写则撤销最近一次。"`
}

// Run undoes an operation.
func (c *undoCmd) Run(ctx context.Context, g *globals, out *output) error {
	var op int64
	if c.Op != "" {
		n, err := strconv.ParseInt(c.Op, 10, 64)
		if err != nil || n <= 0 {
			return model.Errorf(model.CodeUsage, "操作编号应为数字，例如 12。用 history 可以查到。")
		}
		op = n
	}
	return g.write(ctx, func(a *app.App) error {
		result, err := a.Undo(ctx, op)
		if err != nil {
			return err
		}
		tellUndo(out, a, result, "已撤回")
		return nil
	})
}

type redoCmd struct{}

// Run redoes what was undone last.
func (redoCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		result, err := a.Redo(ctx)
		if err != nil {
			return err
		}
		tellUndo(out, a, result, "已恢复")
		return nil
	})
}

func tellUndo(out *output, a *app.App, r model.UndoResult, word string) {
	out.result(object{"op": r.Op, "undone": r.Undone, "kept": undoItemsJSON(r.Kept), "refused": undoItemsJSON(r.Refused)})
	out.line("%s %d 条，保留 %d 处，不能撤回 %d 处。", word, r.Undone, len(r.Kept), len(r.Refused))
	for _, item := range append(append([]model.UndoItem{}, r.Kept...), r.Refused...) {
		out.line("  %s %s：%s", labelOf(a, item), item.Record, item.Reason)
	}
	out.problems = len(r.Kept)+len(r.Refused) > 0
}

func labelOf(a *app.App, item model.UndoItem) string {
	l := a.Catalog().Ledger(item.Ledger)
	if l == nil {
		return item.Ledger
	}
	if f := l.Field(item.Field); f != nil {
		return l.Label + "·" + f.Label
	}
	return l.Label
}

func undoItemsJSON(items []model.UndoItem) []object {
	out := make([]object, len(items))
	for i, it := range items {
		out[i] = object{"ledger": it.Ledger, "record": it.Record, "field": it.Field, "reason": it.Reason}
	}
	return out
}

type backupCmd struct {
	To               string `help:"备份到哪个文件；不写则放在台账旁的备份文件夹。"`
	Second           string `xor:"where" help:"备份到第二处：另一块硬盘、U盘或共享文件夹，并放上程序和恢复说明。"`
	All              bool   `xor:"where" help:"打成一个搬家包：台账、设置、佐证都在里面，到新电脑上用 restore 打开。"`
	PackPasswordFile string `name:"pack-password-file" help:"存放搬家包密码的文件，取第一行；不写则不另设密码。"`
}

// Run backs the ledger up.
func (c *backupCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		if c.All {
			return c.pack(ctx, a, out)
		}
		var info app.BackupInfo
		var err error
		if c.Second != "" {
			info, err = a.BackupToSecond(ctx, c.Second)
		} else {
			info, err = a.Backup(ctx, c.To)
		}
		if err != nil {
			return err
		}
		out.result(object{"op": info.Op, "file": info.Path, "records": info.Records})
		out.line("已备份并打开核对：%s，%d 条记录。", info.Path, info.Records)
		return nil
	})
}

func (c *backupCmd) pack(ctx context.Context, a *app.App, out *output) error {
	password, err := readPassword(c.PackPasswordFile)
	if err != nil {
		return err
	}
	p, err := a.Pack(ctx, app.PackRequest{To: c.To, Password: password})
	if err != nil {
		return err
	}
	out.result(object{"op": 0, "file": p.Path, "records": p.Records, "files": p.Files, "open": p.Open})
	out.line("已打包并读回核对：%s，%d 条记录，另有 %d 个文件。", p.Path, p.Records, p.Files)
	if p.Open {
		out.line("注意：这个包没有密码，拿到的人都能看。")
	}
	return nil
}

type restoreCmd struct {
	From             string `arg:"" help:"备份文件，或 backup --all 打的搬家包。"`
	PackPasswordFile string `name:"pack-password-file" help:"存放搬家包密码的文件，取第一行。"`
}

// Run puts a backup in the ledger's place; the replaced ledger is kept.
func (c *restoreCmd) Run(ctx context.Context, g *globals, out *output) error {
	o, err := g.options(false)
	if err != nil {
		return err
	}
	if o.PackPassword, err = readPassword(c.PackPasswordFile); err != nil {
		return err
	}
	r, err := app.Restore(ctx, o, c.From)
	if err != nil {
		return err
	}
	files, err := bringFiles(ctx, o, c.From)
	lost := app.LostFiles(files)
	unknown := model.CodeOf(err) == model.CodePassword
	if err != nil && !unknown {
		return err
	}
	out.result(object{"op": 0, "file": g.DB, "records": r.Records, "replaced": r.Replaced, "unlocked": r.Unlocked,
		"files_brought": files.Brought, "files_missing": len(files.Bad), "files_unchecked": unknown})
	out.line("已从 %s 恢复，%d 条记录。", c.From, r.Records)
	if files.Brought > 0 {
		out.line("带回附件 %d 个。", files.Brought)
	}
	if unknown {
		out.line("附件没有带回：要用这份台账的密码才能核对。请带上密码再恢复一次。")
	}
	if lost != nil {
		out.line("%s", model.Sentence(lost))
	}
	out.problems = lost != nil || unknown
	if r.Replaced != "" {
		out.line("原来的台账保留在 %s。", r.Replaced)
	}
	if r.Unlocked {
		out.line("注意：这份备份是设密码以前的，台账现在没有密码。请重新设密码。")
	}
	return nil
}

// bringFiles takes the files of a restored ledger along from where the backup lies.
func bringFiles(ctx context.Context, o app.Options, from string) (files app.FilesReport, err error) {
	a, err := app.Open(ctx, o)
	if err != nil {
		return files, err
	}
	files, err = a.BringFiles(ctx, from)
	return files, errors.Join(err, a.Close())
}

type verifyCmd struct {
	Salvage bool `help:"已损坏时：原文件移到一边，能读出的逐条抢救到新台账。"`
}

// Run checks the ledger file, or saves what can be saved of it.
func (c *verifyCmd) Run(ctx context.Context, g *globals, out *output) error {
	o, err := g.options(false)
	if err != nil {
		return err
	}
	if c.Salvage {
		return salvage(ctx, o, out)
	}
	r, err := app.Verify(ctx, o)
	if err != nil {
		return err
	}
	out.result(object{"file": g.DB, "records": r.Records, "operations": r.Operations, "compared": r.Compared, "references": r.References,
		"dangling": r.Dangling, "head": r.Head, "faults": append([]string{}, r.Problems...), "notes": append([]string{}, r.Notes...)})
	out.line("%s：%d 条记录，%d 次操作。", g.DB, r.Records, r.Operations)
	out.line("与操作记录逐条核对 %d 条；引用 %d 处，其中 %d 处指向台账里没有的记录；最后一次操作的校验值 %s。", r.Compared, r.References, r.Dangling, r.Head)
	for _, f := range r.Problems {
		out.line("  错误 %s", f)
	}
	for _, n := range r.Notes {
		out.line("  %s", n)
	}
	out.problems = len(r.Problems) > 0
	return nil
}

func salvage(ctx context.Context, o app.Options, out *output) error {
	s, err := app.Salvage(ctx, o)
	if err != nil {
		return err
	}
	lost := make([]object, len(s.Lost))
	for i, r := range s.Lost {
		lost[i] = object{"ledger": r.Ledger, "id": r.ID, "label": r.Label}
	}
	out.result(object{"file": o.Path, "aside": s.Aside, "saved": s.Saved, "doubtful": len(s.Doubtful), "fields": s.Fields, "indexes_only": s.Indexes, "lost": lost})
	out.line("损坏的文件原样保留在 %s。", s.Aside)
	if s.Indexes {
		out.line("只有索引损坏，已重建，记录和历史都在。")
		return nil
	}
	out.line("抢救 %d 条（其中 %d 条取自操作记录，请核对），加密内容读不出 %d 处，没有抢救 %d 条。历史操作留在原文件里。", s.Saved, len(s.Doubtful), s.Fields, len(s.Lost))
	for _, r := range s.Lost {
		out.line("  没有抢救：%s %s", r.Label, r.ID)
	}
	out.problems = len(s.Lost)+len(s.Doubtful)+s.Fields > 0
	return nil
}
