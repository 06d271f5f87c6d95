package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/look"
)

const (
	toastTime           = 6 * time.Second // long enough to read and to press 撤销
	toastHeight float32 = 40
	toastMost   float32 = 560
)

// Toast is a short word on what was done: 已并入 5 处修改, with 撤销 beside it.
type Toast struct {
	Text     string
	Action   string // "" for none
	OnAction func()
}

// Toaster is the layer of the window on which toasts appear, above its lower edge.
// It covers the window but takes no click beyond the toast itself. One toast is
// shown at a time; a new one takes the place of the old.
type Toaster struct {
	widget.BaseWidget
	after func(d time.Duration, f func()) (stop func())
	stop  func()

	box    *canvas.Rectangle
	text   *Line
	action *Button
	cross  *Button
	shown  bool
}

// NewToaster makes the layer. After is that of a task.Runner: it calls f later on
// the window's goroutine.
func NewToaster(after func(d time.Duration, f func()) (stop func())) *Toaster {
	t := &Toaster{after: after, box: canvas.NewRectangle(look.Ink), text: NewLine("", look.TextBody, look.Paper, false)}
	t.box.CornerRadius = look.ControlRadius
	t.text.Fixed = true
	t.action = NewButton("", ButtonPlain, nil)
	t.cross = NewIconButton(look.IconClose, t.Dismiss)
	t.ExtendBaseWidget(t)
	t.setShown(false)
	return t
}

// Say shows a toast for a few seconds.
func (t *Toaster) Say(toast Toast) {
	t.cancel()
	t.text.SetText(toast.Text)
	t.action.SetLabel(toast.Action)
	t.action.OnTap = func() {
		t.Dismiss()
		toast.OnAction()
	}
	t.setShown(true)
	t.stop = t.after(toastTime, t.Dismiss)
}

// Dismiss takes the toast away.
func (t *Toaster) Dismiss() {
	t.cancel()
	t.setShown(false)
}

// Text returns what is shown, or "".
func (t *Toaster) Text() string {
	if !t.shown {
		return ""
	}
	return t.text.Text()
}

func (t *Toaster) cancel() {
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
}

func (t *Toaster) setShown(shown bool) {
	t.shown = shown
	t.box.Hidden, t.text.Hidden, t.cross.Hidden = !shown, !shown, !shown
	t.action.Hidden = !shown || t.action.Label == ""
	t.Refresh()
}

// CreateRenderer shows the toast at the lower edge, in the middle.
func (t *Toaster) CreateRenderer() fyne.WidgetRenderer {
	return &Renderer{
		Objs:    []fyne.CanvasObject{t.box, t.text, t.action, t.cross},
		Arrange: t.arrange,
		Min:     func() fyne.Size { return fyne.Size{} },
		Update:  func() { t.arrange(t.Size()) },
	}
}

func (t *Toaster) arrange(s fyne.Size) {
	action, cross := float32(0), t.cross.MinSize().Width
	if t.action.Label != "" {
		action = t.action.MinSize().Width + look.GapWide
	}
	text := min(t.text.MinSize().Width, min(toastMost, s.Width-2*look.GapPage)-action-cross-3*look.GapWide)
	width := text + action + cross + 3*look.GapWide
	x, y := (s.Width-width)/2, s.Height-look.StatusHeight-look.GapPage-toastHeight
	place(t.box, x, y, width, toastHeight)
	x += look.GapPage
	placeLine(t.text, x, y, text, toastHeight)
	x += text + look.GapWide
	if action > 0 {
		place(t.action, x, y+5, action-look.GapWide, toastHeight-10)
		x += action
	}
	placeMid(t.cross, x-look.GapHair, y, toastHeight)
}
