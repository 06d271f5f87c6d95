package reports_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// packOfOffice is a pack with a password that 党政办 made of a new task, in a copy of
// the room's ledger.
func packOfOffice(t *testing.T, r *room) string {
	t.Helper()
	ctx := context.Background()
	copied := filepath.Join(t.TempDir(), "党政办.xzdb")
	_, err := r.App.Backup(ctx, copied)
	pagetest.Must(t, err)
	a, err := app.Open(ctx, app.Options{Path: copied, Today: r.App.Today()})
	pagetest.Must(t, err)
	_, err = a.SetOffice(ctx, "党政办")
	pagetest.Must(t, err)
	path := filepath.Join(t.TempDir(), "党政办.xzpack")
	_, err = a.PackForOffices(ctx, app.OfficePack{To: path, Password: "一句记得住的话"}) // everything
	pagetest.Must(t, err)
	pagetest.Must(t, os.Remove(path))
	_, err = a.Add(ctx, ledgers.Task, []app.Assignment{{Field: "title", Words: "清理河道"}, {Field: "unit", Words: "青山村"}})
	pagetest.Must(t, err)
	_, err = a.PackForOffices(ctx, app.OfficePack{To: path, Password: "一句记得住的话", All: true})
	pagetest.Must(t, err)
	pagetest.Must(t, a.Close())
	return path
}

// typeIn writes into the one entry of the open dialog.
func (r *room) typeIn(words string) {
	r.T.Helper()
	pagetest.Walk(r.Desk.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if e, ok := o.(*kit.Entry); ok {
			e.SetText(words)
		}
	})
}

// TestCollect_PackOfAnOffice: its password is asked for, its records are shown before
// anything is written, and one button takes them in.
func TestCollect_PackOfAnOffice(t *testing.T) {
	r := newRoom(t)
	_, err := r.App.SetOffice(t.Context(), "组织办")
	pagetest.Must(t, err)
	path := packOfOffice(t, r)
	r.page.Show(page.Route{Page: page.Reports, Act: page.Collect, Paths: []string{path}})
	r.Shows("设有密码")
	r.typeIn("不对的密码")
	r.Tap("打开")
	r.Shows("密码不对")
	r.typeIn("一句记得住的话")
	r.Tap("打开")
	r.NoErrors()
	r.Shows("已认出：党政办的科室包")
	r.Shot("collect-office-pack")
	_, before, err := r.App.List(t.Context(), app.ListRequest{Ledger: ledgers.Task, Where: []string{"title=清理河道"}})
	pagetest.Must(t, err)
	r.Tap("并入 1 个文件（可撤销）")
	r.NoErrors()
	_, after, err := r.App.List(t.Context(), app.ListRequest{Ledger: ledgers.Task, Where: []string{"title=清理河道"}})
	if err != nil || before.Total != 0 || after.Total != 1 {
		t.Errorf("%d before, %d after, %v", before.Total, after.Total, err)
	}
	if _, err := r.App.Set(t.Context(), ledgers.Task, after.Records[0].ID, []app.Assignment{{Field: "title", Words: "改"}}); model.CodeOf(err) != model.CodeRefused {
		t.Errorf("written here: %v", err)
	}
}
