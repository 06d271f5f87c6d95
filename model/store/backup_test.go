package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
)

func TestBackup(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "修路")
	b.add("area", "a1", "name", "东坪村")
	want := b.dump()
	to := filepath.Join(t.TempDir(), "备 份", "一.xzdb")
	info, err := b.Backup(b.ctx, to)
	if err != nil {
		t.Fatal(err)
	}
	stat, err := os.Stat(to)
	if err != nil || info.Path != to || info.Records != 2 || info.Op != 2 || info.Bytes != stat.Size() || !info.At.Equal(b.clock.at) {
		t.Errorf("%+v %v", info, err)
	}
	if names := listDir(t, filepath.Dir(to)); !slices.Equal(names, []string{"一.xzdb"}) {
		t.Errorf("%v", names)
	}
	_, err = b.Backup(b.ctx, to)
	wantCode(t, err, model.CodeExists, "一.xzdb")
	_, err = b.Backup(b.ctx, b.Path())
	wantCode(t, err, model.CodeExists)
	b.set("task", "t1", "title", "修桥")

	report, err := Verify(b.ctx, to)
	if err != nil || report.Records != 2 || report.Operations != 2 || len(report.Problems) > 0 || !report.LastAt.Equal(b.clock.at) {
		t.Errorf("%+v %v", report, err)
	}
	chmod(t, to, 0o444)
	chmod(t, filepath.Dir(to), 0o555)
	o := testOptions(b.clock)
	o.ReadOnly = true
	s, err := Open(b.ctx, to, o)
	if err != nil {
		t.Fatal("a backup must be readable from a write-protected disk:", err)
	}
	if got := (&box{s, t, b.clock, b.ctx}).dump(); got != want {
		t.Errorf("in the backup:\n%s\nwant\n%s", got, want)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestBackup_Fails(t *testing.T) {
	b := newBox(t)
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(b.ctx)
	cancel()
	_, err := b.Backup(ctx, filepath.Join(dir, "x.xzdb"))
	wantCode(t, err, model.CodeCancelled)
	writeFile(t, filepath.Join(dir, "file"))
	_, err = b.Backup(b.ctx, filepath.Join(dir, "file", "x.xzdb"))
	if model.CodeOf(err) != model.CodeReadOnly && model.CodeOf(err) != model.CodeExists {
		t.Error(err)
	}
	if names := listDir(t, dir); !slices.Equal(names, []string{"file"}) {
		t.Errorf("left %v", names)
	}
	t.Run("when the copy is not the original", func(t *testing.T) {
		draft, to := filepath.Join(dir, "draft"), filepath.Join(dir, "to")
		err := b.snapshot(b.ctx, func(v *view) error {
			counts, _, err := copyCounted(b.ctx, v.ses, draft)
			if err != nil {
				return err
			}
			counts["task"]++
			_, err = finishCopy(b.ctx, draft, to, counts)
			return err
		})
		wantCode(t, err, model.CodeDamaged, "核对不符")
		if _, err := os.Stat(to); err == nil {
			t.Error("a wrong copy got its name")
		}
	})
}

func TestBackupIfChanged(t *testing.T) {
	b := newBox(t)
	dir := filepath.Join(t.TempDir(), "备 份")
	backup := func(reason string, want bool) BackupInfo {
		t.Helper()
		info, made, err := b.BackupIfChanged(b.ctx, dir, reason)
		if err != nil || made != want {
			t.Fatalf("%s: made %v, %v", reason, made, err)
		}
		return info
	}
	b.add("task", "t1", "title", "修路")
	first := backup("导入前", true)
	if filepath.Base(first.Path) != "20261120-093000-自动-导入前.xzdb" {
		t.Error(first.Path)
	}
	backup("导入前", false)
	b.reopen()
	backup("导入前", false)
	b.set("task", "t1", "title", "修桥")
	if second := backup(`导入"a/b:c*?.xlsx"前`, true); filepath.Base(second.Path) != "20261120-093000-自动-导入abcxlsx前.xzdb" {
		t.Error(second.Path)
	}
	b.set("task", "t1", "title", "修渠")
	if third := backup("导入前", true); filepath.Base(third.Path) != "20261120-093000-自动-导入前-2.xzdb" {
		t.Error(third.Path)
	}
	if err := os.Remove(filepath.Join(dir, "20261120-093000-自动-导入前-2.xzdb")); err != nil {
		t.Fatal(err)
	}
	backup("又", true) // the last one has gone
	writeFile(t, filepath.Join(dir, "20200101-000000-手动.xzdb"))
	writeFile(t, filepath.Join(dir, "20200101-000000-自动.txt"))
	for range 40 {
		b.clock.at = b.clock.at.AddDate(0, 0, 1)
		b.set("task", "t1", "title", b.clock.at.Format(stampLayout))
		backup("", true)
	}
	names := listDir(t, dir)
	if len(names) < 15 || len(names) > 25 || !slices.Contains(names, "20200101-000000-手动.xzdb") || !slices.Contains(names, "20200101-000000-自动.txt") {
		t.Errorf("%d: %v", len(names), names)
	}
}

func TestThin(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.Local)
	at := func(s string) time.Time {
		x, err := time.ParseInLocation("01-02 15:04", s, time.Local)
		if err != nil {
			t.Fatal(err)
		}
		return x.AddDate(2026, 0, 0)
	}
	tests := []struct {
		name string
		at   string
		keep bool
	}{
		{"today", "11-20 11:00", true}, {"today too", "11-20 10:59", true}, {"yesterday", "11-19 08:00", true}, {"yesterday too", "11-19 09:00", true},
		{"three days ago, morning", "11-17 08:00", false}, {"three days ago, evening", "11-17 20:00", true}, {"four days ago", "11-16 08:00", true},
		{"a Monday three weeks ago", "10-26 08:00", false}, {"its Sunday", "11-01 08:00", true}, {"the week before", "10-25 08:00", true},
		{"early August", "08-03 08:00", false}, {"late August", "08-30 08:00", true}, {"July", "07-15 08:00", true}, {"tomorrow", "11-21 08:00", true},
	}
	var times []time.Time
	for _, tt := range tests {
		times = append(times, at(tt.at))
	}
	for i, keep := range Thin(times, now) {
		if keep != tests[i].keep {
			t.Errorf("%s: keep %v", tests[i].name, keep)
		}
	}
	if got := Thin(nil, now); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

func TestVerify_FindsDamage(t *testing.T) {
	path := made(t)
	t.Run("sound", func(t *testing.T) {
		report, err := Verify(t.Context(), path)
		if err != nil || report.Records != 50 || report.Operations != 50 || len(report.Problems) > 0 {
			t.Errorf("%+v %v", report, err)
		}
	})
	t.Run("a record the journal knows nothing of", func(t *testing.T) {
		tampered := copyFile(t, path)
		tamper(t, tampered, "DROP TRIGGER task__deleted", "DELETE FROM task WHERE id = 't7'")
		report, err := Verify(t.Context(), tampered)
		if err != nil || len(report.Problems) != 1 || !strings.Contains(report.Problems[0], "少了记录 t7") {
			t.Errorf("%+v %v", report, err)
		}
	})
	t.Run("spoilt pages", func(t *testing.T) {
		spoilt := copyFile(t, path)
		info, err := os.Stat(spoilt)
		if err != nil {
			t.Fatal(err)
		}
		patch(t, spoilt, info.Size()/4096/2*4096, make([]byte, 4096*8)...)
		report, err := Verify(t.Context(), spoilt)
		if err == nil && len(report.Problems) == 0 {
			t.Error("not found")
		}
		_, _, err = Restore(t.Context(), spoilt, path+"2", time.Now())
		wantCode(t, err, model.CodeDamaged)
	})
	t.Run("what is no ledger", func(t *testing.T) {
		_, err := Verify(t.Context(), path+"x")
		wantCode(t, err, model.CodeNotFound)
	})
}

func copyFile(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "副 本.xzdb")
	writeFile(t, to, content...)
	return to
}

