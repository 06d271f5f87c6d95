package app

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/store"
)

// Terms are what is said of a form for the one time it goes out. The zero Terms
// leave it as it is.
type Terms struct {
	Due   model.Due // the zero Due is the form's own
	Basis string    // 依据, kept with the form; "" is the form's own
	// Given are columns to be filled that go out as this ledger has them, not to be
	// filled again (本镇已有，不再要村里填); Leave are those that do not go out at all.
	Given, Leave []exchange.Path
}

// apply makes the form that goes out.
func (t Terms) apply(form exchange.Form) exchange.Form {
	if t.Due != (model.Due{}) {
		form.Due = t.Due
	}
	if t.Basis != "" {
		form.Basis = t.Basis
	}
	if form.Basis != "" {
		form.Notes = append([]string{"依据：" + form.Basis + "。"}, form.Notes...)
	}
	form.Columns = slices.DeleteFunc(slices.Clone(form.Columns), func(c exchange.FormColumn) bool {
		return c.Fill && slices.Contains(t.Leave, c.Path)
	})
	for i := range form.Columns {
		if slices.Contains(t.Given, form.Columns[i].Path) {
			form.Columns[i].Fill = false
		}
	}
	return form
}

// keepBasis writes the 依据 down with the form.
func (a *App) keepBasis(ctx context.Context, tx *store.Tx, key, basis string) error {
	form, err := a.form(ctx, key)
	if err != nil {
		return err
	}
	form.Basis = basis
	_, err = storeForm(ctx, tx, form)
	return err
}

// chosenReceivers are the areas that a form goes to: those chosen, which must be
// among its own, else its own.
func (a *App) chosenReceivers(ctx context.Context, form exchange.Form, words []string) ([]string, error) {
	if len(words) == 0 {
		return form.Receivers, nil
	}
	ids, err := a.receiverIDs(ctx, words)
	if err != nil {
		return nil, err
	}
	res := a.resolver(ctx, a.store)
	names := func(id string) string { return res.area(id).Get("name").Text }
	for _, id := range ids {
		if len(form.Receivers) > 0 && !slices.Contains(form.Receivers, id) {
			return nil, model.Errorf(model.CodeInvalid, "“%s”不在报表“%s”的接收单位里。", names(id), form.Label)
		}
	}
	return ids, res.err
}

// file is where the workbook of a receiver is written.
func (r IssueRequest) file(form exchange.Form, area string) string {
	return filepath.Join(r.Dir, fmt.Sprintf("%s%s（%s）.xlsx", area, form.Label, exchange.PeriodWords(r.Period)))
}

// checkFresh refuses, where that was asked for, to write over workbooks that are
// there: somebody may have filled them.
func (r IssueRequest) checkFresh(form exchange.Form, receivers []*model.Record) error {
	if !r.Fresh {
		return nil
	}
	files := make([]string, len(receivers))
	for i, area := range receivers {
		files[i] = r.file(form, area.Get("name").Text)
	}
	return refuseThere(r.Dir, files)
}
