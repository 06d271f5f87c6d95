package app

import (
	"context"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// Answered tells what was filled into a form from above.
type Answered struct {
	Form   string
	Period model.Period
	Rows   int // rows of which this ledger has the record
	Cells  int // cells filled
	File   string
}

// Answer takes a form in that was issued to this ledger's unit, fills it from this
// ledger, row by row by the hidden ids, and writes it to out, ready to be sent up.
// Where this ledger and the unit above disagree and nobody has decided, the cell stays
// as it came: an answer decides nothing.
func (a *App) Answer(ctx context.Context, file, out string) (Answered, error) {
	forms, err := a.everyForm(ctx)
	if err != nil {
		return Answered{}, err
	}
	c := collecting{App: a, forms: forms, path: file, out: FileResult{File: file}}
	if err := c.read(ctx); err != nil {
		return Answered{}, err
	}
	if !c.fromAbove {
		return Answered{}, model.Errorf(model.CodeInvalid, "“%s”不是上级下发给%s的表。", text.BaseName(file), a.homeName())
	}
	taken, err := a.Collect(ctx, CollectRequest{Paths: []string{file}})
	if err != nil {
		return Answered{}, err
	}
	if taken[0].Err != nil {
		return Answered{}, taken[0].Err
	}
	got := Answered{Form: c.out.Form, Period: c.ret.Period, File: out}
	if err := c.answerInto(ctx, out, &got); err != nil {
		return got, err
	}
	return got, a.keepSent(ctx, out, forms)
}

// answerInto writes the values of this ledger into a copy of the file.
func (c *collecting) answerInto(ctx context.Context, out string, got *Answered) (err error) {
	form, err := c.form(ctx, got.Form)
	if err != nil {
		return err
	}
	e, err := sheet.Edit(c.path)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := e.Close(); err == nil {
			err = closeErr
		}
	}()
	l, look := c.Catalog().Ledger(form.Over), c.lookup(ctx, c.store)
	open, err := c.openFields(ctx)
	if err != nil {
		return err
	}
	page, cells := exchange.AnswerCells(c.book, form)
	seen := map[string]bool{}
	for _, cell := range cells {
		rec, err := look.Record(form.Over, cell.ID)
		if err != nil {
			return err
		}
		if rec == nil {
			continue
		}
		tg, err := exchange.ResolvePath(c.Catalog(), l, cell.Path)
		if err != nil {
			return err
		}
		v, on, err := c.answerValue(look, rec, tg)
		if err != nil {
			return err
		}
		if seen[rec.ID] = true; open[on+"/"+tg.Field.Key] {
			continue
		}
		if err := e.Set(page, cell.Row, cell.Col, tg.Field.Show(v)); err != nil {
			return err
		}
		if v.Set {
			got.Cells++
		}
	}
	got.Rows = len(seen)
	return e.SaveAs(out)
}

// answerValue is what this ledger has for a cell, and the record that holds it.
func (c *collecting) answerValue(look *lookup, rec *model.Record, tg exchange.Target) (v model.Value, on string, err error) {
	if tg.Child == nil {
		return rec.Get(tg.Field.Key), rec.ID, nil
	}
	child, err := look.Child(tg.Child.Key, rec.ID, c.ret.Period.Month())
	if err != nil || child == nil {
		return model.Value{}, "", err
	}
	return child.Get(tg.Field.Key), child.ID, nil
}

// openFields names the fields with an open conflict: record/field.
func (a *App) openFields(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	err := a.store.Each(ctx, openConflicts(), func(rec *model.Record) error {
		out[rec.Get("record").Text+"/"+rec.Get("field").Text] = true
		return nil
	})
	return out, err
}
