package teams

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/dialog"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// roster is the part 花名册: teams by village, terms that end, rotation.
type roster struct {
	p         *Page
	all       []app.RosterLine
	rotations []*model.Record
	shown     []app.RosterLine
	view      string

	header *page.Header
	chips  *kit.Chips
	grid   *grid.Grid
	drawer *kit.Drawer
	beside *page.Beside
	reads  *task.Latest
	items  *task.Latest
}

func newRoster(p *Page) *roster {
	r := &roster{p: p, view: viewNow, reads: task.NewLatest(p.desk.Runner), items: task.NewLatest(p.desk.Runner)}
	r.chips = kit.NewChips(func(key string, _ fyne.Position) { r.choose(key) })
	r.chips.Set(rosterChips(nil, 0, p.api.Today()), r.view)
	r.grid = grid.New(grid.Config{Source: table{}, Rows: true, Empty: "这里没有队员。新增一名，或者在“导入”里把花名册表格拖进来。",
		OnSelect: func(int) { r.follow() }, OnOpen: func(int) { r.setDrawer(true) }})
	r.drawer = kit.NewDrawer(nil, func() { r.setDrawer(false) })
	r.beside = page.NewBeside(kit.NewFlushCard(r.grid), r.drawer)
	return r
}

func (r *roster) lines() (*page.Header, []fyne.CanvasObject, []fyne.CanvasObject) {
	add := kit.NewButton("新增队员", kit.ButtonPlain, r.add)
	add.Key = "Ctrl+N"
	r.header = page.NewHeader("驻村", kit.NewButton("打开完整台账", kit.ButtonPlain, r.openLedger),
		kit.NewButton("导出花名册", kit.ButtonPlain, r.export), add, kit.NewButton("人员交接", kit.ButtonMain, r.handover))
	return r.header, nil, []fyne.CanvasObject{r.chips, r.beside.Object}
}

// rosterData is what the part shows.
type rosterData struct {
	lines     []app.RosterLine
	rotations []*model.Record
}

func (r *roster) load() {
	page.Load(r.p.desk, r.reads, func(ctx context.Context) (d rosterData, err error) {
		if d.lines, err = r.p.api.Roster(ctx); err != nil {
			return d, err
		}
		_, got, err := r.p.api.List(ctx, app.ListRequest{Ledger: ledgers.Rotation})
		d.rotations = got.Records
		return d, err
	}, func(d rosterData) {
		r.all, r.rotations = d.lines, d.rotations
		r.choose(r.view)
	})
}

// choose shows a view.
func (r *roster) choose(view string) {
	today := r.p.api.Today()
	changed := view != r.view
	r.view = view
	r.chips.Set(rosterChips(r.all, len(r.rotations), today), view)
	r.shown = nil
	if view != viewRotation {
		r.shown = linesIn(view, r.all, today)
	}
	row, _ := r.grid.Current()
	r.grid.SetSource(r.table())
	if !changed {
		r.grid.Select(row)
	}
	villages := map[string]bool{}
	for _, l := range linesIn(viewNow, r.all, today) {
		villages[l.Village] = true
	}
	r.header.SetNote(fmt.Sprintf("%d 个村有工作队", len(villages)))
	r.follow()
}

// table is what the view shows.
func (r *roster) table() table {
	catalog := r.p.api.Catalog()
	if r.view == viewRotation {
		return rotationTable(catalog.Ledger(ledgers.Rotation), r.rotations)
	}
	return rosterTable(catalog.Ledger(ledgers.Team), r.shown, r.p.api.Today())
}

func (r *roster) concerns(keys []string) bool {
	return touches(keys, ledgers.Team, ledgers.Rotation, ledgers.Area, ledgers.Unit)
}

func (r *roster) leave() {}

func (r *roster) show(route page.Route) {
	for row, l := range r.shown {
		if route.Record == l.Member.ID {
			r.grid.Select(row)
			r.setDrawer(true)
		}
	}
	r.p.focus(r.grid)
}

func (r *roster) do(c page.Command) bool {
	switch c {
	case page.New:
		r.add()
	case page.Edit:
		r.openLedger()
	case page.Report:
		r.fillIn()
	default:
		return false
	}
	return true
}

