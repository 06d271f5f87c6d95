package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"xiangzhen/model"
)

// KindSalvage is the kind of the operation that founds a ledger out of a damaged one.
const KindSalvage = model.KindFound

// Salvaged tells what was saved out of a damaged ledger.
type Salvaged struct {
	Aside   string // where the damaged file is now; it was not changed
	Indexes bool   // only indexes were damaged: everything is there, history included
	Saved   int    // records
	// Lost are the records known to have been there and not saved, Doubtful those
	// taken from the journal because their row could not be read.
	Lost, Doubtful []SalvagedRecord
	Fields         int // sensitive values that could not be decoded
}

// SalvagedRecord names a record as far as it is known.
type SalvagedRecord struct{ Ledger, Label, ID string }

// Salvage moves a damaged ledger aside and puts in its place what can be read of
// it. If only indexes are damaged these are built anew; otherwise every record is
// taken out of its row, or else out of the journal, into a new ledger without the
// old one's history. The damaged file stays as it is. The ledger must not be open.
func Salvage(ctx context.Context, path string, o Options) (Salvaged, error) {
	l, err := takeLock(path)
	if err != nil {
		return Salvaged{}, err
	}
	out, err := salvage(ctx, path, o)
	return out, errors.Join(explain(err, filepath.Base(path)), l.release())
}

func salvage(ctx context.Context, path string, o Options) (Salvaged, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	draft := path + ".salvage"
	if err := removeDatabase(draft); err != nil {
		return Salvaged{}, err
	}
	sound, err := reindexed(ctx, path, draft)
	out := Salvaged{Indexes: sound}
	if err == nil && !sound {
		out, err = saveRows(ctx, path, draft, o)
	}
	if err == nil {
		if out.Aside, err = setAside(path, BeforeSalvage, o.Now()); err == nil {
			err = rename(draft, path)
		}
	}
	if err != nil {
		return Salvaged{}, errors.Join(err, removeDatabase(draft))
	}
	return out, nil
}

// reindexed copies the file, builds the indexes of the copy anew and reports
// whether it is sound then.
func reindexed(ctx context.Context, path, draft string) (bool, error) {
	for _, suffix := range []string{"", "-wal", "-journal"} {
		b, err := os.ReadFile(path + suffix)
		if errors.Is(err, os.ErrNotExist) && suffix != "" {
			continue
		}
		if err == nil {
			err = os.WriteFile(draft+suffix, b, 0o644)
		}
		if err != nil {
			return false, err
		}
	}
	report := Report{Path: draft}
	err := withSession(ctx, writerDSN(draft, diskRemovable), func(ses *session) error {
		if err := ses.run(ctx, "REINDEX"); err != nil {
			return err
		}
		return report.check(ctx, ses)
	})
	if err == nil && len(report.Problems) == 0 {
		return true, nil
	}
	return false, errors.Join(removeDatabase(draft), ctx.Err())
}

// saveRows writes what can be read of the ledger at path into a new one.
func saveRows(ctx context.Context, path, draft string, o Options) (out Salvaged, err error) {
	old := newStore(path, o, diskRemovable)
	found := &wreck{ctx: ctx, store: old, out: &out, records: map[recordKey]*model.Record{}}
	err = withDatabase(ctx, path, found.read)
	if model.CodeOf(err) == model.CodePassword {
		return out, err // it is asked for: nothing says that the rest cannot be read
	}
	if err != nil {
		return out, model.Wrap(err, model.CodeDamaged, "台账“%s”损坏太重，读不出内容。请从备份恢复；原文件没有动。", filepath.Base(path))
	}
	o.ReadOnly, o.Key = false, found.store.ring.key
	if err := createAt(ctx, draft); err != nil {
		return out, err
	}
	if err := found.bequeath(draft); err != nil {
		return out, err
	}
	s, err := Open(ctx, draft, o)
	if err != nil {
		return out, err
	}
	_, err = s.Do(ctx, model.Operation{Kind: KindSalvage, Label: "从损坏的台账抢救"}, found.write)
	return out, errors.Join(err, s.Close())
}

