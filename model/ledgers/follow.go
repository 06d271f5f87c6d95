package ledgers

import (
	"slices"

	"xiangzhen/model"
)

// Followed items (一抓到底的事项) are the records of every ledger that a follow
// completes: tasks, supervision orders, rectifications, commitments, led projects
// and decisions. They go one way (flow.go, flow_steps.go), shine by one table
// (light.go), add up alike (rollup.go) and are handed down alike (split.go). All
// of that works by the keys of fields; a ledger without a field goes without
// what it is for:
//
//	title, unit                         what is to be done, and the responsible unit
//	lead_unit (task), issuer            who handed it out, where no item stands above
//	due, due_first, assigned            limit, first limit, day of handing out
//	state, step_note, closed_on         where it stands, what was last said, its end
//	applied_by, approval_note, approved_on  who applied; an approval on paper
//	extend_to, extend_reason, review_on     延期, 中止 and 长期
//	evidence_need, files                evidence, asked for only where the maker said so
//	report_every                        lights by silence
//	target_qty, target_unit, schedule   a quantity: lights by pace, sums over the items below
//	milestones                          dated steps: lights by pace
//	after                               the item this one waits for
//	parent (Ledger.Parent)              the item above in the same ledger
//
// What differs from ledger to ledger is its words.
type follow struct {
	end    string // the word for finishing: 办结, 销号, 兑现, 结项
	report string // the header of what was last reported: 进展情况, 整改进展, 践诺情况
}

// followedKeys are the ledgers of followed items, in the order lists show them.
var followedKeys = []string{Task, Order, Rectification, Commitment, LedProject, Decision}

// Followed returns the keys of the ledgers whose items are followed to the end.
func Followed() []string { return slices.Clone(followedKeys) }

// refToFollowed is a reference to an item of any of these ledgers.
func refToFollowed() *model.Ref { return refTo(followedKeys...) }

// complete gives a ledger its flow, derived fields and common checks.
func (f follow) complete(l *model.Ledger) *model.Ledger {
	l.Flow = f.flow()
	l.Derived = f.derived(l)
	l.Derive = &model.Derivation{Latest: &model.Latest{Ledger: Progress, Order: "period"}, Func: deriveItem}
	if l.Parent != "" {
		l.Derive.FromParent = []string{"unit"}
	}
	l.Checks = append(followedChecks(l), l.Checks...)
	return l
}

// limits are the fields of the time allowed, under the form's own header.
func (f follow) limits(due model.Field, assigned model.Field) []model.Field {
	due.Key, due.Kind, due.Index = "due", model.KindDate, true
	due.Help = "可以照文件写：6月底前、每月25日前、长期坚持。"
	assigned.Key, assigned.Kind = "assigned", model.KindDate
	return []model.Field{due,
		{Key: "due_first", Label: "原时限", Kind: model.KindDate, ReadOnly: true, Help: "同意延期前的第一个时限。", Synonyms: []string{"原完成时限"}},
		assigned}
}

// tail are the fields of the flow and of its end, which close every form.
func (f follow) tail(state, closed []string) []model.Field {
	return []model.Field{
		{Key: "state", Label: "办理状态", Kind: model.KindEnum, Options: f.states(), Index: true, Synonyms: state},
		{Key: "step_note", Label: "最近办理说明", Kind: model.KindLongText, ReadOnly: true, Help: "最近一次退回、延期、中止、恢复的理由，历次的在变动记录里。"},
		{Key: "applied_by", Label: "申请人", Kind: model.KindText, Internal: true, ReadOnly: true},
		{Key: "extend_to", Label: "申请延期至", Kind: model.KindDate, ReadOnly: true},
		{Key: "extend_reason", Label: "延期理由", Kind: model.KindLongText, ReadOnly: true},
		{Key: "review_on", Label: "复核日期", Kind: model.KindDate, Help: "长期和已中止的事项到这一天再看。", Synonyms: []string{"复核时间", "复查日期"}},
		{Key: "evidence_need", Label: "需佐证", Kind: model.KindBool, Synonyms: []string{"是否需要佐证", "需佐证材料"}},
		{Key: "closed_on", Label: f.end + "时间", Kind: model.KindDate, Index: true, Synonyms: closed},
		{Key: "approval_note", Label: "审批记录", Kind: model.KindLongText, Help: "纸质审批：谁批准的。", Synonyms: []string{"审核意见", "销号意见", "审批意见"}},
		{Key: "approved_on", Label: "审批日期", Kind: model.KindDate, ReadOnly: true, Help: "纸质审批的日期。"},
		{Key: "office", Label: "主管科室", Kind: model.KindText, Index: true, Synonyms: []string{"主管股室", "主责科室", "归口科室"}},
		{Key: "files", Label: "佐证材料", Kind: model.KindFiles, Synonyms: []string{"附件", "佐证"}},
		remark(),
	}
}

// issuer is who handed an item out (交办单位), where the form has no 牵头单位 for it.
func issuer() model.Field {
	return model.Field{Key: "issuer", Label: "交办单位", Kind: model.KindRef, Ref: unitOrArea(), Index: true, Synonyms: []string{"交办部门", "督办单位"}}
}

// origin is what an item came out of: a meeting's decision, a problem a secretary
// found, an order.
func origin() model.Field {
	return model.Field{Key: "origin", Label: "由来", Kind: model.KindRef, Ref: refTo(Decision, Meeting, Act, Order, Rectification, ContactPoint, Visit, MemberLog),
		Index: true, Help: "从哪次会议、督办单、调研、走访、日志或联系点转来的。"}
}

// milestones are dated steps, one a line; see Milestones.
func milestones() model.Field {
	return model.Field{Key: "milestones", Label: "阶段目标", Kind: model.KindLongText, Help: "一行一个：6月底前：完成勘测 30%；完成了在行尾写√。",
		Synonyms: []string{"阶段目标（季度）", "序时进度", "阶段性目标"}}
}

// after is the item that has to be finished before this one (前置事项).
func after(ledger string) model.Field {
	return model.Field{Key: "after", Label: "前置事项", Kind: model.KindRef, Ref: refTo(ledger), Index: true, Help: "这一项要等它办结；没有的不填。"}
}

// domain says to which field of work a record belongs (CLERK 19).
func domain() model.Field {
	return model.Field{Key: "domain", Label: "领域", Kind: model.KindEnum, Options: domains(), Index: true, Synonyms: []string{"工作领域", "所属领域"}}
}

// reportEvery asks for regular reports.
func reportEvery(label string, options []model.Option, synonyms ...string) model.Field {
	return model.Field{Key: "report_every", Label: label, Kind: model.KindEnum, Options: options, Help: "填了它，到期没有报送才提醒。", Synonyms: synonyms}
}

// secretaryMark says what part a secretary took (CLERK 13): acts come first from
// what exists.
func secretaryMark() model.Field {
	return model.Field{Key: "secretary_part", Label: "书记参与", Kind: model.KindMultiEnum, Help: "书记主持、批示或到场的，履职材料里自动列出。",
		Options: []model.Option{option("主持", "书记主持"), option("批示", "书记批示"), option("到场", "书记到场", "现场")}}
}
