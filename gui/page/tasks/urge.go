package tasks

import (
	"strings"

	"xiangzhen/gui/page/steps"
	"xiangzhen/model"
)

// urge is the text that reminds the responsible units of items; finished ones are left
// out, n is how many are in it.
func urge(d data, items []*model.Record) (words string, n int) {
	var urged []steps.Urged
	for _, r := range items {
		if !d.ledger.Flow.IsFinished(r.Get("state").Text) {
			urged = append(urged, steps.Urged{Unit: r.Get(colUnit).Text, Line: urgeLine(d, r)})
		}
	}
	return steps.Urge("催办", urged), len(urged)
}

// urgeLine is one item: 水池清淤（责任人 赵示例四，时限 2026-11-10，逾期 12 天，进度 40%）.
func urgeLine(d data, r *model.Record) string {
	var facts []string
	add := func(label, words string) {
		if words != "" {
			facts = append(facts, label+words)
		}
	}
	add("责任人 ", r.Get(colPerson).Text)
	add("时限 ", r.Get(colDue).Text)
	if _, words := steps.Light(r); words != "正常" {
		add("", words)
	}
	if _, words, known := percent(r); known {
		add("进度 ", words)
	}
	title := d.ledger.Name(r)
	if len(facts) == 0 {
		return title
	}
	return title + "（" + strings.Join(facts, "，") + "）"
}
