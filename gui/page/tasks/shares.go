package tasks

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/model"
	"xiangzhen/model/rule"
	"xiangzhen/model/text"
)

// receiver is a unit that an item can be split to, and what it is to get.
type receiver struct {
	id, name string
	chosen   bool
	share    string // in the clerk's words
	has      bool   // it has a part of the item already
}

// receivers are the areas next below the unit of an item, in the order of the
// divisions, and behind them its own offices and working groups.
func receivers(t *tree, n *node) []*receiver {
	top := t.places.area(n.rec.Get(colUnit).ID)
	if top == "" || n.foreign {
		top = t.homeID()
	}
	have := map[string]bool{}
	for _, c := range n.children {
		have[c.rec.Get(colUnit).ID] = true
	}
	var below []place
	for id, at := range t.places {
		if at.above == top && id != top {
			below = append(below, at)
		}
	}
	slices.SortFunc(below, func(a, b place) int { return cmp.Compare(a.rank, b.rank) })
	out := make([]*receiver, len(below))
	for i, at := range below {
		out[i] = &receiver{id: at.rec.ID, name: at.rec.Get("name").Text, has: have[at.rec.ID]}
	}
	return out
}

func (d *data) homeID() string {
	if d.home == nil {
		return ""
	}
	return d.home.ID
}

// splitSum is what a split comes to.
type splitSum struct {
	chosen  int
	given   int64 // scaled as the target is
	left    int64 // of what is not handed down yet
	target  bool  // the item has a quantity to share
	problem string
}

// sum adds the shares up against what the item has left to hand down.
func sum(d data, item *model.Record, list []*receiver) splitSum {
	f := d.ledger.Field("target_qty")
	s := splitSum{target: !item.Get("target_qty").IsEmpty()}
	for _, r := range list {
		if !r.chosen {
			continue
		}
		s.chosen++
		if r.share == "" {
			continue
		}
		v, problems := rule.Parse(f, rule.Input{Text: r.share, Ref: d.today})
		if v.IsEmpty() || hasFault(problems) || v.Num < 0 {
			s.problem = "“" + r.name + "”的分解量“" + r.share + "”不是数，请改成数字。"
			return s
		}
		s.given += v.Num
	}
	s.left = owedNow(item) - s.given
	return s
}

func hasFault(problems []model.Problem) bool {
	for _, p := range problems {
		if p.Level == model.Fault {
			return true
		}
	}
	return false
}

// owedNow is the quantity that is not handed down yet.
func owedNow(item *model.Record) int64 {
	if v := item.Get("owed"); !v.IsEmpty() {
		return v.Num
	}
	return item.Get("target_qty").Num
}

// words says what a split comes to: 选 3 个单位，合计 4.2 公里，还剩 7.8 公里未分解.
func (s splitSum) words(d data, item *model.Record) string {
	if s.problem != "" {
		return s.problem
	}
	f, unit := d.ledger.Field("target_qty"), item.Get("target_unit").Text
	show := func(n int64) string { return trim(model.FormatScaled(n, f.Scale, false)) + unit }
	words := "选了 " + strconv.Itoa(s.chosen) + " 个单位"
	switch {
	case !s.target && s.given == 0:
		return words + "。这一项没有目标量，只分任务。"
	case !s.target:
		return words + "，合计 " + show(s.given) + "。这一项没有填目标量，无法核对。"
	case s.left < 0:
		return words + "，合计 " + show(s.given) + "，比未分解的多 " + show(-s.left) + "，请核对。"
	case s.left == 0:
		return words + "，合计 " + show(s.given) + "，正好分完。"
	}
	return words + "，合计 " + show(s.given) + "，还剩 " + show(s.left) + " 未分解。"
}

// shareLine is a line of a pasted list: a name and, behind blanks, a tab or a
// punctuation mark, a number with or without its unit.
var shareLine = regexp.MustCompile(
	`^[\s\p{Z}]*[\p{Nd}]*[.、．)）]?[\s\p{Z}]*([^\p{Nd}\s\p{Z},，:：]+)[\s\p{Z},，:：]*([\p{Nd}.．]*)\S*[\s\p{Z}]*$`)

// pasteShares chooses the receivers of a pasted list, one a line, with their shares;
// unknown are the names that none of them has.
func pasteShares(list []*receiver, pasted string) (unknown []string) {
	for _, line := range strings.FieldsFunc(pasted, func(r rune) bool { return r == '\n' || r == '\r' || r == '；' || r == ';' }) {
		m := shareLine.FindStringSubmatch(line)
		if m == nil {
			if strings.TrimSpace(line) != "" {
				unknown = append(unknown, strings.TrimSpace(line))
			}
			continue
		}
		if r := named(list, m[1]); r != nil {
			r.chosen = true
			if m[2] != "" {
				r.share = m[2]
			}
		} else {
			unknown = append(unknown, m[1])
		}
	}
	return unknown
}

// named finds the one receiver meant by a name, which may leave 村 or 镇 out.
func named(list []*receiver, name string) *receiver {
	for _, suffix := range []string{"", "村", "镇", "乡", "社区"} {
		for _, r := range list {
			if r.name == name+suffix {
				return r
			}
		}
	}
	return nil
}

// matching are the receivers whose name contains the words, at most so many.
func matching(list []*receiver, words string, most int) (out []*receiver, more int) {
	for _, r := range list {
		if words != "" && !text.Contains(words, r.name) {
			continue
		}
		if len(out) == most {
			more++
			continue
		}
		out = append(out, r)
	}
	return out, more
}

// unitChoices are the units of own items, in the order of the divisions.
func unitChoices(d data) []kit.Choice {
	seen := map[string]bool{}
	var recs []*model.Record
	for _, r := range d.all {
		if words := r.Get(colUnit).Text; d.own[r.ID] && words != "" && !seen[words] {
			seen[words] = true
			recs = append(recs, r)
		}
	}
	recs = sortBy(recs, grid.Sort{}, func(r *model.Record) string { return sortValue(d, r, colUnit) })
	out := []kit.Choice{{Text: everything}}
	for _, r := range recs {
		out = append(out, kit.Choice{ID: r.Get(colUnit).Text, Text: r.Get(colUnit).Text})
	}
	return out
}

// categoryChoices are the categories that occur, the usual ones first.
func categoryChoices(d data) []kit.Choice {
	out := []kit.Choice{{Text: everything}}
	seen := map[string]bool{"": true}
	add := func(words string) {
		if !seen[words] {
			seen[words] = true
			out = append(out, kit.Choice{ID: words, Text: words})
		}
	}
	used := map[string]bool{}
	for _, r := range d.all {
		used[r.Get("category").Text] = true
	}
	for _, o := range d.ledger.Field("category").Options {
		if used[o.Key] || used[o.Label] {
			add(o.Label)
		}
	}
	for _, r := range d.all {
		add(r.Get("category").Text)
	}
	return out
}

// everything is the choice that filters nothing.
const everything = "全部"
