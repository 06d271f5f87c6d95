// Package screen drives the real window in tests: a screen that nobody sees
// (Xvfb), a keyboard and a mouse (xdotool), the clipboard (xclip) and pictures. Every
// call ends the test at an error.
package screen

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Screen is a running X server.
type Screen struct {
	t       testing.TB
	display string
	home    string
	memory  string // folder of the file that is the screen's memory
}

// Start starts a screen of a size such as 1366x768. Programs on it live in a home
// of their own, so that nothing is remembered between tests.
// -noreset: without it the server starts anew whenever its last program ends, and a
// program that connects in that moment finds no screen.
func Start(t testing.TB, size string) *Screen {
	t.Helper()
	s := &Screen{t: t, home: t.TempDir(), memory: t.TempDir()}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", size+"x24", "-noreset", "-nolisten", "tcp", "-fbdir", s.memory)
	cmd.ExtraFiles = []*os.File{w}
	if err := cmd.Start(); err != nil {
		t.Fatalf("Xvfb: %v (make tools-screen installs it)", err)
	}
	w.Close()
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb did not start: %v", err)
	}
	s.display = ":" + strings.TrimSpace(number)
	return s
}

// env is the environment of programs on the screen.
func (s *Screen) env() []string {
	return append(os.Environ(), "DISPLAY="+s.display, "HOME="+s.home, "XDG_CONFIG_HOME="+filepath.Join(s.home, ".config"),
		"XDG_CACHE_HOME="+filepath.Join(s.home, ".cache"), "LIBGL_ALWAYS_SOFTWARE=1", "LANG=C.UTF-8")
}

// Display is the screen's address, for programs that are started otherwise.
func (s *Screen) Display() string { return s.display }

// Home is the home folder of the programs on the screen.
func (s *Screen) Home() string { return s.home }

// Program is a program that runs on the screen.
type Program struct {
	*Screen
	cmd    *exec.Cmd
	errors bytes.Buffer
	window string
	ended  bool
}

// Launch starts a program and waits for nothing.
func (s *Screen) Launch(path string, args ...string) *Program {
	s.t.Helper()
	p := &Program{Screen: s, cmd: exec.Command(path, args...)}
	p.cmd.Env = s.env()
	p.cmd.Stderr = &p.errors
	if err := p.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(p.Kill)
	return p
}

// Run starts a program and waits for its window, which gets the keyboard and the
// given size.
func (s *Screen) Run(size, path string, args ...string) *Program {
	s.t.Helper()
	p := s.Launch(path, args...)
	p.WaitForWindow()
	width, height, _ := strings.Cut(size, "x")
	s.do("xdotool", "windowmove", p.window, "0", "0")
	s.do("xdotool", "windowsize", p.window, width, height)
	s.do("xdotool", "windowfocus", p.window)
	return p
}

// WaitForWindow waits until the program shows a window.
func (p *Program) WaitForWindow() {
	p.t.Helper()
	p.t.Cleanup(func() {
		if p.t.Failed() && p.Errors() != "" {
			p.t.Logf("the program said: %s", p.Errors())
		}
	})
	p.Until("the window is there", 30*time.Second, func() bool {
		out, err := p.try("xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(p.cmd.Process.Pid))
		p.window, _, _ = strings.Cut(strings.TrimSpace(out), "\n")
		return err == nil && p.window != ""
	})
}

// Title is what the window's frame says.
func (p *Program) Title() string {
	p.t.Helper()
	out, err := p.try("xdotool", "getwindowname", p.window)
	if err != nil {
		return "" // it has gone
	}
	return strings.TrimSpace(out)
}

// Other waits for another window of the screen whose title fits the pattern: a dialog
// of the system, or a program that was started by another.
func (p *Program) Other(title string) *Program {
	p.t.Helper()
	other := &Program{Screen: p.Screen, cmd: p.cmd, ended: true}
	p.Until("there is a window "+title, 20*time.Second, func() bool {
		out, err := p.try("xdotool", "search", "--onlyvisible", "--name", title)
		other.window, _, _ = strings.Cut(strings.TrimSpace(out), "\n")
		return err == nil && other.window != ""
	})
	return other
}

// Focus gives the window the keyboard.
func (p *Program) Focus() {
	p.t.Helper()
	p.do("xdotool", "windowfocus", p.window)
}

// Position is where the window's inside begins on the screen.
func (p *Program) Position() (x, y int) {
	p.t.Helper()
	out, err := p.try("xdotool", "getwindowgeometry", "--shell", p.window)
	if err != nil {
		p.t.Fatal(err)
	}
	for line := range strings.Lines(out) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		n, err := strconv.Atoi(value)
		switch {
		case err != nil:
		case key == "X":
			x = n
		case key == "Y":
			y = n
		}
	}
	return x, y
}

// Memory is the program's resident memory in bytes.
func (p *Program) Memory() int64 {
	p.t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		p.t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	var kilobytes int64
	if _, err := fmt.Sscan(rest, &kilobytes); err != nil {
		p.t.Fatal(err)
	}
	return kilobytes << 10
}

// Kill ends the program at once.
func (p *Program) Kill() {
	if p.ended {
		return
	}
	p.ended = true
	p.cmd.Process.Kill() // fails only if it has ended by itself
	p.cmd.Wait()         // says that it was killed
}

