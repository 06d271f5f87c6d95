package app

import (
	"context"
	"errors"
	"fmt"

	"xiangzhen/model"
	"xiangzhen/model/store"
)

// errFound ends a walk through records at the one looked for.
var errFound = errors.New("found")

// Position returns at which place, counted from 0, a record stands among those
// asked for, or -1 if it is not among them. Limit and Offset of the request do not
// matter.
func (a *App) Position(ctx context.Context, req ListRequest, id string) (int, error) {
	req.Limit, req.Offset = 0, 0
	_, q, err := a.query(ctx, req)
	if err != nil {
		return -1, err
	}
	at := -1
	err = a.store.Each(ctx, q, func(rec *model.Record) error {
		at++
		if rec.ID == id {
			return errFound
		}
		return nil
	})
	if errors.Is(err, errFound) {
		return at, nil
	}
	return -1, err
}

// DeleteMany removes records of one ledger as one operation: all of them or, if
// one may not go, none. With children their sub-trees go along; a record that went
// with an earlier one is passed over.
func (a *App) DeleteMany(ctx context.Context, ledger string, ids []string, withChildren bool) (Done, error) {
	if len(ids) == 1 {
		return a.Delete(ctx, ledger, ids[0], withChildren)
	}
	l, err := a.editable(ledger)
	if err != nil {
		return Done{}, err
	}
	op, err := a.do(ctx, "delete", fmt.Sprintf("删除 %d 条%s", len(ids), l.Label), func(tx *store.Tx) error {
		gone := 0
		for _, id := range ids {
			switch err := tx.Delete(l.Key, id, withChildren); {
			case gone > 0 && model.CodeOf(err) == model.CodeNotFound:
			case err != nil:
				return err
			default:
				gone++
			}
		}
		return nil
	})
	return Done{Op: op}, err
}
