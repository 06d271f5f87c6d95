package app

import (
	"context"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// Tally counts where the receivers of a form stand. Reported counts all that have
// reported, OnTime and Late part them; the others of Expected have not.
type Tally struct {
	Expected, Reported, OnTime, Late          int
	Missing, Returned, Zero, Empty, ToCorrect int
}

// Rate returns the share that has reported, in percent with one decimal, scaled by 10; ok is false where nobody was asked.
func (t Tally) Rate() (tenths int64, ok bool) { return share(t.Reported, t.Expected) }

// Punctual returns the share that has reported in time; see Rate.
func (t Tally) Punctual() (tenths int64, ok bool) { return share(t.OnTime, t.Expected) }

func share(part, whole int) (tenths int64, ok bool) {
	if whole == 0 {
		return 0, false
	}
	return (int64(part)*2000 + int64(whole)) / (2 * int64(whole)), true
}

func (t *Tally) count(r Standing) {
	t.Expected++
	switch {
	case !counted(r.Status):
	case r.Late:
		t.Reported, t.Late = t.Reported+1, t.Late+1
	default:
		t.Reported, t.OnTime = t.Reported+1, t.OnTime+1
	}
	slot := map[string]*int{StandMissing: &t.Missing, StandReturned: &t.Returned, StandZero: &t.Zero, StandEmpty: &t.Empty, StandToCorrect: &t.ToCorrect}
	if n := slot[r.Status]; n != nil {
		*n++
	}
}

// Tally counts all receivers.
func (c Completeness) Tally() Tally {
	var t Tally
	for _, r := range c.Rows {
		t.count(r)
	}
	return t
}

// GroupTally is the tally of what lies below one area: a township, seen from the county.
type GroupTally struct {
	Area string
	Tally
}

// ByGroup counts by the areas next below the own unit, in the order of the divisions,
// never by value.
func (c Completeness) ByGroup() []GroupTally {
	var out []GroupTally
	for _, r := range c.Rows {
		i := slices.IndexFunc(out, func(g GroupTally) bool { return g.Area == r.Group })
		if i < 0 {
			i = len(out)
			out = append(out, GroupTally{Area: r.Group})
		}
		out[i].count(r)
	}
	return out
}

// Punctuality returns where the receivers stood with a form in each of the periods from
// one to another that it was issued for, the earliest first.
func (a *App) Punctuality(ctx context.Context, form string, from, to model.Period) ([]Completeness, error) {
	f, err := a.form(ctx, form)
	if err != nil {
		return nil, err
	}
	if from, err = f.PeriodFor(string(from)); err != nil {
		return nil, err
	}
	if to, err = f.PeriodFor(string(to)); err != nil {
		return nil, err
	}
	var periods []model.Period
	q := model.Query{Ledger: ledgers.Dispatch, Where: []model.Cond{{Field: "form", Op: model.OpEq, Value: model.Text(f.Key)}}}
	err = a.store.Each(ctx, q, func(rec *model.Record) error {
		p := model.Period(rec.Get("period").Text)
		if p.Compare(from) >= 0 && p.Compare(to) <= 0 && !slices.Contains(periods, p) {
			periods = append(periods, p)
		}
		return nil
	})
	slices.SortFunc(periods, model.Period.Compare)
	var out []Completeness
	for _, p := range periods {
		c, missingErr := a.Missing(ctx, f.Key, p)
		if missingErr != nil {
			return out, missingErr
		}
		out = append(out, c)
	}
	return out, err
}
