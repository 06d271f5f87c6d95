package store

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

// scramble is a codec that never gives the same text twice.
type scramble struct{ n int }

func (s *scramble) Encode(at Place, plain string) (string, error) {
	s.n++
	return "密" + itoa(s.n) + at.Ledger + at.Record + at.Field + ":" + reverse(plain), nil
}

func (s *scramble) Decode(at Place, stored string) (string, error) {
	place, body, ok := strings.Cut(stored, ":")
	if !ok || !strings.HasSuffix(place, at.Ledger+at.Record+at.Field) {
		return "", errors.New("not scrambled, or elsewhere")
	}
	return reverse(body), nil
}

func reverse(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}

// genText draws texts as people and their clipboards have them.
func genText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{"青山村", "修路", `引号"和'单引`, "换\n行", "百分%下划_", "，。：", " 首尾空格 ", "𠮷野", "0012", "1e3", "null", "[1]", `{"a":1}`}),
		rapid.StringN(1, 12, -1).Filter(func(s string) bool { return !strings.ContainsAny(s, "\x00\x1e\x1f") }),
	)
}

func genDay() *rapid.Generator[model.Day] {
	return rapid.Map(rapid.IntRange(0, 40000), func(n int) model.Day { return model.NewDay(1950, 1, 1).Add(n) })
}

// genValue draws a value that fits the field, empty ones included.
func genValue(f *model.Field) *rapid.Generator[model.Value] {
	return rapid.Custom(func(t *rapid.T) model.Value {
		if rapid.IntRange(0, 5).Draw(t, "empty") == 0 {
			return model.Value{}
		}
		text := genText().Draw(t, "text")
		switch {
		case f.Kind == model.KindBool:
			return model.Bool(rapid.Bool().Draw(t, "bool"))
		case f.Kind.Numeric():
			return model.Int(rapid.Int64().Draw(t, "number"))
		case f.Kind == model.KindDate:
			if rapid.IntRange(0, 5).Draw(t, "long term") == 0 {
				return model.Date(model.DateWords{Text: text, Kind: model.DateLongTerm})
			}
			day := genDay().Draw(t, "day")
			return model.Date(model.DateWords{Text: text, Start: day, End: day.Add(rapid.IntRange(0, 90).Draw(t, "span")), Kind: model.DateFixed})
		case f.Kind == model.KindRef:
			return model.Reference(rapid.SampledFrom([]string{"", "x1", "x2"}).Draw(t, "id"), text)
		case f.Kind == model.KindMultiEnum, f.Kind == model.KindFiles:
			return model.List(text, "二")
		}
		return model.Text(text)
	})
}

// TestRecord_RoundTrip: whatever fits a field comes back as it went in, sensitive
// or not, added or set, from Get, from List and from the journal.
func TestRecord_RoundTrip(t *testing.T) {
	b := newBoxWith(t, func(o *Options) { o.Codec = &scramble{} })
	rapid.Check(t, func(rt *rapid.T) {
		for _, ledger := range []string{"task", "person"} {
			l := b.Catalog().Ledger(ledger)
			draw := func() map[string]model.Value {
				out := map[string]model.Value{}
				for i := range l.Fields {
					out[l.Fields[i].Key] = genValue(&l.Fields[i]).Draw(rt, l.Fields[i].Key)
				}
				return out
			}
			first, second := draw(), draw()
			if ledger == "task" { // or a task might be put under itself
				first["parent"], second["parent"] = model.Value{}, model.Value{}
			}
			r := model.NewRecord(ledger, "")
			for k, v := range first {
				r.Values[k] = v
			}
			b.do("新增", func(tx *Tx) error { return tx.Add(r) })
			wantValues(rt, b, l, r.ID, first)
			want := map[string]model.Value{}
			for k, v := range second {
				if want[k] = v; l.Field(k).Same(first[k], v) {
					want[k] = first[k]
				}
			}
			b.do("修改", func(tx *Tx) error { _, err := tx.Set(ledger, r.ID, second); return err })
			wantValues(rt, b, l, r.ID, want)
			history, err := b.History(b.ctx, ledger, r.ID)
			if err != nil {
				rt.Fatal(err)
			}
			added := history[len(history)-1]
			for k, v := range first {
				if v != added.After[k] {
					rt.Errorf("journal of %s.%s: %+v, want %+v", ledger, k, added.After[k], v)
				}
			}
		}
	})
}

