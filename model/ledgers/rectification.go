package ledgers

import (
	"slices"

	"xiangzhen/model"
)

// rectification is the ledger of problems to put right (问题整改台账), with the columns
// of the inspection ledger (督查台账) that feeds it (DOMAIN §1 h).
func rectification() *model.Ledger {
	f := follow{end: "销号", report: "整改进展"}
	return f.complete(&model.Ledger{
		Key: Rectification, Label: "问题整改台账", Group: groupOrder,
		Synonyms: []string{"整改台账", "问题整改清单", "整改清单", "问题清单", "督查台账", "反馈问题整改台账", "问题台账"},
		Title:    "title", Parent: "parent", AreaFrom: []string{"unit"},
		Match:  [][]string{{"source", "title", "unit"}, {"title", "unit"}},
		Fields: rectificationFields(f),
	})
}

func rectificationFields(f follow) []model.Field {
	return slices.Concat([]model.Field{
		{Key: "parent", Label: "上级问题", Kind: model.KindRef, Ref: refTo(Rectification), Index: true},
		// What is inspected changes every year: known sources are offered, none is lost.
		{Key: "source", Label: "问题来源", Kind: model.KindText, Options: problemSources(), Index: true, Synonyms: []string{"整改来源"}},
		{Key: "found_on", Label: "督查时间", Kind: model.KindDate, Synonyms: []string{"检查时间", "发现时间", "反馈时间"}},
		{Key: "way", Label: "督查方式", Kind: model.KindText, Options: model.Options("四不两直", "专项", "随机"), Synonyms: []string{"检查方式"}},
		{Key: "inspectors", Label: "督查组成员", Kind: model.KindText, Synonyms: []string{"督查人员", "检查人员"}},
		{Key: "inspected", Label: "督查对象", Kind: model.KindText, Synonyms: []string{"检查对象", "被督查单位"}},
		{Key: "title", Label: "反馈问题", Kind: model.KindText, Required: true, Index: true,
			Synonyms: []string{"发现问题", "存在问题", "问题", "具体问题", "问题描述", "问题表述", "整改问题", "问题清单"}},
		{Key: "kind", Label: "问题类型", Kind: model.KindEnum, Synonyms: []string{"问题性质"}, Options: []model.Option{
			option("共性", "共性问题"), option("个性", "个性问题")}},
		domain(),
		{Key: "target", Label: "整改目标", Kind: model.KindLongText, Synonyms: []string{"整改要求"}},
		{Key: "measures", Label: "整改措施", Kind: model.KindLongText, Synonyms: []string{"整顿措施", "具体整改措施"}},
		{Key: "lead_person", Label: "牵头领导", Kind: model.KindRef, Ref: refTo(Person), Index: true, Synonyms: []string{"责任领导", "包抓领导"}},
		{Key: "unit", Label: "责任单位", Kind: model.KindRef, Ref: unitOrArea(), Index: true, Synonyms: []string{"整改责任单位", "整改单位", "责任村"}},
		{Key: "person", Label: "责任人", Kind: model.KindRef, Ref: refTo(Person), Index: true, Synonyms: []string{"整改责任人"}},
		issuer(),
	}, f.limits(
		model.Field{Label: "整改时限", Synonyms: []string{"整改期限", "完成时限", "整改完成时限", "时限"}},
		model.Field{Label: "交办时间", Synonyms: []string{"交办日期"}},
	), []model.Field{
		reportEvery("报送周期", reportPeriods(), "反馈周期"),
		{Key: "recheck", Label: "复查结果", Kind: model.KindText, Synonyms: []string{"复查情况", "验收结果"}},
		origin(),
	}, f.tail(
		[]string{"是否完成", "是否销号", "销号情况", "整改状态", "是否完成整改", "状态"},
		[]string{"销号日期", "完成时间", "整改完成时间"},
	))
}

// problemSources name where a problem was found. 软弱涣散整顿 is CLERK 19.
func problemSources() []model.Option {
	return []model.Option{
		option("考核评估", "考核", "考核反馈"), option("巡察", "巡察反馈"), option("审计", "审计反馈"), option("暗访"),
		option("自查", "自查自纠"), option("督查", "督查反馈"), option("软弱涣散整顿", "软弱涣散村党组织整顿"), option("调研"),
	}
}
