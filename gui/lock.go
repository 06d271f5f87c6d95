package gui

import (
	"context"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/settings"
	"xiangzhen/gui/task"
	"xiangzhen/model"
)

// passwordForm asks for a password: when a ledger is opened, and to end the lock.
type passwordForm struct {
	object fyne.CanvasObject
	entry  *kit.Entry
	field  *kit.Field
	yes    *kit.Button
	try    func(password string)
}

// passwordWidth is the width of the card with the form.
const passwordWidth float32 = 440

// newPasswordForm makes the form; try ends with accepted or refused. Others are
// buttons beside the one that tries.
func newPasswordForm(title, words, verb string, try func(password string), others ...fyne.CanvasObject) *passwordForm {
	f := &passwordForm{entry: kit.NewEntry("密码或恢复码"), try: try}
	f.entry.Password = true
	f.entry.OnSubmitted = func(string) { f.submit() }
	f.field = kit.NewField("密码", true, "忘了密码，可以输入密封件里的恢复码", f.entry)
	f.yes = kit.NewButton(verb, kit.ButtonMain, f.submit)
	buttons := container.New(layout.NewCustomPaddedHBoxLayout(look.Gap), layout.NewSpacer())
	for _, b := range others {
		buttons.Add(b)
	}
	buttons.Add(f.yes)
	inner := passwordWidth - 2*look.GapPage
	icon := canvas.NewImageFromResource(look.IconLock.Resource(look.Second))
	icon.SetMinSize(fyne.NewSquareSize(look.IconSize))
	card := kit.NewCard(title, icon, container.NewVBox(paragraph(words, inner), f.field, buttons))
	f.object = container.NewCenter(container.New(wide{passwordWidth}, card))
	f.entry.OnChanged = func(words string) {
		if words != "" {
			f.field.SetProblem("")
		}
	}
	return f
}

// submit tries what was typed; until that has ended there is no second try.
func (f *passwordForm) submit() {
	if f.yes.Disabled() {
		return
	}
	f.yes.Disable()
	f.try(f.entry.Text)
}

// refused says what was wrong, with how long to wait.
func (f *passwordForm) refused(err error) {
	f.yes.Enable()
	f.entry.SetText("")
	f.field.SetProblem(model.Sentence(err))
}

// askPassword asks for the password of the ledger that could not be opened without.
func (w *Window) askPassword(e entrance, err error) {
	var f *passwordForm
	f = newPasswordForm("打开“"+filepath.Base(e.options.Path)+"”", model.Sentence(err), "打开", func(password string) {
		e.options.Password, e.options.Key = password, nil
		w.attempt(e, func(err error) {
			if model.CodeOf(err) == model.CodePassword {
				f.refused(err)
				w.Canvas().Focus(f.entry)
				return
			}
			w.notOpened(e, err)
		})
	}, kit.NewButton("打开其他台账", kit.ButtonPlain, w.firstStart))
	w.show(f.object)
	w.Canvas().Focus(f.entry)
}

// locked is what stands behind the lock of an open ledger.
type locked struct {
	cover *cover
	form  *passwordForm
	keys  func(*fyne.KeyEvent) // what listened to the window's keys
	menu  *fyne.MainMenu
	title string
}

// lock covers the window until the password is given (Ctrl+L). What is under way
// goes on behind it, and what is typed and not written yet stays as it is.
func (w *Window) lock() {
	switch {
	case w.session == nil || w.behind != nil:
	case w.session.app.Key() == nil:
		w.toaster.Say(kit.Toast{Text: "这本台账没有设密码，锁不住。", Action: "去设密码", OnAction: func() {
			w.open(page.Route{Page: page.Settings, Filter: settings.Lock})
		}})
	default:
		w.gate.Shut()
		w.coverUp()
		w.endViews()
	}
}

// endViews takes away the copies of files that were opened: they lie outside the lock.
func (w *Window) endViews() {
	a := w.session.app
	w.gate.Go(context.Background(), nil, func(context.Context, *task.Progress) error {
		a.EndViews()
		return nil
	}, func(error) {})
}

