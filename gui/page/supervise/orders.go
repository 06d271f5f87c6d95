package supervise

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/arise"
	"xiangzhen/gui/page/steps"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// Keys of the tabs of an order.
const (
	tabFeedback = "feedback"
	tabDetails  = "details"
	tabHistory  = "history"
)

// orders is the part 督办单: the orders, what was answered, their papers and steps.
type orders struct {
	p      *Page
	all    []*model.Record
	list   []*model.Record // those shown
	filter *filter
	wanted string // id of the order to go to

	grid     *grid.Grid
	drawer   *kit.Drawer
	beside   *page.Beside
	body     *fyne.Container // what the tab shows
	tab      string
	feedback *feedback // the entry of what is answered, nil unless its tab is shown
	shown    string    // id of the order in the drawer
	opened   bool
	reads    *task.Latest
	details  *task.Latest
	steps    *task.Latest
}

func newOrders(p *Page) *orders {
	s := &orders{p: p, tab: tabFeedback, body: container.NewVBox(),
		reads: task.NewLatest(p.desk.Runner), details: task.NewLatest(p.desk.Runner), steps: task.NewLatest(p.desk.Runner)}
	s.filter = newFilter(p, chipOpen, func() { s.showList() })
	s.grid = grid.New(grid.Config{Source: grid.Table{}, Rows: true, Empty: "没有符合的督办单。可以从逾期的事项发督办单，也可以直接新建。",
		OnSelect: func(int) { s.follow() }, OnOpen: func(int) { s.setDrawer(true) }, OnMenu: s.menu})
	s.drawer = kit.NewDrawer(s.chooseTab, func() { s.setDrawer(false) })
	s.beside = page.NewBeside(kit.NewFlushCard(s.grid), s.drawer)
	return s
}

func (s *orders) lines() (*page.Header, fyne.CanvasObject, fyne.CanvasObject) {
	add := kit.NewButton("新建督办单", kit.ButtonMain, func() { s.p.askOrder(nil, nil) })
	add.Key = "Ctrl+N"
	header := page.NewHeader("督办", s.p.briefButton(), kit.NewButton("打开完整台账", kit.ButtonPlain, s.openLedger), add)
	return header, s.filter.chips, s.beside.Object
}

func (s *orders) ledger() *model.Ledger { return s.p.ledger(ledgers.Order) }

func (s *orders) concerns(ledger string) bool {
	return ledger == ledgers.Order || ledger == ledgers.Progress || ledger == ledgers.Parameter || ledger == ledgers.Person || ledger == ledgers.Area
}

func (s *orders) load() {
	page.Load(s.p.desk, s.reads, func(ctx context.Context) ([]*model.Record, error) {
		_, got, err := s.p.api.List(ctx, app.ListRequest{Ledger: ledgers.Order})
		return got.Records, err
	}, func(all []*model.Record) {
		s.all = all
		s.showList()
	})
}

// showList shows the chosen orders, the cursor on the one it was on.
func (s *orders) showList() {
	before := s.wanted
	if r := s.current(); r != nil && before == "" {
		before = r.ID
	}
	at := func() int { return slices.IndexFunc(s.list, func(r *model.Record) bool { return r.ID == before }) }
	s.list = ordersOf(s.ledger(), s.all, s.filter.chip, s.filter.domain)
	if s.wanted != "" && at() < 0 { // the chips hide what was asked for
		s.filter.chip, s.filter.domain = chipAll, ""
		s.list = s.all
	}
	s.wanted = ""
	s.filter.set(orderChips(s.ledger(), s.all))
	s.grid.SetSource(orderTable(s.ledger(), s.list))
	s.grid.Select(max(0, at()))
	if !s.opened && len(s.list) > 0 && !s.beside.Covers() {
		s.opened = true
		s.beside.SetShown(true)
	}
	s.follow()
}

func (s *orders) show(record string) {
	if record != "" {
		s.wanted = record
		s.showList()
		s.setDrawer(true)
	}
	s.p.focus(s.grid)
}

func (s *orders) do(c page.Command) bool {
	switch c {
	case page.New:
		s.p.askOrder(nil, nil)
	case page.Edit:
		s.openLedger()
	case page.Report:
		s.setDrawer(true)
		s.chooseTab(tabFeedback)
		if s.feedback != nil {
			s.feedback.focus()
		}
	case page.Save:
		return s.feedback != nil && s.feedback.save()
	default:
		return false
	}
	return true
}

// current is the order of the cursor, or nil.
func (s *orders) current() *model.Record {
	if row, _ := s.grid.Current(); row >= 0 && row < len(s.list) {
		return s.list[row]
	}
	return nil
}

func (s *orders) setDrawer(shown bool) {
	s.beside.SetShown(shown)
	s.follow()
}

