package teams

import (
	"strings"
	"testing"

	"xiangzhen/gui/page"
	"xiangzhen/gui/page/pagetest"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/rule"
)

// at puts the cursor of the rules on one of them.
func (d *doubts) at(t *testing.T, id string) group {
	t.Helper()
	for row, g := range d.groups {
		if g.rule == id {
			d.rules.Select(row)
			return g
		}
	}
	t.Fatalf("no rule %s among %s", id, cellsOf(groupTable(d.groups)))
	return group{}
}

func TestDoubts_ByRuleToTheCell(t *testing.T) {
	r := newRoom(t, PartDoubts, nil)
	d := r.doubtsPart()
	g := d.at(t, "attendance.month_days")
	if len(g.found) != 1 || !strings.Contains(g.name, "考勤表：每月驻村不少于 20 天") || strings.Contains(g.name, "S-") {
		t.Errorf("%+v", g)
	}
	d.open(0)
	if r.front != PartSheet || r.sheet.data.Period != "2026-10" {
		t.Errorf("led to %s %s", r.front, r.sheet.data.Period)
	}
	r.goTo(PartDoubts)
	d.at(t, "leave.back")
	d.open(0)
	if len(r.Opened) != 1 || r.Opened[0].Ledger != ledgers.Leave || r.Opened[0].Record == "" {
		t.Errorf("opened %v", r.Opened)
	}
	r.NoErrors()
}

func TestDoubts_FixesAlike(t *testing.T) {
	r := newRoom(t, PartDoubts, nil)
	d := r.doubtsPart()
	for _, leave := range r.list(ledgers.Leave)[:2] {
		_, err := r.App.Set(t.Context(), ledgers.Leave, leave.ID, []app.Assignment{{Field: "days", Words: "99"}})
		pagetest.Must(t, err)
	}
	r.Show(page.Route{Page: page.Teams})
	d.at(t, "leave.days")
	r.Tap("改成起止天数（2 处）")
	r.NoErrors()
	for _, leave := range r.list(ledgers.Leave)[:2] {
		if leave.Get("days").Num != leave.Get("span_days").Num*10 {
			t.Errorf("%d days of %d", leave.Get("days").Num, leave.Get("span_days").Num)
		}
	}
	for _, g := range d.groups {
		if g.rule == "leave.days" {
			t.Error("still doubted")
		}
	}
	if r.Button("改成起止天数（2 处）") != nil {
		t.Error("the button is still there")
	}
}

func TestDoubts_SwitchedOffWithAReason(t *testing.T) {
	r := newRoom(t, PartDoubts, nil)
	d := r.doubtsPart()
	d.at(t, "area.team_size")
	r.Tap("停用这条规则")
	r.Tap("停用")
	if r.Win.Canvas().Overlays().Top() == nil {
		t.Fatal("switched off without a reason")
	}
	r.entries()[0].SetText("本县两人一队")
	r.Tap("停用")
	g := d.at(t, "area.team_size")
	if g.off != "本县两人一队" || len(g.found) != 0 {
		t.Fatalf("%+v", g)
	}
	r.Shot("teams-doubts-off")
	r.Tap("恢复这条规则")
	if g := d.at(t, "area.team_size"); g.off != "" || len(g.found) != 2 {
		t.Errorf("%+v", g)
	}
	r.NoErrors()
}

func TestGrouped_RulesOfFieldsAndOrder(t *testing.T) {
	r := pagetest.New(t)
	c := r.App.Catalog()
	groups := grouped(c, []model.Problem{
		{Rule: "leave.days", Ledger: ledgers.Leave, Record: "a"}, {Rule: "id_checksum", Ledger: ledgers.Team, Record: "b", Field: "id_number"},
		{Rule: "leave.days", Ledger: ledgers.Leave, Record: "c"},
	}, model.Params{rule.CheckOff + "team.term": "示例理由"})
	if len(groups) != 3 || len(groups[0].found) != 2 || groups[1].name != "驻村工作队花名册：身份证号" || groups[1].canOff || groups[2].off != "示例理由" {
		t.Errorf("%+v", groups)
	}
	if got := countWords(groups); got != "3 处，2 条规则，停用 1 条" {
		t.Error(got)
	}
	if alike(groups[0], groups[0].found[0]) != nil {
		t.Error("nothing is offered, and something is alike")
	}
}

func TestDoubts_Keys(t *testing.T) {
	r := newRoom(t, PartDoubts, nil)
	d := r.doubtsPart()
	d.at(t, "area.team_size")
	r.Do(page.Next)
	if row, _ := d.list.Current(); row != 1 {
		t.Errorf("F4 goes to %d", row)
	}
	if r.Do(page.New) {
		t.Error("nothing new is made here")
	}
}
