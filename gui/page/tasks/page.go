package tasks

import (
	"cmp"
	"context"
	"fmt"
	"maps"
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
	"xiangzhen/model/ledgers"
)

// API is what the page needs of app.
type API interface {
	form.Lister
	Today() model.Day
	Period() model.Month
	Home() *model.Record
	Actor() model.Actor
	Settings(ctx context.Context) (model.Params, error)
	History(ctx context.Context, ledger, id string) (*model.Ledger, []model.Entry, error)
	Add(ctx context.Context, ledger string, assign []app.Assignment) (app.Done, error)
	Set(ctx context.Context, ledger, id string, assign []app.Assignment) (app.Done, error)
	SetMany(ctx context.Context, ledger string, rows []app.RowChange) (app.Done, error)
	Delete(ctx context.Context, ledger, id string, withChildren bool) (app.Done, error)
	Flow(ctx context.Context, req app.FlowRequest) (app.Done, error)
	Split(ctx context.Context, req app.SplitRequest) (app.Done, error)
	Export(ctx context.Context, req app.ExportRequest) (int, error)
	Arise(ctx context.Context, from, id, to string, assign []app.Assignment) (app.Done, error)
	Offers(ctx context.Context, ledger, id string) ([]ledgers.Offer, error)
	evidence.API
}

var (
	_ page.Page      = (*Page)(nil)
	_ page.Commander = (*Page)(nil)
	_ page.Periodic  = (*Page)(nil)
	_ page.Taker     = (*Page)(nil)
)

// Page is the page 任务.
type Page struct {
	api     API
	desk    *page.Desk
	kept    kept
	content fyne.CanvasObject

	header  *page.Header
	chips   *kit.Chips
	looks   *kit.Chips // the view switch at the right
	notice  *notice
	grid    *grid.Grid
	source  *source
	beside  *page.Beside
	drawer  *drawer
	empty   *kit.Empty
	card    *kit.Card       // with the grid
	body    *fyne.Container // notice, grid and drawer
	filters bool            // the filter row is shown

	tree   *tree       // nil until the first read
	period model.Month // of the reports, "" for the current month
	view   view
	name   string // of the kept view that is shown, "" for none
	shut   map[string]bool
	fast   *fast // nil unless progress is being filled in row by row
	route  page.Route
	opened bool // the drawer was shown once where there is room for it
	load   *task.Latest
	typing *task.Delay
}

// fast is the grid while progress is filled in: the items at or below one, or all.
type fast struct{ top string }

// typingRest is how long typing in a filter must rest before the rows are laid out.
const typingRest = 150 * time.Millisecond

// New makes the page.
func New(api API, d *page.Desk) *Page {
	p := &Page{api: api, desk: d, kept: recall(fyne.CurrentApp().Preferences()), view: view{Chip: chipAll},
		shut: map[string]bool{}, load: task.NewLatest(d.Runner), typing: task.NewDelay(d.Runner)}
	l := api.Catalog().Ledger(ledgers.Task)
	p.source = &source{data: data{ledger: l, progress: api.Catalog().Ledger(ledgers.Progress)}, edits: edits{},
		cols: chosenColumns(listColumns(l), p.kept.Columns)}
	p.drawer = newDrawer(p)
	p.content = p.arrange()
	return p
}

// Content is the page's object.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show goes to an item, a chip or words to search for.
func (p *Page) Show(r page.Route) {
	p.route = r
	if r.Filter != "" || r.Search != "" {
		p.view = view{Chip: chipAll, Search: r.Search, Sort: p.view.Sort, Flat: p.view.Flat}
		if chipFits[r.Filter] != nil {
			p.view.Chip = r.Filter
		}
		p.fast, p.name = nil, ""
	}
	p.reload()
}

// concern are the ledgers that the page shows something of.
var concern = []string{ledgers.Task, ledgers.Progress, ledgers.Area, ledgers.Unit, ledgers.Person, ledgers.Parameter}

// Changed reads anew what an operation touched.
func (p *Page) Changed(keys []string) {
	if slices.ContainsFunc(keys, func(k string) bool { return slices.Contains(concern, k) }) {
		p.reload()
	}
}

// reload reads everything and shows it, the choice where it was.
func (p *Page) reload() {
	period := cmp.Or(p.period, p.api.Period())
	page.Load(p.desk, p.load, func(ctx context.Context) (*tree, error) {
		d, err := read(ctx, p.api, period)
		if err != nil {
			return nil, err
		}
		return grow(d), nil
	}, p.show)
}

// SetPeriod goes to the reports of another month.
func (p *Page) SetPeriod(m model.Month) {
	p.period = m
	if p.tree != nil {
		p.reload()
	}
}

// show puts what was read on screen.
func (p *Page) show(t *tree) {
	chosen := p.current()
	p.tree = t
	p.source.data = t.data
	p.source.edits.clean()
	p.showHead()
	p.setRows()
	switch {
	case p.route.Record != "":
		p.goTo(p.route.Record)
		p.setDrawer(true)
	case chosen != nil:
		p.goTo(chosen.rec.ID)
	}
	act := p.route.Act
	p.route = page.Route{}
	if !p.opened && len(p.source.rows) > 0 && !p.beside.Covers() {
		p.setDrawer(true)
	}
	p.opened = true
	p.choose(p.currentRow())
	if act == page.Create {
		p.create(nil)
	}
}

