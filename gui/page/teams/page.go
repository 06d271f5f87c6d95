package teams

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// API is what the page needs of app.
type API interface {
	form.Lister
	Today() model.Day
	Get(ctx context.Context, ledger, id string) (*model.Ledger, *model.Record, error)
	Settings(ctx context.Context) (model.Params, error)
	SetSetting(ctx context.Context, key, value string) (app.Done, error)
	Set(ctx context.Context, ledger, id string, assign []app.Assignment) (app.Done, error)
	SetMany(ctx context.Context, ledger string, rows []app.RowChange) (app.Done, error)
	Add(ctx context.Context, ledger string, assign []app.Assignment) (app.Done, error)
	Arise(ctx context.Context, from, id, to string, assign []app.Assignment) (app.Done, error)
	Export(ctx context.Context, req app.ExportRequest) (int, error)
	Report(ctx context.Context, req app.ReportRequest) (app.Reported, error)

	Roster(ctx context.Context) ([]app.RosterLine, error)
	HandoverItems(ctx context.Context, leaver string) ([]app.HandoverItem, error)
	Handover(ctx context.Context, req app.HandoverRequest) (app.Handed, error)
	WriteHandover(ctx context.Context, h app.Handed, out string) error
	MonthSheet(ctx context.Context, period model.Month) (app.MonthSheet, error)
	FillAttendance(ctx context.Context, period model.Month, marks map[string]app.DayMarks) (app.Done, error)
	Coverage(ctx context.Context) (app.Coverage, error)
	Diary(ctx context.Context, from, to model.Day) ([]app.DiaryLine, error)
	DayWords(ctx context.Context, member, day string) (string, error)
	Appraisals(ctx context.Context, year int) ([]app.Appraisee, error)
	Check(ctx context.Context, ledger string) ([]model.Problem, error)
	WriteScheme(ctx context.Context, out string) error
	ReadScheme(ctx context.Context, file string) ([]app.SchemeChange, error)
	TakeScheme(ctx context.Context, changes []app.SchemeChange) (app.Done, error)

	Mirrors(ctx context.Context, ledger string) ([]app.Mirror, error)
	SystemDifferences(ctx context.Context, ledger string) (app.SystemDifferences, error)
	AdoptSystem(ctx context.Context, ledger string, keys []app.DifferenceKey) (app.Done, error)
	KeepOurs(ctx context.Context, ledger string, keys []app.DifferenceKey, reason string) (app.Done, error)
	WriteDifferences(ctx context.Context, req app.DifferencesOut) (int, error)
	WriteCorrections(ctx context.Context, req app.DifferencesOut) (int, error)
	MirrorRow(ctx context.Context, id string, row int) (app.MirrorRow, error)
}

// The parts of the page, as Route.Filter names them.
const (
	PartRoster = "roster" // 花名册
	PartSheet  = "sheet"  // 考勤
	PartDiary  = "diary"  // 日志
	PartVisits = "visits" // 走访
	PartYear   = "year"   // 考核
	PartDoubts = "doubts" // 疑点
	PartDiffer = "differ" // 系统与台账差异
)

// part is one side of the page.
type part interface {
	// lines are the header, the tools at the right of the chips, and what stands below
	// from top to bottom, the last one taking the room that is left.
	lines() (header *page.Header, tools, below []fyne.CanvasObject)
	load()
	// concerns reports whether a change of these ledgers changes what is shown.
	concerns(keys []string) bool
	do(c page.Command) bool
	// show goes to the record of a route, if it names one.
	show(r page.Route)
	// leave is called before another part comes to the front.
	leave()
}

// Page is the page 驻村.
type Page struct {
	api     API
	desk    *page.Desk
	content *fyne.Container
	chips   map[string]*kit.Chips
	parts   map[string]part
	shown   map[string]fyne.CanvasObject
	front   string
	stale   map[string]bool // parts to be read when they come to the front

	sheet *sheet
}

// New makes the page.
func New(api API, d *page.Desk) *Page {
	p := &Page{api: api, desk: d, content: container.NewStack(), chips: map[string]*kit.Chips{},
		shown: map[string]fyne.CanvasObject{}, stale: map[string]bool{}}
	p.sheet = newSheet(p)
	p.parts = map[string]part{PartRoster: newRoster(p), PartSheet: p.sheet, PartDiary: newDiary(p), PartVisits: newVisits(p), PartYear: newAppraisal(p), PartDoubts: newDoubts(p), PartDiffer: newDiffer(p)}
	for key, part := range p.parts {
		p.shown[key] = p.frame(key, part)
		p.stale[key] = true
	}
	p.choose(PartRoster)
	return p
}

// partChips are the parts in their order.
var partChips = []kit.Chip{{Key: PartRoster, Label: "花名册"}, {Key: PartSheet, Label: "考勤"}, {Key: PartDiary, Label: "日志"}, {Key: PartVisits, Label: "走访"}, {Key: PartYear, Label: "考核"}, {Key: PartDoubts, Label: "疑点"},
	{Key: PartDiffer, Label: "系统与台账差异"}}

