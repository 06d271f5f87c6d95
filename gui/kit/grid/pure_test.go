package grid

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestTSV_ReadsWhatExcelWrites(t *testing.T) {
	for name, c := range map[string]struct {
		in   string
		want [][]string
	}{
		"empty":                {"", nil},
		"one cell":             {"甲一村\r\n", [][]string{{"甲一村"}}},
		"no line end":          {"甲\t乙", [][]string{{"甲", "乙"}}},
		"block":                {"1\t2\r\n3\t4\r\n", [][]string{{"1", "2"}, {"3", "4"}}},
		"empty cells":          {"\t\r\n\t\r\n", [][]string{{"", ""}, {"", ""}}},
		"empty row between":    {"1\n\n2\n", [][]string{{"1"}, {""}, {"2"}}},
		"line break in a cell": {"\"一\r\n二\"\t三\r\n", [][]string{{"一\n二", "三"}}},
		"tab in a cell":        {"\"a\tb\"\tc", [][]string{{"a\tb", "c"}}},
		"doubled quotes":       {"\"说\"\"好\"\"\"\tx", [][]string{{"说\"好\"", "x"}}},
		"quote inside":         {"5\" 管\t2", [][]string{{"5\" 管", "2"}}},
		"quote never closed":   {"\"百村提升\t2\n3", [][]string{{"\"百村提升", "2"}, {"3"}}},
		"quote closed early":   {"\"百村\"提升\t2", [][]string{{"\"百村\"提升", "2"}}},
		"old Mac line ends":    {"1\r2\r", [][]string{{"1"}, {"2"}}},
	} {
		got := ParseTSV(c.in)
		if !slices.EqualFunc(got, c.want, slices.Equal) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestFormatTSV_NoFormula: what a village wrote is not reckoned up where it is pasted.
func TestFormatTSV_NoFormula(t *testing.T) {
	got := FormatTSV([][]string{{"=HYPERLINK(1)", "-3", "甲=乙"}})
	if want := "'=HYPERLINK(1)\t-3\t甲=乙\r\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTSV_RoundTrip(t *testing.T) {
	cell := rapid.StringOf(rapid.SampledFrom([]rune("甲1 \t\n\"，a=-'")))
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.IntRange(1, 4).Draw(t, "w")
		rows := rapid.SliceOfN(rapid.SliceOfN(cell, w, w), 1, 5).Draw(t, "rows")
		if got := ParseTSV(FormatTSV(rows)); !slices.EqualFunc(got, rows, slices.Equal) {
			t.Fatalf("%q became %q", rows, got)
		}
	})
}

func FuzzParseTSV(f *testing.F) {
	for _, s := range []string{"", "a\tb\r\n", "\"", "\"a\"\"", "\"a\nb\"\tc", "\t\t\n\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		rows := ParseTSV(s)
		if again := ParseTSV(FormatTSV(rows)); !slices.EqualFunc(again, rows, slices.Equal) {
			t.Errorf("%q: read as %q, written and read as %q", s, rows, again)
		}
	})
}

// TestBlock_ReachesOverItsColumns, and not beyond the last.
func TestBlock_ReachesOverItsColumns(t *testing.T) {
	v := view{width: 500, height: 300, rows: 3}
	v.layout([]Column{{Width: 50, Pinned: true}, {Width: 60}, {Width: 70}}, nil)
	for span, want := range map[int]float32{0: 60, 1: 60, 2: 130, 9: 130} {
		if r := v.block(1, 1, span); r.W != want || r.X != 50 {
			t.Errorf("span %d: %+v, want width %v", span, r, want)
		}
	}
}

