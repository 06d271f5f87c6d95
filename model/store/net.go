package store

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"slices"
	"strings"

	"xiangzhen/model"
)

// aliasTable is how the journal calls the table of merged records.
const aliasTable = "sys_alias"

// net is what an operation did to one record from its beginning to its end, as
// the journal has it. A key that is missing in before or after means no value.
type net struct {
	ledger, id      string
	existed, exists bool
	before, after   map[string]json.RawMessage
	row             json.RawMessage // n, revision, created … of a deleted record
	last            int64           // its last journal row
}

func (n *net) key() recordKey { return recordKey{n.ledger, n.id} }

// nets folds the journal of an operation, the record touched last first.
func (tx *Tx) nets(op int64) ([]*net, error) {
	byKey := map[recordKey]*net{}
	var out []*net
	err := tx.ses.each(tx.quiet, func(r *sql.Rows) error {
		var c journalRow
		if err := r.Scan(&c.n, &c.ledger, &c.id, &c.kind, &c.before, &c.after); err != nil {
			return err
		}
		key := recordKey{c.ledger, c.id}
		n := byKey[key]
		if n == nil {
			n = newNet(key, c.kind)
			byKey[key] = n
			out = append(out, n)
		}
		return n.fold(c)
	}, "SELECT n, ledger, record, kind, before, after FROM sys_change WHERE op = ? ORDER BY n", op)
	slices.SortFunc(out, func(a, b *net) int { return int(b.last - a.last) })
	return out, err
}

type journalRow struct {
	n             int64
	ledger, id    string
	kind          model.EntryKind
	before, after sql.NullString
}

func newNet(key recordKey, first model.EntryKind) *net {
	return &net{
		ledger: key.ledger, id: key.id, existed: first != model.Added,
		before: map[string]json.RawMessage{}, after: map[string]json.RawMessage{},
	}
}

// fold adds the next change of the record.
func (n *net) fold(c journalRow) error {
	n.last = c.n
	n.exists = c.kind != model.Deleted
	before, err := members(c.before)
	if err != nil {
		return err
	}
	after, err := members(c.after)
	if err != nil {
		return err
	}
	if c.kind == model.Deleted {
		n.row = before[jsonRow]
		delete(before, jsonRow)
		clear(n.after)
	}
	if n.existed {
		for key, v := range before {
			if _, known := n.before[key]; !known && c.kind != model.Added {
				n.before[key] = v
			}
		}
		for key := range after {
			if _, known := n.before[key]; !known {
				n.before[key] = nil
			}
		}
	}
	for key, v := range after {
		n.after[key] = v
	}
	return nil
}

func members(text sql.NullString) (map[string]json.RawMessage, error) {
	if !text.Valid {
		return nil, nil
	}
	return parseJournal(text.String)
}

// same compares journal JSON; a missing member is null.
func same(a, b json.RawMessage) bool { return bytes.Equal(orNull(a), orNull(b)) }

func orNull(raw json.RawMessage) json.RawMessage {
	if raw == nil {
		return json.RawMessage("null")
	}
	return raw
}

