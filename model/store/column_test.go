package store

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

func TestShapeOf(t *testing.T) {
	tests := []struct {
		kind      model.Kind
		sensitive bool
		want      string
	}{
		{model.KindText, false, "x"}, {model.KindLongText, false, "x"}, {model.KindMonth, false, "x"}, {model.KindEnum, false, "x"},
		{model.KindMultiEnum, false, "x"}, {model.KindFiles, false, "x"}, {model.KindIDNumber, false, "x"}, {model.KindPhone, false, "x"},
		{model.KindInteger, false, "x#"}, {model.KindDecimal, false, "x#"}, {model.KindPercent, false, "x#"}, {model.KindBool, false, "x#"},
		{model.KindDate, false, "x x__start x__end x__kind"}, {model.KindRef, false, "x x__id"},
		{model.KindText, true, "x"}, {model.KindDecimal, true, "x"}, {model.KindDate, true, "x"}, {model.KindRef, true, "x"},
		{model.KindIDNumber, true, "x x__h x__h15"}, {model.KindPhone, true, "x x__h"}, {model.KindBankCard, true, "x x__h"},
	}
	for _, tt := range tests {
		f := &model.Field{Key: "x", Kind: tt.kind, Sensitive: tt.sensitive}
		c := column{key: "x", shape: shapeOf(f), field: f}
		got := strings.Join(c.names(), " ")
		if c.sqlType() == "INTEGER" {
			got += "#"
		}
		if got != tt.want || c.secret() != tt.sensitive {
			t.Errorf("%s sensitive %v: %s, want %s", tt.kind, tt.sensitive, got, tt.want)
		}
		if c.sqlType() == "INTEGER" && len(c.names()) != 1 {
			t.Errorf("%s", tt.kind)
		}
	}
}

// TestColumn_BindAndScan: what is bound is scanned, for every kind, and the empty
// value is NULL in every column.
func TestColumn_BindAndScan(t *testing.T) {
	s := newSecrets(&scramble{}, []byte("key"))
	rapid.Check(t, func(rt *rapid.T) {
		kind := rapid.SampledFrom(allKinds).Draw(rt, "kind")
		f := &model.Field{Key: "x", Label: "项目", Kind: kind, Sensitive: rapid.Bool().Draw(rt, "sensitive")}
		c := &column{key: "x", shape: shapeOf(f), field: f}
		v := genValue(f).Draw(rt, "value")
		if err := fits(f, v); err != nil {
			rt.Fatal(err)
		}
		args, err := c.bind(nil, v, s)
		if err != nil || len(args) != len(c.names()) {
			rt.Fatalf("%d columns of %d, %v", len(args), len(c.names()), err)
		}
		if !v.Set && slices.ContainsFunc(args, func(a any) bool { return a != nil }) {
			rt.Errorf("the empty value is %v", args)
		}
		if v.Set && args[0] == nil {
			rt.Error("a value is NULL")
		}
		got, err := c.scan(args[:c.visible()], s)
		if err != nil || got != v {
			rt.Errorf("%+v came back as %+v (%v)", v, got, err)
		}
	})
}

var allKinds = []model.Kind{
	model.KindText, model.KindLongText, model.KindInteger, model.KindDecimal, model.KindPercent, model.KindDate, model.KindMonth, model.KindEnum,
	model.KindMultiEnum, model.KindBool, model.KindIDNumber, model.KindPhone, model.KindBankCard, model.KindRef, model.KindFiles,
}

func TestUnflatten_RefusesWhatItDidNotMake(t *testing.T) {
	for _, tt := range []struct {
		kind  model.Kind
		plain string
	}{
		{model.KindInteger, "十二"}, {model.KindDate, "2026"}, {model.KindDate, `["a"]`}, {model.KindRef, `["a","b","c"]`}, {model.KindRef, "{}"},
	} {
		if v, err := unflatten(&model.Field{Kind: tt.kind}, tt.plain); err == nil {
			t.Errorf("%s of %s is %+v", tt.kind, tt.plain, v)
		}
	}
}

