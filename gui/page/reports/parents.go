package reports

import (
	"context"
	"maps"
	"slices"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page/plan"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// parents are the records that new rows can be hung under.
type parents map[string][]parent // by ledger

type parent struct {
	area   string
	choice kit.Choice
}

// readParents reads them for every ledger in which a file has new rows.
func (p *Page) readParents(ctx context.Context, files []app.Previewed) (parents, error) {
	out := parents{}
	for _, key := range ledgersOfNew(files) {
		l := p.api.Catalog().Ledger(key)
		if l == nil || plan.ParentField(l) == nil {
			continue
		}
		_, page, err := p.api.List(ctx, app.ListRequest{Ledger: key})
		if err != nil {
			return nil, err
		}
		for _, rec := range page.Records {
			out[key] = append(out[key], parent{rec.Area, kit.Choice{ID: rec.ID, Text: l.Name(rec), Note: unitOf(l, rec)}})
		}
	}
	return out, nil
}

// ledgersOfNew are the ledgers to which files add rows.
func ledgersOfNew(files []app.Previewed) []string {
	seen := map[string]bool{}
	for _, f := range files {
		if exchange.IsBundle(f.Form) {
			continue // who wrote them has said where they belong
		}
		for _, p := range f.Plans {
			for _, r := range p.Rows {
				if r.Kind == exchange.RowAdd {
					seen[p.Ledger] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// unitOf is whose a record is.
func unitOf(l *model.Ledger, rec *model.Record) string {
	if f := l.Field("unit"); f != nil {
		return f.Show(rec.Get("unit"))
	}
	return ""
}

// of are those that are not the sender's own: what a village adds is part of what
// stands above it.
func (p parents) of(ledger, sender string) []kit.Choice {
	var out []kit.Choice
	for _, x := range p[ledger] {
		if x.area != sender {
			out = append(out, x.choice)
		}
	}
	return out
}

// takeParents keeps the items of more files beside those that are known.
func (c *collect) takeParents(more parents) {
	if c.above == nil {
		c.above = parents{}
	}
	maps.Copy(c.above, more)
}

// hang hangs the new records that were taken in under the items chosen, one operation
// a ledger.
func (p *Page) hang(ctx context.Context, chosen map[string]plan.Hang, taken []app.FileResult) ([]int64, error) {
	rows := map[string][]app.RowChange{}
	for _, r := range taken {
		for _, pl := range r.Plans {
			for _, row := range pl.Rows {
				if len(row.Records) == 0 || r.Op == 0 || row.Kind != exchange.RowAdd {
					continue
				}
				id := row.Records[0].ID
				if h, ok := chosen[id]; ok {
					rows[h.Ledger] = append(rows[h.Ledger], app.RowChange{ID: id, Assign: []app.Assignment{{Field: h.Field, Words: h.Parent.ID}}})
				}
			}
		}
	}
	var ops []int64
	for _, key := range slices.Sorted(maps.Keys(rows)) {
		done, err := p.api.SetMany(ctx, key, rows[key])
		if err != nil {
			return ops, err
		}
		ops = append(ops, done.Op)
	}
	return ops, nil
}
