package today

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// API is what the page needs of app.
type API interface {
	Agenda(ctx context.Context) (app.Agenda, error)
	Report(ctx context.Context, req app.ReportRequest) (app.Reported, error)
}

// Page is the page 今日.
type Page struct {
	api     API
	desk    *page.Desk
	content fyne.CanvasObject

	header  *page.Header
	compose *kit.Button
	figures *fyne.Container
	board   *fyne.Container
	empty   fyne.CanvasObject

	agenda     *list
	summary    *kit.Line
	completion *kit.Card
	chart      *kit.BarChart
	report     *kit.Card
	receivers  *list
	call       *kit.Button // 复制催报文字, or 去下发
	tail       *fyne.Container

	load *task.Latest
	open map[app.AgendaKey]bool // unfolded groups
	now  app.Agenda
}

var _ page.Page = (*Page)(nil)

// New makes the page.
func New(api API, d *page.Desk) *Page {
	p := &Page{api: api, desk: d, load: task.NewLatest(d.Runner), open: map[app.AgendaKey]bool{}}
	p.compose = kit.NewButton("生成汇报材料", kit.ButtonPlain, p.composeReport)
	p.compose.Hide()
	collect := kit.NewButton("收表", kit.ButtonMain, func() { d.Open(page.Route{Page: page.Reports, Act: page.Collect}) })
	p.header = page.NewHeader("今日", p.compose, collect)
	p.figures = container.New(cards{})
	p.empty = p.newEmpty()
	p.empty.Hide()
	p.content = page.Rows(p.header.Object, p.figures, container.NewStack(p.newBoard(), p.empty))
	return p
}

// newBoard makes the three parts below the figures.
func (p *Page) newBoard() fyne.CanvasObject {
	p.agenda, p.receivers = newList(), newList()
	p.summary = kit.NewNote("")
	p.summary.Fixed = true
	p.chart = kit.NewBarChart(barParts, p.openBar)
	p.completion = kit.NewCard("完成情况", nil, container.New(layout.NewCustomPaddedLayout(0, 0, 0, -barReach), container.NewVScroll(container.New(column{barReach}, p.chart))))
	p.call = kit.NewButton("复制催报文字", kit.ButtonLink, p.callReceivers)
	p.tail = container.New(tail{callWidth}, p.call)
	p.report = kit.NewCard("月报", p.tail, p.receivers.object)
	p.board = container.New(board{p.barsHeight, p.reportHeight}, kit.NewCard("待办事项", p.summary, p.agenda.object), p.completion, p.report)
	return p.board
}

// callWidth is the room of the button beside a report's title.
const callWidth float32 = 96

// cardFrame is what a card adds to the height of its content.
const cardFrame float32 = 44 + 16

func (p *Page) barsHeight() float32   { return p.chart.MinSize().Height + cardFrame }
func (p *Page) reportHeight() float32 { return p.receivers.lines.MinSize().Height + cardFrame }

// newEmpty says what to do with a ledger that has no items yet.
func (p *Page) newEmpty() fyne.CanvasObject {
	return kit.NewEmpty(look.IconTask, "还没有任务事项", "把现在用的 Excel 任务台账导进来，或先新建一项。\n想先看样子：菜单“文件”里的“新建台账文件”，选看演示。",
		kit.NewButton("导入现有台账", kit.ButtonFirst, func() { p.desk.Open(page.Route{Page: page.Import}) }),
		kit.NewButton("新建任务", kit.ButtonPlain, func() { p.desk.Open(page.Route{Page: page.Tasks, Act: page.Create}) }))
}

// Content is the page's object.
func (p *Page) Content() fyne.CanvasObject { return p.content }

// Show reads the agenda anew: the day may have changed since.
func (p *Page) Show(page.Route) { p.reload() }

// concern are the ledgers that the page shows something of.
var concern = append(ledgers.Followed(), ledgers.Progress, ledgers.Area, ledgers.Team, ledgers.Post, ledgers.Parameter,
	ledgers.Dispatch, ledgers.Submission, ledgers.Conflict, ledgers.UpperTable, ledgers.UpperSent, ledgers.Final)

// Changed reads the agenda anew if an operation touched what it shows.
func (p *Page) Changed(keys []string) {
	if slices.ContainsFunc(keys, func(k string) bool { return slices.Contains(concern, k) }) {
		p.reload()
	}
}

