package model

import (
	"testing"

	"pgregory.net/rapid"
)

// holidays are some days of 2026: 国庆 1–7 October with 10 October worked for it.
var holidays = Calendar{"2026-10-01": false, "2026-10-02": false, "2026-10-05": false, "2026-10-06": false, "2026-10-07": false, "2026-10-10": true}

func TestDue_In(t *testing.T) {
	for _, tt := range []struct {
		due    Due
		period Period
		want   Day
		words  string
	}{
		{Due{Day: 25, Hour: 18}, "2026-11", "2026-11-25", "每月25日18时"},
		{Due{Day: 31}, "2026-11", "2026-11-30", "每月31日0时"},
		{Due{}, "2026-02", "2026-02-28", "每月最后一天0时"},
		{Due{Day: 25, Hour: 18, Roll: RollLater}, "2026-10", "2026-10-26", "每月25日18时"}, // a Sunday
		{Due{Day: 25, Roll: RollEarlier}, "2026-10", "2026-10-23", "每月25日0时"},
		{Due{Day: 5, Next: true, Roll: RollLater}, "2026-09", "2026-10-08", "次月5日0时"}, // 国庆
		{Due{Day: 5, Next: true, Roll: RollEarlier}, "2026-09", "2026-09-30", "次月5日0时"},
		{Due{Day: 5, Next: true, Roll: RollNone}, "2026-09", "2026-10-05", "次月5日0时"},
		{Due{Day: 10, Roll: RollLater}, "2026-10", "2026-10-10", "每月10日0时"}, // 调休上班
		{Due{Day: 25, Hour: 12}, "2026Q4", "2026-12-25", "每季度末月25日12时"},
		{Due{Day: 5, Next: true}, "2026Q4", "2027-01-05", "每季度次月5日0时"},
		{Due{Day: 20}, "2026上半年", "2026-06-20", "每半年末月20日0时"},
		{Due{Day: 31}, "2026", "2026-12-31", "每年末月31日0时"},
		{Due{Day: 5, Hour: 17, Minute: 30}, "2026-W47", "2026-11-20", "每周五17时30分"},
		{Due{Day: 1, Next: true}, "2026-W47", "2026-11-23", "次周一0时"},
		{Due{}, "2026-W47", "2026-11-22", "每周日0时"},
		{Due{Day: 2, Next: true}, "2026-11上旬", "2026-11-12", "次旬第2天0时"},
		{Due{Hour: 17, Minute: 5}, "2026-11-23", "2026-11-23", "当日17时05分"},
		{Due{Next: true, Hour: 9}, "2026-11-23", "2026-11-24", "次日9时"},
		{Due{On: "2026-11-22", Hour: 16, Roll: RollLater}, "2026-11-20", "2026-11-23", "2026-11-22 16时"},
		{Due{Day: 3}, "", "", ""},
	} {
		if got := tt.due.In(tt.period, holidays); got != tt.want {
			t.Errorf("%+v in %s: %s, want %s", tt.due, tt.period, got, tt.want)
		}
		if got := tt.due.Words(tt.period.Cadence()); tt.words != "" && got != tt.words {
			t.Errorf("%+v in %s: %s, want %s", tt.due, tt.period, got, tt.words)
		}
	}
}

// TestCalendar_Roll holds that a day rolled is a working day, and the nearest in
// its direction.
func TestCalendar_Roll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Day("2026-09-20").Add(rapid.IntRange(0, 40).Draw(t, "day"))
		later, earlier := holidays.Roll(d, RollLater), holidays.Roll(d, RollEarlier)
		if !holidays.IsWorkday(later) || !holidays.IsWorkday(earlier) || later < d || earlier > d || holidays.Roll(d, RollNone) != d {
			t.Fatalf("%s rolls to %s and %s", d, later, earlier)
		}
		for at := earlier.Add(1); at < later; at = at.Add(1) {
			if holidays.IsWorkday(at) {
				t.Fatalf("%s rolls from %s to %s past the working day %s", d, earlier, later, at)
			}
		}
	})
}

func TestCalendar_withoutWork(t *testing.T) {
	none := Calendar{}
	for n := range 400 {
		none[Day("2026-01-01").Add(n)] = false
	}
	if got := none.Roll("2026-03-01", RollLater); got != "2026-03-01" {
		t.Errorf("rolled to %s", got)
	}
}
