package store

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

func sqlText(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }

// show writes a net as before → after, field by field.
func (n *net) show() string {
	keys := slices.Compact(slices.Sorted(slices.Values(append(sortedKeys(n.before), sortedKeys(n.after)...))))
	var parts []string
	for _, key := range keys {
		parts = append(parts, fmt.Sprintf("%s %s→%s", key, orNull(n.before[key]), orNull(n.after[key])))
	}
	return fmt.Sprintf("%v→%v %s", n.existed, n.exists, strings.Join(parts, ", "))
}

func TestNet_Fold(t *testing.T) {
	added := func(after string) journalRow { return journalRow{kind: model.Added, after: sqlText(after)} }
	changed := func(before, after string) journalRow {
		return journalRow{kind: model.Changed, before: sqlText(before), after: sqlText(after)}
	}
	deleted := func(before string) journalRow { return journalRow{kind: model.Deleted, before: sqlText(before)} }
	tests := []struct {
		name    string
		rows    []journalRow
		want    string
		changed string
	}{
		{"added", []journalRow{added(`{"a":1}`)}, "false→true a null→1", "a"},
		{"added and changed", []journalRow{added(`{"a":1}`), changed(`{"a":1,"b":null}`, `{"a":2,"b":"x"}`)}, `false→true a null→2, b null→"x"`, "a b"},
		{"changed", []journalRow{changed(`{"a":1}`, `{"a":2}`)}, "true→true a 1→2", "a"},
		{"changed twice", []journalRow{changed(`{"a":1}`, `{"a":2}`), changed(`{"a":2,"b":[1,2]}`, `{"a":3,"b":null}`)}, "true→true a 1→3, b [1,2]→null", "a b"},
		{"changed there and back", []journalRow{changed(`{"a":1}`, `{"a":2}`), changed(`{"a":2}`, `{"a":1}`)}, "true→true a 1→1", ""},
		{"deleted", []journalRow{deleted(`{"#":[7,3,1,"",1,""],"a":1}`)}, "true→false a 1→null", "a"},
		{"changed and deleted", []journalRow{changed(`{"a":1}`, `{"a":2}`), deleted(`{"#":[7,3,1,"",1,""],"a":2,"b":5}`)}, "true→false a 1→null, b 5→null", "a b"},
		{"cleared and deleted", []journalRow{changed(`{"a":1}`, `{"a":null}`), deleted(`{"#":[7,3,1,"",1,""]}`)}, "true→false a 1→null", "a"},
		{"added and deleted", []journalRow{added(`{"a":1}`), deleted(`{"#":[7,3,1,"",1,""],"a":1}`)}, "false→false ", ""},
		{
			"deleted and added again",
			[]journalRow{deleted(`{"#":[7,3,1,"",1,""],"a":1,"b":2}`), added(`{"a":1,"c":3}`)},
			"true→true a 1→1, b 2→null, c null→3", "b c",
		},
		{
			"deleted, added, changed and deleted",
			[]journalRow{deleted(`{"#":[7,3,1,"",1,""],"a":1}`), added(`{"b":2}`), changed(`{"b":2}`, `{"b":3}`), deleted(`{"#":[8,1,1,"",1,""],"b":3}`)},
			"true→false a 1→null, b null→null", "a",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := newNet(recordKey{"task", "t1"}, tt.rows[0].kind)
			for i, row := range tt.rows {
				row.n = int64(i + 1)
				if err := n.fold(row); err != nil {
					t.Fatal(err)
				}
			}
			if got := n.show(); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if got := strings.Join(n.changed(), " "); got != tt.changed {
				t.Errorf("changed %q, want %q", got, tt.changed)
			}
			if n.last != int64(len(tt.rows)) || n.existed && !n.exists && n.row == nil {
				t.Errorf("last %d, row %s", n.last, n.row)
			}
		})
	}
	n := newNet(recordKey{"task", "t1"}, model.Added)
	if n.fold(added("{")) == nil || n.fold(changed("{", "")) == nil {
		t.Error("broken JSON was taken")
	}
}

