package importing

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/text"
)

// mirrors reports whether a line can be an export of the upper system: a file whose
// table goes to a ledger that the system has too.
func mirrors(it item) bool {
	t := it.preview()
	return t != nil && it.file.draft.Path != "" && (t.Ledger == ledgers.Household || t.Ledger == ledgers.Team)
}

// askMirror asks up to which day an export of the upper system holds, and keeps it.
func (p *Page) askMirror() {
	it := p.item()
	if !mirrors(it) || it.file.result != nil {
		return
	}
	day := kit.NewEntry("例如：2026-11-20")
	day.SetText(string(it.file.draft.AsOf(p.api.Today())))
	field := kit.NewField("数据截至", true, "系统里的数据是哪一天的。按表头和文件名建议，请核对。", day)
	day.OnChanged = func(string) { field.SetProblem("") }
	lines := []fyne.CanvasObject{kit.NewLine("按原样留存，不改台账。在“驻村 · 系统与台账差异”里对照。", look.TextBody, look.Ink, false)}
	if n := len(pending(it.preview())); n > 0 {
		lines = append(lines, kit.NewLine(fmt.Sprintf("还有 %d 列的对应待确认，确认后再留存，这些列才能对照。", n), look.TextBody, look.Ink, false))
	}
	var box *kit.Dialog
	box = kit.ShowDialog(p.desk.Canvas(), "作为系统导出留存", container.NewVBox(append(lines, field)...),
		kit.NewButton("取消", kit.ButtonPlain, func() { box.Close() }), kit.NewButton("留存", kit.ButtonMain, func() {
			on, problem := dayOf(day.Text, p.api.Today())
			if problem != "" {
				field.SetProblem(problem)
				return
			}
			box.Close()
			p.keepMirror(it.file, on)
		}))
	p.focus(day)
}

// dayOf reads the one day that words mean, or says what is wrong with them.
func dayOf(words string, today model.Day) (day model.Day, problem string) {
	w, doubt := text.ParseDate(words, today)
	switch {
	case words == "":
		return "", "请填写数据截至日期。"
	case w.IsZero() || !doubt.IsZero() || w.Start != w.End:
		return "", "日期写得不对，应为 2026-11-20 这样。"
	case w.End > today:
		return "", "这一天还没有到，请核对。"
	}
	return w.End, ""
}

// keepMirror keeps the file as an export of the upper system.
func (p *Page) keepMirror(f *file, day model.Day) {
	req := f.request()
	req.Choice.Mirror = day
	var results []app.FileResult
	p.taking = true
	p.desk.Presenter.Long(task.Long{Title: "留存系统导出", Work: func(ctx context.Context, pr *task.Progress) (err error) {
		results, err = p.api.TakeDrafts(ctx, []app.DraftRequest{req}, page.Counting(pr))
		return err
	}, Done: func(err error) {
		p.taking = false
		if len(results) == 1 && results[0].Err != nil {
			err = results[0].Err
		} else if len(results) == 1 {
			f.result = &results[0]
			p.desk.Done("已留存系统导出，数据截至 "+string(day)+"，台账没有改动。", results[0].Op)
		}
		p.refresh()
		p.desk.Presenter.Error(err)
	}})
}

// mirroredWords say what was kept as an export of the upper system.
func mirroredWords(kept []app.Mirror) string {
	words := ""
	for _, m := range kept {
		words += fmt.Sprintf("已留作系统导出，数据截至 %s，%d 行 %d 列，台账没有改动。", m.AsOf, m.Rows, m.Width)
	}
	return words
}
