package teams

import (
	"fmt"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// The views of the roster.
const (
	viewNow      = "now"    // 在任
	viewSixty    = "sixty"  // 60 天内届满
	viewThirty   = "thirty" // 30 天内届满
	viewPast     = "past"   // 已届满、离任
	viewRotation = "rotation"
)

// daysLeft is how long a term still runs; ok is false for a term without an end.
func daysLeft(m *model.Record, today model.Day) (days int, ok bool) {
	end := m.Get("to").End
	if end == "" {
		return 0, false
	}
	return end.Sub(today), true
}

// inView reports whether a member belongs to a view.
func inView(view string, m *model.Record, today model.Day) bool {
	left, ends := daysLeft(m, today)
	switch view {
	case viewSixty:
		return ends && left >= 0 && left <= 60
	case viewThirty:
		return ends && left >= 0 && left <= 30
	case viewPast:
		return ends && left < 0
	default:
		return !ends || left >= 0
	}
}

// rosterChips are the views with the number of lines in each.
func rosterChips(lines []app.RosterLine, rotations int, today model.Day) []kit.Chip {
	chips := []kit.Chip{
		{Key: viewNow, Label: "在任"},
		{Key: viewSixty, Label: "60 天内届满", Mark: look.MarkSoon},
		{Key: viewThirty, Label: "30 天内届满", Mark: look.MarkSoon},
		{Key: viewPast, Label: "已届满、离任"},
		{Key: viewRotation, Label: "轮换情况", Count: rotations},
	}
	for i := range chips {
		chips[i].HasCount = true
		for _, l := range lines {
			if chips[i].Key != viewRotation && inView(chips[i].Key, l.Member, today) {
				chips[i].Count++
			}
		}
	}
	return chips
}

// linesIn are the lines of a view, in the order given.
func linesIn(view string, lines []app.RosterLine, today model.Day) []app.RosterLine {
	var out []app.RosterLine
	for _, l := range lines {
		if inView(view, l.Member, today) {
			out = append(out, l)
		}
	}
	return out
}

// rosterTable shows teams by village; a village is named on its first line only.
func rosterTable(l *model.Ledger, lines []app.RosterLine, today model.Day) table {
	t := table{cols: []grid.Column{column("村", 92), column("村类型", 108), column("姓名", 92), column("驻村职务", 124), column("派出单位", 0),
		column("层级", 52), column("选派时间", 108), column("任期届满", 108), column("距届满", 96), column("联系电话", 122)}}
	before := ""
	for _, line := range lines {
		m := line.Member
		village, kind := line.Village, shown(l, m, "village_kind")
		if village == before {
			village, kind = "", ""
		}
		before = line.Village
		row := cells(village, kind, m.Get("name").Text, shown(l, m, "role"), shown(l, m, "home_unit"), shown(l, m, "home_level"),
			shown(l, m, "from"), shown(l, m, "to"), "", shown(l, m, "phone"))
		row[2].Bold, row[8] = true, termCell(m, today)
		t.rows = append(t.rows, row)
	}
	return t
}

// termCell says how long a term still runs.
func termCell(m *model.Record, today model.Day) grid.Cell {
	left, ends := daysLeft(m, today)
	switch {
	case !ends:
		return grid.Cell{Text: "未填", Tone: look.ToneQuiet}
	case left < 0:
		return grid.Cell{Text: fmt.Sprintf("已满 %d 天", -left), Tone: look.ToneQuiet}
	case left <= 60:
		return grid.Cell{Text: fmt.Sprintf("剩 %d 天", left), Mark: look.MarkSoon, Tone: look.ToneSoon}
	}
	return grid.Cell{Text: fmt.Sprintf("剩 %d 天", left)}
}

// rotationTable shows who is recalled and who takes over, side by side.
func rotationTable(l *model.Ledger, records []*model.Record) table {
	t := table{cols: []grid.Column{column("驻村", 92), column("召回人员", 96), column("召回原因", 96), column("召回时间", 108),
		column("接任人员", 96), column("接任时间", 108), column("党组织关系", 96), column("交接时间", 108), column("监交人", 96), column("批准机关", 0)}}
	for _, r := range records {
		row := cells(shown(l, r, "village"), shown(l, r, "leaver"), shown(l, r, "cause"), shown(l, r, "left_on"),
			shown(l, r, "successor"), shown(l, r, "came_on"), shown(l, r, "party_transfer"), shown(l, r, "handed_on"), shown(l, r, "witness"), shown(l, r, "approved_by"))
		row[1].Bold, row[4].Bold = true, true
		t.rows = append(t.rows, row)
	}
	return t
}

// handoverWords count what passes by kind: 任务 3，户台账 2.
func handoverWords(items []app.HandoverItem) string {
	if len(items) == 0 {
		return "没有在办的事项、联系户和任职。"
	}
	words, n := "", 0
	for i, it := range items {
		n++
		if i+1 < len(items) && items[i+1].Label == it.Label {
			continue
		}
		if words != "" {
			words += "，"
		}
		words += fmt.Sprintf("%s %d", it.Label, n) + leftWords(it)
		n = 0
	}
	return words + "。"
}

// leftWords say why an item stays with the leaver, "" where it passes.
func leftWords(it app.HandoverItem) string {
	if it.Left == "" {
		return ""
	}
	return "（" + it.Left + "）"
}
