package store

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"xiangzhen/model"
)

// TestReader_Contract: a Store and a Tx answer every question alike.
func TestReader_Contract(t *testing.T) {
	b := newBox(t)
	county(b)
	b.add("person", "p1", "name", "张示例一", "id_number", "990101198503150025")
	b.set("task", "k1", "remark", "改过")
	questions := map[string]func(r Reader) (any, error){
		"get":         func(r Reader) (any, error) { return r.Get(b.ctx, "task", "k1") },
		"get nothing": func(r Reader) (any, error) { return r.Get(b.ctx, "task", "k99") },
		"no ledger":   func(r Reader) (any, error) { return r.Get(b.ctx, "nothing", "k1") },
		"list": func(r Reader) (any, error) {
			return r.List(b.ctx, model.Query{Ledger: "task", Areas: []string{"c"}, Sort: []model.Sort{{Field: "due"}}, Limit: 3, Offset: 1})
		},
		"search": func(r Reader) (any, error) { return r.List(b.ctx, model.Query{Ledger: "task", Search: "通村路"}) },
		"each": func(r Reader) (any, error) {
			var ids []string
			err := r.Each(b.ctx, model.Query{Ledger: "task"}, func(rec *model.Record) error { ids = append(ids, rec.ID); return nil })
			return ids, err
		},
		"each of nothing": func(r Reader) (any, error) { return nil, r.Each(b.ctx, model.Query{Ledger: "nothing"}, nil) },
		"count":           func(r Reader) (any, error) { return r.Count(b.ctx, model.Query{Ledger: "task", Areas: []string{"t1"}}) },
		"count by":        func(r Reader) (any, error) { return r.CountBy(b.ctx, model.Query{Ledger: "task"}, "state") },
		"find": func(r Reader) (any, error) {
			return r.Find(b.ctx, "person", vals("id_number", "990101198503150025"), "")
		},
		"find nonsense": func(r Reader) (any, error) { return r.Find(b.ctx, "task", vals("nothing", "x"), "") },
		"descendants":   func(r Reader) (any, error) { return r.Descendants(b.ctx, "t1") },
		"history":       func(r Reader) (any, error) { return r.History(b.ctx, "task", "k1") },
		"entries":       func(r Reader) (any, error) { return r.Entries(b.ctx, 3) },
		"catalog":       func(r Reader) (any, error) { return len(r.Catalog().All()), nil },
	}
	b.do("读", func(tx *Tx) error {
		for name, ask := range questions {
			fromStore, storeErr := ask(b.Store)
			fromTx, txErr := ask(tx)
			if !reflect.DeepEqual(fromStore, fromTx) || model.CodeOf(storeErr) != model.CodeOf(txErr) {
				t.Errorf("%s: the store says %+v (%v), the operation %+v (%v)", name, fromStore, storeErr, fromTx, txErr)
			}
		}
		return nil
	})
}

// TestReader_ManyRows: lists and iterations over more rows than one statement
// loads keep their order.
func TestReader_ManyRows(t *testing.T) {
	b := newBox(t)
	const n = 2*chunkRows + 17
	b.do("样本", func(tx *Tx) error {
		for i := range n {
			if err := tx.Add(rec("task", fmt.Sprintf("k%04d", i), "households", (i*7919)%n)); err != nil {
				return err
			}
		}
		return nil
	})
	for _, descending := range []bool{false, true} {
		q := model.Query{Ledger: "task", Sort: []model.Sort{{Field: "households", Descending: descending}}}
		p, err := b.List(b.ctx, q)
		if err != nil || p.Total != n || len(p.Records) != n {
			t.Fatal(p.Total, len(p.Records), err)
		}
		i := 0
		err = b.Each(b.ctx, q, func(r *model.Record) error {
			want := i
			if descending {
				want = n - 1 - i
			}
			if r.Get("households").Num != int64(want) || p.Records[i].ID != r.ID {
				return errors.New(fmt.Sprint("out of order at ", i))
			}
			i++
			return nil
		})
		if err != nil || i != n {
			t.Errorf("%d rows, %v", i, err)
		}
	}
	op, err := b.Undoable(b.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if entries, err := b.Entries(b.ctx, op.ID); err != nil || len(entries) != n {
		t.Errorf("%d entries, %v", len(entries), err)
	}
	if res := b.undo(0); res.Undone != n {
		t.Errorf("undone %d", res.Undone)
	}
}

func TestOperations_Pages(t *testing.T) {
	b := newBox(t)
	for i := range 5 {
		b.add("task", fmt.Sprint("t", i), "title", "一")
	}
	tests := []struct {
		limit, offset int
		want          []int64
	}{{0, 0, []int64{5, 4, 3, 2, 1}}, {2, 0, []int64{5, 4}}, {2, 2, []int64{3, 2}}, {0, 4, []int64{1}}, {9, 9, nil}}
	for _, tt := range tests {
		ops, err := b.Operations(b.ctx, tt.limit, tt.offset)
		if err != nil {
			t.Fatal(err)
		}
		var got []int64
		for _, op := range ops {
			got = append(got, op.ID)
		}
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("limit %d offset %d: %v", tt.limit, tt.offset, got)
		}
	}
}