// changed lists the fields whose value at the end is not that at the beginning.
func (n *net) changed() []string {
	keys := sortedKeys(n.after)
	for key := range n.before {
		if _, known := n.after[key]; !known {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return slices.DeleteFunc(keys, func(key string) bool { return same(n.before[key], n.after[key]) })
}

// unchanged reports whether a record that was added is as it was then.
func (n *net) unchanged(now map[string]json.RawMessage) bool {
	for key, v := range now {
		if !same(v, n.after[key]) {
			return false
		}
	}
	for key, v := range n.after {
		if !same(v, now[key]) {
			return false
		}
	}
	return true
}

// value reads a field as it was before.
func (n *net) value(t *table, key string, s secrets) (model.Value, error) {
	src, err := columnValues(orNull(n.before[key]))
	if err != nil {
		return model.Value{}, err
	}
	return t.byKey[key].scan(src, s.of(n.ledger, n.id))
}

// aliasEntry is the journal JSON of an alias.
type aliasEntry struct{ ledger, winner string }

func (n *net) alias() (aliasEntry, error) {
	side := n.after
	if n.existed {
		side = n.before
	}
	var a aliasEntry
	if err := json.Unmarshal(orNull(side["ledger"]), &a.ledger); err != nil {
		return a, err
	}
	return a, json.Unmarshal(orNull(side["winner"]), &a.winner)
}

// rawRow is a record as the journal would have it now.
func (tx *Tx) rawRow(t *table, id string) (map[string]json.RawMessage, bool, error) {
	var text string
	found, err := tx.ses.one(tx.quiet, []any{&text}, "SELECT "+braces(t.wholeJSON("t"))+" FROM "+t.sqlName()+" t WHERE t.id = ?", id)
	if err != nil || !found {
		return nil, found, err
	}
	now, err := parseJournal(text)
	return now, true, err
}

// column returns a field of the table, described or not.
func (t *table) column(key string) *column {
	i := slices.IndexFunc(t.columns, func(c column) bool { return c.key == key })
	if i < 0 {
		return nil
	}
	return &t.columns[i]
}

// rawColumns gives the names and values of the columns of fields as they were,
// references led to what has been merged since.
func (tx *Tx) rawColumns(t *table, n *net, keys []string) (names []string, args []any, err error) {
	for _, key := range keys {
		src, err := columnValues(orNull(n.before[key]))
		if err != nil {
			return nil, nil, err
		}
		if key == jsonArea {
			names, args = append(names, "area"), append(args, nullable(tx.winner(areaLedger, asString(src[0]))))
			continue
		}
		c := t.column(key)
		if c == nil {
			return nil, nil, fault("journal of %s has %q, which is no column", t.Key, key)
		}
		list := c.names()
		for len(src) < len(list) {
			src = append(src, nil)
		}
		if c.field != nil && c.field.Ref != nil && !c.secret() && src[0] != nil {
			src[1] = tx.lead(c.field, asString(src[1]))
		}
		names, args = append(names, quoteAll(list)...), append(args, src[:len(list)]...)
	}
	return names, args, nil
}

// restore writes fields of a record back.
func (tx *Tx) restore(t *table, n *net, keys []string) error {
	before, err := tx.need(t, n.id)
	if err != nil {
		return err
	}
	names, args, err := tx.rawColumns(t, n, keys)
	if err != nil {
		return err
	}
	for i := range names {
		names[i] += " = ?"
	}
	if err := tx.write(t, before.n, names, args); err != nil {
		return err
	}
	after, err := tx.need(t, n.id)
	if err == nil {
		tx.touch(t, before.n, before.Record, after.Record)
	}
	return err
}

// reinsert writes a deleted record with its n, its id and its beginnings; its
// revision counts on.
func (tx *Tx) reinsert(t *table, n *net) error {
	row, err := columnValues(orNull(n.row))
	if err != nil {
		return err
	}
	if len(row) != deletedMembers {
		return fault("journal of %s %s has no place", t.Key, n.id)
	}
	names, args, err := tx.rawColumns(t, n, sortedKeys(n.before))
	if err != nil {
		return err
	}
	names = append(names, "n", "id", "revision", "created_at", "created_by", "changed_at", "changed_by")
	args = append(args, row[0], n.id, asInt(row[1])+1, row[2], row[3], tx.op.At.UnixMilli(), tx.by)
	if _, err := tx.ses.exec(tx.quiet, "INSERT INTO "+t.sqlName()+" ("+strings.Join(names, ", ")+") VALUES (?"+
		strings.Repeat(", ?", len(names)-1)+")", args...); err != nil {
		return err
	}
	r, err := tx.need(t, n.id)
	if err == nil {
		tx.touch(t, r.n, nil, r.Record)
	}
	return err
}

// deletedMembers is the number of members of "#" in the journal of a deletion.
const deletedMembers = 6
