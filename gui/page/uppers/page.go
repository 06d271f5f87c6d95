package uppers

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
)

// API is what the page needs of app.
type API interface {
	form.Lister
	Today() model.Day
	Forms(ctx context.Context) ([]exchange.Form, error)
	Get(ctx context.Context, ledger, id string) (*model.Ledger, *model.Record, error)
	Add(ctx context.Context, ledger string, assign []app.Assignment) (app.Done, error)
	Set(ctx context.Context, ledger, id string, assign []app.Assignment) (app.Done, error)
	UpperStanding(ctx context.Context) (app.UpperStanding, error)
	KeepSent(ctx context.Context, req app.KeepSentRequest) (app.Done, app.KeptFor, error)
	SentFile(ctx context.Context, table, period, to string) (app.UpperSending, error)
	CompareTheirs(ctx context.Context, req app.TheirsRequest) (app.Theirs, error)
	Burden(ctx context.Context, req app.BurdenRequest) (app.Burden, error)
	KeepTheirs(ctx context.Context, table, period, path string) (app.Done, error)
}

// The tabs of the drawer.
const (
	tabFacts = "facts"
	tabSent  = "sent"
)

var (
	_ page.Page      = (*Page)(nil)
	_ page.Commander = (*Page)(nil)
)

// Page is the page 报表登记.
type Page struct {
	api   API
	desk  *page.Desk
	stage *fyne.Container

	object fyne.CanvasObject // the list; other views take its place on the stage
	header *page.Header
	chips  *kit.Chips
	grid   *grid.Grid
	card   *kit.Card
	empty  *kit.Empty
	drawer *kit.Drawer
	theirs *theirs
	burden *burden
	weigh  *kit.Button // 报表负担, out of sight while it is switched off
	beside *page.Beside

	now     app.UpperStanding
	rows    rows
	wanted  string // id of the table to go to once all is read
	tab     string // of the drawer
	opened  bool   // the drawer was shown once where there is room for it
	reads   *task.Latest
	details *task.Latest
}

// New makes the page.
func New(api API, d *page.Desk) *Page {
	p := &Page{api: api, desk: d, reads: task.NewLatest(d.Runner), details: task.NewLatest(d.Runner), stage: container.NewStack()}
	register := kit.NewButton("登记报表", kit.ButtonMain, p.register)
	register.Key = "Ctrl+N"
	p.header = page.NewHeader("报表登记", append(p.tools(), register)...)
	p.chips = kit.NewChips(func(key string, _ fyne.Position) { p.chips.Select(key); p.showRows() })
	p.chips.Set(viewChips(p.now), viewAll)
	p.object = page.Rows(p.header.Object, p.chips, p.body())
	p.theirs, p.burden = newTheirs(p), newBurden(p)
	p.show(p.object)
	return p
}

// tools are the buttons before the main one.
func (p *Page) tools() []fyne.CanvasObject {
	p.weigh = kit.NewButton("报表负担", kit.ButtonPlain, func() { p.burden.open() })
	p.weigh.Hide()
	return []fyne.CanvasObject{
		p.weigh,
		kit.NewButton("返回报表", kit.ButtonPlain, func() { p.desk.Open(page.Route{Page: page.Reports}) }),
		kit.NewButton("按上级表填报", kit.ButtonPlain, func() { p.desk.Open(page.Route{Page: page.Filling}) }),
	}
}

// body is the list with its drawer, or what to do while nothing is registered.
func (p *Page) body() fyne.CanvasObject {
	p.grid = grid.New(grid.Config{Source: &p.rows, Rows: true, OnSelect: func(int) { p.follow() }, OnOpen: func(int) { p.edit() },
		Empty: "这一类没有。点上面的“全部”看登记的报表。"})
	p.card = kit.NewFlushCard(p.grid)
	p.empty = kit.NewEmpty(look.IconReport, "上级要的表，登记一次，到期提醒",
		"登记谁要、多久报一次、什么时候截止、找谁对接；到期和逾期的列在今日。按上级表填报的，报出的文件自动留存在这里。",
		kit.NewButton("登记报表", kit.ButtonFirst, p.register))
	p.drawer = kit.NewDrawer(func(key string) { p.tab = key }, func() { p.setDrawer(false) })
	p.beside = page.NewBeside(container.NewStack(p.card, p.empty), p.drawer)
	return p.beside.Object
}

// Content is the page's object.
func (p *Page) Content() fyne.CanvasObject { return p.stage }

func (p *Page) show(o fyne.CanvasObject) {
	p.stage.Objects = []fyne.CanvasObject{o}
	p.stage.Refresh()
}

// openList goes back to the list.
func (p *Page) openList() {
	p.show(p.object)
	p.reload()
}

