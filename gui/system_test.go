package gui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/native"
)

// fakeSystem is an operating system whose person answers every dialog in the same way.
type fakeSystem struct {
	none   bool // it has no dialogs
	paths  []string
	path   string
	asked  []native.Ask
	place  native.Place
	carets []native.Caret
	gone   int // how often the keyboard left the entries
	raised int
	idle   time.Duration // 0 is not known
}

func (s *fakeSystem) Attach(fyne.Window)          {}
func (s *fakeSystem) Raise()                      { s.raised++ }
func (s *fakeSystem) Place() (native.Place, bool) { return s.place, s.place != native.Place{} }
func (s *fakeSystem) SetPlace(p native.Place)     { s.place = p }
func (s *fakeSystem) SetCaret(c native.Caret)     { s.carets = append(s.carets, c) }
func (s *fakeSystem) NoCaret()                    { s.gone++ }
func (s *fakeSystem) Idle() (time.Duration, bool) { return s.idle, s.idle > 0 }

func (s *fakeSystem) answer(a native.Ask) error {
	s.asked = append(s.asked, a)
	if s.none {
		return native.ErrNone
	}
	return nil
}

func (s *fakeSystem) Files(a native.Ask) ([]string, error) { return s.paths, s.answer(a) }
func (s *fakeSystem) Folder(a native.Ask) (string, error)  { return s.path, s.answer(a) }
func (s *fakeSystem) Target(a native.Ask) (string, error)  { return s.path, s.answer(a) }

// on gives a window a system as if it had been made with it.
func on(w *Window, s *fakeSystem) *fakeSystem {
	w.system = s
	w.attach()
	return s
}

func TestChoose_ByTheSystem(t *testing.T) {
	w := fresh(t, wide1366)
	dir := filepath.Join(t.TempDir(), "收 到")
	file := filepath.Join(dir, "青山村.xlsx")
	s := on(w, &fakeSystem{paths: []string{file}, path: file})

	var got []string
	w.chooseFiles(func(paths []string) { got = append(got, paths...) })
	w.chooseTarget("汇总.xlsx", func(path string) { got = append(got, path) })
	w.chooseFolder(func(path string) { got = append(got, path) })
	if !slices.Equal(got, []string{file, file, file}) {
		t.Errorf("chosen were %q", got)
	}
	if w.Canvas().Overlays().Top() != nil {
		t.Error("the window asks as well")
	}
	if s.asked[1].Name != "汇总.xlsx" || s.asked[1].Kinds[0].Patterns != "*.xlsx" {
		t.Errorf("asked %+v", s.asked[1])
	}
	w.chooseFiles(func([]string) {})
	if last := s.asked[len(s.asked)-1]; last.Start != dir {
		t.Errorf("the dialog begins in %q, not where it ended", last.Start)
	}
}

// TestChoose_Materials: photos are offered as well as papers, and their folder is not
// the one of the tables.
func TestChoose_Materials(t *testing.T) {
	w := fresh(t, wide1366)
	photo := filepath.Join(t.TempDir(), "照 片", "清淤后.jpg")
	s := on(w, &fakeSystem{paths: []string{photo}})
	var got []string
	w.newDesk().Materials(func(paths []string) { got = paths })
	if !slices.Equal(got, []string{photo}) || s.asked[0].Kinds[0] != kindAll {
		t.Errorf("%q, asked %+v", got, s.asked)
	}
	w.chooseMaterials(func([]string) {})
	w.chooseFiles(func([]string) {})
	if s.asked[1].Start != filepath.Dir(photo) || s.asked[2].Start == filepath.Dir(photo) {
		t.Errorf("asked %+v", s.asked)
	}
	s.none = true
	if w.chooseMaterials(func([]string) {}); !strings.Contains(shownText(w), "选择照片或文件") {
		t.Errorf("the window does not ask itself: %s", shownText(w))
	}
}

