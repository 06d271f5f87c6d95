package supervise

import (
	"fmt"
	"slices"
	"strings"

	"xiangzhen/gui/page/steps"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// urgeText is the text that reminds of items: 提醒 where none is late, else 催办.
func urgeText(list []app.Pressing) string {
	word := "提醒"
	var urged []steps.Urged
	for _, one := range list {
		if one.Step != ledgers.PressRemind {
			word = "催办"
		}
		urged = append(urged, steps.Urged{Unit: one.Item.Get("unit").Text, Line: urgeLine(one)})
	}
	return steps.Urge(word, urged)
}

// urgeLine is one item: 水池清淤（时限 2026-11-10，逾期 12 天）.
func urgeLine(one app.Pressing) string {
	var facts []string
	if due := dueWords(one.Item); due != "" {
		facts = append(facts, "时限 "+due)
	}
	if _, words := steps.Light(one.Item); words != "" {
		facts = append(facts, words)
	}
	title := one.Ledger.Name(one.Item)
	if len(facts) == 0 {
		return title
	}
	return title + "（" + strings.Join(facts, "，") + "）"
}

// dueWords is the limit that counts now: of a periodic item the next one.
func dueWords(r *model.Record) string {
	if next := r.Get("next_due"); !next.IsEmpty() {
		return next.Text
	}
	return r.Get("due").Text
}

// agenda is what a meeting is proposed to deal with: the items that are past their
// limit, one a line, in the order given.
func agenda(list []app.Pressing) string {
	var out []string
	for _, one := range list {
		if one.Step == ledgers.PressRemind {
			continue
		}
		_, light := steps.Light(one.Item)
		unit := one.Item.Get("unit").Text
		out = append(out, fmt.Sprintf("%d. %s（%s）", len(out)+1, one.Ledger.Name(one.Item), strings.Join(nonEmpty(unit, light), "，")))
	}
	return strings.Join(out, "\n")
}

func nonEmpty(words ...string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

// decided says how far what a meeting decided has come: 办结 1/共 2 项.
func decided(l *model.Ledger, decisions []*model.Record) string {
	if len(decisions) == 0 {
		return ""
	}
	done := 0
	for _, r := range decisions {
		if r.Get(l.Flow.State).Text == ledgers.StateDone {
			done++
		}
	}
	return fmt.Sprintf("办结 %d/共 %d 项", done, len(decisions))
}

// joinFacts joins what is known of an item.
func joinFacts(facts ...string) string { return strings.Join(nonEmpty(facts...), " · ") }

// oneLine joins the lines of a long text.
func oneLine(words string) string { return strings.Join(strings.Fields(words), " ") }
