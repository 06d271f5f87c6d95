package store

import (
	"fmt"
	"strings"
	"testing"

	"xiangzhen/model"
)

// below and the like read derived fields for comparison.
func (b *box) derived(id string) string {
	b.t.Helper()
	r := b.get("task", id)
	return fmt.Sprintf("%s below=%d above=%s latest=%s previous=%s", r.Get("light").Text, r.Get("below").Num,
		r.Get("above").Text, r.Get("latest").Text, r.Get("previous").Text)
}

func (b *box) wantDerived(want ...string) {
	b.t.Helper()
	for _, w := range want {
		id, rest, _ := strings.Cut(w, ": ")
		if got := b.derived(id); got != rest {
			b.t.Errorf("%s: %s, want %s", id, got, rest)
		}
	}
}

// tree is k1 over k2 over k3 and k4.
func tree(b *box) {
	b.do("样本", func(tx *Tx) error {
		for _, r := range []*model.Record{ // the lowest first: order must not matter
			rec("task", "k4", "title", "四", "parent", "→k2"), rec("task", "k3", "title", "三", "parent", "→k2"),
			rec("task", "k2", "title", "二", "parent", "→k1"), rec("task", "k1", "title", "一"),
		} {
			if err := tx.Add(r); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestDerive_FollowsTheTree(t *testing.T) {
	steps := []struct {
		name string
		do   func(tx *Tx) error
		want []string
	}{
		{"as made", func(tx *Tx) error { return tx.SetArea("task", "k1", "x") }, []string{
			"k1:  below=3 above= latest= previous=", "k2:  below=2 above=一 latest= previous=", "k3:  below=0 above=二 latest= previous=",
		}},
		{"a leaf below a leaf", func(tx *Tx) error { return tx.Add(rec("task", "k5", "parent", "→k3")) }, []string{
			"k1:  below=4 above= latest= previous=", "k2:  below=3 above=一 latest= previous=", "k3:  below=1 above=二 latest= previous=",
		}},
		{"a branch moved away", func(tx *Tx) error { _, err := tx.Set("task", "k3", vals("parent", model.Value{})); return err }, []string{
			"k1:  below=2 above= latest= previous=", "k2:  below=1 above=一 latest= previous=", "k3:  below=1 above= latest= previous=",
		}},
		{"a parent renamed", func(tx *Tx) error { _, err := tx.Set("task", "k2", vals("title", "贰")); return err }, []string{
			"k4:  below=0 above=贰 latest= previous=",
		}},
		{"a leaf deleted", func(tx *Tx) error { return tx.Delete("task", "k4", false) }, []string{
			"k1:  below=1 above= latest= previous=", "k2:  below=0 above=一 latest= previous=",
		}},
		{"two merged", func(tx *Tx) error { return tx.Merge("task", "k2", "k3") }, []string{
			"k1:  below=2 above= latest= previous=", "k2:  below=1 above=一 latest= previous=", "k5:  below=0 above=贰 latest= previous=",
		}},
	}
	b := newBox(t)
	tree(b)
	for _, step := range steps {
		b.do(step.name, step.do)
		b.wantDerived(step.want...)
	}
}

func TestDerive_Latest(t *testing.T) {
	b := newBox(t)
	tree(b)
	b.do("进展", func(tx *Tx) error {
		for _, r := range []*model.Record{
			rec("progress", "p2", "task", "→k3", "period", "2026-10", "text", "十月"),
			rec("progress", "p1", "task", "→k3", "period", "2026-09", "text", "九月"),
			rec("progress", "p0", "task", "→k3", "text", "无月份"),
		} {
			if err := tx.Add(r); err != nil {
				return err
			}
		}
		return nil
	})
	b.wantDerived("k3:  below=0 above=二 latest=十月 previous=九月", "k4:  below=0 above=二 latest= previous=")
	b.set("progress", "p1", "period", "2026-11")
	b.wantDerived("k3:  below=0 above=二 latest=九月 previous=十月")
	b.set("progress", "p1", "task", "→k4")
	b.wantDerived("k3:  below=0 above=二 latest=十月 previous=无月份", "k4:  below=0 above=二 latest=九月 previous=")
	b.add("progress", "p3", "task", "→k3", "period", "2026-10", "text", "十月补报")
	b.wantDerived("k3:  below=0 above=二 latest=十月补报 previous=十月") // the later entry of a month
	b.do("删", func(tx *Tx) error { return tx.Delete("progress", "p3", false) })
	b.wantDerived("k3:  below=0 above=二 latest=十月 previous=无月份")
}

func TestDerive_ByDay(t *testing.T) {
	b := newBox(t)
	b.add("task", "k1", "title", "一", "due", model.OnDay("2026-11-25"))
	b.add("task", "k2", "title", "二", "due", model.OnDay("2026-11-25"), "state", "done")
	light := func(day model.Day) string {
		t.Helper()
		if _, err := b.Refresh(b.ctx, day); err != nil {
			t.Fatal(err)
		}
		return b.get("task", "k1").Get("light").Text
	}
	for _, step := range []struct {
		day  model.Day
		want string
	}{{"2026-11-20", "green"}, {"2026-11-22", "yellow"}, {"2026-11-26", "red"}, {"2026-11-21", "green"}, {"2026-11-21", "green"}} {
		if got := light(step.day); got != step.want {
			t.Errorf("on %s: %s, want %s", step.day, got, step.want)
		}
	}
	n, err := b.Refresh(b.ctx, "2026-11-22")
	if err != nil || n != 1 {
		t.Errorf("refreshed %d records, want only the open one (%v)", n, err)
	}
	if n, err = b.Refresh(b.ctx, "2026-11-22"); err != nil || n != 0 {
		t.Errorf("refreshed %d records again (%v)", n, err)
	}
	if h, err := b.History(b.ctx, "task", "k1"); err != nil || len(h) != 1 {
		t.Errorf("derived fields were journalled: %v %v", h, err)
	}
}

func TestDerive_ByParameters(t *testing.T) {
	b := newBox(t)
	b.add("task", "k1", "due", model.OnDay("2026-11-25"))
	b.wantDerived("k1: green below=0 above= latest= previous=")
	b.add("parameter", "soon", "key", "soon", "value", "10")
	b.wantDerived("k1: yellow below=0 above= latest= previous=") // in the same operation
	b.undo(0)
	b.wantDerived("k1: green below=0 above= latest= previous=")
}

func TestDerive_ByRules(t *testing.T) {
	b := newBox(t)
	b.add("task", "k1", "due", model.OnDay("2026-11-25"))
	if _, err := b.Refresh(b.ctx, "2026-11-20"); err != nil {
		t.Fatal(err)
	}
	b.Catalog().Ledger("task").Derive.Func = func(model.DeriveInput) model.Derived {
		return model.Derived{Values: vals("latest", "新规则")}
	}
	b.options.Rules = "2"
	if n, err := b.Refresh(b.ctx, "2026-11-20"); err != nil || n != 1 {
		t.Errorf("refreshed %d, %v", n, err)
	}
	b.wantDerived("k1:  below=0 above= latest=新规则 previous=")
}

func TestDerive_FaultsAreSaid(t *testing.T) {
	b := newBox(t)
	derivation := b.Catalog().Ledger("task").Derive
	derivation.Func = func(model.DeriveInput) model.Derived {
		return model.Derived{Values: vals("days_left", "三天")}
	}
	_, err := b.Do(b.ctx, model.Operation{}, func(tx *Tx) error { return tx.Add(rec("task", "")) })
	wantCode(t, err, model.CodeInvalid, "剩余天数")
	derivation.Latest = &model.Latest{Ledger: "area", Order: "name"}
	_, err = b.Do(b.ctx, model.Operation{}, func(tx *Tx) error { return tx.Add(rec("task", "")) })
	wantCode(t, err, model.CodeInternal)
}

// TestDerive_BulkIsLinear: children are read once for their parent, not once for
// each of them.
func TestDerive_BulkIsLinear(t *testing.T) {
	b := newBox(t)
	calls, children := 0, 0
	derivation := b.Catalog().Ledger("task").Derive
	derivation.Func = func(in model.DeriveInput) model.Derived {
		calls++
		children += len(in.Children)
		return deriveTestTask(in)
	}
	const n = 2000
	b.do("批量", func(tx *Tx) error {
		if err := tx.Add(rec("task", "top")); err != nil {
			return err
		}
		for range n {
			if err := tx.Add(rec("task", "", "parent", "→top")); err != nil {
				return err
			}
		}
		return nil
	})
	if calls != n+1 || children != n {
		t.Errorf("%d calls given %d children, want %d and %d", calls, children, n+1, n)
	}
	b.wantDerived("top:  below=2000 above= latest= previous=")
}

// TestDerive_OfOwnedRecords: an owned ledger may have derived fields itself; its
// owner's follow them.
func TestDerive_OfOwnedRecords(t *testing.T) {
	b := newBoxWith(t, func(o *Options) {
		task, notes := o.Builtin[1], o.Builtin[2]
		notes.Derived = []model.Field{{Key: "old", Label: "陈旧", Kind: model.KindText}}
		notes.Derive = &model.Derivation{Func: func(in model.DeriveInput) model.Derived {
			if in.Today > "2026-11-21" {
				return model.Derived{Values: vals("old", "陈旧")}
			}
			return model.Derived{Values: vals("old", "新"), NextChange: "2026-11-22"}
		}}
		task.Derive.Func = func(in model.DeriveInput) model.Derived {
			return model.Derived{Values: map[string]model.Value{"latest": in.Latest.Get("old"), "previous": in.Previous.Get("old")}}
		}
	})
	b.do("样本", func(tx *Tx) error {
		if err := tx.Add(rec("task", "k1", "title", "一")); err != nil {
			return err
		}
		return tx.Add(rec("progress", "p1", "task", "→k1", "text", "进展"))
	})
	b.wantDerived("k1:  below=0 above= latest=新 previous=")
	if _, err := b.Refresh(b.ctx, "2026-11-20"); err != nil {
		t.Fatal(err)
	}
	if n, err := b.Refresh(b.ctx, "2026-11-22"); err != nil || n != 2 {
		t.Errorf("refreshed %d, %v", n, err)
	}
	b.wantDerived("k1:  below=0 above= latest=陈旧 previous=")
	if day, err := b.Day(b.ctx); err != nil || day != "2026-11-22" {
		t.Errorf("day %s, %v", day, err)
	}
}
