package app

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
	"xiangzhen/model/store"
	"xiangzhen/model/text"
)

// IssueRequest sends a form out for a period.
type IssueRequest struct {
	Form   string
	Period model.Period
	Dir    string // exactly one workbook a receiver is written here
	// Receivers are the names or ids of the areas that it goes to this time; none
	// means all of the form's.
	Receivers []string
	Terms
	// Fresh refuses to write over workbooks that are there already.
	Fresh bool
}

// Issued tells what went out.
type Issued struct {
	Op    int64
	Files []IssuedFile
}

// IssuedFile is one receiver's workbook.
type IssuedFile struct{ Area, File string }

// Issue makes one workbook for every receiver: the areas next below the one the
// ledger is kept for. What went out is kept as one operation.
func (a *App) Issue(ctx context.Context, req IssueRequest) (Issued, error) {
	form, err := a.form(ctx, req.Form)
	if err != nil {
		return Issued{}, err
	}
	if req.Period, err = form.PeriodFor(string(req.Period)); err != nil {
		return Issued{}, err
	}
	ordered := form.Basis
	form = req.Terms.apply(form)
	to := form
	if to.Receivers, err = a.chosenReceivers(ctx, form, req.Receivers); err != nil {
		return Issued{}, err
	}
	receivers, err := a.receiversOf(ctx, to)
	if err != nil {
		return Issued{}, err
	}
	if err := req.checkFresh(form, receivers); err != nil {
		return Issued{}, err
	}
	var out Issued
	label := fmt.Sprintf("下发%s（%s）到 %d 个单位", form.Label, exchange.PeriodWords(req.Period), len(receivers))
	out.Op, err = a.do(ctx, "issue", label, func(tx *store.Tx) error {
		if form.Basis != ordered {
			if err := a.keepBasis(ctx, tx, form.Key, form.Basis); err != nil {
				return err
			}
		}
		for _, area := range receivers {
			file, err := a.issueTo(ctx, tx, form, req, area)
			if err != nil {
				return err
			}
			out.Files = append(out.Files, IssuedFile{area.Get("name").Text, file})
		}
		return nil
	})
	return out, err
}

// below returns the areas next below home in their order.
func (a *App) below(ctx context.Context) ([]*model.Record, error) {
	if a.home == nil {
		return nil, model.Errorf(model.CodeRefused, "还没有设定本级单位，不能下发。")
	}
	page, err := a.store.List(ctx, model.Query{Ledger: ledgers.Area, Where: []model.Cond{
		{Field: "parent", Op: model.OpEq, Value: model.Reference(a.home.ID, a.homeName())},
	}})
	if err != nil {
		return nil, err
	}
	if len(page.Records) == 0 {
		return nil, model.Errorf(model.CodeNotFound, "%s下面还没有登记村或乡镇，先在行政区划里登记。", a.homeName())
	}
	res := a.resolver(ctx, a.store)
	slices.SortStableFunc(page.Records, func(x, y *model.Record) int { return res.compareAreas(x.ID, y.ID) })
	return page.Records, res.err
}

func (a *App) issueTo(ctx context.Context, tx *store.Tx, form exchange.Form, req IssueRequest, area *model.Record) (string, error) {
	in, err := a.formInput(ctx, tx, form, req.Period, area)
	if err != nil {
		return "", err
	}
	out, err := exchange.BuildForm(in)
	if err != nil {
		return "", err
	}
	file := req.file(form, in.AreaName)
	if err := sheet.Write(file, out); err != nil {
		return "", err
	}
	return file, a.keepDispatch(tx, form, in, area, file)
}

func (a *App) keepDispatch(tx *store.Tx, form exchange.Form, in exchange.FormInput, area *model.Record, file string) error {
	ids := make([]string, len(in.Rows))
	for i, r := range in.Rows {
		ids[i] = r.ID
	}
	rec := model.NewRecord(ledgers.Dispatch, in.IssueID)
	rec.Area = area.ID
	for key, v := range map[string]model.Value{
		"form": model.Text(form.Key), "period": model.Text(string(in.Period)), "due": model.OnDay(in.DueOn),
		"due_at": model.Text(in.Due), "due_time": model.Text(form.Due.Moment(in.DueOn)), "file": model.Text(filepath.Base(file)), "issued_on": model.OnDay(a.Today()),
		"rows": model.Int(int64(len(ids))), "row_ids": model.Text(strings.Join(ids, " ")),
	} {
		rec.Put(key, v)
	}
	return tx.Add(rec)
}

