package store

import (
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"xiangzhen/model"
)

// audit reads a whole ledger file and notes what does not agree in it. It knows
// nothing of the descriptions of ledgers: it holds the tables against the journal,
// and the journal against its chain.
type audit struct {
	ctx    context.Context
	ses    *session
	report *Report
}

// maxTold bounds how many findings of one kind are told one by one.
const maxTold = 10

// findings notes problems of one kind.
type findings struct {
	report *Report
	n      int
}

func (f *findings) add(format string, args ...any) {
	if f.n++; f.n <= maxTold {
		f.report.Problems = append(f.report.Problems, fmt.Sprintf(format, args...))
	}
}

// end tells how many more there are.
func (f *findings) end() {
	if f.n > maxTold {
		f.report.Problems = append(f.report.Problems, fmt.Sprintf("同样的问题还有 %d 处", f.n-maxTold))
	}
}

func (a *audit) findings() *findings { return &findings{report: a.report} }

// chain checks the hash of every operation, and of what was destroyed.
func (a *audit) chain() error {
	ops, err := a.ses.numbers(a.ctx, "SELECT id FROM sys_op ORDER BY id")
	if err != nil {
		return err
	}
	f := a.findings()
	defer f.end()
	for _, op := range ops {
		var label, have string
		if _, err := a.ses.one(a.ctx, []any{&label, &have}, "SELECT label, hash FROM sys_op WHERE id = ?", op); err != nil {
			return err
		}
		before, err := lastHash(a.ctx, a.ses, op)
		if err != nil {
			return err
		}
		want, err := opHash(a.ctx, a.ses, op, before)
		if err != nil {
			return err
		}
		if a.report.Head = have; have != want {
			f.add("第 %d 次操作“%s”的记录与当时的校验值不符，被改动过或已损坏", op, label)
		}
	}
	return a.destroyed()
}

// destroyed checks that nothing was changed again where values were destroyed.
func (a *audit) destroyed() error {
	ops, err := a.ses.numbers(a.ctx, "SELECT DISTINCT c.op FROM sys_destroyed d JOIN sys_change c ON c.n = d.n")
	if err != nil {
		return err
	}
	f := a.findings()
	defer f.end()
	for _, op := range ops {
		stands := map[int64]string{}
		if err := eachDigest(a.ctx, a.ses, op, func(n int64, now, _ string) { stands[n] = now }); err != nil {
			return err
		}
		err := a.ses.each(a.ctx, func(r *sql.Rows) error {
			var n int64
			var now string
			err := r.Scan(&n, &now)
			if stands[n] != now {
				f.add("第 %d 次操作里已销毁的内容又被改动过", op)
			}
			return err
		}, "SELECT d.n, d.now FROM sys_destroyed d JOIN sys_change c ON c.n = d.n WHERE c.op = ?", op)
		if err != nil {
			return err
		}
	}
	return nil
}

// undone checks which operations count as taken back, by going through all undos
// again.
func (a *audit) undone() error {
	undoes, want := map[int64]int64{}, map[int64]int64{}
	have := map[int64]int64{}
	err := a.ses.each(a.ctx, func(r *sql.Rows) error {
		var id, target, undone int64
		if err := r.Scan(&id, &target, &undone); err != nil {
			return err
		}
		undoes[id], have[id] = target, undone
		inForce := false
		for by, op := id, target; op != 0; by, op, inForce = op, undoes[op], !inForce {
			if want[op] = by; inForce {
				want[op] = 0
			}
		}
		return nil
	}, "SELECT id, undoes, undone FROM sys_op ORDER BY id")
	f := a.findings()
	defer f.end()
	for id, undone := range have {
		if undone != want[id] {
			f.add("第 %d 次操作是否已撤回与记录不符", id)
		}
	}
	return err
}

// told is what the journal says of one record.
type told struct {
	text    string                     // its values as they were added
	members map[string]json.RawMessage // once they were changed
	since   beginning
	changed stamp
	writes  int64 // how often it was written since: its revision
	gone    bool
	// back tells that an undo added it after it was deleted; then it may go on from
	// what one of its deletions said.
	back bool
	ends []beginning
}

