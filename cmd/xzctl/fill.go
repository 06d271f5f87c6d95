package main

import (
	"context"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/app"
	tpl "xiangzhen/model/fill"
	"xiangzhen/model/sheet"
)

type fillCmd struct {
	Template string   `arg:"" help:"上级发来的空表。"`
	Out      string   `help:"填好的表放到哪里；只看对应情况（--dry-run）时不用写。"`
	Ledger   string   `help:"用哪个台账填；不写则按上次的，再按表头判断。"`
	Sheet    string   `help:"只填这张工作表。"`
	Where    []string `help:"哪些记录，例如 状态!=已办结；'' 为全部，连已分解的上级事项。" sep:"none"`
	Area     string   `help:"只填这个单位及下级的。"`
	Sort     string   `help:"按哪一项排序，前面加 - 为倒序。"`
	Period   string   `help:"期间，例如 2026-11，默认当月。"`
	Map      []string `help:"列对应：列=来源，例如 C=title、D=今天、E=“甲镇”、F=任务.完成比例 平均 where 工作类别=产业振兴。" sep:"none"`
	Set      []string `help:"只改这张表的一格：单元格=内容，例如 C5=无。" sep:"none"`
	Origins  bool     `help:"JSON 里列出每一格来自哪条记录、哪一天。"`
	DryRun   bool     `help:"只看对应情况，不写文件。"`
	Issue    string   `help:"急表：每个村一份放到这个文件夹，已知的先填好。" placeholder:"DIR"`
	Table    string   `help:"留存到报表登记的哪一张（名称或编号）；不写则按表头认，- 为不留存。"`
	Merge    []string `help:"把各村填回来的同一张表合成 --out 这一份；文件夹或文件。" placeholder:"PATH"`
}

// Run fills a table of somebody else's making.
func (c *fillCmd) Run(ctx context.Context, g *globals, out *output) error {
	if c.Out == "" && !c.DryRun && c.Issue == "" {
		return model.Errorf(model.CodeUsage, "请用 --out 写明填好的表放到哪里。")
	}
	return g.with(ctx, c.DryRun || c.Issue != "" || len(c.Merge) > 0 && c.Table == "", func(a *app.App) error {
		draft, err := a.OpenTemplate(ctx, c.Template)
		if err != nil {
			return err
		}
		if len(c.Merge) > 0 {
			return c.merge(ctx, a, draft, out)
		}
		req, err := c.request(draft)
		if err != nil {
			return err
		}
		if c.Issue != "" {
			return c.issue(ctx, a, req, out)
		}
		var done app.Filled
		if c.DryRun {
			done.FillPreview, err = a.PreviewFill(ctx, req)
		} else {
			done, err = a.Fill(ctx, req)
		}
		if err != nil {
			return err
		}
		c.tell(out, done)
		return nil
	})
}

// issue writes one copy for each village.
func (c *fillCmd) issue(ctx context.Context, a *app.App, req app.FillRequest, out *output) error {
	issued, err := a.IssueCopies(ctx, req, c.Issue)
	if err != nil {
		return err
	}
	docs := make([]object, len(issued))
	for i, f := range issued {
		docs[i] = object{"area": f.Area, "file": f.File, "rows": f.Rows}
		out.line("%s　%s　已填 %d 行", f.Area, f.File, f.Rows)
	}
	out.result(object{"files": docs})
	return nil
}

