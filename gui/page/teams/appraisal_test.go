package teams

import (
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"xiangzhen/gui/kit"
	"xiangzhen/gui/page"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

func (r *room) yearPart() *appraisal { return r.parts[PartYear].(*appraisal) }

// TestAppraisal_SheetOfAPerson: the first entry makes the sheet, the second one changes
// it; the facts stand beside, and nothing is computed into a level.
func TestAppraisal_SheetOfAPerson(t *testing.T) {
	r := newRoom(t, PartYear, nil)
	part := r.yearPart()
	row := 0
	for part.people[row].Sheet != nil {
		row++
	}
	who, before := part.people[row], len(r.list(ledgers.Appraisal))
	part.grid.Select(row)
	r.Do(page.Report)
	r.Shows("台账记载：驻村", "等次", "工作队等次")
	r.Shot("teams-appraisal-entry")
	r.entries()[0].SetText("政治坚定")
	r.Tap("保存")
	r.NoErrors()
	got := part.people[row].Sheet
	if got == nil || len(r.list(ledgers.Appraisal)) != before+1 || got.Get("morals").Text != "政治坚定" || got.Get("member").ID != who.Member.ID ||
		got.Get("year").Num != 2026 || !got.Get("grade").IsEmpty() || got.Area != who.Member.Area {
		t.Fatalf("%+v", got)
	}
	part.fill(row)
	r.entries()[1].SetText("会做群众工作")
	r.Tap("保存")
	r.NoErrors()
	if again := part.people[row].Sheet; again.ID != got.ID || again.Get("morals").Text != "政治坚定" || again.Get("ability").Text != "会做群众工作" {
		t.Errorf("%v", again.Values)
	}
	r.Tap("导出考核表")
	if _, err := os.Stat(r.saved); err != nil || !strings.Contains(r.saved, "2026年度") {
		t.Errorf("%s: %v", r.saved, err)
	}
}

func TestAppraisal_AnotherYear(t *testing.T) {
	r := newRoom(t, PartYear, nil)
	part := r.yearPart()
	all := len(part.people)
	part.chips.OnTap("2024", fyne.Position{})
	if part.year != 2024 || len(part.people) == 0 || len(part.people) >= all {
		t.Errorf("%d people in %d, %d now", len(part.people), part.year, all)
	}
	part.fill(-1)
	if !strings.Contains(r.Toast(), "选中一名队员") {
		t.Errorf("said %q", r.Toast())
	}
}

func TestAppraisalWords(t *testing.T) {
	if got := appraisalWords([]app.Appraisee{{}, {}}); !strings.HasPrefix(got, "2 人，已填 0 份") {
		t.Error(got)
	}
	if got := yearChips("2026-11-22"); len(got) != 3 || got[2] != (kit.Chip{Key: "2024", Label: "2024年度"}) {
		t.Errorf("%v", got)
	}
}
