package sheetview

import (
	"testing"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/model/app"
	"xiangzhen/model/exchange"
)

var table = &exchange.Table{Title: "任务清单", HeaderFirst: 3, HeaderLast: 4, DataFirst: 5, DataLast: 9, FirstCol: 1, LastCol: 4,
	Totals: []exchange.SkippedRow{{Row: 8, Why: "小计行"}}, Skipped: []exchange.SkippedRow{{Row: 10, Why: "说明"}}}

func TestRowOf(t *testing.T) {
	for row, want := range map[int]Row{
		1: {Kind: Title}, 3: {Head, "表头", ""}, 4: {Head, "表头", ""}, 5: {Data, "首行", ""}, 6: {Kind: Data},
		8: {Skipped, "合计", "小计行"}, 9: {Data, "末行", ""}, 10: {Skipped, "跳过", "说明"}, 11: {Kind: Outside},
	} {
		if got := RowOf(table, row); got != want {
			t.Errorf("row %d is %+v, want %+v", row, got, want)
		}
	}
	blank := &exchange.Table{HeaderFirst: 1, HeaderLast: 1}
	if got := RowOf(blank, 2); got.Kind != Outside {
		t.Errorf("a form without data has %+v", got)
	}
	form := &exchange.Table{HeaderFirst: 2, HeaderLast: 6, Entry: true}
	if RowOf(form, 4).Kind != Data || RowOf(form, 1).Kind != Title || RowOf(form, 7).Kind != Outside {
		t.Error("the rows of a form for one record are told wrongly")
	}
}

func TestCellOf(t *testing.T) {
	for name, c := range map[string]struct {
		row  Row
		cell app.SeenCell
		want grid.Cell
	}{
		"head":             {Row{Kind: Head}, app.SeenCell{Text: "完成\n时限", Span: 2}, grid.Cell{Text: "完成 时限", Bold: true, Fill: grid.FillMuted, Span: 2}},
		"head, reached":    {Row{Kind: Head}, app.SeenCell{Covered: true}, grid.Cell{Bold: true}},
		"head, from above": {Row{Kind: Head}, app.SeenCell{Covered: true, Span: 1}, grid.Cell{Bold: true, Fill: grid.FillMuted, Span: 1}},
		"title":            {Row{Kind: Title}, app.SeenCell{Text: "清单", Span: 7}, grid.Cell{Text: "清单", Bold: true, Span: 7}},
		"line":             {Row{Kind: Title}, app.SeenCell{Text: "单位", Span: 1}, grid.Cell{Text: "单位", Span: 1}},
		"data":             {Row{Kind: Data}, app.SeenCell{Text: "12", Span: 1}, grid.Cell{Text: "12", Span: 1}},
		"skipped":          {Row{Skipped, "合计", "合计行"}, app.SeenCell{Text: "合计", Span: 1}, grid.Cell{Text: "合计", Span: 1, Tone: look.ToneQuiet, Hint: "合计行"}},
	} {
		if got := cellOf(c.row, c.cell); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestColumnWidth_ShowsItsHeadAndItsValues(t *testing.T) {
	for name, c := range map[string]struct {
		chars         float64
		title, sample string
		low, high     float32
	}{
		"narrow": {2, "A", "", 74, 74}, "head": {2, "G → 完成比例（任务进展）", "", 180, 240}, "value": {0, "C", "12户 已完成其余月底前完成", 180, 260},
		"as the file has it": {20, "C", "很长很长很长很长很长很长很长很长", 160, 160}, "at most": {200, "C", "", 260, 260},
	} {
		if got := columnWidth(c.chars, c.title, c.sample); got < c.low || got > c.high {
			t.Errorf("%s: %v, want %v to %v", name, got, c.low, c.high)
		}
	}
}