// wreck is a damaged ledger while it is read.
type wreck struct {
	ctx     context.Context
	store   *Store
	out     *Salvaged
	catalog *model.Catalog
	meta    meta
	records map[recordKey]*model.Record
	order   []recordKey
}

func (w *wreck) read(ses *session) error {
	have, err := loadPhysical(w.ctx, ses)
	if err != nil {
		return err
	}
	// Without what opens the values there is nothing to be had of them; without a
	// lock the file's keys are only for looking up.
	if w.meta, err = loadMeta(w.ctx, ses); err == nil {
		w.store.ring, err = w.store.unlock(w.meta)
		w.store.secrets = w.store.ring.secrets
	}
	if model.CodeOf(err) == model.CodePassword {
		return err
	}
	if w.catalog, err = w.store.catalogIn(w.ctx, ses, have); err != nil {
		w.catalog = model.NewCatalog(w.store.options.Builtin...)
	}
	for _, l := range w.catalog.All() {
		if have[l.Key] == nil {
			continue
		}
		t, err := newTable(withColumns(l, have), have)
		if err != nil {
			return err
		}
		w.table(ses, t)
	}
	w.journal(ses)
	return nil
}

// withColumns is the ledger with the fields that the file has.
func withColumns(l *model.Ledger, have physical) *model.Ledger {
	out := *l
	out.Derived, out.Derive = nil, nil
	out.Fields = slices.DeleteFunc(slices.Clone(l.Fields), func(f model.Field) bool {
		return !slices.ContainsFunc(have[l.Key], func(c physicalColumn) bool { return c.name == f.Key })
	})
	return &out
}

// table reads a table from its beginning and, where a page is spoilt, goes on row
// by row behind it.
func (w *wreck) table(ses *session, t *table) {
	last := int64(0)
	err := w.rows(ses, t, "t.n > 0 ORDER BY t.n", &last)
	if err == nil {
		return
	}
	end, seqErr := ses.number(w.ctx, "SELECT seq FROM sqlite_sequence WHERE name = ?", t.Key)
	if seqErr != nil {
		end = last + blindRows
	}
	for n := last + 1; n <= end && w.ctx.Err() == nil; n++ {
		_ = w.rows(ses, t, "t.n = "+itoa(int(n)), &last) // what cannot be read is told by the journal
	}
}

// blindRows is how far to look behind a spoilt page when the file does not say
// how many rows there were.
const blindRows = 200_000

func (w *wreck) rows(ses *session, t *table, where string, last *int64) error {
	sc := newRowScanner(t, w.store.secrets)
	return ses.each(w.ctx, func(r *sql.Rows) error {
		rec, err := sc.scan(r)
		if err != nil {
			rec, err = w.withoutSecrets(sc, r)
		}
		if err != nil || rec.ID == "" {
			return err
		}
		*last = rec.n
		w.add(rec.Record)
		return nil
	}, t.sql.selectAll+where)
}

// withoutSecrets reads a row whose sensitive values cannot be decoded.
func (w *wreck) withoutSecrets(sc *rowScanner, r *sql.Rows) (row, error) {
	bare := *sc
	bare.secrets = newSecrets(unreadable{w.out}, nil)
	return bare.scan(r)
}

// unreadable stands for values that cannot be decoded: they come out empty and are
// counted.
type unreadable struct{ out *Salvaged }

func (u unreadable) Encode(_ Place, plain string) (string, error) { return plain, nil }
func (u unreadable) Decode(Place, string) (string, error) {
	u.out.Fields++
	return "", nil
}

func (w *wreck) add(r *model.Record) {
	key := recordKey{r.Ledger, r.ID}
	if w.records[key] == nil {
		w.order = append(w.order, key)
	}
	w.records[key] = r
}

