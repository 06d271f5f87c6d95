package store

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"xiangzhen/model"
)

// Tx is an operation in progress. It reads its own writes. It is used by one
// goroutine, and not after the function it was given to has returned.
type Tx struct {
	view
	store *Store
	ctx   context.Context
	// quiet carries ctx's values without its end: single statements are short and
	// are not interrupted, ctx is looked at between them.
	quiet   context.Context
	op      model.Operation
	by      string // what created_by and changed_by become
	touched map[recordKey]*touch
	kept    map[recordKey]row  // records added, up to maxKept, to spare loading them again
	above   map[recordKey]bool // owners and parents, former ones too, of what was touched
	parents map[recordKey]bool // records of which something changed that their children depend on
	areas   map[string]bool
	aliases map[recordKey]string // loaded on first use
	idle    bool                 // to be kept though it changes nothing: see undo
	closed  bool
}

// recordKey names a record within the file.
type recordKey struct{ ledger, id string }

// touch is what an operation did to one record.
type touch struct {
	n       int64
	added   bool // its words have never been in the search index
	deleted bool
	words   bool // the search index must follow
}

// maxKept bounds the memory that a big import takes: 10,000 rows with what they
// own, some 50 MB.
const maxKept = 20_000

func (s *Store) begin(ctx context.Context, op model.Operation) (*Tx, error) {
	if err := s.writer.trim(); err != nil {
		return nil, err
	}
	if _, err := s.writer.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return nil, err
	}
	tx := &Tx{
		view:  view{ses: s.writer, schema: s.state.Load(), secrets: s.secrets},
		store: s, ctx: ctx, quiet: context.WithoutCancel(ctx),
		op:      model.Operation{Kind: op.Kind, Label: op.Label, Actor: op.Actor, Origin: op.Origin},
		touched: map[recordKey]*touch{}, kept: map[recordKey]row{}, above: map[recordKey]bool{}, parents: map[recordKey]bool{}, areas: map[string]bool{},
	}
	tx.op.At = s.options.Now().Truncate(time.Millisecond)
	tx.by = op.Actor.Person
	if tx.by == "" {
		tx.by = op.Actor.Name
	}
	if err := tx.open(); err != nil {
		tx.rollback()
		return nil, err
	}
	return tx, nil
}

// open writes the operation's row, by which the triggers know it.
func (tx *Tx) open() error {
	a := tx.op.Actor
	res, err := tx.ses.exec(tx.quiet, `INSERT INTO sys_op(kind, label, person, name, unit, level, at, origin, undoes)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)`, tx.op.Kind, tx.op.Label, a.Person, a.Name, a.Unit, string(a.Level),
		tx.op.At.UnixMilli(), tx.op.Origin)
	if err != nil {
		return err
	}
	if tx.op.ID, err = res.LastInsertId(); err != nil {
		return err
	}
	_, err = tx.ses.exec(tx.quiet, "INSERT INTO sys_now(op) VALUES (?)", tx.op.ID)
	return err
}

// rollback undoes everything unless the operation has ended. A transaction that
// SQLite has ended itself (disk full) leaves nothing to roll back.
func (tx *Tx) rollback() {
	if tx.closed {
		return
	}
	tx.closed = true
	_, _ = tx.ses.exec(tx.quiet, "ROLLBACK")
}

// commit brings derived fields and search up to date and ends the operation. One
// that changed nothing is rolled back.
func (tx *Tx) commit() (model.Change, error) {
	if len(tx.touched) == 0 && !tx.idle {
		tx.rollback()
		return model.Change{}, tx.ctx.Err()
	}
	if err := tx.settle(); err != nil {
		return model.Change{}, err
	}
	if err := tx.ctx.Err(); err != nil {
		return model.Change{}, err
	}
	if _, err := tx.ses.exec(tx.quiet, "COMMIT"); err != nil {
		return model.Change{}, err
	}
	tx.closed = true
	tx.store.state.Store(tx.schema)
	if len(tx.touched) >= manyRows {
		tx.ses.tidy(tx.quiet, len(tx.touched))
	}
	return tx.change(), nil
}

// manyRows is the size of an operation after which SQLite should look again at how
// values are distributed.
const manyRows = 2000

// settle does what follows from the writes, within the transaction.
func (tx *Tx) settle() error {
	if err := tx.derive(); err != nil {
		return err
	}
	if err := tx.indexTouched(); err != nil {
		return err
	}
	if _, err := tx.ses.exec(tx.quiet, "DELETE FROM sys_now"); err != nil {
		return err
	}
	_, err := tx.ses.exec(tx.quiet, "UPDATE sys_op SET kind = ?, label = ?, undoes = ?, records = ? WHERE id = ?",
		tx.op.Kind, tx.op.Label, tx.op.Undoes, len(tx.touched), tx.op.ID)
	return err
}

func (tx *Tx) change() model.Change {
	ledgers := map[string]bool{}
	for k := range tx.touched {
		ledgers[k.ledger] = true
	}
	delete(tx.areas, "")
	return model.Change{Op: tx.op.ID, Ledgers: sortedKeys(ledgers), Areas: sortedKeys(tx.areas), Origin: tx.op.Origin}
}

// Op returns the operation's number.
func (tx *Tx) Op() int64 { return tx.op.ID }

// Now returns the one time of the operation.
func (tx *Tx) Now() time.Time { return tx.op.At }

// Note adds to the operation's label what is known only now: 12 条新增.
func (tx *Tx) Note(detail string) { tx.op.Label += "（" + detail + "）" }

