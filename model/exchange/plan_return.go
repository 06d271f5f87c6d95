package exchange

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// Env is what planning depends on besides the table and the ledger.
type Env struct {
	Catalog *model.Catalog
	Today   model.Day
	Params  model.Params
	Period  model.Month
	// PeriodGiven says that somebody named the period: a table that is about
	// another one does not change it.
	PeriodGiven bool
	// Home is the area of a new record that says nothing else.
	Home string
	// Hash is FormInput.Hash; without it a sensitive value that came back
	// unchanged cannot be told from a changed one, and both are asked.
	Hash func(string) string
}

// The findings of planning.
const (
	rulePlanGone    = "plan_gone"
	rulePlanForeign = "plan_foreign"
	rulePlanNoKey   = "plan_no_key"
	rulePlanSeveral = "plan_several"
	rulePlanTwice   = "plan_twice"
	rulePlanParent  = "plan_parent"
)

// PlanReturn says what taking a return in would do, field by field, by the
// claims of all senders so far and this one's. Nothing is written, and the
// return may be planned again.
//
// A row that says nothing new has no records: untouched rows claim nothing, so
// that the blank form sent after an answer takes nothing back.
func PlanReturn(r *Return, lk Lookup, env Env) (*Plan, error) {
	env.Period = r.Period.Month()
	pl := &returnPlanner{r: r, lk: lk, env: env, seen: map[string]int{}, about: map[int]rowRecord{}, entered: len(r.unread) > 0 || hasFault(r.Problems), plan: &Plan{
		File: r.File, Sheet: r.Sheet, Ledger: r.form.Over, Form: r.form.Key, Period: r.Period, Issue: r.Issue, IssuedAt: r.IssuedAt,
		Sender: r.Sender, SHA256: r.SHA256, Fingerprint: r.Fingerprint(), Zero: r.Zero && r.form.ZeroOK,
		Problems: slices.Clone(r.Problems), Warnings: slices.Clone(r.Warnings)}}
	repeat, ok, err := lk.Submission(r.Sender.Area, r.form.Key, r.Period, pl.plan.Fingerprint)
	if err != nil {
		return nil, err
	}
	switch {
	case ok:
		pl.plan.Repeat, pl.entered = repeat, true
		pl.same()
	case r.Zero:
		pl.same()
	default:
		err = pl.rows()
	}
	for _, step := range []func() error{pl.missing, pl.pictures} {
		if err == nil {
			err = step()
		}
	}
	if err != nil {
		return nil, err
	}
	pl.plan.Empty = !pl.entered && !pl.plan.Zero && !pl.plan.hasPictures()
	if !ok {
		pl.plan.ReceiptCode = r.receiptCode(pl.accepted)
		pl.plan.Accepted = acceptedOf(r.Rows, pl.accepted)
	}
	pl.plan.finish()
	return pl.plan, nil
}

type returnPlanner struct {
	r       *Return
	lk      Lookup
	env     Env
	plan    *Plan
	seen    map[string]int    // record → the row that is about it
	about   map[int]rowRecord // row → the record that it is about, of rows that were taken
	entered bool              // something was entered that had not gone out
	// accepted are the rows that were taken or are known already, without the
	// values that were not.
	accepted []ReturnRow
}

// same plans a return that says nothing: taken in before, or 零报告.
func (pl *returnPlanner) same() {
	for _, row := range pl.r.Rows {
		pl.plan.Rows = append(pl.plan.Rows, PlanRow{Row: row.Row, Kind: RowSame, Name: pl.title(row)})
		pl.accepted = append(pl.accepted, row)
	}
}

func (pl *returnPlanner) rows() error {
	rows, err := pl.placed()
	if err != nil {
		return err
	}
	for _, row := range rows {
		out, err := pl.row(row)
		if err != nil {
			return err
		}
		pl.plan.Rows = append(pl.plan.Rows, out)
	}
	return nil
}

