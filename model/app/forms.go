package app

import (
	"context"
	"encoding/csv"
	"io/fs"
	"slices"

	"xiangzhen/assets"
	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/store"
)

// Forms returns the forms in force: the shipped ones, as the user has changed them,
// and the user's own in the order in which they were made.
func (a *App) Forms(ctx context.Context) ([]exchange.Form, error) { return a.readForms(ctx, false) }

// everyForm returns also the forms that were deleted: what went out may still come
// back.
func (a *App) everyForm(ctx context.Context) ([]exchange.Form, error) { return a.readForms(ctx, true) }

func (a *App) readForms(ctx context.Context, deleted bool) ([]exchange.Form, error) {
	forms := exchange.Shipped()
	err := a.store.Each(ctx, model.Query{Ledger: ledgers.Form}, func(rec *model.Record) error {
		f, err := exchange.FormOf(rec)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(forms, func(o exchange.Form) bool { return o.Key == f.Key })
		if i >= 0 {
			f.Own = false
			forms = slices.Delete(forms, i, i+1)
		} else {
			i = len(forms)
		}
		if deleted || rec.Get("active").Bool() {
			forms = slices.Insert(forms, i, f)
		}
		return nil
	})
	return forms, err
}

// form finds a form by key or name.
func (a *App) form(ctx context.Context, name string) (exchange.Form, error) {
	forms, err := a.Forms(ctx)
	if err != nil {
		return exchange.Form{}, err
	}
	i := slices.IndexFunc(forms, func(f exchange.Form) bool { return f.Key == name || f.Label == name })
	if i < 0 {
		return exchange.Form{}, model.Errorf(model.CodeNotFound, "没有名为“%s”的报表。用 form list 可以看到全部报表。", name)
	}
	return forms[i], nil
}

// AddForm makes a form of the user's own and returns it as it stands: complete, with
// its key. Columns are given by path or label; receivers by name.
func (a *App) AddForm(ctx context.Context, f exchange.Form) (exchange.Form, Done, error) {
	f.Key = store.MintKey()
	f, err := a.checkForm(ctx, f)
	if err != nil {
		return f, Done{}, err
	}
	f.Own = true
	done, err := a.putForm(ctx, f, "新建报表“"+f.Label+"”")
	return f, done, err
}

// EditForm changes the form of f.Key, which may be a shipped one. What has gone out
// stays as it was.
func (a *App) EditForm(ctx context.Context, f exchange.Form) (exchange.Form, Done, error) {
	old, err := a.form(ctx, f.Key)
	if err != nil {
		return f, Done{}, err
	}
	if f, err = a.checkForm(ctx, f); err != nil {
		return f, Done{}, err
	}
	f.Own = old.Own
	done, err := a.putForm(ctx, f, "修改报表“"+f.Label+"”")
	return f, done, err
}

// DeleteForm takes a form off the list. Its dispatches and submissions stay, and
// what is still out can come back.
func (a *App) DeleteForm(ctx context.Context, name string) (Done, error) {
	f, err := a.form(ctx, name)
	if err != nil {
		return Done{}, err
	}
	op, err := a.do(ctx, "form", "删除报表“"+f.Label+"”", func(tx *store.Tx) error {
		rec, err := storeForm(ctx, tx, f)
		if err != nil {
			return err
		}
		_, err = tx.Set(ledgers.Form, rec.ID, map[string]model.Value{"active": model.Bool(false)})
		return err
	})
	return Done{Op: op}, err
}

// checkForm completes a form and sees that its name is its own and that its range
// and receivers are there.
func (a *App) checkForm(ctx context.Context, f exchange.Form) (exchange.Form, error) {
	f, err := exchange.CheckForm(a.Catalog(), f)
	if err != nil {
		return f, err
	}
	if _, err := a.conditions(ctx, a.Catalog().Ledger(f.Over), f.Where); err != nil {
		return f, err
	}
	forms, err := a.Forms(ctx)
	if err != nil {
		return f, err
	}
	if slices.ContainsFunc(forms, func(o exchange.Form) bool { return o.Label == f.Label && o.Key != f.Key }) {
		return f, model.Errorf(model.CodeExists, "已有名为“%s”的报表。", f.Label)
	}
	f.Receivers, err = a.receiverIDs(ctx, f.Receivers)
	return f, err
}

