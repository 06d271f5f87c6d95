package windows_test

import (
	"encoding/json"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"xiangzhen/cmd/xiangzhen/screen"
)

// What `make test-windows` says: the folder with the programs, a prefix of wine to
// copy, the installer, and xzctl for this machine. Without them there is nothing to test.
var (
	programs = os.Getenv("WINDOWS_DIR")
	setup    = os.Getenv("WINDOWS_SETUP")
	prefix   = os.Getenv("WINE_TEMPLATE")
	xzctl    = os.Getenv("XZCTL")
)

const (
	wine  = "/usr/lib/wine/wine64"
	today = "2026-11-22"
	size  = "1366x768"
)

// pc is a PC that has never had the program: a screen, and a disk C.
type pc struct {
	*screen.Screen
	t    *testing.T
	home string // C:\users\…
}

// newPC makes one; the disk is a copy of the prefix.
func newPC(t *testing.T) *pc {
	t.Helper()
	if programs == "" {
		t.Skip("make test-windows runs this")
	}
	disk := filepath.Join(t.TempDir(), "wine")
	if out, err := exec.Command("cp", "-a", prefix, disk).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Setenv("WINEPREFIX", disk)
	t.Setenv("WINEDEBUG", "-all")
	t.Setenv("WINEDLLOVERRIDES", "mscoree,mshtml=")
	t.Cleanup(func() { exec.Command("/usr/lib/wine/wineserver64", "-k").Run() }) // nothing to end if all went well
	homes, err := filepath.Glob(filepath.Join(disk, "drive_c/users/*/AppData"))
	if err != nil || len(homes) != 1 {
		t.Fatalf("homes %v, %v", homes, err)
	}
	return &pc{Screen: screen.Start(t, size), t: t, home: filepath.Dir(homes[0])}
}

// run starts the window and waits until it is drawn.
func (p *pc) run() *screen.Program {
	p.t.Helper()
	return p.start(filepath.Join(programs, "xiangzhen.exe"))
}

// start starts the window that lies at a path.
func (p *pc) start(exe string, args ...string) *screen.Program {
	p.t.Helper()
	w := p.Run(size, wine, append([]string{exe, "--today", today}, args...)...)
	p.Until("something is drawn", 20*time.Second, func() bool {
		r, g, b, _ := p.Picture().At(300, 400).RGBA()
		return r+g+b > 0
	})
	p.rest()
	return w
}

// ledger is where the sample county is kept.
func (p *pc) ledger() string { return filepath.Join(p.home, "乡振台账", "演示 甲镇.xzdb") }

// demo opens the sample county by the door 看演示.
func (p *pc) demo(w *screen.Program) {
	p.t.Helper()
	w.Keys("2")
	p.Until("the sample is open", 30*time.Second, func() bool { return strings.HasPrefix(w.Title(), "演示 甲镇") })
	time.Sleep(2 * time.Second) // the first page is drawn
}

// rest gives the window time to show what the next key is meant for.
func (p *pc) rest() { time.Sleep(time.Second) }

// list asks xzctl of this machine for records of a ledger that nothing has open.
func (p *pc) list(ledger string, where ...string) (records []any) {
	p.t.Helper()
	args := []string{"list", ledger, "--db", p.ledger(), "--today", today, "--json"}
	for _, w := range where {
		args = append(args, "--where", w)
	}
	out, err := exec.Command(xzctl, args...).Output()
	if err != nil {
		p.t.Fatalf("xzctl %v: %v\n%s", args, err, out)
	}
	var answer struct{ Records []any }
	if err := json.Unmarshal(out, &answer); err != nil {
		p.t.Fatalf("%v\n%s", err, out)
	}
	return answer.Records
}

// TestWine_NewTask opens the sample, types a task for a village by keyboard alone,
// and finds it in the ledger file.
func TestWine_NewTask(t *testing.T) {
	p := newPC(t)
	w := p.run()
	p.demo(w)
	keep(p, "sample")
	readable(t, p.Picture(), image.Rect(16, 60, 120, 90))

	w.Keys("ctrl+2")
	p.rest()
	w.Keys("ctrl+n")
	p.rest()
	w.Paste("修缮村级活动室")
	w.Keys("Tab", "Tab")
	w.Type("qsc") // 青山村
	p.rest()
	w.Keys("Return", "Tab")
	w.Paste("12月20日前")
	keep(p, "task")
	w.Keys("ctrl+s")
	p.rest()
	p.rest()
	w.Stop()
	if got := p.list("task", "title=修缮村级活动室", "unit=青山村"); len(got) != 1 {
		t.Errorf("%d tasks are in the ledger, not one: %v", len(got), got)
	}
	if _, err := os.Stat(filepath.Join(p.records(), "crash.txt")); !os.IsNotExist(err) {
		t.Errorf("a good end left a crash file: %v", err)
	}
}

