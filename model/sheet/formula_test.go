package sheet

import "testing"

// TestSeam_Formula: references below the seam move with their rows, a block over it
// grows, all else stays as it is written.
func TestSeam_Formula(t *testing.T) {
	middle := seam{sheet: "表 一", at: 9, count: 5, sample: 9}
	tail := seam{sheet: "表 一", at: 9, count: 5, sample: 9, tail: true}
	for _, c := range []struct{ on, formula, middle, tail string }{
		{"表 一", "SUM(C5:C10)", "SUM(C5:C15)", "SUM(C5:C15)"},
		{"表 一", "SUM(C5:C9)", "SUM(C5:C9)", "SUM(C5:C14)"},
		{"表 一", "$C$10+C9*'表 一'!D11", "$C$15+C9*'表 一'!D16", "$C$15+C9*'表 一'!D16"},
		{"另表", "C10+'表 一'!C10", "C10+'表 一'!C15", "C10+'表 一'!C15"},
		{"表 一", "另表!C10&\"C10\"&C10", "另表!C10&\"C10\"&C15", "另表!C10&\"C10\"&C15"},
		{"表 一", "LOG10(C10)+SUM(A:C)+SUM(8:12)", "LOG10(C15)+SUM(A:C)+SUM(8:17)", "LOG10(C15)+SUM(A:C)+SUM(8:17)"},
		{"表 一", "[1]Sheet1!A10+表1[数量]+1.5E+10", "[1]Sheet1!A10+表1[数量]+1.5E+10", "[1]Sheet1!A10+表1[数量]+1.5E+10"},
		{"表 一", "合计A10+A10B+名称_10", "合计A10+A10B+名称_10", "合计A10+A10B+名称_10"},
	} {
		if got := middle.formula(c.formula, c.on); got != c.middle {
			t.Errorf("%s = %s, want %s", c.formula, got, c.middle)
		}
		if got := tail.formula(c.formula, c.on); got != c.tail {
			t.Errorf("at the tail %s = %s, want %s", c.formula, got, c.tail)
		}
	}
	if got := moved("D5*$E5+F$5+$G$5+SUM(A5:B6)", 3, 1); got != "E8*$E8+G$5+$G$5+SUM(B8:C9)" {
		t.Errorf("moved = %s", got)
	}
}