func TestShapes_AreGuessedFromTheFile(t *testing.T) {
	var fields []model.Field
	for i, k := range allKinds {
		fields = append(fields, model.Field{Key: fmt.Sprintf("p%d", i), Kind: k}, model.Field{Key: fmt.Sprintf("s%d", i), Kind: k, Sensitive: true})
	}
	b := newBoxWith(t, func(o *Options) {
		o.Builtin = append(o.Builtin, &model.Ledger{Key: "all_kinds", Label: "全部", Fields: fields})
	})
	have, err := loadPhysical(b.ctx, b.writer)
	if err != nil {
		t.Fatal(err)
	}
	guessed := have.shapes("all_kinds")
	for i, c := range b.state.Load().tables["all_kinds"].columns {
		g := guessed[i]
		if g.key != c.key || !slices.Equal(g.names(), c.names()) || g.sqlType() != c.sqlType() {
			t.Errorf("%s: guessed %v, is %v", c.key, g.names(), c.names())
		}
	}
}

// TestWideLedger: a ledger of many fields passes SQLite's limits on the arguments
// of functions and the depth of expressions.
func TestWideLedger(t *testing.T) {
	var fields []model.Field
	for i := range 250 {
		fields = append(fields, model.Field{Key: fmt.Sprintf("f%d", i), Label: fmt.Sprint("项目", i), Kind: allKinds[i%len(allKinds)]})
	}
	b := newBoxWith(t, func(o *Options) {
		o.Builtin = append(o.Builtin, &model.Ledger{Key: "wide", Label: "宽表", Fields: fields})
	})
	r := rec("wide", "w1")
	for i := range fields {
		r.Put(fields[i].Key, exampleOf(fields[i].Kind))
	}
	b.do("新增", func(tx *Tx) error { return tx.Add(r) })
	before := b.dump()
	b.set("wide", "w1", "f0", "改", "f240", "改")
	h, err := b.History(b.ctx, "wide", "w1")
	if err != nil || len(h) != 2 || len(h[0].After) != 2 || len(h[1].After) != 250 {
		t.Fatalf("%d entries, %v", len(h), err)
	}
	b.wantIDs(model.Query{Ledger: "wide", Search: "自定文字"}, "w1")
	b.do("删", func(tx *Tx) error { return tx.Delete("wide", "w1", false) })
	b.undo(0)
	b.undo(0)
	if b.dump() != before {
		t.Error("undo did not restore it")
	}
}

func TestSplitList(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""}, {"甲", "甲"}, {"甲、乙", "甲|乙"}, {"甲，乙,丙；丁; 戊", "甲|乙|丙|丁|戊"}, {"甲\x1f乙", "甲|乙"}, {"、甲、、 乙 、", "甲|乙"},
	}
	for _, tt := range tests {
		if got := strings.Join(splitList(tt.in), "|"); got != tt.want {
			t.Errorf("%q: %s, want %s", tt.in, got, tt.want)
		}
	}
}

func TestSafeName(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""}, {"导入前", "导入前"}, {`a/b\c:d*e?f"g<h>i|j.k`, "abcdefghijk"}, {" 前 后 ", "前 后"}, {"换\n行", "换行"},
		{strings.Repeat("长", 50), strings.Repeat("长", maxReason)},
	}
	for _, tt := range tests {
		if got := safeName(tt.in); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestLevelsOf(t *testing.T) {
	parents := map[string]string{"a": "", "b": "a", "c": "b", "d": "missing", "x": "y", "y": "x"}
	ids := map[string]bool{"c": true, "a": true, "d": true, "nobody": true, "x": true}
	levels := levelsOf(ids, parents)
	var got []string
	for depth, level := range levels {
		for _, id := range slices.Sorted(maps.Keys(level)) {
			got = append(got, fmt.Sprint(id, depth))
		}
	}
	for _, want := range []string{"a0", "c2", "d0"} {
		if !slices.Contains(got, want) {
			t.Errorf("%v lacks %s", got, want)
		}
	}
	if slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, "nobody") }) {
		t.Errorf("%v has a record that is not there", got)
	}
}
