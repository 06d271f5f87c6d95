package main

import (
	"fmt"
	"time"

	"xiangzhen/model/sheet"
)

// The county's table that asks for everything once more, in its own layout.
const (
	dirTemplates   = "套表"
	fileTemplate   = "县里下发的空表.xlsx"
	fileFilled     = "填好的表.xlsx"
	templateRows   = 6 // empty rows, fewer than there are tasks
	templateHeader = 3
	templateFirst  = 8 // first empty row
)

// templateGroup is a group of columns of the county's table, two levels deep.
type templateGroup struct {
	head string
	subs []templateSub
}

type templateSub struct {
	head string
	cols []string
}

// templateGroups are 23 columns under three rows of headers.
var templateGroups = []templateGroup{
	{"序号", nil}, {"所属村", nil}, {"任务名称", nil},
	{"任务信息", []templateSub{{"任务", []string{"工作类别", "具体内容", "目标要求"}}, {"目标", []string{"目标量", "计量单位"}}}},
	{"责任", []templateSub{{"责任分工", []string{"牵头领导", "牵头单位", "责任单位", "配合单位", "责任人"}}}},
	{"时间", []templateSub{{"时间安排", []string{"交办时间", "完成时限"}}}},
	{"进展", []templateSub{{"进展情况", []string{"完成比例（%）", "进展情况", "存在问题", "下一步工作打算"}}}},
	{"状态", nil}, {"县级抽查结果", nil}, {"群众满意度", nil}, {"备注", nil},
}

// writeTemplate makes the county's empty table: title, 填报单位 line, three rows of
// headers, column numbers, six empty rows, 合计, notes.
func writeTemplate(path string, at time.Time) error {
	const width = 23
	s := sheet.OutSheet{Name: "附件1", FreezeRow: 7, Print: sheet.Print{Landscape: true, RepeatFrom: 4, RepeatTo: 7}}
	s.AddLine("附件1", sheet.LineStyle, sheet.LineHeight, 1, width)
	s.AddLine("示例县乡村振兴重点工作任务推进情况统计表", sheet.TitleStyle, sheet.TitleHeight, 1, width)
	s.AddLine("填报单位（盖章）：　　　　　　　　填报人：　　　　　　联系电话：　　　　　　填报时间：　　　年　月　日", sheet.LineStyle, sheet.LineHeight, 1, width)
	s.Rows = append(s.Rows, templateHeaders(&s)...)
	numbers := sheet.OutRow{}
	for i := range width {
		numbers.Cells = append(numbers.Cells, sheet.TextCell(fmt.Sprintf("（%d）", i+1), sheet.HeaderStyle))
	}
	s.Rows = append(s.Rows, numbers)
	box := sheet.Style{Border: true, Wrap: true}
	for range templateRows {
		row := sheet.OutRow{Height: 30}
		for range width {
			row.Cells = append(row.Cells, sheet.TextCell("", box))
		}
		s.Rows = append(s.Rows, row)
	}
	total := sheet.OutRow{Cells: []sheet.OutCell{sheet.TextCell("合计", box)}}
	for range width - 1 {
		total.Cells = append(total.Cells, sheet.TextCell("", box))
	}
	s.Rows = append(s.Rows, total)
	s.AddLine("注：完成比例填百分数的数字，状态按办理情况填写。", sheet.NoteStyle, sheet.SignHeight, 1, width)
	return sheet.Write(path, &sheet.Out{Title: "统计表", Creator: "示例县", Modified: at, Sheets: []sheet.OutSheet{s}})
}

// templateHeaders are the three rows of headers with their merged cells.
func templateHeaders(s *sheet.OutSheet) []sheet.OutRow {
	rows := make([]sheet.OutRow, templateHeader)
	top := len(s.Rows) + 1
	put := func(row int, words string) {
		rows[row].Cells = append(rows[row].Cells, sheet.TextCell(words, sheet.HeaderStyle))
	}
	col := 1
	merge := func(r1, c1, r2, c2 int) {
		if r1 != r2 || c1 != c2 {
			s.Merges = append(s.Merges, sheet.Range{R1: top + r1, C1: c1, R2: top + r2, C2: c2})
		}
	}
	for _, g := range templateGroups {
		if g.subs == nil {
			put(0, g.head)
			put(1, "")
			put(2, "")
			merge(0, col, 2, col)
			col++
			continue
		}
		from := col
		for _, sub := range g.subs {
			begin := col
			for i, name := range sub.cols {
				put(0, first(col == from, g.head))
				put(1, first(i == 0, sub.head))
				put(2, name)
				col++
			}
			merge(1, begin, 1, col-1)
		}
		merge(0, from, 0, col-1)
	}
	return rows
}

// first gives the words to the first cell of a merged block only.
func first(is bool, words string) string {
	if is {
		return words
	}
	return ""
}