// chooseTab shows another side of the order.
func (s *orders) chooseTab(tab string) {
	if tab != s.tab {
		s.tab, s.feedback = tab, nil
		s.follow()
	}
}

// follow shows the order of the cursor in the drawer. What is typed there and not
// saved stays while the same order is shown.
func (s *orders) follow() {
	r := s.current()
	switch {
	case !s.drawer.Visible():
	case r == nil:
		s.feedback, s.shown = nil, ""
		s.drawer.Clear("没有选中的督办单")
	default:
		mark, status := steps.Light(r)
		s.drawer.SetHead(kit.Head{Crumb: r.Get("doc_no").Text, Title: s.ledger().Name(r), Mark: mark, Status: status, Note: shown(s.ledger(), r, "state")})
		if s.shown != r.ID || s.feedback == nil || !s.feedback.dirty() {
			s.shown = r.ID
			s.fill(r)
		}
		s.showFooter(r)
	}
}

// showFooter shows the buttons: save, the step that is likely next, the papers, and
// the rest in a menu.
func (s *orders) showFooter(r *model.Record) {
	page.Load(s.p.desk, s.steps, func(ctx context.Context) ([]model.Step, error) {
		return s.p.api.Steps(ctx, ledgers.Order, r.ID)
	}, func(can []model.Step) {
		var buttons []*kit.Button
		if s.feedback != nil {
			buttons = append(buttons, kit.NewButton("保存反馈", kit.ButtonFirst, func() { s.feedback.save() }))
		}
		next, some := steps.Likely(can, r.Get(s.ledger().Flow.State).Text)
		if some {
			buttons = append(buttons, kit.NewButton(next.Label, kit.ButtonPlain, func() { s.take(r, next) }))
		}
		buttons = append(buttons, s.p.menuButton("打印", "", s.papers(r)...), s.p.menuButton("", look.IconMore, s.more(r, can, next.Key)...))
		s.drawer.SetFooter("", buttons...)
	})
}

func (s *orders) take(r *model.Record, step model.Step) {
	steps.Take(s.p.desk, s.p.api, s.ledger(), r, step)
}

// papers are the forms that can be printed of an order.
func (s *orders) papers(r *model.Record) []*fyne.MenuItem {
	var out []*fyne.MenuItem
	for _, kind := range []string{"督办单", "反馈单"} {
		for _, as := range []struct{ words, ending string }{{"Word 文档", ".docx"}, {"Excel 表格", ".xlsx"}} {
			out = append(out, fyne.NewMenuItem(kind+"（"+as.words+"）…", func() {
				s.p.write(kind+" "+s.ledger().Name(r)+as.ending, app.ReportRequest{Kind: kind, ID: r.ID})
			}))
		}
	}
	return out
}

// more are the other steps, and what can come out of the order.
func (s *orders) more(r *model.Record, can []model.Step, without string) []*fyne.MenuItem {
	var out []*fyne.MenuItem
	for _, step := range can {
		if step.Key == without {
			continue
		}
		words := step.Label
		if len(steps.Asks(step)) > 0 {
			words += "…"
		}
		out = append(out, fyne.NewMenuItem(words, func() { s.take(r, step) }))
	}
	out = append(out, arise.Items(s.p.desk, s.p.api, s.ledger(), r)...)
	if item := r.Get("item"); item.ID != "" {
		out = append(out, fyne.NewMenuItem("打开督办的事项", func() { s.openItem(item.ID) }))
	}
	return append(out, fyne.NewMenuItem("打开完整记录", s.openLedger))
}

// openItem goes to the item an order is about, whichever ledger keeps it.
func (s *orders) openItem(id string) {
	refs := s.ledger().Field("item").Ref.Ledgers
	page.Run(s.p.desk, func(ctx context.Context) (page.Route, error) {
		var last error
		for _, key := range refs {
			_, got, err := s.p.api.List(ctx, app.ListRequest{Ledger: key, IDs: []string{id}})
			if err == nil && len(got.Records) > 0 {
				return page.RecordRoute(key, id), nil
			}
			last = err
		}
		return page.Route{Page: page.Tasks}, last
	}, s.p.desk.Open)
}

func (s *orders) menu(int, int) []*fyne.MenuItem {
	r := s.current()
	if r == nil {
		return nil
	}
	return append(s.papers(r), fyne.NewMenuItem("打开完整记录", s.openLedger))
}

// openLedger goes to the whole record, where every field is edited.
func (s *orders) openLedger() {
	to := page.Route{Page: page.Ledgers, Ledger: ledgers.Order}
	if r := s.current(); r != nil {
		to.Record = r.ID
	}
	s.p.desk.Open(to)
}
