package tasks

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/evidence"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/page/steps"
	"xiangzhen/gui/page/trail"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// Keys of the drawer's tabs.
const (
	tabProgress = "progress"
	tabDetails  = "details"
	tabChain    = "chain"
	tabEvidence = "evidence"
	tabHistory  = "history"
)

// drawer shows one item beside the grid.
type drawer struct {
	page   *Page
	drawer *kit.Drawer
	node   *node
	tab    string
	body   *fyne.Container // what the tab shows
	report *reportForm     // in the tab 进展 of an own item
	detail *form.Form      // in the tab 详情 of an own item
	files  *evidence.Part  // the tab 佐证
	// drafts are what was typed and not saved, by item: going to another row and
	// back loses nothing.
	drafts map[string][]app.Assignment
	load   *task.Latest
}

func newDrawer(p *Page) *drawer {
	d := &drawer{page: p, tab: tabProgress, body: container.NewVBox(), drafts: map[string][]app.Assignment{},
		files: evidence.New(p.desk, p.api), load: task.NewLatest(p.desk.Runner)}
	d.drawer = kit.NewDrawer(d.choose, func() { p.setDrawer(false) })
	return d
}

// show shows another item, or nothing for nil.
func (d *drawer) show(n *node) {
	same := n != nil && d.node != nil && n.rec.ID == d.node.rec.ID
	if same && d.dirty() {
		d.node = n
		d.showHead()
		return
	}
	d.stash()
	d.node = n
	if d.drawer.Visible() {
		d.refresh()
	}
}

// refresh shows the item anew; hidden, it costs nothing.
func (d *drawer) refresh() {
	if d.node == nil {
		d.load.Stop()
		d.report, d.detail = nil, nil
		d.drawer.Clear("没有选中的事项")
		return
	}
	d.showHead()
	d.fill()
}

// showHead shows where the item stands, and the buttons that go with it.
func (d *drawer) showHead() {
	r, data := d.node.rec, d.page.source.data
	mark, status := steps.Light(r)
	if status == "" {
		status = data.ledger.Field(colState).Show(r.Get(colState))
	}
	d.drawer.SetHead(kit.Head{
		Crumb: data.places.crumb(r.Area), Title: data.ledger.Name(r), Mark: mark, Status: status, Note: headNote(r),
	})
	d.showFooter()
}

// fill makes the content of the tab that is shown.
func (d *drawer) fill() {
	d.report, d.detail = nil, nil
	d.body.Objects = nil
	switch d.tab {
	case tabDetails:
		d.fillDetails()
	case tabChain:
		d.body.Add(d.chain())
	case tabEvidence:
		d.files.Show(d.page.source.data.ledger, d.node.rec, d.node.foreign)
		d.body.Add(d.files.Object)
	case tabHistory:
		d.fillHistory()
	default:
		d.fillProgress()
	}
	d.drawer.SetTabs(d.tabs(), d.tab)
	d.showFooter()
}

// tabs are the sides of an item; all have the one body.
func (d *drawer) tabs() []kit.Tab {
	l := d.page.source.data.ledger
	tabs := []kit.Tab{{Key: tabProgress, Label: "进展"}, {Key: tabDetails, Label: "详情"}, {Key: tabChain, Label: "责任链"},
		{Key: tabEvidence, Label: evidence.Label(l), Count: evidence.Count(l, d.node.rec)}, {Key: tabHistory, Label: "历史"}}
	for i := range tabs {
		tabs[i].Content = d.body
	}
	return tabs
}

// choose shows another tab.
func (d *drawer) choose(tab string) {
	d.stash()
	d.tab = tab
	if d.node != nil {
		d.fill()
	}
}

// dirty reports whether something was typed and not saved.
func (d *drawer) dirty() bool {
	return d.report != nil && len(d.report.changes()) > 0 || d.detail != nil && len(d.detail.Changes()) > 0
}

// Unsaved names what was typed in the drawer and not saved, of whichever items.
func (p *Page) Unsaved() string {
	if n := len(p.drawer.drafts); n > 0 || p.drawer.dirty() {
		return "任务右边填写的内容"
	}
	return ""
}

// stash keeps what was typed and not saved.
func (d *drawer) stash() {
	if d.node == nil {
		return
	}
	if d.report != nil {
		d.draft(tabProgress, d.report.changes())
	}
	if d.detail != nil {
		d.draft(tabDetails, d.detail.Changes())
	}
}

func (d *drawer) draft(tab string, list []app.Assignment) {
	key := tab + d.node.rec.ID
	if delete(d.drafts, key); len(list) > 0 {
		d.drafts[key] = list
	}
}

