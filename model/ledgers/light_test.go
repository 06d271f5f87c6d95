package ledgers

import (
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// derive computes a task's derived fields from words.
func derive(t *testing.T, on model.Day, own, latest values, children ...*model.Record) (*model.Record, model.Day) {
	t.Helper()
	in := model.DeriveInput{Record: record(t, Task, own), Children: children, Params: rule.Defaults(), Today: on}
	if latest != nil {
		in.Latest = record(t, Progress, latest)
	}
	d := deriveItem(in)
	r := model.NewRecord(Task, "r1")
	r.Derived = d.Values
	return r, d.NextChange
}

// shownFields writes the derived fields that are asked for as people read them.
func shownFields(r *model.Record, keys ...string) []string {
	l := task()
	out := make([]string, len(keys))
	for i, key := range keys {
		out[i] = l.Field(key).Show(r.Get(key))
	}
	return out
}

// Days counted by hand from Sunday, 2026-11-22. Parameters are the shipped ones:
// due soon 3 days, gap 10 and 30 points, grace 5 days.
func TestLight(t *testing.T) {
	even := values{"schedule": "按时间均衡推进", "target_qty": "10", "target_unit": "公里", "assigned": "2026-09-03", "due": "2026-12-12"} // 100 days, 80 gone
	monthly := func(more values) values {
		v := values{"state": "办理中", "report_every": "月", "assigned": "2026-01-01"}
		maps.Copy(v, more)
		return v
	}
	with := func(base, more values) values {
		v := maps.Clone(base)
		maps.Copy(v, more)
		return v
	}
	tests := []struct {
		name                string
		own, latest         values
		light, reason, left string
		next                model.Day
	}{
		{"overdue", values{"state": "办理中", "due": "2026-11-10"}, nil, "红", "时限", "-12", ""},
		{"overdue by a day", values{"state": "办理中", "due": "2026-11-21"}, nil, "红", "时限", "-1", ""},
		{"due today", values{"state": "办理中", "due": "2026-11-22"}, nil, "黄", "时限", "0", "2026-11-23"},
		{"due in three days", values{"state": "办理中", "due": "2026-11-25"}, nil, "黄", "时限", "3", "2026-11-26"},
		{"due in four days", values{"state": "办理中", "due": "2026-11-26"}, nil, "绿", "", "4", "2026-11-23"},
		{"end of the month", values{"state": "办理中", "due": "2026年11月底前"}, nil, "绿", "", "8", "2026-11-27"},
		{"a month", values{"state": "办理中", "due": "2026年10月"}, nil, "红", "时限", "-22", ""},
		{"no limit", values{"state": "办理中"}, nil, "不亮灯", "", "", ""},
		{"not handed out", values{"due": "2026-11-10"}, nil, "红", "时限", "-12", ""},
		{"waiting for review", values{"state": "待审核", "due": "2026-11-10"}, nil, "红", "时限", "-12", ""},

		{"done late", values{"state": "已办结", "due": "2026-11-10"}, nil, "已办结", "", "", ""},
		{"ended", values{"state": "已终止", "due": "2026-11-10"}, nil, "不亮灯", "", "", ""},
		{"paused", values{"state": "已中止", "due": "2026-11-10"}, nil, "不亮灯", "", "", ""},
		{"paused till later", values{"state": "已中止", "due": "2026-11-10", "review_on": "2026-12-01"}, nil, "不亮灯", "", "", "2026-11-28"},
		{"paused till soon", values{"state": "已中止", "due": "2026-11-10", "review_on": "2026-11-25"}, nil, "黄", "复核", "", ""},
		{"paused and forgotten", values{"state": "已中止", "due": "2026-11-10", "review_on": "2026-10-01"}, nil, "黄", "复核", "", ""},

		{"long term", values{"state": "办理中", "due": "长期坚持", "review_on": "2026-11-30"}, nil, "绿", "", "8", "2026-11-27"},
		{"long term, review near", values{"state": "办理中", "due": "长期坚持", "review_on": "2026-11-24"}, nil, "黄", "复核", "2", "2026-11-25"},
		{"long term, review missed", values{"state": "办理中", "due": "长期坚持", "review_on": "2026-11-20"}, nil, "红", "复核", "-2", ""},
		{"long term without review", values{"state": "办理中", "due": "长期坚持"}, nil, "不亮灯", "", "", ""},
		{"at once", values{"state": "办理中", "due": "立行立改"}, nil, "黄", "时限", "0", "2026-11-23"},

		{"every month, near", values{"state": "办理中", "due": "每月25日前"}, nil, "黄", "时限", "3", "2026-11-26"},
		{"every month, last month reported", values{"state": "办理中", "due": "每月25日前"}, values{"period": "2026-10", "reported_on": "2026-10-30"}, "黄", "时限", "3", "2026-11-26"},
		{"every month, reported", values{"state": "办理中", "due": "每月25日前"}, values{"period": "2026-11", "reported_on": "2026-11-20"}, "绿", "", "33", "2026-11-26"},
		{"every month, just past", values{"state": "办理中", "due": "每月20日前"}, nil, "绿", "", "28", "2026-12-17"},
		{"every week, reported last week", values{"state": "办理中", "due": "每周一前"}, values{"period": "2026-11", "reported_on": "2026-11-15"}, "黄", "时限", "1", "2026-11-24"},
		{"every week, reported on the last due day", values{"state": "办理中", "due": "每周一前"}, values{"period": "2026-11", "reported_on": "2026-11-16"}, "黄", "时限", "1", "2026-11-24"},
		{"every week, reported", values{"state": "办理中", "due": "每周一前"}, values{"period": "2026-11", "reported_on": "2026-11-18"}, "绿", "", "8", "2026-11-24"},

		{"on pace", with(even, values{"state": "办理中"}), values{"period": "2026-11", "done_qty": "8"}, "绿", "", "20", "2026-12-02"},
		{"behind by 9", with(even, values{"state": "办理中"}), values{"period": "2026-11", "done_qty": "7.1"}, "绿", "", "20", "2026-11-23"},
		{"behind by 10", with(even, values{"state": "办理中"}), values{"period": "2026-11", "done_qty": "7"}, "黄", "进度滞后", "20", "2026-12-09"},
		{"behind by 30", with(even, values{"state": "办理中"}), values{"period": "2026-11", "done_qty": "5"}, "黄", "进度滞后", "20", "2026-11-23"},
		{"behind by 31", with(even, values{"state": "办理中"}), values{"period": "2026-11", "done_qty": "4.9"}, "红", "进度滞后", "20", "2026-12-09"},
		{"quantity before percent", with(even, values{"state": "办理中"}), values{"period": "2026-11", "done_qty": "8", "percent": "10%"}, "绿", "", "20", "2026-12-02"},
		{"percent where no quantity", with(even, values{"state": "办理中"}), values{"period": "2026-11", "percent": "10%"}, "红", "进度滞后", "20", "2026-12-09"},
		{"nothing reported", with(even, values{"state": "办理中"}), nil, "红", "进度滞后", "20", "2026-12-09"},
		{"no schedule, no gap", with(even, values{"state": "办理中", "schedule": ""}), nil, "绿", "", "20", "2026-12-09"},
		{"no quantity, no gap", with(even, values{"state": "办理中", "target_qty": ""}), nil, "绿", "", "20", "2026-12-09"},
		{"in review, no gap", with(even, values{"state": "待审核"}), nil, "绿", "", "20", "2026-12-09"},
		{"overdue before gap", with(even, values{"state": "办理中", "due": "2026-11-20"}), nil, "红", "时限", "-2", ""},
		{"near and far behind", with(even, values{"state": "办理中", "due": "2026-11-25"}), nil, "红", "进度滞后", "3", "2026-11-26"},

		{"silent in October", monthly(nil), values{"period": "2026-09"}, "黄", "未按期报送", "", "2026-12-06"},
		{"never reported", monthly(nil), nil, "黄", "未按期报送", "", "2026-12-06"},
		{"reported October", monthly(nil), values{"period": "2026-10"}, "绿", "", "", "2026-12-06"},
		{"reported November", monthly(nil), values{"period": "2026-11"}, "绿", "", "", "2026-12-06"},
		{"handed out on the first of October", monthly(values{"assigned": "2026-10-01"}), nil, "黄", "未按期报送", "", "2026-12-06"},
		{"handed out in October", monthly(values{"assigned": "2026-10-02"}), nil, "绿", "", "", "2026-12-06"},
		{"silence is yellow beside a far limit", monthly(values{"due": "2026-12-31"}), nil, "黄", "未按期报送", "39", "2026-12-06"},
		{"silent and overdue", monthly(values{"due": "2026-11-01"}), nil, "红", "时限", "-21", "2026-12-06"},
		{"not in hand, not silent", monthly(values{"state": "待审核"}), nil, "不亮灯", "", "", ""},
		{"silent in the third quarter", monthly(values{"report_every": "季"}), values{"period": "2026-06"}, "黄", "未按期报送", "", "2027-01-06"},
		{"one report in the quarter", monthly(values{"report_every": "季"}), values{"period": "2026-07"}, "绿", "", "", "2027-01-06"},
		{"silent in the first half of November", monthly(values{"report_every": "半月"}), values{"period": "2026-10", "reported_on": "2026-10-31"}, "黄", "未按期报送", "", "2026-12-06"},
		{"reported in the first half", monthly(values{"report_every": "半月"}), values{"period": "2026-11", "reported_on": "2026-11-03"}, "绿", "", "", "2026-12-06"},
		{"silent in the week of 9 November", monthly(values{"report_every": "周"}), values{"period": "2026-11", "reported_on": "2026-11-08"}, "黄", "未按期报送", "", "2026-11-28"},
		{"reported in that week", monthly(values{"report_every": "周"}), values{"period": "2026-11", "reported_on": "2026-11-09"}, "绿", "", "", "2026-11-28"},
	}
	for _, tt := range tests {
		r, next := derive(t, today, tt.own, tt.latest)
		got := shownFields(r, "light", "light_reason", "days_left")
		if want := []string{tt.light, tt.reason, tt.left}; !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", tt.name, got, want)
		}
		if next != tt.next {
			t.Errorf("%s: next change %q, want %q", tt.name, next, tt.next)
		}
	}
}

