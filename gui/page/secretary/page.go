package secretary

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/arise"
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
	Leaders(ctx context.Context, year int) ([]app.Leader, error)
	Secretary(ctx context.Context, person string, year int) (app.SecretaryFile, error)
	Get(ctx context.Context, ledger, id string) (*model.Ledger, *model.Record, error)
	Add(ctx context.Context, ledger string, assign []app.Assignment) (app.Done, error)
	Arise(ctx context.Context, from, id, to string, assign []app.Assignment) (app.Done, error)
	Report(ctx context.Context, req app.ReportRequest) (app.Reported, error)
}

var (
	_ page.Page      = (*Page)(nil)
	_ page.Commander = (*Page)(nil)
)

// Page is the page 书记.
type Page struct {
	api     API
	desk    *page.Desk
	content fyne.CanvasObject

	header *page.Header
	note   *kit.Button // 记一笔
	who    *kit.Picker
	when   *kit.Picker
	chips  *kit.Chips
	grid   *grid.Grid
	card   *kit.Card
	none   *kit.Empty // nobody to keep a file of
	blank  *kit.Empty // nothing in the year yet
	drawer *kit.Drawer
	beside *page.Beside

	year    int
	person  string
	leaders []app.Leader
	file    app.SecretaryFile
	lines   []line
	wanted  string // id of the record to go to once the file is read
	opened  bool   // the drawer was shown once where there is room for it
	reads   *task.Latest
	details *task.Latest
}

// New makes the page.
func New(api API, d *page.Desk) *Page {
	p := &Page{api: api, desk: d, year: api.Today().Year(), reads: task.NewLatest(d.Runner), details: task.NewLatest(d.Runner)}
	p.note = kit.NewButton("记一笔", kit.ButtonMain, p.ask)
	p.note.Key = "Ctrl+N"
	p.header = page.NewHeader("书记", kit.NewButton("导出履职清单", kit.ButtonPlain, func() { p.export("履职清单", ".xlsx") }),
		kit.NewButton("导出述职素材", kit.ButtonPlain, func() { p.export("述职素材（初稿）", ".docx") }), p.note)
	p.who = kit.NewPicker("选择书记", func(string) []kit.Choice { return nil })
	p.who.OnChosen = func(c kit.Choice) { p.person = c.ID; p.reload() }
	years := yearChoices(api.Today())
	p.when = kit.NewSelect("年度", years)
	p.when.SetChoice(years[0])
	p.when.OnChosen = p.chooseYear
	p.chips = kit.NewChips(func(key string, _ fyne.Position) { p.chips.Select(key); p.showLines() })
	p.chips.Set(domainChips(api.Catalog().Ledger(ledgers.Act).Field("domain")), chipAll)
	p.content = page.Rows(p.header.Object, container.New(choosing{}, p.who, p.when, p.chips), p.body())
	return p
}

// body is the file with its drawer, or what to do where there is none.
func (p *Page) body() fyne.CanvasObject {
	p.grid = grid.New(grid.Config{Source: grid.Table{}, Rows: true, OnSelect: func(int) { p.follow() }, OnOpen: func(int) { p.openRecord() }, OnMenu: p.menu})
	p.card = kit.NewFlushCard(p.grid)
	p.none = kit.NewEmpty(look.IconSecretary, "还没有书记", "在台账“任职”里登记县委书记、乡镇党委书记、村党组织书记，这里就会有他们每年的履职情况。",
		kit.NewButton("去登记任职", kit.ButtonFirst, func() { p.desk.Open(page.Route{Page: page.Ledgers, Ledger: ledgers.Post}) }))
	p.blank = kit.NewEmpty(look.IconSecretary, "这里还没有记录", "会议、督办单、承诺、领办项目和联系点里有的，会自动列在这里；其他的可以记一笔。",
		kit.NewButton("记一笔", kit.ButtonFirst, p.ask))
	p.drawer = kit.NewDrawer(nil, func() { p.setDrawer(false) })
	p.beside = page.NewBeside(container.NewStack(p.card, p.none, p.blank), p.drawer)
	return p.beside.Object
}

