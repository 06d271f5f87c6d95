package steps

import (
	"fmt"
	"strings"
)

// Urged is one item of a text that reminds: whose it is, and what is to be said of it.
type Urged struct{ Unit, Line string }

// Urge is the text that reminds the responsible units, 【催办】 or another word, grouped
// by unit in the order given, without phone numbers (CLERK 18). "" for no items.
func Urge(word string, items []Urged) string {
	if len(items) == 0 {
		return ""
	}
	var order []string
	lines := map[string][]string{}
	for _, it := range items {
		unit := it.Unit
		if unit == "" {
			unit = "未定责任单位"
		}
		if lines[unit] == nil {
			order = append(order, unit)
		}
		lines[unit] = append(lines[unit], it.Line)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "【%s】以下 %d 项请抓紧办理，并报送进展：", word, len(items))
	for _, unit := range order {
		fmt.Fprintf(&b, "\n%s", unit)
		for i, line := range lines[unit] {
			fmt.Fprintf(&b, "\n%d. %s", i+1, line)
		}
	}
	return b.String()
}
