package supervise

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/dialog"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/page/steps"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// press is the part 提醒催办: what the rules propose, each step taken by a person.
type press struct {
	p      *Page
	all    []app.Pressing
	list   []app.Pressing // those shown
	filter *filter

	grid   *grid.Grid
	drawer *kit.Drawer
	beside *page.Beside
	opened bool // the drawer was shown once where there is room for it
	wanted string
	reads  *task.Latest
}

func newPress(p *Page) *press {
	s := &press{p: p, reads: task.NewLatest(p.desk.Runner)}
	s.filter = newFilter(p, chipAll, func() { s.showList() })
	s.grid = grid.New(grid.Config{Source: grid.Table{}, Rows: true, Empty: "没有要提醒、催办的事项。临近时限和逾期的事项会列在这里。",
		OnSelect: func(int) { s.follow() }, OnOpen: func(int) { s.setDrawer(true) }, OnMenu: s.menu})
	s.drawer = kit.NewDrawer(nil, func() { s.setDrawer(false) })
	s.beside = page.NewBeside(kit.NewFlushCard(s.grid), s.drawer)
	return s
}

func (s *press) lines() (*page.Header, fyne.CanvasObject, fyne.CanvasObject) {
	order := kit.NewButton("发督办单", kit.ButtonMain, s.order)
	order.Key = "Ctrl+N"
	header := page.NewHeader("督办", s.p.briefButton(), kit.NewButton("通报（草稿）", kit.ButtonPlain, s.notice),
		kit.NewButton("复制催办文字", kit.ButtonPlain, s.copy), order)
	return header, s.filter.chips, s.beside.Object
}

func (s *press) concerns(ledger string) bool {
	return slices.Contains(ledgers.Followed(), ledger) || ledger == ledgers.Progress || ledger == ledgers.Parameter || ledger == ledgers.Area
}

func (s *press) load() {
	page.Load(s.p.desk, s.reads, s.p.api.Pressing, func(list []app.Pressing) {
		s.all = list
		s.showList()
	})
}

// showList shows the chosen proposals, the cursor on the item it was on.
func (s *press) showList() {
	before := s.wanted
	if one := s.current(); one != nil && before == "" {
		before = one.Item.ID
	}
	s.wanted = ""
	s.list = pressOf(s.all, s.filter.chip, s.filter.domain)
	s.filter.set(pressChips(s.all))
	s.grid.SetSource(pressTable(s.list))
	s.grid.Select(max(0, slices.IndexFunc(s.list, func(one app.Pressing) bool { return one.Item.ID == before })))
	if !s.opened && len(s.list) > 0 && !s.beside.Covers() {
		s.opened = true
		s.beside.SetShown(true)
	}
	s.follow()
}

func (s *press) show(record string) {
	if record != "" {
		s.wanted = record
		s.showList()
	}
	s.p.focus(s.grid)
}

func (s *press) do(c page.Command) bool {
	switch c {
	case page.New:
		s.order()
	case page.Edit:
		s.openItem()
	default:
		return false
	}
	return true
}

// current is the proposal of the cursor, or nil.
func (s *press) current() *app.Pressing {
	if row, _ := s.grid.Current(); row >= 0 && row < len(s.list) {
		return &s.list[row]
	}
	return nil
}

// chosen are the proposals of all chosen rows.
func (s *press) chosen() []app.Pressing {
	var out []app.Pressing
	for row := range s.grid.Selected() {
		if row < len(s.list) {
			out = append(out, s.list[row])
		}
	}
	return out
}

func (s *press) setDrawer(shown bool) {
	s.beside.SetShown(shown)
	s.follow()
}

// follow shows the item of the cursor in the drawer.
func (s *press) follow() {
	one := s.current()
	switch {
	case !s.drawer.Visible():
	case one == nil:
		s.drawer.Clear("没有选中的事项")
	default:
		mark, status := steps.Light(one.Item)
		s.drawer.SetHead(kit.Head{Crumb: one.Ledger.Label + " · " + one.Item.Get("unit").Text, Title: one.Ledger.Name(one.Item), Mark: mark, Status: status, Note: why(*one)})
		s.drawer.SetTabs([]kit.Tab{{Key: "facts", Label: "事项情况", Content: form.Facts(one.Ledger, one.Item, factKeys(one.Ledger)...)}}, "")
		s.drawer.SetFooter("", s.buttons(*one)...)
	}
}

// why says why the step is proposed.
func why(one app.Pressing) string {
	if one.Order != nil {
		return "已有督办单 " + one.Order.Get("doc_no").Text
	}
	return "建议" + ledgers.PressWord(one.Step)
}

