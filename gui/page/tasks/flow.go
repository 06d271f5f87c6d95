package tasks

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/form"
	"xiangzhen/gui/page/steps"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// take takes a step: at once where it asks for nothing and is for one item, else
// after a dialog or a question.
func (p *Page) take(o offer) {
	fields := steps.Asks(o.step)
	switch {
	case len(fields) > 0:
		p.askStep(o, fields)
	case len(o.ids) > 1:
		p.desk.Presenter.Confirm(task.Question{
			Title: fmt.Sprintf("%s %d 项？", o.step.Label, len(o.ids)),
			Text:  p.stepTitles(o) + "可以整体撤销。", Yes: fmt.Sprintf("%s %d 项", o.step.Label, len(o.ids)),
		}, func() { p.flow(o, nil, nil) })
	default:
		p.flow(o, nil, nil)
	}
}

// mostTitles is how many items a question names.
const mostTitles = 3

// stepTitles names the items of a step.
func (p *Page) stepTitles(o offer) string {
	words := ""
	for i, id := range o.ids {
		if i == mostTitles {
			words += "等，"
			break
		}
		words += "“" + p.source.ledger.Name(p.source.byID[id]) + "”"
	}
	if len(o.ids) <= mostTitles {
		words += "。"
	}
	return words
}

// askStep asks for the reason and the day of a step.
func (p *Page) askStep(o offer, fields []*model.Field) {
	label := o.step.Label
	if len(o.ids) > 1 {
		label = fmt.Sprintf("%s %d 项", label, len(o.ids))
	}
	f := form.New(form.Params{Fields: fields, Today: p.source.today})
	f.Show(nil)
	intro := kit.NewPara(p.stepTitles(o), look.TextBody, look.Second, false, 2)
	p.askForm(label, label, intro, f, 400, func(d *kit.Dialog) { p.flow(o, f, d) })
}

// flow takes a step with what the form says; the dialog stays open while it is
// refused.
func (p *Page) flow(o offer, f *form.Form, d *kit.Dialog) {
	req := app.FlowRequest{Ledger: p.source.ledger.Key, IDs: o.ids, Step: o.step.Key}
	if f != nil {
		req = steps.Answer(req, f.Changes())
	}
	words := "已" + o.step.Label
	if n := len(o.ids); n > 1 {
		words = fmt.Sprintf("%s %d 项", words, n)
	} else if n == 1 {
		words += "：" + p.source.ledger.Name(p.source.byID[o.ids[0]])
	}
	var then func(app.Done)
	if o.step.Key == ledgers.StepGrant {
		then = func(app.Done) { p.offerBelow(o.ids) }
	}
	p.run(f, d, words, func(ctx context.Context) (app.Done, error) { return p.api.Flow(ctx, req) }, then)
}

// result is what became of a write: its error is shown where it belongs.
type result struct {
	done app.Done
	err  error
}

// run writes, closes the dialog and says what was done. An error is shown in the
// form if it concerns one of its entries, and leaves the dialog as it is.
func (p *Page) run(f *form.Form, d *kit.Dialog, words string, work func(context.Context) (app.Done, error), then func(app.Done)) {
	page.Run(p.desk, func(ctx context.Context) (result, error) {
		done, err := work(ctx)
		return result{done, err}, nil
	}, func(r result) {
		if r.err != nil {
			if f == nil || !f.Problem(r.err, p.desk.Canvas()) {
				p.desk.Presenter.Error(r.err)
			}
			return
		}
		if d != nil {
			d.Close()
		}
		p.desk.Done(words+doubts(r.done.Problems), r.done.Op)
		if then != nil {
			then(r.done)
		}
		p.reload()
	})
}

// askForm opens a dialog with a form in it; yes is called by its button.
func (p *Page) askForm(title, button string, intro fyne.CanvasObject, f *form.Form, width float32, yes func(*kit.Dialog)) *kit.Dialog {
	c := p.desk.Canvas()
	if c == nil {
		return nil
	}
	content := fyne.CanvasObject(kit.Scrolled(f.Object, width, c.Size().Height-190))
	if intro != nil {
		content = container.NewBorder(container.New(introLayout{width}, intro), nil, nil, nil, content)
	}
	var d *kit.Dialog
	d = kit.ShowDialog(c, title, content,
		kit.NewButton("取消", kit.ButtonPlain, func() { d.Close() }),
		kit.NewButton(button, kit.ButtonMain, func() { yes(d) }))
	f.Focus(c)
	return d
}

// introLayout gives a wrapped text its height at a width.
type introLayout struct{ width float32 }

// MinSize is the height of the words, and a gap.
func (l introLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	if p, is := o[0].(*kit.Para); is {
		return fyne.NewSize(l.width, p.HeightFor(l.width)+look.Gap)
	}
	return fyne.NewSize(l.width, o[0].MinSize().Height+look.Gap)
}

// Layout gives the text the room.
func (introLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Resize(fyne.NewSize(s.Width, s.Height-look.Gap))
}

// urge puts the text that reminds of items on the clipboard.
func (p *Page) urge(items []*model.Record) {
	own := items[:0:0]
	for _, r := range items {
		if p.source.own[r.ID] {
			own = append(own, r)
		}
	}
	words, n := urge(p.source.data, own)
	if n == 0 {
		p.desk.Say(kit.Toast{Text: "选中的事项都已办结，不用催办。"})
		return
	}
	p.desk.Copy(words)
	p.desk.Say(kit.Toast{Text: fmt.Sprintf("已复制 %d 项的催办文字，可以粘贴到群里。", n)})
}

// askDelete asks before an item is deleted, and says how many go with it.
func (p *Page) askDelete() bool {
	n := p.current()
	if n == nil || n.foreign {
		return false
	}
	text := "可以撤销。"
	if below := n.size(); below > 0 {
		text = fmt.Sprintf("它下面还有 %d 项，连同进展会一起删除。可以撤销。", below)
	}
	name := p.source.ledger.Name(n.rec)
	p.desk.Presenter.Confirm(task.Question{Title: "删除“" + name + "”？", Text: text, Yes: "删除", Danger: true}, func() {
		p.run(nil, nil, "已删除“"+name+"”", func(ctx context.Context) (app.Done, error) {
			return p.api.Delete(ctx, p.source.ledger.Key, n.rec.ID, len(n.children) > 0)
		}, nil)
	})
	return true
}

// export writes what the view shows to a workbook.
func (p *Page) export() {
	if p.tree == nil {
		return
	}
	p.desk.Save("任务 "+string(p.source.today)+".xlsx", func(path string) {
		req, n := exportRequest(p.source.data, p.view, p.source.cols, path), 0
		p.desk.Presenter.Long(task.Long{
			Title: "导出任务",
			Work: func(ctx context.Context, _ *task.Progress) (err error) {
				n, err = p.api.Export(ctx, req)
				return err
			},
			Done: func(err error) {
				if err != nil {
					p.desk.Presenter.Error(err)
					return
				}
				p.desk.Say(kit.Toast{Text: fmt.Sprintf("已导出 %d 项到 %s", n, path)})
			},
		})
	})
}

// separator is a thin line between parts of a drawer.
func separator() fyne.CanvasObject {
	line := canvas.NewRectangle(look.SoftLine)
	line.SetMinSize(fyne.NewSize(0, 1))
	return line
}