type stamp struct {
	at int64
	by string
}

// beginning is when and by whom a record was made, and how often it was written
// before the part of its life that is told.
type beginning struct {
	stamp
	writes int64
}

// replay goes through the journal and returns what it says of every record.
func (a *audit) replay() (map[recordKey]*told, error) {
	all := map[recordKey]*told{}
	err := a.ses.each(a.ctx, func(r *sql.Rows) error {
		var c journalRow
		var s stamp
		var back bool
		if err := r.Scan(&c.ledger, &c.id, &c.kind, &c.before, &c.after, &s.at, &s.by, &back); err != nil {
			return err
		}
		key := recordKey{c.ledger, c.id}
		if c.ledger == aliasTable {
			key.id += "\x00" + aliasLedger(c)
		}
		t := all[key]
		if t == nil {
			t = &told{}
			all[key] = t
		}
		return t.fold(c, s, back)
	}, `SELECT c.ledger, c.record, c.kind, c.before, c.after, o.at, iif(o.person <> '', o.person, o.name), o.kind IN (?, ?)
FROM sys_change c JOIN sys_op o ON o.id = c.op ORDER BY c.n`, kindUndo, kindRedo)
	return all, err
}

func aliasLedger(c journalRow) string {
	var entry struct {
		Ledger string `json:"ledger"`
	}
	text := c.after
	if !text.Valid {
		text = c.before
	}
	if err := json.Unmarshal([]byte(text.String), &entry); err != nil {
		return ""
	}
	return entry.Ledger
}

// fold adds the next entry of a record; back tells that an undo or a redo made it.
func (t *told) fold(c journalRow, s stamp, back bool) error {
	switch c.kind {
	case model.Deleted:
		t.gone, t.text, t.members = true, "", nil
		return t.end(c.before)
	case model.Added:
		t.since, t.writes, t.back = beginning{stamp: s}, 1, back && t.gone
		t.gone, t.text, t.members, t.changed = false, c.after.String, nil, s
		return nil
	}
	if t.members == nil {
		var err error
		if t.members, err = parseJournal(t.text); err != nil {
			return err
		}
	}
	after, err := members(c.after)
	for key, v := range after {
		t.members[key] = v
	}
	t.changed = s
	t.writes++
	return err
}

// end notes what a deletion says of the record's life.
func (t *told) end(before sql.NullString) error {
	said, err := members(before)
	if err != nil {
		return err
	}
	row, err := columnValues(orNull(said[jsonRow]))
	if err == nil && len(row) == deletedMembers {
		t.ends = append(t.ends, beginning{stamp{asInt(row[2]), asString(row[3])}, asInt(row[1])})
	}
	return err
}

// lived reports whether the record's beginning and revision are as the journal has
// them.
func (t *told) lived(since stamp, writes int64) bool {
	// What settles records anew after an undo may add one by its former id: then it
	// is a new one all the same.
	return t.since.stamp == since && t.writes == writes || t.back && slices.Contains(t.ends, beginning{since, writes - t.writes})
}

// says reports whether a row is as the journal says.
func (t *told) says(row string) (bool, error) {
	if t.members == nil && row == t.text {
		return true, nil
	}
	want := t.members
	if want == nil {
		var err error
		if want, err = parseJournal(t.text); err != nil {
			return false, err
		}
	}
	now, err := parseJournal(row)
	if err != nil {
		return false, err
	}
	n := net{after: want}
	return n.unchanged(now), nil
}

// tables holds every row of every ledger against the journal.
func (a *audit) tables() error {
	all, err := a.replay()
	if err != nil {
		return err
	}
	have, err := loadPhysical(a.ctx, a.ses)
	if err != nil {
		return err
	}
	f := a.findings()
	defer f.end()
	for _, name := range sortedKeys(have) {
		if strings.Contains(name, "__") {
			continue
		}
		if err := a.table(name, have, all, f); err != nil {
			return err
		}
	}
	if err := a.aliases(all, f); err != nil {
		return err
	}
	for key, t := range all {
		if !t.gone {
			f.add("台账 %s 少了记录 %s：操作记录里有，表里没有", key.ledger, key.id)
		}
	}
	return nil
}

