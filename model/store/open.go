package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"xiangzhen/model"
)

// Create makes a new, empty ledger file at path and opens it. It refuses a path
// where something is already (CodeExists). The file appears whole or not at all.
func Create(ctx context.Context, path string, o Options) (*Store, error) {
	name := filepath.Base(path)
	if _, err := os.Lstat(path); err == nil {
		return nil, model.Errorf(model.CodeExists, "“%s”已经存在。请换一个文件名，或直接打开它。", name)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return nil, model.Errorf(model.CodeNotFound, "文件夹“%s”不存在。请先建好文件夹。", filepath.Dir(path))
	}
	l, err := takeLock(path)
	if err != nil {
		return nil, err
	}
	draft := path + ".new"
	err = errors.Join(removeDatabase(draft), createAt(ctx, draft))
	if err == nil {
		err = rename(draft, path)
	}
	if err != nil {
		return nil, errors.Join(explain(err, name), removeDatabase(draft), l.release())
	}
	s, err := openLocked(ctx, path, o, l, diskOf(filepath.Dir(path)))
	if err != nil {
		return nil, errors.Join(err, removeDatabase(path))
	}
	return s, nil
}

// removeDatabase removes a database file and what SQLite keeps beside it.
func removeDatabase(path string) error {
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// createAt makes the core tables in a new file.
func createAt(ctx context.Context, path string) error {
	db, err := sql.Open("sqlite", writerDSN(path, diskRemovable)) // no log to leave behind
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	err = migrate(ctx, db)
	if err == nil {
		err = newMeta(ctx, db)
	}
	return errors.Join(err, db.Close())
}

// Open opens the ledger file at path. A file that is missing, not ours, newer
// than the program, damaged, read-only or held by another is refused with one
// sentence that says so, and is not touched.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	return openOn(ctx, path, o, diskOf(filepath.Dir(path)))
}

func openOn(ctx context.Context, path string, o Options, disk diskKind) (*Store, error) {
	held, err := isLocked(path)
	if err != nil {
		return nil, model.Wrap(err, model.CodeLocked, "台账“%s”锁不住，可能正被其他程序占用。请关闭其他程序后再试。", filepath.Base(path))
	}
	if held {
		// Whoever holds it has found it sound. Opening the file by other means than
		// SQLite would, on closing, take away the locks this process may have on it.
		if o.ReadOnly {
			return openReadOnly(ctx, path, o, disk)
		}
		return nil, lockedBy(path)
	}
	if err := finishSwap(path); err != nil {
		return nil, model.Wrap(err, model.CodeReadOnly, unfinishedLock, filepath.Base(path))
	}
	if err := probe(path, o.ReadOnly); err != nil {
		return nil, err
	}
	if o.ReadOnly {
		if err := probeTables(ctx, path); err != nil {
			return nil, err
		}
		return openReadOnly(ctx, path, o, disk)
	}
	l, err := takeLock(path)
	if err != nil {
		return nil, err
	}
	if err := probeTables(ctx, path); err != nil {
		return nil, errors.Join(err, l.release())
	}
	if err := sweepDrafts(path); err != nil {
		return nil, errors.Join(model.Wrap(err, model.CodeReadOnly, unfinishedLock, filepath.Base(path)), l.release())
	}
	return openLocked(ctx, path, o, l, disk)
}

const unfinishedLock = "台账“%s”加锁时中断过，没有收好尾。请检查文件夹是否可以写入，再打开一次。"

// probeTables reads a little through SQLite before anything may be written.
func probeTables(ctx context.Context, path string) error {
	name := filepath.Base(path)
	query := url.Values{"mode": {"ro"}}
	if !hasLog(path) {
		query.Set("immutable", "1") // leaves no files beside
	}
	db, err := sql.Open("sqlite", dsn(path, query))
	if err != nil {
		return err
	}
	version, err := probeQueries(ctx, db)
	if err = errors.Join(err, db.Close()); err != nil {
		return explainOpen(err, name)
	}
	if version > schemaVersion {
		return model.Errorf(model.CodeNewer, "台账“%s”是用更新版本的程序建立的。请先升级本程序再打开。", name)
	}
	return nil
}

func probeQueries(ctx context.Context, db *sql.DB) (version int, err error) {
	var n int
	for _, q := range []string{
		"SELECT count(*) FROM sqlite_master",
		"SELECT count(*) FROM sys_meta",
		"SELECT count(*) FROM (SELECT * FROM sys_op ORDER BY id DESC LIMIT 10)",
		"SELECT count(*) FROM (SELECT * FROM sys_change ORDER BY n DESC LIMIT 10)",
	} {
		if err := db.QueryRowContext(ctx, q).Scan(&n); err != nil {
			return 0, err
		}
	}
	err = db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version)
	return version, err
}

// explainOpen takes what SQLite cannot make sense of for damage: the file has our
// mark.
func explainOpen(err error, name string) error {
	err = explain(err, name)
	if model.CodeOf(err) == model.CodeInternal {
		return damaged(err, name)
	}
	return err
}