// TestLight_GraceOver: October ends on the 31st; five days of grace end on the
// 5th, and only from the 6th on is silence shown.
func TestLight_GraceOver(t *testing.T) {
	own := values{"state": "办理中", "report_every": "月", "assigned": "2026-01-01"}
	for day, want := range map[model.Day]string{"2026-11-05": "绿", "2026-11-06": "黄"} {
		r, next := derive(t, day, own, values{"period": "2026-09"})
		if got := shownFields(r, "light")[0]; got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
		if wantNext := map[model.Day]model.Day{"2026-11-05": "2026-11-06", "2026-11-06": "2026-12-06"}[day]; next != wantNext {
			t.Errorf("%s: next change %s, want %s", day, next, wantNext)
		}
	}
}

func TestLight_CreatedWhereNotHandedOut(t *testing.T) {
	r := record(t, Task, values{"state": "办理中", "report_every": "月"})
	r.CreatedAt = time.Date(2026, 10, 20, 9, 0, 0, 0, time.Local)
	d := deriveItem(model.DeriveInput{Record: r, Params: rule.Defaults(), Today: today})
	if got := d.Values["light"].Text; got != LightGreen {
		t.Errorf("light %s: a period before the item was there is not owed", got)
	}
}

func TestLight_ParametersRule(t *testing.T) {
	in := model.DeriveInput{Record: record(t, Task, values{"state": "办理中", "due": "2026-11-30"}), Params: rule.Defaults(), Today: today}
	in.Params[rule.DueSoonDays] = "8"
	if got := deriveItem(in).Values["light"].Text; got != LightYellow {
		t.Errorf("light %s, want yellow with 8 days' warning", got)
	}
}

