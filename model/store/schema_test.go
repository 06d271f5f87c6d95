package store

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
)

func TestCheckLedger(t *testing.T) {
	field := func(key string) []model.Field { return []model.Field{{Key: key, Kind: model.KindText}} }
	for _, l := range []*model.Ledger{
		{Key: ""}, {Key: "A"}, {Key: "a b"}, {Key: "a__b"}, {Key: "sys_op"}, {Key: "sqlite_x"}, {Key: "任务"},
		{Key: "a", Fields: field("id")}, {Key: "a", Fields: field("area")}, {Key: "a", Fields: field("n")}, {Key: "a", Fields: field("x__id")},
		{Key: "a", Fields: append(field("x"), field("x")...)}, {Key: "a", Fields: field("x"), Derived: field("x")}, {Key: "a", Derived: field("next_change_on")},
	} {
		if checkLedger(l) == nil {
			t.Errorf("accepted %+v", l)
		}
	}
	for _, l := range append(testLedgers(), &model.Ledger{Key: "u_2abc3", Fields: field("u_x1")}) {
		if err := checkLedger(l); err != nil {
			t.Error(err)
		}
	}
}

// TestUpdate_Adds: a later program with more ledgers, fields, options and other
// derived fields opens an older file, keeps what is there, and an older program
// opens the newer file in turn.
func TestUpdate_Adds(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "修路", "state", "doing", "due", model.OnDay("2026-11-21"))
	before := b.dump()
	later := func(o *Options) {
		o.Builtin[1].Fields = append(o.Builtin[1].Fields,
			model.Field{Key: "length", Label: "里程", Kind: model.KindDecimal, Scale: 2, Index: true},
			model.Field{Key: "began", Label: "开工", Kind: model.KindDate})
		o.Builtin[1].Derived = append(o.Builtin[1].Derived, model.Field{Key: "extra", Label: "新派生", Kind: model.KindText})
		o.Builtin = append(o.Builtin, &model.Ledger{Key: "fund", Label: "资金", Fields: []model.Field{{Key: "name", Label: "名称", Kind: model.KindText}}})
		o.Rules = "2"
	}
	b.reopen(later)
	if r := b.get("task", "t1"); r.Get("title").Text != "修路" || r.Get("light").Set {
		t.Errorf("%+v %+v", r.Values, r.Derived)
	}
	if n, err := b.Refresh(b.ctx, "2026-11-20"); err != nil || n != 1 {
		t.Errorf("refreshed %d, %v", n, err)
	}
	b.wantIDs(model.Query{Ledger: "task", Where: []model.Cond{{Field: "light", Op: "=", Value: model.Text("yellow")}}}, "t1")
	b.set("task", "t1", "length", 350, "began", model.OnDay("2026-03-01"))
	b.add("fund", "f1", "name", "衔接资金")
	b.reopen()
	b.set("task", "t1", "remark", "旧程序")
	b.reopen(later)
	if r := b.get("task", "t1"); r.Get("length").Num != 350 || r.Get("began") != model.OnDay("2026-03-01") {
		t.Errorf("an older program lost a field: %+v", r.Values)
	}
	for range 3 {
		b.undo(0)
	}
	b.reopen()
	if _, err := b.Refresh(b.ctx, "2026-11-20"); err != nil {
		t.Fatal(err)
	}
	if got := b.dump(); got != before {
		t.Errorf("got\n%s\nwant\n%s", got, before)
	}
}

func TestUpdate_ChangesNothingTwice(t *testing.T) {
	b := newBox(t)
	p, err := b.plan(b.ctx, b.writer)
	if err != nil || len(p.steps) > 0 {
		t.Errorf("%v %v", p.steps, err)
	}
}

func TestUpdate_RefusesAnotherKind(t *testing.T) {
	path := made(t)
	for _, kind := range []model.Kind{model.KindInteger, model.KindDate, model.KindRef} {
		o := testOptions(newClock())
		o.Builtin[1].Fields[1].Kind = kind
		_, err := Open(t.Context(), path, o)
		wantCode(t, err, model.CodeInvalid, "任务名称", "类型")
	}
}

func TestUpdate_ReindexesRenamedOptions(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "state", "doing")
	b.wantIDs(model.Query{Ledger: "task", Search: "办理中"}, "t1")
	b.reopen(func(o *Options) { o.Builtin[1].Field("state").Options[1].Label = "推进中" })
	if _, err := b.Refresh(b.ctx, "2026-11-20"); err != nil {
		t.Fatal(err)
	}
	b.wantIDs(model.Query{Ledger: "task", Search: "推进"}, "t1")
	b.wantIDs(model.Query{Ledger: "task", Search: "办理"})
}

// writeDump, with -release, adds the dump of the file that this version of the
// program makes to testdata/released; dumps of released versions are never edited.
var writeDump = flag.Bool("release", false, "write testdata/released/v<N>.sql for the present schema")

