package exchange

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

func TestAsOf(t *testing.T) {
	for _, tt := range []struct {
		head []string
		file string
		want model.Day
	}{
		{[]string{"2026年11月监测对象信息表", "导出时间：2026年11月20日 09:30"}, "a.xlsx", "2026-11-20"},
		{[]string{"监测对象信息表", "填表日期 2026.11.1　数据截至 2026-10-31"}, "a.xlsx", "2026-10-31"},
		{[]string{"监测对象信息表（2026/11/5）"}, "监测户20261120.xlsx", "2026-11-05"},
		{[]string{"监测对象信息表"}, "监测户20261120.xlsx", "2026-11-20"},
		{[]string{"监测对象信息表"}, "export_20261120143000(1).xls", "2026-11-20"},
		{[]string{"监测对象信息表"}, "2026-1-5 花名册.xlsx", "2026-01-05"},
		{[]string{"监测对象信息表"}, "花名册2026年11月.xlsx", ""},
		{[]string{"监测对象信息表"}, "监测户20261231.xlsx", ""}, // not come yet
		{[]string{"监测对象信息表"}, "监测户20260230.xlsx", ""},
		{[]string{"监测对象信息表"}, "990101202611200015.xlsx", ""}, // a number, no day
	} {
		b := &sheet.Book{Sheets: []sheet.Sheet{{}}}
		for i, words := range append(tt.head, "户主姓名") {
			b.Sheets[0].Rows = append(b.Sheets[0].Rows, sheet.Row{Index: i + 1, Cells: []sheet.Cell{{Row: i + 1, Col: 1, Kind: sheet.Text, Text: words}}})
		}
		if got := AsOf(b, &Table{HeaderFirst: len(tt.head) + 1}, tt.file, "2026-11-22"); got != tt.want {
			t.Errorf("%q %s: %q, want %q", tt.head, tt.file, got, tt.want)
		}
	}
}

func TestHoldAgainst(t *testing.T) {
	l := model.NewCatalog(ledgers.All()...).Ledger(ledgers.Household)
	house := func(id, area, name string, population int64) *model.Record {
		r := model.NewRecord(l.Key, id)
		r.Area = area
		r.Put("householder", model.Text(name))
		r.Put("population", model.Int(population))
		r.Put("group", model.Text("一组"))
		return r
	}
	name := func(s string) FieldPlan {
		return FieldPlan{Field: "householder", Before: before(model.Text(s)), Theirs: model.Text(s), Outcome: Keep}
	}
	people := func(o Outcome, n int64) FieldPlan {
		return FieldPlan{Field: "population", Theirs: model.Int(n), Outcome: o, Cell: "C3"}
	}
	row := func(at int, id string, fresh bool, fields ...FieldPlan) PlanRow {
		return PlanRow{Row: at, Name: fields[0].Theirs.Text, Records: []RecordPlan{{Ledger: l.Key, ID: id, New: fresh, Area: "v1", Fields: fields}}}
	}
	month := func(words string) model.Value {
		return model.Value{Text: words, Start: "2022-01-01", End: "2022-01-31", Set: true}
	}
	same := FieldPlan{Field: "identified_on", Before: before(month("2022.1")), Theirs: month("202201"), Outcome: Take}
	group := FieldPlan{Field: "group", Theirs: model.Text("一组"), Outcome: Keep}
	plan := &Plan{Rows: []PlanRow{
		row(1, "a", false, name("张示例一"), people(Keep, 3), group, same),
		row(2, "b", false, name("张示例二"), people(Take, 5), group),
		row(3, "c", false, name("张示例三"), people(Held, 0)),
		{Row: 4, Name: "张示例四", Kind: RowProblem},
		row(5, "x", true, FieldPlan{Field: "householder", Theirs: model.Text("张示例五"), Outcome: Take}),
	}, Problems: []model.Problem{{Cell: "B4", Level: model.Doubt, Message: "可疑"}, {Cell: "C3", Field: "population", Level: model.Doubt, Message: "约数。"}, {Cell: "B4", Level: model.Fault, Message: "与台账里 2 条记录相符，没有猜测。"}}}
	records := []*model.Record{house("a", "v1", "张示例一", 3), house("b", "v1", "张示例二", 3), house("c", "v1", "张示例三", 3), house("d", "v1", "张示例四", 3),
		house("e", "v1", "张示例六", 3), house("f", "v2", "张示例七", 3), house("g", "v1", "张示例八", 3)}
	records[0].Put("identified_on", month("2022.1"))
	got := HoldAgainst(l, []Export{{Plan: plan, Expected: func(r *model.Record) bool { return r.ID != "g" }, Blank: func(row int, field string) bool { return field == "group" }}}, records)
	want := map[DifferenceKind]string{OtherValue: "张示例二", Unreadable: "张示例三", BlankThere: "张示例三", Unclear: "张示例四", OnlySystem: "张示例五", OnlyLedger: "张示例六"}
	if len(got.Differences) != len(want) {
		t.Errorf("%d differences: %+v", len(got.Differences), got.Differences)
	}
	for _, d := range got.Differences {
		if want[d.Kind] != d.Name {
			t.Errorf("%s: %s, want %s", d.Kind, d.Name, want[d.Kind])
		}
		if (d.Kind == OtherValue) != (d.Doubt == "约数。") {
			t.Errorf("%s doubts %q", d.Kind, d.Doubt)
		}
		if d.Kind == Unclear && d.Written != "与台账里 2 条记录相符，没有猜测。" {
			t.Errorf("said %q", d.Written)
		}
	}
	if got.Same != 1 || got.Outside["v2"] != 1 || len(got.Outside) != 1 {
		t.Errorf("%d alike, outside %v", got.Same, got.Outside)
	}
}

