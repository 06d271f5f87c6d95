package store

import (
	"context"

	"xiangzhen/model"
)

// Kinds of the operations that the store makes itself.
const (
	kindUndo = "undo"
	kindRedo = "redo"
)

// Undo takes an operation back by a new one (op 0: the last that can be). Of every
// record it puts back what it was before, comparing only the fields that the
// operation changed: a field that has another value by now is kept, a record that
// others refer to by now is refused; the result lists both. also, if not nil, runs
// in the same operation afterwards. An operation that was taken back already is
// refused (CodeInvalid); where all is kept or refused, nothing is written.
func (s *Store) Undo(ctx context.Context, op int64, actor model.Actor, also func(tx *Tx, result *model.UndoResult) error) (model.UndoResult, model.Change, error) {
	return s.takeBack(ctx, actor, also, func(tx *Tx) (*model.Operation, error) {
		if op == 0 {
			return tx.undoable(tx.quiet)
		}
		return tx.operation(tx.quiet, "o.id = ?", op)
	}, "没有可以撤回的操作。")
}

// Redo takes back the last undo, as long as nothing else was done since.
func (s *Store) Redo(ctx context.Context, actor model.Actor, also func(tx *Tx, result *model.UndoResult) error) (model.UndoResult, model.Change, error) {
	return s.takeBack(ctx, actor, also, func(tx *Tx) (*model.Operation, error) {
		return tx.redoable(tx.quiet)
	}, "没有可以重做的操作。")
}

// Undoable returns the operation that Undo(0) takes back, nil if there is none.
func (s *Store) Undoable(ctx context.Context) (*model.Operation, error) {
	return ask(ctx, s, func(v *view) (*model.Operation, error) { return v.undoable(ctx) })
}

// Redoable returns the operation that Redo takes back, nil if there is none.
func (s *Store) Redoable(ctx context.Context) (*model.Operation, error) {
	return ask(ctx, s, func(v *view) (*model.Operation, error) { return v.redoable(ctx) })
}

// undoable: the newest gesture of a user that is in force. The undo that asks has
// its own row already, so gestures are told by their kind. What founded the ledger
// is undone only by its number, so that one Ctrl+Z too many does not empty it.
func (v *view) undoable(ctx context.Context) (*model.Operation, error) {
	return v.operation(ctx, "o.kind NOT IN (?, ?, ?, ?) AND o.undone = 0 ORDER BY o.id DESC LIMIT 1", kindUndo, kindRedo, model.KindFound, KindDestroy)
}

// redoable: the newest undo in force, unless a newer gesture stands upon it.
func (v *view) redoable(ctx context.Context) (*model.Operation, error) {
	return v.operation(ctx, `o.kind = ? AND o.undoes <> 0 AND o.undone = 0
AND o.id > (SELECT coalesce(max(id), 0) FROM sys_op WHERE kind NOT IN (?, ?)) ORDER BY o.id DESC LIMIT 1`, kindUndo, kindUndo, kindRedo)
}

func (s *Store) takeBack(ctx context.Context, actor model.Actor, also func(*Tx, *model.UndoResult) error,
	find func(*Tx) (*model.Operation, error), none string,
) (model.UndoResult, model.Change, error) {
	var result model.UndoResult
	change, err := s.Do(ctx, model.Operation{Kind: kindUndo, Actor: actor}, func(tx *Tx) error {
		target, err := find(tx)
		if err != nil {
			return err
		}
		if target == nil {
			return model.Errorf(model.CodeNotFound, "%s", none)
		}
		if target.Undone != 0 {
			return model.Errorf(model.CodeInvalid, "“%s”已经撤回过了，不能再撤回一次。", target.Label)
		}
		if target.Kind == KindDestroy {
			return model.Errorf(model.CodeRefused, "“%s”不能撤回：内容已经销毁。", target.Label)
		}
		if err := tx.takeBack(target, &result); err != nil {
			return err
		}
		if also != nil {
			return also(tx, &result)
		}
		return nil
	})
	if err != nil {
		return model.UndoResult{}, change, err
	}
	result.Op = change.Op
	return result, change, nil
}

// takeBack names the operation, puts everything back, and notes who undid whom.
func (tx *Tx) takeBack(target *model.Operation, result *model.UndoResult) error {
	origin, err := tx.originOf(target)
	if err != nil {
		return err
	}
	tx.op.Undoes = target.ID
	tx.op.Label = "撤回：" + origin.Label
	if target.Kind == kindUndo {
		tx.op.Kind, tx.op.Label = kindRedo, "重做："+origin.Label
	}
	nets, err := tx.nets(target.ID)
	if err != nil {
		return err
	}
	u := &undo{tx: tx, result: result, done: map[recordKey]bool{}, owed: map[recordKey]bool{}}
	if err := u.run(nets); err != nil {
		return err
	}
	result.Undone = len(u.done)
	// An operation that came to nothing is undone by nothing; it must be noted, or
	// the operations before it could not be reached.
	tx.idle = len(result.Kept)+len(result.Refused) == 0
	return tx.markUndone(target)
}

// originOf follows undos of undos to the gesture they are about.
func (tx *Tx) originOf(op *model.Operation) (*model.Operation, error) {
	for op.Undoes != 0 {
		next, err := tx.operation(tx.quiet, "o.id = ?", op.Undoes)
		if err != nil {
			return nil, err
		}
		if next == nil {
			return nil, fault("operation %d undoes %d, which is missing", op.ID, op.Undoes)
		}
		op = next
	}
	return op, nil
}

// markUndone notes that this operation undid target, and what that means down the
// chain: what target had undone is in force again, and so on by turns.
func (tx *Tx) markUndone(target *model.Operation) error {
	by, inForce := tx.op.ID, false
	for op := target; op != nil; {
		undone := by
		if inForce {
			undone = 0
		}
		if _, err := tx.ses.exec(tx.quiet, "UPDATE sys_op SET undone = ? WHERE id = ?", undone, op.ID); err != nil {
			return err
		}
		if op.Undoes == 0 {
			return nil
		}
		by, inForce = op.ID, !inForce
		next, err := tx.operation(tx.quiet, "o.id = ?", op.Undoes)
		if err != nil {
			return err
		}
		op = next
	}
	return nil
}