// TestReleased migrates a dump of every schema that was ever released.
func TestReleased(t *testing.T) {
	if *writeDump {
		release(t)
	}
	dumps, err := filepath.Glob("testdata/released/v*.sql")
	if err != nil || len(dumps) < schemaVersion {
		t.Fatalf("%d dumps of %d schemas (%v)", len(dumps), schemaVersion, err)
	}
	for _, dump := range dumps {
		t.Run(filepath.Base(dump), func(t *testing.T) {
			b := fromDump(t, dump)
			if _, err := b.Refresh(b.ctx, "2026-11-20"); err != nil {
				t.Fatal(err)
			}
			r := b.get("task", "t2")
			if r.Get("title").Text != "修通村路" || r.Get("due") != model.OnDay("2026-12-01") || r.Get("u_len").Num != 350 || r.Revision != 2 || r.Get("below").Num != 1 {
				t.Errorf("%+v %+v", r.Values, r.Derived)
			}
			b.wantIDs(model.Query{Ledger: "task", Search: "通村路"}, "t2")
			if b.get("area", "a2").ID != "a1" {
				t.Error("an alias was lost")
			}
			if found, err := b.Find(b.ctx, "person", vals("id_number", "990101198503150025"), ""); err != nil || len(found) != 1 {
				t.Errorf("%v %v", found, err)
			}
			if h, err := b.History(b.ctx, "task", "t2"); err != nil || len(h) != 2 || h[0].Op.Actor != tester {
				t.Errorf("%+v %v", h, err)
			}
			if res := b.undo(0); res.Undone != 1 || b.get("task", "t2").Get("title").Text != "修路" {
				t.Errorf("%+v", res)
			}
			if report, err := Verify(b.ctx, b.Path()); err != nil || len(report.Problems) > 0 {
				t.Errorf("%+v %v", report, err)
			}
		})
	}
}

// fromDump makes a ledger file of a dump and opens it. The search index cannot be
// dumped; the dump marks it as stale.
func fromDump(t *testing.T, dump string) *box {
	t.Helper()
	text, err := os.ReadFile(dump)
	if err != nil {
		t.Fatal(err)
	}
	dir := testDir(t)
	mustMkdir(t, dir)
	path := filepath.Join(dir, "旧.xzdb")
	db, err := sql.Open("sqlite", dsn(path, nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(string(text)); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	c := newClock()
	s, err := Open(t.Context(), path, testOptions(c))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return &box{s, t, c, context.Background()}
}

// release writes the dump of a file with a little of everything.
func release(t *testing.T) {
	b := newBox(t)
	b.add("area", "a1", "name", "东坪村")
	b.add("area", "a2", "name", "东坪村委会")
	b.do("合并", func(tx *Tx) error { return tx.Merge("area", "a1", "a2") })
	b.do("加项目", func(tx *Tx) error { return tx.Add(userFieldOf("task", "u_len", "里程", "小数", "scale", 2)) })
	b.add("person", "p1", "name", "张示例一", "id_number", "990101198503150025")
	b.add("task", "t2", "title", "修路", "due", model.OnDay("2026-12-01"), "u_len", 350, "unit", "→a1")
	b.add("task", "t3", "title", "修桥", "parent", "→t2")
	b.set("task", "t2", "title", "修通村路")
	path := filepath.Join("testdata", "released", fmt.Sprintf("v%d.sql", schemaVersion))
	if _, err := os.Stat(path); err == nil {
		t.Fatalf("%s is released and not to be changed", path)
	}
	mustMkdir(t, filepath.Dir(path))
	if err := os.WriteFile(path, []byte(dumpSQL(b)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// dumpSQL writes the whole file as SQL: tables, rows, then triggers and indexes.
func dumpSQL(b *box) string {
	var out strings.Builder
	out.WriteString("BEGIN;\n")
	var late []string
	err := b.writer.each(b.ctx, func(r *sql.Rows) error {
		var kind, name, text string
		if err := r.Scan(&kind, &name, &text); err != nil {
			return err
		}
		if kind != "table" {
			late = append(late, text+";\n")
			return nil
		}
		out.WriteString(text + ";\n")
		return nil
	}, `SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'sys_search_*' ORDER BY rowid`)
	if err != nil {
		b.t.Fatal(err)
	}
	tables, err := b.writer.strings(b.ctx, `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB 'sys_search*'`)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, name := range slices.Sorted(slices.Values(tables)) {
		columns, err := b.writer.strings(b.ctx, "SELECT 'quote(' || '\"' || name || '\")' FROM pragma_table_info(?)", name)
		if err != nil {
			b.t.Fatal(err)
		}
		rows, err := b.writer.strings(b.ctx, "SELECT concat_ws(', ', "+strings.Join(columns, ", ")+") FROM "+quote(name))
		if err != nil {
			b.t.Fatal(err)
		}
		for _, row := range rows {
			out.WriteString("INSERT INTO " + quote(name) + " VALUES (" + row + ");\n")
		}
	}
	slices.Sort(late)
	out.WriteString("UPDATE sys_ledger SET stale = 1;\n" + strings.Join(late, ""))
	fmt.Fprintf(&out, "PRAGMA application_id = %d;\nPRAGMA user_version = %d;\nCOMMIT;\n", applicationID, schemaVersion)
	return out.String()
}
