package today

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"xiangzhen/gui/page"
	"xiangzhen/gui/task"
	"xiangzhen/model"
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

// takeIn reads a clerk's own workbook, says what would become of it, and takes it in
// when she agrees.
func (p *Page) takeIn() {
	p.desk.Files(func(paths []string) {
		page.Run(p.desk, func(ctx context.Context) ([]app.FileResult, error) {
			return p.api.Import(ctx, app.ImportRequest{Files: paths, DryRun: true})
		}, func(plan []app.FileResult) { p.confirm(paths, plan) })
	})
}

// confirm shows the plan of an import. A file that is refused ends it.
func (p *Page) confirm(paths []string, plan []app.FileResult) {
	for _, r := range plan {
		if r.Err != nil {
			p.desk.Presenter.Error(r.Err)
			return
		}
	}
	q := task.Question{Title: "导入现有台账", Text: planWords(plan), Yes: "导入（可撤销）"}
	p.desk.Presenter.Confirm(q, func() { p.write(paths) })
}

func (p *Page) write(paths []string) {
	var results []app.FileResult
	p.desk.Presenter.Long(task.Long{
		Title: "导入",
		Work: func(ctx context.Context, _ *task.Progress) (err error) {
			results, err = p.api.Import(ctx, app.ImportRequest{Files: paths})
			return err
		},
		Done: func(err error) {
			if err != nil {
				p.desk.Presenter.Error(err)
				return
			}
			p.told(results)
		},
	})
}

// told says what was taken in; several files are undone one by one in 历史.
func (p *Page) told(results []app.FileResult) {
	op := int64(0)
	if len(results) == 1 {
		op = results[0].Op
	}
	for _, r := range results {
		p.desk.Presenter.Error(r.Err)
	}
	p.desk.Done("已导入。"+planWords(results), op)
}

// planWords says what an import does, a line for each file.
func planWords(results []app.FileResult) string {
	var lines []string
	for _, r := range results {
		line := fmt.Sprintf("“%s”：新增 %d 条，修改 %d 条", filepath.Base(r.File), r.Counts.Add, r.Counts.Update)
		if n := held(r.Problems); n > 0 {
			line += fmt.Sprintf("，%d 处有错的先不收", n)
		}
		lines = append(lines, line+"。")
	}
	return strings.Join(lines, "\n")
}

// held counts the problems that keep something out.
func held(problems []model.Problem) int {
	n := 0
	for _, p := range problems {
		if p.Level == model.Fault {
			n++
		}
	}
	return n
}
