package app

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/store"
)

func agenda(t testing.TB, a *App) Agenda {
	t.Helper()
	got, err := a.Agenda(context.Background())
	check(t, err)
	return got
}

func (x Agenda) lines(key AgendaKey, kind AgendaKind) []AgendaLine {
	i := slices.IndexFunc(x.Groups, func(g AgendaGroup) bool { return g.Key == key })
	return slices.DeleteFunc(slices.Clone(x.Groups[i].Lines), func(l AgendaLine) bool { return l.Kind != kind })
}

// byHand counts what fits by a walk over all followed items.
func byHand(t testing.TB, a *App, fits func(*model.Record) bool) int {
	t.Helper()
	n := 0
	for _, key := range ledgers.Followed() {
		_, page, err := a.List(context.Background(), ListRequest{Ledger: key, Area: a.homeName()})
		check(t, err)
		for _, r := range page.Records {
			if fits(r) {
				n++
			}
		}
	}
	return n
}

func TestAgenda_CountsWhatTheListsShow(t *testing.T) {
	a := openDemo(t)
	got := agenda(t, a)
	lit := func(light string) func(*model.Record) bool {
		return func(r *model.Record) bool {
			return r.Get("light").Text == light && r.Get("light_reason").Text == ledgers.ReasonTime
		}
	}
	for name, pair := range map[string][2]int{
		"items":  {got.Items, byHand(t, a, func(*model.Record) bool { return true })},
		"late":   {got.Late, byHand(t, a, lit(ledgers.LightRed))},
		"soon":   {got.Soon, byHand(t, a, lit(ledgers.LightYellow))},
		"review": {got.Review, byHand(t, a, func(r *model.Record) bool { return r.Get("state").Text == ledgers.StateReview })},
	} {
		if pair[0] != pair[1] || pair[0] == 0 {
			t.Errorf("%s: %d, by hand %d", name, pair[0], pair[1])
		}
	}
	if got.Unit != "甲镇" || got.SoonDays != 3 || got.Team.Members == 0 {
		t.Errorf("%s, %d days, %+v", got.Unit, got.SoonDays, got.Team)
	}
	late := got.lines(AgendaLate, KindLate)
	if len(late) != got.Late || !slices.IsSortedFunc(late, func(x, y AgendaLine) int { return x.Days - y.Days }) {
		t.Errorf("%d lines of %d, the most pressing first: %+v", len(late), got.Late, late)
	}
	for _, l := range got.lines(AgendaDue, KindDue) {
		if l.Days < 0 || l.Days > 1 {
			t.Errorf("%s is due in %d days", l.Title, l.Days)
		}
	}
}

func TestAgenda_AreasInTheirOrder(t *testing.T) {
	a := openDemo(t)
	got := agenda(t, a)
	below, err := a.below(context.Background())
	check(t, err)
	if len(got.Areas) != 16 || len(below) != 16 {
		t.Fatalf("%d areas", len(got.Areas))
	}
	sum := Completion{}
	for i, c := range got.Areas {
		if c.Area != below[i].Get("name").Text {
			t.Errorf("%d is %s, want %s", i, c.Area, below[i].Get("name").Text)
		}
		if c.Done+c.Soon+c.Late > c.All {
			t.Errorf("%+v: parts are more than the whole", c)
		}
		sum.All, sum.Done, sum.Late = sum.All+c.All, sum.Done+c.Done, sum.Late+c.Late
	}
	if sum.Late != got.Late || sum.All == 0 || sum.Done == 0 {
		t.Errorf("%+v in all, %d late", sum, got.Late)
	}
}

func TestAgenda_CountyCountsWholeTownships(t *testing.T) {
	a, err := CreateDemo(context.Background(), Options{Path: filepath.Join(t.TempDir(), "县.xzdb"), Today: testDay}, "示例县", 1)
	check(t, err)
	defer a.Close()
	got := agenda(t, a)
	if len(got.Areas) != 3 || got.Areas[0].Area != "甲镇" || got.Areas[0].Late != 12 {
		t.Errorf("%+v", got.Areas)
	}
}

func TestAgenda_ReportsOfTheMonth(t *testing.T) {
	a := openDemo(t)
	r := agenda(t, a).Reports[0]
	if !r.Issued || r.Expected != 16 || r.Submitted != 0 || r.Due != "2026-11-25" || r.Text == "" {
		t.Errorf("%+v", r)
	}
	op, err := a.Undoable(context.Background())
	check(t, err)
	_, err = a.Undo(context.Background(), op.ID)
	check(t, err)
	got := agenda(t, a)
	if r := got.Reports[0]; r.Issued || r.Form.Label != "任务进展月报" || r.Due != "2026-11-25" {
		t.Errorf("%+v", r)
	}
	if l := got.lines(AgendaRemind, KindUnissued); len(l) != 1 || l[0].Days != 3 {
		t.Errorf("%+v", l)
	}
}

