package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
)

// story is a ledger in which a scenario is played; items go by short names.
type story struct {
	t    *testing.T
	a    *App
	path string
	ids  map[string]string // ledger:id by short name
}

// tell begins a story in the county's ledger on a day.
func tell(t *testing.T, on model.Day) *story {
	t.Helper()
	s := &story{t: t, path: filepath.Join(t.TempDir(), "台 账", "示例县.xzdb"), ids: map[string]string{}}
	check(t, os.MkdirAll(filepath.Dir(s.path), 0o755))
	var err error
	s.a, err = CreateDemo(t.Context(), Options{Path: s.path, Today: on, Origin: "test"}, "示例县", 1)
	check(t, err)
	t.Cleanup(func() {
		if err := s.a.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// day goes on to another day.
func (s *story) day(on model.Day) {
	s.t.Helper()
	check(s.t, s.a.Close())
	var err error
	s.a, err = Open(context.Background(), Options{Path: s.path, Today: on, Origin: "test"})
	check(s.t, err)
}

func (s *story) id(name string) (ledger, id string) {
	s.t.Helper()
	ledger, id, ok := strings.Cut(s.ids[name], ":")
	if !ok {
		s.t.Fatalf("the story knows no %q", name)
	}
	return ledger, id
}

// add adds a record under a short name; →name in a value is that record.
func (s *story) add(name, ledger string, fields ...string) Done {
	s.t.Helper()
	for i, f := range fields {
		if key, other, isRef := strings.Cut(f, "=→"); isRef {
			_, id := s.id(other)
			fields[i] = key + "=" + id
		}
	}
	assign, err := ParseAssignments(fields)
	check(s.t, err)
	done, err := s.a.Add(s.t.Context(), ledger, assign)
	check(s.t, err)
	s.ids[name] = ledger + ":" + done.Records[0].ID
	return done
}

func (s *story) set(name string, fields ...string) {
	s.t.Helper()
	ledger, id := s.id(name)
	assign, err := ParseAssignments(fields)
	check(s.t, err)
	_, err = s.a.Set(s.t.Context(), ledger, id, assign)
	check(s.t, err)
}

// split hands an item down: to are unit=share; the parts are named after the unit.
func (s *story) split(name string, to ...string) {
	s.t.Helper()
	ledger, id := s.id(name)
	req := SplitRequest{Ledger: ledger, ID: id}
	for _, pair := range to {
		unit, share, _ := strings.Cut(pair, "=")
		req.To, req.Shares = append(req.To, unit), append(req.Shares, share)
	}
	done, err := s.a.Split(s.t.Context(), req)
	check(s.t, err)
	for i, rec := range done.Records {
		s.ids[req.To[i]] = ledger + ":" + rec.ID
	}
}

// step takes a step on items of one ledger; the last word may be a reason.
func (s *story) step(step, reason string, names ...string) Done {
	s.t.Helper()
	done, err := s.try(step, reason, names...)
	check(s.t, err)
	return done
}

func (s *story) try(step, reason string, names ...string) (Done, error) {
	s.t.Helper()
	req := FlowRequest{Step: step, Reason: reason}
	for _, name := range names {
		ledger, id := s.id(name)
		req.Ledger, req.IDs = ledger, append(req.IDs, id)
	}
	return s.a.Flow(s.t.Context(), req)
}

// as makes the village's secretary, or for "" the ledger's owner, the actor.
func (s *story) as(place string) {
	s.t.Helper()
	who := ""
	if place != "" {
		_, page, err := s.a.List(s.t.Context(), ListRequest{Ledger: ledgers.Post, Where: []string{"at=" + place, "title=村党组织书记"}})
		check(s.t, err)
		who = page.Records[0].Get("person").Text + "@" + place
	}
	check(s.t, s.a.ActAs(s.t.Context(), who))
}

// report writes what an item's holder says for the month.
func (s *story) report(name, period, text, qty string) {
	s.t.Helper()
	fields := []string{"task=→" + name, "period=" + period, "text=" + text}
	if qty != "" {
		fields = append(fields, "done_qty="+qty)
	}
	s.add("report "+name+period, ledgers.Progress, fields...)
}

// want compares fields of an item, parted by |, with what was worked out by hand.
func (s *story) want(name, keys, want string) {
	s.t.Helper()
	ledger, id := s.id(name)
	l, rec, err := s.a.Get(s.t.Context(), ledger, id)
	check(s.t, err)
	var got []string
	for key := range strings.SplitSeq(keys, "|") {
		got = append(got, l.Field(key).Show(rec.Get(key)))
	}
	if strings.Join(got, "|") != want {
		s.t.Errorf("%s on %s: %s = %s, want %s", name, s.a.Today(), keys, strings.Join(got, "|"), want)
	}
}

// notes lists what was said with the steps of an item, oldest first.
func (s *story) notes(name string) string {
	s.t.Helper()
	ledger, id := s.id(name)
	_, entries, err := s.a.History(s.t.Context(), ledger, id)
	check(s.t, err)
	var out []string
	for _, e := range entries {
		if v, ok := e.After["step_note"]; ok && !v.IsEmpty() {
			out = append([]string{v.Text}, out...)
		}
	}
	return strings.Join(out, " ")
}

const (
	chainKeys = "light|late_below|held_up|computed_percent|computed_qty|children_total|children_done|owed"
	itemKeys  = "state|light|light_reason|days_left"
)

// TestFollowed_FromCountyToVillages is the measure of the issue: 12 公里 with a
// deadline in words go to the villages of three townships; three are late, one is
// returned twice, one is reopened, the order goes out, the meeting decides, all
// close. Every figure is worked out by hand.
func TestFollowed_FromCountyToVillages(t *testing.T) {
	s := tell(t, "2026-10-08")
	s.add("county", ledgers.Task, "title=供水管网提升12公里", "unit=县水利局", "target_qty=12", "target_unit=公里", "due=11月底前")
	s.split("county", "甲镇=5", "乙镇=4", "丙乡=3")
	s.step("交办", "", "甲镇", "乙镇", "丙乡")
	s.step("签收", "", "甲镇", "乙镇", "丙乡")
	s.split("甲镇", "青山村=2", "白石村=1.8", "柳河村=1")
	s.split("乙镇", "沙坝村=2.5", "芦塘村=1.5")
	s.split("丙乡", "凤坡村=3")
	villages := []string{"青山村", "白石村", "柳河村", "沙坝村", "芦塘村", "凤坡村"}
	s.step("交办", "", villages...)
	s.step("签收", "", villages...)
	s.want("county", chainKeys, "绿|||0|0|3|0|0") // nothing reported yet: 0 of 12
	s.want("甲镇", "owed|children_total", "0.2|3") // 5 − 2 − 1.8 − 1

	// Three have to be done by 15 November and are not.
	for _, late := range []string{"白石村", "柳河村", "凤坡村"} {
		s.set(late, "due=11月15日前")
	}
	done := s.add("county later", ledgers.Task, "title=晚于上级", "parent=→甲镇", "unit=金竹村", "due=2026-12-20")
	if len(done.Problems) != 1 || done.Problems[0].Rule != "task.after_parent" {
		t.Errorf("a child after its parent is not warned of: %+v", done.Problems)
	}
	check(t, deleted(s, "county later"))

	s.day("2026-11-22")
	s.report("青山村", "2026-11", "管网2公里完工", "2")
	s.report("白石村", "2026-11", "完成一半", "0.9")
	s.report("柳河村", "2026-11", "清淤完成", "0.4")
	s.report("沙坝村", "2026-11", "开挖1.5公里", "1.5")
	s.report("芦塘村", "2026-11", "备料", "0.3")
	s.want("白石村", itemKeys, "办理中|红|时限|-7")
	s.want("青山村", itemKeys, "办理中|绿||8")
	s.want("甲镇", chainKeys, "下级亮红灯|2|白石村、柳河村|68.75|3.3|3|0|0.2")      // 3.3 of 4.8
	s.want("乙镇", chainKeys, "绿|||45|1.8|2|0|0")                       // 1.8 of 4
	s.want("丙乡", chainKeys, "下级亮红灯|1|凤坡村|0|0|1|0|0")                  // 0 of 3
	s.want("county", chainKeys, "下级亮红灯|3|白石村、柳河村、凤坡村|42.5|5.1|3|0|0") // 5.1 of 12

	// 青山村 applies and is returned twice.
	for _, why := range []string{"缺验收照片", "长度对不上"} {
		s.as("青山村")
		s.step("申请办结", "", "青山村")
		if _, err := s.try("办结", "", "青山村"); model.CodeOf(err) != model.CodeRefused {
			t.Errorf("the holder closes its own item: %v", err)
		}
		s.as("")
		s.step("退回", why, "青山村")
		s.want("青山村", "state|step_note", "办理中|退回："+why)
	}
	s.as("青山村")
	s.step("申请办结", "", "青山村")
	s.as("")
	s.step("办结", "", "青山村")
	s.want("青山村", "state|light|closed_on|done_qty", "已办结|已办结|2026-11-22|2")

	// 沙坝村 is closed by the county for the village and reopened after a look.
	s.step("办结", "", "沙坝村")
	s.want("county", "children_done|computed_percent", "0|42.5")
	s.want("乙镇", "children_done", "1")
	s.step("恢复办理", "实测只有1.5公里", "沙坝村")
	s.want("沙坝村", "state|closed_on|light", "办理中||绿")
	s.want("乙镇", "children_done", "0")

	// The order goes out to one of the late villages: short flow, weekly reply.
	s.add("order", ledgers.Order, "title=凤坡村管网滞后", "kind=现场督办", "domain=乡村振兴", "doc_no=示督〔2026〕3号", "unit=凤坡村",
		"issuer=示例县", "due=11月28日前", "report_every=周", "item=→凤坡村", "evidence_need=否")
	s.step("交办", "", "order")
	s.want("order", itemKeys+"|assigned", "办理中|绿||6|2026-11-22")

	// The meeting decides on another; a township signs and applies.
	s.add("meeting", ledgers.Meeting, "title=供水调度会", "kind=调度会", "held_on=2026-11-22", "secretary_part=主持")
	s.add("decision", ledgers.Decision, "meeting=→meeting", "title=调两支施工队到乙镇", "unit=乙镇", "issuer=示例县", "due=11月25日前", "item=→乙镇")
	s.step("交办", "", "decision")
	s.want("decision", itemKeys, "待签收|黄|时限|3")
	s.step("签收", "", "decision")
	if _, err := s.try("办结", "", "decision"); err == nil || !strings.Contains(err.Error(), "还没有申请办结") {
		t.Errorf("a township's decision is closed without an application: %v", err)
	}

	s.day("2026-11-29")
	s.want("order", itemKeys, "办理中|红|时限|-1")
	s.want("decision", itemKeys, "办理中|红|时限|-4")
	s.report("order", "2026-11", "3公里完工", "")
	s.report("decision", "2026-11", "施工队已到位", "")
	s.step("办结", "", "order")
	s.step("申请办结", "", "decision")
	s.step("办结", "", "decision")
	s.want("order", itemKeys+"|closed_on|latest_text", "已办结|已办结|||2026-11-29|3公里完工")
	s.want("decision", "light|held_up", "已办结|")

	// The rest is finished; closing over open items is said.
	s.report("凤坡村", "2026-11", "3公里完工", "3")
	s.set("report 白石村2026-11", "done_qty=1.8", "text=完工")
	s.set("report 柳河村2026-11", "done_qty=1", "text=完工")
	s.set("report 沙坝村2026-11", "done_qty=2.5", "text=完工")
	s.set("report 芦塘村2026-11", "done_qty=1.5", "text=完工")
	s.report("甲镇", "2026-11", "全镇完工", "")
	s.report("乙镇", "2026-11", "全镇完工", "")
	s.report("丙乡", "2026-11", "全乡完工", "")
	s.step("办结", "", "白石村", "柳河村", "沙坝村", "芦塘村")
	s.step("申请办结", "", "甲镇", "乙镇", "丙乡")
	closed := s.step("办结", "", "甲镇", "乙镇", "丙乡")
	if len(closed.Problems) != 1 || closed.Problems[0].Message != "“供水管网提升12公里”已办结，下级还有 1 项没有办结。" {
		t.Errorf("closing over an open item: %+v", closed.Problems)
	}
	s.want("凤坡村", "light", "红")
	s.step("办结", "", "凤坡村")
	s.want("county", chainKeys, "黄|||98.33|11.8|3|3|0") // 4.8 + 4 + 3 of 12; one day is left
	s.report("county", "2026-11", "全县11.8公里完工，余0.2公里核减", "11.8")
	if _, err := s.try("登记纸质审批", "", "county"); err == nil {
		t.Error("an approval on paper without an application")
	}
	s.step("交办", "", "county")
	s.step("签收", "", "county")
	s.step("申请办结", "", "county")
	s.step("登记纸质审批", "县委书记11月29日批示同意", "county")
	s.want("county", "state|light|closed_on|approval_note|approved_on", "已办结|已办结|2026-11-29|县委书记11月29日批示同意|2026-11-29")

	if got := s.notes("青山村"); got != "退回：缺验收照片 退回：长度对不上" {
		t.Errorf("history of 青山村: %s", got)
	}
	if got := s.notes("沙坝村"); got != "恢复办理：实测只有1.5公里" {
		t.Errorf("history of 沙坝村: %s", got)
	}
}

func deleted(s *story, name string) error {
	ledger, id := s.id(name)
	_, err := s.a.Delete(s.t.Context(), ledger, id, false)
	return err
}

// TestFollowed_ExtensionKeepsTheFirstDeadline: 申请延期→不同意, 申请延期→同意 twice,
// with a warning where the new limit passes the item above.
func TestFollowed_ExtensionKeepsTheFirstDeadline(t *testing.T) {
	s := tell(t, "2026-11-01")
	s.add("top", ledgers.Rectification, "title=档案不全", "unit=甲镇", "due=2026-12-10", "source=考核评估")
	s.ids["below"] = s.ids["top"]
	ledger, id := s.id("top")
	parts, err := s.a.Split(t.Context(), SplitRequest{Ledger: ledger, ID: id, To: []string{"青山村"}})
	check(t, err)
	s.ids["below"] = ledger + ":" + parts.Records[0].ID
	s.step("交办", "", "below")
	s.want("below", "state|due|due_first|issuer", "办理中|2026-12-10||甲镇")

	ask := func(day string) {
		t.Helper()
		_, err := s.a.Flow(t.Context(), FlowRequest{Ledger: ledger, IDs: []string{parts.Records[0].ID}, Step: "申请延期", Reason: "等补件", Date: day})
		check(t, err)
	}
	ask("2026-12-20")
	s.step("不同意延期", "抓紧办", "below")
	s.want("below", "due|due_first|extend_to|step_note", "2026-12-10|||不同意延期：抓紧办")
	ask("2026-12-20")
	done := s.step("同意延期", "", "below")
	if len(done.Problems) != 1 || done.Problems[0].Rule != "rectification.after_parent" {
		t.Errorf("past the item above: %+v", done.Problems)
	}
	ask("2027-01-10")
	s.step("同意延期", "", "below")
	s.want("below", "due|due_first", "2027-01-10|2026-12-10")
}

// TestFollowed_ShortFlowIsChosen: the parameter of a ledger decides by level.
func TestFollowed_ShortFlowIsChosen(t *testing.T) {
	s := tell(t, "2026-11-01")
	_, err := s.a.SetSetting(t.Context(), "flow.short.order", "乡村")
	if model.CodeOf(err) != model.CodeInvalid {
		t.Errorf("a word that is no level: %v", err)
	}
	_, err = s.a.SetSetting(t.Context(), "flow.short.order", "乡镇")
	check(t, err)
	s.add("town", ledgers.Order, "title=甲", "unit=甲镇")
	s.add("village", ledgers.Order, "title=乙", "unit=青山村")
	s.step("交办", "", "town", "village")
	s.want("town", "state", "办理中")
	s.want("village", "state", "待签收")
}

// TestSplit_SharesNeedAQuantity: a ledger without a target cannot share one.
func TestSplit_SharesNeedAQuantity(t *testing.T) {
	s := tell(t, "2026-11-01")
	s.add("order", ledgers.Order, "title=甲", "unit=甲镇")
	ledger, id := s.id("order")
	_, err := s.a.Split(t.Context(), SplitRequest{Ledger: ledger, ID: id, To: []string{"青山村"}, Shares: []string{"1"}})
	if model.CodeOf(err) != model.CodeUsage || !strings.Contains(fmt.Sprint(err), "没有目标量") {
		t.Errorf("%v", err)
	}
}

// TestArise_KeepsWhereItCameFrom: what a secretary found becomes an item in one
// operation, and undo takes it back.
func TestArise_KeepsWhereItCameFrom(t *testing.T) {
	s := tell(t, "2026-11-22")
	s.add("act", ledgers.Act, "person=无此人示例", "kind=调研", "done_on=2026-11-20", "title=查看管网", "village=白石村", "problem=施工力量不足")
	_, id := s.id("act")
	done, err := s.a.Arise(t.Context(), ledgers.Act, id, ledgers.Rectification, []Assignment{{"due", "2026-12-15"}, {"source", "调研"}})
	check(t, err)
	s.ids["found"] = ledgers.Rectification + ":" + done.Records[0].ID
	s.want("found", "title|unit|origin|due|state", "施工力量不足|白石村|查看管网|2026-12-15|待交办")
	if rec := done.Records[0]; rec.Get("origin").ID != id || rec.Area == s.a.Home().ID {
		t.Errorf("came from %q, belongs to %s", rec.Get("origin").ID, rec.Area)
	}
	if _, err := s.a.Delete(t.Context(), ledgers.Act, id, false); model.CodeOf(err) != model.CodeInUse {
		t.Errorf("what an item came out of is deleted: %v", err)
	}
	if _, err := s.a.Arise(t.Context(), ledgers.Act, id, ledgers.Study, nil); model.CodeOf(err) != model.CodeUsage {
		t.Errorf("%v", err)
	}
	_, err = s.a.Undo(t.Context(), done.Op)
	check(t, err)
	if _, _, err := s.a.Get(t.Context(), ledgers.Rectification, done.Records[0].ID); model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("%v", err)
	}
}

// TestOffers_AreNotForced: a moved limit is offered below and changes nothing.
func TestOffers_AreNotForced(t *testing.T) {
	s := tell(t, "2026-11-01")
	s.add("top", ledgers.Task, "title=修路", "unit=甲镇", "due=2026-11-30", "target_qty=3", "target_unit=公里")
	s.split("top", "青山村=2", "白石村=1")
	s.set("top", "due=2026-11-20")
	ledger, id := s.id("top")
	offers, err := s.a.Offers(t.Context(), ledger, id)
	check(t, err)
	if len(offers) != 2 || offers[0].To.End != "2026-11-20" {
		t.Errorf("%+v", offers)
	}
	s.want("青山村", "due", "2026-11-30")
}
