package store

import (
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
)

// made makes a small ledger file, closed, and returns its path.
func made(t *testing.T) string {
	t.Helper()
	dir := testDir(t)
	mustMkdir(t, dir)
	path := filepath.Join(dir, "甲镇.xzdb")
	s, err := Create(t.Context(), path, testOptions(newClock()))
	if err != nil {
		t.Fatal(err)
	}
	b := &box{s, t, newClock(), t.Context()}
	for i := range 50 {
		b.add("task", fmt.Sprint("t", i), "title", strings.Repeat("修建通村路", 20))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func fingerprint(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%x", sha256.Sum256(b))
}

func patch(t *testing.T, path string, at int64, bytes ...byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.WriteAt(bytes, at)
	if e := f.Close(); err != nil || e != nil {
		t.Fatal(err, e)
	}
}

func writeFile(t *testing.T, path string, content ...byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestOpen_Refuses: what is wrong with a file is said in one sentence that names
// it, and the file stays as it was, byte for byte, with nothing left beside it.
func TestOpen_Refuses(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(t *testing.T, path string) string // returns the path to open
		code  model.Code
		words string
	}{
		{"missing", func(t *testing.T, path string) string { return path + "x" }, model.CodeNotFound, "找不到"},
		{"a folder", func(t *testing.T, path string) string { return filepath.Dir(path) }, model.CodeNotFound, "文件夹"},
		{"empty", func(t *testing.T, path string) string { writeFile(t, path); return path }, model.CodeNotOurs, "空文件"},
		{"text", func(t *testing.T, path string) string { writeFile(t, path, []byte("你好")...); return path }, model.CodeNotOurs, "不是本程序的台账"},
		{"xlsx", func(t *testing.T, path string) string {
			writeFile(t, path+".xlsx", []byte("PK\x03\x04 and more")...)
			return path + ".xlsx"
		}, model.CodeNotOurs, "导入"},
		{"xls", func(t *testing.T, path string) string {
			writeFile(t, path+".xls", 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1)
			return path + ".xls"
		}, model.CodeNotOurs, "导入"},
		{"csv", func(t *testing.T, path string) string {
			writeFile(t, path+".CSV", []byte("姓名,电话")...)
			return path + ".CSV"
		}, model.CodeNotOurs, "导入"},
		{"another program's database", otherDatabase, model.CodeNotOurs, "别的程序"},
		{"newer", func(t *testing.T, path string) string { patch(t, path, 60, 0, 0, 0, 99); return path }, model.CodeNewer, "升级"},
		{"cut short", func(t *testing.T, path string) string {
			if err := os.Truncate(path, 20480); err != nil {
				t.Fatal(err)
			}
			return path
		}, model.CodeDamaged, "备份"},
		{"cut within the header", func(t *testing.T, path string) string {
			if err := os.Truncate(path, 60); err != nil {
				t.Fatal(err)
			}
			return path
		}, model.CodeNotOurs, "不是本程序的台账"},
		{"overwritten tables", func(t *testing.T, path string) string {
			patch(t, path, 100, make([]byte, 3000)...)
			return path
		}, model.CodeDamaged, "备份"},
		{"overwritten pages", func(t *testing.T, path string) string {
			patch(t, path, 4096, []byte(strings.Repeat("坏", 40000))...)
			return path
		}, model.CodeDamaged, "备份"},
		{"read-only file", func(t *testing.T, path string) string { chmod(t, path, 0o444); return path }, model.CodeReadOnly, "只读"},
		{"read-only folder", func(t *testing.T, path string) string { chmod(t, filepath.Dir(path), 0o555); return path }, model.CodeReadOnly, "文件夹是只读的"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := tt.spoil(t, made(t))
			before, beside := fingerprint(t, path), listDir(t, filepath.Dir(path))
			s, err := Open(t.Context(), path, testOptions(newClock()))
			if err == nil {
				s.Close()
			}
			wantCode(t, err, tt.code, tt.words, filepath.Base(path))
			if strings.ContainsAny(model.Sentence(err), "\n") || strings.Contains(model.Sentence(err), "sqlite") {
				t.Errorf("no sentence for people: %s", model.Sentence(err))
			}
			if fingerprint(t, path) != before {
				t.Error("the file was touched")
			}
			if after := listDir(t, filepath.Dir(path)); !slices.Equal(after, beside) {
				t.Errorf("left beside it: %v, before %v", after, beside)
			}
		})
	}
}

func otherDatabase(t *testing.T, path string) string {
	other := path + "2"
	db, err := sql.Open("sqlite", dsn(other, nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE x (y)"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return other
}

func chmod(t *testing.T, path string, mode os.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { chmodBack(t, path) })
}

func chmodBack(t *testing.T, path string) {
	if err := os.Chmod(path, 0o755); err != nil {
		t.Error(err)
	}
}

func listDir(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestCreate_Refuses(t *testing.T) {
	path := made(t)
	before := fingerprint(t, path)
	_, err := Create(t.Context(), path, testOptions(newClock()))
	wantCode(t, err, model.CodeExists, "甲镇.xzdb", "已经存在")
	if fingerprint(t, path) != before {
		t.Error("the file was touched")
	}
	_, err = Create(t.Context(), filepath.Join(filepath.Dir(path), "没有", "乙.xzdb"), testOptions(newClock()))
	wantCode(t, err, model.CodeNotFound, "文件夹")
	_, err = Create(t.Context(), filepath.Dir(path), testOptions(newClock()))
	wantCode(t, err, model.CodeExists)
	t.Run("and leaves nothing behind", func(t *testing.T) {
		o := testOptions(newClock())
		o.Builtin = append(o.Builtin, &model.Ledger{Key: "BAD key"})
		_, err := Create(t.Context(), path+"2", o)
		wantCode(t, err, model.CodeInternal)
		if names := listDir(t, filepath.Dir(path)); !slices.Equal(names, []string{"甲镇.xzdb"}) {
			t.Errorf("left %v", names)
		}
	})
}

func TestOpen_AgainFindsEverything(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "修路", "due", model.OnDay("2026-12-01"))
	before, id := b.dump(), b.ID()
	b.reopen()
	if b.dump() != before || b.ID() != id {
		t.Errorf("found\n%s\nwant\n%s", b.dump(), before)
	}
	if names := listDir(t, filepath.Dir(b.Path())); !slices.Equal(names, []string{"甲镇.xzdb", "甲镇.xzdb-shm", "甲镇.xzdb-wal", "甲镇.xzdb.lock"}) {
		t.Errorf("while open: %v", names)
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	if names := listDir(t, filepath.Dir(b.Path())); !slices.Equal(names, []string{"甲镇.xzdb"}) {
		t.Errorf("after closing: %v", names)
	}
	_, err := b.List(b.ctx, model.Query{Ledger: "task"})
	wantCode(t, err, model.CodeLocked, "已经关闭")
	if err := b.Close(); err != nil {
		t.Errorf("closing twice: %v", err)
	}
}

// reopen closes and opens the ledger, with other ledgers if any are given.
func (b *box) reopen(change ...func(*Options)) {
	b.t.Helper()
	if err := b.Close(); err != nil {
		b.t.Fatal(err)
	}
	o := testOptions(b.clock)
	for _, c := range change {
		c(&o)
	}
	s, err := Open(b.ctx, b.Path(), o)
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { s.Close() })
	b.Store = s
}

func TestOpen_OddNames(t *testing.T) {
	dir := testDir(t)
	mustMkdir(t, dir)
	for _, name := range []string{"100%25.xzdb", "甲镇?mode=ro.xzdb", "a#b&c=d.xzdb", "'引号'.xzdb", "没有扩展名", "..点.xzdb"} {
		path := filepath.Join(dir, name)
		s, err := Create(t.Context(), path, testOptions(newClock()))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
		s, err = Open(t.Context(), path, testOptions(newClock()))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		s.Close()
	}
	if names := listDir(t, dir); len(names) != 6 {
		t.Errorf("%v", names)
	}
}

func TestOpen_ReadOnly(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "修路")
	o := testOptions(b.clock)
	o.ReadOnly = true
	check := func(t *testing.T, open func() (*Store, error)) {
		s, err := open()
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if r, err := s.Get(t.Context(), "task", "t1"); err != nil || r.Get("title").Text != "修路" {
			t.Error(r, err)
		}
		if s.Hash("x") != b.Hash("x") {
			t.Error("another hash key")
		}
		_, err = s.Do(t.Context(), model.Operation{}, func(*Tx) error { return nil })
		wantCode(t, err, model.CodeReadOnly, "只读")
		_, err = s.Refresh(t.Context(), "2026-12-01")
		wantCode(t, err, model.CodeReadOnly)
		_, _, err = s.BackupIfChanged(t.Context(), t.TempDir(), "")
		wantCode(t, err, model.CodeReadOnly)
	}
	ordinary := func() (*Store, error) { return Open(t.Context(), b.Path(), o) }
	t.Run("beside a writer", func(t *testing.T) {
		check(t, ordinary)
		b.add("task", "t2", "title", "还能写")
	})
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	t.Run("alone", func(t *testing.T) { check(t, ordinary) })
	t.Run("of a read-only file in a read-only folder", func(t *testing.T) {
		chmod(t, b.Path(), 0o444)
		chmod(t, filepath.Dir(b.Path()), 0o555)
		check(t, ordinary)
	})
	t.Run("of a file with tables missing", func(t *testing.T) {
		older := o
		older.Builtin = append(testLedgers(), &model.Ledger{Key: "fund", Label: "资金"})
		_, err := Open(t.Context(), b.Path(), older)
		wantCode(t, err, model.CodeReadOnly, "旧版本")
	})
	t.Run("of what is not ours", func(t *testing.T) {
		_, err := Open(t.Context(), filepath.Dir(b.Path()), o)
		wantCode(t, err, model.CodeNotFound)
	})
}

// TestOpen_WithoutLog: on a network share or a stick the ledger works without a
// write-ahead log, and says so.
func TestOpen_WithoutLog(t *testing.T) {
	for _, disk := range []diskKind{diskNetwork, diskRemovable} {
		path := made(t)
		s, err := openOn(t.Context(), path, testOptions(newClock()), disk)
		if err != nil {
			t.Fatal(err)
		}
		if s.Warning() == "" {
			t.Error("no warning")
		}
		b := &box{s, t, newClock(), t.Context()}
		b.add("task", "x", "title", "一")
		b.undo(0)
		if names := listDir(t, filepath.Dir(path)); slices.ContainsFunc(names, func(n string) bool { return strings.HasSuffix(n, "-wal") }) {
			t.Errorf("%v", names)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if s, err = Open(t.Context(), path, testOptions(newClock())); err != nil || s.Warning() != "" {
			t.Fatal("back on a local disk:", err)
		}
		s.Close()
	}
}

func TestParseHeader(t *testing.T) {
	head := make([]byte, headerSize)
	copy(head, "SQLite format 3\x00")
	head[16], head[17] = 0, 1 // stands for 65536
	head[31], head[63], head[71] = 7, 3, 9
	if h, ok := parseHeader(head); !ok || h != (header{65536, 7, 3, 9}) {
		t.Errorf("%+v %v", h, ok)
	}
	head[17] = 0
	if _, ok := parseHeader(head); ok {
		t.Error("a page of no size")
	}
	if _, ok := parseHeader(head[:50]); ok {
		t.Error("half a header")
	}
}

func FuzzProbe(f *testing.F) {
	f.Add([]byte("SQLite format 3\x00"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, b []byte) {
		path := filepath.Join(t.TempDir(), "台 账")
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
		err := probe(path, true)
		var known *model.Error
		if err != nil && !errors.As(err, &known) {
			t.Error(err)
		}
	})
}
