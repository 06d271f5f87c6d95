package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"xiangzhen/model"
)

// flipsEnv is how many bits TestVerify_BitFlips turns over: make torture asks for
// 10,000.
const flipsEnv = "XIANGZHEN_FLIPS"

func flips(t *testing.T) int {
	t.Helper()
	n, err := strconv.Atoi(os.Getenv(flipsEnv))
	if err != nil {
		n = 200
	}
	return n
}

// TestVerify_BitFlips turns single bits over in a ledger and a backup, with a lock
// and without: each is found, or whoever reads the file sees what stood there
// before.
func TestVerify_BitFlips(t *testing.T) {
	lock, _ := newLock(t)
	for name, to := range map[string]*NewLock{"plain": nil, "locked": lock} {
		t.Run(name, func(t *testing.T) {
			b := secretBox(t)
			b.add("area", "a1", "name", "甲镇")
			b.add("task", "t1", "title", "修路", "unit", "→a1", "due", model.Day("2026-12-01"), "money", 123456)
			b.add("task", "t2", "title", "修桥", "parent", "→t1")
			b.add("task", "t3", "title", "修桥", "parent", "→t1")
			b.do("合并", func(tx *Tx) error { return tx.Merge("task", "t2", "t3") })
			b.set("task", "t1", "money", 654321)
			b.undo(0)
			if to != nil {
				b.relock(to, "")
			}
			if _, err := b.Refresh(b.ctx, model.DayOf(b.clock.at)); err != nil {
				t.Fatal(err)
			}
			backup := filepath.Join(t.TempDir(), "备份.xzdb")
			if _, err := b.Backup(b.ctx, backup); err != nil {
				t.Fatal(err)
			}
			f := flipper{t: t, key: b.options}
			f.key.Key = b.Key()
			f.run(backup, flips(t)/2)
		})
	}
}

// flipper turns bits over and sorts what comes of it.
type flipper struct {
	t               *testing.T
	key             Options
	want            string
	found, harmless int
}

func (f *flipper) run(path string, n int) {
	whole, err := os.ReadFile(path)
	if err != nil {
		f.t.Fatal(err)
	}
	if f.want, err = f.read(path); err != nil {
		f.t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	spoilt := filepath.Join(f.t.TempDir(), "坏.xzdb")
	var used []int // most of a small ledger is empty pages: those are no test
	for i, b := range whole {
		if b != 0 {
			used = append(used, i)
		}
	}
	for range n {
		at, bit := used[rnd.IntN(len(used))], rnd.IntN(8)
		whole[at] ^= 1 << bit
		writeFile(f.t, spoilt, whole...)
		whole[at] ^= 1 << bit
		f.judge(spoilt, fmt.Sprintf("bit %d of byte %d (page %d)", bit, at, at/4096+1))
	}
	f.t.Logf("%d bytes: %d found, %d harmless", len(whole), f.found, f.harmless)
	if f.found == 0 || f.harmless == 0 { // a test that finds nothing tests nothing
		f.t.Error("the flips prove nothing")
	}
}

func (f *flipper) judge(path, what string) {
	if report, err := Verify(f.t.Context(), path); err != nil || len(report.Problems) > 0 {
		f.found++
		return
	}
	got, err := f.read(path)
	switch {
	case err != nil:
		f.found++ // whoever opens it hears of it
	case got == f.want:
		f.harmless++
	default:
		f.t.Errorf("%s shows as good:%s", what, firstDifference(got, f.want))
	}
}

// read is everything that the program shows of a ledger.
func (f *flipper) read(path string) (string, error) {
	o := f.key
	s, err := Open(f.t.Context(), path, o)
	if err != nil {
		return "", err
	}
	defer s.Close()
	if wrong, err := s.CheckDerived(f.t.Context()); err != nil || wrong > 0 {
		return "", fmt.Errorf("derived: %d, %w", wrong, err)
	}
	var out strings.Builder
	for _, l := range s.Catalog().All() {
		err := s.Each(f.t.Context(), model.Query{Ledger: l.Key}, func(r *model.Record) error {
			_, err := fmt.Fprintf(&out, "%+v\n", *r)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	ops, err := s.Operations(f.t.Context(), 0, 0)
	if err != nil {
		return "", err
	}
	for _, op := range ops {
		entries, err := s.Entries(f.t.Context(), op.ID)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&out, "%+v\n%+v\n", op, entries)
	}
	if found, err := s.Find(f.t.Context(), "person", vals("id_number", testID), ""); err != nil || len(found) != 1 {
		return "", fmt.Errorf("not found by ID: %w", err)
	}
	return out.String(), nil
}

func firstDifference(got, want string) string {
	for i, line := range strings.Split(got, "\n") {
		if rest := strings.Split(want, "\n"); i >= len(rest) || rest[i] != line {
			return fmt.Sprintf("\n%.600s\nwant\n%.600s", line, rest[min(i, len(rest)-1)])
		}
	}
	return "less"
}

// TestVerify_Tampering changes what a person with a SQLite tool would change.
func TestVerify_Tampering(t *testing.T) {
	path := made(t)
	for name, c := range map[string]struct {
		statements []string
		words      string
	}{
		"a value":         {[]string{"DROP TRIGGER IF EXISTS task__changed", "UPDATE task SET title = '改了' WHERE id = 't7'"}, "task 的记录 t7"},
		"a time":          {[]string{"DROP TRIGGER IF EXISTS task__changed", "UPDATE task SET changed_at = 1 WHERE id = 't7'"}, "t7"},
		"the journal":     {[]string{"DROP TRIGGER sys_change_final", "UPDATE sys_change SET area = 'x' WHERE record = 't7'"}, "校验值不符"},
		"who did it":      {[]string{"UPDATE sys_op SET name = '别人' WHERE id = 3"}, "第 3 次操作"},
		"an operation":    {[]string{"DROP TRIGGER sys_op_kept", "DROP TRIGGER sys_change_kept", "DROP TRIGGER IF EXISTS task__deleted", "DELETE FROM sys_op WHERE id = 4", "DELETE FROM sys_change WHERE op = 4"}, "第 5 次操作"},
		"what was undone": {[]string{"UPDATE sys_op SET undone = 9 WHERE id = 3"}, "是否已撤回"},
	} {
		t.Run(name, func(t *testing.T) {
			tampered := copyFile(t, path)
			tamper(t, tampered, c.statements...)
			report, err := Verify(t.Context(), tampered)
			if err != nil || !strings.Contains(strings.Join(report.Problems, "\n"), c.words) {
				t.Errorf("%q %v", report.Problems, err)
			}
		})
	}
}
