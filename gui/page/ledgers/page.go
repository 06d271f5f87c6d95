package ledgers

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/evidence"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	builtin "xiangzhen/model/ledgers"
)

// API is what the page needs of app.
type API interface {
	form.Lister
	Today() model.Day
	Counts(ctx context.Context) (map[string]int, error)
	Keeping(ctx context.Context) (map[string]app.Keeping, error)
	Get(ctx context.Context, ledger, id string) (*model.Ledger, *model.Record, error)
	History(ctx context.Context, ledger, id string) (*model.Ledger, []model.Entry, error)
	Uses(ctx context.Context, ledger string) (map[string][]app.Use, error)
	Position(ctx context.Context, req app.ListRequest, id string) (int, error)
	Add(ctx context.Context, ledger string, assign []app.Assignment) (app.Done, error)
	Set(ctx context.Context, ledger, id string, assign []app.Assignment) (app.Done, error)
	SetMany(ctx context.Context, ledger string, rows []app.RowChange) (app.Done, error)
	DeleteMany(ctx context.Context, ledger string, ids []string, withChildren bool) (app.Done, error)
	MergeRecords(ctx context.Context, ledger, winner, loser string) (app.Done, error)
	AddLedger(ctx context.Context, label string) (string, app.Done, error)
	AddField(ctx context.Context, ledger, label, kind string, options []string) (string, app.Done, error)
	Export(ctx context.Context, req app.ExportRequest) (int, error)
	Receivers(ctx context.Context) ([]string, error)
	ConfirmedUp(ctx context.Context, up app.ReportUp) (bool, error)
	Arise(ctx context.Context, from, id, to string, assign []app.Assignment) (app.Done, error)
	evidence.API
}

// Page is the page 台账.
type Page struct {
	app  API
	desk *page.Desk
	parts

	ledger   *model.Ledger // the open one, nil before the first Show
	keeping  app.Keeping   // whose it is
	yields   map[*model.Ledger]*model.Ledger
	counts   map[string]int
	unfolded bool // 更多
	query    query
	setup    setup
	fitted   map[string]float32 // first widths of the columns
	win      *window
	grid     *grid.Grid
	record   *record

	opening, paging, counting, asking *task.Latest
	reading, typing                   *task.Delay
}

var (
	_ page.Page      = (*Page)(nil)
	_ page.Commander = (*Page)(nil)
	_ page.Taker     = (*Page)(nil)
)

// How long to wait for more of the same: rows coming into sight, letters typed.
const (
	readDelay = 30 * time.Millisecond
	typeDelay = 250 * time.Millisecond
)

// New makes the page.
func New(api API, d *page.Desk) *Page {
	p := &Page{app: api, desk: d, query: query{filters: map[string]string{}},
		opening: task.NewLatest(d.Runner), paging: task.NewLatest(d.Runner), counting: task.NewLatest(d.Runner), asking: task.NewLatest(d.Runner),
		reading: task.NewDelay(d.Runner), typing: task.NewDelay(d.Runner)}
	p.record = newRecord(p)
	p.build()
	return p
}

// Content is the page's one object.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show opens the ledger asked for, with its record.
func (p *Page) Show(r page.Route) {
	if p.record.dirty() {
		p.desk.Presenter.Confirm(leaveQuestion(), func() { p.record.leave(); p.show(r) })
		return
	}
	p.show(r)
}

func (p *Page) show(r page.Route) {
	switch {
	case r.Ledger != "":
		p.open(r.Ledger, r.Record, query{search: r.Search, only: r.Only, filters: map[string]string{}})
	case p.ledger == nil || r.Search != "":
		p.open(p.openKey(), "", query{search: r.Search, filters: map[string]string{}})
	default:
		p.tellStatus()
	}
}

// openKey is the key of the open ledger, "" for none.
func (p *Page) openKey() string {
	if p.ledger == nil {
		return ""
	}
	return p.ledger.Key
}

// opened is what was read to open a ledger.
type opened struct {
	ledger  *model.Ledger
	counts  map[string]int
	query   query
	offset  int
	row     int // to put the cursor on
	page    model.Page
	keeping map[string]app.Keeping
}

// open opens a ledger with what narrows it, at a record if one is given. Without a
// key it is the first on the shelf.
func (p *Page) open(key, record string, q query) {
	p.load(key, record, q, func(o opened) {
		p.arrive(o)
		if record != "" && o.page.Total > 0 {
			p.record.open()
		}
	})
}

