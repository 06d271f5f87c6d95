package app

import (
	"context"
	"os"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/store"
)

// ReceiptInfo is what became of one submission.
type ReceiptInfo struct {
	Code, Area, Form, File, ReceivedOn, Status string
	Period                                     model.Period
}

// FindReceipt finds a submission by its receipt code or by the file itself.
func (a *App) FindReceipt(ctx context.Context, what string) (ReceiptInfo, error) {
	key, value := "receipt", strings.ToUpper(strings.TrimSpace(what))
	if isFile(what) {
		sum, err := fileHash(what)
		if err != nil {
			return ReceiptInfo{}, err
		}
		key, value = "sha256", sum
	}
	hits, err := a.store.Find(ctx, ledgers.Submission, map[string]model.Value{key: model.Text(value)}, "")
	if err != nil {
		return ReceiptInfo{}, err
	}
	if len(hits) == 0 {
		return ReceiptInfo{}, model.Errorf(model.CodeNotFound, "没有收到过“%s”。请核对回执码或文件。", what)
	}
	sub := hits[len(hits)-1]
	res := a.resolver(ctx, a.store)
	return ReceiptInfo{Code: sub.Get("receipt").Text, Area: res.area(sub.Get("sender").Text).Get("name").Text,
		Form: sub.Get("form").Text, File: sub.Get("file").Text, ReceivedOn: string(sub.Get("received_on").End),
		Status: a.Catalog().Ledger(ledgers.Submission).Field("status").Show(sub.Get("status")),
		Period: model.Period(sub.Get("period").Text)}, res.err
}

// receiptMonths is for how long a receipt travels down with every file to its sender.
const receiptMonths = 6

// receiptsOf are the receipts of what an area has reported lately, for the next file to
// it.
func (a *App) receiptsOf(ctx context.Context, r store.Reader, area string) ([]exchange.ReceiptMark, error) {
	var out []exchange.ReceiptMark
	since := model.DayOf(a.now().AddDate(0, -receiptMonths, 0))
	err := r.Each(ctx, model.Query{Ledger: ledgers.Submission, Where: []model.Cond{
		{Field: "sender", Op: model.OpEq, Value: model.Text(area)},
		{Field: "received_on", Op: model.OpGe, Value: model.OnDay(since)},
	}}, func(sub *model.Record) error {
		if code := sub.Get("receipt").Text; code != "" {
			out = append(out, exchange.ReceiptMark{Code: code, On: sub.Get("received_on").End})
		}
		return nil
	})
	return out, err
}

// takeReceipts marks what this ledger reported and the unit above says that it has.
// A receipt of something else, or of part of a table, which only its file can tell, is
// passed over.
func (a *App) takeReceipts(ctx context.Context, marks []exchange.ReceiptMark) (told []string, err error) {
	for _, m := range marks {
		receipt := &exchange.Receipt{Code: m.Code, On: m.On}
		sent, _, err := a.fittingSent(ctx, receipt)
		switch {
		case err != nil && !refuses(err):
			return told, err
		case err != nil || !sent.Get("received_on").IsEmpty():
			continue
		}
		done, _, err := a.loadReceipt(ctx, receipt)
		if err != nil {
			return told, err
		}
		told = append(told, "上级已收《"+done.Label+"》（"+done.Period.Words()+"），"+string(done.ReceivedOn)+"。")
	}
	return told, nil
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
