package store

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/seal"
)

// A ledger with a lock (密码) has sensitive values encoded with a data key that
// stands in sys_meta wrapped by the password and by recovery codes. The keyed
// hashes, by which values are looked up, are made with a key derived from it; the
// file's own hash key, with which forms that are under way were made, stands there
// encoded too.

// sealed is the Codec of a ledger with a lock.
type sealed struct{ cipher *seal.Cipher }

func (c sealed) Encode(at Place, plain string) (string, error) {
	return c.cipher.Seal(at.text(), plain), nil
}

func (c sealed) Decode(at Place, stored string) (string, error) {
	return c.cipher.Open(at.text(), stored)
}

// text names a place in one text; the parts never hold the mark between them.
func (p Place) text() string { return p.Ledger + "\x00" + p.Record + "\x00" + p.Field }

// hashKeyPlace is the place of the file's own hash key.
const hashKeyPlace = "sys_meta\x00" + metaHashKey

// keyring is what opens the values of a file.
type keyring struct {
	key   *seal.Key // nil without a lock
	lock  seal.Lock
	forms []byte // the key of Store.Hash
	secrets
}

// plainKeyring is that of a file without a lock.
func plainKeyring(c Codec, hashKey []byte) keyring {
	return keyring{forms: hashKey, secrets: newSecrets(c, hashKey)}
}

// lockedKeyring is that of a file with a lock.
func lockedKeyring(key *seal.Key, lock seal.Lock, forms []byte) (keyring, error) {
	cipher, err := key.Cipher()
	if err != nil {
		return keyring{}, err
	}
	return keyring{key: key, lock: lock, forms: forms, secrets: newSecrets(sealed{cipher}, key.Derive("hash"))}, nil
}

// unlock makes the keyring of the file, with the key or the password of the options.
func (s *Store) unlock(m meta) (keyring, error) {
	if m.lock == "" {
		key, err := hex.DecodeString(m.hashKey)
		if err == nil && len(key) == 0 {
			err = fault("a ledger without hash key")
		}
		return plainKeyring(s.options.Codec, key), err
	}
	var lock seal.Lock
	if err := json.Unmarshal([]byte(m.lock), &lock); err != nil {
		return keyring{}, damaged(err, s.name())
	}
	if s.options.Key != nil {
		if ring, err := openRing(s.options.Key, lock, m.hashKey); err == nil {
			return ring, nil
		}
	}
	key, err := s.tryPassword(lock, s.options.Password)
	if err != nil {
		return keyring{}, err
	}
	ring, err := openRing(key, lock, m.hashKey)
	if err != nil {
		return keyring{}, damaged(err, s.name())
	}
	return ring, nil
}

func openRing(key *seal.Key, lock seal.Lock, hashKey string) (keyring, error) {
	cipher, err := key.Cipher()
	if err != nil {
		return keyring{}, err
	}
	forms, err := cipher.Open(hashKeyPlace, hashKey)
	if err != nil {
		return keyring{}, err
	}
	return lockedKeyring(key, lock, []byte(forms))
}

// Key returns the data key of a ledger with a lock, nil of one without. It opens
// copies of the ledger and the ledger again, without the password.
func (s *Store) Key() *seal.Key { return s.ring.key }

// Lock returns how the ledger is opened: no slots if it has no lock.
func (s *Store) Lock() seal.Lock {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ring.lock
}

// tries counts wrong passwords in a row. It lies beside the ledger, since a ledger
// may be opened to read only; who takes a copy elsewhere has argon2id before him.
type tries struct {
	Wrong int       `json:"wrong"`
	At    time.Time `json:"at"`
}

func triesPath(ledger string) string { return ledger + ".tries" }

// tryPassword opens the lock with a password, unless too many
// were wrong just now. A try is counted before it is made, so that ending the
// program does not help.
func (s *Store) tryPassword(lock seal.Lock, password string) (*seal.Key, error) {
	if password == "" {
		return nil, model.Errorf(model.CodePassword, "台账“%s”设有密码。请输入密码或恢复码。", s.name())
	}
	before, now := readTries(s.path), s.options.Now()
	if left := before.left(now); left > 0 {
		return nil, model.Errorf(model.CodePassword, "密码已连续输错 %d 次，请过 %d 秒再试。", before.Wrong, int((left+time.Second-1)/time.Second))
	}
	noteTries(s.path, tries{Wrong: before.Wrong + 1, At: now})
	key, _, err := lock.Open(password)
	switch {
	case errors.Is(err, seal.ErrWrong):
		return nil, model.Errorf(model.CodePassword, "密码不对。请检查大小写和输入法；忘了密码可以输入恢复码。")
	case err != nil:
		return nil, err
	}
	return key, removeIfThere(triesPath(s.path))
}

// left is how long to wait still. A clock set back does not lengthen the wait.
func (t tries) left(now time.Time) time.Duration {
	wait := seal.Wait(t.Wrong)
	return min(wait, t.At.Add(wait).Sub(now))
}

// readTries: what cannot be read counts as none.
func readTries(ledger string) tries {
	var t tries
	b, err := os.ReadFile(triesPath(ledger))
	if err != nil || json.Unmarshal(b, &t) != nil {
		return tries{}
	}
	return t
}

// noteTries writes the count; on a disk that cannot be written nobody counts.
func noteTries(ledger string, t tries) {
	if b, err := json.Marshal(t); err == nil {
		_ = os.WriteFile(triesPath(ledger), b, 0o644)
	}
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) && !isReadOnlyFS(err) {
		return err
	}
	return nil
}

// CheckPassword tells whether a password or a recovery code opens the ledger. Wrong
// ones count as they do at opening.
func (s *Store) CheckPassword(password string) error {
	_, err := s.tryPassword(s.Lock(), password)
	return err
}

// Locked reports whether the ledger or backup at path has a lock.
func Locked(ctx context.Context, path string) (locked bool, err error) {
	err = withLedger(ctx, path, func(ses *session) error {
		lock, err := getMeta(ctx, ses, metaLock)
		locked = lock != ""
		return err
	})
	return locked, explainOpen(err, filepath.Base(path))
}

// Rewrap changes how a copy of a ledger is opened, as SetLock does. The key of the
// options must open it.
func Rewrap(ctx context.Context, path string, o Options, lock seal.Lock) error {
	s, err := Open(ctx, path, o)
	if err != nil {
		return err
	}
	return errors.Join(s.SetLock(ctx, lock), s.Close())
}

// SetLock changes how a ledger with a lock is opened: another password, one more
// recovery code. The data key stays, so nothing is encoded anew; the slot that
// went is overwritten in the file.
func (s *Store) SetLock(ctx context.Context, lock seal.Lock) error {
	release, err := s.acquire(ctx)
	if err != nil {
		return err
	}
	defer release()
	if s.ring.key == nil {
		return model.Errorf(model.CodeRefused, "台账“%s”没有设密码。", s.name())
	}
	if err := writeLock(ctx, s.writer, lock); err != nil {
		return s.explain(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ring.lock = lock
	return nil
}

func writeLock(ctx context.Context, ses *session, lock seal.Lock) error {
	text, err := json.Marshal(lock)
	if err != nil {
		return err
	}
	if err := ses.run(ctx, "PRAGMA secure_delete = ON"); err != nil {
		return err
	}
	if err := setMeta(ctx, ses, metaLock, string(text)); err != nil {
		return err
	}
	return ses.run(ctx, "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA secure_delete = OFF")
}
