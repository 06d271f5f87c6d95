package app

import (
	"context"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// plainReports are the reports of a period that no form asks for: of its month; the
// diary of any period, the appraisal of its year.
var plainReports = map[string]func(*App, context.Context, ReportRequest) (Reported, error){
	"考勤": (*App).attendanceReport,
	"补助": (*App).subsidyReport,
	"走访": (*App).coverageReport,
	"日志": (*App).diaryReport,
	"考核": (*App).appraisalReport,
	"项目": (*App).projectReport,
}

// writeTable writes a table under the words of the ledger's home.
func (a *App) writeTable(ctx context.Context, t report.Table, title string, units int, out string) (Reported, error) {
	t.Title = a.homeName() + title
	t.Unit, t.Filler, t.Today, t.At = a.homeName(), a.Actor().Name, a.Today(), a.now()
	var err error
	if t.Demo, err = a.isDemo(ctx, a.store); err != nil {
		return Reported{}, err
	}
	if len(t.Rows) == 0 {
		return Reported{}, model.Errorf(model.CodeNotFound, "没有可以写进“%s”的记录。", t.Title)
	}
	return Reported{Units: units, Rows: len(t.Rows)}, sheet.Write(out, t.Book())
}

// subsidyReport writes the list of allowances of a month (补助发放表).
func (a *App) subsidyReport(ctx context.Context, req ReportRequest) (Reported, error) {
	period := req.Period.Month()
	villages, err := a.teams(ctx, period)
	if err != nil {
		return Reported{}, err
	}
	params, err := a.Settings(ctx)
	if err != nil {
		return Reported{}, err
	}
	t := report.Subsidies(villages, period, a.Today(), params)
	return a.writeTable(ctx, t, t.Title, len(villages), req.Out)
}

// Coverage tells which monitored household was visited in which month.
type Coverage struct {
	Households []*model.Record // in the order of the divisions
	Areas      int             // villages they are in
	Visits     map[string]map[model.Month]int
}

// Coverage counts the visits of every household that is or was monitored.
func (a *App) Coverage(ctx context.Context) (Coverage, error) {
	households, areas, err := a.byDivision(ctx, ledgers.Household, func(r *model.Record) bool { return ledgers.MonitorStage(r) != ledgers.StageNone })
	if err != nil {
		return Coverage{}, err
	}
	c := Coverage{Households: households, Areas: len(areas), Visits: map[string]map[model.Month]int{}}
	err = a.store.Each(ctx, model.Query{Ledger: ledgers.Visit, Areas: a.homeAreas()}, func(rec *model.Record) error {
		id := rec.Get("household").ID
		if c.Visits[id] == nil {
			c.Visits[id] = map[model.Month]int{}
		}
		c.Visits[id][rec.Get("visited_on").Start.Month()]++
		return nil
	})
	return c, err
}

// coverageReport writes which monitored household was visited in which month.
func (a *App) coverageReport(ctx context.Context, req ReportRequest) (Reported, error) {
	period := req.Period.Month()
	c, err := a.Coverage(ctx)
	if err != nil {
		return Reported{}, err
	}
	words, err := a.Settings(ctx)
	if err != nil {
		return Reported{}, err
	}
	t := report.Coverage(c.Households, c.Visits, period)
	return a.writeTable(ctx, t, rule.Word(period.Last(), words, "监测户")+"走访全覆盖表（截至"+text.FormatMonth(period)+"）", c.Areas, req.Out)
}

// projectReport writes the money of the year's projects by village and kind.
func (a *App) projectReport(ctx context.Context, req ReportRequest) (Reported, error) {
	period := req.Period.Month()
	year := int64(period.First().Year())
	projects, areas, err := a.byDivision(ctx, ledgers.Project, func(r *model.Record) bool {
		return !r.Get("year").Set || r.Get("year").Num == year
	})
	if err != nil {
		return Reported{}, err
	}
	var villages []string
	for _, p := range projects {
		if v := p.Get("village").Text; !slices.Contains(villages, v) {
			villages = append(villages, v)
		}
	}
	t := report.Projects(villages, projects, a.Catalog().Ledger(ledgers.Project))
	return a.writeTable(ctx, t, "衔接资金项目汇总（截至"+text.FormatMonth(period)+"）", len(areas), req.Out)
}

// byDivision returns the records of home under the conditions that fit, in the order
// of the divisions, with the areas they belong to.
func (a *App) byDivision(ctx context.Context, ledger string, fits func(*model.Record) bool, where ...model.Cond) ([]*model.Record, []string, error) {
	var out []*model.Record
	err := a.store.Each(ctx, model.Query{Ledger: ledger, Areas: a.homeAreas(), Where: where}, func(rec *model.Record) error {
		if fits(rec) {
			out = append(out, rec)
		}
		return nil
	})
	res := a.resolver(ctx, a.store)
	slices.SortStableFunc(out, func(x, y *model.Record) int { return res.compareAreas(x.Area, y.Area) })
	var areas []string
	for _, rec := range out {
		if len(areas) == 0 || areas[len(areas)-1] != rec.Area {
			areas = append(areas, rec.Area)
		}
	}
	if err == nil {
		err = res.err
	}
	return out, areas, err
}
