package model

import "time"

// Actor is who acts: a person at a unit of a level. Empty members are unknown.
type Actor struct {
	Person string // id of the person, if known
	Name   string // shown in the history
	Unit   string // id of the unit or area acted for
	Level  Level
}

// Level is a level of the divisions, highest first.
type Level string

// The levels, and the words for them.
const (
	LevelProvince Level = "province" // 省
	LevelCity     Level = "city"     // 市
	LevelCounty   Level = "county"   // 县
	LevelTown     Level = "town"     // 乡镇
	LevelVillage  Level = "village"  // 村
	LevelGroup    Level = "group"    // 组
	LevelGrid     Level = "grid"     // 网格
)

var levelRanks = map[Level]int{
	LevelProvince: 1, LevelCity: 2, LevelCounty: 3, LevelTown: 4, LevelVillage: 5, LevelGroup: 6, LevelGrid: 6,
}

// Above reports whether l stands above other; false if either is unknown.
func (l Level) Above(other Level) bool {
	a, b := levelRanks[l], levelRanks[other]
	return a != 0 && b != 0 && a < b
}

// KindFound is the kind of the operation that fills a new ledger: the sample
// county, a township's own villages. The plain undo passes it by.
const KindFound = "found"

// Operation is one gesture of a user: what happened between two states of the
// ledger that people would name, and would undo as a whole.
type Operation struct {
	ID     int64  // sequence in this ledger file; given by the store
	Kind   string // stable: add, set, delete, import, collect, flow, split, issue, undo, found …
	Label  string // Chinese, as undo names it: 并入“甲一村”上报表
	Actor  Actor
	At     time.Time
	Origin string // who started it (window, page, cli), to be told from others' changes
	Undoes int64  // the operation this one undoes, 0 if none
	Undone int64  // the operation that undid this one, 0 if none
	Rows   int    // records touched
}

// Change is published once after an operation has been committed.
type Change struct {
	Op      int64
	Ledgers []string // keys of the ledgers touched, sorted
	Areas   []string // ids of the areas touched, sorted
	Origin  string
}

// Entry is one record's change under an operation: only the fields that
// changed. An empty Before marks an added record, an empty After a deleted one.
type Entry struct {
	Op     Operation
	Ledger string
	Record string
	Kind   EntryKind
	Before map[string]Value
	After  map[string]Value
}

// EntryKind says what happened to a record.
type EntryKind string

// The kinds of an Entry.
const (
	Added   EntryKind = "added"
	Changed EntryKind = "changed"
	Deleted EntryKind = "deleted"
)

// UndoResult tells row by row what an undo did.
type UndoResult struct {
	Op      int64      // the new operation, 0 if nothing was written
	Undone  int        // records put back (已撤回)
	Kept    []UndoItem // 保留（之后被改过）
	Refused []UndoItem // 不能撤回（原因）
}

// UndoItem is one record or field that an undo left as it is.
type UndoItem struct {
	Ledger, Record, Field string
	Reason                string // Chinese
}
