package exchange

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"xiangzhen/model/sheet"
)

// sheetFrom makes a sheet of rows whose cells are joined by "|". Digits make a
// number, "=12" a formula's result, "#REF!" an error; "" leaves a cell blank and
// "⏎" stands for a line break.
func sheetFrom(rows []string, merges ...string) sheet.Sheet {
	s := sheet.Sheet{Name: "表"}
	for i, r := range rows {
		row := sheet.Row{Index: i + 1}
		for j, words := range strings.Split(r, "|") {
			if words != "" {
				row.Cells = append(row.Cells, cellFrom(i+1, j+1, words))
			}
		}
		if len(row.Cells) > 0 {
			s.Rows = append(s.Rows, row)
		}
	}
	for _, m := range merges {
		s.Merges = append(s.Merges, rangeFrom(m))
	}
	return s
}

func cellFrom(row, col int, words string) sheet.Cell {
	c := sheet.Cell{Row: row, Col: col, Kind: sheet.Text, Text: strings.ReplaceAll(words, "⏎", "\n")}
	if rest, ok := strings.CutPrefix(words, "="); ok {
		c.Formula, c.Text, words = true, rest, rest
	}
	if n, err := strconv.ParseFloat(words, 64); err == nil {
		c.Kind, c.Num = sheet.Number, n
	}
	if strings.HasPrefix(words, "#") && strings.HasSuffix(words, "!") {
		c.Kind = sheet.ErrorValue
	}
	return c
}

// rangeFrom reads A1:B2.
func rangeFrom(s string) sheet.Range {
	from, to, _ := strings.Cut(s, ":")
	r1, c1 := placeFrom(from)
	r2, c2 := placeFrom(to)
	return sheet.Range{R1: r1, C1: c1, R2: r2, C2: c2}
}

func placeFrom(s string) (row, col int) {
	at := strings.IndexAny(s, "0123456789")
	row, err := strconv.Atoi(s[at:])
	if err != nil {
		panic(err)
	}
	return row, sheet.ParseColName(s[:at])
}

func findIn(s sheet.Sheet) []Table {
	return FindTables(&sheet.Book{Format: sheet.XLSX, Sheets: []sheet.Sheet{s}})
}

// short says what was found of a table: header rows, data rows, headers.
func short(t Table) string {
	var paths []string
	for _, c := range t.Columns {
		paths = append(paths, c.Path)
	}
	return fmt.Sprintf("%d-%d %d-%d %s", t.HeaderFirst, t.HeaderLast, t.DataFirst, t.DataLast, strings.Join(paths, "|"))
}

// rowsOf joins the numbers of skipped rows.
func rowsOf(rows []SkippedRow) string {
	var out []string
	for _, r := range rows {
		out = append(out, strconv.Itoa(r.Row))
	}
	return strings.Join(out, ",")
}

