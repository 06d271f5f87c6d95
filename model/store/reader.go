package store

import (
	"context"
	"errors"
	"slices"

	"xiangzhen/model"
)

// Reader is what can be asked of a ledger file, by a Store (each call sees one
// snapshot, of committed operations) and by a Tx (sees its own writes, but
// derived fields and search as before the operation).
type Reader interface {
	// Catalog returns the ledgers in force.
	Catalog() *model.Catalog
	// Get returns one record. The id of a record that was merged away gives the
	// record it became. CodeNotFound if there is none.
	Get(ctx context.Context, ledger, id string) (*model.Record, error)
	// List returns a page of the records that fit. With Search words of three
	// characters or more, a Total above 1000 counts candidates of the index, a few
	// of which may not fit; Records always do.
	List(ctx context.Context, q model.Query) (model.Page, error)
	// Each calls fn for every record that fits, in order, until fn fails. What
	// fn itself changes does not alter which records it sees.
	Each(ctx context.Context, q model.Query, fn func(*model.Record) error) error
	// Count returns the number of records that fit.
	Count(ctx context.Context, q model.Query) (int, error)
	// CountBy counts the records that fit by the values of a field, stored or
	// derived, or by AreaKey: the most frequent first, the empty value included.
	CountBy(ctx context.Context, q model.Query, field string) ([]Bucket, error)
	// Find returns the records that equal all of keys (AreaKey included; an empty
	// value equals only an empty one). With an area, only records of it and of
	// areas below it. Sensitive values are compared by their keyed hash.
	Find(ctx context.Context, ledger string, keys map[string]model.Value, area string) ([]*model.Record, error)
	// Among returns the records whose field, or id, is one of the values and that fit the
	// conditions besides.
	Among(ctx context.Context, ledger, field string, values []string, also ...model.Cond) ([]*model.Record, error)
	// Known returns those of the values that a record has in the field, which is not
	// sensitive.
	Known(ctx context.Context, ledger, field string, values []string) ([]string, error)
	// Repeated returns the ids of records that share the value of a field with another.
	Repeated(ctx context.Context, ledger, field string) ([]string, error)
	// Descendants returns the area and all areas below it.
	Descendants(ctx context.Context, area string) ([]string, error)
	// History returns what happened to a record, newest first.
	History(ctx context.Context, ledger, id string) ([]model.Entry, error)
	// Operations returns the operations, newest first; limit 0 means all.
	Operations(ctx context.Context, limit, offset int) ([]model.Operation, error)
	// Entries returns what an operation did, in the order it did it.
	Entries(ctx context.Context, op int64) ([]model.Entry, error)
}

var (
	_ Reader = (*Store)(nil)
	_ Reader = (*Tx)(nil)
)

// Bucket is a value of a field and the number of records that have it.
type Bucket struct {
	Value model.Value
	N     int
}

// view reads over one session, in whatever transaction it is in.
type view struct {
	ses     *session
	schema  *schema
	secrets secrets
}

// snapshot runs fn over a consistent state of the file.
func (s *Store) snapshot(ctx context.Context, fn func(v *view) error) error {
	if s.readers == nil {
		return model.Errorf(model.CodeLocked, "台账“%s”已经关闭。请重新打开。", s.name())
	}
	// The catalog is taken first: a field that appears in between is then merely
	// not seen yet, while the other way round its column would be missing.
	v := &view{schema: s.state.Load(), secrets: s.secrets}
	var err error
	if v.ses, err = s.readers.get(ctx); err != nil {
		return s.explain(err)
	}
	err = v.inSnapshot(ctx, fn)
	return s.explain(errors.Join(err, s.readers.put(v.ses)))
}

func (v *view) inSnapshot(ctx context.Context, fn func(v *view) error) (err error) {
	if _, err := v.ses.exec(ctx, "BEGIN"); err != nil {
		return err
	}
	defer func() { // also after a panic of fn: the session goes back to the pool
		if _, e := v.ses.exec(context.WithoutCancel(ctx), "ROLLBACK"); err == nil {
			err = e
		}
	}()
	return fn(v)
}

