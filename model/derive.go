package model

import "strconv"

// Derivation computes the derived fields of a ledger's records. It is a pure
// function of its input: the store calls it again for every record whose input
// changed and at NextChange.
type Derivation struct {
	// Latest names the owned ledger of which the two newest records, by the field
	// Order, are given to Func (progress of a task by period).
	Latest *Latest
	// FromParent lists the fields of Parent that Func reads. When one of them
	// changes, all children are computed again; nil means any field.
	FromParent []string
	Func       func(DeriveInput) Derived
}

// Latest says which owned record is the newest.
type Latest struct{ Ledger, Order string }

// DeriveInput is all that derived fields may depend on.
type DeriveInput struct {
	Record   *Record
	Parent   *Record   // nil at the top; stored fields only
	Children []*Record // with their own derived fields already computed
	Latest   *Record   // newest owned record, nil if none
	Previous *Record   // the one before it
	Params   Params
	Today    Day
}

// Derived is the result: values by key of Ledger.Derived, and the first later
// day on which they change by the passing of time alone ("" = never). That a
// Countdown falls by one is no change: until NextChange it does nothing else.
type Derived struct {
	Values     map[string]Value
	NextChange Day
}

// Params are the parameters in force on a day (口径与参数), by key, with
// defaults filled in by package rule.
type Params map[string]string

// Int returns a whole-number parameter; 0 if it is missing or no number, which
// rule.Check of the parameters prevents.
func (p Params) Int(key string) int {
	n, err := strconv.Atoi(p[key])
	if err != nil {
		return 0
	}
	return n
}

// On reports whether a yes/no parameter is switched on.
func (p Params) On(key string) bool { return p[key] == "1" || p[key] == "是" }
