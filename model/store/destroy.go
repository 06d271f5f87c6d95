package store

import (
	"context"
	"crypto/rand"

	"xiangzhen/model"
)

// Destroyed is what stands in place of a sensitive text whose term is over; a
// number or a date is empty.
const Destroyed = "已销毁"

// Destroy overwrites the sensitive values of a record, in its row and in every entry
// of the journal, the present one included (期满销毁). The files on it go too: what a
// photo shows, nobody marks; EraseFiles takes the contents away. The record, what was done to
// it, who did it and when remain, and the chain holds. It cannot be undone: an undo
// finds 已销毁. changed tells whether there was anything to destroy.
func (tx *Tx) Destroy(ledger, id string) (changed bool, err error) {
	t, err := tx.writable(ledger)
	if err != nil {
		return false, err
	}
	before, err := tx.need(t, id)
	if err != nil {
		return false, err
	}
	values := map[string]model.Value{}
	for i := range t.columns {
		c := &t.columns[i]
		if c.field == nil || !c.destroyed() || !before.Get(c.key).Set {
			continue
		}
		if values[c.key] = (model.Value{}); c.isText() {
			values[c.key] = model.Text(Destroyed)
		}
	}
	if err := tx.ses.run(tx.quiet, "PRAGMA secure_delete = ON"); err != nil {
		return false, err
	}
	if changed, err = tx.Set(t.Key, before.ID, values); err != nil {
		return false, err
	}
	n, err := tx.destroyEntries(t, before.ID)
	return changed || n > 0, err
}

// destroyed reports whether a destruction takes the values of the column.
func (c *column) destroyed() bool {
	return c.secret() || c.field != nil && c.field.Kind == model.KindFiles
}

// isText reports whether the value of a field that is destroyed is its text.
func (c *column) isText() bool {
	return !c.field.Kind.Numeric() && c.field.Kind != model.KindDate && c.field.Kind != model.KindRef && c.field.Kind != model.KindFiles
}

// destroyEntries overwrites the values in the journal of a record.
func (tx *Tx) destroyEntries(t *table, id string) (int, error) {
	type entry struct {
		n, op int64
		sides []any
	}
	var todo []entry
	r := &recoder{ctx: tx.quiet, ses: tx.ses}
	rows, err := r.values("SELECT n, op, before, after FROM sys_change WHERE record = ? AND ledger = "+literal(t.Key)+" ORDER BY n", id, 4)
	if err != nil {
		return 0, err
	}
	for _, row := range rows {
		e := entry{n: asInt(row[0]), op: asInt(row[1])}
		differs := false
		for _, side := range row[2:] {
			text, err := tx.destroySide(t, id, side)
			if err != nil {
				return 0, err
			}
			differs = differs || text != side
			e.sides = append(e.sides, text)
		}
		if differs {
			todo = append(todo, e)
		}
	}
	if len(todo) == 0 {
		return 0, nil
	}
	return len(todo), withoutTriggers(tx.quiet, tx.ses, func() error {
		for _, e := range todo {
			if err := tx.destroyEntry(e.n, e.op, e.sides); err != nil {
				return err
			}
		}
		return nil
	})
}

// destroySide overwrites the sensitive members of journal JSON; nil stays nil.
func (tx *Tx) destroySide(t *table, id string, side any) (any, error) {
	if side == nil {
		return nil, nil
	}
	s := tx.secrets.of(t.Key, id)
	return rewriteJournal(asString(side), func(key string, stored []any) ([]any, error) {
		c := t.byKey[key]
		if c == nil || !c.destroyed() || stored[0] == nil {
			return nil, nil
		}
		if !c.isText() {
			return []any{nil}, nil
		}
		return c.bind(nil, model.Text(Destroyed), s)
	})
}

// destroyEntry writes an entry whose values are gone, with another salt, and notes
// the digest it had, by which the chain goes on to hold. An entry of the present
// operation is not in the chain yet.
func (tx *Tx) destroyEntry(n, op int64, sides []any) error {
	was, err := tx.digest(op, n)
	if err != nil {
		return err
	}
	salt := make([]byte, hashBytes)
	if _, err := rand.Read(salt); err != nil {
		return err
	}
	if _, err := tx.ses.exec(tx.quiet, "UPDATE sys_change SET before = ?, after = ?, salt = ? WHERE n = ?", sides[0], sides[1], salt, n); err != nil || op == tx.op.ID {
		return err
	}
	now, err := tx.digest(op, n)
	if err != nil {
		return err
	}
	_, err = tx.ses.exec(tx.quiet, `INSERT INTO sys_destroyed(n, op, was, now) VALUES (?, ?, ?, ?)
ON CONFLICT (n) DO UPDATE SET now = excluded.now`, n, tx.op.ID, was, now)
	return err
}

// digest is that of what stands in one entry.
func (tx *Tx) digest(op, entry int64) (digest string, err error) {
	err = eachDigest(tx.quiet, tx.ses, op, func(n int64, stands, _ string) {
		if n == entry {
			digest = stands
		}
	})
	return digest, err
}

// Scrub writes the file anew and empties the log: in unused parts of pages copies of
// what was overwritten may stand, since SQLite moves rows about.
func (s *Store) Scrub(ctx context.Context) error {
	release, err := s.acquire(ctx)
	if err != nil {
		return err
	}
	defer release()
	return s.explain(s.writer.run(ctx, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)"))
}

// KindDestroy is the kind of an operation that destroys; it cannot be undone.
const KindDestroy = "destroy"

// RecordKey names a record of which values are to be destroyed. Whole has the record
// itself deleted too: it is nothing but those values.
type RecordKey struct {
	Ledger, ID string
	Whole      bool
}

// DestroyAll destroys records, those that are not there left out, and returns of how
// many it did.
func (tx *Tx) DestroyAll(keys []RecordKey) (n int, err error) {
	for _, k := range keys {
		changed, err := tx.Destroy(k.Ledger, k.ID)
		if model.CodeOf(err) == model.CodeNotFound {
			continue
		}
		if err == nil && k.Whole {
			if err = tx.Delete(k.Ledger, k.ID, false); err == nil {
				_, err = tx.destroyEntries(tx.schema.tables[k.Ledger], k.ID)
			}
		}
		if err != nil {
			return n, err
		}
		if changed {
			n++
		}
	}
	return n, nil
}

// DestroyIn destroys records in a copy of the ledger, as far as it has them.
func DestroyIn(ctx context.Context, path string, o Options, op model.Operation, keys []RecordKey) error {
	s, err := Open(ctx, path, o)
	if err != nil {
		return err
	}
	_, err = s.Do(ctx, op, func(tx *Tx) error {
		_, err := tx.DestroyAll(keys)
		return err
	})
	if err == nil {
		err = s.Scrub(ctx)
	}
	if closeErr := s.Close(); err == nil {
		err = closeErr
	}
	return err
}
