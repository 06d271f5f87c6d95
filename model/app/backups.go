package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/store"
)

// What the store tells of a file, under the names that pages know it by.
type (
	BackupInfo = store.BackupInfo // a backup that was just made, opened and counted
	FileReport = store.Report     // what Verify found
)

// Backups is what is known of a ledger's backups.
type Backups struct {
	Dir   string // the folder beside the ledger
	Files []BackupFile
	// Second is the folder of the second place, "" if none was chosen; SecondAt the
	// time of the newest proved backup there; SecondGone tells that the folder
	// cannot be reached now: a stick that was pulled out.
	Second     string
	SecondAt   time.Time
	SecondGone bool
	// SecondLate tells that there is no proved backup in a second place, or none
	// of the last seven days (CLERK 25).
	SecondLate bool
}

// BackupFile is one backup.
type BackupFile struct {
	Path   string
	At     time.Time
	Reason string // from its name: 手动, 自动 导入前
	Second bool   // lies in the second place
	Bytes  int64
	// Proved is when the copy was last opened and counted as it is now; zero if it
	// never was. Sound and Records are what came of it.
	Proved  time.Time
	Sound   bool
	Records int
}

// secondDays is for how long a backup in the second place is recent enough.
const secondDays = 7

// book is what the program remembers of backups. It lies among them, so that it
// belongs to the PC and outlives a restore.
type book struct {
	Second string           `json:"second,omitempty"`
	Proofs map[string]proof `json:"proofs,omitempty"` // by path
	// Relocking tells that backups are being written anew with or without a password.
	Relocking bool `json:"relocking,omitempty"`
}

// proof is what was found when a copy was opened; it stands as long as the file
// stays as it was.
type proof struct {
	Bytes    int64     `json:"bytes"`
	Modified time.Time `json:"modified"`
	At       time.Time `json:"at"`
	Records  int       `json:"records"`
	Sound    bool      `json:"sound"`
}

// bookLock guards the book: it is read and written whole.
var bookLock sync.Mutex

func (a *App) bookPath() string { return filepath.Join(a.backupDir(), "备份登记.json") }

// readBook reads the book. One that cannot be understood is begun anew: it only
// holds what can be found out again.
func (a *App) readBook() (book, error) {
	b := book{Proofs: map[string]proof{}}
	data, err := os.ReadFile(a.bookPath())
	if errors.Is(err, fs.ErrNotExist) {
		return b, nil
	}
	if err != nil {
		return b, model.Wrap(err, model.CodeReadOnly, "备份登记“%s”读不出来。请检查备份文件夹。", a.bookPath())
	}
	if json.Unmarshal(data, &b) != nil || b.Proofs == nil {
		return book{Proofs: map[string]proof{}}, nil
	}
	return b, nil
}

// editBook changes the book on disk, all or nothing.
func (a *App) editBook(change func(*book)) error {
	bookLock.Lock()
	defer bookLock.Unlock()
	b, err := a.readBook()
	if err != nil {
		return err
	}
	change(&b)
	for path := range b.Proofs {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && a.isHere(path) {
			delete(b.Proofs, path)
		}
	}
	data, err := json.MarshalIndent(b, "", " ")
	if err == nil {
		err = os.MkdirAll(a.backupDir(), 0o755)
	}
	if err == nil {
		err = os.WriteFile(a.bookPath()+".part", data, 0o644)
	}
	if err == nil {
		err = os.Rename(a.bookPath()+".part", a.bookPath())
	}
	if err != nil {
		return model.Wrap(err, model.CodeReadOnly, "备份登记“%s”写不了。请检查备份文件夹是否可以写入。", a.bookPath())
	}
	return nil
}

// isHere reports whether a file lies in the backup folder beside the ledger: what
// is missing there is gone, while a second place may only be out of reach.
func (a *App) isHere(path string) bool { return filepath.Dir(path) == a.backupDir() }

// prove notes what was found in a copy. Copies elsewhere than in the two places
// are nobody's concern later.
func (a *App) prove(path string, records int, sound bool) error {
	stat, err := os.Stat(path)
	if err != nil {
		return err
	}
	b, err := a.readBook()
	if err != nil || !a.isHere(path) && filepath.Dir(path) != b.Second {
		return err
	}
	return a.editBook(func(b *book) {
		b.Proofs[path] = proof{Bytes: stat.Size(), Modified: stat.ModTime(), At: a.now(), Records: records, Sound: sound}
	})
}