// reload reads the open ledger anew from its first row, or at a record.
func (p *Page) reload(record string) {
	if p.ledger != nil {
		p.load(p.ledger.Key, record, p.query, p.arrive)
	}
}

// load reads a ledger and shows it by done.
func (p *Page) load(key, record string, q query, done func(opened)) {
	p.paging.Stop()
	page.Load(p.desk, p.opening, func(ctx context.Context) (opened, error) { return p.fetch(ctx, key, record, q) }, done)
}

// fetch reads what opening a ledger needs. A record that the query leaves out is
// looked for without it.
func (p *Page) fetch(ctx context.Context, key, record string, q query) (o opened, err error) {
	if o.counts, err = p.app.Counts(ctx); err != nil {
		return o, err
	}
	if o.keeping, err = p.app.Keeping(ctx); err != nil {
		return o, err
	}
	all := p.app.Catalog()
	if o.ledger = all.Ledger(key); o.ledger == nil {
		o.ledger = all.Ledger(firstLedger(shelf(all.All(), o.counts, "", true, p.app.Today())))
	}
	o.query = q
	if record != "" {
		if o.row, err = p.locate(ctx, &o, record); err != nil {
			return o, err
		}
	}
	o.offset = o.row / pageRows * pageRows
	_, o.page, err = p.app.List(ctx, o.query.request(o.ledger, p.app.Today(), o.offset, pageRows))
	return o, err
}

// locate finds the row of a record, dropping the query if that hides it.
func (p *Page) locate(ctx context.Context, o *opened, record string) (int, error) {
	at, err := p.app.Position(ctx, o.query.request(o.ledger, p.app.Today(), 0, 0), record)
	if err == nil && at < 0 && o.query.active(o.ledger, p.app.Today()) {
		o.query = query{filters: map[string]string{}, sort: o.query.sort}
		at, err = p.app.Position(ctx, o.query.request(o.ledger, p.app.Today(), 0, 0), record)
	}
	return max(0, at), err
}

// arrive shows a ledger that was read.
func (p *Page) arrive(o opened) {
	p.keeping = o.keeping[o.ledger.Key]
	o.ledger = p.writable(o.ledger)
	if p.ledger != o.ledger || !o.query.sameFilters(p.query) {
		p.ledger, p.query = o.ledger, o.query
		p.setup = loadSetup(fyne.CurrentApp().Preferences(), o.ledger.Key)
		p.fitted = fit(o.ledger, shownFields(o.ledger), o.page.Records)
		p.newGrid()
	}
	p.query, p.counts = o.query, o.counts
	notes := p.win.notes
	p.win = p.newWindow(o.page.Total)
	p.win.notes = notes
	p.win.put(o.offset, pageRows, o.page)
	p.showShelf()
	if p.add.Enable(); !p.keeping.Mine {
		p.add.Disable()
	}
	p.setSearch(p.query.search)
	p.grid.SetSource(p.win)
	p.grid.SetSort(p.query.sort)
	p.grid.Select(o.row)
	p.showBody()
	p.record.follow()
}

// writable is a ledger as it is shown: where another office keeps it, none of its
// fields takes typing.
func (p *Page) writable(l *model.Ledger) *model.Ledger {
	if p.keeping.Mine {
		return l
	}
	if shown := p.yields[l]; shown != nil {
		return shown
	}
	shown := *l
	shown.Fields = slices.Clone(l.Fields)
	for i := range shown.Fields {
		shown.Fields[i].ReadOnly = true
	}
	p.yields = map[*model.Ledger]*model.Ledger{l: &shown}
	return &shown
}

// showShelf shows the list of ledgers.
func (p *Page) showShelf() {
	p.shelf.set(shelf(p.app.Catalog().All(), p.counts, p.ledger.Key, p.unfolded, p.app.Today()), p.ledger.Key)
	p.shelves.Refresh()
	p.reveal()
}

// newWindow makes the source of the open ledger.
func (p *Page) newWindow(total int) *window {
	fields := visible(shownFields(p.ledger), p.setup.Hidden)
	w := newWindow(p.ledger, fields, columnsOf(p.ledger, fields, p.fitted), total)
	w.ask = func() { p.reading.Do(readDelay, p.readPages) }
	w.keep = func() int { return p.grid.Area().Row1 }
	return w
}

