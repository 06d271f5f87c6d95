package teams

import (
	"os"
	"strings"
	"testing"

	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

func TestRoster_TermsThatEnd(t *testing.T) {
	r := newRoom(t, PartRoster, nil)
	part := r.rosterPart()
	if len(part.shown) != 34 || !strings.Contains(r.Written(), "12 个村有工作队") {
		t.Errorf("%d people in office", len(part.shown))
	}
	part.choose(viewSixty)
	if len(part.shown) != 1 || !strings.Contains(cellsOf(part.table()), "剩 25 天") {
		t.Errorf("%d terms end, %s", len(part.shown), cellsOf(part.table()))
	}
	part.choose(viewThirty)
	if len(part.shown) != 1 {
		t.Errorf("%d terms end in 30 days", len(part.shown))
	}
	part.choose(viewRotation)
	if len(part.rotations) == 0 || part.current() != nil {
		t.Errorf("%d rotations, %v chosen", len(part.rotations), part.current())
	}
	r.Shot("teams-rotation")
	r.NoErrors()
}

func TestRosterView_Days(t *testing.T) {
	today := model.Day("2026-11-22")
	for to, want := range map[model.Day]string{"": viewNow, "2026-11-22": viewThirty, "2026-12-23": viewSixty, "2027-06-01": viewNow, "2026-11-21": viewPast} {
		m := aMember("2024-11-22", to)
		if !inView(want, m, today) || inView(viewPast, m, today) != (want == viewPast) || inView(viewNow, m, today) == (want == viewPast) {
			t.Errorf("%q is not in %s alone", to, want)
		}
	}
	for to, want := range map[model.Day]string{"": "未填", "2026-11-21": "已满 1 天", "2026-12-22": "剩 30 天"} {
		if got := termCell(aMember("2024-11-22", to), today).Text; got != want {
			t.Errorf("%q: %s", to, got)
		}
	}
}

func TestHandoverWords(t *testing.T) {
	if got := handoverWords([]app.HandoverItem{{Label: "任务", Left: "待党政办改"}}); got != "任务 1（待党政办改）。" {
		t.Error(got)
	}
	items := []app.HandoverItem{{Label: "任务"}, {Label: "任务"}, {Label: "户台账"}}
	if got := handoverWords(items); got != "任务 2，户台账 1。" {
		t.Error(got)
	}
	if got := handoverWords(nil); !strings.HasPrefix(got, "没有在办") {
		t.Error(got)
	}
}

func TestRoster_Handover(t *testing.T) {
	r := newRoom(t, PartRoster, nil)
	part := r.rosterPart()
	leaver, successor := part.shown[0].Member, part.shown[1].Member
	house := r.list(ledgers.Household, "stage="+ledgers.StageHelping)[0]
	_, err := r.App.Set(t.Context(), ledgers.Household, house.ID, []app.Assignment{{Field: "helper", Words: leaver.ID}})
	pagetest.Must(t, err)
	part.setDrawer(true)
	r.Shows(leaver.Get("role").Text, "身份证号")
	r.Shot("teams-drawer")
	r.Tap("人员交接")
	r.Shows("转给接任人员：户台账 3。")
	r.Shot("teams-handover")
	r.Tap("交接")
	if len(r.Said.Errors) > 0 || r.Win.Canvas().Overlays().Top() == nil {
		t.Fatalf("without a successor: %v", r.Said.Errors)
	}
	r.pick(r.pickers()[0], successor.Get("name").Text)
	for _, e := range r.entries() {
		if e.Text == "" {
			e.SetText("示例监交")
		}
	}
	r.Tap("交接")
	r.NoErrors()
	if got := r.list(ledgers.Household, "id="+house.ID)[0].Get("helper").ID; got != successor.ID {
		t.Errorf("the household is %s's", got)
	}
	if got := r.list(ledgers.Rotation, "leaver="+leaver.ID); len(got) != 1 || got[0].Get("witness").Text != "示例监交" {
		t.Errorf("rotations %v", got)
	}
	if _, err := os.Stat(r.saved); err != nil || !strings.Contains(r.saved, "工作交接清单") {
		t.Errorf("%s: %v", r.saved, err)
	}
}

func TestRoster_AddAndExport(t *testing.T) {
	r := newRoom(t, PartRoster, nil)
	if !r.Do(page.New) {
		t.Fatal("Ctrl+N is not used")
	}
	r.Tap("新增")
	if r.Win.Canvas().Overlays().Top() == nil {
		t.Fatal("a member without a name was taken")
	}
	r.pick(r.pickers()[0], "青山村")
	r.entries()[0].SetText("周新来")
	r.Tap("新增")
	r.NoErrors()
	if got := r.list(ledgers.Team, "name=周新来"); len(got) != 1 || got[0].Get("village").Text != "青山村" {
		t.Errorf("%v", got)
	}
	r.Tap("导出花名册")
	if _, err := os.Stat(r.saved); err != nil {
		t.Error(err)
	}
	r.Tap("打开完整台账")
	if len(r.Opened) != 1 || r.Opened[0].Ledger != ledgers.Team {
		t.Errorf("opened %v", r.Opened)
	}
}

// TestRoster_NothingYet: an empty roster says what to do next.
func TestRoster_NothingYet(t *testing.T) {
	r := newRoom(t, PartRoster, nil)
	part := r.rosterPart()
	part.all = nil
	part.choose(viewNow)
	if part.current() != nil || len(part.table().rows) != 0 {
		t.Error("somebody is left")
	}
	part.handover()
	if !strings.Contains(r.Toast(), "选中移交人") {
		t.Errorf("said %q", r.Toast())
	}
}

func TestMasking(t *testing.T) {
	r := newRoom(t, PartRoster, nil)
	part := r.rosterPart()
	l := r.App.Catalog().Ledger(ledgers.Team)
	m := part.shown[0].Member
	if full, seen := m.Get("id_number").Text, shown(l, m, "id_number"); full == "" || seen == full || !strings.Contains(seen, "*") {
		t.Errorf("%q is shown as %q", full, seen)
	}
}