// placed returns the rows with their records. Where what went out is lost, what
// the ledger holds of the same ids, and of the same names at the sender's, takes
// its place.
func (pl *returnPlanner) placed() ([]ReturnRow, error) {
	if pl.r.hasBase {
		return pl.r.Rows, nil
	}
	var order []string
	values := map[string]map[Path]model.Value{}
	add := func(rec *model.Record) {
		if rec != nil && rec.Area == pl.r.home() && values[rec.ID] == nil {
			order, values[rec.ID] = append(order, rec.ID), pl.guardedValues(rec)
		}
	}
	title := pl.r.form.ledger.Title
	for _, row := range pl.r.Rows {
		rec, err := pl.lk.Record(pl.r.form.Over, row.ID)
		if err != nil {
			return nil, err
		}
		add(rec)
		hits, err := pl.lk.Match(pl.r.form.Over, map[string]model.Value{title: row.Cells[Path(title)].Value, model.AreaKey: model.Text(pl.r.home())})
		if err != nil {
			return nil, err
		}
		for _, h := range hits {
			add(h)
		}
	}
	rows := slices.Clone(pl.r.Rows)
	pl.plan.Problems = append(pl.plan.Problems, pl.r.settleRows(pl.r.known(order, values), rows)...)
	return rows, nil
}

// guardedValues are a record's own values in the form's guarded columns.
func (pl *returnPlanner) guardedValues(rec *model.Record) map[Path]model.Value {
	out := map[Path]model.Value{}
	for _, p := range pl.r.form.guards() {
		if tg := pl.r.form.targets[p]; tg.Child == nil && tg.Through == nil && tg.Field != nil {
			out[p] = rec.Get(tg.Field.Key)
		}
	}
	return out
}

func (pl *returnPlanner) title(row ReturnRow) string {
	return row.Cells[Path(pl.r.form.ledger.Title)].Value.Text
}

// row plans one row: its own record, and the child records of the period.
func (pl *returnPlanner) row(row ReturnRow) (PlanRow, error) {
	out := PlanRow{Row: row.Row, Kind: RowProblem, Name: pl.title(row)}
	if row.stopped {
		pl.entered = true
		return out, nil
	}
	rec, err := pl.record(&row)
	if err != nil || row.stopped {
		return out, err
	}
	_, wentOut := pl.r.base[row.ID]
	foreign, err := pl.foreign(rec)
	if err != nil {
		return out, err
	}
	switch {
	case rec == nil && wentOut:
		pl.hold(row, rulePlanGone, "这一项镇里已经删除，没有采用", "如仍需要，请与镇里联系恢复。")
		return out, nil
	case foreign && !wentOut:
		pl.hold(row, rulePlanForeign, "这一行不是下发给本村的，像是从别处粘贴来的，没有采用", "请核对；新事项请填在下面的空行里。")
		return out, nil
	}
	st := &rowState{row: row, rec: rec, out: &out}
	if !wentOut {
		if st.theirs, err = pl.addedByThem(rec, row.ID); err != nil {
			return out, err
		}
	}
	if rec != nil {
		out.Name = pl.r.form.ledger.Name(rec)
	}
	err = pl.settleRow(st)
	if rec != nil || len(out.Records) > 0 {
		pl.about[row.Row] = rowRecord{row.ID, out.Name}
	}
	pl.accept(st)
	return out, err
}

// accept keeps a row for the receipt: all but a row that was refused, and of that
// all but the values that were held back or are still open.
func (pl *returnPlanner) accept(st *rowState) {
	if st.out.Kind == RowProblem && len(st.out.Records) == 0 {
		return
	}
	row := st.row
	row.Cells = maps.Clone(row.Cells)
	for _, rp := range st.out.Records {
		for _, f := range rp.Fields {
			if f.Outcome == Held || f.Outcome == Conflict {
				maps.DeleteFunc(row.Cells, func(_ Path, e Entry) bool { return e.Cell == f.Cell })
			}
		}
	}
	pl.accepted = append(pl.accepted, row)
}

// record finds the row's record: by id, else by its natural key. A second row
// about the same record is held back.
func (pl *returnPlanner) record(row *ReturnRow) (*model.Record, error) {
	if row.ID == "" {
		if err := pl.matchRow(row); err != nil || row.stopped {
			return nil, err
		}
	}
	if first, again := pl.seen[row.ID]; again {
		row.stopped = true
		pl.hold(*row, rulePlanTwice, fmt.Sprintf("与第 %d 行是同一事项，没有重复采用", first), "请把两行合成一行。")
		return nil, nil
	}
	pl.seen[row.ID] = row.Row
	return pl.lk.Record(pl.r.form.Over, row.ID)
}

