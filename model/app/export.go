package app

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

func builtinCatalog() *model.Catalog { return model.NewCatalog(ledgers.All()...) }

// ExportRequest writes records to a workbook or a csv file.
type ExportRequest struct {
	List    ListRequest
	Out     string   // .xlsx or .csv
	Columns []string // keys, labels or paths; nil = all a person sees
	Public  bool     // for a public notice: sensitive columns are left out
	Unmask  string   // the reason for showing sensitive values in full
	// Up, if not nil, is to whom and for what the workbook goes up, in full.
	Up *ReportUp
	// Password, if not "", is asked for by whoever opens the workbook.
	Password string
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
	columns, err := a.sensitiveIn(l, in.Columns)
	if err != nil {
		return 0, err
	}
	if err := a.letOut(ctx, l, columns, req, page.Total); err != nil {
		return 0, err
	}
	look := a.lookup(ctx, a.store)
	show := Shown((req.Unmask != "" || req.Up != nil) && !req.Public)
	in.Value = func(rec *model.Record, tg exchange.Target) model.Value {
		v, err := look.pathValue(rec, tg, a.Period())
		look.fail(err)
		return show(tg.Field, v)
	}
	if err := writeExport(req.Out, req.Password, in); err != nil {
		return 0, err
	}
	return len(page.Records), look.err
}

// sensitiveIn are the labels of the sensitive fields among the columns of an export,
// those of other ledgers included; of all columns of the ledger for nil.
func (a *App) sensitiveIn(l *model.Ledger, paths []exchange.Path) ([]string, error) {
	if paths == nil {
		return SensitiveLabels(l), nil
	}
	var out []string
	for _, p := range paths {
		tg, err := exchange.ResolvePath(a.Catalog(), l, p)
		if err != nil {
			return nil, err
		}
		if tg.Field != nil && tg.Field.Sensitive && !slices.Contains(out, tg.Field.Label) {
			out = append(out, tg.Field.Label)
		}
	}
	return out, nil
}

// letOut decides whether sensitive values may leave in full, and enters it.
func (a *App) letOut(ctx context.Context, l *model.Ledger, columns []string, req ExportRequest, rows int) error {
	switch {
	case req.Public:
		return nil
	case req.Up != nil:
		return a.letUp(ctx, l, columns, *req.Up, rows, req.Out)
	case req.Unmask != "":
		return a.Disclose(ctx, l, columns, rows, req.Unmask, req.Out)
	}
	return nil
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

func writeExport(path, password string, in exchange.ExportInput) error {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".xlsx":
		out, err := exchange.ExportSheet(in)
		if err != nil {
			return err
		}
		if password != "" {
			return sheet.WriteLocked(path, out, password)
		}
		return sheet.Write(path, out)
	case ".csv":
		if password != "" {
			return model.Errorf(model.CodeUsage, "csv 不能加密码，请导出为 .xlsx。")
		}
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

// harmless keeps a spreadsheet from taking text for a formula. Reading takes the guard
// off again.
func harmless(row []string) []string {
	out := make([]string, len(row))
	for i, s := range row {
		out[i] = text.Guard(s)
	}
	return out
}

// Disclose enters that sensitive values were shown in full: who, when, which columns of
// how many rows, why, and in which file ("" on the screen; its whole path is kept, so
// that it can be found when the values are to be destroyed). Without columns there is
// nothing to enter.
func (a *App) Disclose(ctx context.Context, l *model.Ledger, columns []string, rows int, reason, file string) error {
	if len(columns) == 0 {
		return nil
	}
	if file != "" {
		whole, err := filepath.Abs(file)
		if err != nil {
			return model.Wrap(err, model.CodeInvalid, "“%s”不是能写的位置。", file)
		}
		file = whole
	}
	_, err := a.do(ctx, "disclose", "查看敏感信息："+l.Label, func(tx *store.Tx) error {
		return disclosed(tx, l, columns, rows, reason, file)
	})
	return err
}
