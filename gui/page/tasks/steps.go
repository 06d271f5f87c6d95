package tasks

import (
	"xiangzhen/gui/page/steps"
	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// offer is a step that somebody at this desk may take, and the items it is for.
type offer struct {
	step model.Step
	ids  []string
}

// offers returns the steps that can be taken on items by who is at the desk, in the
// order of the flow. Of several items a step is offered for those that may take it.
func offers(d data, items []*model.Record) []offer {
	if d.ledger == nil || d.ledger.Flow == nil {
		return nil
	}
	var out []offer
	for _, step := range d.ledger.Flow.Steps {
		o := offer{step: step}
		for _, r := range items {
			if d.own[r.ID] && ledgers.CanTake(d.ledger, &step, r, facts(d, r)) == nil {
				o.ids = append(o.ids, r.ID)
			}
		}
		if len(o.ids) > 0 {
			out = append(out, o)
		}
	}
	return out
}

// facts says who asks and how the item stands, as far as it decides which buttons
// are shown. What the step itself asks for is taken as given: it is asked for after
// the button, and a missing report is told by the ledger.
func facts(d data, r *model.Record) ledgers.Facts {
	holder := r.Get(colUnit).ID
	assigner := d.assigner(r)
	return ledgers.Facts{
		Actor: d.actor, Today: d.today, Params: d.params,
		IsHolder:      holder != "" && holder == d.actor.Unit,
		IsAbove:       d.places.within(r.Area, d.places.area(d.actor.Unit)) && holder != d.actor.Unit,
		HolderLevel:   d.places.level(holder),
		Assigner:      assigner,
		AssignerLevel: d.places.level(assigner),
		OnlyOne:       true,
		Reported:      true,
		Evidence:      true,
		Reason:        "…",
		Date:          ledgers.SomeDay,
	}
}

// assigner is the unit that handed an item out: that of the item above.
func (d *data) assigner(r *model.Record) string {
	return d.byID[r.Get("parent").ID].Get(colUnit).ID
}

// likely is the step most want next in a state: the button beside 进展.
func likely(list []offer, r *model.Record) (offer, bool) {
	for _, key := range steps.Preferred(r.Get("state").Text) {
		for _, o := range list {
			if o.step.Key == key {
				return o, true
			}
		}
	}
	return offer{}, false
}