// Content is the page's object.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show shows the file, of the person or with the record that the route names.
func (p *Page) Show(r page.Route) {
	if p.wanted = r.Record; r.Ledger == ledgers.Person {
		p.person, p.wanted = r.Record, ""
	}
	p.reload()
	if c := p.desk.Canvas(); c != nil && p.card.Visible() {
		c.Focus(p.grid)
	}
}

// concern are the ledgers that a file is made of.
var concern = append(ledgers.Followed(), ledgers.Act, ledgers.Meeting, ledgers.ContactPoint, ledgers.Duty, ledgers.Post, ledgers.Person, ledgers.Area)

// Changed reads the file anew if an operation touched what it is made of.
func (p *Page) Changed(keys []string) {
	if slices.ContainsFunc(keys, func(k string) bool { return slices.Contains(concern, k) }) {
		p.reload()
	}
}

// found is what was read.
type found struct {
	leaders []app.Leader
	leader  app.Leader
	file    app.SecretaryFile
}

func (p *Page) reload() {
	year, person := p.year, p.person
	page.Load(p.desk, p.reads, func(ctx context.Context) (f found, err error) {
		if f.leaders, err = p.api.Leaders(ctx, year); err != nil {
			return f, err
		}
		some := false
		if f.leader, some = leaderOf(f.leaders, person); some {
			f.file, err = p.api.Secretary(ctx, f.leader.ID, year)
		}
		return f, err
	}, p.show)
}

// show puts a file on screen.
func (p *Page) show(f found) {
	p.leaders, p.file, p.person = f.leaders, f.file, f.leader.ID
	choices := leaderChoices(f.leaders)
	p.who.SetQuery(form.Filter(choices))
	if at := slices.IndexFunc(choices, func(c kit.Choice) bool { return c.ID == p.person }); at >= 0 {
		p.who.SetChoice(choices[at])
	} else {
		p.who.SetChoice(kit.Choice{})
	}
	p.header.SetNote(f.leader.Post)
	p.showLines()
}

// showLines shows the lines of the chosen field of work.
func (p *Page) showLines() {
	domain := p.chips.Selected()
	if domain == chipAll {
		domain = ""
	}
	before := p.wanted
	if e := p.current(); e != nil && before == "" {
		before = e.ID
	}
	p.lines, p.wanted = linesOf(p.file, domain), ""
	p.grid.SetSource(fileTable(p.lines))
	at := slices.IndexFunc(p.lines, func(l line) bool { return l.entry != nil && (before == "" || l.entry.ID == before) })
	p.grid.Select(max(at, 0))
	setShown(p.none, len(p.leaders) == 0)
	setShown(p.blank, len(p.leaders) > 0 && len(p.lines) == 0)
	setShown(p.card, len(p.lines) > 0)
	if !p.opened && len(p.lines) > 0 && !p.beside.Covers() {
		p.opened = true
		p.setDrawer(true)
	}
	p.follow()
}

func setShown(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}

// chooseYear shows another year.
func (p *Page) chooseYear(c kit.Choice) {
	if year, err := strconv.Atoi(strings.TrimSuffix(c.Text, " 年")); err == nil {
		p.year = year
		p.reload()
	}
}

// current is the entry of the cursor, nil on the title of a section.
func (p *Page) current() *app.FileEntry {
	row, _ := p.grid.Current()
	if row < 0 || row >= len(p.lines) {
		return nil
	}
	return p.lines[row].entry
}

func (p *Page) setDrawer(shown bool) {
	p.beside.SetShown(shown)
	p.follow()
}

// follow shows the record of the cursor in the drawer.
func (p *Page) follow() {
	e := p.current()
	if !p.drawer.Visible() {
		return
	}
	if e == nil {
		p.details.Stop()
		p.drawer.Clear("没有选中的记录")
		return
	}
	page.Load(p.desk, p.details, func(ctx context.Context) (*model.Record, error) {
		_, rec, err := p.api.Get(ctx, e.Ledger, e.ID)
		return rec, err
	}, func(rec *model.Record) { p.showRecord(p.api.Catalog().Ledger(e.Ledger), rec) })
}

