package main

import (
	"context"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

type demoCmd struct {
	Unit  string `default:"甲镇" help:"台账归谁用：甲镇，或 示例县。"`
	Scale int    `default:"1" help:"规模倍数，100 为 1600 个村。"`
}

// Run makes the sample ledger.
func (c *demoCmd) Run(ctx context.Context, g *globals, out *output) error {
	o, err := g.options(false)
	if err != nil {
		return err
	}
	a, err := app.CreateDemo(ctx, o, c.Unit, c.Scale)
	if err != nil {
		return err
	}
	defer a.Close()
	counts, err := a.Counts(ctx)
	if err != nil {
		return err
	}
	ops, err := a.Operations(ctx, 1, 0)
	if err != nil {
		return err
	}
	out.result(object{"op": ops[0].ID, "db": g.DB, "unit": c.Unit, "records": counts})
	out.line("已新建演示台账 %s（%s）：%s。", g.DB, c.Unit, app.CountWords(a.Catalog(), counts))
	return nil
}

type ledgersCmd struct{}

// Run lists the ledgers.
func (ledgersCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		var docs []object
		for _, l := range a.Catalog().All() {
			docs = append(docs, ledgerJSON(l))
			out.line("%-12s %s", l.Key, l.Label)
		}
		out.result(object{"ledgers": docs})
		return nil
	})
}

type fieldsCmd struct {
	Ledger string `arg:"" help:"台账。"`
}

// Run lists a ledger's fields.
func (c *fieldsCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		l, err := a.Catalog().Find(c.Ledger)
		if err != nil {
			return err
		}
		out.result(ledgerJSON(l))
		var rows [][]string
		for _, f := range append(append([]model.Field{}, l.Fields...), l.Derived...) {
			rows = append(rows, []string{f.Key, f.Label, f.Kind.Label(), optionWords(&f)})
		}
		out.table([]string{"代号", "名称", "种类", "可选"}, rows)
		return nil
	})
}

func optionWords(f *model.Field) string {
	labels := make([]string, len(f.Options))
	for i, o := range f.Options {
		labels[i] = o.Label
	}
	return joinWords(labels)
}

// ledgerJSON describes a ledger in the words of the contract.
func ledgerJSON(l *model.Ledger) object {
	return object{"key": l.Key, "label": l.Label, "system": l.System,
		"fields": fieldsJSON(l.Fields), "derived": fieldsJSON(l.Derived)}
}

func fieldsJSON(fields []model.Field) []object {
	out := make([]object, len(fields))
	for i := range fields {
		out[i] = fieldJSON(&fields[i])
	}
	return out
}

func fieldJSON(f *model.Field) object {
	o := object{"key": f.Key, "label": f.Label, "kind": f.Kind}
	if len(f.Options) > 0 {
		labels := make([]string, len(f.Options))
		for i, opt := range f.Options {
			labels[i] = opt.Label
		}
		o["options"] = labels
	}
	if f.Ref != nil {
		o["ref"] = f.Ref.Ledgers
	}
	if f.Unit != "" {
		o["unit"] = f.Unit
	}
	if f.Required {
		o["required"] = true
	}
	if f.Sensitive {
		o["sensitive"] = true
	}
	return o
}

type ledgerCmd struct {
	Add ledgerAddCmd `cmd:"" help:"新建自定义台账。"`
}

type ledgerAddCmd struct {
	Label string `arg:"" help:"名称。"`
}

// Run makes a ledger of the user's own.
func (c *ledgerAddCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		key, done, err := a.AddLedger(ctx, c.Label)
		if err != nil {
			return err
		}
		tellDone(out, done, "已新建台账 "+key)
		out.result(object{"op": done.Op, "key": key})
		return nil
	})
}

type fieldCmd struct {
	Add fieldAddCmd `cmd:"" help:"给台账增加项目。"`
}

type fieldAddCmd struct {
	Ledger  string   `arg:"" help:"台账。"`
	Label   string   `arg:"" help:"名称。"`
	Kind    string   `arg:"" help:"种类：文字、整数、小数、日期、单选……"`
	Options []string `help:"单选、多选的各项。"`
}

// Run adds a field to a ledger.
func (c *fieldAddCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		key, done, err := a.AddField(ctx, c.Ledger, c.Label, c.Kind, c.Options)
		if err != nil {
			return err
		}
		tellDone(out, done, "已增加项目 "+key)
		out.result(object{"op": done.Op, "key": key})
		return nil
	})
}

// splitList splits a list written with commas of either width or 、.
func splitList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",，、 ", r) })
}
