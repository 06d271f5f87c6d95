package plan

import (
	"maps"
	"slices"
	"strings"
)

// Key names a field of a record.
type Key struct{ Ledger, Record, Field string }

// The choices of a decision, in the words of app.Decide.
const (
	Ours   = "ours"
	Theirs = "theirs"
)

// Decision is how a clerk settles a conflict: Ours, Theirs, or a value in words.
type Decision struct{ Choice, Reason string }

// words says what the decision comes to.
func (d Decision) words(s Sides, ours, theirs string) string {
	switch d.Choice {
	case Ours:
		return s.Keep + "：" + orNone(ours)
	case Theirs:
		return s.Take + "：" + orNone(theirs)
	}
	return "核实值：" + d.Choice
}

// Decisions are what a clerk has settled before the tables are taken in. The zero
// value is empty and ready.
type Decisions struct {
	made map[Key]Decision
	// drop are the records whose missing row the clerk takes as deleted: ledger by id.
	drop map[string]string
	// hang are the items that new records are to be hung under, by the record.
	hang map[string]Hang
}

// Get returns the decision on a field.
func (d *Decisions) Get(k Key) (Decision, bool) {
	got, ok := d.made[k]
	return got, ok
}

// Put keeps a decision.
func (d *Decisions) Put(k Key, made Decision) {
	if d.made == nil {
		d.made = map[Key]Decision{}
	}
	d.made[k] = made
}

// Leave takes a decision back: the conflict stays open.
func (d *Decisions) Leave(k Key) { delete(d.made, k) }

// Len is the number of decisions.
func (d *Decisions) Len() int { return len(d.made) }

// Keys lists the fields decided on, in an order of their own.
func (d *Decisions) Keys() []Key {
	return slices.SortedFunc(maps.Keys(d.made), func(a, b Key) int {
		return strings.Compare(a.Ledger+a.Record+a.Field, b.Ledger+b.Record+b.Field)
	})
}

// Drop takes a record whose row is missing as deleted, or no longer so.
func (d *Decisions) Drop(ledger, record string, dropped bool) {
	if !dropped {
		delete(d.drop, record)
		return
	}
	if d.drop == nil {
		d.drop = map[string]string{}
	}
	d.drop[record] = ledger
}

// Dropped reports whether a record is taken as deleted.
func (d *Decisions) Dropped(record string) bool { return d.drop[record] != "" }

// Drops lists the records taken as deleted, ledger by id.
func (d *Decisions) Drops() map[string]string { return maps.Clone(d.drop) }

// Sides names the two sides of a merge as they are called at this level.
type Sides struct {
	Ours, Theirs           string // 镇里现有, 村里填的
	OursShort, TheirsShort string // 镇, 村
	Keep, Take             string // 保留镇里的, 采用村里的
}

// SidesOf names the sides of a ledger kept at a level, 镇 and 村 below it.
func SidesOf(ours, theirs string) Sides {
	return Sides{
		Ours: ours + "里现有", Theirs: theirs + "里填的", OursShort: ours, TheirsShort: theirs,
		Keep: "保留" + ours + "里的", Take: "采用" + theirs + "里的",
	}
}
