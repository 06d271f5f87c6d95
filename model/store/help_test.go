package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
)

// The test ledgers: an area tree, tasks of all plain kinds with derived fields and
// owned progress, persons with sensitive fields of all kinds, and the system
// ledgers the store knows.

func testLedgers() []*model.Ledger {
	return []*model.Ledger{areas(), tasks(), progress(), persons(), orders(), parameters(), userLedgers(), userFields()}
}

func areas() *model.Ledger {
	return &model.Ledger{
		Key: "area", Label: "行政区划", Title: "name", Parent: "parent", Match: [][]string{{"code"}, {"name", "parent"}},
		Fields: []model.Field{
			{Key: "name", Label: "名称", Kind: model.KindText, Required: true},
			{Key: "code", Label: "区划代码", Kind: model.KindText},
			{Key: "parent", Label: "上级", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"area"}}},
		},
	}
}

func tasks() *model.Ledger {
	return &model.Ledger{
		Key: "task", Label: "任务", Title: "title", Parent: "parent", Match: [][]string{{"parent", "title", "unit"}, {"title", "unit"}},
		Fields: []model.Field{
			{Key: "parent", Label: "上级任务", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"task"}}},
			{Key: "title", Label: "任务名称", Kind: model.KindText, Required: true},
			{Key: "content", Label: "具体内容", Kind: model.KindLongText},
			{Key: "target", Label: "目标要求", Kind: model.KindLongText},
			{Key: "state", Label: "办理状态", Kind: model.KindEnum, Index: true, Options: []model.Option{
				{Key: "todo", Label: "待交办"}, {Key: "doing", Label: "办理中"}, {Key: "done", Label: "已办结"},
			}},
			{Key: "domain", Label: "领域", Kind: model.KindEnum, Options: model.Options("党建", "乡村振兴", "其他")},
			{Key: "tags", Label: "标签", Kind: model.KindMultiEnum, Options: []model.Option{
				{Key: "key", Label: "重点"}, {Key: "keys", Label: "要害"}, {Key: "民生", Label: "民生"},
			}},
			{Key: "unit", Label: "责任单位", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"area"}}, Index: true},
			{Key: "lead", Label: "牵头领导", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"person"}}},
			{Key: "due", Label: "完成时限", Kind: model.KindDate, Index: true},
			{Key: "assigned", Label: "交办时间", Kind: model.KindDate},
			{Key: "month", Label: "月份", Kind: model.KindMonth},
			{Key: "households", Label: "涉及户数", Kind: model.KindInteger},
			{Key: "money", Label: "资金", Kind: model.KindDecimal, Scale: 4, Unit: "万元"},
			{Key: "share", Label: "占比", Kind: model.KindPercent, Scale: 2},
			{Key: "urgent", Label: "加急", Kind: model.KindBool},
			{Key: "office_phone", Label: "办公电话", Kind: model.KindPhone},
			{Key: "doc_no", Label: "文号", Kind: model.KindText},
			{Key: "source", Label: "任务来源", Kind: model.KindText},
			{Key: "files", Label: "佐证材料", Kind: model.KindFiles},
			{Key: "secret_note", Label: "内部备注", Kind: model.KindLongText, Sensitive: true},
			{Key: "remark", Label: "备注", Kind: model.KindText},
		},
		Derived: []model.Field{
			{Key: "light", Label: "红黄绿", Kind: model.KindEnum, Index: true, Options: []model.Option{
				{Key: "red", Label: "逾期"}, {Key: "yellow", Label: "临期"}, {Key: "green", Label: "正常"},
			}},
			{Key: "days_left", Label: "剩余天数", Kind: model.KindInteger, Countdown: true},
			{Key: "below", Label: "全部下级数", Kind: model.KindInteger},
			{Key: "latest", Label: "最新进展", Kind: model.KindText},
			{Key: "previous", Label: "上期进展", Kind: model.KindText},
			{Key: "above", Label: "上级名称", Kind: model.KindText},
			{Key: "ends", Label: "时限", Kind: model.KindDate},
			{Key: "at", Label: "单位", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"area"}}},
		},
		Derive: &model.Derivation{
			Latest: &model.Latest{Ledger: "progress", Order: "period"}, FromParent: []string{"title"}, Func: deriveTestTask,
		},
	}
}

