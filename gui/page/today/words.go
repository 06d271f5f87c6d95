package today

import (
	"fmt"
	"strings"

	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

var weekdays = []string{"星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"}

// title is the page's name with the day: 今日　11月22日 星期日.
func title(day model.Day) string {
	t := day.Time()
	return fmt.Sprintf("今日　%d月%d日 %s", t.Month(), t.Day(), weekdays[t.Weekday()])
}

// note says whose day it is and how far off the month's report is.
func note(a app.Agenda) string {
	parts := []string{}
	if a.Unit != "" {
		parts = append(parts, a.Unit)
	}
	if a.Items > 0 {
		for _, r := range a.Reports {
			if words := untilDue(r, a.Day); words != "" {
				parts = append(parts, words)
			}
		}
	}
	return strings.Join(parts, " · ")
}

// untilDue says how long a report still has: 距月报截止还有 3 天.
func untilDue(r app.ReportStanding, day model.Day) string {
	name := "“" + r.Form.Label + "”"
	if strings.HasSuffix(r.Form.Label, "月报") {
		name = "月报"
	}
	switch n := r.Due.Sub(day); {
	case r.Issued && r.Submitted == r.Expected:
		return name + "已报齐"
	case n > 0:
		return fmt.Sprintf("距%s截止还有 %d 天", name, n)
	case n == 0:
		return name + "今天截止"
	default:
		return fmt.Sprintf("%s已过截止 %d 天", name, -n)
	}
}

// days says how far a day is: 逾期 12 天, 今天到期, 明天到期, 剩 3 天.
func days(n int) string {
	switch {
	case n < 0:
		return fmt.Sprintf("逾期 %d 天", -n)
	case n == 0:
		return "今天到期"
	case n == 1:
		return "明天到期"
	}
	return fmt.Sprintf("剩 %d 天", n)
}

// status is the mark of a line with its words.
func status(l app.AgendaLine) (look.Mark, string) {
	switch l.Kind {
	case app.KindLate:
		return look.MarkOverdue, days(l.Days)
	case app.KindUpperLate:
		if l.Days == 0 {
			return look.MarkOverdue, "已过时刻"
		}
		return look.MarkOverdue, days(l.Days)
	case app.KindUpperDue:
		return look.MarkSoon, days(l.Days)
	case app.KindDue:
		return look.MarkSoon, days(l.Days)
	case app.KindReview:
		return look.MarkWaiting, "待审核"
	case app.KindExtend:
		return look.MarkWaiting, "延期申请"
	case app.KindAssign:
		return look.MarkWaiting, "待交办"
	case app.KindAccept:
		return look.MarkWaiting, "待签收"
	case app.KindConflict:
		return look.MarkWaiting, "待处理"
	case app.KindGap:
		return look.MarkSoon, "进度滞后"
	case app.KindSilence:
		return look.MarkSoon, "久未更新"
	case app.KindRecheck:
		return look.MarkSoon, "待复核"
	}
	return look.MarkWaiting, "提醒"
}

// what says what a line is about.
func what(l app.AgendaLine) string {
	switch l.Kind {
	case app.KindTerm:
		return l.Unit + l.Note + " " + l.Title + termWords(l)
	case app.KindUnissued:
		return "《" + l.Title + "》这个月还没有下发"
	case app.KindBackup:
		return backupWords(l)
	case app.KindCarried:
		return oneLine(l.Title) + "带去" + oneLine(l.Note) + "的下村包还没有收回"
	case app.KindInbox:
		return fmt.Sprintf("收表文件夹里有 %d 个没收过的文件", l.More+1)
	case app.KindConflict:
		return "两边填得不一样：" + oneLine(l.Title)
	case app.KindUpperLate, app.KindUpperDue:
		return "报" + l.Unit + "：" + oneLine(l.Title) + "（" + l.Note + upperMore(l) + "）"
	}
	words := oneLine(l.Title)
	if l.Unit != "" {
		words = l.Unit + "：" + words
	}
	if l.Of != "" {
		words = l.Of + " · " + words
	}
	return words
}

// upperMore says how many later periods of a table are open too.
func upperMore(l app.AgendaLine) string {
	if l.More == 0 {
		return ""
	}
	return fmt.Sprintf("等 %d 期", l.More+1)
}

func termWords(l app.AgendaLine) string {
	if l.Days < 0 {
		return "任期已届满"
	}
	return "任期将届满"
}

func backupWords(l app.AgendaLine) string {
	if l.Title == "" {
		return fmt.Sprintf("用了 %d 天，还没有第二处备份", l.Days)
	}
	return fmt.Sprintf("已有 %d 天没有备份到第二处", l.Days)
}

// aside is what stands at the end of a line: what holds it up, else its limit.
func aside(l app.AgendaLine, day model.Day) string {
	switch l.Kind {
	case app.KindReview:
		return l.Note
	case app.KindExtend:
		return "延到 " + short(l.Due, day) + " · " + oneLine(l.Note)
	case app.KindConflict:
		return l.Note
	case app.KindTerm:
		return short(l.Due, day)
	case app.KindUnissued:
		return days(l.Days)
	case app.KindBackup:
		return "U盘或另一块硬盘"
	case app.KindCarried:
		return short(l.Due, day) + " 带出"
	case app.KindInbox:
		return oneLine(l.Title)
	case app.KindUpperLate, app.KindUpperDue:
		return "截止 " + short(l.Due, day)
	}
	if note := oneLine(l.Note); note != "" {
		return note
	}
	if l.Due == "" {
		return ""
	}
	return "时限 " + short(l.Due, day)
}

// short leaves the year out of a day of this year.
func short(words string, day model.Day) string {
	if d, ok := model.ParseDay(words); ok && d.Year() == day.Year() {
		return string(d)[5:]
	}
	return words
}

// oneLine joins the lines of a long text.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
