package report

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// Table is a report of one plain table: header, lines, their sum.
type Table struct {
	Title, Unit, Filler string
	Today               model.Day
	At                  time.Time
	Demo                bool
	Columns             []Column
	Rows                [][]string
	Sum                 []string // the 合计 line, nil for none
	Foot                string   // what is signed below, "" for the usual line
}

// Column is a column of a Table; Number says that its cells are numbers, Long that
// they are texts of several lines: rows of a table with such a column are as high as
// what stands in them.
type Column struct {
	Header string
	Width  float64
	Number bool
	Long   bool
}

// Book lays the table out as a workbook of one sheet.
func (t Table) Book() *sheet.Out {
	columns := make([]column, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = column{c.Header, c.Width}
	}
	title := sheet.DemoTitle(t.Title, t.Demo)
	out := Summary{Unit: t.Unit, Filler: t.Filler, Today: t.Today}.frame("汇总", title, columns)
	height := 22.0
	if slices.ContainsFunc(t.Columns, func(c Column) bool { return c.Long }) {
		height = 0
	}
	for _, row := range t.Rows {
		out.Rows = append(out.Rows, sheet.OutRow{Height: height, Cells: t.cells(row, styleNumber)})
	}
	if t.Sum != nil {
		out.Rows = append(out.Rows, sheet.OutRow{Height: 22, Cells: t.cells(t.Sum, styleSum)})
	}
	out.AddLine(cmp.Or(t.Foot, sheet.SignLine), sheet.LineStyle, sheet.SignHeight, 1, len(columns))
	return &sheet.Out{Title: title, Creator: t.Unit, Modified: t.At, Sheets: []sheet.OutSheet{out}}
}

func (t Table) cells(row []string, style sheet.Style) []sheet.OutCell {
	cells := make([]sheet.OutCell, len(row))
	for i, s := range row {
		switch c := t.Columns[i]; {
		case c.Number && s != "":
			cells[i] = sheet.NumberCell(s, style)
		case c.Long:
			cells[i] = sheet.TextCell(s, styleText)
		default:
			cells[i] = sheet.TextCell(s, style)
		}
	}
	return cells
}

// moneyKeys are the sums of the project table, in 万元 scaled by moneyPlaces.
var moneyKeys = []string{"budget", "fund_central", "fund_province", "fund_city", "fund_county", "fund_merged", "fund_social", "fund_own", "allotted", "paid"}

const moneyPlaces = 4

// Projects sums projects by village and kind (项目资金汇总): number, money by level
// and source, payment rate. Lines are in the order given; their sums are exact.
func Projects(villages []string, projects []*model.Record, l *model.Ledger) Table {
	t := Table{Columns: []Column{{Header: "序号", Width: 6, Number: true}, {Header: "村", Width: 12}, {Header: "项目类型", Width: 14}, {Header: "项目数", Width: 8, Number: true}}}
	for _, key := range moneyKeys {
		t.Columns = append(t.Columns, Column{Header: l.Field(key).Header(), Width: 12, Number: true})
	}
	t.Columns = append(t.Columns, Column{Header: "支付率（%）", Width: 9, Number: true})
	all := projectSum{}
	for _, v := range villages {
		for _, s := range sumsByKind(v, projects) {
			t.Rows = append(t.Rows, s.row(strconv.Itoa(len(t.Rows)+1), v, s.kind))
			all.join(s)
		}
	}
	t.Sum = all.row("", "合计", "")
	return t
}

// projectSum is what some projects add up to.
type projectSum struct {
	kind  string
	n     int
	money [10]int64
}

func (s *projectSum) join(other *projectSum) {
	s.n += other.n
	for i := range s.money {
		s.money[i] += other.money[i]
	}
}

// sumsByKind sums a village's projects by kind, kinds in order of appearance.
func sumsByKind(village string, projects []*model.Record) []*projectSum {
	var out []*projectSum
	index := map[string]*projectSum{}
	for _, p := range projects {
		if p.Get("village").Text != village {
			continue
		}
		s := index[p.Get("kind").Text]
		if s == nil {
			s = &projectSum{kind: p.Get("kind").Text}
			index[s.kind] = s
			out = append(out, s)
		}
		one := projectSum{n: 1}
		for i, key := range moneyKeys {
			one.money[i] = p.Get(key).Num
		}
		s.join(&one)
	}
	return out
}

