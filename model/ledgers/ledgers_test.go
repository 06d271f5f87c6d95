package ledgers

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"xiangzhen/model"
	"xiangzhen/model/rule"
	"xiangzhen/model/text"
)

// reserved are the keys a record has beside its fields, in JSON and in the table.
var reserved = []string{"id", "n", "area", "revision", "created_at", "created_by", "changed_at", "changed_by", "derived"}

// keyShape leaves out __, which parts a column from its companions.
var keyShape = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)

func TestAll_Keys(t *testing.T) {
	var keys []string
	for _, l := range All() {
		keys = append(keys, l.Key)
		if !keyShape.MatchString(l.Key) || l.Label == "" || l.Group == "" || l.System != (l.Group == groupSystem) {
			t.Errorf("ledger %q %q in %q: incomplete", l.Key, l.Label, l.Group)
		}
	}
	want := []string{Area, Unit, Person, Post, Task, Progress, Order, Rectification, Meeting, Decision,
		Commitment, LedProject, ContactPoint, Act, Duty, Team, Attendance, Leave, MemberLog, Visit, Rotation, Appraisal,
		Household, HouseholdMember, Measure, Income, Project, Fund, Need, Resource, Study, Training, Care, Organization, Service, Checklist, UpperTable, UpperSent,
		UserLedger, UserField, Parameter, Holiday, Form, Dispatch, Submission, Claim, Conflict, Mapping, Template, Disclosure, User, Final, Sent, Stamped, Mirror, MirrorNote, Bundle}
	if !slices.Equal(keys, want) {
		t.Errorf("ledgers %v, want %v", keys, want)
	}
}

func TestAll_NamesAreDistinct(t *testing.T) {
	owner := map[string]string{}
	for _, l := range All() {
		for _, name := range append([]string{l.Key, l.Label}, l.Synonyms...) {
			if other, taken := owner[name]; taken && other != l.Key {
				t.Errorf("%s is called %q like %s", l.Key, name, other)
			}
			owner[name] = l.Key
		}
	}
}

func TestAll_AreFresh(t *testing.T) {
	All()[0].Fields[0].Label = "changed"
	if All()[0].Fields[0].Label == "changed" {
		t.Error("a caller changed the shipped description")
	}
}

func TestFields_WellFormed(t *testing.T) {
	for _, l := range All() {
		keys, labels := map[string]bool{}, map[string]bool{}
		for _, f := range slices.Concat(l.Fields, l.Derived) {
			name := l.Key + "." + f.Key
			if !keyShape.MatchString(f.Key) || keys[f.Key] || f.Label == "" || labels[f.Label] {
				t.Errorf("%s %q: key or label is missing, malformed or repeated", name, f.Label)
			}
			if slices.Contains(reserved, f.Key) {
				t.Errorf("%s: the key is reserved", name)
			}
			keys[f.Key], labels[f.Label] = true, true
			checkField(t, name, &f)
		}
	}
}

func checkField(t *testing.T, name string, f *model.Field) {
	t.Helper()
	if _, ok := model.ParseKind(string(f.Kind)); !ok {
		t.Errorf("%s: kind %q", name, f.Kind)
	}
	if (f.Kind == model.KindRef) != (f.Ref != nil) {
		t.Errorf("%s: a reference needs Ref, nothing else has it", name)
	}
	if f.Scale != 0 && f.Kind != model.KindDecimal && f.Kind != model.KindPercent {
		t.Errorf("%s: a %s has no Scale", name, f.Kind)
	}
	if f.Kind == model.KindIDNumber && !f.Sensitive {
		t.Errorf("%s: an ID number is sensitive", name)
	}
	if f.Help != "" && !strings.HasSuffix(f.Help, "。") {
		t.Errorf("%s: Help is no sentence: %s", name, f.Help)
	}
	choice := f.Kind == model.KindEnum || f.Kind == model.KindMultiEnum
	if choice && len(f.Options) == 0 || len(f.Options) > 0 && !choice && f.Kind != model.KindText {
		t.Errorf("%s: options and kind %s do not go together", name, f.Kind)
	}
	checkOptions(t, name, f.Options)
}

