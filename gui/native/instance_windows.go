package native

import (
	"errors"
	"fmt"
	"runtime"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	createWindow   = user32.NewProc("CreateWindowExW")
	defWindowProc  = user32.NewProc("DefWindowProcW")
	dispatch       = user32.NewProc("DispatchMessageW")
	findWindow     = user32.NewProc("FindWindowExW")
	getMessage     = user32.NewProc("GetMessageW")
	postMessage    = user32.NewProc("PostMessageW")
	postQuit       = user32.NewProc("PostQuitMessage")
	registerClass  = user32.NewProc("RegisterClassExW")
	sendMessage    = user32.NewProc("SendMessageTimeoutW")
	allowForegound = user32.NewProc("AllowSetForegroundWindow")
)

const (
	messageOnly = ^uintptr(2) // HWND_MESSAGE, -3
	msgClose    = 0x0010
	msgCopyData = 0x004A

	abortIfHung = 0x0002 // SMTO_ABORTIFHUNG
)

// Instance is the one running program of a user's session.
type Instance struct {
	mutex windows.Handle
	class *uint16
	ready chan uintptr // gets the window of messages once
	take  func(words []string)
}

// patience is how long a start waits for the first one's answer.
const patience = 10 * time.Second

// Claim makes this process the one of the name. If there is one already, it gets
// the words and the Instance is nil. The folder is for other systems.
func Claim(_, name string, words []string) (*Instance, error) {
	class, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return nil, err
	}
	mutexName, err := windows.UTF16PtrFromString(`Local\` + name)
	if err != nil {
		return nil, err
	}
	mutex, err := windows.CreateMutex(nil, false, mutexName)
	if errors.Is(err, windows.ERROR_ALREADY_EXISTS) {
		return nil, errors.Join(windows.CloseHandle(mutex), hand(class, words))
	}
	if err != nil {
		return nil, fmt.Errorf("make the mutex of the one instance: %w", err)
	}
	return &Instance{mutex: mutex, class: class, ready: make(chan uintptr, 1)}, nil
}

// copyData is COPYDATASTRUCT of winuser.h.
type copyData struct {
	kind  uintptr
	size  uint32
	bytes *byte
}

// hand gives words to the running process, which may still be starting, and lets it
// come to the front.
func hand(class *uint16, words []string) error {
	data, err := pack(words)
	if err != nil {
		return err
	}
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		window, _, _ := findWindow.Call(messageOnly, 0, uintptr(unsafe.Pointer(class)), 0)
		if window == 0 {
			continue
		}
		var process uint32
		if _, err := windows.GetWindowThreadProcessId(windows.HWND(window), &process); err == nil {
			allowForegound.Call(uintptr(process))
		}
		message := copyData{size: uint32(len(data)), bytes: &data[0]}
		var answer uintptr
		sent, _, _ := sendMessage.Call(window, msgCopyData, 0, uintptr(unsafe.Pointer(&message)), abortIfHung,
			uintptr(patience.Milliseconds()), uintptr(unsafe.Pointer(&answer)))
		if sent != 0 && answer == 1 {
			return nil
		}
	}
	return ErrSilent
}

// windowClass is WNDCLASSEXW of winuser.h.
type windowClass struct {
	size, style             uint32
	procedure               uintptr
	classExtra, windowExtra int32
	instance, icon, cursor  uintptr
	background              uintptr
	menuName, className     *uint16
	smallIcon               uintptr
}

// message is MSG of winuser.h.
type message struct {
	window  uintptr
	message uint32
	w, l    uintptr
	time    uint32
	at      point
	private uint32
}

// Serve calls take with the words of every later start, one after another, until
// Close. It waits in a window of messages that nobody sees.
func (i *Instance) Serve(take func(words []string)) error {
	runtime.LockOSThread() // a window belongs to its thread
	defer runtime.UnlockOSThread()
	i.take = take
	class := windowClass{procedure: windows.NewCallback(i.receive), className: i.class}
	class.size = uint32(unsafe.Sizeof(class))
	if r, _, err := registerClass.Call(uintptr(unsafe.Pointer(&class))); r == 0 {
		return fmt.Errorf("register the window of messages: %w", err)
	}
	window, _, err := createWindow.Call(0, uintptr(unsafe.Pointer(i.class)), 0, 0, 0, 0, 0, 0, messageOnly, 0, 0, 0)
	if window == 0 {
		return fmt.Errorf("make the window of messages: %w", err)
	}
	i.ready <- window
	for {
		var m message
		r, _, err := getMessage.Call(uintptr(unsafe.Pointer(&m)), 0, 0, 0)
		switch int32(r) {
		case 0:
			return nil
		case -1:
			return fmt.Errorf("wait for messages: %w", err)
		}
		dispatch.Call(uintptr(unsafe.Pointer(&m)))
	}
}

// receive is the procedure of the window of messages.
func (i *Instance) receive(window, msg, w, l uintptr) uintptr {
	switch msg {
	case msgCopyData:
		// l is a pointer of the system's, which go vet must not take for ours.
		data := *(**copyData)(unsafe.Pointer(&l))
		if data.size == 0 {
			return 0
		}
		words, err := unpack(unsafe.Slice(data.bytes, data.size))
		if err != nil {
			return 0 // not from us
		}
		i.take(words)
		return 1
	case msgClose:
		postQuit.Call(0)
		return 0
	}
	r, _, _ := defWindowProc.Call(window, msg, w, l)
	return r
}

// Close lets another process be the one.
func (i *Instance) Close() error {
	select {
	case window := <-i.ready:
		postMessage.Call(window, msgClose, 0, 0)
	default: // Serve was never called
	}
	return windows.CloseHandle(i.mutex)
}
