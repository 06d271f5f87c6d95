package store

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"testing"
	"time"

	"modernc.org/sqlite"

	"xiangzhen/model"
)

// TestConcurrent: readers see whole operations, while several goroutines write.
func TestConcurrent(t *testing.T) {
	b := newBox(t)
	const pairs = 40
	stop := make(chan struct{})
	var readers, writers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				p, err := b.List(context.Background(), model.Query{Ledger: "task"})
				if err != nil || p.Total%2 != 0 || len(p.Records) != p.Total {
					t.Errorf("saw %d of %d records, half an operation (%v)", len(p.Records), p.Total, err)
					return
				}
			}
		})
	}
	for range 2 {
		writers.Go(func() {
			for range pairs / 2 {
				_, err := b.Do(context.Background(), model.Operation{}, func(tx *Tx) error {
					return errors.Join(tx.Add(rec("task", "", "title", "一")), tx.Add(rec("task", "", "title", "二")))
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	close(stop)
	readers.Wait()
	if n, err := b.Count(b.ctx, model.Query{Ledger: "task"}); err != nil || n != 2*pairs {
		t.Errorf("%d records, %v", n, err)
	}
}

// TestDo_WaitsItsTurn: a second operation waits for the first, and its waiting
// can be cancelled.
func TestDo_WaitsItsTurn(t *testing.T) {
	b := newBox(t)
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Millisecond)
	defer cancel()
	b.do("长", func(tx *Tx) error {
		_, err := b.Do(ctx, model.Operation{}, func(*Tx) error { t.Error("two writers at once"); return nil })
		wantCode(t, err, model.CodeCancelled)
		if _, err := b.Get(b.ctx, "task", "t1"); model.CodeOf(err) != model.CodeNotFound {
			t.Error("the store shows what is not committed")
		}
		if err := tx.Add(rec("task", "t1")); err != nil {
			return err
		}
		if _, err := tx.Get(b.ctx, "task", "t1"); err != nil {
			t.Error("the transaction does not show its own writes:", err)
		}
		_, err = b.Get(b.ctx, "task", "t1")
		wantCode(t, err, model.CodeNotFound)
		return nil
	})
}

func TestSession_DropsStatements(t *testing.T) {
	b := newBox(t)
	for i := range maxStmts + 50 {
		q := model.Query{Ledger: "task", Where: []model.Cond{{Field: "state", Op: "~", Value: model.Text("办")}}}
		for range i % 7 {
			q.Where = append(q.Where, q.Where[0])
		}
		q.Limit = i % 2
		q.Sort = []model.Sort{{Field: []string{"title", "due", "money", "state"}[i%4], Descending: i%3 == 0}, {Field: []string{"month", "unit"}[i/100%2]}}
		if _, err := b.List(b.ctx, q); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range b.readers.idle {
		if len(s.stmts) > maxStmts {
			t.Errorf("%d statements kept", len(s.stmts))
		}
	}
	s, err := newSession(b.ctx, b.readers.db)
	if err != nil {
		t.Fatal(err)
	}
	for i := range maxStmts + 1 {
		if _, err := s.number(b.ctx, "SELECT "+itoa(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.trim(); err != nil || len(s.stmts) != 0 {
		t.Errorf("%d statements left, %v", len(s.stmts), err)
	}
	if _, err := s.number(b.ctx, "not SQL"); err == nil {
		t.Error("no error")
	}
	if err := s.close(); err != nil {
		t.Error(err)
	}
}

func TestExplain(t *testing.T) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("CREATE TABLE t (x); PRAGMA query_only = 1"); err != nil {
		t.Fatal(err)
	}
	_, readonly := db.Exec("INSERT INTO t VALUES (1)")
	var failure *sqlite.Error
	if !errors.As(readonly, &failure) {
		t.Fatal(readonly)
	}
	known := model.Errorf(model.CodeInUse, "在用")
	tests := []struct {
		err  error
		code model.Code
	}{
		{nil, ""}, {known, model.CodeInUse}, {context.Canceled, model.CodeCancelled}, {context.DeadlineExceeded, model.CodeCancelled},
		{errors.New("?"), model.CodeInternal}, {readonly, model.CodeReadOnly}, {failed(t, "full"), model.CodeReadOnly},
		{failed(t, "busy"), model.CodeLocked}, {failed(t, "notadb"), model.CodeDamaged}, {failed(t, "cantopen"), model.CodeReadOnly},
		{failed(t, "syntax"), model.CodeInternal},
	}
	for _, tt := range tests {
		if got := model.CodeOf(explain(tt.err, "甲镇.xzdb")); got != tt.code {
			t.Errorf("%v: %s, want %s", tt.err, got, tt.code)
		}
	}
}

// failed provokes a real failure of SQLite.
func failed(t *testing.T, what string) error {
	t.Helper()
	dir := t.TempDir()
	run := func(path string, statements ...string) (*sql.DB, error) {
		db, err := sql.Open("sqlite", dsn(path, nil))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		db.SetMaxOpenConns(1)
		for _, s := range statements {
			if _, err := db.Exec(s); err != nil {
				return db, err
			}
		}
		return db, nil
	}
	var err error
	switch what {
	case "full":
		_, err = run(dir+"/a", "PRAGMA max_page_count = 2", "CREATE TABLE t (x)", "INSERT INTO t VALUES (zeroblob(100000))")
	case "busy":
		if _, err := run(dir+"/a", "CREATE TABLE t (x)", "BEGIN EXCLUSIVE"); err != nil {
			t.Fatal(err)
		}
		_, err = run(dir+"/a", "INSERT INTO t VALUES (1)")
	case "notadb":
		writeFile(t, dir+"/a", make([]byte, 5000)...)
		patch(t, dir+"/a", 0, 'x')
		_, err = run(dir+"/a", "SELECT * FROM sqlite_master")
	case "cantopen":
		_, err = run(dir+"/no/a", "SELECT * FROM sqlite_master")
	case "syntax":
		_, err = run(dir+"/a", "no SQL")
	}
	if err == nil {
		t.Fatalf("%s did not fail", what)
	}
	return err
}
