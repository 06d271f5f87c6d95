package teams

import (
	"cmp"
	"context"
	"fmt"
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
	"xiangzhen/model/ledgers"
)

// differ is the part 系统差异: how the newest exports of the system and the ledger
// differ, by household or person and by field, and whose word counts.
type differ struct {
	p      *Page
	ledger string
	view   string
	narrow app.DifferenceFilter // field and village
	all    app.SystemDifferences
	items  []app.SystemDifference // shown
	fault  error                  // why nothing could be compared

	header         *page.Header
	chips          *kit.Chips
	ledgers        *kit.Picker
	fields, places *kit.Picker
	grid           *grid.Grid
	drawer         *kit.Drawer
	beside         *page.Beside
	stage          *fyne.Container // the work, or the empty notice
	work, empty    fyne.CanvasObject
	buttons        []*kit.Button // of no use without an export
	reads, rows    *task.Latest
}

func newDiffer(p *Page) *differ {
	d := &differ{p: p, ledger: ledgers.Household, view: viewOpen, reads: task.NewLatest(p.desk.Runner), rows: task.NewLatest(p.desk.Runner)}
	d.chips = kit.NewChips(func(key string, _ fyne.Position) { d.view = key; d.list() })
	d.chips.Set(differChips(nil), d.view)
	d.grid = grid.New(grid.Config{Source: differTable{}, Rows: true, Empty: "这里没有差异。",
		OnSelect: func(int) { d.follow() }, OnOpen: func(int) { d.setDrawer(true) }})
	d.drawer = kit.NewDrawer(nil, func() { d.setDrawer(false) })
	d.beside = page.NewBeside(kit.NewFlushCard(d.grid), d.drawer)
	d.fields = kit.NewPicker("全部项目", func(q string) []kit.Choice { return kit.FilterChoices(fieldChoices(d.all.Items))(q) })
	d.fields.OnChosen = func(c kit.Choice) {
		d.narrow.Field, d.narrow.WholeOf = c.ID, c.ID == wholeRow
		if d.narrow.WholeOf {
			d.narrow.Field = ""
		}
		d.list()
	}
	d.places = kit.NewPicker("全部村", func(q string) []kit.Choice { return kit.FilterChoices(villageChoices(d.all.Items))(q) })
	d.places.OnChosen = func(c kit.Choice) { d.narrow.Village = c.ID; d.list() }
	d.work = d.beside.Object
	d.empty = kit.NewCard("", nil, kit.NewEmpty(look.IconImport, "还没有系统导出",
		"从全国或省系统导出名单，在“导入”里添加，点“作为系统导出留存”。\n导出的表按原样留着，不改台账；这里逐户逐项列出与台账的差异。",
		kit.NewButton("去导入", kit.ButtonFirst, func() { p.desk.Open(page.Route{Page: page.Import, Ledger: d.ledger}) })))
	d.stage = container.NewStack(d.work)
	return d
}

// pickerWidth is the width of the fields by which the list is narrowed.
const pickerWidth float32 = 118

func (d *differ) lines() (*page.Header, []fyne.CanvasObject, []fyne.CanvasObject) {
	d.buttons = []*kit.Button{kit.NewButton("导出差异表", kit.ButtonPlain, d.export), kit.NewButton("待系统更正清单", kit.ButtonPlain, d.corrections),
		kit.NewButton("台账为准", kit.ButtonPlain, d.askKeep), kit.NewButton("以系统为准", kit.ButtonMain, d.askAdopt)}
	d.buttons[3].Key = "Ctrl+S"
	objects := make([]fyne.CanvasObject, len(d.buttons))
	for i, b := range d.buttons {
		objects[i] = b
	}
	d.header = page.NewHeader("驻村", objects...)
	d.ledgers = kit.NewSelect("", mirroredLedgers)
	d.ledgers.SetChoice(mirroredLedgers[0])
	d.ledgers.OnChosen = func(c kit.Choice) { d.turnTo(c.ID) }
	var tools []fyne.CanvasObject
	for _, p := range []*kit.Picker{d.ledgers, d.places, d.fields} {
		tools = append(tools, container.NewGridWrap(fyne.NewSize(pickerWidth, look.ButtonHeight), p))
	}
	return d.header, tools, []fyne.CanvasObject{d.chips, d.stage}
}

// mirroredLedgers are those that the upper system has too.
var mirroredLedgers = []kit.Choice{{ID: ledgers.Household, Text: "户台账"}, {ID: ledgers.Team, Text: "花名册"}}

// turnTo shows another ledger.
func (d *differ) turnTo(ledger string) {
	d.ledger, d.view, d.narrow = ledger, viewOpen, app.DifferenceFilter{}
	d.fields.SetChoice(kit.Choice{})
	d.places.SetChoice(kit.Choice{})
	d.beside.SetShown(false)
	d.load()
}

func (d *differ) load() {
	d.header.SetNote("正在对照…")
	ledger := d.ledger
	task.Load(d.reads, func(ctx context.Context) (app.SystemDifferences, error) {
		kept, err := d.p.api.Mirrors(ctx, ledger)
		if err != nil || len(kept) == 0 {
			return app.SystemDifferences{}, err
		}
		return d.p.api.SystemDifferences(ctx, ledger)
	}, func(got app.SystemDifferences, err error) {
		d.all, d.fault = got, err
		d.list()
		d.p.desk.Presenter.Error(err)
	})
}

