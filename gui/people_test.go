package gui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"xiangzhen/assets/licences"
	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

// two registers a manager and a clerk; the manager works.
func two(t *testing.T, w *Window) {
	t.Helper()
	for _, u := range []struct{ name, role string }{{"张示例一", ledgers.RoleManager}, {"李示例二", ledgers.RoleClerk}} {
		_, err := w.session.app.SetUser(t.Context(), u.name, u.role)
		pagetest.Must(t, err)
	}
	w.actAs("张示例一")
}

func TestSwitch_OneUserIsNotAsked(t *testing.T) {
	w := open(t, wide1366)
	if w.top.user.Visible() {
		t.Error("one user is named in the top bar")
	}
	w.switchUser()
	if w.Canvas().Overlays().Top() != nil || !strings.Contains(w.toaster.Text(), "只登记了一个") {
		t.Errorf("it says %q", w.toaster.Text())
	}
}

func TestSwitch_WithoutARestart(t *testing.T) {
	w := open(t, wide1093)
	two(t, w)
	if !w.top.user.Visible() || w.top.user.Label != "张示例一" {
		t.Fatalf("top bar %q", w.top.user.Label)
	}
	shot(t, w, "users-top-1093")
	checkPlaces(t, "two users", w.win.Content())
	session := w.session
	test.Tap(w.top.user)
	shot(t, w, "users-switch")
	pagetest.Walk(w.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		if p, ok := o.(*kit.Picker); ok {
			p.SetChoice(kit.Choice{ID: "李示例二", Text: "李示例二"})
		}
	})
	tapShown(t, w, "切换")
	if w.session != session || w.top.user.Label != "李示例二" || !strings.Contains(w.status.right.Text(), "李示例二") {
		t.Fatalf("top bar %q, status %q", w.top.user.Label, w.status.right.Text())
	}
	if may, err := w.session.app.May(t.Context(), app.RightManage); err != nil || may {
		t.Errorf("a clerk may manage: %v, %v", may, err)
	}
}

func TestRestore_RefusedForAClerk(t *testing.T) {
	w := open(t, wide1366)
	two(t, w)
	backup, err := w.session.app.Backup(t.Context(), "")
	pagetest.Must(t, err)
	w.actAs("李示例二")
	w.restore(backup.Path)
	if w.session == nil || !strings.Contains(paraText(w), "要有“管理”权限") {
		t.Errorf("it says %s", paraText(w))
	}
}

// TestRestore_BringsFiles: on a fresh PC the files come along from the stick, and what
// is nowhere is named while the ledger is there all the same.
func TestRestore_BringsFiles(t *testing.T) {
	w := open(t, wide1366)
	a := w.session.app
	_, list, err := a.List(t.Context(), app.ListRequest{Ledger: "task", Limit: 1})
	pagetest.Must(t, err)
	note := filepath.Join(t.TempDir(), "纪要.txt")
	pagetest.Must(t, os.WriteFile(note, []byte("会议纪要"), 0o644))
	id := list.Records[0].ID
	_, err = a.Attach(t.Context(), app.AttachRequest{Ledger: "task", ID: id, Paths: []string{note}})
	pagetest.Must(t, err)
	stick := t.TempDir()
	backup, err := a.BackupToSecond(t.Context(), stick)
	pagetest.Must(t, err)

	w.restoreNew(backup.Path)
	files, err := w.session.app.Attachments(t.Context(), "task", id)
	if err != nil || len(files) != 1 || files[0].Broken != "" {
		t.Fatalf("%+v, %v", files, err)
	}
	if !strings.Contains(w.toaster.Text(), "带回附件 1 个") {
		t.Errorf("it says %q", w.toaster.Text())
	}
	shot(t, w, "restore-brought")

	evidence, err := filepath.Glob(filepath.Join(stick, "*-佐证"))
	pagetest.Must(t, err)
	pagetest.Must(t, os.RemoveAll(evidence[0]))
	w.restoreNew(backup.Path)
	if w.session == nil || !strings.Contains(paraText(w), "有 1 个附件没有找回") || !strings.Contains(paraText(w), "纪要.txt") {
		t.Errorf("it says %s", paraText(w))
	}
	shot(t, w, "restore-lost")
}

func TestLicences(t *testing.T) {
	w := fresh(t, wide1093)
	w.about()
	tapShown(t, w, "第三方许可")
	shot(t, w, "licences")
	if s := licenceSource(licences.All()); s.Len() < 5 || s.Cell(0, 0).Text == "" {
		t.Errorf("%d parts", s.Len())
	}
	tapShown(t, w, "知道了")
	if w.Canvas().Overlays().Top() != nil {
		t.Error("the list stays")
	}
	w.open(page.Route{Page: page.Today})
}
