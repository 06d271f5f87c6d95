package app

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
	"xiangzhen/model/rule"
)

// UpperTable is a table that a level above asks for (报表登记), and where it stands.
type UpperTable struct {
	ledgers.Registered
	Open []ledgers.Asked // due by the day asked about and not sent, the earliest first
	Next *ledgers.Asked  // the next after those, nil if there is none within a year
	Sent []UpperSending  // the latest period first
}

// Late counts the open periods whose time has passed at a moment of
// model.MomentLayout.
func (t UpperTable) Late(now string) int {
	n := 0
	for _, o := range t.Open {
		if o.Moment < now {
			n++
		}
	}
	return n
}

// UpperSending is what was sent of a registered table for one period.
type UpperSending struct {
	ID             string // of the record; "" where it is the 定稿 of a form
	Table          string // id of the registered table
	Period         model.Period
	SentOn         model.Day
	SentAt, How    string
	Files, Theirs  []model.Attachment // the latest last
	Columns        int
	ByProgram      int
	ByHand         int
	Unknown        int
	Asked          []report.AskedColumn
	Form           string // of a 定稿: the key of the form
	Version        int    // of a 定稿
	FormFile, Note string
}

// File names the file that was sent last.
func (s UpperSending) File() string {
	if n := len(s.Files); n > 0 {
		return s.Files[n-1].Name
	}
	return s.FormFile
}

