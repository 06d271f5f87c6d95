package app

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/store"
)

// planWriter writes a plan under one operation.
type planWriter struct {
	*App
	ctx        context.Context
	tx         *store.Tx
	plan       *exchange.Plan
	submission *model.Record // nil for an import
	look       *lookup       // by which a return was planned; nil for an import
	res        *resolver     // for where changed records belong; nil until one changes
	// added wait to be written at once; so do the claims and this side's lines that
	// are new. lines are those that were met, by their ids.
	added, said []*model.Record
	lines       map[string]*model.Record
	// open are the ids of the conflicts that are open, nil until they are asked for.
	open map[string]bool
}

func (w *planWriter) write() error {
	for _, row := range w.plan.Rows {
		for _, rp := range row.Records {
			if err := w.record(rp); err != nil {
				return err
			}
			if err := w.claims(rp); err != nil {
				return err
			}
		}
	}
	if err := w.addAll(); err != nil {
		return err
	}
	return w.tx.AddAll(w.said)
}

// addAll writes the new records that wait.
func (w *planWriter) addAll() error {
	added := w.added
	w.added = nil
	return w.tx.AddAll(added)
}

// record writes what a plan changes in one record.
func (w *planWriter) record(rp exchange.RecordPlan) error {
	if rp.New {
		w.add(rp)
		return nil
	}
	changes := map[string]model.Value{}
	for i := range rp.Fields {
		if f := &rp.Fields[i]; changed(f) {
			changes[f.Field] = f.Result()
		}
	}
	if len(changes) == 0 {
		return nil
	}
	if err := w.addAll(); err != nil {
		return err
	}
	if w.res == nil {
		w.res = w.resolver(w.ctx, w.tx)
	}
	return setFields(w.tx, w.tx.Catalog().Ledger(rp.Ledger), rp.ID, changes, w.res)
}

func changed(f *exchange.FieldPlan) bool {
	return f.Outcome == exchange.Take || f.Outcome == exchange.Conflict
}

// add has a record that a plan adds wait, unless it says nothing.
func (w *planWriter) add(rp exchange.RecordPlan) {
	rec := &model.Record{Ledger: rp.Ledger, ID: rp.ID, Area: rp.Area, Values: make(map[string]model.Value, len(rp.Given)+len(rp.Fields))}
	for _, g := range rp.Given {
		rec.Put(g.Field, g.Value)
	}
	says := false
	for i := range rp.Fields {
		if f := &rp.Fields[i]; changed(f) {
			rec.Put(f.Field, f.Result())
			says = says || f.Result().Set
		}
	}
	if !says {
		return
	}
	if rp.Ledger == ledgers.Area {
		rec.Area = rec.ID
	}
	w.added = append(w.added, rec)
}

// claims keeps what the sender said of a record, what this side holds, and what
// is open between them.
func (w *planWriter) claims(rp exchange.RecordPlan) error {
	if w.submission == nil || len(rp.Said) == 0 {
		return nil
	}
	if err := w.addClaim(rp); err != nil {
		return err
	}
	settled := map[string]exchange.Settlement{}
	for _, f := range rp.Fields {
		if f.Outcome != exchange.Held {
			settled[f.Field] = *f.Settled
		}
	}
	return w.settle(target{rp.Ledger, rp.ID}, settled)
}

// settle keeps what settling a record's fields came to, as keepSettled does, in as few
// steps as a whole file of rows asks for.
func (w *planWriter) settle(t target, settled map[string]exchange.Settlement) error {
	line, local, err := w.line(t)
	if err != nil {
		return err
	}
	for key, s := range settled {
		local[key] = s.Local
		if len(s.Open) == 0 && !w.open[conflictID(t, key)] {
			continue
		}
		w.open[conflictID(t, key)] = len(s.Open) > 0
		if err := w.keepConflict(w.ctx, w.tx, t, key, s); err != nil {
			return err
		}
	}
	values, err := json.Marshal(local)
	if err != nil {
		return err
	}
	line.Put("values", model.Text(string(values)))
	if line.Revision > 0 {
		_, err := w.tx.Set(ledgers.Claim, line.ID, map[string]model.Value{"values": line.Get("values")})
		return err
	}
	return nil
}

