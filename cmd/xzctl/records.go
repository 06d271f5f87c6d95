package main

import (
	"context"
	"fmt"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

type listCmd struct {
	Ledger string   `arg:"" help:"台账。"`
	Where  []string `help:"条件：项目=值，也可用 != < <= > >= ~；可写多个。" sep:"none"`
	Search string   `help:"搜索文字，可用拼音首字母。"`
	Area   string   `help:"区域名称，含下级。"`
	Sort   string   `help:"排序项目；倒序写成 --sort=-项目。"`
	Limit  int      `help:"最多几条，0 为全部。"`
	Offset int      `help:"跳过前几条。"`
	Unmask *string  `help:"显示敏感信息全文，写明理由。"`
}

// Run lists records.
func (c *listCmd) Run(ctx context.Context, g *globals, out *output) error {
	open := g.read
	if c.Unmask != nil {
		open = g.write // the reason is entered in the ledger
	}
	unmask, err := reason(c.Unmask)
	if err != nil {
		return err
	}
	return open(ctx, func(a *app.App) error {
		l, page, err := a.List(ctx, app.ListRequest{Ledger: c.Ledger, Where: c.Where, Search: c.Search,
			Area: c.Area, Sort: c.Sort, Limit: c.Limit, Offset: c.Offset})
		if err != nil {
			return err
		}
		if unmask != "" {
			if err := a.Disclose(ctx, l, app.SensitiveLabels(l), page.Total, unmask, ""); err != nil {
				return err
			}
		}
		show := app.Shown(unmask != "")
		records := make([]object, len(page.Records))
		for i, r := range page.Records {
			records[i] = recordJSON(l, r, show)
		}
		out.result(object{"total": page.Total, "records": records})
		tellRecords(out, l, page, show)
		return nil
	})
}

// reason returns the reason given for showing sensitive values, "" if none are to
// be shown; an empty reason is none.
func reason(given *string) (string, error) {
	if given == nil {
		return "", nil
	}
	if r := strings.TrimSpace(*given); r != "" {
		return r, nil
	}
	return "", model.Errorf(model.CodeUsage, "--unmask 要写明理由。")
}

// columnsForPeople is how many fields of a record the text output shows.
const columnsForPeople = 7

func tellRecords(out *output, l *model.Ledger, page model.Page, show func(*model.Field, model.Value) model.Value) {
	var fields []*model.Field
	header := []string{"编号"}
	for i := range l.Fields {
		if f := &l.Fields[i]; !f.Internal && len(fields) < columnsForPeople {
			fields = append(fields, f)
			header = append(header, f.Label)
		}
	}
	var rows [][]string
	for _, r := range page.Records {
		row := []string{r.ID}
		for _, f := range fields {
			row = append(row, f.Show(show(f, r.Get(f.Key))))
		}
		rows = append(rows, row)
	}
	out.table(header, rows)
	out.line("共 %d 条，显示 %d 条。", page.Total, len(page.Records))
}

type addCmd struct {
	Ledger string   `arg:"" help:"台账。"`
	Values []string `arg:"" help:"项目=值。"`
}

// Run adds a record.
func (c *addCmd) Run(ctx context.Context, g *globals, out *output) error {
	assign, err := app.ParseAssignments(c.Values)
	if err != nil {
		return err
	}
	return g.write(ctx, func(a *app.App) error {
		done, err := a.Add(ctx, c.Ledger, assign)
		if err != nil {
			return err
		}
		tellDone(out, done, "已新增 "+done.Records[0].ID)
		return nil
	})
}

type setCmd struct {
	Ledger string   `arg:"" help:"台账。"`
	ID     string   `arg:"" help:"编号。"`
	Values []string `arg:"" help:"项目=值；项目= 为清空。"`
}

// Run changes a record.
func (c *setCmd) Run(ctx context.Context, g *globals, out *output) error {
	assign, err := app.ParseAssignments(c.Values)
	if err != nil {
		return err
	}
	return g.write(ctx, func(a *app.App) error {
		done, err := a.Set(ctx, c.Ledger, c.ID, assign)
		if err != nil {
			return err
		}
		tellDone(out, done, "已修改")
		return nil
	})
}

type deleteCmd struct {
	Ledger       string `arg:"" help:"台账。"`
	ID           string `arg:"" help:"编号。"`
	WithChildren bool   `help:"连同下级一起删除。"`
}

// Run deletes a record.
func (c *deleteCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		done, err := a.Delete(ctx, c.Ledger, c.ID, c.WithChildren)
		if err != nil {
			return err
		}
		tellDone(out, done, "已删除")
		return nil
	})
}

type mergeCmd struct {
	Ledger string `arg:"" help:"台账。"`
	Keep   string `arg:"" help:"保留的编号。"`
	Drop   string `arg:"" help:"并入的编号。"`
}

// Run merges two records.
func (c *mergeCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		done, err := a.MergeRecords(ctx, c.Ledger, c.Keep, c.Drop)
		if err != nil {
			return err
		}
		tellDone(out, done, "已合并")
		return nil
	})
}

type flowCmd struct {
	Ledger string `arg:"" help:"台账。"`
	ID     string `arg:"" help:"编号，多个用逗号分开。"`
	Step   string `arg:"" help:"步骤：交办、签收、申请办结、办结、退回……"`
	Reason string `help:"理由。"`
	Date   string `help:"日期，用于申请延期、中止。"`
}

// Run takes a step on one or many items.
func (c *flowCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		ids := splitList(c.ID)
		done, err := a.Flow(ctx, app.FlowRequest{Ledger: c.Ledger, IDs: ids, Step: c.Step, Reason: c.Reason, Date: c.Date})
		if err != nil {
			return err
		}
		tellDone(out, done, fmt.Sprintf("%s：%d 项", c.Step, len(ids)))
		return nil
	})
}

type splitCmd struct {
	Ledger string   `arg:"" help:"台账。"`
	ID     string   `arg:"" help:"上级事项的编号。"`
	To     []string `required:"" help:"分给哪些单位。"`
	Share  []string `help:"各单位的指标，与 --to 一一对应。"`
}

// Run splits an item.
func (c *splitCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		done, err := a.Split(ctx, app.SplitRequest{Ledger: c.Ledger, ID: c.ID, To: c.To, Shares: c.Share})
		if err != nil {
			return err
		}
		tellDone(out, done, fmt.Sprintf("已分解为 %d 项", len(done.Records)))
		return nil
	})
}

type checkCmd struct {
	Ledger string `help:"只查一个台账。"`
}

// Run checks every record.
func (c *checkCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		found, err := a.Check(ctx, c.Ledger)
		if err != nil {
			return err
		}
		out.problems = len(found) > 0
		out.result(object{"problems": problemsJSON(found)})
		for _, p := range found {
			out.line("%s %s", p.Record, problemLine(p))
		}
		out.line("共 %d 处。", len(found))
		return nil
	})
}
