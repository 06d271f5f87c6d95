package exchange

import (
	"time"

	"xiangzhen/model"
)

// Path says where a column of a form, an import or an export belongs. It is one
// of
//
//	title            a field of the row's own record
//	task.title       a field of the record the reference field "task" points at; read only
//	progress.text    a field of the row's one child record of this period in the
//	                 owned ledger "progress"; added when missing
//
// A path never depends on a column's place or header.
type Path string

// The paths with a meaning of their own.
const (
	PathID   Path = "#id"   // the hidden id column
	PathArea Path = "#area" // the area the row belongs to, by name
	PathSeq  Path = "#seq"  // 序号: counted, never read
)

// Form describes a workbook that goes out and comes back (报表).
type Form struct {
	Key, Label string
	Over       string   // ledger with one row a record
	Where      []string // conditions in the words of list --where
	Columns    []FormColumn
	Cadence    string // 月, 季, …: how often a period comes
	DueDay     int    // day of the period's last month by which it is due
	DueHour    int
	ZeroOK     bool     // 零报告 counts as a submission
	FreeRows   int      // empty rows to add, their ids minted already
	Notes      []string // 填表说明
}

// FormColumn is one column of a form.
type FormColumn struct {
	Path   Path
	Header string // "" = the field's own header
	Fill   bool   // the receiver fills it; otherwise it is guarded
	Grey   bool   // a previous value, shown for information; never read. See Previous
	Width  float64
}

// Target is a path with the field it ends at, in the ledger it ends in.
type Target struct {
	Path   Path
	Ledger *model.Ledger
	Field  *model.Field
	// Through is the reference field the path goes through ("task" of task.title),
	// Child the owned ledger it goes into ("progress"); at most one is set.
	Through *model.Field
	Child   *model.Ledger
}

// Sender identifies who a return is from and what it says of itself.
type Sender struct {
	Area     string    // id of the area (or unit) that reports
	Name     string    // its words
	Filler   string    // 填报人
	Phone    string    // 联系电话
	StatedOn model.Day // 填报时间, "" if not given
	Modified time.Time // the document's own modified time, zero if unknown
	How      string    // by which mark the sender was found: hidden, line, name, column
}

// Lookup is what planning asks of the ledger. It is implemented by app over a
// transaction or a reader, and by maps in tests.
type Lookup interface {
	// Record returns the record of that id, aliases resolved; nil if there is none.
	Record(ledger, id string) (*model.Record, error)
	// Match returns the records whose fields equal the keys (AreaKey included).
	Match(ledger string, keys map[string]model.Value) ([]*model.Record, error)
	// Child returns the record of the owned ledger for this owner and period, or nil.
	Child(ledger, owner string, period model.Month) (*model.Record, error)
	// Children returns the records of the owned ledger for this owner, the newest
	// period first.
	Children(ledger, owner string) ([]*model.Record, error)
	// Resolve finds the record meant by a reference's words, seen from an area.
	// None or several leave the words without an id and say why.
	Resolve(f *model.Field, words, area string) (model.Value, []model.Problem)
	// AreaOf returns the area of the record a reference points at; "" if unknown.
	AreaOf(f *model.Field, v model.Value) string
	// NewID gives a record that a table adds its id.
	NewID(l *model.Ledger, values map[string]model.Value) string
	// Claims returns every claim kept on a record's fields, and what this side
	// holds of its own.
	Claims(ledger, record string) ([]Claim, map[string]Local, error)
	// Submission returns the earlier submission of the same sender, form, period
	// and content, if there is one.
	Submission(sender, form string, period model.Month, fingerprint string) (id string, ok bool, err error)
}

// RowKind says what a plan does with a row.
type RowKind string

// The outcomes of a row (the words of the plan on screen).
const (
	RowAdd      RowKind = "add"      // 新增
	RowUpdate   RowKind = "update"   // 修改
	RowClear    RowKind = "cleared"  // 清空
	RowMissing  RowKind = "missing"  // 少报的行
	RowSame     RowKind = "same"     // 相同
	RowConflict RowKind = "conflict" // 冲突
	RowProblem  RowKind = "problem"  // 问题: held back
)

// Plan is what taking in one table would do: a pure value shared by window,
// command line and tests. Nothing in it has been written.
type Plan struct {
	File, Sheet string
	Ledger      string // ledger of the rows
	Form        string // "" for an ordinary import
	Period      model.Month
	Issue       string    // id of the dispatch the form came from, "" if unknown
	IssuedAt    time.Time // when that went out, zero if unknown
	Sender      Sender
	SHA256      string // of the file
	Fingerprint string // of the normalised content: the same for a file saved again
	Repeat      string // id of the submission with the same content, if it was taken in before
	Empty       bool   // 空表: no entry in any fillable column
	Zero        bool   // 零报告: says 本月无
	ReceiptCode string // 回执码 of what was accepted; "" if Repeat, and in an import
	Rows        []PlanRow
	Problems    []model.Problem
	Warnings    []string
}

// PlanRow is one row of the table, or one row of the base that is missing from
// it (Row 0).
type PlanRow struct {
	Kind    RowKind
	Row     int    // in the sheet, from 1
	Name    string // how people know the row's record
	Records []RecordPlan
}

// RecordPlan is what a row does to one record: the row's own, or its child.
type RecordPlan struct {
	Ledger, ID string
	New        bool
	Area       string // for a new record
	Fields     []FieldPlan
	// Given are values of a new record that no column holds: the owner and period
	// of a child, the first state of a flow.
	Given map[string]model.Value
	// Said is the sender's claim on the record, by field key; nil in an import. On
	// a child record it holds also when and by whom it was reported, which are
	// those of the latest claim and never a conflict.
	Said map[string]Said
}

// FieldPlan is one field of a RecordPlan. Base, Ours and Theirs are what the
// form said at 下发, what the ledger holds now, and what the sender says.
type FieldPlan struct {
	Field              string
	Cell               string // A1
	Base, Ours, Theirs model.Value
	Result             model.Value // what the field holds afterwards
	Outcome            Outcome
	// Written is what stands in the cell of a value that is held back; Theirs cannot
	// hold what could not be read.
	Written string
	// Settled is what merging by claims came to; nil in an ordinary import and for
	// what is held.
	Settled *Settlement
}

// Outcome says how a field is settled.
type Outcome string

// The outcomes of a field.
const (
	Take     Outcome = "take"     // Result replaces Ours
	Keep     Outcome = "keep"     // nothing changes
	Conflict Outcome = "conflict" // Result is what this side holds, to be written like any; a conflict is listed
	Held     Outcome = "held"     // an 错误 holds the value back
)

// Counts sums a plan up, in the words of the JSON contract.
type Counts struct {
	Add, Update, Cleared, MissingRows, Same, Conflict, Problem int
}

// Counts returns how many rows of each kind the plan has.
func (p *Plan) Counts() Counts {
	var c Counts
	slot := map[RowKind]*int{
		RowAdd: &c.Add, RowUpdate: &c.Update, RowClear: &c.Cleared, RowMissing: &c.MissingRows,
		RowSame: &c.Same, RowConflict: &c.Conflict, RowProblem: &c.Problem,
	}
	for _, r := range p.Rows {
		if n := slot[r.Kind]; n != nil {
			*n++
		}
	}
	return c
}
