package app

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/seal"
	"xiangzhen/model/store"
)

// LockState tells how the open ledger is opened.
type LockState struct {
	Locked bool
	Since  time.Time // of the password
	Codes  []RecoveryCode
}

// RecoveryCode is a printed code that opens the ledger in place of the password.
type RecoveryCode struct {
	Keeper string // who keeps it: 党政办主任
	Made   time.Time
}

// LockState tells whether the ledger has a password, and which recovery codes.
func (a *App) LockState() LockState {
	out := LockState{Locked: a.store.Key() != nil}
	for _, s := range a.store.Lock().Slots {
		switch s.Kind {
		case seal.Password:
			out.Since = s.Made
		case seal.Recovery:
			out.Codes = append(out.Codes, RecoveryCode{s.Label, s.Made})
		}
	}
	return out
}

// DefaultKeeper keeps the first recovery code (CLERK 25).
const DefaultKeeper = "党政办主任"

// LockDone tells what setting or removing a password did.
type LockDone struct {
	Code   string   // the recovery code: to be printed now, it is shown nowhere again
	Copies []string // backups rewritten
	Beyond []string // what the program cannot reach, one sentence each

	left int // known copies that could not be reached
}

// SetLock sets a password: the ledger, which must not be open, and its known
// backups are written anew with every sensitive value encrypted. Afterwards the
// ledger opens with the password or the recovery code.
func SetLock(ctx context.Context, o Options, password string) (LockDone, error) {
	if err := checkPassword(password); err != nil {
		return LockDone{}, err
	}
	key, err := seal.NewKey()
	if err != nil {
		return LockDone{}, err
	}
	lock := seal.Lock{}
	if lock, err = withSlot(lock, key, seal.Password, password, "", o.clock()()); err != nil {
		return LockDone{}, err
	}
	code, err := seal.NewCode()
	if err == nil {
		lock, err = withSlot(lock, key, seal.Recovery, code, DefaultKeeper, o.clock()())
	}
	if err != nil {
		return LockDone{}, err
	}
	done, err := relock(ctx, o, &store.NewLock{Key: key, Lock: lock})
	done.Code = code
	return done, err
}

// RemoveLock takes the password away: the ledger and its known backups are written
// anew without encryption. The password of the options must open the ledger.
func RemoveLock(ctx context.Context, o Options) (LockDone, error) {
	o.Key = nil // who takes the lock away knows the password
	return relock(ctx, o, nil)
}

func checkPassword(password string) error {
	if !seal.Fit(password) {
		return model.Errorf(model.CodeInvalid, "密码至少要 %d 个字。可以用一句记得住的话，中文也行。", seal.MinPassword)
	}
	return nil
}

func withSlot(l seal.Lock, key *seal.Key, kind seal.Kind, secret, keeper string, now time.Time) (seal.Lock, error) {
	slot, err := seal.Wrap(key, kind, secret, keeper, lockCost, now)
	return l.With(slot), err
}

// lockCost is what one try of a password costs; tests make it cheap.
var lockCost = seal.DefaultCost

// relock writes the ledger and its backups anew.
func relock(ctx context.Context, o Options, to *store.NewLock) (LockDone, error) {
	key, err := mayRelock(ctx, o, to)
	if err != nil {
		return LockDone{}, err
	}
	if key != nil { // before the key is gone
		if err := store.ResealFiles(store.EvidenceFolder(o.Path), key, false); err != nil {
			return LockDone{}, err
		}
	}
	before := o.storeOptions()
	before.Key = key
	if err := store.Relock(ctx, o.Path, before, to); err != nil {
		return LockDone{}, err
	}
	after := o
	after.ReadOnly, after.Password, after.Key, after.relocking = false, "", nil, true
	if to != nil {
		after.Key = to.Key
	}
	a, err := Open(ctx, after)
	if err != nil {
		return LockDone{}, err
	}
	done, err := a.relockCopies(ctx, before, to)
	return done, errors.Join(err, a.Close())
}

// mayRelock opens the ledger as it is, tells whether its lock may be changed so, and
// notes that this begins: see endRelock.
func mayRelock(ctx context.Context, o Options, to *store.NewLock) (*seal.Key, error) {
	o.ReadOnly = false
	a, err := Open(ctx, o)
	if err != nil {
		return nil, err
	}
	key := a.store.Key()
	err = a.may(ctx, RightManage)
	switch {
	case err != nil:
	case to != nil && key != nil:
		err = model.Errorf(model.CodeRefused, "台账已经设有密码。要换密码请用“更换密码”。")
	case to == nil && key == nil:
		err = model.Errorf(model.CodeRefused, "台账没有设密码。")
	default:
		err = a.editBook(func(b *book) { b.Relocking = true })
	}
	return key, errors.Join(err, a.Close())
}

