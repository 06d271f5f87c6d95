package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/pack"
	"xiangzhen/model/store"
)

// Backup copies the ledger to a file, opens the copy and counts it. Without a
// path it goes to the backup folder beside the ledger.
func (a *App) Backup(ctx context.Context, to string) (store.BackupInfo, error) {
	if to == "" {
		to = filepath.Join(a.backupDir(), a.now().Format(backupStamp)+"-手动"+filepath.Ext(a.Path()))
	}
	info, err := a.store.Backup(ctx, to)
	if err != nil {
		return info, err
	}
	return info, a.prove(info.Path, info.Records, true)
}

// backupBefore makes a backup before a gesture that changes much, if anything
// changed since the last one.
func (a *App) backupBefore(ctx context.Context, reason string) error {
	info, made, err := a.store.BackupIfChanged(ctx, a.backupDir(), reason)
	if err != nil || !made {
		return err
	}
	return a.prove(info.Path, info.Records, true)
}

func (a *App) backupDir() string { return beside(a.Path(), "备份") }

// beside names a folder next to the ledger file: 甲镇.xzdb → 甲镇-备份.
func beside(ledger, what string) string {
	return strings.TrimSuffix(ledger, filepath.Ext(ledger)) + "-" + what
}

// Restored tells what a restore did.
type Restored struct {
	Records  int
	Replaced string // where the replaced ledger is kept, "" if there was none
	// Unlocked tells that the ledger had a password and the backup has none.
	Unlocked bool
}

// Restore puts a backup, or the ledger of a file that Pack made, in the ledger's place
// after checking it. The ledger that was there is kept beside it under another name.
// Where it can be opened, its users decide who may do so.
func Restore(ctx context.Context, o Options, from string) (Restored, error) {
	locked, err := mayReplace(ctx, o)
	if err != nil {
		return Restored{}, err
	}
	if is, _ := pack.Is(from); is {
		return restorePack(ctx, o, from, locked)
	}
	return restoreFile(ctx, o, from, locked)
}

// restoreFile puts a ledger file in the place of another, which had a lock or not.
func restoreFile(ctx context.Context, o Options, from string, locked bool) (Restored, error) {
	info, replaced, err := store.Restore(ctx, from, o.Path, o.clock()())
	if err != nil {
		return Restored{}, err
	}
	out := Restored{Records: info.Records, Replaced: replaced}
	now, err := store.Locked(ctx, o.Path)
	out.Unlocked = locked && !now
	return out, err
}

// FilesReport tells what became of the files on records.
type FilesReport = store.FilesReport

// BringFiles takes the files that the records name and that are not beside the ledger
// from where it was restored from: the folders of files beside the backup, as the
// second place has them, or beside the backup's folder. The report names those that
// are nowhere.
func (a *App) BringFiles(ctx context.Context, from string) (FilesReport, error) {
	dir := filepath.Dir(from)
	return a.store.BringFiles(ctx, slices.Concat(evidenceIn(dir), evidenceIn(filepath.Dir(dir)))...)
}

// LostFiles is the error of a restore after which files are nowhere, with the first of
// them by name; nil if none is lost.
func LostFiles(r FilesReport) error {
	n := len(r.Bad)
	if n == 0 {
		return nil
	}
	var named []string
	for _, f := range r.Bad[:min(n, 3)] {
		named = append(named, badFile(f))
	}
	more := ""
	if n > len(named) {
		more = "等，用“核对”可以看到全部"
	}
	return model.Errorf(model.CodeNotFound, "台账已恢复，但有 %d 个附件没有找回：%s%s。把原来的“佐证”文件夹或备份用的U盘接上，从那里再恢复一次即可带回。", n, strings.Join(named, "、"), more)
}

// badFile names a file that is missing or changed, and the record it is on.
func badFile(f store.BadFile) string {
	return f.Ledger.Label + quoted(f.Ledger, f.Ledger.Name(f.Record)) + "的附件“" + f.Name + "”"
}

// evidenceIn lists the folders of files in a folder. What they hold goes by its
// content, so that those of other ledgers do no harm.
func evidenceIn(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil // out of reach: its files are named as missing
	}
	var out []string
	for _, e := range entries {
		if name := e.Name(); e.IsDir() && strings.HasSuffix(name, store.EvidenceFolder("")) {
			out = append(out, filepath.Join(dir, name))
		}
	}
	return out
}

// mayReplace asks the ledger that is to be replaced whether the actor may, and
// whether it has a password. One that is missing or damaged has nothing to say.
func mayReplace(ctx context.Context, o Options) (locked bool, err error) {
	o.ReadOnly = true
	a, err := Open(ctx, o)
	switch model.CodeOf(err) {
	case "":
	case model.CodePassword, model.CodeLocked:
		return false, err
	default:
		return false, nil
	}
	err = a.may(ctx, RightManage)
	return a.store.Key() != nil, errors.Join(err, a.Close())
}

// Verify checks a ledger file: the database, the chain of the journal, every record
// against the journal, and what is computed from the records. The last needs the
// ledger open for writing; where another program has it, or it has a password and
// none is given, that is left out and noted.
func Verify(ctx context.Context, o Options) (FileReport, error) {
	report, err := store.Verify(ctx, o.Path)
	if err != nil || len(report.Problems) > 0 {
		return report, err
	}
	o.ReadOnly = false
	s, err := store.Open(ctx, o.Path, o.storeOptions())
	if err != nil {
		report.Notes = append(report.Notes, "附件和推算的项目没有核对："+model.Sentence(err))
		return report, nil
	}
	wrong, err := s.CheckDerived(ctx)
	if wrong > 0 {
		report.Problems = append(report.Problems, fmt.Sprintf("有 %d 条记录推算的项目与现有内容不符，重新打开台账会重算", wrong))
	}
	return report, errors.Join(err, checkFiles(ctx, s, &report), s.Close())
}

// checkFiles adds to a report what became of the files on the ledger's records.
func checkFiles(ctx context.Context, s *store.Store, report *FileReport) error {
	files, err := s.CheckFiles(ctx)
	for _, f := range files.Bad {
		report.Problems = append(report.Problems, badFile(f)+"："+f.Why)
	}
	if files.Kept+files.Unused > 0 {
		report.Notes = append(report.Notes, fmt.Sprintf("附件 %d 个，内容与登记一致；另有 %d 个现在没有记录用到，照样保留（撤销、历史还要用）", files.Kept, files.Unused))
	}
	return err
}

// Salvaged tells what was saved out of a damaged ledger.
type Salvaged = store.Salvaged

// Salvage moves a damaged ledger aside, unchanged, and puts in its place what can
// be read of it. A ledger that is sound is refused.
func Salvage(ctx context.Context, o Options) (Salvaged, error) {
	report, err := store.Verify(ctx, o.Path)
	switch code := model.CodeOf(err); {
	case err == nil && len(report.Problems) == 0:
		return Salvaged{}, model.Errorf(model.CodeRefused, "台账“%s”没有损坏，不用抢救。", filepath.Base(o.Path))
	case err != nil && code != model.CodeDamaged:
		return Salvaged{}, err
	}
	return store.Salvage(ctx, o.Path, o.storeOptions())
}
