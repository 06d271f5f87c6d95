package store

import (
	"context"
	"database/sql"
	"slices"

	"xiangzhen/model"
)

func loadAliases(ctx context.Context, ses *session) (map[recordKey]string, error) {
	out := map[recordKey]string{}
	err := ses.each(ctx, func(r *sql.Rows) error {
		var key recordKey
		var winner string
		err := r.Scan(&key.id, &key.ledger, &winner)
		out[key] = winner
		return err
	}, "SELECT loser, ledger, winner FROM sys_alias")
	return out, err
}

// checkParent refuses to put a record under itself or under one below it.
func (tx *Tx) checkParent(t *table, id, parent string) error {
	above, err := tx.isAbove(t, id, parent)
	if err != nil || !above {
		return err
	}
	return invalid(t.Parent, "不能把一条%s放到它自己或它的下级下面。", t.Label)
}

// isAbove reports whether walking up from start, itself included, meets id.
func (tx *Tx) isAbove(t *table, id, start string) (bool, error) {
	seen := map[string]bool{}
	for p := start; p != "" && !seen[p]; {
		if p == id {
			return true, nil
		}
		seen[p] = true
		var up sql.NullString
		_, err := tx.ses.one(tx.quiet, []any{&up}, "SELECT "+quote(t.Parent+"__id")+" FROM "+t.sqlName()+" WHERE id = ?", p)
		if err != nil {
			return false, err
		}
		p = up.String
	}
	return false, nil
}

// Merge makes two records of the same thing one. Everything that refers to the
// loser refers to the winner afterwards, the winner's empty fields are filled
// from the loser, and the loser goes; its id stays known as the winner's.
func (tx *Tx) Merge(ledger, winner, loser string) error {
	t, err := tx.writable(ledger)
	if err != nil {
		return err
	}
	win, err := tx.need(t, winner)
	if err != nil {
		return err
	}
	lose, err := tx.need(t, loser)
	if err != nil {
		return err
	}
	if err := tx.checkMerge(t, win, lose); err != nil {
		return err
	}
	if err := tx.moveReferences(t, win, lose); err != nil {
		return err
	}
	// References among the records of the ledger may have touched both.
	if win, err = tx.need(t, win.ID); err == nil {
		lose, err = tx.need(t, lose.ID)
	}
	if err != nil {
		return err
	}
	if err := tx.fill(t, win, lose.Record); err != nil {
		return err
	}
	if err := tx.remove(t, lose); err != nil {
		return err
	}
	return tx.addAlias(t.Key, lose.ID, win.ID)
}

func (tx *Tx) checkMerge(t *table, win, lose row) error {
	switch {
	case win.ID == lose.ID:
		return model.Errorf(model.CodeInvalid, "这两条%s是同一条记录，不用合并。", t.Label)
	case t.Key == userLedger || t.Key == userField:
		return model.Errorf(model.CodeUnsupported, "%s不能合并。", t.Label)
	case t.Parent == "":
		return nil
	}
	for _, pair := range [][2]string{{win.ID, lose.ID}, {lose.ID, win.ID}} {
		above, err := tx.isAbove(t, pair[0], pair[1])
		if err != nil {
			return err
		}
		if above {
			return model.Errorf(model.CodeInvalid, "“%s”和“%s”是上下级，不能合并。", t.Name(win.Record), t.Name(lose.Record))
		}
	}
	return nil
}

// moveReferences leads everything that points at the loser to the winner; the
// words stay as they were written.
func (tx *Tx) moveReferences(t *table, win, lose row) error {
	for _, ref := range tx.schema.catalog.Referrers(t.Key) {
		from := tx.schema.tables[ref.Ledger.Key]
		if from.byKey[ref.Field.Key].secret() {
			continue
		}
		rows, err := loadRows(tx.quiet, tx.ses, from, tx.secrets, "t."+quote(ref.Field.Key+"__id")+" = ?", lose.ID)
		if err != nil {
			return err
		}
		for _, r := range rows {
			after := copyRecord(r.Record)
			after.Put(ref.Field.Key, model.Reference(win.ID, r.Get(ref.Field.Key).Text))
			if err := tx.update(from, r, after, []string{ref.Field.Key}); err != nil {
				return err
			}
		}
	}
	if t.Key != areaLedger {
		return nil
	}
	return tx.moveArea(win.ID, lose.ID)
}

// moveArea moves every record of an area to another.
func (tx *Tx) moveArea(winner, loser string) error {
	for _, t := range tx.schema.all() {
		rows, err := loadRows(tx.quiet, tx.ses, t, tx.secrets, "t.area = ?", loser)
		if err != nil {
			return err
		}
		for _, r := range rows {
			after := copyRecord(r.Record)
			after.Area = winner
			if err := tx.update(t, r, after, []string{model.AreaKey}); err != nil {
				return err
			}
		}
	}
	return nil
}

// fill gives the winner what it lacks and the loser had.
func (tx *Tx) fill(t *table, win row, lose *model.Record) error {
	after := copyRecord(win.Record)
	var keys []string
	for _, key := range sortedKeys(lose.Values) {
		if win.Get(key).IsEmpty() && !pointsAt(lose.Get(key), win.ID, lose.ID) {
			after.Put(key, lose.Get(key))
			keys = append(keys, key)
		}
	}
	if win.Area == "" && lose.Area != "" {
		after.Area = lose.Area
		keys = append(keys, model.AreaKey)
	}
	if len(keys) == 0 {
		return nil
	}
	return tx.update(t, win, after, keys)
}

// pointsAt keeps a record from being made to refer to itself.
func pointsAt(v model.Value, ids ...string) bool { return v.ID != "" && slices.Contains(ids, v.ID) }

func (tx *Tx) addAlias(ledger, loser, winner string) error {
	if err := tx.loadAliases(); err != nil {
		return err
	}
	tx.aliases[recordKey{ledger, loser}] = winner
	_, err := tx.ses.exec(tx.quiet, "INSERT INTO sys_alias(loser, ledger, winner) VALUES (?, ?, ?)", loser, ledger, winner)
	return err
}

// loadAliases reads what became of merged records, once an operation.
func (tx *Tx) loadAliases() error {
	if tx.aliases != nil {
		return nil
	}
	var err error
	tx.aliases, err = loadAliases(tx.quiet, tx.ses)
	return err
}

// winner returns what a record has become; its own id if it is still itself.
func (tx *Tx) winner(ledger, id string) string {
	for range maxAliases {
		next, merged := tx.aliases[recordKey{ledger, id}]
		if !merged {
			return id
		}
		id = next
	}
	return id
}
