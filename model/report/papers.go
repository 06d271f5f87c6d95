package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
	"xiangzhen/model/word"
)

// Sheet is a paper that is one table to be filled in or signed (督办单, 反馈单): the same
// description goes into a document and into a workbook.
type Sheet struct {
	Title, Subtitle string
	Table           word.Table
	Below           []string // lines under the table
	Sign            []string // at the lower right: who and when
	At              time.Time
}

// Document lays the sheet out as .docx.
func (s Sheet) Document() word.Document {
	d := word.Document{Title: s.Title, Subtitle: s.Subtitle, At: s.At, Blocks: []word.Block{s.Table}}
	for _, line := range s.Below {
		d.Blocks = append(d.Blocks, word.Text{Words: line})
	}
	d.Blocks = append(d.Blocks, word.Text{})
	for _, line := range s.Sign {
		d.Blocks = append(d.Blocks, word.Text{Words: line, Align: word.Right})
	}
	return d
}

// lineHeight is the height of a line of a sheet's cell in points, sheetWidth the width
// of an A4 page in characters.
const (
	lineHeight = 20
	sheetWidth = 88
)

// Book lays the sheet out as a workbook of one A4 page.
func (s Sheet) Book() *sheet.Out {
	out := sheet.OutSheet{Name: s.Title, Print: sheet.Print{}}
	shares := 0
	for _, w := range s.Table.Widths {
		shares += w
	}
	for _, w := range s.Table.Widths {
		out.Cols = append(out.Cols, sheet.OutCol{Width: float64(sheetWidth * w / max(shares, 1)), Text: true})
	}
	columns := len(s.Table.Widths)
	out.AddLine(s.Title, sheet.Style{Role: sheet.Title, Align: sheet.AlignCenter}, 36, 1, columns)
	out.AddLine(s.Subtitle, sheet.Style{Role: sheet.Note, Align: sheet.AlignCenter}, 22, 1, columns)
	for _, row := range s.Table.Rows {
		addSheetRow(&out, row, columns)
	}
	for _, line := range s.Below {
		out.AddLine(line, sheet.Style{Role: sheet.Body, Wrap: true}, 2*lineHeight, 1, columns)
	}
	for _, line := range s.Sign {
		out.AddLine(line, sheet.Style{Role: sheet.Body, Align: sheet.AlignRight}, 24, 1, columns)
	}
	return &sheet.Out{Title: s.Title, Modified: s.At, Sheets: []sheet.OutSheet{out}}
}

// addSheetRow adds a row with its merged cells.
func addSheetRow(out *sheet.OutSheet, row []word.Cell, columns int) {
	at, tall := 1, 1
	line := len(out.Rows) + 1
	cells := make([]sheet.OutCell, 0, columns)
	for _, c := range row {
		style := sheet.Style{Role: sheet.Body, Wrap: true, Border: true}
		if c.Label {
			style.Role, style.Align = sheet.Header, sheet.AlignCenter
		}
		cells = append(cells, sheet.TextCell(c.Words, style))
		span := max(c.Span, 1)
		for range span - 1 {
			cells = append(cells, sheet.TextCell("", style))
		}
		if span > 1 {
			out.Merges = append(out.Merges, sheet.Range{R1: line, C1: at, R2: line, C2: at + span - 1})
		}
		at += span
		tall = max(tall, c.Tall, strings.Count(c.Words, "\n")+1+len([]rune(c.Words))/(12*span))
	}
	out.Rows = append(out.Rows, sheet.OutRow{Height: float64(lineHeight*tall + 8), Cells: cells})
}

// pairs makes a row of labels and values that stand beside each other.
func pairs(cells ...string) []word.Cell {
	row := make([]word.Cell, len(cells))
	for i, c := range cells {
		row[i] = word.Cell{Words: c, Label: i%2 == 0}
	}
	return row
}

// wide makes a row of a label and a value over the rest of the sheet.
func wide(label, value string, tall int) []word.Cell {
	return []word.Cell{{Words: label, Label: true, Tall: tall}, {Words: value, Span: 3}}
}

// sheetWidths are those of the supervision papers: label, value, label, value.
var sheetWidths = []int{3, 8, 3, 8}

// OrderSheet is the supervision order as it goes out (督办通知单).
func OrderSheet(l *model.Ledger, order *model.Record, at time.Time) Sheet {
	v := func(key string) string { return show(l, order, key) }
	return Sheet{
		Title: "督办通知单", Subtitle: v("doc_no"), At: at,
		Table: word.Table{Widths: sheetWidths, Rows: [][]word.Cell{
			wide("督办事项", v("title"), 2),
			pairs("督办类型", v("kind"), "批示领导", v("leader")),
			pairs("牵头单位", v("unit"), "牵头领导", v("lead_person")),
			pairs("配合单位", v("coop"), "配合领导", v("coop_leader")),
			pairs("发布时间", v("assigned"), "交办时限", v("due")),
			wide("督办内容", v("content"), 8),
			pairs("反馈周期", v("report_every"), "督办联系人", strings.TrimSpace(v("contact")+" "+v("phone"))),
		}},
		Sign: []string{v("issuer"), issuedOn(order)},
	}
}

