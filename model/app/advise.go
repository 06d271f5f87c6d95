package app

import (
	"cmp"
	"context"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
)

// Advice is what the program says before a form goes out (减负, CLERK 16).
type Advice struct {
	Rows int // rows that would go out to all receivers
	// Held are the columns to be filled that this ledger has a value for in every
	// row already (本级已有，不再要村里填).
	Held []HeldColumn
	// Asked are the other forms of the last 30 days that asked for the same.
	Asked      []AskedBefore
	NeedsBasis bool // no 依据 (文号, 报表准入编号) is given
	// DueOn is the day by which the form is due, rolled by the calendar, and To the
	// areas that it goes to, in the order of the divisions.
	DueOn model.Day
	To    []Receiver
}

// Receiver is an area that a form goes to.
type Receiver struct{ ID, Name string }

// HeldColumn is a column that this ledger holds: Filled of Rows rows have a value.
type HeldColumn struct {
	Path         exchange.Path
	Header       string
	Rows, Filled int
}

// AskedBefore is a form that went out lately and asked for some of the same.
type AskedBefore struct {
	Form, Label string
	IssuedOn    model.Day // the last time
	Headers     []string  // of the columns that both ask for
}

// askedWithin is how many days back the same question counts as asked before.
const askedWithin = 30

// Advise tells, before a form goes out for a period, which of its columns are held
// already and who has asked for the same lately. Nothing is written.
func (a *App) Advise(ctx context.Context, name string, period model.Period) (Advice, error) {
	form, err := a.form(ctx, name)
	if err != nil {
		return Advice{}, err
	}
	if period, err = form.PeriodFor(string(period)); err != nil {
		return Advice{}, err
	}
	out := Advice{NeedsBasis: form.Basis == ""}
	calendar, err := a.calendar(ctx, a.store)
	if err != nil {
		return out, err
	}
	out.DueOn = form.Due.In(period, calendar)
	if err := a.held(ctx, form, period, &out); err != nil {
		return out, err
	}
	out.Asked, err = a.askedBefore(ctx, form)
	return out, err
}

// Below lists the areas that forms go to where nothing else is said: those next below
// the one the ledger is kept for, in the order of the divisions.
func (a *App) Below(ctx context.Context) ([]Receiver, error) {
	areas, err := a.below(ctx)
	out := make([]Receiver, len(areas))
	for i, area := range areas {
		out[i] = Receiver{area.ID, area.Get("name").Text}
	}
	return out, err
}

// held counts, over the rows of all receivers, which columns to be filled have a
// value.
func (a *App) held(ctx context.Context, form exchange.Form, period model.Period, out *Advice) error {
	areas, err := a.receiversOf(ctx, form)
	if err != nil {
		return err
	}
	filled := map[exchange.Path]int{}
	for _, area := range areas {
		rows, err := a.formRows(ctx, a.store, form, period, area)
		if err != nil {
			return err
		}
		out.To = append(out.To, Receiver{area.ID, area.Get("name").Text})
		out.Rows += len(rows)
		for _, row := range rows {
			for p, v := range row.Values {
				if v.Set {
					filled[p]++
				}
			}
		}
	}
	for _, c := range form.Columns {
		if c.Fill && out.Rows > 0 && filled[c.Path] == out.Rows {
			out.Held = append(out.Held, HeldColumn{c.Path, a.headerOf(form, c), out.Rows, filled[c.Path]})
		}
	}
	return nil
}

// headerOf returns the words above a column of a form.
func (a *App) headerOf(form exchange.Form, c exchange.FormColumn) string {
	tg, err := exchange.ResolvePath(a.Catalog(), a.Catalog().Ledger(form.Over), c.Path)
	if err != nil || tg.Field == nil {
		return cmp.Or(c.Header, string(c.Path))
	}
	return cmp.Or(c.Header, tg.Field.Header())
}

// askedBefore returns the other forms that went out lately and asked for fields that
// this one asks for: of the same ledger, or of the same child ledger.
func (a *App) askedBefore(ctx context.Context, form exchange.Form) ([]AskedBefore, error) {
	forms, err := a.everyForm(ctx)
	if err != nil {
		return nil, err
	}
	last, err := a.lastIssued(ctx)
	if err != nil {
		return nil, err
	}
	asks := a.asks(form)
	var out []AskedBefore
	for _, o := range forms {
		on := last[o.Key]
		if o.Key == form.Key || on == "" {
			continue
		}
		same := AskedBefore{Form: o.Key, Label: o.Label, IssuedOn: on}
		for field, header := range a.asks(o) {
			if asks[field] != "" {
				same.Headers = append(same.Headers, header)
			}
		}
		if len(same.Headers) > 0 {
			slices.Sort(same.Headers)
			out = append(out, same)
		}
	}
	return out, nil
}

// lastIssued returns, by form, the day of its last dispatch within askedWithin.
func (a *App) lastIssued(ctx context.Context) (map[string]model.Day, error) {
	last := map[string]model.Day{}
	since := a.Today().Add(-askedWithin)
	err := a.store.Each(ctx, model.Query{Ledger: ledgers.Dispatch}, func(rec *model.Record) error {
		if on := rec.Get("issued_on").End; on >= since && on > last[rec.Get("form").Text] {
			last[rec.Get("form").Text] = on
		}
		return nil
	})
	return last, err
}

// asks returns what a form asks its receivers to fill: header by the field, named
// with the ledger of the rows, since progress of a task is not progress of a problem.
func (a *App) asks(form exchange.Form) map[string]string {
	out := map[string]string{}
	for _, c := range form.Columns {
		if c.Fill {
			out[form.Over+"/"+string(c.Path)] = a.headerOf(form, c)
		}
	}
	return out
}
