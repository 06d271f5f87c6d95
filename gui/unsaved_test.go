package gui

import (
	"strings"
	"testing"

	"xiangzhen/gui/page"
)

// keeper is a page that holds something typed.
type keeper struct {
	page.Page
	words string
}

func (k *keeper) Unsaved() string { return k.words }

// TestParting: what was typed and not saved is asked about before the ledger is closed,
// by whatever way.
func TestParting(t *testing.T) {
	w := open(t, wide1366)
	k := &keeper{w.session.pages[page.Today], "考勤有 3 格"}
	w.session.pages[page.Today] = k
	for name, leave := range map[string]func(){"new": w.newLedger, "open": func() { w.openLedger("别的.xzdb") }, "quit": w.quit} {
		leave()
		if w.session == nil || !strings.Contains(paraText(w), "考勤有 3 格还没有保存") {
			t.Fatalf("%s: open %v, it says %q", name, w.session != nil, paraText(w))
		}
		tapShown(t, w, "回去保存")
	}
	w.newLedger()
	tapShown(t, w, "不保存，关闭")
	if w.session != nil {
		t.Error("not closed though it may be")
	}
}

func TestParting_NothingTyped(t *testing.T) {
	w := open(t, wide1366)
	for _, e := range allPages() {
		w.open(page.Route{Page: e.name})
	}
	if words := w.unsaved(); words != "" {
		t.Fatalf("it says %q", words)
	}
	w.newLedger()
	if w.session != nil {
		t.Error("still open")
	}
}
