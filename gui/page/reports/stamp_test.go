package reports_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model/app"
)

// grids are those that are shown, from the top.
func (r *room) grids() (all []*grid.Grid) {
	pagetest.Walk(r.Win.Content(), func(o fyne.CanvasObject) {
		if g, is := o.(*grid.Grid); is {
			all = append(all, g)
		}
	})
	return all
}

// line is a village's line among the receivers, and where it stands.
func (r *room) line(village string) (int, app.Standing) {
	r.T.Helper()
	c, err := r.App.Missing(context.Background(), "task_month", "2026-11")
	pagetest.Must(r.T, err)
	for i, s := range c.Rows {
		if s.Area == village {
			return i, s
		}
	}
	r.T.Fatalf("%s is no receiver", village)
	return 0, app.Standing{}
}

// scan writes a PDF.
func (r *room) scan(name string) string {
	path := filepath.Join(r.T.TempDir(), name)
	pagetest.Must(r.T, os.WriteFile(path, []byte("%PDF-1.4\n"+name+"\n%%EOF"), 0o644))
	return path
}

// reported has one village's return taken in, the front shown and that village chosen.
func (r *room) reported(t *testing.T) (village string) {
	path, _ := r.returned(t)
	_, err := r.App.Collect(context.Background(), app.CollectRequest{Paths: []string{path}})
	pagetest.Must(t, err)
	village, _, _ = strings.Cut(filepath.Base(path), "（")
	r.page.Show(page.Route{Page: page.Reports})
	at, _ := r.line(village)
	r.grids()[0].Select(at)
	return village
}

func TestStamp_IsKeptListedTakenOutAndOff(t *testing.T) {
	r := newRoom(t)
	village := r.reported(t)
	r.Desk.Files = func(chosen func([]string)) { chosen([]string{r.scan("盖章件.pdf")}) }
	r.Tap("盖章件") // there is none: it asks for the files at once
	r.NoErrors()
	if _, s := r.line(village); s.Stamped != 1 || !strings.Contains(r.Toast(), village) {
		t.Fatalf("%+v, said %q", s, r.Toast())
	}
	r.Shot("reports-stamped")
	r.Tap("盖章件")
	r.Shows("盖章件："+village+"《任务进展月报》2026年11月", "盖章件.pdf", "扫描件")
	r.Shot("reports-stamps")
	to := filepath.Join(t.TempDir(), "取 出.pdf")
	r.Desk.Save = func(_ string, chosen func(string)) { chosen(to) }
	r.Tap("取出")
	r.NoErrors()
	r.last.OnAction()
	if b, err := os.ReadFile(to); err != nil || !strings.HasPrefix(string(b), "%PDF-") || r.Revealed != filepath.Dir(to) {
		t.Errorf("%q, %v, showed %q", b, err, r.Revealed)
	}
	r.Tap("移除")
	r.NoErrors()
	if _, s := r.line(village); s.Stamped != 0 {
		t.Errorf("after removing: %+v", s)
	}
	r.undoLast()
	if _, s := r.line(village); s.Stamped != 1 {
		t.Errorf("after undoing that: %+v", s)
	}
}

func TestStamp_OnlyOfWhatWasReported(t *testing.T) {
	r := newRoom(t)
	village := r.reported(t)
	if r.Button("盖章件").Disabled() {
		t.Error("what was reported can have none")
	}
	at, _ := r.line(village)
	r.grids()[0].Select(at + 1)
	if !r.Button("盖章件").Disabled() || r.page.Take([]string{r.scan("盖章件.pdf")}) {
		t.Error("a village that has not reported is offered one")
	}
}

func TestStamp_Dropped(t *testing.T) {
	r := newRoom(t)
	village := r.reported(t)
	scan := r.scan("盖章件.pdf")
	if r.page.Take([]string{scan, "月报.xlsx"}) {
		t.Error("a table was taken for paper")
	}
	r.Said.Answer = false
	if !r.page.Take([]string{scan}) {
		t.Fatal("the scan was not used")
	}
	if _, s := r.line(village); s.Stamped != 0 || !strings.Contains(r.Said.Questions[0].Text, village) {
		t.Errorf("kept before the answer, or asked %q", r.Said.Questions[0].Text)
	}
	r.Said.Answer = true
	r.page.Take([]string{scan})
	r.NoErrors()
	if _, s := r.line(village); s.Stamped != 1 {
		t.Errorf("%+v", s)
	}
	r.Tap("表样")
	if r.page.Take([]string{scan}) {
		t.Error("it was taken away from the list of villages")
	}
}

func TestStamp_SaysWhatIsNoPaper(t *testing.T) {
	r := newRoom(t)
	r.reported(t)
	fake := filepath.Join(t.TempDir(), "假.pdf")
	pagetest.Must(t, os.WriteFile(fake, []byte("hello"), 0o644))
	r.page.Take([]string{fake})
	if len(r.Said.Errors) != 1 || !strings.Contains(r.Said.Errors[0].Error(), "不是 PDF") {
		t.Errorf("%v", r.Said.Errors)
	}
}
