package native

import (
	"fmt"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/windows"
)

// The dialogs are those of shobjidl_core.h, by their interfaces IFileOpenDialog and
// IFileSaveDialog. Fyne's painting goes on behind them: their own loop hands on the
// window's messages.

var (
	ole32   = windows.NewLazySystemDLL("ole32.dll")
	shell32 = windows.NewLazySystemDLL("shell32.dll")

	coCreateInstance = ole32.NewProc("CoCreateInstance")
	itemFromPath     = shell32.NewProc("SHCreateItemFromParsingName")

	classOpen  = windows.GUID{Data1: 0xDC1C5A9C, Data2: 0xE88A, Data3: 0x4DDE, Data4: [8]byte{0xA5, 0xA1, 0x60, 0xF8, 0x2A, 0x20, 0xAE, 0xF7}}
	classSave  = windows.GUID{Data1: 0xC0B4E2F3, Data2: 0xBA21, Data3: 0x4773, Data4: [8]byte{0x8D, 0xBA, 0x33, 0x5E, 0xC9, 0x46, 0xEB, 0x8B}}
	openDialog = windows.GUID{Data1: 0xD57C7288, Data2: 0xD4AD, Data3: 0x4768, Data4: [8]byte{0xBE, 0x02, 0x9D, 0x96, 0x95, 0x32, 0xD9, 0x60}}
	saveDialog = windows.GUID{Data1: 0x84BCCD23, Data2: 0x5FDE, Data3: 0x4CDB, Data4: [8]byte{0xAE, 0xA4, 0xAF, 0x64, 0xB8, 0x3D, 0x78, 0xAB}}
	shellItem  = windows.GUID{Data1: 0x43826D1E, Data2: 0xE718, Data3: 0x42EE, Data4: [8]byte{0xBC, 0x55, 0xA1, 0xE2, 0x61, 0xC3, 0x7B, 0xFE}}
)

// Methods by their place in the interfaces' tables.
const (
	release = 2

	dialogShow         = 3
	dialogSetFileTypes = 4
	dialogSetOptions   = 9
	dialogSetFolder    = 12
	dialogSetFileName  = 15
	dialogSetTitle     = 17
	dialogGetResult    = 20
	dialogSetExtension = 22
	dialogGetResults   = 27

	itemGetDisplayName = 5

	arrayGetCount  = 7
	arrayGetItemAt = 8
)

// Options of a dialog.
const (
	askBeforeReplacing = 0x2
	keepWorkFolder     = 0x8
	pickFolders        = 0x20
	onlyFiles          = 0x40 // things with a path, no libraries
	several            = 0x200
	pathMustExist      = 0x800
	fileMustExist      = 0x1000

	displayNamePath = 0x80058000 // SIGDN_FILESYSPATH
	cancelled       = 0x800704C7 // HRESULT of ERROR_CANCELLED
)

// object is a COM object: a pointer to a pointer to its table of methods.
type object struct{ table *[32]uintptr }

// call calls a method; the error is the HRESULT that it answered. What its words
// point to is kept in its place until it returns.
//
//go:uintptrescapes
func (o *object) call(method int, args ...uintptr) error {
	r, _, _ := syscall.SyscallN(o.table[method], append([]uintptr{uintptr(unsafe.Pointer(o))}, args...)...)
	if int32(r) < 0 {
		return result(uint32(r))
	}
	return nil
}

func (o *object) release() { syscall.SyscallN(o.table[release], uintptr(unsafe.Pointer(o))) }

// result is a HRESULT that says no.
type result uint32

func (r result) Error() string { return fmt.Sprintf("HRESULT %#08x", uint32(r)) }

// filterSpec is COMDLG_FILTERSPEC.
type filterSpec struct{ label, patterns *uint16 }

// Files asks for files to read; none means that the person thought better of it.
func (s *System) Files(a Ask) (paths []string, err error) {
	err = s.ask(&classOpen, &openDialog, several|pathMustExist|fileMustExist, a, func(d *object) error {
		var list *object
		if err := d.call(dialogGetResults, uintptr(unsafe.Pointer(&list))); err != nil {
			return err
		}
		defer list.release()
		paths, err = pathsOf(list)
		return err
	})
	return paths, err
}

// Folder asks for a folder; "" means that the person thought better of it.
func (s *System) Folder(a Ask) (path string, err error) {
	err = s.ask(&classOpen, &openDialog, pickFolders|pathMustExist, a, func(d *object) error {
		path, err = chosen(d)
		return err
	})
	return path, err
}

// Target asks where to write a file, and before one is replaced; "" means that the
// person thought better of it.
func (s *System) Target(a Ask) (path string, err error) {
	err = s.ask(&classSave, &saveDialog, askBeforeReplacing|pathMustExist, a, func(d *object) error {
		path, err = chosen(d)
		return err
	})
	return path, err
}

