package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
)

// county makes a small tree of areas and six tasks.
func county(b *box) {
	b.do("样本", func(tx *Tx) error {
		for _, r := range []*model.Record{
			rec("area", "c", "name", "示例县"),
			rec("area", "t1", "name", "甲镇", "parent", "→c"), rec("area", "t2", "name", "乙镇", "parent", "→c"),
			rec("area", "v1", "name", "东坪村", "parent", "→t1"), rec("area", "v2", "name", "西坪村", "parent", "→t1"),
			rec("area", "v3", "name", "南坪村", "parent", "→t2"),
		} {
			if err := tx.Add(r); err != nil {
				return err
			}
		}
		words := func(text string, start, end model.Day) model.Value {
			return model.Date(model.DateWords{Text: text, Start: start, End: end, Kind: model.DateFixed})
		}
		for i, r := range []*model.Record{
			rec("task", "k1", "title", "修建通村路", "state", "doing", "due", model.Day("2026-11-10"), "money", 120000, "urgent", 1, "unit", "→v1", "tags", model.List("key")),
			rec("task", "k2", "title", "饮水管网改造", "state", "todo", "due", words("2026年11月", "2026-11-01", "2026-11-30"), "money", -5, "unit", "→v2", "tags", model.List("key", "民生")),
			rec("task", "k3", "title", "产业大棚", "state", "done", "due", words("年底前", "2026-01-01", "2026-12-31"), "unit", "→v3", "tags", model.List("keys")),
			rec("task", "k4", "title", "村路养护", "state", "doing", "due", model.Date(model.DateWords{Text: "长期坚持", Kind: model.DateLongTerm}), "domain", "旧口径"),
			rec("task", "k5", "title", "abc路灯", "due", model.Day("2026-12-31"), "month", "2026-11", "households", 0),
			rec("task", "k6", "content", "只有内容：建设通村水泥道路", "office_phone", "0900-1234567", "unit", model.Reference("", "驻村工作队")),
		} {
			r.Area = []string{"v1", "v2", "v3", "t1", "t2", ""}[i]
			if err := tx.Add(r); err != nil {
				return err
			}
		}
		return tx.Add(rec("order", "o1", "select", "通村路督办", "group", "→v1"))
	})
}

func TestList_Conditions(t *testing.T) {
	b := newBox(t)
	county(b)
	tests := []struct {
		field string
		op    model.Op
		value any
		want  string
	}{
		{"title", "=", "产业大棚", "k3"}, {"title", "!=", "产业大棚", "k1 k2 k4 k5 k6"}, {"title", "~", "路", "k1 k4 k5"},
		{"title", "=", model.Value{}, "k6"}, {"title", "!=", model.Value{}, "k1 k2 k3 k4 k5"},
		{"title", ">", "村", "k2 k4"}, {"title", "<", "b", "k5"},
		{"state", "=", "doing", "k1 k4"}, {"state", "!=", "doing", "k2 k3 k5 k6"}, {"state", ">=", "doing", "k1 k3 k4"},
		{"state", "<", "done", "k1 k2 k4"}, {"state", "~", "办", "k1 k2 k3 k4"}, {"state", "~", "中", "k1 k4"},
		{"domain", "~", "口径", "k4"}, {"domain", "~", "党", ""},
		{"tags", "=", model.List("key"), "k1 k2"}, {"tags", "=", model.List("民生", "key"), "k2"}, {"tags", "!=", model.List("key"), "k3 k4 k5 k6"},
		{"tags", "~", "重点", "k1 k2"}, {"tags", "~", "要害", "k3"},
		{"money", "=", 120000, "k1"}, {"money", "<", 0, "k2"}, {"money", ">=", -5, "k1 k2"}, {"households", "=", 0, "k5"},
		{"urgent", "=", 1, "k1"}, {"month", ">=", "2026-11", "k5"},
		{"due", "=", model.OnDay("2026-12-31"), "k3 k5"}, {"due", "!=", model.OnDay("2026-12-31"), "k1 k2 k4 k6"},
		{"due", "=", "长期坚持", "k4"}, {"due", "!=", "长期坚持", "k1 k2 k3 k5 k6"}, {"due", "~", "年底", "k3"},
		{"due", "<", model.OnDay("2026-11-30"), "k1"}, {"due", "<=", model.OnDay("2026-11-30"), "k1 k2"},
		{"due", ">", model.OnDay("2026-11-30"), "k3 k5"}, {"due", ">=", model.OnDay("2026-11-30"), "k2 k3 k5"},
		{"due", ">=", november, "k1 k2 k3 k5"}, {"due", ">", november, "k3 k5"}, {"due", "<", november, ""}, {"due", "<=", november, "k1 k2"},
		{"due", "=", model.Value{}, "k6"},
		{"unit", "=", model.Reference("v1", ""), "k1"}, {"unit", "!=", model.Reference("v1", ""), "k2 k3 k4 k5 k6"},
		{"unit", "=", "驻村工作队", "k6"}, {"unit", "~", "工作队", "k6"},
		{"id", "=", "k2", "k2"}, {"id", "!=", "k2", "k1 k3 k4 k5 k6"}, {"area", "=", "t1", "k4"},
		{"area", "=", model.Value{}, "k6"}, {"area", "!=", model.Reference("t1", ""), "k1 k2 k3 k5 k6"},
		{"light", "=", "red", "k1"}, {"light", "=", model.Value{}, "k3 k4 k6"}, {"days_left", ">", 0, "k2 k5"},
		{"light", "~", "期", "k1"}, {"ends", "<=", model.OnDay("2026-11-30"), "k1 k2"}, {"below", "=", 0, "k1 k2 k3 k4 k5 k6"},
	}
	for _, tt := range tests {
		value := vals("x", tt.value)["x"]
		t.Run(fmt.Sprint(tt.field, tt.op, value.Text, value.Num, value.ID), func(t *testing.T) {
			b.t = t
			var want []string
			if tt.want != "" {
				want = strings.Fields(tt.want)
				slices.Sort(want)
			}
			b.wantIDs(model.Query{Ledger: "task", Where: []model.Cond{{Field: tt.field, Op: tt.op, Value: value}}}, want...)
		})
	}
	b.t = t
	b.wantIDs(model.Query{Ledger: "task", Where: []model.Cond{
		{Field: "state", Op: "=", Value: model.Text("doing")}, {Field: "title", Op: "~", Value: model.Text("养护")},
	}}, "k4")
	b.wantIDs(model.Query{Ledger: "order", Where: []model.Cond{{Field: "select", Op: "~", Value: model.Text("督办")}}}, "o1")
}

