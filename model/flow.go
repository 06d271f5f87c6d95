package model

import "slices"

// Flow describes how a followed item goes from being handed out to its end. The
// states are the options of the state field; each ledger has its own words.
type Flow struct {
	State   string // key of the enum field that holds the state
	Initial string // option key of a new item's state
	Steps   []Step
	// Finished lists the states in which nothing more is owed.
	Finished []string
}

// Step is one move of the flow, named by its Chinese word.
type Step struct {
	Key, Label string
	From       []string
	To         string
	By         Party
	Needs      []Need
	// Stamp is the key of a date field set to today by the step, if any.
	Stamp string
	// Takes is the key of a date field the step takes from its request (申请延期
	// takes the day asked for).
	Takes string
}

// Party says who may take a step, seen from the item.
type Party string

// The parties to an item.
const (
	ByAnyone   Party = "anyone"
	ByAssigner Party = "assigner" // the unit that handed it out, or one above
	ByHolder   Party = "holder"   // the responsible unit, or one above for it (代录)
	ByReviewer Party = "reviewer" // the assigner, and not who applied
)

// Need is what a step asks for.
type Need string

// What a step may ask for.
const (
	NeedReason   Need = "reason"
	NeedProgress Need = "progress" // progress text has been reported
	NeedEvidence Need = "evidence" // where the item asks for evidence
	NeedDate     Need = "date"
)

// Step returns the step of the given key or Chinese word, or nil.
func (f *Flow) Step(name string) *Step {
	for i := range f.Steps {
		if s := &f.Steps[i]; s.Key == name || s.Label == name {
			return s
		}
	}
	return nil
}

// Open returns the steps that can be taken from a state.
func (f *Flow) Open(state string) []Step {
	return slices.DeleteFunc(slices.Clone(f.Steps), func(s Step) bool { return !slices.Contains(s.From, state) })
}

// IsFinished reports whether nothing more is owed in the state.
func (f *Flow) IsFinished(state string) bool { return slices.Contains(f.Finished, state) }
