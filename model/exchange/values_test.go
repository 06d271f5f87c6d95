package exchange

import (
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
	"xiangzhen/model/text"
)

// The fields by which the list of DOMAIN §4.7 is tried: it says what an importer
// meets in the cells of returned tables.
var (
	fieldDate  = &model.Field{Key: "date", Label: "完成时限", Kind: model.KindDate}
	fieldMonth = &model.Field{Key: "month", Label: "出生年月", Kind: model.KindMonth}
	fieldCount = &model.Field{Key: "count", Label: "户数", Kind: model.KindInteger, Unit: "户"}
	fieldMoney = &model.Field{Key: "money", Label: "资金", Kind: model.KindDecimal, Scale: 4, Unit: "万元"}
	fieldPart  = &model.Field{Key: "part", Label: "完成比例", Kind: model.KindPercent, Scale: 2, Unit: "%"}
	fieldID    = &model.Field{Key: "id", Label: "证件号码", Kind: model.KindIDNumber, Sensitive: true}
	fieldPhone = &model.Field{Key: "phone", Label: "联系电话", Kind: model.KindPhone}
	fieldText  = &model.Field{Key: "text", Label: "措施", Kind: model.KindText}
	fieldYes   = &model.Field{Key: "yes", Label: "是否办结", Kind: model.KindBool}
)

// words, digits and dated make cells.
func wordCell(s string) sheet.Cell { return sheet.Cell{Kind: sheet.Text, Text: s} }
func digitCell(s string, n float64) sheet.Cell {
	return sheet.Cell{Kind: sheet.Number, Text: s, Num: n}
}
func datedCell(s string, n float64) sheet.Cell {
	return sheet.Cell{Kind: sheet.Number, Text: s, Num: n, Format: "yyyy/m/d", Date: true}
}

// messy is a cell of the list and what it is taken for: the value as it shows, and
// the worst level said of it ("" = nothing).
type messy struct {
	f     *model.Field
	cell  sheet.Cell
	shown string // of a date, start…end and kind
	level model.Severity
}

func day(s string) string { return s + "…" + s + " " + string(model.DateFixed) }

// shownValue writes a value as the test list does.
func shownValue(f *model.Field, v model.Value) string {
	if f.Kind == model.KindDate && v.Set {
		return strings.TrimSuffix(string(v.Start)+"…"+string(v.End)+" "+string(v.When), "… ")
	}
	return f.Show(v)
}

