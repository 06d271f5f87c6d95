package store

import (
	"slices"
	"testing"

	"xiangzhen/model"
)

func TestDelete(t *testing.T) {
	tests := []struct {
		name         string
		ledger, id   string
		withChildren bool
		refused      []string // words of the refusal
		left         []string // tasks afterwards
	}{
		{"a leaf with what it owns", "task", "k3", false, nil, []string{"k1", "k2"}},
		{"one with children", "task", "k1", false, []string{"修路总任务", "2 条任务", "连同下级"}, []string{"k1", "k2", "k3"}},
		{"one with children, all of them", "task", "k1", true, nil, nil},
		{"one others refer to", "area", "v1", false, []string{"东坪村", "2 条任务", "1 条督办单", "合并"}, []string{"k1", "k2", "k3"}},
		{"one records belong to", "area", "v2", true, []string{"1 条任务用着它"}, []string{"k1", "k2", "k3"}},
		{"one nobody needs", "area", "v3", false, nil, []string{"k1", "k2", "k3"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBox(t)
			b.do("样本", func(tx *Tx) error {
				third := rec("task", "k3", "title", "三", "parent", "→k2")
				third.Area = "v2"
				for _, r := range []*model.Record{
					rec("area", "v1", "name", "东坪村"), rec("area", "v2", "name", "西坪村"), rec("area", "v3", "name", "南坪村"),
					rec("task", "k1", "title", "修路总任务", "unit", "→v1"),
					rec("task", "k2", "title", "二", "parent", "→k1", "unit", "→v1"), third,
					rec("order", "o1", "group", "→v1"), rec("progress", "p1", "task", "→k3", "text", "进展"),
				} {
					if err := tx.Add(r); err != nil {
						return err
					}
				}
				_, err := tx.Set("task", "k3", vals("parent", "→k1"))
				return err
			})
			before := b.dump()
			_, err := b.Do(b.ctx, model.Operation{Kind: "delete"}, func(tx *Tx) error { return tx.Delete(tt.ledger, tt.id, tt.withChildren) })
			if tt.refused != nil {
				wantCode(t, err, model.CodeInUse, tt.refused...)
				if b.dump() != before {
					t.Error("something was written")
				}
			} else if err != nil {
				t.Fatal(err)
			}
			b.wantIDs(model.Query{Ledger: "task"}, tt.left...)
			if n, err := b.Count(b.ctx, model.Query{Ledger: "progress"}); err != nil || (n == 1) != slices.Contains(tt.left, "k3") {
				t.Errorf("%d progress records, %v", n, err)
			}
			if tt.refused == nil {
				b.undo(0)
				if b.dump() != before {
					t.Error("undo did not bring all back")
				}
			}
		})
	}
}

