package store

import (
	"fmt"
	"slices"
	"strings"

	"xiangzhen/model"
)

// doomed is a record about to be deleted.
type doomed struct {
	t *table
	row
}

// Delete deletes a record. What it owns goes along. While other records refer to
// it it is refused (CodeInUse, with their number), unless they are the records
// below it and withChildren asks for them to go as well.
func (tx *Tx) Delete(ledger, id string, withChildren bool) error {
	t, err := tx.writable(ledger)
	if err != nil {
		return err
	}
	r, err := tx.need(t, id)
	if err != nil {
		return err
	}
	d := &doom{tx: tx, withChildren: withChildren, seen: map[recordKey]bool{}}
	if err := d.collect(t, r); err != nil {
		return err
	}
	uses, err := tx.uses(d.list, d.seen)
	if err != nil {
		return err
	}
	if len(uses) > 0 {
		return tx.inUse(t, r, uses)
	}
	for _, e := range d.list {
		if err := tx.remove(e.t, e.row); err != nil {
			return err
		}
	}
	return tx.described(t)
}

// doom collects what goes with a record: what is owned or below first, so that an
// undo, which walks backwards, finds the owner there.
type doom struct {
	tx           *Tx
	withChildren bool
	seen         map[recordKey]bool
	list         []doomed
}

func (d *doom) collect(t *table, r row) error {
	key := recordKey{t.Key, r.ID}
	if d.seen[key] {
		return nil
	}
	d.seen[key] = true
	for _, owned := range d.tx.schema.catalog.Owned(t.Key) {
		if err := d.below(d.tx.schema.tables[owned.Ledger.Key], owned.Field.Key+"__id", r.ID); err != nil {
			return err
		}
	}
	if d.withChildren && t.Parent != "" {
		if err := d.below(t, t.Parent+"__id", r.ID); err != nil {
			return err
		}
	}
	if t.Key == userLedger {
		if err := d.below(d.tx.schema.tables[userField], "ledger", r.Get("key").Text); err != nil {
			return err
		}
	}
	d.list = append(d.list, doomed{t, r})
	return nil
}

func (d *doom) below(t *table, column, id string) error {
	if t == nil {
		return nil
	}
	rows, err := loadRows(d.tx.quiet, d.tx.ses, t, d.tx.secrets, "t."+quote(column)+" = ? ORDER BY t.n", id)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if err := d.collect(t, r); err != nil {
			return err
		}
	}
	return nil
}

// use is how often the records of a ledger refer to one of those looked at.
type use struct {
	label string
	n     int
	below bool // they are the children, by the ledger's Parent field
}

// uses counts what refers to the records of the list and is not itself in gone.
func (tx *Tx) uses(list []doomed, gone map[recordKey]bool) ([]use, error) {
	var out []use
	for _, d := range list {
		found, err := tx.usesOf(d, gone)
		if err != nil {
			return nil, err
		}
		for _, u := range found {
			i := slices.IndexFunc(out, func(x use) bool { return x.label == u.label && x.below == u.below })
			if i < 0 {
				out = append(out, u)
				continue
			}
			out[i].n += u.n
		}
	}
	return out, nil
}

func (tx *Tx) usesOf(d doomed, gone map[recordKey]bool) ([]use, error) {
	c := &useCounter{tx: tx, gone: gone}
	for _, ref := range tx.schema.catalog.Referrers(d.t.Key) {
		from := tx.schema.tables[ref.Ledger.Key]
		if !from.byKey[ref.Field.Key].secret() {
			below := from.Key == d.t.Key && ref.Field.Key == d.t.Parent
			c.count(from, below, quote(ref.Field.Key+"__id")+" = ?", d.ID)
		}
	}
	if d.t.Key == areaLedger {
		for _, from := range tx.schema.all() {
			c.count(from, false, "area = ?", d.ID)
		}
	}
	if own := tx.schema.tables[d.Get("key").Text]; d.t.Key == userLedger && own != nil {
		c.count(own, false, "true")
	}
	return c.found, c.err
}

// useCounter counts references until an error, which it keeps.
type useCounter struct {
	tx    *Tx
	gone  map[recordKey]bool
	found []use
	err   error
}

func (c *useCounter) count(t *table, below bool, where string, args ...any) {
	if c.err != nil {
		return
	}
	var ids []string
	ids, c.err = c.tx.ses.strings(c.tx.quiet, "SELECT id FROM "+t.sqlName()+" WHERE "+where, args...)
	ids = slices.DeleteFunc(ids, func(id string) bool { return c.gone[recordKey{t.Key, id}] })
	if len(ids) > 0 {
		c.found = append(c.found, use{t.Label, len(ids), below})
	}
}

func sayUses(uses []use) string {
	parts := make([]string, len(uses))
	for i, u := range uses {
		parts[i] = fmt.Sprintf("%d 条%s", u.n, u.label)
	}
	return strings.Join(parts, "、")
}

func (tx *Tx) inUse(t *table, r row, uses []use) error {
	advice := "请先改掉这些引用，或用“合并”把它并入另一条。"
	if !slices.ContainsFunc(uses, func(u use) bool { return !u.below }) {
		advice = "要一起删除，请选“连同下级”。"
	}
	return model.Errorf(model.CodeInUse, "%s“%s”不能删除：还有 %s用着它。%s", t.Label, t.Name(r.Record), sayUses(uses), advice)
}
