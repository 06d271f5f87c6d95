package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
	"xiangzhen/model/sheet"
)

// ReportRequest writes a report of a period.
type ReportRequest struct {
	Kind   string // 汇总, 月报, one of plainReports or one of papers
	Form   string
	Period model.Period // "" is the month at hand
	Out    string
	ID     string // the record of a 督办单, 反馈单 or 纪要
	Person string // whose 书记履职, a name or an id
	// Final, if not nil, makes the table 定稿 as it is written (CLERK 3). Only a 汇总
	// or 月报 can be.
	Final *FinalNote
}

// Reported tells what a report holds.
type Reported struct {
	Units, Rows int
	Corrections int   // changes after an earlier 定稿 that enter this report
	Version     int   // of the 定稿 made, 0 if none
	Op          int64 // that keeps the 定稿
}

// Report writes the consolidated workbook of a period: counts by unit and every
// item, in the order of the divisions. Where an earlier period is 定稿, the figures
// stand beside it.
func (a *App) Report(ctx context.Context, req ReportRequest) (Reported, error) {
	if req.Period == "" {
		req.Period = model.Period(a.Period())
	}
	write, isPlain := plainReports[req.Kind]
	if _, isPaper := papers[req.Kind]; isPlain || isPaper {
		period, ok := model.ParsePeriod(string(req.Period))
		if !ok {
			return Reported{}, model.Errorf(model.CodeUsage, "期间“%s”写得不对，应为 2026-11 这样。", req.Period)
		}
		if req.Final != nil {
			return Reported{}, model.Errorf(model.CodeUsage, "“%s”不是哪张报表的汇总，不能定稿。可以定稿的有：汇总、月报。", req.Kind)
		}
		if req.Period = period; isPaper {
			return a.paper(ctx, req)
		}
		return write(a, ctx, req)
	}
	if req.Kind != "汇总" && req.Kind != "月报" {
		return Reported{}, model.Errorf(model.CodeUsage, "没有“%s”这种报告。现有：汇总、月报、考勤、补助、走访、日志、考核、项目、督办单、反馈单、纪要、通报、书记履职、汇报。", req.Kind)
	}
	form, err := a.form(ctx, req.Form)
	if err != nil {
		return Reported{}, err
	}
	if req.Period, err = form.PeriodFor(string(req.Period)); err != nil {
		return Reported{}, err
	}
	f, err := a.newFinals(ctx, form, req.Period)
	if err != nil {
		return Reported{}, err
	}
	return f.report(req)
}

// report writes the table, and keeps it where it is to be 定稿.
func (f *finals) report(req ReportRequest) (Reported, error) {
	if err := f.mayKeep(req.Final); err != nil {
		return Reported{}, err
	}
	t, err := f.table(req)
	if err != nil {
		return Reported{}, err
	}
	beside, err := f.beside(t)
	if err != nil {
		return Reported{}, err
	}
	if req.Final != nil {
		beside.Signed = f.signed(*req.Final)
	}
	beside.AddTo(t.out, t.frame)
	if err := sheet.Write(req.Out, t.out); err != nil {
		return Reported{}, err
	}
	got := Reported{Units: len(t.units), Rows: t.rows, Corrections: len(beside.Corrections)}
	if req.Final == nil {
		return got, nil
	}
	got.Version = beside.Signed.Version
	got.Op, err = f.keep(req, t, beside)
	return got, err
}

// finalTable is a consolidated table with its figures.
type finalTable struct {
	out     *sheet.Out
	frame   report.Summary // the words of its frame
	units   []string
	rows    int
	figures report.Figures
}

