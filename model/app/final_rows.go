package app

import (
	"context"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
)

// finalRow is one row of a 定稿: its values by the paths of the form's columns.
type finalRow struct {
	ID     string                 `json:"id"`
	Area   string                 `json:"area"`
	Unit   string                 `json:"unit"`
	Name   string                 `json:"name"`
	Values map[string]model.Value `json:"values"`
}

// FinalChange is a change after 定稿 (定稿后变动), in words. Entered is the period whose
// 定稿 has told it as 更正 already, "" if none has.
type FinalChange struct {
	report.Correction
	Entered model.Period
}

// FinalChanges lists what has changed since the latest 定稿 of a form and period.
func (a *App) FinalChanges(ctx context.Context, form string, period model.Period) (Final, []FinalChange, error) {
	fm, err := a.form(ctx, form)
	if err != nil {
		return Final{}, nil, err
	}
	if period, err = fm.PeriodFor(string(period)); err != nil {
		return Final{}, nil, err
	}
	f, err := a.newFinals(ctx, fm, period)
	if err != nil {
		return Final{}, nil, err
	}
	k := f.of(period)
	if k == nil {
		return Final{}, nil, notFinal(fm, period)
	}
	changes, err := f.changes(k, nil)
	if err != nil {
		return k.Final, nil, err
	}
	out := make([]FinalChange, len(changes))
	for i, c := range changes {
		out[i] = FinalChange{c, f.enteredIn(c)}
	}
	k.Label = fm.Label
	return k.Final, out, nil
}

// enteredIn returns the period of the 定稿 that told a change as it now stands.
func (f *finals) enteredIn(c report.Correction) model.Period {
	for _, k := range slices.Backward(f.kept) {
		i := slices.IndexFunc(k.corrections, func(o report.Correction) bool { return sameCell(o, c) })
		if i >= 0 && k.corrections[i].After == c.After {
			return k.Period
		}
	}
	return ""
}

func sameCell(x, y report.Correction) bool {
	return x.Period == y.Period && x.Record == y.Record && x.Path == y.Path
}

// cell is a value of a row: its record and the path of its column.
type cell struct{ record, path string }

// told returns what later 定稿, before a period, have told of one: the words by cell.
func (f *finals) told(k *keptFinal, until model.Period) map[cell]string {
	out := map[cell]string{}
	for _, later := range f.kept {
		if later.Period.Compare(k.Period) <= 0 || later.Period.Compare(until) >= 0 {
			continue
		}
		for _, c := range later.corrections {
			if c.Period == k.Period {
				out[cell{c.Record, c.Path}] = c.After
			}
		}
	}
	return out
}

// The words for a row as a whole.
const (
	rowThere = "有"
	rowGone  = "无"
	rowPath  = "#row"
	rowHead  = "这一行"
)

