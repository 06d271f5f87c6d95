package fill

import (
	"path/filepath"
	"strings"
	"testing"

	"xiangzhen/model/sheet"
)

// copyOf writes a filled copy: numbers where the words are one.
func copyOf(t *testing.T, from string, rows ...[]string) Copy {
	t.Helper()
	s := sheet.OutSheet{Name: "表 1"}
	for _, words := range rows {
		row := sheet.OutRow{}
		for _, w := range words {
			c := sheet.TextCell(w, sheet.Style{Border: true})
			if strings.Trim(w, "0123456789.") == "" && w != "" {
				c = sheet.NumberCell(w, sheet.Style{Border: true})
			}
			row.Cells = append(row.Cells, c)
		}
		s.Rows = append(s.Rows, row)
	}
	path := filepath.Join(t.TempDir(), from+".xlsx")
	if err := sheet.Write(path, &sheet.Out{Sheets: []sheet.OutSheet{s}}); err != nil {
		t.Fatal(err)
	}
	b, err := sheet.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return Copy{File: from + ".xlsx", From: from, Book: b}
}

// TestMerge_Rows: rows of a list below one another, whatever the order of columns;
// words among numbers and columns of their own are told, nothing becomes 0.
func TestMerge_Rows(t *testing.T) {
	f := Recognise(template(t, nil, title, header, empty, empty, total))[0]
	m := Merge(&f, []Copy{
		copyOf(t, "甲一村", []string{"清单"}, header, []string{"1", "修路", "甲一村", "2026-11-30", "50", ""}, []string{"2", "治水", "甲一村", "2026-12-31", "60", ""}),
		copyOf(t, "甲二村", []string{"清单"}, []string{"序号", "责任单位", "任务名称", "完成时限", "完成比例（%）", "备注", "联系人"}, []string{"1", "甲二村", "植树", "2026-10-31", "约一半", "", "张示例一"}),
		copyOf(t, "甲三村", []string{"别的"}, []string{"姓名", "性别", "年龄"}, []string{"张示例一", "男", "40"}),
	})
	if m.Rows != 3 {
		t.Errorf("%d rows", m.Rows)
	}
	at := map[[2]int]MergedCell{}
	for _, c := range m.Cells {
		at[[2]int{c.Row, c.Col}] = c
	}
	if c := at[[2]int{5, 2}]; c.Text != "植树" || c.Origins[0] != (Origin{"甲二村.xlsx", "甲二村", "表 1", "C3"}) {
		t.Errorf("%+v", c)
	}
	if c := at[[2]int{4, 5}]; c.Kind != sheet.Number || c.Text != "60" {
		t.Errorf("%+v", c)
	}
	var words []string
	for _, p := range m.Problems {
		words = append(words, p.Message)
	}
	all := strings.Join(words, "\n")
	for _, want := range []string{"多出一列“联系人”", "约一半", "甲三村.xlsx”里没有找到同样的表"} {
		if !strings.Contains(all, want) {
			t.Errorf("not told: %s in\n%s", want, all)
		}
	}
	if len(m.Problems) != 3 {
		t.Errorf("%d problems:\n%s", len(m.Problems), all)
	}
}

// TestMerge_Sums: numbers of named rows are added up exactly, cell by cell.
func TestMerge_Sums(t *testing.T) {
	head := []string{"指标", "计量单位", "本月数", "累计"}
	f := Recognise(template(t, nil, []string{"~", "统计表"}, head, []string{"面积", "亩", "", ""}, []string{"户数", "户", "", ""}))[0]
	if f.Mode != Match {
		t.Fatalf("%s %d–%d", f.Mode, f.First, f.Last)
	}
	m := Merge(&f, []Copy{
		copyOf(t, "甲一村", []string{"统计表"}, head, []string{"面积", "亩", "0.1", "10"}, []string{"户数", "户", "无", "3"}),
		copyOf(t, "甲二村", []string{"统计表"}, head, []string{"户数", "户", "2", "4"}, []string{"面积", "亩", "0.2", "20.5"}, []string{"人数", "人", "1", "1"}),
	})
	got := map[string]string{}
	for _, c := range m.Cells {
		got[sheet.CellName(c.Row, c.Col)] = c.Text
		if c.Text == "0.3" && len(c.Origins) != 2 {
			t.Errorf("origins %v", c.Origins)
		}
	}
	for cell, want := range map[string]string{"C3": "0.3", "D3": "30.5", "C4": "2", "D4": "7"} {
		if got[cell] != want {
			t.Errorf("%s = %q, want %q", cell, got[cell], want)
		}
	}
	if len(m.Problems) != 2 {
		t.Errorf("problems %+v", m.Problems)
	}
}
