package app

import (
	"context"
	"maps"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
	"xiangzhen/model/sheet"
)

// attendanceReport writes the attendance workbook (考勤) of a month: the month sheets
// of the villages and the roll-up of the year.
func (a *App) attendanceReport(ctx context.Context, req ReportRequest) (Reported, error) {
	period := req.Period.Month()
	book := report.Attendance{Unit: a.homeName(), Filler: a.Actor().Name, Period: period, Today: a.Today(), At: a.now()}
	var err error
	if book.Demo, err = a.isDemo(ctx, a.store); err != nil {
		return Reported{}, err
	}
	if book.Params, err = a.Settings(ctx); err != nil {
		return Reported{}, err
	}
	if book.Calendar, err = a.calendar(ctx, a.store); err != nil {
		return Reported{}, err
	}
	if book.Villages, err = a.teams(ctx, period); err != nil {
		return Reported{}, err
	}
	rows := 0
	for _, v := range book.Villages {
		rows += len(v.Members)
	}
	if rows == 0 {
		return Reported{}, model.Errorf(model.CodeNotFound, "%s这一年没有驻村队员的考勤，先在花名册和考勤表里登记。", a.homeName())
	}
	return Reported{Units: len(book.Villages), Rows: rows}, sheet.Write(req.Out, report.AttendanceBook(book))
}

// teams returns the teams of home's villages, in the order of the divisions, with
// the attendance of the year up to a month. Who was in no team that year is left out.
func (a *App) teams(ctx context.Context, period model.Month) ([]report.Village, error) {
	january := model.NewDay(period.First().Year(), 1, 1)
	lines, err := a.linesOf(ctx, january.Month(), period)
	if err != nil {
		return nil, err
	}
	groups, err := a.roster(ctx, func(rec *model.Record) bool {
		return lines[rec.ID] != nil || inTermWithin(rec, january, period.Last())
	})
	if err != nil {
		return nil, err
	}
	role := a.Catalog().Ledger(ledgers.Team).Field("role")
	out := make([]report.Village, len(groups))
	for i, g := range groups {
		out[i].Name = g.name
		for _, m := range g.members {
			out[i].Members = append(out[i].Members, report.Attendee{Name: m.Get("name").Text, Role: role.Show(m.Get("role")),
				Term: model.DateWords{Start: m.Get("from").Start, End: m.Get("to").End}, Lines: lines[m.ID]})
		}
	}
	return out, nil
}

// villageTeam is the team of one village, in the order of its roster.
type villageTeam struct {
	area, name string
	members    []*model.Record
}

// roster returns those on the roster of home's villages that fit, in the order of
// the divisions and within a village by duty, then as entered. Nobody is ranked.
func (a *App) roster(ctx context.Context, fits func(*model.Record) bool) ([]villageTeam, error) {
	byArea := map[string][]*model.Record{}
	err := a.store.Each(ctx, model.Query{Ledger: ledgers.Team, Areas: a.homeAreas()}, func(rec *model.Record) error {
		if fits(rec) {
			byArea[rec.Area] = append(byArea[rec.Area], rec)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	res, role := a.resolver(ctx, a.store), a.Catalog().Ledger(ledgers.Team).Field("role")
	out := make([]villageTeam, 0, len(byArea))
	for _, id := range slices.SortedFunc(maps.Keys(byArea), res.compareAreas) {
		sortByOption(byArea[id], role)
		out = append(out, villageTeam{id, res.area(id).Get("name").Text, byArea[id]})
	}
	return out, res.err
}

// inTermWithin reports whether a member's term has a day within a span.
func inTermWithin(member *model.Record, from, to model.Day) bool {
	end := member.Get("to").End
	return member.Get("from").Start <= to && (end == "" || end >= from)
}

// sortByOption sorts records by the order of a field's choices; those without come
// last.
func sortByOption(records []*model.Record, f *model.Field) {
	rank := func(r *model.Record) int {
		i := slices.IndexFunc(f.Options, func(o model.Option) bool { return o.Key == r.Get(f.Key).Text })
		if i < 0 {
			return len(f.Options)
		}
		return i
	}
	slices.SortStableFunc(records, func(a, b *model.Record) int { return rank(a) - rank(b) })
}

// linesOf returns the lines of the month sheets of some months, by member and month.
func (a *App) linesOf(ctx context.Context, from, to model.Month) (map[string]map[model.Month]*model.Record, error) {
	out := map[string]map[model.Month]*model.Record{}
	err := a.store.Each(ctx, model.Query{Ledger: ledgers.Attendance, Areas: a.homeAreas(), Where: []model.Cond{
		{Field: "period", Op: model.OpGe, Value: model.Text(string(from))},
		{Field: "period", Op: model.OpLe, Value: model.Text(string(to))},
	}}, func(rec *model.Record) error {
		member := rec.Get("member").ID
		if out[member] == nil {
			out[member] = map[model.Month]*model.Record{}
		}
		out[member][model.Month(rec.Get("period").Text)] = rec
		return nil
	})
	return out, err
}

// homeAreas restricts a query to the area the ledger is kept for; nil is all.
func (a *App) homeAreas() []string {
	if a.homeID() == "" {
		return nil
	}
	return []string{a.homeID()}
}
