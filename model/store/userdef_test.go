package store

import (
	"regexp"
	"slices"
	"testing"

	"xiangzhen/model"
)

func TestMintKey(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		key := MintKey()
		if !regexp.MustCompile(`^u_[a-z0-9]{8}$`).MatchString(key) || seen[key] || checkUserKey(key) != nil {
			t.Fatalf("minted %q", key)
		}
		seen[key] = true
	}
}

// userFieldOf is the record that describes a field.
func userFieldOf(ledger, key, label, kind string, more ...any) *model.Record {
	return rec("user_field", "", append([]any{"ledger", ledger, "key", key, "label", label, "kind", kind}, more...)...)
}

func TestUserField_EveryKind(t *testing.T) {
	b := newBox(t)
	b.add("task", "old", "title", "原有")
	kinds := []model.Kind{
		model.KindText, model.KindLongText, model.KindInteger, model.KindDecimal, model.KindPercent, model.KindDate, model.KindMonth,
		model.KindEnum, model.KindMultiEnum, model.KindBool, model.KindIDNumber, model.KindPhone, model.KindBankCard, model.KindRef, model.KindFiles,
	}
	for i, kind := range kinds {
		key := "u_f" + itoa(i)
		b.do("加项目", func(tx *Tx) error { // described and filled in one operation
			r := userFieldOf("task", key, "项目"+itoa(i), kind.Label(), "options", "甲、乙", "ref", "area", "scale", 2, "sensitive", i%2, "unit", "万元")
			if err := tx.Add(r); err != nil {
				return err
			}
			f := tx.Catalog().Ledger("task").Field(key)
			if f == nil || f.Kind != kind || f.Scale != 2 || f.Unit != "万元" || f.Sensitive != (i%2 == 1) || len(f.Options) != 2 {
				t.Errorf("%s: %+v", kind, f)
			}
			if kind == model.KindRef && !slices.Equal(f.Ref.Ledgers, []string{"area"}) {
				t.Errorf("%+v", f.Ref)
			}
			_, err := tx.Set("task", "old", map[string]model.Value{key: exampleOf(kind)})
			return err
		})
	}
	check := func() {
		t.Helper()
		r := b.get("task", "old")
		for i, kind := range kinds {
			if got := r.Get("u_f" + itoa(i)); got != exampleOf(kind) {
				t.Errorf("%s: %+v", kind, got)
			}
		}
	}
	check()
	b.reopen()
	check()
	b.wantIDs(model.Query{Ledger: "task", Where: []model.Cond{{Field: "u_f0", Op: model.OpEq, Value: exampleOf(model.KindText)}}}, "old")
	b.wantIDs(model.Query{Ledger: "task", Search: "自定文字"}, "old")
	before := b.dump()
	b.do("删", func(tx *Tx) error { return tx.Delete("task", "old", false) })
	b.undo(0)
	if b.dump() != before {
		t.Error("undo of a delete lost a user's field")
	}
}

func exampleOf(k model.Kind) model.Value {
	switch {
	case k == model.KindBool:
		return model.Bool(true)
	case k.Numeric():
		return model.Int(12345)
	case k == model.KindDate:
		return model.OnDay("2026-12-01")
	case k == model.KindRef:
		return model.Reference("a1", "甲村")
	}
	return model.Text("自定文字")
}

func TestUserField_UndoHidesAndRedoBringsBack(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "修路")
	b.do("加项目", func(tx *Tx) error { return tx.Add(userFieldOf("task", "u_abc", "路长", "文字")) })
	heard := false
	b.Subscribe(func(model.Change) { heard = b.Catalog().Ledger("task").Field("u_abc") == nil })
	b.set("task", "t1", "u_abc", "五公里")
	b.undo(2)
	if !heard {
		t.Error("the catalog must have changed before the change is published")
	}
	if r := b.get("task", "t1"); r.Get("u_abc").Set {
		t.Error("a hidden field must not be read")
	}
	_, err := b.Do(b.ctx, model.Operation{}, func(tx *Tx) error { _, err := tx.Set("task", "t1", vals("u_abc", "x")); return err })
	wantCode(t, err, model.CodeInvalid)
	t.Run("a record deleted meanwhile keeps it", func(t *testing.T) {
		b.do("删", func(tx *Tx) error { return tx.Delete("task", "t1", false) })
		b.undo(0)
	})
	if _, err := b.Refresh(b.ctx, "2026-11-20"); err != nil {
		t.Fatal(err)
	}
	b.wantIDs(model.Query{Ledger: "task", Search: "公里"}) // its words leave the index
	redo, err := b.operationBy("undo", 2)
	if err != nil {
		t.Fatal(err)
	}
	b.undo(redo)
	if r := b.get("task", "t1"); r.Get("u_abc").Text != "五公里" {
		t.Errorf("came back without its values: %+v", r.Values)
	}
	if _, err := b.Refresh(b.ctx, "2026-11-20"); err != nil {
		t.Fatal(err)
	}
	b.wantIDs(model.Query{Ledger: "task", Search: "公里"}, "t1")
}

