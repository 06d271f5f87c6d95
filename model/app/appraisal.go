package app

import (
	"context"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
	"xiangzhen/model/sheet"
)

// Appraisee is a member of a team with what the ledgers hold of a year.
type Appraisee = report.Appraisee

// Appraisals returns everybody who was stationed in a year, in the order of the
// divisions and of the roster, with the facts of the year and the yearly sheet.
func (a *App) Appraisals(ctx context.Context, year int) ([]Appraisee, error) {
	first, last := model.NewDay(year, 1, 1), model.NewDay(year, 12, 31)
	params, err := a.Settings(ctx)
	if err != nil {
		return nil, err
	}
	calendar, err := a.calendar(ctx, a.store)
	if err != nil {
		return nil, err
	}
	lines, err := a.linesOf(ctx, first.Month(), last.Month())
	if err != nil {
		return nil, err
	}
	groups, err := a.roster(ctx, func(rec *model.Record) bool { return lines[rec.ID] != nil || inTermWithin(rec, first, last) })
	if err != nil {
		return nil, err
	}
	facts, err := a.yearFacts(ctx, first, last)
	if err != nil {
		return nil, err
	}
	var out []Appraisee
	for _, g := range groups {
		for _, m := range g.members {
			who, err := a.persons(ctx, a.store, m.ID)
			if err != nil {
				return nil, err
			}
			p := report.NewAppraisee(g.name, m, lines[m.ID], year, a.Today(), params, calendar)
			for _, id := range who.ids {
				p.Visits += facts.visits[id]
				p.Logs += facts.logs[id]
				p.Closed += facts.closed[id]
			}
			p.Sheet = facts.sheets[m.ID]
			out = append(out, p)
		}
	}
	return out, nil
}

// yearFacts are counts of a year by the id of who visited, wrote or answered, and the
// yearly sheets by member.
type yearFacts struct {
	visits, logs, closed map[string]int
	sheets               map[string]*model.Record
}

func (a *App) yearFacts(ctx context.Context, first, last model.Day) (yearFacts, error) {
	f := yearFacts{map[string]int{}, map[string]int{}, map[string]int{}, map[string]*model.Record{}}
	count := func(into map[string]int, ledger, who, on string) error {
		within := []model.Cond{{Field: on, Op: model.OpGe, Value: model.OnDay(first)}, {Field: on, Op: model.OpLe, Value: model.OnDay(last)}}
		return a.store.Each(ctx, model.Query{Ledger: ledger, Where: within}, func(rec *model.Record) error {
			if id := rec.Get(who).ID; id != "" {
				into[id]++
			}
			return nil
		})
	}
	if err := count(f.visits, ledgers.Visit, "visitor", "visited_on"); err != nil {
		return f, err
	}
	if err := count(f.logs, ledgers.MemberLog, "member", "log_on"); err != nil {
		return f, err
	}
	for _, l := range a.Catalog().All() {
		if l.Flow == nil || l.Field("person") == nil || l.Field("closed_on") == nil {
			continue
		}
		if err := count(f.closed, l.Key, "person", "closed_on"); err != nil {
			return f, err
		}
	}
	err := a.store.Each(ctx, model.Query{Ledger: ledgers.Appraisal, Where: []model.Cond{{Field: "year", Op: model.OpEq, Value: model.Int(int64(first.Year()))}}},
		func(rec *model.Record) error {
			f.sheets[rec.Get("member").ID] = rec
			return nil
		})
	return f, err
}

// appraisalReport writes the yearly sheets of everybody stationed in the year of the
// period, with a list of all.
func (a *App) appraisalReport(ctx context.Context, req ReportRequest) (Reported, error) {
	year := req.Period.Last().Year()
	people, err := a.Appraisals(ctx, year)
	if err != nil {
		return Reported{}, err
	}
	if len(people) == 0 {
		return Reported{}, model.Errorf(model.CodeNotFound, "%s%d年没有驻村队员，先在花名册里登记。", a.homeName(), year)
	}
	demo, err := a.isDemo(ctx, a.store)
	if err != nil {
		return Reported{}, err
	}
	villages := map[string]bool{}
	for _, p := range people {
		villages[p.Member.Area] = true
	}
	book := report.Appraisals{Unit: a.homeName(), Filler: a.Actor().Name, Year: year, Today: a.Today(), At: a.now(), Demo: demo,
		Team: a.Catalog().Ledger(ledgers.Team), Sheet: a.Catalog().Ledger(ledgers.Appraisal), People: people}
	return Reported{Units: len(villages), Rows: len(people)}, sheet.Write(req.Out, book.Book())
}
