package app

import (
	"cmp"
	"context"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
)

// said gathers what one copy of the ledger says to another: the records of a Bundle.
type said struct {
	*App
	goes func(l *model.Ledger) bool // whether a ledger's records are said
	// all says also what was changed and is again as it was, or was added and is gone:
	// the other side may have taken it in between.
	all    bool
	upto   int64 // the last operation that is said
	out    []exchange.Bundled
	others map[int64]bool // operations, whether they are of what others said
}

// reach notes up to which operation everything is said.
func (s *said) reach(ctx context.Context) error {
	ops, err := s.store.Operations(ctx, 1, 0)
	if err == nil && len(ops) > 0 {
		s.upto = ops[0].ID
	}
	return err
}

// changed gathers what this copy changed itself after an operation: of a record that
// was there the fields that changed, with what they were.
func (s *said) changed(ctx context.Context, since int64) error {
	if err := s.reach(ctx); err != nil {
		return err
	}
	entries, err := s.store.EntriesSince(ctx, since)
	if err != nil {
		return err
	}
	by, order := map[target]*exchange.Bundled{}, []target{}
	for _, e := range entries {
		l := s.Catalog().Ledger(e.Ledger)
		if l == nil || !s.goes(l) {
			continue
		}
		theirs, err := s.ofOthers(ctx, e.Op)
		if err != nil {
			return err
		}
		if theirs {
			continue
		}
		t := target{e.Ledger, e.Record}
		if by[t] == nil {
			by[t] = &exchange.Bundled{Ledger: e.Ledger, ID: e.Record, New: e.Kind == model.Added, Values: map[string]model.Value{}, Base: map[string]model.Value{}}
			order = append(order, t)
		}
		noteBase(by[t].Base, l, e)
	}
	for _, t := range order {
		if err := s.complete(ctx, by[t]); err != nil {
			return err
		}
	}
	rank := map[string]int{}
	for i, l := range packOrder(s.Catalog()) {
		rank[l.Key] = i
	}
	slices.SortStableFunc(s.out, func(x, y exchange.Bundled) int { return cmp.Compare(rank[x.Ledger], rank[y.Ledger]) })
	return nil
}

// noteBase notes of the fields that an entry changed what they were before the first
// change.
func noteBase(base map[string]model.Value, l *model.Ledger, e model.Entry) {
	for _, side := range []map[string]model.Value{e.Before, e.After} {
		for key := range side {
			if _, known := base[key]; !known && l.Field(key) != nil && !l.IsDerived(key) {
				base[key] = e.Before[key]
			}
		}
	}
}

// ofOthers reports whether an operation took in what another office said, or took that
// back, or did it again: none of it is this office's word, which would undo the other's
// work there.
func (s *said) ofOthers(ctx context.Context, op model.Operation) (bool, error) {
	if theirs, known := s.others[op.ID]; known {
		return theirs, nil
	}
	gesture := &op
	for gesture.Undoes != 0 {
		next, err := s.store.Operation(ctx, gesture.Undoes)
		if err != nil {
			return false, err
		}
		if next == nil {
			break
		}
		gesture = next
	}
	if s.others == nil {
		s.others = map[int64]bool{}
	}
	s.others[op.ID] = gesture.Kind == opOffice
	return s.others[op.ID], nil
}

// complete states of what changed what it has become.
func (s *said) complete(ctx context.Context, b *exchange.Bundled) error {
	rec, err := s.store.Get(ctx, b.Ledger, b.ID)
	switch {
	case model.CodeOf(err) == model.CodeNotFound:
		if !b.New || s.all {
			s.out = append(s.out, exchange.Bundled{Ledger: b.Ledger, ID: b.ID, Gone: true})
		}
		return nil
	case err != nil:
		return err
	case rec.ID != b.ID: // merged into another one, which changed as well
		s.out = append(s.out, exchange.Bundled{Ledger: b.Ledger, ID: b.ID, Gone: true})
		return nil
	}
	l := s.Catalog().Ledger(b.Ledger)
	if b.Area = rec.Area; b.New {
		b.Values, b.Base = stored(l, rec), nil
		s.out = append(s.out, *b)
		return nil
	}
	for key, was := range b.Base {
		v := rec.Get(key)
		if !s.all && l.Field(key).Same(v, was) {
			delete(b.Base, key)
			continue
		}
		b.Values[key] = v
	}
	if len(b.Values) == 0 {
		return nil
	}
	for _, keys := range l.Match { // by which the others know it, had it another id there
		for _, key := range keys {
			if _, states := b.Values[key]; !states && l.Field(key) != nil {
				b.Values[key], b.Base[key] = rec.Get(key), rec.Get(key)
			}
		}
	}
	s.out = append(s.out, *b)
	return nil
}

// packOrder is the order of the ledgers in a pack: what others are described by or
// point at first.
func packOrder(c *model.Catalog) []*model.Ledger {
	first := slices.DeleteFunc(slices.Clone(c.All()), func(l *model.Ledger) bool { return !isDescription(l) })
	return append(first, slices.DeleteFunc(slices.Clone(c.All()), isDescription)...)
}

// stored are a record's values without what is derived.
func stored(l *model.Ledger, rec *model.Record) map[string]model.Value {
	out := make(map[string]model.Value, len(rec.Values))
	for i := range l.Fields {
		if v := rec.Get(l.Fields[i].Key); v.Set {
			out[l.Fields[i].Key] = v
		}
	}
	return out
}