func wantValues(rt *rapid.T, b *box, l *model.Ledger, id string, want map[string]model.Value) {
	page, err := b.List(b.ctx, model.Query{Ledger: l.Key, IDs: []string{id}})
	if err != nil || len(page.Records) != 1 {
		rt.Fatal(err, len(page.Records))
	}
	for _, r := range []*model.Record{b.get(l.Key, id), page.Records[0]} {
		for k, v := range want {
			if got := r.Get(k); got != v {
				rt.Errorf("%s.%s: %+v, want %+v", l.Key, k, got, v)
			}
		}
	}
}

func TestTx_Refuses(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "一")
	b.add("task", "t2", "title", "二", "parent", "→t1")
	tests := []struct {
		name string
		fn   func(tx *Tx) error
		code model.Code
		word string
	}{
		{"unknown ledger", func(tx *Tx) error { return tx.Add(rec("nothing", "")) }, model.CodeNotFound, "nothing"},
		{"unknown field", func(tx *Tx) error { return tx.Add(rec("task", "", "nothing", "x")) }, model.CodeInvalid, "nothing"},
		{"derived field", func(tx *Tx) error { return tx.Add(rec("task", "", "light", "red")) }, model.CodeInvalid, "light"},
		{"id taken", func(tx *Tx) error { return tx.Add(rec("task", "t1")) }, model.CodeExists, "t1"},
		{"text in a number", func(tx *Tx) error { return tx.Add(rec("task", "", "households", "12")) }, model.CodeInvalid, "涉及户数"},
		{"number in a text", func(tx *Tx) error { return tx.Add(rec("task", "", "title", 12)) }, model.CodeInvalid, "任务名称"},
		{"day in a text", func(tx *Tx) error { return tx.Add(rec("task", "", "title", model.Day("2026-01-01"))) }, model.CodeInvalid, "任务名称"},
		{"number in a date", func(tx *Tx) error { return tx.Add(rec("task", "", "due", 1)) }, model.CodeInvalid, "完成时限"},
		{"day in a reference", func(tx *Tx) error { return tx.Add(rec("task", "", "unit", model.Day("2026-01-01"))) }, model.CodeInvalid, "责任单位"},
		{"set of what is not there", func(tx *Tx) error { _, err := tx.Set("task", "t9", nil); return err }, model.CodeNotFound, "t9"},
		{"set of an unknown field", func(tx *Tx) error { _, err := tx.Set("task", "t1", vals("x", "1")); return err }, model.CodeInvalid, "x"},
		{"under itself", func(tx *Tx) error { _, err := tx.Set("task", "t1", vals("parent", "→t1")); return err }, model.CodeInvalid, "下级"},
		{"under its child", func(tx *Tx) error { _, err := tx.Set("task", "t1", vals("parent", "→t2")); return err }, model.CodeInvalid, "下级"},
		{"area of what is not there", func(tx *Tx) error { return tx.SetArea("task", "t9", "a") }, model.CodeNotFound, "t9"},
		{"delete of what is not there", func(tx *Tx) error { return tx.Delete("task", "t9", false) }, model.CodeNotFound, "t9"},
		{"merge with itself", func(tx *Tx) error { return tx.Merge("task", "t1", "t1") }, model.CodeInvalid, "同一条"},
		{"merge of above and below", func(tx *Tx) error { return tx.Merge("task", "t2", "t1") }, model.CodeInvalid, "上下级"},
	}
	before := b.dump()
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := b.Do(b.ctx, model.Operation{Kind: "test"}, tt.fn)
			wantCode(t, err, tt.code, tt.word)
			if b.dump() != before {
				t.Error("something was written")
			}
		})
	}
}

func TestTx_ParentOfARecordOthersExpected(t *testing.T) {
	b := newBox(t)
	b.add("task", "t2", "title", "二", "parent", "→t1")
	_, err := b.Do(b.ctx, model.Operation{}, func(tx *Tx) error { return tx.Add(rec("task", "t1", "parent", "→t2")) })
	wantCode(t, err, model.CodeInvalid, "下级")
}

func TestTx_SameValueChangesNothing(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "一", "unit", "→a1", "due", model.OnDay("2026-12-01"))
	for _, v := range []map[string]model.Value{
		vals("title", "一"), vals("unit", model.Reference("a1", "别的写法")), vals("remark", model.Value{}),
		vals("due", model.Date(model.DateWords{Text: "2026-12-01", Start: "2026-12-02", End: "2026-12-02", Kind: model.DateFixed})),
	} {
		c := b.do("空", func(tx *Tx) error {
			changed, err := tx.Set("task", "t1", v)
			if changed {
				t.Errorf("%v: changed", v)
			}
			return err
		})
		if c.Op != 0 || c.Ledgers != nil {
			t.Errorf("%v: %+v", v, c)
		}
	}
	b.do("空", func(tx *Tx) error { return tx.SetArea("task", "t1", "") })
	ops, err := b.Operations(b.ctx, 0, 0)
	if err != nil || len(ops) != 1 || b.get("task", "t1").Revision != 1 {
		t.Errorf("%d operations, revision %d, %v", len(ops), b.get("task", "t1").Revision, err)
	}
}

