package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

type formCmd struct {
	List    formListCmd    `cmd:"" help:"列出报表。"`
	Issue   formIssueCmd   `cmd:"" help:"下发：每个村一个表格文件。"`
	Add     formAddCmd     `cmd:"" help:"新建报表。"`
	Edit    formEditCmd    `cmd:"" help:"修改报表。"`
	Delete  formDeleteCmd  `cmd:"" help:"删除报表，已下发、已收到的都还在。"`
	Answer  formAnswerCmd  `cmd:"" help:"用本级台账填好上级下发的表。"`
	Stamped formStampedCmd `cmd:"" help:"盖章件：给某村的上报附上盖章纸质件的扫描件或照片，列出、移除、取出。"`
	Advise  formAdviseCmd  `cmd:"" help:"下发前看哪些列本级已有、最近谁要过同样的。"`
}

type formListCmd struct{}

// Run lists the forms.
func (formListCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		forms, err := a.Forms(ctx)
		if err != nil {
			return err
		}
		docs := make([]object, len(forms))
		for i, f := range forms {
			docs[i] = formJSON(f)
			out.line("%-20s %s　%s前", f.Key, f.Label, f.Due.Words(f.Cadence))
		}
		out.result(object{"forms": docs})
		return nil
	})
}

func formJSON(f exchange.Form) object {
	columns := make([]object, len(f.Columns))
	for i, c := range f.Columns {
		columns[i] = object{"path": c.Path, "header": c.Header, "fill": c.Fill, "grey": c.Grey}
	}
	receivers := f.Receivers
	if receivers == nil {
		receivers = []string{}
	}
	return object{"key": f.Key, "label": f.Label, "over": f.Over, "cadence": f.Cadence, "due": f.Due.Words(f.Cadence),
		"due_day": f.Due.Day, "due_hour": f.Due.Hour, "due_minute": f.Due.Minute, "due_next": f.Due.Next, "due_on": f.Due.On, "roll": f.Due.Roll,
		"zero_ok": f.ZeroOK, "new_rows": f.Shape == exchange.ShapeNew, "free_rows": f.FreeRows, "where": f.Where, "columns": columns,
		"receivers": receivers, "contacts": f.Contacts, "basis": f.Basis, "own": f.Own}
}

// formFlags describe a form; columns are given by path or label.
type formFlags struct {
	Over      string   `help:"用哪个台账。"`
	Show      []string `help:"由本级填好、不能改的列，按顺序。" sep:"none"`
	Grey      []string `help:"只供参考的上期数，列=表头，例如 percent=上期完成比例。" sep:"none"`
	Fill      []string `help:"让下面填的列，按顺序。" sep:"none"`
	Where     []string `help:"只要哪些：项目=值，也可用 != < <= > >= ~；可写多个。" sep:"none"`
	NewRows   bool     `help:"只填新增，不带已有的行。"`
	Cadence   string   `help:"报送周期：日、周、旬、半月、月、季、半年、年、一次性。"`
	Due       *int     `help:"截止日：每月几号，每周第几天；0 为最后一天。"`
	Next      bool     `help:"截止日在下一期（次月 5 日前）。"`
	DueOn     string   `help:"一次性的报表在哪一天截止，例如 2026-11-30。"`
	Time      string   `help:"截止时刻，例如 17:30。"`
	Roll      string   `help:"遇节假日：顺延、提前、不调整。"`
	Receivers []string `help:"只下发给哪些村或乡镇，不写为全部下级。"`
	Contacts  []string `help:"按什么职务找人催报，例如 文书；不写为报表联络员、包村干部。"`
	ZeroOK    *bool    `name:"zero-ok" negatable:"" help:"可以零报告。"`
	FreeRows  *int     `help:"留几个空行。"`
	Notes     []string `help:"填表说明，一条一行。" sep:"none"`
	Basis     string   `help:"依据：文号，或报表准入编号。"`
}

// onto puts what the flags say over a form.
func (c *formFlags) onto(f *exchange.Form) error {
	for _, s := range []struct {
		to   *string
		said string
	}{{&f.Over, c.Over}, {(*string)(&f.Cadence), c.Cadence}, {(*string)(&f.Due.Roll), c.Roll}, {&f.Basis, c.Basis}} {
		if s.said != "" {
			*s.to = s.said
		}
	}
	for _, l := range []struct {
		to   *[]string
		said []string
	}{{&f.Where, c.Where}, {&f.Notes, c.Notes}, {&f.Receivers, c.Receivers}, {&f.Contacts, c.Contacts}} {
		if l.said != nil {
			*l.to = l.said
		}
	}
	if c.NewRows {
		f.Shape = exchange.ShapeNew
	}
	if c.ZeroOK != nil {
		f.ZeroOK = *c.ZeroOK
	}
	if c.FreeRows != nil {
		f.FreeRows = *c.FreeRows
	}
	if columns := c.columns(); columns != nil {
		f.Columns = columns
	}
	return c.due(&f.Due)
}

