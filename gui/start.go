package gui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"xiangzhen/gui/page"
	"xiangzhen/gui/page/start"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// extension is that of ledger files.
const extension = ".xzdb"

// demoUnit is the township as which the sample county is seen.
const demoUnit = "甲镇"

// firstStart shows the doors by which a clerk comes in.
func (w *Window) firstStart() {
	w.setTitle("")
	p := start.New(w.desk, start.Params{
		Recent:  w.memory.recent(),
		Demo:    w.demo,
		Create:  w.create,
		Open:    w.openLedger,
		Restore: w.restoreNew,
		Import:  w.importNew,
	})
	w.doors = p
	w.show(p.Content())
	p.Show(page.Route{})
}

// newLedger leads to the doors from an open ledger.
func (w *Window) newLedger() {
	w.closeSession()
	w.firstStart()
}

// openOther asks for a ledger file.
func (w *Window) openOther() {
	w.chooseFiles(func(paths []string) { w.openLedger(paths[0]) })
}

// demo opens the sample county in a file of its own.
func (w *Window) demo() {
	w.make(w.freePath("演示 "+demoUnit), func(ctx context.Context, o app.Options) (*app.App, error) {
		return app.CreateDemo(ctx, o, demoUnit, 1)
	})
}

// create makes a new ledger as the clerk has described it.
func (w *Window) create(s app.Setup) {
	w.make(w.freePath(s.Unit), func(ctx context.Context, o app.Options) (*app.App, error) {
		return app.CreateWith(ctx, o, s)
	})
}

// importNew takes a workbook into a new ledger that has no unit yet.
func (w *Window) importNew(path string) {
	w.make(w.freePath("我的台账"), func(ctx context.Context, o app.Options) (*app.App, error) {
		return app.CreateFrom(ctx, o, path)
	})
}

// restoreNew puts a backup in a new place and opens it.
func (w *Window) restoreNew(backup string) {
	w.make(w.freePath("恢复的台账"), func(ctx context.Context, o app.Options) (*app.App, error) {
		if _, err := app.Restore(ctx, o, backup); err != nil {
			return nil, err
		}
		return app.Open(ctx, o)
	})
}

// make opens what get makes at a path.
func (w *Window) make(path string, get func(context.Context, app.Options) (*app.App, error)) {
	o := w.params.Options
	o.Path = path
	w.enter(func(ctx context.Context) (*app.App, error) {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, model.Wrap(err, model.CodeReadOnly, "不能在“%s”里新建文件，请检查磁盘是否已满或只读。", filepath.Dir(path))
		}
		return get(ctx, o)
	})
}

// freePath is a path for a new ledger in the program's folder that nothing stands
// at yet: 甲镇.xzdb, 甲镇 2.xzdb.
func (w *Window) freePath(name string) string {
	for n := 1; ; n++ {
		path := filepath.Join(w.params.Folder, name+extension)
		if n > 1 {
			path = filepath.Join(w.params.Folder, fmt.Sprintf("%s %d%s", name, n, extension))
		}
		if _, err := os.Stat(path); os.IsNotExist(err) {
			return path
		}
	}
}

// restore puts a backup in the place of the open ledger.
func (w *Window) restore(backup string) {
	o := w.params.Options
	o.Path = w.session.app.Path()
	w.enter(func(ctx context.Context) (*app.App, error) {
		if _, err := app.Restore(ctx, o, backup); err != nil {
			return nil, err
		}
		return app.Open(ctx, o)
	})
}

// backup makes a backup now.
func (w *Window) backup() {
	if w.session == nil {
		return
	}
	a := w.session.app
	w.presenter.Long(task.Long{
		Title: "备份",
		Work: func(ctx context.Context, _ *task.Progress) error {
			_, err := a.Backup(ctx, "")
			return err
		},
		Done: func(err error) {
			if err != nil {
				w.presenter.Error(err)
				return
			}
			w.desk.Done("已备份并核对。", 0)
			w.refreshHeads()
		},
	})
}
