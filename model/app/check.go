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
		err := a.store.Each(ctx, model.Query{Ledger: l.Key}, func(rec *model.Record) error {
			found, err := c.problems(ctx, l, rec)
			out = append(out, found...)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("check %s: %w", l.Key, err)
		}
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
	parent, err := c.parent(ctx, l, rec)
	if err != nil {
		return nil, err
	}
	found := rule.Run(model.CheckInput{Ledger: l, Record: rec, Parent: parent, Params: c.params, Today: c.today})
	for i := range found {
		found[i].Ledger, found[i].Record = l.Key, rec.ID
	}
	return found, nil
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