// merge makes one table of those that came back.
func (c *fillCmd) merge(ctx context.Context, a *app.App, draft *app.FillDraft, out *output) error {
	done, err := a.MergeCopies(ctx, app.MergeRequest{Draft: draft, Paths: c.Merge, Out: c.Out, Register: c.Table, RegisterFor: c.Period})
	if err != nil {
		return err
	}
	tables := []object{}
	for _, t := range done.Tables {
		cells := []object{}
		for _, cell := range t.Cells {
			from := []object{}
			for _, o := range cell.Origins {
				from = append(from, object{"file": o.File, "from": o.From, "sheet": o.Sheet, "cell": o.Cell})
			}
			cells = append(cells, object{"cell": sheet.CellName(cell.Row, cell.Col), "value": cell.Text, "from": from})
		}
		doc := object{"sheet": t.Sheet, "title": t.Title, "rows": t.Rows, "added_rows": t.Added}
		if c.Origins {
			doc["cells"] = cells
		}
		tables = append(tables, doc)
		out.line("工作表“%s”　%s　%d 行，%d 格", t.Sheet, t.Title, t.Rows, len(t.Cells))
	}
	doc := object{"out": c.Out, "files": done.Files, "from": append([]string{}, done.From...), "missing": append([]string{}, done.Missing...), "call": done.Call,
		"tables": tables, "problems": problemsJSON(done.Problems)}
	if done.Kept != nil {
		doc["kept"] = keptJSON(*done.Kept)
		c.tellKept(out, *done.Kept)
	}
	out.result(doc)
	out.line("已并入 %d 份。", done.Files)
	if len(done.Missing) > 0 {
		out.line("还没有报的：%s。", joinWords(done.Missing))
		out.line("%s", done.Call)
	}
	for _, p := range done.Problems {
		out.line("%s", problemLine(p))
	}
	out.problems = len(done.Problems) > 0
	return nil
}

// request gives what was said on the command line to the tables it is about.
func (c *fillCmd) request(draft *app.FillDraft) (app.FillRequest, error) {
	req := app.FillRequest{Draft: draft, Period: c.Period, Out: c.Out, Register: c.Table, Tables: map[int]app.FillChoice{}}
	mapped, err := pairs("--map", c.Map)
	if err != nil {
		return req, err
	}
	typed, err := pairs("--set", c.Set)
	if err != nil {
		return req, err
	}
	where := c.Where
	if where != nil {
		where = slices.DeleteFunc(slices.Clone(where), func(w string) bool { return w == "" })
	}
	found := false
	for i, t := range draft.Tables {
		choice := app.FillChoice{Ledger: c.Ledger, Where: where, Area: c.Area, Sort: c.Sort, Leave: c.Sheet != "" && t.Sheet != c.Sheet}
		if !choice.Leave && !found {
			choice.Map, choice.Typed = mapped, typed // columns are named without their sheet: the first table is meant
			found = true
		}
		req.Tables[i] = choice
	}
	if !found {
		return req, model.Errorf(model.CodeNotFound, "里面没有工作表“%s”，或者那里没有表格。", c.Sheet)
	}
	return req, nil
}

// pairs reads NAME=WORDS.
func pairs(flag string, args []string) (map[string]string, error) {
	out := map[string]string{}
	for _, arg := range args {
		name, words, ok := strings.Cut(arg, "=")
		if name = strings.ToUpper(strings.TrimSpace(name)); !ok || name == "" {
			return nil, model.Errorf(model.CodeUsage, "%s“%s”写得不对，应为 列=来源，例如 C=title。", flag, arg)
		}
		out[name] = words
	}
	return out, nil
}

func (c *fillCmd) tell(out *output, done app.Filled) {
	tables := []object{}
	for _, t := range done.Tables {
		if !t.Leave {
			tables = append(tables, c.tableJSON(t))
			tellFillTable(out, t)
		}
	}
	v := done.Coverage
	doc := object{"file": c.Template, "out": c.Out, "op": done.Op, "tables": tables,
		"coverage":   object{"columns": v.Columns, "filled": v.Filled, "person": v.Person, "unknown": v.Unknown},
		"problems":   problemsJSON(done.Problems),
		"recomputed": done.Computed, "left_to_open": done.Left}
	if k := done.Kept; k != nil {
		doc["kept"] = keptJSON(*k)
		c.tellKept(out, *k)
	}
	out.result(doc)
	out.line("%s。", v.Words())
	if done.Left > 0 {
		out.line("有 %d 个公式要在 WPS 或 Excel 里打开后才重新计算。", done.Left)
	}
	for _, p := range done.Problems {
		out.line("%s", problemLine(p))
	}
	out.problems = len(done.Problems) > 0
}

