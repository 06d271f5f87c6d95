package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
	"xiangzhen/model/sheet"
)

// CompareRequest compares a form's period with an earlier one (环比).
type CompareRequest struct {
	Form         string
	Period, With model.Period // With "" is the period before
	Out          string       // the marked workbook; "" = none
}

// Compared is what comparing found, row by row in the order of the divisions.
type Compared struct {
	Form         exchange.Form
	Period, With model.Period
	Findings     []report.Finding
	Rows         int // rows compared
}

// Compare compares what was reported, and what the rows themselves held, in two
// periods. What a row held in an earlier period is taken from the journal: as it
// stood when that period's last table had gone out or come in.
func (a *App) Compare(ctx context.Context, req CompareRequest) (Compared, error) {
	form, err := a.form(ctx, req.Form)
	if err != nil {
		return Compared{}, err
	}
	out := Compared{Form: form}
	if out.Period, err = form.PeriodFor(string(req.Period)); err != nil {
		return out, err
	}
	if out.With, err = form.PeriodFor(cmp.Or(string(req.With), string(out.Period.Previous()))); err != nil {
		return out, err
	}
	if out.With.Compare(out.Period) >= 0 {
		return out, model.Errorf(model.CodeUsage, "要比较的期间“%s”应早于“%s”。", out.With.Words(), out.Period.Words())
	}
	c := comparer{App: a, ctx: ctx, form: form, look: a.lookup(ctx, a.store), rows: map[string]*report.ComparedRow{}}
	if err := c.run(out.With, out.Period); err != nil {
		return out, err
	}
	ordered := c.ordered()
	out.Rows, out.Findings = len(ordered), report.Compare(c.columns, ordered)
	maskFindings(out.Findings, c.columns)
	if req.Out == "" {
		return out, c.look.err
	}
	return out, c.write(req.Out, out, ordered)
}

// comparer gathers the rows of two periods.
type comparer struct {
	*App
	ctx     context.Context
	form    exchange.Form
	ledger  *model.Ledger
	look    *lookup
	columns []report.CompareColumn
	targets []exchange.Target
	rows    map[string]*report.ComparedRow
	areas   map[string]string // row → id of its area
	records map[string]*model.Record
}

// side is one period while it is read.
type side struct {
	period model.Period
	other  model.Period
	until  int64           // the operation up to which the journal counts; 0 = all of it
	known  bool            // the row's own values of then are known
	issued map[string]bool // rows that went out
	asked  map[string]bool // areas that it went out to
	spoke  map[string]bool // areas that sent a return
}

func (c *comparer) run(with, period model.Period) error {
	if err := c.open(); err != nil {
		return err
	}
	before, err := c.side(with, period)
	if err != nil {
		return err
	}
	after, err := c.side(period, with)
	if err != nil {
		return err
	}
	ids, err := c.universe(before, after)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := c.compareRow(id, before, after); err != nil {
			return err
		}
	}
	return c.look.err
}

// open resolves the columns of the form.
func (c *comparer) open() error {
	l, err := c.Catalog().Find(c.form.Over)
	if err != nil {
		return err
	}
	c.ledger, c.areas, c.records = l, map[string]string{}, map[string]*model.Record{}
	for _, col := range c.form.Columns {
		tg, err := exchange.ResolvePath(c.Catalog(), l, col.Path)
		if err != nil {
			return err
		}
		if tg.Field == nil || col.Grey || tg.Through != nil || tg.Path == exchange.PathArea {
			continue
		}
		c.targets = append(c.targets, tg)
		c.columns = append(c.columns, report.CompareColumn{Path: string(col.Path), Header: cmp.Or(col.Header, tg.Field.Header()), Field: tg.Field,
			Reported: tg.Child != nil})
	}
	return nil
}

