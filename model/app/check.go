package app

import (
	"context"
	"fmt"

	"xiangzhen/model"
	"xiangzhen/model/rule"
	"xiangzhen/model/store"
)

// Check runs every rule over every record of one ledger, or of all for "".
func (a *App) Check(ctx context.Context, ledger string) ([]model.Problem, error) {
	chosen, err := a.chosenLedgers(ledger)
	if err != nil {
		return nil, err
	}
	c, err := a.checker(ctx, a.store)
	if err != nil {
		return nil, err
	}
	var out []model.Problem
	for _, l := range chosen {
		found, err := c.whole(ctx, l)
		if err != nil {
			return nil, fmt.Errorf("check %s: %w", l.Key, err)
		}
		out = append(out, found...)
	}
	return out, nil
}

// checkRows is how many records are checked at a time: what is beside them is
// looked up in one go.
const checkRows = 1000

// whole checks every record of a ledger.
func (c *checker) whole(ctx context.Context, l *model.Ledger) ([]model.Problem, error) {
	b := newBesides(c.r, l)
	if err := b.knowTwins(ctx); err != nil {
		return nil, err
	}
	var out []model.Problem
	batch := make([]*model.Record, 0, checkRows)
	flush := func() error {
		found, err := c.batch(ctx, b, batch)
		out, batch = append(out, found...), batch[:0]
		return err
	}
	err := c.r.Each(ctx, model.Query{Ledger: l.Key}, func(rec *model.Record) error {
		if batch = append(batch, rec); len(batch) < checkRows {
			return nil
		}
		return flush()
	})
	if err == nil {
		err = flush()
	}
	return out, err
}

// batch checks some records of one ledger.
func (c *checker) batch(ctx context.Context, b *besides, records []*model.Record) ([]model.Problem, error) {
	near, err := b.near(ctx, records)
	if err != nil {
		return nil, err
	}
	var out []model.Problem
	for i, rec := range records {
		parent, err := c.parent(ctx, b.l, rec)
		if err != nil {
			return nil, err
		}
		out = append(out, rule.Run(model.CheckInput{Ledger: b.l, Record: rec, Parent: parent, Params: c.params, Today: c.today, Near: near[i]})...)
	}
	return out, nil
}

func (a *App) chosenLedgers(name string) ([]*model.Ledger, error) {
	if name != "" {
		l, err := a.Catalog().Find(name)
		return []*model.Ledger{l}, err
	}
	var out []*model.Ledger
	for _, l := range a.Catalog().All() {
		if !l.System {
			out = append(out, l)
		}
	}
	return out, nil
}

// checker runs the rules with the parameters of one moment.
type checker struct {
	r      store.Reader
	params model.Params
	today  model.Day
}

func (a *App) checker(ctx context.Context, r store.Reader) (*checker, error) {
	p, err := params(ctx, r, a.Today())
	return &checker{r, p, a.Today()}, err
}

// problems returns what the rules find in the record as it stands.
func (c *checker) problems(ctx context.Context, l *model.Ledger, rec *model.Record) ([]model.Problem, error) {
	return c.batch(ctx, newBesides(c.r, l), []*model.Record{rec})
}

func (c *checker) parent(ctx context.Context, l *model.Ledger, rec *model.Record) (*model.Record, error) {
	id := rec.Get(l.Parent).ID
	if l.Parent == "" || id == "" {
		return nil, nil
	}
	parent, err := c.r.Get(ctx, l.Key, id)
	if model.CodeOf(err) == model.CodeNotFound {
		return nil, nil
	}
	return parent, err
}

// check runs the rules over a record about to be written: an 错误 is the error,
// the rest joins what the gesture reports.
func (a *App) check(ctx context.Context, r store.Reader, l *model.Ledger, rec *model.Record, done *Done) error {
	c, err := a.checker(ctx, r)
	if err != nil {
		return err
	}
	found, err := c.problems(ctx, l, rec)
	if err != nil {
		return err
	}
	if err := firstFault(found); err != nil {
		return err
	}
	done.Problems = append(done.Problems, found...)
	return nil
}
