package app

import (
	"context"
	"slices"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/report"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
)

// BurdenRequest asks what the levels above asked of the own unit (报表负担).
type BurdenRequest struct {
	From, To model.Month // "" is the year up to the current month
	Out      string      // a workbook; "" = none
}

// The parts of a burden, for those who do not import package report.
type (
	Burden     = report.Burden
	BurdenLine = report.BurdenLine
	AskedAgain = report.AskedAgain
)

// BurdenShown reports whether the burden page is switched on; it is off by default
// (CLERK 16).
func (a *App) BurdenShown(ctx context.Context) (bool, error) {
	p, err := a.Settings(ctx)
	return p.On(rule.UnitBurden), err
}

// Burden counts what was asked for: of the own unit only, with no person named. While
// it is switched off it says so (CodeRefused).
func (a *App) Burden(ctx context.Context, req BurdenRequest) (report.Burden, error) {
	shown, err := a.BurdenShown(ctx)
	if err != nil {
		return report.Burden{}, err
	}
	if !shown {
		return report.Burden{}, model.Errorf(model.CodeRefused, "报表负担没有打开。要看的，请先在设置的“基本信息”里打开。")
	}
	first, last := req.From, req.To
	if first == "" {
		first = model.Month(string(a.Period())[:4] + "-01")
	}
	if last == "" {
		last = max(a.Period(), first)
	}
	const most = 24
	if last < first || first.Add(most) <= last {
		return report.Burden{}, model.Errorf(model.CodeUsage, "起止月份写得不对：要从前到后，不超过 %d 个月。", most)
	}
	asks, err := a.burdenAsks(ctx, first, last)
	if err != nil {
		return report.Burden{}, err
	}
	out := report.RollUpBurden(asks, first, last)
	if req.Out == "" {
		return out, nil
	}
	demo, err := a.isDemo(ctx, a.store)
	if err != nil {
		return out, err
	}
	book := report.BurdenBook{Burden: out, Unit: a.homeName(), Today: a.Today(), At: a.now(), Demo: demo}
	return out, sheet.Write(req.Out, book.Workbook())
}

// burdenAsks are the times that the own unit's tables were asked for: when they were
// due, and what was sent without having been due. Those of the month before count for
// what was given already.
func (a *App) burdenAsks(ctx context.Context, first, last model.Month) ([]report.BurdenAsk, error) {
	calendar, err := a.calendar(ctx, a.store)
	if err != nil {
		return nil, err
	}
	tables, err := a.UpperTables(ctx, a.Today())
	if err != nil {
		return nil, err
	}
	var out []report.BurdenAsk
	for _, t := range tables {
		if t.Area != a.homeID() {
			continue
		}
		asked := t.Asked(first.Add(-1).First(), last.Last(), calendar)
		for _, k := range asked {
			ask := t.burdenAsk(k.Period, t.sending(k.Period))
			ask.Due = k.Due
			out = append(out, ask)
		}
		for i := range t.Sent {
			s := &t.Sent[i]
			if !slices.ContainsFunc(asked, func(k ledgers.Asked) bool { return k.Period == s.Period }) && s.SentOn != "" {
				out = append(out, t.burdenAsk(s.Period, s))
			}
		}
	}
	return out, nil
}

func (t UpperTable) burdenAsk(period model.Period, s *UpperSending) report.BurdenAsk {
	ask := report.BurdenAsk{Table: t.ID, Title: t.Title, Asker: t.Asker, Period: period}
	if s != nil {
		ask.SentOn, ask.Asked = s.SentOn, s.Asked
	}
	return ask
}
