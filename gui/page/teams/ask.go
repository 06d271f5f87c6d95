package teams

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/form"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// question is a dialog that asks for some fields of a ledger.
type question struct {
	title, yes string
	ledger     *model.Ledger // whose references may be chosen
	fields     []*model.Field
	pairs      bool              // short entries stand two on a line
	above      fyne.CanvasObject // stands before the entries; may be nil
	more       *kit.Button       // stands before 取消; may be nil
	first      fyne.Focusable    // what has the keyboard; nil for the first entry
	begin      func(f *form.Form)
	// work does what was asked for; an error about a field is shown there and keeps
	// the dialog open.
	work func(ctx context.Context, got []app.Assignment) (app.Done, error)
	done func(done app.Done)
}

// askWidth and askMost are the room of the entries; what is longer scrolls.
const (
	askWidth float32 = 460
	askMost  float32 = 400
)

// ask opens the dialog once the choices of references are read.
func (p *Page) ask(q question) {
	page.Run(p.desk, func(ctx context.Context) (form.Refs, error) { return form.ReadRefs(ctx, p.api, q.ledger) }, func(refs form.Refs) {
		f := form.New(form.Params{Fields: q.fields, Today: p.api.Today(), Refs: refs, Pairs: q.pairs})
		f.Show(nil)
		if q.begin != nil {
			q.begin(f)
		}
		content := container.NewVBox()
		if q.above != nil {
			content.Add(q.above)
		}
		content.Add(f.Object)
		inset := container.New(kit.Inset{}, content)
		scroll := container.NewVScroll(inset)
		scroll.SetMinSize(fyne.NewSize(askWidth, min(askMost, inset.MinSize().Height)))
		var d *kit.Dialog
		buttons := []*kit.Button{kit.NewButton("取消", kit.ButtonPlain, func() { d.Close() }),
			kit.NewButton(q.yes, kit.ButtonMain, func() { p.answer(q, f, d) })}
		if q.more != nil {
			buttons = append([]*kit.Button{q.more}, buttons...)
		}
		d = kit.ShowDialog(p.canvas(), q.title, scroll, buttons...)
		if q.first != nil {
			p.focus(q.first)
			return
		}
		f.Focus(p.canvas())
	})
}

// answer does what was asked for.
func (p *Page) answer(q question, f *form.Form, d *kit.Dialog) {
	got := f.Changes()
	page.Attempt(p.desk, func(ctx context.Context) (app.Done, error) { return q.work(ctx, got) }, func(done app.Done, err error) {
		if err != nil {
			if !f.Problem(err, p.canvas()) {
				p.desk.Presenter.Error(err)
			}
			return
		}
		d.Close()
		q.done(done)
	})
}
