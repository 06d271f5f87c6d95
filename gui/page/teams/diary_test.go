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

func (r *room) diaryPart() *diary { return r.parts[PartDiary].(*diary) }

// TestDiary_ADay: what was visited is brought along, the village follows from the
// roster, and the difficulty becomes a task in one key, once.
func TestDiary_ADay(t *testing.T) {
	r := newRoom(t, PartDiary, nil)
	part := r.diaryPart()
	line, err := r.App.Roster(t.Context())
	pagetest.Must(t, err)
	member := line[0].Member
	_, households, err := r.App.List(t.Context(), app.ListRequest{Ledger: ledgers.Household, Limit: 1})
	pagetest.Must(t, err)
	house := households.Records[0]
	_, err = r.App.Add(t.Context(), ledgers.Visit, []app.Assignment{{Field: "visited_on", Words: "2026-11-22"}, {Field: "visitor", Words: member.ID},
		{Field: "household", Words: house.ID}, {Field: "village", Words: house.Area}, {Field: "problem", Words: "屋顶漏雨"}})
	pagetest.Must(t, err)
	before := len(r.list(ledgers.MemberLog))

	r.Do(page.New)
	r.pick(r.pickers()[0], member.Get("name").Text)
	r.Tap("带出当天走访")
	r.NoErrors()
	r.Shot("teams-diary-entry")
	e := r.entries()
	problem := e[len(e)-2]
	problem.SetText("排水沟垮塌，需要挖机")
	r.Tap("保存")
	r.NoErrors()

	logs := r.list(ledgers.MemberLog, "problem~排水沟")
	if len(r.list(ledgers.MemberLog)) != before+1 || len(logs) != 1 {
		t.Fatalf("%d entries", len(logs))
	}
	log := logs[0]
	if got := log.Get("content").Text; !strings.HasPrefix(got, "走访 ") || !strings.Contains(got, house.Get("householder").Text) || !strings.Contains(got, "反映问题 1 个") {
		t.Errorf("brought %q", got)
	}
	if log.Get("village").ID != member.Get("village").ID || log.Area != member.Area {
		t.Errorf("village %v, area %s", log.Get("village"), log.Area)
	}

	part.choose(viewProblems)
	at := -1
	for row, l := range part.shown() {
		if l.Log.ID == log.ID {
			at = row
		}
	}
	if at < 0 {
		t.Fatal("the difficulty does not wait")
	}
	part.grid.Select(at)
	r.Shot("teams-diary-problems")
	waiting := len(part.shown())
	r.Do(page.Report)
	r.NoErrors()
	tasks := r.list(ledgers.Task, "title=排水沟垮塌，需要挖机")
	if len(tasks) != 1 || tasks[0].Get("origin").ID != log.ID || tasks[0].Get("unit").ID != member.Get("village").ID || strings.Contains(tasks[0].Get("content").Text, "走访") {
		t.Fatalf("%d tasks: %v", len(tasks), tasks)
	}
	if len(part.shown()) != waiting-1 {
		t.Errorf("%d wait of %d", len(part.shown()), waiting)
	}
	part.choose(viewWeek)
	for row, l := range part.shown() {
		if l.Log.ID == log.ID {
			part.grid.Select(row)
		}
	}
	r.Do(page.Report)
	if !strings.Contains(r.Toast(), "已经转为任务“排水沟垮塌") || len(r.list(ledgers.Task, "title=排水沟垮塌，需要挖机")) != 1 {
		t.Errorf("said %q", r.Toast())
	}
}

func TestDiary_NeedsAWriterToBringVisits(t *testing.T) {
	r := newRoom(t, PartDiary, nil)
	r.diaryPart().data.recent = nil // nobody to propose
	r.Do(page.New)
	r.Tap("带出当天走访")
	r.Shows("请先从花名册里选记录人")
}

func TestDiary_AgainAndExport(t *testing.T) {
	r := newRoom(t, PartDiary, nil)
	part := r.diaryPart()
	last := lastEntry(part.data.recent, part.current(), r.App.Today())
	r.Tap("照抄上一天")
	r.Tap("保存")
	r.NoErrors()
	got := r.list(ledgers.MemberLog, "log_on=2026-11-22")
	copied := false
	for _, log := range got {
		copied = copied || log.Get("content") == last.Get("content") && log.Get("member") == last.Get("member") && log.Get("next_step") == last.Get("next_step")
	}
	if !copied {
		t.Errorf("nothing like %v among %d entries", last.Values, len(got))
	}
	r.Tap("导出日志")
	if _, err := os.Stat(r.saved); err != nil || !strings.Contains(r.saved, "2026年第47周") {
		t.Errorf("%s: %v", r.saved, err)
	}
	part.open(0)
	if r.Opened[0].Ledger != ledgers.MemberLog || r.Opened[0].Record != part.shown()[0].Log.ID {
		t.Errorf("opened %v", r.Opened)
	}
}

func TestDiaryView(t *testing.T) {
	entry := func(id, day, problem string, risen ...string) app.DiaryLine {
		log := model.NewRecord(ledgers.MemberLog, id)
		log.Put("log_on", model.OnDay(model.Day(day)))
		log.Put("problem", model.Text(problem))
		return app.DiaryLine{Log: log, Risen: risen}
	}
	all := []app.DiaryLine{entry("a", "2026-11-22", ""), entry("b", "2026-11-16", "缺水", "通水"), entry("c", "2026-11-15", "缺路"), entry("d", "2026-10-30", "缺电")}
	for view, want := range map[string]string{viewWeek: "ab", viewLastWeek: "c", viewMonth: "abc", viewProblems: "cd"} {
		got := ""
		for _, line := range diaryLines(view, all, "2026-11-22") {
			got += line.Log.ID
		}
		if got != want {
			t.Errorf("%s: %s, not %s", view, got, want)
		}
	}
	if got := lastEntry(all, nil, "2026-11-16"); got.ID != "c" {
		t.Errorf("last %s", got.ID)
	}
	if got := lastEntry(nil, nil, ""); got != nil {
		t.Errorf("last %v", got)
	}
}
