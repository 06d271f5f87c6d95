package ledgers

import (
	"context"
	"time"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/evidence"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// Tabs of the drawer.
const (
	tabDetail  = "detail"
	tabRelated = "related"
	tabFiles   = "files"
	tabHistory = "history"
)

// followDelay is how long the cursor must rest before its record is read.
const followDelay = 120 * time.Millisecond

// record is the drawer with one record: read, edited, or a new one.
type record struct {
	p      *Page
	drawer *kit.Drawer
	shown  bool
	rec    *model.Record // nil where nothing is shown yet, or a new one is entered
	tab    string
	form   *form.Form // nil while nothing is edited
	adding bool
	files  *evidence.Part

	reading, asking *task.Latest
	resting         *task.Delay
}

func newRecord(p *Page) *record {
	r := &record{p: p, tab: tabDetail, files: evidence.New(p.desk, p.app), reading: task.NewLatest(p.desk.Runner),
		asking: task.NewLatest(p.desk.Runner), resting: task.NewDelay(p.desk.Runner)}
	r.drawer = kit.NewDrawer(func(key string) { r.tab = key; r.showFiles() }, r.close)
	return r
}

// Unsaved names what was entered beside the list and not saved.
func (p *Page) Unsaved() string {
	if p.record.dirty() {
		return "“" + p.ledger.Label + "”右边填写的内容"
	}
	return ""
}

// dirty reports whether something was entered and not saved.
func (r *record) dirty() bool { return r.form != nil && len(r.form.Changes()) > 0 }

// leave drops what was entered.
func (r *record) leave() { r.form, r.adding = nil, false }

// open shows the cursor's record.
func (r *record) open() {
	if r.p.ledger == nil || r.p.current() == nil {
		r.p.say("请先选中一条记录。")
		return
	}
	r.setShown(true)
	r.read()
}

// close puts the drawer away, after a question where something is not saved.
func (r *record) close() {
	if r.dirty() {
		r.p.desk.Presenter.Confirm(leaveQuestion(), r.put)
		return
	}
	r.put()
}

// put puts the drawer away.
func (r *record) put() {
	r.leave()
	r.setShown(false)
	r.p.focusGrid()
}

func (r *record) setShown(shown bool) {
	r.shown = shown
	r.p.beside.SetShown(shown)
}

// follow shows the cursor's record once the cursor rests, unless something is being
// entered.
func (r *record) follow() {
	if !r.shown || r.adding || r.dirty() {
		return
	}
	r.resting.Do(followDelay, r.read)
}

// facts are what was read of a record.
type facts struct {
	ledger  *model.Ledger
	rec     *model.Record
	history []model.Entry
	related []relation
}

// read reads the cursor's record and shows it.
func (r *record) read() {
	if !r.shown || r.adding || r.dirty() {
		return
	}
	rec := r.p.current()
	if rec == nil {
		if r.p.win.Len() == 0 {
			r.put()
		}
		return
	}
	ledger := r.p.ledger.Key
	page.Load(r.p.desk, r.reading, func(ctx context.Context) (f facts, err error) {
		if f.ledger, f.rec, err = r.p.app.Get(ctx, ledger, rec.ID); err != nil {
			return f, err
		}
		if _, f.history, err = r.p.app.History(ctx, ledger, rec.ID); err != nil {
			return f, err
		}
		f.related, err = related(ctx, r.p.app, ledger, rec.ID)
		return f, err
	}, r.show)
}

// edit opens the form of the cursor's record.
func (r *record) edit() {
	rec := r.p.current()
	if rec == nil || r.dirty() {
		return
	}
	if r.reads() {
		return
	}
	r.openForm(false, func(f *form.Form) { f.Show(rec) }, rec)
}

// reads reports whether the ledger is another office's, and says so.
func (r *record) reads() bool {
	if r.p.keeping.Mine {
		return false
	}
	r.p.say("“" + r.p.ledger.Label + "”" + r.p.keeping.Words() + "。")
	return true
}

// add opens an empty form.
func (r *record) add() {
	if r.p.ledger == nil || r.adding || r.reads() {
		return
	}
	if r.dirty() {
		r.p.desk.Presenter.Confirm(leaveQuestion(), func() { r.leave(); r.add() })
		return
	}
	r.openForm(true, func(f *form.Form) { f.Show(nil) }, nil)
}

// openForm shows a form once the records that it may refer to are read.
func (r *record) openForm(adding bool, fill func(*form.Form), rec *model.Record) {
	l := r.p.ledger
	page.Load(r.p.desk, r.asking, func(ctx context.Context) (form.Refs, error) {
		return form.ReadRefs(ctx, r.p.app, l)
	}, func(refs form.Refs) {
		if l != r.p.ledger {
			return
		}
		r.reading.Stop()
		r.rec, r.adding = rec, adding
		r.form = form.New(form.Params{Fields: formFields(l, adding), Today: r.p.app.Today(), Refs: refs})
		fill(r.form)
		r.showForm(l)
		r.setShown(true)
		r.form.Focus(r.p.canvas())
	})
}

// save writes what was entered and reports whether there was a form.
func (r *record) save() bool {
	if r.form == nil {
		return false
	}
	changes, l, id := r.form.Changes(), r.p.ledger, ""
	if len(changes) == 0 && !r.adding {
		r.cancel()
		return true
	}
	if r.rec != nil {
		id = r.rec.ID
	}
	attempt(r.p.desk, func(ctx context.Context) (app.Done, error) {
		if id == "" {
			return r.p.app.Add(ctx, l.Key, changes)
		}
		return r.p.app.Set(ctx, l.Key, id, changes)
	}, func(done app.Done, err error) { r.saved(l, id == "", done, err) })
	return true
}

// saved shows the record as it now is, or what is wrong with what was entered.
func (r *record) saved(l *model.Ledger, added bool, done app.Done, err error) {
	if err != nil {
		if r.form == nil || !r.form.Problem(err, r.p.canvas()) {
			r.p.desk.Presenter.Error(err)
		}
		return
	}
	rec := done.Records[0]
	r.leave()
	r.p.desk.Done(savedWords(l, rec, added, done.Problems), done.Op)
	for _, pr := range done.Problems {
		r.p.win.mark(rec.ID, pr.Field, note{words: doubtWords(pr)})
	}
	r.p.load(l.Key, rec.ID, r.p.query, func(o opened) {
		r.p.arrive(o)
		r.read()
		r.p.focusGrid()
	})
}

// cancel goes back from the form to what is stored.
func (r *record) cancel() {
	added := r.adding
	r.leave()
	if added && r.p.current() == nil {
		r.put()
		return
	}
	r.read()
	r.p.focusGrid()
}
