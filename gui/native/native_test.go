package native

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func TestPlace_ReadsWhatItWrote(t *testing.T) {
	for _, p := range []Place{{-1200, 30, 80, 900, true}, {0, 0, 1366, 728, false}} {
		if got, ok := ParsePlace(p.String()); !ok || got != p {
			t.Errorf("%v became %v, %v", p, got, ok)
		}
	}
	for _, s := range []string{"", "1,2", "10,10,5,20,false", "0,0,10,0,true", "a,b,c,d,e"} {
		if got, ok := ParsePlace(s); ok || got != (Place{}) {
			t.Errorf("%q was taken for %v", s, got)
		}
	}
}

func TestExtension(t *testing.T) {
	for patterns, want := range map[string]string{"*.xlsx": "xlsx", "*.xlsx;*.xls": "xlsx", "*.*": "", "": "", "报表*": "", "*.xzdb ; *.x": "xzdb"} {
		if got := extension(patterns); got != want {
			t.Errorf("extension(%q) = %q, not %q", patterns, got, want)
		}
	}
}

func TestShown_TestWindow(t *testing.T) {
	if !Shown(test.NewTempWindow(t, widget.NewLabel(""))) {
		t.Error("a window of tests counts as shown")
	}
}

// Without a window every call does nothing.
func TestSystem_WithoutWindow(t *testing.T) {
	s := New()
	s.SetCaret(Caret{X: 1, Y: 2, Height: 20, Plain: true})
	s.NoCaret()
	s.Raise()
	s.SetPlace(Place{0, 0, 10, 10, false})
	if p, ok := s.Place(); ok {
		t.Errorf("no window lies at %v", p)
	}
}

// later is set for a process that is started while the first one runs.
const later = "NATIVE_TEST_LATER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(later); dir != "" {
		i, err := Claim(dir, "native-test", strings.Split(os.Getenv("NATIVE_TEST_WORDS"), "|"))
		if i != nil || err != nil {
			fmt.Println("claimed:", i != nil, "error:", err)
			os.Exit(3)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func TestClaim_LaterStartHandsOver(t *testing.T) {
	dir := os.TempDir() // Windows uses no folder, and wine 8 cannot remove one
	if runtime.GOOS != "windows" {
		dir = filepath.Join(t.TempDir(), "台账")
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	first, err := Claim(dir, "native-test", nil)
	if err != nil || first == nil {
		t.Fatalf("the first start: %v, %v", first, err)
	}
	got := make(chan []string, 1)
	served := make(chan error, 1)
	go func() { served <- first.Serve(func(words []string) { got <- words }) }()

	want := []string{`C:\台 账\甲镇.xzdb`, "收表.xlsx"}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), later+"="+dir, "NATIVE_TEST_WORDS="+strings.Join(want, "|"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the later start: %v\n%s", err, out)
	}
	if words := <-got; !slices.Equal(words, want) {
		t.Errorf("%q were handed over, not %q", words, want)
	}

	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-served:
		if err != nil {
			t.Errorf("Serve ended with %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("Serve did not end")
	}
	second, err := Claim(dir, "native-test", nil)
	if err != nil || second == nil {
		t.Fatalf("after the first has ended: %v, %v", second, err)
	}
	if err := second.Close(); err != nil {
		t.Error(err)
	}
}

func TestUnpack_NotOurs(t *testing.T) {
	if words, err := unpack([]byte("GET / HTTP/1.1")); err == nil {
		t.Errorf("%q was understood", words)
	}
}