var november = model.Date(model.DateWords{Text: "2026年11月", Start: "2026-11-01", End: "2026-11-30", Kind: model.DateFixed})

func TestList_RefusesWhatItCannotAnswer(t *testing.T) {
	b := newBox(t)
	tests := []struct {
		ledger, field string
		op            model.Op
		value         model.Value
	}{
		{"task", "nothing", "=", model.Text("x")}, {"task", "title", "like", model.Text("x")}, {"task", "money", "~", model.Text("1")},
		{"task", "due", "<", model.Text("长期")}, {"task", "unit", "<", model.Reference("v1", "")}, {"task", "tags", "<", model.Text("key")},
		{"task", "title", "<", model.Value{}}, {"task", "id", "~", model.Text("k")}, {"person", "health", "=", model.Text("患病")},
		{"person", "id_number", "~", model.Text("9901")}, {"person", "phone", "<", model.Text("139")},
	}
	for _, tt := range tests {
		_, err := b.List(b.ctx, model.Query{Ledger: tt.ledger, Where: []model.Cond{{Field: tt.field, Op: tt.op, Value: tt.value}}})
		wantCode(t, err, model.CodeInvalid)
	}
	_, err := b.List(b.ctx, model.Query{Ledger: "person", Sort: []model.Sort{{Field: "id_number"}}})
	wantCode(t, err, model.CodeInvalid, "保密", "证件号码")
	_, err = b.CountBy(b.ctx, model.Query{Ledger: "person"}, "health")
	wantCode(t, err, model.CodeInvalid, "保密")
	_, err = b.List(b.ctx, model.Query{Ledger: "task", Sort: []model.Sort{{Field: "nothing"}}})
	wantCode(t, err, model.CodeInvalid, "nothing")
	_, err = b.List(b.ctx, model.Query{Ledger: "nothing"})
	wantCode(t, err, model.CodeNotFound, "nothing")
}

