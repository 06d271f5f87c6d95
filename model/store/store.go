package store

import (
	"context"
	"database/sql"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/seal"
)

// Options say what a ledger file is opened with.
type Options struct {
	// Builtin are the built-in ledgers. The user's own fields and ledgers are
	// read from the file and added to them.
	Builtin []*model.Ledger
	// Codec encodes the sensitive values of a ledger without a lock; nil keeps them
	// as they are. A lock brings its own.
	Codec Codec
	// Password opens a ledger that has a lock; a recovery code does too. Key, if it
	// fits, opens it without: see Store.Key.
	Password string
	Key      *seal.Key
	// Now is the one clock; nil means time.Now.
	Now func() time.Time
	// ReadOnly opens beside a writer without taking its lock.
	ReadOnly bool
	// OneFile keeps everything in the one file between operations, at some cost of speed:
	// for a ledger that people copy and carry about.
	OneFile bool
	// Params gives the parameters that derived fields depend on, as of a day.
	// It may be called inside an operation, with its Tx; nil means none.
	Params func(ctx context.Context, r Reader, today model.Day) (model.Params, error)
	// Rules names the version of the derivations; at another version Refresh
	// computes every derived field anew.
	Rules string
}

// Store is an open ledger file. Its methods may be called from any goroutine.
type Store struct {
	path    string
	options Options
	disk    diskKind
	secrets secrets
	ring    keyring
	meta    meta
	lock    *lock // nil when read-only

	state     atomic.Pointer[schema]
	writer    *session      // nil when read-only
	writing   chan struct{} // holds one token: the right to use writer
	readers   *pool
	databases []*sql.DB
	tidier    tidier

	mu          sync.Mutex // guards subscribers and ring.lock
	subscribers map[int]func(model.Change)
	nextID      int
}

// Catalog returns the ledgers in force. It is replaced, never changed, when the
// user adds or hides a field or a ledger.
func (s *Store) Catalog() *model.Catalog { return s.state.Load().catalog }

// Path returns the path the ledger was opened with.
func (s *Store) Path() string { return s.path }

// ID returns the ledger file's own id, given when it was made.
func (s *Store) ID() string { return s.meta.id }

// Warning returns a plain sentence about where the file lies, "" if all is well.
func (s *Store) Warning() string { return s.disk.warning() }

// Hash returns the keyed hash of a sensitive value, by which it can be compared
// without being seen. The key is the file's own and outlives a lock, so that forms
// under way are understood when they come back.
func (s *Store) Hash(plain string) string { return secrets{key: s.ring.forms}.hash(plain) }

// Subscribe has fn called after every committed operation, by the goroutine
// that committed it, until cancel is called.
func (s *Store) Subscribe(fn func(model.Change)) (cancel func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := s.nextID
	s.nextID++
	s.subscribers[id] = fn
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.subscribers, id)
	}
}

func (s *Store) publish(c model.Change) {
	s.mu.Lock()
	ids := make([]int, 0, len(s.subscribers))
	for id := range s.subscribers {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	fns := make([]func(model.Change), len(ids))
	for i, id := range ids {
		fns[i] = s.subscribers[id]
	}
	s.mu.Unlock()
	for _, fn := range fns {
		fn(c)
	}
}

// Do runs fn as one operation: everything it writes through tx happens, or
// nothing does. Only Kind, Label, Actor and Origin of op are used. An operation
// that changed nothing leaves no trace and returns the zero Change. An error or
// a panic of fn, or the end of ctx, rolls back. fn must not call Do.
func (s *Store) Do(ctx context.Context, op model.Operation, fn func(tx *Tx) error) (model.Change, error) {
	change, err := s.operate(ctx, op, fn)
	if err != nil {
		return model.Change{}, s.explain(err)
	}
	if change.Op != 0 {
		s.publish(change)
	}
	return change, nil
}

// operate holds the writer for one operation.
func (s *Store) operate(ctx context.Context, op model.Operation, fn func(tx *Tx) error) (model.Change, error) {
	release, err := s.acquire(ctx)
	if err != nil {
		return model.Change{}, err
	}
	defer release()
	tx, err := s.begin(ctx, op)
	if err != nil {
		return model.Change{}, err
	}
	defer tx.rollback() // does nothing once committed
	if err := fn(tx); err != nil {
		return model.Change{}, err
	}
	return tx.commit()
}

// acquire waits for the right to write.
func (s *Store) acquire(ctx context.Context) (release func(), err error) {
	if s.writer == nil {
		return nil, model.Errorf(model.CodeReadOnly, "台账“%s”是以只读方式打开的，不能修改。", s.name())
	}
	select {
	case <-s.writing:
		return func() { s.writing <- struct{}{} }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
