package ledgers

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
)

// taskFollow speaks of the flow as tasks do.
var taskFollow = follow{end: "办结", report: "进展情况"}

func TestFlow_WellFormed(t *testing.T) {
	catalog := model.NewCatalog(All()...)
	for _, key := range Followed() {
		checkFlow(t, catalog.Ledger(key))
	}
}

func checkFlow(t *testing.T, l *model.Ledger) {
	t.Helper()
	states := map[string]bool{}
	for _, o := range l.Field(l.Flow.State).Options {
		states[o.Key] = true
	}
	if !states[l.Flow.Initial] {
		t.Errorf("%s: initial state %q is no option", l.Key, l.Flow.Initial)
	}
	keys, labels, reached := map[string]bool{}, map[string]bool{}, map[string]bool{l.Flow.Initial: true}
	for _, s := range l.Flow.Steps {
		if keys[s.Key] || labels[s.Label] || s.By == "" {
			t.Errorf("step %s %s is repeated or nobody's", s.Key, s.Label)
		}
		keys[s.Key], labels[s.Label], reached[s.To] = true, true, true
		for _, state := range append(slices.Clone(s.From), s.To) {
			if !states[state] {
				t.Errorf("step %s: unknown state %q", s.Key, state)
			}
		}
		for _, field := range []string{s.Stamp, s.Takes} {
			if field != "" && (l.Field(field) == nil || l.Field(field).Kind != model.KindDate) {
				t.Errorf("step %s: %q is no date field", s.Key, field)
			}
		}
	}
	if !maps.Equal(reached, states) {
		t.Errorf("reached %v of %v", reached, states)
	}
	for _, state := range l.Flow.Finished {
		if !slices.ContainsFunc(l.Flow.Open(state), func(s model.Step) bool { return s.Key == StepReopen }) {
			t.Errorf("%s cannot be reopened", state)
		}
	}
}

const (
	countyID  = "county"
	townID    = "town"
	villageID = "village"
)

// Who acts, on an item that 甲镇 handed to a village and that the county stands
// above: facts as app gathers them.
var (
	asVillage = Facts{Actor: model.Actor{Person: "p-village", Unit: villageID, Level: model.LevelVillage}, IsHolder: true}
	asTown    = Facts{Actor: model.Actor{Person: "p-town", Unit: townID, Level: model.LevelTown}, IsAbove: true}
	asCounty  = Facts{Actor: model.Actor{Person: "p-county", Unit: countyID, Level: model.LevelCounty}, IsAbove: true}
	asOther   = Facts{Actor: model.Actor{Person: "p-other", Unit: "other", Level: model.LevelVillage}}
)

// ready completes facts with all that a step may ask for.
func ready(f Facts) Facts {
	f.Today, f.Assigner, f.AssignerLevel, f.HolderLevel = today, townID, model.LevelTown, model.LevelVillage
	f.Reported, f.Evidence, f.Reason, f.Date = true, true, "理由", model.OnDay("2026-12-31")
	return f
}

// villageItem is an item of the village in a state.
func villageItem(t *testing.T, state string, more values) *model.Record {
	t.Helper()
	own := values{"title": "清淤", "state": state, "due": "2026-11-30"}
	maps.Copy(own, more)
	r := record(t, Task, own)
	r.Put("unit", model.Reference(villageID, "甲二村"))
	return r
}

