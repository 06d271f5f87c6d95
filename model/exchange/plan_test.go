package exchange

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/ledgers"
	"xiangzhen/model/sheet"
)

// want compares what a plan counts.
func want(t *testing.T, p *Plan, c Counts) {
	t.Helper()
	if got := p.Counts(); got != c {
		t.Errorf("counts %+v, want %+v; problems %v", got, c, p.Problems)
	}
}

func TestPlanReturn_UntouchedIsEmpty(t *testing.T) {
	m := newLedger(t)
	before := m.state()
	p := m.issue(1).collect()
	want(t, p, Counts{Same: 4})
	if !p.Empty || p.Zero || len(p.Problems) > 0 || m.state() != before {
		t.Errorf("empty %v, zero %v, problems %v", p.Empty, p.Zero, p.Problems)
	}
}

func TestPlanReturn_Progress(t *testing.T) {
	m := newLedger(t)
	w := m.issue(1).line("填报单位：甲一村　填报人：张示例二　填报时间：2026年11月20日")
	w.set("改造危房", "progress.text", "完成2户").set("改造危房", "progress.percent", "40").set("改造危房", "progress.finished", "否")
	p := w.collect()
	want(t, p, Counts{Update: 1, Same: 3})
	if p.Empty || len(p.Problems) > 0 {
		t.Errorf("empty %v, problems %v", p.Empty, p.Problems)
	}
	for key, v := range map[string]string{"text": "完成2户", "percent": "40", "finished": "否", "reporter": "张示例二",
		"reported_on": "2026-11-20", "source": "上报表", "period": "2026-11"} {
		if got := m.progress(2, key); got != v {
			t.Errorf("%s = %q, want %q", key, got, v)
		}
	}
	child, _ := m.Child("progress", taskID(2), period1.Month())
	if child.Area != areaID(1) || child.ID != ChildID(taskID(2), "progress", period1.Month()) {
		t.Errorf("child %+v", child)
	}
	if got := len(m.records["progress"]); got != 1 {
		t.Errorf("%d progress records", got)
	}
}

func TestPlanReturn_SameFileTwice(t *testing.T) {
	m := newLedger(t)
	w := m.issue(1).set("改造危房", "progress.text", "完成2户").free(0, map[Path]string{"title": "安装路灯", "due": "12月底前"})
	w.collect()
	before := m.state()
	p := w.clone().saved(50).collect()
	if p.Repeat == "" || m.state() != before {
		t.Errorf("repeat %q\n%s\n%s", p.Repeat, before, m.state())
	}
	if c := p.Counts(); c.Add+c.Update+c.Cleared+c.Conflict+c.Problem > 0 {
		t.Errorf("%+v", c)
	}
}

// A village sends the blank form once more, or by mistake after its answer: that
// states nothing.
func TestPlanReturn_BlankVersionTakesNothingBack(t *testing.T) {
	m := newLedger(t)
	m.issue(1).set("改造危房", "progress.text", "完成2户").saved(10).collect()
	blank := m.issue(1)
	blank.set("改造危房", "progress.text", "") // as it went out the first time
	blank.out.Sheets[1] = newLedger(t).issue(1).out.Sheets[1]
	p := blank.saved(20).collect()
	if got := m.progress(2, "text"); got != "完成2户" || !p.Empty {
		t.Errorf("progress %q, empty %v", got, p.Empty)
	}
}

func TestPlanReturn_Clearing(t *testing.T) {
	m := newLedger(t)
	m.issue(1).set("改造危房", "progress.text", "完成2户").set("改造危房", "progress.percent", "40").collect()
	w := m.issue(1).set("改造危房", "progress.percent", "").saved(30)
	p := w.collect()
	if got := m.progress(2, "percent"); got != "" || m.progress(2, "text") != "完成2户" {
		t.Errorf("percent %q", got)
	}
	want(t, p, Counts{Cleared: 1, Same: 3})
	// A row emptied altogether says nothing.
	w = m.issue(1).set("改造危房", "progress.text", "").set("改造危房", "person", "").saved(40)
	w.collect()
	if got := m.progress(2, "text"); got != "完成2户" {
		t.Errorf("an empty row cleared the progress")
	}
}