// receiverIDs finds the areas that the words, names or ids, mean.
func (a *App) receiverIDs(ctx context.Context, words []string) ([]string, error) {
	res := a.resolver(ctx, a.store)
	var out []string
	for _, w := range words {
		id := w
		if res.area(w) == nil {
			found, _, ok := res.place(w, a.homeID())
			if !ok {
				return nil, model.Errorf(model.CodeNotFound, "接收单位“%s”认不出来，请写行政区划里的名称。", w)
			}
			id = found
		}
		if id == a.homeID() || !res.isBelow(id, a.homeID()) {
			return nil, model.Errorf(model.CodeInvalid, "“%s”不在%s下面，不能下发给它。", w, a.homeName())
		}
		if !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out, res.err
}

// receiversOf returns the areas that a form goes to, in the order of the divisions.
func (a *App) receiversOf(ctx context.Context, form exchange.Form) ([]*model.Record, error) {
	if len(form.Receivers) == 0 {
		return a.below(ctx)
	}
	var out []*model.Record
	for _, id := range form.Receivers {
		rec, err := a.store.Get(ctx, ledgers.Area, id)
		if err != nil {
			return nil, err
		}
		out = append(out, rec)
	}
	res := a.resolver(ctx, a.store)
	slices.SortStableFunc(out, func(x, y *model.Record) int { return res.compareAreas(x.ID, y.ID) })
	return out, res.err
}

func (a *App) putForm(ctx context.Context, f exchange.Form, label string) (Done, error) {
	op, err := a.do(ctx, "form", label, func(tx *store.Tx) error {
		_, err := storeForm(ctx, tx, f)
		return err
	})
	return Done{Op: op}, err
}

// storeForm writes a form over its record, or as a new one.
func storeForm(ctx context.Context, tx *store.Tx, f exchange.Form) (*model.Record, error) {
	hits, err := tx.Find(ctx, ledgers.Form, map[string]model.Value{"key": model.Text(f.Key)}, "")
	if err != nil {
		return nil, err
	}
	rec := model.NewRecord(ledgers.Form, "")
	if err := f.Record(rec); err != nil {
		return nil, err
	}
	if len(hits) == 0 {
		return rec, tx.Add(rec)
	}
	_, err = tx.Set(ledgers.Form, hits[0].ID, rec.Values)
	return hits[0], err
}

// calendar returns the holidays in force: the shipped ones, and over them those that
// the user has entered (节假日).
func (a *App) calendar(ctx context.Context, r store.Reader) (model.Calendar, error) {
	out, err := shippedCalendar()
	if err != nil {
		return nil, err
	}
	err = r.Each(ctx, model.Query{Ledger: ledgers.Holiday}, func(rec *model.Record) error {
		day := rec.Get("day")
		for d := day.Start; d != "" && d <= day.End; d = d.Add(1) {
			out[d] = rec.Get("kind").Text == ledgers.DayWorked
		}
		return nil
	})
	return out, err
}

func shippedCalendar() (model.Calendar, error) {
	out := model.Calendar{}
	files, err := fs.Glob(assets.Calendar(), "*.csv")
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		if err := readCalendar(name, out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func readCalendar(name string, out model.Calendar) error {
	f, err := assets.Calendar().Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return err
	}
	for _, row := range rows[1:] {
		out[model.Day(row[0])] = row[1] == "班"
	}
	return nil
}

// Form finds a form by key or name.
func (a *App) Form(ctx context.Context, name string) (exchange.Form, error) { return a.form(ctx, name) }

// NewForm returns what a new form begins with: monthly, due as the parameters say.
func (a *App) NewForm(ctx context.Context) (exchange.Form, error) {
	p, err := params(ctx, a.store, a.Today())
	return exchange.Form{Cadence: model.Monthly, ZeroOK: true,
		Due: model.Due{Day: p.Int(rule.FormDueDay), Hour: p.Int(rule.FormDueHour), Roll: model.RollLater}}, err
}