// journal adds the records that the journal knows and no row was read of.
func (w *wreck) journal(ses *session) {
	a := &audit{ctx: w.ctx, ses: ses}
	all, err := a.replay()
	for _, key := range sortedRecords(all) {
		t := all[key]
		if t.gone || w.records[key] != nil || key.ledger == aliasTable {
			continue
		}
		r, valuesErr := w.fromJournal(key, t)
		name := SalvagedRecord{Ledger: key.ledger, ID: key.id}
		if l := w.catalog.Ledger(key.ledger); l != nil {
			name.Label = l.Label
		}
		if valuesErr != nil || r == nil {
			w.out.Lost = append(w.out.Lost, name)
			continue
		}
		w.add(r)
		w.out.Doubtful = append(w.out.Doubtful, name)
	}
	if err != nil && w.ctx.Err() == nil {
		w.out.Lost = append(w.out.Lost, SalvagedRecord{Label: "操作记录只读出一部分，可能还有没列出的记录"})
	}
}

func sortedRecords(all map[recordKey]*told) []recordKey {
	keys := make([]recordKey, 0, len(all))
	for k := range all {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b recordKey) int {
		return cmp.Or(strings.Compare(a.ledger, b.ledger), strings.Compare(a.id, b.id))
	})
	return keys
}

// fromJournal makes a record of what the journal says of it; nil for a ledger not
// in force.
func (w *wreck) fromJournal(key recordKey, says *told) (*model.Record, error) {
	l := w.catalog.Ledger(key.ledger)
	if l == nil {
		return nil, nil
	}
	t, err := newTable(l, nil)
	if err != nil {
		return nil, err
	}
	text := says.text
	if says.members != nil {
		text = "{"
		for i, name := range sortedKeys(says.members) {
			if i > 0 {
				text += ","
			}
			text += fmt.Sprintf("%q:%s", name, says.members[name])
		}
		text += "}"
	}
	values, err := t.valuesOf(text, w.store.secrets.of(key.ledger, key.id))
	if err != nil {
		return nil, err
	}
	r := &model.Record{Ledger: key.ledger, ID: key.id, Area: values[model.AreaKey].Text, Values: values}
	delete(values, model.AreaKey)
	return r, nil
}

// bequeath gives the new file the old one's id, its lock and its key.
func (w *wreck) bequeath(draft string) error {
	if w.meta.id == "" {
		return nil
	}
	return withSession(w.ctx, writerDSN(draft, diskRemovable), func(ses *session) error {
		for key, value := range map[string]string{metaID: w.meta.id, metaHashKey: w.meta.hashKey, metaLock: w.meta.lock} {
			if value == "" {
				continue
			}
			if err := setMeta(w.ctx, ses, key, value); err != nil {
				return err
			}
		}
		return nil
	})
}

// write adds what was read to the new ledger: descriptions first, for they make
// the tables of the rest.
func (w *wreck) write(tx *Tx) error {
	rank := map[string]int{userLedger: -2, userField: -1}
	slices.SortStableFunc(w.order, func(a, b recordKey) int { return rank[a.ledger] - rank[b.ledger] })
	for _, key := range w.order {
		r := w.records[key]
		err := w.addTo(tx, r)
		if tx.ctx.Err() != nil {
			return tx.ctx.Err()
		}
		if err != nil {
			w.out.Lost = append(w.out.Lost, SalvagedRecord{Ledger: key.ledger, ID: key.id, Label: model.Sentence(err)})
			continue
		}
		w.out.Saved++
	}
	return nil
}

// addTo adds a record without what does not belong into it: a spoilt page may say
// anything.
func (w *wreck) addTo(tx *Tx, r *model.Record) error {
	t, err := tx.schema.table(r.Ledger)
	if err != nil {
		return err
	}
	clean := model.NewRecord(r.Ledger, r.ID)
	clean.Area = r.Area
	for key, v := range r.Values {
		if c, err := t.stored(key); err == nil && v.Set && fits(c.field, v) == nil {
			clean.Put(key, v)
		}
	}
	return tx.Add(clean)
}