// deriveTestTask uses everything a derivation may use.
func deriveTestTask(in model.DeriveInput) model.Derived {
	below := int64(len(in.Children))
	for _, c := range in.Children {
		below += c.Get("below").Num
	}
	values := map[string]model.Value{
		"below": model.Int(below), "latest": in.Latest.Get("text"), "previous": in.Previous.Get("text"),
		"above": in.Parent.Get("title"), "ends": in.Record.Get("due"), "at": in.Record.Get("unit"),
	}
	end := in.Record.Get("due").End
	if end == "" || in.Record.Get("state").Text == "done" {
		return model.Derived{Values: values}
	}
	left := end.Sub(in.Today)
	values["days_left"] = model.Int(int64(left))
	var next model.Day
	switch soon := in.Params.Int("soon"); {
	case left < 0:
		values["light"] = model.Text("red")
	case left <= soon:
		values["light"], next = model.Text("yellow"), end.Add(1)
	default:
		values["light"], next = model.Text("green"), end.Add(-soon)
	}
	return model.Derived{Values: values, NextChange: next}
}

func progress() *model.Ledger {
	return &model.Ledger{
		Key: "progress", Label: "任务进展", Match: [][]string{{"task", "period"}}, Title: "text",
		Fields: []model.Field{
			{Key: "task", Label: "任务", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"task"}, Owner: true}},
			{Key: "period", Label: "报送期", Kind: model.KindMonth, Index: true},
			{Key: "text", Label: "进展情况", Kind: model.KindLongText},
		},
	}
}

func persons() *model.Ledger {
	return &model.Ledger{
		Key: "person", Label: "人员", Title: "name", Match: [][]string{{"id_number"}, {"name"}},
		Fields: []model.Field{
			{Key: "name", Label: "姓名", Kind: model.KindText, Required: true},
			{Key: "id_number", Label: "证件号码", Kind: model.KindIDNumber, Sensitive: true},
			{Key: "phone", Label: "联系电话", Kind: model.KindPhone, Sensitive: true},
			{Key: "card", Label: "银行卡号", Kind: model.KindBankCard, Sensitive: true},
			{Key: "health", Label: "健康状况", Kind: model.KindEnum, Sensitive: true, Options: model.Options("健康", "患病")},
			{Key: "income", Label: "收入", Kind: model.KindDecimal, Scale: 2, Sensitive: true},
			{Key: "born", Label: "出生日期", Kind: model.KindDate, Sensitive: true},
			{Key: "kin", Label: "监护人", Kind: model.KindRef, Sensitive: true, Ref: &model.Ref{Ledgers: []string{"person"}}},
		},
	}
}

// orders has a key that is a word of SQL, and so have its fields.
func orders() *model.Ledger {
	return &model.Ledger{
		Key: "order", Label: "督办单", Title: "select",
		Fields: []model.Field{
			{Key: "select", Label: "事由", Kind: model.KindText},
			{Key: "group", Label: "单位", Kind: model.KindRef, Ref: &model.Ref{Ledgers: []string{"area"}}},
		},
	}
}

func parameters() *model.Ledger {
	return &model.Ledger{Key: "parameter", Label: "参数", System: true, Title: "key", Fields: []model.Field{
		{Key: "key", Label: "代号", Kind: model.KindText, Index: true}, {Key: "value", Label: "值", Kind: model.KindText},
	}}
}

func userLedgers() *model.Ledger {
	return &model.Ledger{Key: "user_ledger", Label: "自定义台账", System: true, Title: "label", Fields: []model.Field{
		{Key: "key", Label: "代号", Kind: model.KindText},
		{Key: "label", Label: "名称", Kind: model.KindText},
		{Key: "match", Label: "识别依据", Kind: model.KindText},
	}}
}

