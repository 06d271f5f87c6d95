package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/seal"
)

// NewLock is what a ledger is to be locked with.
type NewLock struct {
	Key  *seal.Key
	Lock seal.Lock
}

// Relock encodes the sensitive values of the ledger or backup at path anew, with a
// lock or, if it is nil, without: into a new file that takes the place of the old
// one, which is overwritten and removed. The ledger must not be open; o opens it
// as it is. Whatever happens, either the old file is there or the new one.
func Relock(ctx context.Context, path string, o Options, to *NewLock) error {
	o.ReadOnly = false
	s, err := Open(ctx, path, o)
	if err != nil {
		return err
	}
	draft := path + ".relock"
	err = s.relock(ctx, draft, to)
	l := s.lock
	s.lock = nil // held until the files have changed places
	err = errors.Join(err, s.Close())
	if err == nil {
		err = swap(draft, path)
	}
	if err != nil {
		err = errors.Join(explain(err, filepath.Base(path)), removeDatabase(draft))
	}
	return errors.Join(err, l.release())
}

// relock writes the ledger as it is to be into a new file. What SQLite leaves in
// unused pages of the first copy stays out of the second.
func (s *Store) relock(ctx context.Context, to string, lock *NewLock) error {
	ring, err := s.ringFor(lock)
	if err != nil {
		return err
	}
	first := to + ".part"
	var counts map[string]int
	err = s.snapshot(ctx, func(v *view) (err error) {
		counts, _, err = copyCounted(ctx, v.ses, first)
		return err
	})
	if err == nil {
		err = settleCopy(ctx, first)
	}
	if err == nil {
		err = s.recodeFile(ctx, first, to, ring, lock)
	}
	if err == nil {
		err = s.proveCopy(ctx, to, counts, ring)
	}
	return errors.Join(err, wipe(first))
}

// ringFor is the keyring the file is to have.
func (s *Store) ringFor(lock *NewLock) (keyring, error) {
	if lock == nil {
		return plainKeyring(nil, s.ring.forms), nil
	}
	return lockedKeyring(lock.Key, lock.Lock, s.ring.forms)
}

// recodeFile encodes a copy anew and writes it, packed, to another file.
func (s *Store) recodeFile(ctx context.Context, first, to string, ring keyring, lock *NewLock) error {
	if err := removeDatabase(to); err != nil {
		return err
	}
	return withSession(ctx, writerDSN(first, diskRemovable), func(ses *session) error {
		if err := ses.run(ctx, "BEGIN IMMEDIATE"); err != nil {
			return err
		}
		r := &recoder{ctx: ctx, ses: ses, schema: s.state.Load(), from: s.secrets, to: ring.secrets}
		err := r.run()
		if err == nil {
			err = writeRing(ctx, ses, ring, lock)
		}
		if err == nil {
			err = ses.run(ctx, "COMMIT")
		}
		if err != nil {
			return rollback(ses, err)
		}
		return ses.run(ctx, "VACUUM INTO "+literal(to))
	})
}

// writeRing notes how the file is opened from now on.
func writeRing(ctx context.Context, ses *session, ring keyring, lock *NewLock) error {
	if lock == nil {
		if _, err := ses.exec(ctx, "DELETE FROM sys_meta WHERE key = ?", metaLock); err != nil {
			return err
		}
		return setMeta(ctx, ses, metaHashKey, hex.EncodeToString(ring.forms))
	}
	cipher, err := lock.Key.Cipher()
	if err != nil {
		return err
	}
	text, err := json.Marshal(lock.Lock)
	if err == nil {
		err = setMeta(ctx, ses, metaLock, string(text))
	}
	if err != nil {
		return err
	}
	return setMeta(ctx, ses, metaHashKey, cipher.Seal(hashKeyPlace, string(ring.forms)))
}

// proveCopy checks and counts the new file and reads every value of it.
func (s *Store) proveCopy(ctx context.Context, path string, counts map[string]int, ring keyring) error {
	if _, err := finishCopy(ctx, path, path, counts); err != nil {
		return err
	}
	return withDatabase(ctx, path, func(ses *session) error {
		for _, t := range s.state.Load().all() {
			if err := eachRow(ctx, ses, t, ring.secrets, func(row) error { return nil }, "true"); err != nil {
				return err
			}
		}
		return nil
	})
}

// oldSuffix marks the former file while the new one takes its place.
const oldSuffix = ".relock-old"