func checkOptions(t *testing.T, name string, options []model.Option) {
	t.Helper()
	owner := map[string]string{}
	for _, o := range options {
		for _, w := range append([]string{o.Key, o.Label}, o.Synonyms...) {
			w = text.Code(w)
			if other, taken := owner[w]; taken && other != o.Key || w == "" {
				t.Errorf("%s: option word %q means %s and %s", name, w, other, o.Key)
			}
			owner[w] = o.Key
		}
	}
}

// TestFields_HeadersMeanOneField holds that no header is claimed by two fields
// of a ledger, blanks and width aside.
func TestFields_HeadersMeanOneField(t *testing.T) {
	for _, l := range All() {
		owner := map[string]string{}
		for _, f := range l.Fields {
			for _, h := range append([]string{f.Label}, f.Synonyms...) {
				h = text.HeaderKey(h)
				if other, taken := owner[h]; taken && other != f.Key {
					t.Errorf("%s: header %q means %s and %s", l.Key, h, other, f.Key)
				}
				owner[h] = f.Key
			}
		}
	}
}

func TestLedgers_PointAtWhatExists(t *testing.T) {
	catalog := model.NewCatalog(All()...)
	for _, l := range All() {
		stored := func(key string) *model.Field {
			i := slices.IndexFunc(l.Fields, func(f model.Field) bool { return f.Key == key })
			if i < 0 {
				t.Errorf("%s: no stored field %q", l.Key, key)
				return &model.Field{}
			}
			return &l.Fields[i]
		}
		stored(l.Title)
		if len(l.Match) == 0 && l.Key != Disclosure {
			t.Errorf("%s: no natural key", l.Key) // a disclosure happens; it is never looked up
		}
		for _, key := range slices.Concat(l.Match...) {
			if key != model.AreaKey {
				stored(key)
			}
		}
		if l.Parent != "" && !slices.Equal(stored(l.Parent).Ref.Ledgers, []string{l.Key}) {
			t.Errorf("%s: Parent does not point at the same ledger", l.Key)
		}
		for _, key := range l.AreaFrom {
			if stored(key).Kind != model.KindRef {
				t.Errorf("%s: AreaFrom %s is no reference", l.Key, key)
			}
		}
		checkRefs(t, catalog, l)
	}
}

func checkRefs(t *testing.T, catalog *model.Catalog, l *model.Ledger) {
	t.Helper()
	owners := 0
	for _, f := range l.Fields {
		if f.Ref == nil {
			continue
		}
		if f.Ref.Owner {
			owners++
		}
		for _, key := range f.Ref.Ledgers {
			if catalog.Ledger(key) == nil {
				t.Errorf("%s.%s points at the unknown ledger %s", l.Key, f.Key, key)
			}
		}
	}
	if owners > 1 {
		t.Errorf("%s has %d owners", l.Key, owners)
	}
	if d := l.Derive; d != nil && d.Latest != nil {
		latest := catalog.Ledger(d.Latest.Ledger)
		if latest == nil || latest.Field(d.Latest.Order) == nil || !slices.Contains(latest.Owner().Ref.Ledgers, l.Key) {
			t.Errorf("%s: Latest does not name an owned ledger and its order", l.Key)
		}
	}
	if (len(l.Derived) > 0) != (l.Derive != nil) {
		t.Errorf("%s: derived fields and their function go together", l.Key)
	}
}

func TestChecks_WellFormed(t *testing.T) {
	for _, l := range All() {
		seen := map[string]bool{}
		for _, c := range l.Checks {
			if !strings.HasPrefix(c.ID, l.Key+".") || seen[c.ID] || c.Source == "" || c.Func == nil || c.Level == "" {
				t.Errorf("%s: check %q is incomplete or repeated", l.Key, c.ID)
			}
			seen[c.ID] = true
			for _, p := range c.Params {
				if _, ok := rule.FindParameter(p); !ok {
					t.Errorf("%s: unknown parameter %s", c.ID, p)
				}
			}
		}
	}
}