func TestPlanReturn_Zero(t *testing.T) {
	for _, words := range []string{"本月无", "无", "零报告"} {
		m := newLedger(t)
		before := m.state()
		p := m.issue(1).set("硬化通组路", "progress.text", words).collect()
		if !p.Zero || p.Empty || m.state() != before {
			t.Errorf("%s: zero %v, empty %v\n%s", words, p.Zero, p.Empty, m.state())
		}
	}
	m := newLedger(t)
	if p := m.issue(1).free(0, map[Path]string{"title": "本月无"}).collect(); !p.Zero || p.Counts().Add > 0 {
		t.Errorf("said in a free row: %+v", p.Counts())
	}
	p := m.issue(1).set("硬化通组路", "progress.problem", "无").set("硬化通组路", "progress.text", "完成1公里").collect()
	if p.Zero || m.progress(1, "problem") != "无" {
		t.Error("无 beside other entries is what it says")
	}
}

func TestPlanReturn_GuardedColumnIsNotTaken(t *testing.T) {
	m := newLedger(t)
	p := m.issue(1).set("改造危房", "due", "2027年6月底前").set("改造危房", "progress.text", "完成2户").collect()
	if !tells(p, ruleGuard, model.Doubt) {
		t.Errorf("problems %v", p.Problems)
	}
	if got := m.records["task"][taskID(2)].Get("due").Text; got != "2026年12月2日" {
		t.Errorf("due %s", got)
	}
	if m.progress(2, "text") != "完成2户" {
		t.Error("the rest of the row goes in")
	}
}

func TestPlanReturn_RowsMoved(t *testing.T) {
	fill := func(m *memLedger) *workbook {
		w := m.issue(1)
		for _, title := range []string{"硬化通组路", "改造危房", "整治人居环境", "培育示范户"} {
			w.set(title, "progress.text", title+"进展")
		}
		return w
	}
	for name, change := range map[string]func(*workbook) *workbook{
		"as it stood":            func(w *workbook) *workbook { return w },
		"sorted":                 func(w *workbook) *workbook { return w.reverse(true) },
		"sorted without the ids": func(w *workbook) *workbook { return w.reverse(false) },
		"hidden sheet gone":      (*workbook).withoutBase,
		"hidden sheet gone, sorted without the ids": func(w *workbook) *workbook { return w.withoutBase().reverse(false) },
		"ids gone":                 (*workbook).withoutIDs,
		"all that was hidden gone": (*workbook).visibleOnly,
	} {
		t.Run(name, func(t *testing.T) {
			m := newLedger(t)
			p := change(fill(m)).collect()
			for n, title := range []string{"硬化通组路", "改造危房", "整治人居环境", "培育示范户"} {
				if got := m.progress(n+1, "text"); got != title+"进展" {
					t.Errorf("%s has %q", title, got)
				}
			}
			if len(m.records["task"]) != 4 || len(faults(p)) > 0 {
				t.Errorf("%d tasks, %v", len(m.records["task"]), faults(p))
			}
		})
	}
}

// Sorted without the ids, and the due date of a row changed as well: the words
// that name the item still say which it is.
func TestPlanReturn_SortedWithoutIDsAndGuardEdited(t *testing.T) {
	m := newLedger(t)
	w := m.issue(1).set("改造危房", "progress.text", "完成2户").set("改造危房", "due", "2027年6月底前").reverse(false)
	p := w.collect()
	if m.progress(2, "text") != "完成2户" || m.progress(3, "text") != "" {
		t.Errorf("改造危房 %q, 整治人居环境 %q; %v", m.progress(2, "text"), m.progress(3, "text"), p.Problems)
	}
	if !tells(p, ruleMovedRow, model.Doubt) {
		t.Errorf("%v", p.Problems)
	}
}

