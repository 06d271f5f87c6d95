package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
)

func TestJournal_HoldsWhatChanged(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "一", "due", model.OnDay("2026-12-01"), "unit", "→a1", "households", 3)
	b.do("改", func(tx *Tx) error {
		if _, err := tx.Set("task", "t1", vals("title", "二", "due", model.Value{}, "remark", "新")); err != nil {
			return err
		}
		return tx.SetArea("task", "t1", "a2")
	})
	b.do("删", func(tx *Tx) error { return tx.Delete("task", "t1", false) })
	h, err := b.History(b.ctx, "task", "t1")
	if err != nil || len(h) != 4 {
		t.Fatal(len(h), err)
	}
	want := []struct {
		op            int64
		kind          model.EntryKind
		before, after map[string]model.Value
	}{
		{3, model.Deleted, vals("title", "二", "unit", "→a1", "households", 3, "remark", "新", "area", model.Reference("a2", "")), nil},
		{2, model.Changed, map[string]model.Value{"area": {}}, vals("area", model.Reference("a2", ""))},
		{
			2, model.Changed, map[string]model.Value{"title": model.Text("一"), "due": model.OnDay("2026-12-01"), "remark": {}},
			map[string]model.Value{"title": model.Text("二"), "due": {}, "remark": model.Text("新")},
		},
		{1, model.Added, nil, vals("title", "一", "due", model.OnDay("2026-12-01"), "unit", "→a1", "households", 3)},
	}
	for i, w := range want {
		e := h[i]
		if e.Op.ID != w.op || e.Kind != w.kind || e.Ledger != "task" || e.Record != "t1" || !maps.Equal(e.Before, w.before) || !maps.Equal(e.After, w.after) {
			t.Errorf("%d: %+v, want %+v", i, e, w)
		}
		if e.Op.Actor != tester || !e.Op.At.Equal(b.clock.at) {
			t.Errorf("%d: by %+v at %v", i, e.Op.Actor, e.Op.At)
		}
	}
	entries, err := b.Entries(b.ctx, 2)
	if err != nil || len(entries) != 2 || !maps.Equal(entries[0].After, want[2].after) {
		t.Errorf("%+v %v", entries, err)
	}
	if _, err := b.History(b.ctx, "nothing", "t1"); model.CodeOf(err) != model.CodeNotFound {
		t.Error(err)
	}
}

// TestJournal_NothingIsWrittenOutside: whatever writes to a ledger's table without
// an operation, through our connection or another program's, is refused.
func TestJournal_NothingIsWrittenOutside(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "一")
	b.add("area", "a1", "name", "甲村")
	b.add("area", "a2", "name", "乙村")
	b.do("合并", func(tx *Tx) error { return tx.Merge("area", "a1", "a2") })
	before := b.dump()
	db, err := sql.Open("sqlite", dsn(b.Path(), nil))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, tt := range []struct{ sql, words string }{
		{"UPDATE task SET title = '改'", outside},
		{"UPDATE task SET revision = 9", outside},
		{"DELETE FROM task", outside},
		{"INSERT INTO task (id, revision, created_at, created_by, changed_at, changed_by) VALUES ('x', 1, 1, '', 1, '')", outside},
		{"DELETE FROM sys_alias", outside},
		{"INSERT INTO sys_alias VALUES ('x', 'task', 'y')", outside},
		{"UPDATE sys_alias SET winner = 'x'", "never changed"},
		{"DELETE FROM sys_change", "never deleted"},
		{"UPDATE sys_change SET record = 'x'", "never changed"},
		{"DELETE FROM sys_op", "never deleted"},
	} {
		if _, err := db.Exec(tt.sql); err == nil || !strings.Contains(err.Error(), tt.words) {
			t.Errorf("%s: %v", tt.sql, err)
		}
		if err := b.writer.run(context.Background(), tt.sql); err == nil || !strings.Contains(err.Error(), tt.words) {
			t.Errorf("%s on the writer: %v", tt.sql, err)
		}
	}
	if b.dump() != before {
		t.Error("something was written")
	}
	b.do("改", func(tx *Tx) error {
		if err := tx.ses.run(b.ctx, "UPDATE task SET id = 'x'"); err == nil || !strings.Contains(err.Error(), "identity") {
			t.Errorf("identity changed within an operation: %v", err)
		}
		return nil
	})
}

