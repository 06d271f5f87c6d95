package exchange

import (
	"maps"
	"slices"

	"xiangzhen/model"
)

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
func match(lk Lookup, l *model.Ledger, values map[string]model.Value, known knownWords) (matched, error) {
	var m matched
	var earlier []string
	for _, key := range l.Match {
		if !areGiven(key, values) {
			earlier = append(earlier, key...)
			continue
		}
		m.keyed = true
		var hits []*model.Record
		if !known.lack(key, values) {
			var err error
			if hits, err = lk.Match(l.Key, pick(key, values)); err != nil {
				return m, err
			}
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

// areGiven reports whether the values give a key in full.
func areGiven(key []string, values map[string]model.Value) bool {
	return !slices.ContainsFunc(key, func(k string) bool { return values[k].IsEmpty() })
}

func pick(key []string, values map[string]model.Value) map[string]model.Value {
	given := make(map[string]model.Value, len(key))
	for _, k := range key {
		given[k] = values[k]
	}
	return given
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

// knownWords tells, for fields by which rows are recognised, of each word of the
// table whether the ledger has it: most rows of a new table need not be looked for.
type knownWords map[string]map[string]bool

// learn asks for the words of the rows in the fields of the natural keys.
func (known knownWords) learn(lk Lookup, l *model.Ledger, rows []*importRow) error {
	for _, key := range l.Match {
		i := slices.IndexFunc(key, func(k string) bool {
			f := l.Field(k)
			return f != nil && (f.Kind == model.KindText && !f.Sensitive || f.Kind == model.KindIDNumber)
		})
		if i < 0 || known[key[i]] != nil {
			continue
		}
		words := map[string]bool{}
		for _, row := range rows {
			if v := row.cells.at(Path(key[i])).Value; !v.IsEmpty() {
				words[v.Text] = false
			}
		}
		there, err := lk.Known(l.Key, key[i], slices.Collect(maps.Keys(words)))
		if err != nil {
			return err
		}
		for _, w := range there {
			words[w] = true
		}
		known[key[i]] = words
	}
	return nil
}

// lack reports whether no record can have the values: one was asked for in vain.
func (known knownWords) lack(key []string, values map[string]model.Value) bool {
	return slices.ContainsFunc(key, func(k string) bool {
		there, asked := known[k][values[k].Text]
		return asked && !there
	})
}

// setOf returns the fields of natural keys.
func setOf(keys [][]string) map[string]bool {
	set := map[string]bool{}
	for _, key := range keys {
		for _, k := range key {
			set[k] = true
		}
	}
	return set
}

// keyValues returns the row's values for the natural keys by field key.
func (pl *importPlanner) keyValues(row *importRow) map[string]model.Value {
	values := make(map[string]model.Value, keysAtMost)
	for i := range row.cells {
		e := &row.cells[i]
		if tg := pl.targets[e.path]; tg.Child == nil && e.path != PathArea && e.Value.Set && pl.isKey[tg.Field.Key] {
			values[tg.Field.Key] = e.Value
		}
	}
	return values
}

// keysAtMost is the room for the fields of a ledger's natural keys.
const keysAtMost = 6