func TestCanTake(t *testing.T) {
	without := func(f Facts, cut func(*Facts)) Facts {
		f = ready(f)
		cut(&f)
		return f
	}
	asked := values{"extend_to": "2026-12-31", "applied_by": "p-village"}
	applied := values{"applied_by": "p-village"}
	tests := []struct {
		name, step, state string
		more              values
		facts             Facts
		refused           string // part of the sentence; "" = allowed
	}{
		{"hand out", "交办", "待交办", nil, ready(asTown), ""},
		{"the holder does not hand out", "交办", "待交办", nil, ready(asVillage), "只有交办单位"},
		{"handed out already", "交办", "办理中", nil, ready(asTown), "现在是“办理中”，可以办的是：申请办结、办结、申请延期、同意延期、不同意延期、中止、终止。"},
		{"accept", "签收", "待签收", nil, ready(asVillage), ""},
		{"accept for the village", "签收", "待签收", nil, ready(asTown), ""},
		{"accept for a unit elsewhere, by who handed it out", "签收", "待签收", nil, without(asTown, func(f *Facts) { f.IsAbove = false }), ""},
		{"another village", "签收", "待签收", nil, ready(asOther), "只有责任单位"},
		{"apply", "申请办结", "办理中", nil, ready(asVillage), ""},
		{"apply without progress", "申请办结", "办理中", nil, without(asVillage, func(f *Facts) { f.Reported = false }), "还没有填进展情况"},
		{"apply without evidence asked for", "申请办结", "办理中", values{"evidence_need": "是"}, without(asVillage, func(f *Facts) { f.Evidence = false }), "要求佐证"},
		{"apply without evidence nobody asks for", "申请办结", "办理中", nil, without(asVillage, func(f *Facts) { f.Evidence = false }), ""},
		{"close", "办结", "待审核", applied, ready(asTown), ""},
		{"close from above the assigner", "办结", "待审核", applied, ready(asCounty), ""},
		{"the holder does not close", "办结", "待审核", applied, ready(asVillage), "只有交办单位"},
		{"close without application, village", "办结", "办理中", nil, ready(asTown), ""},
		{"close without application, township", "办结", "办理中", nil, without(asTown, func(f *Facts) { f.HolderLevel = model.LevelTown }), "还没有申请办结"},
		{"close without application, level unknown", "办结", "办理中", nil, without(asTown, func(f *Facts) { f.HolderLevel = "" }), ""},
		{"close without progress", "办结", "办理中", nil, without(asTown, func(f *Facts) { f.Reported = false }), "还没有填进展情况"},
		{"below the assigner is no assigner", "办结", "待审核", applied, without(asTown, func(f *Facts) { f.Assigner, f.AssignerLevel = countyID, model.LevelCounty }), "只有交办单位"},
		{"one's own application", "办结", "待审核", values{"applied_by": "p-own"}, without(asTown, func(f *Facts) { f.IsHolder, f.Actor.Person = true, "p-own" }), "由同单位其他人审核"},
		{"one's own, nobody else there", "办结", "待审核", values{"applied_by": "p-own"}, without(asTown, func(f *Facts) { f.IsHolder, f.OnlyOne, f.Actor.Person = true, true, "p-own" }), "用登记纸质审批"},
		{"on paper, nobody else there", "登记纸质审批", "待审核", values{"applied_by": "p-own"}, without(asTown, func(f *Facts) { f.IsHolder, f.OnlyOne, f.Actor.Person = true, true, "p-own" }), ""},
		{"on paper, but a colleague could review", "登记纸质审批", "待审核", values{"applied_by": "p-own"}, without(asTown, func(f *Facts) { f.IsHolder, f.Actor.Person = true, "p-own" }), "由同单位其他人审核"},
		{"on paper from the unit above", "登记纸质审批", "待审核", applied, ready(asVillage), ""},
		{"on paper, who and when not said", "登记纸质审批", "待审核", applied, without(asVillage, func(f *Facts) { f.Reason = "" }), "请写明谁、什么时候批准的"},
		{"recorded for the village, then reviewed", "办结", "待审核", values{"applied_by": villageID}, ready(asTown), ""},
		{"return", "退回", "待审核", applied, ready(asTown), ""},
		{"return without reason", "退回", "待审核", applied, without(asTown, func(f *Facts) { f.Reason = "" }), "请写明理由"},
		{"reopen", "恢复办理", "已办结", nil, ready(asTown), ""},
		{"reopen ended", "恢复办理", "已终止", nil, ready(asTown), ""},
		{"the holder does not reopen", "恢复办理", "已办结", nil, ready(asVillage), "只有交办单位"},
		{"ask for longer", "申请延期", "办理中", nil, ready(asVillage), ""},
		{"ask for longer without a day", "申请延期", "办理中", nil, without(asVillage, func(f *Facts) { f.Date = model.Value{} }), "请写明日期"},
		{"grant", "同意延期", "办理中", asked, ready(asTown), ""},
		{"grant what nobody asked", "同意延期", "办理中", nil, ready(asTown), "没有待答复的延期申请"},
		{"grant oneself", "同意延期", "办理中", values{"extend_to": "2026-12-31", "applied_by": "p-own"}, without(asTown, func(f *Facts) { f.IsHolder, f.Actor.Person = true, "p-own" }), "不能自己审核"},
		{"refuse", "不同意延期", "办理中", asked, ready(asTown), ""},
		{"pause", "中止", "待审核", nil, ready(asTown), ""},
		{"pause without review date", "中止", "办理中", nil, without(asTown, func(f *Facts) { f.Date = model.Value{} }), "请写明日期"},
		{"end what is paused", "终止", "已中止", nil, ready(asTown), ""},
		{"unknown assigner refuses nobody", "交办", "待交办", nil, without(asVillage, func(f *Facts) { f.Assigner = "" }), ""},
	}
	l := task()
	for _, tt := range tests {
		step := l.Flow.Step(tt.step)
		if step == nil {
			t.Fatalf("no step %s", tt.step)
		}
		err := CanTake(l, step, villageItem(t, tt.state, tt.more), tt.facts)
		switch {
		case tt.refused == "" && err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case tt.refused != "" && (model.CodeOf(err) != model.CodeRefused || !strings.Contains(err.Error(), tt.refused) || !strings.HasPrefix(err.Error(), "“清淤”不能"+tt.step+"：")):
			t.Errorf("%s: %v, want …%s…", tt.name, err, tt.refused)
		}
	}
}

