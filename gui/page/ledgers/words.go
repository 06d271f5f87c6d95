package ledgers

import (
	"errors"
	"fmt"
	"strings"

	"xiangzhen/gui/task"
	"xiangzhen/model"
	"xiangzhen/model/app"
)

// noteOf says beside the title how many records there are.
func noteOf(total int, active bool) string {
	if active {
		return fmt.Sprintf("符合条件 %d 条", total)
	}
	return fmt.Sprintf("共 %d 条", total)
}

// statusOf is the left end of the status line.
func statusOf(chosen, total int) string {
	if total == 0 {
		return "没有记录"
	}
	return fmt.Sprintf("选中 %d 条　　共 %d 条", chosen, total)
}

// nameOf is how a record is spoken of, also where it has no name.
func nameOf(l *model.Ledger, r *model.Record) string {
	if name := l.Name(r); name != "" {
		return name
	}
	return "未命名的" + l.Label
}

// few lists names in words, the first three of many.
func few(names []string) string {
	const most = 3
	if len(names) <= most {
		return "“" + strings.Join(names, "”“") + "”"
	}
	return fmt.Sprintf("“%s”等 %d 条", strings.Join(names[:most], "”“"), len(names))
}

// effect is what deleting records means for those that refer to them.
type effect struct {
	goes    []string // deleted along: 36 条任务进展
	stops   []string // keep it from being deleted
	further bool     // records below go along, which must be asked for
}

// effectOf sorts the uses of records by what happens to them.
func effectOf(l *model.Ledger, by []model.Referrer, uses []app.Use) effect {
	var out effect
	for _, u := range total(uses) {
		words := fmt.Sprintf("%d 条%s", u.N, u.Ledger)
		switch r := referrer(by, u); {
		case r != nil && r.Field.IsOwner():
			out.goes = append(out.goes, words)
		case r != nil && r.Ledger.Key == l.Key && r.Field.Key == l.Parent:
			out.goes, out.further = append(out.goes, fmt.Sprintf("下级 %d 条", u.N)), true
		default:
			out.stops = append(out.stops, words+"（"+u.Field+"）")
		}
	}
	return out
}

// total adds the uses by the same field of several records.
func total(uses []app.Use) []app.Use {
	var out []app.Use
	for _, u := range uses {
		found := false
		for i := range out {
			if out[i].Ledger == u.Ledger && out[i].Field == u.Field {
				out[i].N += u.N
				found = true
			}
		}
		if !found {
			out = append(out, u)
		}
	}
	return out
}

func referrer(by []model.Referrer, u app.Use) *model.Referrer {
	for i := range by {
		if by[i].Ledger.Label == u.Ledger && by[i].Field.Label == u.Field {
			return &by[i]
		}
	}
	return nil
}

// deleteQuestion asks whether to delete records, saying what goes along.
func deleteQuestion(names []string, e effect) task.Question {
	q := task.Question{Title: fmt.Sprintf("删除 %d 条记录", len(names)), Yes: fmt.Sprintf("删除 %d 条", len(names)), Danger: true}
	q.Text = "要删除" + few(names) + "吗？"
	if len(e.goes) > 0 {
		q.Text += "属于它的" + strings.Join(e.goes, "、") + "会一起删除。"
	}
	q.Text += "删除后可以撤销。"
	return q
}

// inUse says why records cannot be deleted, nil if they can.
func inUse(names []string, e effect) error {
	if len(e.stops) == 0 {
		return nil
	}
	return model.Errorf(model.CodeInUse, "%s不能删除：还有%s用到它。请先改掉这些记录，或者把重复的两条合并。", few(names), strings.Join(e.stops, "、"))
}

// growQuestion asks whether pasted rows beyond the last one become records.
func growQuestion(l *model.Ledger, n int) task.Question {
	return task.Question{
		Title: "新增记录", Yes: fmt.Sprintf("新增 %d 条", n), No: "不新增",
		Text: fmt.Sprintf("粘贴的内容比“%s”现有的行多 %d 行。要把多出的行作为 %d 条新记录加进去吗？", l.Label, n, n),
	}
}

// writtenWords say what came of writing many rows.
func writtenWords(verb string, done, failed int) string {
	if failed == 0 {
		return fmt.Sprintf("已%s %d 条", verb, done)
	}
	return fmt.Sprintf("已%s %d 条，%d 条有问题没有写入", verb, done, failed)
}

