package grid

import "testing"

func TestTable(t *testing.T) {
	tab := Table{Cols: []Column{Plain("事项", 0), Plain("时限", 120)}, Rows: [][]Cell{Words("清淤", "11月底前"), {{Text: "修渠", Hint: "全名"}, {}}}}
	var s Source = tab
	if s.Len() != 2 || len(s.Columns()) != 2 {
		t.Fatalf("%d rows, %d columns", s.Len(), len(s.Columns()))
	}
	if c := s.Cell(0, 1); c.Text != "11月底前" || c.Hint != c.Text {
		t.Errorf("words that are cut are not told: %+v", c)
	}
	if c := s.Cell(1, 0); c.Hint != "全名" {
		t.Errorf("a hint of its own is lost: %+v", c)
	}
	if !tab.Cols[0].Grow || tab.Cols[1].Grow || tab.Cols[1].Width != 120 {
		t.Errorf("%+v", tab.Cols)
	}
}
