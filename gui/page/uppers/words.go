package uppers

import (
	"fmt"

	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

var weekdays = []string{"日", "一", "二", "三", "四", "五", "六"}

// dayWords writes a day with its weekday: 11-24 周二.
func dayWords(d model.Day) string {
	return string(d)[5:] + " 周" + weekdays[d.Time().Weekday()]
}

// standing says where a table stands.
func standing(t *app.UpperTable, now app.UpperStanding) (look.Mark, string) {
	if len(t.Open) == 0 {
		if t.Next == nil {
			return look.MarkNone, "不再到期"
		}
		return look.MarkFine, "没有到期"
	}
	first := t.Open[0]
	switch days := first.Due.Sub(now.Day); {
	case t.Late(now.Moment) > 1:
		return look.MarkOverdue, fmt.Sprintf("逾期 %d 期", t.Late(now.Moment))
	case days < 0:
		return look.MarkOverdue, fmt.Sprintf("逾期 %d 天", -days)
	case first.Moment < now.Moment:
		return look.MarkOverdue, "已过时刻"
	case days == 0:
		return look.MarkSoon, "今天到期"
	case days == 1:
		return look.MarkSoon, "明天到期"
	default:
		return look.MarkSoon, fmt.Sprintf("剩 %d 天", days)
	}
}

// periodWords says which period is to be sent next.
func periodWords(t *app.UpperTable) string {
	switch {
	case len(t.Open) > 0:
		return t.Open[0].Period.Words()
	case t.Next != nil:
		return t.Next.Period.Words()
	}
	return ""
}

// coveredWords says how much of a table the program filled: 41/52.
func coveredWords(s app.UpperSending) string {
	if s.Columns == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.ByProgram, s.Columns)
}

// standingNote says how many tables are registered and open.
func standingNote(now app.UpperStanding) string {
	if len(now.Tables) == 0 {
		return ""
	}
	words := fmt.Sprintf("登记 %d 张", len(now.Tables))
	if n := openTables(now); n > 0 {
		words += fmt.Sprintf("，待报 %d 张", n)
	}
	return words
}

// periodToSend is the period that a file is proposed for: the earliest that is open.
func periodToSend(t *app.UpperTable, today model.Day) model.Period {
	if len(t.Open) > 0 {
		return t.Open[0].Period
	}
	return t.PeriodFor(model.Daily.Of(today), today)
}

// sentWords say when and how a table was sent.
func sentWords(s app.UpperSending) string {
	words := string(s.SentOn) + " 报送"
	if s.How != "" {
		words += "，" + s.How
	}
	if n := len(s.Files); n > 1 {
		words += fmt.Sprintf("，共 %d 份，这是最近一份", n)
	}
	return words
}

// coverageWords say who filled the columns; "" where that is not known.
func coverageWords(s app.UpperSending) string {
	if s.Columns == 0 {
		return ""
	}
	words := fmt.Sprintf("%d 列：程序填 %d，人工填 %d", s.Columns, s.ByProgram, s.ByHand)
	if s.Unknown > 0 {
		words += fmt.Sprintf("，未知 %d", s.Unknown)
	}
	return words
}