// TestDomain47 goes through the test list line by line. A cell that can be read
// in two ways has no value and is asked about.
func TestDomain47(t *testing.T) {
	const span, fault, doubt = " " + string(model.DateFixed), model.Fault, model.Doubt
	lines := []struct {
		line  string
		cells []messy
	}{
		{"1 one day in every layout", []messy{
			{fieldDate, wordCell("2022年3月15日"), day("2022-03-15"), ""}, {fieldDate, wordCell("2022-3-15"), day("2022-03-15"), ""},
			{fieldDate, wordCell("2022/3/15"), day("2022-03-15"), ""}, {fieldDate, wordCell("2022.3.15"), day("2022-03-15"), ""},
			{fieldDate, wordCell("2022、3、15"), day("2022-03-15"), ""}, {fieldDate, wordCell("22.3.15"), day("2022-03-15"), ""},
			{fieldDate, wordCell("二〇二二年三月十五日"), day("2022-03-15"), ""}, {fieldDate, wordCell("2022年03月15日 "), day("2022-03-15"), ""}}},
		{"2 digits and serials", []messy{
			{fieldDate, digitCell("20220315", 20220315), day("2022-03-15"), ""}, {fieldDate, wordCell("20220315"), day("2022-03-15"), ""},
			{fieldDate, datedCell("44635", 44635), day("2022-03-15"), ""}, {fieldDate, digitCell("44635", 44635), day("2022-03-15"), doubt},
			{fieldDate, wordCell("44635"), day("2022-03-15"), doubt}}},
		{"3 a month keeps its precision", []messy{
			{fieldDate, wordCell("2022.03"), "2022-03-01…2022-03-31" + span, ""}, {fieldDate, wordCell("2022-3"), "2022-03-01…2022-03-31" + span, ""},
			{fieldDate, wordCell("202203"), "2022-03-01…2022-03-31" + span, ""}, {fieldDate, digitCell("202203", 202203), "2022-03-01…2022-03-31" + span, ""},
			{fieldDate, wordCell("2022年3月"), "2022-03-01…2022-03-31" + span, ""}, {fieldMonth, wordCell("1985.03"), "1985-03", ""}}},
		{"4 the zero that Excel drops", []messy{
			{fieldDate, digitCell("2022.1", 2022.1), "", fault}, {fieldMonth, digitCell("1985.1", 1985.1), "", fault},
			{fieldDate, wordCell("2022.10"), "2022-10-01…2022-10-31" + span, ""}, {fieldDate, digitCell("2022.11", 2022.11), "2022-11-01…2022-11-30" + span, ""}}},
		{"5 the year is missing", []messy{
			{fieldDate, wordCell("3.15"), day("2022-03-15"), doubt}, {fieldDate, wordCell("3月15日"), day("2022-03-15"), doubt},
			{fieldDate, wordCell("15日"), day("2022-04-15"), doubt}}},
		{"6 spans in words", []messy{
			{fieldDate, wordCell("6月底前"), day("2022-06-30"), doubt}, {fieldDate, wordCell("年底前"), day("2022-12-31"), ""},
			{fieldDate, wordCell("上半年"), "2022-01-01…2022-06-30" + span, doubt}, {fieldDate, wordCell("一季度"), "2022-01-01…2022-03-31" + span, doubt},
			{fieldDate, wordCell("2022年底"), day("2022-12-31"), ""}, {fieldDate, wordCell("12月中旬"), "2022-12-11…2022-12-20" + span, doubt}}},
		{"7 kinds of deadline", []messy{
			{fieldDate, wordCell("长期坚持"), "… " + string(model.DateLongTerm), ""}, {fieldDate, wordCell("持续推进"), "… " + string(model.DateLongTerm), ""},
			{fieldDate, wordCell("立行立改"), "2022-04-28…2022-04-28 " + string(model.DateAtOnce), ""}, {fieldDate, wordCell("全年"), "… " + string(model.DateLongTerm), ""},
			{fieldDate, wordCell("每月25日前"), "2022-05-25…2022-05-25 " + string(model.DatePeriodic), ""}}},
		{"8 ranges", []messy{
			{fieldDate, wordCell("2022.3-2023.3"), "2022-03-01…2023-03-31" + span, ""}, {fieldDate, wordCell("2022年3月至今"), "2022-03-01… " + string(model.DateLongTerm), ""}}},
		{"9 no day at all", []messy{
			{fieldDate, wordCell("1900-01-00"), "", ""}, {fieldDate, wordCell("2022-02-30"), "", fault}, {fieldDate, wordCell("/"), "", ""},
			{fieldDate, datedCell("0", 0), "", ""}, {fieldDate, digitCell("0", 0), "", ""}}},
		{"10 full width and what cannot be seen", []messy{
			{fieldCount, wordCell("１２３"), "123", ""}, {fieldCount, wordCell("　12 "), "12", ""}, {fieldCount, wordCell("\u00a012\u200b"), "12", ""},
			{fieldPhone, wordCell("１3８0000０001"), "13800000001", ""}, {fieldID, wordCell("990101\t19850315\n0025"), "990101198503150025", ""},
			{fieldText, wordCell("修渠，（一期）；"), "修渠，（一期）；", ""}}},
		{"12 numbers and units", []messy{
			{fieldMoney, wordCell("12万元"), "12", ""}, {fieldMoney, wordCell("1,234.5"), "1234.5", ""}, {fieldCount, wordCell("约30户"), "30", doubt},
			{fieldCount, wordCell("3户9人"), "", fault}, {fieldPart, wordCell("85%"), "85", ""}, {fieldPart, wordCell("0.85"), "", fault},
			{fieldPart, wordCell("100％"), "100", ""}, {fieldPart, sheet.Cell{Kind: sheet.Number, Text: "0.85", Num: 0.85, Format: "0%"}, "85", ""}}},
		{"13 an ID number kept as a number is damaged", []messy{
			{fieldID, digitCell("990101198001010000", 990101198001010000), "", fault}, {fieldID, digitCell("990101198001010048", 990101198001010048), "", fault},
			{fieldID, digitCell("9.9010119800101E+17", 9.9010119800101e17), "", fault}, {fieldID, wordCell("9.90101E+17"), "", fault}}},
		{"14 ID numbers as people write them", []messy{
			{fieldID, wordCell("'990101198503150025"), "990101198503150025", ""}, {fieldID, wordCell("99010119880808003x"), "99010119880808003X", ""},
			{fieldID, wordCell("990101850315002"), "990101850315002", doubt}, {fieldID, wordCell("990101198503150025、990101197907301235"), "", fault}}},
		{"16 formulas", []messy{
			{fieldCount, sheet.Cell{Kind: sheet.Number, Text: "12", Num: 12, Formula: true}, "12", ""},
			{fieldCount, sheet.Cell{Kind: sheet.ErrorValue, Text: "#REF!", Formula: true}, "", fault}, {fieldText, sheet.Cell{Kind: sheet.ErrorValue, Text: "#N/A"}, "", fault}}},
		{"two phones in a cell", []messy{
			{fieldPhone, wordCell("13800000001/0851-5550001"), "13800000001、0851-5550001", ""}, {fieldPhone, wordCell("138 0000 0001\n13800000002"), "13800000001、13800000002", ""}}},
		{"19 yes and no", []messy{
			{fieldYes, wordCell("是"), "是", ""}, {fieldYes, wordCell("√"), "是", ""}, {fieldYes, digitCell("1", 1), "是", ""}, {fieldYes, wordCell("Y"), "是", ""},
			{fieldYes, wordCell("否"), "否", ""}, {fieldYes, wordCell("×"), "否", ""}, {fieldYes, wordCell("也许"), "", fault}}},
	}
	for _, l := range lines {
		for _, c := range l.cells {
			checkMessy(t, l.line, c)
		}
	}
}

