package app

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// SentTable is one table that this ledger's unit has sent up.
type SentTable struct {
	ID, Form, Label string
	Period          model.Period
	File            string
	SentOn          model.Day
	Rows            int
	ReceivedOn      model.Day // 上级已收, "" if no receipt has come
	ReceivedRows    int       // rows that the receipt covers whole
	Receipt         string    // its code
}

// keepSent remembers a table that goes up, as its receiver will read it.
func (a *App) keepSent(ctx context.Context, path string, forms []exchange.Form) error {
	book, err := sheet.Open(path)
	if err != nil {
		return err
	}
	sum, err := fileHash(path)
	if err != nil {
		return err
	}
	// Without Place the area is the receiver's id of this unit, of which the code is made.
	ret, err := exchange.ReadReturn(book, exchange.ReadInput{File: text.BaseName(path), SHA256: sum, Catalog: a.Catalog(), Forms: forms, Today: a.Today()})
	if err != nil {
		return err
	}
	said := ret.Sent()
	rec := model.NewRecord(ledgers.Sent, "")
	rec.Area = a.homeID()
	for key, v := range map[string]model.Value{
		"form": model.Text(said.Form), "label": model.Text(ret.Form().Label), "period": model.Text(string(said.Period)),
		"file": model.Text(text.BaseName(path)), "sha256": model.Text(sum), "sent_on": model.OnDay(a.Today()),
		"target_ledger": model.Text(ret.Form().Over), "rows": model.Int(int64(len(said.Rows))), "code": model.Text(said.Code()),
	} {
		rec.Put(key, v)
	}
	if err := putJSON(rec, map[string]any{"kept": said}); err != nil {
		return err
	}
	_, err = a.do(ctx, "sent", "填好上报《"+ret.Form().Label+"》（"+said.Period.Words()+"）", func(tx *store.Tx) error {
		hits, err := tx.Find(ctx, ledgers.Sent, map[string]model.Value{"sha256": model.Text(sum)}, "")
		if err != nil || len(hits) > 0 {
			return err
		}
		return tx.Add(rec)
	})
	return err
}

// LoadReceipt takes a receipt in, a file or its 6 characters read over the phone, and
// marks the rows it covers 上级已收. One that does not fit what was sent is refused.
func (a *App) LoadReceipt(ctx context.Context, what string) (SentTable, Done, error) {
	r, err := readReceipt(what)
	if err != nil {
		return SentTable{}, Done{}, err
	}
	return a.loadReceipt(ctx, r)
}

func (a *App) loadReceipt(ctx context.Context, r *exchange.Receipt) (SentTable, Done, error) {
	rec, ids, err := a.fittingSent(ctx, r)
	if err != nil {
		return SentTable{}, Done{}, err
	}
	on := r.On
	if on == "" {
		on = a.Today()
	}
	rec.Put("received_on", model.OnDay(on))
	rec.Put("received_rows", model.Int(int64(len(ids))))
	rec.Put("receipt", model.Text(r.Code))
	if err := putJSON(rec, map[string]any{"accepted": ids}); err != nil {
		return SentTable{}, Done{}, err
	}
	values := map[string]model.Value{}
	for _, key := range []string{"received_on", "received_rows", "receipt", "accepted"} {
		values[key] = rec.Get(key)
	}
	label := "上级已收《" + rec.Get("label").Text + "》（" + model.Period(rec.Get("period").Text).Words() + "）"
	op, err := a.do(ctx, "receipt", label, func(tx *store.Tx) error {
		_, err := tx.Set(ledgers.Sent, rec.ID, values)
		return err
	})
	return sentFrom(rec), Done{Op: op}, err
}

// readReceipt reads a receipt: a workbook, or the characters of its code.
func readReceipt(what string) (*exchange.Receipt, error) {
	if code, ok := exchange.IsReceiptCode(what); ok && !isFile(what) {
		return &exchange.Receipt{Code: code}, nil
	}
	if !isFile(what) {
		return nil, model.Errorf(model.CodeNotFound, "“%s”不是回执文件，也不是 6 位回执码，请核对。", what)
	}
	book, err := sheet.Open(what)
	if err != nil {
		return nil, err
	}
	r, err := exchange.ReadReceipt(book)
	if err == nil && r == nil {
		err = model.Errorf(model.CodeUnsupported, "“%s”不是回执。", text.BaseName(what))
	}
	return r, err
}