// The same title twice with different units of work: never guessed once the ids
// are gone.
func TestPlanReturn_TwinTitlesAreNotGuessed(t *testing.T) {
	m := newLedger(t)
	m.task(5, 1, "改造危房").Put("due", m.records["task"][taskID(2)].Get("due"))
	w := m.issue(1)
	w.at(w.row("改造危房"), "progress.text", "完成2户")
	p := w.visibleOnly().collect()
	if m.progress(2, "text") != "" || m.progress(5, "text") != "" || len(m.records["task"]) != 5 {
		t.Errorf("guessed\n%s", m.state())
	}
	if len(faults(p)) == 0 {
		t.Error("nothing was said")
	}
}

func TestPlanReturn_RowOverwritten(t *testing.T) {
	m := newLedger(t)
	before := m.state()
	p := m.issue(1).set("改造危房", "progress.text", "拨付到位").set("改造危房", "title", "发放春耕补贴款").collect()
	if m.state() != before || !tells(p, ruleOverwritten, model.Fault) {
		t.Errorf("%v\n%s", p.Problems, m.state())
	}
	p = m.issue(1).set("改造危房", "progress.text", "完成2户").set("改造危房", "title", "改造危旧房").collect()
	if m.progress(2, "text") != "完成2户" || !tells(p, ruleGuard, model.Doubt) {
		t.Errorf("a corrected name is the same item: %v", p.Problems)
	}
}

func TestPlanReturn_RowDuplicated(t *testing.T) {
	m := newLedger(t)
	w := m.issue(1).set("改造危房", "progress.text", "第一户").duplicate("改造危房")
	w.at(w.row("改造危房")+1, "progress.text", "第二户")
	p := w.collect()
	if m.progress(2, "text") != "第一户" || len(m.records["task"]) != 5 || !tells(p, ruleCopiedRow, model.Doubt) {
		t.Errorf("%d tasks, %v\n%s", len(m.records["task"]), p.Problems, m.state())
	}
	want(t, p, Counts{Add: 1, Update: 1, Same: 3})
}

// A copied row with another item typed over it is a new item, whichever of the
// two stands first.
func TestPlanReturn_RowCopiedForANewItem(t *testing.T) {
	for _, first := range []bool{true, false} {
		m := newLedger(t)
		w := m.issue(1).duplicate("改造危房")
		at := w.row("改造危房")
		if !first {
			at++
		}
		w.at(at, "title", "发放春耕补贴款")
		w.at(at, "progress.text", "拨付到位")
		p := w.collect()
		if len(m.records["task"]) != 5 || m.progress(2, "text") != "" || len(faults(p)) > 0 {
			t.Errorf("copy first %v: %d tasks, %v", first, len(m.records["task"]), p.Problems)
		}
	}
}

func TestPlanReturn_RowRemoved(t *testing.T) {
	m := newLedger(t)
	p := m.issue(1).set("改造危房", "progress.text", "完成2户").remove("硬化通组路").collect()
	want(t, p, Counts{Update: 1, MissingRows: 1, Same: 2})
	if m.records["task"][taskID(1)] == nil {
		t.Error("少报的行 are kept")
	}
	i := slices.IndexFunc(p.Rows, func(r PlanRow) bool { return r.Kind == RowMissing })
	if p.Rows[i].Name != "硬化通组路" {
		t.Errorf("missing %q", p.Rows[i].Name)
	}
}

func TestPlanReturn_NewRow(t *testing.T) {
	m := newLedger(t)
	p := m.issue(1).free(0, map[Path]string{"title": "安装路灯", "due": "2026年12月底前", "progress.text": "已定点位"}).collect()
	want(t, p, Counts{Add: 1, Same: 4})
	rec := m.records["task"][freeID(11)]
	if rec == nil {
		t.Fatalf("no record: %v", p.Problems)
	}
	if rec.Get("title").Text != "安装路灯" || rec.Get("due").End != "2026-12-31" || rec.Area != areaID(1) ||
		rec.Get("unit").ID != areaID(1) || rec.Get("state").Text != ledgers.StateTodo {
		t.Errorf("%+v", rec.Values)
	}
	if !tells(p, rulePlanParent, model.Doubt) {
		t.Errorf("a new row waits to be confirmed: %v", p.Problems)
	}
	if child, _ := m.Child("progress", rec.ID, period1.Month()); child.Get("text").Text != "已定点位" || child.Get("task").ID != rec.ID {
		t.Errorf("child %+v", child)
	}
}

