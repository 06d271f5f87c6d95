//go:build x11 || windows || darwin

// Command xiangzhen is the window of 乡振台账. It finds its folders, starts the
// log, makes sure that it is the only one and that the PC can draw, and hands all
// else to package gui.
//
// It needs cgo, OpenGL and X11, and on Linux the build tag x11 (Fyne would choose
// Wayland, which has no input methods); so that everything else can be vetted and
// tested on a bare machine, the file is left out without the tag.
package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2/app"
	"github.com/alecthomas/kong"

	"xiangzhen/cmd/xiangzhen/record"
	"xiangzhen/gui"
	"xiangzhen/gui/look"
	"xiangzhen/gui/native"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	ledger "xiangzhen/model/app"
)

// id names the program to the system: its preferences lie under it.
const id = "cn.xiangzhen.ledger"

// version is set by the linker.
var version = "dev"

// flags of the command line. Only the first is for users: a double click on a
// ledger file or 打开方式 of a workbook hands it over.
type flags struct {
	Files  []string `arg:"" optional:"" help:"台账文件，或要读入的工作簿"`
	Today  string   `help:"按这一天办理（测试用）"`
	As     string   `help:"以谁的名义操作：姓名[@单位]"`
	Folder string   `help:"新台账放在哪个文件夹"`
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == probeFlag {
		os.Exit(probe())
	}
	ledger.LimitMemory()
	dirs := findDirs()
	rec, err := record.Open(dirs.record)
	if err != nil {
		err = model.Wrap(err, model.CodeReadOnly, "不能写日志到“%s”，请检查磁盘是否已满或只读。", dirs.record)
		native.Complain(gui.Name, model.Sentence(err))
		os.Exit(1)
	}
	if err := start(rec, dirs); err != nil {
		rec.Logger().Error("start", "error", err)
		native.Complain(gui.Name, model.Sentence(err)+"\n\n日志在："+rec.Dir())
		os.Exit(1)
	}
}

// start reads the command line and shows the window until it is closed, unless
// another start of this user is there: that one then takes the files.
func start(rec *record.Record, dirs dirs) error {
	f, err := parse(os.Args[1:])
	if err != nil {
		return err
	}
	one, err := native.Claim(rec.Dir(), id, f.Files)
	if err != nil {
		return model.Wrap(err, model.CodeLocked, "程序已经开着，但没有回应。请先关掉它；如果看不到窗口，请重启电脑再试。")
	}
	if one == nil {
		return nil
	}
	defer closing(rec.Logger(), one.Close)
	crash, err := rec.WatchCrashes()
	if err != nil {
		return model.Wrap(err, model.CodeReadOnly, "不能写崩溃记录到“%s”，请检查磁盘是否已满或只读。", rec.Dir())
	}
	defer closing(rec.Logger(), rec.Close)
	return run(f, dirs, rec, one, crash)
}

// closing closes at the end; an error has nobody left but the log.
func closing(log *slog.Logger, c func() error) {
	if err := c(); err != nil {
		log.Error("close", "error", err)
	}
}

// run shows the window until it is closed.
func run(f flags, dirs dirs, rec *record.Record, one *native.Instance, crash string) error {
	today, err := day(f.Today)
	if err != nil {
		return err
	}
	screen, err := checkScreen(rec)
	if err != nil {
		return err
	}
	if err := look.SpeakChinese(); err != nil {
		return err
	}
	a := app.NewWithID(id)
	path, files := gui.PartLedgers(f.Files, false)
	w, err := gui.New(gui.Params{
		App: a, Runner: task.Async{}, Log: rec.Logger(), Folder: dirs.ledgers(f.Folder),
		Files: files, Crash: crash, System: native.New(), Ending: func() { endFor(rec, one) },
		Options: ledger.Options{Path: path, Today: today, As: f.As, Origin: "window"},
	})
	if err != nil {
		return err
	}
	w.Start()
	if !w.Shown() {
		return errNoScreen()
	}
	if err := rec.Started(screen); err != nil {
		rec.Logger().Error("start", "error", err) // the next start probes again
	}
	go func() {
		if err := one.Serve(w.Take); err != nil {
			rec.Logger().Error("serve", "error", err)
		}
	}()
	a.Run()
	return nil
}

// lastWait is how long Fyne may take to end once the ledger is closed.
const lastWait = 3 * time.Second

// endFor ends the program where Fyne does not: an event that comes while its loop ends
// may wait for ever for the loop to take it (fyne 2.8.1, runOnMainWithWait against the
// draining of funcQueue in runGL). A program left over like that would be asked for by
// every later start, and none would show a window.
func endFor(rec *record.Record, one *native.Instance) {
	time.AfterFunc(lastWait, func() {
		rec.Logger().Warn("ended by force: the window's loop did not end")
		closing(rec.Logger(), one.Close)
		closing(rec.Logger(), rec.Close)
		os.Exit(0)
	})
}

// parse reads the command line. Files become absolute: another process may open them.
func parse(args []string) (f flags, err error) {
	parser, err := kong.New(&f, kong.Name("xiangzhen"), kong.Description("乡振台账"))
	if err != nil {
		return f, err
	}
	if _, err := parser.Parse(args); err != nil {
		return f, model.Wrap(err, model.CodeUsage, "命令写得不对：%v。", err)
	}
	for i, path := range f.Files {
		if f.Files[i], err = filepath.Abs(path); err != nil {
			return f, model.Wrap(err, model.CodeUsage, "找不到“%s”，请检查路径。", path)
		}
	}
	return f, nil
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
