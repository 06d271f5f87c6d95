package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/pack"
	"xiangzhen/model/rule"
)

// A folder into which WeChat or a stick puts what the villages send is watched (收表文件夹,
// CLERK 7): new tables in it stand on 今日. Nothing is taken in unasked.

// InboxFile is a table in the folder that was not taken in yet.
type InboxFile struct {
	Path string
	At   time.Time
}

// Inbox is what waits in the folder.
type Inbox struct {
	Folder string // "" = none is watched
	Files  []InboxFile
	Gone   bool // the folder cannot be reached now
}

// tableExts are how the names of what may be a table end; what is in the file decides
// when it is read.
var tableExts = []string{".xlsx", ".xlsm", ".xls", ".et", ".csv", ".docx", ".zip", pack.Ext}

// Inbox lists the tables in the watched folder and below it that were not taken in as
// they are now, the newest first.
func (a *App) Inbox(ctx context.Context) (Inbox, error) {
	folder, err := a.Setting(ctx, rule.UnitInbox)
	if err != nil || folder == "" {
		return Inbox{}, err
	}
	out := Inbox{Folder: folder}
	taken := a.readTaken()
	err = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		name := d.Name()
		switch {
		case d.IsDir() && strings.HasPrefix(name, ".") && path != folder:
			return fs.SkipDir
		case d.IsDir() || strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".") || !slices.Contains(tableExts, strings.ToLower(filepath.Ext(name))):
			return nil
		}
		info, err := d.Info()
		if err == nil && taken[path] != stateOf(info) {
			out.Files = append(out.Files, InboxFile{path, info.ModTime()})
		}
		return err
	})
	if ctx.Err() != nil {
		return Inbox{}, ctx.Err()
	}
	if err != nil {
		return Inbox{Folder: folder, Gone: true}, nil // a stick pulled out, a share that is off
	}
	slices.SortStableFunc(out.Files, func(x, y InboxFile) int { return cmp.Or(y.At.Compare(x.At), strings.Compare(x.Path, y.Path)) })
	return out, nil
}

// WatchInbox watches another folder, "" for none.
func (a *App) WatchInbox(ctx context.Context, folder string) (Done, error) {
	if folder != "" {
		whole, err := filepath.Abs(folder)
		if err != nil {
			return Done{}, err
		}
		if info, err := os.Stat(whole); err != nil || !info.IsDir() {
			return Done{}, model.Errorf(model.CodeNotFound, "文件夹“%s”打不开。请检查它是否还在。", whole)
		}
		folder = whole
	}
	return a.SetSetting(ctx, rule.UnitInbox, folder)
}

// waits reports whether a file was refused for what may be otherwise the next time,
// though the file stays as it is.
func (r FileResult) waits() bool {
	code := model.CodeOf(r.Err)
	return code == model.CodeLocked || code == model.CodePassword
}

// stateOf is how a file is told from itself as it was before.
func stateOf(info fs.FileInfo) string {
	return fmt.Sprintf("%d %d", info.Size(), info.ModTime().UnixMilli())
}

// takenPath is where it is kept which files were taken in: beside the ledger, because
// paths belong to the PC.
func (a *App) takenPath() string {
	return filepath.Join(beside(a.Path(), "备份"), "收表文件夹.json")
}

// readTaken returns the states of the files that were taken in, by path. One that
// cannot be read is begun anew: the files are then listed once more.
func (a *App) readTaken() map[string]string {
	out := map[string]string{}
	if b, err := os.ReadFile(a.takenPath()); err == nil && json.Unmarshal(b, &out) != nil {
		return map[string]string{}
	}
	return out
}

// noteTaken notes which files of the watched folder were taken in, or shown to be of no
// use. What another program had open, or a password that was not given kept shut, is
// still to be taken in.
func (a *App) noteTaken(ctx context.Context, paths []string, results []FileResult) error {
	folder, err := a.Setting(ctx, rule.UnitInbox)
	if err != nil || folder == "" {
		return err
	}
	files, err := listFiles(paths)
	if err != nil {
		return err
	}
	taken, changed := a.readTaken(), false
	for _, path := range files {
		whole, err := filepath.Abs(path)
		if err != nil {
			return err
		}
		if rel, err := filepath.Rel(folder, whole); err != nil || !filepath.IsLocal(rel) || slices.ContainsFunc(results, func(r FileResult) bool { return r.File == path && r.waits() }) {
			continue
		}
		if info, err := os.Stat(whole); err == nil {
			taken[whole], changed = stateOf(info), true
		}
	}
	if !changed {
		return nil
	}
	b, err := json.MarshalIndent(taken, "", " ")
	if err == nil {
		err = os.MkdirAll(filepath.Dir(a.takenPath()), 0o755)
	}
	if err == nil {
		err = os.WriteFile(a.takenPath(), b, 0o644)
	}
	return model.Wrap(err, model.CodeReadOnly, "收表文件夹的登记“%s”写不了。表已经收好，只是下次还会提醒。", a.takenPath())
}
