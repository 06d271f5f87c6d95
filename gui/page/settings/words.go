package settings

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/rule"
)

// size writes a file's size as people read it.
func size(bytes int64) string {
	switch {
	case bytes >= 1<<30:
		return strconv.FormatFloat(float64(bytes)/(1<<30), 'f', 1, 64) + " GB"
	case bytes >= 1<<20:
		return strconv.FormatFloat(float64(bytes)/(1<<20), 'f', 1, 64) + " MB"
	}
	return strconv.FormatInt((bytes+1023)>>10, 10) + " KB"
}

// moment writes a time, with the year unless it is this one.
func moment(at time.Time, today model.Day) string {
	if at = at.Local(); at.Year() != today.Year() {
		return at.Format("2006-01-02 15:04")
	}
	return at.Format("01-02 15:04")
}

// proved says how a backup stands: whether it was opened and counted.
func proved(f app.BackupFile, today model.Day) (look.Mark, string) {
	switch {
	case f.Proved.IsZero():
		return look.MarkNone, "未核对"
	case !f.Sound:
		return look.MarkOverdue, "已损坏"
	}
	return look.MarkFine, "已核对 " + moment(f.Proved, today)
}

// secondWords says how safe the second place is.
func secondWords(b app.Backups, today model.Day) (look.Tone, string) {
	switch {
	case b.Second == "":
		return look.ToneSoon, "还没有第二处备份。这台电脑坏了，本机的备份会一起丢：请选一个U盘、共享文件夹或网盘文件夹。"
	case b.SecondGone:
		return look.ToneSoon, "第二处“" + b.Second + "”现在打不开，请插好U盘或连上共享。"
	case b.SecondAt.IsZero():
		return look.ToneSoon, "第二处“" + b.Second + "”里还没有核对过的备份。"
	case b.SecondLate:
		return look.ToneSoon, "第二处“" + b.Second + "”最近一份是 " + moment(b.SecondAt, today) + "，已超过 7 天，请再存一份。"
	}
	return look.ToneFine, "第二处“" + b.Second + "”最近一份是 " + moment(b.SecondAt, today) + "，已核对。"
}

// backupSource shows backups.
type backupSource struct {
	files []app.BackupFile
	today model.Day
}

// Len is the number of backups.
func (s *backupSource) Len() int { return len(s.files) }

// Columns lists the columns.
func (s *backupSource) Columns() []grid.Column {
	return []grid.Column{
		{Key: "at", Title: "时间", Width: 130}, {Key: "where", Title: "存在哪里", Width: 84},
		{Key: "reason", Title: "怎么来的", Width: 120}, {Key: "size", Title: "大小", Width: 84, Align: grid.AlignRight},
		{Key: "records", Title: "记录数", Width: 84, Align: grid.AlignRight}, {Key: "proved", Title: "核对", Width: 156},
		{Key: "file", Title: "文件", Width: 140, Grow: true},
	}
}

// Cell shows a backup.
func (s *backupSource) Cell(row, col int) grid.Cell {
	f := s.files[row]
	switch col {
	case 0:
		return grid.Cell{Text: moment(f.At, s.today)}
	case 1:
		if f.Second {
			return grid.Cell{Text: "第二处"}
		}
		return grid.Cell{Text: "本机"}
	case 2:
		return grid.Cell{Text: f.Reason}
	case 3:
		return grid.Cell{Text: size(f.Bytes)}
	case 4:
		if f.Proved.IsZero() {
			return grid.Cell{Text: "—", Tone: look.ToneQuiet}
		}
		return grid.Cell{Text: strconv.Itoa(f.Records)}
	case 5:
		mark, words := proved(f, s.today)
		return grid.Cell{Text: words, Mark: mark, Tone: mark.Tone()}
	}
	return grid.Cell{Text: filepath.Base(f.Path), Tone: look.ToneQuiet, Hint: f.Path}
}

// reportWords says in one sentence what checking a file found.
func reportWords(r app.FileReport) string {
	if len(r.Problems) > 0 {
		return fmt.Sprintf("“%s”有 %d 处问题：%s", filepath.Base(r.Path), len(r.Problems), strings.Join(r.Problems, "；"))
	}
	return fmt.Sprintf("“%s”完好：%d 条记录、%d 次操作，逐条对上。", filepath.Base(r.Path), r.Records, r.Operations)
}

// restoreWords says what a restore would do.
func restoreWords(c app.Comparison, today model.Day) string {
	last := "（空台账）"
	if !c.Report.LastAt.IsZero() {
		last = moment(c.Report.LastAt, today)
	}
	words := fmt.Sprintf("这份备份停在 %s，有 %d 条记录。", last, c.Report.Records)
	if c.Since > 0 {
		words += fmt.Sprintf("那之后做过 %d 次操作，恢复后都没有了。", c.Since)
	}
	if c.Same() {
		return words + "台账内容与现在相同，没有必要恢复。"
	}
	return words + "下面是各台账与现在的差别。现有台账不会删除，改名留在旁边。"
}

// differenceSource shows what differs between a backup and the present ledger.
type differenceSource []app.Difference

// Len is the number of ledgers that differ.
func (s differenceSource) Len() int { return len(s) }