// matchRow gives a row without an id that of the record it means, or one that
// follows from its name, so that another version of the return meets the same.
func (pl *returnPlanner) matchRow(row *ReturnRow) error {
	values := map[string]model.Value{model.AreaKey: model.Text(pl.r.home())}
	for p, e := range row.Cells {
		if tg := pl.r.form.targets[p]; pl.ownField(p) && e.Value.Set {
			values[tg.Field.Key], _ = pl.resolved(tg.Field, e)
		}
	}
	m, err := match(pl.lk, pl.r.form.ledger, values, nil)
	switch {
	case err != nil:
		return err
	case m.several > 0:
		row.stopped = true
		pl.hold(*row, rulePlanSeveral, fmt.Sprintf("与台账里 %d 条记录相符，没有猜测", m.several), "请在下发的表里填写这一行。")
	case m.record != nil:
		row.ID = m.record.ID
	default:
		row.ID = uuid.NewSHA1(rowSpace, []byte(pl.r.form.Key+"\x00"+string(pl.r.Period)+"\x00"+pl.r.Sender.Area+"\x00"+pl.title(*row))).String()
	}
	return nil
}

// resolved returns the value of an entry with the record that a reference means.
// Words that show what is known already keep their id.
func (pl *returnPlanner) resolved(f *model.Field, e Entry) (model.Value, []model.Problem) {
	if f.Kind != model.KindRef || e.Value.IsEmpty() || e.same {
		return e.Value, nil
	}
	return pl.lk.Resolve(f, e.Value.Text, pl.r.home())
}

// ownField reports whether a column is a stored field of the row's own record,
// which a village fills in the rows that it adds, guarded or not.
func (pl *returnPlanner) ownField(p Path) bool {
	tg, ok := pl.r.form.targets[p]
	return ok && tg.Field != nil && tg.Child == nil && tg.Through == nil && !tg.Field.ReadOnly && !pl.r.form.ledger.IsDerived(tg.Field.Key)
}

// addedByThem reports whether the row is the sender's own: new, or added by a
// return of the same form and period. All its columns are then theirs to fill.
func (pl *returnPlanner) addedByThem(rec *model.Record, id string) (bool, error) {
	if rec == nil {
		return true, nil
	}
	claims, _, err := pl.lk.Claims(pl.r.form.Over, id)
	own := pl.claim(nil)
	return slices.ContainsFunc(claims, func(c Claim) bool {
		_, named := c.Fields[pl.r.form.ledger.Title]
		return named && c.group() == own.group()
	}), err
}

// claim is what this return says, as a claim on one record.
func (pl *returnPlanner) claim(fields map[string]Said) Claim {
	return Claim{Submission: pl.plan.Fingerprint, Sender: pl.r.Sender.Area, Form: pl.r.form.Key, Period: pl.r.Period,
		Issued: pl.r.IssuedAt, StatedOn: pl.r.Sender.StatedOn, Modified: pl.r.Sender.Modified, File: pl.r.File, Fields: fields}
}

// rowState is one row while it is planned.
type rowState struct {
	row    ReturnRow
	rec    *model.Record // nil for a new record
	theirs bool          // added by the sender
	out    *PlanRow
}

// settleRow plans what a row says of its own record and of its children.
func (pl *returnPlanner) settleRow(st *rowState) error {
	l := pl.r.form.ledger
	own, children := pl.split(st)
	if !pl.speaks(st, own, children) {
		st.out.Kind = RowSame
		return nil
	}
	pl.entered = true
	owner := st.rec
	rp, err := pl.settle(st, l, st.row.ID, st.rec, own)
	if err != nil {
		return err
	}
	if owner == nil {
		rp.New = true
		if rp.Area, err = pl.areaOfNew(rp); err != nil {
			return err
		}
		if l.Flow != nil {
			rp.Given = []Given{{l.Flow.State, model.Text(l.Flow.Initial)}}
		}
		owner = after(rp, nil)
		st.out.Name = l.Name(owner)
	}
	if stop := pl.check(st, l, &rp, st.rec); stop {
		return nil
	}
	if rp.New && !pl.r.above {
		pl.askParent(st)
	}
	if st.theirs && !pl.r.above {
		if err := pl.askUnit(st, &rp); err != nil {
			return err
		}
	}
	if len(rp.Fields) > 0 {
		st.out.Records = append(st.out.Records, rp)
	}
	for _, key := range slices.Sorted(maps.Keys(children)) {
		if err := pl.child(st, key, owner, children[key]); err != nil {
			return err
		}
	}
	st.out.Kind = kindOf(st.out.Records, rp.New)
	return nil
}

// split sorts the paths a row may state by the record they end at: the fillable
// ones, and in a row the village added also those guarded elsewhere.
func (pl *returnPlanner) split(st *rowState) (own []Path, children map[string][]Path) {
	children = map[string][]Path{}
	for _, c := range pl.r.form.Columns {
		tg := pl.r.form.targets[c.Path]
		_, there := st.row.Cells[c.Path]
		switch {
		case !there || tg.Through != nil:
		case tg.Child != nil && c.Fill:
			children[tg.Child.Key] = append(children[tg.Child.Key], c.Path)
		case tg.Child == nil && pl.ownField(c.Path) && (c.Fill || st.theirs):
			own = append(own, c.Path)
		}
	}
	return own, children
}

