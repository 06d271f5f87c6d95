package exchange

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"xiangzhen/model/sheet"
)

// lineOf makes a line of cells joined by "|"; a number in front of "×" is how
// many columns a cell is merged over (3×资金).
func lineOf(row int, cells string) line {
	l := line{row: row}
	col := 1
	for words := range strings.SplitSeq(cells, "|") {
		span := 1
		if n, rest, ok := strings.Cut(words, "×"); ok {
			span, words = int(n[0]-'0'), rest
		}
		if words != "" {
			l.spots = append(l.spots, spot{row: row, col: col, right: col + span - 1, bottom: row, text: words,
				shape: shapeOf(cellFrom(row, col, words), words)})
		}
		col += span
	}
	return l
}

func TestLooksLikeHeader(t *testing.T) {
	yes := []string{"序号|姓名", "姓名|驻村职务|1|2|3|4|5", "指标|2025|2026", "帮扶单位|贫困村|4", "村|1月|2月", "备注|姓名|电话", "3×甲|2×乙"}
	no := []string{"", "姓名", "1|2|3", "张示例一|1|2|3.5", "合计|甲|乙", "注：略|甲", "填报单位：|甲一村", "单位：万元|甲",
		"1|" + strings.Repeat("长", 40) + "|甲", "2026-1-1|2026-1-2|甲|乙"}
	for _, cells := range yes {
		if !looksLikeHeader(lineOf(1, cells)) {
			t.Errorf("looksLikeHeader(%q) = false", cells)
		}
	}
	for _, cells := range no {
		if looksLikeHeader(lineOf(1, cells)) {
			t.Errorf("looksLikeHeader(%q) = true", cells)
		}
	}
}

func TestLongestRun(t *testing.T) {
	cases := map[string]int{"甲|1|2|3|乙": 3, "2026|2025|2024": 3, "1|3|5": 1, "甲|乙": 0, "1|2|甲|3|4|5": 3, "": 0}
	for cells, want := range cases {
		if got := longestRun(lineOf(1, cells)); got != want {
			t.Errorf("longestRun(%q) = %d, want %d", cells, got, want)
		}
	}
}

func TestRecurs(t *testing.T) {
	cases := []struct {
		head  string
		below []string
		want  bool
	}{
		{"示例县|甲镇|甲一村", []string{"示例县|甲镇|甲二村", "示例县|乙镇|乙一村"}, true},
		{"姓名|性别|村", []string{"张示例一|男|甲一村", "李示例二|女|甲一村"}, false},
		{"姓名|性别|村", []string{"张示例一|男|甲一村", "姓 名|性别|村"}, false},      // the header of the next page
		{"姓名|性别|电话|村", []string{"张示例一|男|1|甲", "编号|性别|地点|村"}, false}, // the header of another table
		{"名称|单位|数量", []string{"名称|甲|1", "乙|单位|2"}, true},
	}
	for _, c := range cases {
		var below []line
		for i, b := range c.below {
			below = append(below, lineOf(i+2, b))
		}
		if got := recurs(lineOf(1, c.head), below); got != c.want {
			t.Errorf("recurs(%q, %q) = %v", c.head, c.below, got)
		}
	}
}

func TestNumbersColumns(t *testing.T) {
	h := header{block: block{1, 4}, first: 1, last: 1, lines: []line{lineOf(1, "序号|姓名|户数|人口")}}
	yes := []string{"1|2|3|4", "（1）|（2）|（3）|（4）", "甲|乙|1|2", "①|②|③|④", "1|2|3|4=2+3", "|1|2|3"}
	no := []string{"1|张示例一|3|9", "1|2|4|8", "2|3|4|5", "1|2", "甲|乙|丙|丁四", "1||2|", ""}
	for _, cells := range yes {
		if !numbersColumns(h, lineOf(2, cells)) {
			t.Errorf("numbersColumns(%q) = false", cells)
		}
	}
	for _, cells := range no {
		if numbersColumns(h, lineOf(2, cells)) {
			t.Errorf("numbersColumns(%q) = true", cells)
		}
	}
}

func TestColumns(t *testing.T) {
	cases := []struct{ name, top, sub, want string }{
		{"merged group", "姓名|2×资金|备注", "|中央|省|", "姓名|资金/中央|资金/省|备注"},
		{"group not merged", "姓名|资金||备注", "|中央|省|", "姓名|资金/中央|资金/省|备注"},
		{"a level that repeats", "2×资金|备注", "资金|余额|", "资金|资金/余额|备注"},
		{"a merged leaf", "2×类别|人数", "||", "类别|类别|人数"},
		{"no header", "姓名||备注", "", "姓名||备注"},
		{"unmerged, but nothing of its own below", "姓名||备注", "|住址|", "姓名|住址|备注"},
	}
	for _, c := range cases {
		h := header{block: block{1, len(strings.Split(c.want, "|"))}, first: 1, last: 2, lines: []line{lineOf(1, c.top), lineOf(2, c.sub)}}
		var got []string
		for _, col := range h.columns(h.block.last) {
			got = append(got, col.Path)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%s: got %s, want %s", c.name, strings.Join(got, "|"), c.want)
		}
	}
}

