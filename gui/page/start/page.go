package start

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model/app"
)

// Params are what the page knows and what becomes of a decision.
type Params struct {
	Recent []string // ledgers used last, the newest first

	Demo func() // open the sample county in a file of its own
	// Create makes a ledger, with a password unless it is ""; Setup.Import is to be
	// taken in too.
	Create  func(setup app.Setup, password string)
	Open    func(path string)   // open a ledger
	Restore func(backup string) // bring a backup back in a new place
	Import  func(path string)   // take a workbook into a ledger without a unit
}

// Page is the page of the first start.
type Page struct {
	desk    *page.Desk
	params  Params
	content *fyne.Container
	doors   fyne.CanvasObject
	first   *door
	plan    *plan // of a new ledger

	reading *task.Latest
}

var _ page.Page = (*Page)(nil)

// New makes the page.
func New(d *page.Desk, p Params) *Page {
	s := &Page{desk: d, params: p, reading: task.NewLatest(d.Runner)}
	s.plan = newPlan(s)
	s.doors = s.newDoors()
	s.content = container.NewStack(s.doors)
	return s
}

// newDoors makes the five doors.
func (s *Page) newDoors() fyne.CanvasObject {
	s.first = newDoor("1", look.IconImport, "用我现在的台账", "拖进来或选择现在用的 Excel 台账。先看认出了什么、会建哪些村，点头了才建。", s.chooseWorkbook)
	doors := []*door{s.first,
		newDoor("2", look.IconTask, "看演示", "打开示例县甲镇的演示数据，存在单独的文件里，随便点，不影响以后的正式台账。", s.params.Demo),
		newDoor("3", look.IconAdd, "新建", "写上本级单位，粘贴村名单，马上就能用。", s.newLedger),
		newDoor("4", look.IconFolder, "打开已有台账", "打开这台电脑、U盘或共享文件夹里的台账文件。", s.chooseLedger),
		newDoor("5", look.IconHistory, "从备份恢复", "电脑坏了、文件丢了，从备份找回来。备份本身不会改动。", s.chooseBackup)}
	head := container.NewVBox(kit.NewLine("乡振台账", 26, look.Ink, true),
		kit.NewLine("任务、驻村、报表记在一个文件里，不用联网；村里照旧用 Excel 报表。从哪里开始？", look.TextBody, look.Second, false))
	tail := newRecent(s.params.Recent, s.params.Open)
	objects := []fyne.CanvasObject{head, tail}
	for _, d := range doors {
		d.onDigit = func(n int) { enter(doors, n) }
		objects = append(objects, d)
	}
	return container.New(hall{head, tail}, objects...)
}

// enter opens the n-th door, if there is one.
func enter(doors []*door, n int) {
	if n >= 0 && n < len(doors) {
		doors[n].onTap()
	}
}

// Content is the page's object.
func (s *Page) Content() fyne.CanvasObject { return s.content }

// Show shows the doors with the keyboard on the first one, or takes what was dropped
// on the window: a workbook becomes a proposal, anything else is opened.
func (s *Page) Show(r page.Route) {
	if len(r.Paths) > 0 {
		s.take(r.Paths[0])
		return
	}
	s.back()
}

// Changed has nothing to read anew: there is no ledger.
func (s *Page) Changed([]string) {}

// back shows the doors.
func (s *Page) back() {
	s.reading.Stop()
	s.bring(s.doors)
	s.focus(s.first)
}

func (s *Page) bring(o fyne.CanvasObject) {
	s.content.Objects = []fyne.CanvasObject{o}
	s.content.Refresh()
}

func (s *Page) focus(f fyne.Focusable) {
	if c := s.desk.Canvas(); c != nil {
		c.Focus(f)
	}
}

func (s *Page) take(path string) {
	if isWorkbook(path) {
		s.propose(path)
		return
	}
	s.params.Open(path)
}

func (s *Page) chooseWorkbook() {
	s.desk.Files(func(paths []string) { s.propose(paths[0]) })
}

func (s *Page) chooseLedger() {
	s.desk.Files(func(paths []string) { s.params.Open(paths[0]) })
}

func (s *Page) chooseBackup() {
	s.desk.Files(func(paths []string) { s.params.Restore(paths[0]) })
}

// newLedger asks for the unit and its villages.
func (s *Page) newLedger() {
	s.plan.begin(app.Proposal{})
	s.bring(s.plan.content)
	s.focus(s.plan.unit)
}

// propose reads a workbook and shows what a ledger would begin with.
func (s *Page) propose(path string) {
	page.Load(s.desk, s.reading, func(context.Context) (app.Proposal, error) { return app.Propose(path) }, func(p app.Proposal) {
		s.plan.begin(p)
		s.bring(s.plan.content)
		s.focus(s.plan.unit)
	})
}
