package reports

import (
	"fmt"
	"path/filepath"
	"strings"

	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
	"xiangzhen/model/text"
)

// standing shows a receiver's status: the mark and the tone beside the word. Who has
// not reported yet is held up only once the day is over, and then not by this level.
func standing(status string, past bool) (look.Mark, look.Tone) {
	switch status {
	case app.StandReported, app.StandZero:
		return look.MarkFine, look.ToneFine
	case app.StandLate, app.StandToCorrect, app.StandReturned:
		return look.MarkSoon, look.ToneSoon
	case app.StandMissing, app.StandEmpty:
		if past {
			return look.MarkBelow, look.ToneOverdue
		}
		return look.MarkSoon, look.ToneSoon
	}
	return look.MarkNone, look.TonePlain
}

// statusOrder is the order in which statuses are counted.
var statusOrder = []string{app.StandReported, app.StandZero, app.StandLate, app.StandToCorrect, app.StandReturned, app.StandEmpty, app.StandMissing}

// summary counts a form's receivers: 应报 16 · 已报 15 · 未报 1.
func summary(c app.Completeness) string {
	counts := map[string]int{}
	for _, r := range c.Rows {
		counts[r.Status]++
	}
	parts := []string{fmt.Sprintf("应报 %d", c.Expected)}
	for _, s := range statusOrder {
		if counts[s] > 0 || s == app.StandReported || s == app.StandMissing {
			parts = append(parts, fmt.Sprintf("%s %d", s, counts[s]))
		}
	}
	return strings.Join(parts, " · ")
}

// callOne is the 催报 text for one receiver.
func callOne(c app.Completeness, r app.Standing) string {
	return fmt.Sprintf("%s：《%s》（%s）请于 %s 前报送。已报的请忽略，有困难请及时联系。",
		r.Area, c.Form.Label, exchange.PeriodWords(c.Period), r.Due)
}

// fileStatus says in a word where a file stands before it is taken in, and in
// which tone.
func fileStatus(r app.FileResult) (string, look.Tone) {
	switch {
	case r.AsksPassword():
		return "要密码", look.ToneSoon
	case r.Err != nil:
		return "跳过", look.ToneQuiet
	case r.Op != 0:
		return r.Status, look.ToneQuiet
	case isRepeat(r):
		return "已并入过", look.ToneQuiet
	case r.Counts.Conflict+r.Counts.Problem > 0:
		return "待核对", look.ToneOverdue
	}
	return r.Status, look.ToneSoon
}

// statusCounts says how many files stand where: 待核对 2 · 可并入 14.
func statusCounts(lines []fileLine) string {
	var order []string
	n := map[string]int{}
	for _, l := range lines {
		if n[l.status]++; n[l.status] == 1 {
			order = append(order, l.status)
		}
	}
	for i, s := range order {
		order[i] = fmt.Sprintf("%s %d", s, n[s])
	}
	return strings.Join(order, " · ")
}

// isRepeat reports whether a file's content was taken in before.
func isRepeat(r app.FileResult) bool { return r.Repeated() }

// takeable reports whether taking a file in would do anything.
func takeable(r app.FileResult) bool { return r.Err == nil && r.Op == 0 && !isRepeat(r) }

// fileNote says what is in a file: 28 行　5 修改 1 新增 1 冲突 2 问题.
func fileNote(r app.FileResult) string {
	if r.Err != nil {
		return model.Sentence(r.Err)
	}
	rows := 0
	for _, p := range r.Plans {
		rows += len(p.Rows)
	}
	parts := []string{}
	for _, part := range []struct {
		n    int
		word string
	}{
		{r.Counts.Update, "修改"}, {r.Counts.Add, "新增"}, {r.Counts.Cleared, "清空"}, {r.Counts.Conflict, "冲突"},
		{r.Counts.Problem, "问题"}, {r.Counts.MissingRows, "少报"}, {r.Counts.Same, "相同"}, {r.Pictures.Found, "照片"},
	} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", part.n, part.word))
		}
	}
	words := fmt.Sprintf("%d 行　%s", rows, strings.Join(parts, " "))
	if r.Receipt != "" && r.Op != 0 {
		words += "　回执码 " + r.Receipt
	}
	return words
}

// recognised says what a file was taken for.
func recognised(r app.FileResult, label string) string {
	if r.Err != nil {
		return model.Sentence(r.Err)
	}
	words := "已认出：" + r.Area + "的《" + label + "》" + exchange.PeriodWords(r.Period)
	switch r.Form {
	case exchange.FormOffice:
		words = "已认出：" + r.Area + "的科室包"
	case exchange.FormCarry:
		words = "已认出：" + r.Area + "带回来的下村包"
	}
	for _, w := range r.Warnings {
		words += "　" + w
	}
	return words
}

// photoCount says how many photos came with a file, and how many of them go nowhere.
func photoCount(p app.Pictures) string {
	words := fmt.Sprintf("随表照片 %d 张", p.Found)
	if left := p.Found - p.Placed; left > 0 {
		words += fmt.Sprintf("（%d 张不收）", left)
	}
	return words
}

// correction is the 更正通知 of a file: each row that was held back, what is wrong
// and how to put it right.
func correction(r app.FileResult, label string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s：《%s》（%s）有 %d 处请更正后重报：\n", r.Area, label, exchange.PeriodWords(r.Period), faults(r))
	n := 0
	for _, p := range r.Problems {
		if p.Level != model.Fault {
			continue
		}
		n++
		fmt.Fprintf(&b, "%d. %s：%s%s\n", n, p.Cell, p.Message, p.Suggestion)
	}
	return b.String()
}

// sentBack says where the marked files are, and how many could not be marked.
func sentBack(marked, other int, dir string) string {
	words := fmt.Sprintf("已标出问题，%d 个文件放在“%s”。", marked, filepath.Base(dir))
	if other > 0 {
		words += fmt.Sprintf("另有 %d 个不是 xlsx，请用“复制更正通知”。", other)
	}
	return words
}

func faults(r app.FileResult) (n int) {
	for _, p := range r.Problems {
		if p.Level == model.Fault {
			n++
		}
	}
	return n
}

// name is the file's own name without its folder.
func name(r app.FileResult) string { return text.BaseName(r.File) }