// side reads what is known of one period: its rows, who answered, and how far the
// journal goes. The later of the two, if no form has gone out since, is as of now.
func (c *comparer) side(period, other model.Period) (*side, error) {
	s := &side{period: period, other: other, issued: map[string]bool{}, asked: map[string]bool{}, spoke: map[string]bool{}}
	dispatches, err := c.issuedTo(c.ctx, c.form.Key, period)
	if err != nil {
		return nil, err
	}
	for _, d := range dispatches {
		s.asked[d.Area] = true
		for id := range strings.FieldsSeq(d.Get("row_ids").Text) {
			s.issued[id] = true
		}
		if err := c.reach(s, ledgers.Dispatch, d.ID); err != nil {
			return nil, err
		}
	}
	err = c.store.Each(c.ctx, ofPeriod(ledgers.Submission, c.form.Key, period), func(rec *model.Record) error {
		s.spoke[rec.Get("sender").Text] = true
		return c.reach(s, ledgers.Submission, rec.ID)
	})
	s.known = s.until > 0
	if period.Compare(other) > 0 {
		later, laterErr := c.issuedAfter(period)
		if err == nil {
			err = laterErr
		}
		if s.known = true; !later {
			s.until = 0
		}
	}
	return s, err
}

// reach extends the journal of a side to the operation that added a record.
func (c *comparer) reach(s *side, ledger, id string) error {
	entries, err := c.store.History(c.ctx, ledger, id)
	for _, e := range entries {
		if e.Kind == model.Added {
			s.until = max(s.until, e.Op.ID)
		}
	}
	return err
}

func (c *comparer) issuedAfter(period model.Period) (found bool, err error) {
	q := model.Query{Ledger: ledgers.Dispatch, Where: []model.Cond{{Field: "form", Op: model.OpEq, Value: model.Text(c.form.Key)}}}
	err = c.store.Each(c.ctx, q, func(rec *model.Record) error {
		found = found || model.Period(rec.Get("period").Text).Compare(period) > 0
		return nil
	})
	return found, err
}

