package reports

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/page"
	"xiangzhen/gui/page/plan"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
)

// API is what the page needs of app.
type API interface {
	Catalog() *model.Catalog
	Period() model.Month
	Today() model.Day
	Home() *model.Record
	Forms(ctx context.Context) ([]exchange.Form, error)
	NewForm(ctx context.Context) (exchange.Form, error)
	AddForm(ctx context.Context, f exchange.Form) (exchange.Form, app.Done, error)
	EditForm(ctx context.Context, f exchange.Form) (exchange.Form, app.Done, error)
	DeleteForm(ctx context.Context, name string) (app.Done, error)
	Below(ctx context.Context) ([]app.Receiver, error)
	Compare(ctx context.Context, req app.CompareRequest) (app.Compared, error)
	HandSheet(ctx context.Context, form string, period model.Period, area string) (app.HandSheet, error)
	WriteByHand(ctx context.Context, req app.HandRequest) (string, error)
	WriteGroup(ctx context.Context, req app.GroupRequest) (app.GroupAnswer, error)
	Missing(ctx context.Context, form string, period model.Period) (app.Completeness, error)
	Advise(ctx context.Context, name string, period model.Period) (app.Advice, error)
	Issue(ctx context.Context, req app.IssueRequest) (app.Issued, error)
	Report(ctx context.Context, req app.ReportRequest) (app.Reported, error)
	Preview(ctx context.Context, paths []string, progress func(done, total int, file string)) ([]app.Previewed, error)
	Collect(ctx context.Context, req app.CollectRequest) ([]app.FileResult, error)
	OpenPack(ctx context.Context, path, password string) error
	List(ctx context.Context, req app.ListRequest) (*model.Ledger, model.Page, error)
	SetMany(ctx context.Context, ledger string, rows []app.RowChange) (app.Done, error)
	Conflicts(ctx context.Context) ([]app.ConflictItem, error)
	DecideMany(ctx context.Context, answers []app.Answer) (app.Done, error)
	FindReceipt(ctx context.Context, what string) (app.ReceiptInfo, error)
	finalAPI
	stampAPI
}

// Page is the page 报表.
type Page struct {
	api   API
	desk  *page.Desk
	stage *fyne.Container

	front     *front
	collect   *collect
	conflicts *conflicts
	forms     *forms
	compare   *compare
	finals    *finals
}

// New makes the page.
func New(api API, d *page.Desk) *Page {
	p := &Page{api: api, desk: d, stage: container.NewStack()}
	p.front = newFront(p)
	p.collect = newCollect(p)
	p.conflicts = newConflicts(p)
	p.forms = newForms(p)
	p.compare = newCompare(p)
	p.finals = newFinals(p)
	p.show(p.front.object)
	return p
}

// Content is the page's object.
func (p *Page) Content() fyne.CanvasObject { return p.stage }

// Show shows the front, or begins what the route asks for.
func (p *Page) Show(r page.Route) {
	switch {
	case r.Act == page.Collect && len(r.Paths) > 0:
		p.openCollect(r.Paths)
	case r.Act == page.Collect:
		p.chooseReturns()
	case r.Act == page.Issue:
		p.openFront()
		p.front.issue()
	case r.Filter == Conflicts:
		p.openConflicts()
	default:
		p.refresh()
	}
}

// Conflicts is the Route.Filter that opens the conflicts.
const Conflicts = "conflicts"

// concerns are the ledgers that the page shows something of.
var concerns = []string{ledgers.Dispatch, ledgers.Submission, ledgers.Conflict, ledgers.Form, ledgers.Post, ledgers.Final, ledgers.Stamped}

// Changed reads anew what is at the front.
func (p *Page) Changed(keys []string) {
	if slices.ContainsFunc(keys, func(k string) bool { return slices.Contains(concerns, k) }) {
		p.refresh()
	}
}

// refresh reads anew what the view at the front shows. A plan that is being looked
// at stays as it is: it is what the clerk has decided on.
func (p *Page) refresh() {
	switch p.stage.Objects[0] {
	case p.front.object:
		p.front.load()
	case p.conflicts.object:
		p.conflicts.load()
	case p.compare.object:
		p.compare.load()
	case p.finals.object:
		p.finals.load()
	}
}

// Do knows 下发 for 新建, and within 收表 the next point to check and 并入 for 保存.
func (p *Page) Do(c page.Command) bool {
	switch p.stage.Objects[0] {
	case p.collect.object:
		return p.collect.do(c)
	case p.forms.object:
		return p.forms.do(c)
	case p.front.object:
		if c == page.New {
			p.front.issue()
			return true
		}
	}
	return false
}

func (p *Page) show(o fyne.CanvasObject) {
	p.stage.Objects = []fyne.CanvasObject{o}
	p.stage.Refresh()
}

func (p *Page) openFront() {
	p.show(p.front.object)
	p.front.load()
}

func (p *Page) openConflicts() {
	p.show(p.conflicts.object)
	p.conflicts.load()
}

func (p *Page) openForms() {
	p.show(p.forms.object)
	p.forms.load()
}

// chooseReturns asks what to take in.
func (p *Page) chooseReturns() { p.desk.Files(p.openCollect) }

// openCollect reads the returned files and shows what taking them in would do.
func (p *Page) openCollect(paths []string) {
	p.show(p.collect.object)
	p.collect.read(paths)
}

// sides are what the two sides of a merge are called at this ledger's level.
func (p *Page) sides() plan.Sides {
	home := p.api.Home()
	switch model.Level(home.Get("level").Text) {
	case model.LevelCounty:
		return plan.SidesOf("县", "镇")
	case model.LevelVillage:
		return plan.SidesOf("村", "组")
	}
	return plan.SidesOf("镇", "村")
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
