package main

import (
	"cmp"
	"context"
	"strconv"

	"xiangzhen/model"
	"xiangzhen/model/app"
)

type missingCmd struct {
	Form   string `arg:"" help:"报表。"`
	Period string `required:"" help:"期间，例如 2026-11。"`
	Text   bool   `help:"给出催报文字。"`
	Tone   string `default:"催报" help:"语气：提醒、催报、再催。"`
	Kind   string `default:"群通知" help:"给谁：群通知、单独提醒、给包村干部的清单。"`
	Since  string `help:"连同从这一期起的各期按时率，例如 2026-01。"`
}

// Run tells who has reported and who has not.
func (c *missingCmd) Run(ctx context.Context, g *globals, out *output) error {
	return g.read(ctx, func(a *app.App) error {
		m, err := a.Missing(ctx, c.Form, model.Period(c.Period))
		if err != nil {
			return err
		}
		doc := object{"rows": standingsJSON(m), "counts": tallyJSON(m.Tally())}
		if c.Text {
			if err := c.texts(ctx, a, m, doc, out); err != nil {
				return err
			}
		} else {
			tellStandings(out, m)
		}
		if c.Since != "" {
			if err := c.punctuality(ctx, a, doc, out); err != nil {
				return err
			}
		}
		out.result(doc)
		return nil
	})
}

func standingsJSON(m app.Completeness) []object {
	docs := make([]object, len(m.Rows))
	for i, r := range m.Rows {
		docs[i] = object{"area": r.Area, "group": r.Group, "status": r.Status, "late": r.Late, "due": r.Due, "submitted_at": r.SubmittedAt, "contact": r.Contact,
			"stamped": r.Stamped, "stamped_before": r.StampedBefore}
	}
	return docs
}

func tellStandings(out *output, m app.Completeness) {
	var rows [][]string
	for _, r := range m.Rows {
		rows = append(rows, []string{r.Area, r.Status, r.Due, r.SubmittedAt, r.Contact})
	}
	out.table([]string{"村", "状态", "截止", "报送时间", "联系人"}, rows)
	out.line("应报 %d，已报 %d，未报 %d。", m.Expected, m.Submitted, m.Expected-m.Submitted)
	out.line("%s", tallyLine(m.Tally()))
}

func tallyLine(t app.Tally) string {
	return "按时 " + strconv.Itoa(t.OnTime) + "，迟报 " + strconv.Itoa(t.Late) + "，零报告 " + strconv.Itoa(t.Zero) + "，待更正 " + strconv.Itoa(t.ToCorrect) +
		"，退回 " + strconv.Itoa(t.Returned) + "，空表 " + strconv.Itoa(t.Empty) + "；按时率 " + cmp.Or(rateWords(t.Punctual()), "—") + "，报送率 " + cmp.Or(rateWords(t.Rate()), "—") + "。"
}

// rateWords says a rate as 93.8%; "" where there is none.
func rateWords(tenths int64, ok bool) string {
	if !ok {
		return ""
	}
	return model.FormatScaled(tenths, 1, false) + "%"
}

func tallyJSON(t app.Tally) object {
	return object{"expected": t.Expected, "reported": t.Reported, "on_time": t.OnTime, "late": t.Late, "missing": t.Missing, "returned": t.Returned,
		"zero": t.Zero, "empty": t.Empty, "to_correct": t.ToCorrect, "rate": rateWords(t.Rate()), "punctual": rateWords(t.Punctual())}
}

// texts writes what to send to those who have not reported.
func (c *missingCmd) texts(ctx context.Context, a *app.App, m app.Completeness, doc object, out *output) error {
	calls, err := a.Calls(ctx, c.Form, m.Period, app.Tone(c.Tone), app.CallKind(c.Kind))
	if err != nil {
		return err
	}
	docs := make([]object, len(calls))
	for i, call := range calls {
		contacts := make([]object, len(call.Contacts))
		for j, p := range call.Contacts {
			contacts[j] = object{"title": p.Title, "name": p.Name, "phone": p.Phone}
		}
		docs[i] = object{"to": call.To, "text": call.Text, "contacts": contacts}
		out.line("%s", call.Text)
	}
	doc["texts"], doc["text"] = docs, m.Text
	switch {
	case len(calls) == 0:
		out.line("%s", m.Text)
	case len(calls) == 1:
		doc["text"] = calls[0].Text
	}
	return nil
}

// punctuality tells the rates of the periods before, whole and by township.
func (c *missingCmd) punctuality(ctx context.Context, a *app.App, doc object, out *output) error {
	all, err := a.Punctuality(ctx, c.Form, model.Period(c.Since), model.Period(c.Period))
	if err != nil {
		return err
	}
	docs := make([]object, len(all))
	for i, m := range all {
		groups := []object{}
		for _, g := range m.ByGroup() {
			one := tallyJSON(g.Tally)
			one["area"] = g.Area
			groups = append(groups, one)
		}
		docs[i] = object{"period": m.Period, "counts": tallyJSON(m.Tally()), "groups": groups}
		out.line("%s　应报 %d　%s", m.Period.Words(), m.Expected, tallyLine(m.Tally()))
	}
	doc["periods"] = docs
	return nil
}