// buttons are what can be done about an item, what is proposed first.
func (s *press) buttons(one app.Pressing) []*kit.Button {
	out := []*kit.Button{kit.NewButton(copyLabel(one.Step), kit.ButtonPlain, s.copy)}
	switch {
	case one.Order != nil:
		out = append([]*kit.Button{kit.NewButton("看督办单", kit.ButtonFirst, func() { s.p.openOrder(one.Order.ID) })}, out...)
	case ledgers.Orderable(one.Ledger):
		out = append([]*kit.Button{kit.NewButton("发督办单", kit.ButtonFirst, s.order)}, out...)
	}
	return append(out, kit.NewButton("打开事项", kit.ButtonPlain, s.openItem))
}

// copyLabel names the button that copies the text of a step.
func copyLabel(step string) string {
	if step == ledgers.PressRemind {
		return "复制提醒文字"
	}
	return "复制催办文字"
}

// openItem goes to the item of the cursor.
func (s *press) openItem() {
	if one := s.current(); one != nil {
		s.p.desk.Open(page.RecordRoute(one.Ledger.Key, one.Item.ID))
	}
}

// copy puts the text that reminds of the chosen items on the clipboard.
func (s *press) copy() {
	list := s.chosen()
	if len(list) == 0 {
		s.p.say("没有选中的事项。")
		return
	}
	s.p.desk.Copy(urgeText(list))
	s.p.say("已复制催办文字，可以粘贴到群里。")
}

// notice writes the draft of facts.
func (s *press) notice() {
	s.p.write("任务办理情况通报（草稿） "+string(s.p.api.Today())+".docx", app.ReportRequest{Kind: "通报"})
}

func (s *press) menu(int, int) []*fyne.MenuItem {
	one := s.current()
	if one == nil {
		return nil
	}
	out := []*fyne.MenuItem{fyne.NewMenuItem(copyLabel(one.Step), s.copy), fyne.NewMenuItem("打开事项", s.openItem)}
	if ledgers.Orderable(one.Ledger) {
		out = append(out, fyne.NewMenuItem("发督办单…", s.order))
	}
	return out
}

// order asks for an order about the item of the cursor, or about nothing yet. What
// follows from the item and the next number stand in it.
func (s *press) order() {
	if one := s.current(); one != nil && ledgers.Orderable(one.Ledger) {
		s.p.askOrder(one.Ledger, one.Item)
		return
	}
	s.p.askOrder(nil, nil)
}

// orderFields are what is asked for in an order, two short ones on a line.
var orderFields = []string{"title", "doc_no", "kind", "leader", "unit", "due", "lead_person", "report_every", "content", "issuer", "domain", "contact", "phone"}

// askOrder asks for an order, about an item if one is given. It stays 待交办 until
// it is printed and signed; 交办 is a step of its own.
func (p *Page) askOrder(from *model.Ledger, item *model.Record) {
	l := p.ledger(ledgers.Order)
	start := model.NewRecord(l.Key, "")
	if item != nil {
		var err error
		if start, err = ledgers.Arise(from, item, l); err != nil {
			p.desk.Presenter.Error(err)
			return
		}
	}
	page.Run(p.desk, p.api.NextOrderNumber, func(number string) {
		dialog.Ask(p.desk, p.api, dialog.Question{
			Title: "发督办单", Ledger: l, Fields: dialog.Fields(l, orderFields...), Start: start, Yes: "发督办单",
			Begin: func(f *form.Form) {
				f.Propose("doc_no", number, "")
				if home := p.api.Home(); home != nil {
					f.Propose("issuer", home.Get("name").Text, home.ID)
				}
			},
			Work: func(ctx context.Context, got []app.Assignment) (app.Done, error) {
				if item == nil {
					return p.api.Add(ctx, l.Key, got)
				}
				return p.api.Arise(ctx, from.Key, item.ID, l.Key, got)
			},
			Done: func(done app.Done) {
				p.desk.Done("已建督办单 "+done.Records[0].Get("doc_no").Text+"，打印签发后点“交办”", done.Op)
				p.openOrder(done.Records[0].ID)
			},
		})
	})
}

// openOrder goes to an order on this page.
func (p *Page) openOrder(id string) {
	p.Show(page.Route{Page: page.Supervise, Filter: PartOrders, Record: id})
}

// focus puts the keyboard somewhere.
func (p *Page) focus(o fyne.Focusable) {
	if c := p.desk.Canvas(); c != nil {
		c.Focus(o)
	}
}
