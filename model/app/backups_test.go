package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
)

// openAt opens a fresh copy of the sample with a clock that the test turns.
func openAt(t *testing.T, now *time.Time) *App {
	t.Helper()
	a, err := Open(context.Background(), Options{Path: copyOf(t, demoFile(t)), Now: func() time.Time { return *now }, Key: demoKey})
	check(t, err)
	t.Cleanup(func() { check(t, a.Close()) })
	return a
}

func backupsOf(t *testing.T, a *App) Backups {
	t.Helper()
	b, err := a.Backups(context.Background())
	check(t, err)
	return b
}

func TestBackups_ProvedAndForgotten(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 30, 0, 0, time.Local)
	a := openAt(t, &now)
	if b := backupsOf(t, a); len(b.Files) != 0 || !b.SecondLate || b.Second != "" {
		t.Errorf("before any backup: %+v", b)
	}
	info, err := a.Backup(context.Background(), "")
	check(t, err)
	now = now.Add(time.Hour)
	check(t, a.backupBefore(context.Background(), "导入前"))
	b := backupsOf(t, a)
	if len(b.Files) != 2 {
		t.Fatalf("%+v", b.Files)
	}
	first, second := b.Files[1], b.Files[0]
	if second.Reason != "自动 导入前" || !second.Sound || first.Reason != "手动" || first.Path != info.Path || !first.At.Equal(now.Add(-time.Hour)) {
		t.Errorf("%+v\n%+v", first, second)
	}
	if first.Records != info.Records || first.Bytes != info.Bytes || !first.Sound || first.Proved.IsZero() {
		t.Errorf("the proof of %+v: %+v", info, first)
	}
	check(t, os.Chtimes(info.Path, now, now.Add(time.Minute)))
	if f := backupsOf(t, a).Files[1]; !f.Proved.IsZero() {
		t.Errorf("a file that changed still counts as proved: %+v", f)
	}
	check(t, os.Remove(second.Path))
	_, err = a.VerifyFile(context.Background(), info.Path)
	check(t, err)
	book, err := a.readBook()
	check(t, err)
	if len(book.Proofs) != 1 {
		t.Errorf("the book keeps what is gone: %v", book.Proofs)
	}
}

func TestBackups_BookThatIsNoBook(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 30, 0, 0, time.Local)
	a := openAt(t, &now)
	_, err := a.Backup(context.Background(), "")
	check(t, err)
	check(t, os.WriteFile(a.bookPath(), []byte("{"), 0o644))
	if b := backupsOf(t, a); len(b.Files) != 1 || !b.Files[0].Proved.IsZero() {
		t.Errorf("%+v", b.Files)
	}
}

func TestBackupToSecond(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 30, 0, 0, time.Local)
	a := openAt(t, &now)
	stick := filepath.Join(t.TempDir(), "U 盘")
	_, err := a.BackupToSecond(context.Background(), stick)
	if model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("a folder that is not there: %v", err)
	}
	check(t, os.Mkdir(stick, 0o755))
	for _, near := range []string{filepath.Dir(a.Path()), a.backupDir()} {
		if _, err := a.BackupToSecond(context.Background(), near); model.CodeOf(err) != model.CodeInvalid {
			t.Errorf("%s beside the ledger: %v", near, err)
		}
	}
	check(t, os.WriteFile(filepath.Join(stick, "别的台账-20261101-080000.xzdb"), []byte("x"), 0o644))
	info, err := a.BackupToSecond(context.Background(), stick)
	check(t, err)
	if name := filepath.Base(info.Path); name != "甲镇 台账-20261122-093000.xzdb" {
		t.Errorf("name %s", name)
	}
	b := backupsOf(t, a)
	if b.Second != stick || b.SecondLate || !b.SecondAt.Equal(now) || len(b.Files) != 1 || !b.Files[0].Second || !b.Files[0].Sound {
		t.Errorf("%+v", b)
	}
	now = now.Add(7*24*time.Hour + time.Minute)
	if !backupsOf(t, a).SecondLate {
		t.Error("a week later it is still called recent")
	}
	check(t, os.Rename(stick, stick+"2"))
	if b := backupsOf(t, a); !b.SecondGone || b.Second != stick || len(b.Files) != 0 {
		t.Errorf("pulled out: %+v", b)
	}
	check(t, os.Rename(stick+"2", stick))
	if b := backupsOf(t, a); b.SecondGone || len(b.Files) != 1 || !b.Files[0].Sound {
		t.Errorf("plugged in again: %+v", b)
	}
}

