//go:build x11 || windows || darwin

// Command xiangzhen is the window of 乡振台账. It finds its folders, starts the
// log, and hands all else to package gui.
//
// It needs cgo, OpenGL and X11, and on Linux the build tag x11 (Fyne would choose
// Wayland, which has no input methods); so that everything else can be vetted and
// tested on a bare machine, the file is left out without the tag.
package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"

	"fyne.io/fyne/v2/app"
	"github.com/alecthomas/kong"

	"xiangzhen/gui"
	"xiangzhen/gui/look"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	ledger "xiangzhen/model/app"
)

// id names the program to the system: its preferences lie under it.
const id = "cn.xiangzhen.ledger"

// flags of the command line. Only the first is for users: a double click on a
// ledger file hands it over.
type flags struct {
	DB     string `arg:"" optional:"" help:"台账文件"`
	Today  string `help:"按这一天办理（测试用）"`
	As     string `help:"以谁的名义操作：姓名[@单位]"`
	Folder string `help:"新台账放在哪个文件夹"`
}

func main() {
	var f flags
	kong.Parse(&f, kong.Name("xiangzhen"), kong.Description("乡振台账"))
	if err := run(f); err != nil {
		fmt.Fprintln(os.Stderr, model.Sentence(err))
		os.Exit(1)
	}
}

// gcPercent keeps the heap small: township PCs have little memory, and what the
// window allocates is short-lived.
const gcPercent = 50

// run shows the window until it is closed.
func run(f flags) error {
	debug.SetGCPercent(gcPercent)
	if err := hasDisplay(); err != nil {
		return err
	}
	today, err := day(f.Today)
	if err != nil {
		return err
	}
	log, closeLog, err := openLog()
	if err != nil {
		return err
	}
	defer closeLog()
	if err := look.SpeakChinese(); err != nil {
		return err
	}
	if err := chooseGL(); err != nil {
		return err
	}
	a := app.NewWithID(id)
	w, err := gui.New(gui.Params{
		App: a, Runner: task.Async{}, Log: log, Folder: folder(f.Folder),
		Options: ledger.Options{Path: f.DB, Today: today, As: f.As, Origin: "window"},
	})
	if err != nil {
		return err
	}
	w.Start()
	a.Run()
	return nil
}

// day reads a day; "" is none.
func day(words string) (model.Day, error) {
	if words == "" {
		return "", nil
	}
	d, ok := model.ParseDay(words)
	if !ok {
		return "", model.Errorf(model.CodeUsage, "日期“%s”看不懂，应写成 2026-11-22。", words)
	}
	return d, nil
}

// folder is where new ledgers are proposed: 乡振台账 in the user's documents.
func folder(given string) string {
	if given != "" {
		return given
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return gui.Name
	}
	return filepath.Join(home, gui.Name)
}

// openLog opens the log file beside the program's settings; a graphical program
// has no other way to tell what went wrong.
func openLog() (*slog.Logger, func(), error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return slog.New(slog.NewTextHandler(io.Discard, nil)), func() {}, nil
	}
	dir = filepath.Join(dir, id)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, nil, model.Wrap(err, model.CodeReadOnly, "不能写日志到“%s”，请检查磁盘是否已满或只读。", dir)
	}
	file, err := os.OpenFile(filepath.Join(dir, "xiangzhen.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, nil, model.Wrap(err, model.CodeReadOnly, "不能写日志到“%s”，请检查磁盘是否已满或只读。", dir)
	}
	return slog.New(slog.NewTextHandler(file, nil)), func() { file.Close() }, nil
}