func userFields() *model.Ledger {
	return &model.Ledger{Key: "user_field", Label: "自定义项目", System: true, Title: "label", Fields: []model.Field{
		{Key: "ledger", Label: "台账", Kind: model.KindText}, {Key: "key", Label: "代号", Kind: model.KindText},
		{Key: "label", Label: "名称", Kind: model.KindText}, {Key: "kind", Label: "类型", Kind: model.KindText},
		{Key: "options", Label: "选项", Kind: model.KindText}, {Key: "unit", Label: "单位", Kind: model.KindText},
		{Key: "scale", Label: "小数位数", Kind: model.KindInteger}, {Key: "required", Label: "必填", Kind: model.KindBool},
		{Key: "sensitive", Label: "保密", Kind: model.KindBool}, {Key: "ref", Label: "引用", Kind: model.KindText},
		{Key: "hidden", Label: "停用", Kind: model.KindBool},
	}}
}

// testParams reads the parameters of the file: soon=3 unless set.
func testParams(ctx context.Context, r Reader, _ model.Day) (model.Params, error) {
	p := model.Params{"soon": "3"}
	err := r.Each(ctx, model.Query{Ledger: "parameter"}, func(rec *model.Record) error {
		p[rec.Get("key").Text] = rec.Get("value").Text
		return nil
	})
	return p, err
}

// clock is a clock that tests turn.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func newClock() *clock { return &clock{time.Date(2026, 11, 20, 9, 30, 0, 0, time.Local)} }

func testOptions(c *clock) Options {
	return Options{Builtin: testLedgers(), Now: c.now, Params: testParams}
}

// box is an open test ledger.
type box struct {
	*Store
	t     testing.TB
	clock *clock
	ctx   context.Context
}

// testDir is a folder with Chinese and a blank in its path.
func testDir(t testing.TB) string { return filepath.Join(t.TempDir(), "台 账") }

func newBox(t testing.TB) *box { return newBoxWith(t, nil) }

func newBoxWith(t testing.TB, change func(*Options)) *box {
	t.Helper()
	c := newClock()
	o := testOptions(c)
	if change != nil {
		change(&o)
	}
	dir := testDir(t)
	mustMkdir(t, dir)
	s, err := Create(t.Context(), filepath.Join(dir, "甲镇.xzdb"), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error("close:", err)
		}
	})
	return &box{s, t, c, context.Background()}
}

var tester = model.Actor{Person: "p-1", Name: "张示例一", Unit: "u-1", Level: model.LevelTown}

// do runs an operation that must succeed.
func (b *box) do(label string, fn func(tx *Tx) error) model.Change {
	b.t.Helper()
	c, err := b.Do(b.ctx, model.Operation{Kind: "test", Label: label, Actor: tester, Origin: "test"}, fn)
	if err != nil {
		b.t.Fatalf("%s: %v", label, err)
	}
	return c
}

// add adds one record of a ledger, its values given as key, value, ….
func (b *box) add(ledger, id string, pairs ...any) *model.Record {
	b.t.Helper()
	r := rec(ledger, id, pairs...)
	b.do("新增"+ledger, func(tx *Tx) error { return tx.Add(r) })
	return r
}

func rec(ledger, id string, pairs ...any) *model.Record {
	r := model.NewRecord(ledger, id)
	for key, v := range vals(pairs...) {
		r.Put(key, v)
	}
	return r
}

// vals reads pairs: strings are texts, ints numbers, "→id" references.
func vals(pairs ...any) map[string]model.Value {
	out := map[string]model.Value{}
	for i := 0; i < len(pairs); i += 2 {
		key := pairs[i].(string)
		switch v := pairs[i+1].(type) {
		case string:
			if id, ok := strings.CutPrefix(v, "→"); ok {
				out[key] = model.Reference(id, "词"+id)
			} else {
				out[key] = model.Text(v)
			}
		case int:
			out[key] = model.Int(int64(v))
		case model.Day:
			out[key] = model.OnDay(v)
		case model.Value:
			out[key] = v
		default:
			panic(fmt.Sprintf("%T", v))
		}
	}
	return out
}