// line returns this side's line of a record; a new one waits to be written with the
// claims.
func (w *planWriter) line(t target) (*model.Record, map[string]exchange.Local, error) {
	if err := w.knowOpen(); err != nil {
		return nil, nil, err
	}
	local := map[string]exchange.Local{}
	line := w.lines[localID(t)]
	if line == nil {
		hits, err := w.look.claimRecords(t)
		if err != nil {
			return nil, nil, err
		}
		i := slices.IndexFunc(hits, isLine)
		if i < 0 {
			line = newLine(t)
			w.lines[line.ID] = line
			w.said = append(w.said, line)
			return line, local, nil
		}
		line = hits[i]
		w.lines[line.ID] = line
	}
	return line, local, json.Unmarshal([]byte(line.Get("values").Text), &local)
}

// knowOpen reads which conflicts are open.
func (w *planWriter) knowOpen() error {
	if w.open != nil {
		return nil
	}
	w.open, w.lines = map[string]bool{}, map[string]*model.Record{}
	return w.tx.Each(w.ctx, openConflicts(), func(rec *model.Record) error {
		w.open[rec.ID] = true
		return nil
	})
}

func (w *planWriter) addClaim(rp exchange.RecordPlan) error {
	values, err := json.Marshal(rp.Said)
	if err != nil {
		return err
	}
	rec := model.NewRecord(ledgers.Claim, "")
	rec.Area = w.submission.Area
	for key, v := range map[string]model.Value{
		"target_ledger": model.Text(rp.Ledger), "record": model.Text(rp.ID), "submission": model.Text(w.submission.ID),
		"sender": model.Text(w.plan.Sender.Area), "form": model.Text(w.plan.Form), "period": model.Text(string(w.plan.Period)),
		"stated_on": model.OnDay(w.plan.Sender.StatedOn), "modified": formatTime(w.plan.Sender.Modified),
		"issued": formatTime(w.plan.IssuedAt), "file": model.Text(w.plan.File), "values": model.Text(string(values)),
	} {
		rec.Put(key, v)
	}
	w.said = append(w.said, rec)
	return nil
}

// target is a record that senders speak of.
type target struct{ ledger, record string }

// keepSettled stores what settling a record's fields came to: this side's line,
// and the conflicts that are open or no longer so.
func (a *App) keepSettled(ctx context.Context, tx *store.Tx, t target, settled map[string]exchange.Settlement) error {
	_, local, err := claimsOf(ctx, tx, t.ledger, t.record)
	if err != nil {
		return err
	}
	if local == nil {
		local = map[string]exchange.Local{}
	}
	for key, s := range settled {
		local[key] = s.Local
		if err := a.keepConflict(ctx, tx, t, key, s); err != nil {
			return err
		}
	}
	return putLocal(ctx, tx, t.ledger, t.record, local)
}

// localSpace and conflictSpace are the name spaces of ids that follow from the
// record and the field, so that no order of files makes a second.
var (
	localSpace    = uuid.MustParse("4d8a6e0c-9b57-5f21-8c3e-71a0d5b94e62")
	conflictSpace = uuid.MustParse("e2b7c914-05da-5a88-b1f4-3d6c90a27f5e")
)

// putLocal stores this side's line of a record's fields.
func putLocal(ctx context.Context, tx *store.Tx, ledger, record string, local map[string]exchange.Local) error {
	values, err := json.Marshal(local)
	if err != nil {
		return err
	}
	t := target{ledger, record}
	id := localID(t)
	_, err = tx.Get(ctx, ledgers.Claim, id)
	if err == nil {
		_, err = tx.Set(ledgers.Claim, id, map[string]model.Value{"values": model.Text(string(values))})
		return err
	}
	if model.CodeOf(err) != model.CodeNotFound {
		return err
	}
	rec := newLine(t)
	rec.Put("values", model.Text(string(values)))
	return tx.Add(rec)
}

