package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"xiangzhen/model"
)

// TestRoundTrip_AnyBook holds that what is written is what is read: values with
// their kinds, merges, what is hidden, names, time.
func TestRoundTrip_AnyBook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		out := drawOut(t)
		b := reread(t, out)
		if len(b.Sheets) != len(out.Sheets) || !b.Modified.Equal(out.Modified) || len(b.Warnings) > 0 {
			t.Fatalf("%d sheets of %d, modified %v of %v, warnings %v", len(b.Sheets), len(out.Sheets), b.Modified, out.Modified, b.Warnings)
		}
		for i := range out.Sheets {
			compareSheet(t, &out.Sheets[i], &b.Sheets[i])
		}
	})
}

func drawOut(t *rapid.T) *Out {
	cell := rapid.Custom(func(t *rapid.T) OutCell {
		style := rapid.SampledFrom([]Style{{}, {Border: true}, {Role: Header, Fill: "F4F5F7"}, {Format: "0.00"}, {Format: "@"}}).Draw(t, "style")
		switch rapid.IntRange(0, 2).Draw(t, "kind") {
		case 0:
			return OutCell{Style: style}
		case 1:
			return NumberCell(fmt.Sprintf("%d.%04d", rapid.IntRange(-99999, 99999).Draw(t, "n"), rapid.IntRange(0, 9999).Draw(t, "part")), style)
		}
		return TextCell(rapid.StringMatching(`[甲乙=+\-@0-9<&"' ]{1,12}`).Draw(t, "text"), style)
	})
	row := rapid.Custom(func(t *rapid.T) OutRow {
		return OutRow{Hidden: rapid.Bool().Draw(t, "hidden"), Height: float64(rapid.IntRange(0, 40).Draw(t, "height")),
			Cells: rapid.SliceOfN(cell, 0, 6).Draw(t, "cells")}
	})
	out := &Out{Modified: time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "modified"), 0)}
	for i := range rapid.IntRange(1, 3).Draw(t, "sheets") {
		s := OutSheet{Name: fmt.Sprint("表", i), Rows: rapid.SliceOfN(row, 0, 6).Draw(t, "rows")}
		for range rapid.IntRange(0, 5).Draw(t, "cols") {
			s.Cols = append(s.Cols, OutCol{Width: float64(rapid.IntRange(0, 30).Draw(t, "width")), Hidden: rapid.Bool().Draw(t, "hide"), Text: rapid.Bool().Draw(t, "asText")})
		}
		if rapid.Bool().Draw(t, "merge") {
			s.Merges = []Range{{2, 2, 3, 4}}
		}
		if i > 0 {
			s.Visibility = rapid.SampledFrom([]Visibility{Visible, Hidden, VeryHidden}).Draw(t, "visibility")
		}
		out.Sheets = append(out.Sheets, s)
	}
	return out
}

func compareSheet(t *rapid.T, want *OutSheet, got *Sheet) {
	if got.Name != want.Name || got.Visibility != want.Visibility || !slices.Equal(got.Merges, want.Merges) {
		t.Fatalf("sheet %s %d %v, want %s %d %v", got.Name, got.Visibility, got.Merges, want.Name, want.Visibility, want.Merges)
	}
	for i, col := range want.Cols {
		if got.HiddenCol(i+1) != col.Hidden {
			t.Fatalf("column %s hidden = %v", ColName(i+1), !col.Hidden)
		}
	}
	cells := 0
	for r, row := range want.Rows {
		for c, cell := range row.Cells {
			back := got.Cell(r+1, c+1)
			compareCell(t, cell, back)
			if cell.Kind != Blank {
				cells++
			}
		}
		if read := got.Row(r + 1); read != nil && read.Hidden != row.Hidden {
			t.Fatalf("row %d hidden = %v", r+1, read.Hidden)
		}
	}
	for _, r := range got.Rows {
		cells -= len(r.Cells)
	}
	if cells != 0 {
		t.Fatalf("%d cells too few", cells)
	}
}