// ask runs fn in a snapshot and returns its answer.
func ask[T any](ctx context.Context, s *Store, fn func(v *view) (T, error)) (T, error) {
	var out T
	err := s.snapshot(ctx, func(v *view) (err error) {
		out, err = fn(v)
		return err
	})
	return out, err
}

// Get implements Reader.
func (s *Store) Get(ctx context.Context, ledger, id string) (*model.Record, error) {
	return ask(ctx, s, func(v *view) (*model.Record, error) { return v.Get(ctx, ledger, id) })
}

// List implements Reader.
func (s *Store) List(ctx context.Context, q model.Query) (model.Page, error) {
	return ask(ctx, s, func(v *view) (model.Page, error) { return v.List(ctx, q) })
}

// Each implements Reader.
func (s *Store) Each(ctx context.Context, q model.Query, fn func(*model.Record) error) error {
	return s.snapshot(ctx, func(v *view) error { return v.Each(ctx, q, fn) })
}

// Count implements Reader.
func (s *Store) Count(ctx context.Context, q model.Query) (int, error) {
	return ask(ctx, s, func(v *view) (int, error) { return v.Count(ctx, q) })
}

// CountBy implements Reader.
func (s *Store) CountBy(ctx context.Context, q model.Query, field string) ([]Bucket, error) {
	return ask(ctx, s, func(v *view) ([]Bucket, error) { return v.CountBy(ctx, q, field) })
}

// Find implements Reader.
func (s *Store) Find(ctx context.Context, ledger string, keys map[string]model.Value, area string) ([]*model.Record, error) {
	return ask(ctx, s, func(v *view) ([]*model.Record, error) { return v.Find(ctx, ledger, keys, area) })
}

// Descendants implements Reader.
func (s *Store) Descendants(ctx context.Context, area string) ([]string, error) {
	return ask(ctx, s, func(v *view) ([]string, error) { return v.Descendants(ctx, area) })
}

// History implements Reader.
func (s *Store) History(ctx context.Context, ledger, id string) ([]model.Entry, error) {
	return ask(ctx, s, func(v *view) ([]model.Entry, error) { return v.History(ctx, ledger, id) })
}

// Operations implements Reader.
func (s *Store) Operations(ctx context.Context, limit, offset int) ([]model.Operation, error) {
	return ask(ctx, s, func(v *view) ([]model.Operation, error) { return v.Operations(ctx, limit, offset) })
}

// Entries implements Reader.
func (s *Store) Entries(ctx context.Context, op int64) ([]model.Entry, error) {
	return ask(ctx, s, func(v *view) ([]model.Entry, error) { return v.Entries(ctx, op) })
}

// Catalog implements Reader.
func (v *view) Catalog() *model.Catalog { return v.schema.catalog }

// Get implements Reader.
func (v *view) Get(ctx context.Context, ledger, id string) (*model.Record, error) {
	t, err := v.schema.table(ledger)
	if err != nil {
		return nil, err
	}
	r, found, err := v.row(ctx, t, id)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, errNoRecord(t.Ledger, id)
	}
	return r.Record, nil
}

// row loads one record, by its id or the id of one merged into it.
func (v *view) row(ctx context.Context, t *table, id string) (r row, found bool, err error) {
	for range maxAliases {
		rows, err := loadRows(ctx, v.ses, t, v.secrets, "t.id = ?", id)
		if err != nil {
			return row{}, false, err
		}
		if len(rows) == 1 {
			return rows[0], true, nil
		}
		var winner string
		known, err := v.ses.one(ctx, []any{&winner}, "SELECT winner FROM sys_alias WHERE loser = ? AND ledger = ?", id, t.Key)
		if err != nil || !known {
			return row{}, false, err
		}
		id = winner
	}
	return row{}, false, nil
}

// maxAliases bounds how often a record was merged into one that was merged.
const maxAliases = 50

// List implements Reader.
func (v *view) List(ctx context.Context, q model.Query) (model.Page, error) {
	b, err := v.build(ctx, q)
	if err != nil {
		return model.Page{}, err
	}
	total, err := b.total(ctx, v.ses)
	if err != nil {
		return model.Page{}, err
	}
	ns, err := b.page(ctx, v.ses, q.Limit, q.Offset)
	if err != nil {
		return model.Page{}, err
	}
	records, err := v.inOrder(ctx, b.t, ns)
	return model.Page{Total: total, Records: records}, err
}

