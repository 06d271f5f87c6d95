package app

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/store"
)

// TestViewAttachment: the copy is the file as it lies in the ledger, two of one name
// do not meet, and none is left when the ledger is closed.
func TestViewAttachment(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	ctx, path := context.Background(), copyOf(t, demoFile(t))
	a, err := Open(ctx, Options{Path: path, Today: testDay})
	check(t, err)
	task := aTask(t, a)
	content := samplePhoto(t, 40, 30, 7)
	attach(t, a, task.ID, writeSample(t, "清淤 后.JPG", content))
	first, err := a.ViewAttachment(ctx, "任务", task.ID, "清淤 后.JPG")
	check(t, err)
	second, err := a.ViewAttachment(ctx, ledgers.Task, task.ID, attached(t, a, task.ID)[0].Hash)
	check(t, err)
	for _, p := range []string{first, second} {
		if b, err := os.ReadFile(p); err != nil || !bytes.Equal(b, content) || filepath.Base(p) != "清淤 后.JPG" {
			t.Errorf("%s: %v", p, err)
		}
	}
	if first == second {
		t.Error("two copies lie at one place")
	}
	check(t, a.Close())
	if _, err := os.Stat(first); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("after the ledger is closed: %v", err)
	}
}

// leaveViews makes a folder of copies as a crash leaves it.
func leaveViews(t testing.TB, ledger string) string {
	t.Helper()
	var crashed views
	dir, err := crashed.room(ledger)
	check(t, err)
	return dir
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// TestViews_GoAfterACrash: what a crash left goes as soon as somebody is asked for the
// password or opens the ledger; that of another ledger stays, and a reader, who may
// stand beside the window that shows them, takes nothing away.
func TestViews_GoAfterACrash(t *testing.T) {
	cheapLock(t)
	t.Setenv("TMPDIR", t.TempDir())
	ctx, path := context.Background(), copyOf(t, demoFile(t))
	kept, left := leaveViews(t, path+"2"), leaveViews(t, path)
	a, err := Open(ctx, Options{Path: path, Today: testDay, ReadOnly: true, Key: demoKey})
	check(t, err)
	check(t, a.Close())
	if !isThere(left) {
		t.Error("a reader took the copies away")
	}
	a, err = Open(ctx, Options{Path: path, Today: testDay, Key: demoKey})
	check(t, err)
	defer a.Close()
	if isThere(left) || !isThere(kept) {
		t.Errorf("left %v, another ledger's kept %v", isThere(left), isThere(kept))
	}
}

// TestViews_GoWhereThePasswordIsAsked: without it nobody gets in, and the copies that
// a crash left are no way round it.
func TestViews_GoWhereThePasswordIsAsked(t *testing.T) {
	cheapLock(t)
	t.Setenv("TMPDIR", t.TempDir())
	ctx, path := context.Background(), copyOf(t, demoFile(t))
	if demoKey == nil {
		_, err := SetLock(ctx, Options{Path: path, Today: testDay}, "一句记得住的话")
		check(t, err)
	}
	left := leaveViews(t, path)
	if _, err := Open(ctx, Options{Path: path, Today: testDay}); model.CodeOf(err) != model.CodePassword {
		t.Fatalf("opens without a password: %v", err)
	}
	if isThere(left) {
		t.Error("the copies are there still")
	}
}

// TestViews_TriedAgain: what another program held open goes later.
func TestViews_TriedAgain(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	held := true
	removeAll = func(dir string) error {
		if held {
			return fs.ErrPermission
		}
		return os.RemoveAll(dir)
	}
	t.Cleanup(func() { removeAll = os.RemoveAll })
	var v views
	dir, err := v.room("台账")
	check(t, err)
	v.end()
	if !isThere(dir) {
		t.Fatal("it was held open")
	}
	held = false
	v.end()
	if isThere(dir) {
		t.Error("it was not tried again")
	}
}

func TestViewAttachment_Refusals(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	ctx, a := context.Background(), openDemo(t)
	task := aTask(t, a)
	for _, name := range []string{"照片.jpg.exe", "照片.lnk", "说明.html", "宏.xlsm", "无后缀"} {
		attach(t, a, task.ID, writeSample(t, name, []byte(name)))
		if got, err := a.ViewAttachment(ctx, "任务", task.ID, name); model.CodeOf(err) != model.CodeRefused {
			t.Errorf("%s opens as %q: %v", name, got, err)
		}
	}
	attach(t, a, task.ID, writeSample(t, "纪要.pdf", []byte("%PDF")))
	files := attached(t, a, task.ID)
	gone := files[len(files)-1]
	check(t, os.Remove(filepath.Join(store.EvidenceFolder(a.Path()), gone.Hash[:2], gone.Hash)))
	for file, want := range map[string]model.Code{"纪要.pdf": model.CodeNotFound, "没有.pdf": model.CodeNotFound, "": model.CodeNotFound} {
		if _, err := a.ViewAttachment(ctx, "任务", task.ID, file); model.CodeOf(err) != want {
			t.Errorf("%q: %v", file, err)
		}
	}
	if _, err := a.ViewAttachment(ctx, "没有的台账", task.ID, "纪要.pdf"); err == nil {
		t.Error("a ledger that is not there")
	}
}
