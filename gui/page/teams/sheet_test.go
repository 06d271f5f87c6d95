package teams

import (
	"context"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// typist knows which keys enter a working month of October 2026: the days off of the
// calendar, everybody else in the village, the tenth on an errand.
func typist(s *sheet, row int) string {
	var b strings.Builder
	for day := s.month.First(); day <= s.month.Last(); day = day.Add(1) {
		switch {
		case !served(s.data.Lines[row].Member, day):
			b.WriteString("0")
		case day.DayOfMonth() == 12:
			b.WriteString("2")
		case s.data.Calendar.IsWorkday(day):
			b.WriteString("1")
		default:
			b.WriteString("7")
		}
	}
	return b.String()
}

// emptied is the sheet of a month in which nobody has a line yet.
func emptied(t *testing.T, month model.Month) *room {
	t.Helper()
	r := newRoom(t, PartRoster, nil)
	for _, rec := range r.list(ledgers.Attendance, "period="+string(month)) {
		_, err := r.App.Delete(t.Context(), ledgers.Attendance, rec.ID, true)
		pagetest.Must(t, err)
	}
	r.sheet.month = month
	r.goTo(PartSheet)
	return r
}

func TestSheet_ThirtyFourPeopleByKeyboard(t *testing.T) {
	r := emptied(t, "2026-10")
	s := r.sheet
	people := len(s.data.Lines)
	if people < 34 {
		t.Fatalf("%d people", people)
	}
	for row := range people {
		if at, col := s.grid.Current(); at != row || col != dayColumns {
			t.Fatalf("the keys of row %d go to %d,%d", row, at, col)
		}
		keys(s.grid, typist(s, row))
	}
	if !s.do(page.Save) {
		t.Fatal("Ctrl+S is not used")
	}
	r.NoErrors()
	lines := r.list(ledgers.Attendance, "period=2026-10")
	if len(lines) != people {
		t.Fatalf("%d lines of %d people", len(lines), people)
	}
	for i, l := range s.data.Lines {
		want := ledgers.DayCounts{Resident: 16, Errand: 1}
		got := ledgers.CountDays(l.Line, r.App.Today())
		if served(l.Member, "2026-10-01") && served(l.Member, "2026-10-31") && (got.Errand != want.Errand || got.Resident < 15 || got.Unmarked != 0) {
			t.Errorf("line %d (%s): %+v", i, l.Member.Get("name").Text, got)
		}
	}
	op, err := r.App.Undoable(t.Context())
	if err != nil || !strings.Contains(op.Label, "填考勤：2026年10月 "+s.data.Lines[people-1].Member.Get("name").Text) {
		t.Errorf("the last operation is %v, %v", op, err)
	}
	r.Shot("teams-sheet-full")
}

func TestSheet_UndoTakesBackTypingFirstThenPeople(t *testing.T) {
	r := emptied(t, "2026-10")
	s := r.sheet
	keys(s.grid, "777777771") // the eighth is the first working day
	if len(r.list(ledgers.Attendance, "period=2026-10")) != 0 {
		t.Error("written before the row was left")
	}
	if !s.do(page.Undo) || s.pending.count() != 8 || s.mark(0, "2026-10-09") != "" {
		t.Errorf("%d marks after undo", s.pending.count())
	}
	s.grid.SelectCell(1, dayColumns)
	if n := len(r.list(ledgers.Attendance, "period=2026-10")); n != 1 {
		t.Fatalf("%d lines after leaving the row", n)
	}
	if s.do(page.Undo) {
		t.Error("nothing unwritten is left, the window undoes")
	}
	_, err := r.App.Undo(t.Context(), 0)
	pagetest.Must(t, err)
	if s.data.Lines[0].Line != nil || s.mark(0, "2026-10-08") != "" {
		t.Error("the page still shows what was undone")
	}
}

// refusing is an API that does not write attendance.
type refusing struct {
	API
	no bool
}

func (f *refusing) FillAttendance(ctx context.Context, m model.Month, marks map[string]app.DayMarks) (app.Done, error) {
	if f.no {
		return app.Done{}, model.Errorf(model.CodeInternal, "台账正忙，没有写进去。")
	}
	return f.API.FillAttendance(ctx, m, marks)
}

func TestSheet_WhatWasRefusedIsNotLost(t *testing.T) {
	api := &refusing{no: true}
	r := newRoom(t, PartSheet, func(from API) API { api.API = from; return api })
	s := r.sheet
	keys(s.grid, "7")
	s.turn(-1)
	if words := s.p.Unsaved(); words != "考勤有 1 格" {
		t.Errorf("of what waits in another month it says %q", words)
	}
	if len(r.Said.Errors) == 0 || s.pending.count() != 0 {
		t.Fatalf("said %v, %d pending in October", r.Said.Errors, s.pending.count())
	}
	s.turn(1)
	if s.mark(0, "2026-11-01") != ledgers.MarkOff || s.pending.count() != 1 {
		t.Fatal("what was typed is lost")
	}
	api.no = false
	s.do(page.Save)
	if len(r.list(ledgers.Attendance, "period=2026-11")) != 1 {
		t.Error("not written the second time")
	}
}

func TestSheet_RestingSaves(t *testing.T) {
	r := emptied(t, "2026-10")
	keys(r.sheet.grid, "7")
	r.Run.Elapse(restBeforeSaving)
	if n := len(r.list(ledgers.Attendance, "period=2026-10")); n != 1 {
		t.Errorf("%d lines", n)
	}
}

func TestSheet_RangeFillAndCopy(t *testing.T) {
	r := emptied(t, "2026-10")
	s := r.sheet
	shift := func(name fyne.KeyName, times int) {
		s.grid.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		for range times {
			s.grid.TypedKey(&fyne.KeyEvent{Name: name})
		}
		s.grid.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	}
	// Three people, the working days of a week, one key.
	s.grid.SelectCell(0, dayColumns+11)
	shift(fyne.KeyDown, 2)
	shift(fyne.KeyRight, 4)
	keys(s.grid, "1")
	if s.mark(0, "2026-10-12") != ledgers.MarkResident || s.mark(2, "2026-10-16") != ledgers.MarkResident || s.mark(2, "2026-10-17") != "" {
		t.Error("the range is not filled")
	}
	// The week after takes it over, for the three.
	s.grid.SelectCell(0, dayColumns+18)
	shift(fyne.KeyDown, 2)
	r.Tap("复制上周")
	if s.mark(2, "2026-10-19") != ledgers.MarkResident || s.mark(2, "2026-10-24") != "" {
		t.Errorf("%q %q", s.mark(2, "2026-10-19"), s.mark(2, "2026-10-24"))
	}
	// Fill right by the key and by the button.
	s.grid.SelectCell(0, dayColumns+26)
	keys(s.grid, "2")
	s.grid.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyD, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift})
	r.Tap("向右填充")
	if s.mark(0, "2026-10-28") != ledgers.MarkErrand {
		t.Errorf("the 28th has %q", s.mark(0, "2026-10-28"))
	}
	// What is left up to today.
	r.Tap("补齐到今天")
	rec := s.line(0)
	if c := ledgers.CountDays(rec, r.App.Today()); c.Unmarked != 0 || ledgers.MarkOn(rec, "2026-10-04") != ledgers.MarkOff {
		t.Errorf("%+v", c)
	}
	r.NoErrors()
}