// TestNet_FoldsAnything: of any walk of a record through an operation, the net has
// the first state before and the last state after.
func TestNet_FoldsAnything(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		state := genState().Draw(rt, "state")
		there := rapid.Bool().Draw(rt, "there")
		first, existed := maps.Clone(state), there
		var n *net
		for range rapid.IntRange(1, 6).Draw(rt, "steps") {
			row := journalRow{kind: model.Changed}
			switch {
			case !there:
				state, there = genState().Draw(rt, "state"), true
				row.kind, row.after = model.Added, sqlText(encode(rt, state))
			case rapid.Bool().Draw(rt, "delete"):
				there = false
				row.kind, row.before = model.Deleted, sqlText(encode(rt, state))
			default:
				next := genState().Draw(rt, "state")
				before, after := map[string]any{}, map[string]any{}
				for _, key := range stateKeys {
					if state[key] != next[key] {
						before[key], after[key] = state[key], next[key]
					}
				}
				row.before, row.after = sqlText(encode(rt, before)), sqlText(encode(rt, after))
				state = next
			}
			if n == nil {
				n = newNet(recordKey{"task", "t1"}, row.kind)
			}
			if err := n.fold(row); err != nil {
				rt.Fatal(err)
			}
		}
		if n.existed != existed || n.exists != there {
			rt.Fatalf("%v→%v, want %v→%v", n.existed, n.exists, existed, there)
		}
		if !existed && !there {
			return
		}
		for _, key := range stateKeys {
			var want []string
			if existed {
				want = append(want, encode(rt, first[key]), string(orNull(n.before[key])))
			}
			if there && (n.after[key] != nil || !existed) {
				want = append(want, encode(rt, state[key]), string(orNull(n.after[key])))
			}
			for i := 0; i < len(want); i += 2 {
				if _, mentioned := n.before[key]; existed && !mentioned {
					continue // never touched
				}
				if want[i] != want[i+1] {
					rt.Fatalf("%s: %s, want %s (%s)", key, want[i+1], want[i], n.show())
				}
			}
		}
	})
}

var stateKeys = []string{"a", "b", "c"}

// genState draws the fields of a record; a missing one is empty.
func genState() *rapid.Generator[map[string]any] {
	return rapid.Custom(func(t *rapid.T) map[string]any {
		out := map[string]any{}
		for _, key := range stateKeys {
			if rapid.Bool().Draw(t, key) {
				out[key] = rapid.IntRange(1, 3).Draw(t, "value")
			}
		}
		return out
	})
}

func encode(t rapid.TB, v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestNet_Unchanged(t *testing.T) {
	n := &net{after: map[string]json.RawMessage{"a": json.RawMessage("1"), "b": nil}}
	tests := []struct {
		now  string
		want bool
	}{{`{"a":1}`, true}, {`{"a":1,"b":null}`, true}, {`{"a":2}`, false}, {`{}`, false}, {`{"a":1,"c":3}`, false}, {`{"a":"1"}`, false}}
	for _, tt := range tests {
		now, err := parseJournal(tt.now)
		if err != nil {
			t.Fatal(err)
		}
		if n.unchanged(now) != tt.want {
			t.Errorf("%s: unchanged is not %v", tt.now, tt.want)
		}
	}
}

func TestColumnValues(t *testing.T) {
	tests := []struct {
		raw  string
		want []any
	}{
		{`null`, []any{nil}}, {`"甲"`, []any{"甲"}}, {`12`, []any{int64(12)}}, {`9223372036854775807`, []any{int64(9223372036854775807)}},
		{`["甲",null,3]`, []any{"甲", nil, int64(3)}}, {`[]`, []any{}},
	}
	for _, tt := range tests {
		got, err := columnValues(json.RawMessage(tt.raw))
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v %v", tt.raw, got, err)
		}
	}
	for _, raw := range []string{``, `{`, `1.5`, `[1.5]`, `[`} {
		if got, err := columnValues(json.RawMessage(raw)); err == nil {
			t.Errorf("%q was taken for %v", raw, got)
		}
	}
}