func TestChoose_ThoughtBetterOfIt(t *testing.T) {
	w := fresh(t, wide1366)
	on(w, &fakeSystem{})
	w.chooseFiles(func([]string) { t.Error("files were chosen") })
	w.chooseTarget("汇总.xlsx", func(string) { t.Error("a target was chosen") })
	w.chooseFolder(func(string) { t.Error("a folder was chosen") })
	if w.Canvas().Overlays().Top() != nil {
		t.Error("the window asks again")
	}
}

func TestChoose_SystemWithoutDialogs(t *testing.T) {
	w := fresh(t, wide1366)
	on(w, &fakeSystem{none: true})
	w.chooseFiles(func([]string) {})
	if !strings.Contains(shownText(w), "选择文件或文件夹") {
		t.Errorf("the window does not ask itself: %s", shownText(w))
	}
}

func TestPlace_RememberedAtTheEnd(t *testing.T) {
	w := fresh(t, wide1366)
	place := native.Place{Left: 40, Top: 50, Right: 1240, Bottom: 740, Maximised: true}
	on(w, &fakeSystem{place: place})
	w.quit()
	if got, ok := w.memory.place(); !ok || got != place {
		t.Errorf("remembered %v, %v", got, ok)
	}
	s := &fakeSystem{}
	if on(w, s); s.place != place {
		t.Errorf("the next window is put at %v", s.place)
	}
}

func TestCaret_FollowsTyping(t *testing.T) {
	w := fresh(t, wide1366)
	s := on(w, &fakeSystem{})
	t.Cleanup(func() { kit.OnCaret = nil })
	words, digits := kit.NewEntry(""), kit.NewEntry("")
	digits.Plain = true
	box := fyne.NewContainerWithoutLayout(words, digits)
	words.Resize(fyne.NewSize(200, 36))
	words.Move(fyne.NewPos(300, 200))
	digits.Resize(fyne.NewSize(200, 36))
	w.show(box)

	w.Canvas().Focus(words)
	first := s.carets[len(s.carets)-1]
	if first.X < 300 || first.Y < 200 || first.Height < 10 || first.Plain {
		t.Errorf("the caret is at %+v", first)
	}
	w.Canvas().Focus(digits)
	if last := s.carets[len(s.carets)-1]; !last.Plain || s.gone == 0 {
		t.Errorf("digits are typed at %+v, left %d times", last, s.gone)
	}
}

func TestTake_HandsOver(t *testing.T) {
	w := open(t, wide1366)
	s := on(w, &fakeSystem{})
	w.Take(nil)
	if s.raised != 1 {
		t.Errorf("brought to the front %d times", s.raised)
	}
	path := w.session.app.Path()
	w.Take([]string{path})
	if w.session == nil || w.session.app.Path() != path {
		t.Fatal("the ledger that is open was opened anew")
	}
	other := filepath.Join(t.TempDir(), "没有 这个.xzdb")
	w.Take([]string{other})
	if w.session != nil {
		t.Error("another ledger was not opened")
	}
	w.Take([]string{other}) // over the error: nothing else may open under a dialog
	if _, err := os.Stat(other); err == nil {
		t.Error("a ledger was made of nothing")
	}
}

func TestPartLedgers(t *testing.T) {
	ledger, others := PartLedgers([]string{"a.xlsx", "甲镇.XZDB", "b.csv"}, true)
	if ledger != "甲镇.XZDB" || !slices.Equal(others, []string{"a.xlsx", "b.csv"}) {
		t.Errorf("%q, %q", ledger, others)
	}
	if ledger, others := PartLedgers(nil, true); ledger != "" || len(others) != 0 {
		t.Errorf("%q, %q of nothing", ledger, others)
	}
}

func TestCrash_Offered(t *testing.T) {
	w := fresh(t, wide1366)
	w.offerCrash(filepath.Join("记 录", "崩溃记录 2026-11-22 083000.txt"))
	if got := shownText(w); !strings.Contains(got, "上次没有正常退出") || !strings.Contains(got, "打开文件夹") {
		t.Errorf("shown: %s", got)
	}
}
