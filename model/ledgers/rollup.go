package ledgers

import (
	"slices"
	"strings"

	"xiangzhen/model"
)

// rollup is what the items below an item add up to. Items that were ended (已终止)
// count nowhere.
type rollup struct {
	total, done int
	late        int      // red lights anywhere below that are still open
	heldUp      []string // the units that hold them up, nearest branch first
	qty         int64    // quantity done
	split       int64    // quantity handed down in the same unit
	percent     model.Value
}

// rollUp adds up the children of an item whose own unit of quantity is given. A
// percentage comes out only where every child has a target quantity in one and
// the same unit.
func rollUp(unit string, children []*model.Record) rollup {
	var sum rollup
	alike, target, common := true, int64(0), ""
	for _, child := range children {
		if stateOf(child) == StateEnded {
			continue
		}
		sum.addItem(child)
		qty, childUnit := child.Get("target_qty").Num, child.Get("target_unit").Text
		if sum.total == 1 {
			common = childUnit
		}
		alike = alike && qty > 0 && childUnit == common && childUnit != ""
		target = addUp(target, qty)
		sum.qty = addUp(sum.qty, doneOf(child))
		if childUnit == unit {
			sum.split = addUp(sum.split, qty)
		}
	}
	if alike && target > 0 {
		sum.percent = model.Int(shareOf(sum.qty, target))
	} else {
		sum.qty = 0
	}
	return sum
}

func (s *rollup) addItem(child *model.Record) {
	s.total++
	if stateOf(child) == StateDone {
		s.done++
		return
	}
	late := int(child.Get("late_below").Num)
	if child.Get("light").Text == LightRed {
		late = 1
	}
	if late > 0 {
		s.late += late
		s.heldUp = append(s.heldUp, child.Get("held_up").Text)
	}
}

// doneOf returns the quantity an item has done: as reported, else as its own
// children add up to, else all of it if it is closed.
func doneOf(r *model.Record) int64 {
	if qty := either(r.Get("done_qty"), r.Get("computed_qty")); !qty.IsEmpty() {
		return max(qty.Num, 0)
	}
	if stateOf(r) == StateDone {
		return r.Get("target_qty").Num
	}
	return 0
}

// addUp adds two quantities that are not negative; the sum saturates.
func addUp(a, b int64) int64 {
	if sum := a + b; sum >= a {
		return sum
	}
	return a
}

const (
	heldUpSep  = "、"
	heldUpMore = "等"
	heldUpMost = 3 // names shown
)

// heldUpWords joins the names of units, each once, shortening a long list. The
// names may themselves be such lists.
func heldUpWords(names []string) string {
	var out []string
	more := false
	for _, name := range names {
		short, cut := strings.CutSuffix(name, heldUpMore)
		more = more || cut
		for n := range strings.SplitSeq(short, heldUpSep) {
			if n != "" && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	if len(out) > heldUpMost {
		out, more = out[:heldUpMost], true
	}
	words := strings.Join(out, heldUpSep)
	if more && words != "" {
		words += heldUpMore
	}
	return words
}

// deriveItem computes the derived fields of a followed item of any ledger.
func deriveItem(in model.DeriveInput) model.Derived {
	t := viewItem(in)
	below := rollUp(t.targetUnit, in.Children)
	l := lampOf(t, below, in.Params, in.Today)
	out := model.NewRecord(in.Record.Ledger, in.Record.ID)
	out.Put("light", model.Text(l.light))
	out.Put("light_reason", model.Text(l.reason))
	out.Put("days_left", t.daysLeft(in.Today))
	out.Put("next_due", model.OnDay(t.recurs(in.Today)))
	putReported(out, t)
	putBelow(out, t, below)
	switch {
	case l.light == LightRed:
		out.Put("held_up", model.Text(t.holder()))
	case below.late > 0 && !t.finished():
		out.Put("late_below", model.Int(int64(below.late)))
		out.Put("held_up", model.Text(heldUpWords(below.heldUp)))
	}
	return model.Derived{Values: out.Values, NextChange: t.nextChange(below, in.Params, in.Today)}
}

// putReported copies what was last reported.
func putReported(out *model.Record, t itemView) {
	out.Put("percent", t.percent)
	out.Put("done_qty", t.doneQty)
	out.Put("latest_text", t.latest.Get("text"))
	out.Put("problem", t.latest.Get("problem"))
	out.Put("next_step", t.latest.Get("next_step"))
	out.Put("reported_period", model.Text(string(t.reportedIn)))
	out.Put("updated_on", model.OnDay(t.lastReportOn))
}

// putBelow tells of the items below, where there are any.
func putBelow(out *model.Record, t itemView, below rollup) {
	if below.total == 0 {
		return
	}
	out.Put("children_total", model.Int(int64(below.total)))
	out.Put("children_done", model.Int(int64(below.done)))
	if !below.percent.IsEmpty() {
		out.Put("computed_percent", below.percent)
		out.Put("computed_qty", model.Int(below.qty))
	}
	if t.targetQty > 0 && t.targetUnit != "" {
		out.Put("owed", model.Int(t.targetQty-below.split))
	}
}