// doubtWords are those of a problem as they stand in a hint.
func doubtWords(p model.Problem) string { return p.Message + p.Suggestion }

// fileName proposes a name for an exported file.
func fileName(l *model.Ledger, today model.Day, kind string) string {
	return l.Label + strings.ReplaceAll(string(today), "-", "") + kind
}

// hasSensitive reports whether a ledger holds what not everybody may see.
func hasSensitive(l *model.Ledger) bool {
	for i := range l.Fields {
		if l.Fields[i].Sensitive {
			return true
		}
	}
	return false
}

// optionsOf splits the choices of a new field: one a line, or parted by 、 and ，.
func optionsOf(words string) []string {
	var out []string
	for _, w := range strings.FieldsFunc(words, func(r rune) bool { return strings.ContainsRune("\n、，,;；", r) }) {
		if w = strings.TrimSpace(w); w != "" {
			out = append(out, w)
		}
	}
	return out
}

// refusedError says which of the pasted rows could not become records.
func refusedError(refused []refusal) error {
	r := refused[0]
	return model.Wrap(r.err, model.CodeInvalid, "粘贴的内容里新增的第 %d 行没有写入：%s", r.row+1, model.Sentence(r.err)+more(len(refused)-1))
}

// more says how many further rows are meant.
func more(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("（另有 %d 行也没有写入）", n)
}

// fieldOf is the field an error concerns, "" for none.
func fieldOf(err error) string {
	var e *model.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}

// leaveQuestion asks before what was typed is given up.
func leaveQuestion() task.Question {
	return task.Question{Title: "还没有保存", Text: "右边填写的内容还没有保存。要放弃吗？", Yes: "放弃修改", No: "继续填写", Danger: true}
}

// relationWords head the records that refer to one by a field.
func relationWords(r relation) string {
	return fmt.Sprintf("%s（%s）%d 条", r.ledger.Label, r.field.Label, r.total)
}

// lineOf is a record on one line: its name, or the first things said of it.
func lineOf(l *model.Ledger, rec *model.Record, without string) string {
	if f := l.Field(l.Title); f != nil && f.Key != without && !rec.Get(f.Key).IsEmpty() {
		return oneLine(l.Name(rec))
	}
	return firstWords(l, rec, without)
}

// firstWords are the first things said of a record, its name among them.
func firstWords(l *model.Ledger, rec *model.Record, without string) string {
	const most = 4
	var parts []string
	for _, f := range shownFields(l) {
		words := oneLine(f.Show(app.Shown(false)(f, rec.Get(f.Key))))
		if words != "" && f.Key != without && len(parts) < most {
			parts = append(parts, words)
		}
	}
	return strings.Join(parts, " · ")
}

// short cuts words to what fits on a line of the drawer.
func short(words string) string {
	const most = 20
	if r := []rune(words); len(r) > most {
		return string(r[:most]) + "…"
	}
	return words
}

// savedWords say that a record was written, and the first doubt about it.
func savedWords(l *model.Ledger, rec *model.Record, added bool, doubts []model.Problem) string {
	words := "已保存“" + nameOf(l, rec) + "”"
	if added {
		words = "已新增“" + nameOf(l, rec) + "”"
	}
	if len(doubts) > 0 {
		words += fmt.Sprintf("，有 %d 处疑点：%s", len(doubts), doubts[0].Message)
	}
	return words
}

// formFields are the fields of the form: a new record is told to whom it belongs.
func formFields(l *model.Ledger, adding bool) []*model.Field {
	var out []*model.Field
	for i := range l.Fields {
		f := &l.Fields[i]
		if editable(l, f) && (adding || !f.IsOwner()) {
			out = append(out, f)
		}
	}
	return out
}

// mergeWords say what merging two records does.
func mergeWords(l *model.Ledger, a, b *model.Record) []string {
	return []string{
		"第一条：" + firstWords(l, a, ""),
		"第二条：" + firstWords(l, b, ""),
		"保留一条，另一条并进来：空着的项用另一条补上，",
		"用到另一条的记录都改指保留的这条。合并后可以撤销。",
	}
}

// The formats of an export.
const (
	formatExcel = "Excel 表格（.xlsx）"
	formatCSV   = "文本表格（.csv）"
)
