package gui

import (
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
