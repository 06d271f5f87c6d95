package ledgers

import "xiangzhen/model"

// Whether a need is met (解决情况).
const (
	NeedOpen    = "open"    // 未解决
	NeedHandled = "handled" // 协调中
	NeedSolved  = "solved"  // 已解决
)

// need is what a village asks for on an item (要素保障): 任务, 类别(地/钱/人/技术), 需求,
// 协调单位, 解决情况 (DOMAIN §5).
func need() *model.Ledger {
	return &model.Ledger{
		Key: Need, Label: "要素保障", Group: groupNeeds,
		Synonyms: []string{"要素保障台账", "要素需求", "要素需求清单", "需求台账"},
		Title:    "title", AreaFrom: []string{"unit", "item"},
		Match: [][]string{{"unit", "title", "raised_on"}},
		Fields: []model.Field{
			{Key: "item", Label: "对应事项", Kind: model.KindRef, Ref: refToFollowed(), Index: true, Synonyms: []string{"任务", "对应任务"}},
			{Key: "kind", Label: "要素类别", Kind: model.KindEnum, Index: true, Synonyms: []string{"类别", "需求类别"}, Options: []model.Option{
				option("地", "土地", "用地"), option("钱", "资金"), option("人", "人才", "人员"), option("技术", "科技"), option("其他")}},
			{Key: "title", Label: "需求事项", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"需求", "要素需求"}},
			{Key: "content", Label: "需求说明", Kind: model.KindLongText, Synonyms: []string{"具体需求"}},
			{Key: "qty", Label: "需求数量", Kind: model.KindDecimal, Scale: quantityScale},
			{Key: "qty_unit", Label: "计量单位", Kind: model.KindText},
			{Key: "unit", Label: "提出单位", Kind: model.KindRef, Ref: unitOrArea(), Required: true, Index: true, Synonyms: []string{"提出村", "申请单位"}},
			{Key: "raised_on", Label: "提出时间", Kind: model.KindDate, Index: true, Synonyms: []string{"提出日期"}},
			{Key: "coordinator", Label: "协调单位", Kind: model.KindRef, Ref: unitOrArea(), Index: true, Synonyms: []string{"牵头协调单位", "责任单位"}},
			{Key: "state", Label: "解决情况", Kind: model.KindEnum, Index: true, Default: NeedOpen, Synonyms: []string{"是否解决"}, Options: []model.Option{
				keyed(NeedOpen, "未解决", "否"), keyed(NeedHandled, "协调中", "办理中"), keyed(NeedSolved, "已解决", "是", "解决")}},
			{Key: "result", Label: "协调结果", Kind: model.KindLongText, Synonyms: []string{"办理结果"}},
			{Key: "solved_on", Label: "解决时间", Kind: model.KindDate},
			remark(),
		},
		Checks: []model.Check{ordered("need.dates", "raised_on", "solved_on", "解决时间早于提出时间。")},
	}
}

// resource is what came down to a village (资源下沉): 类型, 来源, 数量/金额, 受益村, 时间
// (DOMAIN §5).
func resource() *model.Ledger {
	return &model.Ledger{
		Key: Resource, Label: "资源下沉", Group: groupNeeds,
		Synonyms: []string{"资源清单", "资源下沉台账", "资源下沉清单"},
		Title:    "title", AreaFrom: []string{"village"},
		Match: [][]string{{"village", "title", "came_on"}},
		Fields: []model.Field{
			{Key: "kind", Label: "资源类型", Kind: model.KindText, Options: model.Options("资金", "项目", "干部", "服务"), Index: true, Synonyms: []string{"类型"}},
			{Key: "title", Label: "资源名称", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"下沉资源"}},
			{Key: "source", Label: "资源来源", Kind: model.KindText, Index: true, Synonyms: []string{"来源"}},
			{Key: "qty", Label: "数量", Kind: model.KindDecimal, Scale: quantityScale},
			{Key: "qty_unit", Label: "计量单位", Kind: model.KindText},
			{Key: "amount", Label: "金额", Kind: model.KindDecimal, Scale: quantityScale, Unit: "万元"},
			{Key: "village", Label: "受益村", Kind: model.KindRef, Ref: refTo(Area), Required: true, Index: true},
			{Key: "came_on", Label: "下沉时间", Kind: model.KindDate, Index: true, Synonyms: []string{"到位时间"}},
			{Key: "item", Label: "对应事项", Kind: model.KindRef, Ref: refToFollowed(), Index: true},
			remark(),
		},
	}
}