// What a village says of its own new row in a later version counts, guarded
// columns included; which version came first plays no part.
func TestPlanReturn_NewRowInTwoVersions(t *testing.T) {
	for name, ids := range map[string]bool{"free row": true, "row without id": false} {
		var states []string
		for _, order := range [][]int{{1, 2}, {2, 1}} {
			m := newLedger(t)
			for _, v := range order {
				w := m.issueAsOf(newLedger(t), 1)
				w.free(0, map[Path]string{"title": "安装路灯", "due": []string{"", "2026年12月底前", "2027年1月底前"}[v], "progress.text": "第" + []string{"", "一", "二"}[v] + "次"})
				if !ids {
					w.page().Rows[firstData+4].Cells[0] = sheet.OutCell{}
				}
				w.saved(v).collect()
			}
			states = append(states, m.state())
		}
		if states[0] != states[1] || !strings.Contains(states[0], "2027年1月底前") || strings.Count(states[0], "安装路灯") != 2 {
			t.Errorf("%s:\n%s\n%s", name, states[0], states[1])
		}
	}
}

func TestPlanReturn_NewRowWithoutTitleIsHeld(t *testing.T) {
	m := newLedger(t)
	p := m.issue(1).free(0, map[Path]string{"progress.text": "已定点位"}).collect()
	want(t, p, Counts{Same: 4, Problem: 1})
	if len(m.records["task"]) != 4 || len(faults(p)) == 0 {
		t.Errorf("%v", p.Problems)
	}
}

func TestPlanReturn_HeldValue(t *testing.T) {
	m := newLedger(t)
	p := m.issue(1).set("改造危房", "progress.percent", "140").set("改造危房", "progress.text", "完成2户").collect()
	want(t, p, Counts{Problem: 1, Same: 3})
	if m.progress(2, "percent") != "" || m.progress(2, "text") != "完成2户" {
		t.Errorf("percent %q, text %q", m.progress(2, "percent"), m.progress(2, "text"))
	}
	q := p.Problems[0]
	if q.File == "" || q.Sheet == "" || q.Cell == "" || q.Field != "percent" || q.Message == "" || q.Suggestion == "" || q.Level != model.Fault {
		t.Errorf("%+v", q)
	}
}

// A percentage that went out as 1 is not asked about when it comes back so.
func TestPlanReturn_UnchangedDoubtfulValueIsNotAsked(t *testing.T) {
	m := newLedger(t)
	m.put("progress", ChildID(taskID(2), "progress", period1.Month()), areaID(1), map[string]model.Value{
		"task": model.Reference(taskID(2), "改造危房"), "period": model.Text(string(period1)), "percent": model.Int(100)})
	m.records["task"][taskID(2)].Derived = map[string]model.Value{"percent": model.Int(50)}
	p := m.issue(1).set("改造危房", "progress.text", "完成2户").collect()
	if len(p.Problems) > 0 || m.progress(2, "percent") != "1" {
		t.Errorf("percent %s, %v", m.progress(2, "percent"), p.Problems)
	}
}

func TestPlanReturn_Conflict(t *testing.T) {
	m := newLedger(t)
	w := m.issue(1).set("改造危房", "person", "张示例五")
	m.records["task"][taskID(2)].Put("person", model.Reference("", "张示例九"))
	p := w.collect()
	want(t, p, Counts{Conflict: 1, Same: 3})
	if got := m.records["task"][taskID(2)].Get("person").Text; got != "张示例九" {
		t.Errorf("person %s", got)
	}
	open := m.open["task/"+taskID(2)+"/person"]
	if len(open) != 1 || open[0].Said.Value.Text != "张示例五" || open[0].Said.Base.Text != "张示例一" {
		t.Errorf("%+v", open)
	}
}

func TestPlanReturn_DifferentFieldsBothKept(t *testing.T) {
	m := newLedger(t)
	w := m.issue(1).set("改造危房", "person", "张示例五")
	m.records["task"][taskID(2)].Put("target_unit", model.Text("户"))
	p := w.collect()
	rec := m.records["task"][taskID(2)]
	if rec.Get("person").Text != "张示例五" || rec.Get("target_unit").Text != "户" || p.Counts().Conflict > 0 {
		t.Errorf("%+v", rec.Values)
	}
}