// setRows lays the rows out as the view says.
func (p *Page) setRows() {
	if p.tree == nil {
		return
	}
	chosen := p.current()
	if p.fast != nil {
		p.source.rows, p.source.flat = p.tree.fastRows(p.fast.top, p.view), true
	} else {
		p.source.rows, p.source.flat = p.tree.rows(p.view, p.shut), p.view.Flat
	}
	p.grid.Reload()
	if chosen != nil {
		if at := rowOf(p.source.rows, chosen.rec.ID); at >= 0 && at != p.currentRow() {
			p.grid.Select(at)
		}
	}
	if now := p.current(); now != p.drawer.node {
		p.choose(p.currentRow()) // another item has come under the cursor
	}
	p.notice.show(p)
	p.showChips()
	p.tellStatus()
}

// currentRow is the row of the cursor, or -1.
func (p *Page) currentRow() int {
	row, _ := p.grid.Current()
	if row >= len(p.source.rows) {
		return -1
	}
	return row
}

// current is the item of the cursor's row, or nil.
func (p *Page) current() *node {
	if at := p.currentRow(); at >= 0 {
		return p.source.rows[at].node
	}
	return nil
}

// selected are the items of all chosen rows.
func (p *Page) selected() []*model.Record {
	var out []*model.Record
	for at := range p.grid.Selected() {
		if at < len(p.source.rows) {
			out = append(out, p.source.rows[at].rec)
		}
	}
	return out
}

// goTo puts the cursor on an item, unfolding and unfiltering what hides it.
func (p *Page) goTo(id string) {
	n := p.tree.nodes[id]
	if n == nil {
		return
	}
	if rowOf(p.source.rows, id) < 0 {
		for at := n.above; at != nil; at = at.above {
			delete(p.shut, at.rec.ID)
		}
		p.setRows()
	}
	if rowOf(p.source.rows, id) < 0 && p.route.Record == id {
		p.fast, p.view, p.name = nil, view{Chip: chipAll, Sort: p.view.Sort}, ""
		p.clearFilters()
		p.setRows()
	}
	if at := rowOf(p.source.rows, id); at >= 0 {
		p.grid.Select(at)
	}
}

// choose shows the item of a row in the drawer.
func (p *Page) choose(row int) {
	if row < 0 || row >= len(p.source.rows) {
		p.drawer.show(nil)
	} else {
		p.drawer.show(p.source.rows[row].node)
	}
	p.tellStatus()
}

// open opens the drawer on the item of a row.
func (p *Page) open(row int) {
	p.choose(row)
	p.setDrawer(true)
}

// setDrawer shows or hides the drawer.
func (p *Page) setDrawer(shown bool) {
	p.beside.SetShown(shown)
	if shown {
		p.drawer.refresh()
	}
}

// tellStatus says at the lower edge what is chosen.
func (p *Page) tellStatus() {
	if p.tree == nil {
		return
	}
	own := 0
	for _, r := range p.source.rows {
		if !r.foreign {
			own++
		}
	}
	p.desk.Status(fmt.Sprintf("选中 %d 项　显示 %d / %d", p.grid.SelectedCount(), own, counts(p.tree.data)[chipAll]))
}

// twist folds or unfolds the item of a row.
func (p *Page) twist(row int) {
	if p.view.narrows() || p.fast != nil {
		return
	}
	id := p.source.rows[row].rec.ID
	if p.shut[id] = !p.shut[id]; !p.shut[id] {
		delete(p.shut, id)
	}
	p.setRows()
}

// change changes how the items are looked at.
func (p *Page) change(edit func(v *view)) {
	p.view.Columns = maps.Clone(p.view.Columns)
	edit(&p.view)
	p.name = ""
	p.setRows()
}

// Do knows the commands 新建, 保存, 编辑, 填进展, 删除 and 筛选.
func (p *Page) Do(c page.Command) bool {
	switch c {
	case page.New:
		p.create(p.current())
	case page.Save:
		return p.save()
	case page.Edit:
		return p.openTab(tabDetails)
	case page.Report:
		return p.openTab(tabProgress)
	case page.Delete:
		return p.askDelete()
	case page.Filters:
		p.toggleFilters()
	default:
		return false
	}
	return true
}

// save writes what is staged, else what is typed in the drawer.
func (p *Page) save() bool {
	if ready, _ := p.source.edits.counts(); ready > 0 {
		p.writeStaged()
		return true
	}
	return p.drawer.save()
}

// openTab opens a form of the item at the cursor, with the keyboard in it.
func (p *Page) openTab(tab string) bool {
	if p.current() == nil {
		return false
	}
	p.setDrawer(true)
	p.drawer.choose(tab)
	p.drawer.focus()
	return true
}
