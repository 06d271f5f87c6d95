package main

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

type receiptCmd struct {
	What string `arg:"" optional:"" help:"收到的文件、上级的回执，或 6 位回执码；不写则列出报出的表。"`
	Rows string `help:"列出这个台账里上级已收的行。"`
}

// Run tells what became of a submission that came in, or takes a receipt from above
// in and marks what was sent.
func (c *receiptCmd) Run(ctx context.Context, g *globals, out *output) error {
	switch {
	case c.Rows != "":
		return g.read(ctx, func(a *app.App) error { return c.rows(ctx, a, out) })
	case c.What == "":
		return g.read(ctx, func(a *app.App) error { return c.list(ctx, a, out) })
	}
	err := g.read(ctx, func(a *app.App) error { return c.find(ctx, a, out) })
	if model.CodeOf(err) != model.CodeNotFound {
		return err
	}
	return g.write(ctx, func(a *app.App) error { return c.load(ctx, a, out) })
}

// find tells of what came in.
func (c *receiptCmd) find(ctx context.Context, a *app.App, out *output) error {
	r, err := a.FindReceipt(ctx, c.What)
	if err != nil {
		return err
	}
	out.result(object{"code": r.Code, "area": r.Area, "form": r.Form, "period": r.Period, "file": r.File,
		"received_on": r.ReceivedOn, "status": r.Status})
	out.line("%s　%s　%s　%s 收到　%s　回执码 %s", r.Area, r.Form, r.Period, r.ReceivedOn, r.Status, r.Code)
	return nil
}

// load marks what was sent.
func (c *receiptCmd) load(ctx context.Context, a *app.App, out *output) error {
	s, done, err := a.LoadReceipt(ctx, c.What)
	if err != nil {
		return err
	}
	doc := sentJSON(s)
	doc["op"] = done.Op
	out.result(doc)
	out.line("《%s》%s　上级已收 %s：%d 行，共报 %d 行（操作 %d）。", s.Label, s.Period.Words(), s.ReceivedOn, s.ReceivedRows, s.Rows, done.Op)
	return nil
}

func (c *receiptCmd) list(ctx context.Context, a *app.App, out *output) error {
	sent, err := a.SentTables(ctx, "", "")
	if err != nil {
		return err
	}
	docs := make([]object, len(sent))
	for i, s := range sent {
		docs[i] = sentJSON(s)
		out.line("%s　%s　%s 报出 %d 行　上级已收 %s　%s", s.Label, s.Period.Words(), s.SentOn, s.Rows, cmp.Or(string(s.ReceivedOn), "—"), s.File)
	}
	out.line("报出 %d 份。", len(sent))
	out.result(object{"sent": docs})
	return nil
}

func sentJSON(s app.SentTable) object {
	return object{"id": s.ID, "form": s.Form, "label": s.Label, "period": s.Period, "file": s.File, "sent_on": s.SentOn, "rows": s.Rows,
		"received_on": s.ReceivedOn, "received_rows": s.ReceivedRows, "receipt": s.Receipt}
}

func (c *receiptCmd) rows(ctx context.Context, a *app.App, out *output) error {
	marks, err := a.Received(ctx, c.Rows)
	if err != nil {
		return err
	}
	docs := make([]object, 0, len(marks))
	for _, id := range slices.SortedFunc(maps.Keys(marks), func(x, y string) int { return cmp.Or(cmp.Compare(marks[x].Name, marks[y].Name), cmp.Compare(x, y)) }) {
		m := marks[id]
		docs = append(docs, object{"record": m.Record, "name": m.Name, "form": m.Form, "period": m.Period, "received_on": m.On, "changed_since": m.ChangedSince})
		out.line("%s　%s　%s", m.Name, m.Period.Words(), m.Words())
	}
	out.result(object{"rows": docs})
	return nil
}
