package gui

import (
	"errors"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/native"
	"xiangzhen/model/app"
	"xiangzhen/model/pack"
)

// System is what the window asks of the operating system; native.System is the real
// one. A dialog that the system lacks answers native.ErrNone.
type System interface {
	Attach(w fyne.Window)
	Raise()
	Place() (p native.Place, ok bool)
	SetPlace(p native.Place)
	SetCaret(c native.Caret)
	NoCaret()
	Files(a native.Ask) ([]string, error)
	Folder(a native.Ask) (string, error)
	Target(a native.Ask) (string, error)
	// Idle is how long nobody has touched mouse or keyboard; known is false where the
	// system does not tell.
	Idle() (idle time.Duration, known bool)
}

var _ System = (*native.System)(nil)

// attach hands the shown window to the system: its place is that of the last time,
// and input methods learn where text is typed.
func (w *Window) attach() {
	w.system.Attach(w.win)
	if p, ok := w.memory.place(); ok {
		w.system.SetPlace(p)
	}
	kit.OnCaret = w.caretMoved
}

// caretMoved tells the system where text is typed now; nil means nowhere.
func (w *Window) caretMoved(e *kit.Entry) {
	if e == nil {
		w.system.NoCaret()
		return
	}
	canvas := w.win.Canvas()
	at, height := e.Caret()
	at = at.Add(fyne.CurrentApp().Driver().AbsolutePositionForObject(e))
	scale := canvas.Scale()
	w.system.SetCaret(native.Caret{
		X: int(at.X * scale), Y: int(at.Y * scale), Height: int(height * scale), Plain: e.Plain,
	})
}

// The kinds of files that dialogs of the system offer.
var (
	kindTables = native.Kind{Label: "表格、台账和备份", Patterns: "*.xlsx;*.xls;*.et;*.csv;*.docx;*.zip;*" + extension + ";*" + app.CarryExt + ";*" + pack.Ext}
	kindPhotos = native.Kind{Label: "照片", Patterns: "*.jpg;*.jpeg;*.png"}
	kindAll    = native.Kind{Label: "所有文件", Patterns: "*.*"}
)

// systemFiles asks for files in the system's own dialog; false where it has none.
func (w *Window) systemFiles(chosen func(paths []string)) bool {
	return w.systemAsk("选择文件", "read", chosen, kindTables, kindAll)
}

// systemMaterials asks in the same way for files to be kept with a record: photos as
// often as papers, so that all are shown first.
func (w *Window) systemMaterials(chosen func(paths []string)) bool {
	return w.systemAsk("选择照片或文件", "material", chosen, kindAll, kindPhotos)
}

// systemAsk asks for files of some kinds, and remembers their folder for a purpose.
func (w *Window) systemAsk(title, purpose string, chosen func(paths []string), kinds ...native.Kind) bool {
	paths, err := w.system.Files(native.Ask{Title: title, Start: w.lastFolder(purpose), Kinds: kinds})
	return w.answered(err, len(paths) > 0, func() {
		w.memory.setFolder(purpose, filepath.Dir(paths[0]))
		chosen(paths)
	})
}

// systemFolder asks for a folder in the same way.
func (w *Window) systemFolder(chosen func(path string)) bool {
	path, err := w.system.Folder(native.Ask{Title: "选择文件夹", Start: w.lastFolder("folder")})
	return w.answered(err, path != "", func() {
		w.memory.setFolder("folder", path)
		chosen(path)
	})
}

// systemTarget asks where to write a file in the same way; the dialog has asked
// before it answers with a file that is there.
func (w *Window) systemTarget(name string, chosen func(path string)) bool {
	path, err := w.system.Target(native.Ask{
		Title: "保存为", Start: w.lastFolder("write"), Name: name,
		Kinds: []native.Kind{{Label: "文件", Patterns: "*" + filepath.Ext(name)}, kindAll},
	})
	return w.answered(err, path != "", func() {
		w.memory.setFolder("write", filepath.Dir(path))
		chosen(path)
	})
}

// answered ends a dialog of the system: it reports whether there was one.
func (w *Window) answered(err error, chose bool, use func()) bool {
	switch {
	case errors.Is(err, native.ErrNone):
		return false
	case err != nil:
		w.presenter.Error(err)
	case chose:
		use()
	}
	return true
}
