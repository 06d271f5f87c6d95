package reports

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/gui/look"
)

// manyFiles is a county's folder.
func manyFiles(n int) []fileLine {
	out := make([]fileLine, n)
	for i := range out {
		out[i] = fileLine{name: fmt.Sprintf("村%d任务进展月报.xlsx", i), note: "28 行　5 修改", status: "可并入", tone: look.ToneSoon}
	}
	return out
}

// TestFileList_OfACounty has widgets for what is in sight only, and reaches every one
// of 1,600 files by key.
func TestFileList_OfACounty(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	var chosen int
	l := newFileList(func(i int) { chosen = i })
	w := test.NewTempWindow(t, l)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(288, 600))
	l.set("1600 个文件", "可并入 1600", manyFiles(1600))
	if len(l.items) > 12 {
		t.Fatalf("%d widgets", len(l.items))
	}
	for _, step := range []struct {
		key  fyne.KeyName
		want int
	}{{fyne.KeyDown, 0}, {fyne.KeyDown, 1}, {fyne.KeyEnd, 1599}, {fyne.KeyUp, 1598}, {fyne.KeyHome, 0}, {fyne.KeyPageDown, 9}, {fyne.KeyPageUp, 0}} {
		l.TypedKey(&fyne.KeyEvent{Name: step.key})
		if chosen != step.want {
			t.Fatalf("%s came to %d, want %d", step.key, chosen, step.want)
		}
		if step.want < l.first || step.want > l.first+len(l.box.Objects) {
			t.Fatalf("%d is not in sight: from %d", step.want, l.first)
		}
	}
	if len(l.items) > 12 {
		t.Errorf("%d widgets after scrolling", len(l.items))
	}
	l.scroll.ScrollToOffset(fyne.NewPos(0, 800*itemHeight))
	l.fill()
	if it := l.items[0]; it.at != 800 || it.name.Text() != "村800任务进展月报.xlsx" {
		t.Errorf("shows %d %s", it.at, it.name.Text())
	}
	test.Tap(l.items[2])
	if chosen != 802 || l.chosen != 802 {
		t.Errorf("the mouse chose %d", chosen)
	}
}

// TestFileList_Markup keeps the objects of the list as they are.
func TestFileList_Markup(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{})
	l := newFileList(func(int) {})
	w := test.NewTempWindow(t, l)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(288, 200))
	l.set("2 个文件", "可并入 2", manyFiles(2))
	l.choose(1)
	test.AssertRendersToMarkup(t, "files.xml", w.Canvas())
}

// BenchmarkFileList_Set shows 1,600 files anew, as after merging.
func BenchmarkFileList_Set(b *testing.B) {
	test.NewTempApp(b).Settings().SetTheme(look.Theme{})
	l := newFileList(func(int) {})
	w := test.NewTempWindow(b, l)
	w.Resize(fyne.NewSize(288, 600))
	lines := manyFiles(1600)
	for b.Loop() {
		l.set("1600 个文件", "", lines)
		l.choose(1599)
	}
}

func TestStatusCounts(t *testing.T) {
	got := statusCounts([]fileLine{{status: "待核对"}, {status: "可并入"}, {status: "可并入"}})
	if got != "待核对 1 · 可并入 2" {
		t.Errorf("%q", got)
	}
}
