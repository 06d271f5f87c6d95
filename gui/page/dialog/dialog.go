// Package dialog asks for some fields of a ledger before something is done with them:
// an act to be noted, the reason of a step. What is refused is told at its entry, and
// the dialog stays open.
package dialog

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// API is what is needed of app.
type API interface {
	form.Lister
	Today() model.Day
}

// Question is what is asked for.
type Question struct {
	Title  string
	Intro  string            // stands above the entries, "" for none
	Above  fyne.CanvasObject // stands above them too; may be nil
	First  fyne.Focusable    // has the keyboard at first; nil for the first entry
	Ledger *model.Ledger     // whose records references may point at; nil if none do
	Fields []*model.Field
	Start  *model.Record      // what stands in the entries at first; nil for empty ones
	Begin  func(f *form.Form) // fills in what is proposed; may be nil

	Yes  string
	Work func(ctx context.Context, got []app.Assignment) (app.Done, error)
	Done func(done app.Done)
	// More is a button that helps to fill in, before 取消; may be nil.
	More *kit.Button
	// Also is a second button that does the same work and then goes on by Then.
	Also string
	Then func(done app.Done)
}

// width is that of the entries; what is longer than the window scrolls.
const width float32 = 560

// frame is what the dialog adds to the height of its content.
const frame float32 = 190

// Ask opens the dialog once the choices of references are read.
func Ask(d *page.Desk, api API, q Question) {
	page.Run(d, func(ctx context.Context) (form.Refs, error) {
		if q.Ledger == nil {
			return nil, nil
		}
		return form.ReadRefs(ctx, api, q.Ledger)
	}, func(refs form.Refs) {
		if c := d.Canvas(); c != nil {
			a := &asked{desk: d, q: q, form: form.New(form.Params{Fields: q.Fields, Today: api.Today(), Refs: refs, Pairs: true})}
			a.show(c)
		}
	})
}

// asked is an open dialog.
type asked struct {
	desk   *page.Desk
	q      Question
	form   *form.Form
	dialog *kit.Dialog
}

func (a *asked) show(c fyne.Canvas) {
	a.form.Show(a.q.Start)
	if a.q.Begin != nil {
		a.q.Begin(a.form)
	}
	content := container.NewVBox()
	if a.q.Intro != "" {
		content.Add(container.New(intro{}, kit.NewPara(a.q.Intro, look.TextBody, look.Second, false, 3)))
	}
	if a.q.Above != nil {
		content.Add(a.q.Above)
	}
	content.Add(a.form.Object)
	var buttons []*kit.Button
	if a.q.More != nil {
		buttons = append(buttons, a.q.More)
	}
	buttons = append(buttons, kit.NewButton("取消", kit.ButtonPlain, func() { a.dialog.Close() }))
	if a.q.Also != "" {
		buttons = append(buttons, kit.NewButton(a.q.Also, kit.ButtonPlain, func() { a.answer(a.q.Then) }))
	}
	buttons = append(buttons, kit.NewButton(a.q.Yes, kit.ButtonMain, func() { a.answer(nil) }))
	a.dialog = kit.ShowDialog(c, a.q.Title, kit.Scrolled(content, width, c.Size().Height-frame), buttons...)
	if a.q.First != nil {
		c.Focus(a.q.First)
		return
	}
	a.form.Focus(c)
}

// answer does what was asked for, and then what follows.
func (a *asked) answer(then func(app.Done)) {
	got := a.form.Changes()
	page.Attempt(a.desk, func(ctx context.Context) (app.Done, error) { return a.q.Work(ctx, got) }, func(done app.Done, err error) {
		if err != nil {
			if !a.form.Problem(err, a.desk.Canvas()) {
				a.desk.Presenter.Error(err)
			}
			return
		}
		a.dialog.Close()
		a.q.Done(done)
		if then != nil {
			then(done)
		}
	})
}

// intro gives a wrapped text its height.
type intro struct{}

// MinSize is the height of the words, and a gap.
func (intro) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, o[0].(*kit.Para).HeightFor(width)+look.Gap)
}

// Layout gives the text the room.
func (intro) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Resize(s.SubtractWidthHeight(0, look.Gap))
}

// Fields are fields of a ledger by their keys.
func Fields(l *model.Ledger, keys ...string) []*model.Field {
	out := make([]*model.Field, len(keys))
	for i, key := range keys {
		out[i] = l.Field(key)
	}
	return out
}