func TestFindTables(t *testing.T) {
	cases := []struct {
		name            string
		rows            []string
		merges          []string
		want            []string
		totals, skipped string // of the first table
	}{
		{name: "header in row 1",
			rows: []string{"序号|姓名|联系电话", "1|张示例一|", "2|李示例二|"},
			want: []string{"1-1 2-3 序号|姓名|联系电话"}},
		{name: "title, frame, unit, three levels, column numbers, totals, notes",
			rows: []string{
				"附件2", "示例县项目进展表（2026年11月）||||||", "填报单位（盖章）：甲镇||填报人：张示例一||||单位：万元",
				"序号|项目|资金||||备注", "||合计|其中|||", "|||中央|省|县|", "甲|乙|1|2|3|4|5",
				"1|示例桥|12|4|4|4|", "2|示例路|6|2|2|2|", "|小计|18|6|6|6|", "3|示例塘|3|1|1|1|", "合计||21|7|7|7|",
				"注：本表每月25日前报送。", "单位负责人（签字）：||审核人：||填表人：李示例二||"},
			merges: []string{"A2:G2", "A4:A6", "B4:B6", "C4:F4", "C5:C6", "D5:F5", "G4:G6", "A13:G13"},
			want:   []string{"4-6 8-11 序号|项目|资金/合计|资金/其中/中央|资金/其中/省|资金/其中/县|备注"},
			totals: "10,12", skipped: "7,13,14"},
		{name: "group name not merged",
			rows: []string{"姓名|资金||备注", "|中央|省|", "张示例一|1|2|"},
			want: []string{"1-2 3-3 姓名|资金/中央|资金/省|备注"}},
		{name: "group names alone above the header",
			rows:   []string{"示例表", "|||资金|||", "序号|姓名|村|中央|省|县|备注", "1|张示例一|甲一村|1|2|3|"},
			merges: []string{"A1:G1", "D2:F2"},
			want:   []string{"2-3 4-4 序号|姓名|村|资金/中央|资金/省|资金/县|备注"}},
		{name: "merged header over two columns is no group",
			rows:   []string{"类别||人数|金额(元)", "站所|一组|3|10", "站所|二组|4|20"},
			merges: []string{"A1:B1", "A2:A3"},
			want:   []string{"1-1 2-3 类别|类别|人数|金额(元)"}},
		{name: "blanks and breaks in headers",
			rows: []string{"序⏎号|姓　名|联系⏎电话 ", "1|张示例一|1"},
			want: []string{"1-1 2-2 序号|姓名|联系电话"}},
		{name: "blank form with row numbers",
			rows: []string{"任务进展表", "序号|任务|完成时限", "1||", "2||", "填表人："},
			want: []string{"2-2 0-0 序号|任务|完成时限"}, skipped: "3,4,5"},
		{name: "one helpful merge reaching far down is no header",
			rows:   []string{"序号|任务|责任单位|备注", "1|修路|甲一村|", "2|修桥|甲二村|"},
			merges: []string{"D1:D3"},
			want:   []string{"1-1 2-3 序号|任务|责任单位|备注"}},
		{name: "header repeated on the next page",
			rows: []string{"序号|任务|完成时限", "1|修路|6月底前", "序号|任务|完成时限", "2|修桥|年底前"},
			want: []string{"1-1 2-4 序号|任务|完成时限"}, skipped: "3"},
		{name: "blank rows inside",
			rows: []string{"序号|任务|完成时限", "1|修路|6月底前", "", "", "2|修桥|年底前"},
			want: []string{"1-1 2-5 序号|任务|完成时限"}, skipped: "3"},
		{name: "sections are data",
			rows:   []string{"序号|任务|完成时限", "一、产业振兴||", "1|修路|6月底前", "二、人才振兴||", "2|办班|年底前"},
			merges: []string{"A2:C2", "A4:C4"},
			want:   []string{"1-1 2-5 序号|任务|完成时限"}},
		{name: "total before the data",
			rows: []string{"村|户数|人口", "合计|30|90", "甲一村|10|30", "甲二村|20|60"},
			want: []string{"1-1 3-4 村|户数|人口"}, totals: "2"},
		{name: "total by formulas without a name",
			rows: []string{"序号|村|户数|人口", "1|甲一村|10|30", "2|甲二村|20|60", "||=30|=90"},
			want: []string{"1-1 2-3 序号|村|户数|人口"}, totals: "4"},
		{name: "total under another name",
			rows:   []string{"指标名称|内容|分数|得分", "一|甲|40|35", "二|乙|60|60", "综合评分||100|95"},
			merges: []string{"A4:B4"},
			want:   []string{"1-1 2-3 指标名称|内容|分数|得分"}, totals: "4"},
		{name: "a row merged wide that does not sum up is data",
			rows:   []string{"指标名称|内容|分数|得分", "一|甲|40|35", "二|乙|60|60", "附加分||5|5"},
			merges: []string{"A4:B4"},
			want:   []string{"1-1 2-4 指标名称|内容|分数|得分"}},
		{name: "days across",
			rows: []string{"姓名|驻村职务|1|2|3|4|5|6|驻村天数", "张示例一|队员|√|√|△|√|√|○|5"},
			want: []string{"1-1 2-2 姓名|驻村职务|1|2|3|4|5|6|驻村天数"}},
		{name: "two tables one below the other",
			rows: []string{"表一", "序号|任务|完成时限", "1|修路|6月底前", "合计||", "", "表二", "姓名|性别|联系电话", "张示例一|男|1", "李示例二|女|2"},
			want: []string{"2-2 3-3 序号|任务|完成时限", "7-7 8-9 姓名|性别|联系电话"}, totals: "4"},
		{name: "two tables side by side",
			rows: []string{"序号|任务|完成时限||姓名|性别", "1|修路|6月底前||张示例一|男", "2|修桥|年底前||李示例二|女", "3|修塘|长期||王示例三|男"},
			want: []string{"1-1 2-4 序号|任务|完成时限||姓名|性别"}},
		{name: "two pages side by side",
			rows: []string{"序号|姓名|电话|序号|姓名|电话", "1|张示例一|1|3|王示例三|3", "2|李示例二|2||"},
			want: []string{"1-1 2-3 序号|姓名|电话", "1-1 2-2 |||序号|姓名|电话"}},
		{name: "a list beside the table",
			rows: []string{"名单|||||", "序号|任务|数量||示例县|甲镇", "1|修路|1||示例县|甲镇", "2|修桥|2||示例县|乙镇", "3|修塘|3||示例县|乙镇"},
			want: []string{"2-2 3-5 序号|任务|数量"}},
		{name: "form for one record",
			rows: []string{"登记表", "姓名|张示例一|性别|男", "民族|汉族|出生年月|1985.03", "学历|本科|联系电话|1"},
			want: []string{"2-4 2-4 姓名|性别|民族|出生年月|学历|联系电话"}},
		{name: "list without a header",
			rows: []string{"甲镇|甲一村|张示例一|男", "甲镇|甲二村|李示例二|女", "甲镇|甲三村|王示例三|男"}},
		{name: "who and when above the header",
			rows:   []string{"任务表", "甲镇人民政府|||2026年11月20日||", "序号|任务|责任单位|完成时限|进展情况|备注", "1|修路|甲一村|年底前|完成一半|"},
			merges: []string{"A1:F1", "A2:C2", "D2:F2"},
			want:   []string{"3-3 4-4 序号|任务|责任单位|完成时限|进展情况|备注"}},
		{name: "annex mark beside the title",
			rows:   []string{"示例县任务台账||||附件1", "序号|任务|责任单位|完成时限|备注", "1|修路|甲一村|年底前|", "2|修桥|甲二村|年底前|"},
			merges: []string{"A1:D1"},
			want:   []string{"2-2 3-4 序号|任务|责任单位|完成时限|备注"}},
		{name: "label and value above a narrow table",
			rows: []string{"单位|甲一村|", "序号|任务|备注", "1|修路|", "2|修桥|"},
			want: []string{"2-2 3-4 序号|任务|备注"}},
		{name: "two groups over all columns",
			rows:   []string{"基本信息||处理流程||", "编号|事由|处理人|处理时间|备注", "1|出差|张示例一|2026-11-01|", "2|开会|张示例一|2026-11-02|"},
			merges: []string{"A1:B1", "C1:E1"},
			want:   []string{"1-2 3-4 基本信息/编号|基本信息/事由|处理流程/处理人|处理流程/处理时间|处理流程/备注"}},
		{name: "years across",
			rows: []string{"指标|单位|2025|2026", "产量|吨|10|12", "收入|万元|3|4"},
			want: []string{"1-1 2-3 指标|单位|2025|2026"}},
		{name: "months across",
			rows: []string{"村|1月|2月|3月|合计", "甲一村|1|2|3|6", "合计|1|2|3|6"},
			want: []string{"1-1 2-2 村|1月|2月|3月|合计"}, totals: "3"},
		{name: "a column without a header that is filled",
			rows: []string{"序号|村名|户数", "1|甲一村|10|已核", "2|甲二村|20|已核", "3|甲三村|30|"},
			want: []string{"1-1 2-4 序号|村名|户数|"}},
		{name: "a lone remark beside",
			rows: []string{"序号|村名|户数", "1|甲一村|10|再核一下", "2|甲二村|20", "3|甲三村|30"},
			want: []string{"1-1 2-4 序号|村名|户数"}},
		{name: "a column of merged groups without a header",
			rows:   []string{"|地块|小麦|玉米", "一季|A1|1|2", "|A2|3|4", "|A3|5|6"},
			merges: []string{"A2:A4"},
			want:   []string{"1-1 2-4 |地块|小麦|玉米"}},
		{name: "signatures in several columns",
			rows: []string{"序号|村名|户数|人口|备注|电话", "1|甲一村|10|20||", "单位负责人：||审核人：|||填表人：张示例一"},
			want: []string{"1-1 2-2 序号|村名|户数|人口|备注|电话"}, skipped: "3"},
		{name: "two columns",
			rows: []string{"村名|户数", "甲一村|10", "甲二村|20"},
			want: []string{"1-1 2-3 村名|户数"}},
		{name: "data again below a note",
			rows: []string{"序号|任务|完成时限", "1|修路|6月底前", "注：上表为第一批。", "2|修桥|年底前"},
			want: []string{"1-1 2-4 序号|任务|完成时限"}, skipped: "3"},
		{name: "text over the sheet's end",
			rows:   []string{"序号|任务|完成时限", "1|修路|6月底前", "", "请各村高度重视，按时报送，逾期通报。"},
			merges: []string{"A4:C4"},
			want:   []string{"1-1 2-2 序号|任务|完成时限"}, skipped: "4"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tables := findIn(sheetFrom(c.rows, c.merges...))
			var got []string
			for _, x := range tables {
				got = append(got, short(x))
			}
			if !slices.Equal(got, c.want) {
				t.Fatalf("tables\n got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(c.want, "\n     "))
			}
			if len(tables) > 0 && (rowsOf(tables[0].Totals) != c.totals || rowsOf(tables[0].Skipped) != c.skipped) {
				t.Errorf("totals %v, skipped %v; want %s and %s", tables[0].Totals, tables[0].Skipped, c.totals, c.skipped)
			}
		})
	}
}

