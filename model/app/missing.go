package app

import (
	"cmp"
	"context"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/exchange"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// The words for where a receiver stands with a form.
const (
	StandReported  = "已报"
	StandLate      = "迟报"
	StandMissing   = "未报"
	StandReturned  = "退回"
	StandZero      = "零报告"
	StandEmpty     = "空表"
	StandToCorrect = "待更正"
)

// Completeness tells who has reported for a form and period, in the order of the
// divisions. Nobody is ranked.
type Completeness struct {
	Form                exchange.Form
	Period              model.Period
	Rows                []Standing
	DueOn               model.Day // the day by which it was asked for
	Expected, Submitted int
	Text                string // 催报 text for the chat group, without phone numbers
}

// Standing is one receiver's line.
type Standing struct {
	AreaID, Area     string
	Group            string // the area next below the own unit that it lies in
	Status           string
	Due, SubmittedAt string
	Contact          string
	Late             bool // what counts came after it was due, whatever its status
	Stamped          int  // files of the sealed paper copy (盖章件)
	StampedBefore    bool // they belong to another version than the one that counts
}

// counted reports whether the status counts as having reported.
func counted(status string) bool {
	return slices.Contains([]string{StandReported, StandLate, StandZero, StandToCorrect}, status)
}

// Missing lists the receivers of a form for a period and where each stands.
func (a *App) Missing(ctx context.Context, form string, period model.Period) (Completeness, error) {
	f, err := a.form(ctx, form)
	if err != nil {
		return Completeness{}, err
	}
	if period, err = f.PeriodFor(string(period)); err != nil {
		return Completeness{}, err
	}
	c := Completeness{Form: f, Period: period}
	issued, err := a.issuedTo(ctx, f.Key, period)
	if err != nil {
		return c, err
	}
	if len(issued) == 0 {
		return c, model.Errorf(model.CodeNotFound, "“%s”%s还没有下发。先用 form issue 下发。", f.Label, exchange.PeriodWords(period))
	}
	latest, err := a.latestSubmissions(ctx, f.Key, period)
	if err != nil {
		return c, err
	}
	contacts, err := a.contacts(ctx, f.Contacts)
	if err != nil {
		return c, err
	}
	papers, err := a.stampedOf(ctx, f.Key, period)
	if err != nil {
		return c, err
	}
	res := a.resolver(ctx, a.store)
	for _, d := range issued {
		row := a.standing(ctx, d, latest[d.Area], contactWords(contacts[d.Area]))
		row.setStamped(papers[d.Area], latest[d.Area])
		row.Group = res.area(res.nextBelow(d.Area, a.homeID())).Get("name").Text
		c.Rows, c.DueOn = append(c.Rows, row), d.Get("due").End
		c.Expected++
		if counted(row.Status) {
			c.Submitted++
		}
	}
	p, err := params(ctx, a.store, a.Today())
	c.Text = groupText(c, p[rule.CallUrge], c.missing())
	return c, cmp.Or(err, res.err)
}

// nextBelow is the area next below top that an area lies in: of a village its township,
// seen from the county.
func (r *resolver) nextBelow(id, top string) string {
	for at := id; at != "" && at != top; at = r.above(at) {
		if r.above(at) == top {
			return at
		}
	}
	return id
}

// issuedTo returns the dispatches of a form and period in the order of the divisions.
func (a *App) issuedTo(ctx context.Context, form string, period model.Period) ([]*model.Record, error) {
	page, err := a.store.List(ctx, ofPeriod(ledgers.Dispatch, form, period))
	if err != nil {
		return nil, err
	}
	res := a.resolver(ctx, a.store)
	slices.SortStableFunc(page.Records, func(x, y *model.Record) int { return res.compareAreas(x.Area, y.Area) })
	return page.Records, res.err
}

func ofPeriod(ledger, form string, period model.Period) model.Query {
	return model.Query{Ledger: ledger, Where: []model.Cond{
		{Field: "form", Op: model.OpEq, Value: model.Text(form)},
		{Field: "period", Op: model.OpEq, Value: model.Text(string(period))},
	}}
}

// latestSubmissions returns by sender the submission that counts: the newest of
// those that no later version has replaced.
func (a *App) latestSubmissions(ctx context.Context, form string, period model.Period) (map[string]*model.Record, error) {
	latest := map[string]*model.Record{}
	err := a.store.Each(ctx, ofPeriod(ledgers.Submission, form, period), func(rec *model.Record) error {
		if !rec.Get("superseded").Bool() {
			latest[rec.Get("sender").Text] = rec
		}
		return nil
	})
	return latest, err
}

func (a *App) standing(ctx context.Context, dispatch, submission *model.Record, contact string) Standing {
	row := Standing{AreaID: dispatch.Area, Status: StandMissing, Due: dispatch.Get("due_at").Text, Contact: contact}
	if area, err := a.store.Get(ctx, ledgers.Area, dispatch.Area); err == nil {
		row.Area = area.Get("name").Text
	}
	if submission == nil {
		return row
	}
	received := submission.Get("received_on").End
	row.SubmittedAt = string(received)
	row.Late = late(dispatch, submission)
	row.Status = standWord(submission.Get("status").Text, row.Late)
	return row
}

// late reports whether a submission came after it was due: by the minute where
// both times are known, else by the day.
func late(dispatch, submission *model.Record) bool {
	due, came := dispatch.Get("due_time").Text, submission.Get("received_at").Text
	if due == "" || came == "" {
		return submission.Get("received_on").End > dispatch.Get("due").End
	}
	return came > due
}

func standWord(status string, late bool) string {
	switch status {
	case ledgers.SubmissionEmpty:
		return StandEmpty
	case ledgers.SubmissionZero:
		return StandZero
	case ledgers.SubmissionReturned:
		return StandReturned
	case ledgers.SubmissionProblem:
		return StandToCorrect
	}
	if late {
		return StandLate
	}
	return StandReported
}

// inOffice reports whether a post is held on the day.
func inOffice(post *model.Record, day model.Day) bool {
	from, to := post.Get("from").Start, post.Get("to").End
	return (from == "" || from <= day) && (to == "" || to >= day)
}
