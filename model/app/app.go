package app

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/seal"
	"xiangzhen/model/store"
)

// App is an open ledger with a clock and an actor.
type App struct {
	store      *store.Store
	now        func() time.Time
	actor      atomic.Pointer[model.Actor] // changed by the window while its work reads it
	home       *model.Record               // the area the ledger is kept for (本级), nil if none is set
	origin     string
	unfinished string // what an interruption left among the backups, "" if nothing
	views      views
	packWords  packWords
}

// Options say how to open a ledger.
type Options struct {
	Path string
	// Today fixes the day on which the program decides; "" follows Now.
	Today model.Day
	// Now is the machine's clock; nil means time.Now. Nothing else asks for the time.
	Now func() time.Time
	// As names the actor as PERSON[@UNIT]; "" means the ledger's owner.
	As       string
	ReadOnly bool
	// Password opens a ledger that has one; a recovery code does too. Key, of an App
	// that had it open, does so without.
	Password string
	Key      *seal.Key
	// PackPassword opens a file that Pack made, where it is not the ledger's own.
	PackPassword string
	// Origin is kept with each operation to tell its initiator: cli, window, …
	Origin string

	relocking bool // opened to write the backups anew
}

// Create makes a new, empty ledger file and opens it.
func Create(ctx context.Context, o Options) (*App, error) {
	s, err := store.Create(ctx, o.Path, o.storeOptions())
	if err != nil {
		return nil, err
	}
	return start(ctx, s, o)
}

// Open opens a ledger file, brings what depends on the day up to date, and takes
// up the actor. Opening to read does so too where nobody else is writing: a light
// of yesterday is a wrong light.
func Open(ctx context.Context, o Options) (*App, error) {
	s, err := store.Open(ctx, o.Path, o.storeOptions())
	if model.CodeOf(err) == model.CodePassword && !o.ReadOnly {
		new(views).sweepAll(o.Path) // whoever has not the password has no copies to look at
	}
	if err != nil {
		return nil, err
	}
	if o.ReadOnly {
		if s, err = refreshed(ctx, s, o); err != nil {
			return nil, err
		}
	}
	return start(ctx, s, o)
}

// refreshed brings a ledger that was opened to read up to the day: it is opened
// to write for a moment, and to read again. A writer in another program has done
// so already, and a file that cannot be written stays as it is.
func refreshed(ctx context.Context, s *store.Store, o Options) (*store.Store, error) {
	day, err := s.Day(ctx)
	today := model.DayOf(o.clock()())
	if err == nil && day == today {
		return s, nil
	}
	o.Key = s.Key()
	if err := errors.Join(err, s.Close()); err != nil {
		return nil, err
	}
	writing := o
	writing.ReadOnly = false
	w, err := store.Open(ctx, o.Path, writing.storeOptions())
	switch model.CodeOf(err) {
	case "":
		_, err = w.Refresh(ctx, today)
		err = errors.Join(err, w.Close())
	case model.CodeLocked, model.CodeReadOnly:
		err = nil
	}
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, o.Path, o.storeOptions())
}

func start(ctx context.Context, s *store.Store, o Options) (*App, error) {
	a := &App{store: s, now: o.clock(), origin: o.Origin}
	a.actor.Store(new(model.Actor))
	if err := a.settle(ctx, o); err != nil {
		s.Close()
		return nil, err
	}
	if !o.ReadOnly { // a reader may stand beside the program that shows them
		a.views.sweepAll(a.Path())
	}
	return a, nil
}

// settle reads the settings that the rest relies on.
func (a *App) settle(ctx context.Context, o Options) error {
	if !o.ReadOnly {
		if _, err := a.store.Refresh(ctx, a.Today()); err != nil {
			return err
		}
	}
	if err := a.loadHome(ctx); err != nil {
		return err
	}
	if !o.ReadOnly && !o.relocking {
		a.endInterrupted(ctx)
	}
	return a.ActAs(ctx, o.As)
}

func (o Options) storeOptions() store.Options {
	return store.Options{
		Builtin:  ledgers.All(),
		Now:      o.clock(),
		ReadOnly: o.ReadOnly,
		OneFile:  IsCarried(o.Path),
		Params:   params,
		Password: o.Password,
		Key:      o.Key,
	}
}

// clock returns the machine's clock, moved to the fixed day if there is one.
func (o Options) clock() func() time.Time {
	now := o.Now
	if now == nil {
		now = time.Now
	}
	if o.Today == "" {
		return now
	}
	return func() time.Time {
		t, d := now(), o.Today.Time()
		return time.Date(d.Year(), d.Month(), d.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Location())
	}
}

// params reads the parameters in force; the store asks for them whenever it
// computes derived fields.
func params(ctx context.Context, r store.Reader, today model.Day) (model.Params, error) {
	settings, err := settingsOf(ctx, r)
	if err != nil {
		return nil, err
	}
	return rule.Effective(settings, today), nil
}

// Close closes the ledger file, and takes the copies away that were looked at.
func (a *App) Close() error {
	a.views.end()
	return a.store.Close()
}

// Key returns what opens the ledger again without its password, nil if it has none.
func (a *App) Key() *seal.Key { return a.store.Key() }

// Path returns the ledger file's path.
func (a *App) Path() string { return a.store.Path() }

// Warning returns plain sentences about where the ledger lies and about backups that
// still lie unencrypted, or "".
func (a *App) Warning() string { return a.store.Warning() + a.unfinished }

// Catalog returns the ledgers in force, the user's own included.
func (a *App) Catalog() *model.Catalog { return a.store.Catalog() }

// Today returns the day on which the program decides.
func (a *App) Today() model.Day { return model.DayOf(a.now()) }

// Period returns the current month.
func (a *App) Period() model.Month { return a.Today().Month() }

// Actor returns who acts.
func (a *App) Actor() model.Actor { return *a.actor.Load() }

// Home returns the area the ledger is kept for, or nil.
func (a *App) Home() *model.Record { return a.home }

// Subscribe calls fn after every committed operation until cancel is called.
func (a *App) Subscribe(fn func(model.Change)) (cancel func()) { return a.store.Subscribe(fn) }

// do runs one operation. Every write of the program passes here, or through Undo
// and Redo, and is refused to whose role does not allow it.
func (a *App) do(ctx context.Context, kind, label string, fn func(tx *store.Tx) error) (int64, error) {
	if err := a.may(ctx, rightOf(kind)); err != nil {
		return 0, err
	}
	keep, err := a.keepGuard(ctx, kind)
	if err != nil {
		return 0, err
	}
	op := model.Operation{Kind: kind, Label: label, Actor: a.Actor(), Origin: a.origin}
	change, err := a.store.Do(ctx, op, func(tx *store.Tx) error {
		tx.Guard = keep
		return fn(tx)
	})
	return change.Op, err
}
