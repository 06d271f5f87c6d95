package model

// Severity is how bad a problem is.
type Severity string

// The levels of a problem.
const (
	Fault Severity = "错误" // held back
	Doubt Severity = "疑点" // goes in, listed
	Hint  Severity = "提示"
)

// Problem is one thing found in a record or in a cell of a workbook.
type Problem struct {
	Rule       string   // id of the rule or code of the finding
	Level      Severity //
	Ledger     string
	Record     string
	Field      string // key
	File       string
	Sheet      string
	Cell       string // A1
	Message    string // Chinese: what is wrong
	Suggestion string // Chinese: what to do
	Fixes      []Fix  // what one click may put in place of what is written, best first
}

// Fix is an offered correction of a problem in a cell. Nobody but the user applies
// it. Fixes of the same Rule, Ledger, Field and Kind are alike: who takes one for
// one cell may take it for all, each cell with words of its own.
type Fix struct {
	Kind  string // what is done, e.g. as_share; opaque
	Label string // Chinese, on the button; repeats no sensitive value
	Words string // what the cell is read as if it said
}

// Check is one rule over a record, typed Go beside the ledger it belongs to.
type Check struct {
	ID     string // ledger.name
	Level  Severity
	Source string // the basis of the rule: document or practice
	Params []string
	// From and To are the first and last day on which the rule is in force; "" = open.
	From, To Day
	// Beside lists the further records that Func looks at.
	Beside []Beside
	// Func returns the problems of the record; only Field, Message and
	// Suggestion need be filled.
	Func func(CheckInput) []Problem
}

// CheckInput is what a rule sees.
type CheckInput struct {
	Ledger *Ledger
	Record *Record
	Parent *Record // the record above in a tree ledger, if any
	Params Params
	Today  Day
	Near   map[Beside][]*Record // what the rules of the ledger see besides
}