// Add writes a new record. It gives it an id if it has none, and sets its
// revision and times; references to records that were merged away are led to
// what those became. CodeExists if the id is taken.
func (tx *Tx) Add(r *model.Record) error {
	t, err := tx.writable(r.Ledger)
	if err != nil {
		return err
	}
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
	r.Revision, r.CreatedAt, r.CreatedBy, r.ChangedAt, r.ChangedBy = 1, tx.op.At, tx.by, tx.op.At, tx.by
	n, err := tx.insert(t, r)
	if err != nil {
		return err
	}
	tx.touch(t, n, nil, r)
	if len(tx.kept) < maxKept {
		tx.kept[recordKey{t.Key, r.ID}] = row{Record: copyRecord(r), n: n}
	}
	return tx.described(t)
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
			if args, err = c.bind(args, r.Values[c.key], tx.secrets); err != nil {
				return 0, err
			}
		}
	}
	res, err := tx.ses.exec(tx.quiet, t.sql.insert, args...)
	if isUnique(err) {
		return 0, model.Wrap(err, model.CodeExists, "编号为“%s”的%s已经有了。", r.ID, t.Label)
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

// writable returns the table unless the operation was cancelled.
func (tx *Tx) writable(ledger string) (*table, error) {
	if err := tx.ctx.Err(); err != nil {
		return nil, err
	}
	return tx.schema.table(ledger)
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
		if args, err = c.bind(args, after.Values[key], tx.secrets); err != nil {
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

// write runs the UPDATE of one row, counting its revision on.
func (tx *Tx) write(t *table, n int64, sets []string, args []any) error {
	args = append(args, tx.op.At.UnixMilli(), tx.by, n)
	_, err := tx.ses.exec(tx.quiet, "UPDATE "+t.sqlName()+" SET "+strings.Join(sets, ", ")+
		", revision = revision + 1, changed_at = ?, changed_by = ? WHERE n = ?", args...)
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

// touch notes what happened to a record: before nil for a new one, after nil for
// one deleted.
func (tx *Tx) touch(t *table, n int64, before, after *model.Record) {
	known := before
	if known == nil {
		known = after
	}
	key := recordKey{t.Key, known.ID}
	e := tx.touched[key]
	if e == nil {
		e = &touch{added: before == nil}
		tx.touched[key] = e
	}
	e.n, e.deleted = n, after == nil
	delete(tx.kept, key)
	e.words = e.words || after != nil && t.wordsDiffer(before, after)
	if t.childrenDepend(before, after) {
		tx.parents[key] = true
	}
	for _, r := range []*model.Record{before, after} {
		if r != nil {
			tx.areas[r.Area] = true
			tx.noteAbove(t, r)
		}
	}
}

func (t *table) wordsDiffer(before, after *model.Record) bool {
	return slices.ContainsFunc(t.searched, func(c *column) bool { return before.Get(c.key) != after.Get(c.key) })
}

// noteAbove remembers the records whose derived fields may depend on r.
func (tx *Tx) noteAbove(t *table, r *model.Record) {
	if t.Parent != "" && t.hasDerived() {
		if id := r.Get(t.Parent).ID; id != "" {
			tx.above[recordKey{t.Key, id}] = true
		}
	}
	owner := t.Owner()
	if owner == nil {
		return
	}
	for _, l := range owner.Ref.Ledgers {
		above := tx.schema.tables[l]
		if id := r.Get(owner.Key).ID; id != "" && above != nil && above.latestFrom(t.Key) {
			tx.above[recordKey{l, id}] = true
		}
	}
}

// indexTouched brings the search index up to date with all that the operation wrote. It
// is done at the end and in one go: a statement with triggers in between would
// make FTS5 write out what it has gathered.
func (tx *Tx) indexTouched() error {
	stale := map[string][]int64{}
	kept := map[string]map[int64]*model.Record{}
	for key, e := range tx.touched {
		t := tx.schema.tables[key.ledger]
		if t == nil || t.System || e.deleted || !e.words {
			continue
		}
		stale[key.ledger] = append(stale[key.ledger], e.n)
		if r, ok := tx.kept[key]; ok {
			if kept[key.ledger] == nil {
				kept[key.ledger] = map[int64]*model.Record{}
			}
			kept[key.ledger][e.n] = r.Record
		}
		if !e.added {
			if err := t.unindex(tx.quiet, tx.ses, e.n); err != nil {
				return err
			}
		}
	}
	for _, ledger := range sortedKeys(stale) {
		slices.Sort(stale[ledger])
		if err := tx.index(tx.quiet, tx.schema.tables[ledger], stale[ledger], kept[ledger]); err != nil {
			return err
		}
	}
	return nil
}

// described follows a change of what the user has described.
func (tx *Tx) described(t *table) error {
	if t.Key != userLedger && t.Key != userField {
		return nil
	}
	return tx.redescribe()
}

func copyRecord(r *model.Record) *model.Record {
	c := *r
	c.Values = maps.Clone(r.Values)
	return &c
}

// loadAliases reads what became of merged records, once an operation.
func (tx *Tx) loadAliases() error {
	if tx.aliases != nil {
		return nil
	}
	var err error
	tx.aliases, err = loadAliases(tx.quiet, tx.ses)
	return err
}

// winner returns what a record has become; its own id if it is still itself.
func (tx *Tx) winner(ledger, id string) string {
	for range maxAliases {
		next, merged := tx.aliases[recordKey{ledger, id}]
		if !merged {
			return id
		}
		id = next
	}
	return id
}
