package exchange

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"xiangzhen/model"
	"xiangzhen/model/sheet"
)

// rawWords writes raw rows as "row: path=words", merged cells with a star.
func rawWords(rows []RawRow) []string {
	var out []string
	for _, r := range rows {
		var cells []string
		for _, c := range r.Cells {
			star := ""
			if c.Merged {
				star = "*"
			}
			cells = append(cells, string(c.Path)+"="+c.Cell.Text+star)
		}
		slices.Sort(cells)
		mark := ""
		if r.Example {
			mark = " example"
		}
		if r.Section {
			mark += " section"
		}
		if r.ID != "" {
			mark += " id " + r.ID
		}
		out = append(out, fmt.Sprintf("%d: %s%s", r.Row, strings.Join(cells, " "), mark))
	}
	return out
}

func TestReadRows(t *testing.T) {
	town, village, qty := Match{Col: 2, Path: "town", How: HowExact}, Match{Col: 3, Path: "village", How: HowExact}, Match{Col: 4, Path: "qty", How: HowExact}
	cases := []struct {
		name   string
		rows   []string
		merges []string
		want   []string
	}{
		{"merged cells fill down, totals stay out",
			[]string{"序号|乡镇|村|户数", "1|甲镇|甲一村|1", "2||甲二村|2", "|小计||3", "3||甲三村|4", "合计|||7"},
			[]string{"B2:B3"},
			[]string{"2: qty=1 town=甲镇 village=甲一村", "3: qty=2 town=甲镇* village=甲二村", "5: qty=4 village=甲三村"}},
		{"what a merged block hides is not seen",
			[]string{"序号|乡镇|村|户数", "1|甲镇|甲一村|1", "2|乙镇|甲二村|2", "3|丙乡|丙一村|3"},
			[]string{"B2:B3"},
			[]string{"2: qty=1 town=甲镇 village=甲一村", "3: qty=2 town=甲镇* village=甲二村", "4: qty=3 town=丙乡 village=丙一村"}},
		{"merged sideways fills only its own column",
			[]string{"序号|乡镇|村|户数", "1|甲镇机关||1", "2|甲镇|甲一村|2"},
			[]string{"B2:C2"},
			[]string{"2: qty=1 town=甲镇机关", "3: qty=2 town=甲镇 village=甲一村"}},
		{"examples and sections are marked",
			[]string{"序号|乡镇|村|户数", "例|甲镇|甲一村|1", "一、东片|||", "1|甲镇|甲一村|1", "|例：甲镇||2"},
			nil,
			[]string{"2: qty=1 town=甲镇 village=甲一村 example", "3:  section", "4: qty=1 town=甲镇 village=甲一村", "5: qty=2 town=例：甲镇 example"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := sheetFrom(c.rows, c.merges...)
			tables := findIn(s)
			if len(tables) != 1 {
				t.Fatalf("%d tables", len(tables))
			}
			got := rawWords(ReadRows(&s, &tables[0], []Match{{Col: 1, Path: PathSeq}, town, village, qty}, 0))
			if !slices.Equal(got, c.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

// TestReadRowsByID: with a column of ids a row counts by its id, whatever its
// words look like, and a row without one as in any table.
func TestReadRowsByID(t *testing.T) {
	s := sheetFrom([]string{"|序号|任务名称|进展情况", "a|1|修路|已开工", "b|2|合计|照常", "|3|修塘|新增", "c||", "|合计||", "填表人："})
	s.HiddenCols = []sheet.Range{{C1: 1, C2: 1}}
	tables := findIn(s)
	if len(tables) != 1 {
		t.Fatalf("%d tables", len(tables))
	}
	matches := []Match{{Col: 3, Path: "title", How: HowExact}, {Col: 4, Path: "progress.text", How: HowExact}}
	rows := ReadRows(&s, &tables[0], matches, 1)
	want := []string{"2: progress.text=已开工 title=修路 id a", "3: progress.text=照常 title=合计 id b", "4: progress.text=新增 title=修塘", "5:  id c"}
	if got := rawWords(rows); !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	if addr := rows[0].Cells.At("progress.text").Addr; addr != "D2" {
		t.Errorf("address %s", addr)
	}
}

func TestRowsStop(t *testing.T) {
	s := sheetFrom([]string{"序号|任务|完成时限", "1|修路|", "2|修桥|"})
	tables := findIn(s)
	for r := range tables[0].Rows(&s) {
		if r.Row != 2 || len(r.Cells) != 2 {
			t.Errorf("row %+v", r)
		}
		break
	}
}

func TestParseCell(t *testing.T) {
	number := func(n float64, words string) sheet.Cell { return sheet.Cell{Kind: sheet.Number, Num: n, Text: words} }
	words := func(s string) sheet.Cell { return sheet.Cell{Kind: sheet.Text, Text: s} }
	money := &model.Field{Key: "money", Label: "总投资", Kind: model.KindDecimal, Scale: 4, Unit: "万元"}
	name := &model.Field{Key: "name", Label: "任务名称", Kind: model.KindText}
	id := &model.Field{Key: "id_number", Label: "身份证号", Kind: model.KindIDNumber, Sensitive: true}
	homes := &model.Field{Key: "homes", Label: "户数", Kind: model.KindInteger, Unit: "户"}
	due := &model.Field{Key: "due", Label: "完成时限", Kind: model.KindDate}
	cases := []struct {
		name  string
		f     *model.Field
		c     RawCell
		want  model.Value
		rules string // of the problems
		level model.Severity
	}{
		{"blank", name, RawCell{Cell: words("　")}, model.Value{}, "", ""},
		{"text", name, RawCell{Cell: words(" 修路 ")}, model.Text("修路"), "", ""},
		{"merged text", name, RawCell{Cell: words("修路"), Merged: true}, model.Text("修路"), "", ""},
		{"merged quantity counts once", homes, RawCell{Cell: number(3, "3"), Merged: true}, model.Value{}, ruleMergedCell, model.Doubt},
		{"error of a formula", money, RawCell{Cell: sheet.Cell{Kind: sheet.ErrorValue, Text: "#REF!"}}, model.Value{}, ruleErrorCell, model.Fault},
		{"own unit", money, RawCell{Cell: number(17177.1233, "17177.1233"), Unit: "万元"}, model.Int(171771233), "", ""},
		{"column in 元", money, RawCell{Cell: number(171771233, "171771233"), Unit: "元"}, model.Int(171771233), "", ""},
		{"column in 元, too fine", money, RawCell{Cell: number(0.5, "0.5"), Unit: "元"}, model.Value{}, ruleUnitConvert, model.Fault},
		{"table in 万元, field in 户", homes, RawCell{Cell: number(3, "3"), Unit: "万元"}, model.Int(3), "", ""},
		{"date", due, RawCell{Cell: words("2026-6-30")}, model.Date(model.DateWords{Text: "2026-6-30", Start: "2026-06-30", End: "2026-06-30", Kind: model.DateFixed}), "", ""},
	}
	ctx := ParseContext{File: "甲一村.xlsx", Sheet: "表", Ref: "2026-11-22"}
	l := &model.Ledger{Key: "project"}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.c.Addr = "C5"
			v, problems := ParseCell(Target{Path: Path(c.f.Key), Ledger: l, Field: c.f}, c.c, ctx)
			if v != c.want {
				t.Errorf("value %+v, want %+v", v, c.want)
			}
			var rules []string
			for _, p := range problems {
				rules = append(rules, p.Rule)
				if p.File != ctx.File || p.Sheet != ctx.Sheet || p.Cell != "C5" || p.Field != c.f.Key || p.Ledger != "project" ||
					p.Message == "" || p.Suggestion == "" || p.Level != c.level {
					t.Errorf("problem %+v", p)
				}
			}
			if got := strings.Join(rules, " "); got != c.rules {
				t.Errorf("problems %q, want %q", got, c.rules)
			}
		})
	}
	v, problems := ParseCell(Target{Ledger: l, Field: id}, RawCell{Cell: number(990101198503150080, "990101198503150080")}, ctx)
	if !v.IsEmpty() || len(problems) != 1 || problems[0].Level != model.Fault {
		t.Errorf("an ID number kept as a number is damaged: %+v %+v", v, problems)
	}
	if v, problems := ParseCell(Target{Path: PathSeq, Ledger: l}, RawCell{Cell: words("1")}, ctx); !v.IsEmpty() || problems != nil {
		t.Errorf("a target without a field has no value: %+v %+v", v, problems)
	}
}

// TestRowsProperty: filling down gives each row of a merged block its first
// cell's words, and no other row.
func TestRowsProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := []string{"序号|乡镇|村|户数"}
		var merges, want []string
		for row := 2; row < 2+rapid.IntRange(1, 30).Draw(t, "rows"); {
			n := rapid.IntRange(1, 5).Draw(t, "merged rows")
			if n > 1 {
				merges = append(merges, fmt.Sprintf("B%d:B%d", row, row+n-1))
			}
			town := fmt.Sprintf("示例%d镇", row)
			for i := range n {
				words := ""
				if i == 0 || rapid.Bool().Draw(t, "left over") && n > 1 {
					words = fmt.Sprintf("示例%d镇", row+i)
				}
				rows = append(rows, fmt.Sprintf("%d|%s|第%d村|%d", row-1, words, row, row))
				want = append(want, town)
				row++
			}
		}
		s := sheetFrom(rows, merges...)
		tables := findIn(s)
		if len(tables) != 1 || tables[0].DataLast != len(rows) {
			t.Fatalf("got %+v", tables)
		}
		for i, r := range ReadRows(&s, &tables[0], []Match{{Col: 2, Path: "town"}}, 0) {
			if got := r.Cells.At("town").Cell.Text; got != want[i] || r.Row != i+2 {
				t.Fatalf("row %d: %q, want %q", r.Row, got, want[i])
			}
		}
	})
}

func TestIsID(t *testing.T) {
	saysSo(t, "isID", isID, []string{"0193a5c2-7f1e-7c3a-9d2b-111111111111", "a"}, []string{"", "填表人：", "注:1", "a b", "１２"})
}
