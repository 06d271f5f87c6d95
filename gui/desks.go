package gui

import (
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// everything lets all entries stand on the rail.
func everything(entry) bool { return true }

// kept decides which entries stand on the rail (CLERK 14): those of the parts of
// the work that are kept here, and those of another part as soon as it holds data.
func kept(setting string, counts map[string]int) func(entry) bool {
	desks := rule.DesksOf(setting)
	return func(e entry) bool {
		return e.desk == "" || slices.Contains(desks, e.desk) ||
			slices.ContainsFunc(e.data, func(ledger string) bool { return counts[ledger] > 0 })
	}
}

// railLines are the entries on a day, without those that are not kept here.
func railLines(today model.Day, params model.Params, kept func(entry) bool) []railLine {
	var lines []railLine
	for i, e := range entries {
		if kept(e) {
			lines = append(lines, railLine{name: e.name, label: e.label(today, params), icon: e.icon, last: i >= len(entries)-lastEntries})
		}
	}
	return lines
}

// showRail brings the rail in step with the parts of the work that are kept. The
// page at the front keeps its entry until it is left.
func (w *Window) showRail(h heads) {
	s := w.session
	fits := kept(h.setting, h.counts)
	lines := railLines(s.app.Today(), h.params, func(e entry) bool { return fits(e) || e.name == entryOf(s.front) })
	if !slices.EqualFunc(lines, w.rail.items, func(l railLine, it *railItem) bool { return l == it.line }) {
		w.rail.set(lines)
		w.rail.choose(entryOf(s.front))
	}
}