// localID is the id of this side's line of a record.
func localID(t target) string {
	return uuid.NewSHA1(localSpace, []byte(t.ledger+"\x00"+t.record)).String()
}

// newLine begins this side's line of a record.
func newLine(t target) *model.Record {
	rec := model.NewRecord(ledgers.Claim, localID(t))
	rec.Put("target_ledger", model.Text(t.ledger))
	rec.Put("record", model.Text(t.record))
	return rec
}

// conflictID is the id of the conflict on one field, whether it is open or not.
func conflictID(t target, field string) string {
	return uuid.NewSHA1(conflictSpace, []byte(t.ledger+"\x00"+t.record+"\x00"+field)).String()
}

// keepConflict opens, amends or closes the conflict on one field.
func (a *App) keepConflict(ctx context.Context, tx *store.Tx, t target, field string, s exchange.Settlement) error {
	id := conflictID(t, field)
	old, err := tx.Get(ctx, ledgers.Conflict, id)
	exists := err == nil
	if err != nil && model.CodeOf(err) != model.CodeNotFound {
		return err
	}
	if len(s.Open) == 0 {
		if !exists || old.Get("state").Text != ledgers.ConflictOpen {
			return nil
		}
		_, err := tx.Set(ledgers.Conflict, id, map[string]model.Value{"state": model.Text(ledgers.ConflictDecided),
			"reason": model.Text("各方已一致，或镇里已另行修改"), "decided_on": model.OnDay(a.Today())})
		return err
	}
	values, err := a.conflictValues(ctx, tx, t, field, s)
	if err != nil {
		return err
	}
	if exists {
		_, err := tx.Set(ledgers.Conflict, id, values)
		return err
	}
	rec := model.NewRecord(ledgers.Conflict, id)
	for key, v := range values {
		rec.Put(key, v)
	}
	return tx.Add(rec)
}

func (a *App) conflictValues(ctx context.Context, tx *store.Tx, t target, field string, s exchange.Settlement) (map[string]model.Value, error) {
	res := a.resolver(ctx, tx)
	sides := make([]conflictSide, len(s.Open))
	for i, o := range s.Open {
		sides[i] = conflictSide{Value: o.Said.Value, Sender: o.Claim.Sender, Name: res.sender(o.Claim.Sender),
			File: o.Claim.File, At: claimTime(o.Claim)}
	}
	theirs, err := json.Marshal(sides)
	if err != nil {
		return nil, err
	}
	base, err := json.Marshal(s.BaseOf(s.Open[0]))
	if err != nil {
		return nil, err
	}
	ours, err := json.Marshal(s.Result)
	if err != nil {
		return nil, fmt.Errorf("conflict on %s: %w", field, err)
	}
	return map[string]model.Value{
		"target_ledger": model.Text(t.ledger), "record": model.Text(t.record), "field": model.Text(field),
		"base": model.Text(string(base)), "ours": model.Text(string(ours)), "theirs": model.Text(string(theirs)),
		"state": model.Text(ledgers.ConflictOpen), "decision": {}, "reason": {}, "decided_by": {}, "decided_on": {},
	}, res.err
}

// claimTime says when a sender said so: its 填报时间, else the document's own.
func claimTime(c exchange.Claim) string {
	switch {
	case c.StatedOn != "":
		return string(c.StatedOn)
	case !c.Modified.IsZero():
		return c.Modified.Local().Format("2006-01-02 15:04")
	}
	return ""
}