func compareCell(t *rapid.T, want OutCell, got Cell) {
	same := got.Text == want.Text
	if want.Kind == Number {
		n, err := strconv.ParseFloat(want.Text, 64)
		same = err == nil && got.Num == n && (want.Style == Style{} || got.Format == want.Style.Format)
	}
	if got.Kind != want.Kind || !same || got.Formula {
		t.Fatalf("%s: %+v, want %+v", CellName(got.Row, got.Col), got, want)
	}
}

// TestEncode_SameBytesAlways holds over several sheets, which excelize keeps in a
// map.
func TestEncode_SameBytesAlways(t *testing.T) {
	out := &Out{Title: "表", Creator: "甲镇", Modified: time.Unix(1e9, 0)}
	for i := range 5 {
		out.Sheets = append(out.Sheets, OutSheet{Name: fmt.Sprint("表", i), Comments: []Comment{{1, 1, "注"}},
			Validations: []Validation{{Range: Range{1, 1, 9, 1}, List: []string{"甲,乙", "丙"}}},
			Rows:        []OutRow{{Cells: []OutCell{TextCell("值", Style{Bold: i%2 == 0})}}}})
	}
	var first bytes.Buffer
	if err := Encode(&first, out); err != nil {
		t.Fatal(err)
	}
	for range 10 {
		var again bytes.Buffer
		if err := Encode(&again, out); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), again.Bytes()) {
			t.Fatal("the same workbook was written as different bytes")
		}
	}
}

func TestSafeNames(t *testing.T) {
	long := strings.Repeat("很", 40)
	in := []string{"任务", "收入/支出", "任务", "", "'引号'", long, long, "a", "A", strings.Repeat("😀", 20)}
	want := []string{"任务", "收入／支出", "任务(2)", "表", "引号", long[:31*3], long[:28*3] + "(2)", "a", "A(2)", strings.Repeat("😀", 15)}
	var sheets []OutSheet
	for _, name := range in {
		sheets = append(sheets, OutSheet{Name: name})
	}
	for i, s := range safeNames(sheets) {
		if s.Name != want[i] {
			t.Errorf("%q became %q, want %q", in[i], s.Name, want[i])
		}
	}
	if sheets[1].Name != "收入/支出" {
		t.Error("the description itself was changed")
	}
	if b := reread(t, &Out{Sheets: sheets}); len(b.Sheets) != len(in) {
		t.Errorf("%d sheets", len(b.Sheets))
	}
}

func TestNumberValue(t *testing.T) {
	for digits, want := range map[string]any{
		"17177.1233": 17177.1233, "-0.10": -0.1, "100000000000000000000": 1e20, "0": 0.0,
		"990101198001010019": "990101198001010019", "0.1234567890123456": "0.1234567890123456", "123456789012345": 123456789012345.0,
	} {
		if got, err := numberValue(digits); err != nil || got != want {
			t.Errorf("%s = %v (%v), want %v", digits, got, err, want)
		}
	}
	for _, bad := range []string{"", "甲", "NaN", "Inf", "1e999"} {
		if _, err := numberValue(bad); err == nil {
			t.Errorf("%q was taken for a number", bad)
		}
	}
}

func TestEncode_RefusesWhatWouldBeCut(t *testing.T) {
	sheetOf := func(s string) *Out {
		return &Out{Sheets: []OutSheet{{Name: "任务", Rows: []OutRow{{}, {Cells: []OutCell{{}, TextCell(s, Style{})}}}}}}
	}
	longest := strings.Repeat("很", maxCellText)
	if got := reread(t, sheetOf(longest)).Sheets[0].Cell(2, 2).Text; got != longest {
		t.Errorf("the longest text came back with %d bytes", len(got))
	}
	err := Encode(io.Discard, sheetOf(longest+"长"))
	if model.CodeOf(err) != model.CodeInvalid || !strings.Contains(model.Sentence(err), "“任务”的 B2") {
		t.Errorf("err = %v", err)
	}
}

func TestEncode_NothingToShow(t *testing.T) {
	for name, sheets := range map[string][]OutSheet{"no sheets": nil, "all hidden": {{Name: "表", Visibility: Hidden}}} {
		if err := Encode(io.Discard, &Out{Sheets: sheets}); err == nil {
			t.Errorf("%s: written", name)
		}
	}
}

