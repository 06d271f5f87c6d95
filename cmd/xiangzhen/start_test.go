//go:build x11

package main

import (
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xiangzhen/cmd/xiangzhen/screen"
)

// The figures of the start, beside an empty Fyne window of the same tags on the
// same screen (make bench-ui).
const (
	starts     = 15  // of each, in turns
	mostStart  = 1.5 // times the empty window's
	mostMemory = 1.6
)

// TestBenchStart measures the time to the first frame and the memory after the
// start. It runs when asked for, because it says something only on a quiet machine.
func TestBenchStart(t *testing.T) {
	if os.Getenv("BENCH_UI") == "" {
		t.Skip("make bench-ui runs this")
	}
	empty, program := built(t, "./screen/empty"), built(t, ".")
	w := startDemo(t, "1366x768")
	ledger := w.path
	w.Stop() // a second start would only hand its file over
	var ours, theirs []started
	for range starts {
		theirs = append(theirs, startOnce(t, w.Screen, empty))
		ours = append(ours, startOnce(t, w.Screen, program, "--today", string(today), copyLedger(t, ledger)))
	}
	a, b := middle(ours), middle(theirs)
	fmt.Printf("first frame: %v, empty window %v: %.2f ×\n", a.frame, b.frame, float64(a.frame)/float64(b.frame))
	fmt.Printf("memory: %d MB, empty window %d MB: %.2f ×\n", a.memory>>20, b.memory>>20, float64(a.memory)/float64(b.memory))
	if float64(a.frame) > mostStart*float64(b.frame) {
		t.Errorf("the start takes more than %.1f times that of an empty window", mostStart)
	}
	if float64(a.memory) > mostMemory*float64(b.memory) {
		t.Errorf("the start takes more than %.1f times the memory of an empty window", mostMemory)
	}
}

// built builds a program as it ships; a test's own program maps 10 MB more.
func built(t *testing.T, folder string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program")
	build := exec.Command("go", "build", "-tags", "x11,migrated_fynedo,no_emoji,no_animations", "-o", path, folder)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// started is what one start took.
type started struct {
	frame  time.Duration
	memory int64
}

// startOnce runs a program until something is drawn, then a moment more for what it
// loads, and ends it.
func startOnce(t *testing.T, s *screen.Screen, path string, args ...string) started {
	t.Helper()
	before := s.Picture()
	begin := time.Now()
	p := s.Launch(path, args...)
	var out started
	for same(before, s.Picture()) {
		if time.Since(begin) > 20*time.Second {
			t.Fatal("nothing is drawn")
		}
		time.Sleep(5 * time.Millisecond)
	}
	out.frame = time.Since(begin)
	time.Sleep(3 * time.Second)
	out.memory = p.Memory()
	p.Kill()
	s.Until("the screen is empty again", 5*time.Second, func() bool { return same(before, s.Picture()) })
	return out
}

// same compares two pictures of the screen in a coarse grid of points.
func same(a, b image.Image) bool {
	r := a.Bounds()
	for y := r.Min.Y; y < r.Max.Y; y += 8 {
		for x := r.Min.X; x < r.Max.X; x += 8 {
			if a.At(x, y) != b.At(x, y) {
				return false
			}
		}
	}
	return true
}

// middle is the median of both figures.
func middle(s []started) started {
	frames := make([]time.Duration, len(s))
	memories := make([]int64, len(s))
	for i := range s {
		frames[i], memories[i] = s[i].frame, s[i].memory
	}
	slices.Sort(frames)
	slices.Sort(memories)
	return started{frames[len(s)/2], memories[len(s)/2]}
}

// copyLedger copies a ledger, so that the window that made it keeps its own.
func copyLedger(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), strings.TrimSuffix(filepath.Base(path), ".xzdb")+" 副本.xzdb")
	if err := os.WriteFile(out, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return out
}