// universe returns the rows of both periods: those that went out and those on which
// something was reported.
func (c *comparer) universe(sides ...*side) ([]string, error) {
	var ids []string
	for _, s := range sides {
		for id := range s.issued {
			ids = append(ids, id)
		}
		for _, tg := range c.targets {
			if tg.Child == nil {
				continue
			}
			owner := tg.Child.Owner().Key
			q := model.Query{Ledger: tg.Child.Key, Where: []model.Cond{{Field: "period", Op: model.OpEq, Value: model.Text(string(s.period.Month()))}}}
			err := c.store.Each(c.ctx, q, func(rec *model.Record) error {
				ids = append(ids, rec.Get(owner).ID)
				return nil
			})
			if err != nil {
				return nil, err
			}
			break // the columns of reports are all of one ledger
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// compareRow reads one row in both periods. Rows of other ledgers, which own records
// of the same kind, are none.
func (c *comparer) compareRow(id string, before, after *side) error {
	history, err := c.store.History(c.ctx, c.ledger.Key, id)
	if err != nil {
		return err
	}
	now, err := c.look.Record(c.ledger.Key, id)
	if err != nil || now == nil && len(history) == 0 {
		return err
	}
	was, err := c.snapshot(id, now, history, before)
	if err != nil {
		return err
	}
	is, err := c.snapshot(id, now, history, after)
	if err != nil || was == nil && is == nil {
		return err
	}
	last := cmp.Or(now, c.records[id])
	at := asOf(c.ledger, id, now, history, after.until)
	if is == nil && at != nil && !after.asked[last.Area] || was == nil && !before.asked[last.Area] {
		return nil // nobody was asked: that a row is not there says nothing
	}
	row := &report.ComparedRow{ID: id, Before: was, After: is, Name: c.ledger.Name(last), Area: c.look.area(last.Area).Get("name").Text,
		Answered: after.spoke[last.Area]}
	row.Closed = at != nil && isClosed(at)
	c.rows[id], c.areas[id] = row, last.Area
	return nil
}

// snapshot returns a row as it stood in a period, nil where it was no part of it.
func (c *comparer) snapshot(id string, now *model.Record, history []model.Entry, s *side) (*report.Snapshot, error) {
	rec := asOf(c.ledger, id, now, history, s.until)
	if rec == nil {
		return nil, nil
	}
	c.records[id] = rec
	out := &report.Snapshot{Values: map[string]model.Value{}, Known: s.known, Day: min(s.period.Last(), c.Today())}
	for i, tg := range c.targets {
		if tg.Child == nil {
			out.Values[c.columns[i].Path] = rec.Get(tg.Field.Key)
			continue
		}
		child, err := c.child(tg, id, s)
		if err != nil {
			return nil, err
		}
		v := child.Get(tg.Field.Key)
		out.Values[c.columns[i].Path], out.Spoke = v, out.Spoke || v.Set
	}
	if !s.issued[id] && !out.Spoke {
		return nil, nil
	}
	return out, nil
}

// child returns what was reported on a row for a period. Where both periods lie in
// one month, whose reports are one record, it is that of then.
func (c *comparer) child(tg exchange.Target, owner string, s *side) (*model.Record, error) {
	rec, err := c.look.Child(tg.Child.Key, owner, s.period.Month())
	if err != nil || rec == nil || s.until == 0 || s.period.Month() != s.other.Month() {
		return rec, err
	}
	history, err := c.store.History(c.ctx, tg.Child.Key, rec.ID)
	return asOf(tg.Child, rec.ID, rec, history, s.until), err
}

// asOf returns a record as it stood after an operation; until 0 is as it stands. nil
// where there was none.
func asOf(l *model.Ledger, id string, now *model.Record, history []model.Entry, until int64) *model.Record {
	if until == 0 {
		return now
	}
	rec := model.NewRecord(l.Key, id)
	there := now != nil
	if there {
		rec.Area = now.Area
		for key, v := range now.Values {
			rec.Put(key, v)
		}
	}
	for _, e := range history { // the newest first
		if e.Op.ID <= until {
			break
		}
		there = e.Kind != model.Added
		for key, v := range e.Before {
			if key == model.AreaKey {
				rec.Area = v.ID
				continue
			}
			rec.Put(key, v)
		}
	}
	if !there {
		return nil
	}
	return rec
}

// isClosed reports whether nothing more is owed on an item.
func isClosed(rec *model.Record) bool {
	return slices.Contains([]string{ledgers.StateDone, ledgers.StateEnded, ledgers.StatePaused}, rec.Get("state").Text)
}

// ordered returns the rows in the order of the divisions, then by name.
func (c *comparer) ordered() []report.ComparedRow {
	out := make([]report.ComparedRow, 0, len(c.rows))
	for _, r := range c.rows {
		out = append(out, *r)
	}
	slices.SortFunc(out, func(x, y report.ComparedRow) int {
		return cmp.Or(c.look.compareAreas(c.areas[x.ID], c.areas[y.ID]), strings.Compare(x.Name, y.Name), strings.Compare(x.ID, y.ID))
	})
	return out
}

// maskFindings hides sensitive values in what is shown.
func maskFindings(findings []report.Finding, columns []report.CompareColumn) {
	for i := range findings {
		f := &findings[i]
		at := slices.IndexFunc(columns, func(col report.CompareColumn) bool { return col.Path == f.Column })
		if at >= 0 && columns[at].Field.Sensitive {
			field := columns[at].Field
			f.Before = field.Show(Shown(false)(field, model.Text(f.Before)))
			f.After = field.Show(Shown(false)(field, model.Text(f.After)))
		}
	}
}

func (c *comparer) write(path string, out Compared, rows []report.ComparedRow) error {
	demo, err := c.isDemo(c.ctx, c.store)
	if err != nil {
		return err
	}
	book := report.Comparison{Title: c.homeName() + c.form.Label + "环比", Unit: c.homeName(), Filler: c.Actor().Name, Period: out.Period,
		With: out.With, Today: c.Today(), At: c.now(), Demo: demo, Columns: c.columns, Rows: rows, Findings: out.Findings, Show: Shown(false)}
	return sheet.Write(path, book.Workbook())
}
