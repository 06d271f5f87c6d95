package main

import (
	"context"

	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/report"
)

type compareCmd struct {
	Form   string `arg:"" help:"报表。"`
	Period string `required:"" help:"期间，例如 2026-11。"`
	With   string `help:"与哪一期比，例如 2026-10；不写为上一期。"`
	Out    string `help:"标好变动的表放到哪里（.xlsx）。"`
}

// Run compares two periods of a form.
func (c *compareCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		got, err := a.Compare(ctx, app.CompareRequest{Form: c.Form, Period: model.Period(c.Period), With: model.Period(c.With), Out: c.Out})
		if err != nil {
			return err
		}
		docs := make([]object, len(got.Findings))
		for i, f := range got.Findings {
			docs[i] = object{"kind": f.Kind, "area": f.Area, "record": f.ID, "name": f.Name, "column": f.Column, "header": f.Header,
				"before": f.Before, "after": f.After}
		}
		for _, f := range report.Notable(got.Findings) {
			out.line("%s　%s　%s　%s　%s → %s", f.Kind, f.Area, f.Name, f.Header, f.Before, f.After)
		}
		out.line("%s与%s相比：%d 行，%d 处要看，%d 处变动。", got.Period.Words(), got.With.Words(), got.Rows,
			len(report.Notable(got.Findings)), len(got.Findings))
		out.result(object{"form": got.Form.Key, "period": got.Period, "with": got.With, "compared": got.Rows, "rows": docs, "file": c.Out})
		return nil
	})
}
