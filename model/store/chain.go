package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"hash"
)

// The journal is a chain: every operation bears a hash over the operation before
// it, itself and its entries, so that nothing earlier can be changed without every
// later hash being another. An entry takes part by a salted digest. Where values
// were destroyed (期满销毁) the digest stays and the salt goes, so that the chain
// holds and the value cannot be found by trying; what the entry has become takes
// part in the operation that destroyed it.
//
// The chain shows accidents and the unskilled hand. Who has the file and this
// program can make a new chain; hence Verify tells the last hash, which a copy or
// a sheet of paper may keep.

// link hashes one operation.
type link struct{ hash.Hash }

// text adds a text with its length, so that two never run into each other.
func (l link) text(s sql.RawBytes) {
	var size [8]byte
	binary.BigEndian.PutUint64(size[:], uint64(len(s)))
	if s == nil { // NULL is not the empty text
		size[0] = 0xFF
	}
	l.Write(size[:])
	l.Write(s)
}

func (l link) sum() string { return hex.EncodeToString(l.Sum(nil)[:hashBytes]) }

func newLink() link { return link{sha256.New()} }

// chainOp and chainEntry are what the hashes are over, the entry's salt included.
const (
	chainOp    = "kind, label, person, name, unit, level, at, origin, undoes, records"
	chainEntry = "salt, op, ledger, record, area, kind, before, after"
)

// digestOf is the digest of an entry whose columns are chainEntry.
func digestOf(columns []sql.RawBytes) string {
	l := newLink()
	for _, c := range columns {
		l.text(c)
	}
	return l.sum()
}

// opHash computes the hash of an operation from what stands in the file and the
// hash of the one before it.
func opHash(ctx context.Context, ses *session, op int64, before string) (string, error) {
	l := newLink()
	l.text(sql.RawBytes(before))
	columns, dst := rawColumns(10)
	if err := ses.each(ctx, func(r *sql.Rows) error {
		err := r.Scan(dst...)
		for _, c := range columns {
			l.text(c)
		}
		return err
	}, "SELECT "+chainOp+" FROM sys_op WHERE id = ?", op); err != nil {
		return "", err
	}
	if err := eachDigest(ctx, ses, op, func(_ int64, _, digest string) { l.text(sql.RawBytes(digest)) }); err != nil {
		return "", err
	}
	err := ses.each(ctx, func(r *sql.Rows) error {
		var now sql.RawBytes
		err := r.Scan(&now)
		l.text(now)
		return err
	}, "SELECT now FROM sys_destroyed WHERE op = ? ORDER BY n", op)
	return l.sum(), err
}

// eachDigest gives the entries of an operation in their order: the digest of what
// stands there, and the one that counts for the chain.
func eachDigest(ctx context.Context, ses *session, op int64, fn func(n int64, stands, counts string)) error {
	columns, dst := rawColumns(8)
	var n int64
	var was sql.NullString
	dst = append(dst, &n, &was)
	return ses.each(ctx, func(r *sql.Rows) error {
		if err := r.Scan(dst...); err != nil {
			return err
		}
		stands := digestOf(columns)
		counts := stands
		if was.Valid {
			counts = was.String
		}
		fn(n, stands, counts)
		return nil
	}, "SELECT "+chainEntry+", n, (SELECT was FROM sys_destroyed d WHERE d.n = c.n) FROM sys_change c WHERE op = ? ORDER BY n", op)
}

// rawColumns are so many columns to scan without copying, and their destinations.
func rawColumns(n int) (columns []sql.RawBytes, dst []any) {
	columns, dst = make([]sql.RawBytes, n), make([]any, n)
	for i := range columns {
		dst[i] = &columns[i]
	}
	return columns, dst
}

// chain gives the operation its hash, the last thing before the commit.
func (tx *Tx) chain() error {
	before, err := lastHash(tx.quiet, tx.ses, tx.op.ID)
	if err != nil {
		return err
	}
	return setHash(tx.quiet, tx.ses, tx.op.ID, before)
}

// lastHash is the hash of the operation before op; of the first, the ledger's id.
func lastHash(ctx context.Context, ses *session, op int64) (string, error) {
	var h string
	found, err := ses.one(ctx, []any{&h}, "SELECT hash FROM sys_op WHERE id < ? ORDER BY id DESC LIMIT 1", op)
	if err != nil || found {
		return h, err
	}
	return getMeta(ctx, ses, metaID)
}

func setHash(ctx context.Context, ses *session, op int64, before string) error {
	h, err := opHash(ctx, ses, op, before)
	if err == nil {
		_, err = ses.exec(ctx, "UPDATE sys_op SET hash = ? WHERE id = ?", h, op)
	}
	return err
}

// chainFrom gives the operations from a number on their hashes: those that a
// program without the chain wrote, or all after the journal was encoded anew.
func chainFrom(ctx context.Context, ses *session, first int64) error {
	ops, err := ses.numbers(ctx, "SELECT id FROM sys_op WHERE id >= ? ORDER BY id", first)
	if err != nil || len(ops) == 0 {
		return err
	}
	for _, op := range ops {
		before, err := lastHash(ctx, ses, op)
		if err == nil {
			err = setHash(ctx, ses, op, before)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// chainOld chains what a program without the chain has written.
func (s *Store) chainOld(ctx context.Context, ses *session) error {
	first, err := ses.number(ctx, "SELECT coalesce(min(id), 0) FROM sys_op WHERE hash = ''")
	if err != nil || first == 0 {
		return err
	}
	if err := ses.run(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err = chainFrom(ctx, ses, first); err == nil {
		err = ses.run(ctx, "COMMIT")
	}
	if err != nil {
		return rollback(ses, err)
	}
	return nil
}

// followDestroyed notes what the entries that were destroyed have become, once
// they were encoded anew.
func followDestroyed(ctx context.Context, ses *session) error {
	ops, err := ses.numbers(ctx, "SELECT DISTINCT c.op FROM sys_destroyed d JOIN sys_change c ON c.n = d.n")
	if err != nil {
		return err
	}
	now := map[int64]string{}
	for _, op := range ops {
		if err := eachDigest(ctx, ses, op, func(n int64, stands, _ string) { now[n] = stands }); err != nil {
			return err
		}
	}
	for n, digest := range now {
		if _, err := ses.exec(ctx, "UPDATE sys_destroyed SET now = ? WHERE n = ?", digest, n); err != nil {
			return err
		}
	}
	return nil
}
