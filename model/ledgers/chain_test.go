package ledgers

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// node is an item with the items below it, in words.
type node struct {
	own, latest values
	below       []*node
}

// deriveTree computes a tree from its leaves up, as the store does, and returns
// the root and every record by its title.
func deriveTree(t *testing.T, n *node, all map[string]*model.Record) *model.Record {
	t.Helper()
	in := model.DeriveInput{Record: record(t, Task, n.own), Params: rule.Defaults(), Today: today}
	for _, b := range n.below {
		in.Children = append(in.Children, deriveTree(t, b, all))
	}
	if n.latest != nil {
		in.Latest = record(t, Progress, n.latest)
	}
	in.Record.Derived = deriveItem(in).Values
	all[in.Record.Get("title").Text] = in.Record
	return in.Record
}

// TestChain is the drawing of page 任务: 饮水安全 from the county to the villages of
// 甲镇, on the day 甲二村 is twelve days late.
func TestChain(t *testing.T) {
	village := func(unit, due, target, done, state string) *node {
		return &node{own: values{"title": unit, "unit": unit, "due": due, "state": state, "target_qty": target, "target_unit": "公里"},
			latest: values{"period": "2026-11", "done_qty": done}}
	}
	county := &node{own: values{"title": "饮水安全", "unit": "县水利局", "due": "2026年12月底前", "state": "办理中", "target_qty": "12", "target_unit": "公里"},
		below: []*node{
			{own: values{"title": "甲镇", "unit": "甲镇", "due": "2026-11-20", "state": "办理中", "target_qty": "5", "target_unit": "公里"}, below: []*node{
				village("甲一村", "2026-10-31", "1.2", "1.2", "已办结"),
				village("甲二村", "2026-11-10", "1.5", "0.6", "办理中"),
				village("甲四村", "2026-11-28", "1.1", "1", "办理中"),
				{own: values{"title": "甲三村", "unit": "甲三村", "due": "2026-11-25", "state": "办理中", "target_qty": "", "target_unit": ""}},
			}},
			{own: values{"title": "乙镇", "unit": "乙镇", "due": "2026-12-15", "state": "办理中", "target_qty": "4", "target_unit": "公里"},
				latest: values{"period": "2026-11", "done_qty": "2.6", "percent": "66%"}},
		}}
	all := map[string]*model.Record{}
	deriveTree(t, county, all)
	keys := []string{"light", "late_below", "held_up", "children_done", "children_total", "owed", "computed_percent"}
	for title, want := range map[string][]string{
		"饮水安全": {"下级亮红灯", "1", "甲二村", "0", "2", "3", "28.88"}, // 2.6 of 9; 甲镇 has not reported
		"甲镇":   {"下级亮红灯", "1", "甲二村", "1", "4", "1.2", ""},    // overdue itself, but held up below; units differ
		"甲一村":  {"已办结", "", "", "", "", "", ""},
		"甲二村":  {"红", "", "甲二村", "", "", "", ""},
		"甲三村":  {"黄", "", "", "", "", "", ""},
		"甲四村":  {"绿", "", "", "", "", "", ""},
		"乙镇":   {"绿", "", "", "", "", "", ""},
	} {
		if got := shownFields(all[title], keys...); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", title, got, want)
		}
	}
}

// TestChain_CountsEveryRedOnce: whatever the tree, the top counts the red lights
// that no closed item hides, and red stands only where nothing below is red.
func TestChain_CountsEveryRedOnce(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		title := 0
		var grow func(depth int) *node
		grow = func(depth int) *node {
			title++
			n := &node{own: values{
				"title": "项" + string(rune('a'+title%26)) + string(rune('a'+title/26)),
				"state": rapid.SampledFrom([]string{"待签收", "办理中", "待审核", "已办结", "已中止", "已终止"}).Draw(rt, "state"),
				"due":   rapid.SampledFrom([]string{"2026-11-01", "2026-11-24", "2026-12-31", "长期坚持", ""}).Draw(rt, "due"),
			}}
			if depth > 0 {
				for range rapid.IntRange(0, 3).Draw(rt, "below") {
					n.below = append(n.below, grow(depth-1))
				}
			}
			return n
		}
		root := grow(3)
		all := map[string]*model.Record{}
		top := deriveTree(t, root, all)
		if got, want := int(top.Get("late_below").Num), redBelow(root, all); got != want && !task().Flow.IsFinished(stateOf(top)) {
			rt.Fatalf("top counts %d red, there are %d", got, want)
		}
		for name, r := range all {
			light := r.Get("light").Text
			if light == LightRed && r.Get("late_below").Num > 0 {
				rt.Fatalf("%s is red above a red item", name)
			}
			if (stateOf(r) == StateDone || stateOf(r) == StateEnded) && light != LightDone && light != LightNone {
				rt.Fatalf("%s is finished and shows %s", name, light)
			}
		}
	})
}

// redBelow counts red lights by a walk of its own, not looking below closed items.
func redBelow(n *node, all map[string]*model.Record) int {
	sum := 0
	for _, b := range n.below {
		r := all[b.own["title"]]
		if s := stateOf(r); s == StateDone || s == StateEnded {
			continue
		}
		if r.Get("light").Text == LightRed {
			sum++
		}
		sum += redBelow(b, all)
	}
	return sum
}
