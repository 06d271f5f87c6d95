package app

import (
	"context"
	"fmt"

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
	var done Done
	done.Op, err = a.do(ctx, "flow", step.Label+countLabel(len(req.IDs)), func(tx *store.Tx) error {
		for _, id := range req.IDs {
			rec, err := a.takeStep(ctx, tx, l, step, id, req)
			if err != nil {
				return err
			}
			done.Records = append(done.Records, rec)
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

func (a *App) takeStep(ctx context.Context, tx *store.Tx, l *model.Ledger, step *model.Step, id string, req FlowRequest) (*model.Record, error) {
	rec, err := tx.Get(ctx, l.Key, id)
	if err != nil {
		return nil, err
	}
	date, problems := rule.Parse(ledgers.StepDate, rule.Input{Text: req.Date, Ref: a.Today()})
	if err := firstFault(problems); err != nil {
		return nil, err
	}
	facts, err := a.facts(ctx, tx, l, rec)
	if err != nil {
		return nil, err
	}
	facts.Reason, facts.Date = req.Reason, date
	values, err := ledgers.TakeStep(l, step, rec, facts)
	if err != nil {
		return nil, err
	}
	if _, err := tx.Set(l.Key, rec.ID, values); err != nil {
		return nil, err
	}
	return tx.Get(ctx, l.Key, rec.ID)
}

// facts gathers what the rules of a flow ask about the actor and the item.
func (a *App) facts(ctx context.Context, tx *store.Tx, l *model.Ledger, rec *model.Record) (ledgers.Facts, error) {
	res := a.resolver(ctx, tx)
	holder := rec.Get("unit").ID
	parent, err := (&checker{r: tx}).parent(ctx, l, rec)
	if err != nil {
		return ledgers.Facts{}, err
	}
	assigner := parent.Get("unit").ID
	facts := ledgers.Facts{
		Actor:         a.actor,
		Today:         a.Today(),
		IsHolder:      holder != "" && holder == a.actor.Unit,
		IsAbove:       res.isBelow(rec.Area, res.areaOf(a.actor.Unit)) && holder != a.actor.Unit,
		HolderLevel:   res.levelOf(holder),
		Assigner:      assigner,
		AssignerLevel: res.levelOf(assigner),
		// One user who may do all is the default until users are set up.
		OnlyOne:  true,
		Reported: !rec.Get("latest_text").IsEmpty(),
		Evidence: !rec.Get("files").IsEmpty(),
	}
	return facts, res.err
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
