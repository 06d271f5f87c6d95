package main

import (
	"context"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

type reportCmd struct {
	Kind     string `arg:"" help:"汇总、月报、考勤、补助、走访、项目；督办单、反馈单、纪要、通报、书记履职、汇报。"`
	Period   string `help:"期间，例如 2026-11 或 2026，默认本月。"`
	Out      string `required:"" help:"输出到 .xlsx；督办单、纪要、汇报等输出到 .docx。"`
	ID       string `help:"哪一张督办单、哪一次会议（编号）。" name:"id"`
	Person   string `help:"谁的书记履职。"`
	Form     string `default:"task_month" help:"汇总哪张报表。"`
	Final    bool   `help:"定稿：数字、各行和文件按报出时的样子留存；已定稿的再定稿就是补报。"`
	Cutoff   string `help:"定稿的截至时间，例如 2026-11-25 18:00，默认现在。"`
	Filler   string `help:"填表人，默认操作人。"`
	Reviewer string `help:"审核人。"`
	Signer   string `help:"签发人。"`
	To       string `help:"报送给谁，默认上级。"`
	How      string `help:"怎样报送，默认电子版。"`
	Reason   string `help:"补报的原因。"`
}

// note is what is said of a 定稿, nil if none is to be made.
func (c *reportCmd) note() (*app.FinalNote, error) {
	n := app.FinalNote{Cutoff: c.Cutoff, Filler: c.Filler, Reviewer: c.Reviewer, Signer: c.Signer, To: c.To, How: c.How, Reason: c.Reason}
	switch {
	case c.Final:
		return &n, nil
	case n != app.FinalNote{}:
		return nil, model.Errorf(model.CodeUsage, "截至时间、签发人、补报原因等只有定稿时才写，请加 --final。")
	}
	return nil, nil
}

// Run writes a report workbook.
func (c *reportCmd) Run(ctx context.Context, g *globals, out *output) error {
	note, err := c.note()
	if err != nil {
		return err
	}
	return g.with(ctx, note == nil, func(a *app.App) error {
		r, err := a.Report(ctx, app.ReportRequest{Kind: c.Kind, Form: c.Form, Period: model.Period(c.Period), Out: c.Out, ID: c.ID, Person: c.Person, Final: note})
		if err != nil {
			return err
		}
		doc := object{"file": c.Out, "rows": r.Rows, "corrections": r.Corrections}
		out.line("%s：%d 个单位、%d 项，已写到 %s。", c.Kind, r.Units, r.Rows, c.Out)
		if r.Corrections > 0 {
			out.line("前几期定稿后变动 %d 处，列在“更正”里，已计入本期。", r.Corrections)
		}
		if note != nil {
			doc["op"], doc["version"] = r.Op, r.Version
			out.line("已定稿，第 %d 版（操作 %d）。", r.Version, r.Op)
		}
		out.result(doc)
		return nil
	})
}

type finalCmd struct {
	List    finalListCmd    `cmd:"" default:"withargs" help:"列出定稿。"`
	Changes finalChangesCmd `cmd:"" help:"定稿后变动。"`
	File    finalFileCmd    `cmd:"" help:"取出定稿的原文件。"`
}

type finalListCmd struct {
	Form   string `arg:"" optional:"" help:"报表，不写为全部。"`
	Period string `help:"期间，例如 2026-11。"`
}

// Run lists what is 定稿.
func (c *finalListCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		all, err := a.Finals(ctx, c.Form, model.Period(c.Period))
		if err != nil {
			return err
		}
		docs := make([]object, len(all))
		for i, f := range all {
			docs[i] = finalJSON(f)
			out.line("%s　%s　第%d版　%s 报%s（%s）　截至 %s　填表人 %s　审核人 %s　签发人 %s　%d 行　%s",
				f.Label, f.Period.Words(), f.Version, f.SentAt, f.To, f.How, f.Cutoff, blank(f.Filler), blank(f.Reviewer), blank(f.Signer), f.Rows, f.Reason)
		}
		out.line("定稿 %d 份。", len(all))
		out.result(object{"finals": docs})
		return nil
	})
}

func finalJSON(f app.Final) object {
	return object{"id": f.ID, "form": f.Form, "label": f.Label, "period": f.Period, "version": f.Version, "cutoff": f.Cutoff, "filler": f.Filler,
		"reviewer": f.Reviewer, "signer": f.Signer, "sent_at": f.SentAt, "to": f.To, "how": f.How, "reason": f.Reason, "rows": f.Rows, "file": f.File}
}

type finalChangesCmd struct {
	Form   string `arg:"" help:"报表。"`
	Period string `required:"" help:"期间，例如 2026-11。"`
}

// Run tells what has changed since a table was 定稿.
func (c *finalChangesCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		f, changes, err := a.FinalChanges(ctx, c.Form, model.Period(c.Period))
		if err != nil {
			return err
		}
		docs := make([]object, len(changes))
		for i, ch := range changes {
			docs[i] = object{"area": ch.Unit, "record": ch.Record, "name": ch.Name, "column": ch.Path, "header": ch.Header,
				"before": ch.Before, "after": ch.After, "at": ch.At, "by": ch.By, "entered": ch.Entered}
			entered := "将列入下期更正"
			if ch.Entered != "" {
				entered = "已列入" + ch.Entered.Words() + "更正"
			}
			out.line("%s　%s　%s　%s → %s　%s %s　%s", ch.Unit, ch.Name, ch.Header, blank(ch.Before), blank(ch.After), ch.At, ch.By, entered)
		}
		out.line("《%s》%s第%d版（%s 报出）定稿后变动 %d 处。", f.Label, f.Period.Words(), f.Version, f.SentAt, len(changes))
		out.result(object{"final": finalJSON(f), "changes": docs})
		return nil
	})
}

type finalFileCmd struct {
	Form    string `arg:"" help:"报表。"`
	Period  string `required:"" help:"期间，例如 2026-11。"`
	Version int    `help:"第几版，默认最新的。"`
	Out     string `required:"" help:"放到哪里（.xlsx）。"`
}

// Run writes the file of a 定稿 as it was sent.
func (c *finalFileCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		f, err := a.FinalFile(ctx, c.Form, model.Period(c.Period), c.Version, c.Out)
		if err != nil {
			return err
		}
		out.result(object{"file": c.Out, "final": finalJSON(f)})
		out.line("%s　第%d版：%s", f.Period.Words(), f.Version, c.Out)
		return nil
	})
}