// resettle settles records anew whose claims have changed otherwise than by a
// fresh return: they went with an undo, or turned out to be older. What the
// operation itself wrote on its way is not this side's word.
func (a *App) resettle(ctx context.Context, tx *store.Tx, touched []target) error {
	done, err := entriesOf(ctx, tx)
	if err != nil {
		return err
	}
	for _, t := range touched {
		if err := a.resettleOne(ctx, tx, t, done[t]); err != nil {
			return err
		}
	}
	return nil
}

// entriesOf returns what the operation has done so far, by record.
func entriesOf(ctx context.Context, tx *store.Tx) (map[target][]model.Entry, error) {
	entries, err := tx.Entries(ctx, tx.Op())
	if err != nil {
		return nil, err
	}
	done := map[target][]model.Entry{}
	for _, e := range entries {
		t := target{e.Ledger, e.Record}
		done[t] = append(done[t], e)
	}
	return done, nil
}

func (a *App) resettleOne(ctx context.Context, tx *store.Tx, t target, done []model.Entry) error {
	claims, local, err := claimsOf(ctx, tx, t.ledger, t.record)
	if err != nil {
		return err
	}
	l := tx.Catalog().Ledger(t.ledger)
	rec, err := tx.Get(ctx, t.ledger, t.record)
	switch {
	case l == nil:
		return nil
	case model.CodeOf(err) == model.CodeNotFound:
		if rec = deletedBy(t, done); rec == nil || len(claims) == 0 {
			return nil
		}
		// Another sender's return says the same: the record is not only the one's
		// whose return was undone.
		if err := tx.Add(rec); err != nil {
			return err
		}
	case err != nil:
		return err
	}
	settled := settleAnew(l, rec, local, claims, done)
	changes := map[string]model.Value{}
	for key, s := range settled {
		if !l.Field(key).Same(s.Result, rec.Get(key)) {
			changes[key] = s.Result
		}
	}
	if len(changes) > 0 {
		if err := setFields(tx, l, t.record, changes, a.resolver(ctx, tx)); err != nil {
			return err
		}
	}
	return a.keepSettled(ctx, tx, t, settled)
}

// settleAnew settles the fields this side keeps a line of. A field that the
// operation wrote stands, for this, as the last settling left it.
func settleAnew(l *model.Ledger, rec *model.Record, local map[string]exchange.Local, claims []exchange.Claim, done []model.Entry) map[string]exchange.Settlement {
	settled := map[string]exchange.Settlement{}
	for key, line := range local {
		f := l.Field(key)
		if f == nil {
			continue
		}
		current := rec.Get(key)
		if wrote(done, key) {
			current = line.Written
		}
		settled[key] = exchange.Settle(f, current, &line, claims, nil, f.Required)
	}
	return settled
}

func wrote(done []model.Entry, key string) bool {
	return slices.ContainsFunc(done, func(e model.Entry) bool {
		_, before := e.Before[key]
		_, after := e.After[key]
		return before || after
	})
}

// deletedBy returns the record as it was before the operation deleted it, or nil.
func deletedBy(t target, done []model.Entry) *model.Record {
	for _, e := range done {
		if e.Kind == model.Deleted {
			rec := model.NewRecord(t.ledger, t.record)
			maps.Copy(rec.Values, e.Before)
			rec.Area = rec.Values[model.AreaKey].Text
			delete(rec.Values, model.AreaKey)
			return rec
		}
	}
	return nil
}

// claimsTouched returns the records whose claims the operation has touched.
func claimsTouched(ctx context.Context, tx *store.Tx) ([]target, error) {
	entries, err := tx.Entries(ctx, tx.Op())
	if err != nil {
		return nil, err
	}
	seen := map[target]bool{}
	var out []target
	for _, e := range entries {
		if e.Ledger != ledgers.Claim {
			continue
		}
		values := e.After
		if len(values["record"].Text) == 0 {
			values = e.Before
		}
		t := target{values["target_ledger"].Text, values["record"].Text}
		if t.record != "" && !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	return out, nil
}
