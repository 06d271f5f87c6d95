package store

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
)

// wreckBox is a closed ledger of some thousand records, large enough that spoilt
// pages leave most of it.
func wreckBox(t *testing.T, to *NewLock) *box {
	b := secretBox(t)
	b.do("很多", func(tx *Tx) error {
		var list []*model.Record
		for i := range 3000 {
			list = append(list, rec("task", fmt.Sprintf("t%04d", i), "title", fmt.Sprintf("任务%d", i), "content", strings.Repeat("内容", 20)))
		}
		return tx.AddAll(list)
	})
	if to != nil {
		b.relock(to, "")
	}
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *box) salvage(password string) Salvaged {
	b.t.Helper()
	o := testOptions(b.clock)
	o.Password = password
	out, err := Salvage(b.ctx, b.Path(), o)
	if err != nil {
		b.t.Fatal(err)
	}
	s, err := Open(b.ctx, b.Path(), o)
	if err != nil {
		b.t.Fatal(err)
	}
	b.Store = s
	return out
}

func TestSalvage_SpoiltPages(t *testing.T) {
	lock, _ := newLock(t)
	for name, to := range map[string]*NewLock{"plain": nil, "locked": lock} {
		t.Run(name, func(t *testing.T) {
			b := wreckBox(t, to)
			whole, err := os.ReadFile(b.Path())
			if err != nil {
				t.Fatal(err)
			}
			rnd := rand.New(rand.NewPCG(3, 4))
			pages := len(whole) / 4096
			for range 8 {
				at := (pages/4 + rnd.IntN(pages/2)) * 4096
				clear(whole[at : at+4096])
			}
			writeFile(t, b.Path(), whole...)
			if report, err := Verify(b.ctx, b.Path()); err == nil && len(report.Problems) == 0 {
				t.Fatal("the damage does not show")
			}
			password := ""
			if to != nil {
				password = testPassword
			}
			out := b.salvage(password)
			n, err := b.Count(b.ctx, model.Query{Ledger: "task"})
			if err != nil || n < 2500 {
				t.Errorf("%d tasks saved, %v", n, err)
			}
			if lost := 3000 - n; lost > 0 && len(out.Lost) == 0 {
				t.Errorf("%d were lost without a word", lost)
			}
			t.Logf("%d saved, %d of them from the journal, %d lost", out.Saved, len(out.Doubtful), len(out.Lost))
			if kept, err := os.ReadFile(out.Aside); err != nil || string(kept) != string(whole) {
				t.Errorf("the damaged file was touched: %v", err)
			}
			if r := b.get("person", "p1"); r.Get("id_number").Text != testID || r.Get("health").Text != testHealth {
				t.Errorf("%+v", r.Values)
			}
			if (b.Key() != nil) != (to != nil) {
				t.Error("the lock did not come along")
			}
			if report, err := Verify(b.ctx, b.Path()); err != nil || len(report.Problems) > 0 {
				t.Errorf("%+v %v", report, err)
			}
		})
	}
}

// TestSalvage_Index: where only an index is spoilt nothing is lost, not even the
// history.
func TestSalvage_Index(t *testing.T) {
	b := wreckBox(t, nil)
	tamper(t, b.Path(), "PRAGMA writable_schema = ON", "UPDATE sqlite_master SET sql = replace(sql, '(record)', '(kind)') WHERE name = 'sys_change_by_record'", "PRAGMA writable_schema = OFF")
	if report, err := Verify(b.ctx, b.Path()); err == nil && len(report.Problems) == 0 {
		t.Fatal("the damage does not show")
	}
	if out := b.salvage(""); !out.Indexes || len(out.Lost) > 0 {
		t.Errorf("%+v", out)
	}
	if h, err := b.History(b.ctx, "person", "p1"); err != nil || len(h) == 0 {
		t.Errorf("%v %v", h, err)
	}
	if n, err := b.Count(b.ctx, model.Query{Ledger: "task"}); err != nil || n != 3000 {
		t.Errorf("%d %v", n, err)
	}
}

func TestSalvage_NothingToRead(t *testing.T) {
	b := wreckBox(t, nil)
	whole, err := os.ReadFile(b.Path())
	if err != nil {
		t.Fatal(err)
	}
	clear(whole[100:8192])
	writeFile(t, b.Path(), whole...)
	_, err = Salvage(b.ctx, b.Path(), testOptions(b.clock))
	wantCode(t, err, model.CodeDamaged, "备份")
	if now, err := os.ReadFile(b.Path()); err != nil || string(now) != string(whole) {
		t.Errorf("the file was touched: %v", err)
	}
	if names := listDir(t, filepath.Dir(b.Path())); len(names) != 1 {
		t.Errorf("left %v", names)
	}
}