// changes compares a 定稿, as told since, with what is now held of its period, row by
// row in the order of the divisions.
func (f *finals) changes(k *keptFinal, told map[cell]string) ([]report.Correction, error) {
	at := *f
	at.period = k.Period
	until, err := at.nextBegan()
	if err != nil {
		return nil, err
	}
	now, err := at.rows()
	if err != nil {
		return nil, err
	}
	was := map[string]bool{}
	var out []report.Correction
	for _, row := range k.rows {
		was[row.ID] = true
		found, err := at.rowChanges(row, until, told)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	for _, row := range now {
		spoke := at.form.Shape == exchange.ShapeNew || slices.ContainsFunc(at.columns, func(c finalColumn) bool {
			return c.target.Child != nil && row.Values[c.path].Set
		})
		if was[row.ID] || !spoke || told[cell{row.ID, rowPath}] == rowThere {
			continue
		}
		c, err := at.correction(row, finalColumn{path: rowPath, header: rowHead}, rowGone, rowThere, f.ledger.Key, row.ID)
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, f.look.err
}

// nextBegan is the operation with which the next period of the form began: up to it,
// what the rows themselves hold is about this period. 0 is not yet.
func (f *finals) nextBegan() (int64, error) {
	began := int64(0)
	for _, ledger := range []string{ledgers.Dispatch, ledgers.Submission} {
		q := model.Query{Ledger: ledger, Where: []model.Cond{{Field: "form", Op: model.OpEq, Value: model.Text(f.form.Key)}}}
		err := f.store.Each(f.ctx, q, func(rec *model.Record) error {
			if model.Period(rec.Get("period").Text).Compare(f.period) <= 0 {
				return nil
			}
			history, err := f.store.History(f.ctx, ledger, rec.ID)
			if n := len(history); err == nil && n > 0 && (began == 0 || history[n-1].Op.ID < began) {
				began = history[n-1].Op.ID
			}
			return err
		})
		if err != nil {
			return 0, err
		}
	}
	return began, nil
}

// rowChanges compares one row of a 定稿 with what is held now.
func (f *finals) rowChanges(row finalRow, until int64, told map[cell]string) ([]report.Correction, error) {
	rec, err := f.look.Record(f.ledger.Key, row.ID)
	if err != nil {
		return nil, err
	}
	if rec == nil {
		if told[cell{row.ID, rowPath}] == rowGone {
			return nil, nil
		}
		c, err := f.correction(row, finalColumn{path: rowPath, header: rowHead}, rowThere, rowGone, f.ledger.Key, row.ID)
		return []report.Correction{c}, err
	}
	var out []report.Correction
	for _, col := range f.columns {
		was := col.words(row.Values[col.path])
		if w, ok := told[cell{row.ID, col.path}]; ok {
			was = w
		}
		v, on, err := f.value(rec, col, until, was)
		if err != nil {
			return nil, err
		}
		if is := col.words(v); is != was {
			c, err := f.correction(row, col, was, is, col.target.Ledger.Key, on)
			if err != nil {
				return nil, err
			}
			out = append(out, c)
		}
	}
	return out, nil
}

// words says a value, sensitive ones masked.
func (c finalColumn) words(v model.Value) string { return c.field.Show(Shown(false)(c.field, v)) }

// value is what is held of a cell for the period, and the record that holds it. What a
// row itself holds counts up to where the next period began.
func (f *finals) value(rec *model.Record, col finalColumn, until int64, was string) (v model.Value, on string, err error) {
	if col.target.Child != nil {
		child, err := f.look.Child(col.target.Child.Key, rec.ID, f.period.Month())
		if err != nil || child == nil {
			return model.Value{}, "", err
		}
		return child.Get(col.target.Field.Key), child.ID, nil
	}
	if v, err = f.look.pathValue(rec, col.target, f.period.Month()); err != nil || until == 0 || col.words(v) == was {
		return v, rec.ID, err
	}
	history, err := f.store.History(f.ctx, f.ledger.Key, rec.ID)
	if err != nil {
		return v, rec.ID, err
	}
	then := asOf(f.ledger, rec.ID, rec, history, until-1)
	if then == nil {
		return v, rec.ID, nil
	}
	v, err = f.look.pathValue(then, col.target, f.period.Month())
	return v, rec.ID, err
}

// correction tells a change with when and by whom it was made.
func (f *finals) correction(row finalRow, col finalColumn, was, is, ledger, on string) (report.Correction, error) {
	c := report.Correction{Period: f.period, Unit: row.Unit, Name: row.Name, Header: col.header, Before: was, After: is,
		Area: row.Area, Record: row.ID, Path: col.path}
	if on == "" {
		return c, nil
	}
	history, err := f.store.History(f.ctx, ledger, on)
	for _, e := range history {
		if col.field != nil && !wrote([]model.Entry{e}, col.field.Key) {
			continue
		}
		c.At, c.By = e.Op.At.Local().Format("2006-01-02 15:04"), e.Op.Actor.Name
		break
	}
	return c, err
}

// rows returns the rows of the form and period as they are now held, in the order of
// the divisions: of followed items all of a unit, as the summary counts them; of only
// new rows those that returns of the period brought; else those that the form is over.
func (f *finals) rows() ([]finalRow, error) {
	var out []finalRow
	for _, area := range f.areas {
		add := func(rec *model.Record) error {
			row := finalRow{ID: rec.ID, Area: area.ID, Unit: area.Get("name").Text, Name: f.ledger.Name(rec), Values: map[string]model.Value{}}
			for _, c := range f.columns {
				v, err := f.look.pathValue(rec, c.target, f.period.Month())
				if err != nil {
					return err
				}
				if v.Set {
					row.Values[c.path] = v
				}
			}
			out = append(out, row)
			return nil
		}
		if err := f.eachRow(area, add); err != nil {
			return nil, err
		}
	}
	return out, f.look.err
}

func (f *finals) eachRow(area *model.Record, add func(*model.Record) error) error {
	if f.form.Shape == exchange.ShapeNew {
		return f.eachNew(area, add)
	}
	q := model.Query{Ledger: f.ledger.Key, Areas: []string{area.ID}}
	if !slices.Contains(ledgers.Followed(), f.ledger.Key) {
		var err error
		if q.Where, err = f.conditions(f.ctx, f.ledger, f.form.Where); err != nil {
			return err
		}
	}
	return f.store.Each(f.ctx, q, add)
}

// eachNew goes through the records that an area's returns of the period speak of.
func (f *finals) eachNew(area *model.Record, add func(*model.Record) error) error {
	q := ofPeriod(ledgers.Claim, f.form.Key, f.period)
	q.Areas = []string{area.ID}
	var ids []string
	err := f.store.Each(f.ctx, q, func(rec *model.Record) error {
		if rec.Get("target_ledger").Text == f.ledger.Key && !slices.Contains(ids, rec.Get("record").Text) {
			ids = append(ids, rec.Get("record").Text)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		rec, err := f.look.Record(f.ledger.Key, id)
		if err != nil {
			return err
		}
		if rec != nil {
			if err := add(rec); err != nil {
				return err
			}
		}
	}
	return nil
}
