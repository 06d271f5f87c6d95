package store

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xiangzhen/model"
)

// childEnv tells a re-executed test binary what to do on which ledger.
const (
	childEnv  = "XIANGZHEN_STORE_CHILD"
	childPath = "XIANGZHEN_STORE_PATH"
)

// child is what a re-executed test binary does instead of testing.
func child(task, path string) error {
	ctx := context.Background()
	s, err := Open(ctx, path, testOptions(newClock()))
	if err != nil {
		return err
	}
	fmt.Println("open")
	if task == "hold" {
		time.Sleep(time.Minute)
	}
	for i := 0; ; i++ { // until killed
		_, err := s.Do(ctx, model.Operation{Kind: "test", Label: fmt.Sprint("第", i)}, func(tx *Tx) error {
			for j := range batchSize {
				r := rec("task", "", "title", fmt.Sprintf("任务%d之%d", i, j), "households", i, "parent", "→top", "due", model.OnDay("2026-12-01"))
				if err := tx.Add(r); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		fmt.Println(i)
	}
}

// batchSize is the number of records in one operation of the child.
const batchSize = 20

// start runs a child and waits until it has the ledger open.
func start(t *testing.T, task, path string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+task, childPath+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "open" {
		t.Fatalf("the child says %q", lines.Text())
	}
	return cmd, lines
}

func kill(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Error("the child ended by itself")
	}
}

func TestLock_AnotherProcess(t *testing.T) {
	path := made(t)
	cmd, _ := start(t, "hold", path)
	_, err := Open(t.Context(), path, testOptions(newClock()))
	host, hostErr := os.Hostname()
	if hostErr != nil {
		t.Fatal(hostErr)
	}
	wantCode(t, err, model.CodeLocked, "甲镇.xzdb", fmt.Sprint("进程 ", cmd.Process.Pid), host, "关闭")
	_, _, err = Restore(t.Context(), path, path, time.Now())
	wantCode(t, err, model.CodeLocked)
	o := testOptions(newClock())
	o.ReadOnly = true
	s, err := Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.Count(t.Context(), model.Query{Ledger: "task"}); err != nil || n != 50 {
		t.Errorf("beside the writer: %d, %v", n, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	kill(t, cmd)
	s, err = Open(t.Context(), path, testOptions(newClock()))
	if err != nil {
		t.Fatal("after the holder died:", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestLock_SameProcess(t *testing.T) {
	b := newBox(t)
	_, err := Open(t.Context(), b.Path(), testOptions(newClock()))
	wantCode(t, err, model.CodeLocked, fmt.Sprint(os.Getpid()))
	_, err = Create(t.Context(), b.Path(), testOptions(newClock()))
	wantCode(t, err, model.CodeExists)
	b.add("task", "t1", "title", "还能写")
}

func TestLock_OfALockFileLeftBehind(t *testing.T) {
	path := made(t)
	writeFile(t, lockPath(path), []byte(strings.Repeat("旧", 400))...)
	s, err := Open(t.Context(), path, testOptions(newClock()))
	if err != nil {
		t.Fatal(err)
	}
	if host, pid, ok := holder(path); ok && pid != fmt.Sprint(os.Getpid()) {
		t.Errorf("signed by %q %q", host, pid)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// TestKill: a process that writes is killed at any moment; the next opening finds
// whole operations only, all that were reported among them, and says nothing.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("runs processes")
	}
	path := made(t)
	b := &box{nil, t, newClock(), t.Context()}
	reported := 0
	for round := range 6 {
		cmd, lines := start(t, "write", path)
		timer := time.AfterFunc(time.Duration(rand.IntN(120))*time.Millisecond, func() {
			if err := cmd.Process.Kill(); err != nil {
				t.Error(err)
			}
		})
		for lines.Scan() {
			reported++
		}
		timer.Stop()
		if err := cmd.Wait(); err == nil {
			t.Error("the child ended by itself")
		}
		s, err := Open(t.Context(), path, testOptions(b.clock))
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		b.Store = s
		checkWhole(b, &reported)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if reported == 0 {
		t.Error("no operation was ever reported: the test does not test")
	}
	if names := listDir(t, filepath.Dir(path)); len(names) != 1 {
		t.Errorf("left behind: %v", names)
	}
}

// checkWhole checks what is in the file against the operations reported.
func checkWhole(b *box, reported *int) {
	b.t.Helper()
	n, err := b.Count(b.ctx, model.Query{Ledger: "task", Where: []model.Cond{{Field: "parent", Op: model.OpEq, Value: model.Reference("top", "")}}})
	if err != nil || n%batchSize != 0 || n/batchSize < *reported {
		b.t.Errorf("%d records after %d reported operations of %d (%v)", n, *reported, batchSize, err)
	}
	*reported = n / batchSize
	found, err := b.Count(b.ctx, model.Query{Ledger: "task", Search: "任务"})
	if err != nil || found != n {
		b.t.Errorf("search finds %d of %d (%v)", found, n, err)
	}
	lit, err := b.Count(b.ctx, model.Query{Ledger: "task", Where: []model.Cond{{Field: "light", Op: model.OpEq, Value: model.Text("green")}}})
	if err != nil || lit != n {
		b.t.Errorf("%d of %d have a light (%v)", lit, n, err)
	}
	report, err := Verify(b.ctx, b.Path())
	if err != nil || len(report.Problems) > 0 {
		b.t.Errorf("%+v %v", report, err)
	}
}
