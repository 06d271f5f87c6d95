package ledgers

import (
	"slices"

	"xiangzhen/model"
)

// order is the supervision order (督办单) of a real county form (DOMAIN §1 h); the
// reply slip (反馈单) that comes back is progress.
func order() *model.Ledger {
	f := follow{end: "办结", report: "办理情况"}
	return f.complete(&model.Ledger{
		Key: Order, Label: "督办单", Group: groupOrder,
		Synonyms: []string{"督办台账", "督办事项台账", "督查督办台账", "督办通知单"},
		Title:    "title", Parent: "parent", AreaFrom: []string{"unit"},
		Match:  [][]string{{"doc_no", "title", "unit"}, {"title", "unit"}},
		Fields: orderFields(f),
	})
}

func orderFields(f follow) []model.Field {
	return slices.Concat([]model.Field{
		{Key: "parent", Label: "上级督办单", Kind: model.KindRef, Ref: refTo(Order), Index: true},
		{Key: "title", Label: "督办事项", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"督查事项", "督办任务"}},
		{Key: "kind", Label: "督办类型", Kind: model.KindEnum, Index: true, Synonyms: []string{"督办方式", "督办类别"}, Options: []model.Option{
			option("批示督办", "批示"), option("会议督办", "会议"), option("现场督办", "现场")}},
		domain(),
		{Key: "doc_no", Label: "文号", Kind: model.KindText, Index: true, Synonyms: []string{"督办文号", "督办编号", "编号"}},
		{Key: "content", Label: "督办内容", Kind: model.KindLongText, Synonyms: []string{"督办要求", "批示内容", "办理要求"}},
		{Key: "leader", Label: "批示领导", Kind: model.KindRef, Ref: refTo(Person), Index: true, Synonyms: []string{"签发领导", "督办领导"}},
		{Key: "lead_person", Label: "牵头领导", Kind: model.KindRef, Ref: refTo(Person), Index: true},
		{Key: "coop_leader", Label: "配合领导", Kind: model.KindText},
	}, f.limits(
		model.Field{Label: "交办时限", Synonyms: []string{"办结时限", "办理时限", "完成时限", "督办时限", "反馈时限"}},
		model.Field{Label: "发布时间", Synonyms: []string{"交办时间", "督办时间", "下发时间", "签发时间"}},
	), []model.Field{
		reportEvery("反馈周期", append([]model.Option{keyed(Once, "一次性", "一次")}, reportPeriods()...), "报送周期", "反馈频次"),
		{Key: "unit", Label: "牵头单位", Kind: model.KindRef, Ref: unitOrArea(), Index: true,
			Synonyms: []string{"承办单位", "责任单位", "被督办单位", "主办单位"}},
		{Key: "coop", Label: "配合单位", Kind: model.KindText, Synonyms: []string{"协办单位"}},
		issuer(),
		{Key: "contact", Label: "督办联系人", Kind: model.KindText, Synonyms: []string{"联系人"}},
		{Key: "phone", Label: "电话号码", Kind: model.KindPhone, Synonyms: []string{"联系电话", "电话"}},
		{Key: "item", Label: "督办的事项", Kind: model.KindRef, Ref: refTo(Task, Rectification, Commitment, LedProject, Decision), Index: true,
			Help: "这张督办单催的是哪一项；没有的不填。"},
		origin(), secretaryMark(),
	}, f.tail(
		[]string{"是否办结", "办结情况", "状态", "督办状态"},
		[]string{"办结日期", "完成时间", "反馈办结时间"},
	))
}
