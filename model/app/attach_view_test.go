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

// TestViewAttachment_SweepsAfterACrash: what a crash left goes with the first look,
// that of another ledger stays.
func TestViewAttachment_SweepsAfterACrash(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	ctx, a := context.Background(), openDemo(t)
	var crashed views
	left, err := crashed.room(a.Path())
	check(t, err)
	var other views
	kept, err := other.room(a.Path() + "2")
	check(t, err)
	task := aTask(t, a)
	attach(t, a, task.ID, writeSample(t, "纪要.pdf", []byte("%PDF")))
	_, err = a.ViewAttachment(ctx, "任务", task.ID, "纪要.pdf")
	check(t, err)
	if _, err := os.Stat(left); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what was left is there: %v", err)
	}
	if _, err := os.Stat(kept); err != nil {
		t.Errorf("another ledger's went: %v", err)
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