func TestTakeStep_RefusesAsCanTake(t *testing.T) {
	l := task()
	if v, err := TakeStep(l, l.Flow.Step("办结"), villageItem(t, "待交办", nil), ready(asTown)); err == nil || v != nil {
		t.Errorf("values %v, error %v", v, err)
	}
}

// take takes steps one after another, each with who takes it.
func take(t *testing.T, r *model.Record, steps ...any) {
	t.Helper()
	l := task()
	for i := 0; i < len(steps); i += 2 {
		changes, err := TakeStep(l, l.Flow.Step(steps[i].(string)), r, steps[i+1].(Facts))
		if err != nil {
			t.Fatal(err)
		}
		for key, v := range changes {
			r.Put(key, v)
		}
	}
}

func TestTakeStep_WholeWay(t *testing.T) {
	l := task()
	shown := func(r *model.Record, keys ...string) string {
		words := make([]string, len(keys))
		for i, key := range keys {
			words[i] = l.Field(key).Show(r.Get(key))
		}
		return strings.Join(words, "|")
	}
	r := villageItem(t, "待交办", nil)
	take(t, r, "交办", ready(asTown), "签收", ready(asVillage), "申请办结", ready(asVillage))
	if got := shown(r, "state", "assigned", "applied_by"); got != "待审核|2026-11-22|p-village" {
		t.Errorf("applied: %s", got)
	}
	take(t, r, "退回", ready(asTown))
	if got := shown(r, "state", "applied_by"); got != "办理中|" {
		t.Errorf("returned: %s", got)
	}
	take(t, r, "申请延期", ready(asVillage))
	if got := shown(r, "state", "due", "extend_to", "extend_reason", "applied_by"); got != "办理中|2026-11-30|2026-12-31|理由|p-village" {
		t.Errorf("asked: %s", got)
	}
	take(t, r, "不同意延期", ready(asTown))
	if got := shown(r, "due", "due_first", "extend_to", "applied_by"); got != "2026-11-30|||" {
		t.Errorf("refused: %s", got)
	}
	later := ready(asVillage)
	later.Date = model.OnDay("2027-01-31")
	take(t, r, "申请延期", ready(asVillage), "同意延期", ready(asTown), "申请延期", later, "同意延期", ready(asTown))
	if got := shown(r, "due", "due_first", "extend_to"); got != "2027-01-31|2026-11-30|" {
		t.Errorf("granted twice: %s: the first deadline must be kept", got)
	}
	take(t, r, "中止", ready(asTown))
	if got := shown(r, "state", "review_on"); got != "已中止|2026-12-31" {
		t.Errorf("paused: %s", got)
	}
	take(t, r, "恢复办理", ready(asTown), "申请办结", ready(asVillage), "登记纸质审批", ready(asVillage))
	if got := shown(r, "state", "closed_on", "approval_note", "review_on"); got != "已办结|2026-11-22|理由|" {
		t.Errorf("closed on paper: %s", got)
	}
	take(t, r, "恢复办理", ready(asTown))
	if got := shown(r, "state", "closed_on", "applied_by"); got != "办理中||" {
		t.Errorf("reopened: %s", got)
	}
}

func TestTakeStep_ForTheVillage(t *testing.T) {
	r := villageItem(t, "办理中", nil)
	take(t, r, "申请办结", ready(asTown)) // 代录
	if got := r.Get("applied_by").Text; got != villageID {
		t.Errorf("applied by %s, want the village", got)
	}
	take(t, r, "办结", ready(asTown))
	if stateOf(r) != StateDone {
		t.Errorf("state %s", stateOf(r))
	}
}

func TestTakeStep_LeavesOutWhatALedgerLacks(t *testing.T) {
	l := &model.Ledger{Key: "small", Title: "title", Flow: taskFollow.flow(), Fields: []model.Field{
		{Key: "title", Kind: model.KindText}, {Key: "state", Kind: model.KindEnum, Options: taskFollow.states()}}}
	r := model.NewRecord("small", "r1")
	r.Put("title", model.Text("整改"))
	r.Put("state", model.Text(StateDone))
	changes, err := TakeStep(l, l.Flow.Step(StepReopen), r, ready(asTown))
	if err != nil || len(changes) != 1 || changes["state"].Text != StateDoing {
		t.Errorf("%v, %v", changes, err)
	}
}

func TestStepWords(t *testing.T) {
	want := "交办、签收、申请办结、办结、登记纸质审批、退回、恢复办理、申请延期、同意延期、不同意延期、中止、终止"
	if got := StepWords(task().Flow); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
