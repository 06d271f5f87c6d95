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
	w.parting(func() {
		w.closeSession()
		w.firstStart()
	})
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

// create makes a new ledger as the clerk has described it, and locks it where a
// password was given.
func (w *Window) create(s app.Setup, password string) {
	path := w.freePath(s.Unit)
	if password == "" {
		w.make(path, func(ctx context.Context, o app.Options) (*app.App, error) { return app.CreateWith(ctx, o, s) })
		return
	}
	o := w.params.Options
	o.Path = path
	w.enter(w.relocking(o, password, func(ctx context.Context, o app.Options) (app.LockDone, error) {
		if err := makeFolder(path); err != nil {
			return app.LockDone{}, err
		}
		a, err := app.CreateWith(ctx, o, s)
		if err == nil {
			err = a.Close()
		}
		if err != nil {
			return app.LockDone{}, err
		}
		return app.SetLock(ctx, o, password)
	}, w.codeMade))
}

// importNew takes a workbook into a new ledger that has no unit yet.
func (w *Window) importNew(path string) {
	w.make(w.freePath("我的台账"), func(ctx context.Context, o app.Options) (*app.App, error) {
		return app.CreateFrom(ctx, o, path)
	})
}

// restoreNew puts a backup in a new place and opens it.
func (w *Window) restoreNew(backup string) {
	o := w.params.Options
	o.Path = w.freePath("恢复的台账")
	w.enter(w.restoring(o, backup))
}

// restoring is the entrance through a backup: it takes the ledger's place once, and
// is opened then, by its own password where it has one. A restore that was refused
// leaves the ledger that is there open, and says why; files that were not found again
// are named.
func (w *Window) restoring(o app.Options, backup string) entrance {
	var back app.Restored
	var files app.FilesReport
	var refused error
	done := false
	return entrance{options: o, get: func(ctx context.Context, o app.Options) (*app.App, error) {
		if !done {
			if err := makeFolder(o.Path); err != nil {
				return nil, err
			}
			var err error
			if back, err = app.Restore(ctx, o, backup); model.CodeOf(err) == model.CodePassword {
				return nil, err
			}
			done, refused = true, err
		}
		a, err := app.Open(ctx, o)
		switch {
		case err != nil && refused != nil:
			return nil, refused
		case err == nil && refused == nil:
			if files, err = a.BringFiles(ctx, backup); err == nil {
				err = app.LostFiles(files)
			}
			refused, err = err, nil // the ledger is back all the same
		}
		return a, err
	}, then: func() {
		w.presenter.Error(refused)
		if files.Brought > 0 {
			w.desk.Done(fmt.Sprintf("已恢复，带回附件 %d 个", files.Brought), 0)
		}
		if back.Unlocked {
			w.offerLock("这份备份是设密码以前的，台账现在没有密码，请重新设置。")
		}
	}}
}

// make opens what get makes at a path.
func (w *Window) make(path string, get func(context.Context, app.Options) (*app.App, error)) {
	o := w.params.Options
	o.Path = path
	w.enter(entrance{options: o, get: func(ctx context.Context, o app.Options) (*app.App, error) {
		if err := makeFolder(path); err != nil {
			return nil, err
		}
		return get(ctx, o)
	}})
}

// makeFolder makes the folder that a new ledger goes into.
func makeFolder(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return model.Wrap(err, model.CodeReadOnly, "不能在“%s”里新建文件，请检查磁盘是否已满或只读。", filepath.Dir(path))
	}
	return nil
}

// freePath is a path for a new ledger in the program's folder that nothing stands
// at yet: 甲镇.xzdb, 甲镇 2.xzdb.
func (w *Window) freePath(name string) string {
	for n := 1; ; n++ {
		path := filepath.Join(w.params.Folder, name+extension)
		if n > 1 {
			path = filepath.Join(w.params.Folder, fmt.Sprintf("%s %d%s", name, n, extension))
		}
		if _, err := os.Stat(path); err != nil { // not there, or nowhere to be made: opening says why
			return path
		}
	}
}

// restore puts a backup in the place of the open ledger.
func (w *Window) restore(backup string) {
	w.enter(w.restoring(w.sameLedger(), backup))
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
