package ledgers

import "xiangzhen/model"

// How far an absence has come (请假→审批→销假).
const (
	LeaveAsked    = "asked"    // 待审批
	LeaveRefused  = "refused"  // 不同意
	LeaveGranted  = "granted"  // 已批准, not begun
	LeaveAway     = "away"     // 请假中
	LeaveUnclosed = "unclosed" // 待销假: over, and nobody has reported back
	LeaveClosed   = "closed"   // 已销假
)

// Who approved an absence (审批机关).
const (
	ApproverTeam   = "team"   // 驻村工作队
	ApproverTown   = "town"   // 乡镇党委
	ApproverCounty = "county" // 县委组织部
	ApproverHome   = "home"   // 派出单位
)

// leave is the register of absences (请销假登记, DOMAIN §1 c). Where a request stands
// follows from what is filled in: the approval and the return.
func leave() *model.Ledger {
	return &model.Ledger{
		Key: Leave, Label: "请销假登记", Group: groupTeam,
		Synonyms: []string{"请销假登记表", "请销假台账", "请假登记表", "请假", "请假登记", "驻村干部请销假登记表"},
		Title:    "reason", AreaFrom: []string{"member"},
		Match: [][]string{{"member", "span"}},
		Fields: []model.Field{
			{Key: "member", Label: "姓名", Kind: model.KindRef, Ref: ownedBy(Team), Required: true, Index: true,
				Synonyms: []string{"请假人", "请假人姓名", "队员姓名"}},
			{Key: "unit_duty", Label: "单位及职务", Kind: model.KindText, Synonyms: []string{"单位职务"}, Help: "花名册里有的不用填。"},
			{Key: "reason", Label: "请假事由", Kind: model.KindText, Required: true, Synonyms: []string{"请假原因"}},
			{Key: "kind", Label: "请假类别", Kind: model.KindEnum, Options: leaveKinds(), Index: true, Synonyms: []string{"类别", "请假类型", "假别"}},
			{Key: "span", Label: "起止时间", Kind: model.KindDate, Required: true, Index: true, Help: "写成 2026年11月2日至11月5日。",
				Synonyms: []string{"请假时间", "请假起止时间", "起止日期"}},
			{Key: "days", Label: "天数", Kind: model.KindDecimal, Scale: 1, Unit: "天", Synonyms: []string{"请假天数"}},
			{Key: "destination", Label: "去向", Kind: model.KindText, Synonyms: []string{"请假去向", "外出地点"}},
			{Key: "substitute", Label: "代班人", Kind: model.KindText, Synonyms: []string{"代班人员", "工作代理人"}},
			{Key: "approver", Label: "审批人", Kind: model.KindText, Synonyms: []string{"批准人", "审批领导"}},
			{Key: "approved_by", Label: "审批机关", Kind: model.KindEnum, Index: true, Synonyms: []string{"批准机关", "审批单位"}, Options: []model.Option{
				keyed(ApproverTeam, "驻村工作队", "工作队"), keyed(ApproverTown, "乡镇党委", "乡镇", "镇党委", "乡党委"),
				keyed(ApproverCounty, "县委组织部", "组织部", "县"), keyed(ApproverHome, "派出单位", "选派单位")}},
			{Key: "opinion", Label: "审批意见", Kind: model.KindEnum, Options: []model.Option{option("同意", "是", "批准"), option("不同意", "否", "不批准")},
				Synonyms: []string{"意见"}},
			{Key: "approved_on", Label: "审批时间", Kind: model.KindDate, Synonyms: []string{"批准时间", "审批日期"}},
			{Key: "back_on", Label: "销假时间", Kind: model.KindDate, Synonyms: []string{"销假日期", "返岗时间"}},
			remark(),
		},
		Derived: []model.Field{
			{Key: "stage", Label: "办理环节", Kind: model.KindEnum, Index: true, Options: []model.Option{
				keyed(LeaveAsked, "待审批"), keyed(LeaveRefused, "不同意"), keyed(LeaveGranted, "已批准"),
				keyed(LeaveAway, "请假中"), keyed(LeaveUnclosed, "待销假"), keyed(LeaveClosed, "已销假")}},
			{Key: "span_days", Label: "起止天数", Kind: model.KindInteger, Unit: "天", Help: "从起日到止日，首尾都算。"},
		},
		Derive: &model.Derivation{Func: deriveLeave},
		Checks: leaveChecks(),
	}
}

// errandLeave is the kind of absence on duty: no leave in the sense of the limits.
const errandLeave = "公出"

func leaveKinds() []model.Option {
	return []model.Option{
		option("事假", "事"), option("病假", "病"), option("年休假", "年休", "休假", "公休假", "轮休"),
		option(errandLeave, "因公外出", "出差", "会议", "培训"), option("婚丧产假", "婚丧产", "婚假", "丧假", "产假", "陪产假", "护理假", "探亲假"),
	}
}

// leaveStage tells how far an absence has come on a day.
func leaveStage(r *model.Record, today model.Day) string {
	span := r.Get("span")
	switch {
	case r.Get("opinion").Text == "不同意":
		return LeaveRefused
	case r.Get("back_on").End != "":
		return LeaveClosed
	case r.Get("opinion").IsEmpty() && r.Get("approved_on").IsEmpty() && r.Get("approver").IsEmpty():
		return LeaveAsked
	case span.End != "" && span.End < today:
		return LeaveUnclosed
	case span.Start != "" && span.Start <= today:
		return LeaveAway
	}
	return LeaveGranted
}

func deriveLeave(in model.DeriveInput) model.Derived {
	span := in.Record.Get("span")
	out := model.Derived{Values: map[string]model.Value{"stage": model.Text(leaveStage(in.Record, in.Today))}}
	if n := spanDays(in.Record); n > 0 {
		out.Values["span_days"] = model.Int(int64(n))
	}
	out.NextChange = firstAfter(in.Today, span.Start, span.End.Add(1))
	return out
}

// spanDays is the number of days of an absence, both ends counted; 0 if unknown.
func spanDays(r *model.Record) int {
	span := r.Get("span")
	if span.Start == "" || span.End < span.Start {
		return 0
	}
	return span.End.Sub(span.Start) + 1
}

// covers reports whether the day lies within the absence.
func covers(leave *model.Record, day model.Day) bool {
	span := leave.Get("span")
	return day != "" && span.Start != "" && span.Start <= day && day <= span.End
}