func (b *box) set(ledger, id string, pairs ...any) {
	b.t.Helper()
	b.do("修改"+ledger, func(tx *Tx) error {
		_, err := tx.Set(ledger, id, vals(pairs...))
		return err
	})
}

func (b *box) get(ledger, id string) *model.Record {
	b.t.Helper()
	r, err := b.Get(b.ctx, ledger, id)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

// ids lists the ids of the records that fit, in order.
func (b *box) ids(q model.Query) []string {
	b.t.Helper()
	p, err := b.List(b.ctx, q)
	if err != nil {
		b.t.Fatal(err)
	}
	var out []string
	for _, r := range p.Records {
		out = append(out, r.ID)
	}
	if q.Limit == 0 && q.Offset == 0 && p.Total != len(out) {
		b.t.Errorf("total %d of %d records", p.Total, len(out))
	}
	return out
}

func (b *box) wantIDs(q model.Query, want ...string) {
	b.t.Helper()
	if got := b.ids(q); !slices.Equal(got, want) {
		b.t.Errorf("%+v: got %v, want %v", q, got, want)
	}
}

// wantCode checks the code of an error and that its sentence is one for people.
func wantCode(t testing.TB, err error, code model.Code, words ...string) {
	t.Helper()
	if model.CodeOf(err) != code {
		t.Errorf("code %q (%v), want %q", model.CodeOf(err), err, code)
		return
	}
	for _, w := range words {
		if !strings.Contains(model.Sentence(err), w) {
			t.Errorf("sentence %q lacks %q", model.Sentence(err), w)
		}
	}
}

// dump writes out everything that an undo must put back: all tables of ledgers
// without the counters that go on, derived fields, aliases, and the search index
// as far as a query of it shows.
func (b *box) dump() string {
	b.t.Helper()
	var out strings.Builder
	err := b.snapshot(b.ctx, func(v *view) error {
		for _, t := range v.schema.all() {
			if err := b.dumpTable(&out, v, t); err != nil {
				return err
			}
		}
		aliases, err := v.ses.strings(b.ctx, "SELECT loser || ' ' || ledger || ' ' || winner FROM sys_alias ORDER BY 1")
		fmt.Fprintln(&out, aliases)
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return out.String()
}

func (b *box) dumpTable(out *strings.Builder, v *view, t *table) error {
	rows, err := loadRows(b.ctx, v.ses, t, v.secrets, "true ORDER BY t.n")
	if err != nil {
		return err
	}
	low, high := searchSpan(t.number)
	indexed, err := v.ses.number(b.ctx, "SELECT count(*) FROM sys_search WHERE rowid BETWEEN ? AND ?", low, high)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s %d\n", t.Key, indexed)
	for _, r := range rows {
		fmt.Fprintf(out, "%d %s %q %d %s", r.n, r.ID, r.Area, r.CreatedAt.UnixMilli(), r.CreatedBy)
		for _, key := range sortedKeys(r.Values) {
			fmt.Fprintf(out, " %s=%+v", key, r.Values[key])
		}
		for _, key := range sortedKeys(r.Derived) {
			fmt.Fprintf(out, " %s~%+v", key, r.Derived[key])
		}
		fmt.Fprintln(out, " ", r.next)
	}
	return nil
}

// mkTemp makes a folder that outlives the test that asked for it; TestMain
// removes it.
func mkTemp() (string, error) {
	dir, err := os.MkdirTemp("", "台 账")
	leftover = append(leftover, dir)
	return dir, err
}

var leftover []string

func TestMain(m *testing.M) {
	if task := os.Getenv(childEnv); task != "" {
		if err := child(task, os.Getenv(childPath)); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		return
	}
	code := m.Run()
	for _, dir := range leftover {
		if err := os.RemoveAll(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	os.Exit(code)
}

func mustMkdir(t testing.TB, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
}

func fileContains(t testing.TB, path, text string) bool {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(string(b), text)
}
