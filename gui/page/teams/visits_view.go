package teams

import (
	"fmt"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// The views of the visits.
const (
	viewCoverage = "coverage" // 全覆盖表
	viewWeek     = "week"     // 本周
	viewLastWeek = "last"     // 上周
	viewProblems = "problems" // 反映问题未办结
)

// visitChips are the views, with the number of problems that wait.
func visitChips(today model.Day, open int) []kit.Chip {
	return []kit.Chip{
		{Key: viewCoverage, Label: rule.Term(today, "监测户") + "走访全覆盖"},
		{Key: viewWeek, Label: "本周"}, {Key: viewLastWeek, Label: "上周"},
		{Key: viewProblems, Label: "问题未办结", Count: open, HasCount: true},
	}
}

// week is the Monday and the Sunday of the week of a day.
func week(day model.Day) (monday, sunday model.Day) {
	monday = day.Add(-(int(day.Time().Weekday()) + 6) % 7)
	return monday, monday.Add(6)
}

// monthsOf are the months of the year up to the one of the day.
func monthsOf(today model.Day) []model.Month {
	var out []model.Month
	for m := model.NewDay(today.Year(), 1, 1).Month(); m <= today.Month(); m = m.Add(1) {
		out = append(out, m)
	}
	return out
}

// coverageTable is household × month: how often each was visited. Lines are in the
// order of the divisions.
func coverageTable(l *model.Ledger, c app.Coverage, today model.Day) table {
	t := table{cols: []grid.Column{column("村", 92), column("组", 90), column("户主姓名", 96), column("类别", 0), column("环节", 92)}}
	months := monthsOf(today)
	for _, m := range months {
		t.cols = append(t.cols, grid.Column{Key: string(m), Title: fmt.Sprintf("%d月", int(m.First().Time().Month())), Width: 52, Align: grid.AlignMiddle})
	}
	for _, h := range c.Households {
		row := cells(shown(l, h, "village"), shown(l, h, "group"), shown(l, h, "householder"), shown(l, h, "category"), shown(l, h, "stage"))
		row[2].Bold = true
		for _, m := range months {
			row = append(row, visitCell(h, c.Visits[h.ID][m], m))
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// visitCell shows a household's visits of a month; months in which it was not
// monitored are muted. A month without a visit is simply empty.
func visitCell(h *model.Record, n int, month model.Month) grid.Cell {
	c := grid.Cell{}
	if n > 0 {
		c.Text = "√"
		c.Hint = fmt.Sprintf("走访 %d 次", n)
	}
	if n > 1 {
		c.Text = fmt.Sprintf("√%d", n)
	}
	if !monitoredIn(h, month) {
		c.Fill, c.Tone = grid.FillMuted, look.ToneQuiet
	}
	return c
}

// monitoredIn reports whether a household was monitored in a month.
func monitoredIn(h *model.Record, month model.Month) bool {
	from, to := h.Get("identified_on").Start, h.Get("cleared_on").End
	if from == "" || from > month.Last() {
		return false
	}
	return ledgers.MonitorStage(h) != ledgers.StageCleared || to == "" || to >= month.First()
}

// visitTable lists visits by day.
func visitTable(l *model.Ledger, records []*model.Record) table {
	t := table{cols: []grid.Column{column("走访日期", 106), column("走访人", 90), column("村", 92), column("户主姓名", 92), column("在家情况", 90),
		column("走访内容", 150), column("反映问题", 0), column("处理情况", 90), column("办结时间", 106)}}
	for _, r := range records {
		row := cells(shown(l, r, "visited_on"), shown(l, r, "visitor"), shown(l, r, "village"), shown(l, r, "household"), shown(l, r, "at_home"),
			shown(l, r, "topics"), shown(l, r, "problem"), shown(l, r, "handling"), shown(l, r, "done_on"))
		row[3].Bold = true
		if !r.Get("problem").IsEmpty() && r.Get("done_on").IsEmpty() {
			row[6].Mark, row[6].Tone = look.MarkWaiting, look.TonePlain
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// visitRequest asks for the visits of a view.
func visitRequest(view string, today model.Day) app.ListRequest {
	req := app.ListRequest{Ledger: ledgers.Visit, Sort: "-visited_on"}
	day := today
	switch view {
	case viewProblems:
		req.Where = []string{"problem!=", "done_on=", "handling!=现场解决"}
		return req
	case viewLastWeek:
		day = today.Add(-7)
	}
	monday, sunday := week(day)
	req.Where = []string{"visited_on>=" + string(monday), "visited_on<=" + string(sunday)}
	return req
}

// visitRows are the records of one entry: one for each household, of the village it
// is in.
func visitRows(households []*model.Record, got []app.Assignment) []app.RowChange {
	out := make([]app.RowChange, len(households))
	for i, h := range households {
		assign := append([]app.Assignment{{Field: "household", Words: h.ID}, {Field: "village", Words: h.Get("village").ID}}, got...)
		out[i] = app.RowChange{Assign: assign}
	}
	return out
}

// lastDay are the visits of the newest day before today by the visitor of the
// newest one (昨天的): whoever fills in goes on from there.
func lastDay(newest []*model.Record, today model.Day) []*model.Record {
	var out []*model.Record
	for _, r := range newest {
		day := r.Get("visited_on").Start
		if day >= today {
			continue
		}
		if len(out) > 0 && (day != out[0].Get("visited_on").Start || r.Get("visitor").Text != out[0].Get("visitor").Text) {
			continue
		}
		out = append(out, r)
	}
	return out
}