// operationBy finds the operation of a kind that undid another.
func (b *box) operationBy(kind string, undoes int64) (int64, error) {
	ops, err := b.Operations(b.ctx, 0, 0)
	for _, op := range ops {
		if op.Kind == kind && op.Undoes == undoes {
			return op.ID, err
		}
	}
	return 0, err
}

func TestUserField_Hidden(t *testing.T) {
	b := newBox(t)
	r := userFieldOf("task", "u_abc", "路长", "文字")
	b.do("加项目", func(tx *Tx) error { return tx.Add(r) })
	b.set("user_field", r.ID, "hidden", 1)
	if b.Catalog().Ledger("task").Field("u_abc") != nil {
		t.Error("still there")
	}
	_, err := b.Do(b.ctx, model.Operation{}, func(tx *Tx) error { return tx.Add(userFieldOf("task", "u_abc", "另一个", "整数")) })
	wantCode(t, err, model.CodeInvalid, "代号")
	b.set("user_field", r.ID, "hidden", 0, "label", "公路长度", "options", "x")
	if f := b.Catalog().Ledger("task").Field("u_abc"); f == nil || f.Label != "公路长度" {
		t.Errorf("%+v", f)
	}
}

func TestUserField_Refused(t *testing.T) {
	b := newBox(t)
	b.do("加项目", func(tx *Tx) error { return tx.Add(userFieldOf("task", "u_abc", "路长", "文字")) })
	kept := b.ids(model.Query{Ledger: "user_field"})[0]
	tests := []struct {
		name string
		r    *model.Record
		code model.Code
	}{
		{"no such ledger", userFieldOf("nothing", "u_x", "甲", "文字"), model.CodeNotFound},
		{"no such kind", userFieldOf("task", "u_x", "甲", "颜色"), model.CodeInvalid},
		{"no label", userFieldOf("task", "u_x", "", "文字"), model.CodeInvalid},
		{"not a user's key", userFieldOf("task", "title2", "甲", "文字"), model.CodeInvalid},
		{"a key with strange letters", userFieldOf("task", `u_x" TEXT); DROP TABLE task; --`, "甲", "文字"), model.CodeInvalid},
		{"key taken", userFieldOf("task", "u_abc", "甲", "文字"), model.CodeInvalid},
		{"too many digits", userFieldOf("task", "u_x", "甲", "小数", "scale", 9), model.CodeInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := b.Do(b.ctx, model.Operation{}, func(tx *Tx) error { return tx.Add(tt.r) })
			wantCode(t, err, tt.code)
		})
	}
	for key, v := range vals("kind", "整数", "key", "u_y", "ledger", "order", "sensitive", 1, "scale", 3) {
		_, err := b.Do(b.ctx, model.Operation{}, func(tx *Tx) error {
			_, err := tx.Set("user_field", kept, map[string]model.Value{key: v})
			return err
		})
		if model.CodeOf(err) != model.CodeInvalid && model.CodeOf(err) != model.CodeNotFound {
			t.Errorf("change of %s: %v", key, err)
		}
	}
	_, err := b.Do(b.ctx, model.Operation{}, func(tx *Tx) error { return tx.Merge("user_field", kept, kept) })
	wantCode(t, err, model.CodeInvalid)
	if f := b.Catalog().Ledger("task").Field("u_abc"); f == nil || f.Kind != model.KindText {
		t.Errorf("%+v", f)
	}
}