func TestPlanReturn_GoneAndForeignRows(t *testing.T) {
	m := newLedger(t)
	w := m.issue(1).set("改造危房", "progress.text", "完成2户")
	delete(m.records["task"], taskID(2))
	if p := w.collect(); !tells(p, rulePlanGone, model.Fault) || len(m.records["progress"]) > 0 {
		t.Errorf("%v", p.Problems)
	}
	m.task(9, 2, "别村的事")
	w = m.issue(1)
	w.page().Rows[firstData+3].Cells[0] = sheet.TextCell(taskID(9), sheet.Style{})
	w.at(firstData+3, "title", "别村的事")
	w.at(firstData+3, "progress.text", "完成")
	if p := w.collect(); !tells(p, rulePlanForeign, model.Fault) || len(m.records["progress"]) > 0 {
		t.Errorf("%v", p.Problems)
	}
}

// Planning asks the ledger a bounded number of times a row, whatever the rows say.
func TestPlanReturn_AsksLinearly(t *testing.T) {
	asked := func(rows int) int {
		m := newLedger(t)
		for n := 5; n <= rows; n++ {
			m.task(n, 1, "事项"+strings.Repeat("乙", n%7)+sheet.ColName(n))
		}
		w := m.issue(1)
		m.asked = 0
		w.plan("x.xlsx")
		return m.asked
	}
	if a, b := asked(50), asked(100); b > 2*a+4 {
		t.Errorf("%d for 50 rows, %d for 100", a, b)
	}
}

// rosterForm asks for ID numbers of a roster.
func rosterForm() Form {
	return Form{Key: "roster", Label: "花名册核对表", Over: "team", FreeRows: 1, Columns: []FormColumn{
		{Path: "name"}, {Path: "village.name", Header: "所在村"}, {Path: "id_number", Fill: true}, {Path: "phone", Fill: true}}}
}

