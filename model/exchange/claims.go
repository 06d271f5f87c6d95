package exchange

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"xiangzhen/model"
)

// Claim is what one sender said of one record in one submission. Claims are
// kept for ever: a field's value is a function of what this side holds and of
// the set of claims, never of the order in which files arrived.
type Claim struct {
	Submission string
	Sender     string
	Form       string
	Period     model.Period
	Issued     time.Time // when the form went out, by this ledger's clock; zero if unknown
	StatedOn   model.Day // 填报时间, "" if not given
	Modified   time.Time // the document's own time, zero if unknown
	File       string
	Fields     map[string]Said
}

// Said is what a claim says of one field. Without HasBase nothing is known of
// what the sender started from.
type Said struct {
	Base    model.Value `json:"b"`
	Value   model.Value `json:"v"`
	HasBase bool        `json:"h,omitempty"`
}

// Local is what this side holds of one field apart from all claims.
type Local struct {
	// Value is this side's own: the value at the first claim, or what was typed,
	// or decided, since.
	Value model.Value `json:"v"`
	// Written is what settling last wrote; a different value in the record means
	// that somebody here has changed it since.
	Written model.Value `json:"w"`
	// Seen holds, by sender, form and period, the values that whoever last set
	// Value had before them: these are answered and raise no question again.
	Seen map[string][]model.Value `json:"s,omitempty"`
}

// Side is one claim's word on one field, as a conflict lists it.
type Side struct {
	Claim Claim
	Said  Said
}

// Settlement is the outcome for one field.
type Settlement struct {
	Base   model.Value // what the form said at 下发
	Result model.Value
	// Open lists the sides of a conflict, in an order of their own; empty if there
	// is none. Result is then what this side holds.
	Open []Side
	// Local is to be kept for the next settling.
	Local Local
}

// BaseOf returns what a side started from: what its sender said last before this
// side last decided, else what the form said when it went out.
func (s Settlement) BaseOf(side Side) model.Value {
	if seen := s.Local.Seen[side.Claim.group()]; len(seen) > 0 {
		return seen[len(seen)-1]
	}
	return side.Said.Base
}

// Settle merges what senders say of one field.
//
// current is what the record holds now, local what was kept by the last
// settling (nil the first time), prior the claims that were settled then, and
// fresh those that have come since. must says that the field cannot stay empty,
// as the title of a record that a return has just added: of several values one
// is then chosen by a rule that knows no arrival.
func Settle(f *model.Field, current model.Value, local *Local, prior, fresh []Claim, must bool) Settlement {
	own := ownLine(f, current, local, prior)
	sides := sidesOf(f, slices.Concat(prior, fresh))
	open := unanswered(f, own, sides)
	out := Settlement{Result: own.Value}
	switch values := distinct(f, open); {
	case len(values) == 1 && anySaw(f, own, open, sides):
		out.Result = values[0]
	case len(values) > 0 && !(len(values) == 1 && f.Same(values[0], own.Value)):
		out.Open = open
		if must && own.Value.IsEmpty() {
			out.Result = newest(open).Said.Value
		}
	}
	own.Written = out.Result
	out.Local = own
	return out
}

// Decide answers a conflict with a value: it becomes this side's own, and all
// claims so far are answered by it.
func Decide(f *model.Field, value model.Value, claims []Claim) Local {
	return Local{Value: value, Written: value, Seen: seenValues(f.Key, claims)}
}

// ownLine returns what this side holds: unchanged since the last settling, or
// the newly typed value with every earlier claim answered by it.
func ownLine(f *model.Field, current model.Value, local *Local, prior []Claim) Local {
	switch {
	case local == nil:
		return Local{Value: current}
	case f.Same(current, local.Written):
		return *local
	}
	return Local{Value: current, Seen: seenValues(f.Key, prior)}
}

func seenValues(key string, claims []Claim) map[string][]model.Value {
	seen := map[string][]model.Value{}
	for _, c := range claims {
		if s, ok := c.Fields[key]; ok {
			seen[c.group()] = append(seen[c.group()], s.Value)
		}
	}
	return seen
}

// group names the returns of which a later one replaces an earlier one.
func (c *Claim) group() string { return c.Sender + "|" + c.Form + "|" + string(c.Period) }

// sidesOf returns the latest word of each sender, form and period on a field.
func sidesOf(f *model.Field, claims []Claim) []Side {
	groups := map[string][]Side{}
	for _, c := range claims {
		if s, ok := c.Fields[f.Key]; ok {
			groups[c.group()] = append(groups[c.group()], Side{c, s})
		}
	}
	var out []Side
	for _, g := range groups {
		slices.SortFunc(g, compareSides)
		for _, s := range latest(g) {
			out = append(out, rebased(f, s, g))
		}
	}
	slices.SortFunc(out, compareSides)
	return out
}

// rebased gives a side the base that its sender first started from. A form that
// went out again for the same period holds the sender's own earlier word as its
// base; what that word replaced is the base of both.
func rebased(f *model.Field, s Side, group []Side) Side {
	issued := s.Claim.Issued
	for {
		i := slices.IndexFunc(group, func(o Side) bool {
			return s.Said.HasBase && issued.After(o.Claim.Issued) && f.Same(s.Said.Base, o.Said.Value)
		})
		if i < 0 {
			return s
		}
		s.Said.Base, s.Said.HasBase, issued = group[i].Said.Base, group[i].Said.HasBase, group[i].Claim.Issued
	}
}

