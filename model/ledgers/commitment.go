package ledgers

import (
	"slices"

	"xiangzhen/model"
)

// commitment is a secretary's public promise (公开承诺), the first of the 三个一
// (DOMAIN §1 g).
func commitment() *model.Ledger {
	f := follow{end: "兑现", report: "践诺情况"}
	return f.complete(&model.Ledger{
		Key: Commitment, Label: "公开承诺", Group: groupActs,
		Synonyms: []string{"公开承诺台账", "承诺台账", "承诺事项清单", "书记公开承诺"},
		Title:    "title", AreaFrom: []string{"unit", "maker"},
		Match:  [][]string{{"maker", "title"}},
		Fields: commitmentFields(f),
	})
}

func commitmentFields(f follow) []model.Field {
	return slices.Concat([]model.Field{
		{Key: "maker", Label: "承诺人", Kind: model.KindRef, Ref: refTo(Person), Required: true, Index: true, Synonyms: []string{"承诺书记"}},
		{Key: "duty", Label: "职务", Kind: model.KindText, Synonyms: []string{"承诺人职务"}},
		{Key: "unit", Label: "所在单位", Kind: model.KindRef, Ref: unitOrArea(), Index: true, Synonyms: []string{"承诺人单位", "所在村"}},
		domain(),
		{Key: "title", Label: "承诺事项", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"承诺内容", "公开承诺事项"}},
		{Key: "content", Label: "具体内容", Kind: model.KindLongText, Synonyms: []string{"主要内容", "具体措施"}},
		{Key: "target", Label: "目标", Kind: model.KindLongText, Synonyms: []string{"标志性成果", "目标（标志性成果）", "预期目标"}},
		{Key: "person", Label: "责任人", Kind: model.KindRef, Ref: refTo(Person), Index: true, Synonyms: []string{"具体责任人"}},
	}, f.limits(
		model.Field{Label: "完成时限", Synonyms: []string{"兑现时限", "完成期限"}},
		model.Field{Label: "承诺时间", Synonyms: []string{"承诺日期"}},
	), []model.Field{
		{Key: "publicity", Label: "公示方式及时间", Kind: model.KindText, Synonyms: []string{"公示方式", "公开方式", "公示情况"}},
		reportEvery("报送周期", reportPeriods()),
		{Key: "opinion", Label: "群众评议", Kind: model.KindEnum, Options: model.Options("满意", "基本满意", "不满意"), Synonyms: []string{"评议结果", "群众评价"}},
	}, f.tail(
		[]string{"完成情况", "兑现情况", "是否兑现", "是否完成"},
		[]string{"完成时间", "兑现日期"},
	))
}
