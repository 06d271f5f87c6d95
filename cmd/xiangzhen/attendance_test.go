//go:build x11

package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
	ledger "xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// TestKeyboard_Attendance enters the month of everybody on the roster by keyboard in
// the real window, one key a day, and finds it in the ledger.
func TestKeyboard_Attendance(t *testing.T) {
	w := startDemo(t, "1366x768")
	lines := w.monthSheet()
	if len(lines) < 34 {
		t.Fatalf("%d people on the roster", len(lines))
	}
	w.Keys("ctrl+5")
	w.rest()
	w.Keys("ctrl+e")
	w.rest()
	began := time.Now()
	var month strings.Builder
	for _, l := range lines {
		month.WriteString(strings.Join(monthKeys(l.Member), ""))
	}
	w.TypeAt(month.String(), 6*time.Millisecond)
	w.Keys("ctrl+s")
	w.waits("everybody's month is kept", func() bool {
		for _, l := range w.monthSheet() {
			if !entered(l) {
				return false
			}
		}
		return true
	})
	t.Logf("%d people, %d keys in %v", len(lines), month.Len(), time.Since(began).Round(time.Millisecond))
	w.noComplaints()
	w.Stop()
}

// monthSheet reads the sheet of the month beside the window.
func (w *window) monthSheet() (lines []ledger.SheetLine) {
	w.t.Helper()
	w.read(func(a *ledger.App) {
		sheet, err := a.MonthSheet(context.Background(), today.Month())
		if err != nil {
			w.t.Fatal(err)
		}
		lines = sheet.Lines
	})
	return lines
}

// monthKeys are the keys of a member's month: √ up to today, an errand on the tenth,
// a rest on days to come, nothing outside of the term.
func monthKeys(member *model.Record) []string {
	var keys []string
	for day := today.Month().First(); day <= today.Month().Last(); day = day.Add(1) {
		end := member.Get("to").End
		switch {
		case day < member.Get("from").Start || end != "" && day > end:
			keys = append(keys, "0")
		case day > today:
			keys = append(keys, "5")
		case day.DayOfMonth() == 10:
			keys = append(keys, "2")
		default:
			keys = append(keys, "1")
		}
	}
	return keys
}

// entered reports whether a line has just the marks that were typed.
func entered(l ledger.SheetLine) bool {
	marks := map[string]string{"0": "", "1": ledgers.MarkResident, "2": ledgers.MarkErrand, "5": ledgers.MarkRest}
	for i, key := range monthKeys(l.Member) {
		if l.Line.Get(ledgers.DayField(i+1)).Text != marks[key] {
			return false
		}
	}
	return true
}
