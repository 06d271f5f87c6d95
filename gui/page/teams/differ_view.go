package teams

import (
	"fmt"
	"slices"
	"strings"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// The views of the part 系统与台账差异, beside those of the kinds.
const (
	viewOpen  = "open"  // nobody has decided
	viewNoted = "noted" // 待系统更正
)

// differenceKinds are the kinds in the order of their chips.
var differenceKinds = []exchange.DifferenceKind{exchange.OtherValue, exchange.OnlySystem, exchange.OnlyLedger, exchange.BlankThere, exchange.Unreadable, exchange.Unclear}

// differChips count the differences by what is to be done; a kind that does not occur
// has no chip.
func differChips(items []app.SystemDifference) []kit.Chip {
	count := func(f app.DifferenceFilter) (n int) {
		for i := range items {
			if f.Fits(items[i]) {
				n++
			}
		}
		return n
	}
	out := []kit.Chip{{Key: viewOpen, Label: "未定"}}
	for _, kind := range differenceKinds {
		out = append(out, kit.Chip{Key: string(kind), Label: string(kind)})
	}
	out = append(out, kit.Chip{Key: viewNoted, Label: "待系统更正"})
	for i := range out {
		out[i].Count, out[i].HasCount = count(filterOf(out[i].Key)), true
	}
	return slices.DeleteFunc(out, func(c kit.Chip) bool { return c.Count == 0 && c.Key != viewOpen && c.Key != viewNoted })
}

// filterOf is what a view shows.
func filterOf(view string) app.DifferenceFilter {
	switch view {
	case viewOpen:
		return app.DifferenceFilter{Open: true}
	case viewNoted:
		return app.DifferenceFilter{Noted: true}
	}
	return app.DifferenceFilter{Kind: exchange.DifferenceKind(view), Open: true}
}

// wholeRow stands among the fields for whole rows.
const wholeRow = "#row"

// fieldChoices and villageChoices are what the list can be narrowed to: what occurs.
func fieldChoices(items []app.SystemDifference) []kit.Choice {
	return choicesOf(items, func(d app.SystemDifference) kit.Choice {
		if d.Field == nil {
			return kit.Choice{ID: wholeRow, Text: d.Label()}
		}
		return kit.Choice{ID: d.Field.Key, Text: d.Field.Label}
	})
}

func villageChoices(items []app.SystemDifference) []kit.Choice {
	return choicesOf(items, func(d app.SystemDifference) kit.Choice { return kit.Choice{ID: d.Village, Text: d.Village} })
}

// choicesOf lists each choice once, in the order of the differences, after all.
func choicesOf(items []app.SystemDifference, of func(app.SystemDifference) kit.Choice) []kit.Choice {
	out, seen := []kit.Choice{{Text: "全部"}}, map[string]bool{}
	for _, d := range items {
		if c := of(d); c.ID != "" && !seen[c.ID] {
			seen[c.ID] = true
			out = append(out, c)
		}
	}
	return out
}

// differTable shows differences; a county has too many for ready cells.
type differTable struct{ items []app.SystemDifference }

// Len is the number of rows.
func (t differTable) Len() int { return len(t.items) }

// Columns are where, what, and both sides.
func (t differTable) Columns() []grid.Column {
	return []grid.Column{column("村", 90), column("户主或姓名", 96), column("项目", 120), column("类别", 144), column("台账", 140), column("系统", 140), column("说明", 0)}
}

// Cell is one cell; a household is named on its first line only.
func (t differTable) Cell(row, col int) grid.Cell {
	d := t.items[row]
	ours, theirs := d.Words(app.Shown(false))
	words := []string{d.Village, d.Who(), d.Label(), string(d.Kind), ours, theirs, d.Remark()}
	if d.Kind == exchange.Unclear { // a sentence wants room
		words[5], words[6] = "", theirs
	}
	c := grid.Cell{Text: strings.Join(strings.Fields(words[col]), " ")}
	first := row == 0 || t.items[row-1].Record != d.Record || t.items[row-1].Row != d.Row || t.items[row-1].Export != d.Export
	switch {
	case col < 2 && !first:
		return grid.Cell{}
	case col == 1:
		c.Bold = true
	case col == 3:
		c.Mark, c.Tone = kindMark(d.Kind)
	case col == 6:
		c.Tone = look.ToneQuiet
	}
	c.Hint = c.Text
	return c
}

// kindMark marks what wants a look.
func kindMark(k exchange.DifferenceKind) (look.Mark, look.Tone) {
	switch k {
	case exchange.Unreadable, exchange.Unclear:
		return look.MarkOverdue, look.ToneOverdue
	case exchange.OtherValue, exchange.OnlySystem, exchange.OnlyLedger:
		return look.MarkSoon, look.ToneSoon
	}
	return look.MarkNone, look.ToneQuiet
}

// standingWords say what is compared with what.
func standingWords(s app.SystemDifferences) string {
	words := fmt.Sprintf("%s，%d 行一致", s.Source(), s.Same)
	if len(s.Outside) > 0 {
		words += fmt.Sprintf("；%d 个村没有对照", len(s.Outside))
	}
	return words
}

// outsideWords name the villages of which the export has nothing.
func outsideWords(s app.SystemDifferences) string {
	if len(s.Outside) == 0 {
		return ""
	}
	var names []string
	for _, o := range s.Outside {
		names = append(names, fmt.Sprintf("%s %d", o.Name, o.Count))
	}
	return "导出里一行也没有、没有对照的村（台账条数）：" + strings.Join(names, "、")
}

// keysOf are the keys of those that fit.
func keysOf(items []app.SystemDifference, fits func(app.SystemDifference) bool) []app.DifferenceKey {
	var out []app.DifferenceKey
	for _, d := range items {
		if fits(d) {
			out = append(out, d.Key())
		}
	}
	return out
}
