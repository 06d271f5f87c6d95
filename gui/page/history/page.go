package history

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// API is what the page needs of app.
type API interface {
	Catalog() *model.Catalog
	Today() model.Day
	FindOperations(ctx context.Context, req app.OperationRequest) (app.OperationPage, error)
	Entries(ctx context.Context, op int64) ([]model.Entry, error)
	History(ctx context.Context, ledger, id string) (*model.Ledger, []model.Entry, error)
	Get(ctx context.Context, ledger, id string) (*model.Ledger, *model.Record, error)
}

// Page is the page 历史.
type Page struct {
	api     API
	desk    *page.Desk
	content fyne.CanvasObject

	header *page.Header
	search *kit.Entry
	ledger *kit.Picker
	days   *kit.Picker
	filter *fyne.Container
	whole  *kit.Button // back from one record to all operations
	grid   *grid.Grid
	source *source
	detail *detail

	words  *task.Delay
	list   *task.Latest
	more   *pages
	req    app.OperationRequest
	record page.Route // whose history is shown; empty for all operations
}

// pages are those of one list that were asked for.
type pages map[int]bool

// typingRest is how long typing must rest before the operations are read anew.
const typingRest = 250 * time.Millisecond

// New makes the page.
func New(api API, d *page.Desk) *Page {
	p := &Page{
		api: api, desk: d, more: &pages{},
		words: task.NewDelay(d.Runner), list: task.NewLatest(d.Runner),
	}
	p.source = &source{today: api.Today(), want: p.want}
	p.whole = kit.NewButton("查看全部操作", kit.ButtonPlain, func() { p.Show(page.Route{Page: page.History}) })
	p.whole.Hide()
	p.header = page.NewHeader("历史", p.whole)
	p.filter = p.newFilter()
	p.grid = grid.New(grid.Config{
		Source: p.source, Rows: true, Empty: "没有符合的操作。换个词，或把台账和日期改回“全部”。",
		OnSelect: p.choose, OnOpen: p.choose,
	})
	p.detail = newDetail(p)
	p.content = page.Rows(p.header.Object, p.filter, container.New(aside{}, kit.NewFlushCard(p.grid), p.detail.drawer))
	return p
}

// newFilter makes the line of search, ledger and day.
func (p *Page) newFilter() *fyne.Container {
	p.search = kit.NewEntry("搜索：做了什么、谁做的")
	p.search.OnChanged = func(words string) {
		p.words.Do(typingRest, func() {
			p.req.Words = words
			p.reload()
		})
	}
	p.ledger = kit.NewSelect(allLedgers, ledgerChoices(p.api.Catalog()))
	p.ledger.OnChosen = func(c kit.Choice) {
		p.req.Ledger = c.ID
		p.reload()
	}
	p.days = kit.NewSelect(daysAll+"，可写 11-20", dayChoices())
	p.days.Free = true
	p.days.OnChosen = p.chooseDays
	return container.New(filters{}, p.search, p.ledger, p.days)
}

func (p *Page) chooseDays(c kit.Choice) {
	from, to, err := days(c.Text, p.api.Today())
	if err != nil {
		p.desk.Presenter.Error(err)
		return
	}
	p.req.From, p.req.To = from, to
	p.reload()
}

// Content is the page's object.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show shows all operations or the history of one record.
func (p *Page) Show(r page.Route) {
	p.record = page.Route{}
	if r.Record != "" {
		p.record = r
	}
	if r.Search != "" {
		p.req.Words = r.Search
		p.search.SetText(r.Search)
	}
	p.detail.clear()
	p.reload()
}

// Changed reads anew what is there, so that the chosen operation stays in sight:
// every operation is of concern here.
func (p *Page) Changed([]string) { p.read(p.source.extent()) }

// Do knows the command that goes to the filter.
func (p *Page) Do(c page.Command) bool {
	if canvas := p.desk.Canvas(); c == page.Filters && canvas != nil && p.filter.Visible() {
		canvas.Focus(p.search)
		return true
	}
	return false
}

// listed is what was read for the grid.
type listed struct {
	title string // whose history it is
	total int
	ops   []model.Operation
}

// reload reads the first page of operations.
func (p *Page) reload() { p.read(pageRows) }

