package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"xiangzhen/model/sheet"
)

// blank is a form in other places than ours: what counts is what its words say.
var blank = [][]string{
	{"", "青山村任务进展月报"},
	{"", "填报单位：青山村　　填报人：　　　　联系电话：　　　　　　填报时间：　　　年　　月　　日"},
	{"#id", "#seq", "title", "percent", "p.percent", "p.text", "p.problem", "p.next"},
	{"", "序号", "事项", "上期完成比例（%）", "完成比例（%）", "进展情况", "存在问题", "下步打算"},
	{"id1", "1", "己事项", "40", "", "", "", ""},
	{"id2", "2", "甲事项", "", "", "", "", ""},
	{"id3", "3", "丙事项", "90", "95", "", "", ""},
	{"id4", "", "", "", "", "", "", ""},
	{"", "填表说明：1. 灰底各列由镇里填写。"},
}

func mustPaper(t *testing.T, rows [][]string) *paper {
	t.Helper()
	p, err := openPaper(mustSheet(t, "月报", rows))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// column reads the data rows under a title.
func (p *paper) column(t *testing.T, title string) string {
	t.Helper()
	var all []string
	for row := p.first; row <= p.last; row++ {
		s, err := p.at(row, title)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return strings.Join(all, "|")
}

func TestOpenPaper_FindsByWords(t *testing.T) {
	p := mustPaper(t, blank)
	if p.header != 4 || p.first != 5 || p.last != 7 {
		t.Errorf("header %d, rows %d–%d, want 4, 5–7", p.header, p.first, p.last)
	}
	if p.cols[colPercent] != 5 || p.cols[colBefore] != 4 {
		t.Errorf("columns %v: 上期完成比例 and 完成比例 are taken for one another", p.cols)
	}
	before := []int{}
	for row := p.first; row <= p.last; row++ {
		n, err := p.percentBefore(row)
		if err != nil {
			t.Fatal(err)
		}
		before = append(before, n)
	}
	if !slices.Equal(before, []int{40, 0, 95}) {
		t.Errorf("before %v, want 40, 0, 95", before)
	}
}

func TestOpenPaper_NoHeader(t *testing.T) {
	if _, err := openPaper(mustSheet(t, "月报", blank[:3])); err == nil {
		t.Error("found a header where there is none")
	}
	if _, err := openPaper(filepath.Join(t.TempDir(), "没 有.xlsx")); err == nil {
		t.Error("opened a file that is not there")
	}
}

func TestEnter_LeavesOtherCells(t *testing.T) {
	p := mustPaper(t, blank)
	if err := p.enter(5, entry{typed: "６５％", text: "进展"}); err != nil {
		t.Fatal(err)
	}
	for title, want := range map[string]string{colPercent: "６５％||95", colText: "进展||", colProblem: "||", colItem: "己事项|甲事项|丙事项"} {
		if got := p.column(t, title); got != want {
			t.Errorf("%s: %q, want %q", title, got, want)
		}
	}
}

func TestHabits(t *testing.T) {
	d := testDemo()
	t.Run("rename and move", func(t *testing.T) {
		p := mustPaper(t, blank)
		if err := renameAndMove(d, p); err != nil {
			t.Fatal(err)
		}
		wantRow(t, p, 4, "|序号|事项|上期完成比例（%）|进展情况|进度|存在问题|下步打算")
		wantRow(t, p, 3, "#id|#seq|title|percent|p.text|p.percent|p.problem|p.next")
		wantRow(t, p, 7, "id3|3|丙事项|90||95||")
	})
	t.Run("insert", func(t *testing.T) {
		p := mustPaper(t, blank)
		if err := insertColumn(d, p); err != nil {
			t.Fatal(err)
		}
		wantRow(t, p, 4, "|序号|事项|上期完成比例（%）|完成进度|进展情况|包片村干部|存在问题")
		wantRow(t, p, 3, "#id|#seq|title|percent|p.percent|p.text||p.problem")
	})
	t.Run("sort", func(t *testing.T) {
		p := mustPaper(t, blank)
		if err := sortByItem(d, p); err != nil {
			t.Fatal(err)
		}
		if got := p.column(t, colItem); got == "己事项|甲事项|丙事项" {
			t.Errorf("still %s", got)
		}
		if err := sortByItem(d, p); err == nil {
			t.Error("sorted rows pass for a show of sorting")
		}
	})
	t.Run("add", func(t *testing.T) {
		p := mustPaper(t, blank)
		if err := addItem(d, p); err != nil {
			t.Fatal(err)
		}
		wantRow(t, p, 8, "id4||"+addedTitle+"||50|村里自筹，已装好3盏。||"+plans[0])
		if _, ok := d.typedBy(villageAdds, addedTitle); !ok {
			t.Error("not noted")
		}
	})
}

func wantRow(t *testing.T, p *paper, row int, want string) {
	t.Helper()
	var cells []string
	for col := range strings.Count(want, "|") + 1 {
		s, err := p.Cell(p.page, row, col+1)
		if err != nil {
			t.Fatal(err)
		}
		cells = append(cells, s)
	}
	if got := strings.Join(cells, "|"); got != want {
		t.Errorf("row %d: %q, want %q", row, got, want)
	}
}

func TestSign_FillsTheBlanks(t *testing.T) {
	d, p := testDemo(), mustPaper(t, blank)
	sign := func(line string) (string, error) { return d.filled(line, "张示例一") }
	if err := p.sign(sign); err != nil {
		t.Fatal(err)
	}
	line, err := p.Cell(p.page, 2, 2)
	if err != nil {
		t.Fatal(err)
	}
	if want := "填报单位：青山村　　填报人：张示例一　联系电话：　　　　　　填报时间：2026年11月23日"; line != want {
		t.Errorf("%q, want %q", line, want)
	}
	if err := p.sign(sign); err == nil {
		t.Error("signed twice")
	}
}

func TestSaveAs_KeepsTheTimeOfSaving(t *testing.T) {
	p, err := openPaper(mustSheet(t, "月报", blank))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	path := filepath.Join(t.TempDir(), "青山村(1)(最终).xlsx")
	if err := p.saveAs(path, at); err != nil {
		t.Fatal(err)
	}
	book, err := sheet.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if !book.Modified.Equal(at) {
		t.Errorf("modified %v, want %v", book.Modified, at)
	}
}

func TestAnswer_GoesOnFromBeforeAndDiffers(t *testing.T) {
	texts := map[string]bool{}
	for nth := range 16 {
		for row := range 9 {
			e := answer("村", nth, row, "事项", 60)
			if e.percent <= 60 || e.percent > 100 || e.text == "" || e.next == "" {
				t.Errorf("%d/%d: %+v", nth, row, e)
			}
			if s := e.second(); s.percent <= e.percent && e.percent < 100 || s.text == e.text {
				t.Errorf("version 2 of %d/%d says the same: %+v", nth, row, s)
			}
			texts[e.text] = true
		}
	}
	if len(texts) < 20 {
		t.Errorf("only %d different texts", len(texts))
	}
}

func TestTypedPercent(t *testing.T) {
	for nth, want := range []any{65, "65%", "６５％"} {
		if got := typedPercent(65, nth); got != want {
			t.Errorf("%d: %v, want %v", nth, got, want)
		}
	}
}