func keptJSON(k app.KeptFor) object {
	return object{"table": k.Table.ID, "title": k.Table.Title, "period": k.Period}
}

// tellKept says for which registered table the file is kept, and what of it was due
// before and is not sent.
func (c *fillCmd) tellKept(out *output, k app.KeptFor) {
	verb := "已留存"
	if c.DryRun {
		verb = "生成后留存"
	}
	out.line("%s到报表登记“%s”%s。", verb, k.Table.Title, k.Period.Words())
	for _, o := range k.Before() {
		out.line("这张表%s（截止 %s）还没有报；填的是那一期的，请用 --period 写明。", o.Period.Words(), o.Due)
	}
}

func (c *fillCmd) tableJSON(t app.FillTable) object {
	counts := map[string]int{}
	cells := []object{}
	for _, cell := range t.Cells {
		counts[cell.Header]++
		if c.Origins {
			cells = append(cells, object{"cell": cell.Cell, "value": cell.Words, "ledger": cell.Ledger, "record": cell.Record, "name": cell.Name, "date": cell.Of})
		}
	}
	columns := []object{}
	for _, col := range t.Columns {
		columns = append(columns, object{"col": col.Name, "path": col.Path, "source": col.Source.String(), "how": col.How, "status": col.Status,
			"reason": col.Reason, "proposed": col.Proposed, "filled": counts[col.Path]})
	}
	out := object{"sheet": t.Sheet, "title": t.Title, "mode": t.Mode, "why": t.Why, "header_first": t.HeaderFirst, "header_last": t.HeaderLast,
		"data_first": t.First, "data_last": lastRow(t), "rows": t.Rows, "added_rows": t.Added, "columns": columns, "remembered": t.Recalled}
	if t.Ledger != nil {
		out["ledger"] = t.Ledger.Key
	}
	if t.Recalled != "" {
		out["changes"] = changesJSON(t.Change)
	}
	if c.Origins {
		out["cells"] = cells
	}
	return out
}

// lastRow is the last row with a record.
func lastRow(t app.FillTable) int {
	if t.Mode == tpl.Rows {
		return t.First + t.Rows - 1
	}
	return t.Last
}

func changesJSON(d tpl.Difference) object {
	renamed := []object{}
	for _, r := range d.Renamed {
		renamed = append(renamed, object{"from": r[0], "to": r[1]})
	}
	list := func(s []string) []string { return append([]string{}, s...) }
	return object{"added": list(d.Added), "removed": list(d.Removed), "renamed": renamed, "moved": list(d.Moved)}
}

func tellFillTable(out *output, t app.FillTable) {
	name := "没有认出台账"
	if t.Ledger != nil {
		name = "台账“" + t.Ledger.Label + "”"
	}
	out.line("工作表“%s”　%s　%s，%d 行，加了 %d 行", t.Sheet, t.Title, name, t.Rows, t.Added)
	if t.Once {
		out.line("　已分解的上级事项不重复填；要连它们一起填，加 --where ''。")
	}
	if t.Why != "" {
		out.line("  %s", t.Why)
	}
	if t.Recalled != "" {
		out.line("  按“%s”上次的对应填。", t.Recalled)
		for _, w := range t.Change.Words() {
			out.line("  %s", w)
		}
	}
	for _, col := range t.Columns {
		out.line("  %s  %s  %s  %s", col.Name, col.Path, map[tpl.Status]string{tpl.Filled: "已填", tpl.Person: "需人工", tpl.Unknown: "未知"}[col.Status], col.Reason)
	}
}