// table makes the consolidated table: of followed items their states by unit, of any
// other form its columns.
func (f *finals) table(req ReportRequest) (*finalTable, error) {
	s := report.Summary{Title: f.homeName() + strings.TrimSuffix(f.form.Label, "月报") + req.Kind, Unit: f.homeName(), Filler: f.Actor().Name,
		Period: f.period.Month(), Today: f.Today(), At: f.now(), Catalog: f.Catalog()}
	if req.Final != nil {
		s.Filler = cmp.Or(req.Final.Filler, s.Filler)
	}
	var err error
	if s.Demo, err = f.isDemo(f.ctx, f.store); err != nil {
		return nil, err
	}
	for _, area := range f.areas {
		s.Units = append(s.Units, area.Get("name").Text)
	}
	if !slices.Contains(ledgers.Followed(), f.form.Over) {
		return f.plain(s)
	}
	for _, area := range f.areas {
		items, err := f.items(f.ctx, f.form.Over, area, s.Period)
		if err != nil {
			return nil, err
		}
		s.Items = append(s.Items, items...)
	}
	return &finalTable{out: report.Workbook(s), frame: s, units: s.Units, rows: len(s.Items), figures: report.FiguresOf(s, f.period, f.before)}, nil
}

// plain lists the rows of a form that is not of followed items, unit by unit, and sums
// the columns of numbers.
func (f *finals) plain(s report.Summary) (*finalTable, error) {
	t := report.Table{Title: s.Title + "（" + f.period.Words() + "）", Unit: s.Unit, Filler: s.Filler, Today: s.Today, At: s.At, Demo: s.Demo,
		Columns: []report.Column{{Header: "序号", Width: 6, Number: true}, {Header: "单位", Width: 14}}}
	indicators := []report.Indicator{{Key: "rows", Label: "行数", Nature: report.Stock}}
	for _, c := range f.columns {
		t.Columns = append(t.Columns, report.Column{Header: c.header, Width: max(c.width, 10), Number: c.sums()})
		if c.sums() {
			indicators = append(indicators, report.Indicator{Key: c.path, Label: c.header, Nature: report.Stock, Scale: c.field.Scale})
		}
	}
	raw := map[string]report.Raw{report.SumUnit: {}}
	for _, u := range s.Units {
		raw[u] = report.Raw{}
	}
	rows, err := f.rows()
	if err != nil {
		return nil, err
	}
	for i, row := range rows {
		line := []string{strconv.Itoa(i + 1), row.Unit}
		for _, c := range f.columns {
			v := row.Values[c.path]
			line = append(line, c.field.Show(Shown(false)(c.field, v)))
			if c.sums() {
				raw[row.Unit][c.path] += v.Num
				raw[report.SumUnit][c.path] += v.Num
			}
		}
		raw[row.Unit]["rows"]++
		raw[report.SumUnit]["rows"]++
		t.Rows = append(t.Rows, line)
	}
	t.Sum = f.sumLine(raw[report.SumUnit])
	return &finalTable{out: t.Book(), frame: s, units: s.Units, rows: len(rows),
		figures: report.Chain(f.period, indicators, append(slices.Clone(s.Units), report.SumUnit), raw, f.before, nil)}, nil
}

func (f *finals) sumLine(sum report.Raw) []string {
	line := []string{"", report.SumUnit}
	for _, c := range f.columns {
		words := ""
		if c.sums() {
			words = model.FormatScaled(sum[c.path], c.field.Scale, false)
		}
		line = append(line, words)
	}
	return line
}

// items returns the followed items of an area with what was reported for the period.
func (a *App) items(ctx context.Context, ledger string, area *model.Record, period model.Month) ([]report.Item, error) {
	look := a.lookup(ctx, a.store)
	var out []report.Item
	err := a.store.Each(ctx, model.Query{Ledger: ledger, Areas: []string{area.ID}}, func(rec *model.Record) error {
		progress, err := look.Child(ledgers.Progress, rec.ID, period)
		out = append(out, report.Item{Unit: area.Get("name").Text, Task: rec, Progress: progress,
			Title: rec.Get("title").Text, Due: rec.Get("due").Text, Person: rec.Get("person").Text})
		return err
	})
	return out, err
}

// finalColumn is a column of a form as a 定稿 keeps it.
type finalColumn struct {
	path, header string
	width        float64
	field        *model.Field
	target       exchange.Target
}

// sums reports whether the column's numbers add up over units: quantities, not shares.
func (c finalColumn) sums() bool {
	return c.field.Kind == model.KindInteger || c.field.Kind == model.KindDecimal
}
