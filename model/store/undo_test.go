package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

func (b *box) undo(op int64) model.UndoResult {
	b.t.Helper()
	res, _, err := b.Undo(b.ctx, op, tester, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return res
}

func (b *box) redo() model.UndoResult {
	b.t.Helper()
	res, _, err := b.Redo(b.ctx, tester, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return res
}

func TestUndo_WalksBackAndForth(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "修路", "state", "todo")
	first := b.dump()
	b.set("task", "t1", "state", "doing")
	second := b.dump()
	b.set("task", "t1", "title", "修桥")
	third := b.dump()

	b.undo(0)
	if b.dump() != second {
		t.Error("first undo did not restore the second state")
	}
	b.undo(0)
	if b.dump() != first {
		t.Error("second undo did not restore the first state")
	}
	if op, err := b.Redoable(b.ctx); err != nil || op == nil || op.Label != "撤回：修改task" {
		t.Errorf("redoable %+v %v", op, err)
	}
	b.redo()
	b.redo()
	if b.dump() != third {
		t.Error("two redos did not restore the third state")
	}
	if op, err := b.Redoable(b.ctx); err != nil || op != nil {
		t.Errorf("still redoable %+v %v", op, err)
	}
	if _, _, err := b.Redo(b.ctx, tester, nil); model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("redo of nothing: %v", err)
	}
	for range 3 {
		b.undo(0)
	}
	if _, err := b.Get(b.ctx, "task", "t1"); model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("after undoing all: %v", err)
	}
	_, _, err := b.Undo(b.ctx, 0, tester, nil)
	wantCode(t, err, model.CodeNotFound, "没有可以撤回")
}

func TestUndo_RevisionCountsOnAndHistoryStays(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "修路")
	b.set("task", "t1", "title", "修桥")
	res := b.undo(0)
	if res.Op != 3 || res.Undone != 1 || len(res.Kept)+len(res.Refused) != 0 {
		t.Errorf("result %+v", res)
	}
	if r := b.get("task", "t1"); r.Revision != 3 || r.Get("title").Text != "修路" {
		t.Errorf("record %+v", r)
	}
	ops, err := b.Operations(b.ctx, 0, 0)
	if err != nil || len(ops) != 3 || ops[0].Kind != "undo" || ops[0].Undoes != 2 || ops[1].Undone != 3 || ops[0].Label != "撤回：修改task" {
		t.Errorf("operations %+v %v", ops, err)
	}
	_, _, err = b.Undo(b.ctx, 2, tester, nil)
	wantCode(t, err, model.CodeInvalid, "已经撤回过")
	_, _, err = b.Undo(b.ctx, 99, tester, nil)
	wantCode(t, err, model.CodeNotFound)
}

func TestUndo_LaterWork(t *testing.T) {
	tests := []struct {
		name    string
		later   func(b *box)
		undone  int
		kept    []string // field and reason
		refused []string
		check   func(t *testing.T, b *box)
	}{
		{
			"another field changed later does not block",
			func(b *box) { b.set("task", "t1", "remark", "后来") }, 1, nil, nil,
			func(t *testing.T, b *box) {
				if r := b.get("task", "t1"); r.Get("title").Text != "旧" || r.Get("remark").Text != "后来" || r.Get("content").Set {
					t.Errorf("%+v", r.Values)
				}
			},
		},
		{
			"the same field changed later is kept, the others go back",
			func(b *box) { b.set("task", "t1", "title", "更新") }, 1, []string{"title 之后被改过"}, nil,
			func(t *testing.T, b *box) {
				if r := b.get("task", "t1"); r.Get("title").Text != "更新" || r.Get("content").Set {
					t.Errorf("%+v", r.Values)
				}
			},
		},
		{
			"changed there and back counts as unchanged",
			func(b *box) { b.set("task", "t1", "title", "更新"); b.set("task", "t1", "title", "新") }, 1, nil, nil,
			func(t *testing.T, b *box) {
				if r := b.get("task", "t1"); r.Get("title").Text != "旧" {
					t.Errorf("%+v", r.Values)
				}
			},
		},
		{
			"a record deleted later cannot be put back",
			func(b *box) { b.do("删", func(tx *Tx) error { return tx.Delete("task", "t1", false) }) }, 0,
			nil, []string{" 记录之后已被删除或合并"}, nil,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBox(t)
			b.add("task", "t1", "title", "旧")
			b.set("task", "t1", "title", "新", "content", "内容")
			tt.later(b)
			res := b.undo(2)
			if res.Undone != tt.undone || (res.Op != 0) != (tt.undone > 0) {
				t.Errorf("undone %d by operation %d", res.Undone, res.Op)
			}
			if got := items(res.Kept); !slices.Equal(got, tt.kept) {
				t.Errorf("kept %q", got)
			}
			if got := items(res.Refused); !slices.Equal(got, tt.refused) {
				t.Errorf("refused %q", got)
			}
			if tt.check != nil {
				tt.check(t, b)
			}
		})
	}
}

