package store

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"xiangzhen/model"
)

func TestRefresh_CancelledLeavesAllAsItWas(t *testing.T) {
	b := newBox(t)
	b.do("样本", func(tx *Tx) error {
		for i := range 2 * chunkRows {
			if err := tx.Add(rec("task", fmt.Sprint("k", i), "due", model.OnDay("2026-11-25"))); err != nil {
				return err
			}
		}
		return nil
	})
	if _, err := b.Refresh(b.ctx, "2026-11-20"); err != nil {
		t.Fatal(err)
	}
	before := b.dump()
	for k := range 3 {
		_, err := b.Refresh(&countdown{Context: b.ctx, left: k}, "2026-11-26")
		if err == nil && k < 2 {
			t.Fatalf("not cancelled at step %d", k)
		}
		if err != nil {
			wantCode(t, err, model.CodeCancelled)
			if b.dump() != before {
				t.Fatalf("cancelled at step %d: something was written", k)
			}
		}
	}
	if n, err := b.Refresh(b.ctx, "2026-11-27"); err != nil || n != 2*chunkRows {
		t.Errorf("refreshed %d, %v", n, err)
	}
	b.wantDerived("k7: red below=0 above= latest= previous=")
}

func TestRefresh_WithParametersThatCannotBeRead(t *testing.T) {
	trouble := errors.New("no parameters")
	b := newBoxWith(t, func(o *Options) {
		o.Params = func(context.Context, Reader, model.Day) (model.Params, error) { return nil, trouble }
	})
	if _, err := b.Refresh(b.ctx, "2026-11-20"); !errors.Is(err, trouble) {
		t.Error(err)
	}
	_, err := b.Do(b.ctx, model.Operation{}, func(tx *Tx) error { return tx.Add(rec("task", "t1")) })
	if !errors.Is(err, trouble) {
		t.Error(err)
	}
	if n, err := b.Count(b.ctx, model.Query{Ledger: "task"}); err != nil || n != 0 {
		t.Errorf("%d records written without derived fields, %v", n, err)
	}
}

// TestRefresh_SeesTheDayAsked: parameters may themselves depend on the day.
func TestRefresh_SeesTheDayAsked(t *testing.T) {
	b := newBoxWith(t, func(o *Options) {
		o.Params = func(_ context.Context, _ Reader, today model.Day) (model.Params, error) {
			if today < "2026-12-01" {
				return model.Params{"soon": "0"}, nil
			}
			return model.Params{"soon": "30"}, nil
		}
	})
	b.add("task", "k1", "due", model.OnDay("2026-12-20"))
	b.wantDerived("k1: green below=0 above= latest= previous=")
	if _, err := b.Refresh(b.ctx, "2026-12-01"); err != nil {
		t.Fatal(err)
	}
	b.wantDerived("k1: yellow below=0 above= latest= previous=")
}

// TestUndo_KeepsSecretsFindable: what undo puts back is found by its hash again.
func TestUndo_KeepsSecretsFindable(t *testing.T) {
	b := newBoxWith(t, func(o *Options) { o.Codec = &scramble{} })
	b.add("person", "p1", "name", "张示例一", "id_number", "990101198503150025", "phone", "13900000001")
	b.add("person", "p2", "name", "张示例一")
	find := func(key, value string, want int) {
		t.Helper()
		found, err := b.Find(b.ctx, "person", vals(key, value), "")
		if err != nil || len(found) != want {
			t.Errorf("%s %s: %d found, want %d (%v)", key, value, len(found), want, err)
		}
	}
	b.set("person", "p1", "phone", "13900000002")
	find("phone", "13900000001", 0)
	b.undo(0)
	find("phone", "13900000001", 1)
	b.do("合并", func(tx *Tx) error { return tx.Merge("person", "p2", "p1") })
	find("id_number", "990101198503150025", 1)
	if r := b.get("person", "p1"); r.ID != "p2" || r.Get("phone").Text != "13900000001" {
		t.Errorf("the winner lacks what the loser had: %+v", r)
	}
	b.undo(0)
	find("id_number", "990101198503150025", 1)
	b.do("删", func(tx *Tx) error { return tx.Delete("person", "p1", false) })
	find("id_number", "990101198503150025", 0)
	b.undo(0)
	find("id_number", "990101198503150025", 1)
	if r := b.get("person", "p2"); r.Get("id_number").Set {
		t.Error("the winner keeps what it was given")
	}
}
