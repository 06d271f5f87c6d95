package app

import (
	"errors"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// TestDiary_NewestFirstAndWhatCameOfIt: entries of the days asked for, and the task
// that came out of a difficulty, until that task is undone.
func TestDiary_NewestFirstAndWhatCameOfIt(t *testing.T) {
	a := openDemo(t)
	ctx := t.Context()
	lines, err := a.Diary(ctx, "2026-11-17", "2026-11-21")
	check(t, err)
	if len(lines) != 7 {
		t.Fatalf("%d entries", len(lines))
	}
	for i, l := range lines {
		day := l.Log.Get("log_on").Start
		if day < "2026-11-17" || day > "2026-11-21" || i > 0 && day > lines[i-1].Log.Get("log_on").Start {
			t.Errorf("line %d is of %s", i, day)
		}
	}
	log := lines[1].Log
	if !lines[1].Waiting() {
		t.Fatalf("%v does not wait", log.Values)
	}
	done, err := a.Arise(ctx, ledgers.MemberLog, log.ID, ledgers.Task, nil)
	check(t, err)
	if got := done.Records[0].Get("content"); got != log.Get("problem") {
		t.Errorf("the task is about %q", got.Text)
	}
	lines, err = a.Diary(ctx, "2026-11-17", "2026-11-21")
	check(t, err)
	if lines[1].Waiting() || len(lines[1].Risen) != 1 || lines[1].Risen[0] != done.Records[0].Get("title").Text {
		t.Errorf("came of it: %v", lines[1].Risen)
	}
	_, err = a.Undo(ctx, done.Op)
	check(t, err)
	if lines, err = a.Diary(ctx, "2026-11-17", "2026-11-21"); err != nil || !lines[1].Waiting() {
		t.Errorf("after undo: %v %v", lines[1].Risen, err)
	}
}

func TestDayWords(t *testing.T) {
	a := openDemo(t)
	ctx := t.Context()
	roster, err := a.Roster(ctx)
	check(t, err)
	member := roster[0].Member.ID
	if got, err := a.DayWords(ctx, member, "2020年1月1日"); got != "" || err != nil {
		t.Errorf("of a day without visits: %q %v", got, err)
	}
	for _, bad := range []struct{ member, on, field string }{{member, "11月", "log_on"}, {"许示例九", "2026-11-20", "member"}} {
		_, err := a.DayWords(ctx, bad.member, bad.on)
		var e *model.Error
		if !errors.As(err, &e) || e.Field != bad.field {
			t.Errorf("%v: %v", bad, err)
		}
	}
	_, err = a.Add(ctx, ledgers.Visit, []Assignment{{"visited_on", "2020-01-01"}, {"visitor", member}, {"household", "张示例"}, {"problem", "缺水"}})
	check(t, err)
	if got, err := a.DayWords(ctx, member, "2020年1月1日"); got != "走访 1 户：张示例，反映问题 1 个。" || err != nil {
		t.Errorf("%q %v", got, err)
	}
	if other, err := a.DayWords(ctx, roster[1].Member.ID, "2020-01-01"); strings.Contains(other, "张示例") || err != nil {
		t.Errorf("somebody else's: %q %v", other, err)
	}
}

// TestDiary_OneEntryADay: a second entry of the same member and day is not taken, one of
// which nobody knows the writer yet is.
func TestDiary_OneEntryADay(t *testing.T) {
	a := openDemo(t)
	groups, err := a.roster(t.Context(), func(*model.Record) bool { return true })
	check(t, err)
	member := groups[0].members[0].ID
	add := func(member string) error {
		_, err := a.Add(t.Context(), ledgers.MemberLog, []Assignment{{Field: "log_on", Words: string(a.Today())}, {Field: "member", Words: member}, {Field: "content", Words: "走访"}})
		return err
	}
	check(t, add(member))
	wantCode(t, add(member), model.CodeExists)
	check(t, add(""))
	check(t, add(""))
}
