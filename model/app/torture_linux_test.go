package app

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"xiangzhen/model"
)

// TestTorture_DiskFull works on a disk that is really full: a small file system in
// memory, on which less is left each time. Nothing that was reported done is lost,
// what fails says so in one sentence, and with room again all goes on.
func TestTorture_DiskFull(t *testing.T) {
	points := 8
	if n, err := strconv.Atoi(os.Getenv(tortureFull)); err == nil {
		points = n
	}
	disk := filepath.Join(t.TempDir(), "小 盘")
	check(t, os.Mkdir(disk, 0o755))
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=96m"); err != nil {
		t.Skip("no right to mount a file system:", err)
	}
	t.Cleanup(func() { check(t, syscall.Unmount(disk, 0)) })
	failed := 0
	for point := range points {
		failed += fillDisk(t, disk, point)
		if t.Failed() {
			t.Fatalf("at point %d", point)
		}
	}
	t.Logf("%d points, %d operations refused", points, failed)
	if failed < points {
		t.Errorf("only %d operations were refused at %d points: the disk is never full", failed, points)
	}
}

// tortureFull is at how many points the disk is full.
const tortureFull = "XIANGZHEN_TORTURE_FULL"

// fillDisk works with a little room that differs from point to point, and returns how
// many operations were refused.
func fillDisk(t *testing.T, disk string, point int) (failed int) {
	t.Helper()
	ctx := context.Background()
	dir := filepath.Join(disk, "台 账")
	defer func() { check(t, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, filepath.Base(demoFile(t)))
	check(t, os.MkdirAll(dir, 0o755))
	check(t, copyFile(demoFile(t), path))
	forms, err := filepath.Glob(filepath.Join(filepath.Dir(demoFile(t)), "下发", "*.xlsx"))
	check(t, err)
	c := &tortured{ctx: ctx, o: tortureOptions(path), forms: forms, dir: t.TempDir(), n: point * 1000}
	c.a, err = Open(ctx, c.o)
	check(t, err)
	m := &tortureMemory{t: t, path: path, said: map[string]int{}}
	leave(t, disk, 4096*int64(point*point%1500))
	steps := []func() (feat, error){c.save, c.importTable, c.collect, c.undo, c.backup}
	var news []feat
	for i := range steps {
		f, err := steps[(i+point)%len(steps)]()
		if err != nil {
			failed++
			oneSentence(t, f.Kind, err)
			continue
		}
		news = append(news, f)
	}
	check(t, os.Remove(ballast(disk)))
	f, err := c.save() // with room again
	check(t, err)
	check(t, c.a.Close())
	m.look(append(news, f))
	return failed
}

func ballast(disk string) string { return filepath.Join(disk, "压舱") }

// leave fills the disk but for some bytes.
func leave(t *testing.T, disk string, room int64) {
	t.Helper()
	var s syscall.Statfs_t
	check(t, syscall.Statfs(disk, &s))
	f, err := os.Create(ballast(disk))
	check(t, err)
	check(t, syscall.Fallocate(int(f.Fd()), 0, 0, max(1, int64(s.Bavail)*s.Bsize-room)))
	check(t, f.Close())
}

// oneSentence: what went wrong and what to do, for people.
func oneSentence(t *testing.T, kind string, err error) {
	t.Helper()
	var known *model.Error
	if !errors.As(err, &known) || known.Code == model.CodeInternal || known.Code == model.CodeDamaged || !strings.HasSuffix(known.Message, "。") {
		t.Errorf("%s: %v (%s)", kind, err, model.Sentence(err))
	}
}