func TestCompareBackup(t *testing.T) {
	ctx := context.Background()
	a := openDemo(t)
	kept, err := a.Add(ctx, "unit", []Assignment{{"name", "示例供销社"}})
	check(t, err)
	info, err := a.Backup(ctx, filepath.Join(t.TempDir(), "一 份.xzdb"))
	check(t, err)
	c, err := a.CompareBackup(ctx, info.Path)
	check(t, err)
	if !c.Same() || c.Since != 0 || c.System.differs() || c.System.Then == 0 {
		t.Errorf("with itself: %+v", c)
	}
	before, err := os.ReadFile(info.Path)
	check(t, err)
	_, err = a.Add(ctx, "person", []Assignment{{"name", "示例新来"}})
	check(t, err)
	_, err = a.Delete(ctx, "unit", kept.Records[0].ID, false)
	check(t, err)
	_, page, err := a.List(ctx, ListRequest{Ledger: "task", Limit: 1})
	check(t, err)
	_, err = a.Set(ctx, "task", page.Records[0].ID, []Assignment{{"title", "改了名的事项"}})
	check(t, err)
	c, err = a.CompareBackup(ctx, info.Path)
	check(t, err)
	got := map[string][3]int{}
	for _, d := range c.Ledgers {
		got[d.Key] = [3]int{d.OnlyThen, d.OnlyNow, d.Changed}
		if d.Then-d.OnlyThen != d.Now-d.OnlyNow {
			t.Errorf("counts that do not meet: %+v", d)
		}
	}
	want := map[string][3]int{"person": {0, 1, 0}, "unit": {1, 0, 0}, "task": {0, 0, 1}}
	for key, w := range want {
		if got[key] != w {
			t.Errorf("%s: %v, want %v", key, got[key], w)
		}
	}
	if len(got) != len(want) || c.Since != 3 || c.Same() {
		t.Errorf("%v, %d since", got, c.Since)
	}
	after, err := os.ReadFile(info.Path)
	if err != nil || !slices.Equal(before, after) {
		t.Error("the backup was written to", err)
	}
}

func TestCompareBackup_Damaged(t *testing.T) {
	a := openDemo(t)
	bad := filepath.Join(t.TempDir(), "坏.xzdb")
	check(t, os.WriteFile(bad, []byte(strings.Repeat("不是台账", 999)), 0o644))
	if _, err := a.CompareBackup(context.Background(), bad); model.Sentence(err) == "" {
		t.Error("compared with no ledger")
	}
}

func TestFindOperations_Days(t *testing.T) {
	now := time.Date(2026, 11, 22, 0, 0, 0, 0, time.Local)
	a := openAt(t, &now)
	_, err := a.Add(context.Background(), "unit", []Assignment{{"name", "示例供销社"}})
	check(t, err)
	for _, tt := range []struct {
		req  OperationRequest
		want int
	}{
		{OperationRequest{From: "2026-11-22", To: "2026-11-22", Words: "新增"}, 1},
		{OperationRequest{From: "2026-11-23"}, 0},
		{OperationRequest{To: "2026-11-21", Words: "新增单位"}, 0},
		{OperationRequest{Ledger: "unit", Words: "新增"}, 1},
	} {
		p, err := a.FindOperations(context.Background(), tt.req)
		if err != nil || p.Total != tt.want {
			t.Errorf("%+v: %d, %v", tt.req, p.Total, err)
		}
	}
}

func TestUses(t *testing.T) {
	a := openDemo(t)
	uses, err := a.Uses(context.Background(), "area")
	check(t, err)
	found := map[string]int{}
	for _, u := range uses[a.Home().ID] {
		found[u.Ledger+"·"+u.Field] += u.N
	}
	if found["行政区划·上级"] != 16 || found["任务·责任单位"] == 0 {
		t.Errorf("who refers to 甲镇: %v", found)
	}
}

func TestParameters_Since(t *testing.T) {
	a := openDemo(t)
	_, err := a.SetSetting(context.Background(), "light.due_soon_days", "5")
	check(t, err)
	all, err := a.Parameters(context.Background())
	check(t, err)
	for _, p := range all {
		want := model.Day("")
		if p.Key == "light.due_soon_days" {
			want = testDay
		}
		if p.Since != want {
			t.Errorf("%s holds since %q", p.Key, p.Since)
		}
	}
}
