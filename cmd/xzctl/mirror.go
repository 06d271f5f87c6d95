package main

import (
	"cmp"
	"context"
	"strconv"

	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

type mirrorCmd struct {
	List        mirrorListCmd        `cmd:"" default:"withargs" help:"列出留存的系统导出。"`
	Diff        mirrorDiffCmd        `cmd:"" help:"系统与台账差异。"`
	Row         mirrorRowCmd         `cmd:"" help:"看系统导出里的一行，全部列。"`
	Adopt       mirrorAdoptCmd       `cmd:"" help:"以系统为准，改台账。"`
	Keep        mirrorKeepCmd        `cmd:"" help:"台账为准，留待在系统中更正。"`
	Corrections mirrorCorrectionsCmd `cmd:"" help:"待系统更正清单。"`
}

type mirrorListCmd struct {
	Ledger string `arg:"" optional:"" help:"台账，不写为全部。"`
}

// Run lists what is kept of the system.
func (c *mirrorListCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		all, err := a.Mirrors(ctx, c.Ledger)
		if err != nil {
			return err
		}
		for _, m := range all {
			counts := "　"
			if m.Counts {
				counts = "　（参与对照）"
			}
			out.line("%s　数据截至 %s　%s%d 行，%d 列%s", m.Label, m.AsOf, m.File+" ", m.Rows, m.Width, counts)
		}
		out.line("系统导出 %d 份。", len(all))
		out.result(object{"mirrors": mirrorsJSON(all)})
		return nil
	})
}

func mirrorsJSON(all []app.Mirror) []object {
	docs := make([]object, len(all))
	for i, m := range all {
		docs[i] = mirrorJSON(m)
	}
	return docs
}

func mirrorJSON(m app.Mirror) object {
	return object{"id": m.ID, "ledger": m.Ledger, "as_of": m.AsOf, "file": m.File, "sheet": m.Sheet, "rows": m.Rows, "columns": m.Width, "counts": m.Counts}
}

// differing picks differences.
type differing struct {
	Ledger string `arg:"" help:"台账，例如 household、team。"`
	Kind   string `help:"类别：系统有、台账无｜台账有、系统无｜值不同｜系统没填｜系统的值有误｜认不准的行。"`
	Field  string `help:"项目（编号或名称）。"`
	Area   string `help:"村。"`
	Record string `help:"一条记录（编号）。"`
	Row    int    `help:"系统导出里的一行。"`
	Open   bool   `help:"只要还没有定的。"`
}

// filter is what the flags say.
func (d *differing) filter(l *model.Ledger) (app.DifferenceFilter, error) {
	f := app.DifferenceFilter{Kind: exchange.DifferenceKind(d.Kind), Village: d.Area, Record: d.Record, Row: d.Row, Open: d.Open}
	if d.Field == "" {
		return f, nil
	}
	field := l.FindField(d.Field)
	if field == nil {
		return f, model.Errorf(model.CodeUsage, "台账“%s”没有项目“%s”。", l.Label, d.Field)
	}
	f.Field = field.Key
	return f, nil
}

// pick reads the differences and picks.
func (d *differing) pick(ctx context.Context, a *app.App) (app.SystemDifferences, []app.SystemDifference, error) {
	all, err := a.SystemDifferences(ctx, d.Ledger)
	if err != nil {
		return all, nil, err
	}
	f, err := d.filter(all.Ledger)
	return all, all.Pick(f), err
}

type mirrorDiffCmd struct {
	differing
	Noted  bool   `help:"只要待系统更正的。"`
	Out    string `help:"标好差异的表放到哪里（.xlsx）。"`
	Unmask string `help:"完整带出敏感内容的理由。"`
}

// Run tells how the system and a ledger differ.
func (c *mirrorDiffCmd) Run(ctx context.Context, g *globals, out *output) error {
	if c.Unmask != "" && c.Out == "" {
		return model.Errorf(model.CodeUsage, "完整带出敏感内容只用于写出的表，请同时写 --out。")
	}
	return g.with(ctx, c.Unmask == "", func(a *app.App) error {
		all, items, err := c.pick(ctx, a)
		if err != nil {
			return err
		}
		items = (app.SystemDifferences{Items: items}).Pick(app.DifferenceFilter{Noted: c.Noted})
		docs := make([]object, len(items))
		for i, d := range items {
			docs[i] = differenceJSON(d)
			ours, theirs := d.Words(app.Shown(false))
			out.line("%s　%s　%s　%s：台账 %s，系统 %s%s", d.Kind, d.Village, d.Who(), d.Label(), blank(ours), blank(theirs), remarkWords(d))
		}
		for _, o := range all.Outside {
			out.line("导出里没有%s，台账的 %d 条没有比较。", o.Name, o.Count)
		}
		out.line("%s与%s：%d 处差异，%d 行一致。", all.Source(), all.Ledger.Label, len(items), all.Same)
		if c.Out != "" {
			f, _ := c.filter(all.Ledger) // it was read above
			f.Noted = c.Noted
			if _, err := a.WriteDifferences(ctx, app.DifferencesOut{Ledger: c.Ledger, Filter: f, Out: c.Out, Unmask: c.Unmask}); err != nil {
				return err
			}
		}
		out.result(object{"mirrors": mirrorsJSON(all.Mirrors), "differences": docs, "same": all.Same, "outside": outsideJSON(all), "file": c.Out})
		return nil
	})
}

