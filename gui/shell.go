package gui

import (
	"log/slog"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/native"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model/app"
)

// Name is what the program is called wherever it names itself.
const Name = "乡振台账"

// Params say what a window is made of.
type Params struct {
	// App is made by the caller: only cmd chooses a driver.
	App    fyne.App
	Runner task.Runner
	Log    *slog.Logger
	// Options are those of every ledger that is opened; Path is the first one, ""
	// for the last one used or else the first start.
	Options app.Options
	// Folder is where new ledgers and backups are proposed.
	Folder string
	// Files are workbooks that the program was started with.
	Files []string
	// Crash is the file with the traces of the last start's crash, "" for none.
	Crash string
	// Ending, if not nil, is called once the ledger is closed, before the window is.
	Ending func()
	// System is the operating system; nil for one that has no dialogs of its own.
	System System
}

// Window is the program's one window.
type Window struct {
	params    Params
	win       fyne.Window
	presenter task.Presenter
	toaster   *kit.Toaster
	desk      *page.Desk
	gate      *task.Gate // before the runner that Params gave
	behind    *locked    // what the lock hides; nil where the window is not locked
	memory    memory
	system    System
	given     []string // files that wait for a ledger to be open

	rail   *rail
	top    *topBar
	status *statusLine
	stage  *fyne.Container // holds the page at the front
	strip  *strip          // above it: whose the page's ledgers are

	session *session  // nil before a ledger is open
	doors   page.Page // the first start, nil if it was never shown
}

// New makes the window without showing it. Nothing is opened before Start.
func New(p Params) (*Window, error) {
	gate := task.NewGate(p.Runner)
	p.Runner = gate
	w := &Window{params: p, gate: gate, memory: memory{p.App.Preferences()}, system: p.System, given: p.Files}
	if w.system == nil {
		w.system = native.New()
	}
	if err := applyScale(p.App, w.memory.scale()); err != nil {
		return nil, err
	}
	w.win = p.App.NewWindow(Name)
	look.OpenFaces()
	w.presenter = task.NewWindow(w.win, p.Runner, p.Log)
	w.toaster = kit.NewToaster(p.Runner.After)
	w.desk = w.newDesk()
	w.rail = newRail(func(n page.Name) { w.open(page.Route{Page: n}) })
	w.top = newTopBar(topCalls{search: w.search, undo: w.undo, redo: w.redo, period: w.choosePeriod, user: w.switchUser})
	w.status = newStatusLine()
	w.stage, w.strip = container.NewStack(), newStrip()
	w.win.SetContent(w.content())
	w.win.SetMainMenu(w.menu())
	w.win.SetPadded(false)
	w.win.Resize(w.memory.size())
	w.win.SetOnDropped(w.dropped)
	w.win.SetCloseIntercept(w.quit)
	w.keys()
	return w, nil
}

// content lays out the frame: top bar, rail, page, status line, and the layer of
// toasts over all of it.
func (w *Window) content() fyne.CanvasObject {
	ground := canvas.NewRectangle(look.Page)
	frame := container.New(&frameLayout{w.rail}, w.top, w.rail, w.stage, w.status, w.strip.Container)
	return container.NewStack(ground, frame, container.New(layout.NewStackLayout(), w.toaster))
}

// newDesk makes what pages get of the window.
func (w *Window) newDesk() *page.Desk {
	return &page.Desk{
		Runner:    w.params.Runner,
		Presenter: w.presenter,
		Canvas:    w.win.Canvas,
		Say:       w.toaster.Say,
		Open:      w.open,
		Status:    func(words string) { w.status.setLeft(words) },
		Undo:      w.undoOperation,
		Copy:      w.params.App.Clipboard().SetContent,
		Reveal:    w.reveal,
		Folder:    w.chooseFolder,
		Files:     w.chooseFiles,
		Materials: w.chooseMaterials,
		Save:      w.chooseTarget,
	}
}

// Start shows the window and opens the ledger named in Params, else the one used
// last; without one it shows the first start.
func (w *Window) Start() {
	path := w.params.Options.Path
	if path == "" {
		path = w.memory.lastLedger()
	}
	if path == "" {
		w.firstStart()
		w.takeGiven()
	}
	w.win.Show()
	w.attach()
	w.watchIdle()
	if path != "" {
		w.openLedger(path) // not before: it would slow down the making of the window
	}
	if w.params.Crash != "" {
		w.offerCrash(w.params.Crash)
	}
}

// Shown reports whether the system has drawn the window. Without OpenGL there is
// none after Start, and Fyne says so to nobody.
func (w *Window) Shown() bool { return native.Shown(w.win) }

// Canvas is the window's canvas, for tests.
func (w *Window) Canvas() fyne.Canvas { return w.win.Canvas() }

// quit remembers the window's place and closes the ledger.
func (w *Window) quit() { w.parting(w.end) }

// end remembers the window's place and ends the program.
func (w *Window) end() {
	w.memory.setSize(w.win.Canvas().Size())
	if p, ok := w.system.Place(); ok {
		w.memory.setPlace(p)
	}
	w.closeSession()
	if w.params.Ending != nil {
		w.params.Ending()
	}
	w.win.Close()
}

// show brings an object to the front of the stage.
func (w *Window) show(o fyne.CanvasObject) {
	if w.shows(o) {
		return
	}
	w.win.Canvas().Unfocus()
	w.stage.Objects = []fyne.CanvasObject{o}
	w.stage.Refresh()
}

// shows reports whether an object is at the front of the stage.
func (w *Window) shows(o fyne.CanvasObject) bool {
	return len(w.stage.Objects) == 1 && w.stage.Objects[0] == o
}

// setTitle names the ledger in the window's frame.
func (w *Window) setTitle(path string) {
	if path == "" {
		w.win.SetTitle(Name)
		return
	}
	base := filepath.Base(path)
	w.win.SetTitle(base[:len(base)-len(filepath.Ext(base))] + " - " + Name)
}

// frameLayout places top bar, rail, page and status line.
type frameLayout struct{ rail *rail }

// narrow is the width under which the rail shrinks to icons.
const narrow float32 = 1180

// MinSize is what the smallest screen leaves: every page is made to fit.
func (l *frameLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(page.Least.Width, page.Least.Height)
}

// Layout places them: the strip, while it is shown, above the page.
func (l *frameLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.rail.setSmall(s.Width < narrow)
	left := l.rail.width()
	middle := s.Height - look.TopBarHeight - look.StatusHeight
	put(o[0], 0, 0, s.Width, look.TopBarHeight)
	put(o[1], 0, look.TopBarHeight, left, middle)
	top := look.TopBarHeight
	if o[4].Visible() {
		put(o[4], left, top, s.Width-left, stripHeight)
		top, middle = top+stripHeight, middle-stripHeight
	}
	put(o[2], left, top, s.Width-left, middle)
	put(o[3], 0, s.Height-look.StatusHeight, s.Width, look.StatusHeight)
}

// put moves and sizes an object.
func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}