// read reads so many operations, or all of one record's.
func (p *Page) read(limit int) {
	req, record := p.req, p.record
	req.Limit = limit
	p.more = &pages{}
	page.Load(p.desk, p.list, func(ctx context.Context) (listed, error) {
		if record.Record != "" {
			return p.readRecord(ctx, record)
		}
		got, err := p.api.FindOperations(ctx, req)
		return listed{total: got.Total, ops: got.Operations}, err
	}, p.show)
}

// readRecord reads the history of one record.
func (p *Page) readRecord(ctx context.Context, r page.Route) (listed, error) {
	l, entries, err := p.api.History(ctx, r.Ledger, r.Record)
	if err != nil {
		return listed{}, err
	}
	ops := operationsOf(entries)
	name, err := p.nameOf(ctx, model.Entry{Ledger: l.Key, Record: r.Record})
	if name == "" {
		name = "已删除的记录"
	}
	return listed{title: l.Label + "“" + name + "”", total: len(ops), ops: ops}, err
}

// show puts what was read on screen, keeping the chosen operation where it is
// still among them.
func (p *Page) show(l listed) {
	p.source.today, p.source.total, p.source.pages = p.api.Today(), l.total, paged(l.ops)
	title, note := "历史", fmt.Sprintf("%d 次操作", l.total)
	if l.title != "" {
		title, note = "历史："+l.title, fmt.Sprintf("改动过 %d 次", l.total)
	}
	p.setFilterShown(l.title == "")
	p.header.SetTitle(title)
	p.header.SetNote(note)
	p.grid.Reload()
	p.keepChoice()
}

// setFilterShown shows the filter, or the way back to it.
func (p *Page) setFilterShown(shown bool) {
	if p.filter.Visible() == shown {
		return
	}
	if p.filter.Show(); !shown {
		p.filter.Hide()
	}
	if p.whole.Show(); shown {
		p.whole.Hide()
	}
	p.content.Refresh()
}

// keepChoice shows the operation that was chosen as it is now, else the newest.
func (p *Page) keepChoice() {
	row := p.source.rowOf(p.detail.op.ID)
	if row < 0 {
		row = 0
	}
	p.grid.Select(row)
	p.choose(row)
}

// want reads a page that came into sight. It is asked for while the grid draws, so
// it only begins once that is over.
func (p *Page) want(n int) {
	if (*p.more)[n] {
		return
	}
	(*p.more)[n] = true
	p.desk.Runner.After(0, func() { p.readMore(n) })
}

func (p *Page) readMore(n int) {
	req, asked := p.req, p.more
	req.Limit, req.Offset = pageRows, n*pageRows
	page.Run(p.desk, func(ctx context.Context) (app.OperationPage, error) {
		return p.api.FindOperations(ctx, req)
	}, func(got app.OperationPage) {
		if asked != p.more {
			return // the list was read anew since
		}
		p.source.pages[n] = got.Operations
		p.grid.Reload()
	})
}

// choose shows what the operation of a row did.
func (p *Page) choose(row int) {
	op := p.source.op(row)
	if op == nil {
		p.detail.clear()
		p.desk.Status("")
		return
	}
	p.desk.Status("选中：" + op.Label)
	p.detail.show(*op)
}

// aside places the grid and, at its right, what the chosen operation did.
type aside struct{}

// asideWidth is the width of the right part in a page of the given width.
func asideWidth(width float32) float32 { return min(max(look.DrawerWidth, width*0.36), 440) }

// MinSize is that of both.
func (aside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width+look.GapWide+look.DrawerWidth, objects[1].MinSize().Height)
}

// Layout places the two.
func (aside) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	w := asideWidth(s.Width)
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(s.Width-w-look.GapWide, s.Height))
	objects[1].Move(fyne.NewPos(s.Width-w, 0))
	objects[1].Resize(fyne.NewSize(w, s.Height))
}

// filters places search, ledger and day on a line.
type filters struct{}

// filterWidths are the widths of the entries.
var filterWidths = []float32{300, 180, 190}

// MinSize is one line.
func (filters) MinSize(objects []fyne.CanvasObject) fyne.Size {
	s := fyne.NewSize(-look.Gap, 0)
	for i, o := range objects {
		s = fyne.NewSize(s.Width+filterWidths[i]+look.Gap, max(s.Height, o.MinSize().Height))
	}
	return s
}

// Layout places the entries from the left.
func (filters) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	x := float32(0)
	for i, o := range objects {
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(filterWidths[i], s.Height))
		x += filterWidths[i] + look.Gap
	}
}
