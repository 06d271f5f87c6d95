package model

import (
	"errors"
	"fmt"
	"slices"
	"testing"
)

func TestDay(t *testing.T) {
	if d := NewDay(2022, 2, 30); d != "" {
		t.Errorf("30 February is %q", d)
	}
	d := NewDay(2024, 2, 29)
	if d.Add(1) != "2024-03-01" || d.Add(-29) != "2024-01-31" || Day("2024-03-05").Sub(d) != 5 || d.Month() != "2024-02" || d.DayOfMonth() != 29 || d.Year() != 2024 {
		t.Errorf("arithmetic on %s", d)
	}
	if Day("").Add(3) != "" || Day("").Sub(d) != 0 || Day("").Month() != "" {
		t.Error("no day does not stay none")
	}
	for s, ok := range map[string]bool{"2022-03-15": true, "2022-3-15": false, "2022-02-29": false, "": false} {
		if _, got := ParseDay(s); got != ok {
			t.Errorf("ParseDay(%q) = %v", s, got)
		}
	}
	days := []Day{"", "2026-01-01", "2025-12-31"}
	slices.SortFunc(days, CompareDays)
	if !slices.Equal(days, []Day{"2025-12-31", "2026-01-01", ""}) {
		t.Errorf("sorted %v", days)
	}
}

func TestMonth(t *testing.T) {
	m := Month("2026-12")
	if m.First() != "2026-12-01" || m.Last() != "2026-12-31" || m.Add(2) != "2027-02" || m.Add(2).Last() != "2027-02-28" {
		t.Errorf("%s: %s %s %s", m, m.First(), m.Last(), m.Add(2))
	}
	if Month("十二月").First() != "" || Month("").Add(1) != "" {
		t.Error("words are taken for a month")
	}
}

func TestField_Same(t *testing.T) {
	date, ref, text := Field{Kind: KindDate}, Field{Kind: KindRef}, Field{Kind: KindText}
	day := func(words string) Value {
		return Date(DateWords{Text: words, Start: "2022-03-15", End: "2022-03-15", Kind: DateFixed})
	}
	tests := []struct {
		name string
		f    Field
		a, b Value
		want bool
	}{
		{"one day written twice", date, day("2022-03-15"), day("2022年3月15日"), true},
		{"a limit is no plain day", date, day("2022-03-15"), day("2022年3月15日前"), false},
		{"an hour counts", date, day("3月15日18时"), day("2022-03-15"), false},
		{"words of one span", date, Date(DateWords{Text: "长期坚持", Kind: DateLongTerm}), Date(DateWords{Text: "长期坚持", Kind: DateLongTerm}), true},
		{"one record, two names", ref, Reference("a", "青山村"), Reference("a", "青山村委会"), true},
		{"two records, one name", ref, Reference("a", "石桥村"), Reference("b", "石桥村"), false},
		{"unresolved and resolved", ref, Reference("", "石桥村"), Reference("b", "石桥村"), false},
		{"nothing and nothing", text, Value{}, Text(""), true},
		{"nothing and something", text, Value{}, Text("甲"), false},
	}
	for _, tt := range tests {
		if tt.f.Same(tt.a, tt.b) != tt.want || tt.f.Same(tt.b, tt.a) != tt.want {
			t.Errorf("%s: want %v", tt.name, tt.want)
		}
	}
}

