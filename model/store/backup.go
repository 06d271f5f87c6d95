package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"modernc.org/sqlite"

	"xiangzhen/model"
)

// BackupInfo describes a backup that was opened and counted.
type BackupInfo struct {
	Path    string
	At      time.Time
	Op      int64 // the last operation in it
	Records int   // of all ledgers, the program's own included
	Bytes   int64
}

// Backup writes a copy of the ledger to a file, which must not exist (CodeExists),
// with SQLite's backup API. The copy is checked and counted against the original
// before it gets its name.
func (s *Store) Backup(ctx context.Context, to string) (BackupInfo, error) {
	if _, err := os.Lstat(to); err == nil {
		return BackupInfo{}, model.Errorf(model.CodeExists, "备份文件“%s”已经存在。请换一个文件名。", filepath.Base(to))
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return BackupInfo{}, model.Wrap(err, model.CodeReadOnly, "备份文件夹“%s”建不了。请换一个可以写入的位置。", filepath.Dir(to))
	}
	draft := to + ".part"
	info := BackupInfo{Path: to, At: s.options.Now()}
	var counts map[string]int
	err := s.snapshot(ctx, func(v *view) (err error) {
		counts, info.Op, err = copyCounted(ctx, v.ses, draft)
		return err
	})
	if err == nil {
		info.Records, err = finishCopy(ctx, draft, to, counts)
	}
	if err != nil {
		return BackupInfo{}, errors.Join(explain(err, filepath.Base(to)), removeDatabase(draft))
	}
	stat, err := os.Stat(to)
	if err == nil {
		info.Bytes = stat.Size()
	}
	return info, err
}

// copyCounted counts what the session's transaction sees and copies it to a new
// database file.
func copyCounted(ctx context.Context, ses *session, to string) (counts map[string]int, op int64, err error) {
	if counts, err = countTables(ctx, ses); err != nil {
		return nil, 0, err
	}
	if op, err = ses.number(ctx, "SELECT coalesce(max(id), 0) FROM sys_op"); err != nil {
		return nil, 0, err
	}
	if err := removeDatabase(to); err != nil {
		return nil, 0, err
	}
	return counts, op, copyDatabase(ctx, ses, to)
}

// copyPages is how many pages are copied before the context is looked at.
const copyPages = 2000

func copyDatabase(ctx context.Context, ses *session, to string) error {
	return ses.conn.Raw(func(driver any) error {
		source, ok := driver.(interface {
			NewBackup(uri string) (*sqlite.Backup, error)
		})
		if !ok {
			return fault("driver %T makes no backups", driver)
		}
		b, err := source.NewBackup(dsn(to, nil))
		if err != nil {
			return err
		}
		for more := true; more && err == nil; {
			if err = ctx.Err(); err == nil {
				more, err = b.Step(copyPages)
			}
		}
		return errors.Join(err, b.Finish())
	})
}

// finishCopy checks a fresh copy against the counts of its original and gives it
// its name.
func finishCopy(ctx context.Context, draft, to string, counts map[string]int) (records int, err error) {
	if err := settleCopy(ctx, draft); err != nil {
		return 0, err
	}
	err = withDatabase(ctx, draft, func(ses *session) error {
		problems, err := ses.strings(ctx, "PRAGMA quick_check(1)")
		if err != nil {
			return err
		}
		got, err := countTables(ctx, ses)
		if err != nil {
			return err
		}
		if len(problems) != 1 || problems[0] != "ok" || !maps.Equal(got, counts) {
			return model.Errorf(model.CodeDamaged, "备份“%s”核对不符，已作废。请检查磁盘后再备份一次。", filepath.Base(to))
		}
		records = total(got)
		return nil
	})
	if err != nil {
		return 0, err
	}
	return records, rename(draft, to)
}

// settleCopy takes the copy out of WAL mode, so that it is one file that can be
// read from anywhere.
func settleCopy(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", dsn(path, url.Values{"_pragma": {"synchronous(FULL)"}}))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "PRAGMA journal_mode = DELETE")
	return errors.Join(err, db.Close())
}

// withLedger reads a ledger file, whether someone has it open or not.
func withLedger(ctx context.Context, path string, fn func(*session) error) error {
	held, err := isLocked(path)
	switch {
	case err != nil:
		return err
	case held:
		return withSession(ctx, readerDSN(path, nil), fn)
	}
	if err := probe(path, true); err != nil {
		return err
	}
	return withDatabase(ctx, path, fn)
}

// withDatabase reads a file that nobody writes.
func withDatabase(ctx context.Context, path string, fn func(*session) error) error {
	query := url.Values{"mode": {"ro"}}
	if !hasLog(path) {
		query.Set("immutable", "1")
	}
	return withSession(ctx, dsn(path, query), fn)
}

func withSession(ctx context.Context, dsn string, fn func(*session) error) error {
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return err
	}
	ses, err := newSession(ctx, db)
	if err == nil {
		err = errors.Join(fn(ses), ses.close())
	}
	return errors.Join(err, db.Close())
}

// countTables counts the records of every ledger.
func countTables(ctx context.Context, ses *session) (map[string]int, error) {
	have, err := loadPhysical(ctx, ses)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for name := range have {
		if strings.Contains(name, "__") {
			continue
		}
		n, err := ses.number(ctx, "SELECT count(*) FROM "+quote(name))
		if err != nil {
			return nil, err
		}
		counts[name] = int(n)
	}
	return counts, nil
}

