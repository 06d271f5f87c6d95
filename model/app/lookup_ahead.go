package app

import (
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
)

// known is what a lookup has read at once because every row of a table will ask for it.
// What has no entry was not read, and is asked of the ledger one by one.
type known struct {
	records  map[target]*model.Record   // only those that there are
	children map[target][]*model.Record // of one period, by the owned ledger and the owner
	claims   map[target][]*model.Record // by the record that they are on
	period   model.Month                // of the children
}

// expect reads what planning a return, and writing the plan, ask of its rows: their
// records, the children of the period in the ledgers that the form fills, and the claims
// on both. It holds until any of it is written.
func (k *lookup) expect(ret *exchange.Return) error {
	form := ret.Form()
	k.known = known{map[target]*model.Record{}, map[target][]*model.Record{}, map[target][]*model.Record{}, ret.Period.Month()}
	var ids []string
	for _, row := range ret.Rows {
		if row.ID != "" {
			ids = append(ids, row.ID)
		}
	}
	records, err := k.r.Among(k.ctx, form.Over, model.RecordID, ids)
	if err != nil {
		return err
	}
	for _, rec := range records {
		k.known.records[target{form.Over, rec.ID}] = rec
	}
	if err := k.expectClaims(form.Over, ids); err != nil {
		return err
	}
	for _, owned := range k.r.Catalog().Owned(form.Over) {
		inside := func(c exchange.FormColumn) bool {
			return c.Fill && strings.HasPrefix(string(c.Path), owned.Ledger.Key+".")
		}
		if !slices.ContainsFunc(form.Columns, inside) {
			continue
		}
		if err := k.expectChildren(owned.Ledger, ids); err != nil {
			return err
		}
	}
	return nil
}

// expectChildren reads the children that records have in an owned ledger, and the claims
// on them, also on those that a return is yet to begin.
func (k *lookup) expectChildren(owned *model.Ledger, owners []string) error {
	found, err := k.r.Among(k.ctx, owned.Key, owned.Owner().Key, owners,
		model.Cond{Field: "period", Op: model.OpEq, Value: model.Text(string(k.known.period))})
	if err != nil {
		return err
	}
	ids := make([]string, 0, len(owners)+len(found))
	for _, id := range owners {
		k.known.children[target{owned.Key, id}] = nil
		ids = append(ids, exchange.ChildID(id, owned.Key, k.known.period))
	}
	for _, rec := range found {
		t := target{owned.Key, rec.Get(owned.Owner().Key).ID}
		k.known.children[t] = append(k.known.children[t], rec)
		ids = append(ids, rec.ID)
	}
	return k.expectClaims(owned.Key, ids)
}

func (k *lookup) expectClaims(ledger string, records []string) error {
	found, err := k.r.Among(k.ctx, ledgers.Claim, "record", records,
		model.Cond{Field: "target_ledger", Op: model.OpEq, Value: model.Text(ledger)})
	if err != nil {
		return err
	}
	for _, id := range records {
		k.known.claims[target{ledger, id}] = nil
	}
	for _, rec := range found {
		t := target{ledger, rec.Get("record").Text}
		k.known.claims[t] = append(k.known.claims[t], rec)
	}
	return nil
}

// claimRecords returns the records of claims on a record, this side's line among them.
func (k *lookup) claimRecords(t target) ([]*model.Record, error) {
	if hits, read := k.known.claims[t]; read {
		return hits, nil
	}
	return findClaims(k.ctx, k.r, t)
}

// expectRecords reads the records of the ids and the claims on them at once.
func (k *lookup) expectRecords(ledger string, ids []string) error {
	k.known = known{map[target]*model.Record{}, map[target][]*model.Record{}, map[target][]*model.Record{}, ""}
	found, err := k.r.Among(k.ctx, ledger, model.RecordID, ids)
	if err != nil {
		return err
	}
	for _, rec := range found {
		k.known.records[target{ledger, rec.ID}] = rec
	}
	return k.expectClaims(ledger, ids)
}
