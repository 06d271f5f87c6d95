package store

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"xiangzhen/model"
)

// Add writes a new record. It gives it an id if it has none, and sets its
// revision and times; references to records that were merged away are led to
// what those became. CodeExists if the id is taken.
func (tx *Tx) Add(r *model.Record) error {
	t, err := tx.writable(r.Ledger)
	if err != nil {
		return err
	}
	if err := tx.admit(t, r); err != nil {
		return err
	}
	n, err := tx.insert(t, r)
	if err != nil {
		return err
	}
	tx.touch(t, n, nil, r)
	tx.keep(t, row{Record: copyRecord(r), n: n})
	return tx.described(t)
}

// keep spares the operation loading a record it has added.
func (tx *Tx) keep(t *table, r row) {
	if len(tx.kept) < maxKept {
		tx.kept[recordKey{t.Key, r.ID}] = r
	}
}

// firstRevision is the revision of a new record.
const firstRevision int64 = 1

// admit checks a new record and gives it its beginnings.
func (tx *Tx) admit(t *table, r *model.Record) error {
	if r.Values == nil {
		r.Values = map[string]model.Value{}
	}
	for key, v := range r.Values {
		led, err := tx.accept(t, key, v)
		switch {
		case err != nil:
			return err
		case !v.Set:
			delete(r.Values, key)
		case led != v:
			r.Values[key] = led
		}
	}
	if err := tx.checkNew(t, r); err != nil {
		return err
	}
	r.Area = tx.winner(areaLedger, r.Area)
	r.Revision, r.CreatedAt, r.CreatedBy, r.ChangedAt, r.ChangedBy = firstRevision, tx.op.At, tx.by, tx.op.At, tx.by
	return nil
}

// checkNew gives the record an id and checks what depends on others.
func (tx *Tx) checkNew(t *table, r *model.Record) error {
	if r.ID == "" {
		id, err := uuid.NewV7()
		if err != nil {
			return err
		}
		r.ID = id.String()
	} else if err := tx.checkGivenID(t, r); err != nil {
		return err
	}
	return tx.checkDescription(t.Key, r, nil)
}

func (tx *Tx) checkGivenID(t *table, r *model.Record) error {
	if err := tx.loadAliases(); err != nil {
		return err
	}
	if tx.winner(t.Key, r.ID) != r.ID {
		return model.Errorf(model.CodeExists, "编号“%s”的%s已并入另一条记录，不能再新增。", r.ID, t.Label)
	}
	if t.Parent == "" || r.Get(t.Parent).ID == "" {
		return nil
	}
	// A record can only be above itself if others point at it before it exists.
	below, err := tx.ses.number(tx.quiet, "SELECT count(*) FROM (SELECT 1 FROM "+t.sqlName()+" WHERE "+quote(t.Parent+"__id")+" = ? LIMIT 1)", r.ID)
	if err != nil || below == 0 {
		return err
	}
	return tx.checkParent(t, r.ID, r.Get(t.Parent).ID)
}

