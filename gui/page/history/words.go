package history

import (
	"fmt"
	"strings"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page/trail"
	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/text"
)

// kindUndo is the kind of operations that take others back (model.Operation).
const kindUndo = "undo"

// status says what can be done about an operation.
func status(op model.Operation) (look.Mark, string) {
	switch {
	case op.Undone != 0:
		return look.MarkDone, "已撤销"
	case op.Kind == kindUndo:
		return look.MarkNone, "撤销操作"
	}
	return look.MarkNone, "可撤销"
}

// step is what the button does with an operation: the words on it, and which
// operation is undone for it. What was undone comes back by undoing what undid it.
type step struct {
	label string
	undo  int64
}

func stepOf(op model.Operation) step {
	switch {
	case op.Undone != 0:
		return step{"重做这一步", op.Undone}
	case op.Kind == kindUndo:
		return step{"取消这次撤销", op.ID}
	}
	return step{"撤销这一步", op.ID}
}

// question says what a step would do before it is done.
func question(op model.Operation, counts string) task.Question {
	s := stepOf(op)
	touched := fmt.Sprintf("涉及 %d 条记录", op.Rows)
	if counts != "" {
		touched += "（" + counts + "）"
	}
	what := "将把这一步改动的内容恢复成改动之前的样子，"
	if s.undo != op.ID || op.Kind == kindUndo {
		what = "将把撤销掉的内容重新写回去，"
	}
	return task.Question{
		Title: s.label + "：" + op.Label,
		Text:  what + touched + "。之后又被改过的内容会保留，不会覆盖；撤不回的会逐条说明原因。这一步本身也记入历史，随时可以再反过来。",
		Yes:   s.label,
	}
}

// who names the actor of an operation.
func who(op model.Operation) string {
	if op.Actor.Name == "" {
		return "本机"
	}
	return op.Actor.Name
}

// when writes the time of an operation, with the year unless it is this one.
func when(op model.Operation, today model.Day) string {
	if at := op.At.Local(); at.Year() != today.Year() {
		return at.Format("2006-01-02 15:04")
	}
	return trail.When(op)
}

// The choices of days.
const (
	daysAll   = "全部日期"
	daysToday = "今天"
	daysLast  = "昨天"
	daysWeek  = "近 7 天"
	daysMonth = "近 30 天"
)

func dayChoices() []kit.Choice {
	return kit.TextChoices([]string{daysAll, daysToday, daysLast, daysWeek, daysMonth})
}

// days says which days are meant by words, one of the choices or a date.
func days(words string, today model.Day) (from, to model.Day, err error) {
	switch words {
	case "", daysAll:
		return "", "", nil
	case daysToday:
		return today, today, nil
	case daysLast:
		return today.Add(-1), today.Add(-1), nil
	case daysWeek:
		return today.Add(-6), today, nil
	case daysMonth:
		return today.Add(-29), today, nil
	}
	d, _ := text.ParseDate(words, today)
	if d.End == "" {
		return "", "", model.Errorf(model.CodeInvalid, "日期“%s”读不懂，请写成 11-20 或 2026-11-20。", words)
	}
	if from = d.Start; from == "" {
		from = d.End
	}
	return from, d.End, nil
}

// said is what happened to one record, in words.
type said struct {
	title string // 修改 任务“水池清淤”
	lines []string
}

// say puts an entry in words; name is the record's where the entry does not hold it.
func say(c *model.Catalog, e model.Entry, name string) said {
	l := c.Ledger(e.Ledger)
	if l == nil {
		return said{title: trail.Kind(e.Kind) + " " + e.Ledger}
	}
	if name == "" {
		name = "已删除的记录"
	}
	s := said{title: trail.Kind(e.Kind) + " " + l.Label + "“" + name + "”"}
	for _, ch := range trail.Changes(l, e) {
		s.lines = append(s.lines, line(e.Kind, ch))
	}
	if e.Kind != model.Changed && len(s.lines) > 0 {
		// A whole record is told in one go; a change deserves a line of its own.
		s.lines = []string{strings.Join(s.lines, "；")}
	}
	return s
}

// line is one field's change; a deleted record had its values.
func line(kind model.EntryKind, c trail.Change) string {
	if kind == model.Deleted {
		return c.Label + "：" + c.Before
	}
	return c.String()
}

// pageWords says which records of an operation are on screen.
func pageWords(from, shown, all int) string {
	if shown == all {
		return ""
	}
	return fmt.Sprintf("第 %d–%d 条，共 %d 条", from+1, from+shown, all)
}
