package exchange

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

// sentBook is a workbook as somebody below or above sends it, and all that may be
// taken from it without a word: for each row its number and path=value, as a person
// reads them. What is doubted aloud bears a "?". Anything else taken is wrong
// silently; anything missing would be asked about in vain.
type sentBook struct {
	name, ledger string
	rows         []string // as sheetFrom has them; %: a percent format, @ a date format
	merges       []string
	want         []string
}

// sentCell makes a cell of words: %0.5 is shown as 50%, @44635 as a day.
func sentCell(c sheet.Cell) sheet.Cell {
	for mark, format := range map[string]string{"%": "0%", "@": "yyyy/m/d"} {
		if n, err := strconv.ParseFloat(strings.TrimPrefix(c.Text, mark), 64); strings.HasPrefix(c.Text, mark) && err == nil {
			c.Text, c.Kind, c.Num, c.Format, c.Date = c.Text[1:], sheet.Number, n, format, mark == "@"
		}
	}
	return c
}

// book writes the workbook as a file and reads it again, except where it holds
// what our writer does not write.
func (b sentBook) book(t *testing.T) *sheet.Book {
	t.Helper()
	s := sheetFrom(b.rows, b.merges...)
	out := sheet.OutSheet{Name: "表", Merges: s.Merges}
	plain := true
	for _, r := range s.Rows {
		for len(out.Rows) < r.Index {
			out.Rows = append(out.Rows, sheet.OutRow{})
		}
		for i := range r.Cells {
			c := &r.Cells[i]
			*c = sentCell(*c)
			plain = plain && !c.Formula && c.Kind != sheet.ErrorValue && !strings.ContainsAny(c.Text, "eE")
			row := &out.Rows[r.Index-1]
			for len(row.Cells) < c.Col {
				row.Cells = append(row.Cells, sheet.OutCell{})
			}
			row.Cells[c.Col-1] = sheet.OutCell{Kind: c.Kind, Text: c.Text, Style: sheet.Style{Format: c.Format}}
		}
	}
	if !plain {
		return &sheet.Book{Format: sheet.XLSX, Sheets: []sheet.Sheet{s}}
	}
	var buf bytes.Buffer
	if err := sheet.Encode(&buf, &sheet.Out{Sheets: []sheet.OutSheet{out}}); err != nil {
		t.Fatal(err)
	}
	read, err := sheet.Read("来 表.xlsx", bytes.NewReader(buf.Bytes()), int64(buf.Len()), sheet.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// taken lists what would be taken from a book as rows of a ledger.
func taken(b *sheet.Book, c *model.Catalog, l *model.Ledger) []string {
	targets := Targets(c, l)
	byPath := map[Path]Target{}
	for _, tg := range targets {
		byPath[tg.Path] = tg
	}
	var out []string
	for _, table := range FindTables(b) {
		s := &b.Sheets[table.SheetIndex]
		ctx := ParseContext{Sheet: s.Name, Ref: today, Untyped: isUntyped(b)}
		for _, row := range ReadRows(s, &table, Sure(MapColumns(&table, targets)), 0) {
			if row.Example || row.Section {
				continue
			}
			var cells []string
			for _, cell := range row.Cells {
				p := cell.Path
				v, problems := ParseCell(byPath[p], cell.RawCell, ctx)
				mark := ""
				if len(problems) > 0 {
					mark = "?"
				}
				if v.Set && !hasFault(problems) {
					cells = append(cells, mark+string(p)+"="+shownValue(byPath[p].Field, v))
				}
			}
			slices.Sort(cells)
			if len(cells) > 0 {
				out = append(out, fmt.Sprintf("%d %s", row.Row, strings.Join(cells, " ")))
			}
		}
	}
	return out
}

// TestSentBooks reads the workbooks as the ledger they belong to.
func TestSentBooks(t *testing.T) {
	c := builtin()
	for _, b := range sentBooks {
		t.Run(b.name, func(t *testing.T) {
			if got := taken(b.book(t), c, c.Ledger(b.ledger)); !slices.Equal(got, b.want) {
				t.Errorf("taken\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(b.want, "\n  "))
			}
		})
	}
}

// TestSentBooks_AsCSV reads lists that have lost on their way which cells were
// numbers: what a spreadsheet leaves of a number is not taken for words.
func TestSentBooks_AsCSV(t *testing.T) {
	c := builtin()
	for _, k := range []struct{ ledger, rows, want string }{
		{ledgers.Person, "姓名,出生年月\n张示例一,1985.1\n李示例二,1985.10\n王示例三,1985.2\n", "2 name=张示例一\n3 birth=1985-10 name=李示例二\n4 birth=1985-02 name=王示例三"},
		{ledgers.Task, "任务名称,完成时限\n甲事,2026.1\n乙事,12-5-26\n丙事,12/5/26\n丁事,26.12.5\n", "2 title=甲事\n3 title=乙事\n4 title=丙事\n5 due=2026-12-05…2026-12-05 fixed title=丁事"},
		{ledgers.Person, "姓名,身份证号\n张示例一,990101198503150025\n李示例二,990101198503150000\n王示例三,9.90101E+17\n", "2 id_number=990101198503150025 name=张示例一\n3 name=李示例二\n4 name=王示例三"},
		{ledgers.Household, "村,户主姓名,银行卡号\n甲一村,张示例一,6222020000000000000\n", "2 householder=张示例一 village=甲一村"},
	} {
		b, err := sheet.Read("来 表.csv", strings.NewReader(k.rows), int64(len(k.rows)), sheet.DefaultLimits)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(taken(b, c, c.Ledger(k.ledger)), "\n"); got != k.want {
			t.Errorf("taken\n%s\nwant\n%s", got, k.want)
		}
	}
}

// TestSentBooks_Guess: no table is taken for one of another ledger.
func TestSentBooks_Guess(t *testing.T) {
	c := builtin()
	for _, b := range sentBooks {
		for _, table := range FindTables(b.book(t)) {
			if l, _ := GuessLedger(&table, c); l != nil && l.Key != b.ledger {
				t.Errorf("%s was taken for %s", b.name, l.Key)
			}
		}
	}
}

const (
	id1, id2, id3 = "'990101198503150025", "'990101197907301235", "'99010119880808003X"
)

var sentBooks = []sentBook{
	{name: "the same header twice", ledger: ledgers.Household,
		rows: []string{"村|户主姓名|联系电话|帮扶人|联系电话", "甲一村|张示例一|13800000001|李示例二|13800000002", "甲一村|王示例三|13800000003|李示例二|13800000002"},
		want: []string{"2 helper=李示例二 householder=张示例一 village=甲一村", "3 helper=李示例二 householder=王示例三 village=甲一村"}},
	{name: "the same header twice, equal row by row", ledger: ledgers.Task,
		rows: []string{"任务名称|责任单位|备注|责任单位", "硬化通组路|甲一村|无|甲一村", "改造危房|甲二村||甲二村"},
		want: []string{"2 remark=无 title=硬化通组路 unit=甲一村", "3 title=改造危房 unit=甲二村"}},
	{name: "a phone behind the helper", ledger: ledgers.Household,
		rows: []string{"村|户主姓名|家庭人口|帮扶人|联系电话", "甲一村|张示例一|3|李示例二|13800000002", "甲一村|王示例三|4|李示例二|13800000002"},
		want: []string{"2 helper=李示例二 householder=张示例一 population=3 village=甲一村", "3 helper=李示例二 householder=王示例三 population=4 village=甲一村"}},
	{name: "the householder's own phone", ledger: ledgers.Household,
		rows: []string{"村|户主姓名|证件号码|联系电话|帮扶联系人|联系人电话", "甲一村|张示例一|" + id1 + "|13800000001|李示例二|13800000002"},
		want: []string{"2 helper=李示例二 helper_phone=13800000002 householder=张示例一 id_number=990101198503150025 phone=13800000001 village=甲一村"}},
	{name: "phones under groups of persons", ledger: ledgers.Household,
		rows:   []string{"村|户主||帮扶责任人|", "|姓名|联系电话|姓名|联系电话", "甲一村|张示例一|13800000001|李示例二|13800000002"},
		merges: []string{"A1:A2", "B1:C1", "D1:E1"},
		want:   []string{"3 householder=张示例一 village=甲一村"}},
	{name: "a name of whom", ledger: ledgers.Household,
		rows: []string{"村|姓名|身份证号|与户主关系", "甲一村|张示例一|" + id1 + "|户主", "甲一村|张示例四|" + id2 + "|配偶"},
		want: []string{"2 village=甲一村", "3 village=甲一村"}},
	{name: "members below their householder", ledger: ledgers.HouseholdMember,
		rows:   []string{"户主姓名|姓名|与户主关系|身份证号", "张示例一|张示例一|户主|" + id1, "|张示例四|配偶|" + id2},
		merges: []string{"A2:A3"},
		want:   []string{"2 household=张示例一 id_number=990101198503150025 name=张示例一 relation=户主", "3 household=张示例一 id_number=990101197907301235 name=张示例四 relation=配偶"}},
	{name: "the village secretary's phone in a roster", ledger: ledgers.Team,
		rows: []string{"村|姓名|性别|派出单位|村党组织书记|联系电话", "甲一村|张示例一|男|甲局|李示例二|13800000002"},
		want: []string{"2 gender=男 home_unit=甲局 name=张示例一 village=甲一村"}},
	{name: "planned and paid", ledger: ledgers.Project,
		rows:   []string{"村|项目名称|资金（万元）||", "||计划|下达|支付", "甲一村|通组路|20|15|10.5"},
		merges: []string{"A1:A2", "B1:B2", "C1:E1"},
		want:   []string{"3 allotted=15 title=通组路 village=甲一村"}},
	{name: "an amount of what", ledger: ledgers.Project,
		rows: []string{"村|项目名称|金额（万元）|支付金额（万元）", "甲一村|通组路|20|10.5"},
		want: []string{"2 paid=10.5 title=通组路 village=甲一村"}},
	{name: "yuan and ten thousand yuan by column", ledger: ledgers.Project,
		rows: []string{"村|项目名称|总投资（万元）|合同金额（元）|已支付", "甲一村|通组路|20|185000|10.5"},
		want: []string{"2 budget=20 contract=18.5 paid=10.5 title=通组路 village=甲一村"}},
	{name: "a line with the unit", ledger: ledgers.Project,
		rows: []string{"项目台账", "单位：元", "村|项目名称|总投资|合同金额|受益户数", "甲一村|通组路|200000|185000|12"}, merges: []string{"A1:E1"},
		want: []string{"4 budget=20 contract=18.5 households=12 title=通组路 village=甲一村"}},
	{name: "begin and end", ledger: ledgers.Project,
		rows:   []string{"村|项目名称|时间|", "||开始|结束", "甲一村|通组路|2026.3.1|2026.9.30"},
		merges: []string{"A1:A2", "B1:B2", "C1:D1"}, want: []string{"3 title=通组路 village=甲一村"}},
	{name: "planned and real dates", ledger: ledgers.Project,
		rows:   []string{"村|项目名称|计划||实际|", "||开工时间|完工时间|开工时间|完工时间", "甲一村|通组路|2026.3.1|2026.9.30|2026.4.1|2026.10.8"},
		merges: []string{"A1:A2", "B1:B2", "C1:D1", "E1:F1"},
		want:   []string{"3 finished_on=2026-10-08…2026-10-08 fixed plan_end=2026-09-30…2026-09-30 fixed plan_start=2026-03-01…2026-03-01 fixed started_on=2026-04-01…2026-04-01 fixed title=通组路 village=甲一村"}},
	{name: "a unit of measure is no unit", ledger: ledgers.Task,
		rows: []string{"任务名称|单位|数量|责任单位", "硬化通组路|公里|3.5|甲一村"},
		want: []string{"2 title=硬化通组路 unit=甲一村"}},
	{name: "units of persons", ledger: ledgers.Person,
		rows: []string{"姓名|性别|单位|数量", "张示例一|男|公里|3", "李示例二|女|户|5"},
		want: []string{"2 gender=男 name=张示例一", "3 gender=女 name=李示例二"}},
	{name: "a number that is no ID", ledger: ledgers.Person,
		rows: []string{"编号|姓名|证件号|年龄|出生年月", "9901|张示例一|甲字第0001号|41|1985.03"},
		want: []string{"2 birth=1985-03 name=张示例一"}},
	{name: "months of which Excel dropped the zero", ledger: ledgers.Person,
		rows: []string{"姓名|出生年月", "张示例一|1985.1", "李示例二|'1985.10", "王示例三|198503", "张示例四|1985.12", "张示例五|41"},
		want: []string{"2 name=张示例一", "3 birth=1985-10 name=李示例二", "4 birth=1985-03 name=王示例三", "5 birth=1985-12 name=张示例四", "6 name=张示例五"}},
	{name: "percent of both kinds", ledger: ledgers.Task,
		rows: []string{"任务名称|完成比例", "甲事|50", "乙事|0.5", "丙事|%0.5", "丁事|50%", "戊事|1", "己事|%1"},
		want: []string{"2 progress.percent=50 title=甲事", "3 title=乙事", "4 progress.percent=50 title=丙事", "5 progress.percent=50 title=丁事", "6 title=戊事", "7 progress.percent=100 title=己事"}},
	{name: "shares below a percent head", ledger: ledgers.Task,
		rows: []string{"任务名称|完成比例（%）", "甲事|0.5", "乙事|1", "丙事|0.85"},
		want: []string{"2 title=甲事", "3 title=乙事", "4 title=丙事"}},
	{name: "dates in mixed forms", ledger: ledgers.Task,
		rows: []string{"任务名称|完成时限", "甲事|2026.12.5", "乙事|@46361", "丙事|2026年12月底前", "丁事|长期坚持", "戊事|2026-02-30", "己事|12.5", "庚事|2026.1", "辛事|３月１５日", "壬事|已完成"},
		want: []string{"2 due=2026-12-05…2026-12-05 fixed title=甲事", "3 due=2026-12-05…2026-12-05 fixed title=乙事", "4 due=2026-12-31…2026-12-31 fixed title=丙事", "5 due=… longterm title=丁事",
			"6 title=戊事", "7 ?due=2026-12-05…2026-12-05 fixed title=己事", "8 title=庚事", "9 ?due=2027-03-15…2027-03-15 fixed title=辛事", "10 title=壬事"}},
	{name: "damaged ID numbers", ledger: ledgers.Person,
		rows: []string{"姓名|身份证号", "张示例一|" + id1, "李示例二|990101197907301000", "王示例三|9.90101E+17", "张示例四|'9.90101E+17", "张示例五|'990101850315002", "张示例六|'99010119850315002", "张示例七|" + id1 + "/" + id2[1:]},
		want: []string{"2 id_number=990101198503150025 name=张示例一", "3 name=李示例二", "4 name=王示例三", "5 name=张示例四", "6 ?id_number=990101850315002 name=张示例五", "7 name=张示例六", "8 name=张示例七"}},
	{name: "phones two to a cell", ledger: ledgers.Person,
		rows: []string{"姓名|联系电话", "张示例一|13800000001、13800000002", "李示例二|13800000001⏎0851-5550001", "王示例三|1.38E+10", "张示例四|1380000000", "张示例五|13800000001（妻）"},
		want: []string{"2 name=张示例一 phone=13800000001、13800000002", "3 name=李示例二 phone=13800000001、0851-5550001", "4 name=王示例三 phone=13800000000", "5 ?phone=1380000000 name=张示例四", "6 ?phone=13800000001（妻） name=张示例五"}},
	{name: "a form of one record", ledger: ledgers.Team,
		rows:   []string{"驻村干部登记表", "姓名|张示例一|性别|男", "派出单位|甲局|民族|汉族", "联系电话|13800000001|学历|本科", "备注||| "},
		merges: []string{"A1:D1"},
		want:   []string{"2 education=本科 ethnic=汉族 gender=男 home_unit=甲局 name=张示例一 phone=13800000001"}},
	{name: "transposed", ledger: ledgers.Task,
		rows: []string{"任务名称|甲事|乙事|丙事", "责任单位|甲一村|甲二村|甲三村", "完成时限|2026.12.5|2026.12.6|2026.12.7", "备注|无||"}, want: nil},
	{name: "two tables on a sheet", ledger: ledgers.Task,
		rows: []string{"任务名称|责任单位|完成时限", "甲事|甲一村|2026.12.5", "合计||", "", "任务名称|完成时限|责任单位", "乙事|2026.12.6|甲二村"},
		want: []string{"2 due=2026-12-05…2026-12-05 fixed title=甲事 unit=甲一村", "6 due=2026-12-06…2026-12-06 fixed title=乙事 unit=甲二村"}},
	{name: "side by side pages", ledger: ledgers.Person,
		rows: []string{"序号|姓名|联系电话||序号|姓名|联系电话", "1|张示例一|13800000001||3|王示例三|13800000003", "2|李示例二|13800000002||4|张示例四|13800000004"},
		want: []string{"2 name=张示例一 phone=13800000001", "3 name=李示例二 phone=13800000002", "2 name=王示例三 phone=13800000003", "3 name=张示例四 phone=13800000004"}},
	{name: "subtotals", ledger: ledgers.Project,
		rows: []string{"序号|村|项目名称|总投资（万元）", "1|甲一村|通组路|20", "2|甲一村|水渠|10", "|小计||30", "3|甲二村|路灯|5", "|甲二村小计||5", "合计|||35", "总计（含上年）|||70"},
		want: []string{"2 budget=20 title=通组路 village=甲一村", "3 budget=10 title=水渠 village=甲一村", "5 budget=5 title=路灯 village=甲二村"}},
	{name: "totals above", ledger: ledgers.Project,
		rows: []string{"序号|村|项目名称|总投资（万元）", "合计|||30", "1|甲一村|通组路|20", "2|甲一村|水渠|10"},
		want: []string{"3 budget=20 title=通组路 village=甲一村", "4 budget=10 title=水渠 village=甲一村"}},
	{name: "an example row", ledger: ledgers.Person,
		rows: []string{"序号|姓名|性别|联系电话", "例|张三|男|13800000000", "示例：|李四|男|13800000000", "1|张示例一|男|13800000001"},
		want: []string{"4 gender=男 name=张示例一 phone=13800000001"}},
	{name: "notes and sign-off", ledger: ledgers.Person,
		rows: []string{"序号|姓名|性别|联系电话", "1|张示例一|男|13800000001", "注：1.姓名填全称。|||", "2.电话填手机。|||", "填表人：李示例二||审核人：王示例三|", "主要负责人（签字）：|||2026年11月20日"},
		want: []string{"2 gender=男 name=张示例一 phone=13800000001"}},
	{name: "a note without a mark", ledger: ledgers.Person,
		rows: []string{"姓名|性别|联系电话", "张示例一|男|13800000001", "以上人员均已核对无误||", "甲一村村民委员会||", "2026年11月20日||"},
		want: []string{"2 gender=男 name=张示例一 phone=13800000001"}},
	{name: "vertical merges", ledger: ledgers.Project,
		rows:   []string{"村|项目名称|总投资（万元）|施工单位", "甲一村|通组路|30|甲公司", "|水渠||", "甲二村|路灯|5|乙公司"},
		merges: []string{"A2:A3", "C2:C3", "D2:D3"},
		want:   []string{"2 budget=30 builder=甲公司 title=通组路 village=甲一村", "3 builder=甲公司 title=水渠 village=甲一村", "4 budget=5 builder=乙公司 title=路灯 village=甲二村"}},
	{name: "header in the middle of the page", ledger: ledgers.Person,
		rows: []string{"序号|姓名|联系电话", "1|张示例一|13800000001", "序号|姓名|联系电话", "2|李示例二|13800000002"},
		want: []string{"2 name=张示例一 phone=13800000001", "4 name=李示例二 phone=13800000002"}},
	{name: "numbers that begin again", ledger: ledgers.Project,
		rows: []string{"序号|村|项目名称|总投资（万元）", "一、产业类|||", "1|甲一村|通组路|20", "2|甲一村|水渠|10", "二、基础设施类|||", "1|甲二村|路灯|5"},
		want: []string{"3 budget=20 title=通组路 village=甲一村", "4 budget=10 title=水渠 village=甲一村", "6 budget=5 title=路灯 village=甲二村"}},
	{name: "blank rows in the middle", ledger: ledgers.Person,
		rows: []string{"序号|姓名|联系电话", "1|张示例一|13800000001", "", "", "2|李示例二|13800000002"},
		want: []string{"2 name=张示例一 phone=13800000001", "5 name=李示例二 phone=13800000002"}},
	{name: "the village in the title only", ledger: ledgers.Person,
		rows:   []string{"甲一村村组干部名单", "填报单位：甲一村|||填报时间：2026年11月20日", "序号|姓名|性别|联系电话", "1|张示例一|男|13800000001"},
		merges: []string{"A1:D1"}, want: []string{"4 gender=男 name=张示例一 phone=13800000001"}},
	{name: "headers with breaks and blanks", ledger: ledgers.Team,
		rows: []string{"序⏎号|姓　名|性 别|派出⏎单位|联系电话⏎（手机）|选派⏎时间", "1|张示例一|男|甲局|１３８００００ ０００１|2026．3．1"},
		want: []string{"2 from=2026-03-01…2026-03-01 fixed gender=男 home_unit=甲局 name=张示例一 phone=13800000001"}},
	{name: "full-width digits", ledger: ledgers.Household,
		rows: []string{"村|户主姓名|家庭人口|人均纯收入（元）", "甲一村|张示例一|３|１２，３４５．６"},
		want: []string{"2 householder=张示例一 income_pc=12345.6 population=3 village=甲一村"}},
	{name: "formulas and their errors", ledger: ledgers.Project,
		rows: []string{"村|项目名称|总投资（万元）|合同金额（万元）", "甲一村|通组路|=20|#REF!", "甲一村|水渠|#DIV/0!|=9.5", "合计||=20|"},
		want: []string{"2 budget=20 title=通组路 village=甲一村", "3 contract=9.5 title=水渠 village=甲一村"}},
	{name: "income by person and by house", ledger: ledgers.Household,
		rows: []string{"村|户主姓名|家庭总收入（元）|人均纯收入（元）|其他收入", "甲一村|张示例一|50000|12500|300"},
		want: []string{"2 householder=张示例一 income_pc=12500 village=甲一村"}},
	{name: "income in ten thousands", ledger: ledgers.Household,
		rows: []string{"村|户主姓名|人均纯收入（万元）|工资性收入（元）", "甲一村|张示例一|1.25|8000"},
		want: []string{"2 householder=张示例一 income_pc=12500 village=甲一村 wage=8000"}},
	{name: "an area in another measure", ledger: ledgers.Household,
		rows: []string{"村|户主姓名|耕地面积（公顷）|退耕还林面积", "甲一村|张示例一|0.2|1亩", "甲一村|李示例二|0.1|300平方米"},
		want: []string{"2 forest=1 householder=张示例一 land=3 village=甲一村", "3 householder=李示例二 land=1.5 village=甲一村"}},
	{name: "this year and last year", ledger: ledgers.Household,
		rows:   []string{"村|户主姓名|2025年|2026年", "||人均纯收入|人均纯收入", "甲一村|张示例一|9000|12500"},
		merges: []string{"A1:A2", "B1:B2"}, want: []string{"3 householder=张示例一 village=甲一村"}},
	{name: "last year's income by its head", ledger: ledgers.Household,
		rows: []string{"村|户主姓名|上年人均纯收入|人均纯收入（2025年）", "甲一村|张示例一|9000|12500"},
		want: []string{"2 householder=张示例一 income_pc=12500 village=甲一村"}},
	{name: "two years in brackets", ledger: ledgers.Household,
		rows: []string{"村|户主姓名|人均纯收入（2024年）|人均纯收入（2025年）", "甲一村|张示例一|9000|12500"},
		want: []string{"2 householder=张示例一 village=甲一村"}},
	{name: "ticks, crosses and choices", ledger: ledgers.Household,
		rows: []string{"村|户主姓名|是否危房户|风险是否已消除|户类型", "甲一村|张示例一|√|否|脱贫户、低保户", "甲一村|李示例二|无|1|其他户", "甲一村|王示例三|部分|√否|监测户"},
		want: []string{"2 cleared=否 householder=张示例一 kind=脱贫户、低保户 unsafe_house=是 village=甲一村", "3 cleared=是 householder=李示例二 unsafe_house=否 village=甲一村", "4 householder=王示例三 kind=监测户 village=甲一村"}},
	{name: "whose unit and duty", ledger: ledgers.Person,
		rows: []string{"姓名|单位|职务|联系领导|职务|单位", "张示例一|甲局|干事|李示例二|局长|乙局"},
		want: []string{"2 name=张示例一"}},
	{name: "the unit that fills in is no village", ledger: ledgers.Area,
		rows: []string{"村名|户数|人口|其中：脱贫户|人数", "甲一村|300|1200|20|80"},
		want: []string{"2 households=300 name=甲一村 population=1200"}},
	{name: "households and people below groups", ledger: ledgers.Area,
		rows:   []string{"村名|总户数|总人口|监测对象||低保|", "|||户数|人数|户数|人数", "甲一村|300|1200|5|20|8|30"},
		merges: []string{"A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"},
		want:   []string{"3 households=300 name=甲一村 population=1200"}},
	{name: "one group of households only", ledger: ledgers.Area,
		rows:   []string{"村名|监测对象|", "|户数|人数", "甲一村|5|20"},
		merges: []string{"A1:A2", "B1:C1"}, want: []string{"3 name=甲一村"}},
	{name: "the group is in the title", ledger: ledgers.Area,
		rows:   []string{"甲镇监测对象统计表", "村名|户数|人数", "甲一村|5|20"},
		merges: []string{"A1:C1"}, want: []string{"3 name=甲一村"}},
	{name: "a deadline moved", ledger: ledgers.Task,
		rows: []string{"任务名称|完成时限|调整后完成时限|实际完成时间", "甲事|2026.12.5|2027.1.5|2027.1.3"},
		want: []string{"2 closed_on=2027-01-03…2027-01-03 fixed title=甲事"}},
	{name: "planned and real end", ledger: ledgers.Task,
		rows: []string{"任务名称|计划完成时间|完成时间", "甲事|2026.12.5|2027.1.5"},
		want: []string{"2 title=甲事"}},
	{name: "who leads and who does", ledger: ledgers.Task,
		rows: []string{"任务名称|责任领导|责任单位|责任人", "甲事|张示例一|甲一村、甲二村|李示例二、王示例三"},
		want: []string{"2 lead_person=张示例一 person=李示例二、王示例三 title=甲事 unit=甲一村、甲二村"}},
	{name: "progress of last month beside this one's", ledger: ledgers.Task,
		rows: []string{"任务名称|上月进展情况|本月进展情况|完成比例（上月）|完成比例（本月）", "甲事|打桩|封顶|50%|90%"},
		want: []string{"2 title=甲事"}},
	{name: "leave from and to", ledger: ledgers.Leave,
		rows: []string{"姓名|请假事由|请假时间|销假时间|天数", "张示例一|看病|2026.11.2-11.5|2026.11.6|4"},
		want: []string{"2 back_on=2026-11-06…2026-11-06 fixed days=4 member=张示例一 reason=看病 span=2026-11-02…2026-11-05 fixed"}},
	{name: "a helper named before the householder", ledger: ledgers.Household,
		rows: []string{"帮扶人|联系电话|村|户主姓名|电话", "李示例二|13800000002|甲一村|张示例一|13800000001"},
		want: []string{"2 helper=李示例二 householder=张示例一 phone=13800000001 village=甲一村"}},
	{name: "a teacher in a table of members", ledger: ledgers.HouseholdMember,
		rows: []string{"户主姓名|姓名|在校生状况|班主任|联系电话", "张示例一|张示例四|小学|李示例二|13800000002"},
		want: []string{"2 household=张示例一 name=张示例四 student=小学"}},
	{name: "the leader's duty beside the secretary's", ledger: ledgers.Commitment,
		rows: []string{"承诺人|职务|承诺事项|责任人|职务", "张示例一|书记|修路|李示例二|主任"},
		want: []string{"2 maker=张示例一 person=李示例二 title=修路"}},
	{name: "an account of whom", ledger: ledgers.Household,
		rows: []string{"村|户主姓名|监护人|身份证号|银行账号", "甲一村|张示例一|李示例二|" + id1 + "|'6222020000000000008"},
		want: []string{"2 householder=张示例一 village=甲一村"}},
	{name: "phones of an order", ledger: ledgers.Order,
		rows: []string{"督办事项|牵头领导|联系电话|督办联系人|电话号码", "修路|张示例一|13800000001|李示例二|13800000002"},
		want: []string{"2 contact=李示例二 lead_person=张示例一 phone=13800000002 title=修路"}},
	{name: "money paid in a table of amounts", ledger: ledgers.Fund,
		rows:   []string{"衔接资金支付情况表", "项目名称|资金文号|金额（万元）", "通组路|甲财〔2026〕1号|12.5"},
		merges: []string{"A1:C1"}, want: []string{"3 doc_no=甲财〔2026〕1号 project=通组路"}},
	{name: "units in a column of numbers", ledger: ledgers.Project,
		rows: []string{"村|项目名称|总投资（万元）", "甲一村|通组路|20万元", "甲一村|水渠|185000元", "甲一村|路灯|约5", "甲一村|桥|5—8", "甲一村|堤|五万元", "甲一村|塘|1,2345.6"},
		want: []string{"2 budget=20 title=通组路 village=甲一村", "3 ?budget=18.5 title=水渠 village=甲一村", "4 ?budget=5 title=路灯 village=甲一村", "5 title=桥 village=甲一村", "6 budget=5 title=堤 village=甲一村", "7 budget=12345.6 title=塘 village=甲一村"}},
	{name: "households and people in one cell", ledger: ledgers.Area,
		rows: []string{"村名|总户数|总人口", "甲一村|300户1200人|1200", "甲二村|1.2万|５千", "甲三村|三百|1,200人"},
		want: []string{"2 name=甲一村 population=1200", "3 ?population=5000 name=甲二村", "4 households=300 name=甲三村 population=1200"}},
	{name: "a row typed below a wrong head", ledger: ledgers.Team,
		rows: []string{"村|姓名|性别|选派时间|任期届满时间", "甲一村|张示例一|女性|2026年3月|2028年2月", "甲一村|李示例二|13800000001|2026.13.1|两年", "甲一村|王示例三|男|2026.3-2028.3|长期"},
		want: []string{"2 from=2026-03-01…2026-03-31 fixed gender=女 name=张示例一 to=2028-02-01…2028-02-29 fixed village=甲一村", "3 name=李示例二 village=甲一村", "4 from=2026-03-01…2028-03-31 fixed gender=男 name=王示例三 to=… longterm village=甲一村"}},
	{name: "serials without a format", ledger: ledgers.Task,
		rows: []string{"任务名称|完成时限", "甲事|46361", "乙事|20261205", "丙事|202612", "丁事|2026", "戊事|1205"},
		want: []string{"2 ?due=2026-12-05…2026-12-05 fixed title=甲事", "3 due=2026-12-05…2026-12-05 fixed title=乙事", "4 due=2026-12-01…2026-12-31 fixed title=丙事", "5 due=2026-01-01…2026-12-31 fixed title=丁事", "6 title=戊事"}},
	{name: "names of groups in a row of their own", ledger: ledgers.Person,
		rows: []string{"序号|姓名|职务|联系电话", "甲局|||", "1|张示例一|局长|13800000001", "乙局|||", "2|李示例二|局长|13800000002"}, merges: []string{"A2:D2", "A4:D4"},
		want: []string{"3 duty=局长 name=张示例一 phone=13800000001", "5 duty=局长 name=李示例二 phone=13800000002"}},
	{name: "what a spreadsheet made of numbers", ledger: ledgers.HouseholdMember,
		rows: []string{"户主姓名|姓名|残疾证号|务工地点", "张示例一|张示例四|99010119850315000000|@46057", "张示例一|张示例五|'99010119850315002542|1"},
		want: []string{"2 ?job=2026年2月4日 household=张示例一 name=张示例四", "3 disability_card=99010119850315002542 household=张示例一 job=1 name=张示例五"}},
	{name: "the householder's number merged over all", ledger: ledgers.HouseholdMember,
		rows:   []string{"户主姓名|身份证号|姓名|与户主关系", "张示例一|" + id1 + "|张示例一|户主", "||张示例四|配偶"},
		merges: []string{"A2:A3", "B2:B3"},
		want:   []string{"2 household=张示例一 name=张示例一 relation=户主", "3 household=张示例一 name=张示例四 relation=配偶"}},
	{name: "one number for two", ledger: ledgers.Person,
		rows: []string{"姓名|身份证号|联系电话", "张示例一|" + id1 + "|13800000001", "李示例二||"}, merges: []string{"B2:B3", "C2:C3"},
		want: []string{"2 id_number=990101198503150025 name=张示例一 phone=13800000001", "3 name=李示例二 phone=13800000001"}},
	{name: "counts in brackets", ledger: ledgers.Area,
		rows: []string{"村名|总户数|总人口", "甲一村|（300）|-5", "甲二村|300(常住280)|１２００人左右"},
		want: []string{"2 ?households=-300 ?population=-5 name=甲一村", "3 ?population=1200 name=甲二村"}},
	{name: "a half-filled form below its example", ledger: ledgers.Visit,
		rows: []string{"序号|走访日期|走访人|户主姓名|家庭人口", "示例|2026.11.2|张三|李四|3", "1|2026.11.3|张示例一|李示例二|3", "2||||", "3||||"},
		want: []string{"3 household=李示例二 population=3 visited_on=2026-11-03…2026-11-03 fixed visitor=张示例一"}},
	{name: "the unit of the table under a column of heads", ledger: ledgers.Project,
		rows: []string{"单位：万元、户、人", "村|项目名称|总投资|受益户数", "甲一村|通组路|20|12"},
		want: []string{"3 budget=20 households=12 title=通组路 village=甲一村"}},
	{name: "yuan said in the title", ledger: ledgers.Project,
		rows: []string{"甲镇项目台账（单位：元）", "村|项目名称|总投资", "甲一村|通组路|200000"}, merges: []string{"A1:C1"},
		want: []string{"3 budget=20 title=通组路 village=甲一村"}},
	{name: "yuan among other units", ledger: ledgers.Project,
		rows: []string{"填报时间：2026年11月20日　　单位：元、户、人||", "村|项目名称|总投资|受益户数", "甲一村|通组路|200000|12"},
		want: []string{"3 budget=20 households=12 title=通组路 village=甲一村"}},
	{name: "yuan said in a note", ledger: ledgers.Project,
		rows: []string{"村|项目名称|总投资", "甲一村|通组路|200000", "注：1.项目名称写全称；2.金额单位为元。||"},
		want: []string{"2 budget=20 title=通组路 village=甲一村"}},
	{name: "thousands of yuan", ledger: ledgers.Project,
		rows: []string{"村|项目名称|总投资（千元）|合同金额（亿元）", "甲一村|通组路|200|0.002"},
		want: []string{"2 budget=20 contract=20 title=通组路 village=甲一村"}},
	{name: "a unit that no amount has", ledger: ledgers.Project,
		rows: []string{"村|项目名称|总投资（公里）|合同金额（美元）", "甲一村|通组路|200|5"},
		want: []string{"2 title=通组路 village=甲一村"}},
	{name: "share of a whole in a column of amounts", ledger: ledgers.Project,
		rows: []string{"村|项目名称|总投资（万元）|已支付（%）", "甲一村|通组路|200|50"},
		want: []string{"2 budget=200 title=通组路 village=甲一村"}},
	{name: "state in its own words", ledger: ledgers.Task,
		rows: []string{"任务名称|是否完成|完成比例（%）", "甲事|是|1", "乙事|否|1", "丙事|基本完成|80", "丁事|√|100"},
		want: []string{"2 state=已办结 title=甲事", "3 progress.percent=1 state=办理中 title=乙事", "4 progress.percent=80 title=丙事", "5 progress.percent=100 state=已办结 title=丁事"}},
	{name: "a ditto", ledger: ledgers.Project,
		rows: []string{"村|项目名称|施工单位|合同金额（万元）", "甲一村|通组路|甲公司|20", "〃|水渠|同上|\"", "甲二村|路灯|〃|5"},
		want: []string{"2 builder=甲公司 contract=20 title=通组路 village=甲一村", "3 title=水渠", "4 contract=5 title=路灯 village=甲二村"}},
	{name: "last year's table below this year's", ledger: ledgers.Person,
		rows: []string{"2026年干部名单", "姓名|性别|联系电话", "张示例一|男|13800000001", "", "2025年干部名单", "姓名|性别|联系电话", "李示例二|女|13800000002"}, merges: []string{"A1:C1", "A5:C5"},
		want: []string{"3 gender=男 name=张示例一 phone=13800000001", "7 gender=女 name=李示例二 phone=13800000002"}},
	{name: "two lists beside each other", ledger: ledgers.Person,
		rows: []string{"姓名|联系电话||任务名称|完成时限", "张示例一|13800000001||甲事|2026.12.5", "李示例二|13800000002||乙事|2026.12.6"},
		want: []string{"2 name=张示例一 phone=13800000001", "3 name=李示例二 phone=13800000002"}},
	{name: "visits of a day merged", ledger: ledgers.Visit,
		rows:   []string{"走访日期|走访人|户主姓名|联系电话|家庭人口", "2026.11.2|张示例一|李示例二|13800000002|3", "||王示例三|13800000003|4"},
		merges: []string{"A2:A3", "B2:B3", "E2:E3"},
		want:   []string{"2 household=李示例二 population=3 visited_on=2026-11-02…2026-11-02 fixed visitor=张示例一", "3 household=王示例三 visited_on=2026-11-02…2026-11-02 fixed visitor=张示例一"}},
}
