package report

import (
	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// Item is one task with what was reported on it for the period.
type Item struct {
	Unit       string // 责任单位, by which lines are grouped
	Task       *model.Record
	Progress   *model.Record // of the period, nil if nothing was reported
	Title, Due string
	Person     string
}

// Line is one unit's counts, in the columns of a county's monthly summary
// (DOMAIN §1 i). Done, Doing, NotStarted and Stopped add up to Total.
type Line struct {
	Unit       string
	Total      int // 任务总数
	Done       int // 已完成
	Doing      int // 推进中
	NotStarted int // 未启动
	Stopped    int // 中止终止
	Overdue    int // 逾期
	ClosedNow  int // 本期新增完成
	Reported   int // 本期已报进展
	Problems   int // 收集问题
}

// Rate returns the completion rate in percent with one decimal, scaled by 10;
// ok is false where there is nothing to complete.
func (l Line) Rate() (tenths int64, ok bool) {
	if l.Total == 0 {
		return 0, false
	}
	return (int64(l.Done)*2000 + int64(l.Total)) / (2 * int64(l.Total)), true
}

// Summarise counts the items of each unit, in the order of units; a unit without
// items has a line of zeros. The sum over all comes with it.
func Summarise(units []string, items []Item, period model.Month) (lines []Line, sum Line) {
	index := make(map[string]int, len(units))
	for i, u := range units {
		index[u] = i
		lines = append(lines, Line{Unit: u})
	}
	sum.Unit = "合计"
	for _, it := range items {
		i, ok := index[it.Unit]
		if !ok {
			i = len(lines)
			index[it.Unit] = i
			lines = append(lines, Line{Unit: it.Unit})
		}
		lines[i].count(it, period)
		sum.count(it, period)
	}
	return lines, sum
}

// count adds one item to a line.
func (l *Line) count(it Item, period model.Month) {
	l.Total++
	switch it.Task.Get("state").Text {
	case ledgers.StateDone:
		l.Done++
	case ledgers.StateTodo, ledgers.StateSign:
		l.NotStarted++
	case ledgers.StatePaused, ledgers.StateEnded:
		l.Stopped++
	default:
		l.Doing++
	}
	if days := it.Task.Get("days_left"); days.Set && days.Num < 0 && !closed(it.Task) {
		l.Overdue++
	}
	if it.Task.Get("closed_on").End.Month() == period {
		l.ClosedNow++
	}
	if it.Progress == nil {
		return
	}
	l.Reported++
	if !it.Progress.Get("problem").IsEmpty() {
		l.Problems++
	}
}

// closed reports whether nothing more is owed on a task.
func closed(task *model.Record) bool {
	switch task.Get("state").Text {
	case ledgers.StateDone, ledgers.StateEnded, ledgers.StatePaused:
		return true
	}
	return false
}
