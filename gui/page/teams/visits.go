package teams

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/text"
)

// visits is the part 走访: which household was visited in which month, the list of a
// week, problems that wait.
type visits struct {
	p    *Page
	view string
	data visitData

	header *page.Header
	chips  *kit.Chips
	grid   *grid.Grid
	reads  *task.Latest
}

// visitData is what the part shows.
type visitData struct {
	coverage app.Coverage
	visits   []*model.Record // of the view, but of the newest hundred for the coverage
	open     int             // problems that wait
}

func newVisits(p *Page) *visits {
	v := &visits{p: p, view: viewCoverage, reads: task.NewLatest(p.desk.Runner)}
	v.chips = kit.NewChips(func(key string, _ fyne.Position) { v.view = key; v.load() })
	v.chips.Set(visitChips(p.api.Today(), 0), v.view)
	v.grid = grid.New(grid.Config{Source: table{}, Rows: true, Empty: "这里还没有记录。点“记走访”登记，或者在“导入”里把走访台账拖进来。", OnOpen: v.open})
	return v
}

func (v *visits) lines() (*page.Header, []fyne.CanvasObject, []fyne.CanvasObject) {
	add := kit.NewButton("记走访", kit.ButtonMain, v.add)
	add.Key = "Ctrl+N"
	arise := kit.NewButton("转为任务", kit.ButtonPlain, v.arise)
	arise.Key = "Ctrl+E"
	month := v.p.api.Today().Month()
	export := kit.NewButton("导出全覆盖表", kit.ButtonPlain, func() {
		v.p.report("走访", "走访全覆盖表（"+text.FormatMonth(month)+"）.xlsx", model.Period(month))
	})
	v.header = page.NewHeader("驻村", export, arise, kit.NewButton("照抄上一天", kit.ButtonPlain, v.again), add)
	return v.header, nil, []fyne.CanvasObject{v.chips, kit.NewFlushCard(v.grid)}
}

// newestVisits is how many visits are read to go on from.
const newestVisits = 100

func (v *visits) load() {
	view, today := v.view, v.p.api.Today()
	page.Load(v.p.desk, v.reads, func(ctx context.Context) (d visitData, err error) {
		if d.coverage, err = v.p.api.Coverage(ctx); err != nil {
			return d, err
		}
		req := app.ListRequest{Ledger: ledgers.Visit, Sort: "-visited_on", Limit: newestVisits}
		if view != viewCoverage {
			req = visitRequest(view, today)
		}
		_, got, err := v.p.api.List(ctx, req)
		if err != nil {
			return d, err
		}
		d.visits = got.Records
		_, waiting, err := v.p.api.List(ctx, visitRequest(viewProblems, today))
		d.open = waiting.Total
		return d, err
	}, v.put)
}

// put shows what was read.
func (v *visits) put(d visitData) {
	row, _ := v.grid.Current()
	v.data = d
	today, catalog := v.p.api.Today(), v.p.api.Catalog()
	v.chips.Set(visitChips(today, d.open), v.view)
	if v.view == viewCoverage {
		v.grid.SetSource(coverageTable(catalog.Ledger(ledgers.Household), d.coverage, today))
		v.header.SetNote(fmt.Sprintf("%d 户，%d 个村。按住 Ctrl 点选几户，一次记下。", len(d.coverage.Households), d.coverage.Areas))
	} else {
		v.grid.SetSource(visitTable(catalog.Ledger(ledgers.Visit), d.visits))
		v.header.SetNote(fmt.Sprintf("%d 次走访", len(d.visits)))
	}
	v.grid.Select(row)
}

func (v *visits) concerns(keys []string) bool {
	return touches(keys, ledgers.Visit, ledgers.Household, ledgers.Area)
}

func (v *visits) leave() {}

func (v *visits) show(page.Route) { v.p.focus(v.grid) }

func (v *visits) do(c page.Command) bool {
	switch c {
	case page.New:
		v.add()
	case page.Report:
		v.arise()
	default:
		return false
	}
	return true
}

// visit is the visit of the cursor, nil in the matrix.
func (v *visits) visit() *model.Record {
	row, _ := v.grid.Current()
	if v.view == viewCoverage || row < 0 || row >= len(v.data.visits) {
		return nil
	}
	return v.data.visits[row]
}

// open goes to the household of a row, or to the visit.
func (v *visits) open(row int) {
	to := page.Route{Page: page.Ledgers, Ledger: ledgers.Household}
	if v.view == viewCoverage {
		to.Record = v.data.coverage.Households[row].ID
	} else {
		to.Ledger, to.Record = ledgers.Visit, v.data.visits[row].ID
	}
	v.p.desk.Open(to)
}

// arise makes a task of the problem that a visit found, in one key.
func (v *visits) arise() {
	rec := v.visit()
	switch {
	case rec == nil:
		v.p.say("请先在“本周”或“问题未办结”里选中一次走访。")
		return
	case rec.Get("problem").IsEmpty():
		v.p.say("这次走访没有反映问题，不用转为任务。")
		return
	}
	v.p.arise(ledgers.Visit, rec.ID)
}

// chosen are the households of the chosen rows of the matrix.
func (v *visits) chosen() []*model.Record {
	if v.view != viewCoverage || v.grid.SelectedCount() < 2 {
		return nil
	}
	var out []*model.Record
	for row := range v.grid.Selected() {
		out = append(out, v.data.coverage.Households[row])
	}
	return out
}
