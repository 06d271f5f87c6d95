package ledgers

import (
	"sort"

	"xiangzhen/model"
	"xiangzhen/model/rule"
	"xiangzhen/model/text"
)

// The light of a followed item (DESIGN §2, CLERK 6, DOMAIN §2 任务红黄绿). Rows are tried from
// the top; within "open" the worst of time, gap and silence counts, and of two
// equally bad ones the reason named first.
//
//	state or condition                            light    reason
//	已办结                                         done
//	已终止                                         none
//	已中止, 复核日期 more than S days off, or none    none
//	已中止, otherwise                               yellow   review
//	a lower item shows red                        below             late_below = how many
//	open, by time: 定时, 立即   past the day          red      time
//	                         S days or fewer left  yellow   time
//	                         more                  green
//	      周期: the next day that counts, so never past it
//	      长期: 复核日期, as 定时                      …        review
//	      no day                                    none
//	open, by gap: only 目标量 + 进度安排 + a 定时 day, or 阶段目标 with dates,
//	      while it is in hand
//	                         behind by more than R  red      gap
//	                         behind by Y or more    yellow   gap
//	open, by silence: only with 报送周期, while it is in hand
//	                         nothing for the last period that ended G days ago
//	                                                yellow   silence
//	                         otherwise              green
//
// S, Y, R and G are the parameters light.due_soon_days, gap_yellow, gap_red and
// silence_grace_days. An item whose lower item is red is never red itself, not
// even when its own day is past: it is held up below, where the red light is.

// lamp is a light and its reason.
type lamp struct{ light, reason string }

var brightness = map[string]int{LightNone: 0, LightGreen: 1, LightYellow: 2, LightRed: 3}

// worse returns the brighter of two lamps, l if they are equal.
func (l lamp) worse(other lamp) lamp {
	if brightness[other.light] > brightness[l.light] {
		return other
	}
	return l
}

// lampOf judges an item by the table above.
func lampOf(t itemView, below rollup, params model.Params, today model.Day) lamp {
	switch {
	case t.state == StateDone:
		return lamp{light: LightDone}
	case t.state == StateEnded:
		return lamp{light: LightNone}
	case t.state == StatePaused:
		return pausedLamp(t, params.Int(rule.DueSoonDays), today)
	case below.late > 0:
		return lamp{light: LightBelow}
	}
	day, reason := t.clock(today)
	return timeLamp(day, reason, params.Int(rule.DueSoonDays), today).
		worse(gapLamp(t, below, params, today)).
		worse(silenceLamp(t, params.Int(rule.SilenceGrace), today))
}

// clock returns the day an open item is judged by, and what passing it means.
func (t itemView) clock(today model.Day) (model.Day, string) {
	switch t.due.Kind {
	case model.DateLongTerm:
		return t.reviewOn, ReasonReview
	case model.DatePeriodic:
		return t.nextDue(today), ReasonTime
	case model.DateAtOnce:
		if t.due.End == "" {
			return t.assigned, ReasonTime
		}
	}
	return t.due.End, ReasonTime
}

// nextDue returns the next day of a periodic item that still wants a report: a
// report for the period before its day moves it on to the one after.
func (t itemView) nextDue(today model.Day) model.Day {
	day := text.NextOccurrence(t.due, today)
	if day == "" || t.latest == nil {
		return day
	}
	after := text.NextOccurrence(t.due, day.Add(1))
	if t.reportedFor(day, after.Sub(day)) {
		return after
	}
	return day
}

// reportedFor reports whether the newest report answers the day that recurs
// about every so many days. Reports are kept by month, so a shorter cycle goes
// by the day of the report.
func (t itemView) reportedFor(day model.Day, every int) bool {
	const month = 28
	if every >= month && t.reportedIn != "" {
		return t.reportedIn >= day.Month()
	}
	return t.lastReportOn > day.Add(-every)
}

func timeLamp(day model.Day, reason string, soon int, today model.Day) lamp {
	switch left := day.Sub(today); {
	case day == "":
		return lamp{light: LightNone}
	case left < 0:
		return lamp{LightRed, reason}
	case left <= soon:
		return lamp{LightYellow, reason}
	}
	return lamp{light: LightGreen}
}

func pausedLamp(t itemView, soon int, today model.Day) lamp {
	if t.reviewOn == "" || t.reviewOn.Sub(today) > soon {
		return lamp{light: LightNone}
	}
	return lamp{LightYellow, ReasonReview}
}

// recurs returns the next day a periodic item asks for, "" for any other item or
// one that is not open.
func (t itemView) recurs(today model.Day) model.Day {
	if t.due.Kind != model.DatePeriodic || t.finished() || t.state == StatePaused {
		return ""
	}
	return t.nextDue(today)
}

// paced reports whether the item has a pace that its progress is held against.
func (t itemView) paced() bool {
	return t.working() && (t.grows() || len(t.steps) > 0)
}

// grows reports whether a quantity is to grow evenly to a fixed day.
func (t itemView) grows() bool {
	return t.even && t.targetQty != 0 && t.due.Kind == model.DateFixed && t.due.End > t.assigned
}

