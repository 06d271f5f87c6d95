package store

import (
	"slices"

	"xiangzhen/model"
)

// touch notes what happened to a record: before nil for a new one, after nil for
// one deleted.
func (tx *Tx) touch(t *table, n int64, before, after *model.Record) {
	known := before
	if known == nil {
		known = after
	}
	key := recordKey{t.Key, known.ID}
	e := tx.touched[key]
	if e == nil {
		e = &touch{added: before == nil}
		tx.touched[key] = e
	}
	e.n, e.deleted = n, after == nil
	delete(tx.kept, key)
	e.words = e.words || after != nil && t.wordsDiffer(before, after)
	if t.childrenDepend(before, after) {
		tx.parents[key] = true
	}
	for _, r := range []*model.Record{before, after} {
		if r != nil {
			tx.areas[r.Area] = true
			tx.noteAbove(t, r)
		}
	}
}

func (t *table) wordsDiffer(before, after *model.Record) bool {
	return slices.ContainsFunc(t.searched, func(c *column) bool { return before.Get(c.key) != after.Get(c.key) })
}

// noteAbove remembers the records whose derived fields may depend on r.
func (tx *Tx) noteAbove(t *table, r *model.Record) {
	if t.Parent != "" && t.hasDerived() {
		if id := r.Get(t.Parent).ID; id != "" {
			tx.above[recordKey{t.Key, id}] = true
		}
	}
	owner := t.Owner()
	if owner == nil {
		return
	}
	id := r.Get(owner.Key).ID
	if id == "" {
		return
	}
	for _, l := range tx.ledgersOf(owner.Ref.Ledgers, id) {
		if above := tx.schema.tables[l]; above != nil && above.latestFrom(t.Key) {
			tx.above[recordKey{l, id}] = true
		}
	}
}

// ledgersOf returns those of the ledgers in which the record may be: the one in
// which the operation has touched it, else all of them.
func (tx *Tx) ledgersOf(ledgers []string, id string) []string {
	for i, l := range ledgers {
		if tx.touched[recordKey{l, id}] != nil {
			return ledgers[i : i+1]
		}
	}
	return ledgers
}

// indexTouched brings the search index up to date with all that the operation wrote. It
// is done at the end and in one go: a statement with triggers in between would
// make FTS5 write out what it has gathered.
func (tx *Tx) indexTouched() error {
	stale := map[string][]int64{}
	kept := map[string]map[int64]*model.Record{}
	for key, e := range tx.touched {
		t := tx.schema.tables[key.ledger]
		if t == nil || t.System || e.deleted || !e.words {
			continue
		}
		stale[key.ledger] = append(stale[key.ledger], e.n)
		if r, ok := tx.kept[key]; ok {
			if kept[key.ledger] == nil {
				kept[key.ledger] = map[int64]*model.Record{}
			}
			kept[key.ledger][e.n] = r.Record
		}
		if !e.added {
			if err := t.unindex(tx.quiet, tx.ses, e.n); err != nil {
				return err
			}
		}
	}
	for _, ledger := range sortedKeys(stale) {
		slices.Sort(stale[ledger])
		if err := tx.index(tx.quiet, tx.schema.tables[ledger], stale[ledger], kept[ledger]); err != nil {
			return err
		}
	}
	return nil
}

// described follows a change of what the user has described.
func (tx *Tx) described(t *table) error {
	if !t.describes() {
		return nil
	}
	return tx.redescribe()
}

// describes reports whether records of the table change what tables there are.
func (t *table) describes() bool { return t.Key == userLedger || t.Key == userField }
