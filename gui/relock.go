package gui

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/settings"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// sameLedger is how the open ledger is opened again by the same person, without its
// password being asked for.
func (w *Window) sameLedger() app.Options {
	o, a := w.params.Options, w.session.app
	o.Path, o.Key = a.Path(), a.Key()
	if slices.ContainsFunc(w.session.users, func(u app.UserInfo) bool { return !u.Gone && u.Name == a.Actor().Name }) {
		o.As = a.Actor().Name
	}
	return o
}

// change sets or removes the lock of a ledger that is closed.
type change = func(context.Context, app.Options) (app.LockDone, error)

// relocking is the entrance that changes the lock of a ledger first: o opens it as
// it is before, the password as it is afterwards. A change that was refused leaves
// it open as before, and says why.
func (w *Window) relocking(o app.Options, password string, do change, told func(app.LockDone)) entrance {
	var done app.LockDone
	var refused error
	ran := false
	return entrance{options: o, get: func(ctx context.Context, o app.Options) (*app.App, error) {
		after := o
		if !ran {
			ran, after.Key, after.Password = true, nil, password
			done, refused = do(ctx, after)
		}
		a, err := app.Open(ctx, o)
		switch {
		case model.CodeOf(err) == model.CodePassword:
			return app.Open(ctx, after)
		case err != nil && refused != nil:
			return nil, refused // there is no ledger: that it could not be made says more
		}
		return a, err
	}, then: func() {
		if done.Code != "" || refused == nil {
			told(done)
		}
		w.presenter.Error(refused)
	}}
}

// relock closes the ledger, changes its lock, and comes back to the settings.
func (w *Window) relock(password string, do change, told func(app.LockDone)) {
	e := w.relocking(w.sameLedger(), password, do, told)
	then := e.then
	e.then = func() {
		w.open(page.Route{Page: page.Settings, Filter: settings.Lock})
		then()
	}
	w.enter(e)
}

// offerLock says why a password should be set now, with the way there.
func (w *Window) offerLock(words string) {
	w.toaster.Say(kit.Toast{Text: words, Action: "去设密码", OnAction: func() {
		w.open(page.Route{Page: page.Settings, Filter: settings.Lock})
	}})
}

// codeMade shows the first recovery code, of a password that was just set.
func (w *Window) codeMade(done app.LockDone) { w.showCode(done, app.DefaultKeeper) }

// codeWidth is the width of the dialog with a recovery code.
const codeWidth float32 = 560

// codeShown is a recovery code on the screen, for this one time.
type codeShown struct {
	w            *Window
	keeper, code string
	kept         bool // written down somewhere
	dialog       *kit.Dialog
}

// showCode shows a recovery code, which is shown nowhere again, and what the change
// of the lock reached.
func (w *Window) showCode(done app.LockDone, keeper string) {
	s := &codeShown{w: w, keeper: keeper, code: done.Code}
	box := container.NewVBox(
		paragraph("恢复码只显示这一次。请打印一份装进信封密封，交"+keeper+"保管；忘了密码用它打开。密码和恢复码都丢了，加密的内容谁也打不开。", codeWidth),
		kit.NewLine(done.Code, look.TextHead, look.Accent, true),
		reachView(done, codeWidth))
	s.dialog = kit.ShowDialog(w.Canvas(), "恢复码", box,
		kit.NewButton("复制", kit.ButtonPlain, s.copy),
		kit.NewButton("另存…", kit.ButtonPlain, func() { s.save(func(path string) { w.reveal(filepath.Dir(path)) }) }),
		kit.NewButton("已经收好", kit.ButtonPlain, s.close),
		kit.NewButton("打印密封件…", kit.ButtonMain, func() { s.save(w.reveal) }))
	s.dialog.OnEscape = s.close
}

func (s *codeShown) copy() {
	s.w.desk.Copy(s.code)
	s.kept = true
	s.w.toaster.Say(kit.Toast{Text: "恢复码已复制，抄好后请把剪贴板里的盖掉。"})
}

// save writes the sheet for the envelope and then shows it: in the program that
// prints it, or in its folder.
func (s *codeShown) save(shown func(path string)) {
	a := s.w.session.app
	s.w.desk.Save("恢复码密封件（"+s.keeper+"）.docx", func(path string) {
		page.Run(s.w.desk, func(ctx context.Context) (string, error) {
			return path, a.WriteEnvelope(ctx, path, s.keeper, s.code)
		}, func(path string) {
			s.kept = true
			s.w.toaster.Say(kit.Toast{Text: "密封件已写好：" + filepath.Base(path) + "。打印后请把这个文件删掉。"})
			shown(path)
		})
	})
}

// close takes the code away, and asks first if it was written down nowhere.
func (s *codeShown) close() {
	if s.kept {
		s.dialog.Close()
		return
	}
	s.w.presenter.Confirm(task.Question{Title: "恢复码收好了吗", Text: "关掉以后恢复码不会再显示。还没有打印或复制，是否已经抄写下来？",
		Yes: "已抄下，关掉", No: "回去打印", Danger: true}, s.dialog.Close)
}

// reachView says which copies a change of the lock reached, and what it could not.
func reachView(done app.LockDone, width float32) fyne.CanvasObject {
	box := container.NewVBox()
	if n := len(done.Copies); n > 0 {
		box.Add(paragraph(fmt.Sprintf("已知的 %d 份备份一并改写好了。", n), width))
	}
	if len(done.Beyond) > 0 {
		box.Add(kit.NewLine("程序管不到、要自己处理的", look.TextBody, look.Ink, true))
	}
	for _, words := range done.Beyond {
		box.Add(paragraph("· "+words, width))
	}
	return box
}

// lockTold says what a change of the lock did that made no code.
func (w *Window) lockTold(words string, done app.LockDone) {
	box := container.NewVBox(paragraph(words, codeWidth-look.GapPage), reachView(done, codeWidth-look.GapPage))
	w.tell("密码与锁定", box, fyne.NewSize(codeWidth, 320))
}
