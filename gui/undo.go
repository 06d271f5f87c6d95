package gui

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// undo takes back what the page at the front holds unwritten, else the last operation.
func (w *Window) undo() {
	if s := w.session; s != nil {
		if p, knows := s.pages[s.front.Page].(page.Commander); knows && p.Do(page.Undo) {
			return
		}
	}
	w.undoOperation(0)
}

// undoOperation undoes any operation, the last one for 0.
func (w *Window) undoOperation(op int64) {
	w.takeBack("撤销", func(ctx context.Context, a *app.App) (model.UndoResult, error) { return a.Undo(ctx, op) })
}

// redo brings back what was undone last.
func (w *Window) redo() {
	w.takeBack("重做", func(ctx context.Context, a *app.App) (model.UndoResult, error) { return a.Redo(ctx) })
}

// outcome is what an undo did, with the lines about what it left.
type outcome struct {
	undone        int
	kept, refused []string
}

// takeBack runs an undo or redo and says how it ended: in a word where all went
// back, else row by row.
func (w *Window) takeBack(verb string, do func(context.Context, *app.App) (model.UndoResult, error)) {
	if w.session == nil {
		return
	}
	a := w.session.app
	page.Run(w.desk, func(ctx context.Context) (outcome, error) {
		result, err := do(ctx, a)
		if err != nil {
			return outcome{}, err
		}
		return readOutcome(ctx, a, result)
	}, func(o outcome) {
		if len(o.kept)+len(o.refused) == 0 {
			w.toaster.Say(kit.Toast{Text: fmt.Sprintf("已%s，涉及 %d 条记录。", verb, o.undone)})
			return
		}
		w.showOutcome(verb, o)
	})
}

// readOutcome names the records that an undo left as they are.
func readOutcome(ctx context.Context, a *app.App, r model.UndoResult) (outcome, error) {
	o := outcome{undone: r.Undone}
	var err error
	if o.kept, err = itemLines(ctx, a, r.Kept); err == nil {
		o.refused, err = itemLines(ctx, a, r.Refused)
	}
	return o, err
}

// itemLines writes one line for each item: 任务“水池清淤” · 完成时限：之后被改过.
func itemLines(ctx context.Context, a *app.App, items []model.UndoItem) ([]string, error) {
	lines := make([]string, len(items))
	for i, it := range items {
		l, rec, err := a.Get(ctx, it.Ledger, it.Record)
		switch {
		case model.CodeOf(err) == model.CodeNotFound:
			lines[i] = labelOf(a.Catalog(), it.Ledger) + "（已删除的记录）"
		case err != nil:
			return nil, err
		default:
			lines[i] = l.Label + "“" + l.Name(rec) + "”"
			if f := l.Field(it.Field); f != nil {
				lines[i] += " · " + f.Label
			}
		}
		lines[i] += "：" + it.Reason
	}
	return lines, nil
}

func labelOf(c *model.Catalog, ledger string) string {
	if l := c.Ledger(ledger); l != nil {
		return l.Label
	}
	return ledger
}

// showOutcome lists what went back, what was changed again since, and what could
// not go back.
func (w *Window) showOutcome(verb string, o outcome) {
	box := container.NewVBox(kit.NewLine(fmt.Sprintf("已撤回 %d 条。", o.undone), look.TextBody, look.Ink, true))
	for _, part := range []struct {
		title string
		lines []string
	}{{"保留（之后被改过）", o.kept}, {"不能撤回", o.refused}} {
		if len(part.lines) == 0 {
			continue
		}
		box.Add(kit.NewLine(fmt.Sprintf("%s %d 条", part.title, len(part.lines)), look.TextBody, look.Ink, true))
		for _, line := range part.lines {
			box.Add(kit.NewLine(line, look.TextBody, look.Ink, false))
		}
	}
	w.tell(verb+"的结果", box, fyne.NewSize(560, 320))
}

// tell shows something to read in a dialog of a width, as high as what is in it up to
// the height of the size; what is longer scrolls.
func (w *Window) tell(title string, content fyne.CanvasObject, size fyne.Size) {
	var d *kit.Dialog
	d = kit.ShowDialog(w.win.Canvas(), title, kit.Scrolled(content, size.Width, size.Height), kit.NewButton("知道了", kit.ButtonMain, func() { d.Close() }))
}
