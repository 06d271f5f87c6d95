package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"

	"xiangzhen/model"
)

// latestFrom reports whether derived fields of the table depend on the newest
// records of an owned ledger.
func (t *table) latestFrom(ledger string) bool {
	return t.hasDerived() && t.Derive.Latest != nil && t.Derive.Latest.Ledger == ledger
}

// childrenDepend reports whether a change of a record concerns the derived fields
// of the records below it.
func (t *table) childrenDepend(before, after *model.Record) bool {
	if t.Parent == "" || !t.hasDerived() {
		return false
	}
	if t.Derive.FromParent == nil || before == nil || after == nil {
		return true
	}
	return slices.ContainsFunc(t.Derive.FromParent, func(key string) bool { return before.Get(key) != after.Get(key) })
}

// deriver computes derived fields: of the records asked for, and of those above
// them as far as anything changes.
type deriver struct {
	ctx    context.Context
	view   *view
	params model.Params
	today  model.Day
	kept   map[recordKey]row // records at hand, without derived fields
	n      int               // rows written
}

// seeds are the ids of a ledger's records to compute.
type seeds map[string]map[string]bool

func (s seeds) add(ledger, id string) {
	if s[ledger] == nil {
		s[ledger] = map[string]bool{}
	}
	s[ledger][id] = true
}

// derive computes what depends on the records the operation touched.
func (tx *Tx) derive() error {
	due := tx.seeds()
	if err := tx.addChildren(due); err != nil {
		return err
	}
	if len(due) == 0 && !tx.schema.hasDerivations() {
		return nil
	}
	today := model.DayOf(tx.op.At)
	params, hash, err := tx.store.params(tx.quiet, tx, today)
	if err != nil {
		return err
	}
	stale, err := paramsChanged(tx.quiet, tx.ses, hash)
	if err != nil {
		return err
	}
	d := &deriver{ctx: tx.ctx, view: &tx.view, params: params, today: today, kept: tx.kept}
	if stale {
		if err := d.seedAll(due); err != nil {
			return err
		}
		if err := setMeta(tx.quiet, tx.ses, metaParams, hash); err != nil {
			return err
		}
	}
	return d.run(due)
}

// seeds are the touched records that have derived fields and the ones above.
func (tx *Tx) seeds() seeds {
	due := seeds{}
	for key, e := range tx.touched {
		if t := tx.schema.tables[key.ledger]; t != nil && t.hasDerived() && !e.deleted {
			due.add(key.ledger, key.id)
		}
	}
	for key := range tx.above {
		due.add(key.ledger, key.id)
	}
	return due
}

// addChildren adds the children of records whose change concerns them.
func (tx *Tx) addChildren(due seeds) error {
	parents := map[string][]string{}
	for key := range tx.parents {
		parents[key.ledger] = append(parents[key.ledger], key.id)
	}
	for ledger, ids := range parents {
		t := tx.schema.tables[ledger]
		if t == nil {
			continue
		}
		for chunk := range slices.Chunk(ids, chunkRows) {
			list, err := jsonList(chunk)
			if err != nil {
				return err
			}
			children, err := tx.ses.strings(tx.quiet, "SELECT id FROM "+t.sqlName()+" WHERE "+quote(t.Parent+"__id")+" IN (SELECT value FROM json_each(?))", list)
			if err != nil {
				return err
			}
			for _, id := range children {
				due.add(ledger, id)
			}
		}
	}
	return nil
}

func (s *schema) hasDerivations() bool {
	for _, t := range s.tables {
		if t.hasDerived() {
			return true
		}
	}
	return false
}

// seedAll asks for every record that has derived fields.
func (d *deriver) seedAll(due seeds) error {
	for _, t := range d.view.schema.tables {
		if !t.hasDerived() {
			continue
		}
		ids, err := d.view.ses.strings(d.ctx, "SELECT id FROM "+t.sqlName())
		if err != nil {
			return err
		}
		for _, id := range ids {
			due.add(t.Key, id)
		}
	}
	return nil
}

// seedDue asks for the records that change by the day.
func (d *deriver) seedDue(due seeds) error {
	for _, t := range d.view.schema.tables {
		if !t.hasDerived() {
			continue
		}
		ids, err := d.view.ses.strings(d.ctx, "SELECT t.id FROM "+t.derivedName()+" d JOIN "+t.sqlName()+
			" t ON t.n = d.n WHERE d.next_change_on <= ? AND d.next_change_on <> ''", string(d.today))
		if err != nil {
			return err
		}
		for _, id := range ids {
			due.add(t.Key, id)
		}
	}
	return nil
}

// run computes ledger by ledger, owned ledgers before their owners'.
func (d *deriver) run(due seeds) error {
	for _, t := range d.view.schema.deriveOrder() {
		if len(due[t.Key]) > 0 {
			if err := d.tree(t, due); err != nil {
				return err
			}
		}
	}
	return nil
}

// deriveOrder returns the tables with derived fields so that a ledger comes after
// the one its newest records are taken from.
func (s *schema) deriveOrder() []*table {
	var out []*table
	seen := map[string]bool{}
	var visit func(t *table)
	visit = func(t *table) {
		if t == nil || !t.hasDerived() || seen[t.Key] {
			return
		}
		seen[t.Key] = true
		if t.Derive.Latest != nil {
			visit(s.tables[t.Derive.Latest.Ledger])
		}
		out = append(out, t)
	}
	for _, t := range s.all() {
		visit(t)
	}
	return out
}

