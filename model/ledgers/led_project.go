package ledgers

import (
	"slices"

	"xiangzhen/model"
)

// ledProject is a project that a secretary leads (领办项目), the second of the 三个一
// (DOMAIN §1 g): set up after review, assessed half way, closed with a judgement.
func ledProject() *model.Ledger {
	f := follow{end: "结项", report: "项目进展"}
	return f.complete(&model.Ledger{
		Key: LedProject, Label: "领办项目", Group: groupActs,
		Synonyms: []string{"书记项目", "领航项目", "书记领办项目", "领办项目台账", "书记领办项目台账"},
		Title:    "title", AreaFrom: []string{"unit", "maker"},
		Match:  [][]string{{"maker", "title"}},
		Fields: ledProjectFields(f),
	})
}

func ledProjectFields(f follow) []model.Field {
	return slices.Concat([]model.Field{
		{Key: "maker", Label: "书记姓名", Kind: model.KindRef, Ref: refTo(Person), Required: true, Index: true, Synonyms: []string{"领办人", "领办书记"}},
		{Key: "unit", Label: "所在单位", Kind: model.KindRef, Ref: unitOrArea(), Index: true, Synonyms: []string{"领办单位", "所在村"}},
		domain(),
		{Key: "title", Label: "项目名称", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"领办项目名称", "书记项目名称"}},
		{Key: "background", Label: "立项背景", Kind: model.KindLongText, Synonyms: []string{"立项背景（解决的问题）", "解决的问题"}},
		{Key: "measures", Label: "主要措施", Kind: model.KindLongText},
		milestones(),
		{Key: "target", Label: "预期成效", Kind: model.KindLongText, Synonyms: []string{"预期目标"}},
		{Key: "target_qty", Label: "目标量", Kind: model.KindDecimal, Scale: quantityScale, Synonyms: []string{"目标数量"}},
		{Key: "target_unit", Label: "计量单位", Kind: model.KindText},
		{Key: "coop", Label: "配合单位", Kind: model.KindText},
		{Key: "setup_note", Label: "立项审核意见", Kind: model.KindLongText, Synonyms: []string{"立项意见"}},
	}, f.limits(
		model.Field{Label: "完成时限", Synonyms: []string{"计划结项时间", "完成期限"}},
		model.Field{Label: "立项时间", Synonyms: []string{"立项日期"}},
	), []model.Field{
		reportEvery("报送周期", reportPeriods()), after(LedProject),
		{Key: "midterm_on", Label: "中期评估时间", Kind: model.KindDate},
		{Key: "midterm", Label: "中期评估", Kind: model.KindLongText, Synonyms: []string{"中期评估意见", "中期评估情况"}},
		{Key: "judgement", Label: "结项评价", Kind: model.KindLongText, Synonyms: []string{"结项意见", "评价结果"}},
	}, f.tail(
		[]string{"项目状态", "是否结项", "完成情况"},
		[]string{"结项日期", "完成时间"},
	))
}
