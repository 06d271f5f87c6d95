package page

import (
	"context"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/task"
	"xiangzhen/model"
)

// Name says which page is meant. The words on the rail are the window's.
type Name string

// The pages.
const (
	Today      Name = "today"      // 今日
	Tasks      Name = "tasks"      // 任务
	Supervise  Name = "supervise"  // 督办
	Secretary  Name = "secretary"  // 书记
	Reports    Name = "reports"    // 报表
	Ledgers    Name = "ledgers"    // 台账
	Teams      Name = "teams"      // 驻村
	History    Name = "history"    // 历史
	Settings   Name = "settings"   // 设置
	Households Name = "households" // 监测户: its ledger
	Projects   Name = "projects"   // 项目: its ledger
	Import     Name = "import"     // 导入: not on the rail
	Filling    Name = "filling"    // 按上级表填报: not on the rail
	Uppers     Name = "uppers"     // 报表登记: not on the rail
)

// Route is a place in the program: a page and what it should show there. All but
// the page may be empty.
type Route struct {
	Page   Name
	Ledger string   // key of a ledger
	Record string   // id of a record
	Only   []string // ids of the records to show alone: what a figure counted
	Filter string   // key of a quick filter (chip)
	Search string   // words to search for
	Act    Act      // what to begin there at once
	Paths  []string // files and folders to act on, as dropped on the window
}

// taskLedger is the key of the one ledger whose records have a page of their own.
const taskLedger = "task"

// RecordRoute is where a record is shown: a task on its page, any other in its ledger.
func RecordRoute(ledger, id string) Route {
	if ledger == taskLedger {
		return Route{Page: Tasks, Ledger: ledger, Record: id}
	}
	return Route{Page: Ledgers, Ledger: ledger, Record: id}
}

// Act is what a page begins as soon as it is opened.
type Act string

// The acts.
const (
	Issue   Act = "issue"   // 报表: 下发
	Collect Act = "collect" // 报表: 收表
	Create  Act = "create"  // 任务: 新建
	Brief   Act = "brief"   // 督办: 汇报材料
)

// Page is what the window asks of a page. All calls come on the window's goroutine.
type Page interface {
	// Content is the page's one object, made once.
	Content() fyne.CanvasObject
	// Show is called whenever the page comes to the front.
	Show(r Route)
	// Changed is called after operations that touched the ledgers of the given
	// keys, shown or not. The page reads anew what concerns it.
	Changed(ledgers []string)
}

// Keeper is a page that may hold what was typed and not written yet. Before the ledger
// is closed the window asks about it.
type Keeper interface {
	// Unsaved says what would be lost, in words that begin with the place: 考勤有 3 格;
	// "" if nothing would.
	Unsaved() string
}

// Command is what a menu or a key asks of the page at the front.
type Command string

// The commands a page may know; the window greys nothing out but says when a
// command means nothing on a page.
const (
	New     Command = "new"     // 新建
	Save    Command = "save"    // 保存
	Edit    Command = "edit"    // 编辑
	Report  Command = "report"  // 填进展
	Delete  Command = "delete"  // 删除
	Filters Command = "filters" // 筛选行
	Next    Command = "next"    // 下一处待核对
	Undo    Command = "undo"    // 撤销 what is entered and not written yet; else the window undoes the last operation
)

// Commander is a Page that knows commands. Do reports whether it used it.
type Commander interface{ Do(c Command) bool }

// Taker is a Page that may know what files are for that are dropped on it. Take is
// called before anybody looks into them and reports whether it used them.
type Taker interface{ Take(paths []string) bool }

// Periodic is a Page that shows a month: it follows the one chosen in the top bar.
// SetPeriod is called before the first Show and whenever another is chosen.
type Periodic interface{ SetPeriod(m model.Month) }

// Desk is what a page is given by the window: the ways to get work done, to speak
// to the clerk and to go elsewhere.
type Desk struct {
	Runner    task.Runner
	Presenter task.Presenter
	// Canvas is where lists and dialogs open; nil before the window is shown.
	Canvas func() fyne.Canvas
	// Say shows a short word on what was done.
	Say func(kit.Toast)
	// Open goes to another place.
	Open func(Route)
	// Status writes the left end of the status line: what is chosen.
	Status func(words string)
	// Undo undoes the operation.
	Undo func(op int64)
	// Copy puts words on the clipboard.
	Copy func(words string)
	// Reveal shows a folder in the system's own window for files, or a file with the
	// system's program for it.
	Reveal func(path string)
	// Folder asks for a folder; it calls chosen with its path, or not at all.
	Folder func(chosen func(path string))
	// Files asks for files or a folder of files to read.
	Files func(chosen func(paths []string))
	// Materials asks for files of any kind to be kept with a record.
	Materials func(chosen func(paths []string))
	// Save asks where to write a file proposed under a name.
	Save func(name string, chosen func(path string))
}

// Done says what was done, with a button to undo it where there is an operation.
func (d *Desk) Done(words string, op int64) {
	t := kit.Toast{Text: words}
	if op != 0 {
		t.Action, t.OnAction = "撤销", func() { d.Undo(op) }
	}
	d.Say(t)
}

// Run does work away from the window and then done with its result, on the
// window's goroutine. An error goes to the Presenter instead.
func Run[T any](d *Desk, work func(context.Context) (T, error), done func(T)) {
	Attempt(d, work, func(result T, err error) {
		if err != nil {
			d.Presenter.Error(err)
			return
		}
		done(result)
	})
}

// Attempt is Run for work whose error is dealt with by done.
func Attempt[T any](d *Desk, work func(context.Context) (T, error), done func(T, error)) {
	var result T
	d.Runner.Go(context.Background(), nil, func(ctx context.Context, _ *task.Progress) (err error) {
		result, err = work(ctx)
		return err
	}, func(err error) { done(result, err) })
}

// Load is Run for what a page shows: of several loads of one group only the newest
// is shown.
func Load[T any](d *Desk, l *task.Latest, fetch func(context.Context) (T, error), show func(T)) {
	task.Load(l, fetch, func(result T, err error) {
		if err != nil {
			d.Presenter.Error(err)
			return
		}
		show(result)
	})
}

// Counting shows on p how many files of a long work are done.
func Counting(p *task.Progress) func(done, all int, file string) {
	return func(done, all int, file string) {
		p.SetTotal(all)
		p.Step(file)
		if done > 0 {
			p.Add(1)
		}
	}
}