// Show shows the list, at the table that the route names.
func (p *Page) Show(r page.Route) {
	p.wanted = r.Record
	if r.Record != "" {
		p.chips.Select(viewAll)
	}
	p.show(p.object)
	p.reload()
	if c := p.desk.Canvas(); c != nil && p.card.Visible() {
		c.Focus(p.grid)
	}
}

// concern are the ledgers that the page shows something of.
var concern = []string{ledgers.UpperTable, ledgers.UpperSent, ledgers.Final, ledgers.Form, ledgers.Template, ledgers.Holiday, ledgers.Parameter}

// Changed reads all anew if an operation touched what is shown.
func (p *Page) Changed(keys []string) {
	if slices.ContainsFunc(keys, func(k string) bool { return slices.Contains(concern, k) }) {
		p.reload()
	}
}

func (p *Page) reload() { page.Load(p.desk, p.reads, p.api.UpperStanding, p.showStanding) }

// showStanding puts what was read on screen.
func (p *Page) showStanding(now app.UpperStanding) {
	p.now = now
	setShown(p.weigh, now.Burden)
	p.header.SetNote(standingNote(now))
	p.chips.Set(viewChips(now), p.chips.Selected())
	setShown(p.empty, len(now.Tables) == 0)
	setShown(p.card, len(now.Tables) > 0)
	setShown(p.chips, len(now.Tables) > 0)
	if len(now.Tables) == 0 { // a drawer of nothing would only cover what to do
		p.opened = false
		p.beside.SetShown(false)
	}
	p.showRows()
}

func setShown(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}

// showRows shows the lines of the chosen view, the cursor on the same table as before.
func (p *Page) showRows() {
	before := p.wanted
	if t := p.current(); t != nil && before == "" {
		before = t.ID
	}
	p.wanted = ""
	p.rows = rowsOf(p.now, p.chips.Selected())
	p.grid.SetSource(&p.rows)
	at := slices.IndexFunc(p.rows.lines, func(l line) bool { return l.table.ID == before })
	p.grid.Select(max(at, 0))
	if !p.opened && len(p.rows.lines) > 0 && !p.beside.Covers() {
		p.opened = true
		p.setDrawer(true)
	}
	p.follow()
}

// current is the table of the cursor, nil for none.
func (p *Page) current() *app.UpperTable {
	row, _ := p.grid.Current()
	if row < 0 || row >= len(p.rows.lines) {
		return nil
	}
	return p.rows.lines[row].table
}

func (p *Page) setDrawer(shown bool) {
	p.beside.SetShown(shown)
	p.follow()
}

// follow shows the table of the cursor in the drawer.
func (p *Page) follow() {
	t := p.current()
	if !p.drawer.Visible() {
		return
	}
	if t == nil {
		p.details.Stop()
		p.drawer.Clear("没有选中的报表")
		return
	}
	page.Load(p.desk, p.details, func(ctx context.Context) (*model.Record, error) {
		_, rec, err := p.api.Get(ctx, ledgers.UpperTable, t.ID)
		return rec, err
	}, func(rec *model.Record) { p.showTable(t, rec) })
}

// showTable shows what is known of a table.
func (p *Page) showTable(t *app.UpperTable, rec *model.Record) {
	mark, words := standing(t, p.now)
	p.drawer.SetHead(kit.Head{Crumb: t.Asker, Title: t.Title, Mark: mark, Status: words, Note: t.Due.Words(t.Cadence) + "前"})
	facts := form.Facts(p.ledger(), rec, "title", "asker", "basis", "cadence", "from", "until", "contact", "phone", "template", "form", "files", "remark")
	p.drawer.SetTabs([]kit.Tab{{Key: tabFacts, Label: "登记内容", Content: facts}, {Key: tabSent, Label: "报送留存", Content: p.sentTab(t)}}, p.tab)
	p.drawer.SetFooter("", kit.NewButton("登记报送", kit.ButtonFirst, p.keepSent), kit.NewButton("修改登记", kit.ButtonPlain, p.edit), kit.NewButton("打开记录", kit.ButtonPlain, p.openRecord))
}

func (p *Page) ledger() *model.Ledger { return p.api.Catalog().Ledger(ledgers.UpperTable) }

// openRecord goes to the table's record, with all that is kept on it.
func (p *Page) openRecord() {
	if t := p.current(); t != nil {
		p.desk.Open(page.RecordRoute(ledgers.UpperTable, t.ID))
	}
}

// Do knows 新建 (登记报表) and 编辑.
func (p *Page) Do(c page.Command) bool {
	if p.stage.Objects[0] != p.object {
		return false
	}
	switch c {
	case page.New:
		p.register()
	case page.Edit:
		p.edit()
	default:
		return false
	}
	return true
}
