package teams

import (
	"os"
	"strings"
	"testing"

	"xiangzhen/gui/kit/grid"
	"xiangzhen/gui/page"
	"xiangzhen/model"
	"xiangzhen/model/app"
	"xiangzhen/model/ledgers"
)

func TestVisits_SeveralHouseholdsInOneGo(t *testing.T) {
	r := newRoom(t, PartVisits, nil)
	part := r.visitsPart()
	before := len(r.list(ledgers.Visit))
	r.Do(page.New)
	r.Shot("teams-visit-entry")
	r.Tap("保存")
	if len(r.Said.Errors) != 1 || !strings.Contains(model.Sentence(r.Said.Errors[0]), "还没有选户") {
		t.Fatalf("said %v", r.Said.Errors)
	}
	houses := part.data.coverage.Households
	for _, h := range []*model.Record{houses[1], houses[4]} {
		r.pick(r.pickers()[0], h.Get("householder").Text)
	}
	r.Shows("已选 2 户", houses[4].Get("householder").Text)
	r.Tap("保存")
	got := r.list(ledgers.Visit, "visited_on=2026-11-22")
	if len(r.list(ledgers.Visit)) != before+2 || len(got) < 2 {
		t.Fatalf("%d visits, %d today", len(r.list(ledgers.Visit)), len(got))
	}
	last := got[len(got)-1]
	if last.Get("household").ID != houses[4].ID || last.Get("village").ID != houses[4].Area || last.Get("visitor").IsEmpty() {
		t.Errorf("%v", last.Values)
	}
	part.view = viewWeek
	part.load()
	r.Shot("teams-visit-week")
	if len(part.data.visits) < 2 {
		t.Errorf("%d this week", len(part.data.visits))
	}
}

func TestVisits_ProblemBecomesATask(t *testing.T) {
	r := newRoom(t, PartVisits, nil)
	part := r.visitsPart()
	house := part.data.coverage.Households[0]
	_, err := r.App.Add(t.Context(), ledgers.Visit, []app.Assignment{{Field: "visited_on", Words: "2026-11-21"}, {Field: "household", Words: house.ID},
		{Field: "village", Words: house.Area}, {Field: "problem", Words: "屋后排水沟堵塞"}})
	if err != nil {
		t.Fatal(err)
	}
	r.Do(page.Report)
	if !strings.Contains(r.Toast(), "选中一次走访") {
		t.Errorf("said %q", r.Toast())
	}
	part.view = viewProblems
	part.load()
	if len(part.data.visits) != 1 || part.data.open != 1 {
		t.Fatalf("%d problems wait", len(part.data.visits))
	}
	r.Do(page.Report)
	r.NoErrors()
	tasks := r.list(ledgers.Task, "title=屋后排水沟堵塞")
	if len(tasks) != 1 || tasks[0].Get("origin").ID != part.data.visits[0].ID || tasks[0].Get("unit").ID != house.Area {
		t.Errorf("%d tasks", len(tasks))
	}
	part.open(0)
	if len(r.Opened) != 1 || r.Opened[0].Ledger != ledgers.Visit {
		t.Errorf("opened %v", r.Opened)
	}
}

func TestVisits_AgainAndExport(t *testing.T) {
	r := newRoom(t, PartVisits, nil)
	part := r.visitsPart()
	before := len(r.list(ledgers.Visit))
	last := lastDay(part.data.visits, r.App.Today())
	if len(last) == 0 {
		t.Fatal("nobody was visited")
	}
	r.Tap("照抄上一天")
	r.Tap("保存")
	r.NoErrors()
	got := r.list(ledgers.Visit)
	if newest := got[len(got)-1]; len(got) != before+len(last) || newest.Get("visitor").Text != last[0].Get("visitor").Text || newest.Get("visited_on").End != r.App.Today() {
		t.Errorf("%d visits after %d like %d, by %s", len(got), before, len(last), newest.Get("visitor").Text)
	}
	r.Tap("导出全覆盖表")
	if _, err := os.Stat(r.saved); err != nil {
		t.Error(err)
	}
	part.open(2)
	if r.Opened[0].Record != part.data.coverage.Households[2].ID {
		t.Errorf("opened %v", r.Opened)
	}
}

func TestVisitsView(t *testing.T) {
	if monday, sunday := week("2026-11-22"); monday != "2026-11-16" || sunday != "2026-11-22" {
		t.Errorf("%s to %s", monday, sunday)
	}
	if got := monthsOf("2026-03-31"); len(got) != 3 || got[2] != "2026-03" {
		t.Errorf("months %v", got)
	}
	h := model.NewRecord(ledgers.Household, "h")
	h.Put("identified_on", model.OnDay("2026-03-10"))
	h.Put("cleared", model.Bool(true))
	h.Put("cleared_on", model.OnDay("2026-09-10"))
	for month, want := range map[model.Month]bool{"2026-02": false, "2026-03": true, "2026-09": true, "2026-10": false} {
		if monitoredIn(h, month) != want {
			t.Errorf("%s", month)
		}
	}
	for n, want := range []string{"", "√", "√2"} {
		if c := visitCell(h, n, "2026-05"); c.Text != want || c.Fill != grid.FillNone {
			t.Errorf("%d: %+v", n, c)
		}
	}
	if req := visitRequest(viewLastWeek, "2026-11-22"); !strings.Contains(strings.Join(req.Where, " "), "2026-11-09 visited_on<=2026-11-15") {
		t.Errorf("%v", req.Where)
	}
}