// Errors is what the program wrote to its error output so far.
func (p *Program) Errors() string { return p.errors.String() }

// Stop ends the program as closing its window does and waits for its end.
func (p *Program) Stop() {
	p.t.Helper()
	p.Keys("ctrl+q")
	if err := p.Wait(10 * time.Second); err != nil {
		p.t.Fatalf("the program ended with %v\n%s", err, p.Errors())
	}
}

// Wait waits for the program's end and returns how it ended.
func (p *Program) Wait(most time.Duration) error {
	p.t.Helper()
	p.ended = true
	done := make(chan error, 1)
	go func() { done <- p.cmd.Wait() }()
	select {
	case err := <-done:
		return err
	case <-time.After(most):
		p.cmd.Process.Signal(syscall.SIGQUIT) // it says where it hangs
		time.Sleep(time.Second)
		p.cmd.Process.Kill()
		p.t.Fatalf("the program did not end\n%s", p.Errors())
		return nil
	}
}

// Keys presses keys one after another, such as ctrl+n, Tab, Return.
func (s *Screen) Keys(keys ...string) {
	s.t.Helper()
	s.do("xdotool", append([]string{"key", "--clearmodifiers", "--delay", "40"}, keys...)...)
	time.Sleep(settle)
}

// settle is how long the window gets to act on a key before the next comes, as it
// would from a person.
const settle = 150 * time.Millisecond

// Type types letters and digits.
func (s *Screen) Type(words string) { s.TypeAt(words, 25*time.Millisecond) }

// TypeAt types letters and digits with a pause between two of them.
func (s *Screen) TypeAt(words string, pause time.Duration) {
	s.t.Helper()
	s.do("xdotool", "type", "--delay", strconv.FormatInt(pause.Milliseconds(), 10), words)
	time.Sleep(settle)
}

// Paste puts words on the clipboard and presses Ctrl+V: the way to enter Chinese
// without an input method.
func (s *Screen) Paste(words string) {
	s.t.Helper()
	cmd := exec.Command("xclip", "-selection", "clipboard", "-i")
	cmd.Env, cmd.Stdin = s.env(), strings.NewReader(words)
	if err := cmd.Run(); err != nil {
		s.t.Fatalf("xclip: %v", err)
	}
	s.Keys("ctrl+v")
}

// Click clicks at a place, twice for times 2.
func (s *Screen) Click(x, y, times int) {
	s.t.Helper()
	s.do("xdotool", "mousemove", strconv.Itoa(x), strconv.Itoa(y))
	time.Sleep(settle)
	s.do("xdotool", "click", "--repeat", strconv.Itoa(times), "--delay", "60", "1")
	time.Sleep(settle)
}

// Picture takes a picture of the screen. It reads the screen's own memory, which
// takes less than a millisecond.
func (s *Screen) Picture() image.Image {
	s.t.Helper()
	data, err := os.ReadFile(filepath.Join(s.memory, "Xvfb_screen0"))
	if err != nil {
		s.t.Fatal(err)
	}
	img, err := decodeXWD(data)
	if err != nil {
		s.t.Fatal(err)
	}
	return img
}

// Save writes a picture of the screen to a file.
func (s *Screen) Save(path string) {
	s.t.Helper()
	file, err := os.Create(path)
	if err == nil {
		err = errors.Join(png.Encode(file, s.Picture()), file.Close())
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// The words of an xwd header that are needed, each of four bytes, big-endian.
const (
	xwdHeaderSize = 0
	xwdWidth      = 4
	xwdHeight     = 5
	xwdBits       = 11
	xwdLine       = 12
	xwdColours    = 19
)

// decodeXWD reads a picture as Xvfb keeps it: an xwd file of 32 bits a pixel, blue
// first.
func decodeXWD(data []byte) (*image.NRGBA, error) {
	word := func(n int) int { return int(binary.BigEndian.Uint32(data[4*n:])) }
	if len(data) < 100 || word(xwdBits) != 32 {
		return nil, errors.New("not a screen of 32 bits a pixel")
	}
	img := image.NewNRGBA(image.Rect(0, 0, word(xwdWidth), word(xwdHeight)))
	pixels, line := data[word(xwdHeaderSize)+12*word(xwdColours):], word(xwdLine)
	for y := range word(xwdHeight) {
		for x := range word(xwdWidth) {
			p, q := pixels[y*line+4*x:], img.Pix[y*img.Stride+4*x:]
			q[0], q[1], q[2], q[3] = p[2], p[1], p[0], 0xFF
		}
	}
	return img, nil
}

// Until waits until a condition holds.
func (s *Screen) Until(what string, most time.Duration, holds func() bool) {
	s.t.Helper()
	for end := time.Now().Add(most); time.Now().Before(end); time.Sleep(60 * time.Millisecond) {
		if holds() {
			return
		}
	}
	path := filepath.Join(os.TempDir(), "xiangzhen-"+strings.ReplaceAll(s.t.Name(), "/", "-")+".png")
	s.Save(path)
	s.t.Fatalf("waited %v in vain until %s; the screen is in %s", most, what, path)
}

func (s *Screen) do(name string, args ...string) {
	s.t.Helper()
	if out, err := s.try(name, args...); err != nil {
		s.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}

func (s *Screen) try(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Env = s.env()
	out, err := cmd.CombinedOutput()
	return string(out), err
}