func (p *Page) reload() { page.Load(p.desk, p.load, p.api.Agenda, p.show) }

// show puts an agenda on screen.
func (p *Page) show(a app.Agenda) {
	p.now = a
	p.header.SetTitle(title(a.Day))
	p.header.SetNote(note(a))
	setShown(p.compose, a.Items > 0 && len(a.Areas) > 0)
	setShown(p.figures, a.Items > 0)
	busy := a.Items > 0 || a.Group(app.AgendaUpper).Total > 0
	setShown(p.board, busy)
	setShown(p.empty, !busy)
	p.showFigures()
	p.showAgenda()
	p.showCompletion()
	p.showReport()
	p.board.Refresh()
	p.content.Refresh()
}

func setShown(o fyne.CanvasObject, shown bool) {
	if shown {
		o.Show()
	} else {
		o.Hide()
	}
}

func (p *Page) showFigures() {
	var objects []fyne.CanvasObject
	for _, f := range figures(p.now) {
		act := p.to(f.route)
		if f.unfold != "" {
			act = func() { p.unfold(f.unfold, true) }
		}
		card := kit.NewFigure(f.label, act)
		card.Set(f.value, f.tone, f.note)
		objects = append(objects, card)
	}
	p.figures.Objects = objects
	p.figures.Refresh()
}

// to goes to a place.
func (p *Page) to(r page.Route) func() { return func() { p.desk.Open(r) } }

func (p *Page) showAgenda() {
	var objects []fyne.CanvasObject
	shown := sections(p.now, p.open)
	for _, s := range shown {
		objects = append(objects, p.sectionHead(s))
		for _, e := range s.lines {
			objects = append(objects, newEntry(e, p.to(e.route)))
		}
		if s.rest != "" {
			objects = append(objects, told(s.rest))
		}
	}
	if len(shown) == 0 {
		objects = append(objects, told("今天没有要办的事。"))
	}
	p.summary.SetText(summary(p.now))
	p.agenda.set(objects)
}

// told is a line that only tells something.
func told(words string) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, linePad, 0), kit.NewLine(words, look.TextTable, look.Second, false))
}

// sectionHead is the head of a group, with the way to all of it.
func (p *Page) sectionHead(s section) fyne.CanvasObject {
	act := p.to(s.route)
	if s.route.Page == "" {
		act = func() { p.unfold(s.key, !p.open[s.key]) }
	}
	var link fyne.CanvasObject = kit.NewButton(s.link, kit.ButtonLink, act)
	if !s.more {
		words := kit.NewNote(s.link + "　")
		words.Fixed = true
		link = words
	}
	return container.New(ends{}, kit.NewLine(s.title, look.TextTable, look.Ink, true), link)
}

// unfold shows all lines of a group, or the first few.
func (p *Page) unfold(key app.AgendaKey, open bool) {
	p.open[key] = open
	p.showAgenda()
}

func (p *Page) showCompletion() {
	setShown(p.completion, len(p.now.Areas) > 0)
	p.completion.SetTitle(completionTitle(p.now))
	p.chart.SetRows(bars(p.now.Areas))
}

// openBar lists what a bar counts.
func (p *Page) openBar(row, part int) { p.desk.Open(barRoute(p.now.Areas[row].Area, part)) }

func (p *Page) showReport() {
	setShown(p.report, len(p.now.Reports) > 0 && len(p.now.Areas) > 0)
	if len(p.now.Reports) == 0 {
		return
	}
	r := p.now.Reports[0]
	p.report.SetTitle(reportTitle(r))
	p.call.SetLabel(callLabel(r))
	p.tail.Refresh()
	var objects []fyne.CanvasObject
	for _, s := range standings(r, p.now.Day) {
		objects = append(objects, newStanding(s, p.to(page.Route{Page: page.Reports})))
	}
	if !r.Issued {
		objects = append(objects, told("还没有下发。"), told("下发后这里显示谁报了、谁没报。"))
	}
	p.receivers.set(objects)
}

// callReceivers copies the text that asks for what is missing, or goes to where the
// report is issued.
func (p *Page) callReceivers() {
	r := p.now.Reports[0]
	if !r.Issued {
		p.desk.Open(page.Route{Page: page.Reports, Act: page.Issue})
		return
	}
	p.desk.Copy(r.Text)
	p.desk.Say(kit.Toast{Text: "催报文字已复制，可以直接粘贴到群里。"})
}