func remarkWords(d app.SystemDifference) string {
	if d.Remark() == "" {
		return ""
	}
	return "　（" + d.Remark() + "）"
}

func outsideJSON(all app.SystemDifferences) []object {
	docs := make([]object, len(all.Outside))
	for i, o := range all.Outside {
		docs[i] = object{"area": o.Name, "records": o.Count}
	}
	return docs
}

func differenceJSON(d app.SystemDifference) object {
	ours, theirs := d.Words(app.Shown(false))
	doc := object{"kind": d.Kind, "mirror": d.Mirror.ID, "record": d.Record, "row": d.Row, "cell": d.Cell, "area": d.Village, "name": d.Name, "field": d.Key().Field,
		"ours": ours, "theirs": theirs}
	if d.Doubt != "" {
		doc["doubt"] = d.Doubt
	}
	if d.Note != nil {
		doc["reason"], doc["noted_on"] = d.Note.Reason, d.Note.On
	}
	return doc
}

type mirrorRowCmd struct {
	ID  string `arg:"" help:"系统导出的编号。"`
	Row int    `arg:"" help:"行号。"`
}

// Run shows one row of an export with all its columns.
func (c *mirrorRowCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		row, err := a.MirrorRow(ctx, c.ID, c.Row)
		if err != nil {
			return err
		}
		docs := make([]object, len(row.Cells))
		for i, cell := range row.Cells {
			docs[i] = object{"col": cell.Col, "path": cell.Header, "field": cell.Field, "value": cell.Text}
			out.line("%s　%s：%s", cell.Col, cell.Header, blank(cell.Text))
		}
		out.line("来源：%s，%s，工作表“%s”第 %s 行。", row.Source(), row.File, row.Sheet, strconv.Itoa(row.Row))
		out.result(object{"mirror": mirrorJSON(row.Mirror), "row": row.Row, "cells": docs})
		return nil
	})
}

// deciding picks differences to be decided on; all of them only where that is said.
type deciding struct {
	differing
	All bool `help:"全部。"`
}

func (d *deciding) keys(ctx context.Context, a *app.App, fits func(app.SystemDifference) bool) ([]app.DifferenceKey, error) {
	if !d.All && cmp.Or(d.Kind, d.Field, d.Area, d.Record) == "" && d.Row == 0 {
		return nil, model.Errorf(model.CodeUsage, "请用 --kind、--field、--area、--record 或 --row 指明哪些，全部请加 --all。")
	}
	_, items, err := d.pick(ctx, a)
	var keys []app.DifferenceKey
	for _, item := range items {
		if fits(item) {
			keys = append(keys, item.Key())
		}
	}
	return keys, err
}

type mirrorAdoptCmd struct{ deciding }

// Run gives the ledger what the system has; what is noted as the ledger's stays.
func (c *mirrorAdoptCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		keys, err := c.keys(ctx, a, func(d app.SystemDifference) bool { return d.Adoptable() && d.Note == nil })
		if err != nil {
			return err
		}
		done, err := a.AdoptSystem(ctx, c.Ledger, keys)
		if err != nil {
			return err
		}
		out.line("以系统为准改台账 %d 处（操作 %d）。", len(keys), done.Op)
		out.result(object{"op": done.Op, "adopted": len(keys)})
		return nil
	})
}

type mirrorKeepCmd struct {
	deciding
	Reason string `required:"" help:"为什么以台账为准。"`
}

// Run notes that the ledger is right.
func (c *mirrorKeepCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		keys, err := c.keys(ctx, a, app.SystemDifference.Notable)
		if err != nil {
			return err
		}
		done, err := a.KeepOurs(ctx, c.Ledger, keys, c.Reason)
		if err != nil {
			return err
		}
		out.line("台账为准，待系统更正 %d 处（操作 %d）。", len(keys), done.Op)
		out.result(object{"op": done.Op, "noted": len(keys)})
		return nil
	})
}

type mirrorCorrectionsCmd struct {
	Ledger string `arg:"" help:"台账，例如 household、team。"`
	Out    string `required:"" help:"清单放到哪里（.xlsx）。"`
	Unmask string `help:"完整带出敏感内容的理由。"`
}

// Run writes the list of what is to be corrected in the system.
func (c *mirrorCorrectionsCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.with(ctx, c.Unmask == "", func(a *app.App) error {
		n, err := a.WriteCorrections(ctx, app.DifferencesOut{Ledger: c.Ledger, Out: c.Out, Unmask: c.Unmask})
		if err != nil {
			return err
		}
		out.line("待系统更正 %d 处，已写到 %s。", n, c.Out)
		out.result(object{"file": c.Out, "rows": n})
		return nil
	})
}
