package gui

import (
	"errors"
	"os"
	"strings"
	"testing"

	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model/app"
)

// spoil overwrites pages of the window's ledger, as a failing disk does: from a
// share of the file on.
func spoil(t *testing.T, w *Window, share float64, pages int) (path string) {
	t.Helper()
	const size = 4096
	path = w.session.app.Path()
	w.closeSession()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	pagetest.Must(t, err)
	info, err := f.Stat()
	pagetest.Must(t, err)
	_, err = f.WriteAt(make([]byte, pages*size), int64(share*float64(info.Size()/size))*size)
	pagetest.Must(t, errors.Join(err, f.Close()))
	return path
}

func TestOpen_DamagedOffersSalvage(t *testing.T) {
	w := open(t, wide1366)
	path := spoil(t, w, 0.01, 2)
	w.openLedger(path)
	if w.session != nil || !strings.Contains(paraText(w), "已损坏") || !strings.Contains(paraText(w), "从备份恢复") {
		t.Fatalf("it says %s", paraText(w))
	}
	shot(t, w, "salvage-offer")
	tapShown(t, w, "抢救")
	shot(t, w, "salvage-done")
	if !strings.Contains(paraText(w), "救出") || !strings.Contains(paraText(w), "原样保留") {
		t.Fatalf("it says %s", paraText(w))
	}
	tapShown(t, w, "打开抢救出的台账")
	if w.session == nil || w.session.app.Path() != path {
		t.Fatalf("not open: %s", paraText(w))
	}
}

func TestSalvage_AsksForThePassword(t *testing.T) {
	w, _ := openLocked(t)
	path := spoil(t, w, 0.5, 1)
	o := w.params.Options
	o.Path = path
	w.salvage(o, func(err error) { w.salvageFailed(o, err) })
	if words := paraText(w); words != "" {
		t.Fatalf("it says %s", words)
	}
	entry, yes := asked(t, w)
	entry.SetText(testPassword)
	yes.Tapped(nil)
	if !strings.Contains(paraText(w), "救出") {
		t.Fatalf("it says %s %s", stageText(w), paraText(w))
	}
	tapShown(t, w, "打开抢救出的台账")
	if w.session == nil {
		t.Fatalf("not open: %s", paraText(w))
	}
}

func TestSalvagedWords(t *testing.T) {
	for want, s := range map[string]app.Salvaged{"只有索引": {Indexes: true}, "救出 3 条，没有救出 0 条": {Saved: 3}, "2 处加密内容": {Fields: 2}} {
		if got := strings.Join(salvagedWords(s), ""); !strings.Contains(got, want) || !strings.Contains(got, "不要删除") {
			t.Errorf("%q lacks %q", got, want)
		}
	}
}
