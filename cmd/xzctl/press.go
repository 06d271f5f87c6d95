package main

import (
	"context"

	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

type pressCmd struct{}

// Run lists what is proposed to be reminded of and pressed for.
func (c *pressCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		list, err := a.Pressing(ctx)
		if err != nil {
			return err
		}
		docs := make([]object, len(list))
		for i, p := range list {
			doc := object{"step": p.Step, "ledger": p.Ledger.Key, "record": p.Item.ID, "title": p.Ledger.Name(p.Item),
				"unit": p.Item.Get("unit").Text, "due": p.Item.Get("due").Text, "days_left": p.Item.Get("days_left").Num}
			if p.Order != nil {
				doc["order"] = p.Order.ID
			}
			docs[i] = doc
			out.line("%s　%s　%s　%s　时限 %s", ledgers.PressWord(p.Step), p.Item.Get("unit").Text, p.Ledger.Name(p.Item), p.Ledger.Label, blank(p.Item.Get("due").Text))
		}
		out.line("共 %d 项，发不发由人定。", len(list))
		out.result(object{"rows": docs})
		return nil
	})
}
