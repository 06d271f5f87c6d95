package importing

import (
	"fmt"
	"slices"
	"strings"

	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

// howWords say how a column came to its field.
func howWords(c app.DraftColumn) (string, look.Tone) {
	switch c.How {
	case exchange.HowExact:
		return "同名", look.ToneQuiet
	case exchange.HowSynonym:
		return "同义", look.ToneQuiet
	case exchange.HowSuggested:
		return "建议，待确认", look.ToneSoon
	case exchange.HowRemembered:
		return "记住的", look.ToneQuiet
	case exchange.HowChosen:
		return "已指定", look.ToneFine
	}
	return "没有对应", look.ToneSoon
}

// goesTo says where a column goes.
func goesTo(c app.DraftColumn) string {
	switch {
	case c.Path == "":
		return "不导入"
	case c.Pending():
		return c.Label + "？"
	case c.Path == exchange.PathSeq:
		return "序号，不用导入"
	}
	return c.Label
}

// headOf is the title of a column of the sheet: its letter and where it goes.
func headOf(letter string, c *app.DraftColumn) string {
	if c == nil || c.Path == "" || c.Path == exchange.PathSeq {
		return letter
	}
	return letter + " → " + goesTo(*c)
}

// taken says what a table was taken for, and where it stands.
func taken(t *app.TablePreview, label string) string {
	at := fmt.Sprintf("表头第 %s 行", span(t.Table.HeaderFirst, t.Table.HeaderLast))
	switch {
	case t.Table.Entry:
		at = "登记表，一张一条"
	case t.Table.DataFirst == 0:
		at += "，没有数据"
	default:
		at += fmt.Sprintf("，数据第 %s 行", span(t.Table.DataFirst, t.Table.DataLast))
	}
	switch {
	case t.Leave:
		return "不导入这张表　" + at
	case t.Ledger == "":
		return "请选择导入到哪本台账　" + at
	}
	words := "导入到“" + label + "”　" + at
	if t.Plan != nil && hasPeriod(t) {
		words += "　进展期间 " + t.Plan.Period.Words()
	}
	return words
}

// hasPeriod reports whether a column goes into what is reported month by month.
func hasPeriod(t *app.TablePreview) bool {
	return slices.ContainsFunc(t.Targets, func(tg exchange.Target) bool {
		return tg.Child != nil && slices.ContainsFunc(t.Columns, func(c app.DraftColumn) bool { return c.Path == tg.Path && !c.Pending() })
	})
}

func span(first, last int) string {
	if first == last {
		return fmt.Sprint(first)
	}
	return fmt.Sprintf("%d–%d", first, last)
}

// countWords says what taking a file in does, or did.
func countWords(r app.FileResult) string {
	var parts []string
	for _, part := range []struct {
		n    int
		word string
	}{{r.Counts.Add, "新增"}, {r.Counts.Update, "修改"}, {r.Counts.Same, "相同"}, {r.Counts.Problem, "有错"}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 行", part.word, part.n))
		}
	}
	if len(parts) == 0 {
		return "没有要导入的行"
	}
	words := strings.Join(parts, "，")
	if r.Counts.Problem > 0 {
		words += "（有错的内容没有导入）"
	}
	return words
}

// status says in a word where an item of the list stands.
func status(it item) (string, look.Tone) {
	t := it.preview()
	switch {
	case it.file.draft.Err != nil:
		return "读不了", look.ToneOverdue
	case it.file.result != nil && it.file.result.Err != nil:
		return "没有导入", look.ToneOverdue
	case it.file.result != nil && len(it.file.result.Mirrors) > 0:
		return "已留存", look.ToneFine
	case it.file.result != nil:
		return "已导入", look.ToneFine
	case t == nil || t.Leave:
		return "不导入", look.ToneQuiet
	case t.Ledger == "":
		return "待选台账", look.ToneSoon
	case len(pointsOf(t)) > 0:
		return fmt.Sprintf("待核对 %d", len(pointsOf(t))), look.ToneSoon
	case t.Plan != nil && rowsIn(t.Plan) == 0:
		return "无变化", look.ToneQuiet
	}
	return "可导入", look.ToneFine
}

// total is how many rows of all files would be written.
func total(files []*file) int {
	n := 0
	for _, f := range files {
		if f.ready() {
			n += rowsIn(f.seen.Plans...)
		}
	}
	return n
}

// doneWords say what was taken in.
func doneWords(results []app.FileResult) string {
	rows, files, held := 0, 0, 0
	for _, r := range results {
		if r.Err == nil {
			files++
			rows += rowsIn(r.Plans...)
			held += r.Counts.Problem
		}
	}
	words := fmt.Sprintf("已导入 %d 个文件，%d 行。", files, rows)
	if held > 0 {
		words += fmt.Sprintf("%d 行有问题，有错的内容没有导入。", held)
	}
	return words
}

// tone is that of a problem's level.
func tone(level model.Severity) look.Tone {
	switch level {
	case model.Fault:
		return look.ToneOverdue
	case model.Doubt:
		return look.ToneSoon
	}
	return look.ToneQuiet
}

// fixWords name a fix that mends n cells.
func fixWords(f model.Fix, n int) string {
	if n < 2 {
		return f.Label
	}
	return fmt.Sprintf("%s（同类 %d 处）", f.Label, n)
}
