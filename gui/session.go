package gui

import (
	"context"
	"runtime/debug"
	"slices"
	"time"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/rule"
)

// session is an open ledger with the pages made so far.
type session struct {
	app   *app.App
	pages map[page.Name]page.Page
	front page.Route
	month model.Month // that pages show, as chosen in the top bar
	stop  func()      // ends the subscription
	heads *task.Latest
	users []app.UserInfo // of the ledger, as read last
	// keeping says whose the ledgers are, as read last.
	keeping map[string]app.Keeping
	// carried is the entry by which the ledger is a 下村包, nil if it is none.
	carried *model.Record
}

// entrance is one way by which a ledger comes to be open.
type entrance struct {
	options app.Options
	get     func(context.Context, app.Options) (*app.App, error)
	// damaged is told of a ledger that is; nil shows the sentence alone.
	damaged func(error)
	then    func() // once it is open; may be nil
}

// openLedger opens a ledger file in place of the present one.
func (w *Window) openLedger(path string) {
	o := w.params.Options
	o.Path = path
	w.enter(entrance{options: o, get: app.Open, damaged: func(err error) { w.offerSalvage(o, err) }})
}

// enter shows the ledger that an entrance opens. The present one is closed first,
// because it may be the same file; if that fails, the first start says so.
func (w *Window) enter(e entrance) {
	w.parting(func() {
		w.closeSession()
		w.show(kit.NewEmpty(look.IconLedger, "正在打开台账…", "第一次打开较大的台账会久一些。"))
		w.attempt(e, func(err error) { w.notOpened(e, err) })
	})
}

// attempt opens the ledger, or hands the error to failed.
func (w *Window) attempt(e entrance, failed func(error)) {
	var a *app.App
	w.presenter.Long(task.Long{
		Title: "打开台账",
		Work: func(ctx context.Context, _ *task.Progress) (err error) {
			a, err = e.get(ctx, e.options)
			return err
		},
		Done: func(err error) {
			if err != nil {
				failed(err)
				return
			}
			w.startSession(a)
			if e.then != nil {
				e.then()
			}
		},
	})
}

// notOpened asks for the password that is missing, offers what can be done about a
// damaged ledger, and says all else over the first start.
func (w *Window) notOpened(e entrance, err error) {
	if model.CodeOf(err) == model.CodePassword {
		w.askPassword(e, err)
		return
	}
	w.firstStart()
	if model.CodeOf(err) == model.CodeDamaged && e.damaged != nil {
		e.damaged(err)
		return
	}
	w.presenter.Error(err)
}

// startSession shows the first page of a ledger.
func (w *Window) startSession(a *app.App) {
	s := &session{app: a, month: a.Period(), pages: map[page.Name]page.Page{}, heads: task.NewLatest(w.params.Runner)}
	s.stop = a.Subscribe(func(c model.Change) {
		// Operations end wherever they ran: the window hears of them on its own
		// goroutine.
		w.params.Runner.Go(context.Background(), nil, nothing, func(error) { w.changed(s, c.Ledgers) })
	})
	w.session = s
	w.desk = w.newDesk()
	w.desk.Presenter = whileOpen{w.presenter, func() bool { return w.session == s }}
	w.memory.used(a.Path())
	w.setTitle(a.Path())
	w.rail.set(railLines(a.Today(), nil, everything))
	w.top.setOpen(true, false)
	w.showPlace()
	w.win.Content().Refresh()
	w.refreshHeads()
	if words := a.Warning(); words != "" {
		w.toaster.Say(kit.Toast{Text: words})
	}
	w.open(page.Route{Page: page.Today})
	w.takeGiven()
	w.params.Runner.After(settled, w.tidy)
}

// settled is when a ledger that was just opened has shown what it has.
const settled = 2 * time.Second

// tidy gives back to the system what opening took.
func (w *Window) tidy() {
	w.params.Runner.Go(context.Background(), nil, func(context.Context, *task.Progress) error {
		debug.FreeOSMemory()
		return nil
	}, func(error) {})
}

// nothing is work that only waits for its turn.
func nothing(context.Context, *task.Progress) error { return nil }

// whileOpen keeps to itself what goes wrong with a ledger that was closed in the
// meantime: work that was still reading it fails, and nobody waits for it.
type whileOpen struct {
	task.Presenter
	open func() bool
}

// Error shows an error of the open ledger.
func (p whileOpen) Error(err error) {
	if p.open() {
		p.Presenter.Error(err)
	}
}

