package app

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
)

// ownForm is a form of a user over tasks.
func ownForm(label string) exchange.Form {
	return exchange.Form{Label: label, Over: "任务", Cadence: model.Weekly, Due: model.Due{Day: 5, Hour: 17, Minute: 30}, FreeRows: 2, ZeroOK: true,
		Columns: []exchange.FormColumn{{Path: "title"}, {Path: "progress.percent", Fill: true}}}
}

func TestForms_AddEditDelete(t *testing.T) {
	ctx := context.Background()
	a := openDemo(t)
	f := ownForm("道路周报")
	f.Receivers = []string{"白石村", "青山村", "白石村"}
	f, done, err := a.AddForm(ctx, f)
	check(t, err)
	if f.Key == "" || !f.Own || done.Op == 0 || len(f.Receivers) != 2 {
		t.Fatalf("%+v", f)
	}
	if _, _, err := a.AddForm(ctx, ownForm("道路周报")); model.CodeOf(err) != model.CodeExists {
		t.Errorf("the same name: %v", err)
	}
	shipped, err := a.Form(ctx, "task_month")
	check(t, err)
	shipped.Due.Day = 20
	shipped, _, err = a.EditForm(ctx, shipped)
	check(t, err)
	forms, err := a.Forms(ctx)
	check(t, err)
	if n := len(exchange.Shipped()); len(forms) != n+1 || forms[0].Key != "task_month" || forms[0].Due.Day != 20 || forms[0].Own || forms[n].Key != f.Key {
		t.Errorf("%+v", forms)
	}
	got, err := a.Issue(ctx, IssueRequest{Form: f.Key, Period: "2026-W47", Dir: filepath.Join(t.TempDir(), "周 报")})
	check(t, err)
	if len(got.Files) != 2 || got.Files[0].Area != "青山村" {
		t.Errorf("in the order of the divisions: %+v", got.Files)
	}
	_, err = a.DeleteForm(ctx, f.Key)
	check(t, err)
	every, err := a.everyForm(ctx)
	check(t, err)
	if forms, err = a.Forms(ctx); err != nil || len(forms) != len(exchange.Shipped()) || len(every) != len(forms)+1 {
		t.Errorf("%d forms, %d with the deleted, %v", len(forms), len(every), err)
	}
	_, _, err = a.AddForm(ctx, ownForm("道路周报"))
	check(t, err)
	for _, wrong := range []string{"示例县", "没有的村", "甲镇"} {
		f := ownForm("别的")
		f.Receivers = []string{wrong}
		if _, _, err := a.AddForm(ctx, f); err == nil {
			t.Errorf("it may go to %s", wrong)
		}
	}
	bad := ownForm("别的")
	bad.Where = []string{"没有=1"}
	if _, _, err := a.AddForm(ctx, bad); err == nil {
		t.Error("a range that is none")
	}
}

// TestCalendar holds the shipped calendar to the notice, and the user's own days
// before it.
func TestCalendar(t *testing.T) {
	ctx := context.Background()
	a := openDemo(t)
	c, err := a.calendar(ctx, a.store)
	check(t, err)
	for day, want := range map[model.Day]bool{"2026-10-01": false, "2026-10-10": true, "2026-09-20": true, "2026-02-28": true, "2026-11-22": false, "2026-11-23": true, "2025-10-08": false} {
		if c.IsWorkday(day) != want {
			t.Errorf("%s: work %v", day, !want)
		}
	}
	for day, work := range c {
		if _, ok := model.ParseDay(string(day)); !ok {
			t.Errorf("%s is no day", day)
		}
		if weekend := day.Time().Weekday() == 0 || day.Time().Weekday() == 6; work && !weekend {
			t.Errorf("%s is worked for a holiday and no weekend", day)
		}
	}
	_, err = a.Add(ctx, ledgers.Holiday, []Assignment{{"day", "2026-11-22"}, {"kind", "班"}})
	check(t, err)
	_, err = a.Add(ctx, ledgers.Holiday, []Assignment{{"day", "2026-10-10"}, {"kind", "休"}})
	check(t, err)
	c, err = a.calendar(ctx, a.store)
	check(t, err)
	if !c.IsWorkday("2026-11-22") || c.IsWorkday("2026-10-10") {
		t.Error("the user's own days do not count")
	}
}

// TestLate counts by the minute.
func TestLate(t *testing.T) {
	at := func(due, dueTime, on, came string) bool {
		d, s := model.NewRecord(ledgers.Dispatch, "d"), model.NewRecord(ledgers.Submission, "s")
		d.Put("due", model.OnDay(model.Day(due)))
		d.Put("due_time", model.Text(dueTime))
		s.Put("received_on", model.OnDay(model.Day(on)))
		s.Put("received_at", model.Text(came))
		return late(d, s)
	}
	for _, tt := range []struct {
		due, dueTime, on, came string
		want                   bool
	}{
		{"2026-11-20", "2026-11-20T17:30", "2026-11-20", "2026-11-20T17:30", false},
		{"2026-11-20", "2026-11-20T17:30", "2026-11-20", "2026-11-20T17:31", true},
		{"2026-11-20", "2026-11-20T24:00", "2026-11-20", "2026-11-20T23:59", false},
		{"2026-11-20", "2026-11-20T24:00", "2026-11-21", "2026-11-21T00:00", true},
		{"2026-11-20", "", "2026-11-20", "2026-11-20T23:59", false},
		{"2026-11-20", "2026-11-20T08:00", "2026-11-21", "", true},
	} {
		if got := at(tt.due, tt.dueTime, tt.on, tt.came); got != tt.want {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}

// TestAdvise tells of columns that every row has a value in, and of forms that asked
// the same lately.
func TestAdvise(t *testing.T) {
	ctx := context.Background()
	a := openDemo(t)
	f := ownForm("责任单位核对表")
	f.Cadence, f.Due.Day, f.Basis = model.Monthly, 25, "甲政办〔2026〕1号"
	f.Columns = append(f.Columns, exchange.FormColumn{Path: "unit", Fill: true})
	f, _, err := a.AddForm(ctx, f)
	check(t, err)
	got, err := a.Advise(ctx, f.Key, "2026-12")
	check(t, err)
	if len(got.Held) != 1 || got.Held[0].Path != "unit" || got.Held[0].Rows != got.Rows || got.Rows == 0 || got.NeedsBasis {
		t.Errorf("held: %+v", got)
	}
	if len(got.Asked) != 1 || got.Asked[0].Form != "task_month" || got.Asked[0].IssuedOn != testDay || len(got.Asked[0].Headers) != 1 {
		t.Errorf("asked: %+v", got.Asked)
	}
	later, err := Open(ctx, Options{Path: copyOf(t, demoFile(t)), Today: testDay.Add(askedWithin + 1), Now: func() time.Time { return noon }})
	check(t, err)
	defer later.Close()
	again, _, err := later.AddForm(ctx, ownForm("以后的"))
	check(t, err)
	if got, err := later.Advise(ctx, again.Key, "2026-W52"); err != nil || len(got.Asked) != 0 || !got.NeedsBasis {
		t.Errorf("a month later: %+v, %v", got.Asked, err)
	}
}
