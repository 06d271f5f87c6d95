package plan

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/exchange"
)

// sheetView shows a plan of three rows: one added with a doubt, one the same, one
// changed with a value held back.
func sheetView(t *testing.T) (*View, *exchange.Plan) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	catalog := model.NewCatalog(&model.Ledger{Key: "task", Label: "任务", Title: "title", Fields: []model.Field{
		{Key: "title", Label: "任务名称", Kind: model.KindText}, {Key: "unit", Label: "责任单位", Kind: model.KindText}}})
	field := func(key, cell string, o exchange.Outcome, ours, theirs string) exchange.FieldPlan {
		f := exchange.FieldPlan{Field: key, Cell: cell, Outcome: o, Theirs: model.Text(theirs)}
		if v := model.Text(ours); v.Set {
			f.Before = &v
		}
		return f
	}
	row := func(n int, kind exchange.RowKind, name string, fields ...exchange.FieldPlan) exchange.PlanRow {
		return exchange.PlanRow{Row: n, Kind: kind, Name: name, Records: []exchange.RecordPlan{{Ledger: "task", ID: name, Fields: fields}}}
	}
	p := &exchange.Plan{Ledger: "task", Rows: []exchange.PlanRow{
		row(5, exchange.RowAdd, "修渠", field("title", "B5", exchange.Take, "", "修渠"), field("unit", "C5", exchange.Take, "", "青山村")),
		row(6, exchange.RowSame, "清河", field("title", "B6", exchange.Keep, "清河", "清河")),
		row(7, exchange.RowProblem, "种树", field("title", "B7", exchange.Take, "植树", "种树"), field("unit", "C7", exchange.Held, "", "？")),
	}, Problems: []model.Problem{{Level: model.Doubt, Cell: "C5", Message: "没有登记"},
		{Level: model.Fault, Cell: "C7", Message: "写得不对", Fixes: []model.Fix{{Kind: "as", Label: "按青山村算", Words: "青山村"}}}}}
	v := NewSheet(&page.Desk{}, func() *model.Catalog { return catalog })
	return v, p
}

func TestSheet_SaysWhereTheCursorIs(t *testing.T) {
	v, p := sheetView(t)
	var at string
	v.OnCell = func(row int, cell string) { at = fmt.Sprint(row, cell) }
	v.Show([]*exchange.Plan{p}, &Decisions{})
	for _, c := range []struct {
		row  int
		cell string
		want string
	}{{5, "C5", "5C5"}, {5, "B5", "5B5"}, {7, "C7", "7C7"}, {6, "", "6"}} {
		if !v.Seek(c.row, c.cell) || len(at) == 0 {
			t.Fatalf("row %d is not found", c.row)
		}
		if c.cell != "" && at != fmt.Sprint(c.row, c.cell) {
			t.Errorf("at %q, want %d %s", at, c.row, c.cell)
		}
	}
	if v.chip != chipAll {
		t.Error("a row that the chip leaves out is to be found among all")
	}
	if v.Seek(99, "") {
		t.Error("found a row that is not there")
	}
}

func TestSheet_FillsTheCellsOfTheFile(t *testing.T) {
	v, p := sheetView(t)
	v.Show([]*exchange.Plan{p}, &Decisions{})
	for cell, want := range map[string]grid.Fill{"B5": grid.FillAdded, "C5": grid.FillChanged, "B6": grid.FillNone, "B7": grid.FillChanged, "C7": grid.FillConflict, "Z9": grid.FillNone} {
		if got := v.Fill(rowOf(cell), cell); got != want {
			t.Errorf("%s is filled %v, want %v", cell, got, want)
		}
	}
}

func TestSheet_HasNoColumnOfSenders(t *testing.T) {
	v, p := sheetView(t)
	v.Show([]*exchange.Plan{p}, &Decisions{})
	v.Choose(chipAll)
	if heads := v.source.Columns(); heads[0].Key != "#row" || heads[2].Key != "#name" || len(heads) != 4 {
		t.Errorf("%+v", heads)
	}
	if c := v.source.Cell(0, 0); c.Text != "5" {
		t.Errorf("row %+v", c)
	}
	if c := v.source.Cell(2, 2); c.Text != "种树" {
		t.Errorf("name %+v", c)
	}
}

func TestSheet_ChipsOfThePage(t *testing.T) {
	v, p := sheetView(t)
	var chosen string
	v.More = func() []kit.Chip { return []kit.Chip{{Key: "#columns", Label: "列对应关系"}} }
	v.OnChip = func(key string) { chosen = key }
	v.Show([]*exchange.Plan{p}, &Decisions{})
	v.Choose("#columns")
	if chosen != "#columns" || v.Chips.Selected() != "#columns" {
		t.Errorf("chose %q, shown %q", chosen, v.Chips.Selected())
	}
}

func TestSheet_OffersFixes(t *testing.T) {
	v, p := sheetView(t)
	v.Show([]*exchange.Plan{p}, &Decisions{})
	if v.fixes(p.Problems[1]) != nil {
		t.Error("a fix is offered where nobody takes it")
	}
	var taken model.Fix
	v.OnFix = func(_ model.Problem, f model.Fix) { taken = f }
	if v.fixes(p.Problems[0]) != nil {
		t.Error("a fix of nothing")
	}
	test.Tap(v.fixes(p.Problems[1]).(*fyne.Container).Objects[0].(*kit.Button))
	if taken.Words != "青山村" {
		t.Errorf("took %+v", taken)
	}
}
