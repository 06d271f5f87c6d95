package ledgers

import (
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// TestFollowed_OwnWords: each ledger has its own words for the end (CLERK 5).
func TestFollowed_OwnWords(t *testing.T) {
	catalog := model.NewCatalog(All()...)
	for key, want := range map[string]string{
		Task:          "申请办结 办结 已办结 办结时间 下级办结数 进展情况",
		Order:         "申请办结 办结 已办结 办结时间 下级办结数 办理情况",
		Rectification: "申请销号 销号 已销号 销号时间 下级销号数 整改进展",
		Commitment:    "申请兑现 兑现 已兑现 兑现时间 - 践诺情况",
		LedProject:    "申请结项 结项 已结项 结项时间 - 项目进展",
		Decision:      "申请办结 办结 已办结 办结时间 下级办结数 落实情况",
	} {
		l := catalog.Ledger(key)
		label := func(field string) string {
			if f := l.Field(field); f != nil {
				return f.Label
			}
			return "-"
		}
		got := strings.Join([]string{l.Flow.Step(StepApply).Label, l.Flow.Step(StepClose).Label,
			l.Field("state").OptionLabel(StateDone), label("closed_on"), label("children_done"), label("latest_text")}, " ")
		if got != want {
			t.Errorf("%s: %s, want %s", key, got, want)
		}
		if light := l.Field("light").OptionLabel(LightDone); light != l.Field("state").OptionLabel(StateDone) {
			t.Errorf("%s: a finished item shines %s", key, light)
		}
	}
}

// TestFollowed_FieldsGoTogether: a ledger has all the fields of what it takes part in.
func TestFollowed_FieldsGoTogether(t *testing.T) {
	catalog := model.NewCatalog(All()...)
	for _, key := range Followed() {
		l := catalog.Ledger(key)
		for _, field := range []string{"title", "unit", "due", "due_first", "assigned", "state", "step_note", "closed_on", "applied_by", "approval_note",
			"approved_on", "extend_to", "extend_reason", "review_on", "evidence_need", "files", "report_every", "domain", "light", "days_left", "next_due"} {
			if l.Field(field) == nil {
				t.Errorf("%s has no %s", key, field)
			}
		}
		if tree := l.Parent != ""; tree != (l.Field("late_below") != nil) || tree && l.Field(assignerField(key)) == nil {
			t.Errorf("%s: what is split has an assigner and counts the items below", key)
		}
		if (l.Field("target_qty") != nil) != (l.Field("done_qty") != nil) {
			t.Errorf("%s: a quantity to reach and a quantity done go together", key)
		}
		if _, ok := rule.FindParameter(rule.FlowShort + key); !ok {
			t.Errorf("%s: no parameter for its short flow", key)
		}
		if !slices.Contains(catalog.Ledger(Progress).Owner().Ref.Ledgers, key) {
			t.Errorf("%s: no progress can be reported", key)
		}
	}
}

// TestFollowed_Lights: days counted by hand from Sunday, 2026-11-22.
func TestFollowed_Lights(t *testing.T) {
	tests := []struct {
		ledger, name        string
		own, latest         values
		light, reason, left string
		nextDue             string
		next                model.Day
	}{
		{Order, "reply overdue", values{"state": "办理中", "due": "2026-11-20", "assigned": "2026-11-10"}, nil, "红", "时限", "-2", "", ""},
		{Order, "three days", values{"state": "办理中", "due": "2026-11-25"}, nil, "黄", "时限", "3", "", "2026-11-26"},
		{Order, "once is not silent", values{"state": "办理中", "due": "2026-12-31", "assigned": "2026-01-05", "report_every": "一次性"}, nil, "绿", "", "39", "", "2026-12-28"},
		// The week 11-09…11-15 ended seven days ago, the grace of five is over; the next week's ends with 11-27.
		{Order, "weekly reply missed", values{"state": "办理中", "due": "2026-12-31", "assigned": "2026-10-01", "report_every": "周"}, nil, "黄", "未按期报送", "39", "", "2026-11-28"},
		{Order, "weekly reply given", values{"state": "办理中", "due": "2026-12-31", "assigned": "2026-10-01", "report_every": "周"},
			values{"period": "2026-11", "reported_on": "2026-11-14"}, "绿", "", "39", "", "2026-11-28"},
		{Order, "closed late", values{"state": "已办结", "due": "2026-11-01"}, nil, "已办结", "", "", "", ""},

		{Rectification, "at once, written today", values{"state": "办理中", "due": "立行立改"}, nil, "黄", "时限", "0", "", "2026-11-23"},
		{Rectification, "long term", values{"state": "办理中", "due": "长期坚持", "review_on": "2026-12-10"}, nil, "绿", "", "18", "", "2026-12-07"},
		{Rectification, "long term, nobody looks again", values{"state": "办理中", "due": "长期坚持"}, nil, "不亮灯", "", "", "", ""},
		{Rectification, "struck off", values{"state": "已销号", "due": "2026-11-10"}, nil, "已销号", "", "", "", ""},
		{Rectification, "paused", values{"state": "已中止", "due": "2026-11-10", "review_on": "2026-11-25"}, nil, "黄", "复核", "", "", ""},

		{Commitment, "periodic", values{"state": "办理中", "due": "每月25日前"}, nil, "黄", "时限", "3", "2026-11-25", "2026-11-26"},
		{Commitment, "periodic, this month done", values{"state": "办理中", "due": "每月25日前"}, values{"period": "2026-11"}, "绿", "", "33", "2026-12-25", "2026-11-26"},
		{Commitment, "kept", values{"state": "已兑现", "due": "每月25日前"}, nil, "已兑现", "", "", "", ""},

		// Four milestones of 25, 50, 75, 100 %: by 11-22 the first three are past.
		{LedProject, "behind its milestones", values{"state": "办理中", "due": "2026-12-31", "assigned": "2026-01-10", "milestones": quarters},
			values{"period": "2026-11", "percent": "60"}, "黄", "进度滞后", "39", "", "2026-12-28"}, // 75 − 60 = 15
		{LedProject, "far behind", values{"state": "办理中", "due": "2026-12-31", "assigned": "2026-01-10", "milestones": quarters},
			values{"period": "2026-11", "percent": "40"}, "红", "进度滞后", "39", "", "2026-12-28"}, // 75 − 40 = 35
		{LedProject, "with its milestones", values{"state": "办理中", "due": "2026-12-31", "assigned": "2026-01-10", "milestones": quarters},
			values{"period": "2026-11", "percent": "75"}, "绿", "", "39", "", "2026-12-28"},
		{LedProject, "not in hand yet", values{"state": "待交办", "due": "2026-12-31", "milestones": quarters}, nil, "绿", "", "39", "", "2026-12-28"},
		{LedProject, "closed", values{"state": "已结项", "due": "2026-10-31"}, nil, "已结项", "", "", "", ""},

		{Decision, "due today", values{"state": "办理中", "due": "2026-11-22"}, nil, "黄", "时限", "0", "", "2026-11-23"},
		{Decision, "ended", values{"state": "已终止", "due": "2026-11-01"}, nil, "不亮灯", "", "", "", ""},
	}
	catalog := model.NewCatalog(All()...)
	for _, tt := range tests {
		l := catalog.Ledger(tt.ledger)
		in := model.DeriveInput{Record: record(t, l.Key, tt.own), Params: rule.Defaults(), Today: today}
		if tt.latest != nil {
			in.Latest = record(t, Progress, tt.latest)
		}
		d := l.Derive.Func(in)
		show := func(key string) string { return l.Field(key).Show(d.Values[key]) }
		got := []string{show("light"), show("light_reason"), show("days_left"), show("next_due"), string(d.NextChange)}
		if want := []string{tt.light, tt.reason, tt.left, tt.nextDue, string(tt.next)}; !slices.Equal(got, want) {
			t.Errorf("%s, %s: %q, want %q", tt.ledger, tt.name, got, want)
		}
	}
}

const quarters = "一季度：立项勘测 25%\n6月底前：开工 50%\n9月30日：主体完工 75%\n12月底前：验收 100%"

func TestMilestones(t *testing.T) {
	tests := []struct {
		words  string
		want   string // day percent ✓, parted by a blank
		unread []int
	}{
		{quarters, "2026-03-31:25 2026-06-30:50 2026-09-30:75 2026-12-31:100", nil},
		{"9月底前：完工√；6月底前 开工（已完成）", "2026-06-30:0✓ 2026-09-30:0✓", nil},
		{"6月底前完成勘测30%", "2026-06-30:30", nil},
		{"2026年8月15日，完成一半 50％", "2026-08-15:50", nil},
		{"6月底前：完成 12.5%", "2026-06-30:12.5", nil},
		{"6月底前：完成 120%", "2026-06-30:100", nil},
		{"去年底前：完成", "2025-12-31:0", nil},
		{"尽快开工\n\n6月底前：开工", "2026-06-30:0", []int{1}},
		{"", "", nil},
	}
	for _, tt := range tests {
		steps, unread := Milestones(tt.words, "2026-01-10")
		var got []string
		for _, m := range steps {
			s := string(m.Day) + ":" + model.FormatScaled(m.Percent, percentScale, false)
			if m.Done {
				s += "✓"
			}
			got = append(got, s)
		}
		if strings.Join(got, " ") != tt.want || !slices.Equal(unread, tt.unread) {
			t.Errorf("%q: %v %v, want %s %v", tt.words, got, unread, tt.want, tt.unread)
		}
	}
}

// TestMilestones_Pace: without percentages each milestone is an even share, and
// what is ticked off counts as done.
func TestMilestones_Pace(t *testing.T) {
	tests := []struct {
		words     string
		today     model.Day
		due, done int64 // percent
	}{
		{quarters, "2026-03-31", 0, 0}, // the last day is not past
		{quarters, "2026-04-01", 25, 0},
		{"3月底前：甲√\n6月底前：乙\n9月底前：丙\n12月底前：丁", "2026-07-01", 50, 25},
		{"3月底前：甲√\n6月底前：乙 60%√\n12月底前：丁", "2026-12-31", 60, 60},
		{"", "2026-07-01", 0, 0},
	}
	for _, tt := range tests {
		steps, _ := Milestones(tt.words, "2026-01-10")
		if due, done := milestonesDue(steps, tt.today), milestonesDone(steps); due != tt.due*100 || done != tt.done*100 {
			t.Errorf("%q on %s: due %d done %d", tt.words, tt.today, due, done)
		}
	}
}

func TestCheckMilestones(t *testing.T) {
	l := ledProject()
	run := func(words values) []string {
		var out []string
		for _, p := range rule.Run(model.CheckInput{Ledger: l, Record: record(t, l.Key, words), Params: rule.Defaults(), Today: today}) {
			if p.Field == "milestones" {
				out = append(out, p.Message)
			}
		}
		return out
	}
	if got := run(values{"milestones": quarters, "due": "2026-12-31", "assigned": "2026-01-10"}); got != nil {
		t.Errorf("%q", got)
	}
	got := run(values{"milestones": "尽快\n12月底前：验收", "due": "2026-11-30", "assigned": "2026-01-10"})
	want := []string{"阶段目标第 1 行看不出是哪一天。", "最后一个阶段目标晚于完成时限“2026-11-30”。"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// TestShortFlow: what handing out and closing mean, by ledger, level and parameter.
func TestShortFlow(t *testing.T) {
	catalog := model.NewCatalog(All()...)
	tests := []struct {
		name, ledger  string
		level         model.Level
		chosen        string // the parameter, "" = as shipped
		handed, close string // state after 交办; refusal of closing from 办理中
	}{
		{"village", Rectification, model.LevelVillage, "", "办理中", ""},
		{"grid of a village", Order, model.LevelGrid, "", "办理中", ""},
		{"township", Rectification, model.LevelTown, "", "待签收", "还没有申请销号"},
		{"county", LedProject, model.LevelCounty, "", "待签收", "还没有申请结项"},
		{"village task is signed for", Task, model.LevelVillage, "", "待签收", ""},
		{"chosen for townships", Decision, model.LevelTown, "乡镇、村", "办理中", ""},
		{"chosen, signed for", Decision, model.LevelTown, "乡镇、保留签收", "待签收", ""},
		{"switched off", Commitment, model.LevelVillage, "无", "待签收", "还没有申请兑现"},
		{"level unknown", Order, "", "", "待签收", ""},
	}
	for _, tt := range tests {
		l := catalog.Ledger(tt.ledger)
		f := ready(asTown)
		f.HolderLevel = tt.level
		if tt.chosen != "" {
			f.Params = rule.Effective([]rule.Setting{{Key: rule.FlowShort + tt.ledger, Value: tt.chosen}}, today)
			if f.Params[rule.FlowShort+tt.ledger] != tt.chosen {
				t.Fatalf("%s: %q is refused", tt.name, tt.chosen)
			}
		}
		item := record(t, l.Key, values{"title": "清淤", "state": "待交办"})
		changes, err := TakeStep(l, l.Flow.Step(StepAssign), item, f)
		if err != nil {
			t.Fatal(err)
		}
		if got := l.Field("state").OptionLabel(changes["state"].Text); got != tt.handed {
			t.Errorf("%s: handed out it is %s, want %s", tt.name, got, tt.handed)
		}
		item.Put("state", model.Text(StateDoing))
		err = CanTake(l, l.Flow.Step(StepClose), item, f)
		if tt.close == "" && err != nil || tt.close != "" && (err == nil || !strings.Contains(err.Error(), tt.close)) {
			t.Errorf("%s: closing: %v, want …%s…", tt.name, err, tt.close)
		}
	}
}

func TestTakeStep_KeepsWhatWasSaid(t *testing.T) {
	r := villageItem(t, "待审核", values{"applied_by": "p-village"})
	said := ready(asTown)
	said.Reason = "佐证不足"
	take(t, r, "退回", said)
	if got := r.Get("step_note").Text; got != "退回：佐证不足" {
		t.Errorf("note %q", got)
	}
	silent := ready(asVillage)
	silent.Reason = ""
	take(t, r, "申请办结", silent)
	if got := r.Get("step_note"); !got.IsEmpty() {
		t.Errorf("an older note stays: %+v", got)
	}
	paper := ready(asVillage)
	paper.Reason, paper.Date = "李书记批准", model.OnDay("2026-11-20")
	take(t, r, "登记纸质审批", paper)
	if r.Get("approval_note").Text != "李书记批准" || r.Get("approved_on").End != "2026-11-20" || r.Get("closed_on").End != today {
		t.Errorf("approved %v on %v, closed %v", r.Get("approval_note"), r.Get("approved_on"), r.Get("closed_on"))
	}
	take(t, r, "恢复办理", said)
	if !r.Get("approval_note").IsEmpty() || !r.Get("approved_on").IsEmpty() {
		t.Error("the approval of the closing that was taken back stays")
	}
}

func TestTakeStep_LongTermStaysUnderReview(t *testing.T) {
	r := villageItem(t, "已办结", values{"due": "长期坚持", "review_on": "2026-12-20"})
	take(t, r, "恢复办理", ready(asTown))
	if r.Get("review_on").End != "2026-12-20" {
		t.Errorf("review on %v", r.Get("review_on"))
	}
}

func TestCanTake_Dates(t *testing.T) {
	l := task()
	for _, tt := range []struct{ step, date, refused string }{
		{"申请延期", "2026-12-01", ""},
		{"申请延期", "2026-11-30", "不晚于现在的时限“2026-11-30”"},
		{"中止", "2026-11-22", ""},
		{"中止", "2026-11-21", "复核日期已经过了"},
	} {
		f := ready(asTown)
		f.Date = model.OnDay(model.Day(tt.date))
		err := CanTake(l, l.Flow.Step(tt.step), villageItem(t, "办理中", nil), f)
		if tt.refused == "" && err != nil || tt.refused != "" && (err == nil || !strings.Contains(err.Error(), tt.refused)) {
			t.Errorf("%s to %s: %v, want …%s…", tt.step, tt.date, err, tt.refused)
		}
	}
}

func TestStepDoubts(t *testing.T) {
	l := rectification()
	item := record(t, l.Key, values{"title": "清运", "state": "已销号", "children_total": "3", "children_done": "1"})
	got := StepDoubts(l, l.Flow.Step(StepClose), item, nil)
	if len(got) != 1 || got[0].Message != "“清运”已销号，下级还有 2 项没有销号。" || got[0].Level != model.Doubt {
		t.Errorf("%+v", got)
	}
	if got := StepDoubts(l, l.Flow.Step(StepReturn), item, nil); got != nil {
		t.Errorf("not closed: %+v", got)
	}
	l = task()
	item = record(t, l.Key, values{"title": "铺管", "state": "已办结"})
	before := record(t, l.Key, values{"title": "勘测", "state": "办理中"})
	if got := StepDoubts(l, l.Flow.Step(StepPaper), item, before); len(got) != 1 || got[0].Message != "“铺管”已办结，前置事项“勘测”还没有办结。" {
		t.Errorf("%+v", got)
	}
	before.Put("state", model.Text(StateDone))
	if got := StepDoubts(l, l.Flow.Step(StepPaper), item, before); got != nil {
		t.Errorf("%+v", got)
	}
}

// TestFollowed_Checks: the common rules speak of each ledger in its own words.
func TestFollowed_Checks(t *testing.T) {
	catalog := model.NewCatalog(All()...)
	tests := []struct {
		ledger      string
		own, parent values
		want        string
	}{
		{Order, values{"due": "2026-11-01", "assigned": "2026-11-10"}, nil, "交办时限早于发布时间。"},
		{Order, values{"due": "2026-12-10"}, values{"due": "2026-12-01"}, "交办时限晚于上级督办单的“2026-12-01”。"},
		{Rectification, values{"due": "2026-12-10"}, values{"due": "2026-12-01"}, "整改时限晚于上级问题整改台账的“2026-12-01”。"},
		{Rectification, values{"due": "长期坚持"}, nil, "长期事项没有复核日期，不会亮灯提醒。"},
		{Rectification, values{"state": "已销号"}, nil, "已销号，没有销号时间。"},
		{Commitment, values{"closed_on": "2026-11-01", "state": "办理中"}, nil, "填了兑现时间，办理状态还不是已兑现。"},
		{LedProject, values{"due": "2026-01-01", "assigned": "2026-02-01"}, nil, "完成时限早于立项时间。"},
		{Decision, values{"due": "2026-12-01"}, values{"due": "2026-12-01"}, ""},
		{Need, values{"raised_on": "2026-11-10", "solved_on": "2026-11-01"}, nil, "解决时间早于提出时间。"},
		{Care, values{"given_on": "2026-11-10", "until": "2026-11-01"}, nil, "有效期早于关爱时间。"},
	}
	for _, tt := range tests {
		l := catalog.Ledger(tt.ledger)
		in := model.CheckInput{Ledger: l, Record: record(t, l.Key, tt.own), Params: rule.Defaults(), Today: today}
		if tt.parent != nil {
			in.Parent = record(t, l.Key, tt.parent)
		}
		var got []string
		for _, c := range l.Checks {
			for _, p := range c.Func(in) {
				got = append(got, p.Message)
			}
		}
		if strings.Join(got, "") != tt.want {
			t.Errorf("%s %v: %q, want %q", tt.ledger, tt.own, got, tt.want)
		}
	}
}

// TestSplit_OtherLedgers: a common problem goes down like a task.
func TestSplit_OtherLedgers(t *testing.T) {
	l := rectification()
	parent := record(t, l.Key, values{"title": "手册填写不规范", "kind": "共性", "source": "考核评估", "measures": "逐户核对", "due": "2026-12-31", "state": "办理中"})
	parent.ID = "top"
	parent.Put("unit", model.Reference(townID, "甲镇"))
	children, problems := Split(parent, []Receiver{{ID: "v1", Words: "甲一村", Area: "a1"}, {ID: "v2", Words: "甲二村", Area: "a2"}})
	if len(children) != 2 || len(problems) > 0 {
		t.Fatalf("%d children, %v", len(children), problems)
	}
	c := children[1]
	if c.Ledger != Rectification || c.Area != "a2" || c.Get("parent").ID != "top" || c.Get("issuer").ID != townID || c.Get("unit").ID != "v2" {
		t.Errorf("%+v", c)
	}
	for _, key := range []string{"title", "kind", "source", "measures", "due"} {
		if c.Get(key) != parent.Get(key) {
			t.Errorf("%s is not taken over", key)
		}
	}
	for key := range c.Values {
		if l.Field(key) == nil {
			t.Errorf("no field %s", key)
		}
	}
}

// TestPosts_OfCLERK18: whom to call.
func TestPosts_OfCLERK18(t *testing.T) {
	f := post().Field("title")
	for _, title := range []string{"包片领导", "包村领导", "包村干部", "村党组织书记", "村委会主任", "文书", "报表联络员", "网格员"} {
		if o, ok := f.FindOption(title); !ok || o.Label != title {
			t.Errorf("no post %s", title)
		}
	}
}