// roster issues the roster of 甲一村 and returns it with an ID number typed in.
func roster(t *testing.T, m *memLedger, typed func(string) string) *Return {
	t.Helper()
	const number = "990000199001010017"
	m.put("team", taskID(1), areaID(1), map[string]model.Value{"village": model.Reference(areaID(1), "甲一村"),
		"name": model.Text("张示例一"), "id_number": model.Text(number), "from": model.OnDay("2024-01-01")})
	values := map[Path]model.Value{"name": model.Text("张示例一"), "village.name": model.Text("甲一村"), "id_number": model.Text(number)}
	out, err := BuildForm(FormInput{Form: rosterForm(), Catalog: m.catalog, Period: period1, Area: areaID(1), AreaName: "甲一村",
		IssuedAt: issuedAt, Rows: []FormRow{{ID: taskID(1), Values: values}}, Hash: keyedHash})
	if err != nil {
		t.Fatal(err)
	}
	cells := out.Sheets[0].Rows[firstData].Cells
	cells[3].Text, cells[4] = typed(cells[3].Text), sheet.TextCell("13800000001", sheet.Style{})
	in := m.readInput("x.xlsx")
	in.Forms = []Form{rosterForm()}
	r, err := ReadReturn(asRead(out), in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func keyedHash(s string) string { return "hash of " + s[len(s)-4:] }

func TestPlanReturn_SensitiveBase(t *testing.T) {
	const other = "990000199002020022"
	for name, c := range map[string]struct {
		typed  func(string) string
		hash   func(string) string
		edited bool
		want   string
		kind   RowKind
	}{
		"unchanged":             {func(s string) string { return s }, keyedHash, false, "990000199001010017", RowUpdate},
		"masked is not given":   {func(string) string { return "990000********0017" }, keyedHash, false, "990000199001010017", RowUpdate},
		"changed there":         {func(string) string { return other }, keyedHash, false, other, RowUpdate},
		"changed here only":     {func(s string) string { return s }, keyedHash, true, "990000199003030038", RowUpdate},
		"changed on both sides": {func(string) string { return other }, keyedHash, true, "990000199003030038", RowConflict},
		"hash unknown: asked":   {func(string) string { return other }, nil, false, "990000199001010017", RowConflict},
	} {
		t.Run(name, func(t *testing.T) {
			m := newLedger(t)
			r := roster(t, m, c.typed)
			if c.edited {
				m.records["team"][taskID(1)].Put("id_number", model.Text("990000199003030038"))
			}
			env := m.env()
			env.Hash = c.hash
			p, err := PlanReturn(r, m, env)
			if err != nil {
				t.Fatal(err)
			}
			m.apply(p)
			rec := m.records["team"][taskID(1)]
			if rec.Get("id_number").Text != c.want || rec.Get("phone").Text != "13800000001" || p.Rows[0].Kind != c.kind {
				t.Errorf("%s, %s, %s; %v", rec.Get("id_number").Text, rec.Get("phone").Text, p.Rows[0].Kind, p.Problems)
			}
		})
	}
}

// The day and the name under a report are those of the latest, whichever came
// first; what changes nothing else is no update.
func TestPlanReturn_StampIsOfTheLatest(t *testing.T) {
	for _, order := range [][]int{{20, 21}, {21, 20}} {
		m := newLedger(t)
		form := m.issue(1).set("改造危房", "progress.text", "完成2户")
		var last *Plan
		for _, day := range order {
			last = form.clone().line(fmt.Sprintf("填报单位：甲一村　填报人：张示例%d　填报时间：2026年11月%d日", day, day)).collect()
		}
		if m.progress(2, "reported_on") != "2026-11-21" || m.progress(2, "reporter") != "张示例21" {
			t.Errorf("%v: %s by %s", order, m.progress(2, "reported_on"), m.progress(2, "reporter"))
		}
		want(t, last, Counts{Same: 4})
	}
}

// A rule that holds a value back keeps it out of the claims as well: it comes up
// anew when it is sent again.
func TestPlanReturn_RuleHoldsFieldBack(t *testing.T) {
	m := newLedger(t)
	l := *m.catalog.Ledger("progress")
	l.Checks = []model.Check{{ID: "progress.never", Level: model.Fault, Func: func(in model.CheckInput) []model.Problem {
		if in.Record.Get("text").Text != "不可能" {
			return nil
		}
		return []model.Problem{{Field: "text", Message: "不可能", Suggestion: "请改正"}}
	}}}
	m.catalog = model.NewCatalog(append(ledgers.All(), &l)...)
	p := m.issue(1).set("改造危房", "progress.text", "不可能").set("改造危房", "progress.percent", "40").collect()
	if m.progress(2, "text") != "" || m.progress(2, "percent") != "40" || !tells(p, "progress.never", model.Fault) {
		t.Errorf("text %q, %v", m.progress(2, "text"), p.Problems)
	}
	for _, c := range m.claims["progress/"+ChildID(taskID(2), "progress", period1.Month())] {
		if _, ok := c.Fields["text"]; ok {
			t.Error("the value was claimed")
		}
	}
	if q := p.Problems[0]; q.Cell == "" || q.Message != "不可能。" {
		t.Errorf("%+v", q)
	}
}

// Two new rows of one name without ids are one item for later versions, and so
// they are one here.
func TestPlanReturn_NewRowTwice(t *testing.T) {
	m := newLedger(t)
	w := m.issue(1).free(0, map[Path]string{"title": "安装路灯", "due": "6月底前"}).free(1, map[Path]string{"title": "安装路灯", "due": "8月底前"})
	for n := range 2 {
		w.page().Rows[firstData+4+n].Cells[0] = sheet.OutCell{}
	}
	p := w.collect()
	want(t, p, Counts{Add: 1, Problem: 1, Same: 4})
	if !tells(p, rulePlanTwice, model.Fault) {
		t.Errorf("%v", p.Problems)
	}
}

// A row without an id that is an item of the ledger already, though not of the
// form, is that item.
func TestPlanReturn_RowWithoutIDMeetsTheLedger(t *testing.T) {
	m := newLedger(t)
	w := m.issue(1).free(0, map[Path]string{"title": "修水渠", "unit": "甲一村", "progress.text": "完成100米"})
	w.page().Rows[firstData+4].Cells[0] = sheet.OutCell{}
	m.task(7, 1, "修水渠")
	p := w.collect()
	if len(m.records["task"]) != 5 || m.progress(7, "text") != "完成100米" {
		t.Errorf("%d tasks, %v", len(m.records["task"]), p.Problems)
	}
	m.task(8, 1, "修水渠")
	w = m.issue(2).free(0, map[Path]string{"title": "修水渠", "unit": "甲一村"})
	w.page().Rows[firstData].Cells[0] = sheet.OutCell{}
	if p := w.plan("x.xlsx"); !tells(p, rulePlanSeveral, model.Fault) {
		t.Errorf("%v", p.Problems)
	}
}

// failing is a ledger that cannot be read.
type failing struct{ *memLedger }

func (failing) Record(string, string) (*model.Record, error) {
	return nil, model.Errorf(model.CodeDamaged, "读不了。")
}

func (f failing) Match(ledger string, _ map[string]model.Value) ([]*model.Record, error) {
	_, err := f.Record(ledger, "")
	return nil, err
}

func TestPlan_PassesFailuresOn(t *testing.T) {
	m := newLedger(t)
	r := m.issue(1).set("改造危房", "progress.text", "完成2户").read("x.xlsx")
	if _, err := PlanReturn(r, failing{m}, m.env()); model.CodeOf(err) != model.CodeDamaged {
		t.Errorf("%v", err)
	}
	b := table(taskHeader, []string{"1", "改造危房", "甲一村", "", ""})
	in := ImportInput{Book: b, Table: &FindTables(b)[0], Ledger: m.catalog.Ledger("task"), Matches: []Match{{Col: 2, Path: "title"}, {Col: 3, Path: "unit"}}}
	if _, err := PlanImport(in, failing{m}, m.env()); model.CodeOf(err) != model.CodeDamaged {
		t.Errorf("%v", err)
	}
	in.Matches[0].Path = "gone"
	if _, err := PlanImport(in, m, m.env()); model.CodeOf(err) != model.CodeNotFound {
		t.Errorf("%v", err)
	}
}

func TestMatch(t *testing.T) {
	m := newLedger(t)
	m.task(5, 1, "改造危房").Put("parent", model.Reference(taskID(1), "硬化通组路"))
	title, unit := model.Text("改造危房"), model.Reference(areaID(1), "甲一村")
	for name, c := range map[string]struct {
		values  map[string]model.Value
		id      string
		several int
		keyed   bool
	}{
		"best key":                      {map[string]model.Value{"title": title, "unit": unit, "parent": model.Reference(taskID(1), "硬化通组路")}, taskID(5), 0, true},
		"weaker key, several":           {map[string]model.Value{"title": title, "unit": unit}, "", 2, true},
		"what a better key says counts": {map[string]model.Value{"title": title, "unit": unit, "parent": model.Reference(taskID(3), "整治人居环境")}, taskID(2), 0, true},
		"none":                          {map[string]model.Value{"title": model.Text("修水渠"), "unit": unit}, "", 0, true},
		"no key complete":               {map[string]model.Value{"title": title}, "", 0, false},
	} {
		got, err := match(m, m.catalog.Ledger("task"), c.values, nil)
		id := ""
		if got.record != nil {
			id = got.record.ID
		}
		if err != nil || id != c.id || got.several != c.several || got.keyed != c.keyed {
			t.Errorf("%s: %s %+v %v", name, id, got, err)
		}
	}
}

// A row in which only the name was changed reports no progress.
func TestPlanReturn_NoProgressOfNothing(t *testing.T) {
	m := newLedger(t)
	p := m.issue(1).set("改造危房", "person", "张示例五").collect()
	want(t, p, Counts{Update: 1, Same: 3})
	if len(m.records["progress"]) > 0 || m.records["task"][taskID(2)].Get("person").Text != "张示例五" {
		t.Errorf("\n%s", m.state())
	}
}
