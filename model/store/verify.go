package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"xiangzhen/model"
)

// Report is what Verify found in a ledger file.
type Report struct {
	Path       string
	Records    int // of all ledgers, the program's own included
	Operations int
	Compared   int       // records held against the journal
	References int       // from record to record
	Dangling   int       // of these, to records that are not there; not a fault
	Head       string    // the hash of the last operation, which stands for the whole journal
	LastAt     time.Time // of the last operation; zero if there is none
	Problems   []string  // Chinese; empty if the file is sound
	Notes      []string  // what was not checked, and why
}

// Verify reads a whole ledger file, a backup for instance, and checks that SQLite
// finds it sound, that the journal is a chain nobody has changed a link of, and
// that every record is as the journal says. No password is needed. A file that
// cannot be opened at all is an error, as in Open.
func Verify(ctx context.Context, path string) (Report, error) {
	report := Report{Path: path}
	err := withLedger(ctx, path, func(ses *session) error { return report.check(ctx, ses) })
	return report, explainOpen(err, filepath.Base(path))
}

func (r *Report) check(ctx context.Context, ses *session) error {
	if err := ses.run(ctx, "BEGIN"); err != nil {
		return err
	}
	found, err := ses.strings(ctx, "PRAGMA integrity_check(20)")
	if err != nil {
		return err
	}
	if len(found) != 1 || found[0] != "ok" {
		r.Problems = append(r.Problems, fmt.Sprintf("文件内部有 %d 处损坏，请从备份恢复：%s", len(found), strings.Join(found, "; ")))
	}
	counts, err := countTables(ctx, ses)
	if err != nil {
		return err
	}
	r.Records = total(counts)
	var last sql.NullInt64
	if _, err := ses.one(ctx, []any{&r.Operations, &last}, "SELECT count(*), max(at) FROM sys_op"); err != nil {
		return err
	}
	if last.Valid {
		r.LastAt = time.UnixMilli(last.Int64)
	}
	a := &audit{ctx: ctx, ses: ses, report: r}
	for _, check := range []func() error{a.chain, a.undone, a.tables, a.hashes, a.references} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// Restore puts a checked copy of a backup in the place of a ledger, which must not
// be open. The ledger that was there is kept beside it; replaced is its new path,
// "" if there was none.
func Restore(ctx context.Context, from, to string, now time.Time) (report Report, replaced string, err error) {
	report, err = Verify(ctx, from)
	if err != nil {
		return report, "", err
	}
	if len(report.Problems) > 0 {
		return report, "", model.Errorf(model.CodeDamaged, "备份“%s”已损坏，没有恢复。请换一个备份。", filepath.Base(from))
	}
	l, err := takeLock(to)
	if err != nil {
		return report, "", err
	}
	draft := to + restoreSuffix
	err = withLedger(ctx, from, func(ses *session) error {
		counts, _, err := copyCounted(ctx, ses, draft)
		if err == nil {
			_, err = finishCopy(ctx, draft, to+restoredSuffix, counts)
		}
		return err
	})
	if err == nil {
		if replaced, err = setAside(to, BeforeRestore, now); err == nil {
			err = rename(to+restoredSuffix, to)
		}
	}
	if err != nil {
		err = errors.Join(explain(err, filepath.Base(to)), removeDatabase(draft), removeDatabase(to+restoredSuffix))
	}
	return report, replaced, errors.Join(err, l.release())
}

// restoreSuffix marks the copy that is to replace a ledger, restoredSuffix that it is
// whole and checked.
const (
	restoreSuffix  = ".restore"
	restoredSuffix = ".restored"
)

// What follows the name of a ledger that was set aside, before the time.
const (
	BeforeRestore = "恢复前-"
	BeforeSalvage = "损坏-"
)

// setAside renames the ledger at path and what lies beside it, and returns its
// new path.
func setAside(path, what string, now time.Time) (string, error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	ext := filepath.Ext(path)
	aside := strings.TrimSuffix(path, ext) + "-" + what + now.Format(stampLayout) + ext
	if _, err := os.Lstat(aside); err == nil {
		return "", model.Errorf(model.CodeExists, "“%s”已经存在，没有恢复。请稍等一秒再试。", filepath.Base(aside))
	}
	for _, suffix := range []string{"-wal", "-journal", ""} {
		if err := rename(path+suffix, aside+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return aside, nil
}