// latest leaves out the sides that another one is later than. Where times are
// equal or missing several stay, and so they do where the times contradict one
// another in a circle.
func latest(group []Side) []Side {
	keep := slices.DeleteFunc(slices.Clone(group), func(s Side) bool {
		return slices.ContainsFunc(group, func(o Side) bool { return later(&o.Claim, &s.Claim) })
	})
	if len(keep) == 0 {
		return group
	}
	return keep
}

// LaterThan reports whether c is the later of two returns of one sender for the
// same form and period. Where times are equal or missing neither is.
func (c Claim) LaterThan(o Claim) bool { return later(&c, &o) }

// later reports whether a is the later of two returns of one sender: by 填报时间,
// then by the document's own modified time. Missing times decide nothing.
func later(a, b *Claim) bool {
	if a.StatedOn != "" && b.StatedOn != "" && a.StatedOn != b.StatedOn {
		return a.StatedOn > b.StatedOn
	}
	return !a.Modified.IsZero() && !b.Modified.IsZero() && a.Modified.After(b.Modified)
}

// unanswered returns the sides that say something new: a value other than their
// base and than what this side had before it when it last decided, and that no
// later word has replaced.
func unanswered(f *model.Field, own Local, sides []Side) []Side {
	var news []Side
	for _, s := range sides {
		if isNews(f, own, s) {
			news = append(news, s)
		}
	}
	return slices.DeleteFunc(slices.Clone(news), func(s Side) bool {
		return slices.ContainsFunc(news, func(o Side) bool { return replaces(f, o, s) })
	})
}

func isNews(f *model.Field, own Local, s Side) bool {
	if seen, ok := own.Seen[s.Claim.group()]; ok {
		return !slices.ContainsFunc(seen, func(v model.Value) bool { return f.Same(v, s.Said.Value) })
	}
	if !s.Said.HasBase {
		return !f.Same(s.Said.Value, own.Value)
	}
	return !f.Same(s.Said.Value, s.Said.Base)
}

// replaces reports whether o was said in knowledge of s: by the same sender for
// a later period, or in a form that went out later with s's value in it.
func replaces(f *model.Field, o, s Side) bool {
	if o.Claim.Sender == s.Claim.Sender && o.Claim.Period.Compare(s.Claim.Period) > 0 {
		return true
	}
	return o.Claim.Issued.After(s.Claim.Issued) && o.Said.HasBase && f.Same(o.Said.Base, s.Said.Value)
}

// anySaw reports whether one of the open sides started from what this side
// holds, so that taking its value overrides nobody.
func anySaw(f *model.Field, own Local, open, all []Side) bool {
	return slices.ContainsFunc(open, func(s Side) bool { return saw(f, own, s, all) })
}

func saw(f *model.Field, own Local, s Side, all []Side) bool {
	if !s.Said.HasBase {
		return own.Value.IsEmpty()
	}
	if f.Same(s.Said.Base, own.Value) {
		return true
	}
	// The base may be an earlier claim that this side has not overridden since.
	return slices.ContainsFunc(all, func(p Side) bool {
		_, answered := own.Seen[p.Claim.group()]
		return !answered && s.Claim.Issued.After(p.Claim.Issued) && f.Same(p.Said.Value, s.Said.Base)
	})
}

func distinct(f *model.Field, sides []Side) []model.Value {
	var out []model.Value
	for _, s := range sides {
		if !slices.ContainsFunc(out, func(v model.Value) bool { return f.Same(v, s.Said.Value) }) {
			out = append(out, s.Said.Value)
		}
	}
	return out
}

// newest picks one side by 填报时间, document time and words.
func newest(sides []Side) Side {
	return slices.MaxFunc(sides, func(a, b Side) int {
		return cmp.Or(
			strings.Compare(string(a.Claim.StatedOn), string(b.Claim.StatedOn)),
			a.Claim.Modified.Compare(b.Claim.Modified),
			strings.Compare(a.Said.Value.Text, b.Said.Value.Text),
			cmp.Compare(a.Said.Value.Num, b.Said.Value.Num),
		)
	})
}

// compareSides orders sides by what they are, not by when they came.
func compareSides(a, b Side) int {
	return cmp.Or(
		strings.Compare(a.Claim.Sender, b.Claim.Sender),
		strings.Compare(a.Claim.Form, b.Claim.Form),
		strings.Compare(string(a.Claim.Period), string(b.Claim.Period)),
		strings.Compare(string(a.Claim.StatedOn), string(b.Claim.StatedOn)),
		a.Claim.Modified.Compare(b.Claim.Modified),
		strings.Compare(a.Said.Value.Text, b.Said.Value.Text),
		cmp.Compare(a.Said.Value.Num, b.Said.Value.Num),
		a.Claim.Issued.Compare(b.Claim.Issued),
		strings.Compare(a.Said.Base.Text, b.Said.Base.Text),
		cmp.Compare(a.Said.Base.Num, b.Said.Base.Num),
	)
}