// speaks reports whether anything in the row was entered since it went out, or
// emptied beside something that was left.
func (pl *returnPlanner) speaks(st *rowState, own []Path, children map[string][]Path) bool {
	paths := slices.Concat(append(slices.Collect(maps.Values(children)), own)...)
	left := pl.clears(st.row)
	return slices.ContainsFunc(paths, func(p Path) bool {
		e := st.row.Cells[p]
		switch {
		case e.Held:
			return true
		case e.Value.Set:
			return !pl.unchanged(st.row.ID, p, e.Value) && (pl.r.hasBase || !pl.shows(st.rec, p, e))
		}
		return e.Blank && left && pl.r.base[st.row.ID][p].Set
	})
}

// unchanged is Return.unchanged for a base that may be a keyed hash.
func (pl *returnPlanner) unchanged(id string, p Path, v model.Value) bool {
	f, base := pl.r.form.targets[p].Field, pl.r.base[id][p]
	return pl.r.unchanged(id, p, v) || isSecret(f, base) && f.Same(pl.uncover(base, v), v)
}

// shows reports whether a cell shows what the record holds now.
func (pl *returnPlanner) shows(rec *model.Record, p Path, e Entry) bool {
	tg := pl.r.form.targets[p]
	return tg.Child == nil && rec.Get(tg.Field.Key).Set && sameCell(tg.Field, rec.Get(tg.Field.Key), e.shown())
}

// clears reports whether an emptied cell of the row counts as cleared: only if
// its row still has another value to fill in.
func (pl *returnPlanner) clears(row ReturnRow) bool {
	for p, e := range row.Cells {
		if pl.r.form.fillable(p) && (e.Value.Set || e.Held) {
			return true
		}
	}
	return false
}

// child plans the child record of the row's record for the period.
func (pl *returnPlanner) child(st *rowState, ledger string, owner *model.Record, paths []Path) error {
	l := pl.env.Catalog.Ledger(ledger)
	rec, err := pl.lk.Child(ledger, owner.ID, pl.r.Period.Month())
	if err != nil {
		return err
	}
	id := ChildID(owner.ID, ledger, pl.r.Period.Month())
	if rec != nil {
		id = rec.ID
	}
	rp, err := pl.settle(st, l, id, rec, paths)
	if err != nil {
		return err
	}
	if rec == nil {
		rp.New, rp.Area = true, owner.Area
		rp.Given = childGiven(l, owner, pl.env.Catalog.Ledger(owner.Ledger), pl.r.Period.Month())
	}
	if stop := pl.check(st, l, &rp, rec); stop || len(rp.Fields) == 0 {
		return nil
	}
	pl.askExtension(st, owner, &rp)
	if err := pl.stamp(l, &rp, rec); err != nil {
		return err
	}
	st.out.Records = append(st.out.Records, rp)
	return nil
}

// settle merges what the row says of a record's fields. rec is nil for a record
// that does not exist yet.
func (pl *returnPlanner) settle(st *rowState, l *model.Ledger, id string, rec *model.Record, paths []Path) (RecordPlan, error) {
	rp := RecordPlan{Ledger: l.Key, ID: id, Said: map[string]Said{}}
	prior, local, err := pl.lk.Claims(l.Key, id)
	if err != nil {
		return rp, err
	}
	for _, p := range paths {
		f, e := pl.r.form.targets[p].Field, st.row.Cells[p]
		if rec != nil && !pl.r.hasBase {
			e = e.unlessSame(f, rec.Get(f.Key))
		}
		pl.plan.Problems = append(pl.plan.Problems, e.problems...)
		if e.Held {
			rp.Fields = append(rp.Fields, FieldPlan{Field: f.Key, Cell: e.Cell, Before: before(rec.Get(f.Key)), Outcome: Held, Written: text.Clean(e.shown().Text)})
			continue
		}
		if said, states := pl.said(st, f, p, e, rec); states {
			rp.Said[f.Key] = pl.lastSaid(said, f.Key, prior)
			rp.Fields = append(rp.Fields, FieldPlan{Field: f.Key, Cell: e.Cell})
		}
	}
	fresh := pl.claim(rp.Said)
	for i, fp := range rp.Fields {
		if fp.Outcome != Held {
			rp.Fields[i] = settleField(l.Field(fp.Field), rec, local, prior, fresh, fp.Cell)
		}
	}
	return rp, nil
}