// closeSession closes the ledger, if one is open.
func (w *Window) closeSession() {
	s := w.session
	if s == nil {
		return
	}
	w.session = nil
	s.stop()
	s.heads.Stop()
	if err := s.app.Close(); err != nil {
		w.presenter.Error(err)
	}
	w.rail.set(nil)
	w.top.setOpen(false, false)
	w.top.setUser("")
	w.status.setLeft("")
	w.status.setRight("")
	w.setTitle("")
}

// changed tells every page made so far what an operation touched.
func (w *Window) changed(s *session, keys []string) {
	if w.session != s {
		return
	}
	for _, e := range allPages() {
		if p := s.pages[e.name]; p != nil {
			p.Changed(keys)
		}
	}
	w.refreshHeads()
}

// open goes to a place in the program.
func (w *Window) open(r page.Route) {
	s := w.session
	if s == nil {
		return
	}
	r = behind(r)
	p := s.page(w, r.Page)
	if p == nil {
		return
	}
	if r.Page != s.front.Page {
		w.toaster.Dismiss() // what was done elsewhere must not lie over this page
	}
	s.front = r
	w.rail.choose(entryOf(r))
	w.status.setLeft("")
	w.showKeeping()
	w.show(p.Content())
	p.Show(r)
}

// page returns a page, made on its first use; nil for a name without an entry.
func (s *session) page(w *Window, n page.Name) page.Page {
	if p := s.pages[n]; p != nil {
		return p
	}
	all := allPages()
	i := slices.IndexFunc(all, func(e entry) bool { return e.name == n })
	if i < 0 {
		return nil
	}
	p := all[i].make(w, s.app)
	s.pages[n] = p
	if follows, ok := p.(page.Periodic); ok {
		follows.SetPeriod(s.month)
	}
	return p
}

// heads is what stands around the pages and changes with every operation.
type heads struct {
	undo, redo *model.Operation
	agenda     app.Agenda
	demo       bool
	backups    app.Backups
	params     model.Params
	setting    string // 我管哪几摊
	users      []app.UserInfo
	counts     map[string]int // records by ledger, nil where the setting asks for none
	keeping    map[string]app.Keeping
	carried    *model.Record // the entry by which the ledger is a 下村包, nil if it is none
}

// refreshHeads reads anew what stands around the pages.
func (w *Window) refreshHeads() {
	s := w.session
	task.Load(s.heads, func(ctx context.Context) (heads, error) { return readHeads(ctx, s.app) }, func(h heads, err error) {
		if err != nil {
			w.presenter.Error(err)
			return
		}
		w.showHeads(h)
	})
}

func readHeads(ctx context.Context, a *app.App) (h heads, err error) {
	if h.undo, err = a.Undoable(ctx); err != nil {
		return h, err
	}
	if h.redo, err = a.Redoable(ctx); err != nil {
		return h, err
	}
	if h.agenda, err = a.Agenda(ctx); err != nil {
		return h, err
	}
	if h.demo, err = a.IsDemo(ctx); err != nil {
		return h, err
	}
	if h.backups, err = a.Backups(ctx); err != nil {
		return h, err
	}
	if h.users, err = a.Users(ctx); err != nil {
		return h, err
	}
	if h.keeping, err = a.Keeping(ctx); err != nil {
		return h, err
	}
	if h.carried, err = a.CarriedHere(ctx); err != nil {
		return h, err
	}
	if h.params, err = a.Settings(ctx); err != nil {
		return h, err
	}
	if h.setting, err = a.Setting(ctx, rule.UnitDesks); err != nil || h.setting == "" {
		return h, err
	}
	h.counts, err = a.Counts(ctx)
	return h, err
}

func (w *Window) showHeads(h heads) {
	w.session.keeping, w.session.carried = h.keeping, h.carried
	w.showKeeping()
	w.showRail(h)
	w.top.setUndo(operationName(h.undo), operationName(h.redo))
	w.rail.setCount(page.Tasks, h.agenda.Group(app.AgendaLate).Tasks, true)
	w.rail.setCount(page.Reports, h.agenda.Conflicts, false)
	w.top.setOpen(true, h.demo)
	a := w.session.app
	w.showUsers(h.users)
	w.status.setRight(backupWords(h.backups, a.Today()) + "　　" + actorWords(a))
}

func operationName(op *model.Operation) string {
	if op == nil {
		return ""
	}
	return op.Label
}
