package app

import (
	"context"

	"xiangzhen/model"
)

// Use says how many records of a ledger refer to one record by one field.
type Use struct {
	Ledger, Field string // labels
	N             int
}

// Uses counts, for every record of a ledger that others refer to, who does: by the
// record's id, in the order of the catalog. Records that only the program keeps
// count too, as they keep a record from being deleted.
func (a *App) Uses(ctx context.Context, ledger string) (map[string][]Use, error) {
	out := map[string][]Use{}
	for _, by := range a.Catalog().Referrers(ledger) {
		buckets, err := a.store.CountBy(ctx, model.Query{Ledger: by.Ledger.Key}, by.Field.Key)
		if err != nil {
			return nil, err
		}
		// The same id comes with different words where a name was changed since.
		counts := map[string]int{}
		for _, b := range buckets {
			if b.Value.ID != "" {
				counts[b.Value.ID] += b.N
			}
		}
		for id, n := range counts {
			out[id] = append(out[id], Use{by.Ledger.Label, by.Field.Label, n})
		}
	}
	return out, nil
}
