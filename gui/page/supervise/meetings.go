package supervise

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/arise"
	"xiangzhen/gui/page/dialog"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/page/trail"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// meetings is the part 调度会: meetings, what they decided, their minutes.
type meetings struct {
	p         *Page
	list      []*model.Record            // the newest first
	decisions map[string][]*model.Record // by meeting
	wanted    string

	grid   *grid.Grid
	drawer *kit.Drawer
	beside *page.Beside
	tools  *fyne.Container
	tab    string
	opened bool
	reads  *task.Latest
}

func newMeetings(p *Page) *meetings {
	s := &meetings{p: p, tools: container.NewStack(), reads: task.NewLatest(p.desk.Runner)}
	s.grid = grid.New(grid.Config{Source: grid.Table{}, Rows: true, Empty: "还没有会议。点“开调度会”，议题从逾期的事项里列出，会上定的事一键转成任务。",
		OnSelect: func(int) { s.follow() }, OnOpen: func(int) { s.setDrawer(true) }, OnMenu: s.menu})
	s.drawer = kit.NewDrawer(func(tab string) { s.tab = tab }, func() { s.setDrawer(false) })
	s.beside = page.NewBeside(kit.NewFlushCard(s.grid), s.drawer)
	return s
}

func (s *meetings) lines() (*page.Header, fyne.CanvasObject, fyne.CanvasObject) {
	add := kit.NewButton("开调度会", kit.ButtonMain, s.add)
	add.Key = "Ctrl+N"
	header := page.NewHeader("督办", s.p.briefButton(), kit.NewButton("导出纪要", kit.ButtonPlain, s.minutes), add)
	return header, s.tools, s.beside.Object
}

func (s *meetings) concerns(ledger string) bool {
	return ledger == ledgers.Meeting || ledger == ledgers.Decision || ledger == ledgers.Progress || ledger == ledgers.Person
}

// held is what the part shows.
type held struct{ meetings, decisions []*model.Record }

func (s *meetings) load() {
	page.Load(s.p.desk, s.reads, func(ctx context.Context) (h held, err error) {
		_, got, err := s.p.api.List(ctx, app.ListRequest{Ledger: ledgers.Meeting, Sort: "-held_on"})
		if err != nil {
			return h, err
		}
		h.meetings = got.Records
		_, got, err = s.p.api.List(ctx, app.ListRequest{Ledger: ledgers.Decision})
		h.decisions = got.Records
		return h, err
	}, func(h held) {
		s.list, s.decisions = h.meetings, map[string][]*model.Record{}
		for _, r := range h.decisions {
			s.decisions[r.Get("meeting").ID] = append(s.decisions[r.Get("meeting").ID], r)
		}
		s.showList()
	})
}

func (s *meetings) showList() {
	before := s.wanted
	if r := s.current(); r != nil && before == "" {
		before = r.ID
	}
	s.wanted = ""
	s.grid.SetSource(meetingTable(s.p.ledger(ledgers.Meeting), s.p.ledger(ledgers.Decision), s.list, s.decisions))
	s.grid.Select(max(0, slices.IndexFunc(s.list, func(r *model.Record) bool { return r.ID == before })))
	if !s.opened && len(s.list) > 0 && !s.beside.Covers() {
		s.opened = true
		s.beside.SetShown(true)
	}
	s.follow()
}

func (s *meetings) show(record string) {
	if record != "" {
		s.wanted = record
		s.showList()
		s.setDrawer(true)
	}
	s.p.focus(s.grid)
}

func (s *meetings) do(c page.Command) bool {
	switch c {
	case page.New:
		s.add()
	case page.Edit:
		s.openLedger()
	default:
		return false
	}
	return true
}

func (s *meetings) current() *model.Record {
	if row, _ := s.grid.Current(); row >= 0 && row < len(s.list) {
		return s.list[row]
	}
	return nil
}

func (s *meetings) setDrawer(shown bool) {
	s.beside.SetShown(shown)
	s.follow()
}

// follow shows the meeting of the cursor in the drawer.
func (s *meetings) follow() {
	r := s.current()
	switch {
	case !s.drawer.Visible():
	case r == nil:
		s.drawer.Clear("没有选中的会议")
	default:
		l := s.p.ledger(ledgers.Meeting)
		s.drawer.SetHead(kit.Head{Crumb: r.Get("held_on").Text + " · " + r.Get("place").Text, Title: l.Name(r), Status: decided(s.p.ledger(ledgers.Decision), s.decisions[r.ID])})
		s.drawer.SetTabs([]kit.Tab{
			{Key: "decisions", Label: "议定事项", Count: len(s.decisions[r.ID]), Content: s.decisionList(s.decisions[r.ID])},
			{Key: "facts", Label: "会议情况", Content: form.Facts(l, r, factKeys(l)...)},
		}, s.tab)
		s.drawer.SetFooter("", kit.NewButton("新增议定事项", kit.ButtonFirst, s.decide),
			kit.NewButton("纪要", kit.ButtonPlain, s.minutes), kit.NewButton("修改", kit.ButtonPlain, s.openLedger))
	}
}

