package app

import (
	"context"
	"path/filepath"
	"strings"

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
}

// Restore puts a backup in the ledger's place after checking it. The ledger that
// was there is kept beside it under another name.
func Restore(ctx context.Context, o Options, from string) (Restored, error) {
	info, replaced, err := store.Restore(ctx, from, o.Path, o.clock()())
	return Restored{info.Records, replaced}, err
}

// Verify checks a ledger file: the database, the journal and the references.
func Verify(ctx context.Context, path string) (store.Report, error) { return store.Verify(ctx, path) }
