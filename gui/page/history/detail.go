package history

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/trail"
	"xiangzhen/gui/task"
	"xiangzhen/model"
)

// pageRecords is how many records of an operation are shown at once.
const pageRecords = 20

// detail is the right part: what the chosen operation did, record by record.
type detail struct {
	page   *Page
	drawer *kit.Drawer
	load   *task.Latest

	op      model.Operation // the zero Operation if none is chosen
	entries []model.Entry
	from    int // the first record on screen
}

func newDetail(p *Page) *detail {
	d := &detail{page: p, load: task.NewLatest(p.desk.Runner), drawer: kit.NewDrawer(nil, nil)}
	d.clear()
	return d
}

// clear shows that nothing is chosen.
func (d *detail) clear() {
	d.op, d.entries, d.from = model.Operation{}, nil, 0
	d.drawer.SetHead(kit.Head{Title: "没有选中操作"})
	d.fill(trail.Para("在左边选一次操作，这里逐条列出它改了什么，也可以撤销它。", look.Second))
	d.drawer.SetFooter("")
}

func (d *detail) fill(content fyne.CanvasObject) {
	d.drawer.SetTabs([]kit.Tab{{Key: "what", Label: "改了什么", Content: content}}, "")
}

// told is a page of an operation's records in words.
type told struct {
	entries []model.Entry
	records []said
}

// show reads what an operation did and puts its first records on screen; the one
// on screen already keeps its place.
func (d *detail) show(op model.Operation) {
	if op.ID != d.op.ID {
		d.from, d.entries = 0, nil
	}
	d.op = op
	d.drawer.SetHead(headOf(op, d.page.api.Today()))
	d.setFooter()
	d.read()
}

func headOf(op model.Operation, today model.Day) kit.Head {
	mark, words := status(op)
	return kit.Head{Crumb: when(op, today) + "　" + who(op), Title: op.Label, Mark: mark, Status: words}
}

// setFooter shows the buttons for the chosen operation.
func (d *detail) setFooter() {
	op := d.op
	buttons := []*kit.Button{kit.NewButton(stepOf(op).label, kit.ButtonFirst, d.ask)}
	if e := d.only(); e != nil {
		buttons = append(buttons, kit.NewButton("打开记录", kit.ButtonPlain, func() {
			d.page.desk.Open(page.Route{Page: page.Ledgers, Ledger: e.Ledger, Record: e.Record})
		}))
	}
	d.drawer.SetFooter("", buttons...)
}

// only returns the one entry of an operation on a single record that is still
// there to be opened.
func (d *detail) only() *model.Entry {
	if len(d.entries) != 1 || d.entries[0].Kind == model.Deleted {
		return nil
	}
	l := d.page.api.Catalog().Ledger(d.entries[0].Ledger)
	if l == nil || l.System {
		return nil
	}
	return &d.entries[0]
}

// ask says what the step would do, and does it if the answer is yes. The window
// tells the outcome.
func (d *detail) ask() {
	op := d.op
	q := question(op, trail.Ledgers(d.page.api.Catalog(), d.entries))
	d.page.desk.Presenter.Confirm(q, func() { d.page.desk.Undo(stepOf(op).undo) })
}

// read puts the records from d.from on into words.
func (d *detail) read() {
	op, entries, from := d.op.ID, d.entries, d.from
	page.Load(d.page.desk, d.load, func(ctx context.Context) (t told, err error) {
		if t.entries = entries; entries == nil {
			if t.entries, err = d.page.api.Entries(ctx, op); err != nil {
				return t, err
			}
		}
		t.records, err = d.page.tell(ctx, t.entries[from:min(len(t.entries), from+pageRecords)])
		return t, err
	}, d.put)
}

// tell puts entries in words.
func (p *Page) tell(ctx context.Context, entries []model.Entry) ([]said, error) {
	out := make([]said, len(entries))
	for i, e := range entries {
		name, err := p.nameOf(ctx, e)
		if err != nil {
			return nil, err
		}
		out[i] = say(p.api.Catalog(), e, name)
	}
	return out, nil
}

// nameOf names the record of an entry, by the record itself where the entry does
// not hold what names it; "" if it is gone.
func (p *Page) nameOf(ctx context.Context, e model.Entry) (string, error) {
	l := p.api.Catalog().Ledger(e.Ledger)
	if name := trail.Title(l, e); l == nil || name != "" {
		return name, nil
	}
	_, rec, err := p.api.Get(ctx, e.Ledger, e.Record)
	switch {
	case model.CodeOf(err) == model.CodeNotFound:
		return "", nil
	case err != nil:
		return "", err
	}
	return l.Name(rec), nil
}

// put shows a page of records.
func (d *detail) put(t told) {
	d.entries = t.entries
	d.setFooter()
	box := container.NewVBox()
	if counts := trail.Ledgers(d.page.api.Catalog(), t.entries); counts != "" {
		box.Add(trail.Para("涉及 "+counts, look.Second))
	}
	for _, s := range t.records {
		box.Add(kit.NewLine(s.title, look.TextBody, look.Ink, true))
		for _, line := range s.lines {
			box.Add(trail.Para(line, look.Ink))
		}
	}
	if len(t.records) == 0 {
		box.Add(trail.Para("这次操作没有留下逐条的改动。", look.Second))
	}
	if pager := d.pager(len(t.records)); pager != nil {
		box.Add(pager)
	}
	d.fill(box)
}

// pager is the line that goes on through a long operation, nil for a short one.
func (d *detail) pager(shown int) fyne.CanvasObject {
	words := pageWords(d.from, shown, len(d.entries))
	if words == "" {
		return nil
	}
	back := kit.NewButton("上一页", kit.ButtonLink, func() { d.turn(-pageRecords) })
	next := kit.NewButton("下一页", kit.ButtonLink, func() { d.turn(pageRecords) })
	if d.from == 0 {
		back.Disable()
	}
	if d.from+shown >= len(d.entries) {
		next.Disable()
	}
	return container.NewBorder(nil, nil, nil, container.NewHBox(back, next), kit.NewNote(words))
}

// turn goes a page on or back.
func (d *detail) turn(by int) {
	d.from = max(0, d.from+by)
	d.read()
}
