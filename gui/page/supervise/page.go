package supervise

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// API is what the page needs of app.
type API interface {
	form.Lister
	Today() model.Day
	Period() model.Month
	Home() *model.Record
	Pressing(ctx context.Context) ([]app.Pressing, error)
	NextOrderNumber(ctx context.Context) (string, error)
	Arise(ctx context.Context, from, id, to string, assign []app.Assignment) (app.Done, error)
	Add(ctx context.Context, ledger string, assign []app.Assignment) (app.Done, error)
	Set(ctx context.Context, ledger, id string, assign []app.Assignment) (app.Done, error)
	Steps(ctx context.Context, ledger, id string) ([]model.Step, error)
	Flow(ctx context.Context, req app.FlowRequest) (app.Done, error)
	History(ctx context.Context, ledger, id string) (*model.Ledger, []model.Entry, error)
	Brief(ctx context.Context, period model.Period) (app.Brief, error)
	Report(ctx context.Context, req app.ReportRequest) (app.Reported, error)
}

// The parts of the page, as Route.Filter names them.
const (
	PartPress    = "press"    // 提醒催办
	PartOrders   = "orders"   // 督办单
	PartMeetings = "meetings" // 调度会
)

// partChips are the parts in their order.
var partChips = []kit.Chip{{Key: PartPress, Label: "提醒催办"}, {Key: PartOrders, Label: "督办单"}, {Key: PartMeetings, Label: "调度会"}}

// part is one side of the page.
type part interface {
	// lines are the header, the tools at the right of the parts' chips, and what stands
	// below.
	lines() (header *page.Header, tools, body fyne.CanvasObject)
	load()
	// concerns reports whether a change of the ledger changes what is shown.
	concerns(ledger string) bool
	do(c page.Command) bool
	// show goes to a record, "" for none.
	show(record string)
}

var (
	_ page.Page      = (*Page)(nil)
	_ page.Commander = (*Page)(nil)
)

// Page is the page 督办.
type Page struct {
	api     API
	desk    *page.Desk
	content *fyne.Container
	parts   map[string]part
	shown   map[string]fyne.CanvasObject
	stale   map[string]bool // parts to be read when they come to the front
	front   string

	press    *press
	orders   *orders
	meetings *meetings
}

// New makes the page.
func New(api API, d *page.Desk) *Page {
	p := &Page{api: api, desk: d, content: container.NewStack(), shown: map[string]fyne.CanvasObject{}, stale: map[string]bool{}}
	p.press, p.orders, p.meetings = newPress(p), newOrders(p), newMeetings(p)
	p.parts = map[string]part{PartPress: p.press, PartOrders: p.orders, PartMeetings: p.meetings}
	for key, one := range p.parts {
		header, tools, body := one.lines()
		chips := kit.NewChips(func(to string, _ fyne.Position) { p.Show(page.Route{Filter: to}) })
		chips.Set(partChips, key)
		p.shown[key] = page.Rows(header.Object, container.New(partLine{}, chips, tools), body)
		p.stale[key] = true
	}
	p.choose(PartPress)
	return p
}

// choose brings a part to the front without reading it.
func (p *Page) choose(key string) {
	p.front = key
	p.content.Objects = []fyne.CanvasObject{p.shown[key]}
	p.content.Refresh()
}

// goTo brings a part to the front and reads it if it has to be.
func (p *Page) goTo(key string) {
	p.choose(key)
	if p.stale[key] {
		p.stale[key] = false
		p.parts[key].load()
	}
}

// Content is the page's object.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show shows the part and the record that the route names, else the part that was at
// the front.
func (p *Page) Show(r page.Route) {
	key := r.Filter
	if p.parts[key] == nil {
		key = p.front
	}
	p.stale[key] = true // the day may have changed since
	p.goTo(key)
	p.parts[key].show(r.Record)
	if r.Act == page.Brief {
		p.brief()
	}
}

// Changed reads the part at the front anew where a change concerns it, the others when
// they come to the front.
func (p *Page) Changed(ledgers []string) {
	for key, one := range p.parts {
		switch {
		case !slices.ContainsFunc(ledgers, one.concerns):
		case key == p.front:
			one.load()
		default:
			p.stale[key] = true
		}
	}
}

// Do hands a command to the part at the front.
func (p *Page) Do(c page.Command) bool { return p.parts[p.front].do(c) }

func (p *Page) ledger(key string) *model.Ledger { return p.api.Catalog().Ledger(key) }

// say is a short word without anything to undo.
func (p *Page) say(words string) { p.desk.Say(kit.Toast{Text: words}) }

// write asks where to and writes a paper.
func (p *Page) write(name string, req app.ReportRequest) {
	p.desk.Save(name, func(path string) {
		req.Out = path
		page.Run(p.desk, func(ctx context.Context) (app.Reported, error) { return p.api.Report(ctx, req) },
			func(app.Reported) { p.say("已写入 " + path) })
	})
}

// briefButton opens 汇报材料; it stands on every part.
func (p *Page) briefButton() *kit.Button {
	return kit.NewButton("汇报材料", kit.ButtonPlain, p.brief)
}

// menuButton is a button that opens a menu above itself, for the foot of a drawer.
func (p *Page) menuButton(label string, icon look.Icon, items ...*fyne.MenuItem) *kit.Button {
	b := kit.NewButton(label, kit.ButtonPlain, nil)
	if label == "" {
		b = kit.NewIconButton(icon, nil)
	}
	b.OnTap = func() {
		if c := p.desk.Canvas(); c != nil && len(items) > 0 {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
			widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at.SubtractXY(0, float32(len(items))*look.ButtonHeight))
		}
	}
	return b
}

// partLine places the parts' chips at the left and the tools at the right.
type partLine struct{}

// partsWidth is the room of the parts' chips.
const partsWidth float32 = 270

// MinSize is that of both in one line.
func (partLine) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(partsWidth+400, look.ChipHeight)
}

// Layout places them: the tools begin behind the chips and a gap.
func (partLine) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Resize(fyne.NewSize(partsWidth, s.Height))
	o[1].Move(fyne.NewPos(partsWidth+look.GapWide, 0))
	o[1].Resize(fyne.NewSize(max(0, s.Width-partsWidth-look.GapWide), s.Height))
}