// TestAgenda_OnlyWhatIMayDo: who applied does not review, and what the county is to
// answer is not on the township's list.
func TestAgenda_OnlyWhatIMayDo(t *testing.T) {
	a := openDemo(t)
	ctx := context.Background()
	before := agenda(t, a)
	one := before.lines(AgendaMine, KindReview)[0]
	mine := map[string]model.Value{"applied_by": model.Text(a.Actor().Person)}
	_, err := a.do(ctx, "set", "测试", func(tx *store.Tx) error {
		_, err := tx.Set(ledgers.Task, one.Record, mine)
		return err
	})
	check(t, err)
	if got := agenda(t, a); got.Review != before.Review-1 {
		t.Errorf("%d to review, before %d", got.Review, before.Review)
	}
}

func TestAgenda_MovesOfTheUnit(t *testing.T) {
	a := openDemo(t)
	ctx := context.Background()
	add := func(assign ...Assignment) string {
		done, err := a.Add(ctx, "task", assign)
		check(t, err)
		return done.Records[0].ID
	}
	id := add(Assignment{"title", "清理河道"}, Assignment{"unit", "甲镇"}, Assignment{"due", "2026-11-23"})
	got := agenda(t, a)
	if l := got.lines(AgendaMine, KindAssign); len(l) != 1 || l[0].Record != id {
		t.Errorf("待交办 %+v", l)
	}
	if l := got.lines(AgendaDue, KindDue); !slices.ContainsFunc(l, func(x AgendaLine) bool { return x.Record == id }) {
		t.Errorf("今明到期 %+v", l)
	}
	_, err := a.Flow(ctx, FlowRequest{Ledger: "task", IDs: []string{id}, Step: "交办"})
	check(t, err)
	if l := agenda(t, a).lines(AgendaMine, KindAccept); len(l) != 1 || l[0].Title != "清理河道" {
		t.Errorf("待签收 %+v", l)
	}
	village := add(Assignment{"title", "修路"}, Assignment{"unit", "白石村"}, Assignment{"state", "办理中"}, Assignment{"due", "2026-12-31"})
	_, err = a.Flow(ctx, FlowRequest{Ledger: "task", IDs: []string{village}, Step: "申请延期", Reason: "雨季", Date: "2027-01-31"})
	check(t, err)
	if l := agenda(t, a).lines(AgendaMine, KindExtend); len(l) != 2 || l[1].Note != "雨季" || l[1].Due != "2027-01-31" {
		t.Errorf("申请延期 %+v", l)
	}
}

func TestAgenda_RemindsOfASecondPlace(t *testing.T) {
	now := time.Date(2026, 11, 1, 9, 0, 0, 0, time.Local)
	o := Options{Path: filepath.Join(t.TempDir(), "甲镇.xzdb"), Now: func() time.Time { return now }}
	a, err := CreateWith(context.Background(), o, Setup{Unit: "甲镇", Level: model.LevelTown})
	check(t, err)
	defer a.Close()
	if l := agenda(t, a).lines(AgendaRemind, KindBackup); len(l) != 0 {
		t.Errorf("on the first day %+v", l)
	}
	now = now.AddDate(0, 0, 9)
	if l := agenda(t, a).lines(AgendaRemind, KindBackup); len(l) != 1 || l[0].Days != 9 {
		t.Errorf("after nine days %+v", l)
	}
	_, err = a.BackupToSecond(context.Background(), t.TempDir())
	check(t, err)
	if l := agenda(t, a).lines(AgendaRemind, KindBackup); len(l) != 0 {
		t.Errorf("with a second place %+v", l)
	}
}

func TestAgenda_EmptyLedger(t *testing.T) {
	a, err := Create(context.Background(), Options{Path: filepath.Join(t.TempDir(), "空.xzdb"), Today: testDay})
	check(t, err)
	defer a.Close()
	got := agenda(t, a)
	for _, g := range got.Groups {
		if g.Total != 0 {
			t.Errorf("%+v", g)
		}
	}
	if got.Items != 0 || got.Unit != "" || got.Areas != nil {
		t.Errorf("%+v", got)
	}
}

func TestAgenda_Conflicts(t *testing.T) {
	a := openDemo(t)
	check(t, openConflict(t, a))
	got := agenda(t, a)
	if l := got.lines(AgendaMine, KindConflict); got.Conflicts != 1 || len(l) != 1 || l[0].Note != "完成时限" {
		t.Errorf("%d %+v", got.Conflicts, l)
	}
}

