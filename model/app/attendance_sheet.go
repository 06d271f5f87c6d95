package app

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// DaySign is a mark of a day with the sign that the county writes for it.
type DaySign = report.DaySign

// MonthSheet is the month sheet of the teams (考勤表) as it is filled in.
type MonthSheet struct {
	Period   model.Month
	Signs    []DaySign // in the order of the legend
	Calendar model.Calendar
	Params   model.Params
	Lines    []SheetLine // in the order of the divisions and of the roster, never by days
}

// SheetLine is a member in a month.
type SheetLine struct {
	Village string
	Member  *model.Record
	Line    *model.Record   // nil where nothing was entered yet
	Before  *model.Record   // the line of the month before, nil if there is none
	Leaves  []*model.Record // granted or asked absences with a day in the month
}

// MonthSheet reads the month sheet of everybody whose term has a day in the month,
// or who has a line there.
func (a *App) MonthSheet(ctx context.Context, period model.Month) (MonthSheet, error) {
	out := MonthSheet{Period: period}
	var err error
	if out.Params, err = a.Settings(ctx); err != nil {
		return out, err
	}
	out.Signs = report.DaySigns(out.Params)
	if out.Calendar, err = a.calendar(ctx, a.store); err != nil {
		return out, err
	}
	lines, err := a.linesOf(ctx, period.Add(-1), period)
	if err != nil {
		return out, err
	}
	leaves, err := a.leavesWithin(ctx, period.First(), period.Last())
	if err != nil {
		return out, err
	}
	groups, err := a.roster(ctx, func(rec *model.Record) bool {
		return lines[rec.ID][period] != nil || inTermWithin(rec, period.First(), period.Last())
	})
	for _, g := range groups {
		for _, m := range g.members {
			out.Lines = append(out.Lines, SheetLine{Village: g.name, Member: m, Line: lines[m.ID][period], Before: lines[m.ID][period.Add(-1)], Leaves: leaves[m.ID]})
		}
	}
	return out, err
}

// leavesWithin returns the absences that have a day within a span and were not
// refused, by member.
func (a *App) leavesWithin(ctx context.Context, from, to model.Day) (map[string][]*model.Record, error) {
	out := map[string][]*model.Record{}
	err := a.store.Each(ctx, model.Query{Ledger: ledgers.Leave, Areas: a.homeAreas(), Where: []model.Cond{
		{Field: "span", Op: model.OpGe, Value: model.OnDay(from)},
	}}, func(rec *model.Record) error {
		span := rec.Get("span")
		if span.Start != "" && span.Start <= to && rec.Get("stage").Text != ledgers.LeaveRefused {
			member := rec.Get("member").ID
			out[member] = append(out[member], rec)
		}
		return nil
	})
	return out, err
}

// DayMarks are the marks of some days of a month by day, counted from 1; "" empties
// a day.
type DayMarks map[int]string

// FillAttendance enters days of a month by member as one operation: a member
// without a line gets one, the other days stay as they are.
func (a *App) FillAttendance(ctx context.Context, period model.Month, marks map[string]DayMarks) (Done, error) {
	l := a.Catalog().Ledger(ledgers.Attendance)
	var done Done
	op, err := a.do(ctx, "set", a.fillLabel(ctx, period, marks), func(tx *store.Tx) error {
		res := a.resolver(ctx, tx)
		for _, member := range slices.Sorted(maps.Keys(marks)) {
			row, err := sheetRow(ctx, tx, period, member, marks[member])
			if err != nil {
				return err
			}
			if err := a.putRow(ctx, tx, l, row, res, &done); err != nil {
				return err
			}
		}
		return nil
	})
	done.Op = op
	return done, err
}

// fillLabel names the operation: 填考勤：2026年11月 赵示例四.
func (a *App) fillLabel(ctx context.Context, period model.Month, marks map[string]DayMarks) string {
	label := "填考勤：" + text.FormatMonth(period)
	if len(marks) != 1 {
		return label + fmt.Sprintf(" %d 人", len(marks))
	}
	for member := range marks {
		if rec, err := a.store.Get(ctx, ledgers.Team, member); err == nil {
			label += " " + rec.Get("name").Text
		}
	}
	return label
}

// sheetRow is what the marks change in a member's line, looked up by member and
// month: somebody else may have begun it meanwhile.
func sheetRow(ctx context.Context, tx *store.Tx, period model.Month, member string, marks DayMarks) (RowChange, error) {
	hits, err := tx.Find(ctx, ledgers.Attendance, map[string]model.Value{
		"member": model.Reference(member, ""), "period": model.Text(string(period))}, "")
	if err != nil {
		return RowChange{}, err
	}
	row := RowChange{}
	if len(hits) > 0 {
		row.ID = hits[0].ID
	} else {
		rec, err := tx.Get(ctx, ledgers.Team, member)
		if err != nil {
			return row, err
		}
		row.Assign = []Assignment{{"member", member}, {"period", string(period)}, {"village", rec.Get("village").ID}}
	}
	for _, day := range slices.Sorted(maps.Keys(marks)) {
		row.Assign = append(row.Assign, Assignment{ledgers.DayField(day), marks[day]})
	}
	return row, nil
}
