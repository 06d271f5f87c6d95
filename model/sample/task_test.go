package sample

import (
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

func isOpen(r *model.Record) bool {
	return r.Get("state").Text != ledgers.StateDone && r.Get("state").Text != ledgers.StatePaused
}

func TestBuild_PlantedTasks(t *testing.T) {
	onEachDay(t, func(t *testing.T, c county) {
		want(t, "county tasks", len(c.tasks(model.LevelCounty, nil)), 8)
		want(t, "township tasks", len(c.tasks(model.LevelTown, nil)), 24)
		want(t, "village tasks", len(c.tasks(model.LevelVillage, nil)), 119)
		count := func(fit func(*model.Record) bool) int { return len(c.of(ledgers.Task, fit)) }
		left := func(r *model.Record) int { return r.Get("due").End.Sub(c.today) }
		dated := func(r *model.Record) bool { return isOpen(r) && r.Get("due").End != "" }
		want(t, "overdue", count(func(r *model.Record) bool { return dated(r) && left(r) < 0 }), 12)
		want(t, "due within 3 days", count(func(r *model.Record) bool { return dated(r) && left(r) >= 0 && left(r) <= 3 }), 10)
		want(t, "closed", count(func(r *model.Record) bool { return r.Get("state").Text == ledgers.StateDone }), 20)
		want(t, "returned", count(func(r *model.Record) bool {
			return r.Get("state").Text == ledgers.StateDoing && strings.Contains(r.Get("remark").Text, "申请办结被退回")
		}), 5)
		want(t, "waiting for review", count(func(r *model.Record) bool { return r.Get("state").Text == ledgers.StateReview }), 5)
		want(t, "long-term", count(func(r *model.Record) bool {
			return r.Get("due").When == model.DateLongTerm && r.Get("review_on").End > c.today.Add(3)
		}), 6)
		want(t, "monthly", count(func(r *model.Record) bool {
			due := r.Get("due")
			return due.When == model.DatePeriodic && due.Text == "每月25日前" && due.End >= c.today
		}), 6)
	})
}

func TestBuild_EachVillageHasFiveToEightTasks(t *testing.T) {
	c := mustBuild(t, Options{Today: today})
	for _, v := range c.villagesOf("甲镇") {
		n := len(c.of(ledgers.Task, func(r *model.Record) bool { return r.Area == v.ID }))
		if n < 5 || n > 8 {
			t.Errorf("%s has %d tasks", v.Get("name").Text, n)
		}
	}
}

// TestBuild_Lights lets the ledger's own derivation judge the planted items.
func TestBuild_Lights(t *testing.T) {
	onEachDay(t, func(t *testing.T, c county) {
		lights := map[string]int{}
		for _, r := range c.derive(t) {
			lights[r.Get("light").Text]++
		}
		want(t, "red", lights[ledgers.LightRed], 12)
		want(t, "yellow", lights[ledgers.LightYellow], 10)
		want(t, "done", lights[ledgers.LightDone], 20)
	})
}

// derive computes the derived fields of all tasks, children first.
func (c county) derive(t *testing.T) []*model.Record {
	t.Helper()
	l := c.catalog.Ledger(ledgers.Task)
	children, progress := map[string][]*model.Record{}, map[string][]*model.Record{}
	for _, r := range c.records {
		if r.Ledger == ledgers.Task {
			children[r.Get("parent").ID] = append(children[r.Get("parent").ID], r)
		}
		if r.Ledger == ledgers.Progress {
			progress[r.Get("task").ID] = append(progress[r.Get("task").ID], r)
		}
	}
	tasks := c.of(ledgers.Task, nil)
	for _, r := range slices.Backward(tasks) {
		in := model.DeriveInput{
			Record: r, Parent: c.byID[r.Get("parent").ID], Children: children[r.ID],
			Params: rule.Defaults(), Today: c.today,
		}
		if n := len(progress[r.ID]); n > 0 {
			in.Latest = progress[r.ID][n-1]
			if n > 1 {
				in.Previous = progress[r.ID][n-2]
			}
		}
		r.Derived = l.Derive.Func(in).Values
	}
	return tasks
}

func TestBuild_SharesAddUpExceptOne(t *testing.T) {
	c := mustBuild(t, Options{Today: today})
	var owed []string
	for _, r := range c.of(ledgers.Task, nil) {
		var sum int64
		below := c.of(ledgers.Task, func(x *model.Record) bool {
			return x.Get("parent").ID == r.ID && x.Get("target_unit").Text == r.Get("target_unit").Text
		})
		if len(below) == 0 || r.Get("target_qty").IsEmpty() {
			continue
		}
		for _, x := range below {
			sum += x.Get("target_qty").Num
		}
		if rest := r.Get("target_qty").Num - sum; rest != 0 {
			owed = append(owed, r.Get("unit").Text+" "+model.FormatScaled(rest, quantityScale, false)+r.Get("target_unit").Text)
		}
	}
	if !slices.Equal(owed, []string{"甲镇 1.2公里"}) {
		t.Errorf("owed: %q", owed)
	}
}

func TestBuild_DatesAgree(t *testing.T) {
	onEachDay(t, func(t *testing.T, c county) {
		for _, r := range c.of(ledgers.Task, nil) {
			due, assigned, closed := r.Get("due").End, r.Get("assigned").End, r.Get("closed_on").End
			above := c.byID[r.Get("parent").ID].Get("due").End
			switch {
			case due != "" && due <= assigned:
				t.Errorf("%s is due %s, before it was handed out %s", c.name(r), due, assigned)
			case due != "" && above != "" && due > above:
				t.Errorf("%s is due %s, after the task above it %s", c.name(r), due, above)
			case (closed != "") != (r.Get("state").Text == ledgers.StateDone):
				t.Errorf("%s: state %s, closed %q", c.name(r), r.Get("state").Text, closed)
			case closed != "" && (closed <= assigned || closed >= c.today):
				t.Errorf("%s closed on %s", c.name(r), closed)
			}
		}
	})
}

func TestBuild_Progress(t *testing.T) {
	onEachDay(t, func(t *testing.T, c county) {
		month := c.today.Month()
		now := 0
		for _, task := range c.tasks(model.LevelVillage, nil) {
			entries := c.of(ledgers.Progress, func(r *model.Record) bool { return r.Get("task").ID == task.ID })
			checkEntries(t, c, task, entries)
			periods := make([]model.Month, len(entries))
			for i, e := range entries {
				periods[i] = model.Month(e.Get("period").Text)
			}
			if slices.Contains(periods, month) {
				now++
			}
			switch task.Get("state").Text {
			case ledgers.StateSign:
				want(t, c.name(task)+" reports", len(entries), 0)
			case ledgers.StateDone:
				last := entries[len(entries)-1]
				if !last.Get("finished").Bool() || last.Get("reported_on").End != task.Get("closed_on").End {
					t.Errorf("%s: the last report does not close it", c.name(task))
				}
			default:
				for _, m := range []model.Month{month.Add(-3), month.Add(-2), month.Add(-1)} {
					if !slices.Contains(periods, m) {
						t.Errorf("%s: no report of %s", c.name(task), m)
					}
				}
			}
		}
		if now == 0 || now > 40 {
			t.Errorf("%d tasks have reported for this month, want a few", now)
		}
	})
}

// checkEntries holds a task's reports to rising percentages, done quantities
// that agree with them and words that differ.
func checkEntries(t *testing.T, c county, task *model.Record, entries []*model.Record) {
	t.Helper()
	for i, e := range entries {
		percent, done, target := e.Get("percent").Num, e.Get("done_qty"), task.Get("target_qty")
		if done.Set != target.Set || done.Num > target.Num || percent == 100*percentScale && done.Num != target.Num {
			t.Errorf("%s: %d%% but done %v of %v", c.name(task), percent/percentScale, done.Num, target.Num)
		}
		if e.Get("reported_on").End > c.today || e.Get("reported_on").End < task.Get("assigned").End {
			t.Errorf("%s: reported on %s", c.name(task), e.Get("reported_on").End)
		}
		if i == 0 {
			continue
		}
		if e.Get("text").Text == entries[i-1].Get("text").Text {
			t.Errorf("%s: two months say %q", c.name(task), e.Get("text").Text)
		}
		if e.Get("period").Text <= entries[i-1].Get("period").Text || percent < entries[i-1].Get("percent").Num {
			t.Errorf("%s: %s %d%% after %s", c.name(task), e.Get("period").Text, percent/percentScale, entries[i-1].Get("period").Text)
		}
	}
}

func TestBuild_Domains(t *testing.T) {
	c := mustBuild(t, Options{Today: today})
	count := map[string]int{}
	for _, r := range c.tasks(model.LevelCounty, nil) {
		count[r.Get("domain").Text]++
	}
	if count["党建"] != 2 || count["乡村振兴"] != 6 {
		t.Errorf("domains of the county's tasks: %v", count)
	}
}
