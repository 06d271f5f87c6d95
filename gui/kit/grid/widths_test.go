package grid

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/look"
)

// twoColumns is a source of two columns and no rows.
type twoColumns struct{}

func (twoColumns) Len() int { return 0 }
func (twoColumns) Columns() []Column {
	return []Column{{Key: "a", Title: "甲", Width: 100}, {Key: "b", Title: "乙", Width: 100}}
}
func (twoColumns) Cell(int, int) Cell { return Cell{} }

func TestGrid_SetWidths(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	g := New(Config{Source: twoColumns{}})
	g.Resize(fyne.NewSize(600, 200))
	given := map[string]float32{"a": 150}
	g.SetWidths(given)
	given["b"] = 10 // the grid keeps its own
	g.Reload()
	if a, b := g.view.cell(0, 0).W, g.view.cell(0, 1).W; a != 150 || b != 100 {
		t.Errorf("widths %v and %v", a, b)
	}
	g.SetWidths(nil)
	if a := g.view.cell(0, 0).W; a != 100 {
		t.Errorf("back to %v", a)
	}
}
