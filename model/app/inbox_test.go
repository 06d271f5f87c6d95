package app

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"xiangzhen/model"
)

// TestInbox: tables that lie in the watched folder stand on 今日 until they are taken
// in, and again when they have changed; other files and those of a folder that is gone
// do not.
func TestInbox(t *testing.T) {
	a := openDemo(t)
	ctx := t.Context()
	folder := filepath.Join(t.TempDir(), "微信 文件")
	waiting := func() (Inbox, int) {
		t.Helper()
		in, err := a.Inbox(ctx)
		check(t, err)
		agenda, err := a.Agenda(ctx)
		check(t, err)
		n := 0
		for _, l := range agenda.Group(AgendaRemind).Lines {
			if l.Kind == KindInbox {
				n = l.More + 1
			}
		}
		return in, n
	}
	if in, n := waiting(); in.Folder != "" || n != 0 {
		t.Errorf("nothing is watched, yet %+v", in)
	}
	_, err := a.WatchInbox(ctx, folder)
	wantCode(t, err, model.CodeNotFound)
	check(t, os.MkdirAll(filepath.Join(folder, "2026-11"), 0o755))
	_, err = a.WatchInbox(ctx, folder)
	check(t, err)
	issued, err := a.Issue(ctx, IssueRequest{Form: "task_month", Period: testPeriod, Dir: filepath.Join(folder, "2026-11")})
	check(t, err)
	for _, name := range []string{"照片.jpg", "~$青山村.xlsx", ".隐藏.xlsx"} {
		check(t, os.WriteFile(filepath.Join(folder, name), []byte("x"), 0o644))
	}
	in, n := waiting()
	if len(in.Files) != len(issued.Files) || n != len(issued.Files) {
		t.Fatalf("%d files, %d on 今日, want %d", len(in.Files), n, len(issued.Files))
	}
	one := in.Files[0].Path
	_, err = a.Collect(ctx, CollectRequest{Paths: []string{one}, DryRun: true, Receipts: t.TempDir()})
	check(t, err)
	if in, _ := waiting(); len(in.Files) != len(issued.Files) {
		t.Error("looking at a file took it off the list")
	}
	_, err = a.Collect(ctx, CollectRequest{Paths: []string{folder}, Receipts: t.TempDir()})
	check(t, err)
	if in, n := waiting(); len(in.Files) != 0 || n != 0 {
		t.Errorf("taken in, yet %+v", in.Files)
	}
	later := time.Now().Add(time.Hour)
	check(t, os.Chtimes(one, later, later))
	if in, _ := waiting(); len(in.Files) != 1 || in.Files[0].Path != one {
		t.Errorf("changed since: %+v", in.Files)
	}
	check(t, os.Rename(folder, folder+"2"))
	if in, n := waiting(); !in.Gone || n != 0 {
		t.Errorf("pulled out: %+v", in)
	}
}