// Columns lists the columns.
func (s differenceSource) Columns() []grid.Column {
	number := func(key, title string, width float32) grid.Column {
		return grid.Column{Key: key, Title: title, Width: width, Align: grid.AlignRight}
	}
	return []grid.Column{
		{Key: "ledger", Title: "台账", Width: 130, Grow: true}, number("then", "备份里", 72), number("now", "现在", 72),
		number("back", "恢复后找回", 92), number("lost", "恢复后没有", 92), number("changed", "改回原样", 86),
	}
}

// Cell shows a count; what would be lost is marked.
func (s differenceSource) Cell(row, col int) grid.Cell {
	d := s[row]
	if col == 0 {
		return grid.Cell{Text: d.Label}
	}
	n := []int{d.Then, d.Now, d.OnlyThen, d.OnlyNow, d.Changed}[col-1]
	c := grid.Cell{Text: strconv.Itoa(n)}
	switch {
	case n == 0:
		c.Tone = look.ToneQuiet
	case col == 3:
		c.Fill = grid.FillAdded
	case col == 4:
		c.Fill = grid.FillConflict
	case col == 5:
		c.Fill = grid.FillChanged
	}
	return c
}

// differences lists what a restore would change, the program's own records last.
func differences(c app.Comparison) differenceSource {
	out := differenceSource(slices.Clone(c.Ledgers))
	if s := c.System; s.OnlyThen+s.OnlyNow+s.Changed > 0 {
		s.Label = "程序自动记录"
		out = append(out, s)
	}
	return out
}

// toggled is the setting after one part was switched on or off; all of them are
// written as none. The last one cannot be switched off.
func toggled(setting, desk string) string {
	now, all := rule.DesksOf(setting), rule.Desks()
	var out []string
	for _, d := range all {
		if slices.Contains(now, d) != (d == desk) {
			out = append(out, d)
		}
	}
	if len(out) == len(all) || len(out) == 0 && len(now) == len(all) {
		return ""
	}
	if len(out) == 0 {
		return strings.Join(now, "、")
	}
	return strings.Join(out, "、")
}

// actors are the people who may work here: those who hold a post today, each with
// the place of the post.
func actors(l *model.Ledger, posts []*model.Record, today model.Day) []kit.Choice {
	var out []kit.Choice
	for _, p := range posts {
		to := p.Get("to").End
		if to != "" && to < today || p.Get("person").ID == "" || p.Get("at").ID == "" {
			continue
		}
		show := func(key string) string { return l.Field(key).Show(p.Get(key)) }
		out = append(out, kit.Choice{
			ID:   p.Get("person").ID + "@" + p.Get("at").ID,
			Text: show("person"), Note: show("at") + " · " + show("title"),
		})
	}
	return out
}

// paramWords is a parameter's value with its unit.
func paramWords(p app.ParameterInfo) string {
	if p.Unit == "" {
		return p.Value
	}
	return p.Value + " " + p.Unit
}

// restsOn is what a parameter's default rests on, without the number under which
// the program's own papers keep it: （S-29）.
func restsOn(p app.ParameterInfo) string {
	words, _, _ := strings.Cut(p.Source, "（S-")
	return words
}

// since says from when a value holds.
func since(p app.ParameterInfo) string {
	if p.Since == "" {
		return "出厂默认"
	}
	return string(p.Since) + " 起"
}

// adjustable lists the parameters of a county or a year; what the ledger itself is
// stands under 基本信息.
func adjustable(all []app.ParameterInfo) []app.ParameterInfo {
	return slices.DeleteFunc(slices.Clone(all), func(p app.ParameterInfo) bool { return p.Kind != "" && p.Kind != model.KindMultiEnum })
}

// ticked is the value of several choices after one was ticked or not: in their
// order, and none of them is written as the last, 无, which stands alone.
func ticked(choices []string, value, choice string, on bool) string {
	none := choices[len(choices)-1]
	now := strings.Split(value, "、")
	var out []string
	for _, c := range choices[:len(choices)-1] {
		if c == choice && on || c != choice && choice != none && slices.Contains(now, c) {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return none
	}
	return strings.Join(out, "、")
}

// paramSource shows parameters.
type paramSource []app.ParameterInfo

// Len is the number of parameters.
func (s paramSource) Len() int { return len(s) }

// Columns lists the columns.
func (s paramSource) Columns() []grid.Column {
	return []grid.Column{
		{Key: "label", Title: "参数", Width: 150}, {Key: "value", Title: "现值", Width: 96},
		{Key: "since", Title: "何时起", Width: 112}, {Key: "source", Title: "依据", Width: 200, Grow: true},
	}
}

// Cell shows a parameter; a value of the user's own is bold.
func (s paramSource) Cell(row, col int) grid.Cell {
	p := s[row]
	switch col {
	case 0:
		return grid.Cell{Text: p.Label, Hint: p.Help}
	case 1:
		return grid.Cell{Text: paramWords(p), Bold: p.Since != ""}
	case 2:
		return grid.Cell{Text: since(p), Tone: look.ToneQuiet}
	}
	return grid.Cell{Text: restsOn(p), Hint: restsOn(p)}
}

// personOf is the person of an actor's id PERSON@UNIT.
func personOf(id string) string {
	person, _, _ := strings.Cut(id, "@")
	return person
}

// actorWords says who works here, and where.
func actorWords(a model.Actor, at string) string {
	name := a.Name
	if name == "" {
		name = "还没有选人，历史里记作“本机”"
	}
	if at == "" || a.Name == "" {
		return name
	}
	return name + "（" + at + "）"
}
