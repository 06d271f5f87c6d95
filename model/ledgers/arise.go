package ledgers

import (
	"slices"
	"strings"

	"xiangzhen/model"
)

// ariseLinks are the fields by which a new record keeps what it came out of, best
// first: the item an order is about, the meeting that decided, the origin of a task.
var ariseLinks = []string{"item", "meeting", "origin"}

// ariseCopies are the fields that pass to what comes out of a record, where both
// have them. A limit is passed on by what was decided only: an order on a late
// item has a limit of its own.
var ariseCopies = []string{"domain", "content", "unit", "person", "lead_person", "coop"}

// Arise begins a record of the ledger to out of another one of the ledger from: a
// task out of a decision or of a problem a secretary found, an order about a late
// item, a decision of a meeting, a need of an item. It has no id and no area yet.
// The error says that the two do not go together.
func Arise(from *model.Ledger, source *model.Record, to *model.Ledger) (*model.Record, error) {
	link := AriseLink(from, to)
	if link == nil {
		return nil, model.Errorf(model.CodeUsage, "“%s”不能转成“%s”。", from.Label, to.Label)
	}
	rec := model.NewRecord(to.Key, "")
	rec.Put(link.Key, model.Reference(source.ID, from.Name(source)))
	for _, key := range ariseCopies {
		if a, b := from.Field(key), to.Field(key); a != nil && b != nil && a.Kind == b.Kind {
			rec.Put(key, source.Get(key))
		}
	}
	if from.Key == Decision && to.Field("due") != nil {
		rec.Put("due", source.Get("due"))
	}
	rec.Put("title", ariseTitle(source))
	if from.Key == MemberLog && !source.Get("problem").IsEmpty() {
		rec.Put("content", source.Get("problem")) // what else was done that day is not its matter
	}
	if source.Get("unit").IsEmpty() && to.Field("unit") != nil {
		rec.Put("unit", source.Get("village"))
	}
	return rec, nil
}

// Arises reports whether records of the ledger to can come out of those of from.
func Arises(from, to *model.Ledger) bool { return AriseLink(from, to) != nil }

// AriseLink is the field of the ledger to by which its records keep what of the ledger
// from they came out of, nil if none can.
func AriseLink(from, to *model.Ledger) *model.Field {
	for _, key := range ariseLinks {
		if f := to.Field(key); f != nil && f.Ref != nil && slices.Contains(f.Ref.Ledgers, from.Key) {
			return f
		}
	}
	return nil
}

// ariseTitle is what a record is about: the problem that was found, the first line
// of it, else its title. A meeting gives none: what it decided is yet to be said.
func ariseTitle(source *model.Record) model.Value {
	problem := source.Values["problem"] // stored: the derived one of an item is what was last reported
	switch {
	case source.Ledger == Meeting:
		return model.Value{}
	case problem.IsEmpty():
		return source.Get("title")
	}
	first, _, _ := strings.Cut(problem.Text, "\n")
	return model.Text(strings.TrimSpace(first))
}

// Offer is a change of an item that follows from its parent's, to be taken or left
// by a person (offered, never forced).
type Offer struct {
	Record   string // id of the item below
	Field    string
	From, To model.Value
}

// Offers lists what the items below might take over of an item whose limit was
// moved: the new limit where they are open and have either the first one or a
// later one than it has now.
func Offers(parent *model.Record, children []*model.Record) []Offer {
	due, first := parent.Get("due"), parent.Get("due_first")
	if due.When != model.DateFixed {
		return nil
	}
	var out []Offer
	for _, c := range children {
		own := c.Get("due")
		closed := stateOf(c) == StateDone || stateOf(c) == StateEnded
		moved := !first.IsEmpty() && own.End == first.End && own.End != due.End
		if !closed && own.When == model.DateFixed && (moved || own.End > due.End) {
			out = append(out, Offer{Record: c.ID, Field: "due", From: own, To: due})
		}
	}
	return out
}
