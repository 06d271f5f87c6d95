package report

import (
	"strconv"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// Summary is the content of a 汇总 workbook.
type Summary struct {
	Title   string // 甲镇任务进展汇总
	Unit    string // 填报单位
	Filler  string // 填报人
	Period  model.Month
	Today   model.Day
	At      time.Time
	Demo    bool // 演示数据
	Units   []string
	Items   []Item
	Catalog *model.Catalog
}

// Workbook lays the summary out: one sheet of counts by unit with their sum, one
// of all items, both in the frame of a county's form.
func Workbook(s Summary) *sheet.Out {
	title := sheet.DemoTitle(s.Title+"（"+text.FormatMonth(s.Period)+"）", s.Demo)
	return &sheet.Out{Title: title, Creator: s.Unit, Modified: s.At,
		Sheets: []sheet.OutSheet{s.counts(title), s.details(title)}}
}

// column is one column of a report's table.
type column struct {
	header string
	width  float64
}

var (
	styleText   = sheet.Style{Wrap: true, Border: true, Align: sheet.AlignLeft}
	styleNumber = sheet.Style{Border: true, Align: sheet.AlignCenter}
	styleSum    = sheet.Style{Border: true, Align: sheet.AlignCenter, Bold: true}
)

// firstDataRow is the row under title, 填报单位 line and header.
const firstDataRow = 4

var countColumns = []column{
	{"序号", 6}, {"乡镇（村）", 16}, {"任务总数", 10}, {"已完成", 10}, {"推进中", 10}, {"未启动", 10}, {"中止终止", 10}, {"逾期", 8},
	{"完成率（%）", 11}, {"本月新增完成", 11}, {"本月已报进展", 11}, {"收集问题", 10},
}

func (s Summary) counts(title string) sheet.OutSheet {
	lines, sum := Summarise(s.Units, s.Items, s.Period)
	out := s.frame("汇总", title, countColumns)
	for i, l := range lines {
		out.Rows = append(out.Rows, sheet.OutRow{Height: 22, Cells: countRow(strconv.Itoa(i+1), l, styleNumber)})
	}
	out.Rows = append(out.Rows, sheet.OutRow{Height: 22, Cells: countRow("", sum, styleSum)})
	out.AddLine(sheet.SignLine, sheet.LineStyle, sheet.SignHeight, 1, len(countColumns))
	return out
}

func countRow(seq string, l Line, style sheet.Style) []sheet.OutCell {
	cells := []sheet.OutCell{sheet.NumberCell(seq, style), sheet.TextCell(l.Unit, style)}
	for _, n := range []int{l.Total, l.Done, l.Doing, l.NotStarted, l.Stopped, l.Overdue} {
		cells = append(cells, sheet.NumberCell(strconv.Itoa(n), style))
	}
	rate := ""
	if tenths, ok := l.Rate(); ok {
		rate = model.FormatScaled(tenths, 1, false)
	}
	cells = append(cells, sheet.NumberCell(rate, style))
	for _, n := range []int{l.ClosedNow, l.Reported, l.Problems} {
		cells = append(cells, sheet.NumberCell(strconv.Itoa(n), style))
	}
	return cells
}

var detailColumns = []column{
	{"序号", 6}, {"责任单位", 14}, {"事项", 30}, {"责任人", 10}, {"完成时限", 13}, {"办理状态", 10}, {"完成比例（%）", 10},
	{"已完成量", 10}, {"进展情况", 36}, {"存在问题", 24}, {"下步打算", 24},
}

func (s Summary) details(title string) sheet.OutSheet {
	out := s.frame("明细", title+"明细", detailColumns)
	task, progress := s.Catalog.Ledger(ledgers.Task), s.Catalog.Ledger(ledgers.Progress)
	for i, it := range s.Items {
		said := func(key string) string { return progress.Field(key).Show(it.Progress.Get(key)) }
		out.Rows = append(out.Rows, sheet.OutRow{Cells: []sheet.OutCell{
			sheet.NumberCell(strconv.Itoa(i+1), styleNumber),
			sheet.TextCell(it.Unit, styleText), sheet.TextCell(it.Title, styleText), sheet.TextCell(it.Person, styleText),
			sheet.TextCell(it.Due, styleText), sheet.TextCell(task.Field("state").Show(it.Task.Get("state")), styleNumber),
			sheet.NumberCell(said("percent"), styleNumber), sheet.NumberCell(said("done_qty"), styleNumber),
			sheet.TextCell(said("text"), styleText), sheet.TextCell(said("problem"), styleText), sheet.TextCell(said("next_step"), styleText),
		}})
	}
	out.AddLine(sheet.SignLine, sheet.LineStyle, sheet.SignHeight, 1, len(detailColumns))
	return out
}

// frame makes a sheet with title, 填报单位 line and header.
func (s Summary) frame(name, title string, columns []column) sheet.OutSheet {
	out := sheet.OutSheet{Name: name, FreezeRow: firstDataRow - 1,
		Print: sheet.Print{Landscape: true, RepeatFrom: firstDataRow - 1, RepeatTo: firstDataRow - 1, PageNumbers: true}}
	var header []sheet.OutCell
	for _, c := range columns {
		out.Cols = append(out.Cols, sheet.OutCol{Width: c.width})
		header = append(header, sheet.TextCell(c.header, sheet.HeaderStyle))
	}
	out.AddLine(title, sheet.TitleStyle, sheet.TitleHeight, 1, len(columns))
	out.AddLine(sheet.UnitLine(s.Unit, s.Filler, text.FormatDay(s.Today)), sheet.LineStyle, sheet.LineHeight, 1, len(columns))
	out.Rows = append(out.Rows, sheet.OutRow{Height: sheet.HeaderHeight, Cells: header})
	return out
}
