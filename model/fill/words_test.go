package fill

import (
	"slices"
	"testing"
)

func TestDifference_Words(t *testing.T) {
	d := Difference{Added: []string{"是否入库", "备注"}, Removed: []string{"抽查"}, Renamed: [][2]string{{"责任人", "负责人"}}, Moved: []string{"时限"}}
	if got, want := d.Words(), []string{"新增的列：是否入库、备注", "删除的列：抽查", "改名的列：责任人→负责人", "移位的列：时限"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := (Difference{}).Words(); got != nil {
		t.Errorf("%q of no difference", got)
	}
}

func TestCoverage_Words(t *testing.T) {
	if got := (Coverage{Columns: 52, Filled: 41, Person: 3, Unknown: 8}).Words(); got != "52 列已填 41，3 列需人工，8 列未知" {
		t.Error(got)
	}
}
