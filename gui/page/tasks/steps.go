package tasks

import (
	"slices"

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
		Actor: d.actor, Today: d.today,
		IsHolder:      holder != "" && holder == d.actor.Unit,
		IsAbove:       d.places.within(r.Area, d.places.area(d.actor.Unit)) && holder != d.actor.Unit,
		HolderLevel:   d.places.level(holder),
		Assigner:      assigner,
		AssignerLevel: d.places.level(assigner),
		OnlyOne:       true,
		Reported:      true,
		Evidence:      true,
		Reason:        "…",
		Date:          model.OnDay(d.today),
	}
}

// assigner is the unit that handed an item out: that of the item above.
func (d *data) assigner(r *model.Record) string {
	return d.byID[r.Get("parent").ID].Get(colUnit).ID
}

// needs reports whether a step asks for something of the kind.
func needs(step model.Step, what model.Need) bool { return slices.Contains(step.Needs, what) }

// asks are the entries of the dialog of a step, none if it asks for nothing.
func asks(step model.Step) []*model.Field {
	var out []*model.Field
	if needs(step, model.NeedDate) {
		label := map[string]string{ledgers.StepExtend: "申请延期至", ledgers.StepSuspend: "复核日期"}[step.Key]
		if label == "" {
			label = "日期"
		}
		out = append(out, &model.Field{Key: askDate, Label: label, Kind: model.KindDate, Required: true})
	}
	if needs(step, model.NeedReason) {
		label := "理由"
		if step.Key == ledgers.StepPaper {
			label = "谁、什么时候批准的"
		}
		out = append(out, &model.Field{Key: askReason, Label: label, Kind: model.KindLongText, Required: true})
	}
	return out
}

// Keys of the entries that a step may ask for.
const (
	askReason = "reason"
	askDate   = "date"
)

// likely is the step most want next in a state: the button beside 进展.
func likely(list []offer, r *model.Record) (offer, bool) {
	prefer := []string{ledgers.StepAssign, ledgers.StepAccept, ledgers.StepGrant, ledgers.StepClose, ledgers.StepApply, ledgers.StepReopen}
	if r.Get("state").Text == ledgers.StateDoing {
		// The word of a village is asked for first; 办结 without it is a way round.
		prefer = []string{ledgers.StepGrant, ledgers.StepApply, ledgers.StepClose}
	}
	for _, key := range prefer {
		for _, o := range list {
			if o.step.Key == key {
				return o, true
			}
		}
	}
	return offer{}, false
}