func tamper(t *testing.T, path string, statements ...string) {
	t.Helper()
	err := withSession(t.Context(), writerDSN(path, diskRemovable), func(ses *session) error {
		var errs []error
		for _, s := range append([]string{"INSERT INTO sys_now VALUES (1)"}, append(statements, "DELETE FROM sys_now")...) {
			errs = append(errs, ses.run(t.Context(), s))
		}
		return errors.Join(errs...)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestRestore(t *testing.T) {
	b := newBox(t)
	b.add("task", "t1", "title", "修路")
	saved := b.dump()
	backup := filepath.Join(t.TempDir(), "备 份.xzdb")
	if _, err := b.Backup(b.ctx, backup); err != nil {
		t.Fatal(err)
	}
	b.set("task", "t1", "title", "修桥")
	_, _, err := Restore(b.ctx, backup, b.Path(), b.clock.at)
	wantCode(t, err, model.CodeLocked)
	if err := b.Close(); err != nil {
		t.Fatal(err)
	}
	report, replaced, err := Restore(b.ctx, backup, b.Path(), b.clock.at)
	if err != nil || report.Records != 1 || filepath.Base(replaced) != "甲镇-恢复前-20261120-093000.xzdb" {
		t.Fatalf("%+v %s %v", report, replaced, err)
	}
	if names := listDir(t, filepath.Dir(b.Path())); !slices.Equal(names, []string{"甲镇-恢复前-20261120-093000.xzdb", "甲镇.xzdb"}) {
		t.Errorf("%v", names)
	}
	b.reopen()
	if got := b.dump(); got != saved {
		t.Errorf("restored\n%s\nwant\n%s", got, saved)
	}
	aside, err := Open(b.ctx, replaced, testOptions(b.clock))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := aside.Get(b.ctx, "task", "t1"); err != nil || r.Get("title").Text != "修桥" {
		t.Error("the replaced ledger is not what it was", err)
	}
	aside.Close()
	t.Run("to a new place, from a live ledger", func(t *testing.T) {
		to := filepath.Join(t.TempDir(), "新 处.xzdb")
		_, replaced, err := Restore(b.ctx, b.Path(), to, b.clock.at)
		if err != nil || replaced != "" {
			t.Fatal(replaced, err)
		}
		s, err := Open(b.ctx, to, testOptions(b.clock))
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		if got := (&box{s, t, b.clock, b.ctx}).dump(); got != saved {
			t.Errorf("restored\n%s\nwant\n%s", got, saved)
		}
	})
	t.Run("twice in a second", func(t *testing.T) {
		b.Close()
		_, _, err := Restore(b.ctx, backup, b.Path(), b.clock.at)
		wantCode(t, err, model.CodeExists)
		if names := listDir(t, filepath.Dir(b.Path())); len(names) != 2 {
			t.Errorf("left %v", names)
		}
	})
}
