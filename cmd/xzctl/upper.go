package main

import (
	"cmp"
	"context"
	"fmt"

	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// tableCmd deals with the tables that levels above ask for (报表登记). They are
// registered and changed as records of any ledger are.
type tableCmd struct {
	List     tableListCmd     `cmd:"" default:"withargs" help:"列出登记的报表：哪些到期、逾期，最近报了什么。登记用 add 报表登记 报表名称=… 要表单位=… 报送周期=月 截止日=25。"`
	Calendar tableCalendarCmd `cmd:"" help:"报送日历：一段时间里要报的表。"`
	Sent     tableSentCmd     `cmd:"" help:"登记报送：留存报出的文件（按上级表填报的自动留存）。"`
	File     tableFileCmd     `cmd:"" help:"取出留存的报送文件。"`
	Compare  tableCompareCmd  `cmd:"" help:"与上级对照：上级退回或公布的表，与报送的比，标出不一样的。"`
}

type tableListCmd struct {
	Open bool   `help:"只列还没有报的。"`
	By   string `help:"到哪一天为止算到期，例如 2026-11-30，默认今天。"`
}

// Run lists the registered tables.
func (c *tableListCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		by, err := dayFlag("--by", c.By, a.Today())
		if err != nil {
			return err
		}
		tables, err := a.UpperTables(ctx, by)
		if err != nil {
			return err
		}
		docs, rows := []object{}, [][]string{}
		for _, t := range tables {
			if c.Open && len(t.Open) == 0 {
				continue
			}
			docs = append(docs, upperJSON(t))
			rows = append(rows, []string{t.Title, t.Asker, t.Due.Words(t.Cadence), openWords(t), lastWords(t), t.Contact})
		}
		out.table([]string{"报表", "要表单位", "截止", "待报", "最近报送", "对接人"}, rows)
		out.line("登记的报表 %d 张。", len(docs))
		out.result(object{"tables": docs})
		return nil
	})
}

func dayFlag(flag, words string, standard model.Day) (model.Day, error) {
	if words == "" {
		return standard, nil
	}
	day, ok := model.ParseDay(words)
	if !ok {
		return "", model.Errorf(model.CodeUsage, "%s 应写成 2026-11-30 这样。", flag)
	}
	return day, nil
}

func upperJSON(t app.UpperTable) object {
	open := make([]object, len(t.Open))
	for i, o := range t.Open {
		open[i] = askedJSON(o)
	}
	sent := make([]object, len(t.Sent))
	for i, s := range t.Sent {
		sent[i] = sendingJSON(s)
	}
	doc := object{"id": t.ID, "title": t.Title, "asker": t.Asker, "basis": t.Basis, "cadence": t.Cadence, "due": t.Due.Words(t.Cadence),
		"contact": t.Contact, "phone": t.Phone, "from": t.From, "until": t.Until, "open": open, "sent": sent}
	if t.Next != nil {
		doc["next"] = askedJSON(*t.Next)
	}
	return doc
}

func askedJSON(o ledgers.Asked) object {
	return object{"period": o.Period, "due": o.Due, "due_at": o.Moment}
}

func sendingJSON(s app.UpperSending) object {
	return object{"period": s.Period, "sent_on": s.SentOn, "sent_at": s.SentAt, "how": s.How, "file": s.File(), "files": len(s.Files), "theirs": len(s.Theirs),
		"coverage": object{"columns": s.Columns, "filled": s.ByProgram, "person": s.ByHand, "unknown": s.Unknown}}
}

func openWords(t app.UpperTable) string {
	switch n := len(t.Open); {
	case n == 0 && t.Next != nil:
		return "下次 " + string(t.Next.Due)
	case n == 0:
		return ""
	case n == 1:
		return t.Open[0].Period.Words() + "，截止 " + string(t.Open[0].Due)
	}
	return fmt.Sprintf("%s起 %d 期，截止 %s", t.Open[0].Period.Words(), len(t.Open), t.Open[0].Due)
}

func lastWords(t app.UpperTable) string {
	if len(t.Sent) == 0 {
		return "没有报过"
	}
	return t.Sent[0].Period.Words() + "，" + string(t.Sent[0].SentOn) + " " + t.Sent[0].File()
}

type tableCalendarCmd struct {
	From string `help:"从哪一天起，默认本月 1 日。"`
	To   string `help:"到哪一天，默认下月底。"`
}

