package record

import (
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// crashing is set for a process that is to crash with its record in that folder.
const crashing = "RECORD_TEST_CRASH"

func TestMain(m *testing.M) {
	dir := os.Getenv(crashing)
	if dir == "" {
		os.Exit(m.Run())
	}
	r, err := Open(dir)
	if err != nil {
		panic(err)
	}
	if _, err := r.WatchCrashes(); err != nil {
		panic(err)
	}
	panic("窗口画不出来")
}

// folder is a new folder. It is not t.TempDir's own, because wine 8 cannot remove
// one in the way Go does and fails the test.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "记 录")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Logf("%v", err)
		}
	})
	return dir
}

// open opens a record that is closed before the folder is removed.
func open(t *testing.T, dir string) *Record {
	t.Helper()
	r, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() }) // a second time where the test has closed it
	return r
}

func TestWatchCrashes_NotedAtTheNextStart(t *testing.T) {
	dir := filepath.Join(folder(t), "日 志")
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashing+"="+dir)
	if err := cmd.Run(); err == nil {
		t.Fatal("the process did not crash")
	}
	r := open(t, dir)
	note, err := r.WatchCrashes()
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(note)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"窗口画不出来", "goroutine", "TestMain"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the note lacks %q:\n%s", want, text)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if note, err := open(t, dir).WatchCrashes(); err != nil || note != "" {
		t.Errorf("a good end left the note %q, %v", note, err)
	}
}

// A PC that is switched off ends the program without traces: nothing to show.
func TestWatchCrashes_Killed(t *testing.T) {
	dir := folder(t)
	if err := os.WriteFile(filepath.Join(dir, crashName), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if note, err := open(t, dir).WatchCrashes(); err != nil || note != "" {
		t.Errorf("%q, %v", note, err)
	}
}

func TestStartedOn_UsedUp(t *testing.T) {
	r := open(t, folder(t))
	ask := func(screen string) bool {
		t.Helper()
		well, err := r.StartedOn(screen)
		if err != nil {
			t.Fatal(err)
		}
		return well
	}
	if ask("Intel HD") {
		t.Error("nothing has ever started here")
	}
	if err := r.Started("Intel HD"); err != nil {
		t.Fatal(err)
	}
	if !ask("Intel HD") {
		t.Error("it has started on this screen")
	}
	if ask("Intel HD") {
		t.Error("the start that followed was never drawn")
	}
	if err := r.Started("Intel HD"); err != nil {
		t.Fatal(err)
	}
	if ask("Intel HD, remote") {
		t.Error("another screen is asked anew")
	}
}

func TestOpen_LogOfFyneAndOldLog(t *testing.T) {
	dir := folder(t)
	if err := os.WriteFile(filepath.Join(dir, logName), make([]byte, mostLog+1), 0o644); err != nil {
		t.Fatal(err)
	}
	r := open(t, dir)
	log.Print("Fyne error: 没有 OpenGL")
	r.Logger().Error("打不开")
	text, err := os.ReadFile(filepath.Join(dir, logName))
	if err != nil || !strings.Contains(string(text), "没有 OpenGL") || !strings.Contains(string(text), "打不开") {
		t.Errorf("%q, %v", text, err)
	}
	if old, err := os.Stat(filepath.Join(dir, oldLogName)); err != nil || old.Size() != mostLog+1 {
		t.Errorf("the old log: %v", err)
	}
}
