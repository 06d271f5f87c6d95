package store

import (
	"fmt"

	"xiangzhen/model"
)

// undo is the taking back of one operation.
type undo struct {
	tx     *Tx
	result *model.UndoResult
	done   map[recordKey]bool
	owed   map[recordKey]bool // records that were deleted and could not be put back
}

// phases sorts what an operation did by what taking it back means.
type phases struct {
	merged  []*net // aliases it noted
	parted  []*net // aliases it took back
	deleted []*net
	changed []*net
	added   []*net
}

func phasesOf(nets []*net) phases {
	var p phases
	for _, n := range nets {
		list := &p.changed
		switch {
		case n.ledger == aliasTable && n.exists:
			list = &p.merged
		case n.ledger == aliasTable:
			list = &p.parted
		case n.existed && !n.exists:
			list = &p.deleted
		case !n.existed && n.exists:
			list = &p.added
		case !n.existed:
			continue // came and went
		}
		*list = append(*list, n)
	}
	return p
}

// run puts back what was deleted, then takes back what was merged, so that the
// loser's id means itself again, then what was changed, so that references are in
// place before it is asked who still refers to what was added.
func (u *undo) run(nets []*net) error {
	if err := u.tx.loadAliases(); err != nil {
		return err
	}
	p := phasesOf(nets)
	for _, step := range []func() error{
		func() error { return each(p.merged, u.suspendAlias) },
		func() error { return u.reinsertAll(p.deleted) },
		func() error { return each(p.merged, u.forgetAlias) },
		func() error { return each(p.changed, u.restore) },
		func() error { return u.removeAdded(p.added) },
		func() error { return each(p.parted, u.renewAlias) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func each[T any](list []T, fn func(T) error) error {
	for _, e := range list {
		if err := fn(e); err != nil {
			return err
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

const noLedger = "它所在的台账已经不用了，请先恢复台账"

// table returns the table of a net; nil, with a reason listed, if the ledger is
// no longer in force.
func (u *undo) table(n *net) *table {
	t := u.tx.schema.tables[n.ledger]
	if t == nil {
		u.refuse(n, "", noLedger)
	}
	return t
}

// exists reports whether a record is there under its own id.
func (u *undo) exists(t *table, id string) (bool, error) {
	n, err := u.tx.ses.number(u.tx.quiet, "SELECT count(*) FROM "+t.sqlName()+" WHERE id = ?", id)
	return n > 0, err
}

// reinsertAll puts the deleted records back, owners and parents before what
// hangs on them, whatever order they were deleted in.
func (u *undo) reinsertAll(nets []*net) error {
	for _, n := range nets {
		u.owed[n.key()] = true
	}
	waiting := nets
	for before := -1; len(waiting) != before; {
		before = len(waiting)
		var still []*net
		for _, n := range waiting {
			wait, err := u.reinsert(n)
			if err != nil {
				return err
			}
			if wait {
				still = append(still, n)
			}
		}
		waiting = still
	}
	for _, n := range waiting {
		t := u.tx.schema.tables[n.ledger]
		if t == nil {
			u.refuse(n, "", noLedger)
			continue
		}
		missing, err := u.missingAbove(t, n)
		if err != nil {
			return err
		}
		u.refuse(n, missing, "它的“%s”已被删除，请先恢复那条记录", t.byKey[missing].field.Label)
	}
	return nil
}

// reinsert puts a deleted record back in its place; wait is true while what it
// hangs on is not there.
func (u *undo) reinsert(n *net) (wait bool, err error) {
	t := u.tx.schema.tables[n.ledger]
	if t == nil {
		return true, nil
	}
	again, err := u.exists(t, n.id)
	if err != nil {
		return false, err
	}
	if again {
		u.keep(n, "", "同一编号的记录已经又有了")
		return false, nil
	}
	missing, err := u.missingAbove(t, n)
	if err != nil || missing != "" {
		return true, err
	}
	if err := u.tx.reinsert(t, n); err != nil {
		return false, err
	}
	delete(u.owed, n.key())
	u.done[n.key()] = true
	return false, u.tx.described(t)
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

// suspendAlias lets the ids that the operation's own merges gave up mean
// themselves again.
func (u *undo) suspendAlias(n *net) error {
	a, err := n.alias()
	delete(u.tx.aliases, recordKey{a.ledger, n.id})
	return err
}

// forgetAlias takes back what a merge noted. A merge is taken back whole or not at
// all: without the loser, what the winner got from it would be lost.
func (u *undo) forgetAlias(n *net) error {
	a, err := n.alias()
	if err != nil {
		return err
	}
	if t := u.tx.schema.tables[a.ledger]; t != nil && u.owed[recordKey{a.ledger, n.id}] {
		return model.Errorf(model.CodeInvalid, "不能撤回：被合并的%s恢复不了，它的上级已被删除。请先恢复上级。", t.Label)
	}
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
