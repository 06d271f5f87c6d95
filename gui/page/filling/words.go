package filling

import (
	"fmt"
	"path/filepath"
	"strings"

	"xiangzhen/gui/look"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
	"xiangzhen/model/fill"
	"xiangzhen/model/text"
)

// statusOf says in a sign and a word what becomes of a column.
func statusOf(c *fill.Column) (look.Mark, string, look.Tone) {
	switch {
	case c.Proposed != "":
		return look.MarkSoon, "待确认", look.ToneSoon
	case c.Status == fill.Filled:
		return look.MarkFine, "已填", look.TonePlain
	case c.Status == fill.Person:
		return look.MarkWaiting, "需人工", look.TonePlain
	}
	return look.MarkSoon, "未知", look.ToneSoon
}

// sourceOf says where the values of a column come from.
func sourceOf(c *fill.Column, l func(path exchange.Path) string) string {
	switch c.Source.Kind {
	case fill.OfPath:
		return l(c.Source.Path)
	case fill.OfCalc:
		return calcWords(c.Source.Calc)
	case fill.Formula:
		return "表里的公式"
	case fill.Unit:
		return "填报单位"
	case fill.None:
		if c.Proposed != "" {
			return l(c.Proposed) + "？"
		}
		return "—"
	}
	return c.Source.String()
}

// calcWords say what a figure counts: 任务 完成比例 平均（工作类别=产业振兴）.
func calcWords(k *fill.Calc) string {
	out := k.Ledger.Label + " 个数"
	if k.Field != nil {
		out = k.Ledger.Label + " " + k.Field.Label + " " + string(k.How)
	}
	if len(k.Where) > 0 {
		out += "（" + strings.Join(k.Where, "，") + "）"
	}
	return out
}

// keepNone is the choice to keep the file for no registered table.
const keepNone = "不留存到报表登记"

// keptWords say what keeping the file means for a registered table.
func keptWords(k *app.KeptFor) (string, look.Tone) {
	if k == nil {
		return "生成的文件不记到报表登记里", look.ToneQuiet
	}
	if before := k.Before(); len(before) > 0 {
		return fmt.Sprintf("生成后算作%s的报送；%s（截止 %s）还没有报，填的是那一期就先%s", k.Period.Words(), before[0].Period.Words(), string(before[0].Due)[5:], changeWords(k, before[0].Period)), look.ToneSoon
	}
	for _, s := range k.Table.Sent {
		if s.Period == k.Period {
			return fmt.Sprintf("%s %s 报过，再生成就作为最近一份留存", k.Period.Words(), s.SentOn), look.ToneQuiet
		}
	}
	return "生成后算作" + k.Period.Words() + "的报送，文件照样留存", look.ToneQuiet
}

// changeWords say how another period is chosen: of the same month at the left, else that
// of the whole page.
func changeWords(k *app.KeptFor, other model.Period) string {
	if other.Within(model.Period(k.Period.Month())) {
		return "在左边换"
	}
	return "换期间"
}

// rowsWords say what becomes of a table.
func rowsWords(t *app.FillTable) string {
	if t.Once && !t.Leave && t.Why == "" && t.Rows > 0 {
		return filledWords(t) + "，已分解的上级事项不重复填"
	}
	return filledWords(t)
}

func filledWords(t *app.FillTable) string {
	switch {
	case t.Leave:
		return "这张表不填"
	case t.Why != "":
		return t.Why
	case t.Mode == fill.Rows && t.Rows == 0 && t.Ledger != nil:
		return "台账“" + t.Ledger.Label + "”里没有符合条件的记录"
	case t.Ledger == nil && t.Rows == 0:
		return "请选择用哪本台账填"
	case t.Mode == fill.Rows && t.Added > 0:
		return fmt.Sprintf("填 %d 行，表里空行不够，加 %d 行", t.Rows, t.Added)
	case t.Mode == fill.Entry:
		return "登记表，填一条记录"
	case t.Mode == fill.Match:
		return fmt.Sprintf("表里已写好行，对上 %d 行", t.Rows)
	}
	return fmt.Sprintf("填 %d 行", t.Rows)
}

// recalledWords say by what the table is filled that was filled before, and how it has
// changed since; "" for a table that is new.
func recalledWords(t *app.FillTable) string {
	if t.Recalled == "" {
		return ""
	}
	changes := t.Change.Words()
	if len(changes) == 0 {
		return "按“" + t.Recalled + "”上次的对应填，表头没有变化。"
	}
	return "按“" + t.Recalled + "”上次的对应填。" + strings.Join(changes, "；") + "。"
}

// originOf says of a cell with words from where they come; c is nil for one that the
// program does not fill.
func originOf(words string, c *app.FillCell, label func(ledger string) string) string {
	switch {
	case c == nil && words == "":
		return "空着"
	case c == nil:
		return "表里原有的"
	case c.Record != "":
		return fmt.Sprintf("来自%s“%s”，最近更新 %s", label(c.Ledger), short(c.Name), c.Of)
	case c.Ledger != "":
		return "由台账“" + label(c.Ledger) + "”算出"
	case c.Header == "":
		return "手工改的，仅本表"
	}
	return "程序填的：" + c.Header
}

// short cuts long words.
func short(words string) string {
	const most = 24
	if r := []rune(words); len(r) > most {
		return string(r[:most]) + "…"
	}
	return words
}

// fileFor proposes a name for a file made of the template.
func fileFor(template, what string) string {
	base := text.BaseName(template)
	return strings.TrimSuffix(base, filepath.Ext(base)) + "（" + what + "）.xlsx"
}

// tableTitle is what a table is called.
func tableTitle(t *fill.Frame, path string) string {
	if title := strings.Fields(t.Title); len(title) > 0 {
		return title[0]
	}
	base := text.BaseName(path)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// sensitiveWords ask before a file is made that carries sensitive columns.
func sensitiveWords(labels []string) string {
	return fmt.Sprintf("这张表会完整写出 %d 个敏感列：%s。请确认是上级要的，只报给要表的单位；生成后会记入查看记录。", len(labels), strings.Join(labels, "、"))
}

// downWords are for the villages' group: the table has gone out.
func downWords(title, due string, names []string) string {
	when := "请尽快报回。"
	if due != "" {
		when = "请于 " + due + " 前报回。"
	}
	return "【填报】《" + title + "》已发到各村，" + when + "已知的内容已经填好，请核对后直接在表里补填，不要改动表头。填报单位：" +
		strings.Join(names, "、") + fmt.Sprintf("（共 %d 个）。", len(names))
}

// mergedWords say what copies came to.
func mergedWords(m *app.MergeSight) string {
	rows := 0
	for _, t := range m.Tables {
		rows += t.Rows
	}
	out := fmt.Sprintf("已报 %d · 未报 %d", len(m.From), len(m.Missing))
	if rows > 0 {
		out += fmt.Sprintf("　共 %d 行", rows)
	}
	if n := len(m.Problems); n > 0 {
		out += fmt.Sprintf("　待核对 %d 处", n)
	}
	return out
}

// originWords say from which copies a merged cell comes.
func originWords(address string, from []fill.Origin) string {
	if len(from) == 0 {
		return address + "　不是从各村的表里来的"
	}
	var parts []string
	for _, o := range from {
		parts = append(parts, o.From+"（"+o.Cell+"）")
	}
	return address + "　来自 " + strings.Join(parts, "、")
}