// relockCopies writes the known copies of the ledger anew: backups in both places,
// and ledgers that a restore or a salvage set aside.
func (a *App) relockCopies(ctx context.Context, before store.Options, to *store.NewLock) (LockDone, error) {
	all, err := a.Backups(ctx)
	if err != nil {
		return LockDone{}, err
	}
	done := LockDone{}
	files, err := a.setAside()
	if err != nil {
		return done, err
	}
	for _, f := range all.Files {
		files = append(files, f.Path)
	}
	key := before.Key
	if to != nil {
		key = to.Key
	}
	for _, sentence := range a.resealFiles(all, key, to != nil) {
		done.Beyond = append(done.Beyond, sentence)
		done.left++
	}
	for _, path := range files {
		if err := a.relockCopy(ctx, path, before, to); err != nil {
			done.Beyond = append(done.Beyond, fmt.Sprintf("“%s”没有改写，请自行处理：%s", path, model.Sentence(err)))
			done.left++
			continue
		}
		done.Copies = append(done.Copies, path)
	}
	if all.SecondGone {
		done.Beyond = append(done.Beyond, fmt.Sprintf("第二备份位置“%s”现在连不上，那里的备份还是原样。接上后再打开台账就会改写。", all.Second))
		done.left++
	}
	done.Beyond = append(done.Beyond,
		"自己另存的备份、导出和收发的表格、微信和邮件里发过的文件，程序管不到，请自行清理。",
		"固态硬盘和 U 盘可能还留有旧数据，送修、报废前请整盘清除。")
	return done, a.editBook(func(b *book) { b.Relocking = to != nil && done.left > 0 })
}

// relockCopy writes one copy anew and notes that it was proved. One that has a lock
// already, or none, as wanted, is left alone.
func (a *App) relockCopy(ctx context.Context, path string, before store.Options, to *store.NewLock) error {
	has, err := store.Locked(ctx, path)
	if err != nil || has == (to != nil) {
		return err
	}
	if err := store.Relock(ctx, path, before, to); err != nil {
		return err
	}
	report, err := store.Verify(ctx, path)
	if err != nil {
		return err
	}
	return a.prove(path, report.Records, len(report.Problems) == 0)
}

// setAside lists the ledgers that a restore or a salvage left beside this one.
func (a *App) setAside() ([]string, error) {
	ext := filepath.Ext(a.Path())
	all, err := filepath.Glob(filepath.Join(escapeGlob(filepath.Dir(a.Path())), "*"+ext))
	var out []string
	for _, path := range all {
		rest, ours := strings.CutPrefix(filepath.Base(path), strings.TrimSuffix(filepath.Base(a.Path()), ext)+"-")
		if ours && (strings.HasPrefix(rest, store.BeforeRestore) || strings.HasPrefix(rest, store.BeforeSalvage)) {
			out = append(out, path)
		}
	}
	return out, err
}

// escapeGlob takes a folder's name for itself, whatever marks it holds.
func escapeGlob(dir string) string {
	return strings.NewReplacer("[", "[[]", "*", "[*]", "?", "[?]").Replace(dir)
}

// ChangePassword changes the password of the open ledger and of its known backups.
// present is the password or a recovery code. What the ledger holds is not written
// anew: who had the former password and a copy made with it can read that copy.
func (a *App) ChangePassword(ctx context.Context, present, next string) (LockDone, error) {
	if err := checkPassword(next); err != nil {
		return LockDone{}, err
	}
	return a.changeLock(ctx, present, func(l seal.Lock) (seal.Lock, error) {
		return withSlot(l, a.store.Key(), seal.Password, next, "", a.now())
	})
}

// AddRecoveryCode makes a recovery code for a person; one that the person had
// before opens nothing any more.
func (a *App) AddRecoveryCode(ctx context.Context, present, keeper string) (LockDone, error) {
	keeper = strings.TrimSpace(keeper)
	if keeper == "" {
		return LockDone{}, model.Errorf(model.CodeInvalid, "请写明恢复码由谁保管。")
	}
	code, err := seal.NewCode()
	if err != nil {
		return LockDone{}, err
	}
	done, err := a.changeLock(ctx, present, func(l seal.Lock) (seal.Lock, error) {
		return withSlot(l, a.store.Key(), seal.Recovery, code, keeper, a.now())
	})
	done.Code = code
	return done, err
}

func (a *App) changeLock(ctx context.Context, present string, change func(seal.Lock) (seal.Lock, error)) (LockDone, error) {
	if err := a.may(ctx, RightManage); err != nil {
		return LockDone{}, err
	}
	if err := a.checkPresent(present); err != nil {
		return LockDone{}, err
	}
	lock, err := change(a.store.Lock())
	if err == nil {
		err = a.store.SetLock(ctx, lock)
	}
	if err != nil {
		return LockDone{}, err
	}
	return a.rewrapCopies(ctx, lock)
}

// checkPresent asks for the password again: the program may stand open.
func (a *App) checkPresent(present string) error {
	if a.store.Key() == nil {
		return model.Errorf(model.CodeRefused, "台账没有设密码。")
	}
	return a.store.CheckPassword(present)
}

// CheckPassword tells whether a password or a recovery code is right, counting
// wrong ones: the window asks it to end its automatic lock.
func (a *App) CheckPassword(password string) error { return a.checkPresent(password) }

// rewrapCopies has the known backups open as the ledger does.
func (a *App) rewrapCopies(ctx context.Context, lock seal.Lock) (LockDone, error) {
	all, err := a.Backups(ctx)
	if err != nil {
		return LockDone{}, err
	}
	done := LockDone{}
	o := Options{Now: a.now, Key: a.store.Key()}.storeOptions()
	for _, f := range all.Files {
		err := store.Rewrap(ctx, f.Path, o, lock)
		if err == nil {
			err = a.prove(f.Path, f.Records, f.Sound)
		}
		if err != nil {
			done.Beyond = append(done.Beyond, fmt.Sprintf("“%s”仍用原来的密码：%s", f.Path, model.Sentence(err)))
			continue
		}
		done.Copies = append(done.Copies, f.Path)
	}
	if all.SecondGone {
		done.Beyond = append(done.Beyond, fmt.Sprintf("第二备份位置“%s”现在连不上，那里的备份仍用原来的密码。", all.Second))
	}
	return done, nil
}
