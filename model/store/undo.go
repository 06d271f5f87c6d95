package store

import (
	"context"
	"fmt"

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
// its own row already, so gestures are told by their kind.
func (v *view) undoable(ctx context.Context) (*model.Operation, error) {
	return v.operation(ctx, "o.kind NOT IN (?, ?) AND o.undone = 0 ORDER BY o.id DESC LIMIT 1", kindUndo, kindRedo)
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

// undo is the taking back of one operation.
type undo struct {
	tx     *Tx
	result *model.UndoResult
	done   map[recordKey]bool
	owed   map[recordKey]bool // records that were deleted and could not be put back
}

// run puts back what was deleted, then takes back what was merged, so that the
// loser's id means itself again, then what was changed, so that references are in
// place before it is asked who still refers to what was added.
func (u *undo) run(nets []*net) error {
	if err := u.tx.loadAliases(); err != nil {
		return err
	}
	for _, step := range []struct {
		of func(*net) bool
		do func(*net) error
	}{
		{func(n *net) bool { return n.ledger != aliasTable && n.existed && !n.exists }, u.reinsert},
		{func(n *net) bool { return n.ledger == aliasTable && n.exists }, u.forgetAlias},
		{func(n *net) bool { return n.ledger != aliasTable && n.existed && n.exists }, u.restore},
	} {
		for _, n := range nets {
			if step.of(n) {
				if err := step.do(n); err != nil {
					return err
				}
			}
		}
	}
	if err := u.removeAdded(nets); err != nil {
		return err
	}
	for _, n := range nets {
		if n.ledger == aliasTable && !n.exists {
			if err := u.renewAlias(n); err != nil {
				return err
			}
		}
	}
	return nil
}

func (u *undo) keep(n *net, field, reason string) {
	u.result.Kept = append(u.result.Kept, model.UndoItem{Ledger: n.ledger, Record: n.id, Field: field, Reason: reason})
}

func (u *undo) refuse(n *net, field, format string, args ...any) {
	u.result.Refused = append(u.result.Refused, model.UndoItem{
		Ledger: n.ledger, Record: n.id, Field: field, Reason: fmt.Sprintf(format, args...),
	})
}

// table returns the table of a net; nil, with a reason listed, if the ledger is
// no longer in force.
func (u *undo) table(n *net) *table {
	t := u.tx.schema.tables[n.ledger]
	if t == nil {
		u.refuse(n, "", "它所在的台账已经不用了，请先恢复台账")
	}
	return t
}

// exists reports whether a record is there under its own id.
func (u *undo) exists(t *table, id string) (bool, error) {
	n, err := u.tx.ses.number(u.tx.quiet, "SELECT count(*) FROM "+t.sqlName()+" WHERE id = ?", id)
	return n > 0, err
}

// reinsert puts a deleted record back in its place.
func (u *undo) reinsert(n *net) error {
	u.owed[n.key()] = true
	t := u.table(n)
	if t == nil {
		return nil
	}
	again, err := u.exists(t, n.id)
	if err != nil {
		return err
	}
	if again {
		u.keep(n, "", "同一编号的记录已经又有了")
		return nil
	}
	missing, err := u.missingAbove(t, n)
	if err != nil {
		return err
	}
	if missing != "" {
		u.refuse(n, missing, "它的“%s”已被删除，请先恢复那条记录", t.byKey[missing].field.Label)
		return nil
	}
	if err := u.tx.reinsert(t, n); err != nil {
		return err
	}
	delete(u.owed, n.key())
	u.done[n.key()] = true
	return u.tx.described(t)
}

// missingAbove names the field that points at an owner or parent who has been
// deleted.
func (u *undo) missingAbove(t *table, n *net) (string, error) {
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Key != t.Parent && !f.IsOwner() || n.before[f.Key] == nil {
			continue
		}
		v, err := n.value(t, f.Key, u.tx.secrets)
		if err != nil {
			return "", err
		}
		if gone, err := u.deleted(u.tx.lead(f, v.ID), f.Ref.Ledgers); err != nil || gone {
			return f.Key, err
		}
	}
	return "", nil
}

// deleted reports whether a record was in one of the ledgers and is there no more.
func (u *undo) deleted(id string, ledgers []string) (bool, error) {
	if id == "" {
		return false, nil
	}
	for _, l := range ledgers {
		t := u.tx.schema.tables[l]
		if t == nil {
			continue
		}
		if there, err := u.exists(t, id); err != nil || there {
			return false, err
		}
	}
	n, err := u.tx.ses.number(u.tx.quiet, "SELECT count(*) FROM sys_change WHERE record = ? AND kind = 'deleted'", id)
	return n > 0, err
}

const laterChanged = "之后被改过"

// restore writes back the fields that the operation changed and nobody since.
func (u *undo) restore(n *net) error {
	changed := n.changed()
	if len(changed) == 0 {
		return nil
	}
	t := u.table(n)
	if t == nil {
		return nil
	}
	now, found, err := u.tx.rawRow(t, n.id)
	if err != nil {
		return err
	}
	if !found {
		u.refuse(n, "", "记录之后已被删除或合并")
		return nil
	}
	var back []string
	for _, key := range changed {
		if same(now[key], n.after[key]) {
			back = append(back, key)
		} else {
			u.keep(n, key, laterChanged)
		}
	}
	if back, err = u.withoutLoop(t, n, back); err != nil || len(back) == 0 {
		return err
	}
	if err := u.tx.restore(t, n, back); err != nil {
		return err
	}
	u.done[n.key()] = true
	return u.tx.described(t)
}

// withoutLoop leaves out the parent if putting it back would close a loop.
func (u *undo) withoutLoop(t *table, n *net, keys []string) ([]string, error) {
	var out []string
	for _, key := range keys {
		if key == t.Parent {
			v, err := n.value(t, key, u.tx.secrets)
			if err != nil {
				return nil, err
			}
			above, err := u.tx.isAbove(t, n.id, v.ID)
			if err != nil {
				return nil, err
			}
			if above {
				u.refuse(n, key, "原来的上级现在在它的下面")
				continue
			}
		}
		out = append(out, key)
	}
	return out, nil
}

// removeAdded deletes what the operation added, unless it was changed since or
// others refer to it.
func (u *undo) removeAdded(nets []*net) error {
	var list []doomed
	byKey := map[recordKey]*net{}
	for _, n := range nets {
		if n.existed || !n.exists || n.ledger == aliasTable {
			continue
		}
		d, ok, err := u.removable(n)
		if err != nil {
			return err
		}
		if ok {
			list = append(list, d)
			byKey[n.key()] = n
		}
	}
	list, err := u.unused(list, byKey)
	if err != nil {
		return err
	}
	for _, d := range list {
		if err := u.tx.remove(d.t, d.row); err != nil {
			return err
		}
		u.done[recordKey{d.t.Key, d.ID}] = true
		if err := u.tx.described(d.t); err != nil {
			return err
		}
	}
	return nil
}

// removable loads an added record if it is still as the operation left it.
func (u *undo) removable(n *net) (doomed, bool, error) {
	t := u.table(n)
	if t == nil {
		return doomed{}, false, nil
	}
	now, found, err := u.tx.rawRow(t, n.id)
	if err != nil {
		return doomed{}, false, err
	}
	switch {
	case !found:
		u.keep(n, "", "之后已被删除或合并")
		return doomed{}, false, nil
	case !n.unchanged(now):
		u.keep(n, "", laterChanged)
		return doomed{}, false, nil
	}
	r, err := u.tx.need(t, n.id)
	return doomed{t, r}, err == nil, err
}

// unused leaves out the records that others refer to, until none of the rest is
// referred to but by the rest.
func (u *undo) unused(list []doomed, byKey map[recordKey]*net) ([]doomed, error) {
	gone := map[recordKey]bool{}
	for _, d := range list {
		gone[recordKey{d.t.Key, d.ID}] = true
	}
	for again := true; again; {
		again = false
		var rest []doomed
		for _, d := range list {
			uses, err := u.tx.uses([]doomed{d}, gone)
			if err != nil {
				return nil, err
			}
			if len(uses) == 0 {
				rest = append(rest, d)
				continue
			}
			key := recordKey{d.t.Key, d.ID}
			u.refuse(byKey[key], "", "还有 %s用着它", sayUses(uses))
			delete(gone, key)
			again = true
		}
		list = rest
	}
	return list, nil
}

// forgetAlias takes back what a merge noted, unless the loser could not be put
// back: then its id goes on meaning the winner.
func (u *undo) forgetAlias(n *net) error {
	a, err := n.alias()
	loser := recordKey{a.ledger, n.id}
	if err != nil || u.owed[loser] {
		return err
	}
	delete(u.tx.aliases, loser)
	_, err = u.tx.ses.exec(u.tx.quiet, "DELETE FROM sys_alias WHERE loser = ? AND ledger = ?", n.id, a.ledger)
	return err
}

// renewAlias notes a merge again, unless the loser is still there.
func (u *undo) renewAlias(n *net) error {
	a, err := n.alias()
	if err != nil {
		return err
	}
	if t := u.tx.schema.tables[a.ledger]; t != nil {
		if there, err := u.exists(t, n.id); err != nil || there {
			return err
		}
	}
	return u.tx.addAlias(a.ledger, n.id, a.winner)
}