// openConflict enters a conflict on the first task.
func openConflict(t testing.TB, a *App) error {
	t.Helper()
	_, page, err := a.List(context.Background(), ListRequest{Ledger: "task", Area: a.homeName(), Limit: 1})
	check(t, err)
	rec := model.NewRecord(ledgers.Conflict, "")
	for key, v := range map[string]string{"target_ledger": "task", "record": page.Records[0].ID, "field": "due",
		"base": "{}", "ours": "{}", "theirs": "[]", "state": ledgers.ConflictOpen} {
		rec.Put(key, model.Text(v))
	}
	_, err = a.do(context.Background(), "collect", "测试", func(tx *store.Tx) error { return tx.Add(rec) })
	return err
}

// BenchmarkAgenda20k is a township with 20,000 items of its villages.
func BenchmarkAgenda20k(b *testing.B) {
	a := openDemo(b)
	villages := agenda(b, a).Areas
	_, err := a.do(context.Background(), "import", "测试", func(tx *store.Tx) error {
		for i := range 20_000 {
			v := villages[i%len(villages)]
			rec := model.NewRecord(ledgers.Task, "")
			rec.Area = v.AreaID
			rec.Put("title", model.Text(fmt.Sprintf("整治第%d处", i)))
			rec.Put("unit", model.Reference(v.AreaID, v.Area))
			rec.Put("due", model.OnDay(testDay.Add(i%90-5)))
			rec.Put("state", model.Text([]string{ledgers.StateDoing, ledgers.StateDone, ledgers.StateReview}[i%3]))
			if err := tx.Add(rec); err != nil {
				return err
			}
		}
		return nil
	})
	check(b, err)
	for b.Loop() {
		agenda(b, a)
	}
}

func TestAgenda_ListsEveryFollowedLedgerByItsDay(t *testing.T) {
	s := tell(t, testDay)
	for i, ledger := range ledgers.Followed()[1:] {
		fields := []string{"title=第" + fmt.Sprint(i) + "项", "unit=白石村", fmt.Sprintf("due=2026-11-%d", 20-i), "state=办理中"}
		if l := s.a.Catalog().Ledger(ledger); l.Field("maker") != nil && l.Field("maker").Required {
			fields = append(fields, "maker="+s.anyPerson())
		}
		s.add(ledger, ledger, fields...)
	}
	got := agenda(t, s.a)
	late := got.lines(AgendaLate, KindLate)
	if !slices.IsSortedFunc(late, func(x, y AgendaLine) int { return x.Days - y.Days }) {
		t.Errorf("not by their days: %+v", late)
	}
	for _, key := range ledgers.Followed()[1:] {
		i := slices.IndexFunc(late, func(l AgendaLine) bool { return l.Ledger == key })
		if i < 0 {
			t.Errorf("%s is not listed", key)
			continue
		}
		if l := late[i]; l.Of != s.a.Catalog().Ledger(key).Label || l.Record == "" || l.Unit != "白石村" {
			t.Errorf("%+v", l)
		}
	}
	group := got.Groups[0]
	if group.Total-group.Tasks != len(ledgers.Followed())-1 || group.OnlyTasks() || got.Late != group.Total {
		t.Errorf("%d late in all, group %d of which %d tasks", got.Late, group.Total, group.Tasks)
	}
}

// anyPerson is the id of somebody in the ledger.
func (s *story) anyPerson() string {
	s.t.Helper()
	_, page, err := s.a.List(s.t.Context(), ListRequest{Ledger: ledgers.Person, Limit: 1})
	check(s.t, err)
	return page.Records[0].ID
}

func TestAgenda_SaysWhatWasAppliedForInTheLedgersWords(t *testing.T) {
	s := tell(t, testDay)
	s.add("问题", ledgers.Rectification, "title=台账不规范", "unit=白石村", "due=2026-12-20", "state=申请销号", "issuer=示例县")
	mine := agenda(t, s.a).lines(AgendaMine, KindReview)
	i := slices.IndexFunc(mine, func(l AgendaLine) bool { return l.Ledger == ledgers.Rectification })
	if i < 0 || mine[i].Note != "申请销号" || mine[i].Of != "问题整改台账" {
		t.Errorf("%+v", mine)
	}
}

func TestAgendaGroup_KeepsTheMostPressing(t *testing.T) {
	g := AgendaGroup{Key: AgendaLate}
	for i := range mostLines + 5 {
		g.add(AgendaLine{Ledger: ledgers.Order, Days: -i})
	}
	g.count(ledgers.Task, 3)
	g.settle()
	if len(g.Lines) != mostLines || g.Lines[0].Days != -(mostLines+4) || g.Total != mostLines+8 || g.Tasks != 3 {
		t.Errorf("%d lines from %d, %d in all, %d tasks", len(g.Lines), g.Lines[0].Days, g.Total, g.Tasks)
	}
}