// gapLamp compares what should have been done by today with what was reported:
// quantity first, else the percentage, else what lower items add up to.
func gapLamp(t itemView, below rollup, params model.Params, today model.Day) lamp {
	if !t.paced() {
		return lamp{light: LightNone}
	}
	behind := t.expected(today) - t.actual(below)
	switch {
	case behind > int64(params.Int(rule.GapRed))*100:
		return lamp{LightRed, ReasonGap}
	case behind >= int64(params.Int(rule.GapYellow))*100:
		return lamp{LightYellow, ReasonGap}
	}
	return lamp{light: LightNone}
}

// expected returns how far a paced item should be, in percent at percentScale:
// the dated milestones that are past, else the share of the time that is gone.
func (t itemView) expected(today model.Day) int64 {
	if len(t.steps) > 0 {
		return milestonesDue(t.steps, today)
	}
	total := t.due.End.Sub(t.assigned)
	return shareOf(int64(min(max(today.Sub(t.assigned), 0), total)), int64(total))
}

// actual returns how far a paced item is, in percent at percentScale. Milestones
// that are ticked off count where nothing else tells.
func (t itemView) actual(below rollup) int64 {
	switch {
	case !t.doneQty.IsEmpty() && t.targetQty > 0:
		return shareOf(t.doneQty.Num, t.targetQty)
	case !t.percent.IsEmpty():
		return t.percent.Num
	case !below.percent.IsEmpty():
		return below.percent.Num
	}
	return milestonesDone(t.steps)
}

// silenceLamp asks for a report of the last period that has ended and whose
// grace is over. A period the item did not live through as a whole is not owed.
func silenceLamp(t itemView, grace int, today model.Day) lamp {
	if t.every == "" || !t.working() {
		return lamp{light: LightNone}
	}
	current, _ := periodAround(t.every, today.Add(-grace))
	owed, _ := periodAround(t.every, current.Add(-1))
	if owed == "" || t.assigned > owed || t.reportedUntil() >= owed {
		return lamp{light: LightGreen}
	}
	return lamp{LightYellow, ReasonSilence}
}

// reportedUntil returns the last day the newest report can speak for. Reports are
// kept by month: for shorter periods the day of the report tells.
func (t itemView) reportedUntil() model.Day {
	short := t.every == EveryWeek || t.every == EveryHalfMonth
	if short && t.lastReportOn != "" || t.reportedIn == "" {
		return t.lastReportOn
	}
	return t.reportedIn.Last()
}

// periodAround returns the first and last day of the reporting period that holds
// the day; none for a period it does not know. Weeks begin on Monday.
func periodAround(every string, day model.Day) (first, last model.Day) {
	const middle = 15
	month := day.Month()
	switch every {
	case EveryWeek:
		first = day.Add(-(int(day.Time().Weekday()+6) % 7))
		return first, first.Add(6)
	case EveryHalfMonth:
		if day.DayOfMonth() <= middle {
			return month.First(), month.First().Add(middle - 1)
		}
		return month.First().Add(middle), month.Last()
	case EveryMonth:
		return month.First(), month.Last()
	case EveryQuarter:
		into := (int(day.Time().Month()) - 1) % 3
		return month.Add(-into).First(), month.Add(2 - into).Last()
	}
	return "", ""
}

// daysLeft returns the days to the day an item is judged by; empty where no day
// counts.
func (t itemView) daysLeft(today model.Day) model.Value {
	day, _ := t.clock(today)
	if day == "" || t.finished() || t.state == StatePaused {
		return model.Value{}
	}
	return model.Int(int64(day.Sub(today)))
}

// nextChange returns the first later day on which anything but 剩余天数, which counts
// down by itself, may change by time alone: the day an item is judged by draws
// near, is past or moves on (每月25日前), the gap widens, or a grace ends.
func (t itemView) nextChange(below rollup, params model.Params, today model.Day) model.Day {
	soon := params.Int(rule.DueSoonDays)
	switch {
	case t.finished():
		return ""
	case t.state == StatePaused:
		return firstAfter(today, t.reviewOn.Add(-soon))
	}
	day, _ := t.clock(today)
	return firstAfter(today, day.Add(-soon), day.Add(1), text.NextOccurrence(t.due, today).Add(1),
		t.gapChange(below, params, today), t.graceEnd(params.Int(rule.SilenceGrace), today))
}

// gapChange returns the day on which the light of the gap gets worse if nothing
// more is reported, "" if it stays.
func (t itemView) gapChange(below rollup, params model.Params, today model.Day) model.Day {
	if !t.paced() {
		return ""
	}
	last := t.due.End
	if n := len(t.steps); n > 0 {
		last = t.steps[n-1].Day.Add(1)
	}
	now, left := gapLamp(t, below, params, today), max(last.Sub(today), 0)
	n := sort.Search(left, func(i int) bool { return gapLamp(t, below, params, today.Add(i+1)) != now })
	if n == left {
		return ""
	}
	return today.Add(n + 1)
}

// graceEnd returns the day from which the report of the next period is missed.
func (t itemView) graceEnd(grace int, today model.Day) model.Day {
	if t.every == "" || !t.working() {
		return ""
	}
	_, last := periodAround(t.every, today.Add(-grace))
	return last.Add(grace + 1)
}

// firstAfter returns the earliest of the days that is after today, "" if none is.
func firstAfter(today model.Day, days ...model.Day) model.Day {
	var first model.Day
	for _, d := range days {
		if d > today && (first == "" || d < first) {
			first = d
		}
	}
	return first
}
