package importing

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/plan"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// API is what the page needs of app.
type API interface {
	Catalog() *model.Catalog
	Today() model.Day
	ReadDrafts(ctx context.Context, paths []string, progress func(done, total int, file string)) ([]*app.Draft, error)
	ReadWords(ctx context.Context, html, plain string) (*app.Draft, error)
	PreviewDraft(ctx context.Context, req app.DraftRequest) (app.DraftPreview, error)
	TakeDrafts(ctx context.Context, reqs []app.DraftRequest, onFile func(done, all int, file string)) ([]app.FileResult, error)
	AddField(ctx context.Context, ledger, label, kind string, options []string) (string, app.Done, error)
	Operations(ctx context.Context, limit, offset int) ([]model.Operation, error)
}

// Page is the page 导入.
type Page struct {
	api  API
	desk *page.Desk
	parts

	ledger    string // where the page was opened from: proposed where a table tells none
	files     []*file
	items     []item
	chosen    int            // of items, -1 for none
	at        int            // of the points of the chosen table, -1 before the first
	jumping   bool           // a cursor leads another just now
	taking    bool           // files go in just now: what they were planned as stays on screen
	decisions plan.Decisions // an import has no conflicts: always empty
	first     *kit.Button    // 添加文件 in the empty page
	undone    *task.Latest
}

var (
	_ page.Page      = (*Page)(nil)
	_ page.Commander = (*Page)(nil)
)

// New makes the page.
func New(api API, d *page.Desk) *Page {
	p := &Page{api: api, desk: d, chosen: -1, at: -1, undone: task.NewLatest(d.Runner)}
	p.build()
	p.refresh()
	return p
}

// Content is the page's object.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show reads the files of the route beside those that are there already.
func (p *Page) Show(r page.Route) {
	if p.ledger = r.Ledger; len(r.Paths) > 0 {
		p.read(r.Paths)
		return
	}
	p.refresh()
	if canvas := p.desk.Canvas(); canvas != nil && len(p.files) == 0 {
		canvas.Focus(p.first) // Enter adds files
	}
}

// Changed plans anew what is not taken in yet, for the ledger it is compared with has
// changed, and looks whether what was taken in has been undone since.
func (p *Page) Changed([]string) {
	if p.taking {
		return
	}
	taken := false
	for _, f := range p.files {
		f.stale = f.result == nil
		taken = taken || f.result != nil
	}
	if f := p.file(); f != nil && f.stale {
		p.reload(f)
	}
	if taken {
		page.Load(p.desk, p.undone, func(ctx context.Context) ([]model.Operation, error) { return p.api.Operations(ctx, recent, 0) }, p.takeBack)
	}
}

// recent is how many operations are looked through for one of this page's.
const recent = 200

// takeBack makes files whose operation was undone ready to be taken in again.
func (p *Page) takeBack(ops []model.Operation) {
	for _, f := range p.files {
		if f.result != nil && slices.ContainsFunc(ops, func(o model.Operation) bool { return o.ID == f.result.Op && o.Undone != 0 }) {
			f.result = nil
			p.reload(f)
		}
	}
}

// Do knows the next point to check, saying yes to it, and taking a file off the list.
func (p *Page) Do(c page.Command) bool {
	switch c {
	case page.Next:
		if !p.next() {
			p.desk.Done("没有待核对的了。", 0)
		}
	case page.Save:
		p.accept()
	case page.Delete:
		p.removeFile()
	default:
		return false
	}
	return true
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

func enable(b *kit.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}