func TestTx_SetsWhoAndWhen(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "一")
	b.clock.at = b.clock.at.Add(time.Hour)
	c := b.do("改", func(tx *Tx) error {
		tx.Note("1 条")
		if tx.Op() != 2 || !tx.Now().Equal(b.clock.at) {
			t.Errorf("operation %d at %v", tx.Op(), tx.Now())
		}
		b.clock.at = b.clock.at.Add(time.Minute) // the clock of a transaction stands
		if _, err := tx.Set("task", "t1", vals("title", "二")); err != nil {
			return err
		}
		return tx.SetArea("task", "t1", "a1")
	})
	r := b.get("task", "t1")
	if r.Revision != 3 || r.CreatedBy != "p-1" || r.ChangedAt.Sub(r.CreatedAt) != time.Hour || r.Area != "a1" {
		t.Errorf("%+v", r)
	}
	ops, err := b.Operations(b.ctx, 1, 0)
	if err != nil || len(ops) != 1 || ops[0].ID != c.Op || ops[0].Label != "改（1 条）" || ops[0].Actor != tester || ops[0].Rows != 1 || ops[0].Origin != "test" {
		t.Errorf("%+v %v", ops, err)
	}
}

func TestTx_AddAgainAfterDeleteInOneOperation(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "一")
	b.add("task", "t2", "title", "二")
	b.do("换", func(tx *Tx) error {
		if err := tx.Delete("task", "t1", false); err != nil {
			return err
		}
		return tx.Add(rec("task", "t1", "title", "新一"))
	})
	b.wantIDs(model.Query{Ledger: "task"}, "t1", "t2")
	b.wantIDs(model.Query{Ledger: "task", Search: "新一"}, "t1")
}

func TestCodec_FailureIsSaid(t *testing.T) {
	b := newBoxWith(t, func(o *Options) { o.Codec = &scramble{} })
	b.add("person", "p1", "name", "张示例一", "health", "患病")
	b.secrets.codec = locked{}
	_, err := b.Get(b.ctx, "person", "p1")
	wantCode(t, err, model.CodeInvalid, "健康状况", "解锁")
	_, err = b.Do(b.ctx, model.Operation{}, func(tx *Tx) error { return tx.Add(rec("person", "p2", "phone", "13900000000")) })
	wantCode(t, err, model.CodeLocked)
}

type locked struct{}

func (locked) Encode(Place, string) (string, error) {
	return "", model.Errorf(model.CodeLocked, "台账已锁定。")
}
func (locked) Decode(Place, string) (string, error) { return "", errors.New("locked") }

func TestSecrets_LeaveNoTrace(t *testing.T) {
	b := newBoxWith(t, func(o *Options) { o.Codec = &scramble{} })
	id := "990101198503150025"
	b.add("person", "p1", "name", "张示例一", "id_number", id, "phone", "13900001234", "card", "6200990000000000", "health", "患病甲乙")
	b.set("person", "p1", "phone", "13900005678")
	b.wantIDs(model.Query{Ledger: "person", Search: "患病"})
	b.wantIDs(model.Query{Ledger: "person", Search: "13900005678"})
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{id, "13900001234", "13900005678", "6200990000000000", "患病甲乙"} {
		if fileContains(t, b.Path(), secret) {
			t.Errorf("%s stands in the file", secret)
		}
	}
	if !fileContains(t, b.Path(), "张示例一") {
		t.Error("the test would not find what is in the file")
	}
}

func TestStore_Hash(t *testing.T) {
	a, b := newBox(t), newBox(t)
	if a.Hash("99010119880808003X") != a.Hash(" 99010119880808003x ") {
		t.Error("the hash depends on case or blanks")
	}
	if a.Hash("1") == a.Hash("2") || a.Hash("1") == b.Hash("1") {
		t.Error("the hash does not depend on value and file")
	}
	if a.ID() == b.ID() || a.ID() == "" {
		t.Errorf("ids %q %q", a.ID(), b.ID())
	}
}
