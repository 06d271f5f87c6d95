package sheet

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"
)

// wideTemplate is a styled template of 23 columns with room for three rows, and the
// 5,000 rows that go into it.
func wideTemplate(tb testing.TB) (string, SheetFill) {
	tb.Helper()
	const columns, rows = 23, 5000
	box := Style{Border: true, Wrap: true}
	s := OutSheet{Name: "附件1"}
	s.AddLine("统计表", TitleStyle, TitleHeight, 1, columns)
	for i := range 5 {
		row := OutRow{Height: 30}
		for c := range columns {
			words := ""
			if i == 0 {
				words = fmt.Sprintf("列%d", c+1)
			} else if i == 4 && c == 0 {
				words = "合计"
			}
			row.Cells = append(row.Cells, TextCell(words, box))
		}
		s.Rows = append(s.Rows, row)
	}
	path := filepath.Join(tb.TempDir(), "空 表.xlsx")
	if err := Write(path, &Out{Sheets: []OutSheet{s}}); err != nil {
		tb.Fatal(err)
	}
	f := SheetFill{Sheet: "附件1", Grow: Growth{After: 4, Count: rows - 3, Sample: 4}}
	for i := range rows {
		for c := range columns {
			p := Put{Row: 3 + i, Col: c + 1, Kind: Text, Text: "修建蓄水池一座并配套管网"}
			if c%3 == 0 {
				p.Kind, p.Text = Number, fmt.Sprint(i*c)
			}
			f.Puts = append(f.Puts, p)
		}
	}
	return path, f
}

// BenchmarkFill fills 23 columns by 5,000 rows; no more than 3 s are wanted.
func BenchmarkFill(b *testing.B) {
	path, f := wideTemplate(b)
	for b.Loop() {
		tpl, err := OpenTemplate(path)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := tpl.Fill(filepath.Join(b.TempDir(), "x.xlsx"), []SheetFill{f}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestOpenTemplate_Fast: finding where the cells are takes little beside reading them.
func TestOpenTemplate_Fast(t *testing.T) {
	path, f := wideTemplate(t)
	tpl, err := OpenTemplate(path)
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "x.xlsx")
	if _, err := tpl.Fill(to, []SheetFill{f}); err != nil {
		t.Fatal(err)
	}
	begin := time.Now()
	mustOpen(t, to)
	read := time.Since(begin)
	begin = time.Now()
	if tpl, err = OpenTemplate(to); err != nil {
		t.Fatal(err)
	}
	if !tpl.Look("附件1", 2500, 3).Bordered || tpl.LastRow("附件1") != 5003 {
		t.Error("the skeleton is wrong")
	}
	t.Logf("read %v, template %v", read, time.Since(begin))
}
