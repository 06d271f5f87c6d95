package teams

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/dialog"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// diary is the part 日志: what the members wrote down, by week, and the difficulties of
// which nothing has come yet.
type diary struct {
	p    *Page
	view string
	data diaryData

	header *page.Header
	chips  *kit.Chips
	grid   *grid.Grid
	reads  *task.Latest
}

// diaryData is what the part shows.
type diaryData struct {
	members map[string]*model.Record // on the roster, by id
	recent  []app.DiaryLine          // of the last diaryDays, newest first
}

// diaryDays is how far back the part looks for what can be copied or still waits.
const diaryDays = 92

func newDiary(p *Page) *diary {
	d := &diary{p: p, view: viewWeek, reads: task.NewLatest(p.desk.Runner)}
	d.chips = kit.NewChips(func(key string, _ fyne.Position) { d.choose(key) })
	d.chips.Set(diaryChips(0), d.view)
	d.grid = grid.New(grid.Config{Source: table{}, Rows: true, Empty: "这里还没有日志。点“记日志”登记，或者在“导入”里把工作日志拖进来。", OnOpen: d.open})
	return d
}

func (d *diary) lines() (*page.Header, []fyne.CanvasObject, []fyne.CanvasObject) {
	add := kit.NewButton("记日志", kit.ButtonMain, d.add)
	add.Key = "Ctrl+N"
	arise := kit.NewButton("转为任务", kit.ButtonPlain, d.arise)
	arise.Key = "Ctrl+E"
	d.header = page.NewHeader("驻村", kit.NewButton("导出日志", kit.ButtonPlain, d.export), arise, kit.NewButton("照抄上一天", kit.ButtonPlain, d.again), add)
	return d.header, nil, []fyne.CanvasObject{d.chips, kit.NewFlushCard(d.grid)}
}

func (d *diary) load() {
	today := d.p.api.Today()
	page.Load(d.p.desk, d.reads, func(ctx context.Context) (got diaryData, err error) {
		roster, err := d.p.api.Roster(ctx)
		if err != nil {
			return got, err
		}
		got.members = map[string]*model.Record{}
		for _, line := range roster {
			got.members[line.Member.ID] = line.Member
		}
		got.recent, err = d.p.api.Diary(ctx, today.Add(-diaryDays), today)
		return got, err
	}, func(got diaryData) {
		d.data = got
		d.choose(d.view)
	})
}

// choose shows a view.
func (d *diary) choose(view string) {
	changed := view != d.view
	d.view = view
	d.chips.Set(diaryChips(len(diaryLines(viewProblems, d.data.recent, d.p.api.Today()))), view)
	row, _ := d.grid.Current()
	d.grid.SetSource(diaryTable(d.p.api.Catalog().Ledger(ledgers.MemberLog), d.shown()))
	if !changed {
		d.grid.Select(row)
	}
	d.header.SetNote(fmt.Sprintf("%d 篇日志", len(d.shown())))
}

// shown are the entries of the view.
func (d *diary) shown() []app.DiaryLine { return diaryLines(d.view, d.data.recent, d.p.api.Today()) }

func (d *diary) concerns(keys []string) bool {
	return touches(keys, ledgers.MemberLog, ledgers.Team, ledgers.Task, ledgers.Area)
}

func (d *diary) leave() {}

func (d *diary) show(page.Route) { d.p.focus(d.grid) }

func (d *diary) do(c page.Command) bool {
	switch c {
	case page.New:
		d.add()
	case page.Report:
		d.arise()
	default:
		return false
	}
	return true
}

// current is the entry of the cursor, nil if there is none.
func (d *diary) current() *app.DiaryLine {
	row, _ := d.grid.Current()
	if shown := d.shown(); row >= 0 && row < len(shown) {
		return &shown[row]
	}
	return nil
}

// open goes to the entry in its ledger.
func (d *diary) open(row int) {
	d.p.desk.Open(page.Route{Page: page.Ledgers, Ledger: ledgers.MemberLog, Record: d.shown()[row].Log.ID})
}

// arise makes a task of the difficulty that an entry names, in one key.
func (d *diary) arise() {
	line := d.current()
	switch {
	case line == nil:
		d.p.say("请先选中一篇日志。")
	case line.Log.Get("problem").IsEmpty():
		d.p.say("这篇日志没有写存在困难，不用转为任务。")
	case len(line.Risen) > 0:
		d.p.say("已经转为任务“" + line.Risen[0] + "”。")
	default:
		d.p.arise(ledgers.MemberLog, line.Log.ID)
	}
}

// export writes what is in view: a week, a month.
func (d *diary) export() {
	period := diaryPeriod(d.view, d.p.api.Today())
	d.p.report("日志", "驻村工作日志（"+period.Words()+"）.xlsx", period)
}

// add asks for an entry of today; again begins it with what was written last.
func (d *diary) add() { d.ask(nil) }

func (d *diary) again() {
	last := lastEntry(d.data.recent, d.current(), d.p.api.Today())
	if last == nil {
		d.p.say("还没有可以照抄的日志。")
		return
	}
	d.ask(last)
}

// diaryCopied are the fields that pass from an entry to the next day's.
var diaryCopied = []string{"place", "content", "next_step"}

// ask opens the dialog, begun with what an earlier entry says; without one, who wrote
// last is proposed.
func (d *diary) ask(like *model.Record) {
	l := d.p.api.Catalog().Ledger(ledgers.MemberLog)
	keys := diaryCopied
	if like == nil {
		like, keys = lastEntry(d.data.recent, d.current(), ""), nil
	}
	var entry *form.Form
	seen := kit.NewButton("带出当天走访", kit.ButtonPlain, func() { d.bring(entry) })
	dialog.Ask(d.p.desk, d.p.api, dialog.Question{Title: "记日志", Ledger: l, Fields: dialog.Fields(l, "log_on", "member", "weather", "place", "content", "solved", "problem", "next_step"),
		More: seen, Yes: "保存",
		Begin: func(f *form.Form) {
			entry = f
			f.Propose("log_on", string(d.p.api.Today()), "")
			if like == nil {
				return
			}
			for _, key := range append([]string{"member"}, keys...) {
				f.Propose(key, l.Field(key).Show(like.Get(key)), like.Get(key).ID)
			}
		},
		Work: func(ctx context.Context, got []app.Assignment) (app.Done, error) {
			if m := d.data.members[words(got, "member")]; m != nil {
				got = append(got, app.Assignment{Field: "village", Words: m.Get("village").ID})
			}
			return d.p.api.Add(ctx, l.Key, got)
		},
		Done: func(done app.Done) { d.p.desk.Done("已记下日志", done.Op) }})
}

// bring puts into the entry whom its writer visited on its day: what is in the record
// of visits is not asked for again.
func (d *diary) bring(f *form.Form) {
	got := f.Changes()
	page.Attempt(d.p.desk, func(ctx context.Context) (string, error) {
		return d.p.api.DayWords(ctx, words(got, "member"), words(got, "log_on"))
	}, func(known string, err error) {
		switch before := words(got, "content"); {
		case err != nil:
			if !f.Problem(err, d.p.canvas()) {
				d.p.desk.Presenter.Error(err)
			}
		case known == "":
			d.p.say("走访记录里没有这个人这一天的走访。")
		case before != "":
			f.Propose("content", before+"\n"+known, "")
		default:
			f.Propose("content", known, "")
		}
	})
}