func (s *projectSum) row(seq, village, kind string) []string {
	row := []string{seq, village, kind, strconv.Itoa(s.n)}
	for _, n := range s.money {
		row = append(row, model.FormatScaled(n, moneyPlaces, false))
	}
	allotted, paid := s.money[len(s.money)-2], s.money[len(s.money)-1]
	rate := ""
	if allotted > 0 {
		rate = model.FormatScaled((paid*10000+allotted/2)/allotted, 2, false)
	}
	return append(row, rate)
}

// Coverage is the matrix of visits (走访全覆盖表): a line a household, a column a
// month of the year up to the one of the report, √ where it was visited.
func Coverage(households []*model.Record, visited map[string]map[model.Month]int, upTo model.Month) Table {
	t := Table{Columns: []Column{{Header: "序号", Width: 6, Number: true}, {Header: "村", Width: 12}, {Header: "组", Width: 10}, {Header: "户主姓名", Width: 12}}}
	var months []model.Month
	for m := model.NewDay(upTo.First().Year(), 1, 1).Month(); m <= upTo; m = m.Add(1) {
		months = append(months, m)
		t.Columns = append(t.Columns, Column{Header: strconv.Itoa(len(months)) + "月", Width: 6})
	}
	t.Columns = append(t.Columns, Column{Header: "走访次数", Width: 9, Number: true})
	reached, total := make([]int, len(months)), 0
	for i, h := range households {
		row := []string{strconv.Itoa(i + 1), h.Get("village").Text, h.Get("group").Text, h.Get("householder").Text}
		times := 0
		for k, m := range months {
			n, tick := visited[h.ID][m], ""
			if n > 0 {
				tick = "√"
				reached[k]++
			}
			times += n
			row = append(row, tick)
		}
		total += times
		t.Rows = append(t.Rows, append(row, strconv.Itoa(times)))
	}
	t.Sum = []string{"", "覆盖率", "", ""}
	for _, n := range reached {
		t.Sum = append(t.Sum, rate(n, len(households)))
	}
	t.Sum = append(t.Sum, strconv.Itoa(total))
	return t
}

// rate is a share in whole percent with its sign; "" of nothing.
func rate(part, whole int) string {
	if whole == 0 {
		return ""
	}
	return strconv.Itoa((part*200+whole)/(2*whole)) + "%"
}

// Subsidies is the monthly list of allowances (补助发放表): the days that count times
// the county's rate. Where no rate is set the money stays blank.
func Subsidies(villages []Village, month model.Month, today model.Day, params model.Params) Table {
	t := Table{Columns: []Column{{Header: "序号", Width: 6, Number: true}, {Header: "村", Width: 12}, {Header: "姓名", Width: 12}, {Header: "驻村职务", Width: 15},
		{Header: "计入天数", Width: 9, Number: true}, {Header: "标准（元/天）", Width: 11, Number: true}, {Header: "金额（元）", Width: 11, Number: true}, {Header: "领取人签字", Width: 14}},
		Title: "驻村工作队补助发放表（" + text.FormatMonth(month) + "）"}
	perDay, days := params.Int(rule.SubsidyPerDay), 0
	yuan := func(n int) string {
		if perDay == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	for _, v := range villages {
		for _, m := range v.Members {
			line := m.Lines[month]
			if line == nil {
				continue
			}
			n := ledgers.CountDays(line, today).Counted(params.On(rule.ErrandsCount))
			days += n
			t.Rows = append(t.Rows, []string{strconv.Itoa(len(t.Rows) + 1), v.Name, m.Name, m.Role, strconv.Itoa(n), yuan(perDay), yuan(n * perDay), ""})
		}
	}
	t.Sum = []string{"", "合计", "", "", strconv.Itoa(days), "", yuan(days * perDay), ""}
	return t
}
