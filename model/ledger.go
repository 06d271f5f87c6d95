package model

import (
	"cmp"
	"slices"
)

// Ledger describes one ledger (台账): its fields, how rows without an id are
// recognised, what is derived from its records, how they flow to their end.
type Ledger struct {
	Key      string // stable: table name, CLI name
	Label    string
	Synonyms []string // other titles of the same table
	Group    string   // heading under which lists of ledgers show it
	System   bool     // kept by the program: not offered for entry
	Fields   []Field
	// Match lists the natural keys, best first, each a list of field keys: a row
	// without an id is the record that agrees in all fields of one of them.
	// AreaKey stands for the area the record belongs to.
	Match [][]string
	// Once tells that each of Match names one record at most, as of one day there is
	// one entry of a diary: a second one is not taken on entry. Records that another
	// owns are always so; elsewhere two that agree may both be real.
	Once bool
	// Title is the key of the field that names a record to people.
	Title string
	// Parent is the key of the field that points at the record above in the same
	// ledger, if the ledger is a tree.
	Parent string
	// AreaFrom lists reference fields, best first, from whose record's area a new
	// record's own area follows.
	AreaFrom []string
	Derived  []Field
	Derive   *Derivation
	Flow     *Flow
	Checks   []Check
}

// AreaKey stands in Match and in paths for the area a record belongs to.
const AreaKey = "area"

// Field returns the field of the given key, stored or derived, or nil.
func (l *Ledger) Field(key string) *Field {
	for i := range l.Fields {
		if l.Fields[i].Key == key {
			return &l.Fields[i]
		}
	}
	for i := range l.Derived {
		if l.Derived[i].Key == key {
			return &l.Derived[i]
		}
	}
	return nil
}

// FindField returns the field meant by its key or its label, stored fields
// before derived ones, or nil.
func (l *Ledger) FindField(name string) *Field {
	if f := l.Field(name); f != nil {
		return f
	}
	for _, fields := range [][]Field{l.Fields, l.Derived} {
		for i := range fields {
			if fields[i].Label == name {
				return &fields[i]
			}
		}
	}
	return nil
}

// IsDerived reports whether key names a derived field.
func (l *Ledger) IsDerived(key string) bool {
	return slices.ContainsFunc(l.Derived, func(f Field) bool { return f.Key == key })
}

// Owner returns the field that points at a record's owner, or nil.
func (l *Ledger) Owner() *Field {
	for i := range l.Fields {
		if l.Fields[i].IsOwner() {
			return &l.Fields[i]
		}
	}
	return nil
}

// Name returns the words by which people know the record.
func (l *Ledger) Name(r *Record) string {
	f := l.Field(l.Title)
	if f == nil {
		return r.ID
	}
	return f.Show(r.Get(f.Key))
}

// Catalog is the set of ledgers in force: the built-in ones, with the user's
// fields, and the user's own. It is immutable once made.
type Catalog struct {
	ledgers []*Ledger
	byKey   map[string]*Ledger
}

// NewCatalog makes a catalog in the given order; a later ledger of the same key
// replaces the earlier one.
func NewCatalog(ledgers ...*Ledger) *Catalog {
	c := &Catalog{byKey: make(map[string]*Ledger, len(ledgers))}
	for _, l := range ledgers {
		if _, again := c.byKey[l.Key]; again {
			i := slices.IndexFunc(c.ledgers, func(x *Ledger) bool { return x.Key == l.Key })
			c.ledgers[i] = l
		} else {
			c.ledgers = append(c.ledgers, l)
		}
		c.byKey[l.Key] = l
	}
	return c
}

// All returns every ledger in order, system ledgers included.
func (c *Catalog) All() []*Ledger { return slices.Clone(c.ledgers) }

// Ledger returns the ledger of the given key, or nil.
func (c *Catalog) Ledger(key string) *Ledger { return c.byKey[key] }

// Find returns the ledger meant by its key, its label or a synonym.
func (c *Catalog) Find(name string) (*Ledger, error) {
	if l := c.byKey[name]; l != nil {
		return l, nil
	}
	for _, l := range c.ledgers {
		if l.Label == name || slices.Contains(l.Synonyms, name) {
			return l, nil
		}
	}
	return nil, Errorf(CodeNotFound, "没有名为“%s”的台账。用 ledgers 可以看到全部台账。", name)
}

// Referrer is a reference field of a ledger.
type Referrer struct {
	Ledger *Ledger
	Field  *Field
}

// Referrers returns the fields, of all ledgers, that may point at a record of
// the ledger key.
func (c *Catalog) Referrers(key string) []Referrer {
	var out []Referrer
	for _, l := range c.ledgers {
		for i := range l.Fields {
			if f := &l.Fields[i]; f.Ref != nil && slices.Contains(f.Ref.Ledgers, key) {
				out = append(out, Referrer{l, f})
			}
		}
	}
	return out
}

// Owned returns the ledgers whose records belong to a record of the ledger key
// (progress for task), with the owning field.
func (c *Catalog) Owned(key string) []Referrer {
	return slices.DeleteFunc(c.Referrers(key), func(r Referrer) bool { return !r.Field.IsOwner() })
}

// SortRecords orders records by a field, empty values last, ties as they were.
func SortRecords(l *Ledger, records []*Record, key string, descending bool) {
	f := l.Field(key)
	if f == nil {
		return
	}
	slices.SortStableFunc(records, func(a, b *Record) int {
		x, y := a.Get(key), b.Get(key)
		if x.Set != y.Set {
			return cmp.Compare(boolRank(!x.Set), boolRank(!y.Set))
		}
		c := f.Compare(x, y)
		if descending {
			return -c
		}
		return c
	})
}

func boolRank(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Compare orders two values of the field: numbers by size, dates by their end,
// enums by the order of the options, all else by text.
func (f *Field) Compare(a, b Value) int {
	switch {
	case f.Kind.Numeric():
		return cmp.Compare(a.Num, b.Num)
	case f.Kind == KindDate:
		return CompareDays(a.End, b.End)
	case f.Kind == KindEnum:
		return cmp.Compare(f.optionIndex(a.Text), f.optionIndex(b.Text))
	}
	return cmp.Compare(a.Text, b.Text)
}

func (f *Field) optionIndex(key string) int {
	return slices.IndexFunc(f.Options, func(o Option) bool { return o.Key == key })
}
