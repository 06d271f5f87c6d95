package filling

import (
	"context"
	"fmt"
	"path/filepath"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// disclosure is what of a table is sensitive.
type disclosure struct {
	labels    []string
	confirmed bool // for this table and period, before
}

// generate writes the filled table, once it is confirmed what it carries in full.
func (w *work) generate() {
	w.confirmed(w.write)
}

// confirmed goes on once it is confirmed which sensitive columns are written in full;
// of one table and period that is asked once.
func (p *Page) confirmed(then func()) {
	preview, period := p.seen.FillPreview, model.Period(p.month)
	page.Run(p.desk, func(ctx context.Context) (d disclosure, err error) {
		d.labels, d.confirmed, err = p.api.FillSensitive(ctx, preview, period)
		return d, err
	}, func(d disclosure) {
		if len(d.labels) == 0 || d.confirmed {
			then()
			return
		}
		p.desk.Presenter.Confirm(task.Question{Title: "表里有敏感信息", Text: sensitiveWords(d.labels), Yes: "确认，继续"}, then)
	})
}

// write asks where the file goes, and writes it.
func (w *work) write() {
	req := w.request()
	w.desk.Save(fileFor(w.draft.Path, "已填"), func(path string) {
		req.Out = path
		var got app.Filled
		w.long("生成", func(ctx context.Context, _ *task.Progress) (err error) {
			got, err = w.api.Fill(ctx, req)
			return err
		}, func() { w.wrote(path, got) })
	})
}

// wrote says what was written, and where.
func (w *work) wrote(path string, got app.Filled) {
	w.made = path
	w.reveal.Show()
	w.header.Object.Refresh()
	words := fmt.Sprintf("已生成“%s”，填 %d 格；对应已记住，下月一次填好。", filepath.Base(path), cellsOf(got.Tables))
	words += toldKept(got.Kept)
	if got.Left > 0 {
		words += fmt.Sprintf("有 %d 个公式要在 WPS 或 Excel 里打开后才重新计算。", got.Left)
	}
	w.desk.Say(kit.Toast{Text: words, Action: "打开文件夹", OnAction: func() { w.desk.Reveal(filepath.Dir(path)) }})
}

// toldKept says for which registered table a file was kept.
func toldKept(k *app.KeptFor) string {
	if k == nil {
		return ""
	}
	return "已留存到报表登记“" + k.Table.Title + "”（" + k.Period.Words() + "）。"
}

// cellsOf counts the cells that are filled.
func cellsOf(tables []app.FillTable) int {
	n := 0
	for i := range tables {
		n += len(tables[i].Cells)
	}
	return n
}