// swap puts draft in the place of path and overwrites what was there.
func swap(draft, path string) error {
	if hasLog(path) {
		return fault("%s still has a log", path)
	}
	if err := removeDatabase(path + oldSuffix); err != nil {
		return err
	}
	if err := rename(path, path+oldSuffix); err != nil {
		return err
	}
	if err := rename(draft, path); err != nil {
		return errors.Join(err, rename(path+oldSuffix, path))
	}
	return wipe(path + oldSuffix)
}

// finishSwap ends a swap or a Restore that a power cut interrupted.
func finishSwap(path string) error {
	_, err := os.Stat(path)
	gone := errors.Is(err, fs.ErrNotExist)
	for _, suffix := range []string{oldSuffix, restoredSuffix} {
		if _, err := os.Stat(path + suffix); gone && err == nil {
			return rename(path+suffix, path)
		}
	}
	return wipe(path + oldSuffix)
}

// wipe overwrites a file and removes it. A solid-state disk, a stick or a file
// system that keeps versions may hold the old content all the same.
func wipe(path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil {
		_, err = io.CopyN(f, zeros{}, info.Size())
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close(), removeDatabase(path))
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// recoder encodes the sensitive values of a copy anew: in the tables, in columns
// that no description mentions any more too, and in the journal, whose chain is
// made anew with it.
type recoder struct {
	ctx      context.Context
	ses      *session
	schema   *schema
	from, to secrets
}

func (r *recoder) run() error {
	secret, err := r.secretColumns()
	if err != nil {
		return err
	}
	return withoutTriggers(r.ctx, r.ses, func() error {
		for _, ledger := range sortedKeys(secret) {
			if err := r.table(ledger, secret[ledger]); err != nil {
				return err
			}
		}
		if err := r.journal(secret); err != nil {
			return err
		}
		if err := followDestroyed(r.ctx, r.ses); err != nil {
			return err
		}
		return chainFrom(r.ctx, r.ses, 0)
	})
}

// withoutTriggers takes the triggers away while fn runs and puts them back.
func withoutTriggers(ctx context.Context, ses *session, fn func() error) error {
	var names, texts []string
	err := ses.each(ctx, func(rows *sql.Rows) error {
		var name, text string
		err := rows.Scan(&name, &text)
		names, texts = append(names, name), append(texts, text)
		return err
	}, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := ses.run(ctx, "DROP TRIGGER "+quote(name)); err != nil {
			return err
		}
	}
	if err := fn(); err != nil {
		return err
	}
	for _, text := range texts {
		if err := ses.run(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

// secretColumns finds the columns with sensitive values, by ledger. Of those that
// the user has taken away, the journal knows what they were.
func (r *recoder) secretColumns() (map[string][]*column, error) {
	have, err := loadPhysical(r.ctx, r.ses)
	if err != nil {
		return nil, err
	}
	gone, err := r.describedOnce()
	if err != nil {
		return nil, err
	}
	out := map[string][]*column{}
	for name := range have {
		columns := have.shapes(name)
		if t := r.schema.tables[name]; t != nil {
			columns = slices.Clone(t.columns)
		}
		for i := range columns {
			c := &columns[i]
			if f, known := gone[Place{Ledger: name, Field: c.key}]; c.field == nil && known {
				c.field, c.shape = &f, shapeOf(&f)
			}
			if c.field != nil && c.secret() {
				out[name] = append(out[name], c)
			}
		}
	}
	return out, nil
}

// describedOnce are the fields that users have ever described.
func (r *recoder) describedOnce() (map[Place]model.Field, error) {
	out := map[Place]model.Field{}
	t := r.schema.tables[userField]
	if t == nil {
		return out, nil
	}
	err := r.ses.each(r.ctx, func(rows *sql.Rows) error {
		var text string
		if err := rows.Scan(&text); err != nil {
			return err
		}
		values, err := t.valuesOf(text, r.from)
		if err != nil {
			return err
		}
		rec := &model.Record{Ledger: userField, Values: values}
		if f, err := fieldOf(rec); err == nil {
			out[Place{Ledger: rec.Get("ledger").Text, Field: f.Key}] = f
		}
		return nil
	}, "SELECT after FROM sys_change WHERE ledger = ? AND kind = ?", userField, string(model.Added))
	return out, err
}

// recode encodes one stored value anew and gives all its columns.
func (r *recoder) recode(at Place, c *column, stored string) ([]any, error) {
	plain, err := r.from.codec.Decode(at, stored)
	if err != nil {
		return nil, err
	}
	text, err := r.to.codec.Encode(at, plain)
	out := []any{text}
	if c.shape >= shapeHashed {
		out = append(out, r.to.hash(plain))
	}
	if c.shape == shapeIDHash {
		out = append(out, r.to.hashFirst(plain))
	}
	return out, err
}

// table encodes the rows of one table, some at a time.
func (r *recoder) table(name string, columns []*column) error {
	sets, selected := "", ""
	for i, c := range columns {
		selected += ", " + quote(c.key)
		for j, n := range c.names() {
			if i+j > 0 {
				sets += ", "
			}
			sets += quote(n) + " = ?"
		}
	}
	query := "SELECT n, id" + selected + " FROM " + quote(name) + " WHERE n > ? ORDER BY n LIMIT " + itoa(chunkRows)
	update := "UPDATE " + quote(name) + " SET " + sets + " WHERE n = ?"
	for last := int64(0); ; {
		rows, err := r.values(query, last, 2+len(columns))
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, row := range rows {
			last = asInt(row[0])
			args, err := r.rowArgs(Place{Ledger: name, Record: asString(row[1])}, columns, row[2:])
			if err == nil && args != nil {
				_, err = r.ses.exec(r.ctx, update, append(args, last)...)
			}
			if err != nil {
				return err
			}
		}
	}
}

// rowArgs are the new columns of a row, nil if none has a value.
func (r *recoder) rowArgs(at Place, columns []*column, src []any) ([]any, error) {
	var args []any
	given := false
	for i, c := range columns {
		if src[i] == nil {
			args = append(args, make([]any, len(c.names()))...)
			continue
		}
		at.Field = c.key
		stored, err := r.recode(at, c, asString(src[i]))
		if err != nil {
			return nil, err
		}
		args, given = append(args, stored...), true
	}
	if !given {
		return nil, nil
	}
	return args, r.ctx.Err()
}

// values reads rows whole, so that nothing is open while they are written.
func (r *recoder) values(query string, arg any, width int) ([][]any, error) {
	var out [][]any
	err := r.ses.each(r.ctx, func(rows *sql.Rows) error {
		src, dst := make([]any, width), make([]any, width)
		for i := range src {
			dst[i] = &src[i]
		}
		err := rows.Scan(dst...)
		out = append(out, src)
		return err
	}, query, arg)
	return out, err
}

// journal encodes the entries of the ledgers that have sensitive values.
func (r *recoder) journal(secret map[string][]*column) error {
	const query = "SELECT n, ledger, record, before, after FROM sys_change WHERE n > ? ORDER BY n LIMIT 500"
	for last := int64(0); ; {
		rows, err := r.values(query, last, 5)
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, row := range rows {
			last = asInt(row[0])
			columns := secret[asString(row[1])]
			if len(columns) == 0 {
				continue
			}
			if err := r.entry(last, Place{Ledger: asString(row[1]), Record: asString(row[2])}, columns, row[3:]); err != nil {
				return err
			}
		}
	}
}

func (r *recoder) entry(n int64, at Place, columns []*column, sides []any) error {
	args := make([]any, 0, 3)
	for _, side := range sides {
		text, err := r.side(at, columns, side)
		if err != nil {
			return err
		}
		args = append(args, text)
	}
	_, err := r.ses.exec(r.ctx, "UPDATE sys_change SET before = ?, after = ? WHERE n = ?", append(args, n)...)
	return err
}

// side encodes the journal JSON of one side of an entry; nil stays nil.
func (r *recoder) side(at Place, columns []*column, text any) (any, error) {
	if text == nil {
		return nil, nil
	}
	return rewriteJournal(asString(text), func(key string, stored []any) ([]any, error) {
		i := slices.IndexFunc(columns, func(c *column) bool { return c.key == key })
		if i < 0 || stored[0] == nil {
			return nil, nil
		}
		at.Field = key
		return r.recode(at, columns[i], asString(stored[0]))
	})
}

// rewriteJournal replaces the members of journal JSON for which fn returns columns,
// a first one of nil for no value, and leaves the others to the byte.
func rewriteJournal(text string, fn func(key string, stored []any) ([]any, error)) (string, error) {
	members, err := parseJournal(text)
	if err != nil {
		return "", err
	}
	out := []byte{'{'}
	for _, key := range sortedKeys(members) {
		var stored []any
		if key != jsonRow {
			src, err := columnValues(members[key])
			if err != nil {
				return "", err
			}
			if stored, err = fn(key, src); err != nil {
				return "", err
			}
		}
		raw := members[key]
		if stored != nil && stored[0] != nil {
			out = appendMember(out, key, stored)
			continue
		}
		if stored != nil {
			raw = orNull(nil)
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(append(append(out, '"'), key...), '"', ':'), raw...)
	}
	return string(append(out, '}')), nil
}