// TestHoldAgainst_EachVillageByItsNewestExport: the township's export of before, and one
// of a single village since.
func TestHoldAgainst_EachVillageByItsNewestExport(t *testing.T) {
	l := model.NewCatalog(ledgers.All()...).Ledger(ledgers.Household)
	record := func(id, area string) *model.Record {
		r := model.NewRecord(l.Key, id)
		r.Area = area
		r.Put("householder", model.Text("张示例"+id))
		return r
	}
	export := func(rows ...PlanRow) Export {
		return Export{Plan: &Plan{Rows: rows}, Expected: func(*model.Record) bool { return true }, Blank: func(int, string) bool { return false }}
	}
	row := func(at int, area, id string, fresh bool) PlanRow {
		name := FieldPlan{Field: "householder", Theirs: model.Text("张示例" + id), Outcome: Keep}
		return PlanRow{Row: at, Name: "张示例" + id, Records: []RecordPlan{{Ledger: l.Key, ID: id, New: fresh, Area: area, Fields: []FieldPlan{name}}}}
	}
	newest := export(row(5, "v1", "a", false), row(6, "v1", "moved", false))
	before := export(row(5, "v1", "a", false), row(6, "v1", "gone", true), row(7, "v2", "b", false), row(8, "v2", "fresh", true), row(9, "v2", "moved", false))
	records := []*model.Record{record("a", "v1"), record("c", "v1"), record("b", "v2"), record("d", "v2"), record("moved", "v2"), record("e", "v3")}
	got := HoldAgainst(l, []Export{newest, before}, records)
	var have []string
	for _, d := range got.Differences {
		have = append(have, fmt.Sprintf("%d %s %s", d.Export, d.Kind, d.Name))
	}
	want := []string{"0 台账有、系统无 张示例c", "1 系统有、台账无 张示例fresh", "1 台账有、系统无 张示例d"}
	if !slices.Equal(have, want) {
		t.Errorf("%q, want %q", have, want)
	}
	if got.Same != 3 || !maps.Equal(got.Outside, map[string]int{"v3": 1}) {
		t.Errorf("%d alike, outside %v", got.Same, got.Outside)
	}
	if areas := before.Plan.Areas(); !slices.Equal(areas, []string{"v1", "v2"}) {
		t.Errorf("areas %q", areas)
	}
}
