package teams

import (
	"context"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/dialog"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// appraisal is the part 考核: the yearly sheet of everybody who was stationed. The
// levels are chosen by people; lines stand in the order of the roster, and what the
// ledgers count is shown where a sheet is filled in, not in the list.
type appraisal struct {
	p      *Page
	year   int
	people []app.Appraisee

	header *page.Header
	chips  *kit.Chips
	grid   *grid.Grid
	reads  *task.Latest
}

func newAppraisal(p *Page) *appraisal {
	a := &appraisal{p: p, year: p.api.Today().Year(), reads: task.NewLatest(p.desk.Runner)}
	a.chips = kit.NewChips(func(key string, _ fyne.Position) {
		a.year, _ = strconv.Atoi(key) // the keys are years
		a.load()
	})
	a.chips.Set(yearChips(p.api.Today()), strconv.Itoa(a.year))
	a.grid = grid.New(grid.Config{Source: table{}, Rows: true, Empty: "这一年没有驻村队员。先在花名册里登记。", OnOpen: a.fill})
	return a
}

func (a *appraisal) lines() (*page.Header, []fyne.CanvasObject, []fyne.CanvasObject) {
	fill := kit.NewButton("填考核表", kit.ButtonMain, func() { row, _ := a.grid.Current(); a.fill(row) })
	fill.Key = "Ctrl+E"
	a.header = page.NewHeader("驻村", kit.NewButton("打开完整台账", kit.ButtonPlain, func() { a.p.desk.Open(page.Route{Page: page.Ledgers, Ledger: ledgers.Appraisal}) }),
		kit.NewButton("导出考核表", kit.ButtonPlain, a.export), fill)
	return a.header, nil, []fyne.CanvasObject{a.chips, kit.NewFlushCard(a.grid)}
}

func (a *appraisal) load() {
	year := a.year
	page.Load(a.p.desk, a.reads, func(ctx context.Context) ([]app.Appraisee, error) { return a.p.api.Appraisals(ctx, year) }, func(people []app.Appraisee) {
		row, _ := a.grid.Current()
		a.people = people
		a.chips.Set(yearChips(a.p.api.Today()), strconv.Itoa(year))
		catalog := a.p.api.Catalog()
		a.grid.SetSource(appraisalTable(catalog.Ledger(ledgers.Team), catalog.Ledger(ledgers.Appraisal), people))
		a.grid.Select(row)
		a.header.SetNote(appraisalWords(people))
	})
}

func (a *appraisal) concerns(keys []string) bool {
	return touches(keys, ledgers.Appraisal, ledgers.Team, ledgers.Attendance, ledgers.Visit, ledgers.MemberLog, ledgers.Task, ledgers.Area)
}

func (a *appraisal) leave() {}

func (a *appraisal) show(page.Route) { a.p.focus(a.grid) }

func (a *appraisal) do(c page.Command) bool {
	if c != page.Report {
		return false
	}
	row, _ := a.grid.Current()
	a.fill(row)
	return true
}

// appraisalFields are what people fill in, in the order of the paper.
var appraisalFields = []string{"morals", "ability", "duties", "integrity", "votes", "village_opinion", "town_opinion", "county_opinion", "grade", "team_grade"}

// fill asks for the yearly sheet of a line.
func (a *appraisal) fill(row int) {
	if row < 0 || row >= len(a.people) {
		a.p.say("请先选中一名队员。")
		return
	}
	who, year := a.people[row], a.year
	l := a.p.api.Catalog().Ledger(ledgers.Appraisal)
	name := who.Member.Get("name").Text
	dialog.Ask(a.p.desk, a.p.api, dialog.Question{Title: fmt.Sprintf("%d年度考核表：%s", year, name), Ledger: l, Fields: dialog.Fields(l, appraisalFields...), Yes: "保存",
		Intro: "台账记载：" + who.Facts() + "。", Start: who.Sheet,
		Work: func(ctx context.Context, got []app.Assignment) (app.Done, error) {
			if who.Sheet != nil {
				return a.p.api.Set(ctx, l.Key, who.Sheet.ID, got)
			}
			return a.p.api.Add(ctx, l.Key, append([]app.Assignment{{Field: "year", Words: strconv.Itoa(year)},
				{Field: "member", Words: who.Member.ID}, {Field: "village", Words: who.Member.Get("village").ID}}, got...))
		},
		Done: func(done app.Done) { a.p.desk.Done("已保存"+name+"的考核表", done.Op) }})
}

// export writes the list and a page for each to be signed.
func (a *appraisal) export() {
	a.p.report("考核", fmt.Sprintf("驻村帮扶考核表（%d年度）.xlsx", a.year), model.Period(strconv.Itoa(a.year)))
}

// yearChips are the year at hand and the two before it.
func yearChips(today model.Day) []kit.Chip {
	var out []kit.Chip
	for year := today.Year(); year > today.Year()-3; year-- {
		out = append(out, kit.Chip{Key: strconv.Itoa(year), Label: fmt.Sprintf("%d年度", year)})
	}
	return out
}

// appraisalTable lists the sheets of a year, a line a member.
func appraisalTable(team, sheet *model.Ledger, people []app.Appraisee) table {
	t := table{cols: []grid.Column{column("村", 92), column("姓名", 90), column("驻村职务", 120), column("民主测评", 130), column("村级评价", 0),
		column("乡镇评价", 120), column("县级评定", 120), column("等次", 90), column("工作队等次", 100)}}
	for _, p := range people {
		row := cells(p.Village, shown(team, p.Member, "name"), shown(team, p.Member, "role"))
		row[1].Bold = true
		for _, key := range []string{"votes", "village_opinion", "town_opinion", "county_opinion", "grade", "team_grade"} {
			words := ""
			if p.Sheet != nil {
				words = shown(sheet, p.Sheet, key)
			}
			row = append(row, cells(words)...)
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// appraisalWords say how many sheets of the year are begun.
func appraisalWords(people []app.Appraisee) string {
	n := 0
	for _, p := range people {
		if p.Sheet != nil {
			n++
		}
	}
	return fmt.Sprintf("%d 人，已填 %d 份。等次由人定，程序不算分、不排名。", len(people), n)
}
