package main

import (
	"cmp"
	"context"
	"strconv"

	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/report"
)

type burdenCmd struct {
	From string `help:"从哪个月起，例如 2026-01，默认当年一月。"`
	To   string `help:"到哪个月，默认本月。"`
	Out  string `help:"导出到 .xlsx。"`
}

// Run counts what the levels above asked for.
func (c *burdenCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		from, err := monthFlag("--from", c.From)
		to, toErr := monthFlag("--to", c.To)
		if err = cmp.Or(err, toErr); err != nil {
			return err
		}
		b, err := a.Burden(ctx, app.BurdenRequest{From: from, To: to, Out: c.Out})
		if err != nil {
			return err
		}
		tellBurden(out, b, c.Out)
		return nil
	})
}

func monthFlag(flag, words string) (model.Month, error) {
	p, ok := model.ParsePeriod(words)
	if words != "" && (!ok || p.Cadence() != model.Monthly) {
		return "", model.Errorf(model.CodeUsage, "%s 应写成 2026-11 这样。", flag)
	}
	return model.Month(p), nil
}

func tellBurden(out *output, b report.Burden, file string) {
	lines, again := make([]object, len(b.Lines)), make([]object, len(b.Again))
	var rows [][]string
	for i, l := range b.Lines {
		lines[i] = burdenJSON(l)
		rows = append(rows, burdenRow(l))
	}
	out.table([]string{"要表单位", "要表次数", "几张表", "报送列数", "程序填的列", "程序填的比例", "给过又要的列"}, append(rows, burdenRow(b.Sum)))
	for i, r := range b.Again {
		again[i] = object{"header": r.Header, "title": r.Title, "asker": r.Asker, "period": r.Period, "on": r.On,
			"given": r.Given, "given_to": r.GivenTo, "given_on": r.GivenOn}
		out.line("%s：《%s》（%s）要，%s 在《%s》里报过。", r.Header, r.Title, r.Asker, r.GivenOn, r.Given)
	}
	out.result(object{"months": b.Months, "lines": lines, "sum": burdenJSON(b.Sum), "again": again, "file": file})
}

func burdenJSON(l report.BurdenLine) object {
	return object{"asker": l.Asker, "by_month": l.ByMonth, "times": l.Times, "tables": l.Tables, "columns": l.Columns, "by_program": l.Program,
		"share": rateWords(l.Share()), "again": l.Again}
}

func burdenRow(l report.BurdenLine) []string {
	row := []string{l.Asker}
	for _, n := range []int{l.Times, l.Tables, l.Columns, l.Program} {
		row = append(row, strconv.Itoa(n))
	}
	return append(row, cmp.Or(rateWords(l.Share()), "—"), strconv.Itoa(l.Again))
}
