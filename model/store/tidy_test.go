package store

import (
	"fmt"
	"os"
	"testing"
	"time"

	"xiangzhen/model"
)

// few is the number of segments at which there is nothing to do but to wait for
// the next operations.
const few = 2 * manyOps

// segments is the number of segments of the search index: their numbers are the
// high bits of the rows that FTS5 keeps.
func (b *box) segments() int64 {
	b.t.Helper()
	release, err := b.acquire(b.ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	defer release()
	n, err := b.writer.number(b.ctx, "SELECT count(DISTINCT id >> 37) FROM sys_search_data WHERE id >> 37 > 0")
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

// settled waits until the condition holds: what is tidied has no other sign.
func settled(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal(what)
		}
	}
}

// TestTidy_MergesBetweenOperations: as many operations leave a few segments, and
// everything is found in them.
func TestTidy_MergesBetweenOperations(t *testing.T) {
	b := newBox(t)
	const ops = 5 * manyOps
	for i := range ops {
		b.add("task", fmt.Sprint("t", i), "title", fmt.Sprintf("第%d条 人居环境", i))
	}
	settled(t, "the segments were not merged", func() bool { return b.segments() < few })
	if got := b.ids(model.Query{Ledger: "task", Search: "人居环境"}); len(got) != ops {
		t.Errorf("%d of %d found", len(got), ops)
	}
}

// TestTidy_LeavesOperationsAlone: FTS5 itself merges nothing, in files of older
// programs as well.
func TestTidy_LeavesOperationsAlone(t *testing.T) {
	b := newBox(t)
	b.do("像旧程序", func(tx *Tx) error {
		return tx.ses.run(b.ctx, "INSERT INTO sys_search(sys_search, rank) VALUES ('automerge', 4)")
	})
	for want := range int64(manyOps - 1) {
		if err := b.writer.leaveMerging(b.ctx); err != nil {
			t.Fatal(err)
		}
		if got := b.segments(); got != want {
			t.Fatalf("%d segments after %d operations", got, want)
		}
		b.add("task", "", "title", "人居环境")
	}
}

// TestTidy_EndsWithTheStore: Close waits for the goroutine, which may be at work.
func TestTidy_EndsWithTheStore(t *testing.T) {
	b := newBox(t)
	b.do("批量", func(tx *Tx) error { return tx.AddAll(manyTasks(manyRows)) })
	done := b.tidier.done
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	select {
	case <-done:
	default:
		t.Error("still tidying")
	}
	again, err := Open(b.ctx, b.Path(), testOptions(b.clock))
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	n, err := again.writer.number(b.ctx, "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'task'")
	if err != nil || n == 0 {
		t.Error("SQLite does not know how tasks are distributed:", err)
	}
}

// TestTidy_GivesTheWriterBack: operations pass while a big index is merged.
func TestTidy_GivesTheWriterBack(t *testing.T) {
	b := newBox(t)
	b.do("批量", func(tx *Tx) error { return tx.AddAll(manyTasks(2 * manyRows)) })
	for i := range 3 * manyOps {
		b.add("task", "", "title", fmt.Sprint("导入后第", i, "条"))
	}
	settled(t, "the segments were not merged", func() bool { return b.segments() < few })
	if got := b.ids(model.Query{Ledger: "task", Search: "导入后"}); len(got) != 3*manyOps {
		t.Errorf("%d found", len(got))
	}
}

// TestTidy_FoldsTheLog: what a big operation leaves in the log is folded into the
// file soon after, and small operations do it themselves again.
func TestTidy_FoldsTheLog(t *testing.T) {
	b := newBox(t)
	pages := func() int64 {
		release, err := b.acquire(b.ctx)
		if err != nil {
			t.Fatal(err)
		}
		defer release()
		n, err := b.writer.number(b.ctx, "PRAGMA wal_autocheckpoint")
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	small, err := os.Stat(b.Path())
	if err != nil {
		t.Fatal(err)
	}
	b.do("批量", func(tx *Tx) error { return tx.AddAll(manyTasks(manyRows)) })
	settled(t, "the log was not folded", func() bool {
		now, err := os.Stat(b.Path())
		return err == nil && now.Size() > small.Size() && pages() == 1000
	})
}
