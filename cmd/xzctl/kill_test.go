package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"xiangzhen/model/sheet"
)

// killed runs xzctl on a ledger in a folder of its own.
type killed struct {
	t   *testing.T
	dir string
}

// command prepares xzctl, which TestMain has put on the path.
func (k killed) command(args ...string) *exec.Cmd {
	cmd := exec.Command("xzctl", append([]string{"--db", filepath.Join(k.dir, "甲镇 台账.xzdb"), "--today", "2026-11-22", "--json"}, args...)...)
	cmd.Dir = k.dir
	return cmd
}

// ask runs xzctl to its end and returns what it answers.
func (k killed) ask(args ...string) map[string]any {
	k.t.Helper()
	out, err := k.command(args...).Output()
	if err != nil {
		k.t.Fatalf("%v: %v\n%s", args, err, out)
	}
	var doc map[string]any
	if err := json.Unmarshal(out, &doc); err != nil {
		k.t.Fatalf("%v: %v", args, err)
	}
	return doc
}

func (k killed) total(args ...string) int {
	k.t.Helper()
	n, ok := k.ask(args...)["total"].(float64)
	if !ok {
		k.t.Fatalf("%v: no total", args)
	}
	return int(n)
}

// respond fills the first two rows of every form and returns how many there are.
func (k killed) respond() int {
	k.t.Helper()
	files, err := filepath.Glob(filepath.Join(k.dir, "下发", "*.xlsx"))
	if err != nil {
		k.t.Fatal(err)
	}
	for i, f := range files {
		e, err := sheet.Edit(f)
		if err != nil {
			k.t.Fatal(err)
		}
		page := e.Sheets()[0]
		for row := 5; row <= 6; row++ {
			// B 序号 … L 进展情况: the 11th column of the form behind the hidden one
			if err := e.Set(page, row, 12, "断电前第"+strconv.Itoa(i)+"村第"+strconv.Itoa(row)+"行"); err != nil {
				k.t.Fatal(err)
			}
		}
		if err := e.SaveAs(f); err != nil {
			k.t.Fatal(err)
		}
		if err := e.Close(); err != nil {
			k.t.Fatal(err)
		}
	}
	return len(files)
}

// TestCollect_Killed kills the program between and within files until it gets to the
// end once: each time the ledger opens whole, every file is in it altogether or not
// at all, and in the end nothing is missing and nothing doubled.
func TestCollect_Killed(t *testing.T) {
	if testing.Short() {
		t.Skip("starts the program many times")
	}
	k := killed{t, filepath.Join(t.TempDir(), "台 账")}
	if err := os.MkdirAll(k.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	k.ask("demo")
	k.ask("form", "issue", "task_month", "--period", "2026-11", "--out", "下发")
	files := k.respond()
	counts := func() (submissions, rows int) {
		return k.total("list", "submission"), k.total("list", "progress", "--where", "进展情况~断电前")
	}
	kills, between := 0, 0
	for wait := 60 * time.Millisecond; ; wait += 45 * time.Millisecond {
		cmd := k.command("collect", "下发")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- cmd.Wait() }()
		select {
		case err := <-done:
			if err != nil {
				t.Fatalf("left alone it ends with %v", err)
			}
		case <-time.After(wait):
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			<-done
			kills++
		}
		k.ask("verify")
		subs, rows := counts()
		if rows != 2*subs {
			t.Fatalf("killed after %v: %d tables and %d rows of them", wait, subs, rows)
		}
		if subs > 0 && subs < files {
			between++
		}
		if subs == files || kills > 100 {
			break
		}
	}
	t.Logf("%d kills, %d of them between files", kills, between)
	k.ask("collect", "下发")
	if subs, rows := counts(); subs != files || rows != 2*files || kills == 0 || between == 0 {
		t.Errorf("%d kills (%d between files): %d tables, %d rows, want %d and %d", kills, between, subs, rows, files, 2*files)
	}
}