// table takes the rows it finds out of all.
func (a *audit) table(name string, have physical, all map[recordKey]*told, f *findings) error {
	t := &table{Ledger: &model.Ledger{Key: name}, columns: have.shapes(name)}
	return a.ses.each(a.ctx, func(r *sql.Rows) error {
		var id, row string
		var since, changed stamp
		var writes int64
		if err := r.Scan(&id, &writes, &since.at, &since.by, &changed.at, &changed.by, &row); err != nil {
			return err
		}
		a.report.Compared++
		says := all[recordKey{name, id}]
		if says == nil || says.gone {
			f.add("台账 %s 多出记录 %s：操作记录里没有", name, id)
			return nil
		}
		delete(all, recordKey{name, id})
		same, err := says.says(row)
		if err != nil || !same || !says.lived(since, writes) || says.changed != changed {
			f.add("台账 %s 的记录 %s 与操作记录不符，被改动过或已损坏", name, id)
		}
		return nil
	}, "SELECT t.id, t.revision, t.created_at, t.created_by, t.changed_at, t.changed_by, "+braces(t.wholeJSON("t"))+" FROM "+t.sqlName()+" t")
}

func (a *audit) aliases(all map[recordKey]*told, f *findings) error {
	return a.ses.each(a.ctx, func(r *sql.Rows) error {
		var loser, ledger, row string
		if err := r.Scan(&loser, &ledger, &row); err != nil {
			return err
		}
		key := recordKey{aliasTable, loser + "\x00" + ledger}
		says := all[key]
		delete(all, key)
		if says == nil || says.gone || says.text != row {
			f.add("合并记录 %s 与操作记录不符", loser)
		}
		return nil
	}, "SELECT loser, ledger, json_object('ledger', ledger, 'winner', winner) FROM sys_alias")
}

// hashes checks, in a ledger without a lock, that values are found by the hashes
// that stand beside them.
func (a *audit) hashes() error {
	m, err := loadMeta(a.ctx, a.ses)
	if err != nil || m.lock != "" {
		return err
	}
	key, err := hex.DecodeString(m.hashKey)
	if err != nil {
		return err
	}
	s, f := secrets{key: key}, a.findings()
	defer f.end()
	have, err := loadPhysical(a.ctx, a.ses)
	if err != nil {
		return err
	}
	for _, name := range sortedKeys(have) {
		for _, c := range have.shapes(name) {
			if c.shape != shapeHashed && c.shape != shapeIDHash {
				continue
			}
			err := a.ses.each(a.ctx, func(r *sql.Rows) error {
				var plain, hash string
				err := r.Scan(&plain, &hash)
				if s.hash(plain) != hash {
					f.add("台账 %s 的“%s”有一处查找用的校验值不符", name, c.key)
				}
				return err
			}, "SELECT "+quote(c.key)+", coalesce("+quote(c.key+"__h")+", '') FROM "+quote(name)+" WHERE "+quote(c.key)+" IS NOT NULL")
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// references counts those to records that are not there: not a fault, a record may
// have been meant that this ledger never had.
func (a *audit) references() error {
	have, err := loadPhysical(a.ctx, a.ses)
	if err != nil {
		return err
	}
	ids := map[string]bool{}
	note := func(query string) error {
		list, err := a.ses.strings(a.ctx, query)
		for _, id := range list {
			ids[id] = true
		}
		return err
	}
	if err := note("SELECT loser FROM sys_alias"); err != nil {
		return err
	}
	for name := range have {
		if strings.Contains(name, "__") {
			continue
		}
		if err := note("SELECT id FROM " + quote(name)); err != nil {
			return err
		}
	}
	for name, columns := range have {
		for _, c := range columns {
			if !strings.HasSuffix(c.name, "__id") || strings.Contains(name, "__") {
				continue
			}
			list, err := a.ses.strings(a.ctx, "SELECT "+quote(c.name)+" FROM "+quote(name)+" WHERE "+quote(c.name)+" <> ''")
			if err != nil {
				return err
			}
			for _, id := range list {
				if a.report.References++; !ids[id] {
					a.report.Dangling++
				}
			}
		}
	}
	return nil
}