// TestFindTablesOwnForm: the hidden row of paths is no header, rows that hold
// only a hidden id are no data.
func TestFindTablesOwnForm(t *testing.T) {
	s := sheetFrom([]string{
		"|甲镇任务进展月报（2026年11月）||", "|填报单位：甲一村　填报人：　联系电话：　填报时间：　　年　月　日||",
		"#id|#seq|title|progress.text", "|序号|任务名称|进展情况", "018f|1|修路|已开工", "018e|||",
	}, "B1:D1", "B2:D2")
	s.Rows[2].Hidden = true
	s.HiddenCols = []sheet.Range{{C1: 1, C2: 1}}
	tables := findIn(s)
	if len(tables) != 1 || short(tables[0]) != "4-4 5-5 |序号|任务名称|进展情况" {
		t.Fatalf("got %+v", tables)
	}
	if f := tables[0].Frame; f.Unit != (Mark{"甲一村", "B2"}) || f.Stated.Text != "" || f.Period != (Mark{"2026年11月", "B1"}) {
		t.Errorf("frame %+v", f)
	}
	if len(tables[0].Warnings) > 0 {
		t.Errorf("our own form needs no warning, got %q", tables[0].Warnings)
	}
}

func TestFindTablesCSV(t *testing.T) {
	s := sheetFrom([]string{"甲|乙|丙", "x|y|z"})
	b := &sheet.Book{Format: sheet.CSV, Sheets: []sheet.Sheet{s}}
	if tables := FindTables(b); len(tables) != 1 || short(tables[0]) != "1-1 2-2 甲|乙|丙" {
		t.Errorf("got %+v", tables)
	}
	parts := &sheet.Book{Format: sheet.CSV, Sheets: []sheet.Sheet{sheetFrom([]string{"甲|乙||丙|丁", "x|y||z|w", "a|b||c|d"})}}
	if tables := FindTables(parts); len(tables) != 1 || short(tables[0]) != "1-1 2-3 甲|乙||丙|丁" {
		t.Errorf("an empty column does not part a csv, got %+v", tables)
	}
	b.Sheets[0].Visibility = sheet.VeryHidden
	if tables := FindTables(b); len(tables) != 0 {
		t.Errorf("a very hidden sheet is not read, got %+v", tables)
	}
	if tables := FindTables(&sheet.Book{Sheets: []sheet.Sheet{{Name: "空"}}}); len(tables) != 0 {
		t.Errorf("an empty sheet has no table, got %+v", tables)
	}
}

