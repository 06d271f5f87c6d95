//go:build x11

package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xiangzhen/cmd/xiangzhen/screen"
	"xiangzhen/model"
	ledger "xiangzhen/model/app"
)

// asProgram makes the test binary be the program itself: no second link of Fyne.
const asProgram = "XIANGZHEN_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// today is the day on which the windows of these tests work.
const today model.Day = "2026-11-22"

// window is a running program and the ledger it works on.
type window struct {
	*screen.Program
	t    *testing.T
	path string // of the ledger
	dir  string
}

// startFresh opens the window as on a PC that has never had the program.
func startFresh(t *testing.T, size string) *window {
	t.Helper()
	t.Setenv(asProgram, "1")
	s := screen.Start(t, size)
	dir := filepath.Join(s.Home(), "台 账")
	p := s.Run(size, os.Args[0], "--today", string(today), "--folder", dir)
	return &window{Program: p, t: t, dir: dir, path: filepath.Join(dir, "演示 甲镇.xzdb")}
}

// read opens the ledger beside the running window and gives it to fn.
func (w *window) read(fn func(a *ledger.App)) {
	w.t.Helper()
	a, err := ledger.Open(context.Background(), ledger.Options{Path: w.path, Today: today, ReadOnly: true})
	if err != nil {
		w.t.Fatal(err)
	}
	defer a.Close()
	fn(a)
}

// count returns how many tasks fit the conditions.
func (w *window) count(where ...string) (n int) {
	w.t.Helper()
	w.read(func(a *ledger.App) {
		_, page, err := a.List(context.Background(), ledger.ListRequest{Ledger: "task", Where: where, Limit: 1})
		if err != nil {
			w.t.Fatal(err)
		}
		n = page.Total
	})
	return n
}

// startDemo opens the window and the sample county by the door 看演示.
func startDemo(t *testing.T, size string) *window {
	t.Helper()
	w := startFresh(t, size)
	w.Keys("2") // 看演示
	w.ledgerIsOpen()
	return w
}

// ledgerIsOpen waits until the sample county is there.
func (w *window) ledgerIsOpen() {
	w.t.Helper()
	w.Until("the sample is open", 20*time.Second, func() bool {
		_, err := os.Stat(w.path)
		if err != nil {
			return false
		}
		a, err := ledger.Open(context.Background(), ledger.Options{Path: w.path, Today: today, ReadOnly: true})
		if err != nil {
			return false
		}
		defer a.Close()
		_, page, err := a.List(context.Background(), ledger.ListRequest{Ledger: "task", Limit: 1})
		return err == nil && page.Total > 0
	})
	time.Sleep(time.Second) // the first page is drawn
}

// noComplaints fails if Fyne wrote that something ran on the wrong goroutine, or
// anything else but what it says without a desktop's bus.
func (w *window) noComplaints() {
	w.t.Helper()
	for _, line := range strings.Split(w.Errors(), "\n") {
		if strings.Contains(line, "Error in Fyne call thread") || strings.Contains(line, "panic") {
			w.t.Errorf("the window complained: %s", line)
		}
	}
}