func TestUserLedger(t *testing.T) {
	b := newBox(t)
	empty := b.dump()
	b.do("建台账", func(tx *Tx) error {
		if err := tx.Add(rec("user_ledger", "", "key", "u_led", "label", "双定三联", "match", "u_name、u_day")); err != nil {
			return err
		}
		for _, f := range []*model.Record{
			userFieldOf("u_led", "u_name", "名称", "文字"), userFieldOf("u_led", "u_day", "日期", "日期"), userFieldOf("u_led", "u_at", "村", "引用", "ref", "area"),
		} {
			if err := tx.Add(f); err != nil {
				return err
			}
		}
		return tx.Add(rec("u_led", "r1", "u_name", "走访", "u_day", model.Day("2026-11-01"), "u_at", "→v1"))
	})
	made := b.dump()
	l := b.Catalog().Ledger("u_led")
	if l == nil || l.Label != "双定三联" || len(l.Fields) != 3 || l.Title != "u_name" || !slices.Equal(l.Match[0], []string{"u_name", "u_day"}) {
		t.Fatalf("%+v", l)
	}
	b.wantIDs(model.Query{Ledger: "u_led", Search: "走访"}, "r1")
	if found, err := b.Find(b.ctx, "u_led", vals("u_name", "走访", "u_day", model.Day("2026-11-01")), ""); err != nil || len(found) != 1 {
		t.Errorf("%v %v", found, err)
	}
	t.Run("not deleted while in use", func(t *testing.T) {
		id := b.ids(model.Query{Ledger: "user_ledger"})[0]
		_, err := b.Do(b.ctx, model.Operation{}, func(tx *Tx) error { return tx.Delete("user_ledger", id, true) })
		wantCode(t, err, model.CodeInUse, "1 条双定三联")
		_, err = b.Do(b.ctx, model.Operation{}, func(tx *Tx) error { _, err := tx.Set("user_ledger", id, vals("key", "u_other")); return err })
		wantCode(t, err, model.CodeInvalid, "代号")
	})
	b.undo(0)
	if b.Catalog().Ledger("u_led") != nil || b.dump() != empty {
		t.Error("undo must leave no trace of it")
	}
	b.redo()
	if b.dump() != made {
		t.Errorf("redo left\n%s\nwant\n%s", b.dump(), made)
	}
	b.reopen()
	b.set("u_led", "r1", "u_name", "宣讲")
	b.do("删", func(tx *Tx) error { return tx.Delete("u_led", "r1", false) })
	b.do("删", func(tx *Tx) error {
		return tx.Delete("user_ledger", b.ids(model.Query{Ledger: "user_ledger"})[0], false)
	})
	if n, err := b.Count(b.ctx, model.Query{Ledger: "user_field"}); err != nil || n != 0 {
		t.Errorf("%d fields left, %v", n, err)
	}
	t.Run("undo of a record whose ledger is gone", func(t *testing.T) {
		op, err := b.operationLabelled("修改u_led")
		if err != nil {
			t.Fatal(err)
		}
		if res := b.undo(op); res.Op != 0 || len(res.Refused) != 1 {
			t.Errorf("%+v", res)
		}
	})
	for _, r := range []*model.Record{
		rec("user_ledger", "", "key", "u_new", "label", ""), rec("user_ledger", "", "key", "plain", "label", "甲"), rec("user_ledger", "", "key", "", "label", "甲"),
	} {
		_, err := b.Do(b.ctx, model.Operation{}, func(tx *Tx) error { return tx.Add(r) })
		wantCode(t, err, model.CodeInvalid)
	}
}

func (b *box) operationLabelled(label string) (int64, error) {
	ops, err := b.Operations(b.ctx, 0, 0)
	for _, op := range ops {
		if op.Label == label {
			return op.ID, err
		}
	}
	return 0, err
}

// TestUserField_RolledBack: a description that is not committed leaves neither
// column nor catalog.
func TestUserField_RolledBack(t *testing.T) {
	b := newBox(t)
	_, err := b.Do(b.ctx, model.Operation{}, func(tx *Tx) error {
		if err := tx.Add(userFieldOf("task", "u_abc", "路长", "文字")); err != nil {
			return err
		}
		return model.Errorf(model.CodeInvalid, "不行")
	})
	wantCode(t, err, model.CodeInvalid)
	if b.Catalog().Ledger("task").Field("u_abc") != nil {
		t.Error("in the catalog")
	}
	b.add("task", "t1", "title", "照常")
	b.do("加项目", func(tx *Tx) error { return tx.Add(userFieldOf("task", "u_abc", "路长", "整数")) })
	b.set("task", "t1", "u_abc", 5)
}
