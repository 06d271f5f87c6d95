package gui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
)

// pathQuestion asks for a path: typed or pasted, or chosen in Fyne's dialog.
type pathQuestion struct {
	title, yes string
	purpose    string // under which the folder is remembered
	proposed   string // "" for the folder used last
	check      func(path string) error
	browse     func(start string, chosen func(path string))
}

// chooseFolder asks for a folder that is there, or makes it.
func (w *Window) chooseFolder(chosen func(path string)) {
	if w.systemFolder(chosen) {
		return
	}
	w.askPath(pathQuestion{
		title: "选择文件夹", yes: "用这个文件夹", purpose: "folder",
		check: func(path string) error {
			if err := os.MkdirAll(path, 0o755); err != nil {
				return model.Wrap(err, model.CodeNotFound, "这个文件夹用不了，请检查路径或换一个。")
			}
			return nil
		},
		browse: w.browseFolder,
	}, chosen)
}

// chooseFiles asks for a file or a folder of files to read.
func (w *Window) chooseFiles(chosen func(paths []string)) {
	if w.systemFiles(chosen) {
		return
	}
	w.askPath(pathQuestion{title: "选择文件或文件夹", yes: "读取", purpose: "read", check: mustExist, browse: w.browseFile},
		func(path string) { chosen([]string{path}) })
}

// chooseMaterials asks for files of any kind to be kept with a record.
func (w *Window) chooseMaterials(chosen func(paths []string)) {
	if w.systemMaterials(chosen) {
		return
	}
	w.askPath(pathQuestion{title: "选择照片或文件", yes: "添加", purpose: "material", check: mustExist, browse: w.browseFile},
		func(path string) { chosen([]string{path}) })
}

// chooseTarget asks where to write a file; it proposes name in the folder used last.
func (w *Window) chooseTarget(name string, chosen func(path string)) {
	if w.systemTarget(name, chosen) {
		return
	}
	w.askPath(pathQuestion{
		title: "保存为", yes: "保存", purpose: "write",
		proposed: filepath.Join(w.lastFolder("write"), name),
		check:    func(path string) error { return mustExist(filepath.Dir(path)) },
		browse: func(start string, set func(string)) {
			w.browseFolder(filepath.Dir(start), func(dir string) { set(filepath.Join(dir, filepath.Base(start))) })
		},
	}, func(path string) { w.confirmReplace(path, func() { chosen(path) }) })
}

// confirmReplace asks before a file is written over.
func (w *Window) confirmReplace(path string, yes func()) {
	if _, err := os.Stat(path); err != nil {
		yes()
		return
	}
	w.presenter.Confirm(task.Question{Title: "替换文件", Text: "“" + filepath.Base(path) + "”已经有了，替换后原文件找不回来。", Yes: "替换", Danger: true}, yes)
}

func mustExist(path string) error {
	if _, err := os.Stat(path); err != nil {
		return model.Wrap(err, model.CodeNotFound, "找不到“%s”，请检查路径。", path)
	}
	return nil
}

// lastFolder is where files of a purpose were last. What goes out to the villages
// is proposed a folder of its own, so that it does not lie among the ledgers.
func (w *Window) lastFolder(purpose string) string {
	if dir := w.memory.folder(purpose); dir != "" {
		return dir
	}
	if purpose == "folder" {
		return filepath.Join(w.params.Folder, "表格")
	}
	return w.params.Folder
}

// askPath shows the question; chosen gets a path that passed its check.
func (w *Window) askPath(q pathQuestion, chosen func(path string)) {
	if q.proposed == "" {
		q.proposed = w.lastFolder(q.purpose)
	}
	entry := kit.NewEntry("可以粘贴路径")
	entry.SetTextToEnd(q.proposed)
	field := kit.NewField("路径", true, "", entry)
	entry.OnChanged = func(string) { field.SetProblem("") }
	var d *kit.Dialog
	accept := func() {
		path := cleanPath(entry.Text)
		if err := q.check(path); err != nil {
			field.SetProblem(model.Sentence(err))
			return
		}
		d.Close()
		w.memory.setFolder(q.purpose, folderOf(path))
		chosen(path)
	}
	entry.OnKey = func(e *fyne.KeyEvent) bool {
		if e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
			accept()
			return true
		}
		return false
	}
	browse := kit.NewButton("浏览…", kit.ButtonPlain, func() { q.browse(cleanPath(entry.Text), entry.SetTextToEnd) })
	browse.Icon = look.IconFolder
	cancel := kit.NewButton("取消", kit.ButtonPlain, func() { d.Close() })
	d = kit.ShowDialog(w.win.Canvas(), q.title, container.New(wide{520}, field), browse, cancel, kit.NewButton(q.yes, kit.ButtonMain, accept))
	w.win.Canvas().Focus(entry)
}

