package store

import (
	"cmp"
	"slices"

	"xiangzhen/model"
)

// inputs is what a batch of derivations needs, read by one query each.
type inputs struct {
	rows     []row
	parents  map[string]*model.Record
	children map[string][]*model.Record
	latest   map[string][]*model.Record // the newest two, by owner
}

func (in *inputs) of(t *table, r row) model.DeriveInput {
	bare := *r.Record // derived fields depend on stored ones only
	bare.Derived = nil
	out := model.DeriveInput{Record: &bare, Children: in.children[r.ID]}
	if t.Parent != "" {
		out.Parent = in.parents[r.Get(t.Parent).ID]
	}
	newest := in.latest[r.ID]
	if len(newest) > 0 {
		out.Latest = newest[0]
	}
	if len(newest) > 1 {
		out.Previous = newest[1]
	}
	return out
}

func (d *deriver) inputs(t *table, ids []string) (*inputs, error) {
	list, err := jsonList(ids)
	if err != nil {
		return nil, err
	}
	in := &inputs{parents: map[string]*model.Record{}, children: map[string][]*model.Record{}, latest: map[string][]*model.Record{}}
	if in.rows, err = d.rows(t, ids); err != nil {
		return nil, err
	}
	if t.Parent != "" {
		if err := d.family(t, in, list); err != nil {
			return nil, err
		}
	}
	if t.Derive.Latest == nil {
		return in, nil
	}
	return in, d.newest(t, in, list)
}

// rows returns the records themselves, those at hand without loading them.
func (d *deriver) rows(t *table, ids []string) ([]row, error) {
	var out []row
	var missing []string
	for _, id := range ids {
		if r, ok := d.kept[recordKey{t.Key, id}]; ok {
			out = append(out, r)
		} else {
			missing = append(missing, id)
		}
	}
	if len(missing) == 0 {
		return out, nil
	}
	loaded, err := d.byID(t, missing)
	return append(out, loaded...), err
}

func (d *deriver) byID(t *table, ids []string) ([]row, error) {
	list, err := jsonList(ids)
	if err != nil {
		return nil, err
	}
	return d.load(t, "t.id IN (SELECT value FROM json_each(?)) ORDER BY t.n", list)
}

func (d *deriver) load(t *table, where string, args ...any) ([]row, error) {
	return loadRows(d.ctx, d.view.ses, t, d.view.secrets, where, args...)
}

// family reads the children and the parents of a batch.
func (d *deriver) family(t *table, in *inputs, list string) error {
	children, err := d.load(t, "t."+quote(t.Parent+"__id")+" IN (SELECT value FROM json_each(?)) ORDER BY t.n", list)
	if err != nil {
		return err
	}
	for _, c := range children {
		up := c.Get(t.Parent).ID
		in.children[up] = append(in.children[up], c.Record)
	}
	var ups []string
	for _, r := range in.rows {
		if id := r.Get(t.Parent).ID; id != "" {
			ups = append(ups, id)
		}
	}
	if len(ups) == 0 {
		return nil
	}
	slices.Sort(ups)
	if list, err = jsonList(slices.Compact(ups)); err != nil {
		return err
	}
	parents, err := d.load(t, "t.id IN (SELECT value FROM json_each(?))", list)
	for _, p := range parents {
		p.Derived = nil
		in.parents[p.ID] = p.Record
	}
	return err
}

// newest reads the two newest owned records of each owner in a batch: by the
// field that orders them, the one entered later first among equals.
func (d *deriver) newest(t *table, in *inputs, list string) error {
	from := d.view.schema.tables[t.Derive.Latest.Ledger]
	if from == nil || from.Owner() == nil {
		return fault("%s has no owned ledger %s", t.Key, t.Derive.Latest.Ledger)
	}
	order, err := from.stored(t.Derive.Latest.Order)
	if err != nil {
		return err
	}
	owner := quote(from.Owner().Key + "__id")
	ids, err := d.view.ses.strings(d.ctx, `SELECT id FROM (
SELECT id, row_number() OVER (PARTITION BY `+owner+` ORDER BY `+quote(order.comparable())+` DESC, n DESC) AS place
FROM `+from.sqlName()+` WHERE `+owner+` IN (SELECT value FROM json_each(?))) WHERE place <= 2`, list)
	if err != nil {
		return err
	}
	read := d.rows
	if from.hasDerived() { // these are in the file by now, not with what is at hand
		read = d.byID
	}
	rows, err := read(from, ids)
	if err != nil {
		return err
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		if c := order.field.Compare(b.Get(order.key), a.Get(order.key)); c != 0 {
			return c
		}
		return cmp.Compare(b.n, a.n)
	})
	for _, r := range rows {
		id := r.Get(from.Owner().Key).ID
		in.latest[id] = append(in.latest[id], r.Record)
	}
	return nil
}
