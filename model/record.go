package model

import "time"

// Record is one row of a ledger. Identity never depends on row order or words.
type Record struct {
	ID        string // UUIDv7; of an area UUIDv5 of its code or path
	Ledger    string
	Area      string // id of the area it belongs to
	Revision  int64  // 1 for a new record, one more for each change
	CreatedAt time.Time
	CreatedBy string
	ChangedAt time.Time
	ChangedBy string
	Values    map[string]Value // stored fields by key; empty values left out
	Derived   map[string]Value // derived fields by key, as of the last refresh
}

// NewRecord makes a record of the ledger with no values.
func NewRecord(ledger, id string) *Record {
	return &Record{ID: id, Ledger: ledger, Values: map[string]Value{}}
}

// Get returns the value of a stored or derived field; empty if there is none.
func (r *Record) Get(key string) Value {
	if r == nil {
		return Value{}
	}
	if v, ok := r.Values[key]; ok {
		return v
	}
	return r.Derived[key]
}

// Put sets the value of a stored field; an empty value removes it.
func (r *Record) Put(key string, v Value) {
	if v.IsEmpty() {
		delete(r.Values, key)
		return
	}
	r.Values[key] = v
}

// Query asks for records of one ledger. All parts must hold.
type Query struct {
	Ledger string
	IDs    []string // only these records, if not nil
	Where  []Cond
	Search string   // words, pinyin initials; see text.QueryTokens
	Areas  []string // ids: records of these areas and of all areas below them
	Sort   []Sort   // default: order of creation
	Limit  int      // 0 = all
	Offset int
}

// Cond is one condition on a field. Empty values fit only = "" and !=.
type Cond struct {
	Field string // key of a stored or derived field, or id, or AreaKey
	Op    Op
	Value Value
}

// Op is a comparison in a condition.
type Op string

// The comparisons. A date is compared by its End for all but = and !=, which
// take the words or, for a precise day, the End. ~ looks for the text inside.
const (
	OpEq       Op = "="
	OpNe       Op = "!="
	OpLt       Op = "<"
	OpLe       Op = "<="
	OpGt       Op = ">"
	OpGe       Op = ">="
	OpContains Op = "~"
)

// Sort is one key of an order.
type Sort struct {
	Field      string
	Descending bool
}

// Page is the answer to a Query: the records of this page and the number of all
// that fit.
type Page struct {
	Total   int
	Records []*Record
}
