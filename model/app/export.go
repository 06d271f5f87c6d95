package app

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
	"xiangzhen/model/sheet"
	"xiangzhen/model/store"
)

func builtinCatalog() *model.Catalog { return model.NewCatalog(ledgers.All()...) }

// ExportRequest writes records to a workbook or a csv file.
type ExportRequest struct {
	List    ListRequest
	Out     string   // .xlsx or .csv
	Columns []string // keys, labels or paths; nil = all a person sees
	Public  bool     // for a public notice: sensitive columns are left out
	Unmask  string   // the reason for showing sensitive values in full
}

// Export writes the records asked for and returns how many there are. Sensitive
// values are masked unless a reason is given, which is entered in the ledger.
func (a *App) Export(ctx context.Context, req ExportRequest) (int, error) {
	l, page, err := a.List(ctx, req.List)
	if err != nil {
		return 0, err
	}
	in := exchange.ExportInput{Ledger: l, Catalog: a.Catalog(), Records: page.Records, Unit: a.homeName(), Filler: a.Actor().Name,
		Today: a.Today(), At: a.now(), Public: req.Public}
	if in.Columns, err = exportPaths(l, req.Columns); err != nil {
		return 0, err
	}
	if in.Demo, err = a.isDemo(ctx, a.store); err != nil {
		return 0, err
	}
	if req.Unmask != "" && !req.Public {
		if err := a.Disclose(ctx, l, page.Total, req.Unmask, filepath.Base(req.Out)); err != nil {
			return 0, err
		}
	}
	look := a.lookup(ctx, a.store)
	show := Shown(req.Unmask != "" && !req.Public)
	in.Value = func(rec *model.Record, tg exchange.Target) model.Value {
		v, err := look.pathValue(rec, tg, a.Period())
		look.fail(err)
		return show(tg.Field, v)
	}
	if err := writeExport(req.Out, in); err != nil {
		return 0, err
	}
	return len(page.Records), look.err
}

func exportPaths(l *model.Ledger, names []string) ([]exchange.Path, error) {
	var out []exchange.Path
	for _, n := range names {
		switch f := l.FindField(n); {
		case f != nil:
			out = append(out, exchange.Path(f.Key))
		case strings.Contains(n, ".") || strings.HasPrefix(n, "#"):
			out = append(out, exchange.Path(n))
		default:
			return nil, noField(l, n)
		}
	}
	return out, nil
}

func writeExport(path string, in exchange.ExportInput) error {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx":
		out, err := exchange.ExportSheet(in)
		if err != nil {
			return err
		}
		return sheet.Write(path, out)
	case ".csv":
		rows, err := exchange.ExportRows(in)
		if err != nil {
			return err
		}
		return writeCSV(path, rows)
	}
	return model.Errorf(model.CodeUsage, "只能导出为 .xlsx 或 .csv。")
}

// writeCSV writes UTF-8 with a mark at the start, by which WPS knows it.
func writeCSV(path string, rows [][]string) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return model.Wrap(err, model.CodeReadOnly, "“%s”没有写成，请换一个文件夹再试。", filepath.Base(path))
	}
	defer func() {
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
	}()
	if _, err := f.WriteString("\uFEFF"); err != nil {
		return err
	}
	w := csv.NewWriter(f)
	w.UseCRLF = true
	for _, row := range rows {
		if err := w.Write(harmless(row)); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// harmless keeps a spreadsheet from taking text for a formula: a csv file cannot
// say that a cell is text, so the apostrophe of Excel does. Reading takes it off
// again, and text that begins with one gets a second.
func harmless(row []string) []string {
	out := make([]string, len(row))
	for i, s := range row {
		if s != "" && strings.ContainsRune("=+-@\t\r'", rune(s[0])) && !isNumber(s) {
			s = "'" + s
		}
		out[i] = s
	}
	return out
}

func isNumber(s string) bool {
	return strings.Trim(s, "+-0123456789.") == "" && strings.ContainsAny(s, "0123456789")
}

// Disclose enters that sensitive values were shown in full: who, when, what, why.
func (a *App) Disclose(ctx context.Context, l *model.Ledger, rows int, reason, file string) error {
	var columns []string
	for _, f := range l.Fields {
		if f.Sensitive {
			columns = append(columns, f.Label)
		}
	}
	if len(columns) == 0 {
		return nil
	}
	_, err := a.do(ctx, "disclose", "查看敏感信息："+l.Label, func(tx *store.Tx) error {
		rec := model.NewRecord(ledgers.Disclosure, "")
		rec.Put("target_ledger", model.Text(l.Key))
		rec.Put("columns", model.Text(strings.Join(columns, "、")))
		rec.Put("rows", model.Int(int64(rows)))
		rec.Put("reason", model.Text(reason))
		rec.Put("file", model.Text(file))
		return tx.Add(rec)
	})
	return err
}

// ReportRequest writes a report of a period.
type ReportRequest struct {
	Kind   string // 汇总, 月报, 考勤, 补助, 走访 or 项目
	Form   string
	Period model.Period
	Out    string
}

// Reported tells what a report holds.
type Reported struct{ Units, Rows int }

// Report writes the consolidated workbook of a period: counts by unit and every
// item, in the order of the divisions.
func (a *App) Report(ctx context.Context, req ReportRequest) (Reported, error) {
	if write := monthReports[req.Kind]; write != nil {
		period, ok := model.ParsePeriod(string(req.Period))
		if !ok {
			return Reported{}, model.Errorf(model.CodeUsage, "期间“%s”写得不对，应为 2026-11 这样。", req.Period)
		}
		return write(a, ctx, req, period.Month())
	}
	if req.Kind != "汇总" && req.Kind != "月报" {
		return Reported{}, model.Errorf(model.CodeUsage, "“%s”尚未实现。现有：汇总、月报、考勤、补助、走访、项目。", req.Kind)
	}
	form, err := a.form(ctx, req.Form)
	if err != nil {
		return Reported{}, err
	}
	if req.Period, err = form.PeriodFor(string(req.Period)); err != nil {
		return Reported{}, err
	}
	s := report.Summary{Title: a.homeName() + strings.TrimSuffix(form.Label, "月报") + req.Kind, Unit: a.homeName(), Filler: a.Actor().Name,
		Period: req.Period.Month(), Today: a.Today(), At: a.now(), Catalog: a.Catalog()}
	if s.Demo, err = a.isDemo(ctx, a.store); err != nil {
		return Reported{}, err
	}
	areas, err := a.below(ctx)
	if err != nil {
		return Reported{}, err
	}
	for _, area := range areas {
		s.Units = append(s.Units, area.Get("name").Text)
		items, err := a.items(ctx, area, req.Period.Month())
		if err != nil {
			return Reported{}, err
		}
		s.Items = append(s.Items, items...)
	}
	return Reported{Units: len(s.Units), Rows: len(s.Items)}, sheet.Write(req.Out, report.Workbook(s))
}

// items returns the tasks of an area with what was reported for the period.
func (a *App) items(ctx context.Context, area *model.Record, period model.Month) ([]report.Item, error) {
	look := a.lookup(ctx, a.store)
	var out []report.Item
	err := a.store.Each(ctx, model.Query{Ledger: ledgers.Task, Areas: []string{area.ID}}, func(rec *model.Record) error {
		progress, err := look.Child(ledgers.Progress, rec.ID, period)
		out = append(out, report.Item{Unit: area.Get("name").Text, Task: rec, Progress: progress,
			Title: rec.Get("title").Text, Due: rec.Get("due").Text, Person: rec.Get("person").Text})
		return err
	})
	return out, err
}
