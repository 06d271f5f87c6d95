package sheetview_test

import (
	"context"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/look"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/gui/page/sheetview"
	"xiangzhen/model/app"
)

// drawn is a view of a small table in a file.
func drawn(t *testing.T) (*sheetview.View, *sheetview.Shown) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	a, err := app.CreateDemo(context.Background(), app.Options{Path: filepath.Join(t.TempDir(), "甲镇.xzdb"), Today: "2026-11-22"}, "甲镇", 1)
	pagetest.Must(t, err)
	t.Cleanup(func() { pagetest.Must(t, a.Close()) })
	path := pagetest.Workbook(t, "表.xlsx", [][2]string{{"A1", "C1"}}, []string{"任务清单"}, []string{"序号", "任务名称", "责任单位"}, []string{"1", "修渠", "青山村"}, []string{"2", "植树", "白石村"})
	d, err := a.OpenTemplate(context.Background(), path)
	pagetest.Must(t, err)
	sight, err := a.SeeFill(context.Background(), app.FillRequest{Draft: d})
	pagetest.Must(t, err)
	return sheetview.New("空"), &sheetview.Shown{Sheet: sight.Blank[0].Sheet, Table: sight.Blank[0].Table}
}

func TestView_ShowsTheSheet(t *testing.T) {
	v, s := drawn(t)
	s.Head = func(col int) (string, string) { return s.Sheet.Letter(col) + "!", "" }
	s.Paint = func(row, col int, r sheetview.Row, c *grid.Cell) {
		if row == 3 && col == 2 {
			c.Fill = grid.FillAdded
		}
	}
	v.Show(s, false)
	if v.Len() != 4 || len(v.Columns()) != 2+3 || v.Columns()[3].Title != "B!" {
		t.Fatalf("%d rows, %+v", v.Len(), v.Columns())
	}
	if c := v.Cell(2, 3); c.Text != "修渠" || c.Fill != grid.FillAdded {
		t.Errorf("B3 is %+v", c)
	}
	if c := v.Cell(1, 1); c.Text != "表头" {
		t.Errorf("row 2 is %+v", c)
	}
	if c := v.Cell(0, 2); c.Span != 3 || !c.Bold {
		t.Errorf("the title is %+v", c)
	}
	v.Show(nil, false)
	if _, _, ok := v.Current(); ok || v.Len() != 0 {
		t.Error("a place of no sheet")
	}
}

func TestView_GoesToPlaces(t *testing.T) {
	v, s := drawn(t)
	var at [2]int
	v.OnCell = func(row, col int) { at = [2]int{row, col} }
	v.Show(s, false)
	v.Seek(0, "C4")
	if row, col, ok := v.Current(); !ok || row != 4 || col != 3 || at != [2]int{4, 3} {
		t.Errorf("at %d, %d; told %v", row, col, at)
	}
	v.Seek(3, "")
	if row, col, _ := v.Current(); row != 3 || col != 1 {
		t.Errorf("row 3 is at %d, %d", row, col)
	}
	v.Show(s, true)
	if row, _, _ := v.Current(); row != 3 {
		t.Errorf("looked at anew the cursor is in row %d", row)
	}
	if first, last, ok := v.Rows(); !ok || first != 3 || last != 3 {
		t.Errorf("rows %d to %d", first, last)
	}
	v.Seek(0, "Z99")
	if row, _, _ := v.Current(); row != 3 {
		t.Error("goes to what is not there")
	}
}