// TestFields_SurviveParse holds that the words shown for every option read back
// as the option, in every ledger.
func TestFields_SurviveParse(t *testing.T) {
	for _, l := range All() {
		for i := range l.Fields {
			f := &l.Fields[i]
			for _, o := range f.Options {
				v, problems := rule.Parse(f, rule.Input{Text: f.Show(model.Text(o.Key))})
				if v != model.Text(o.Key) || len(problems) > 0 {
					t.Errorf("%s.%s: %q reads back as %+v %v", l.Key, f.Key, o.Label, v, problems)
				}
			}
		}
	}
}

// meaning finds the field a header means, in the ledger or in one it owns.
func meaning(l *model.Ledger, header string) string {
	for _, key := range []string{text.HeaderKey(header), text.HeaderCore(header)} {
		for _, f := range l.Fields {
			if slices.ContainsFunc(append([]string{f.Label}, f.Synonyms...), func(h string) bool { return text.HeaderKey(h) == key }) {
				return f.Key
			}
		}
	}
	return ""
}

// TestHeaders_OfThePaper goes through the headers of DOMAIN §1 a, b, g and h.
func TestHeaders_OfThePaper(t *testing.T) {
	catalog := model.NewCatalog(All()...)
	tests := []struct {
		ledger  string
		headers string // header=field, a blank between
	}{
		{Task, "工作类别(领域)=category 任务名称(重点任务)=title 具体内容(工作举措)=content 目标要求(量化指标)=target " +
			"牵头领导=lead_person 牵头单位=lead_unit 责任单位(配合单位)=unit 责任人=person 完成时限=due " +
			"是否完成(销号情况)=state 销号时间=closed_on 备注=remark"},
		{Task, "任务=title 责任单位=unit 包抓领导=lead_person 分管领导=lead_person 责任站所=unit 责任村=unit 具体责任人=person 原时限=due_first 调整后时限=due"},
		{Progress, "进展情况(截至X月X日)=text 完成比例(%)=percent 存在问题=problem 下步打算=next_step 是否办结=finished 申请延期至=extend_to"},
		{Team, "姓名=name 派出单位=home_unit 派出单位职务=duty 联系电话=phone 性别=gender 证件号码=id_number 学历=education " +
			"政治面貌=politics 技术特长=skill 开始时间=from 结束时间=to"},
		{Team, "村=village 村类型=village_kind 姓　名=name 民族=ethnic 出生年月=birth 入党时间=party_since 参加工作时间=work_since " +
			"单位层级=home_level 职务(职级)=duty 驻村职务=role 选派时间=from 任期届满时间=to 是否连任(轮换)=renewed 身份证号=id_number 联系电话(手机)=phone 备注=remark"},
		{Order, "督办事项=title 文号=doc_no 督办内容=content 批示领导=leader 发布时间=assigned 牵头领导=lead_person 配合领导=coop_leader " +
			"附件=files 交办时限=due 反馈周期=report_every 牵头单位=unit 配合单位=coop 督办联系人=contact 电话号码=phone"},
		{Progress, "办理情况=text 存在问题=problem 下步措施=next_step 是否办结=finished 反馈日期=reported_on 反馈情况=text 践诺情况=text 落实情况=text 整改进展=text"},
		{Rectification, "督查时间=found_on 督查方式=way 督查组成员=inspectors 督查对象=inspected 发现问题=title 交办时间=assigned 责任单位=unit " +
			"整改时限=due 复查结果=recheck 是否销号=state"},
		{Rectification, "问题来源=source 反馈问题=title 问题类型=kind 整改目标=target 整改措施=measures 牵头领导=lead_person 责任单位=unit 责任人=person " +
			"整改时限=due 是否完成=state 佐证材料=files 销号意见=approval_note 销号时间=closed_on"},
		{Commitment, "承诺人=maker 职务=duty 承诺事项=title 具体内容=content 目标(标志性成果)=target 责任人=person 完成时限=due " +
			"公示方式及时间=publicity 群众评议=opinion 完成情况=state 备注=remark"},
		{LedProject, "书记姓名=maker 项目名称=title 立项背景(解决的问题)=background 主要措施=measures 阶段目标(季度)=milestones 预期成效=target " +
			"配合单位=coop 立项审核意见=setup_note 中期评估=midterm 结项时间=closed_on 结项评价=judgement"},
		{ContactPoint, "领导姓名=person 职务=duty 联系点(村)=village 联系点类型=kind 到点日期=visited_on 调研指导内容=guidance 发现问题=problem " +
			"帮助解决事项=help 参加组织生活/讲党课次数=lessons 备注=remark"},
		{Decision, "议定事项=title 责任单位=unit 责任人=person 完成时限=due"},
		{Resource, "类型=kind 来源=source 数量=qty 金额=amount 受益村=village"},
		{Attendance, "姓名=member 1=d1 15=d15 31日=d31 本人签字=signed"},
		{Leave, "姓名=member 单位及职务=unit_duty 请假事由=reason 请假类别(事假/病假/年休假/公出/婚丧产)=kind 起止时间=span 天数=days 去向=destination " +
			"代班人=substitute 审批人(意见)=approver 审批时间=approved_on 销假时间=back_on 备注=remark"},
		{MemberLog, "日期=log_on 天气=weather 地点=place 工作内容=content 解决的问题=solved 存在困难=problem 下步计划=next_step 记录人=member 下周计划=next_step"},
		{Visit, "走访日期=visited_on 走访人=visitor 户主姓名=household 户类型(脱贫户/监测户/低保/特困/一般户)=household_kind 村民小组=group 家庭人口=population " +
			"在家情况(在家/外出务工/临时外出)=at_home 走访内容(政策宣传/收入核算/安全住房…)=topics 反映问题=problem 处理情况(现场解决/转办/上报)=handling 办结时间=done_on 是否满意=satisfied"},
		{Household, "村=village 组=group 户主姓名=householder 证件号码=id_number 联系电话=phone 家庭人口=population 监测对象类别=category 检测对象类别=category 户类型=kind " +
			"识别监测时间=identified_on 致贫/返贫风险1=risk1 致贫/返贫风险5=risk5 人均纯收入（元）=income_pc 帮扶联系人(单位职务、电话)=helper 帮扶措施(按类)=measures " +
			"实施开发式帮扶措施情况=developed 风险是否已消除=cleared 风险是否已消除0=cleared 风险消除方式=clear_way 消除监测时间=cleared_on 工资性收入=wage " +
			"义务教育保障=schooling 是否解决安全饮用水=water 是否危房户=unsafe_house 是否通生活用电=power 耕地面积（亩）=land 退耕还林面积（亩）=forest"},
		{HouseholdMember, "姓名=name 与户主关系=relation 文化程度=education 在校生状况=student 劳动技能=labour 证件号码=id_number"},
		{Project, "村=village 项目类型=kind 二级项目类型=kind2 项目子类型=kind3 项目名称=title 建设性质(新建/续建/改扩建)=nature 实施地点=place 建设内容及规模=content " +
			"计划开工=plan_start 计划完工=plan_end 责任单位=unit 项目预算总投资(万元)=budget 受益村(个)=villages 受益户数=households 受益人口=people 绩效目标=target " +
			"联农带农机制=linkage 是否入库=in_library 年度=year 批复文号=approval_no 资金文号=fund_no 下达资金=allotted 施工单位=builder 合同金额=contract 开工时间=started_on " +
			"形象进度=progress 完工时间=finished_on 验收时间=accepted_on 已支付=paid 公示公告情况=publicity 资产移交(确权)=handed_over 存在问题=problem"},
		{Appraisal, "姓名=member 绩(四项职责)=duties 村级评价=village_opinion 乡镇评价=town_opinion 县级评定=county_opinion 等次=grade"},
		{Training, "培训时间=held_on 培训内容=title 学时=hours 参加人=attendees"},
	}
	for _, tt := range tests {
		l := catalog.Ledger(tt.ledger)
		for pair := range strings.FieldsFuncSeq(tt.headers, func(r rune) bool { return r == ' ' }) {
			header, want, _ := strings.Cut(pair, "=")
			if got := meaning(l, header); got != want {
				t.Errorf("%s: header %s means %q, want %q", tt.ledger, header, got, want)
			}
		}
	}
}