// fillIn goes to the month sheet, to the member of the cursor.
func (r *roster) fillIn() {
	if m := r.current(); m != nil {
		r.p.sheet.turnTo(r.p.api.Today().Month(), m.ID, ledgers.DayField(1))
	}
	r.p.goTo(PartSheet)
	r.p.focus(r.p.sheet.grid)
}

// current is the member of the cursor, nil in the view of rotations.
func (r *roster) current() *model.Record {
	row, _ := r.grid.Current()
	if row < 0 || row >= len(r.shown) {
		return nil
	}
	return r.shown[row].Member
}

func (r *roster) setDrawer(shown bool) {
	r.beside.SetShown(shown && r.current() != nil)
	r.follow()
}

// memberFacts are the fields of the drawer.
var memberFacts = []string{"village", "role", "home_unit", "home_level", "duty", "from", "to", "renewed", "gender", "ethnic", "birth", "education",
	"politics", "party_since", "work_since", "skill", "phone", "id_number", "remark"}

// follow shows the member of the cursor in the drawer.
func (r *roster) follow() {
	m := r.current()
	if m == nil || !r.drawer.Visible() {
		r.beside.SetShown(r.drawer.Visible() && m != nil)
		return
	}
	l := r.p.api.Catalog().Ledger(ledgers.Team)
	r.drawer.SetHead(kit.Head{Crumb: shown(l, m, "village"), Title: m.Get("name").Text, Status: shown(l, m, "role")})
	r.drawer.SetFooter("", kit.NewButton("人员交接", kit.ButtonFirst, r.handover), kit.NewButton("修改", kit.ButtonPlain, r.openLedger))
	page.Load(r.p.desk, r.items, func(ctx context.Context) ([]app.HandoverItem, error) { return r.p.api.HandoverItems(ctx, m.ID) },
		func(items []app.HandoverItem) {
			r.drawer.SetTabs([]kit.Tab{
				{Key: "facts", Label: "详情", Content: container.NewVScroll(form.Facts(l, m, memberFacts...))},
				{Key: "items", Label: "在手事项", Count: len(items), Content: container.NewVScroll(itemList(items))},
			}, "")
		})
}

// itemList lists what somebody has in hand, one line each.
func itemList(items []app.HandoverItem) fyne.CanvasObject {
	box := container.NewVBox()
	if len(items) == 0 {
		box.Add(kit.NewLine("没有在办的事项、联系户和任职。", look.TextBody, look.Second, false))
	}
	for _, it := range items {
		box.Add(form.Fact(it.Label, it.Title+leftWords(it)))
	}
	return box
}

// openLedger goes to the whole record, where every field is edited.
func (r *roster) openLedger() {
	to := page.Route{Page: page.Ledgers, Ledger: ledgers.Team}
	if r.view == viewRotation {
		to.Ledger = ledgers.Rotation
	}
	if m := r.current(); m != nil {
		to.Record = m.ID
	}
	r.p.desk.Open(to)
}

// export writes the roster as a workbook.
func (r *roster) export() {
	r.p.write("驻村工作队花名册 "+string(r.p.api.Today())+".xlsx", func(ctx context.Context, path string) error {
		_, err := r.p.api.Export(ctx, app.ExportRequest{List: app.ListRequest{Ledger: ledgers.Team}, Out: path})
		return err
	})
}

// newMember are the fields that a new member is asked for; the rest is in 台账.
var newMember = []string{"village", "name", "role", "home_unit", "from", "to", "phone"}

// add asks for a new member.
func (r *roster) add() {
	l := r.p.api.Catalog().Ledger(ledgers.Team)
	dialog.Ask(r.p.desk, r.p.api, dialog.Question{Title: "新增队员", Ledger: l, Fields: dialog.Fields(l, newMember...), Yes: "新增",
		Work: func(ctx context.Context, got []app.Assignment) (app.Done, error) { return r.p.api.Add(ctx, l.Key, got) },
		Done: func(done app.Done) { r.p.desk.Done("已新增队员", done.Op) }})
}