func items(list []model.UndoItem) []string {
	var out []string
	for _, i := range list {
		out = append(out, i.Field+" "+i.Reason)
	}
	return out
}

func TestUndo_OfAddedRecords(t *testing.T) {
	b := newBox(t)
	b.do("导入", func(tx *Tx) error {
		for _, r := range []*model.Record{
			rec("task", "t1", "title", "一"), rec("task", "t2", "title", "二", "parent", "→t1"),
			rec("task", "t3", "title", "三"), rec("task", "t4", "title", "四"), rec("task", "t5", "title", "五"),
		} {
			if err := tx.Add(r); err != nil {
				return err
			}
		}
		return nil
	})
	b.add("progress", "p1", "task", "→t2", "text", "推进中")                   // keeps t2, and t1 with it
	b.set("task", "t3", "title", "三改")                                      // keeps t3
	b.do("删", func(tx *Tx) error { return tx.Delete("task", "t4", false) }) // t4 is gone already
	res := b.undo(1)
	if res.Undone != 1 {
		t.Errorf("undone %d", res.Undone)
	}
	b.wantIDs(model.Query{Ledger: "task"}, "t1", "t2", "t3")
	if got := items(res.Kept); !slices.Equal(got, []string{" 之后已被删除或合并", " 之后被改过"}) {
		t.Errorf("kept %q", got)
	}
	if got := items(res.Refused); len(got) != 2 || !strings.Contains(got[0], "1 条任务进展") || !strings.Contains(got[1], "1 条任务用着它") {
		t.Errorf("refused %q", got)
	}
}

func TestUndo_OfDelete(t *testing.T) {
	b := newBox(t)
	b.add("task", "t0", "title", "上")
	b.add("task", "t1", "title", "一", "parent", "→t0", "due", model.Day("2026-12-01"), "secret_note", "密")
	b.add("progress", "p1", "task", "→t1", "period", "2026-10", "text", "十月")
	before := b.dump()
	b.do("删", func(tx *Tx) error { return tx.Delete("task", "t1", false) })
	b.add("task", "t9", "title", "其后")
	b.undo(0)
	b.undo(4)
	if got := b.dump(); got != before {
		t.Errorf("not as before:\n%s\nwant\n%s", got, before)
	}
	t.Run("whose parent is gone", func(t *testing.T) {
		b.do("删", func(tx *Tx) error { return tx.Delete("task", "t1", false) })
		gone, err := b.Undoable(b.ctx)
		if err != nil {
			t.Fatal(err)
		}
		b.do("删", func(tx *Tx) error { return tx.Delete("task", "t0", false) })
		res := b.undo(gone.ID)
		if res.Op != 0 || len(res.Refused) != 2 || !strings.Contains(res.Refused[0].Reason, "上级任务") {
			t.Errorf("%+v", res)
		}
		b.undo(0)
		if res = b.undo(gone.ID); res.Undone != 2 || b.dump() != before {
			t.Errorf("%+v", res)
		}
	})
}

func TestUndo_ThatWouldCloseALoop(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "一")
	b.add("task", "t2", "title", "二", "parent", "→t1")
	b.set("task", "t2", "parent", model.Value{}, "title", "二改")
	b.set("task", "t1", "parent", "→t2")
	res := b.undo(3)
	if len(res.Refused) != 1 || res.Refused[0].Field != "parent" || res.Undone != 1 {
		t.Errorf("%+v", res)
	}
	if r := b.get("task", "t2"); r.Get("parent").Set || r.Get("title").Text != "二" {
		t.Errorf("%+v", r.Values)
	}
}

func TestUndo_AlsoRunsInTheSameOperation(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "旧")
	b.set("task", "t1", "title", "新")
	res, change, err := b.Undo(b.ctx, 0, tester, func(tx *Tx, res *model.UndoResult) error {
		if res.Undone != 1 {
			t.Errorf("also sees %+v", res)
		}
		return tx.Add(rec("order", "o1", "select", "随撤回"))
	})
	if err != nil || res.Op != change.Op || !slices.Equal(change.Ledgers, []string{"order", "task"}) {
		t.Errorf("%+v %+v %v", res, change, err)
	}
	_, _, err = b.Undo(b.ctx, 0, tester, func(*Tx, *model.UndoResult) error { return fmt.Errorf("不行") })
	if err == nil || b.get("task", "t1").Get("title").Text != "旧" {
		t.Errorf("a failing also must roll back: %v", err)
	}
}

func TestUndo_OfARedoTurnsTheChain(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "旧")
	b.set("task", "t1", "title", "新")
	b.undo(0)
	redo := b.redo()
	b.undo(redo.Op)
	if b.get("task", "t1").Get("title").Text != "旧" {
		t.Error("undo of a redo must undo again")
	}
	op, err := b.Undoable(b.ctx)
	if err != nil || op == nil || op.ID != 1 {
		t.Errorf("undoable %+v %v", op, err)
	}
	b.redo()
	if op, err := b.Undoable(b.ctx); err != nil || op == nil || op.ID != 2 {
		t.Errorf("undoable %+v %v", op, err)
	}
}

