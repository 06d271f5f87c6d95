package app

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/store"
)

// Comparison is what differs between a backup and the present ledger. Nothing was
// changed by comparing.
type Comparison struct {
	Path   string
	Report store.Report // of the backup
	// Ledgers that differ, in the order of the catalog; those that the program
	// itself fills are counted together in System.
	Ledgers []Difference
	System  Difference
	// Since is how many operations were done after the last one in the backup: what
	// a restore would lose.
	Since int
}

// Same reports whether a restore would change nothing that people fill.
func (c Comparison) Same() bool { return len(c.Ledgers) == 0 }

// Difference counts the records of a ledger by where they are.
type Difference struct {
	Key, Label string
	Then, Now  int // records in the backup, and at present
	OnlyThen   int // a restore brings them back
	OnlyNow    int // a restore loses them
	Changed    int // a restore puts their earlier values back
}

func (d Difference) differs() bool { return d.OnlyThen+d.OnlyNow+d.Changed > 0 }

func (d *Difference) add(e Difference) {
	d.Then, d.Now = d.Then+e.Then, d.Now+e.Now
	d.OnlyThen, d.OnlyNow, d.Changed = d.OnlyThen+e.OnlyThen, d.OnlyNow+e.OnlyNow, d.Changed+e.Changed
}

// CompareBackup opens a copy of a backup beside the present ledger and counts,
// ledger by ledger, what a restore would change. A damaged backup is refused.
func (a *App) CompareBackup(ctx context.Context, path string) (c Comparison, err error) {
	c.Path = path
	if c.Report, err = a.VerifyFile(ctx, path); err != nil {
		return c, err
	}
	if len(c.Report.Problems) > 0 {
		return c, model.Errorf(model.CodeDamaged, "备份“%s”已损坏，不能用来恢复。请换一个备份。", filepath.Base(path))
	}
	since, err := a.store.FindOperations(ctx, store.OperationQuery{From: c.Report.LastAt.Add(time.Millisecond), Limit: 1})
	if err != nil {
		return c, err
	}
	c.Since = since.Total
	return c, a.withBackup(ctx, path, func(then *store.Store) error { return c.compare(ctx, then, a.store) })
}

// compare counts the differences of every ledger that either side knows.
func (c *Comparison) compare(ctx context.Context, then, now *store.Store) error {
	for _, l := range unionOf(now.Catalog(), then.Catalog()) {
		d, err := differenceOf(ctx, l, then, now)
		switch {
		case err != nil:
			return err
		case l.System:
			c.System.add(d)
		case d.differs():
			c.Ledgers = append(c.Ledgers, d)
		}
	}
	return nil
}

// unionOf lists the ledgers of two catalogs, those of the first one first.
func unionOf(first, second *model.Catalog) []*model.Ledger {
	out := first.All()
	for _, l := range second.All() {
		if first.Ledger(l.Key) == nil {
			out = append(out, l)
		}
	}
	return out
}

// sum is the digest of what a record says; its revision and times play no part.
type sum [sha256.Size]byte

func differenceOf(ctx context.Context, l *model.Ledger, then, now *store.Store) (Difference, error) {
	d := Difference{Key: l.Key, Label: l.Label}
	before := map[string]sum{}
	err := eachSum(ctx, then, l.Key, func(id string, s sum) { before[id] = s })
	if err != nil {
		return d, err
	}
	d.Then = len(before)
	err = eachSum(ctx, now, l.Key, func(id string, s sum) {
		d.Now++
		was, known := before[id]
		switch {
		case !known:
			d.OnlyNow++
		case was != s:
			d.Changed++
		}
	})
	d.OnlyThen = d.Then - (d.Now - d.OnlyNow)
	return d, err
}

// eachSum digests every record of a ledger; a store that lacks it has none.
func eachSum(ctx context.Context, s *store.Store, ledger string, fn func(id string, s sum)) error {
	if s.Catalog().Ledger(ledger) == nil {
		return nil
	}
	return s.Each(ctx, model.Query{Ledger: ledger}, func(r *model.Record) error {
		said, err := json.Marshal(struct {
			Area   string
			Values map[string]model.Value
		}{r.Area, r.Values})
		fn(r.ID, sha256.Sum256(said))
		return err
	})
}

// withBackup opens a copy of a backup, which an older program may have made: the
// copy is brought up to date, the backup itself stays as it is.
func (a *App) withBackup(ctx context.Context, path string, fn func(*store.Store) error) (err error) {
	dir, err := os.MkdirTemp("", "xiangzhen-")
	if err != nil {
		return model.Wrap(err, model.CodeReadOnly, "临时文件夹建不了，没有比较。请检查磁盘空间。")
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	draft := filepath.Join(dir, filepath.Base(path))
	if err := copyLedger(path, draft); err != nil {
		return model.Wrap(err, model.CodeReadOnly, "备份“%s”复制不了，没有比较。请检查磁盘空间。", filepath.Base(path))
	}
	s, err := store.Open(ctx, draft, store.Options{Builtin: ledgers.All(), Now: a.now, Params: params, Key: a.store.Key()})
	if err != nil {
		return err
	}
	return errors.Join(fn(s), s.Close())
}

// copyLedger copies a ledger file and its log, if it has one.
func copyLedger(from, to string) error {
	for _, suffix := range []string{"", "-wal"} {
		err := copyFile(from+suffix, to+suffix)
		if err != nil && (suffix == "" || !errors.Is(err, fs.ErrNotExist)) {
			return err
		}
	}
	return nil
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
