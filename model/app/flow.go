package app

import (
	"context"
	"fmt"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/store"
)

// FlowRequest takes one step of a ledger's flow on one or many items.
type FlowRequest struct {
	Ledger string
	IDs    []string
	Step   string // its Chinese word or key
	Reason string
	Date   string // in words, where the step asks for a day
}

// Flow takes a step. It is taken on all items or, if one of them may not take
// it, on none.
func (a *App) Flow(ctx context.Context, req FlowRequest) (Done, error) {
	l, err := a.editable(req.Ledger)
	if err != nil {
		return Done{}, err
	}
	if l.Flow == nil {
		return Done{}, model.Errorf(model.CodeUsage, "台账“%s”没有办理流程。", l.Label)
	}
	step := l.Flow.Step(req.Step)
	if step == nil {
		return Done{}, model.Errorf(model.CodeUsage, "没有“%s”这一步。可用：%s。", req.Step, ledgers.StepWords(l.Flow))
	}
	if err := a.may(ctx, rightOfStep(step)); err != nil {
		return Done{}, err
	}
	var done Done
	done.Op, err = a.do(ctx, "flow", step.Label+countLabel(len(req.IDs)), func(tx *store.Tx) error {
		c, err := a.checker(ctx, tx)
		if err != nil {
			return err
		}
		t := &stepTaker{App: a, tx: tx, res: a.resolver(ctx, tx), checks: c, ledger: l, step: step, req: req, done: &done}
		for _, id := range req.IDs {
			if err := t.take(ctx, id); err != nil {
				return err
			}
		}
		return nil
	})
	return done, err
}

func countLabel(n int) string {
	if n == 1 {
		return ""
	}
	return fmt.Sprintf(" %d 项", n)
}

// stepTaker takes one step on items of one ledger.
type stepTaker struct {
	*App
	tx     *store.Tx
	res    *resolver
	checks *checker
	ledger *model.Ledger
	step   *model.Step
	req    FlowRequest
	done   *Done
}

// take takes the step on one item and adds it, and what is doubtful about it, to
// what was done.
func (t *stepTaker) take(ctx context.Context, id string) error {
	rec, err := t.tx.Get(ctx, t.ledger.Key, id)
	if err != nil {
		return err
	}
	facts, err := t.facts(ctx, rec)
	if err != nil {
		return err
	}
	values, err := ledgers.TakeStep(t.ledger, t.step, rec, facts)
	if err != nil {
		return err
	}
	if _, err := t.tx.Set(t.ledger.Key, rec.ID, values); err != nil {
		return err
	}
	if rec, err = t.tx.Get(ctx, t.ledger.Key, rec.ID); err != nil {
		return err
	}
	t.done.Records = append(t.done.Records, rec)
	return t.doubt(ctx, rec)
}

// facts gathers what the rules of a flow ask about the actor and the item.
func (t *stepTaker) facts(ctx context.Context, rec *model.Record) (ledgers.Facts, error) {
	date, problems := rule.Parse(ledgers.StepDate, rule.Input{Text: t.req.Date, Ref: t.Today()})
	if err := firstFault(problems); err != nil {
		return ledgers.Facts{}, err
	}
	parent, err := t.checks.parent(ctx, t.ledger, rec)
	if err != nil {
		return ledgers.Facts{}, err
	}
	facts := t.factsOf(t.res, rec, parent)
	facts.Params, facts.Reason, facts.Date = t.checks.params, t.req.Reason, date
	return facts, t.res.err
}

// doubt lists what a person should look at after the step; none of it holds the
// step back.
func (t *stepTaker) doubt(ctx context.Context, rec *model.Record) error {
	before, err := t.before(ctx, rec)
	if err != nil {
		return err
	}
	t.done.Problems = append(t.done.Problems, ledgers.StepDoubts(t.ledger, t.step, rec, before)...)
	if !ledgers.SetsLimit(t.step) {
		return nil
	}
	found, err := t.checks.problems(ctx, t.ledger, rec)
	t.done.Problems = append(t.done.Problems, slices.DeleteFunc(found, func(p model.Problem) bool {
		return p.Level != model.Doubt || p.Field != "due" && p.Field != "review_on"
	})...)
	return err
}