// readPages reads the rows that came into sight.
func (p *Page) readPages() {
	w := p.win
	offset, limit, ok := w.wanted()
	if !ok {
		return
	}
	req := p.query.request(p.ledger, p.app.Today(), offset, limit)
	task.Load(p.paging, func(ctx context.Context) (model.Page, error) {
		_, got, err := p.app.List(ctx, req)
		return got, err
	}, func(got model.Page, err error) {
		w.arrived()
		if err != nil {
			p.desk.Presenter.Error(err)
			return
		}
		if w != p.win {
			return
		}
		w.put(offset, limit, got)
		p.grid.Reload()
		p.showBody()
		p.record.follow()
	})
}

// Changed reads anew what operations touched.
func (p *Page) Changed(keys []string) {
	switch {
	case p.ledger == nil:
	case p.app.Catalog().Ledger(p.ledger.Key) != p.ledger:
		p.reopen()
	case p.concerns(keys):
		p.win.stale(p.currentRow())
		p.grid.Reload()
		p.recount()
	default:
		p.recount()
	}
}

// reopen shows the open ledger by its new description, or the first one if it is
// gone.
func (p *Page) reopen() {
	record := ""
	if rec := p.current(); rec != nil {
		record = rec.ID
	}
	p.load(p.ledger.Key, record, p.query, p.arrive)
}

// concerns reports whether one of the ledgers is shown here: the open one, or one
// whose names stand in it.
func (p *Page) concerns(keys []string) bool {
	if slices.Contains(keys, p.ledger.Key) {
		return true
	}
	for _, f := range p.ledger.Fields {
		if f.Ref != nil && slices.ContainsFunc(f.Ref.Ledgers, func(k string) bool { return slices.Contains(keys, k) }) {
			return true
		}
	}
	for _, r := range p.app.Catalog().Referrers(p.ledger.Key) {
		if slices.Contains(keys, r.Ledger.Key) && (r.Field.IsOwner() || r.Ledger.Key == builtin.Progress) {
			return true
		}
	}
	return false
}

// recount brings the numbers of the shelf up to date.
func (p *Page) recount() {
	page.Load(p.desk, p.counting, p.app.Counts, func(counts map[string]int) {
		p.counts = counts
		p.showShelf()
	})
}

// Do does what a menu or a key asks.
func (p *Page) Do(c page.Command) bool {
	if p.ledger == nil {
		return false
	}
	switch c {
	case page.New:
		p.record.add()
	case page.Save:
		return p.record.save()
	case page.Edit:
		p.record.edit()
	case page.Delete:
		p.delete()
	case page.Filters:
		p.toggleFilters()
	default:
		return false
	}
	return true
}

// currentRow is the row of the cursor, -1 for none.
func (p *Page) currentRow() int {
	row, _ := p.grid.Current()
	return row
}

// current is the record of the cursor, nil if there is none or it is on its way.
func (p *Page) current() *model.Record { return p.win.record(p.currentRow()) }

// chosen lists the records chosen that are there.
func (p *Page) chosen() []*model.Record {
	var out []*model.Record
	for row := range p.grid.Selected() {
		if rec := p.win.peek(row); rec != nil {
			out = append(out, rec)
		}
	}
	return out
}

// canvas is where dialogs open.
func (p *Page) canvas() fyne.Canvas { return p.desk.Canvas() }

// say shows a word.
func (p *Page) say(words string) { p.desk.Say(kit.Toast{Text: words}) }

// attempt is page.Run for work whose error is shown where it belongs.
func attempt[T any](d *page.Desk, work func(context.Context) (T, error), done func(T, error)) {
	var result T
	d.Runner.Go(context.Background(), nil, func(ctx context.Context, _ *task.Progress) (err error) {
		result, err = work(ctx)
		return err
	}, func(err error) { done(result, err) })
}

// reveal scrolls the list of ledgers to the open one: who comes by a door of the rail
// sees where they are.
func (p *Page) reveal() {
	top, ok := p.shelf.chosenAt()
	room, at := p.shelves.Size().Height, p.shelves.Offset.Y
	if !ok || room <= 0 || at <= top && top+shelfLineH <= at+room {
		return
	}
	p.shelves.ScrollToOffset(fyne.NewPos(0, max(0, top-room/2)))
}
