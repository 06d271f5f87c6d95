package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

// journalText is the journal as it stands in the file, entries in their order.
func (b *box) journalText() []string {
	b.t.Helper()
	out, err := b.writer.strings(b.ctx, "SELECT concat_ws('|', op, ledger, record, area, kind, before, after) FROM sys_change ORDER BY n")
	if err != nil {
		b.t.Fatal(err)
	}
	return out
}

// anyText draws words with all that JSON must escape, and bytes that are no UTF-8.
func anyText(rt *rapid.T, label string) string {
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{"张示例一", `"`, `\`, "/", "'", "\x00", "\x01", "\b", "\t", "\n", "\v", "\f", "\r", "\x1f", " ",
		"\x7f", "\u2028", "𠮷", "\xff", "</a>", "{", "}"}), 1, 6).Draw(rt, label)
	return strings.Join(parts, "")
}

// anyRecords draws tasks, their progress and persons, some with an area, an id of
// their own, or a parent among those before and behind them.
func anyRecords(rt *rapid.T, n int) []*model.Record {
	out := make([]*model.Record, n)
	for i := range out {
		text := func(key string) string { return anyText(rt, fmt.Sprint(key, i)) }
		maybe := func(key string) bool { return rapid.Bool().Draw(rt, fmt.Sprint("has ", key, i)) }
		r := rec("task", fmt.Sprint("t", i), "title", text("title"), "state", "doing")
		switch {
		case i%5 == 3:
			r = rec("progress", fmt.Sprint("g", i), "task", "→"+fmt.Sprint("t", i-1), "period", "2026-11", "text", text("text"))
		case i%7 == 4:
			r = rec("person", fmt.Sprint("p", i), "name", text("name"), "id_number", "990101199001011234", "phone", "13900000000")
		default:
			for key, v := range vals("due", model.OnDay("2026-12-01"), "households", rapid.Int().Draw(rt, "households"), "urgent", 1, "remark", text("remark"), "secret_note", text("secret")) {
				if maybe(key) {
					r.Put(key, v)
				}
			}
			if i > 0 && maybe("parent") {
				r.Put("parent", model.Reference("t"+fmt.Sprint(rapid.IntRange(0, i-1).Draw(rt, "up")), "上级"))
			}
		}
		if maybe("area") {
			r.Area = "a1"
		}
		out[i] = r
	}
	return out
}

// TestAddAll_WritesWhatAddWrites: tables, derived fields, search index and journal
// are the same to the byte.
func TestAddAll_WritesWhatAddWrites(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		records := anyRecords(rt, rapid.IntRange(0, 5*rowsAtOnce).Draw(rt, "records"))
		one, all := newBox(t), newBox(t)
		all.secrets = one.secrets // the hashes are to be the same
		for _, b := range []*box{one, all} {
			b.add("area", "a1", "name", "青山村")
		}
		add(one, records, func(tx *Tx, list []*model.Record) error {
			for _, r := range list {
				if err := tx.Add(r); err != nil {
					return err
				}
			}
			return nil
		})
		add(all, records, (*Tx).AddAll)
		if a, b := one.dump(), all.dump(); a != b {
			rt.Fatalf("one by one\n%s\nat once\n%s", a, b)
		}
		a, b := one.journalText(), all.journalText()
		if !slices.Equal(a, b) {
			rt.Fatalf("one by one\n%q\nat once\n%q", a, b)
		}
		if len(records) == 0 {
			return
		}
		all.undo(0)
		one.undo(0)
		if a, b := one.dump(), all.dump(); a != b || strings.Contains(b, "title=") {
			rt.Fatalf("undone: one by one\n%s\nat once\n%s", a, b)
		}
	})
}

func add(b *box, records []*model.Record, how func(*Tx, []*model.Record) error) {
	var copies []*model.Record
	for _, r := range records {
		copies = append(copies, copyRecord(r))
	}
	b.do("批量", func(tx *Tx) error { return how(tx, copies) })
}

// manyTasks are enough for several statements and a rest.
func manyTasks(n int) []*model.Record {
	var out []*model.Record
	for i := range n {
		out = append(out, rec("task", fmt.Sprint("t", i), "title", fmt.Sprintf("第%d项", i)))
	}
	return out
}

// TestAddAll_KeepsTheJournalInOrder: entries stand as the records were given, and
// what follows in the operation is journalled as ever.
func TestAddAll_KeepsTheJournalInOrder(t *testing.T) {
	b := newBox(t)
	records := manyTasks(2*rowsAtOnce + 3)
	b.do("批量", func(tx *Tx) error {
		if err := tx.AddAll(records); err != nil {
			return err
		}
		if _, err := tx.Set("task", "t1", vals("title", "改")); err != nil {
			return err
		}
		return tx.Add(rec("task", "last", "title", "末"))
	})
	entries, err := b.Entries(b.ctx, 1)
	if err != nil || len(entries) != len(records)+2 {
		t.Fatal(len(entries), err)
	}
	for i, r := range records {
		if e := entries[i]; e.Kind != model.Added || e.Record != r.ID || e.After["title"] != r.Get("title") {
			t.Errorf("%d: %+v", i, e)
		}
	}
	if e := entries[len(records)]; e.Kind != model.Changed || e.Before["title"] != model.Text("第1项") {
		t.Errorf("%+v", e)
	}
	if e := entries[len(records)+1]; e.Kind != model.Added || e.Record != "last" {
		t.Errorf("%+v", e)
	}
}

// TestAddAll_Refuses: whatever is wrong with one record, nothing of the operation
// stays, even if its function goes on.
func TestAddAll_Refuses(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func([]*model.Record)
		code   model.Code
		words  string
	}{
		{"an id that is taken", func(l []*model.Record) { l[20].ID = "there" }, model.CodeExists, "there"},
		{"an id given twice", func(l []*model.Record) { l[20].ID = "t3" }, model.CodeExists, "t3"},
		{"an id given twice in one statement", func(l []*model.Record) { l[4].ID = "t3" }, model.CodeExists, "t3"},
		{"a field that is not there", func(l []*model.Record) { l[30].Put("nothing", model.Text("x")) }, model.CodeInvalid, "nothing"},
		{"a value of another kind", func(l []*model.Record) { l[30].Put("households", model.Text("三")) }, model.CodeInvalid, "涉及户数"},
		{"a circle of parents", func(l []*model.Record) {
			l[2].Put("parent", model.Reference("t5", ""))
			l[5].Put("parent", model.Reference("t2", ""))
		}, model.CodeInvalid, "下级下面"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBox(t)
			b.add("task", "there", "title", "早已有的")
			before := b.dump()
			records := manyTasks(2*rowsAtOnce + 3)
			tt.change(records)
			_, err := b.Do(b.ctx, model.Operation{}, func(tx *Tx) error {
				if err := tx.AddAll(records); err == nil {
					t.Error("nothing was wrong")
				}
				return nil
			})
			wantCode(t, err, tt.code, tt.words)
			if b.dump() != before {
				t.Error("something stayed")
			}
			b.add("task", "after", "title", "后来的")
		})
	}
}

func TestAddAll_StopsWhenCancelled(t *testing.T) {
	b := newBox(t)
	ctx, cancel := context.WithCancel(b.ctx)
	_, err := b.Do(ctx, model.Operation{}, func(tx *Tx) error {
		cancel()
		return tx.AddAll(manyTasks(rowsAtOnce))
	})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestAddAll_KeepsPlaces: records deleted before in the operation keep their places.
func TestAddAll_KeepsPlaces(t *testing.T) {
	b := newBox(t)
	first := manyTasks(rowsAtOnce)
	b.do("批量", func(tx *Tx) error { return tx.AddAll(first) })
	before := b.dump()
	b.do("换", func(tx *Tx) error {
		for _, r := range first {
			if err := tx.Delete("task", r.ID, false); err != nil {
				return err
			}
		}
		return tx.AddAll(manyTasks(rowsAtOnce))
	})
	if b.dump() != before {
		t.Errorf("moved:\n%s\n%s", before, b.dump())
	}
}

// TestAddAll_OfDescriptions: fields change the table whose records come after.
func TestAddAll_OfDescriptions(t *testing.T) {
	b := newBox(t)
	var records []*model.Record
	for i := range rowsAtOnce {
		key := MintKey()
		records = append(records, rec(userField, "", "ledger", "task", "key", key, "label", fmt.Sprint("项目", i), "kind", "text"),
			rec("task", fmt.Sprint("t", i), "title", "一", key, "值"))
	}
	b.do("批量", func(tx *Tx) error { return tx.AddAll(records) })
	if got := b.get("task", "t3").Get(records[6].Get("key").Text); got.Text != "值" {
		t.Errorf("%+v", got)
	}
}
