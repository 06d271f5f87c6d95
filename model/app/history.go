package app

import (
	"context"

	"xiangzhen/model"
	"xiangzhen/model/store"
)

// Operations returns the newest operations first.
func (a *App) Operations(ctx context.Context, limit, offset int) ([]model.Operation, error) {
	return a.store.Operations(ctx, limit, offset)
}

// History returns the changes of one record, newest first.
func (a *App) History(ctx context.Context, ledger, id string) (*model.Ledger, []model.Entry, error) {
	l, err := a.Catalog().Find(ledger)
	if err != nil {
		return nil, nil, err
	}
	entries, err := a.store.History(ctx, l.Key, id)
	if err == nil && len(entries) == 0 {
		_, err = a.store.Get(ctx, l.Key, id)
	}
	return l, entries, err
}

// Entries returns the changes of one operation.
func (a *App) Entries(ctx context.Context, op int64) ([]model.Entry, error) {
	return a.store.Entries(ctx, op)
}

// Undo undoes an operation, or the last one that can be for 0. What was changed
// again since is kept and listed. Fields that senders have spoken on are settled
// anew, since their claims may have gone with the operation.
func (a *App) Undo(ctx context.Context, op int64) (model.UndoResult, error) {
	target, err := a.undoTarget(ctx, op)
	if err == nil {
		err = a.mayUndo(ctx, target)
	}
	if err != nil {
		return model.UndoResult{}, err
	}
	result, _, err := a.store.Undo(ctx, op, a.Actor(), a.resettleUndone(ctx))
	return result, err
}

// Redo undoes the last undo.
func (a *App) Redo(ctx context.Context) (model.UndoResult, error) {
	target, err := a.store.Redoable(ctx)
	if err == nil {
		err = a.mayUndo(ctx, target)
	}
	if err != nil {
		return model.UndoResult{}, err
	}
	result, _, err := a.store.Redo(ctx, a.Actor(), a.resettleUndone(ctx))
	return result, err
}

// Undoable returns the operation that Undo(0) would undo, or nil.
func (a *App) Undoable(ctx context.Context) (*model.Operation, error) { return a.store.Undoable(ctx) }

// Redoable returns the operation that Redo would bring back, or nil.
func (a *App) Redoable(ctx context.Context) (*model.Operation, error) { return a.store.Redoable(ctx) }

func (a *App) resettleUndone(ctx context.Context) func(*store.Tx, *model.UndoResult) error {
	return func(tx *store.Tx, _ *model.UndoResult) error {
		touched, err := claimsTouched(ctx, tx)
		if err != nil {
			return err
		}
		return a.resettle(ctx, tx, touched)
	}
}