// formInput gathers what one receiver's workbook holds.
func (a *App) formInput(ctx context.Context, r store.Reader, form exchange.Form, period model.Period, area *model.Record) (exchange.FormInput, error) {
	issue, err := uuid.NewV7()
	if err != nil {
		return exchange.FormInput{}, err
	}
	form = form.Within(period)
	in := exchange.FormInput{
		Form: form, Catalog: a.Catalog(), Period: period,
		Area: area.ID, AreaName: area.Get("name").Text, AreaCode: area.Get("code").Text,
		From:    a.homeName(),
		IssueID: issue.String(), IssuedAt: a.now().UTC().Truncate(time.Second), Hash: a.store.Hash,
	}
	if in.Demo, err = a.isDemo(ctx, r); err != nil {
		return in, err
	}
	calendar, err := a.calendar(ctx, r)
	if err != nil {
		return in, err
	}
	in.DueOn = form.Due.In(period, calendar)
	in.Due = text.FormatDay(in.DueOn) + form.Due.Clock()
	if in.Rows, err = a.formRows(ctx, r, form, period, area); err != nil {
		return in, err
	}
	if in.Receipts, err = a.receiptsOf(ctx, r, area.ID); err != nil {
		return in, err
	}
	if in.Choices, err = a.namesToOffer(ctx, r, form, area); err != nil {
		return in, err
	}
	for range form.FreeRows {
		id, err := uuid.NewV7()
		if err != nil {
			return in, err
		}
		in.FreeIDs = append(in.FreeIDs, id.String())
	}
	return in, nil
}

func (a *App) isDemo(ctx context.Context, r store.Reader) (bool, error) {
	p, err := params(ctx, r, a.Today())
	return p.On(rule.Demo), err
}

// formRows returns the records of an area that a form is over, with the value of
// each of its columns.
func (a *App) formRows(ctx context.Context, r store.Reader, form exchange.Form, period model.Period, area *model.Record) ([]exchange.FormRow, error) {
	if form.Shape == exchange.ShapeNew {
		return nil, nil
	}
	l, err := a.Catalog().Find(form.Over)
	if err != nil {
		return nil, err
	}
	where, err := a.conditions(ctx, l, form.Where)
	if err != nil {
		return nil, err
	}
	values, err := a.pathValues(ctx, r, l, form, period)
	if err != nil {
		return nil, err
	}
	var rows []exchange.FormRow
	err = r.Each(ctx, model.Query{Ledger: l.Key, Where: where, Areas: []string{area.ID}}, func(rec *model.Record) error {
		row, err := values(rec)
		rows = append(rows, row)
		return err
	})
	return rows, err
}

// pathValues returns how the value of each of a form's columns is found.
func (a *App) pathValues(ctx context.Context, r store.Reader, l *model.Ledger, form exchange.Form, period model.Period) (func(*model.Record) (exchange.FormRow, error), error) {
	var targets, previous []exchange.Target
	for _, c := range form.Columns {
		if tg, ok := c.Previous(a.Catalog(), l.Key); ok {
			previous = append(previous, tg)
			continue
		}
		tg, err := exchange.ResolvePath(a.Catalog(), l, c.Path)
		if err != nil {
			return nil, err
		}
		if tg.Field != nil {
			targets = append(targets, tg)
		}
	}
	look := a.lookup(ctx, r)
	return func(rec *model.Record) (exchange.FormRow, error) {
		row := exchange.FormRow{ID: rec.ID, Values: map[exchange.Path]model.Value{}}
		for _, tg := range targets {
			v, err := look.pathValue(rec, tg, period.Month())
			if err != nil {
				return row, err
			}
			row.Values[tg.Path] = v
		}
		for _, tg := range previous {
			v, err := look.previousValue(rec, tg, period.Month())
			if err != nil {
				return row, err
			}
			row.Values[tg.Path] = v
		}
		return row, nil
	}, nil
}

// previousValue is what the newest child record of an earlier period says that
// says anything (exchange.FormColumn.Previous).
func (k *lookup) previousValue(rec *model.Record, tg exchange.Target, period model.Month) (model.Value, error) {
	owner := tg.Child.Owner().Key
	children, err := k.r.Find(k.ctx, tg.Child.Key, map[string]model.Value{owner: model.Reference(rec.ID, "")}, "")
	if err != nil {
		return model.Value{}, err
	}
	var value model.Value
	newest := ""
	for _, c := range children {
		if at := c.Get("period").Text; at < string(period) && at > newest && c.Get(tg.Field.Key).Set {
			newest, value = at, c.Get(tg.Field.Key)
		}
	}
	return value, nil
}

// pathValue is a record's value of a path: its own, through a reference, or of
// its child of the period.
func (k *lookup) pathValue(rec *model.Record, tg exchange.Target, period model.Month) (model.Value, error) {
	switch {
	case tg.Path == exchange.PathArea:
		return model.Reference(rec.Area, k.area(rec.Area).Get("name").Text), nil
	case tg.Through != nil:
		to, err := k.Record(tg.Ledger.Key, rec.Get(tg.Through.Key).ID)
		return to.Get(tg.Field.Key), err
	case tg.Child != nil:
		child, err := k.Child(tg.Child.Key, rec.ID, period)
		return child.Get(tg.Field.Key), err
	}
	return rec.Get(tg.Field.Key), nil
}
