package app

import (
	"context"

	"xiangzhen/model"
	"xiangzhen/model/store"
)

// RowChange is what a table says of one record: its fields in a person's words.
// Without an id it is a new record.
type RowChange struct {
	ID     string
	Assign []Assignment
}

// RowError says which of the rows given to SetMany was refused, counted from 0.
type RowError struct {
	Row int
	Err error
}

// Error returns the sentence of what is wrong with the row.
func (e *RowError) Error() string { return model.Sentence(e.Err) }

// Unwrap returns what is wrong with the row.
func (e *RowError) Unwrap() error { return e.Err }

// SetMany changes and adds records of one ledger in one operation: what was pasted
// or filled into a table. All rows are written or, where one is refused, none; the
// error is then a *RowError.
func (a *App) SetMany(ctx context.Context, ledger string, rows []RowChange) (Done, error) {
	l, err := a.editable(ledger)
	if err != nil {
		return Done{}, err
	}
	var done Done
	done.Op, err = a.do(ctx, "set", "修改"+l.Label+countLabel(len(rows)), func(tx *store.Tx) error {
		res := a.resolver(ctx, tx)
		for i, row := range rows {
			if err := a.putRow(ctx, tx, l, row, res, &done); err != nil {
				return &RowError{i, err}
			}
		}
		return nil
	})
	return done, err
}

// putRow writes one row and adds the record as it then is to what was done.
func (a *App) putRow(ctx context.Context, tx *store.Tx, l *model.Ledger, row RowChange, res *resolver, done *Done) error {
	rec := model.NewRecord(l.Key, "")
	if row.ID != "" {
		var err error
		if rec, err = tx.Get(ctx, l.Key, row.ID); err != nil {
			return err
		}
	}
	doubts, err := a.assign(l, rec, row.Assign, res)
	if err != nil {
		return err
	}
	done.Problems = append(done.Problems, doubts...)
	if row.ID == "" {
		a.complete(l, rec, res)
		if err := refuseTwin(ctx, tx, l, rec); err != nil {
			return err
		}
	}
	if err := a.check(ctx, tx, l, rec, done); err != nil {
		return err
	}
	done.Records = append(done.Records, rec)
	if row.ID == "" {
		return tx.Add(rec)
	}
	return a.write(tx, l, rec, row.Assign, res)
}