func TestField_Show(t *testing.T) {
	enum := Field{Kind: KindEnum, Options: []Option{{Key: "done", Label: "已办结"}}}
	list := Field{Kind: KindMultiEnum, Options: enum.Options}
	tests := map[string]string{
		(&Field{Kind: KindInteger}).Show(Int(-12)):               "-12",
		(&Field{Kind: KindDecimal, Scale: 4}).Show(Int(-12500)):  "-1.25",
		(&Field{Kind: KindPercent, Scale: 2}).Show(Int(8500)):    "85",
		(&Field{Kind: KindBool}).Show(Bool(false)):               "否",
		enum.Show(Text("done")):                                  "已办结",
		enum.Show(Text("gone")):                                  "gone",
		list.Show(List("done", "其他")):                            "已办结、其他",
		(&Field{Kind: KindRef}).Show(Reference("a", "青山村")):      "青山村",
		fmt.Sprint((&Field{Kind: KindText}).Show(Value{}) == ""): "true",
	}
	for got, want := range tests {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestFormatScaled(t *testing.T) {
	for _, tt := range []struct {
		n     int64
		scale int
		keep  bool
		want  string
	}{{171771233, 4, false, "17177.1233"}, {5, 4, true, "0.0005"}, {120000, 4, true, "12.0000"}, {-1, 2, false, "-0.01"}, {0, 2, false, "0"}, {7, 0, true, "7"}} {
		if got := FormatScaled(tt.n, tt.scale, tt.keep); got != tt.want {
			t.Errorf("%d at %d: %s, want %s", tt.n, tt.scale, got, tt.want)
		}
	}
}

func TestField_Compare(t *testing.T) {
	enum := Field{Kind: KindEnum, Options: Options("乙", "甲")}
	if enum.Compare(Text("乙"), Text("甲")) >= 0 {
		t.Error("an enum is not in the order of its options")
	}
	records := []*Record{{ID: "3", Values: map[string]Value{}}, {ID: "2", Values: map[string]Value{"n": Int(2)}}, {ID: "1", Values: map[string]Value{"n": Int(1)}}}
	l := &Ledger{Fields: []Field{{Key: "n", Kind: KindInteger}}}
	for _, tt := range []struct {
		descending bool
		want       string
	}{{false, "123"}, {true, "213"}} {
		SortRecords(l, records, "n", tt.descending)
		if got := records[0].ID + records[1].ID + records[2].ID; got != tt.want {
			t.Errorf("descending %v: %s, want %s", tt.descending, got, tt.want)
		}
	}
}

func TestCatalog(t *testing.T) {
	task := &Ledger{Key: "task", Label: "任务", Synonyms: []string{"任务台账"}, Fields: []Field{{Key: "title", Label: "任务名称"}}, Title: "title", Derived: []Field{{Key: "light", Label: "红黄绿"}}}
	progress := &Ledger{Key: "progress", Label: "任务进展", Fields: []Field{{Key: "task", Ref: &Ref{Ledgers: []string{"task"}, Owner: true}}, {Key: "see", Ref: &Ref{Ledgers: []string{"task"}}}}}
	c := NewCatalog(task, progress)
	for _, name := range []string{"task", "任务", "任务台账"} {
		if l, err := c.Find(name); err != nil || l != task {
			t.Errorf("%s: %v %v", name, l, err)
		}
	}
	if _, err := c.Find("没有"); CodeOf(err) != CodeNotFound {
		t.Errorf("unknown ledger: %v", err)
	}
	if len(c.Referrers("task")) != 2 || len(c.Owned("task")) != 1 || progress.Owner().Key != "task" || task.Owner() != nil {
		t.Error("references and owners differ")
	}
	if task.FindField("红黄绿").Key != "light" || !task.IsDerived("light") || task.IsDerived("title") || task.FindField("无") != nil {
		t.Error("fields are not found by label")
	}
	rec := NewRecord("task", "x")
	rec.Put("title", Text("修路"))
	if task.Name(rec) != "修路" {
		t.Errorf("name %s", task.Name(rec))
	}
	newer := &Ledger{Key: "task", Label: "新任务"}
	if all := NewCatalog(task, progress, newer).All(); len(all) != 2 || all[0] != newer {
		t.Error("a later ledger of the same key does not replace the earlier one")
	}
}

func TestRecord(t *testing.T) {
	var none *Record
	if none.Get("x").Set {
		t.Error("no record has a value")
	}
	r := NewRecord("task", "x")
	r.Put("a", Text("甲"))
	r.Put("a", Value{})
	r.Derived = map[string]Value{"light": Text("red")}
	if len(r.Values) != 0 || r.Get("light").Text != "red" {
		t.Errorf("%+v", r)
	}
}

func TestError(t *testing.T) {
	cause := errors.New("disk")
	err := fmt.Errorf("save: %w", Wrap(cause, CodeReadOnly, "“%s”写不了。", "台账"))
	if CodeOf(err) != CodeReadOnly || Sentence(err) != "“台账”写不了。" || !errors.Is(err, cause) {
		t.Errorf("%v: %s %s", err, CodeOf(err), Sentence(err))
	}
	if Wrap(nil, CodeInvalid, "x") != nil || CodeOf(nil) != "" || Sentence(nil) != "" || CodeOf(cause) != CodeInternal {
		t.Error("nil and foreign errors")
	}
}

func TestFlow(t *testing.T) {
	f := Flow{State: "state", Initial: "todo", Finished: []string{"done"}, Steps: []Step{
		{Key: "sign", Label: "签收", From: []string{"todo"}, To: "doing"}, {Key: "close", Label: "办结", From: []string{"doing"}, To: "done"}}}
	if f.Step("签收") != f.Step("sign") || f.Step("飞") != nil || len(f.Open("doing")) != 1 || !f.IsFinished("done") || f.IsFinished("todo") {
		t.Errorf("%+v", f)
	}
}

func TestLevel_Above(t *testing.T) {
	if !LevelCounty.Above(LevelTown) || LevelTown.Above(LevelTown) || LevelVillage.Above(LevelCounty) || Level("").Above(LevelTown) {
		t.Error("levels out of order")
	}
}

func TestParams(t *testing.T) {
	p := Params{"n": "3", "on": "是", "bad": "三"}
	if p.Int("n") != 3 || p.Int("bad") != 0 || p.Int("none") != 0 || !p.On("on") || p.On("n") {
		t.Errorf("%v", p)
	}
}

func TestParseKind(t *testing.T) {
	for _, e := range kindLabels {
		if k, ok := ParseKind(e.label); !ok || k != e.kind || k.Label() != e.label {
			t.Errorf("%s → %s", e.label, k)
		}
	}
	if _, ok := ParseKind("没有"); ok {
		t.Error("an unknown kind was found")
	}
}
