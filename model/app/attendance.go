package app

import (
	"context"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
	"xiangzhen/model/sheet"
)

// attendanceReport writes the attendance workbook (考勤) of a month: the month sheets
// of the villages and the roll-up of the year.
func (a *App) attendanceReport(ctx context.Context, req ReportRequest, period model.Month) (Reported, error) {
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
	team := a.Catalog().Ledger(ledgers.Team)
	res := a.resolver(ctx, a.store)
	byArea := map[string][]report.Attendee{}
	err = a.store.Each(ctx, model.Query{Ledger: ledgers.Team, Areas: a.homeAreas()}, func(rec *model.Record) error {
		term := model.DateWords{Start: rec.Get("from").Start, End: rec.Get("to").End}
		if lines[rec.ID] == nil && (term.Start > period.Last() || term.End != "" && term.End < january) {
			return nil
		}
		byArea[rec.Area] = append(byArea[rec.Area], report.Attendee{
			Name: rec.Get("name").Text, Role: team.Field("role").Show(rec.Get("role")), Term: term, Lines: lines[rec.ID]})
		return nil
	})
	if err != nil {
		return nil, err
	}
	areas := make([]string, 0, len(byArea))
	for id := range byArea {
		areas = append(areas, id)
	}
	slices.SortFunc(areas, res.compareAreas)
	out := make([]report.Village, len(areas))
	for i, id := range areas {
		report.SortMembers(byArea[id], team.Field("role").Options)
		out[i] = report.Village{Name: res.area(id).Get("name").Text, Members: byArea[id]}
	}
	return out, res.err
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