// Run lists what is due in a stretch of time.
func (c *tableCalendarCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		month := a.Today().Month()
		from, err := dayFlag("--from", c.From, month.First())
		to, toErr := dayFlag("--to", c.To, month.Add(1).Last())
		if err = cmp.Or(err, toErr); err != nil {
			return err
		}
		all, err := a.UpperCalendar(ctx, from, to)
		if err != nil {
			return err
		}
		docs, rows := []object{}, [][]string{}
		for _, d := range all {
			doc := askedJSON(d.Asked)
			doc["title"], doc["asker"], doc["table"], doc["state"] = d.Table.Title, d.Table.Asker, d.Table.ID, d.State()
			docs = append(docs, doc)
			rows = append(rows, []string{string(d.Due), d.Table.Due.Clock(), d.Table.Title, d.Table.Asker, d.Period.Words(), d.State()})
		}
		out.table([]string{"截止", "时刻", "报表", "要表单位", "期间", "状态"}, rows)
		out.line("%s 至 %s，要报 %d 次。", from, to, len(docs))
		out.result(object{"from": from, "to": to, "due": docs})
		return nil
	})
}

type tableSentCmd struct {
	Table  string `arg:"" help:"登记的报表：名称或编号。"`
	File   string `arg:"" help:"报出的文件。"`
	Period string `help:"哪一期，例如 2026-11；不写为最早还没有报的一期。"`
	On     string `help:"哪一天报的，默认今天。"`
}

// Run keeps a file as what was sent.
func (c *tableSentCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		on, err := dayFlag("--on", c.On, a.Today())
		if err != nil {
			return err
		}
		done, to, err := a.KeepSent(ctx, app.KeepSentRequest{Table: c.Table, Period: c.Period, Path: c.File, On: on})
		if err != nil {
			return err
		}
		tellDone(out, done, fmt.Sprintf("已登记“%s”%s报送", to.Table.Title, to.Period.Words()))
		doc := doneJSON(done)
		doc["table"], doc["title"], doc["period"] = to.Table.ID, to.Table.Title, to.Period
		out.result(doc)
		return nil
	})
}

type tableFileCmd struct {
	Table  string `arg:"" help:"登记的报表：名称或编号。"`
	Period string `help:"哪一期，例如 2026-11；不写为最近报送的。"`
	Out    string `required:"" help:"放到哪里。"`
}

// Run writes the file that was sent.
func (c *tableFileCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		s, err := a.SentFile(ctx, c.Table, c.Period, c.Out)
		if err != nil {
			return err
		}
		out.result(object{"file": c.Out, "sent": sendingJSON(s)})
		out.line("%s　%s报送：%s", s.Period.Words(), s.SentOn, c.Out)
		return nil
	})
}

type tableCompareCmd struct {
	Table  string   `arg:"" help:"登记的报表：名称或编号。"`
	File   string   `arg:"" help:"上级退回或公布的表。"`
	Period string   `help:"哪一期，例如 2026-11；不写为最近报送的。"`
	Key    []string `help:"按哪几列对行，例如 户主姓名；不写则自动找。" sep:"none"`
	Out    string   `help:"标好不同的表放到哪里（.xlsx）。"`
	Keep   bool     `help:"把上级的表留存在这一期旁边。"`
}

// Run compares what was sent with what came back.
func (c *tableCompareCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.with(ctx, !c.Keep, func(a *app.App) error {
		got, err := a.CompareTheirs(ctx, app.TheirsRequest{Table: c.Table, Period: c.Period, Path: c.File, Key: c.Key, Out: c.Out})
		if err != nil {
			return err
		}
		doc := object{"table": got.Table.ID, "title": got.Table.Title, "period": got.Sent.Period, "compared": got.Rows, "file": c.Out}
		if c.Keep {
			done, err := a.KeepTheirs(ctx, got.Table.ID, string(got.Sent.Period), c.File)
			if err != nil {
				return err
			}
			doc["op"] = done.Op
		}
		c.tell(out, got, doc)
		return nil
	})
}

func (c *tableCompareCmd) tell(out *output, got app.Theirs, doc object) {
	rows, tables := []object{}, []object{}
	for _, t := range got.Tables {
		tables = append(tables, object{"sheet": t.Sheet, "key": append([]string{}, t.Key...), "missing": append([]string{}, t.Missing...), "extra": append([]string{}, t.Extra...)})
		tellColumns(out, "上级的表里没有的列", t.Missing)
		tellColumns(out, "上级的表里多出的列", t.Extra)
		for _, f := range t.Findings {
			rows = append(rows, object{"kind": f.Kind, "sheet": t.Sheet, "row": f.Area, "name": f.Name, "header": f.Header, "before": f.Before, "after": f.After})
			out.line("%s　第%s行　%s　%s　%s → %s", f.Kind, f.Area, f.Name, f.Header, blank(f.Before), blank(f.After))
		}
	}
	out.line("“%s”%s：比了 %d 行，%d 处与上级的不一样。", got.Table.Title, got.Sent.Period.Words(), got.Rows, len(rows))
	for _, p := range got.Problems {
		out.line("%s", problemLine(p))
	}
	doc["tables"], doc["rows"], doc["problems"] = tables, rows, problemsJSON(got.Problems)
	out.result(doc)
	out.problems = len(got.Problems) > 0
}

func tellColumns(out *output, what string, columns []string) {
	if len(columns) > 0 {
		out.line("%s：%s", what, joinWords(columns))
	}
}