func TestPeriodAround(t *testing.T) {
	tests := []struct {
		every            string
		day, first, last model.Day
	}{
		{EveryWeek, "2026-11-22", "2026-11-16", "2026-11-22"}, // a Sunday ends the week
		{EveryWeek, "2026-11-23", "2026-11-23", "2026-11-29"},
		{EveryHalfMonth, "2026-11-15", "2026-11-01", "2026-11-15"},
		{EveryHalfMonth, "2026-02-16", "2026-02-16", "2026-02-28"},
		{EveryMonth, "2028-02-10", "2028-02-01", "2028-02-29"},
		{EveryQuarter, "2026-12-31", "2026-10-01", "2026-12-31"},
		{EveryQuarter, "2026-01-01", "2026-01-01", "2026-03-31"},
		{"", "2026-01-01", "", ""},
	}
	for _, tt := range tests {
		if first, last := periodAround(tt.every, tt.day); first != tt.first || last != tt.last {
			t.Errorf("%s around %s: %s to %s, want %s to %s", tt.every, tt.day, first, last, tt.first, tt.last)
		}
	}
}

// TestNextChange_NeverLate holds that nothing changes before the day announced but
// 剩余天数, which falls by one each day.
func TestNextChange_NeverLate(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		pick := func(name string, words ...string) string { return rapid.SampledFrom(words).Draw(rt, name) }
		own := values{
			"state":        pick("state", "待交办", "办理中", "待审核", "已办结", "已中止"),
			"due":          pick("due", "", "2026-12-05", "2026-11-01", "长期坚持", "立行立改", "每月25日前", "每季度末", "每周五前", "每天"),
			"review_on":    pick("review", "", "2026-12-10", "2026-11-24"),
			"report_every": pick("every", "", "周", "半月", "月", "季"),
			"schedule":     pick("schedule", "", "按时间均衡推进"),
			"target_qty":   pick("target", "", "10"),
			"assigned":     pick("assigned", "2026-01-01", "2026-11-20"),
		}
		latest := values{"period": pick("period", "2026-09", "2026-11"), "done_qty": pick("done", "", "5")}
		day := today.Add(rapid.IntRange(0, 60).Draw(rt, "day"))
		now, next := derive(t, day, own, latest)
		if next != "" && next <= day {
			rt.Fatalf("next change %s is not after %s", next, day)
		}
		for i := 1; i <= 120 && (next == "" || day.Add(i) < next); i++ {
			later, _ := derive(t, day.Add(i), own, latest)
			if left := later.Derived["days_left"]; left.Set {
				later.Derived["days_left"] = model.Int(left.Num + int64(i))
			}
			if !maps.Equal(now.Derived, later.Derived) {
				rt.Fatalf("changes on %s, announced for %q: %v → %v, %d days on", day.Add(i), next, now.Derived, later.Derived, i)
			}
		}
	})
}
