package exchange

import "xiangzhen/model"

// matched is what the natural keys of a ledger find for a row.
type matched struct {
	record  *model.Record
	several int  // more than one hit: how many
	keyed   bool // at least one key is complete
}

// match finds the record a row without an id is about, by the ledger's natural
// keys, best first. A record found by a later key must not contradict what the
// row gives of an earlier one: two people of one name with different ID numbers
// are two people. Nothing is guessed: several hits are no hit.
func match(lk Lookup, l *model.Ledger, values map[string]model.Value) (matched, error) {
	var m matched
	var earlier []string
	for _, key := range l.Match {
		given, complete := pick(key, values)
		if !complete {
			earlier = append(earlier, key...)
			continue
		}
		m.keyed = true
		hits, err := lk.Match(l.Key, given)
		if err != nil {
			return m, err
		}
		hits = agreeing(l, hits, earlier, values)
		switch len(hits) {
		case 0:
			earlier = append(earlier, key...)
		case 1:
			m.record = hits[0]
			return m, nil
		default:
			m.several = len(hits)
			return m, nil
		}
	}
	return m, nil
}

func pick(key []string, values map[string]model.Value) (map[string]model.Value, bool) {
	given := make(map[string]model.Value, len(key))
	for _, k := range key {
		v := values[k]
		if v.IsEmpty() {
			return nil, false
		}
		given[k] = v
	}
	return given, true
}

// agreeing leaves out records that have another value in one of the fields.
func agreeing(l *model.Ledger, hits []*model.Record, fields []string, values map[string]model.Value) []*model.Record {
	var out []*model.Record
	for _, h := range hits {
		ok := true
		for _, k := range fields {
			f, v := l.Field(k), values[k]
			if f != nil && v.Set && h.Get(k).Set && !f.Same(v, h.Get(k)) {
				ok = false
			}
		}
		if ok {
			out = append(out, h)
		}
	}
	return out
}
