package store

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// draftSuffixes end the names under which copies are made; sideSuffixes those of
// what SQLite keeps beside a file.
var (
	draftSuffixes = []string{".part", ".relock", restoreSuffix, restoredSuffix}
	sideSuffixes  = []string{"", "-wal", "-shm", "-journal"}
)

// Sweep ends what a power cut interrupted among the copies in a folder whose names
// begin with prefix: a copy that was just changing places with its successor gets
// its name back, one that was open is closed, and half-made copies, which may hold what is by now encrypted
// elsewhere, are overwritten and removed. Where others may be making copies, drafts
// not older than before are left to them; zero takes all.
func Sweep(ctx context.Context, dir, prefix string, before time.Time) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var errs []error
	for _, e := range entries {
		name := e.Name()
		if !strings.HasPrefix(name, prefix) || !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err != nil || !before.IsZero() && info.ModTime().After(before) {
			continue // gone in the meantime, or being made
		}
		errs = append(errs, sweepFile(ctx, filepath.Join(dir, name)))
	}
	return errors.Join(errs...)
}

func sweepFile(ctx context.Context, path string) error {
	if copied, found := strings.CutSuffix(path, oldSuffix); found {
		return finishSwap(copied)
	}
	if isDraft(path) {
		return wipe(path)
	}
	for _, suffix := range []string{"-wal", lockSuffix} {
		if copied, found := strings.CutSuffix(path, suffix); found {
			return closeCopy(ctx, copied)
		}
	}
	return nil
}

// closeCopy folds the log of a copy that was open when the program ended into it,
// unless somebody has it open now.
func closeCopy(ctx context.Context, path string) error {
	l, err := takeLock(path)
	if err != nil {
		return err
	}
	if _, err = os.Stat(path); err == nil {
		err = settleCopy(ctx, path)
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return errors.Join(err, l.release())
}

func isDraft(name string) bool {
	for _, draft := range draftSuffixes {
		for _, side := range sideSuffixes {
			if strings.HasSuffix(name, draft+side) {
				return true
			}
		}
	}
	return false
}

// sweepDrafts removes the drafts that a Relock or a Restore of the ledger at path left.
func sweepDrafts(path string) error {
	return errors.Join(wipe(path+".relock"), wipe(path+".relock.part"), wipe(path+restoreSuffix), wipe(path+restoredSuffix))
}