func TestDo_RollsBack(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "一")
	before := b.dump()
	b.Subscribe(func(model.Change) { t.Error("published though rolled back") })
	write := func(tx *Tx) error {
		_, err := tx.Set("task", "t1", vals("title", "二"))
		return err
	}
	t.Run("an error", func(t *testing.T) {
		_, err := b.Do(b.ctx, model.Operation{}, func(tx *Tx) error {
			if err := write(tx); err != nil {
				return err
			}
			return model.Errorf(model.CodeInvalid, "不行")
		})
		wantCode(t, err, model.CodeInvalid, "不行")
	})
	t.Run("a panic", func(t *testing.T) {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_, _ = b.Do(b.ctx, model.Operation{}, func(tx *Tx) error {
			if err := write(tx); err != nil {
				t.Error(err)
			}
			panic("not ours")
		})
	})
	for _, swallow := range []bool{false, true} {
		t.Run("cancelled half way", func(t *testing.T) {
			ctx, cancel := context.WithCancel(b.ctx)
			_, err := b.Do(ctx, model.Operation{}, func(tx *Tx) error {
				if err := write(tx); err != nil {
					t.Error(err)
				}
				cancel()
				err := tx.Add(rec("task", "t2"))
				wantCode(t, explain(err, ""), model.CodeCancelled)
				if swallow {
					return nil
				}
				return err
			})
			wantCode(t, err, model.CodeCancelled, "已取消", "没有改动")
		})
	}
	t.Run("cancelled before it began", func(t *testing.T) {
		ctx, cancel := context.WithCancel(b.ctx)
		cancel()
		_, err := b.Do(ctx, model.Operation{}, write)
		wantCode(t, err, model.CodeCancelled)
		_, err = b.List(ctx, model.Query{Ledger: "task"})
		wantCode(t, err, model.CodeCancelled)
	})
	if b.dump() != before {
		t.Error("something was written")
	}
}

// TestDo_CancelledAtAnyStep: wherever a long operation is cancelled, nothing of it
// stays, the journal included.
func TestDo_CancelledAtAnyStep(t *testing.T) {
	b := newBox(t)
	b.add("task", "t0", "title", "上")
	before := b.dump()
	for k := 0; ; k++ {
		ctx := &countdown{Context: b.ctx, left: k}
		_, err := b.Do(ctx, model.Operation{}, func(tx *Tx) error {
			for i := range 10 {
				if err := tx.Add(rec("task", "t"+itoa(i+1), "parent", "→t0")); err != nil {
					return err
				}
			}
			return tx.Delete("task", "t1", false)
		})
		if err == nil {
			if k < 12 {
				t.Errorf("looked at the context %d times only", k)
			}
			break
		}
		wantCode(t, err, model.CodeCancelled)
		if b.dump() != before {
			t.Fatalf("cancelled at step %d: something was written", k)
		}
	}
	b.undo(0)
	if b.dump() != before {
		t.Error("not as before")
	}
	if ops, err := b.Operations(b.ctx, 0, 0); err != nil || len(ops) != 3 {
		t.Errorf("%d operations, %v", len(ops), err)
	}
}

// countdown is a context that ends when it has been looked at often enough.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

func TestSubscribe(t *testing.T) {
	b := newBox(t)
	var heard []model.Change
	cancel := b.Subscribe(func(c model.Change) {
		heard = append(heard, c)
		if b.get("task", "t1").Get("title").Text == "" {
			t.Error("heard of it before it could be read")
		}
	})
	want := b.do("新增", func(tx *Tx) error { return tx.Add(rec("task", "t1", "title", "一")) })
	b.do("空", func(tx *Tx) error { return nil })
	if len(heard) != 1 || heard[0].Op != want.Op || !slices.Equal(heard[0].Ledgers, []string{"task"}) {
		t.Errorf("%+v", heard)
	}
	cancel()
	b.set("task", "t1", "title", "二")
	if len(heard) != 1 {
		t.Error("heard after cancelling")
	}
	t.Run("writing from within", func(t *testing.T) {
		once := false
		defer b.Subscribe(func(c model.Change) {
			if !once {
				once = true
				b.add("task", "t2", "title", "随后")
			}
		})()
		b.set("task", "t1", "title", "三")
		if b.get("task", "t2").Get("title").Text != "随后" {
			t.Error("a subscriber must be able to write")
		}
	})
}