// TestEncode_HiddenSheetFirst holds that a workbook opens on a sheet people see.
func TestEncode_HiddenSheetFirst(t *testing.T) {
	b := reread(t, &Out{Sheets: []OutSheet{{Name: "藏", Visibility: VeryHidden}, {Name: "表"}}})
	if b.Sheets[0].Visibility != VeryHidden || b.Sheets[1].Visibility != Visible {
		t.Errorf("%+v", b.Sheets)
	}
}

// TestEncode_Layout asks excelize what stands around the cells.
func TestEncode_Layout(t *testing.T) {
	low, high := 0.0, 100.0
	var buf bytes.Buffer
	err := Encode(&buf, &Out{Sheets: []OutSheet{{Name: "任务 一", FreezeRow: 2, FreezeCol: 1,
		Cols: []OutCol{{Hidden: true}, {Width: 20}, {Text: true, Width: 12}},
		Rows: []OutRow{{Height: 32, Cells: []OutCell{{}, TextCell("标题", Style{Role: Title})}}, {Cells: []OutCell{{}, TextCell("事项", Style{Role: Header})}}},
		Validations: []Validation{
			{Range: Range{3, 2, 9, 2}, List: []string{"是", "否"}, PromptTitle: "请选", Prompt: "是或否", Error: "只能选"},
			{Range: Range{3, 3, 9, 3}, Min: &low, Max: &high, Warn: true},
			{Range: Range{3, 4, 9, 4}, List: []string{"甲,乙", "丙"}},
			{Range: Range{3, 5, 9, 5}, Locked: true, ErrorTitle: "勿改", Error: "此列不用填"}},
		Comments: []Comment{{3, 2, "请核对"}},
		Filter:   &Range{2, 2, 9, 5},
		Print:    Print{Landscape: true, RepeatFrom: 2, RepeatTo: 2, PageNumbers: true}}}})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&buf)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	checkValidations(t, f)
	width, err := f.GetColWidth("任务 一", "B")
	height, err2 := f.GetRowHeight("任务 一", 1)
	panes, err3 := f.GetPanes("任务 一")
	comments, err4 := f.GetComments("任务 一")
	footer, err5 := f.GetHeaderFooter("任务 一")
	page, err6 := f.GetPageLayout("任务 一")
	if err := errors.Join(err, err2, err3, err4, err5, err6); err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprintf("%v %v %d %d %v %d %s %s %d %d %d", width, height, panes.XSplit, panes.YSplit, panes.Freeze, len(comments),
		footer.OddFooter, *page.Orientation, *page.Size, *page.FitToWidth, *page.FitToHeight)
	if want := "20 32 1 2 true 1 &C第 &P 页，共 &N 页 landscape 9 1 0"; got != want {
		t.Errorf("layout %s, want %s", got, want)
	}
	if names := fmt.Sprint(f.GetDefinedName()); !strings.Contains(names, "'任务 一'!$2:$2") || !strings.Contains(names, "$B$2:$E$9") {
		t.Errorf("names %s", names)
	}
}

func checkValidations(t *testing.T, f *excelize.File) {
	t.Helper()
	got, err := f.GetDataValidations("任务 一")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{`B3:B9 list "是,否" stop`, `C3:C9 decimal 0 warning`, `D3:D9 list '_xz_list'!$A$1:$A$2 stop`, `E3:E9 custom FALSE warning`}
	for i, v := range got {
		if s := fmt.Sprint(v.Sqref, " ", v.Type, " ", v.Formula1, " ", *v.ErrorStyle); s != want[i] {
			t.Errorf("validation %s, want %s", s, want[i])
		}
	}
	if len(got) != len(want) || *got[0].Prompt != "是或否" {
		t.Errorf("%d validations, prompt %v", len(got), got[0].Prompt)
	}
}