func checkMessy(t *testing.T, line string, c messy) {
	t.Helper()
	tg := Target{Path: Path(c.f.Key), Ledger: &model.Ledger{Key: "l"}, Field: c.f}
	v, problems := ParseCell(tg, RawCell{Cell: c.cell, Addr: "B2"}, ParseContext{File: "表.xlsx", Sheet: "表", Ref: "2022-04-28"})
	var worst model.Severity
	for _, p := range problems {
		if p.Cell != "B2" || p.Message == "" {
			t.Errorf("%s: %q: half a problem %+v", line, c.cell.Text, p)
		}
		if worst != model.Fault {
			worst = p.Level
		}
	}
	if got := shownValue(c.f, v); got != c.shown || worst != c.level {
		t.Errorf("%s: %s %q is %q %s, want %q %s", line, c.f.Kind, c.cell.Text, got, worst, c.shown, c.level)
	}
}

// TestDomain47_1904 : the same day in a workbook that counts from 1904.
func TestDomain47_1904(t *testing.T) {
	tg := Target{Path: "date", Ledger: &model.Ledger{Key: "l"}, Field: fieldDate}
	v, problems := ParseCell(tg, RawCell{Cell: datedCell("43173", 43173), Addr: "B2"}, ParseContext{Date1904: true, Ref: "2022-04-28"})
	if v.End != "2022-03-15" || len(problems) > 0 {
		t.Errorf("%+v %+v", v, problems)
	}
}

