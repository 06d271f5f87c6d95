package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestInterrupted_BackupsInTheClear: while backups from before the password lie
// unencrypted on a stick that is out, every start says so; with the stick back they are
// encrypted and nothing is said.
func TestInterrupted_BackupsInTheClear(t *testing.T) {
	cheapLock(t)
	ctx := t.Context()
	o := Options{Path: filepath.Join(t.TempDir(), "甲镇 台账.xzdb"), Today: "2026-11-22"}
	stick := filepath.Join(t.TempDir(), "U 盘")
	check(t, os.Mkdir(stick, 0o755))
	a, err := CreateDemo(ctx, o, "甲镇", 1)
	check(t, err)
	_, err = a.BackupToSecond(ctx, stick)
	check(t, err)
	check(t, a.Close())
	out := stick + " 拔下"
	check(t, os.Rename(stick, out))
	_, err = SetLock(ctx, o, testPassword)
	check(t, err)
	o.Password = testPassword
	warning := func() string {
		a, err := Open(ctx, o)
		check(t, err)
		defer a.Close()
		return a.Warning()
	}
	for range 2 {
		if got := warning(); !strings.Contains(got, "没有加密") || !strings.Contains(got, stick) {
			t.Errorf("it says %q", got)
		}
	}
	check(t, os.Rename(out, stick))
	if got := warning(); got != "" {
		t.Errorf("with the stick back it says %q", got)
	}
}
