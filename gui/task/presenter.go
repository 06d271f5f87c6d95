package task

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/model"
)

// Question is asked before something that cannot simply be undone, or that
// concerns many records at once.
type Question struct {
	Title  string
	Text   string
	Yes    string // the verb: 并入 4 个文件, 删除; never just 确定
	No     string // "" means 取消
	Danger bool   // the keyboard stands on No
}

// Long is work that shows its count while it runs and can be cancelled.
type Long struct {
	Title string
	Work  Work
	// Done gets work's error; a cancelled work comes with CodeCancelled. It shows
	// its own error or hands it to Presenter.Error.
	Done func(error)
}

// Presenter is the one place that speaks to the user from outside a page.
type Presenter interface {
	// Error shows an error as one sentence, its details one click away, and logs
	// it whole. Nil and what the user cancelled show nothing.
	Error(err error)
	// Confirm asks, and calls yes if the answer is yes.
	Confirm(q Question, yes func())
	// Long runs work; after a moment it shows count and cancel button.
	Long(l Long)
}

const (
	longGrace = 300 * time.Millisecond // shorter work shows nothing
	longTick  = 100 * time.Millisecond // how often the count is read
)

// Window is the Presenter of a real window.
type Window struct {
	win    fyne.Window
	runner Runner
	log    *slog.Logger
}

var _ Presenter = (*Window)(nil)

// NewWindow makes the presenter of win.
func NewWindow(win fyne.Window, r Runner, log *slog.Logger) *Window {
	return &Window{win: win, runner: r, log: log}
}

// Error shows err unless it is nil or the user's own cancelling.
func (w *Window) Error(err error) {
	if err == nil || cancelled(err) {
		return
	}
	details := Details(err)
	w.log.Error("shown to the user", "code", model.CodeOf(err), "error", details)
	var d *kit.Dialog
	more := kit.NewButton("详细信息", kit.ButtonPlain, func() { d.SetContent(detailsView(details)) })
	ok := kit.NewButton("知道了", kit.ButtonMain, func() { d.Close() })
	d = kit.ShowDialog(w.win.Canvas(), "没有完成", kit.NewPara(model.Sentence(err), look.TextBody, look.Ink, false, 0), more, ok)
}

// detailsView shows the causes of an error, to be read out to a technician.
func detailsView(details string) fyne.CanvasObject {
	label := widget.NewLabel(details)
	label.Wrapping = fyne.TextWrapBreak
	label.Selectable = true
	scroll := container.NewVScroll(label)
	scroll.SetMinSize(fyne.NewSize(480, 180))
	return scroll
}

// cancelled reports whether err says that the user stopped the work.
func cancelled(err error) bool {
	return errors.Is(err, context.Canceled) || model.CodeOf(err) == model.CodeCancelled
}

// Details writes an error with all its causes, one a line, each once.
func Details(err error) string {
	out := ""
	for last := ""; err != nil; err = errors.Unwrap(err) {
		if text := err.Error(); text != last {
			out += fmt.Sprintln(text)
			last = text
		}
	}
	return out
}

// Confirm asks q.
func (w *Window) Confirm(q Question, yes func()) {
	if q.No == "" {
		q.No = "取消"
	}
	var d *kit.Dialog
	no := kit.NewButton(q.No, kit.ButtonPlain, func() { d.Close() })
	act := kit.NewButton(q.Yes, kit.ButtonMain, func() { d.Close(); yes() })
	d = kit.ShowDialog(w.win.Canvas(), q.Title, kit.NewPara(q.Text, look.TextBody, look.Ink, false, 0), no, act)
	if q.Danger {
		w.win.Canvas().Focus(no)
	}
}

// Long runs l.Work on the runner.
func (w *Window) Long(l Long) {
	ctx, cancel := context.WithCancel(context.Background())
	run := &longRun{w: w, title: l.Title, progress: new(Progress), cancel: cancel}
	run.stop = w.runner.After(longGrace, run.show)
	w.runner.Go(ctx, run.progress, l.Work, func(err error) {
		run.end()
		cancel()
		l.Done(asCancelled(err))
	})
}

// asCancelled gives a context's error the code of a cancelled work.
func asCancelled(err error) error {
	if errors.Is(err, context.Canceled) && model.CodeOf(err) == model.CodeInternal {
		return model.Wrap(err, model.CodeCancelled, "已停止，没有改动数据。")
	}
	return err
}

// longRun is a piece of long work while it runs.
type longRun struct {
	w        *Window
	title    string
	progress *Progress
	cancel   context.CancelFunc
	stop     func() // of the next look at the count
	dialog   *kit.Dialog
	words    *kit.Line
	meter    *kit.Meter
	button   *kit.Button
}

// show opens the dialog with the count.
func (r *longRun) show() {
	r.words = kit.NewNote("")
	r.meter = kit.NewMeter(0, look.Bar)
	r.button = kit.NewButton("停止", kit.ButtonPlain, r.askStop)
	r.dialog = kit.ShowDialog(r.w.win.Canvas(), r.title, container.NewVBox(r.meter, r.words), r.button)
	r.dialog.OnEscape = r.askStop
	r.tick()
}

// tick reads the count and comes again.
func (r *longRun) tick() {
	s := r.progress.State()
	r.words.SetText(s.String())
	r.meter.SetShare(float32(max(0, s.Share())))
	r.stop = r.w.runner.After(longTick, r.tick)
}

// askStop cancels the work; the dialog stays until the work has ended.
func (r *longRun) askStop() {
	r.cancel()
	r.button.SetLabel("正在停止…")
	r.button.Disable()
}

// end takes the dialog away.
func (r *longRun) end() {
	r.stop()
	if r.dialog != nil {
		r.dialog.Close()
	}
}