func (c *formFlags) columns() []exchange.FormColumn {
	var out []exchange.FormColumn
	add := func(words string, col exchange.FormColumn) {
		path, header, _ := strings.Cut(words, "=")
		col.Path, col.Header = exchange.Path(path), header
		out = append(out, col)
	}
	for _, w := range c.Show {
		add(w, exchange.FormColumn{})
	}
	for _, w := range c.Grey {
		add(w, exchange.FormColumn{Grey: true})
	}
	for _, w := range c.Fill {
		add(w, exchange.FormColumn{Fill: true})
	}
	if out == nil {
		return nil
	}
	return append([]exchange.FormColumn{{Path: exchange.PathSeq, Header: "序号", Width: 6}}, out...)
}

func (c *formFlags) due(d *model.Due) error {
	if c.Due != nil {
		d.Day = *c.Due
	}
	d.Next = d.Next || c.Next
	if c.DueOn != "" {
		day, ok := model.ParseDay(c.DueOn)
		if !ok {
			return model.Errorf(model.CodeUsage, "--due-on 应写成 2026-11-30 这样。")
		}
		d.On = day
	}
	if c.Time == "" {
		return nil
	}
	hour, minute, _ := strings.Cut(c.Time, ":")
	h, err := strconv.Atoi(hour)
	m, minuteErr := strconv.Atoi(minute)
	if minute == "" {
		minuteErr = nil
	}
	if err != nil || minuteErr != nil {
		return model.Errorf(model.CodeUsage, "--time 应写成 17:30 这样。")
	}
	d.Hour, d.Minute = h, m
	return nil
}

type formAddCmd struct {
	Label string `arg:"" help:"报表的名称。"`
	formFlags
}

// defaultFreeRows is how many rows a new form leaves empty.
const defaultFreeRows = 10

// Run makes a form of the user's own.
func (c *formAddCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		f, err := a.NewForm(ctx)
		if err != nil {
			return err
		}
		f.Label, f.FreeRows = c.Label, defaultFreeRows
		if err := c.onto(&f); err != nil {
			return err
		}
		f, done, err := a.AddForm(ctx, f)
		return tellForm(out, f, done, "已新建报表", err)
	})
}

type formEditCmd struct {
	Form  string `arg:"" help:"报表。"`
	Label string `help:"新的名称。"`
	formFlags
}

// Run changes a form.
func (c *formEditCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		f, err := a.Form(ctx, c.Form)
		if err != nil {
			return err
		}
		if c.Label != "" {
			f.Label = c.Label
		}
		if err := c.onto(&f); err != nil {
			return err
		}
		f, done, err := a.EditForm(ctx, f)
		return tellForm(out, f, done, "已修改报表", err)
	})
}

func tellForm(out *output, f exchange.Form, done app.Done, what string, err error) error {
	if err != nil {
		return err
	}
	tellDone(out, done, fmt.Sprintf("%s %s：%s，%s前", what, f.Key, f.Label, f.Due.Words(f.Cadence)))
	out.result(object{"op": done.Op, "key": f.Key, "form": formJSON(f)})
	return nil
}

type formDeleteCmd struct {
	Form string `arg:"" help:"报表。"`
}

// Run takes a form off the list.
func (c *formDeleteCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		done, err := a.DeleteForm(ctx, c.Form)
		if err != nil {
			return err
		}
		tellDone(out, done, "已删除报表")
		return nil
	})
}

type formAdviseCmd struct {
	Form   string `arg:"" help:"报表。"`
	Period string `required:"" help:"期间，例如 2026-11。"`
}

// Run tells what is held already of what a form asks for (减负).
func (c *formAdviseCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		advice, err := a.Advise(ctx, c.Form, model.Period(c.Period))
		if err != nil {
			return err
		}
		held, asked := make([]object, len(advice.Held)), make([]object, len(advice.Asked))
		for i, h := range advice.Held {
			held[i] = object{"path": h.Path, "header": h.Header, "rows": h.Rows, "filled": h.Filled}
			out.line("本级已有：%s（%d 行都有）", h.Header, h.Rows)
		}
		for i, r := range advice.Asked {
			asked[i] = object{"form": r.Form, "label": r.Label, "issued_on": r.IssuedOn, "columns": r.Headers}
			out.line("%s 下发的《%s》要过：%s", r.IssuedOn, r.Label, joinWords(r.Headers))
		}
		if advice.NeedsBasis {
			out.line("还没有写依据（文号或报表准入编号）。")
		}
		out.result(object{"held": held, "asked": asked, "rows": advice.Rows, "needs_basis": advice.NeedsBasis})
		return nil
	})
}

type formAnswerCmd struct {
	File string `arg:"" help:"上级下发的表。"`
	Out  string `required:"" help:"填好的表放到哪里（.xlsx）。"`
}

// Run fills a form from above out of this ledger.
func (c *formAnswerCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.write(ctx, func(a *app.App) error {
		got, err := a.Answer(ctx, c.File, c.Out)
		if err != nil {
			return err
		}
		out.result(object{"form": got.Form, "period": got.Period, "rows": got.Rows, "cells": got.Cells, "file": got.File})
		out.line("已填好 %d 行 %d 格：%s", got.Rows, got.Cells, got.File)
		return nil
	})
}
