package ledgers

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

// registered makes a table as it is read, due in the calendar's first days.
func registered(c model.Cadence, due model.Due, from, until model.Day) Registered {
	rec := model.NewRecord(UpperTable, "")
	rec.Put("cadence", model.Text(string(c)))
	rec.Put("due_day", model.Int(int64(due.Day)))
	rec.Put("due_next", model.Bool(due.Next))
	rec.Put("due_on", model.OnDay(due.On))
	rec.Put("due_hour", model.Int(int64(due.Hour)))
	rec.Put("roll", model.Text(string(due.Roll)))
	rec.Put("from", model.OnDay(from))
	rec.Put("until", model.OnDay(until))
	return UpperTableOf(rec)
}

func TestRegistered_Asked(t *testing.T) {
	holiday := model.Calendar{"2026-10-01": false, "2026-10-02": false, "2026-10-05": false, "2026-10-06": false, "2026-10-07": false}
	for name, c := range map[string]struct {
		table       Registered
		first, last model.Day
		want        []string
	}{
		"monthly, next month's 5th, rolled over the holiday": {
			registered(model.Monthly, model.Due{Day: 5, Next: true, Hour: 12}, "2026-10-01", ""), "2026-09-01", "2026-11-30",
			[]string{"2026-09 2026-10-08T12:00", "2026-10 2026-11-05T12:00"}},
		"nothing before it began": {
			registered(model.Monthly, model.Due{Day: 25, Hour: 18}, "2026-11-26", ""), "2026-01-01", "2026-12-31",
			[]string{"2026-12 2026-12-25T18:00"}},
		"nothing after it ended": {
			registered(model.Monthly, model.Due{Day: 25, Hour: 18}, "2026-10-01", "2026-11-24"), "2026-01-01", "2027-12-31",
			[]string{"2026-10 2026-10-26T18:00"}},
		"weekly on Fridays, no time is the end of the day": {
			registered(model.Weekly, model.Due{Day: 5}, "2026-11-16", ""), "2026-11-16", "2026-11-29",
			[]string{"2026-W47 2026-11-20T24:00", "2026-W48 2026-11-27T24:00"}},
		"rolled to the working day before, out of its period": {
			registered(model.Monthly, model.Due{Day: 1, Hour: 9, Roll: model.RollEarlier}, "2026-10-20", ""), "2026-10-20", "2026-11-10",
			[]string{"2026-11 2026-10-30T09:00"}},
		"once": {
			registered(model.Once, model.Due{On: "2026-11-24", Hour: 17}, "2026-11-01", ""), "2026-11-01", "2026-12-31",
			[]string{"2026-11-24 2026-11-24T17:00"}},
		"once without a day is never due": {registered(model.Once, model.Due{}, "2026-11-01", ""), "2026-11-01", "2026-12-31", nil},
		"without a first day nothing is due": {
			registered(model.Monthly, model.Due{Day: 25}, "", ""), "", "2026-12-31", nil},
	} {
		var got []string
		for _, a := range c.table.Asked(c.first, c.last, holiday) {
			got = append(got, string(a.Period)+" "+a.Moment)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestRegistered_AskedSplits: asking for two stretches of time one after the other is
// asking for both at once: no period is lost at the seam or told twice.
func TestRegistered_AskedSplits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cadence := rapid.SampledFrom(model.Cadences()[:8]).Draw(t, "cadence")
		table := registered(cadence, model.Due{Day: rapid.IntRange(0, 7).Draw(t, "day"), Next: rapid.Bool().Draw(t, "next"),
			Roll: rapid.SampledFrom(model.Rolls()).Draw(t, "roll")}, "2026-01-01", "")
		first := model.Day("2026-01-01").Add(rapid.IntRange(0, 300).Draw(t, "first"))
		middle := first.Add(rapid.IntRange(0, 200).Draw(t, "middle"))
		last := middle.Add(rapid.IntRange(1, 200).Draw(t, "last"))
		whole := table.Asked(first, last, nil)
		parts := append(table.Asked(first, middle, nil), table.Asked(middle.Add(1), last, nil)...)
		slices.SortStableFunc(parts, func(x, y Asked) int { return x.Period.Compare(y.Period) })
		if !slices.Equal(whole, parts) {
			t.Fatalf("%v\nin parts %v", whole, parts)
		}
	})
}

func TestRegistered_PeriodFor(t *testing.T) {
	for _, c := range []struct {
		cadence model.Cadence
		asked   model.Period
		want    model.Period
	}{
		{model.Monthly, "2026-10", "2026-10"},
		{model.Quarterly, "2026-11", "2026Q4"},
		{model.Weekly, "2026-11", "2026-W48"}, // today's: the month is not over
		{model.Weekly, "2026-10", "2026-W44"},
		{model.Yearly, "2026Q3", "2026"},
	} {
		if got := registered(c.cadence, model.Due{}, "2026-01-01", "").PeriodFor(c.asked, "2026-11-24"); got != c.want {
			t.Errorf("%s of %s: %s, want %s", c.cadence, c.asked, got, c.want)
		}
	}
	if got := registered(model.Once, model.Due{On: "2026-12-01"}, "2026-01-01", "").PeriodFor("2026-11", "2026-11-24"); got != "2026-12-01" {
		t.Errorf("once: %s", got)
	}
}
