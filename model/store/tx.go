package store

import (
	"context"
	"time"

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
	torn    error // why the operation cannot be committed, whatever its function says
	// Guard, if not nil, may refuse that records of a ledger are written.
	Guard func(l *model.Ledger) error
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
	if err := s.writer.keepJournal(ctx, s.state.Load()); err != nil {
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
	if tx.torn != nil {
		return model.Change{}, tx.torn
	}
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
	if err := tx.end(); err != nil {
		return model.Change{}, err
	}
	tx.closed = true
	tx.store.state.Store(tx.schema)
	tx.store.tidyAfter(len(tx.touched))
	return tx.change(), nil
}

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
	if err != nil {
		return err
	}
	return tx.chain()
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
