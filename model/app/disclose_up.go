package app

import (
	"context"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/store"
)

// ReportUp says to whom and for what an export goes up (上报, CLERK 8): then the
// columns it asks for stand in full.
type ReportUp struct {
	Receiver string // registered under the parameter 报送接收单位
	Table    string // what the receiver calls the table
	Period   string // as words: 2026-11, 2026年
	// Confirmed is asked for once for each table and period.
	Confirmed bool
}

// Receivers lists the units that tables in full may go up to.
func (a *App) Receivers(ctx context.Context) ([]string, error) {
	list, err := a.Setting(ctx, rule.UnitReceivers)
	return splitWords(list), err
}

func splitWords(list string) []string {
	return strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("、，,;； \n", r) })
}

// reason is what the entry in the ledger says.
func (u ReportUp) reason() string {
	return "上报给" + u.Receiver + "：" + u.Table + "（" + u.Period + "）"
}

// ConfirmedUp reports whether a table and period was confirmed for its receiver.
func (a *App) ConfirmedUp(ctx context.Context, up ReportUp) (bool, error) {
	found, err := a.store.Find(ctx, ledgers.Disclosure, map[string]model.Value{"reason": model.Text(up.reason())}, "")
	return len(found) > 0, err
}

// letUp refuses a report that is not for a registered receiver or not confirmed, and
// enters the others: who, when, which columns, how many rows, which file.
func (a *App) letUp(ctx context.Context, l *model.Ledger, columns []string, up ReportUp, rows int, out string) error {
	if up.Receiver == "" || up.Table == "" || up.Period == "" {
		return model.Errorf(model.CodeUsage, "上报要写明接收单位、表名和期间。")
	}
	known, err := a.Receivers(ctx)
	if err != nil {
		return err
	}
	if !slices.Contains(known, up.Receiver) {
		return model.Errorf(model.CodeRefused, "“%s”没有登记为报送接收单位，不能给它完整内容。请先在设置里登记。", up.Receiver)
	}
	before, err := a.ConfirmedUp(ctx, up)
	if err != nil {
		return err
	}
	if !before && !up.Confirmed && len(columns) > 0 {
		return model.Errorf(model.CodeRefused, "第一次%s，%d 条，完整带出：%s。请核对后确认。", up.reason(), rows, strings.Join(columns, "、"))
	}
	return a.Disclose(ctx, l, columns, rows, up.reason(), out)
}

// SensitiveLabels are the labels of a ledger's sensitive fields.
func SensitiveLabels(l *model.Ledger) []string {
	var out []string
	for _, f := range l.Fields {
		if f.Sensitive {
			out = append(out, f.Label)
		}
	}
	return out
}

// disclosed writes the entry of a disclosure.
func disclosed(tx *store.Tx, l *model.Ledger, columns []string, rows int, reason, file string) error {
	rec := model.NewRecord(ledgers.Disclosure, "")
	rec.Put("target_ledger", model.Text(l.Key))
	rec.Put("columns", model.Text(strings.Join(columns, "、")))
	rec.Put("rows", model.Int(int64(rows)))
	rec.Put("reason", model.Text(reason))
	rec.Put("file", model.Text(file))
	return tx.Add(rec)
}