func TestFrame(t *testing.T) {
	cases := []struct {
		name string
		rows []string // above the header, which follows
		want Frame
		unit string
	}{
		{"all in one cell", []string{"填报单位（盖章）：甲一村　 填报人：张示例一　 联系电话：　 填报时间：2026年11月22日"},
			Frame{Unit: Mark{"甲一村", "A1"}, Filler: Mark{"张示例一", "A1"}, Stated: Mark{"2026年11月22日", "A1"}}, ""},
		{"value in the next cell", []string{"填报单位：|甲一村|填报人：|张示例一"},
			Frame{Unit: Mark{"甲一村", "B1"}, Filler: Mark{"张示例一", "D1"}}, ""},
		{"labels spread by blanks", []string{"填 报 单 位：甲一村    填　报　人：张示例一"},
			Frame{Unit: Mark{"甲一村", "A1"}, Filler: Mark{"张示例一", "A1"}}, ""},
		{"printed date left empty", []string{"填报单位：甲一村|||填报时间：    年  月  日"}, Frame{Unit: Mark{"甲一村", "A1"}}, ""},
		{"unit of measurement", []string{"单位：甲镇|||单位：万元"}, Frame{Unit: Mark{"甲镇", "A1"}}, "万元"},
		{"unit of measurement in brackets", []string{"（金额单位：元）"}, Frame{}, "元"},
		{"annex and period", []string{"附件1", "示例表", "2026年第三季度"}, Frame{Annex: Mark{"附件1", "A1"}, Period: Mark{"2026年第三季度", "A3"}}, ""},
		{"another label is not ours", []string{"责任单位：水利站  填报单位：甲一村"}, Frame{Unit: Mark{"甲一村", "A1"}}, ""},
		{"an unknown label ends a value", []string{"填报单位：甲一村  所在片区：东片"}, Frame{Unit: Mark{"甲一村", "A1"}}, ""},
		{"seal without a colon", []string{"填报单位（盖章）甲一村"}, Frame{Unit: Mark{"甲一村", "A1"}}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			tables := findIn(sheetFrom(append(c.rows, "序号|任务|完成时限|备注", "1|修路|年底前|")))
			if len(tables) != 1 {
				t.Fatalf("%d tables", len(tables))
			}
			if got := tables[0]; got.Frame != c.want || got.Unit != c.unit {
				t.Errorf("got %+v, unit %q", got.Frame, got.Unit)
			}
		})
	}
}

