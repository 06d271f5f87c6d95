package ledgers

import (
	"fmt"
	"slices"
	"testing"

	"xiangzhen/model"
)

func shelfBooks() []*model.Ledger {
	return []*model.Ledger{
		{Key: "area", Label: "行政区划", Group: "基础信息"},
		{Key: "post", Label: "任职", Group: "基础信息"},
		{Key: "task", Label: "任务", Group: "任务"},
		{Key: "progress", Label: "任务进展", Group: "任务"},
		{Key: "visit", Label: "走访", Group: "驻村"},
		{Key: "parameter", Label: "口径与参数", Group: "系统", System: true},
		{Key: "u_1", Label: "双定三联", Group: "自定义台账"},
	}
}

func TestShelf(t *testing.T) {
	counts := map[string]int{"area": 21, "post": 3, "task": 8, "parameter": 9}
	for name, c := range map[string]struct {
		current  string
		unfolded bool
		want     []string
	}{
		"folded":   {"task", false, []string{"基础信息", "任职 3", "任务", "任务 8", "自建台账", "双定三联 0", "更多 2"}},
		"unfolded": {"task", true, []string{"基础信息", "任职 3", "任务", "任务 8", "自建台账", "双定三联 0", "更多 2", "任务进展 0", "走访 0"}},
		"an empty one that is open is in its place": {"progress", false, []string{"基础信息", "任职 3", "任务", "任务 8", "任务进展 0", "自建台账", "双定三联 0", "更多 1"}},
		"one of 设置 shows while it is open":          {"area", false, []string{"基础信息", "行政区划 21", "任职 3", "任务", "任务 8", "自建台账", "双定三联 0", "更多 2"}},
		"never one of the system":                   {"parameter", false, []string{"基础信息", "任职 3", "任务", "任务 8", "自建台账", "双定三联 0", "更多 2"}},
	} {
		var got []string
		for _, l := range shelf(shelfBooks(), counts, c.current, c.unfolded, "2026-11-22") {
			if l.key == "" && !l.more {
				got = append(got, l.label)
			} else {
				got = append(got, fmt.Sprint(l.label, " ", l.count))
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}

func TestFirstLedger(t *testing.T) {
	if got := firstLedger(shelf(shelfBooks(), map[string]int{"task": 1}, "", true, "2026-11-22")); got != "task" {
		t.Errorf("first is %q", got)
	}
	if got := firstLedger(nil); got != "" {
		t.Errorf("of none %q", got)
	}
}

func TestLineWords(t *testing.T) {
	for want, l := range map[string]shelfLine{
		"任务":   {key: "task", label: "任务"},
		"更多 →": {more: true, label: "更多"},
		"更多 ↓": {more: true, open: true, label: "更多"},
	} {
		if got := lineWords(l); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestShelf_HeadingsInTheWordsOfTheDay: a term of policy is that of the rules in force.
func TestShelf_HeadingsInTheWordsOfTheDay(t *testing.T) {
	books := []*model.Ledger{{Key: "household", Label: "户台账", Group: "监测户"}}
	for day, want := range map[model.Day]string{"2025-06-01": "监测户", "2026-11-22": "防止返贫致贫对象"} {
		if got := shelf(books, map[string]int{"household": 1}, "", false, day); got[0].label != want {
			t.Errorf("%s: %q", day, got[0].label)
		}
	}
}