func TestList_OrderAndPages(t *testing.T) {
	b := newBox(t)
	county(b)
	by := func(field string, descending bool) model.Query {
		return model.Query{Ledger: "task", Sort: []model.Sort{{Field: field, Descending: descending}}}
	}
	b.wantIDs(model.Query{Ledger: "task"}, "k1", "k2", "k3", "k4", "k5", "k6")
	b.wantIDs(by("money", false), "k2", "k1", "k3", "k4", "k5", "k6") // empty ones last
	b.wantIDs(by("money", true), "k1", "k2", "k3", "k4", "k5", "k6")  // either way
	b.wantIDs(by("state", false), "k2", "k1", "k4", "k3", "k5", "k6") // by the order of the options
	b.wantIDs(by("state", true), "k3", "k1", "k4", "k2", "k5", "k6")
	b.wantIDs(by("due", false), "k1", "k2", "k3", "k5", "k4", "k6") // 长期坚持 has no day
	b.wantIDs(by("days_left", true), "k5", "k2", "k1", "k3", "k4", "k6")
	b.wantIDs(by("area", true), "k3", "k2", "k1", "k5", "k4", "k6")
	b.wantIDs(model.Query{Ledger: "task", Sort: []model.Sort{{Field: "light"}, {Field: "title", Descending: true}}}, "k1", "k2", "k5", "k4", "k3", "k6")

	p, err := b.List(b.ctx, model.Query{Ledger: "task", Limit: 2, Offset: 3})
	if err != nil || p.Total != 6 || len(p.Records) != 2 || p.Records[0].ID != "k4" {
		t.Errorf("%d %v %v", p.Total, p.Records, err)
	}
	if p, err = b.List(b.ctx, model.Query{Ledger: "task", Offset: 5}); err != nil || len(p.Records) != 1 {
		t.Errorf("%v %v", p.Records, err)
	}
	b.wantIDs(model.Query{Ledger: "task", IDs: []string{"k5", "k2", "k9"}}, "k2", "k5")
	b.wantIDs(model.Query{Ledger: "task", IDs: []string{}})
}

// TestList_SortsAsTheModelDoes: the order of a list is that of model.SortRecords.
func TestList_SortsAsTheModelDoes(t *testing.T) {
	b := newBox(t)
	l := b.Catalog().Ledger("task")
	b.do("样本", func(tx *Tx) error {
		for i := range 60 {
			r := rec("task", fmt.Sprintf("k%02d", i))
			for j := range l.Fields {
				if f := &l.Fields[j]; f.Key != "parent" {
					r.Put(f.Key, genValue(f).Example(i))
				}
			}
			if err := tx.Add(r); err != nil {
				return err
			}
		}
		return nil
	})
	all, err := b.List(b.ctx, model.Query{Ledger: "task"})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range slices.Concat(l.Fields, l.Derived) {
		for _, descending := range []bool{false, true} {
			if f.Sensitive {
				continue
			}
			want := slices.Clone(all.Records)
			model.SortRecords(l, want, f.Key, descending)
			got := b.ids(model.Query{Ledger: "task", Sort: []model.Sort{{Field: f.Key, Descending: descending}}})
			for i := range want {
				if want[i].ID != got[i] {
					t.Errorf("by %s, descending %v: place %d is %s, want %s", f.Key, descending, i, got[i], want[i].ID)
					break
				}
			}
		}
	}
}

func TestList_Areas(t *testing.T) {
	b := newBox(t)
	county(b)
	tests := []struct{ areas, want string }{
		{"v1", "k1"}, {"t1", "k1 k2 k4"}, {"t2", "k3 k5"}, {"c", "k1 k2 k3 k4 k5"}, {"v1 v3", "k1 k3"}, {"unknown", ""},
	}
	for _, tt := range tests {
		b.wantIDs(model.Query{Ledger: "task", Areas: strings.Fields(tt.areas)}, strings.Fields(tt.want)...)
	}
	b.wantIDs(model.Query{Ledger: "task", Areas: []string{"t1"}, Where: []model.Cond{{Field: "state", Op: "=", Value: model.Text("doing")}}}, "k1", "k4")
	below, err := b.Descendants(b.ctx, "t1")
	slices.Sort(below)
	if err != nil || !slices.Equal(below, []string{"t1", "v1", "v2"}) {
		t.Errorf("%v %v", below, err)
	}
}

