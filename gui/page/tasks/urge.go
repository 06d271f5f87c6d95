package tasks

import (
	"fmt"
	"strings"

	"xiangzhen/model"
)

// urge is the text that reminds the responsible units of items, grouped by unit in
// the order of the divisions, without phone numbers (CLERK 18). Finished items are
// left out; n is how many are in it.
func urge(d data, items []*model.Record) (words string, n int) {
	var order []string
	lines := map[string][]string{}
	for _, r := range items {
		if d.ledger.Flow.IsFinished(r.Get("state").Text) {
			continue
		}
		unit := r.Get(colUnit).Text
		if unit == "" {
			unit = "未定责任单位"
		}
		if lines[unit] == nil {
			order = append(order, unit)
		}
		n++
		lines[unit] = append(lines[unit], urgeLine(d, r))
	}
	if n == 0 {
		return "", 0
	}
	var b strings.Builder
	fmt.Fprintf(&b, "【催办】以下 %d 项请抓紧办理，并报送进展：", n)
	for _, unit := range order {
		fmt.Fprintf(&b, "\n%s", unit)
		for i, line := range lines[unit] {
			fmt.Fprintf(&b, "\n%d. %s", i+1, line)
		}
	}
	return b.String(), n
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
	if _, words := light(r); words != "正常" {
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