// TestUndo_Everything: after any operations, undoing all restores every state on
// the way, redoing all restores them forward, and derived fields are never other
// than computed from scratch.
func TestUndo_Everything(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBoxWith(t, func(o *Options) { o.Codec = &scramble{} })
		defer b.Close()
		b.clock.at = newClock().at
		states := []string{b.dump()}
		for range rapid.IntRange(1, 12).Draw(rt, "operations") {
			c, err := b.Do(b.ctx, model.Operation{Kind: "test", Label: "随机", Actor: tester}, func(tx *Tx) error {
				for range rapid.IntRange(1, 4).Draw(rt, "steps") {
					if err := randomStep(rt, tx); err != nil {
						return err
					}
				}
				return nil
			})
			switch {
			case err != nil && model.CodeOf(err) == model.CodeInternal:
				rt.Fatal(err)
			case err == nil && c.Op != 0:
				states = append(states, b.dump())
			}
		}
		b.checkDerived(rt)
		for i := len(states) - 1; i > 0; i-- {
			res := b.undo(0)
			if len(res.Kept)+len(res.Refused) > 0 {
				rt.Fatalf("undo to state %d kept %+v refused %+v", i-1, res.Kept, res.Refused)
			}
			wantState(rt, b, states[i-1], "undo")
		}
		for i := 1; i < len(states); i++ {
			b.redo()
			wantState(rt, b, states[i], "redo")
		}
		b.checkDerived(rt)
		if rep, err := Verify(b.ctx, b.Path()); err != nil || len(rep.Problems) > 0 {
			rt.Fatalf("verify: %+v %v", rep, err)
		}
	})
}

func wantState(rt *rapid.T, b *box, want, what string) {
	if got := b.dump(); got != want {
		rt.Fatalf("after %s:\n%s\nwant\n%s", what, got, want)
	}
}

// checkDerived compares the derived fields kept with those computed anew.
func (b *box) checkDerived(rt *rapid.T) {
	before := b.dump()
	b.options.Rules += "x"
	if _, err := b.Refresh(b.ctx, model.DayOf(b.clock.now())); err != nil {
		rt.Fatal(err)
	}
	wantState(rt, b, before, "computing all derived fields anew")
}

var (
	someTasks = []string{"t0", "t1", "t2", "t3", "t4"}
	someAreas = []string{"a0", "a1", "a2"}
	someNotes = []string{"p0", "p1", "p2", "p3"}
)

// randomStep does one random write; refusals are as good as deeds.
func randomStep(rt *rapid.T, tx *Tx) error {
	pick := func(list []string) string { return rapid.SampledFrom(list).Draw(rt, "pick") }
	// Only what is there is referred to, as app sees to.
	existing := func(ledger, id string) string {
		if _, err := tx.Get(tx.ctx, ledger, id); err != nil {
			return ""
		}
		return id
	}
	optional := func(ledger string, list []string) model.Value {
		return model.Reference(existing(ledger, rapid.SampledFrom(append(list, "")).Draw(rt, "ref")), "词")
	}
	var err error
	switch rapid.IntRange(0, 8).Draw(rt, "kind") {
	case 0, 1:
		r := rec("task", pick(someTasks), "title", pick([]string{"修路", "修桥", "饮水"}), "parent", optional("task", someTasks),
			"unit", optional("area", someAreas), "secret_note", pick([]string{"密一", "密二"}), "households", rapid.IntRange(0, 3).Draw(rt, "n"))
		r.Area = existing("area", pick(someAreas))
		err = tx.Add(r)
	case 2:
		err = tx.Add(rec("progress", pick(someNotes), "task", optional("task", someTasks),
			"period", pick([]string{"2026-09", "2026-10"}), "text", pick([]string{"进展一", "进展二"})))
	case 3:
		err = tx.Add(rec("area", pick(someAreas), "name", pick([]string{"甲村", "乙村"}), "parent", optional("area", someAreas)))
	case 4:
		_, err = tx.Set("task", pick(someTasks), vals("title", pick([]string{"修渠", "修塘"}), "parent", optional("task", someTasks),
			"due", model.OnDay(model.Day("2026-11-18").Add(rapid.IntRange(0, 9).Draw(rt, "day")))))
	case 5:
		_, err = tx.Set("progress", pick(someNotes), vals("task", optional("task", someTasks), "text", pick([]string{"进展三", "进展四"})))
	case 6:
		err = tx.SetArea("task", pick(someTasks), existing("area", pick(someAreas)))
	case 7:
		ledger := pick([]string{"task", "progress", "area"})
		err = tx.Delete(ledger, pick(map[string][]string{"task": someTasks, "progress": someNotes, "area": someAreas}[ledger]),
			rapid.Bool().Draw(rt, "with children"))
	case 8:
		ledger := pick([]string{"task", "area"})
		ids := map[string][]string{"task": someTasks, "area": someAreas}[ledger]
		err = tx.Merge(ledger, pick(ids), pick(ids))
	}
	if model.CodeOf(err) != model.CodeInternal {
		return nil
	}
	return err
}
