package gui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"xiangzhen/assets/manual"
	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model/app"
	keys "xiangzhen/model/ledgers"
)

// drop lets go of files over the window.
func drop(w *Window, paths ...string) {
	uris := make([]fyne.URI, len(paths))
	for i, p := range paths {
		uris[i] = storage.NewFileURI(p)
	}
	w.dropped(fyne.Position{}, uris)
}

// formOf sends the month's form out and returns one of the files, under a name that
// tells nothing.
func formOf(t *testing.T, w *Window) string {
	t.Helper()
	a := w.session.app
	dir := t.TempDir()
	_, err := a.Issue(context.Background(), app.IssueRequest{Form: "task_month", Period: "2026-11", Dir: dir})
	pagetest.Must(t, err)
	files, err := filepath.Glob(filepath.Join(dir, "*.xlsx"))
	pagetest.Must(t, err)
	to := filepath.Join(dir, "表(1)(2).xlsx")
	pagetest.Must(t, os.Rename(files[0], to))
	return to
}

// TestDropped_ByWhatIsInTheFiles: returned forms are collected, all else imported.
func TestDropped_ByWhatIsInTheFiles(t *testing.T) {
	w := open(t, wide1366)
	form := formOf(t, w)
	list := filepath.Join(t.TempDir(), "任务月报.csv")
	pagetest.Must(t, os.WriteFile(list, []byte("任务名称,责任单位,完成时限\n修渠,青山村,2026-12-20\n"), 0o600))
	for name, c := range map[string]struct {
		paths []string
		want  page.Name
	}{
		"a returned form":     {[]string{form}, page.Reports},
		"a table of any make": {[]string{list}, page.Import},
		"both":                {[]string{list, form}, page.Reports},
		"nothing that is one": {[]string{filepath.Dir(w.session.app.Path())}, page.Import},
	} {
		w.open(page.Route{Page: page.Today})
		drop(w, c.paths...)
		if got := w.session.front.Page; got != c.want {
			t.Errorf("%s opens %s, want %s", name, got, c.want)
		}
	}
}

// TestDropped_PaperOfAVillage: a scan let go over the list of villages is offered as the
// 盖章件 of the chosen one, once she has reported; else it goes where all files go.
func TestDropped_PaperOfAVillage(t *testing.T) {
	w := open(t, wide1366)
	scan := filepath.Join(t.TempDir(), "盖章件.pdf")
	pagetest.Must(t, os.WriteFile(scan, []byte("%PDF-1.4\n%%EOF"), 0o600))
	to := formOf(t, w)
	w.open(page.Route{Page: page.Reports})
	drop(w, scan)
	if w.session.front.Page != page.Import {
		t.Fatalf("nobody has reported, and %s has the scan: %s", w.session.front.Page, shownText(w))
	}
	_, err := w.session.app.Collect(context.Background(), app.CollectRequest{Paths: []string{pagetest.Answer(t, to, to, time.Now(), map[int]map[string]string{1: {"进展情况": "已开工"}})}})
	pagetest.Must(t, err)
	w.open(page.Route{Page: page.Reports})
	for range 16 { // down to the village that reported
		drop(w, scan)
		if w.session.front.Page == page.Reports {
			break
		}
		w.open(page.Route{Page: page.Reports})
		gridOf(t, w).TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	if got := shownText(w); w.session.front.Page != page.Reports || !strings.Contains(got, "作为盖章件") {
		t.Errorf("%s, asked %q", w.session.front.Page, got)
	}
}

// gridOf is the grid of the page at the front.
func gridOf(t *testing.T, w *Window) (found *grid.Grid) {
	t.Helper()
	pagetest.Walk(w.session.pages[w.session.front.Page].Content(), func(o fyne.CanvasObject) {
		if g, is := o.(*grid.Grid); is && found == nil {
			found = g
		}
	})
	if found == nil {
		t.Fatal("no grid")
	}
	return found
}

// TestManual_HasAPageForEveryPage of the window (F1).
func TestManual_HasAPageForEveryPage(t *testing.T) {
	for _, e := range allPages() {
		if _, err := manual.Page(string(behind(page.Route{Page: e.name}).Page)); err != nil {
			t.Error(err)
		}
	}
}

// villageTask is a task of a village.
func villageTask(t *testing.T, a *app.App) (id string) {
	t.Helper()
	_, list, err := a.List(context.Background(), app.ListRequest{Ledger: keys.Task, Limit: 200})
	pagetest.Must(t, err)
	for _, r := range list.Records {
		if r.Get("unit").Text == "青山村" {
			id = r.ID
		}
	}
	return id
}

// TestDropped_OnTheItemInTheDrawer: a photo let go over an open item stays with it;
// a returned form let go there is collected all the same, and without an open item a
// photo goes where all files go.
func TestDropped_OnTheItemInTheDrawer(t *testing.T) {
	w := open(t, wide1366)
	a := w.session.app
	id := villageTask(t, a)
	photo := filepath.Join(t.TempDir(), "清淤后.jpg")
	pagetest.Must(t, os.WriteFile(photo, []byte("\xff\xd8\xff"), 0o600))
	w.open(page.Route{Page: page.Tasks, Record: id})
	drop(w, photo)
	files, err := a.Attachments(context.Background(), keys.Task, id)
	if err != nil || len(files) != 1 || w.session.front.Page != page.Tasks {
		t.Fatalf("%+v, %v, %s: %s", files, err, w.session.front.Page, shownText(w))
	}
	w.open(page.Route{Page: page.Tasks, Record: id})
	w.open(page.Route{Page: page.Ledgers, Ledger: keys.Team})
	drop(w, photo)
	if got := w.session.front.Page; got != page.Import {
		t.Errorf("a photo over no record opens %s", got)
	}
	w.open(page.Route{Page: page.Ledgers, Ledger: keys.Task, Record: id})
	drop(w, formOf(t, w))
	if got := w.session.front.Page; got != page.Reports {
		t.Errorf("a returned form over an open record opens %s", got)
	}
}

// TestTake_MeansNoItemInTheDrawer: a workbook opened from its folder while the files of
// an item are shown is read, not attached to the item, as one let go there would be.
func TestTake_MeansNoItemInTheDrawer(t *testing.T) {
	w := open(t, wide1366)
	a := w.session.app
	id := villageTask(t, a)
	photo, table := filepath.Join(t.TempDir(), "清淤后.jpg"), filepath.Join(t.TempDir(), "任务月报.csv")
	pagetest.Must(t, os.WriteFile(photo, []byte("\xff\xd8\xff"), 0o600))
	pagetest.Must(t, os.WriteFile(table, []byte("任务名称,责任单位,完成时限\n修渠,青山村,2026-12-20\n"), 0o600))
	w.open(page.Route{Page: page.Tasks, Record: id})
	drop(w, photo) // the files are in sight now
	drop(w, table)
	if files, err := a.Attachments(context.Background(), keys.Task, id); err != nil || len(files) != 2 {
		t.Fatalf("%v, %v", files, err)
	}
	w.take([]string{table})
	if files, err := a.Attachments(context.Background(), keys.Task, id); err != nil || len(files) != 2 || w.session.front.Page != page.Import {
		t.Errorf("%v, %v: %s", files, err, w.session.front.Page)
	}
	w.open(page.Route{Page: page.Filling})
	w.take([]string{table})
	if got := w.session.front.Page; got != page.Import {
		t.Errorf("opened beside a table being filled: %s", got)
	}
}
