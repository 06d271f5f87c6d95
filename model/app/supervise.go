package app

import (
	"context"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// Pressing is a proposal of supervision (督办): a step about an item. Whether it is
// taken, a person decides.
type Pressing struct {
	Step   string // ledgers.PressRemind …
	Ledger *model.Ledger
	Item   *model.Record
	Order  *model.Record // the unfinished order about it, nil for none
}

// Pressing lists what is proposed to be reminded of and pressed for, in the order of
// the divisions.
func (a *App) Pressing(ctx context.Context) ([]Pressing, error) {
	params, err := a.Settings(ctx)
	if err != nil {
		return nil, err
	}
	orders, err := a.openOrders(ctx)
	if err != nil {
		return nil, err
	}
	var out []Pressing
	for _, key := range ledgers.Followed() {
		l := a.Catalog().Ledger(key)
		for _, light := range []string{ledgers.LightRed, ledgers.LightYellow} {
			items, _, err := a.byDivision(ctx, key, func(*model.Record) bool { return true }, is("light", light), is("light_reason", ledgers.ReasonTime))
			if err != nil {
				return nil, err
			}
			for _, item := range items {
				order := orders[item.ID]
				if step := ledgers.Press(l, item, order != nil, params); step != "" {
					out = append(out, Pressing{step, l, item, order})
				}
			}
		}
	}
	res := a.resolver(ctx, a.store)
	slices.SortStableFunc(out, func(x, y Pressing) int { return res.compareAreas(x.Item.Area, y.Item.Area) })
	return out, res.err
}

// openOrders are the unfinished orders by the item they are about.
func (a *App) openOrders(ctx context.Context) (map[string]*model.Record, error) {
	l := a.Catalog().Ledger(ledgers.Order)
	orders, _, err := a.byDivision(ctx, l.Key, func(r *model.Record) bool {
		return r.Get("item").ID != "" && !l.Flow.IsFinished(r.Get(l.Flow.State).Text)
	})
	out := map[string]*model.Record{}
	for _, r := range orders {
		out[r.Get("item").ID] = r
	}
	return out, err
}

// Steps returns the steps that whoever works here may take on an item now, in the
// order of the flow. What a step asks for (a reason, a day, progress text) is taken as
// given: it is asked for after the button.
func (a *App) Steps(ctx context.Context, ledger, id string) ([]model.Step, error) {
	l, rec, err := a.Get(ctx, ledger, id)
	if err != nil || l.Flow == nil {
		return nil, err
	}
	checks, err := a.checker(ctx, a.store)
	if err != nil {
		return nil, err
	}
	parent, err := checks.parent(ctx, l, rec)
	if err != nil {
		return nil, err
	}
	res := a.resolver(ctx, a.store)
	facts := a.factsOf(res, rec, parent)
	facts.Params, facts.Reason, facts.Date = checks.params, "…", ledgers.SomeDay
	facts.Reported, facts.Evidence = true, true
	var out []model.Step
	for _, step := range l.Flow.Steps {
		if ledgers.CanTake(l, &step, rec, facts) == nil {
			out = append(out, step)
		}
	}
	return out, res.err
}

// Leader is somebody whose file of a year is kept: a secretary, or a deputy by
// 一岗双责.
type Leader struct {
	ID, Name string
	Post     string // 甲镇乡镇党委书记
	Area     string
	Deputy   bool
}

// deputyTitles are the posts whose holders answer for a field of their own.
var deputyTitles = []string{"乡镇长", "分管副书记"}

// Leaders lists the secretaries of a year, and the deputies behind them, in the order
// of the divisions. Whoever has a 一岗双责分工 is a deputy whatever the post.
func (a *App) Leaders(ctx context.Context, year int) ([]Leader, error) {
	posts, _, err := a.byDivision(ctx, ledgers.Post, func(r *model.Record) bool {
		return r.Get("person").ID != "" && heldIn(r, year) && slices.Contains(slices.Concat(secretaryTitles, deputyTitles), r.Get("title").Text)
	})
	if err != nil {
		return nil, err
	}
	duties, _, err := a.byDivision(ctx, ledgers.Duty, func(r *model.Record) bool { return r.Get("person").ID != "" && heldIn(r, year) })
	if err != nil {
		return nil, err
	}
	var out []Leader
	add := func(l Leader) {
		if !slices.ContainsFunc(out, func(have Leader) bool { return have.ID == l.ID }) {
			out = append(out, l)
		}
	}
	for _, deputy := range []bool{false, true} {
		for _, p := range posts {
			if title := p.Get("title").Text; deputy != slices.Contains(secretaryTitles, title) {
				add(Leader{p.Get("person").ID, p.Get("person").Text, ledgers.PostWords(p.Get("at").Text, title), p.Area, deputy})
			}
		}
	}
	for _, d := range duties {
		add(Leader{d.Get("person").ID, d.Get("person").Text, ledgers.PostWords(d.Get("unit").Text, d.Get("post").Text), d.Area, true})
	}
	return out, nil
}

// heldIn reports whether what a record says lasted into the year.
func heldIn(r *model.Record, year int) bool {
	from, to := r.Get("from").Start, r.Get("to").Start
	return (from == "" || from.Year() <= year) && (to == "" || to.Year() >= year)
}