// fittingSent finds the table that a receipt is of, the newest first.
func (a *App) fittingSent(ctx context.Context, r *exchange.Receipt) (*model.Record, []string, error) {
	page, err := a.store.List(ctx, model.Query{Ledger: ledgers.Sent})
	if err != nil {
		return nil, nil, err
	}
	for _, rec := range slices.Backward(page.Records) {
		var said exchange.Sent
		if err := json.Unmarshal([]byte(rec.Get("kept").Text), &said); err != nil {
			return nil, nil, fmt.Errorf("sent %s: %w", rec.ID, err)
		}
		if r.Form != "" && (r.Form != said.Form || r.Period != said.Period) {
			continue
		}
		if ids, ok := said.Received(r.Code, r.Rows); ok {
			return rec, ids, nil
		}
	}
	if len(page.Records) == 0 {
		return nil, nil, model.Errorf(model.CodeNotFound, "还没有从这里填好上报过表，回执“%s”没有可以核对的。", r.Code)
	}
	return nil, nil, model.Errorf(model.CodeInvalid, "回执“%s”与报出的表对不上：可能是别的表的回执，或报出后又改过表。请核对后再试，或重新报送。", r.Code)
}

func sentFrom(rec *model.Record) SentTable {
	return SentTable{ID: rec.ID, Form: rec.Get("form").Text, Label: rec.Get("label").Text, Period: model.Period(rec.Get("period").Text),
		File: rec.Get("file").Text, SentOn: rec.Get("sent_on").End, Rows: int(rec.Get("rows").Num), ReceivedOn: rec.Get("received_on").End,
		ReceivedRows: int(rec.Get("received_rows").Num), Receipt: rec.Get("receipt").Text}
}

// SentTables lists what was sent up: of one form and period, or of all where they are "".
func (a *App) SentTables(ctx context.Context, form string, period model.Period) ([]SentTable, error) {
	var out []SentTable
	err := a.store.Each(ctx, model.Query{Ledger: ledgers.Sent}, func(rec *model.Record) error {
		s := sentFrom(rec)
		if (form == "" || form == s.Form || form == s.Label) && (period == "" || period == s.Period) {
			out = append(out, s)
		}
		return nil
	})
	return out, err
}

// ReceivedMark says that the unit above has a row as it was sent.
type ReceivedMark struct {
	Record       string // of the row
	Name         string
	Form, Label  string
	Period       model.Period
	On           model.Day
	ChangedSince bool // what was sent is no longer what this ledger holds
}

// Words says the mark as rows show it: 上级已收 11月26日.
func (m ReceivedMark) Words() string {
	words := "上级已收 " + string(m.On)
	if m.ChangedSince {
		words += "（之后又改过）"
	}
	return words
}

// Received returns the rows of a ledger that the unit above has received, by record:
// of each the mark of the latest period.
func (a *App) Received(ctx context.Context, ledger string) (map[string]ReceivedMark, error) {
	l, err := a.Catalog().Find(ledger)
	if err != nil {
		return nil, err
	}
	out := map[string]ReceivedMark{}
	look := a.lookup(ctx, a.store)
	q := model.Query{Ledger: ledgers.Sent, Where: []model.Cond{{Field: "target_ledger", Op: model.OpEq, Value: model.Text(l.Key)}}}
	err = a.store.Each(ctx, q, func(rec *model.Record) error {
		return look.marks(l, rec, out)
	})
	return out, err
}

// marks adds the marks of one table.
func (k *lookup) marks(l *model.Ledger, rec *model.Record, out map[string]ReceivedMark) error {
	if rec.Get("accepted").IsEmpty() {
		return nil
	}
	var said exchange.Sent
	var ids []string
	if err := json.Unmarshal([]byte(rec.Get("kept").Text), &said); err != nil {
		return fmt.Errorf("sent %s: %w", rec.ID, err)
	}
	if err := json.Unmarshal([]byte(rec.Get("accepted").Text), &ids); err != nil {
		return fmt.Errorf("sent %s: %w", rec.ID, err)
	}
	s := sentFrom(rec)
	for _, row := range said.Rows {
		if last, ok := out[row.ID]; !slices.Contains(ids, row.ID) || ok && s.Period.Compare(last.Period) < 0 {
			continue
		}
		on, err := k.Record(l.Key, row.ID)
		if err != nil {
			return err
		}
		if on == nil {
			continue
		}
		changed, err := k.changedSince(l, on, row, said.Period)
		if err != nil {
			return err
		}
		out[row.ID] = ReceivedMark{Record: row.ID, Name: l.Name(on), Form: s.Form, Label: s.Label, Period: s.Period, On: s.ReceivedOn, ChangedSince: changed}
	}
	return nil
}

// changedSince reports whether a row holds otherwise than was sent.
func (k *lookup) changedSince(l *model.Ledger, rec *model.Record, row exchange.SentRow, period model.Period) (bool, error) {
	for path, words := range row.Cells {
		tg, err := exchange.ResolvePath(k.r.Catalog(), l, path)
		if err != nil {
			return true, nil // the column is no longer there
		}
		v, err := k.pathValue(rec, tg, period.Month())
		if err != nil || tg.Field.Show(v) != words {
			return true, err
		}
	}
	return false, nil
}
