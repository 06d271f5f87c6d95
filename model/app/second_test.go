package app

import (
	"archive/zip"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestSecondPlace_ProgramAndGuide: the second place has the program, its sum and the
// way back.
func TestSecondPlace_ProgramAndGuide(t *testing.T) {
	a := openDemo(t)
	here, stick := filepath.Join(t.TempDir(), "程 序"), filepath.Join(t.TempDir(), "U 盘")
	check(t, os.Mkdir(here, 0o755))
	check(t, os.Mkdir(stick, 0o755))
	for _, name := range []string{"xiangzhen.exe", "libEGL.dll", "安装说明.txt", "别的.xlsx"} {
		check(t, os.WriteFile(filepath.Join(here, name), []byte(name), 0o644))
	}
	before := executable
	t.Cleanup(func() { executable = before })
	programs := func() []string {
		_, err := a.BackupToSecond(context.Background(), stick)
		check(t, err)
		found, err := filepath.Glob(filepath.Join(stick, "*-portable.zip"))
		check(t, err)
		return found
	}
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join(stick, name))
		check(t, err)
		return string(b)
	}
	now, step := a.now, time.Duration(0)
	a.now = func() time.Time { step += time.Second; return now().Add(step) } // no two backups of one name
	if got := programs(); len(got) != 0 || !strings.Contains(read("恢复说明.txt"), "程序不在这个文件夹里") {
		t.Errorf("a test is no program: %v", got)
	}
	executable = func() (string, error) { return filepath.Join(here, "xiangzhen.exe"), nil }
	made := programs()
	if len(made) != 1 || len(programs()) != 1 {
		t.Fatal(made)
	}
	sum, err := fileHash(made[0])
	check(t, err)
	if got := read("SHA256SUMS.txt"); got != sum+"  "+filepath.Base(made[0])+"\r\n" {
		t.Errorf("%q", got)
	}
	z, err := zip.OpenReader(made[0])
	check(t, err)
	defer z.Close()
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	if !slices.Equal(names, []string{"xiangzhen/xiangzhen.exe", "xiangzhen/libEGL.dll", "xiangzhen/安装说明.txt"}) {
		t.Error(names)
	}
	for _, words := range []string{filepath.Base(made[0]), "从备份恢复", DefaultKeeper} {
		if !strings.Contains(read("恢复说明.txt"), words) {
			t.Errorf("the guide does not speak of %s", words)
		}
	}
	check(t, os.WriteFile(filepath.Join(here, "xiangzhen-1.2-portable.zip"), []byte("PK"), 0o644))
	if programs(); read("xiangzhen-1.2-portable.zip") != "PK" {
		t.Error("the ready one is not taken")
	}
}
