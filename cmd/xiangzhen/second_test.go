//go:build x11

package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xiangzhen/cmd/xiangzhen/record"
	ledger "xiangzhen/model/app"
)

// TestSecondStart hands a ledger file to the window that is open and ends.
func TestSecondStart(t *testing.T) {
	w := startFresh(t, "1366x768")
	path := filepath.Join(w.Home(), "乙丙 台账.xzdb")
	a, err := ledger.CreateDemo(context.Background(), ledger.Options{Path: path, Today: today}, "甲镇", 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	second := w.Launch(os.Args[0], "--today", string(today), path)
	if err := second.Wait(15 * time.Second); err != nil {
		t.Fatalf("the second start ended with %v\n%s", err, second.Errors())
	}
	w.Until("the first window has the file", 20*time.Second, func() bool { return strings.HasPrefix(w.Title(), "乙丙 台账") })
	w.noComplaints()
	w.Stop()
	if _, err := os.Stat(filepath.Join(w.Home(), ".cache", id, "crash.txt")); !os.IsNotExist(err) {
		t.Errorf("a good end left a crash file: %v", err)
	}
}

func TestParse(t *testing.T) {
	f, err := parse([]string{"台 账.xzdb", "收表.xlsx"})
	if err != nil || len(f.Files) != 2 || !filepath.IsAbs(f.Files[0]) || filepath.Base(f.Files[1]) != "收表.xlsx" {
		t.Errorf("%q, %v", f.Files, err)
	}
	if _, err := parse([]string{"--unknown"}); err == nil {
		t.Error("an unknown flag is taken")
	}
}

// TestTryScreen proves that the try in a process of its own answers what draws, and
// says so where nothing can.
func TestTryScreen(t *testing.T) {
	t.Setenv(asProgram, "1")
	t.Setenv("DISPLAY", ":987")
	if words, err := tryScreen(); err == nil {
		t.Errorf("%q draws on a screen that is not there", words)
	}
}

func TestCheckScreen_LeftOutAfterAGoodStart(t *testing.T) {
	t.Setenv(asProgram, "1")
	t.Setenv("DISPLAY", ":987")
	rec, err := record.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer rec.Close()
	if _, err := checkScreen(rec); err == nil {
		t.Fatal("the try was left out at the first start")
	}
	if err := rec.Started(version + ", :987"); err != nil {
		t.Fatal(err)
	}
	if _, err := checkScreen(rec); err != nil {
		t.Errorf("the try was made again: %v", err)
	}
}