func TestSearch(t *testing.T) {
	b := newBox(t)
	county(b)
	tests := []struct{ words, want string }{
		{"路", "k1 k4 k5 k6"}, {"村路", "k1 k4"}, {"通村路", "k1"}, {"通村水泥", "k6"}, {"水泥路", ""},
		{"abc", "k5"}, {"办理中", "k1 k4"}, {"年底前", "k3"}, {"重点", "k1 k2"}, {"要害", "k3"}, {"驻村工作队", "k6"}, {"1234567", "k6"},
		{"cydp", "k3"}, {"xjtcl", "k1"}, {"没有的词", ""}, {"村路 养护", "k4"},
	}
	for _, tt := range tests {
		t.Run(tt.words, func(t *testing.T) {
			b.t = t
			b.wantIDs(model.Query{Ledger: "task", Search: tt.words}, strings.Fields(tt.want)...)
		})
	}
	b.t = t
	b.wantIDs(model.Query{Ledger: "task", Search: "路", Areas: []string{"t1"}, Sort: []model.Sort{{Field: "title", Descending: true}}}, "k4", "k1")
	b.wantIDs(model.Query{Ledger: "order", Search: "通村路"}, "o1")
	b.wantIDs(model.Query{Ledger: "user_field", Search: "通村路"}) // the program's own ledgers have no index
	b.set("task", "k1", "title", "修建水渠")
	b.wantIDs(model.Query{Ledger: "task", Search: "村路"}, "k4")
	b.wantIDs(model.Query{Ledger: "task", Search: "水渠"}, "k1")
	b.do("删", func(tx *Tx) error { return tx.Delete("task", "k1", false) })
	b.wantIDs(model.Query{Ledger: "task", Search: "水渠"})
}

// TestSearch_OfAFrequentWord: the total of a page may then count candidates, while
// every record on it really fits, and Count is exact.
func TestSearch_OfAFrequentWord(t *testing.T) {
	b := newBox(t)
	const n = verifiedTotal + 200
	b.do("样本", func(tx *Tx) error {
		for i := range n {
			title := "产业大棚"
			if i%100 == 7 {
				title = "大棚 产业 业大" // all pairs, another word
			}
			if err := tx.Add(rec("task", "", "title", title)); err != nil {
				return err
			}
		}
		return nil
	})
	q := model.Query{Ledger: "task", Search: "产业大棚", Limit: 200}
	p, err := b.List(b.ctx, q)
	if err != nil || len(p.Records) != 200 || p.Total < n-n/100 || p.Total > n {
		t.Fatal(p.Total, len(p.Records), err)
	}
	for _, r := range p.Records {
		if r.Get("title").Text != "产业大棚" {
			t.Errorf("found %q", r.Get("title").Text)
		}
	}
	if got, err := b.Count(b.ctx, q); err != nil || got != n-n/100 {
		t.Errorf("count %d, want %d (%v)", got, n-n/100, err)
	}
}

// TestSearch_IsComplete: what text.Contains finds in a record, the index finds.
func TestSearch_IsComplete(t *testing.T) {
	b := newBox(t)
	county(b)
	rapid.Check(t, func(rt *rapid.T) {
		title := []rune(rapid.SampledFrom([]string{"修建通村路", "饮水管网改造", "产业大棚", "村路养护", "abc路灯"}).Draw(rt, "title"))
		from := rapid.IntRange(0, len(title)-1).Draw(rt, "from")
		to := rapid.IntRange(from+1, len(title)).Draw(rt, "to")
		words := string(title[from:to])
		found := false
		err := b.Each(b.ctx, model.Query{Ledger: "task", Search: words}, func(r *model.Record) error {
			found = found || r.Get("title").Text == string(title)
			return nil
		})
		if err != nil || !found {
			rt.Errorf("%q does not find %q (%v)", words, string(title), err)
		}
	})
}

func TestCountBy(t *testing.T) {
	b := newBox(t)
	county(b)
	tests := []struct{ field, want string }{
		{"state", "doing:2 :2 done:1 todo:1"},
		{"light", ":3 green:2 red:1"},
		{"unit", ":2 驻村工作队:1 词v1/v1:1 词v2/v2:1 词v3/v3:1"},
		{"area", ":1 t1/t1:1 t2/t2:1 v1/v1:1 v2/v2:1 v3/v3:1"},
		{"urgent", ":5 1:1"},
	}
	for _, tt := range tests {
		got, err := b.CountBy(b.ctx, model.Query{Ledger: "task"}, tt.field)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, e := range got {
			word := e.Value.Text
			if e.Value.ID != "" {
				word = cmpOr(word, e.Value.ID) + "/" + e.Value.ID
			}
			if e.Value.Num != 0 {
				word = itoa(int(e.Value.Num))
			}
			out = append(out, fmt.Sprintf("%s:%d", word, e.N))
		}
		slices.Sort(out)
		want := strings.Fields(tt.want)
		slices.Sort(want)
		if !slices.Equal(out, want) {
			t.Errorf("%s: %v, want %v", tt.field, out, want)
		}
		if got[0].N < got[len(got)-1].N {
			t.Errorf("%s: the most frequent must come first: %v", tt.field, got)
		}
	}
	if _, err := b.CountBy(b.ctx, model.Query{Ledger: "task"}, "nothing"); model.CodeOf(err) != model.CodeInvalid {
		t.Error(err)
	}
	n, err := b.Count(b.ctx, model.Query{Ledger: "task", Areas: []string{"t1"}})
	if err != nil || n != 3 {
		t.Errorf("count %d %v", n, err)
	}
}

