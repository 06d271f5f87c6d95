package teams

import (
	"strings"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// viewMonth is 本月, beside the views that the diary shares with the visits.
const viewMonth = "month"

// diaryChips are the views, with the number of difficulties that wait.
func diaryChips(open int) []kit.Chip {
	return []kit.Chip{{Key: viewWeek, Label: "本周"}, {Key: viewLastWeek, Label: "上周"}, {Key: viewMonth, Label: "本月"},
		{Key: viewProblems, Label: "困难未转办", Count: open, HasCount: true}}
}

// diaryPeriod is the period of a view; that of what waits is the month.
func diaryPeriod(view string, today model.Day) model.Period {
	switch view {
	case viewWeek:
		return model.Weekly.Of(today)
	case viewLastWeek:
		return model.Weekly.Of(today).Previous()
	}
	return model.Monthly.Of(today)
}

// diaryLines are the entries of a view, in their order.
func diaryLines(view string, all []app.DiaryLine, today model.Day) []app.DiaryLine {
	period := diaryPeriod(view, today)
	var out []app.DiaryLine
	for _, line := range all {
		day := line.Log.Get("log_on").Start
		if view == viewProblems && line.Waiting() || view != viewProblems && period.First() <= day && day <= period.Last() {
			out = append(out, line)
		}
	}
	return out
}

// diaryTable lists entries by day.
func diaryTable(l *model.Ledger, lines []app.DiaryLine) table {
	t := table{cols: []grid.Column{column("日期", 106), column("记录人", 90), column("驻村", 92), column("工作内容", 0),
		column("存在困难", 190), column("下步计划", 150), column("转为任务", 130)}}
	for _, line := range lines {
		row := cells()
		for _, key := range []string{"log_on", "member", "village", "content", "problem", "next_step"} {
			row = append(row, cells(shown(l, line.Log, key))...)
		}
		row[3].Bold = true
		if line.Waiting() {
			row[4].Mark, row[4].Tone = look.MarkWaiting, look.TonePlain
		}
		t.rows = append(t.rows, append(row, cells(strings.Join(line.Risen, "；"))...))
	}
	return t
}

// lastEntry is the newest entry before a day ("" for any day) by who wrote the one of
// the cursor, else by whoever wrote last; nil if there is none.
func lastEntry(all []app.DiaryLine, cursor *app.DiaryLine, before model.Day) *model.Record {
	for _, line := range all {
		same := cursor == nil || line.Log.Get("member") == cursor.Log.Get("member")
		if same && (before == "" || line.Log.Get("log_on").Start < before) {
			return line.Log
		}
	}
	return nil
}