func TestMerge(t *testing.T) {
	b := newBox(t)
	b.do("样本", func(tx *Tx) error {
		winner := rec("area", "w", "name", "东坪村")
		loser := rec("area", "l", "name", "东坪村委会", "code", "990101001201")
		loser.Area = "x"
		task := rec("task", "k1", "title", "修路", "unit", model.Reference("l", "东坪村委会"))
		task.Area = "l"
		for _, r := range []*model.Record{
			winner, loser, rec("area", "g", "name", "一组", "parent", "→l"), task, rec("order", "o1", "group", "→l"),
		} {
			if err := tx.Add(r); err != nil {
				return err
			}
		}
		return nil
	})
	before := b.dump()
	c := b.do("合并", func(tx *Tx) error { return tx.Merge("area", "w", "l") })
	if !slices.Equal(c.Ledgers, []string{"area", "order", "task"}) || !slices.Contains(c.Areas, "l") || !slices.Contains(c.Areas, "w") {
		t.Errorf("%+v", c)
	}
	task := b.get("task", "k1")
	if task.Get("unit") != model.Reference("w", "东坪村委会") || task.Area != "w" || b.get("area", "g").Get("parent").ID != "w" || b.get("order", "o1").Get("group").ID != "w" {
		t.Errorf("references %+v in %s", task.Get("unit"), task.Area)
	}
	w := b.get("area", "l") // by its old id
	if w.ID != "w" || w.Get("name").Text != "东坪村" || w.Get("code").Text != "990101001201" || w.Area != "x" {
		t.Errorf("winner %+v", w)
	}
	merged := b.dump()

	t.Run("old ids in later writes", func(t *testing.T) {
		r := rec("task", "k2", "unit", "→l")
		r.Area = "l"
		b.do("新增", func(tx *Tx) error {
			if err := tx.Add(r); err != nil {
				return err
			}
			if _, err := tx.Set("area", "l", vals("name", "东坪")); err != nil {
				return err
			}
			_, err := tx.Set("task", "k1", vals("unit", "→l"))
			return err
		})
		if got := b.get("task", "k2"); got.Get("unit").ID != "w" || got.Area != "w" || r.Get("unit").ID != "w" {
			t.Errorf("%+v", got)
		}
		if b.get("area", "w").Get("name").Text != "东坪" {
			t.Error("a change by the old id must reach the winner")
		}
		_, err := b.Do(b.ctx, model.Operation{}, func(tx *Tx) error { return tx.Add(rec("area", "l", "name", "又来")) })
		wantCode(t, err, model.CodeExists, "已并入")
		b.undo(0)
	})
	t.Run("chain and undo", func(t *testing.T) {
		if b.dump() != merged {
			t.Fatal("the subtest before left something")
		}
		b.add("area", "z", "name", "东坪新村")
		b.do("合并", func(tx *Tx) error { return tx.Merge("area", "z", "w") })
		if b.get("area", "l").ID != "z" || b.get("task", "k1").Get("unit").ID != "z" {
			t.Error("the first id must lead to the last winner")
		}
		for range 3 {
			b.undo(0)
		}
		if got := b.dump(); got != before {
			t.Errorf("undo left\n%s\nwant\n%s", got, before)
		}
		if b.get("area", "l").ID != "l" {
			t.Error("the loser must be itself again")
		}
	})
}

func TestUndo_LeadsReferencesToMergedRecords(t *testing.T) {
	b := newBox(t)
	b.add("area", "w", "name", "东坪村")
	b.add("area", "l", "name", "东坪村委会")
	b.add("task", "k1", "title", "修路", "unit", "→l")
	b.do("改", func(tx *Tx) error { return tx.SetArea("task", "k1", "l") })
	b.do("删", func(tx *Tx) error { return tx.Delete("task", "k1", false) })
	b.do("合并", func(tx *Tx) error { return tx.Merge("area", "w", "l") })
	b.undo(5)
	if r := b.get("task", "k1"); r.Get("unit").ID != "w" || r.Area != "w" {
		t.Errorf("refers to %q in %q", r.Get("unit").ID, r.Area)
	}
}

func TestUndo_OfAMergeIsWholeOrNot(t *testing.T) {
	b := newBox(t)
	b.add("area", "p", "name", "甲镇")
	b.add("area", "w", "name", "东坪村")
	b.add("area", "l", "name", "东坪村委会", "code", "990101001201", "parent", "→p")
	c := b.do("合并", func(tx *Tx) error { return tx.Merge("area", "w", "l") })
	b.set("area", "w", "parent", model.Value{})
	b.do("删", func(tx *Tx) error { return tx.Delete("area", "p", false) })
	before := b.dump()
	_, _, err := b.Undo(b.ctx, c.Op, tester, nil)
	wantCode(t, err, model.CodeInvalid, "行政区划", "上级")
	if b.dump() != before {
		t.Error("something was written")
	}
	b.undo(0)
	if res := b.undo(c.Op); res.Undone != 2 || b.get("area", "l").ID != "l" || len(res.Kept) != 1 {
		t.Errorf("%+v", res)
	}
}
