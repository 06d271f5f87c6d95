package ledgers

import (
	"slices"
	"testing"

	"github.com/google/uuid"
)

func TestAreaID(t *testing.T) {
	path := []string{"示例县", "甲镇", "青山村"}
	same := [][2]string{
		{AreaID("990101101201", path), AreaID(" ９９０１０１１０１２０１", nil)},
		{AreaID("990101", nil), AreaID("990101000000", nil)},
		{AreaID("990101101", nil), AreaID("990101101000", []string{"anything"})},
		{AreaID("", path), AreaID("", []string{"示例县", " 甲镇　", "青山村"})},
	}
	for i, pair := range same {
		if pair[0] != pair[1] {
			t.Errorf("pair %d: %s and %s, want the same", i, pair[0], pair[1])
		}
	}
	all := []string{AreaID("990101101201", nil), AreaID("990101101202", nil), AreaID("", path), AreaID("", path[:2]), AreaID("", []string{"示例县", "乙镇", "青山村"})}
	if slices.Sort(all); len(slices.Compact(all)) != 5 {
		t.Error("two areas share an id")
	}
	if id := AreaID("", nil); id != "" {
		t.Errorf("nothing has the id %s", id)
	}
}

const (
	wantCodeID = "88cbe944-f734-5029-974e-2255b5c5988a"
	wantPathID = "12021a78-0113-5a05-8f43-ddd89770ea84"
)

// TestAreaID_NeverChanges holds the ids that files already out there carry.
func TestAreaID_NeverChanges(t *testing.T) {
	if got := AreaID("990101101201", nil); got != wantCodeID {
		t.Errorf("by code: %s", got)
	}
	if got := AreaID("", []string{"示例县", "甲镇"}); got != wantPathID {
		t.Errorf("by path: %s", got)
	}
	if v := uuid.MustParse(wantCodeID).Version(); v != 5 {
		t.Errorf("version %d", v)
	}
}