// list shows what the view and the fields leave of the differences.
func (d *differ) list() {
	shown, words := d.work, ""
	switch {
	case d.fault != nil:
		shown = d.failure(d.fault)
	case len(d.all.Mirrors) == 0:
		shown = d.empty
	default:
		words = standingWords(d.all)
	}
	for _, b := range d.buttons {
		if b.Enable(); len(d.all.Mirrors) == 0 {
			b.Disable()
		}
	}
	d.stage.Objects = []fyne.CanvasObject{shown}
	d.stage.Refresh()
	d.header.SetNote(words)
	d.p.desk.Status(outsideWords(d.all))
	narrowed := d.all.Pick(d.narrow)
	d.chips.Set(differChips(narrowed), d.view)
	d.items = (app.SystemDifferences{Items: narrowed}).Pick(filterOf(d.view))
	row, _ := d.grid.Current()
	d.grid.SetSource(differTable{d.items})
	d.grid.Select(min(row, len(d.items)-1))
	d.follow()
}

// failure stands where the differences would: an empty list would say that there are
// none.
func (d *differ) failure(err error) fyne.CanvasObject {
	return kit.NewCard("", nil, kit.NewEmpty(look.IconWarning, "没有对照成", model.Sentence(err), kit.NewButton("再试一次", kit.ButtonPlain, d.load)))
}

func (d *differ) concerns(keys []string) bool {
	return touches(keys, d.ledger, ledgers.Mirror, ledgers.MirrorNote, ledgers.Area)
}

func (d *differ) leave() {}

// show turns to the ledger that the route names.
func (d *differ) show(r page.Route) {
	i := slices.IndexFunc(mirroredLedgers, func(c kit.Choice) bool { return c.ID == r.Ledger })
	if i >= 0 && d.ledger != r.Ledger {
		d.ledgers.SetChoice(mirroredLedgers[i])
		d.turnTo(r.Ledger)
	}
	d.p.focus(d.grid)
}

func (d *differ) do(c page.Command) bool {
	switch c {
	case page.Save:
		d.askAdopt()
	case page.Edit:
		d.openRecord()
	default:
		return false
	}
	return true
}

// current is the difference of the cursor.
func (d *differ) current() (app.SystemDifference, bool) {
	row, _ := d.grid.Current()
	if row < 0 || row >= len(d.items) {
		return app.SystemDifference{}, false
	}
	return d.items[row], true
}

// chosen are the differences of the chosen rows.
func (d *differ) chosen() []app.SystemDifference {
	var out []app.SystemDifference
	for row := range d.grid.Selected() {
		if row >= 0 && row < len(d.items) {
			out = append(out, d.items[row])
		}
	}
	return out
}

func (d *differ) setDrawer(shown bool) {
	d.beside.SetShown(shown)
	d.follow()
}

// follow shows the row of the export that the cursor is on, with all its columns and
// where it comes from.
func (d *differ) follow() {
	item, ok := d.current()
	if !ok || !d.drawer.Visible() {
		d.beside.SetShown(ok && d.drawer.Visible())
		return
	}
	d.drawer.SetHead(kit.Head{Crumb: item.Village, Title: item.Who(), Status: string(item.Kind)})
	open := kit.NewButton("打开台账记录", kit.ButtonPlain, d.openRecord)
	if item.Record == "" {
		open.Disable()
	}
	d.drawer.SetFooter("", open)
	if item.Row == 0 {
		d.drawer.SetTabs([]kit.Tab{{Key: "row", Label: "系统导出", Content: kit.NewLine("系统导出里没有这一条。", look.TextBody, look.Second, false)}}, "")
		return
	}
	id := item.Mirror.ID
	page.Load(d.p.desk, d.rows, func(ctx context.Context) (app.MirrorRow, error) { return d.p.api.MirrorRow(ctx, id, item.Row) },
		func(row app.MirrorRow) {
			d.drawer.SetTabs([]kit.Tab{{Key: "row", Label: "系统导出", Content: container.NewVScroll(mirrorFacts(item, row))}}, "")
		})
}

// mirrorFacts are the columns of a row of the export that hold something, below what is
// remarked of the difference and the source of all of them.
func mirrorFacts(item app.SystemDifference, row app.MirrorRow) fyne.CanvasObject {
	box := container.NewVBox()
	if words := cmp.Or(item.Remark(), item.Written); words != "" {
		box.Add(form.Fact("说明", words))
	}
	for _, f := range []fyne.CanvasObject{form.Fact("来源", row.Source()), form.Fact("文件", row.File), form.Fact("位置", fmt.Sprintf("工作表“%s”第 %d 行", row.Sheet, row.Row))} {
		box.Add(f)
	}
	blank := 0
	for _, c := range row.Cells {
		if c.Text == "" {
			blank++
			continue
		}
		box.Add(form.Fact(c.Leaf, c.Text))
	}
	if blank > 0 {
		box.Add(form.Fact("空的列", fmt.Sprintf("%d 列", blank)))
	}
	return box
}

// openRecord goes to the record of the cursor.
func (d *differ) openRecord() {
	if item, ok := d.current(); ok && item.Record != "" {
		d.p.desk.Open(page.RecordRoute(d.ledger, item.Record))
	}
}