func (tx *Tx) insert(t *table, r *model.Record) (int64, error) {
	args := make([]any, 0, 64)
	args = append(args, tx.place(t, r.ID), r.ID, nullable(r.Area), r.Revision,
		r.CreatedAt.UnixMilli(), r.CreatedBy, r.ChangedAt.UnixMilli(), r.ChangedBy)
	var err error
	for i := range t.columns {
		if c := &t.columns[i]; c.field != nil {
			if args, err = c.bind(args, r.Values[c.key], tx.secrets.of(t.Key, r.ID)); err != nil {
				return 0, err
			}
		}
	}
	res, err := tx.ses.exec(tx.quiet, t.sql.insert, args...)
	if isUnique(err) {
		return 0, errTaken(t, r.ID, err)
	}
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

// place is the n of a record deleted earlier in the same operation, which it keeps
// when it is added again, so that an undo leaves it where it was; otherwise NULL,
// for the next free one.
func (tx *Tx) place(t *table, id string) any {
	if e := tx.touched[recordKey{t.Key, id}]; e != nil && e.deleted {
		return e.n
	}
	return nil
}

func errTaken(t *table, id string, cause error) error {
	return model.Wrap(cause, model.CodeExists, "编号为“%s”的%s已经有了。", id, t.Label)
}

func isUnique(err error) bool {
	var failure *sqlite.Error
	return errors.As(err, &failure) && failure.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE
}

func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// Set changes the given fields of a record and leaves the others; the empty
// value clears. A value that is the same changes nothing; changed tells whether
// any did.
func (tx *Tx) Set(ledger, id string, values map[string]model.Value) (changed bool, err error) {
	t, err := tx.writable(ledger)
	if err != nil {
		return false, err
	}
	before, err := tx.need(t, id)
	if err != nil {
		return false, err
	}
	after := copyRecord(before.Record)
	var keys []string
	for _, key := range sortedKeys(values) {
		v, err := tx.accept(t, key, values[key])
		if err != nil {
			return false, err
		}
		if !t.byKey[key].field.Same(before.Get(key), v) {
			after.Put(key, v)
			keys = append(keys, key)
		}
	}
	if len(keys) == 0 {
		return false, nil
	}
	if slices.Contains(keys, t.Parent) {
		if err := tx.checkParent(t, before.ID, after.Get(t.Parent).ID); err != nil {
			return false, err
		}
	}
	if err := tx.checkDescription(t.Key, after, before.Record); err != nil {
		return false, err
	}
	if err := tx.update(t, before, after, keys); err != nil {
		return false, err
	}
	return true, tx.described(t)
}

// SetArea changes the area a record belongs to.
func (tx *Tx) SetArea(ledger, id, area string) error {
	t, err := tx.writable(ledger)
	if err != nil {
		return err
	}
	before, err := tx.need(t, id)
	if err != nil {
		return err
	}
	if err := tx.loadAliases(); err != nil {
		return err
	}
	area = tx.winner(areaLedger, area)
	if before.Area == area {
		return nil
	}
	after := copyRecord(before.Record)
	after.Area = area
	return tx.update(t, before, after, []string{model.AreaKey})
}

// writable returns the table unless the operation was cancelled or may not write it.
func (tx *Tx) writable(ledger string) (*table, error) {
	if err := tx.ctx.Err(); err != nil {
		return nil, err
	}
	t, err := tx.schema.table(ledger)
	if err == nil && tx.Guard != nil {
		err = tx.Guard(t.Ledger)
	}
	return t, err
}

// need loads a record that must be there.
func (tx *Tx) need(t *table, id string) (row, error) {
	r, found, err := tx.row(tx.quiet, t, id)
	if err == nil && !found {
		err = errNoRecord(t.Ledger, id)
	}
	return r, err
}

// accept checks a value for a stored field and leads a reference to what the
// record it means has become.
func (tx *Tx) accept(t *table, key string, v model.Value) (model.Value, error) {
	c, err := t.stored(key)
	if err != nil {
		return v, err
	}
	if err := fits(c.field, v); err != nil {
		return v, err
	}
	if c.field.Ref == nil || v.ID == "" {
		return v, nil
	}
	if err := tx.loadAliases(); err != nil {
		return v, err
	}
	v.ID = tx.lead(c.field, v.ID)
	return v, nil
}

// lead returns the id of what the record that a reference means has become.
func (tx *Tx) lead(f *model.Field, id string) string {
	for _, l := range f.Ref.Ledgers {
		id = tx.winner(l, id)
	}
	return id
}

// update writes the changed fields of a record, AreaKey among them.
func (tx *Tx) update(t *table, before row, after *model.Record, keys []string) error {
	var sets []string
	var args []any
	for _, key := range keys {
		if key == model.AreaKey {
			sets, args = append(sets, "area = ?"), append(args, nullable(after.Area))
			continue
		}
		c := t.byKey[key]
		for _, name := range quoteAll(c.names()) {
			sets = append(sets, name+" = ?")
		}
		var err error
		if args, err = c.bind(args, after.Values[key], tx.secrets.of(t.Key, after.ID)); err != nil {
			return err
		}
	}
	if err := tx.write(t, before.n, sets, args); err != nil {
		return err
	}
	after.Revision, after.ChangedAt, after.ChangedBy = before.Revision+1, tx.op.At, tx.by
	tx.touch(t, before.n, before.Record, after)
	return nil
}

// write runs the UPDATE of one row, counting its revision on. A row that has the
// values already, because a reference to be put back leads to what it became, stays
// as it is: the journal would not know of it.
func (tx *Tx) write(t *table, n int64, sets []string, args []any) error {
	values := args
	differs := strings.ReplaceAll(strings.Join(sets, " OR "), " = ?", " IS NOT ?")
	args = append(slices.Clip(args), tx.op.At.UnixMilli(), tx.by, n)
	_, err := tx.ses.exec(tx.quiet, "UPDATE "+t.sqlName()+" SET "+strings.Join(sets, ", ")+
		", revision = revision + 1, changed_at = ?, changed_by = ? WHERE n = ? AND ("+differs+")", append(args, values...)...)
	return err
}

// remove deletes one row and what the program keeps beside it.
func (tx *Tx) remove(t *table, r row) error {
	if _, err := tx.ses.exec(tx.quiet, "DELETE FROM "+t.sqlName()+" WHERE n = ?", r.n); err != nil {
		return err
	}
	if t.hasDerived() {
		if _, err := tx.ses.exec(tx.quiet, "DELETE FROM "+t.derivedName()+" WHERE n = ?", r.n); err != nil {
			return err
		}
	}
	if err := t.unindex(tx.quiet, tx.ses, r.n); err != nil {
		return err
	}
	tx.touch(t, r.n, r.Record, nil)
	return nil
}

func copyRecord(r *model.Record) *model.Record {
	c := *r
	c.Values = maps.Clone(r.Values)
	return &c
}