// before returns the item that this one waits for (前置事项), nil for none.
func (t *stepTaker) before(ctx context.Context, rec *model.Record) (*model.Record, error) {
	id := rec.Get("after").ID
	if id == "" {
		return nil, nil
	}
	before, err := t.tx.Get(ctx, t.ledger.Key, id)
	if model.CodeOf(err) == model.CodeNotFound {
		return nil, nil
	}
	return before, err
}

// factsOf is what is known of an item whose item above is at hand: not what comes
// with the step (Reason, Date), nor Params.
func (a *App) factsOf(res *resolver, rec, parent *model.Record) ledgers.Facts {
	holder, assigner := rec.Get("unit").ID, parent.Get("unit").ID
	if assigner == "" {
		assigner = rec.Get("issuer").ID
	}
	return ledgers.Facts{
		Actor:         a.Actor(),
		Today:         a.Today(),
		IsHolder:      holder != "" && holder == a.Actor().Unit,
		IsAbove:       res.isBelow(rec.Area, res.areaOf(a.Actor().Unit)) && holder != a.Actor().Unit,
		HolderLevel:   res.levelOf(holder),
		Assigner:      assigner,
		AssignerLevel: res.levelOf(assigner),
		// One user who may do all is the default until users are set up.
		OnlyOne:  true,
		Reported: !rec.Get("latest_text").IsEmpty(),
		Evidence: !rec.Get("files").IsEmpty(),
	}
}

// SplitRequest hands an item down to many receivers at once.
type SplitRequest struct {
	Ledger string
	ID     string
	To     []string // names of areas or units
	Shares []string // target quantities, one for each receiver or none at all
}

// Split makes one child of the item for each receiver (分解) in one operation.
func (a *App) Split(ctx context.Context, req SplitRequest) (Done, error) {
	l, err := a.editable(req.Ledger)
	if err != nil {
		return Done{}, err
	}
	if l.Parent == "" {
		return Done{}, model.Errorf(model.CodeUsage, "台账“%s”不分上下级，不能分解。", l.Label)
	}
	if len(req.Shares) > 0 && l.Field("target_qty") == nil {
		return Done{}, model.Errorf(model.CodeUsage, "台账“%s”没有目标量，不能按数量分解。", l.Label)
	}
	if len(req.Shares) > 0 && len(req.Shares) != len(req.To) {
		return Done{}, model.Errorf(model.CodeUsage, "给了 %d 个单位、%d 个指标，个数要一致。", len(req.To), len(req.Shares))
	}
	var done Done
	done.Op, err = a.do(ctx, "split", fmt.Sprintf("分解%s到 %d 个单位", l.Label, len(req.To)), func(tx *store.Tx) error {
		parent, err := tx.Get(ctx, l.Key, req.ID)
		if err != nil {
			return err
		}
		receivers, err := a.receivers(ctx, tx, l, req)
		if err != nil {
			return err
		}
		done.Records, done.Problems = ledgers.Split(parent, receivers)
		for _, rec := range done.Records {
			if err := tx.Add(rec); err != nil {
				return err
			}
		}
		return nil
	})
	return done, err
}

// receivers resolves the names and shares of a split; each must be clear.
func (a *App) receivers(ctx context.Context, tx *store.Tx, l *model.Ledger, req SplitRequest) ([]ledgers.Receiver, error) {
	res := a.resolver(ctx, tx)
	share := l.Field("target_qty")
	out := make([]ledgers.Receiver, len(req.To))
	for i, name := range req.To {
		v, err := res.one(unitRef, name, a.homeID())
		if err != nil {
			return nil, err
		}
		out[i] = ledgers.Receiver{ID: v.ID, Words: v.Text, Area: res.areaOf(v.ID)}
		if len(req.Shares) == 0 {
			continue
		}
		n, problems := rule.Parse(share, rule.Input{Text: req.Shares[i], Ref: a.Today()})
		if err := firstFault(problems); err != nil {
			return nil, err
		}
		out[i].Share = n
	}
	return out, res.err
}

// Offers lists what the items below an item might take over of its limit; SetMany
// takes what a person chooses of it.
func (a *App) Offers(ctx context.Context, ledger, id string) ([]ledgers.Offer, error) {
	l, parent, err := a.Get(ctx, ledger, id)
	if err != nil || l.Parent == "" {
		return nil, err
	}
	below, err := a.store.Find(ctx, l.Key, map[string]model.Value{l.Parent: model.Reference(parent.ID, "")}, "")
	return ledgers.Offers(parent, below), err
}
