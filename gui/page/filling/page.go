package filling

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/text"
)

// API is what the page needs of app.
type API interface {
	Catalog() *model.Catalog
	OpenTemplate(ctx context.Context, path string) (*app.FillDraft, error)
	SeeFill(ctx context.Context, req app.FillRequest) (app.FillSight, error)
	Fill(ctx context.Context, req app.FillRequest) (app.Filled, error)
	FillPlans(ctx context.Context) ([]app.FillPlan, error)
	FillSensitive(ctx context.Context, p app.FillPreview, period model.Period) (labels []string, confirmed bool, err error)
	IssueCopies(ctx context.Context, req app.FillRequest, dir string) ([]app.IssuedCopy, error)
	SeeMerge(ctx context.Context, req app.MergeRequest) (app.MergeSight, error)
	MergeCopies(ctx context.Context, req app.MergeRequest) (app.MergedFiles, error)
	FillCall(ctx context.Context, table, due string, villages []string) (string, error)
	Below(ctx context.Context) ([]app.Receiver, error)
	Set(ctx context.Context, ledger, id string, assign []app.Assignment) (app.Done, error)
	UpperTables(ctx context.Context, by model.Day) ([]app.UpperTable, error)
	Today() model.Day
	Period() model.Month
}

// Page is the page 按上级表填报.
type Page struct {
	api   API
	desk  *page.Desk
	stage *fyne.Container
	front *front
	work  *work
	merge *merge

	said        // of what is shown
	wanted said // what is shown as soon as it is planned
	month  model.Month
	seen   app.FillSight
	load   *task.Latest
}

var (
	_ page.Page      = (*Page)(nil)
	_ page.Commander = (*Page)(nil)
	_ page.Periodic  = (*Page)(nil)
)

// New makes the page.
func New(api API, d *page.Desk) *Page {
	p := &Page{api: api, desk: d, month: api.Period(), load: task.NewLatest(d.Runner), stage: container.NewStack()}
	p.front, p.work, p.merge = newFront(p), newWork(p), newMerge(p)
	p.show(p.front.object)
	return p
}

// Content is the page's object.
func (p *Page) Content() fyne.CanvasObject { return p.stage }

// Show opens the table of the route, or shows the one that is open. Several files are
// copies that came back, and so is what comes while those are looked at.
func (p *Page) Show(r page.Route) {
	switch {
	case len(r.Paths) > 0 && p.stage.Objects[0] == p.merge.object:
		p.merge.read(r.Paths)
	case len(r.Paths) > 1 && p.draft != nil:
		p.merge.begin(r.Paths)
	case len(r.Paths) > 0:
		p.open(r.Paths[0])
	case p.draft == nil:
		p.front.load()
		p.focus(p.front.choose) // Enter chooses a file
	}
}

// SetPeriod fills for another month.
func (p *Page) SetPeriod(m model.Month) {
	p.month = m
	p.wanted.registerFor = "" // it was one of the month before
	p.reload()
	if p.draft != nil {
		p.work.keep.load()
	}
}

// Changed plans anew: the ledgers have changed from which the table is filled.
func (p *Page) Changed(keys []string) {
	if p.draft == nil {
		p.front.load()
		return
	}
	p.reload()
	if slices.Contains(keys, ledgers.UpperTable) {
		p.work.keep.load()
	}
}

// Do knows 生成 for 保存, changing a cell, and the next column that nobody fills.
func (p *Page) Do(c page.Command) bool {
	switch p.stage.Objects[0] {
	case p.work.object:
		return p.work.do(c)
	case p.merge.object:
		return p.merge.do(c)
	}
	if c == page.New {
		p.chooseFile()
		return true
	}
	return false
}

func (p *Page) show(o fyne.CanvasObject) {
	p.stage.Objects = []fyne.CanvasObject{o}
	p.stage.Refresh()
}

// chooseFile asks for the table to be filled.
func (p *Page) chooseFile() {
	p.desk.Files(func(paths []string) {
		if len(paths) > 0 {
			p.open(paths[0])
		}
	})
}

// open opens a table, and looks at what would be filled.
func (p *Page) open(path string) {
	var draft *app.FillDraft
	var sight app.FillSight
	p.long("打开“"+text.BaseName(path)+"”", func(ctx context.Context, _ *task.Progress) (err error) {
		if draft, err = p.api.OpenTemplate(ctx, path); err != nil {
			return err
		}
		sight, err = p.api.SeeFill(ctx, app.FillRequest{Draft: draft, Period: string(p.month)})
		return err
	}, func() {
		p.said = said{opened: draft, draft: draft}
		p.wanted = p.said
		p.seen = sight
		p.work.begin()
		p.show(p.work.object)
		p.focus(p.work.columns.grid)
	})
}

// request is the table as it would be filled now. Choices are never changed in place:
// work that is under way keeps the ones it was given.
func (p *Page) request() app.FillRequest {
	return app.FillRequest{Draft: p.draft, Period: string(p.month), Tables: p.tables, Register: p.register, RegisterFor: p.registerFor}
}

// reload plans anew what is filled.
func (p *Page) reload() {
	if p.draft != nil {
		p.try(p.wanted, p.desk.Presenter.Error)
	}
}

// try plans what is filled if other things are said. If that cannot be, what was said
// before stands, and failed hears why.
func (p *Page) try(next said, failed func(error), done ...func()) {
	p.wanted = next
	req := app.FillRequest{Draft: next.draft, Period: string(p.month), Tables: next.tables, Register: next.register, RegisterFor: next.registerFor}
	task.Load(p.load, func(ctx context.Context) (app.FillSight, error) { return p.api.SeeFill(ctx, req) },
		func(sight app.FillSight, err error) {
			if err != nil {
				p.wanted = p.said
				failed(err)
				return
			}
			p.said, p.seen = next, sight
			p.work.refresh()
			for _, f := range done {
				f()
			}
		})
}

// change says something else of the table that is looked at.
func (p *Page) change(say func(*app.FillChoice)) {
	p.try(p.wanted.with(p.table, say), p.desk.Presenter.Error)
}

// long runs work that shows its count and can be cancelled.
func (p *Page) long(title string, work task.Work, done func()) {
	p.desk.Presenter.Long(task.Long{Title: title, Work: work, Done: func(err error) {
		if err != nil {
			p.desk.Presenter.Error(err)
			return
		}
		done()
	}})
}

// focus gives the keyboard to a part.
func (p *Page) focus(o fyne.Focusable) {
	if c := p.desk.Canvas(); c != nil {
		c.Focus(o)
	}
}

// ledgerLabel names a ledger.
func (p *Page) ledgerLabel(key string) string {
	if l := p.api.Catalog().Ledger(key); l != nil {
		return l.Label
	}
	return key
}

func enable(b *kit.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}
