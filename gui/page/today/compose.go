package today

import (
	"context"
	"fmt"
	"path/filepath"

	"xiangzhen/gui/task"
	"xiangzhen/model/app"
)

// composeReport writes the month's workbook for the level above.
func (p *Page) composeReport() {
	r := p.now.Reports[0]
	name := p.now.Unit + reportTitle(r) + "汇总.xlsx"
	p.desk.Save(name, func(path string) {
		var done app.Reported
		p.desk.Presenter.Long(task.Long{
			Title: "生成汇报材料",
			Work: func(ctx context.Context, _ *task.Progress) (err error) {
				done, err = p.api.Report(ctx, app.ReportRequest{Kind: "月报", Form: r.Form.Key, Period: r.Period, Out: path})
				return err
			},
			Done: func(err error) {
				if err != nil {
					p.desk.Presenter.Error(err)
					return
				}
				p.desk.Done(fmt.Sprintf("已生成“%s”：%d 个单位 %d 项。", filepath.Base(path), done.Units, done.Rows), 0)
			},
		})
	})
}
