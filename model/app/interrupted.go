package app

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/store"
)

// draftAge is how old a half-made backup in the second place must be before it is
// taken for left behind: another PC may be making one there.
const draftAge = 24 * time.Hour

// endInterrupted ends what a power cut or a pulled-out stick interrupted among the
// backups: half-made ones go, and those that were to be written anew for a password
// are. What cannot be done now is tried again at the next start, and never keeps
// the ledger from opening; backups that still lie there unencrypted are warned of.
// Half-made ones that cannot be swept away do no harm but take room.
func (a *App) endInterrupted(ctx context.Context) {
	b, err := a.readBook()
	if err != nil {
		return
	}
	_ = store.Sweep(ctx, a.backupDir(), "", time.Time{})
	stem := strings.TrimSuffix(filepath.Base(a.Path()), filepath.Ext(a.Path())) + "-"
	for _, aside := range []string{store.BeforeRestore, store.BeforeSalvage} {
		_ = store.Sweep(ctx, filepath.Dir(a.Path()), stem+aside, time.Time{})
	}
	if b.Second != "" {
		_ = store.Sweep(ctx, b.Second, stem, a.now().Add(-draftAge))
	}
	if b.Relocking {
		a.unfinished = a.endRelock(ctx)
	}
}

// endRelock writes the backups anew that SetLock did not get to. Those that keep a
// lock the ledger no longer has open with the former password, and stay as they are.
// It says which are left, "" if none is.
func (a *App) endRelock(ctx context.Context) string {
	if a.store.Key() == nil {
		if err := a.editBook(func(b *book) { b.Relocking = false }); err != nil {
			return model.Sentence(err)
		}
		return ""
	}
	before := Options{Now: a.now}.storeOptions()
	done, err := a.relockCopies(ctx, before, &store.NewLock{Key: a.store.Key(), Lock: a.store.Lock()})
	switch {
	case err != nil:
		return "设密码以前的备份还没有全部加密：" + model.Sentence(err)
	case done.left > 0:
		return fmt.Sprintf("设密码以前的备份还有 %d 处没有加密：%s", done.left, done.Beyond[0])
	}
	return ""
}
