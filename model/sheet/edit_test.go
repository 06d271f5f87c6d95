package sheet

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"xiangzhen/model"
)

// editTable writes a small table, lets change loose on it and reads it back.
func editTable(t *testing.T, change func(*Editor) error) (*Book, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "台 账", "表.xlsx")
	bordered := Style{Border: true, Format: "0.00"}
	err := Write(path, &Out{Sheets: []OutSheet{{Name: "表", Cols: []OutCol{{Hidden: true}}, Rows: []OutRow{
		{Cells: []OutCell{TextCell("#id", Style{}), TextCell("事项", Style{}), TextCell("资金", Style{})}},
		{Cells: []OutCell{TextCell("a", Style{}), TextCell("甲", Style{}), NumberCell("12.5", bordered)}},
		{Cells: []OutCell{TextCell("b", Style{}), TextCell("乙", Style{}), {Style: bordered}}},
		{Cells: []OutCell{TextCell("c", Style{}), TextCell("007", Style{}), NumberCell("30", bordered)}},
	}}, {Name: "第二"}}})
	if err != nil {
		t.Fatal(err)
	}
	e, err := Edit(path)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if err := change(e); err != nil {
		t.Fatal(err)
	}
	if err := e.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	b, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return b, path
}

func TestEditor_RowsAndColumns(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Editor) error
		want   string
	}{
		{"set", func(e *Editor) error { return e.Set("表", 3, 3, 8) }, "#id 事项 资金/a 甲 12.5/b 乙 8/c 007 30"},
		{"set text", func(e *Editor) error { return e.Set("表", 3, 3, "=1") }, "#id 事项 资金/a 甲 12.5/b 乙 =1/c 007 30"},
		{"clear", func(e *Editor) error { return e.Set("表", 2, 3, nil) }, "#id 事项 资金/a 甲/b 乙/c 007 30"},
		{"move right", func(e *Editor) error { return e.MoveCol("表", 2, 3, 1) }, "#id 资金 事项/a 12.5 甲/b 乙/c 30 007"},
		{"move left below the header", func(e *Editor) error { return e.MoveCol("表", 3, 2, 2) }, "#id 事项 资金/a 12.5 甲/b 乙/c 30 007"},
		{"sort", func(e *Editor) error { return e.SortRows("表", 2, 4, 2) }, "#id 事项 资金/a 甲 12.5/b 乙/c 007 30"},
		{"sort by a number", func(e *Editor) error { return e.SortRows("表", 2, 4, 3) }, "#id 事项 资金/c 007 30/a 甲 12.5/b 乙"},
		{"sort without the hidden column", func(e *Editor) error { return e.SortRowsWithoutHidden("表", 2, 4, 3, 2) }, "#id 事项 资金/a 007 30/b 甲 12.5/c 乙"},
		{"insert a column", func(e *Editor) error { return e.InsertCol("表", 3) }, "#id 事项 资金/a 甲 12.5/b 乙/c 007 30"},
		{"remove a column", func(e *Editor) error { return e.RemoveCol("表", 2) }, "#id 资金/a 12.5/b/c 30"},
		{"remove a row", func(e *Editor) error { return e.RemoveRow("表", 3) }, "#id 事项 资金/a 甲 12.5/c 007 30"},
		{"copy a row", func(e *Editor) error { return e.DuplicateRow("表", 2) }, "#id 事项 资金/a 甲 12.5/a 甲 12.5/b 乙/c 007 30"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, _ := editTable(t, tt.change)
			var rows []string
			for _, r := range b.Sheets[0].Rows {
				var cells []string
				for _, c := range r.Cells {
					cells = append(cells, c.Text)
				}
				rows = append(rows, strings.Join(cells, " "))
			}
			if got := strings.Join(rows, "/"); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if !b.Sheets[0].HiddenCol(1) {
				t.Error("the hidden column is shown")
			}
		})
	}
}

// TestEditor_KindsMoveAlong holds that a number stays a number and text that
// looks like one stays text.
func TestEditor_KindsMoveAlong(t *testing.T) {
	b, _ := editTable(t, func(e *Editor) error { return e.MoveCol("表", 3, 2, 1) })
	s := &b.Sheets[0]
	if c := s.Cell(2, 2); c.Kind != Number || c.Format != "0.00" {
		t.Errorf("the number became %+v", c)
	}
	if c := s.Cell(4, 3); c.Kind != Text || c.Text != "007" {
		t.Errorf("the text became %+v", c)
	}
}

func TestEditor_Sheets(t *testing.T) {
	b, path := editTable(t, func(e *Editor) error {
		if got := fmt.Sprint(e.Sheets()); got != "[表 第二]" {
			t.Errorf("sheets %s", got)
		}
		if got, err := e.Cell("表", 4, 2); err != nil || got != "007" {
			t.Errorf("cell %q (%v)", got, err)
		}
		return e.RemoveSheet("第二")
	})
	if len(b.Sheets) != 1 {
		t.Errorf("%d sheets", len(b.Sheets))
	}
	e, err := Edit(path)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if err := e.MoveCol("没有", 1, 2, 1); err == nil {
		t.Error("a sheet that is not there was changed")
	}
	if _, err := Edit(path + "x"); model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("err = %v", err)
	}
}
