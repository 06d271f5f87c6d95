package exchange

import (
	"slices"
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
	Over       string    // ledger with one row a record
	Shape      FormShape // what the rows are
	Where      []string  // conditions in the words of list --where
	Columns    []FormColumn
	Cadence    model.Cadence
	Due        model.Due
	ZeroOK     bool     // 零报告 counts as a submission
	FreeRows   int      // empty rows to add, their ids minted already
	Notes      []string // 填表说明
	Basis      string   // 依据: 文号 or 报表准入编号
	// Receivers are the ids of the areas and units that it goes to; none means all
	// areas next below the one the ledger is kept for.
	Receivers []string
	// Contacts are the posts (职务) to be called about it, first choice first; none means
	// 报表联络员 and 包村干部.
	Contacts []string
	Own      bool // made by a user; otherwise shipped
}

// FormShape says what the rows of a form are.
type FormShape string

// The shapes of a form.
const (
	ShapeRows FormShape = ""    // one row for each record of the range, and free rows
	ShapeNew  FormShape = "new" // free rows only: what has been does not go out
)

// periodOf returns the form's own period that a time named in words lies in, ""
// where that is longer than a period, or none. Of a form asked for once it is the
// time named.
func (f *Form) periodOf(seen model.Period) model.Period {
	if f.Cadence == model.Once || seen == "" {
		return seen
	}
	p := f.Cadence.Of(seen.First())
	if !seen.Within(p) {
		return ""
	}
	return p
}

// periodHints say what a title is to name, by cadence.
var periodHints = map[model.Cadence]string{model.Daily: "年月日", model.Weekly: "年份和第几周", model.TenDays: "年月和旬", model.HalfMonthly: "年月和上、下半月",
	model.Monthly: "年月", model.Quarterly: "年份和季度", model.HalfYearly: "年份和上、下半年", model.Yearly: "年份", model.Once: "期间"}

// PeriodOn returns the period that a day lies in; of a form asked for once, the day
// by which it is due.
func (f *Form) PeriodOn(d model.Day) model.Period {
	if f.Cadence == model.Once && f.Due.On != "" {
		return model.Period(f.Due.On)
	}
	return f.Cadence.Of(d)
}

// PeriodFor returns the period of the form that the words mean: its own cadence's,
// or that which holds a shorter one. A form asked for once takes any.
func (f *Form) PeriodFor(words string) (model.Period, error) {
	p, ok := model.ParsePeriod(words)
	if ok {
		if own := f.periodOf(p); own != "" {
			return own, nil
		}
	}
	example := f.Cadence.Of("2026-11-23")
	return "", model.Errorf(model.CodeUsage, "期间“%s”写得不对，“%s”应为 %s 这样。", words, f.Label, example)
}

// FormColumn is one column of a form.
type FormColumn struct {
	Path   Path    `json:"path"`
	Header string  `json:"header,omitempty"` // "" = the field's own header
	Fill   bool    `json:"fill,omitempty"`   // the receiver fills it; otherwise it is guarded
	Grey   bool    `json:"grey,omitempty"`   // a previous value, shown for information; never read. See Previous
	Width  float64 `json:"width,omitempty"`
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
	// Known returns those of the words that a record has in the text field, so that
	// Match is not asked in vain for every row.
	Known(ledger, field string, words []string) ([]string, error)
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
	// NewID gives a record that a table adds its id; values are those of its natural
	// keys.
	NewID(l *model.Ledger, values map[string]model.Value) string
	// Claims returns every claim kept on a record's fields, and what this side
	// holds of its own.
	Claims(ledger, record string) ([]Claim, map[string]Local, error)
	// Submission returns the earlier submission of the same sender, form, period
	// and content, if there is one.
	Submission(sender, form string, period model.Period, fingerprint string) (id string, ok bool, err error)
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
	Period      model.Period
	Issue       string    // id of the dispatch the form came from, "" if unknown
	IssuedAt    time.Time // when that went out, zero if unknown
	Sender      Sender
	SHA256      string        // of the file
	Fingerprint string        // of the normalised content: the same for a file saved again
	Repeat      string        // id of the submission with the same content, if it was taken in before
	Empty       bool          // 空表: no entry in any fillable column
	Zero        bool          // 零报告: says 本月无
	ReceiptCode string        // 回执码 of what was accepted; "" if Repeat, and in an import
	Accepted    []AcceptedRow // what ReceiptCode covers
	Rows        []PlanRow
	Pictures    []PicturePlan // that came with a return
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
	Area       string // for a new record; of a Bundle also where a record has moved to
	Fields     []FieldPlan
	// Given are values of a new record that no column holds: the owner and period
	// of a child, the first state of a flow.
	Given []Given
	// Said is the sender's claim on the record, by field key; nil in an import. On
	// a child record it holds also when and by whom it was reported, which are
	// those of the latest claim and never a conflict.
	Said map[string]Said
}

// Given is a value of a field by its key.
type Given struct {
	Field string
	Value model.Value
}

// FieldPlan is one field of a RecordPlan. A big table has millions: what most of
// them do not need stands behind a pointer.
type FieldPlan struct {
	Field   string
	Cell    string // A1
	Outcome Outcome
	Theirs  model.Value  // what the sender says
	Before  *model.Value // what the ledger holds now; nil if nothing: see Ours
	// Written is what stands in the cell of a value that is held back; Theirs cannot
	// hold what could not be read.
	Written string
	// Settled is what merging by claims came to; nil in an ordinary import and for
	// what is held.
	Settled *Settlement
}

// Ours is what the ledger holds now.
func (f *FieldPlan) Ours() model.Value {
	if f.Before == nil {
		return model.Value{}
	}
	return *f.Before
}

// Result is what the field holds afterwards.
func (f *FieldPlan) Result() model.Value {
	if f.Settled != nil {
		return f.Settled.Result
	}
	return f.plainResult()
}

// plainResult is the result where nothing was to be merged.
func (f *FieldPlan) plainResult() model.Value {
	if f.Outcome == Take {
		return f.Theirs
	}
	return f.Ours()
}

// Base is what the form said at 下发.
func (f *FieldPlan) Base() model.Value {
	if f.Settled == nil {
		return model.Value{}
	}
	return f.Settled.Base
}

// before is a value as FieldPlan.Before has it.
func before(v model.Value) *model.Value {
	if v == (model.Value{}) {
		return nil
	}
	kept := v // only what is kept goes to the heap
	return &kept
}

// written lets go of how the field was settled, as far as its Result and the Base of
// a conflict do without.
func (f *FieldPlan) written() {
	switch {
	case f.Settled == nil:
	case f.Outcome == Conflict || f.Settled.Result != f.plainResult():
		f.Settled = &Settlement{Base: f.Settled.Base, Result: f.Settled.Result}
	default:
		f.Settled = nil
	}
}

// Outcome says how a field is settled.
type Outcome string

// The outcomes of a field.
const (
	Take     Outcome = "take"     // the sender's word, or what merging came to, replaces Ours
	Keep     Outcome = "keep"     // nothing changes
	Conflict Outcome = "conflict" // Result is what this side holds, to be written like any; a conflict is listed
	Held     Outcome = "held"     // an 错误 holds the value back
)

// Written lets go of what only writing the plan needed: the claims, how they were
// settled, what the receipt covers.
func (p *Plan) Written() {
	p.Accepted = nil
	for _, row := range p.Rows {
		for i := range row.Records {
			rp := &row.Records[i]
			rp.Given, rp.Said, rp.Fields = nil, nil, slices.Clone(rp.Fields)
			for j := range rp.Fields {
				rp.Fields[j].written()
			}
		}
	}
}

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
