package gui

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/native"
	"xiangzhen/model/app"
	"xiangzhen/model/text"
)

// Take brings the window to the front with the files that another start of the
// program was given. It may be called from anywhere.
func (w *Window) Take(paths []string) {
	w.params.Runner.Go(context.Background(), nil, nothing, func(error) { w.take(paths) })
}

func (w *Window) take(paths []string) {
	w.system.Raise()
	w.win.RequestFocus()
	if len(paths) == 0 {
		return
	}
	if w.Canvas().Overlays().Top() != nil {
		w.toaster.Say(kit.Toast{Text: "请先关掉正在显示的对话框，再打开“" + text.BaseName(paths[0]) + "”。"})
		return
	}
	ledger, others := PartLedgers(paths, w.session != nil)
	others = slices.DeleteFunc(others, w.isOpen)
	switch {
	case ledger != "" && !w.isOpen(ledger):
		w.given = others
		w.openLedger(ledger)
	case len(others) > 0:
		w.given = others
		w.takeGiven()
	}
}

// PartLedgers parts the first ledger file from the files to be read into one. A carried
// ledger (下村包) is both: it is opened where no ledger is open, else taken in.
func PartLedgers(paths []string, open bool) (ledger string, others []string) {
	isLedger := func(path string) bool {
		return strings.EqualFold(filepath.Ext(path), extension) || !open && app.IsCarried(path)
	}
	if i := slices.IndexFunc(paths, isLedger); i >= 0 {
		ledger = paths[i]
	}
	return ledger, slices.DeleteFunc(slices.Clone(paths), isLedger)
}

// isOpen reports whether the ledger in the window is that of a path.
func (w *Window) isOpen(path string) bool {
	return w.session != nil && filepath.Clean(w.session.app.Path()) == filepath.Clean(path)
}

// takeGiven takes in the files that the program was started with: whoever opens a
// workbook from its folder means no item that the window happens to show.
func (w *Window) takeGiven() {
	paths := w.given
	w.given = nil
	if len(paths) > 0 {
		w.takeIn(paths)
	}
}

// offerCrash tells that the last start ended in a crash, and where its traces are.
func (w *Window) offerCrash(note string) {
	words := kit.NewPara("上次程序意外关闭了，已保存的数据不受影响。请把文件夹里的“"+filepath.Base(note)+"”发给技术人员。",
		look.TextBody, look.Ink, false, 0)
	var d *kit.Dialog
	later := kit.NewButton("知道了", kit.ButtonPlain, func() { d.Close() })
	show := kit.NewButton("打开文件夹", kit.ButtonMain, func() {
		d.Close()
		w.reveal(filepath.Dir(note))
	})
	d = kit.ShowDialog(w.Canvas(), "上次没有正常退出", container.New(wide{460}, words), later, show)
}

// reveal shows a folder in the system's own window for files.
func (w *Window) reveal(dir string) {
	if err := native.Show(dir); err != nil {
		w.presenter.Error(err)
	}
}