func total(counts map[string]int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

// automatic marks the names of the backups that BackupIfChanged makes, and that
// it alone removes again.
const automatic = "自动"

const stampLayout = "20060102-150405"

// BackupIfChanged makes a backup in a folder unless nothing was done since the
// last one, and then removes those of its own that are no longer needed (see
// Thin). made tells whether there is a new one.
func (s *Store) BackupIfChanged(ctx context.Context, dir, reason string) (info BackupInfo, made bool, err error) {
	changed, err := s.changedSinceBackup(ctx)
	if err != nil || !changed {
		return BackupInfo{}, false, err
	}
	info, err = s.Backup(ctx, s.freeName(dir, reason))
	if err != nil {
		return BackupInfo{}, false, err
	}
	if err := s.rememberBackup(ctx, info); err != nil {
		return info, true, err
	}
	return info, true, s.thin(dir)
}

// changedSinceBackup compares the last operation with the one in the last backup,
// which must still be where it was put.
func (s *Store) changedSinceBackup(ctx context.Context) (bool, error) {
	return ask(ctx, s, func(v *view) (bool, error) {
		op, err := v.ses.number(ctx, "SELECT coalesce(max(id), 0) FROM sys_op")
		if err != nil {
			return false, err
		}
		known, err := getMeta(ctx, v.ses, metaBackupOp)
		if err != nil {
			return false, err
		}
		path, err := getMeta(ctx, v.ses, metaBackupPath)
		if err != nil || known != strconv.FormatInt(op, 10) {
			return true, err
		}
		_, err = os.Stat(path)
		return err != nil, nil
	})
}

func (s *Store) rememberBackup(ctx context.Context, info BackupInfo) error {
	release, err := s.acquire(ctx)
	if err != nil {
		return err
	}
	defer release()
	err = setMeta(ctx, s.writer, metaBackupOp, strconv.FormatInt(info.Op, 10))
	if err == nil {
		err = setMeta(ctx, s.writer, metaBackupPath, info.Path)
	}
	return s.explain(err)
}

// freeName is the path of a new automatic backup: time, reason, and a number if
// there are several in a second.
func (s *Store) freeName(dir, reason string) string {
	stem := s.options.Now().Format(stampLayout) + "-" + automatic
	if reason = safeName(reason); reason != "" {
		stem += "-" + reason
	}
	ext := filepath.Ext(s.path)
	for i := 1; ; i++ {
		path := filepath.Join(dir, stem+ext)
		if i > 1 {
			path = filepath.Join(dir, fmt.Sprintf("%s-%d%s", stem, i, ext))
		}
		if _, err := os.Lstat(path); err != nil {
			return path
		}
	}
}

// maxReason keeps file names short enough for every disk.
const maxReason = 30

// safeName leaves out what Windows does not allow in a file name.
func safeName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|.`, r) {
			return -1
		}
		return r
	}, s)
	runes := []rune(strings.TrimSpace(s))
	return string(runes[:min(len(runes), maxReason)])
}

// thin removes the automatic backups that Thin does not keep.
func (s *Store) thin(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var names []string
	var times []time.Time
	for _, e := range entries {
		if at, ok := s.stampOf(e); ok {
			names, times = append(names, e.Name()), append(times, at)
		}
	}
	for i, keep := range Thin(times, s.options.Now()) {
		if !keep {
			if err := os.Remove(filepath.Join(dir, names[i])); err != nil {
				return model.Wrap(err, model.CodeReadOnly, "旧备份“%s”删不掉。请检查备份文件夹是否可以写入。", names[i])
			}
		}
	}
	return nil
}

// stampOf reads the time in the name of an automatic backup.
func (s *Store) stampOf(e fs.DirEntry) (time.Time, bool) {
	name := e.Name()
	if !e.Type().IsRegular() || filepath.Ext(name) != filepath.Ext(s.path) || len(name) < len(stampLayout) {
		return time.Time{}, false
	}
	if !strings.HasPrefix(name[len(stampLayout):], "-"+automatic) {
		return time.Time{}, false
	}
	at, err := time.ParseInLocation(stampLayout, name[:len(stampLayout)], s.options.Now().Location())
	return at, err == nil
}

// How long backups are kept: all of two days, then the newest of each day for two
// weeks, of each week for two months, of each month for good.
const (
	keepAll    = 2 * 24 * time.Hour
	keepDaily  = 14 * 24 * time.Hour
	keepWeekly = 61 * 24 * time.Hour
)

// Thin tells which of the backups made at the given times are kept.
func Thin(times []time.Time, now time.Time) []bool {
	newest := map[string]int{} // by the span they stand for
	for i, t := range times {
		span := spanOf(t, now)
		if j, taken := newest[span]; span != "" && (!taken || t.After(times[j])) {
			newest[span] = i
		}
	}
	keep := make([]bool, len(times))
	for i, t := range times {
		span := spanOf(t, now)
		keep[i] = span == "" || newest[span] == i
	}
	return keep
}

// spanOf names the span of which only the newest backup is kept, "" if all are.
func spanOf(t, now time.Time) string {
	switch age := now.Sub(t); {
	case age < keepAll:
		return ""
	case age < keepDaily:
		return t.Format("2006-01-02")
	case age < keepWeekly:
		year, week := t.ISOWeek()
		return fmt.Sprintf("%d week %d", year, week)
	}
	return t.Format("2006-01")
}