// decisionList lists what a meeting decided; each opens, and becomes a task by one
// button.
func (s *meetings) decisionList(decisions []*model.Record) fyne.CanvasObject {
	box := container.NewVBox()
	if len(decisions) == 0 {
		return container.NewVBox(trail.Para("还没有议定事项。会上定的事一项一项加在这里，可以转成任务跟到办结。", look.Second))
	}
	l := s.p.ledger(ledgers.Decision)
	for i, r := range decisions {
		if i > 0 {
			box.Add(separator())
		}
		box.Add(kit.NewPara(fmt.Sprintf("%d. %s", i+1, l.Name(r)), look.TextBody, look.Ink, true, 0))
		box.Add(kit.NewNote(joinFacts(r.Get("unit").Text, r.Get("person").Text, dueWords(r), shown(l, r, l.Flow.State))))
		box.Add(container.NewHBox(
			kit.NewButton("打开", kit.ButtonLink, func() { s.p.desk.Open(page.RecordRoute(l.Key, r.ID)) }),
			kit.NewButton("转为任务", kit.ButtonLink, func() { arise.Ask(s.p.desk, s.p.api, l, r, s.p.ledger(ledgers.Task)) })))
	}
	return box
}

// decide asks for what the meeting decided.
func (s *meetings) decide() {
	r := s.current()
	if r == nil {
		return
	}
	from, l := s.p.ledger(ledgers.Meeting), s.p.ledger(ledgers.Decision)
	start, err := ledgers.Arise(from, r, l)
	if err != nil {
		s.p.desk.Presenter.Error(err)
		return
	}
	dialog.Ask(s.p.desk, s.p.api, dialog.Question{
		Title: "新增议定事项：" + from.Name(r), Ledger: l, Start: start, Yes: "新增", Also: "新增并转任务",
		Fields: dialog.Fields(l, "title", "unit", "person", "due", "lead_person", "item", "content"),
		Work: func(ctx context.Context, got []app.Assignment) (app.Done, error) {
			return s.p.api.Arise(ctx, from.Key, r.ID, l.Key, got)
		},
		Done: func(done app.Done) { s.p.desk.Done("已新增议定事项“"+l.Name(done.Records[0])+"”", done.Op) },
		Then: func(done app.Done) { arise.Ask(s.p.desk, s.p.api, l, done.Records[0], s.p.ledger(ledgers.Task)) },
	})
}

// meetingFields are what is asked for in a meeting, two short ones on a line.
var meetingFields = []string{"title", "kind", "held_on", "place", "unit", "chair", "agenda", "attendees", "domain"}

// add asks for a dispatch meeting whose agenda is what is past its limit now.
func (s *meetings) add() {
	l := s.p.ledger(ledgers.Meeting)
	page.Run(s.p.desk, s.p.api.Pressing, func(list []app.Pressing) {
		dialog.Ask(s.p.desk, s.p.api, dialog.Question{
			Title: "开调度会", Intro: "议题先按逾期的事项列出，可以增删改。", Ledger: l, Fields: dialog.Fields(l, meetingFields...), Yes: "新建会议",
			Begin: func(f *form.Form) { s.begin(f, list) },
			Work: func(ctx context.Context, got []app.Assignment) (app.Done, error) {
				return s.p.api.Add(ctx, l.Key, got)
			},
			Done: func(done app.Done) {
				s.p.desk.Done("已新建会议“"+l.Name(done.Records[0])+"”", done.Op)
				s.show(done.Records[0].ID)
			},
		})
	})
}

// begin fills in what is known of a meeting that is held today.
func (s *meetings) begin(f *form.Form, list []app.Pressing) {
	today := s.p.api.Today()
	title := fmt.Sprintf("%d月调度会", int(today.Time().Month()))
	if home := s.p.api.Home(); home != nil {
		title = home.Get("name").Text + title
		f.Propose("unit", home.Get("name").Text, home.ID)
	}
	f.Propose("title", title, "")
	f.Propose("kind", "调度会", "调度会")
	f.Propose("held_on", string(today), "")
	f.Propose("agenda", agenda(list), "")
}

// minutes writes the minutes of the meeting.
func (s *meetings) minutes() {
	r := s.current()
	if r == nil {
		s.p.say("没有选中的会议。")
		return
	}
	s.p.write(s.p.ledger(ledgers.Meeting).Name(r)+"纪要.docx", app.ReportRequest{Kind: "纪要", ID: r.ID})
}

func (s *meetings) menu(int, int) []*fyne.MenuItem {
	if s.current() == nil {
		return nil
	}
	return []*fyne.MenuItem{fyne.NewMenuItem("新增议定事项…", s.decide), fyne.NewMenuItem("导出纪要…", s.minutes), fyne.NewMenuItem("打开完整记录", s.openLedger)}
}

// openLedger goes to the whole record, where every field is edited.
func (s *meetings) openLedger() {
	to := page.Route{Page: page.Ledgers, Ledger: ledgers.Meeting}
	if r := s.current(); r != nil {
		to.Record = r.ID
	}
	s.p.desk.Open(to)
}