// settleField settles one field with the fresh claim among the earlier ones.
func settleField(f *model.Field, rec *model.Record, local map[string]Local, prior []Claim, fresh Claim, cell string) FieldPlan {
	var own *Local
	if l, ok := local[f.Key]; ok {
		own = &l
	}
	ours := rec.Get(f.Key)
	s := Settle(f, ours, own, prior, []Claim{fresh}, f.Required)
	said := fresh.Fields[f.Key]
	s.Base = said.Base
	fp := FieldPlan{Field: f.Key, Cell: cell, Before: before(ours), Theirs: said.Value, Settled: &s, Outcome: Keep}
	switch {
	case len(s.Open) > 0:
		fp.Outcome = Conflict
	case !f.Same(s.Result, ours):
		fp.Outcome = Take
	}
	return fp
}

// said returns what a cell states: its value; a clearing where that counts; for
// an empty cell that was empty before, that it still is. A row that the village
// added is its own responsibility where it names no other.
func (pl *returnPlanner) said(st *rowState, f *model.Field, p Path, e Entry, rec *model.Record) (Said, bool) {
	base, wentOut := pl.r.base[st.row.ID]
	s := Said{Base: base[p], HasBase: wentOut}
	var problems []model.Problem
	s.Value, problems = pl.resolved(f, e)
	for _, q := range problems {
		q.File, q.Sheet, q.Cell, q.Ledger, q.Record = pl.r.File, pl.r.Sheet, e.Cell, pl.r.form.targets[p].Ledger.Key, st.row.ID
		pl.plan.Problems = append(pl.plan.Problems, q)
	}
	if isSecret(f, s.Base) {
		s.Base = pl.uncover(s.Base, s.Value, rec.Get(f.Key))
	}
	switch {
	case s.Value.Set:
		return s, true
	case st.theirs && !pl.r.above && e.Blank && pl.r.form.isHome(Path(f.Key)):
		s.Value = model.Reference(pl.r.Sender.Area, pl.r.Sender.Name)
		return s, true
	case f.Required || !e.Blank || !pl.clears(st.row):
		return s, false
	}
	return s, s.HasBase
}

func isSecret(f *model.Field, base model.Value) bool {
	return f.Sensitive && len(base.Text) > 0 && base.Text[0] == secretMark[0]
}

// uncover returns the one of the values whose keyed hash a sensitive base is, or
// the base as it is.
func (pl *returnPlanner) uncover(base model.Value, candidates ...model.Value) model.Value {
	if pl.env.Hash == nil {
		return base
	}
	for _, v := range candidates {
		if v.Set && secretMark+pl.env.Hash(v.Text) == base.Text {
			return v
		}
	}
	return base
}

// check runs the rules over a record as it would be and lists what they find.
func (pl *returnPlanner) check(st *rowState, l *model.Ledger, rp *RecordPlan, rec *model.Record) (stop bool) {
	found, stop := rp.check(l, after(*rp, rec), pl.env)
	for _, q := range found {
		q.File, q.Sheet, q.Cell = pl.r.File, pl.r.Sheet, cmp.Or(q.Cell, pl.nameCell(st.row))
		if !reported(maps.Values(st.row.Cells), q) {
			pl.plan.Problems = append(pl.plan.Problems, q)
		}
	}
	return stop
}

func (pl *returnPlanner) nameCell(row ReturnRow) string {
	return pl.r.rowProblem(&row, "", "", "", "").Cell
}

func (pl *returnPlanner) hold(row ReturnRow, rule, message, suggestion string) {
	pl.entered = true
	pl.plan.Problems = append(pl.plan.Problems, pl.r.rowProblem(&row, rule, model.Fault, message, suggestion))
}

// missing lists the rows that went out and did not come back (少报的行). They are
// kept as they are. Where what went out is lost, nobody can tell.
func (pl *returnPlanner) missing() error {
	back := map[string]bool{}
	for _, row := range pl.r.Rows {
		back[row.ID] = true
	}
	for _, id := range pl.r.order {
		if back[id] {
			continue
		}
		rec, err := pl.lk.Record(pl.r.form.Over, id)
		if err != nil {
			return err
		}
		if rec != nil {
			pl.plan.Rows = append(pl.plan.Rows, PlanRow{Kind: RowMissing, Name: pl.r.form.ledger.Name(rec)})
		}
	}
	return nil
}