// FeedbackSheet is what the unit answers on (督办反馈单), filled with what it last
// reported; latest may be nil.
func FeedbackSheet(l, progress *model.Ledger, order, latest *model.Record, at time.Time) Sheet {
	v := func(key string) string { return show(l, order, key) }
	p := func(key string) string {
		if latest == nil {
			return ""
		}
		return show(progress, latest, key)
	}
	return Sheet{
		Title: "督办反馈单", Subtitle: v("doc_no"), At: at,
		Table: word.Table{Widths: sheetWidths, Rows: [][]word.Cell{
			wide("督办事项", v("title"), 2),
			pairs("承办单位", v("unit"), "交办时限", v("due")),
			wide("办理情况", p("text"), 10),
			wide("存在问题", p("problem"), 4),
			wide("下步打算", p("next_step"), 4),
			pairs("填报人", p("reporter"), "填报日期", p("reported_on")),
			wide("单位意见", "负责人（签字）：　　　　　　　　（盖章）", 3),
		}},
	}
}

func issuedOn(order *model.Record) string {
	if d := order.Get("assigned").Start; d != "" {
		return fmt.Sprintf("%d年%s", d.Year(), chineseDay(d))
	}
	return "　　年　　月　　日"
}

// Minutes are the minutes of a meeting with what it decided (会议纪要). What was not
// written down has no heading.
func Minutes(meetingLedger, decisionLedger *model.Ledger, meeting *model.Record, decisions []*model.Record, at time.Time) word.Document {
	v := func(key string) string { return show(meetingLedger, meeting, key) }
	d := word.Document{Title: v("title") + "纪要", At: at}
	for _, key := range []string{"held_on", "place", "chair", "attendees", "recorder"} {
		if line := labelled(meetingLedger, meeting, key); line != "" {
			d.Blocks = append(d.Blocks, word.Text{Words: strings.Replace(line, " ", "：", 1)})
		}
	}
	n := 0
	head := func(title string) {
		n++
		d.Blocks = append(d.Blocks, word.Heading{Level: 1, Words: numeral(n) + "、" + title})
	}
	for _, part := range []struct{ title, words string }{{"会议议题", v("agenda")}, {"会议内容", v("content")}} {
		if part.words != "" {
			head(part.title)
			d.Blocks = append(d.Blocks, word.Text{Words: part.words})
		}
	}
	if len(decisions) > 0 {
		head("议定事项")
		d.Blocks = append(d.Blocks, decided(decisionLedger, decisions))
	}
	return d
}

func decided(l *model.Ledger, decisions []*model.Record) word.Table {
	t := word.Table{Widths: []int{1, 6, 3, 2, 3}, Head: 1, Rows: [][]word.Cell{cellsOf("序号", "议定事项", "责任单位", "责任人", "完成时限")}}
	for i, r := range decisions {
		t.Rows = append(t.Rows, cellsOf(strconv.Itoa(i+1), phrase(show(l, r, "title"), show(l, r, "content")), show(l, r, "unit"), show(l, r, "person"), show(l, r, "due")))
	}
	return t
}

func cellsOf(words ...string) []word.Cell {
	out := make([]word.Cell, len(words))
	for i, w := range words {
		out[i] = word.Cell{Words: w}
	}
	return out
}

// Notice is a draft of facts (通报): item, unit, limit and progress of what is given, in
// the order given, which is that of the divisions; nobody is ranked (CLERK 15).
func Notice(l *model.Ledger, items []*model.Record, today model.Day, at time.Time) word.Document {
	d := word.Document{Title: "关于" + l.Label + "办理情况的通报（草稿）", At: at}
	d.Blocks = append(d.Blocks, word.Text{Words: fmt.Sprintf("截至%d年%s，下列 %d 项已过完成时限。现将办理情况通报如下：", today.Year(), chineseDay(today), len(items))})
	t := word.Table{Widths: []int{1, 5, 3, 3, 6}, Head: 1, Rows: [][]word.Cell{cellsOf("序号", l.Field(l.Title).Label, "责任单位", "完成时限", "最近进展")}}
	for i, r := range items {
		t.Rows = append(t.Rows, cellsOf(strconv.Itoa(i+1), show(l, r, l.Title), show(l, r, "unit"), show(l, r, "due"), show(l, r, "latest_text")))
	}
	d.Blocks = append(d.Blocks, t)
	return d
}

// NextNumber is the document number (文号) after those in use, counted by year: 示例督
// 〔2026〕4号 after 示例督〔2026〕3号. The words before the year are those of the newest
// number of any year, fallback where there is none.
func NextNumber(used []string, year int, fallback string) string {
	prefix, latest, newest := fallback, 0, 0
	for _, s := range used {
		before, n, y, ok := splitNumber(s)
		if !ok {
			continue
		}
		if y >= newest {
			newest, prefix = y, before
		}
		if y == year {
			latest = max(latest, n)
		}
	}
	return fmt.Sprintf("%s〔%d〕%d号", prefix, year, latest+1)
}

// splitNumber reads 示例督〔2026〕3号; brackets of any kind and 第3号 are read as well.
func splitNumber(s string) (before string, n, year int, ok bool) {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '[', '［', '【', '(', '（':
			return '〔'
		case ']', '］', '】', ')', '）':
			return '〕'
		}
		return r
	}, text.Clean(s))
	before, rest, found := strings.Cut(s, "〔")
	middle, rest, closed := strings.Cut(rest, "〕")
	y, err := strconv.Atoi(middle)
	if !found || !closed || err != nil {
		return "", 0, 0, false
	}
	rest = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(rest), "第"), "号")
	if n, err = strconv.Atoi(strings.TrimSpace(rest)); err != nil {
		return "", 0, 0, false
	}
	return before, n, y, true
}