// tree computes the records of one ledger, deepest first, going up while derived
// fields change.
func (d *deriver) tree(t *table, due seeds) error {
	parents, err := d.parents(t, due[t.Key])
	if err != nil {
		return err
	}
	levels := levelsOf(due[t.Key], parents)
	for depth := len(levels) - 1; depth >= 0; depth-- {
		ids := slices.Sorted(maps.Keys(levels[depth]))
		for chunk := range slices.Chunk(ids, chunkRows) {
			changed, err := d.batch(t, chunk)
			if err != nil {
				return err
			}
			for _, r := range changed {
				if up := parents[r.ID]; up != "" && depth > 0 {
					levels[depth-1][up] = true
				}
				d.owners(t, r, due)
			}
		}
	}
	return nil
}

// owners asks for the owner of a record whose derived fields changed.
func (d *deriver) owners(t *table, r *model.Record, due seeds) {
	owner := t.Owner()
	if owner == nil || r.Get(owner.Key).ID == "" {
		return
	}
	for _, l := range owner.Ref.Ledgers {
		if above := d.view.schema.tables[l]; above != nil && above.latestFrom(t.Key) {
			due.add(l, r.Get(owner.Key).ID)
		}
	}
}

// parents finds the parent of each record and of all records above, "" at the
// top. Ids without a record are left out.
func (d *deriver) parents(t *table, ids map[string]bool) (map[string]string, error) {
	found := make(map[string]string, len(ids))
	column := "''"
	if t.Parent != "" {
		column = "coalesce(" + quote(t.Parent+"__id") + ", '')"
	}
	query := "SELECT id, " + column + " FROM " + t.sqlName() + " WHERE id IN (SELECT value FROM json_each(?))"
	for wanted := slices.Sorted(maps.Keys(ids)); len(wanted) > 0; {
		var next []string
		wanted = slices.DeleteFunc(wanted, func(id string) bool {
			r, known := d.kept[recordKey{t.Key, id}]
			if known {
				found[id] = r.Get(t.Parent).ID
				next = append(next, found[id])
			}
			return known
		})
		for chunk := range slices.Chunk(wanted, chunkRows) {
			list, err := jsonList(chunk)
			if err != nil {
				return nil, err
			}
			err = d.view.ses.each(d.ctx, func(r *sql.Rows) error {
				var id, up string
				err := r.Scan(&id, &up)
				found[id] = up
				next = append(next, up)
				return err
			}, query, list)
			if err != nil {
				return nil, err
			}
		}
		slices.Sort(next)
		wanted = slices.DeleteFunc(slices.Compact(next), func(id string) bool {
			_, known := found[id]
			return id == "" || known
		})
	}
	return found, nil
}

// levelsOf sorts records by how many are above them; there is a level for each
// depth, also where nothing is to be computed yet.
func levelsOf(ids map[string]bool, parents map[string]string) []map[string]bool {
	depths := map[string]int{}
	var depth func(id string, guard int) int
	depth = func(id string, guard int) int {
		up, known := parents[id]
		if !known || guard > len(parents) {
			return -1
		}
		if d, done := depths[id]; done {
			return d
		}
		d := 0
		if up != "" {
			d = depth(up, guard+1) + 1
		}
		depths[id] = d
		return d
	}
	var levels []map[string]bool
	for id := range ids {
		d := depth(id, 0)
		for len(levels) <= d {
			levels = append(levels, map[string]bool{})
		}
		if d >= 0 {
			levels[d][id] = true
		}
	}
	return levels
}

// batch computes some records of one depth and writes those whose derived fields
// changed, which it returns.
func (d *deriver) batch(t *table, ids []string) ([]*model.Record, error) {
	if err := d.ctx.Err(); err != nil {
		return nil, err
	}
	in, err := d.inputs(t, ids)
	if err != nil {
		return nil, err
	}
	var changed []*model.Record
	put := t.sql.put
	for _, r := range in.rows {
		input := in.of(t, r)
		input.Params, input.Today = d.params, d.today
		out := t.Derive.Func(input)
		if r.holds(t, out, d.today) {
			continue
		}
		if put.args, err = d.bind(put.args, t, r.n, out); err != nil {
			return nil, err
		}
		changed = append(changed, r.Record)
	}
	d.n += len(changed)
	return changed, put.write(d.view.ses, true, nil)
}

// holds reports whether the record's derived fields are written as computed for
// the day.
func (r row) holds(t *table, out model.Derived, day model.Day) bool {
	return r.derivedKnown && r.next == out.NextChange && (r.asOf == day || !t.countsDown(out.Values)) && sameValues(t, r.Derived, out.Values)
}

func sameValues(t *table, a, b map[string]model.Value) bool {
	for i := range t.Derived {
		if a[t.Derived[i].Key] != b[t.Derived[i].Key] {
			return false
		}
	}
	return true
}

// bind appends the columns of a row of the side table to args.
func (d *deriver) bind(args []any, t *table, n int64, out model.Derived) ([]any, error) {
	args = append(args, n, string(out.NextChange), string(d.today))
	for i := range t.derived {
		c := &t.derived[i]
		v := out.Values[c.key]
		err := fits(c.field, v)
		if err == nil {
			args, err = c.bind(args, v, d.view.secrets)
		}
		if err != nil {
			return nil, err
		}
	}
	return args, nil
}

// params asks for the parameters in force and their hash.
func (s *Store) params(ctx context.Context, r Reader, today model.Day) (model.Params, string, error) {
	if s.options.Params == nil {
		return nil, "", nil
	}
	params, err := s.options.Params(ctx, r, today)
	if err != nil {
		return nil, "", err
	}
	var b []byte
	for _, key := range sortedKeys(params) {
		b = strconv.AppendQuote(b, key)
		b = strconv.AppendQuote(b, params[key])
	}
	return params, shortHash(b), nil
}

func paramsChanged(ctx context.Context, ses *session, hash string) (bool, error) {
	known, err := getMeta(ctx, ses, metaParams)
	return known != hash, err
}