func cmpOr(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

func TestFind(t *testing.T) {
	b := newBox(t)
	county(b)
	b.do("人员", func(tx *Tx) error {
		for _, r := range []*model.Record{
			rec("person", "p1", "name", "张示例一", "id_number", "990101198503150025", "phone", "13900000001"),
			rec("person", "p2", "name", "张示例一", "id_number", "99010119880808003X"),
			rec("person", "p3", "name", "李示例二"),
		} {
			if err := tx.Add(r); err != nil {
				return err
			}
		}
		return nil
	})
	tests := []struct {
		ledger string
		keys   map[string]model.Value
		area   string
		want   string
	}{
		{"task", vals("title", "村路养护"), "", "k4"},
		{"task", vals("title", "村路养护"), "t1", "k4"},
		{"task", vals("title", "村路养护"), "t2", ""},
		{"task", vals("title", "村路养护", "unit", model.Value{}), "", "k4"},
		{"task", vals("title", "修建通村路", "unit", model.Value{}), "", ""},
		{"task", vals("unit", model.Reference("v1", "随便")), "", "k1"},
		{"task", vals("unit", "驻村工作队"), "", "k6"},
		{"task", vals("due", model.OnDay("2026-12-31")), "", "k5"}, // by the words
		{"task", vals("area", model.Reference("t1", "")), "", "k4"},
		{"task", nil, "t2", "k3 k5"},
		{"person", vals("id_number", "99010119880808003x"), "", "p2"},
		{"person", vals("phone", "13900000001"), "", "p1"},
		{"person", vals("name", "张示例一"), "", "p1 p2"},
		{"person", vals("name", "张示例一", "id_number", model.Value{}), "", ""},
	}
	for i, tt := range tests {
		found, err := b.Find(b.ctx, tt.ledger, tt.keys, tt.area)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range found {
			got = append(got, r.ID)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%d %v: %v, want %s", i, tt.keys, got, tt.want)
		}
	}
	b.wantIDs(model.Query{Ledger: "person", Where: []model.Cond{{Field: "id_number", Op: "~", Value: model.Text("990101198503150")}}}, "p1")
	b.wantIDs(model.Query{Ledger: "person", Where: []model.Cond{{Field: "phone", Op: "!=", Value: model.Text("13900000001")}}}, "p2", "p3")
	if _, err := b.Find(b.ctx, "person", vals("health", "患病"), ""); model.CodeOf(err) != model.CodeInvalid {
		t.Errorf("by a value without hash: %v", err)
	}
}

func TestEach(t *testing.T) {
	b := newBox(t)
	county(b)
	stop := errors.New("genug")
	n := 0
	err := b.Each(b.ctx, model.Query{Ledger: "task"}, func(*model.Record) error { n++; return stop })
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("stopped after %d with %v", n, err)
	}
	t.Run("while writing", func(t *testing.T) {
		var seen []string
		b.do("改", func(tx *Tx) error {
			q := model.Query{Ledger: "task", Where: []model.Cond{{Field: "state", Op: "=", Value: model.Text("doing")}}}
			return tx.Each(b.ctx, q, func(r *model.Record) error {
				seen = append(seen, r.ID)
				if err := tx.Add(rec("task", "", "state", "doing")); err != nil {
					return err
				}
				_, err := tx.Set("task", r.ID, vals("state", "done"))
				return err
			})
		})
		if !slices.Equal(seen, []string{"k1", "k4"}) {
			t.Errorf("saw %v", seen)
		}
	})
	t.Run("asking within", func(t *testing.T) {
		depth := 0
		var ask func(*model.Record) error
		ask = func(r *model.Record) error {
			if depth++; depth > 8 { // more than the sessions kept
				return nil
			}
			return b.Each(b.ctx, model.Query{Ledger: "task", Limit: 1}, ask)
		}
		if err := b.Each(b.ctx, model.Query{Ledger: "task", Limit: 1}, ask); err != nil {
			t.Error(err)
		}
	})
}
