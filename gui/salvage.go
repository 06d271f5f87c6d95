package gui

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// salvageWords say what 抢救 is, before it is begun.
const salvageWords = "有好的备份就先从备份恢复。没有的话可以抢救：损坏的文件原样移到一边，能读出的逐条放进新台账，没救出来的列出来；历史操作留在原文件里。"

// offerSalvage says that a ledger is damaged, and what can be done about it.
func (w *Window) offerSalvage(o app.Options, err error) {
	box := container.NewVBox(paragraph(model.Sentence(err), helpSize.Width), paragraph(salvageWords, helpSize.Width))
	var d *kit.Dialog
	closing := func(do func()) func() {
		return func() {
			d.Close()
			do()
		}
	}
	d = kit.ShowDialog(w.Canvas(), "台账损坏", box,
		kit.NewButton("先不动", kit.ButtonPlain, closing(func() {})),
		kit.NewButton("抢救", kit.ButtonPlain, closing(func() { w.salvage(o, func(err error) { w.salvageFailed(o, err) }) })),
		kit.NewButton("从备份恢复…", kit.ButtonMain, closing(func() {
			w.chooseFiles(func(paths []string) { w.enter(w.restoring(o, paths[0])) })
		})))
}

// salvage saves what can be saved of a damaged ledger.
func (w *Window) salvage(o app.Options, failed func(error)) {
	var saved app.Salvaged
	w.presenter.Long(task.Long{
		Title: "抢救台账",
		Work: func(ctx context.Context, _ *task.Progress) (err error) {
			saved, err = app.Salvage(ctx, o)
			return err
		},
		Done: func(err error) {
			if err != nil {
				failed(err)
				return
			}
			w.firstStart()
			w.showSalvaged(o, saved)
		},
	})
}

// salvageFailed asks for the password that is missing: without it there is nothing
// to be had of what is encrypted.
func (w *Window) salvageFailed(o app.Options, err error) {
	if model.CodeOf(err) != model.CodePassword {
		w.presenter.Error(err)
		return
	}
	var f *passwordForm
	f = newPasswordForm("抢救“"+filepath.Base(o.Path)+"”", model.Sentence(err), "抢救", func(password string) {
		o.Password = password
		w.salvage(o, func(err error) {
			f.refused(err)
			w.Canvas().Focus(f.entry)
		})
	}, kit.NewButton("先不动", kit.ButtonPlain, w.firstStart))
	w.show(f.object)
	w.Canvas().Focus(f.entry)
}

// showSalvaged lists what was saved and what was not, and opens the new ledger.
func (w *Window) showSalvaged(o app.Options, s app.Salvaged) {
	box, width := container.NewVBox(), helpSize.Width-look.GapPage
	for _, words := range salvagedWords(s) {
		box.Add(paragraph(words, width))
	}
	var lost, doubtful []string
	for _, r := range s.Lost {
		lost = append(lost, r.Label+"　"+r.ID)
	}
	for _, r := range s.Doubtful {
		doubtful = append(doubtful, r.Label+"　"+r.ID)
	}
	for _, part := range []struct {
		title string
		lines []string
	}{{"没有救出来的", lost}, {"取自操作记录、请核对的", doubtful}} {
		if len(part.lines) == 0 {
			continue
		}
		box.Add(kit.NewLine(fmt.Sprintf("%s %d 条", part.title, len(part.lines)), look.TextBody, look.Ink, true))
		for _, line := range part.lines {
			box.Add(paragraph("· "+line, width))
		}
	}
	scroll := container.NewVScroll(box)
	scroll.SetMinSize(fyne.NewSize(helpSize.Width, min(box.MinSize().Height+look.Gap, helpSize.Height)))
	var d *kit.Dialog
	d = kit.ShowDialog(w.Canvas(), "抢救结果", scroll,
		kit.NewButton("先不打开", kit.ButtonPlain, func() { d.Close() }),
		kit.NewButton("打开抢救出的台账", kit.ButtonMain, func() {
			d.Close()
			w.enter(entrance{options: o, get: app.Open})
		}))
}

// salvagedWords sum up what was saved.
func salvagedWords(s app.Salvaged) []string {
	aside := "损坏的文件原样保留在“" + s.Aside + "”，请不要删除。"
	if s.Indexes {
		return []string{"只有索引损坏，已经重建，记录和历史都在。", aside}
	}
	words := fmt.Sprintf("救出 %d 条，没有救出 %d 条。", s.Saved, len(s.Lost))
	if s.Fields > 0 {
		words += fmt.Sprintf("另有 %d 处加密内容读不出，空着。", s.Fields)
	}
	return []string{words, aside}
}
