package store

import (
	"testing"

	"xiangzhen/model"
)

func TestStore_AddSetGetList(t *testing.T) {
	b := newBox(t)
	c := b.do("新增任务", func(tx *Tx) error {
		r := rec("task", "", "title", "修建通村路", "due", model.Day("2026-12-31"), "state", "doing")
		r.Area = "a1"
		if err := tx.Add(r); err != nil {
			return err
		}
		if r.ID == "" || r.Revision != 1 || !r.CreatedAt.Equal(tx.Now()) || r.CreatedBy != "p-1" {
			t.Errorf("added %+v", r)
		}
		return nil
	})
	if c.Op != 1 || len(c.Ledgers) != 1 || c.Ledgers[0] != "task" || len(c.Areas) != 1 || c.Areas[0] != "a1" || c.Origin != "test" {
		t.Errorf("change %+v", c)
	}
	id := b.ids(model.Query{Ledger: "task"})[0]
	b.set("task", id, "title", "修通村路", "due", model.Value{})
	r := b.get("task", id)
	if r.Get("title").Text != "修通村路" || r.Get("due").Set || r.Revision != 2 || r.Area != "a1" {
		t.Errorf("got %+v", r)
	}
	b.wantIDs(model.Query{Ledger: "task", Search: "村路"}, id)
	b.wantIDs(model.Query{Ledger: "task", Search: "修通村"}, id)
	b.wantIDs(model.Query{Ledger: "task", Search: "修建"})
}