// frame puts a part under the chips of the page.
func (p *Page) frame(key string, part part) fyne.CanvasObject {
	header, tools, below := part.lines()
	chips := kit.NewChips(func(to string, _ fyne.Position) { p.Show(page.Route{Filter: to}) })
	chips.Set(partChips, key)
	p.chips[key] = chips
	line := container.New(ends{}, append([]fyne.CanvasObject{chips}, tools...)...)
	return page.Rows(append([]fyne.CanvasObject{header.Object, line}, below...)...)
}

// choose brings a part to the front without reading it.
func (p *Page) choose(key string) {
	p.front = key
	p.chips[key].Select(key)
	p.content.Objects = []fyne.CanvasObject{p.shown[key]}
	p.content.Refresh()
}

// goTo brings a part to the front and reads it if it has to be.
func (p *Page) goTo(key string) {
	if key != p.front {
		p.parts[p.front].leave()
		p.desk.Status("")
	}
	p.choose(key)
	p.chips[key].Select(key)
	if p.stale[key] {
		p.stale[key] = false
		p.parts[key].load()
	}
}

// Content is the page's object.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show shows the part that the route names, else the one that was at the front.
func (p *Page) Show(r page.Route) {
	key := r.Filter
	if p.parts[key] == nil {
		key = p.front
	}
	p.goTo(key)
	p.parts[key].show(r)
}

// Changed reads the part at the front anew where a change concerns it; the others
// when they come to the front. The rules are not run at every change: over a county
// they take seconds.
func (p *Page) Changed(keys []string) {
	for key, part := range p.parts {
		switch {
		case !part.concerns(keys):
		case key == p.front && key != PartDoubts:
			part.load()
		default:
			p.stale[key] = true
		}
	}
}

// SetPeriod shows another month of the sheet; what was typed in the one shown is
// written first.
func (p *Page) SetPeriod(m model.Month) {
	if m == p.sheet.month {
		return
	}
	p.sheet.save()
	p.sheet.month = m
	p.stale[PartSheet] = true
	if p.front == PartSheet {
		p.goTo(PartSheet)
	}
}

// Do hands a command to the part at the front.
func (p *Page) Do(c page.Command) bool { return p.parts[p.front].do(c) }

// openSheet goes to a line of a month sheet, to the day of a field.
func (p *Page) openSheet(line *model.Record, field string) {
	p.sheet.turnTo(model.Month(line.Get("period").Text), line.Get("member").ID, field)
	p.goTo(PartSheet)
}

// touches reports whether one of the keys is among the changed ledgers.
func touches(changed []string, keys ...string) bool {
	return slices.ContainsFunc(changed, func(k string) bool { return slices.Contains(keys, k) })
}

// canvas is where dialogs open.
func (p *Page) canvas() fyne.Canvas { return p.desk.Canvas() }

func (p *Page) focus(o fyne.Focusable) {
	if c := p.canvas(); c != nil {
		c.Focus(o)
	}
}

// say is a short word without anything to undo.
func (p *Page) say(words string) { p.desk.Say(kit.Toast{Text: words}) }

// write asks where to, writes a file and says how it went.
func (p *Page) write(name string, work func(ctx context.Context, path string) error) {
	p.desk.Save(name, func(path string) {
		page.Run(p.desk, func(ctx context.Context) (string, error) { return path, work(ctx, path) },
			func(path string) { p.say("已写入 " + path) })
	})
}

// arise makes a task of the problem that a record of a ledger names.
func (p *Page) arise(ledger, id string) {
	page.Run(p.desk, func(ctx context.Context) (app.Done, error) {
		return p.api.Arise(ctx, ledger, id, ledgers.Task, nil)
	}, func(done app.Done) {
		p.desk.Done("已转为任务“"+done.Records[0].Get("title").Text+"”", done.Op)
	})
}

// report is write for a report of a period.
func (p *Page) report(kind, name string, period model.Period) {
	p.write(name, func(ctx context.Context, path string) error {
		_, err := p.api.Report(ctx, app.ReportRequest{Kind: kind, Period: period, Out: path})
		return err
	})
}

// ends places its first object at the left and the others from the right; the first
// gets the room that is left.
type ends struct{}

// MinSize is that of all in one line.
func (ends) MinSize(objects []fyne.CanvasObject) fyne.Size {
	s := fyne.NewSize(-look.Gap, 0)
	for _, o := range objects {
		m := o.MinSize()
		s = fyne.NewSize(s.Width+m.Width+look.Gap, max(s.Height, m.Height))
	}
	return s
}

// Layout places them.
func (ends) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	right := s.Width
	for i := len(objects) - 1; i > 0; i-- {
		m := objects[i].MinSize()
		right -= m.Width
		objects[i].Move(fyne.NewPos(right, (s.Height-m.Height)/2))
		objects[i].Resize(m)
		right -= look.Gap
	}
	h := objects[0].MinSize().Height
	objects[0].Move(fyne.NewPos(0, (s.Height-h)/2))
	objects[0].Resize(fyne.NewSize(max(0, right), h))
}