// Backups lists the backups in both places, newest first.
func (a *App) Backups(context.Context) (Backups, error) {
	b, err := a.readBook()
	if err != nil {
		return Backups{}, err
	}
	out := Backups{Dir: a.backupDir(), Second: b.Second}
	if out.Files, err = a.filesIn(out.Dir, b); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Backups{}, model.Wrap(err, model.CodeReadOnly, "备份文件夹“%s”打不开。请检查它的权限。", out.Dir)
	}
	if b.Second != "" {
		there, err := a.filesIn(b.Second, b)
		out.SecondGone = err != nil
		for _, f := range there {
			f.Second = true
			if f.Sound && f.At.After(out.SecondAt) {
				out.SecondAt = f.At
			}
			out.Files = append(out.Files, f)
		}
	}
	out.SecondLate = a.now().Sub(out.SecondAt) > secondDays*24*time.Hour
	slices.SortStableFunc(out.Files, func(x, y BackupFile) int {
		return cmp.Or(y.At.Compare(x.At), cmp.Compare(x.Path, y.Path))
	})
	return out, nil
}

// filesIn lists the backups of this ledger in a folder.
func (a *App) filesIn(dir string, b book) ([]BackupFile, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []BackupFile
	for _, e := range entries {
		stamp, ours := a.stampOf(dir, e.Name())
		if !ours || !e.Type().IsRegular() {
			continue
		}
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		f := BackupFile{Path: filepath.Join(dir, e.Name()), At: info.ModTime(), Bytes: info.Size()}
		f.read(stamp, info.ModTime().Location())
		if p, known := b.Proofs[f.Path]; known && p.Bytes == f.Bytes && p.Modified.Equal(info.ModTime()) {
			f.Proved, f.Sound, f.Records = p.At, p.Sound, p.Records
		}
		out = append(out, f)
	}
	return out, nil
}

// stampOf cuts a backup's name down to its time and reason. In a folder that may
// hold those of other ledgers too, the name begins with this ledger's.
func (a *App) stampOf(dir, name string) (stamp string, ours bool) {
	ext := filepath.Ext(a.Path())
	stamp, ours = strings.CutSuffix(name, ext)
	if ours && dir != a.backupDir() {
		stamp, ours = strings.CutPrefix(stamp, strings.TrimSuffix(filepath.Base(a.Path()), ext)+"-")
	}
	return stamp, ours
}

// backupStamp is how the time stands in the name of a backup.
const backupStamp = "20060102-150405"

// read takes time and reason out of a name.
func (f *BackupFile) read(stamp string, zone *time.Location) {
	if len(stamp) < len(backupStamp) {
		return
	}
	at, err := time.ParseInLocation(backupStamp, stamp[:len(backupStamp)], zone)
	if err != nil {
		return
	}
	f.At, f.Reason = at, strings.ReplaceAll(strings.TrimPrefix(stamp[len(backupStamp):], "-"), "-", " ")
}

// BackupToSecond makes a backup in a second place, any folder on another disk, a
// share or a cloud client's, and remembers the folder. The files on records that are
// not there yet go along; backups beside the ledger share the ledger's own.
func (a *App) BackupToSecond(ctx context.Context, dir string) (BackupInfo, error) {
	dir = filepath.Clean(dir)
	if dir == a.backupDir() || dir == filepath.Dir(a.Path()) {
		return BackupInfo{}, model.Errorf(model.CodeInvalid, "“%s”就在台账旁边，硬盘坏了会一起丢。请选另一块硬盘、U盘或共享文件夹。", dir)
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return BackupInfo{}, model.Errorf(model.CodeNotFound, "文件夹“%s”打不开。请插好U盘或连上共享后再试，或另选一个文件夹。", dir)
	}
	ext := filepath.Ext(a.Path())
	name := strings.TrimSuffix(filepath.Base(a.Path()), ext) + "-" + a.now().Format(backupStamp) + ext
	info, err := a.store.Backup(ctx, filepath.Join(dir, name))
	if err != nil {
		return info, err
	}
	if _, err := a.store.CopyFiles(filepath.Join(dir, filepath.Base(store.EvidenceFolder(a.Path())))); err != nil {
		return info, err
	}
	if err := a.editBook(func(b *book) { b.Second = dir }); err != nil {
		return info, err
	}
	if err := a.prove(info.Path, info.Records, true); err != nil {
		return info, err
	}
	return info, a.keepProgram(dir)
}

// VerifyFile checks a backup, or the open ledger with the files on its records; of a
// backup it is remembered what was found.
func (a *App) VerifyFile(ctx context.Context, path string) (FileReport, error) {
	report, err := store.Verify(ctx, path)
	if err == nil && path == a.Path() {
		err = checkFiles(ctx, a.store, &report)
	}
	if err != nil {
		return report, err
	}
	return report, a.prove(path, report.Records, len(report.Problems) == 0)
}