func (w *Window) coverUp() {
	c := w.Canvas()
	b := &locked{keys: c.OnTypedKey(), menu: w.win.MainMenu(), title: w.win.Title()}
	b.form = newPasswordForm("已锁定", "输入密码继续。没有保存的内容还在，正在办的事没有停。", "解锁", w.tryUnlock)
	b.cover = newCover(b.form.object)
	w.behind = b
	w.win.SetTitle(Name)
	w.win.SetMainMenu(fyne.NewMainMenu(fyne.NewMenu("文件", w.quitItem())))
	w.win.SetOnDropped(func(fyne.Position, []fyne.URI) {})
	c.SetOnTypedKey(func(*fyne.KeyEvent) {})
	c.Overlays().Add(b.cover)
	b.cover.Resize(c.Size())
	c.Focus(b.form.entry)
}

// tryUnlock asks whether the password is right, past the gate that is shut.
func (w *Window) tryUnlock(password string) {
	a := w.session.app
	w.gate.Past().Go(context.Background(), nil, func(context.Context, *task.Progress) error { return a.CheckPassword(password) }, func(err error) {
		switch {
		case w.behind == nil: // the window was closed in the meantime
		case err != nil:
			w.behind.form.refused(err)
			w.Canvas().Focus(w.behind.form.entry)
		default:
			w.uncover()
		}
	})
}

// uncover shows the window as it was left, and then what came in meanwhile.
func (w *Window) uncover() {
	b, c := w.behind, w.Canvas()
	w.behind = nil
	c.Overlays().Remove(b.cover)
	c.SetOnTypedKey(b.keys)
	w.win.SetTitle(b.title)
	w.win.SetMainMenu(b.menu)
	w.win.SetOnDropped(w.dropped)
	w.gate.Open()
}

// idleLook is how often the window looks whether anybody is there.
const idleLook = 15 * time.Second

// knowsIdle reports whether the system tells how long nobody has touched the PC.
func knowsIdle(s System) bool {
	_, known := s.Idle()
	return known
}

// watchIdle locks the window once nobody has touched the PC for as long as this PC's
// setting says.
func (w *Window) watchIdle() {
	w.gate.Past().After(idleLook, w.watchIdle)
	after := time.Duration(w.memory.autoLock()) * time.Minute
	if after == 0 || w.session == nil || w.session.app.Key() == nil {
		return
	}
	if idle, known := w.system.Idle(); known && idle >= after {
		w.lock()
	}
}

// cover hides the whole window.
type cover struct {
	widget.BaseWidget
	ground  *canvas.Rectangle
	content fyne.CanvasObject
}

var (
	_ fyne.Tappable     = (*cover)(nil)
	_ fyne.Scrollable   = (*cover)(nil)
	_ desktop.Mouseable = (*cover)(nil)
)

func newCover(content fyne.CanvasObject) *cover {
	c := &cover{ground: canvas.NewRectangle(look.Page), content: content}
	c.ExtendBaseWidget(c)
	return c
}

// Tapped has no effect.
func (*cover) Tapped(*fyne.PointEvent) {}

// MouseDown keeps the mouse from what is covered.
func (*cover) MouseDown(*desktop.MouseEvent) {}

// MouseUp has no effect.
func (*cover) MouseUp(*desktop.MouseEvent) {}

// Scrolled keeps the wheel from what is covered.
func (*cover) Scrolled(*fyne.ScrollEvent) {}

// CreateRenderer shows the ground and the card.
func (c *cover) CreateRenderer() fyne.WidgetRenderer {
	return &kit.Renderer{
		Objs: []fyne.CanvasObject{c.ground, c.content},
		Arrange: func(s fyne.Size) {
			put(c.ground, 0, 0, s.Width, s.Height)
			put(c.content, 0, 0, s.Width, s.Height)
		},
		Min: func() fyne.Size { return fyne.Size{} },
	}
}