func TestSpread(t *testing.T) {
	for name, c := range map[string]struct {
		cells      [][]string
		rows, cols int
		want       [][]string
	}{
		"one over a range":     {[][]string{{"x"}}, 2, 2, [][]string{{"x", "x"}, {"x", "x"}}},
		"row over rows":        {[][]string{{"a", "b"}}, 2, 2, [][]string{{"a", "b"}, {"a", "b"}}},
		"no multiple":          {[][]string{{"a", "b"}}, 2, 3, [][]string{{"a", "b"}}},
		"smaller than block":   {[][]string{{"a"}, {"b"}}, 1, 1, [][]string{{"a"}, {"b"}}},
		"rows of other length": {[][]string{{"a", "b"}, {"c"}}, 2, 2, [][]string{{"a", "b"}, {"c", ""}}},
	} {
		if got := spread(c.cells, c.rows, c.cols); !slices.EqualFunc(got, c.want, slices.Equal) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestSelection_AgreesWithASet compares the spans with a plain set of rows over
// random clicks.
func TestSelection_AgreesWithASet(t *testing.T) {
	const rows = 12
	rapid.Check(t, func(t *rapid.T) {
		var s selection
		want := map[int]bool{0: true}
		for range rapid.IntRange(1, 12).Draw(t, "clicks") {
			row := rapid.IntRange(0, rows-1).Draw(t, "row")
			if rapid.Bool().Draw(t, "ctrl") {
				s.toggleRow(place{row, 0})
				if want[row] {
					delete(want, row)
				} else {
					want[row] = true
				}
			} else {
				s.moveTo(place{row, 0}, false)
				want = map[int]bool{row: true}
			}
			got := slices.Collect(s.rows())
			if len(got) != len(want) || s.count() != len(want) || !slices.IsSorted(got) {
				t.Fatalf("rows %v, count %d, want %v", got, s.count(), want)
			}
			for row := range rows {
				if s.has(row) != want[row] {
					t.Fatalf("has(%d) = %v, want %v", row, s.has(row), want)
				}
			}
		}
	})
}

func TestSelection_AllOfManyIsOneSpan(t *testing.T) {
	var s selection
	s.selectAll(100_000, 5)
	if s.count() != 100_000 || len(s.spans()) != 1 {
		t.Errorf("count %d in %d spans", s.count(), len(s.spans()))
	}
	s.clamp(10, 5)
	if s.count() != 10 {
		t.Errorf("after shrinking: %d", s.count())
	}
}

// newView makes a view of five columns of 100, the first pinned, and many rows.
func newView(width, height float32, rows int) *view {
	v := &view{width: width, height: height, rows: rows}
	cols := make([]Column, 5)
	for i := range cols {
		cols[i] = Column{Key: string(rune('a' + i)), Width: 100, Pinned: i == 0}
	}
	v.layout(cols, nil)
	return v
}

func TestView_GrowTakesTheRest(t *testing.T) {
	v := &view{width: 500, height: 300, rows: 2}
	cols := []Column{{Key: "a", Width: 100, Grow: true}, {Key: "b", Width: 100}, {Key: "c", Width: 100, Grow: true}}
	v.layout(cols, nil)
	if v.widths[0] != 200 || v.widths[1] != 100 || v.widths[2] != 200 {
		t.Errorf("widths %v", v.widths)
	}
	v.layout(cols, map[string]float32{"a": 80})
	if v.widths[0] != 80 || v.widths[2] != 320 {
		t.Errorf("a width the user chose must not grow: %v", v.widths)
	}
}

// TestView_HitsWhatItPlaces: the middle of every cell in sight is found as that cell.
func TestView_HitsWhatItPlaces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := newView(float32(rapid.IntRange(220, 700).Draw(t, "w")), float32(rapid.IntRange(60, 400).Draw(t, "h")), rapid.IntRange(1, 100_000).Draw(t, "rows"))
		v.reveal(rapid.IntRange(0, v.rows-1).Draw(t, "row"), rapid.IntRange(0, 4).Draw(t, "col"))
		first, end := v.visibleRows()
		for row := first; row < end; row++ {
			for col := range v.cols {
				r := v.shownCell(row, col)
				x, y := r.X+r.W/2, r.MidY()
				if r.W < 2 || y < 0 || y >= v.height {
					continue
				}
				if v.rowAt(y) != row || v.colAt(x) != col {
					t.Fatalf("cell %d,%d at %v found as %d,%d", row, col, r, v.rowAt(y), v.colAt(x))
				}
			}
		}
	})
}

// TestView_RevealBringsIntoSight: whatever is revealed lies whole between pinned
// columns and bars, if there is room for it.
func TestView_RevealBringsIntoSight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := newView(float32(rapid.IntRange(230, 700).Draw(t, "w")), float32(rapid.IntRange(60, 400).Draw(t, "h")), rapid.IntRange(1, 100_000).Draw(t, "rows"))
		for range 3 {
			row, col := rapid.IntRange(0, v.rows-1).Draw(t, "row"), rapid.IntRange(0, 4).Draw(t, "col")
			v.reveal(row, col)
			r := v.shownCell(row, col)
			if r.W < 99.5 || r.Y < -0.5 || r.Y+r.H > v.roomHeight()+0.5 {
				t.Fatalf("cell %d,%d at %v of %v × %v", row, col, r, v.roomWidth(), v.roomHeight())
			}
		}
	})
}

func TestView_ThumbsReachBothEnds(t *testing.T) {
	v := newView(300, 200, 1000)
	v.dragDown(0)
	if v.top != 0 || v.thumbDown().Y != 0 {
		t.Errorf("top %v", v.top)
	}
	v.dragDown(9999)
	if v.top != v.maxTop() {
		t.Errorf("bottom %v of %v", v.top, v.maxTop())
	}
	if th := v.thumbDown(); th.Y+th.H > v.roomHeight()+0.5 || th.H < minThumb {
		t.Errorf("thumb %v", th)
	}
	v.dragAcross(9999)
	if v.left != v.maxLeft() {
		t.Errorf("left %v of %v", v.left, v.maxLeft())
	}
	if first, end := v.visibleCols(); first >= end || end != 5 {
		t.Errorf("columns %d to %d", first, end)
	}
}

func TestView_EdgesUnderPinnedColumnsAreNotHeld(t *testing.T) {
	v := newView(300, 200, 10)
	v.dragAcross(9999)
	if got := v.edgeAt(v.pinnedWidth()); got != 0 {
		t.Errorf("edge at the pinned column's end = %d", got)
	}
	if got := v.edgeAt(v.colX(4) + 100); got != 4 {
		t.Errorf("edge of the last column = %d", got)
	}
}
