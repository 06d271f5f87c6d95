package uppers

import (
	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// The views of the list, as chips.
const (
	viewAll      = "all"
	viewOpen     = "open"
	viewCalendar = "calendar"
)

// viewChips count what each view shows.
func viewChips(now app.UpperStanding) []kit.Chip {
	return []kit.Chip{
		{Key: viewAll, Label: "全部", Count: len(now.Tables), HasCount: true},
		{Key: viewOpen, Label: "待报", Count: openTables(now), HasCount: true, Tone: look.ToneSoon},
		{Key: viewCalendar, Label: "报送日历"},
	}
}

func openTables(now app.UpperStanding) int {
	n := 0
	for _, t := range now.Tables {
		if len(t.Open) > 0 {
			n++
		}
	}
	return n
}

// line is one line of the list: a table, in the calendar with one of its due days.
type line struct {
	table *app.UpperTable
	cells []grid.Cell
}

// rows are the lines of a view.
type rows struct {
	columns []grid.Column
	lines   []line
}

// Len is the number of lines.
func (r *rows) Len() int { return len(r.lines) }

// Columns lists the columns.
func (r *rows) Columns() []grid.Column { return r.columns }

// Cell shows one value.
func (r *rows) Cell(row, col int) grid.Cell {
	c := r.lines[row].cells[col]
	c.Hint = c.Text
	return c
}

// rowsOf are the lines of a view.
func rowsOf(now app.UpperStanding, view string) rows {
	if view == viewCalendar {
		return calendarRows(now)
	}
	out := rows{columns: []grid.Column{
		{Key: "title", Title: "报表名称", Width: 176, Pinned: true, Grow: true}, {Key: "asker", Title: "要表单位", Width: 124},
		{Key: "state", Title: "状态", Width: 110}, {Key: "due", Title: "截止", Width: 142}, {Key: "next", Title: "要报的期间", Width: 116},
		{Key: "last", Title: "最近报送", Width: 92}, {Key: "covered", Title: "程序填", Width: 66, Align: grid.AlignRight, Kind: model.KindText},
		{Key: "contact", Title: "对接人", Width: 76},
	}}
	for i := range now.Tables {
		if t := &now.Tables[i]; view != viewOpen || len(t.Open) > 0 {
			out.lines = append(out.lines, line{t, tableCells(t, now)})
		}
	}
	return out
}

func tableCells(t *app.UpperTable, now app.UpperStanding) []grid.Cell {
	mark, state := standing(t, now)
	last, covered := "", ""
	if len(t.Sent) > 0 {
		last, covered = string(t.Sent[0].SentOn), coveredWords(t.Sent[0])
	}
	return []grid.Cell{{Text: t.Title}, {Text: t.Asker}, {Text: state, Mark: mark}, {Text: t.Due.Words(t.Cadence)}, {Text: periodWords(t)},
		{Text: last}, {Text: covered}, {Text: t.Contact}}
}

// calendarRows are what is due this month and the next, the earliest first.
func calendarRows(now app.UpperStanding) rows {
	out := rows{columns: []grid.Column{
		{Key: "due", Title: "截止", Width: 170, Pinned: true}, {Key: "title", Title: "报表名称", Width: 230, Pinned: true, Grow: true},
		{Key: "asker", Title: "要表单位", Width: 140}, {Key: "period", Title: "期间", Width: 130}, {Key: "state", Title: "状态", Width: 110},
		{Key: "sent", Title: "报送日期", Width: 100},
	}}
	for i := range now.Calendar {
		d := &now.Calendar[i]
		mark, sent := look.MarkNone, ""
		switch {
		case d.Sent != nil:
			mark, sent = look.MarkFine, string(d.Sent.SentOn)
		case d.Passed:
			mark = look.MarkOverdue
		case d.Due <= now.By:
			mark = look.MarkSoon
		}
		out.lines = append(out.lines, line{&d.Table, []grid.Cell{{Text: dayWords(d.Due) + " " + d.Table.Due.Clock()}, {Text: d.Table.Title}, {Text: d.Table.Asker},
			{Text: d.Period.Words()}, {Text: d.State(), Mark: mark}, {Text: sent}}})
	}
	return out
}