// records is the folder with the log.
func (p *pc) records() string { return filepath.Join(p.home, "AppData/Local/cn.xiangzhen.ledger") }

// make makes a sample ledger on the disk, by xzctl of this machine, and returns the
// path that Windows has for it.
func (p *pc) make(name string) (windows string) {
	p.t.Helper()
	if out, err := exec.Command(xzctl, "demo", "--db", filepath.Join(p.home, name), "--today", today).CombinedOutput(); err != nil {
		p.t.Fatalf("%v\n%s", err, out)
	}
	return `C:\users\` + filepath.Base(p.home) + `\` + name
}

// do runs a Windows program to its end.
func (p *pc) do(path string, args ...string) {
	p.t.Helper()
	cmd := exec.Command(wine, append([]string{path}, args...)...)
	cmd.Env = append(os.Environ(), "DISPLAY="+p.Display())
	if out, err := cmd.CombinedOutput(); err != nil {
		p.t.Fatalf("%s %v: %v\n%s", path, args, err, out)
	}
}

// TestWine_FileDialog opens a ledger by the dialog of Windows.
func TestWine_FileDialog(t *testing.T) {
	p := newPC(t)
	path := p.make("other.xzdb")
	w := p.run()
	w.Keys("ctrl+o")
	dialog := w.Other("^选择文件$")
	p.rest()
	keep(p, "dialog")
	dialog.Focus()
	w.Type(path)
	w.Keys("Return")
	p.Until("the ledger is open", 20*time.Second, func() bool { return strings.HasPrefix(w.Title(), "other") })
	w.Focus()
	w.Stop()
}

// TestWine_Place starts a window where it was, and notes where it is at the end.
func TestWine_Place(t *testing.T) {
	p := newPC(t)
	prefs := filepath.Join(p.home, "AppData/Roaming/fyne/cn.xiangzhen.ledger/preferences.json")
	if err := os.MkdirAll(filepath.Dir(prefs), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(prefs, []byte(`{"window.place":"40,50,1240,740,false"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	w := p.run()
	if x, y := w.Position(); x < 40 || x > 60 || y < 50 || y > 90 {
		t.Errorf("the window's inside begins at %d, %d, not inside a frame at 40, 50", x, y)
	}
	w.Stop()
	noted, err := os.ReadFile(prefs)
	if err != nil || !strings.Contains(string(noted), `"window.place":"40,50,`) {
		t.Errorf("%v\n%s", err, noted)
	}
}

// TestWine_Installer installs, opens a ledger by what double clicks run, and
// uninstalls; the ledger stays.
func TestWine_Installer(t *testing.T) {
	p := newPC(t)
	p.do(setup, "/S")
	installed := filepath.Join(p.home, "AppData/Local/Programs/xiangzhen")
	for _, name := range []string{"xiangzhen.exe", "xzctl.exe", "libEGL.dll", "libGLESv2.dll", "d3dcompiler_47.dll", "licences.txt", "安装说明.txt", "uninstall.exe"} {
		if _, err := os.Stat(filepath.Join(installed, name)); err != nil {
			t.Error(err)
		}
	}
	path := p.make("台 账.xzdb")
	// Wine 8 knows no classes of the user's own, so what a double click runs is run here.
	w := p.start(filepath.Join(installed, "xiangzhen.exe"), path)
	p.Until("the ledger is open", 20*time.Second, func() bool { return strings.HasPrefix(w.Title(), "台 账") })
	w.Stop()
	p.do(filepath.Join(installed, "uninstall.exe"), "/S", `_?=C:\users\`+filepath.Base(p.home)+`\AppData\Local\Programs\xiangzhen`)
	left, err := os.ReadDir(installed)
	if err != nil || len(left) > 1 {
		t.Errorf("%v, %v are left", err, left) // uninstall.exe cannot remove itself when it is told to stay
	}
	if _, err := os.Stat(filepath.Join(p.home, "台 账.xzdb")); err != nil {
		t.Errorf("%s went with the program: %v", path, err)
	}
}

// TestWine_SecondStart hands a ledger file to the window that is open.
func TestWine_SecondStart(t *testing.T) {
	p := newPC(t)
	w := p.run()
	p.do(filepath.Join(programs, "xiangzhen.exe"), p.make("乙丙 台账.xzdb"))
	p.Until("the first window has the file", 20*time.Second, func() bool { return strings.HasPrefix(w.Title(), "乙丙 台账") })
	w.Stop()
}

// TestWine_CrashNote starts after a start that crashed.
func TestWine_CrashNote(t *testing.T) {
	p := newPC(t)
	if err := os.MkdirAll(p.records(), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(p.records(), "crash.txt"), []byte("panic: 试\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	w := p.run()
	keep(p, "crash")
	notes, err := filepath.Glob(filepath.Join(p.records(), "崩溃记录 *.txt"))
	if err != nil || len(notes) != 1 {
		t.Errorf("notes %v, %v", notes, err)
	}
	w.Kill()
}

// TestWine_Portable keeps ledger and log beside the program.
func TestWine_Portable(t *testing.T) {
	p := newPC(t)
	stick := filepath.Join(t.TempDir(), "U 盘")
	data := filepath.Join(stick, "data")
	if out, err := exec.Command("cp", "-r", programs, stick).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.Mkdir(data, 0o755); err != nil {
		t.Fatal(err)
	}
	w := p.start(filepath.Join(stick, "xiangzhen.exe"))
	p.demo(w)
	w.Stop()
	for _, name := range []string{"演示 甲镇.xzdb", "日志/xiangzhen.log"} {
		if _, err := os.Stat(filepath.Join(data, name)); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(p.records()); err == nil {
		t.Errorf("%s was made on the PC", p.records())
	}
}

// TestWine_CommandLine makes a ledger by xzctl.exe that xzctl of this machine reads.
func TestWine_CommandLine(t *testing.T) {
	p := newPC(t)
	if err := os.MkdirAll(filepath.Dir(p.ledger()), 0o755); err != nil {
		t.Fatal(err)
	}
	p.do(filepath.Join(programs, "xzctl.exe"), "demo", "--today", today, "--db", `C:\users\`+filepath.Base(p.home)+`\乡振台账\演示 甲镇.xzdb`)
	if got := p.list("task"); len(got) == 0 {
		t.Error("the ledger has no tasks")
	}
}

// TestWine_NoANGLE starts where a virus scanner has taken a library away: a box says
// so instead of nothing.
func TestWine_NoANGLE(t *testing.T) {
	p := newPC(t)
	broken := filepath.Join(t.TempDir(), "xiangzhen")
	if out, err := exec.Command("cp", "-r", programs, broken).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if err := os.Remove(filepath.Join(broken, "libEGL.dll")); err != nil {
		t.Fatal(err)
	}
	box := p.Launch(wine, filepath.Join(broken, "xiangzhen.exe"))
	box.WaitForWindow()
	p.rest()
	if got := box.Title(); got != "乡振台账" {
		t.Errorf("the box is titled %q", got)
	}
	keep(p, "no-angle")
	box.Keys("Return")
	if err := box.Wait(10 * time.Second); err == nil {
		t.Error("a start that failed ended as if it had not")
	}
	log, err := os.ReadFile(filepath.Join(p.records(), "xiangzhen.log"))
	if err != nil || !strings.Contains(string(log), "EGL") {
		t.Errorf("the log does not say why: %v\n%s", err, log)
	}
}

// keep saves a picture for a person to look at, where WINE_PICTURES says so.
func keep(p *pc, name string) {
	if dir := os.Getenv("WINE_PICTURES"); dir != "" {
		p.Save(filepath.Join(dir, "wine-"+name+".png"))
	}
}

// readable fails unless the four characters of the program's name stand in an area
// of a picture. Where there is no font each of them is the same box, so it is enough
// that they differ from each other.
func readable(t *testing.T, img image.Image, area image.Rectangle) {
	t.Helper()
	left, right := area.Max.X, area.Min.X
	for x := area.Min.X; x < area.Max.X; x++ {
		for y := area.Min.Y; y < area.Max.Y; y++ {
			if ink(img, x, y) {
				left, right = min(left, x), max(right, x+1)
			}
		}
	}
	const characters = 4
	pitch := (right - left) / characters
	if pitch < 8 {
		t.Fatalf("nothing is written in %v", area)
	}
	for i := range characters {
		for j := range i {
			if d := differences(img, area, left+i*pitch, left+j*pitch, pitch); d < pitch*pitch/8 {
				t.Errorf("characters %d and %d of the name look alike (%d points differ): no Chinese font", j+1, i+1, d)
			}
		}
	}
}

// differences counts the points in which two columns of characters differ.
func differences(img image.Image, area image.Rectangle, a, b, width int) (n int) {
	for x := range width {
		for y := area.Min.Y; y < area.Max.Y; y++ {
			if ink(img, a+x, y) != ink(img, b+x, y) {
				n++
			}
		}
	}
	return n
}

// ink tells the red of the name from the white ground.
func ink(img image.Image, x, y int) bool {
	_, g, _, _ := img.At(x, y).RGBA()
	return g < 0x9000
}
