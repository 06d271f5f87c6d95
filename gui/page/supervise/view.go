package supervise

import (
	"slices"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page/steps"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// chipAll shows everything.
const chipAll = "all"

// pressChips are the steps with how many items each is proposed for.
func pressChips(list []app.Pressing) []kit.Chip {
	chips := []kit.Chip{{Key: chipAll, Label: "全部"}, {Key: ledgers.PressRemind, Mark: look.MarkSoon}, {Key: ledgers.PressUrge, Mark: look.MarkOverdue},
		{Key: ledgers.PressOrder, Mark: look.MarkOverdue}}
	for i := range chips {
		if chips[i].Label == "" {
			chips[i].Label = ledgers.PressWord(chips[i].Key)
		}
		chips[i].HasCount, chips[i].Count = true, len(pressOf(list, chips[i].Key, ""))
	}
	return chips
}

// pressOf are the proposals of a step and a field of work (领域).
func pressOf(list []app.Pressing, step, domain string) []app.Pressing {
	return slices.DeleteFunc(slices.Clone(list), func(p app.Pressing) bool {
		return step != chipAll && p.Step != step || domain != "" && p.Item.Get("domain").Text != domain
	})
}

// pressTable shows proposals.
func pressTable(list []app.Pressing) grid.Table {
	t := grid.Table{Cols: []grid.Column{grid.Plain("建议", 88), grid.Plain("事项", 0), grid.Plain("责任单位", 104), grid.Plain("时限", 104),
		grid.Plain("红黄绿", 100), grid.Plain("最近进展", 200), grid.Plain("台账", 104), grid.Plain("已发督办单", 140)}}
	for _, p := range list {
		row := grid.Words(ledgers.PressWord(p.Step), p.Ledger.Name(p.Item), p.Item.Get("unit").Text, dueWords(p.Item), "",
			oneLine(p.Item.Get("latest_text").Text), p.Ledger.Label, p.Order.Get("doc_no").Text)
		row[0].Bold, row[6].Tone = p.Step == ledgers.PressOrder, look.ToneQuiet
		row[4] = lightCell(p.Item)
		t.Rows = append(t.Rows, row)
	}
	return t
}

func lightCell(r *model.Record) grid.Cell {
	mark, words := steps.Light(r)
	return grid.Cell{Text: words, Mark: mark, Tone: mark.Tone()}
}

// Keys of the chips of orders.
const (
	chipOpen = "open" // 未办结
	chipLate = "late" // 逾期
	chipDone = "done" // 已办结
)

// inOrders reports whether an order belongs to a chip.
func inOrders(l *model.Ledger, r *model.Record, chip string) bool {
	finished := l.Flow.IsFinished(r.Get(l.Flow.State).Text)
	switch chip {
	case chipOpen:
		return !finished
	case chipLate:
		return r.Get("light").Text == ledgers.LightRed && r.Get("light_reason").Text == ledgers.ReasonTime
	case chipDone:
		return finished
	}
	return true
}

// ordersOf are the orders of a chip and a field of work.
func ordersOf(l *model.Ledger, all []*model.Record, chip, domain string) []*model.Record {
	return slices.DeleteFunc(slices.Clone(all), func(r *model.Record) bool {
		return !inOrders(l, r, chip) || domain != "" && r.Get("domain").Text != domain
	})
}

// orderChips are the chips of orders with their numbers.
func orderChips(l *model.Ledger, all []*model.Record) []kit.Chip {
	chips := []kit.Chip{{Key: chipAll, Label: "全部"}, {Key: chipOpen, Label: "未办结"}, {Key: chipLate, Label: "逾期", Mark: look.MarkOverdue}, {Key: chipDone, Label: "已办结"}}
	for i := range chips {
		chips[i].HasCount, chips[i].Count = true, len(ordersOf(l, all, chips[i].Key, ""))
	}
	return chips
}

// orderTable shows orders.
func orderTable(l *model.Ledger, orders []*model.Record) grid.Table {
	t := grid.Table{Cols: []grid.Column{grid.Plain("文号", 134), grid.Plain("督办事项", 0), grid.Plain("牵头单位", 104), grid.Plain("交办时限", 104),
		grid.Plain("办理状态", 84), grid.Plain("红黄绿", 100), grid.Plain("办理情况", 180), grid.Plain("批示领导", 92)}}
	for _, r := range orders {
		row := grid.Words(r.Get("doc_no").Text, l.Name(r), r.Get("unit").Text, dueWords(r), shown(l, r, "state"), "", oneLine(r.Get("latest_text").Text), r.Get("leader").Text)
		row[5] = lightCell(r)
		t.Rows = append(t.Rows, row)
	}
	return t
}

// shown writes a field in the ledger's words.
func shown(l *model.Ledger, r *model.Record, key string) string { return l.Field(key).Show(r.Get(key)) }

// meetingTable shows meetings with how far what they decided has come.
func meetingTable(l, decision *model.Ledger, meetings []*model.Record, of map[string][]*model.Record) grid.Table {
	t := grid.Table{Cols: []grid.Column{grid.Plain("会议时间", 112), grid.Plain("会议名称", 0), grid.Plain("会议类型", 96), grid.Plain("主持人", 92), grid.Plain("会议地点", 140), grid.Plain("议定事项", 130)}}
	for _, r := range meetings {
		row := grid.Words(r.Get("held_on").Text, l.Name(r), shown(l, r, "kind"), r.Get("chair").Text, r.Get("place").Text, decided(decision, of[r.ID]))
		t.Rows = append(t.Rows, row)
	}
	return t
}

// domainChoices are the fields of work that lists can be narrowed to.
func domainChoices(l *model.Ledger) []kit.Choice {
	out := []kit.Choice{{Text: "全部领域"}}
	for _, o := range l.Field("domain").Options {
		out = append(out, kit.Choice{ID: o.Key, Text: o.Label})
	}
	return out
}

// factKeys are the fields of a record that a drawer shows, entered and derived.
func factKeys(l *model.Ledger) []string {
	var out []string
	for _, f := range l.Fields {
		if !f.Internal {
			out = append(out, f.Key)
		}
	}
	return append(out, "latest_text", "problem", "next_step", "updated_on")
}
