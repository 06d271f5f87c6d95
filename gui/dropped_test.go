package gui

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"xiangzhen/assets/manual"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model/app"
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

// TestManual_HasAPageForEveryPage of the window (F1).
func TestManual_HasAPageForEveryPage(t *testing.T) {
	for _, e := range allPages() {
		if _, err := manual.Page(string(behind(page.Route{Page: e.name}).Page)); err != nil {
			t.Error(err)
		}
	}
}
