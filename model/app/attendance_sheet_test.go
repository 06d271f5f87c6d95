package app

import (
	"context"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

func TestMonthSheet_EverybodyInOfficeByDivision(t *testing.T) {
	a := openDemo(t)
	s, err := a.MonthSheet(context.Background(), "2026-10")
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Signs) != 7 || s.Signs[0].Sign != "√" || s.Calendar == nil || s.Params == nil {
		t.Errorf("signs %v", s.Signs)
	}
	away, before := 0, 0
	for i, l := range s.Lines {
		if l.Line == nil && !inTermWithin(l.Member, "2026-10-01", "2026-10-31") {
			t.Errorf("line %d: %s was not in office", i, l.Member.Get("name").Text)
		}
		away += len(l.Leaves)
		if l.Before != nil {
			before++
		}
	}
	if len(s.Lines) < 34 || away < 3 || before < 30 {
		t.Errorf("%d lines, %d absences, %d with a month before", len(s.Lines), away, before)
	}
	if s.Lines[0].Village == s.Lines[len(s.Lines)-1].Village {
		t.Error("one village only")
	}
}

func TestFillAttendance_OneOperation(t *testing.T) {
	a, ctx := openDemo(t), context.Background()
	s, err := a.MonthSheet(ctx, "2026-11")
	if err != nil {
		t.Fatal(err)
	}
	first, second := s.Lines[0].Member, s.Lines[1].Member
	done, err := a.FillAttendance(ctx, "2026-11", map[string]DayMarks{
		first.ID: {2: ledgers.MarkResident, 3: ledgers.MarkErrand}, second.ID: {2: ledgers.MarkResident}})
	if err != nil || done.Op == 0 || len(done.Records) != 2 {
		t.Fatalf("%v, %+v", err, done)
	}
	// The same member again: the other days stay, one is emptied.
	again, err := a.FillAttendance(ctx, "2026-11", map[string]DayMarks{first.ID: {3: "", 4: ledgers.MarkSick}})
	if err != nil {
		t.Fatal(err)
	}
	op, err := a.Undoable(ctx)
	if err != nil || !strings.Contains(op.Label, "填考勤：2026年11月 "+first.Get("name").Text) {
		t.Errorf("label %v, %v", op, err)
	}
	line := a.lineOf(t, first.ID, "2026-11")
	if got := []string{line.Get("d2").Text, line.Get("d3").Text, line.Get("d4").Text, line.Get("village").ID}; got[0] != ledgers.MarkResident || got[1] != "" || got[2] != ledgers.MarkSick || got[3] != first.Area {
		t.Errorf("line %q", got)
	}
	if _, err := a.Undo(ctx, again.Op); err != nil {
		t.Fatal(err)
	}
	if line := a.lineOf(t, first.ID, "2026-11"); line.Get("d3").Text != ledgers.MarkErrand || !line.Get("d4").IsEmpty() {
		t.Errorf("after undo %v", line.Values)
	}
	if _, err := a.FillAttendance(ctx, "2026-11", map[string]DayMarks{"01900000-0000-7000-8000-000000000000": {1: ledgers.MarkRest}}); err == nil {
		t.Error("somebody unknown was entered")
	}
}

// lineOf is a member's line of a month.
func (a *App) lineOf(t *testing.T, member string, period model.Month) *model.Record {
	t.Helper()
	lines, err := a.linesOf(context.Background(), period, period)
	if err != nil || lines[member][period] == nil {
		t.Fatalf("no line of %s: %v", member, err)
	}
	return lines[member][period]
}