// ask shows a dialog and lets read take its answer. Where no dialog can be had the
// error is ErrNone, so that the window asks by itself.
func (s *System) ask(class, iface *windows.GUID, options uintptr, a Ask, read func(*object) error) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := windows.CoInitializeEx(0, windows.COINIT_APARTMENTTHREADED); err == nil || err == syscall.Errno(windows.S_FALSE) {
		defer windows.CoUninitialize()
	}
	const inProcess = 1 // CLSCTX_INPROC_SERVER
	var d *object
	r, _, _ := coCreateInstance.Call(uintptr(unsafe.Pointer(class)), 0, inProcess, uintptr(unsafe.Pointer(iface)), uintptr(unsafe.Pointer(&d)))
	if int32(r) < 0 || d == nil {
		return fmt.Errorf("%w: %w", ErrNone, result(uint32(r)))
	}
	defer d.release()
	if err := d.prepare(options|keepWorkFolder|onlyFiles, a); err != nil {
		return fmt.Errorf("%w: %w", ErrNone, err)
	}
	err := d.call(dialogShow, s.window)
	if err == result(cancelled) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNone, err)
	}
	return read(d)
}

// prepare gives a dialog all that it asks.
func (d *object) prepare(options uintptr, a Ask) error {
	if err := d.call(dialogSetOptions, options); err != nil {
		return err
	}
	if err := d.setWords(dialogSetTitle, a.Title); err != nil {
		return err
	}
	if err := d.setWords(dialogSetFileName, a.Name); err != nil {
		return err
	}
	if err := d.setKinds(a.Kinds, options&pickFolders != 0); err != nil {
		return err
	}
	return d.setFolder(a.Start)
}

// setWords gives a text to a method; none for "".
func (d *object) setWords(method int, words string) error {
	if words == "" {
		return nil
	}
	p, err := windows.UTF16PtrFromString(words)
	if err != nil {
		return err
	}
	defer runtime.KeepAlive(p)
	return d.call(method, uintptr(unsafe.Pointer(p)))
}

// setKinds gives the kinds of files; a dialog for folders takes none.
func (d *object) setKinds(kinds []Kind, folders bool) error {
	if len(kinds) == 0 || folders {
		return nil
	}
	specs := make([]filterSpec, len(kinds))
	for i, k := range kinds {
		var err error
		if specs[i].label, err = windows.UTF16PtrFromString(k.Label); err != nil {
			return err
		}
		if specs[i].patterns, err = windows.UTF16PtrFromString(k.Patterns); err != nil {
			return err
		}
	}
	defer runtime.KeepAlive(specs)
	if err := d.call(dialogSetFileTypes, uintptr(len(specs)), uintptr(unsafe.Pointer(&specs[0]))); err != nil {
		return err
	}
	return d.setWords(dialogSetExtension, extension(kinds[0].Patterns))
}

// setFolder shows a folder first. One that is gone is no error: the dialog then
// begins where it ended last.
func (d *object) setFolder(path string) error {
	if path == "" {
		return nil
	}
	p, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return err
	}
	var item *object
	r, _, _ := itemFromPath.Call(uintptr(unsafe.Pointer(p)), 0, uintptr(unsafe.Pointer(&shellItem)), uintptr(unsafe.Pointer(&item)))
	if int32(r) < 0 || item == nil {
		return nil
	}
	defer item.release()
	return d.call(dialogSetFolder, uintptr(unsafe.Pointer(item)))
}

// chosen is the path that was chosen in a dialog.
func chosen(d *object) (string, error) {
	var item *object
	if err := d.call(dialogGetResult, uintptr(unsafe.Pointer(&item))); err != nil {
		return "", err
	}
	defer item.release()
	return pathOf(item)
}

// pathOf is the path of a shell item.
func pathOf(item *object) (string, error) {
	var words *uint16
	if err := item.call(itemGetDisplayName, displayNamePath, uintptr(unsafe.Pointer(&words))); err != nil {
		return "", err
	}
	defer windows.CoTaskMemFree(unsafe.Pointer(words))
	return windows.UTF16PtrToString(words), nil
}

// pathsOf are the paths of an array of shell items.
func pathsOf(list *object) ([]string, error) {
	var count uint32
	if err := list.call(arrayGetCount, uintptr(unsafe.Pointer(&count))); err != nil {
		return nil, err
	}
	var paths []string
	for i := range count {
		var item *object
		if err := list.call(arrayGetItemAt, uintptr(i), uintptr(unsafe.Pointer(&item))); err != nil {
			return nil, err
		}
		path, err := pathOf(item)
		item.release()
		if err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}