func TestRowHeight(t *testing.T) {
	cols := []OutCol{{Width: 11}}
	wrap := Style{Wrap: true}
	tests := []struct {
		name string
		row  OutRow
		want float64
	}{
		{"given", OutRow{Height: 32, Cells: []OutCell{TextCell(strings.Repeat("长", 50), wrap)}}, 32},
		{"one line", OutRow{Cells: []OutCell{TextCell("甲", wrap)}}, 22},
		{"three lines of five characters", OutRow{Cells: []OutCell{TextCell(strings.Repeat("长", 15), wrap)}}, 51},
		{"line breaks", OutRow{Cells: []OutCell{TextCell("a\nb\nc", wrap)}}, 51},
		{"not wrapped", OutRow{Cells: []OutCell{TextCell(strings.Repeat("长", 50), Style{})}}, 0},
		{"hidden", OutRow{Hidden: true, Cells: []OutCell{TextCell(strings.Repeat("长", 50), wrap)}}, 0},
		{"no more than a page", OutRow{Cells: []OutCell{TextCell(strings.Repeat("长", 5000), wrap)}}, 400},
	}
	for _, tt := range tests {
		if got := rowHeight(tt.row, cols); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestWrite_KeepsTheOldFileOnFailure(t *testing.T) {
	path := filepath.Join(t.TempDir(), "台 账.xlsx")
	if err := os.WriteFile(path, []byte("旧"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Write(path, &Out{}); err == nil {
		t.Fatal("a workbook without sheets was written")
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("folder holds %v (%v)", left, err)
	}
	if old, err := os.ReadFile(path); err != nil || string(old) != "旧" {
		t.Errorf("the old file became %q (%v)", old, err)
	}
}

func TestWriteError(t *testing.T) {
	onDisk := func(err error) error { return &fs.PathError{Op: "open", Path: "表.xlsx", Err: err} }
	own := model.Errorf(model.CodeInvalid, "太长。")
	tests := []struct {
		err  error
		code model.Code
	}{
		{nil, ""},
		{onDisk(syscall.EACCES), model.CodeLocked},
		{onDisk(syscall.ENOSPC), model.CodeReadOnly},
		{onDisk(syscall.EIO), model.CodeReadOnly},
		{fmt.Errorf("row 1: %w", own), model.CodeInvalid},
		{errors.New("a fault of the program"), model.CodeInternal},
	}
	for _, tt := range tests {
		err := writeError("/甲/表.xlsx", tt.err)
		if model.CodeOf(err) != tt.code {
			t.Errorf("%v: code %s, want %s", tt.err, model.CodeOf(err), tt.code)
		}
		if (tt.code == model.CodeLocked || tt.code == model.CodeReadOnly) && !strings.Contains(model.Sentence(err), "表.xlsx") {
			t.Errorf("%q does not name the file", model.Sentence(err))
		}
	}
}

func TestOpen_Errors(t *testing.T) {
	dir := t.TempDir()
	for path, code := range map[string]model.Code{
		filepath.Join(dir, "没有.xlsx"): model.CodeNotFound,
		dir:                           model.CodeInvalid,
	} {
		if _, err := Open(path); model.CodeOf(err) != code {
			t.Errorf("%s: %v", path, err)
		}
		if _, err := Edit(path); err == nil {
			t.Errorf("%s was opened for changes", path)
		}
	}
	if err := openError("甲.xlsx", &fs.PathError{Err: syscall.EACCES}); model.CodeOf(err) != model.CodeReadOnly {
		t.Errorf("err = %v", err)
	}
	if err := openError("甲.xlsx", &fs.PathError{Err: syscall.EBUSY}); model.CodeOf(err) != model.CodeLocked {
		t.Errorf("err = %v", err)
	}
}

func BenchmarkWrite10kx20(b *testing.B) {
	path := filepath.Join(b.TempDir(), "台 账.xlsx")
	s := OutSheet{Name: "表"}
	for r := range 10_000 {
		row := OutRow{}
		for c := range 20 {
			row.Cells = append(row.Cells, TextCell(fmt.Sprintf("第 %d 行第 %d 列", r, c), Style{Border: true}))
		}
		s.Rows = append(s.Rows, row)
	}
	for b.Loop() {
		if err := Write(path, &Out{Sheets: []OutSheet{s}}); err != nil {
			b.Fatal(err)
		}
	}
}