// takeDraft gives back what was typed before, if anything.
func (d *drawer) takeDraft(tab string, propose func(field, words string)) {
	for _, a := range d.drafts[tab+d.node.rec.ID] {
		propose(a.Field, a.Words)
	}
}

// fillDetails shows all fields: as entries, or to be read for an item of a level above.
func (d *drawer) fillDetails() {
	data := d.page.source.data
	if d.node.foreign {
		d.body.Add(form.Facts(data.ledger, d.node.rec, allKeys(data.ledger)...))
		return
	}
	d.detail = form.New(form.Params{Fields: detailFields(data.ledger), Today: data.today, Refs: data.refs})
	d.detail.Show(d.node.rec)
	d.takeDraft(tabDetails, func(field, words string) { d.detail.Propose(field, shownRef(data, field, words), words) })
	d.body.Add(d.detail.Object)
	d.body.Add(form.Facts(data.ledger, d.node.rec, readOnlyKeys(data.ledger)...))
}

// fillHistory shows who changed what and when.
func (d *drawer) fillHistory() {
	id, data := d.node.rec.ID, d.page.source.data
	page.Load(d.page.desk, d.load, func(ctx context.Context) ([]model.Entry, error) {
		_, entries, err := d.page.api.History(ctx, data.ledger.Key, id)
		return entries, err
	}, func(entries []model.Entry) {
		if d.tab == tabHistory && d.node != nil && d.node.rec.ID == id {
			d.body.Objects = []fyne.CanvasObject{trail.List(data.ledger, entries)}
			d.body.Refresh()
		}
	})
}

// showFooter shows the buttons for what the clerk may do with the item now: save
// what is typed, the step that is likely next, 催办, and the rest in a menu.
func (d *drawer) showFooter() {
	p, r := d.page, d.node.rec
	list := offers(p.source.data, []*model.Record{r})
	var buttons []*kit.Button
	switch {
	case d.report != nil:
		buttons = append(buttons, kit.NewButton(reportWords(p.source.data, r), kit.ButtonFirst, func() { d.save() }))
	case d.detail != nil:
		buttons = append(buttons, kit.NewButton("保存修改", kit.ButtonFirst, func() { d.save() }))
	}
	if next, ok := likely(list, r); ok {
		buttons = append(buttons, kit.NewButton(next.step.Label, kit.ButtonPlain, func() { p.take(next) }))
	}
	if !d.node.foreign && !p.source.ledger.Flow.IsFinished(r.Get(colState).Text) {
		buttons = append(buttons, kit.NewButton("催办", kit.ButtonPlain, func() { p.urge([]*model.Record{r}) }))
	}
	d.drawer.SetFooter("", append(buttons, d.moreButton(list))...)
}

// moreButton opens the menu of all else.
func (d *drawer) moreButton(list []offer) *kit.Button {
	var more *kit.Button
	p, n := d.page, d.node
	more = kit.NewIconButton(look.IconMore, func() {
		menu := p.stepItems(list, 1)
		menu = append(menu, fyne.NewMenuItem("分解…", func() { p.splitItem(n) }))
		if !n.foreign {
			menu = append(menu, fyne.NewMenuItem("删除…", func() { p.askDelete() }))
		}
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(more)
		p.popUp(at.SubtractXY(0, float32(len(menu))*look.ButtonHeight), menu...)
	})
	return more
}

// save writes what was typed in the tab that is shown.
func (d *drawer) save() bool {
	switch {
	case d.node == nil || !d.drawer.Visible():
		return false
	case d.report != nil:
		return d.saveReport()
	case d.detail != nil:
		return d.saveDetails()
	}
	return false
}

func (d *drawer) saveDetails() bool {
	assign, n, p := d.detail.Changes(), d.node, d.page
	if len(assign) == 0 {
		return false
	}
	key := tabDetails + n.rec.ID
	p.run(d.detail, nil, "已修改“"+p.source.ledger.Name(n.rec)+"”", func(ctx context.Context) (app.Done, error) {
		return p.api.Set(ctx, ledgers.Task, n.rec.ID, assign)
	}, func(app.Done) {
		delete(d.drafts, key)
		d.detail = nil
	})
	return true
}

// focus puts the keyboard into the form that is shown.
func (d *drawer) focus() {
	c := d.page.desk.Canvas()
	switch {
	case c == nil:
	case d.report != nil:
		d.report.focus(c)
	case d.detail != nil:
		d.detail.Focus(c)
	}
}

// figure is a number at the top of 进展, with a note behind it.
func figure(label, value, note string) fyne.CanvasObject {
	line := kit.NewLine(value, look.TextFigure-4, look.Ink, true)
	line.Fixed = true
	return container.NewVBox(kit.NewNote(label), container.NewBorder(nil, nil, line, nil, kit.NewNote(note)))
}
