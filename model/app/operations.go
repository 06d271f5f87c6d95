package app

import (
	"context"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/store"
)

// OperationRequest asks for operations; all its parts must hold.
type OperationRequest struct {
	Words         string    // in the operation's name or that of who did it
	Ledger        string    // key of a ledger it touched
	From, To      model.Day // both included; "" bounds nothing
	Limit, Offset int       // Limit 0 = all
}

// OperationPage is the answer: a page of operations, newest first, and how many fit.
type OperationPage = store.OperationPage

// FindOperations lists the operations that fit, newest first, with their number.
func (a *App) FindOperations(ctx context.Context, req OperationRequest) (OperationPage, error) {
	q := store.OperationQuery{Words: req.Words, Ledger: req.Ledger, Limit: req.Limit, Offset: req.Offset}
	if req.From != "" {
		q.From = a.startOf(req.From)
	}
	if req.To != "" {
		q.Before = a.startOf(req.To.Add(1))
	}
	return a.store.FindOperations(ctx, q)
}

// startOf is the first moment of a day where the program's clock stands.
func (a *App) startOf(d model.Day) time.Time {
	t := d.Time()
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, a.now().Location())
}
