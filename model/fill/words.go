package fill

import (
	"fmt"
	"strings"
)

// Words say in Chinese how a template differs from the one before, one line a kind of
// difference.
func (d Difference) Words() []string {
	var out, renamed []string
	add := func(what string, list []string) {
		if len(list) > 0 {
			out = append(out, what+"："+strings.Join(list, "、"))
		}
	}
	for _, r := range d.Renamed {
		renamed = append(renamed, r[0]+"→"+r[1])
	}
	add("新增的列", d.Added)
	add("删除的列", d.Removed)
	add("改名的列", renamed)
	add("移位的列", d.Moved)
	return out
}

// Words say in Chinese how much of a table is filled.
func (c Coverage) Words() string {
	return fmt.Sprintf("%d 列已填 %d，%d 列需人工，%d 列未知", c.Columns, c.Filled, c.Person, c.Unknown)
}