// openLocked opens for writing a file that is ours to write, and takes over l.
func openLocked(ctx context.Context, path string, o Options, l *lock, disk diskKind) (*Store, error) {
	s := newStore(path, o, disk)
	s.lock = l
	if err := s.connect(ctx); err != nil {
		return nil, errors.Join(s.explain(err), s.Close())
	}
	return s, nil
}

func newStore(path string, o Options, disk diskKind) *Store {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.OneFile && disk == diskLocal {
		disk = diskCarried
	}
	return &Store{
		path: path, options: o, disk: disk,
		writing:     make(chan struct{}, 1),
		subscribers: map[int]func(model.Change){},
	}
}

// connect opens the connections, brings the tables up to date and loads what is
// kept in memory.
func (s *Store) connect(ctx context.Context) error {
	db, err := sql.Open("sqlite", writerDSN(s.path, s.disk))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	s.databases = append(s.databases, db)
	if err := migrate(ctx, db); err != nil {
		return err
	}
	if s.writer, err = newSession(ctx, db); err != nil {
		return err
	}
	if err := s.load(ctx, s.writer); err != nil {
		return err
	}
	if err := s.writer.leaveMerging(ctx); err != nil {
		return err
	}
	if err := s.chainOld(ctx, s.writer); err != nil {
		return err
	}
	state, err := s.update(ctx, s.writer)
	if err != nil {
		return err
	}
	s.state.Store(state)
	s.startTidying()
	s.writing <- struct{}{}
	return s.openReaders(readerDSN(s.path, nil))
}

func (s *Store) openReaders(dsn string) error {
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return err
	}
	s.databases = append(s.databases, db)
	s.readers = &pool{db: db}
	return nil
}

func (s *Store) load(ctx context.Context, ses *session) error {
	m, err := loadMeta(ctx, ses)
	if err != nil {
		return err
	}
	s.meta = m
	s.ring, err = s.unlock(m)
	s.secrets = s.ring.secrets
	return err
}

// openReadOnly opens without the writer's lock. Where not even SQLite's own files
// can be made beside the ledger, nobody writes it, and it is read as it stands.
func openReadOnly(ctx context.Context, path string, o Options, disk diskKind) (*Store, error) {
	s := newStore(path, o, disk)
	err := s.connectReadOnly(ctx, readerDSN(path, nil))
	if model.CodeOf(explain(err, s.name())) == model.CodeReadOnly {
		err = errors.Join(s.Close(), s.connectReadOnly(ctx, readerDSN(path, url.Values{"immutable": {"1"}})))
	}
	if err != nil {
		return nil, errors.Join(s.explain(err), s.Close())
	}
	return s, nil
}

func (s *Store) connectReadOnly(ctx context.Context, dsn string) error {
	if err := s.openReaders(dsn); err != nil {
		return err
	}
	ses, err := s.readers.get(ctx)
	if err != nil {
		return err
	}
	err = s.load(ctx, ses)
	if err == nil {
		var state *schema
		if state, err = s.inspect(ctx, ses); err == nil {
			s.state.Store(state)
		}
	}
	return errors.Join(err, s.readers.put(ses))
}

// Close ends all work with the file and gives up the lock. The last to close
// folds the log into the file.
func (s *Store) Close() error {
	s.stopTidying()
	var errs []error
	if s.readers != nil {
		errs = append(errs, s.readers.close())
	}
	if s.writer != nil {
		errs = append(errs, s.writer.close())
	}
	for i := len(s.databases) - 1; i >= 0; i-- { // readers first
		errs = append(errs, s.databases[i].Close())
	}
	s.databases, s.readers, s.writer = nil, nil, nil
	if s.lock != nil {
		errs = append(errs, s.lock.release())
		s.lock = nil
	}
	return errors.Join(errs...)
}

// dsn is a file URI: blanks, Chinese and question marks in the path are escaped.
func dsn(path string, query url.Values) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive letter
	}
	return "file://" + (&url.URL{Path: path}).EscapedPath() + "?" + query.Encode()
}

// busyMillis is how long SQLite waits for another program's lock.
const busyMillis = 5000

func writerDSN(path string, disk diskKind) string {
	journal := "DELETE"
	if disk.walSafe() {
		journal = "WAL"
	}
	return dsn(path, url.Values{"_pragma": {
		fmt.Sprintf("busy_timeout(%d)", busyMillis), "journal_mode(" + journal + ")", "synchronous(FULL)",
		"cache_size(-65536)", "temp_store(MEMORY)", "journal_size_limit(67108864)",
	}})
}

func readerDSN(path string, more url.Values) string {
	query := url.Values{"mode": {"ro"}, "_pragma": {
		fmt.Sprintf("busy_timeout(%d)", busyMillis), "query_only(1)", "cache_size(-32768)", "temp_store(MEMORY)",
	}}
	for k, v := range more {
		query[k] = v
	}
	return dsn(path, query)
}
