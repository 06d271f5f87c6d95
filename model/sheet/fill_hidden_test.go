package sheet

import (
	"path/filepath"
	"testing"

	"xiangzhen/model"
)

// TestFillHiding: the hidden sheet is read again, all other sheets are as Fill leaves
// them, and a file that has one already is refused.
func TestFillHiding(t *testing.T) {
	from := countyFile(t, nil)
	tpl, err := OpenTemplate(from)
	if err != nil {
		t.Fatal(err)
	}
	fills := []SheetFill{{Sheet: "表 一", Puts: putRows(2)}}
	plain, _ := mustFill(t, from, fills...)
	to := filepath.Join(t.TempDir(), "甲一村 表.xlsx")
	page := HiddenPage{Name: "_xz", Rows: [][]string{{`{"a":"<&>"}`}, {"#sum", "1"}}}
	if err := tpl.FillHiding(to, fills, page); err != nil {
		t.Fatal(err)
	}
	s := mustOpen(t, to).Sheet("_xz")
	if s == nil || s.Visibility != VeryHidden || s.Cell(1, 1).Text != `{"a":"<&>"}` || s.Cell(2, 2).Text != "1" {
		t.Fatalf("%+v", s)
	}
	was, is := partsOf(t, plain), partsOf(t, to)
	for part, content := range was {
		if is[part] != content && part != "xl/workbook.xml" && part != "[Content_Types].xml" && part != "xl/_rels/workbook.xml.rels" {
			t.Errorf("%s has changed", part)
		}
	}
	opensInOffice(t, to)
	again, err := OpenTemplate(to)
	if err != nil {
		t.Fatal(err)
	}
	if err := again.FillHiding(filepath.Join(t.TempDir(), "x.xlsx"), nil, page); model.CodeOf(err) != model.CodeRefused {
		t.Errorf("twice: %v", err)
	}
}