// showRecord shows what the record says, and what can be made of it.
func (p *Page) showRecord(l *model.Ledger, rec *model.Record) {
	keys := make([]string, 0, len(l.Fields))
	for _, f := range l.Fields {
		if !f.Internal {
			keys = append(keys, f.Key)
		}
	}
	p.drawer.SetHead(kit.Head{Crumb: l.Label, Title: l.Name(rec)})
	p.drawer.SetTabs([]kit.Tab{{Key: "facts", Label: "记录内容", Content: form.Facts(l, rec, keys...)}}, "")
	buttons := []*kit.Button{kit.NewButton("打开记录", kit.ButtonFirst, p.openRecord)}
	if !rec.Values["problem"].IsEmpty() && ledgers.Arises(l, p.api.Catalog().Ledger(ledgers.Task)) {
		buttons = append(buttons, kit.NewButton("问题转任务", kit.ButtonPlain, func() {
			arise.Ask(p.desk, p.api, l, rec, p.api.Catalog().Ledger(ledgers.Task))
		}))
	}
	p.drawer.SetFooter("", buttons...)
}

// openRecord goes to the record of the cursor.
func (p *Page) openRecord() {
	if e := p.current(); e != nil {
		p.desk.Open(page.RecordRoute(e.Ledger, e.ID))
	}
}

// menu offers what can be done with a line.
func (p *Page) menu(int, int) []*fyne.MenuItem {
	e := p.current()
	if e == nil {
		return nil
	}
	out := []*fyne.MenuItem{fyne.NewMenuItem("打开记录", p.openRecord)}
	l := p.api.Catalog().Ledger(e.Ledger)
	for _, to := range arise.Targets(p.api.Catalog(), l) {
		out = append(out, fyne.NewMenuItem("转为"+to.Label+"…", func() {
			page.Run(p.desk, func(ctx context.Context) (*model.Record, error) {
				_, rec, err := p.api.Get(ctx, e.Ledger, e.ID)
				return rec, err
			}, func(rec *model.Record) { arise.Ask(p.desk, p.api, l, rec, to) })
		}))
	}
	return out
}

// Do knows 新建 (记一笔) and 编辑 (opens the record).
func (p *Page) Do(c page.Command) bool {
	switch c {
	case page.New:
		p.ask()
	case page.Edit:
		p.openRecord()
	default:
		return false
	}
	return true
}

// export writes the file as a document or a list.
func (p *Page) export(what, ending string) {
	if p.person == "" {
		return
	}
	year, person := p.year, p.person
	p.desk.Save(fmt.Sprintf("%s %d年%s%s", p.file.Name, year, what, ending), func(path string) {
		page.Run(p.desk, func(ctx context.Context) (app.Reported, error) {
			return p.api.Report(ctx, app.ReportRequest{Kind: "书记履职", Person: person, Period: model.Period(strconv.Itoa(year)), Out: path})
		}, func(app.Reported) { p.desk.Say(kit.Toast{Text: "已写入 " + path}) })
	})
}

// choosing places whose file and which year at the left, the chips behind them.
type choosing struct{}

// Widths of the two fields.
const (
	whoWidth  float32 = 260
	whenWidth float32 = 104
)

// MinSize is that of the fields and some chips.
func (choosing) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(whoWidth+whenWidth+3*look.GapWide+300, o[0].MinSize().Height)
}

// Layout places them.
func (choosing) Layout(o []fyne.CanvasObject, s fyne.Size) {
	x := float32(0)
	for i, w := range []float32{whoWidth, whenWidth} {
		o[i].Move(fyne.NewPos(x, 0))
		o[i].Resize(fyne.NewSize(w, s.Height))
		x += w + look.Gap
	}
	x += look.GapHair
	o[2].Move(fyne.NewPos(x, (s.Height-look.ChipHeight)/2))
	o[2].Resize(fyne.NewSize(max(0, s.Width-x), look.ChipHeight))
}