func TestSheet_RefusesWhatCannotBe(t *testing.T) {
	r := emptied(t, "2026-11")
	s := r.sheet
	s.grid.SelectCell(0, dayColumns+25) // the 26th, four days from now
	keys(s.grid, "1")
	if len(r.Said.Errors) != 1 || !strings.Contains(model.Sentence(r.Said.Errors[0]), "还没有到") || s.pending.count() != 0 {
		t.Fatalf("said %v", r.Said.Errors)
	}
	keys(s.grid, "5") // a rest may be entered beforehand
	if s.mark(0, "2026-11-26") != ledgers.MarkRest {
		t.Error("leave to come is refused")
	}
	if err := s.paste(areaOf(0, 0), [][]string{{"√", "啊"}}); err == nil {
		t.Error("a word that is no mark was taken")
	}
}

func TestSheet_MonthsSignsAndWorkbooks(t *testing.T) {
	r := newRoom(t, PartSheet, nil)
	s := r.sheet
	keys(s.grid, "7")
	s.turn(-1)
	if len(r.list(ledgers.Attendance, "period=2026-11")) != 1 || s.data.Period != "2026-10" {
		t.Error("what was typed is lost with the month")
	}
	short := 0
	for row := range s.Len() {
		for col := range sums {
			if c := s.Cell(row, len(s.cols)-len(sums)+col); strings.Contains(c.Hint, "不足") {
				short++
			}
		}
	}
	if short != 1 {
		t.Errorf("%d people are short of days, one is", short)
	}
	r.Tap("考勤符号")
	es := r.entries()
	es[0].SetText("在")
	r.Tap("保存")
	if got := s.Cell(0, dayColumns+8).Text; got != "在" {
		t.Errorf("the sheet shows %q", got)
	}
	for _, label := range []string{"导出考勤表", "补助发放表"} {
		r.Tap(label)
		if _, err := os.Stat(r.saved); err != nil {
			t.Error(err)
		}
	}
	r.NoErrors()
}

func TestSheet_RegistersLeave(t *testing.T) {
	r := newRoom(t, PartSheet, nil)
	s := r.sheet
	s.grid.SelectCell(1, dayColumns+8)
	s.grid.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	s.grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	s.grid.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	r.Do(page.New)
	r.pick(r.pickers()[0], "病假")
	r.entries()[1].SetText("感冒")
	r.Shot("teams-leave")
	r.Tap("登记")
	r.NoErrors()
	leave := leaveOn(s.data.Lines[1].Leaves, "2026-11-10")
	if leave == nil || leave.Get("kind").Text != "病假" || leaveOn(s.data.Lines[1].Leaves, "2026-11-11") != nil {
		t.Fatalf("absences %v", s.data.Lines[1].Leaves)
	}
	s.fillUp()
	if s.mark(1, "2026-11-09") != ledgers.MarkSick || s.mark(1, "2026-11-11") != ledgers.MarkResident {
		t.Error("the absence is not filled in")
	}
}

func TestSheet_NextEmptyAndAim(t *testing.T) {
	r := newRoom(t, PartSheet, nil)
	s := r.sheet
	s.grid.SelectCell(0, dayColumns)
	s.do(page.Next)
	if row, col := s.grid.Current(); row != 0 || col != dayColumns+1 {
		t.Errorf("F4 goes to %d,%d", row, col)
	}
	line := r.list(ledgers.Attendance, "period=2026-09")[3]
	r.SetPeriod("2026-08")
	if s.data.Period != "2026-08" {
		t.Errorf("the top bar's month is not followed: %s", s.data.Period)
	}
	r.openSheet(line, "d9")
	row, col := s.grid.Current()
	if s.data.Period != "2026-09" || s.data.Lines[row].Member.ID != line.Get("member").ID || col != dayColumns+8 {
		t.Errorf("%s %d,%d", s.data.Period, row, col)
	}
	if !strings.Contains(cellsOf(s), "√|√") {
		t.Error("no marks are shown")
	}
	test.Tap(r.Button("复制上周"))
}
