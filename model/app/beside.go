package app

import (
	"context"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/store"
)

// besides finds the records that the rules of a ledger see besides the one they
// are about (model.Beside), for one record or for many at once.
type besides struct {
	r     store.Reader
	l     *model.Ledger
	asked []model.Beside
	// twins holds, for a Beside of twins, the ids of records that have one: of
	// 300,000 members few have, and only those are looked up. nil = not known.
	twins map[model.Beside]map[string]bool
}

func newBesides(r store.Reader, l *model.Ledger) *besides {
	b := &besides{r: r, l: l}
	for _, check := range l.Checks {
		for _, ask := range check.Beside {
			if !slices.Contains(b.asked, ask) {
				b.asked = append(b.asked, ask)
			}
		}
	}
	return b
}

// knowTwins finds out which records of the whole ledger have twins.
func (b *besides) knowTwins(ctx context.Context) error {
	b.twins = map[model.Beside]map[string]bool{}
	for _, ask := range b.asked {
		if !ask.IsTwins(b.l.Key) {
			continue
		}
		ids, err := b.r.Repeated(ctx, ask.Ledger, ask.Field)
		if err != nil {
			return err
		}
		known := make(map[string]bool, len(ids))
		for _, id := range ids {
			known[id] = true
		}
		b.twins[ask] = known
	}
	return nil
}

// near returns what each of the records has beside it.
func (b *besides) near(ctx context.Context, records []*model.Record) ([]map[model.Beside][]*model.Record, error) {
	out := make([]map[model.Beside][]*model.Record, len(records))
	for i := range out {
		out[i] = make(map[model.Beside][]*model.Record, len(b.asked))
	}
	for _, ask := range b.asked {
		keys := make([]string, len(records))
		var wanted []string
		for i, rec := range records {
			if known, all := b.twins[ask]; all && !known[rec.ID] {
				continue
			}
			if keys[i] = model.KeyOf(rec, ask.Own); keys[i] != "" {
				wanted = append(wanted, keys[i])
			}
		}
		found, err := b.among(ctx, ask, wanted)
		if err != nil {
			return nil, err
		}
		for i, key := range keys {
			if key != "" {
				out[i][ask] = found[key]
			}
		}
	}
	return out, nil
}

// among returns the records beside, by what they say in the field asked for.
func (b *besides) among(ctx context.Context, ask model.Beside, wanted []string) (map[string][]*model.Record, error) {
	if len(wanted) == 0 {
		return nil, nil
	}
	slices.Sort(wanted)
	hits, err := b.r.Among(ctx, ask.Ledger, ask.Field, slices.Compact(wanted))
	if err != nil {
		return nil, err
	}
	out := make(map[string][]*model.Record, len(wanted))
	for _, hit := range hits {
		key := model.KeyOf(hit, ask.Field)
		out[key] = append(out[key], hit)
	}
	return out, nil
}
