package app

import (
	"context"
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"
)

func TestInParallel(t *testing.T) {
	for _, n := range []int{0, 1, 2, 100} {
		var sum atomic.Int64
		check(t, inParallel(context.Background(), n, func(i int) error {
			sum.Add(int64(i + 1))
			return nil
		}))
		if want := int64(n * (n + 1) / 2); sum.Load() != want {
			t.Errorf("%d calls sum up to %d, want %d", n, sum.Load(), want)
		}
	}
}

func TestInParallel_Stops(t *testing.T) {
	broken := errors.New("broken")
	var calls atomic.Int64
	err := inParallel(context.Background(), 10_000, func(i int) error {
		if calls.Add(1); i == 3 {
			return broken
		}
		return nil
	})
	if !errors.Is(err, broken) || calls.Load() == 10_000 {
		t.Errorf("%v after %d calls", err, calls.Load())
	}
	ctx, cancel := context.WithCancel(context.Background())
	calls.Store(0)
	err = inParallel(ctx, 10_000, func(int) error {
		if calls.Add(1) == 5 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || calls.Load() == 10_000 {
		t.Errorf("cancelled: %v after %d calls", err, calls.Load())
	}
}

// TestOpenAhead_InOrder: whichever is read first, they come in their order; what cannot
// be read says why in its place, and stopping early leaves nobody behind.
func TestOpenAhead_InOrder(t *testing.T) {
	var files []source
	for _, village := range []string{"青山村", "白石村", "柳河村", "枣园村"} {
		files = append(files, source{path: respond(t, village, village, noon, nil)}, source{path: filepath.Join(t.TempDir(), "没有.xlsx")})
	}
	next, stop := openAhead(context.Background(), files)
	for i, f := range files {
		got := next()
		if (got.err == nil) != (i%2 == 0) {
			t.Fatalf("%d: %v", i, got.err)
		}
		want := openSource(f)
		if got.sum != want.sum {
			t.Errorf("%d: not the file that was asked for", i)
		}
	}
	if last := next(); last.book != nil {
		t.Error("a workbook behind the last")
	}
	stop()
	next, stop = openAhead(context.Background(), files)
	next()
	stop()
}

// TestPreview_Parallel: the plans come in the order of the files, progress counts up,
// and a cancelled preview plans no more.
func TestPreview_Parallel(t *testing.T) {
	a := openDemo(t)
	var paths []string
	for _, village := range []string{"青山村", "白石村", "柳河村", "枣园村", "东坪村"} {
		paths = append(paths, respond(t, village, village, noon, map[int]typed{1: {"进展情况": village + "已开工"}}))
	}
	before := state(t, a)
	last := -1
	got, err := a.Preview(context.Background(), paths, func(done, total int, _ string) {
		if done <= last || total != len(paths) {
			t.Errorf("progress %d of %d after %d", done, total, last)
		}
		last = done
	})
	check(t, err)
	for i, p := range got {
		if p.Err != nil || p.File != paths[i] || p.Counts.Update != 1 {
			t.Errorf("%d: %s %v %+v", i, p.File, p.Err, p.Counts)
		}
	}
	if after := state(t, a); after != before {
		t.Error("planning has written")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := a.Preview(ctx, paths, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
