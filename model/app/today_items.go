package app

import (
	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// The followed items on the agenda: those of every ledger with a flow (督办单, 整改,
// 承诺, 领办项目, 议定事项), for which tasks are only the first.

// counts reads the parameters, and which ledgers have items.
func (g *gatherer) counts() (err error) {
	if g.params, err = g.Settings(g.ctx); err != nil {
		return err
	}
	g.out.SoonDays = g.params.Int(rule.DueSoonDays)
	for _, key := range ledgers.Followed() {
		n, err := g.store.Count(g.ctx, g.own(key))
		if err != nil {
			return err
		}
		if n > 0 {
			g.followed = append(g.followed, g.Catalog().Ledger(key))
		}
		g.out.Items += n
	}
	return nil
}

// reasons are the kinds of line by the reason of a red or yellow light.
var reasons = map[string]AgendaKind{
	ledgers.ReasonGap: KindGap, ledgers.ReasonSilence: KindSilence, ledgers.ReasonReview: KindRecheck,
}

// lights lists the items that are red or yellow here: those past their day, those
// of today and tomorrow, and what else to be reminded of.
func (g *gatherer) lights() error {
	for _, l := range g.followed {
		for _, light := range []string{ledgers.LightRed, ledgers.LightYellow} {
			buckets, err := g.store.CountBy(g.ctx, g.own(l.Key, is("light", light)), "light_reason")
			if err != nil {
				return err
			}
			for _, b := range buckets {
				if err := g.light(l, light, b.Value.Text, b.N); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (g *gatherer) light(l *model.Ledger, light, reason string, n int) error {
	where := []model.Cond{is("light", light), is("light_reason", reason)}
	switch {
	case reason != ledgers.ReasonTime:
		return g.list(l, AgendaRemind, reasons[reason], where)
	case light == ledgers.LightRed:
		g.out.Late += n
		return g.list(l, AgendaLate, KindLate, where)
	}
	g.out.Soon += n
	if l.Key == ledgers.Task {
		g.out.SoonTasks = n
	}
	return g.list(l, AgendaDue, KindDue, append(where, model.Cond{Field: "days_left", Op: model.OpLe, Value: model.Int(dueWithin)}))
}

// list puts the items that fit into a group, the most pressing first.
func (g *gatherer) list(l *model.Ledger, key AgendaKey, kind AgendaKind, where []model.Cond) error {
	q := g.own(l.Key, where...)
	q.Sort, q.Limit = []model.Sort{{Field: "days_left"}}, mostLines
	page, err := g.store.List(g.ctx, q)
	group := g.group(key)
	for _, rec := range page.Records {
		group.add(itemLine(l, kind, rec))
	}
	group.count(l.Key, page.Total-len(page.Records))
	return err
}

func itemLine(l *model.Ledger, kind AgendaKind, rec *model.Record) AgendaLine {
	line := AgendaLine{
		Kind: kind, Ledger: l.Key, Record: rec.ID,
		Title: rec.Get("title").Text, Unit: rec.Get("unit").Text,
		Days: int(rec.Get("days_left").Num), Due: rec.Get("due").Text, Note: rec.Get("problem").Text,
	}
	if l.Key != ledgers.Task {
		line.Of = l.Label
	}
	switch kind {
	case KindReview:
		line.Note = l.Flow.Step(ledgers.StepApply).Label
	case KindExtend:
		line.Due, line.Note = rec.Get("extend_to").Text, rec.Get("extend_reason").Text
	}
	return line
}

// reviews lists what was applied for and waits for this unit's answer.
func (g *gatherer) reviews() error {
	before := g.group(AgendaMine).Total
	err := g.waiting(KindReview, ledgers.StepReturn, is("state", ledgers.StateReview))
	g.out.Review = g.group(AgendaMine).Total - before
	return err
}

// moves lists the other items whose next step is this unit's.
func (g *gatherer) moves() error {
	asked := model.Cond{Field: "extend_to", Op: model.OpNe}
	if err := g.waiting(KindExtend, ledgers.StepGrant, is("state", ledgers.StateDoing), asked); err != nil {
		return err
	}
	if err := g.waiting(KindAssign, ledgers.StepAssign, is("state", ledgers.StateTodo)); err != nil {
		return err
	}
	if g.home == nil {
		return nil
	}
	holder := model.Cond{Field: "unit", Op: model.OpEq, Value: model.Reference(g.home.ID, g.homeName())}
	return g.waiting(KindAccept, ledgers.StepAccept, is("state", ledgers.StateSign), holder)
}

// waiting lists the items of every ledger that fit and on which this unit may take
// the step.
func (g *gatherer) waiting(kind AgendaKind, step string, where ...model.Cond) error {
	for _, l := range g.followed {
		if err := g.waitingIn(l, kind, step, where); err != nil {
			return err
		}
	}
	return nil
}

func (g *gatherer) waitingIn(l *model.Ledger, kind AgendaKind, step string, where []model.Cond) error {
	q := g.own(l.Key, where...)
	q.Sort, q.Limit = []model.Sort{{Field: "days_left"}}, mostAsked
	page, err := g.store.List(g.ctx, q)
	if err != nil {
		return err
	}
	if err := g.readAbove(l, page.Records); err != nil {
		return err
	}
	group := g.group(AgendaMine)
	for _, rec := range page.Records {
		facts := g.factsOf(g.res, rec, g.above[rec.Get(l.Parent).ID])
		facts.Params, facts.Reason = g.params, "—" // whose move it is does not hang on the reason
		if ledgers.CanTake(l, l.Flow.Step(step), rec, facts) == nil {
			group.add(itemLine(l, kind, rec))
		}
	}
	group.More = group.More || page.Total > len(page.Records)
	return nil
}

// readAbove reads the items above others that are not known yet.
func (g *gatherer) readAbove(l *model.Ledger, items []*model.Record) error {
	if l.Parent == "" {
		return nil
	}
	ids := []string{}
	for _, rec := range items {
		id := rec.Get(l.Parent).ID
		if _, known := g.above[id]; id != "" && !known {
			g.above[id] = nil
			ids = append(ids, id)
		}
	}
	return g.store.Each(g.ctx, model.Query{Ledger: l.Key, IDs: ids}, func(rec *model.Record) error {
		g.above[rec.ID] = rec
		return nil
	})
}
