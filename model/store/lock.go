package store

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"xiangzhen/model"
)

// lock is the writer's hold on a ledger file: an OS lock on a file beside it,
// which ends with the process whatever happens, and in it who holds it.
type lock struct{ file *flock.Flock }

const lockSuffix = ".lock"

func lockPath(ledger string) string { return ledger + lockSuffix }

// lockTries bounds the race with a holder that removes the lock file just as it
// is being opened.
const lockTries = 10

// takeLock locks the ledger at path, or says who holds it.
func takeLock(path string) (*lock, error) {
	name := filepath.Base(path)
	for range lockTries {
		f := flock.New(lockPath(path), flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(0o644))
		held, err := f.TryLock()
		switch {
		case errors.Is(err, fs.ErrPermission), err != nil && isReadOnlyFS(err):
			return nil, readOnlyFolder(err, path)
		case err != nil:
			return nil, model.Wrap(err, model.CodeLocked, "台账“%s”锁不住，可能正被其他程序占用。请关闭其他程序后再试。", name)
		case !held:
			return nil, lockedBy(path)
		}
		l := &lock{file: f}
		if l.current() {
			if err := l.sign(); err != nil {
				return nil, errors.Join(err, l.release())
			}
			return l, nil
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
	}
	return nil, lockedBy(path)
}

// current reports whether the file locked is still the one at its path.
func (l *lock) current() bool {
	mine, err := l.file.Stat()
	if err != nil {
		return false
	}
	there, err := os.Stat(l.file.Path())
	return err == nil && os.SameFile(mine, there)
}

// signOffset skips the byte that is locked: Windows lets no other handle read or
// write it.
const (
	signOffset = 1
	signSize   = 256
)

// sign writes who holds the lock, padded over what an earlier holder left.
func (l *lock) sign() error {
	host, err := os.Hostname()
	if err != nil {
		host = "未知电脑"
	}
	f, err := os.OpenFile(l.file.Path(), os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(fmt.Appendf(nil, "%-*s", signSize, fmt.Sprintf("\n%s\n%d\n", host, os.Getpid())), signOffset)
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// holder reads what sign wrote; ok is false if nobody did.
func holder(path string) (host, pid string, ok bool) {
	f, err := os.Open(lockPath(path))
	if err != nil {
		return "", "", false
	}
	defer f.Close()
	b := make([]byte, 2*signSize)
	n, err := f.ReadAt(b, signOffset)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", "", false
	}
	lines := strings.Fields(string(b[:n]))
	if len(lines) != 2 {
		return "", "", false
	}
	return lines[0], lines[1], true
}

// release removes the lock file and gives up the lock. Where an open file can be
// removed it goes first, so that nobody locks a file about to vanish; elsewhere
// afterwards, which fails, as it should, once another program has opened it.
func (l *lock) release() error {
	removed := os.Remove(l.file.Path()) == nil
	err := l.file.Close()
	if !removed && err == nil {
		// A lock file that stays behind harms nobody: it is not locked.
		_ = os.Remove(l.file.Path())
	}
	return err
}

// lockedBy says who holds the ledger at path.
func lockedBy(path string) error {
	who := "另一个程序"
	if host, pid, ok := holder(path); ok {
		who = fmt.Sprintf("电脑“%s”上的另一个窗口（进程 %s）", host, pid)
	}
	return model.Errorf(model.CodeLocked, "台账“%s”正被%s打开。请先关闭那个窗口，或以只读方式查看。", filepath.Base(path), who)
}

// isLocked reports whether someone holds the ledger for writing.
func isLocked(path string) (bool, error) {
	if _, err := os.Stat(lockPath(path)); err != nil {
		return false, nil // no lock file, no holder
	}
	f := flock.New(lockPath(path), flock.SetFlag(os.O_RDONLY))
	free, err := f.TryRLock()
	if err != nil {
		return false, err
	}
	return !free, f.Close()
}

func readOnlyFolder(cause error, path string) error {
	return model.Wrap(cause, model.CodeReadOnly,
		"台账“%s”所在的文件夹是只读的，不能写入。请把台账复制到可以写入的文件夹再打开。", filepath.Base(path))
}