// TestSalvage_WithoutThePassword: a password that is missing is asked for, and not
// taken for damage.
func TestSalvage_WithoutThePassword(t *testing.T) {
	lock, _ := newLock(t)
	b := wreckBox(t, lock)
	whole, err := os.ReadFile(b.Path())
	if err != nil {
		t.Fatal(err)
	}
	clear(whole[len(whole)/8192*4096:][:4096])
	writeFile(t, b.Path(), whole...)
	_, err = Salvage(b.ctx, b.Path(), testOptions(b.clock))
	wantCode(t, err, model.CodePassword, "密码")
	if now, err := os.ReadFile(b.Path()); err != nil || string(now) != string(whole) {
		t.Errorf("the file was touched: %v", err)
	}
}

func TestPatiently(t *testing.T) {
	held := &fs.PathError{Op: "rename", Err: fs.ErrPermission}
	for _, c := range []struct {
		name  string
		fails int
		err   error
		waits bool
		want  error
	}{
		{"at once", 0, nil, false, nil},
		{"held for a moment", 5, held, true, nil},
		{"held for good", 1 << 20, held, true, fs.ErrPermission},
		{"not a matter of time", 1 << 20, fs.ErrNotExist, false, fs.ErrNotExist},
	} {
		var waited time.Duration
		fails := c.fails
		err := patientlyWith(func() error {
			if fails--; fails < 0 {
				return nil
			}
			return c.err
		}, func(d time.Duration) { waited += d })
		if !errors.Is(err, c.want) || (waited > 0) != c.waits || waited > patience+patience/longestIn {
			t.Errorf("%s: %v after %s", c.name, err, waited)
		}
	}
}

// TestDo_DiskFull fills the disk at 200 points of an operation: what was reported
// done before stays, the operation leaves nothing, and the ledger goes on.
func TestDo_DiskFull(t *testing.T) {
	b := newBox(t)
	b.add("task", "t0", "title", "在先")
	want := b.dump()
	full := 0
	for room := range 200 {
		pages, err := b.writer.number(b.ctx, "PRAGMA page_count")
		if err != nil {
			t.Fatal(err)
		}
		if err := b.writer.run(b.ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages+int64(room))); err != nil {
			t.Fatal(err)
		}
		_, failed := b.Do(b.ctx, model.Operation{Label: "很多"}, func(tx *Tx) error {
			var list []*model.Record
			for i := range 400 {
				list = append(list, rec("task", "", "title", fmt.Sprintf("任务%d", i), "content", strings.Repeat("内容", 100)))
			}
			return tx.AddAll(list)
		})
		if err := b.writer.run(b.ctx, "PRAGMA max_page_count = 1073741823"); err != nil {
			t.Fatal(err)
		}
		if failed != nil {
			full++
			wantCode(t, failed, model.CodeReadOnly, "磁盘已满", "没有改动")
		} else if res := b.undo(0); res.Undone != 400 {
			t.Fatalf("%+v", res)
		}
		if got := b.dump(); got != want {
			t.Fatalf("room for %d pages:\n%s", room, got)
		}
	}
	if full < 50 {
		t.Errorf("full only %d times", full)
	}
	b.add("task", "t9", "title", "之后")
	if report, err := Verify(b.ctx, b.Path()); err != nil || len(report.Problems) > 0 {
		t.Errorf("%+v %v", report, err)
	}
}

// TestDo_ClockSetBack: what follows an operation follows it, whatever the clock says.
func TestDo_ClockSetBack(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "修路")
	b.clock.at = b.clock.at.AddDate(-1, 0, 0)
	b.set("task", "t1", "title", "修桥")
	if h, err := b.History(b.ctx, "task", "t1"); err != nil || len(h) != 2 || h[0].Kind != model.Changed {
		t.Errorf("%+v %v", h, err)
	}
	if op, err := b.Undoable(b.ctx); err != nil || op.Label != "修改task" {
		t.Errorf("%+v %v", op, err)
	}
	b.undo(0)
	if b.get("task", "t1").Get("title").Text != "修路" {
		t.Error("undo took another")
	}
	if report, err := Verify(b.ctx, b.Path()); err != nil || len(report.Problems) > 0 {
		t.Errorf("%+v %v", report, err)
	}
}