// inOrder loads the rows of the given n in that order.
func (v *view) inOrder(ctx context.Context, t *table, ns []int64) ([]*model.Record, error) {
	out := make([]*model.Record, 0, len(ns))
	for chunk := range slices.Chunk(ns, chunkRows) {
		records, err := v.chunk(ctx, t, chunk)
		if err != nil {
			return nil, err
		}
		out = append(out, records...)
	}
	return out, nil
}

// chunkRows is how many records are loaded by one statement.
const chunkRows = 500

func (v *view) chunk(ctx context.Context, t *table, ns []int64) ([]*model.Record, error) {
	byN, err := v.byNumber(ctx, t, ns)
	out := make([]*model.Record, 0, len(ns))
	for _, n := range ns {
		if r := byN[n]; r != nil { // it may have been deleted by who iterates
			out = append(out, r)
		}
	}
	return out, err
}

func (v *view) byNumber(ctx context.Context, t *table, ns []int64) (map[int64]*model.Record, error) {
	out := make(map[int64]*model.Record, len(ns))
	if len(ns) == 0 {
		return out, nil
	}
	list, err := jsonList(ns)
	if err != nil {
		return nil, err
	}
	err = eachRow(ctx, v.ses, t, v.secrets, func(r row) error {
		out[r.n] = r.Record
		return nil
	}, "t.n IN (SELECT value FROM json_each(?))", list)
	return out, err
}

// Each implements Reader.
func (v *view) Each(ctx context.Context, q model.Query, fn func(*model.Record) error) error {
	b, err := v.build(ctx, q)
	if err != nil {
		return err
	}
	ns, err := b.page(ctx, v.ses, q.Limit, q.Offset)
	if err != nil {
		return err
	}
	for chunk := range slices.Chunk(ns, chunkRows) {
		records, err := v.chunk(ctx, b.t, chunk)
		if err != nil {
			return err
		}
		for _, r := range records {
			if err := fn(r); err != nil {
				return err
			}
		}
	}
	return nil
}

// Count implements Reader.
func (v *view) Count(ctx context.Context, q model.Query) (int, error) {
	b, err := v.build(ctx, q)
	if err != nil {
		return 0, err
	}
	return b.count(ctx, v.ses)
}

// CountBy implements Reader.
func (v *view) CountBy(ctx context.Context, q model.Query, field string) ([]Bucket, error) {
	b, err := v.build(ctx, q)
	if err != nil {
		return nil, err
	}
	return b.countBy(ctx, v.ses, field, v.secrets)
}

// Find implements Reader.
func (v *view) Find(ctx context.Context, ledger string, keys map[string]model.Value, area string) ([]*model.Record, error) {
	q := model.Query{Ledger: ledger}
	if area != "" {
		q.Areas = []string{area}
	}
	b, err := v.build(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, key := range sortedKeys(keys) {
		if err := b.equal(key, keys[key]); err != nil {
			return nil, err
		}
	}
	ns, err := b.page(ctx, v.ses, 0, 0)
	if err != nil {
		return nil, err
	}
	return v.inOrder(ctx, b.t, ns)
}

// Descendants implements Reader.
func (v *view) Descendants(ctx context.Context, area string) ([]string, error) {
	return v.below(ctx, []string{area})
}

// below returns the areas and all areas below them.
func (v *view) below(ctx context.Context, areas []string) ([]string, error) {
	list, err := jsonList(areas)
	if err != nil {
		return nil, err
	}
	return v.ses.strings(ctx, v.schema.subtree(), list)
}

// areaLedger is the ledger of the areas, by whose tree records are filtered.
const areaLedger = "area"

// subtree is the query for the areas of a JSON list and all areas below them.
func (s *schema) subtree() string {
	area := s.tables[areaLedger]
	if area == nil || area.Parent == "" {
		return "SELECT value FROM json_each(?)"
	}
	return "WITH RECURSIVE sub(id) AS (SELECT value FROM json_each(?) UNION SELECT a.id FROM sub JOIN " + area.sqlName() +
		" a ON a." + quote(area.Parent+"__id") + " = sub.id) SELECT id FROM sub"
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
