package app

import (
	"context"
	"os"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
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

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