// cleanPath takes off the quotes that Windows puts around a copied path.
func cleanPath(s string) string {
	return filepath.Clean(strings.Trim(strings.TrimSpace(s), `"'“”`))
}

// folderOf is the path itself if it is a folder, else the one it lies in.
func folderOf(path string) string {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return path
	}
	return filepath.Dir(path)
}

func (w *Window) browseFolder(start string, chosen func(string)) {
	d := dialog.NewFolderOpen(func(uri fyne.ListableURI, err error) {
		if err != nil {
			w.presenter.Error(err)
		} else if uri != nil {
			chosen(uri.Path())
		}
	}, w.win)
	w.openAt(d, start)
}

func (w *Window) browseFile(start string, chosen func(string)) {
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err != nil {
			w.presenter.Error(err)
			return
		}
		if file == nil {
			return
		}
		path := file.URI().Path()
		if err := file.Close(); err != nil {
			w.presenter.Error(err)
			return
		}
		chosen(path)
	}, w.win)
	w.openAt(d, start)
}

// openAt shows a file dialog in a folder, or wherever Fyne begins if that is gone.
func (w *Window) openAt(d *dialog.FileDialog, start string) {
	if uri, err := storage.ListerForURI(storage.NewFileURI(folderOf(start))); err == nil {
		d.SetLocation(uri)
	}
	d.Resize(fyne.NewSize(820, 500))
	d.Show()
}

// dropped takes in what was dropped on the window: what the page at the front has a
// use for is its own; forms that went out and come back are collected, all other
// files imported; before a ledger is open it is whatever the
// first start makes of it. What is in the files decides, not their names.
func (w *Window) dropped(_ fyne.Position, uris []fyne.URI) {
	paths := make([]string, len(uris))
	for i, u := range uris {
		paths[i] = u.Path()
	}
	if w.session != nil && w.takenInFront(paths) {
		return
	}
	w.takeIn(paths)
}

// takenInFront gives files that were let go over the page at the front to that page,
// where it is clear what they are for.
func (w *Window) takenInFront(paths []string) bool {
	if w.session.front.Page == page.Filling {
		w.open(page.Route{Page: page.Filling, Paths: paths})
		return true
	}
	t, ok := w.session.pages[w.session.front.Page].(page.Taker)
	return ok && t.Take(paths)
}

// takeIn opens the page that files belong to by what is in them.
func (w *Window) takeIn(paths []string) {
	if w.session == nil {
		if w.doors == nil || !w.shows(w.doors.Content()) {
			w.firstStart() // a password is asked for there
		}
		w.doors.Show(page.Route{Paths: paths})
		return
	}
	a := w.session.app
	var returns, others []string
	w.presenter.Long(task.Long{Title: "识别文件", Work: func(ctx context.Context, _ *task.Progress) (err error) {
		returns, others, err = a.SortFiles(ctx, paths)
		return err
	}, Done: func(err error) {
		if err != nil {
			w.presenter.Error(err)
			return
		}
		w.openDropped(returns, others)
	}})
}

// openDropped opens the page for what was dropped. Where both kinds lie together the
// returns go first, and one click goes on to the others.
func (w *Window) openDropped(returns, others []string) {
	to := page.Route{Page: page.Import, Paths: others}
	if len(returns) == 0 {
		w.open(to)
		return
	}
	w.open(page.Route{Page: page.Reports, Act: page.Collect, Paths: returns})
	if len(others) > 0 {
		w.toaster.Say(kit.Toast{Text: fmt.Sprintf("另有 %d 个文件不是上报表。", len(others)), Action: "去导入", OnAction: func() { w.open(to) }})
	}
}

// wide gives its one object a least width.
type wide struct{ width float32 }

// MinSize is the object's, widened.
func (l wide) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	return fyne.NewSize(max(m.Width, l.width), m.Height)
}

// Layout fills the room.
func (l wide) Layout(o []fyne.CanvasObject, s fyne.Size) { put(o[0], 0, 0, s.Width, s.Height) }
