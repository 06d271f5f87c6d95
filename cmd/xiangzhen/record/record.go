// Package record keeps on the PC what a program without a console can tell nobody:
// its log, the traces of a crash, and on which screen it has started well.
package record

import (
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"
)

// The files of a record.
const (
	logName    = "xiangzhen.log"
	oldLogName = "xiangzhen.old.log"
	crashName  = "crash.txt" // of the start under way
	screenName = "screen.txt"
)

// mostLog is the size at which a new log is begun; the one before is kept.
const mostLog = 2 << 20

// Record is a folder with the records of one user's program.
type Record struct {
	dir string
	log *os.File
}

// Open opens the log in a folder, which is made if need be. What anything writes by
// package log, as Fyne does, goes there too.
func Open(dir string) (*Record, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, logName)
	if info, err := os.Stat(path); err == nil && info.Size() > mostLog {
		if err := os.Rename(path, filepath.Join(dir, oldLogName)); err != nil {
			return nil, err
		}
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, err
	}
	// The console last: a program of windows has none, and what follows a writer
	// that fails gets nothing.
	log.SetOutput(io.MultiWriter(file, os.Stderr))
	return &Record{dir: dir, log: file}, nil
}

// Dir is the folder.
func (r *Record) Dir() string { return r.dir }

// Logger writes to the log.
func (r *Record) Logger() *slog.Logger { return slog.New(slog.NewTextHandler(r.log, nil)) }

// WatchCrashes lets the traces of a crash go to a file of their own from now on.
// Note is the file with those of the start before, "" if that did not crash. Only
// the one running program may call it.
func (r *Record) WatchCrashes() (note string, err error) {
	path := filepath.Join(r.dir, crashName)
	if info, err := os.Stat(path); err == nil && info.Size() > 0 {
		note = filepath.Join(r.dir, "崩溃记录 "+info.ModTime().Format("2006-01-02 150405")+".txt")
		if err := os.Rename(path, note); err != nil {
			return "", err
		}
	}
	file, err := os.Create(path)
	if err != nil {
		return note, err
	}
	fmt.Fprintf(r.log, "time=%s msg=start pid=%d\n", time.Now().Format(time.RFC3339), os.Getpid())
	if err := debug.SetCrashOutput(file, debug.CrashOptions{}); err != nil {
		file.Close()
		return note, err
	}
	return note, file.Close() // the runtime has a copy
}

// StartedOn reports whether the last start on a screen of this name went well. The
// answer is used up: unless Started is called again, the next is no.
func (r *Record) StartedOn(screen string) (bool, error) {
	path := filepath.Join(r.dir, screenName)
	data, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return string(data) == screen, os.Remove(path)
}

// Started notes that the window was drawn on a screen of this name.
func (r *Record) Started(screen string) error {
	return os.WriteFile(filepath.Join(r.dir, screenName), []byte(screen), 0o644)
}

// Close ends the record of a program that ends well.
func (r *Record) Close() error {
	if err := debug.SetCrashOutput(nil, debug.CrashOptions{}); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(r.dir, crashName)); err != nil && !os.IsNotExist(err) {
		return err
	}
	log.SetOutput(os.Stderr)
	return r.log.Close()
}