// TestDomain47_Headers is line 11: headers match whatever blanks, breaks and
// brackets stand in them.
func TestDomain47_Headers(t *testing.T) {
	tables := findIn(sheetFrom([]string{"序⏎号|姓　名|性 别|联系电话(手机)|证件号码", "1|张示例一|男|13800000001|"}))
	c := builtin()
	got := map[string]string{}
	for _, m := range Sure(MapColumns(&tables[0], Targets(c, c.Ledger(ledgers.Person)))) {
		got[sheet.ColName(m.Col)] = string(m.Path)
	}
	for col, path := range map[string]string{"A": "#seq", "B": "name", "C": "gender", "D": "phone", "E": "id_number"} {
		if got[col] != path {
			t.Errorf("%s is %q, want %q", col, got[col], path)
		}
	}
}

// TestDomain47_Rows is line 15: what is filled down, what is skipped, what is
// warned of.
func TestDomain47_Rows(t *testing.T) {
	s := sheetFrom([]string{
		"序号|乡镇|村|户主|户数", "1|甲镇|甲一村|张示例一|1", "2||||2", "|小计|||3", "序号|乡镇|村|户主|户数", "", "3|乙镇|乙一村|李示例二|4", "合计||||7", "填表人：王示例三||||",
	}, "B2:B3", "C2:C3", "D2:D3")
	s.Rows[5].Hidden, s.Filtered = true, true // the row of 3
	tables := findIn(s)
	if len(tables) != 1 {
		t.Fatalf("%d tables", len(tables))
	}
	got := rawWords(ReadRows(&s, &tables[0], []Match{{Col: 2, Path: "town"}, {Col: 3, Path: "village"}, {Col: 4, Path: "head"}, {Col: 5, Path: "count"}}, 0))
	want := []string{"2: count=1 head=张示例一 town=甲镇 village=甲一村", "3: count=2 head=张示例一* town=甲镇* village=甲一村*", "7: count=4 head=李示例二 town=乙镇 village=乙一村"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if w := strings.Join(tables[0].Warnings, ""); !strings.Contains(w, "第 7 行被隐藏") || !strings.Contains(w, "筛选") || tables[0].Frame.Filler.Text != "王示例三" {
		t.Errorf("warnings %q, %+v", w, tables[0].Frame)
	}
}

// TestDomain47_Villages is line 18: one village under its many names. Which of two
// villages of one name is meant is asked (app).
func TestDomain47_Villages(t *testing.T) {
	for _, name := range []string{"东坪村委会", "东坪行政村", "东坪村民委员会", "东坪 村", "东坪"} {
		if text.Place(name) != text.Place("东坪村") {
			t.Errorf("%s is not 东坪村", name)
		}
	}
	keys := text.PlaceKeys("甲镇东坪村")
	if keys[len(keys)-1] != text.Place("东坪村") || keys[0] == text.Place("东坪村") {
		t.Errorf("keys %q", keys)
	}
}

// TestDomain47_Options is line 19 with the choices of the built-in ledgers.
func TestDomain47_Options(t *testing.T) {
	person := builtin().Ledger(ledgers.Person)
	for field, words := range map[string]map[string]string{
		"gender":   {"男": "男", "女": "女", "1": "男", "2": "女", "男性": "男"},
		"politics": {"群众": "群众", "党员": "中共党员", "中共党员": "中共党员", "中共预备党员": "中共预备党员", "预备党员": "中共预备党员"},
	} {
		f := person.Field(field)
		for in, want := range words {
			v, problems := ParseCell(Target{Path: Path(field), Ledger: person, Field: f}, RawCell{Cell: wordCell(in), Addr: "B2"}, ParseContext{})
			if f.Show(v) != want || len(problems) > 0 {
				t.Errorf("%s %s is %q, want %q; %+v", field, in, f.Show(v), want, problems)
			}
		}
	}
}
