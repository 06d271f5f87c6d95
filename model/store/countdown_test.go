package store

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

func (b *box) refresh(day model.Day) int {
	b.t.Helper()
	n, err := b.Refresh(b.ctx, day)
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

// days writes light and days left of a task.
func (b *box) days(id string) string {
	b.t.Helper()
	r := b.get("task", id)
	if left := r.Get("days_left"); left.Set {
		return fmt.Sprint(r.Get("light").Text, " ", left.Num)
	}
	return r.Get("light").Text
}

func TestCountDown(t *testing.T) {
	b := newBox(t) // on 2026-11-20, soon = 3
	b.add("task", "far", "due", model.OnDay("2026-12-20"))
	b.add("task", "near", "due", model.OnDay("2026-11-25"))
	b.add("task", "done", "due", model.OnDay("2026-11-25"), "state", "done")
	b.add("task", "none", "title", "没有时限")
	for _, step := range []struct {
		day             model.Day
		rows            int
		far, near, done string
	}{
		{"2026-11-20", 0, "green 30", "green 5", ""},
		{"2026-11-21", 2, "green 29", "green 4", ""},
		{"2026-11-21", 0, "green 29", "green 4", ""},
		{"2026-11-22", 2, "green 28", "yellow 3", ""},
		{"2026-11-27", 2, "green 23", "red -2", ""},
		{"2027-03-01", 2, "red -71", "red -96", ""},
		{"2026-11-24", 2, "green 26", "yellow 1", ""}, // the clock was wrong
		{"2026-11-25", 2, "green 25", "yellow 0", ""},
	} {
		if n := b.refresh(step.day); n != step.rows {
			t.Errorf("%s: %d rows, want %d", step.day, n, step.rows)
		}
		if far, near, done := b.days("far"), b.days("near"), b.days("done"); far != step.far || near != step.near || done != step.done {
			t.Errorf("%s: %s, %s, %q; want %s, %s, %q", step.day, far, near, done, step.far, step.near, step.done)
		}
		if got := b.days("none"); got != "" {
			t.Errorf("%s: no limit, but %q", step.day, got)
		}
	}
}

// What an operation computes on a new day before the refresh of that day is not
// lowered again, also where it comes to the number there was.
func TestCountDown_OperationBeforeRefresh(t *testing.T) {
	b := newBox(t)
	b.add("task", "k1", "due", model.OnDay("2026-12-20"))
	b.add("task", "k2", "due", model.OnDay("2026-12-20"))
	b.add("task", "k3", "due", model.OnDay("2026-12-20"))
	b.refresh("2026-11-20")
	b.clock.at = b.clock.at.AddDate(0, 0, 1)
	b.set("task", "k2", "title", "改")
	b.set("task", "k3", "due", model.OnDay("2026-12-21")) // 30 days again
	want := func(words string) {
		t.Helper()
		if got := b.days("k1") + ", " + b.days("k2") + ", " + b.days("k3"); got != words {
			t.Errorf("%s, want %s", got, words)
		}
	}
	want("green 30, green 29, green 30")
	b.refresh("2026-11-21")
	want("green 29, green 29, green 30")
	b.refresh("2026-11-22")
	want("green 28, green 28, green 29")
}

// A number that is right for another day must be written again with its day, or it
// would be lowered for days that it has not lived through.
func TestRow_HoldsForItsDay(t *testing.T) {
	tbl := newBox(t).state.Load().tables["task"]
	counting, still := vals("days_left", -5), vals("light", "red")
	for _, c := range []struct {
		name string
		row  row
		out  model.Derived
		want bool
	}{
		{"the same on its day", row{asOf: "2026-11-21"}, model.Derived{Values: counting}, true},
		{"the same number for another day", row{asOf: "2026-11-20"}, model.Derived{Values: counting}, false},
		{"nothing that counts", row{asOf: "2026-11-20"}, model.Derived{Values: still}, true},
		{"changes on another day", row{asOf: "2026-11-21"}, model.Derived{Values: counting, NextChange: "2026-12-01"}, false},
	} {
		c.row.Record, c.row.derivedKnown = &model.Record{Derived: c.out.Values}, true
		if got := c.row.holds(tbl, c.out, "2026-11-21"); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// Counting down comes to what computing gives, whatever happened in between.
func TestCountDown_AsComputed(t *testing.T) {
	b := newBox(t)
	b.refresh("2026-11-20")
	made := 0
	rapid.Check(t, func(rt *rapid.T) {
		day := model.DayOf(b.clock.at)
		for range rapid.IntRange(1, 4).Draw(rt, "steps") {
			ahead := rapid.IntRange(-3, 6).Draw(rt, "days")
			b.clock.at, day = b.clock.at.AddDate(0, 0, ahead), day.Add(ahead)
			if rapid.Bool().Draw(rt, "add") {
				made++
				b.add("task", fmt.Sprint("k", made), "due", model.OnDay(day.Add(rapid.IntRange(-5, 9).Draw(rt, "due"))))
			}
			b.refresh(day)
		}
		err := b.Each(b.ctx, model.Query{Ledger: "task"}, func(r *model.Record) error {
			want := deriveTestTask(model.DeriveInput{Record: r, Params: model.Params{"soon": "3"}, Today: day}).Values
			if r.Get("days_left") != want["days_left"] || r.Get("light") != want["light"] {
				return fmt.Errorf("%s on %s: %v %v, want %v %v", r.ID, day, r.Get("light"), r.Get("days_left"), want["light"], want["days_left"])
			}
			return nil
		})
		if err != nil {
			rt.Fatal(err)
		}
	})
}