// UpperTables lists the registered tables, in the order in which they were
// registered, with what is due by a day and not sent.
func (a *App) UpperTables(ctx context.Context, by model.Day) ([]UpperTable, error) {
	calendar, err := a.calendar(ctx, a.store)
	if err != nil {
		return nil, err
	}
	sent, err := a.upperSendings(ctx)
	if err != nil {
		return nil, err
	}
	var out []UpperTable
	err = a.store.Each(ctx, model.Query{Ledger: ledgers.UpperTable}, func(rec *model.Record) error {
		out = append(out, UpperTable{Registered: ledgers.UpperTableOf(rec)})
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range out {
		t := &out[i]
		if t.Sent, err = a.sendingsOf(ctx, t.Registered, sent[t.ID]); err != nil {
			return nil, err
		}
		t.stand(by, calendar)
	}
	return out, nil
}

// aYear is how far ahead the next due day is looked for.
const aYear = 366

// stand finds what is open by a day, and what comes next.
func (t *UpperTable) stand(by model.Day, c model.Calendar) {
	for _, asked := range t.Asked(t.From, by.Add(aYear), c) {
		switch {
		case slices.ContainsFunc(t.Sent, func(s UpperSending) bool { return s.Period == asked.Period }):
		case asked.Due <= by:
			t.Open = append(t.Open, asked)
		default:
			t.Next = &asked
			return
		}
	}
}

// upperSendings reads what was kept, by table.
func (a *App) upperSendings(ctx context.Context) (map[string][]UpperSending, error) {
	out := map[string][]UpperSending{}
	err := a.store.Each(ctx, model.Query{Ledger: ledgers.UpperSent}, func(rec *model.Record) error {
		s, err := sendingFrom(rec)
		out[s.Table] = append(out[s.Table], s)
		return err
	})
	return out, err
}

func sendingFrom(rec *model.Record) (UpperSending, error) {
	number := func(key string) int { return int(rec.Get(key).Num) }
	s := UpperSending{ID: rec.ID, Table: rec.Get("table").ID, SentOn: rec.Get("sent_on").End, SentAt: rec.Get("sent_at").Text,
		How: rec.Get("how").Text, Files: rec.Get("files").Attachments(), Theirs: rec.Get("theirs").Attachments(), Note: rec.Get("remark").Text,
		Columns: number("columns"), ByProgram: number("by_program"), ByHand: number("by_hand"), Unknown: number("unknown")}
	words := rec.Get("period").Text
	s.Period = model.Period(words)
	if p, ok := model.ParsePeriod(words); ok { // a person may have written 2026年11月
		s.Period = p
	}
	if asked := rec.Get("asked").Text; asked != "" {
		if err := json.Unmarshal([]byte(asked), &s.Asked); err != nil {
			return s, model.Wrap(err, model.CodeDamaged, "“%s”的报送留存读不出来。", rec.Get("table").Text)
		}
	}
	return s, nil
}

// sendingsOf are all sendings of a table: those kept, and the 定稿 of its form for the
// periods of which none was kept.
func (a *App) sendingsOf(ctx context.Context, t ledgers.Registered, kept []UpperSending) ([]UpperSending, error) {
	if t.Form != "" {
		finals, err := a.finalSendings(ctx, t)
		if err != nil {
			return nil, err
		}
		for _, f := range finals {
			if !slices.ContainsFunc(kept, func(s UpperSending) bool { return s.Period == f.Period }) {
				kept = append(kept, f)
			}
		}
	}
	slices.SortStableFunc(kept, func(x, y UpperSending) int { return y.Period.Compare(x.Period) })
	return kept, nil
}

// finalSendings are the latest 定稿 of the form that a table is sent by. A form that is
// gone since has none.
func (a *App) finalSendings(ctx context.Context, t ledgers.Registered) ([]UpperSending, error) {
	form, err := a.form(ctx, t.Form)
	if model.CodeOf(err) == model.CodeNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	finals, err := a.Finals(ctx, form.Key, "")
	if err != nil {
		return nil, err
	}
	var asked []report.AskedColumn
	for _, c := range form.Columns {
		asked = append(asked, report.AskedColumn{Header: a.headerOf(form, c), Meaning: form.Over + "." + string(c.Path), By: report.ByProgram})
	}
	byPeriod := map[model.Period]int{}
	var out []UpperSending
	for _, f := range finals {
		day, _ := model.ParseDay(strings.Fields(f.SentAt + " ")[0])
		s := UpperSending{Table: t.ID, Period: f.Period, SentOn: day, SentAt: f.SentAt, How: ledgers.SentByFinal, Columns: len(asked), ByProgram: len(asked),
			Asked: asked, Form: form.Key, Version: f.Version, FormFile: f.File}
		if i, again := byPeriod[f.Period]; again {
			out[i] = s
			continue
		}
		byPeriod[f.Period] = len(out)
		out = append(out, s)
	}
	return out, nil
}

// UpperDue is a line of the calendar of what is to be sent (报送日历).
type UpperDue struct {
	ledgers.Asked
	Table  UpperTable
	Sent   *UpperSending // nil while it is not
	Passed bool          // its time has passed
}

// State says in a word where it stands.
func (d UpperDue) State() string {
	switch {
	case d.Sent != nil:
		return StandReported
	case d.Passed:
		return "逾期未报"
	}
	return "待报"
}

// UpperCalendar lists what is due from first to last, the earliest first.
func (a *App) UpperCalendar(ctx context.Context, first, last model.Day) ([]UpperDue, error) {
	calendar, err := a.calendar(ctx, a.store)
	if err != nil {
		return nil, err
	}
	tables, err := a.UpperTables(ctx, a.Today())
	if err != nil {
		return nil, err
	}
	var out []UpperDue
	for _, t := range tables {
		for _, asked := range t.Asked(first, last, calendar) {
			d := UpperDue{Asked: asked, Table: t, Passed: asked.Moment < a.moment()}
			if i := slices.IndexFunc(t.Sent, func(s UpperSending) bool { return s.Period == asked.Period }); i >= 0 {
				d.Sent = &t.Sent[i]
			}
			out = append(out, d)
		}
	}
	slices.SortStableFunc(out, func(x, y UpperDue) int { return cmp.Compare(x.Moment, y.Moment) })
	return out, nil
}

// moment is now, as due times are written.
func (a *App) moment() string { return a.now().Format(model.MomentLayout) }

// upperTable finds a registered table by its id or name.
func (a *App) upperTable(ctx context.Context, name string) (UpperTable, error) {
	tables, err := a.UpperTables(ctx, a.Today())
	if err != nil {
		return UpperTable{}, err
	}
	var hits []UpperTable
	for _, t := range tables {
		if t.ID == name {
			return t, nil
		}
		if t.Title == name || len(name) >= idStart && strings.HasPrefix(t.ID, name) {
			hits = append(hits, t)
		}
	}
	switch len(hits) {
	case 1:
		return hits[0], nil
	case 0:
		return UpperTable{}, model.Errorf(model.CodeNotFound, "没有登记过报表“%s”。用 table list 可以看到登记的报表。", name)
	}
	return UpperTable{}, model.Errorf(model.CodeAmbiguous, "登记的报表里有 %d 张叫“%s”，请写编号。", len(hits), name)
}

// idStart is how much of an id is enough to name a record.
const idStart = 8

// uppers puts the registered tables that are due or late on the agenda, one line a
// table.
func (g *gatherer) uppers() error {
	by := g.out.Day.Add(g.params.Int(rule.DueSoonDays))
	tables, err := g.UpperTables(g.ctx, by)
	if err != nil {
		return err
	}
	group := g.group(AgendaUpper)
	for _, t := range tables {
		if len(t.Open) > 0 {
			group.add(t.line(g.out.Day, g.moment()))
		}
	}
	return nil
}

// line is what 今日 says of a table with something open: the earliest of it.
func (t UpperTable) line(today model.Day, now string) AgendaLine {
	first := t.Open[0]
	l := AgendaLine{Kind: KindUpperDue, Ledger: ledgers.UpperTable, Record: t.ID, Unit: t.Asker, Title: t.Title, Days: first.Due.Sub(today),
		Due: string(first.Due), Note: first.Period.Words()}
	if first.Moment < now {
		l.Kind = KindUpperLate
	}
	l.More = len(t.Open) - 1
	return l
}

// UpperStanding is all that the page of the registered tables shows.
type UpperStanding struct {
	Day, By  model.Day // today, and by when what is due counts as open
	Moment   string
	Tables   []UpperTable
	Calendar []UpperDue // of this month and the next
	Burden   bool       // 报表负担 is switched on
}

// UpperStanding tells where the registered tables stand today.
func (a *App) UpperStanding(ctx context.Context) (UpperStanding, error) {
	p, err := a.Settings(ctx)
	if err != nil {
		return UpperStanding{}, err
	}
	today := a.Today()
	out := UpperStanding{Day: today, By: today.Add(p.Int(rule.DueSoonDays)), Moment: a.moment(), Burden: p.On(rule.UnitBurden)}
	if out.Tables, err = a.UpperTables(ctx, out.By); err != nil {
		return out, err
	}
	out.Calendar, err = a.UpperCalendar(ctx, today.Month().First(), today.Month().Add(1).Last())
	return out, err
}
