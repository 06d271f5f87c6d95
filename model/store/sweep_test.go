package store

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// TestSweep: drafts go, what was changing places gets its name back, the rest stays.
func TestSweep(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "备 份")
	mustMkdir(t, dir)
	for _, name := range []string{"甲-1.xzdb", "甲-2.xzdb.part", "甲-2.xzdb.part-journal", "甲-3.xzdb.relock", "甲-3.xzdb.relock.part", "甲-4.xzdb.relock-old",
		"甲-5.xzdb", "甲-5.xzdb.relock-old", "甲-6.xzdb.restored-wal", "乙-1.xzdb.part", "甲-部.part.txt", "甲-7.xzdb.lock"} {
		writeFile(t, filepath.Join(dir, name), []byte(name)...)
	}
	young := time.Now().Add(-time.Hour)
	if err := Sweep(t.Context(), dir, "甲-", young); err != nil || len(listDir(t, dir)) != 12 {
		t.Errorf("%v, %v: those being made are left alone", err, listDir(t, dir))
	}
	if err := Sweep(t.Context(), dir, "甲-", time.Time{}); err != nil {
		t.Error(err)
	}
	want := []string{"甲-1.xzdb", "甲-4.xzdb", "甲-5.xzdb", "乙-1.xzdb.part", "甲-部.part.txt"}
	got := listDir(t, dir)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for file, says := range map[string]string{"甲-4.xzdb": "甲-4.xzdb.relock-old", "甲-5.xzdb": "甲-5.xzdb"} {
		if b, err := os.ReadFile(filepath.Join(dir, file)); err != nil || string(b) != says {
			t.Errorf("%s: %s %v", file, b, err)
		}
	}
	if err := Sweep(t.Context(), filepath.Join(dir, "没有"), "", time.Time{}); err != nil {
		t.Error(err)
	}
}

// TestOpen_AfterACutRestore: the power went between setting the ledger aside and
// giving the restored one its name.
func TestOpen_AfterACutRestore(t *testing.T) {
	path := made(t)
	if err := os.Rename(path, path+restoredSuffix); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), path, testOptions(newClock()))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	writeFile(t, path+restoreSuffix, 'x')
	if s, err = Open(t.Context(), path, testOptions(newClock())); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if names := listDir(t, filepath.Dir(path)); len(names) != 1 {
		t.Errorf("left behind: %v", names)
	}
}