func TestColumnUnits(t *testing.T) {
	h := header{block: block{1, 4}, first: 1, last: 2, lines: []line{lineOf(1, "项目|2×资金（万元）|面积/亩"), lineOf(2, "|中央|省（元）|")}}
	var got []string
	for _, c := range h.columns(4) {
		got = append(got, c.Unit)
	}
	if want := []string{"", "万元", "元", "亩"}; !slices.Equal(got, want) {
		t.Errorf("units %q, want %q", got, want)
	}
}

func TestPages(t *testing.T) {
	cases := map[string]int{
		"序号|姓名|电话|序号|姓名|电话": 2, "序号|姓名||序号|姓名": 2, "序号|姓名|序号|姓名|序号|姓名": 3,
		"序号|姓名|电话": 1, "类别|类别|人数": 1, "序号|姓名|序号|电话": 1, "序号|姓名|电话|序号|姓名": 1, "||": 1,
	}
	for cells, want := range cases {
		h := header{block: block{1, strings.Count(cells, "|") + 1}, first: 1, last: 1, lines: []line{lineOf(1, cells)}}
		if got := len(h.pages()); got != want {
			t.Errorf("%q: %d pages, want %d", cells, got, want)
		}
	}
}

func TestGridHidesUnderMerges(t *testing.T) {
	s := sheetFrom([]string{"甲|乙|丙", "丁|戊|己"}, "A1:B2", "C2:D3", "A9:B9")
	g := newGrid(&s)
	if l := g.line(1, block{1, 3}); len(l.spots) != 2 || l.spots[0].right != 2 || l.spots[0].bottom != 2 || l.spots[1].text != "丙" {
		t.Errorf("row 1: %+v", l)
	}
	if l := g.line(2, block{1, 3}); len(l.spots) != 1 || l.spots[0].text != "己" {
		t.Errorf("row 2: what lies under A1:B2 is not seen, got %+v", l)
	}
	if l := g.line(7, block{1, 3}); l.row != 7 || len(l.spots) != 0 {
		t.Errorf("row 7 holds nothing, got %+v", l)
	}
	if l := g.line(1, block{3, 3}); len(l.spots) != 1 {
		t.Errorf("only column C was asked for, got %+v", l)
	}
}

func TestBlocks(t *testing.T) {
	cases := []struct {
		name   string
		rows   []string
		merges []string
		want   string
	}{
		{"one", []string{"甲|乙"}, nil, "[{1 2}]"},
		{"parted by an empty column", []string{"序号|姓名||甲|乙", "1|张示例一||丙|丁"}, nil, "[{1 2} {4 5}]"},
		{"a title over both joins them", []string{"标题||||", "甲|||乙"}, []string{"A1:D1"}, "[{1 4}]"},
		{"the same header row joins them", []string{"序号|姓名||性别|电话", "1|张示例一||男|1"}, nil, "[{1 5}]"},
		{"the same words part them", []string{"序号|姓名||序号|姓名", "1|张示例一||2|李示例二"}, nil, "[{1 2} {4 5}]"},
		{"a lone word beside is no column", []string{"序号|姓名||打印", "1|张示例一", "2|李示例二"}, nil, "[{1 2} {4 4}]"},
		{"a lone column with content is", []string{"序号|姓名||备注", "1|张示例一||新来", "2|李示例二"}, nil, "[{1 4}]"},
		{"blanks are nothing", []string{"甲|　|乙"}, nil, "[{1 1} {3 3}]"},
	}
	for _, c := range cases {
		s := sheetFrom(c.rows, c.merges...)
		if got := fmt.Sprint(newGrid(&s).blocks()); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestFindTablesHostile: sheets that no office makes are done with in time.
func TestFindTablesHostile(t *testing.T) {
	wide, tall := sheet.Sheet{Name: "宽"}, sheet.Sheet{Name: "高"}
	for r := 1; r <= 10; r++ {
		row := sheet.Row{Index: r}
		for c := 1; c <= 3600; c++ {
			if c%3 > 0 { // thousands of narrow blocks
				row.Cells = append(row.Cells, cellFrom(r, c, []string{"姓名", "电话"}[c%3-1]))
			}
		}
		wide.Rows = append(wide.Rows, row)
	}
	for r := 1; r <= 5_000; r++ {
		tall.Rows = append(tall.Rows, sheet.Row{Index: 50 * r, Cells: []sheet.Cell{cellFrom(50*r, 1, "甲"), cellFrom(50*r, 2, "乙")}})
		tall.Merges = append(tall.Merges, sheet.Range{R1: 50 * r, C1: 1, R2: 1 << 20, C2: 1 << 14})
	}
	for _, s := range []sheet.Sheet{wide, tall} {
		begun := time.Now()
		tables := findIn(s)
		if s.Name == "宽" && !strings.Contains(strings.Join(tables[0].Warnings, ""), "没有全部读取") {
			t.Errorf("%d tables and no word that there are more", len(tables))
		}
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("%s took %v", s.Name, took)
		}
	}
}