func TestFrameBelow(t *testing.T) {
	tables := findIn(sheetFrom([]string{"序号|任务|完成时限|备注", "1|修路|年底前|", "审核人：||填表人：张示例一|填表日期：2026.11.22"}))
	want := Frame{Filler: Mark{"张示例一", "C3"}, Stated: Mark{"2026.11.22", "D3"}}
	if len(tables) != 1 || tables[0].Frame != want {
		t.Errorf("got %+v", tables)
	}
}

func TestTitle(t *testing.T) {
	tables := findIn(sheetFrom([]string{"附件1", "示例县重点任务台账⏎第一行外的话", "（2026年11月）", "单位：万元", "序号|任务|完成时限", "1|修路|年底前"}))
	if len(tables) != 1 || tables[0].Title != "示例县重点任务台账" {
		t.Errorf("got %+v", tables)
	}
}

func TestWarnings(t *testing.T) {
	s := sheetFrom([]string{"序号|任务|数量||附记", "1|修路|=3|甲|", "2|修桥|#REF!|乙|", "3|修塘|2|丙|"})
	s.Rows[1].Hidden = true
	s.HiddenCols = []sheet.Range{{C1: 2, C2: 2}}
	s.Filtered, s.Visibility = true, sheet.Hidden
	tables := findIn(s)
	if len(tables) != 1 {
		t.Fatalf("%d tables", len(tables))
	}
	all := strings.Join(tables[0].Warnings, "\n")
	for _, want := range []string{"工作表被隐藏", "第 2 行被隐藏", "B 列被隐藏", "正在筛选", "C3 的公式出错", "1 格是公式", "D 列有内容但没有表头"} {
		if !strings.Contains(all, want) {
			t.Errorf("no warning %q in\n%s", want, all)
		}
	}
}

func TestWarnsOfColumnsBeside(t *testing.T) {
	tables := findIn(sheetFrom([]string{"序号|任务|数量||记得打印", "1|修路|3", "2|修桥|1"}))
	if len(tables) != 1 || !strings.Contains(strings.Join(tables[0].Warnings, ""), "E 列还有内容") {
		t.Errorf("got %+v", tables)
	}
}

// TestWarnsOfSheetsUnread: a sheet beside one with a table is not left out without
// a word, unless it holds words only.
func TestWarnsOfSheetsUnread(t *testing.T) {
	good := sheetFrom([]string{"序号|任务|数量", "1|修路|3", "2|修桥|1"})
	list := sheetFrom([]string{"甲镇|甲一村|张示例一", "甲镇|甲二村|李示例二"})
	words := sheetFrom([]string{"填表说明", "请于年底前报送。"})
	list.Name, words.Name = "名单", "说明"
	hidden := list
	hidden.Name, hidden.Visibility = "内部", sheet.VeryHidden
	tables := FindTables(&sheet.Book{Format: sheet.XLSX, Sheets: []sheet.Sheet{good, list, words, hidden}})
	if len(tables) != 1 || len(tables[0].Warnings) != 1 || !strings.Contains(tables[0].Warnings[0], "工作表“名单”有内容，但没有找到表头") {
		t.Errorf("%+v", tables)
	}
}

func TestListed(t *testing.T) {
	if got := listed([]string{"1", "2"}); got != "1、2" {
		t.Error(got)
	}
	if got := listed([]string{"1", "2", "3", "4", "5", "6", "7"}); got != "1、2、3、4、5 等 7 处" {
		t.Error(got)
	}
}
