package ledgers

import "xiangzhen/model"

// rotation is the change of a member (轮换情况表): who is recalled and who takes over
// stand side by side, as on the form (DOMAIN §1 b).
func rotation() *model.Ledger {
	return &model.Ledger{
		Key: Rotation, Label: "轮换交接", Group: groupTeam,
		Synonyms: []string{"轮换情况表", "驻村干部轮换情况表", "召回（调整）人员登记表", "召回调整登记"},
		Title:    "leaver", AreaFrom: []string{"village", "leaver"},
		Match: [][]string{{"village", "leaver"}},
		Fields: []model.Field{
			{Key: "village", Label: "驻村", Kind: model.KindRef, Ref: refTo(Area), Index: true, Synonyms: []string{"村", "行政村"}},
			{Key: "leaver", Label: "拟召回人员", Kind: model.KindRef, Ref: refTo(Team), Required: true, Index: true, Synonyms: []string{"召回人员", "拟召回人员/姓名", "召回人员姓名"}},
			{Key: "cause", Label: "召回原因", Kind: model.KindEnum, Synonyms: []string{"原因", "调整原因"}, Options: []model.Option{
				option("任期届满", "届满"), option("工作调整", "调整"), option("身体原因"), option("不胜任", "履职不力"), option("其他")}},
			{Key: "left_on", Label: "召回时间", Kind: model.KindDate, Synonyms: []string{"调整时间", "离任时间"}},
			{Key: "approved_by", Label: "批准机关", Kind: model.KindText},
			{Key: "successor", Label: "接任人员", Kind: model.KindRef, Ref: refTo(Team), Index: true, Synonyms: []string{"接任人员/姓名", "接任人", "接任人员姓名"}},
			{Key: "came_on", Label: "接任时间", Kind: model.KindDate, Synonyms: []string{"到岗时间"}},
			{Key: "party_transfer", Label: "党组织关系转接", Kind: model.KindEnum, Options: []model.Option{option("已转入", "已转", "是"), option("未转", "否"), option("不需转", "不用转")},
				Synonyms: []string{"党组织关系", "党组织关系是否转接"}},
			{Key: "handover", Label: "交接事项", Kind: model.KindLongText, Synonyms: []string{"交接内容"}},
			{Key: "witness", Label: "监交人", Kind: model.KindText},
			{Key: "handed_on", Label: "交接时间", Kind: model.KindDate, Synonyms: []string{"交接日期"}},
			remark(),
		},
		Checks: []model.Check{
			{ID: "rotation.gap", Level: model.Doubt, Source: "先接后走（通行做法）", Func: checkHandover},
		},
	}
}

func checkHandover(in model.CheckInput) []model.Problem {
	left, came := in.Record.Get("left_on").End, in.Record.Get("came_on").End
	if left == "" || came == "" || came <= left.Add(1) {
		return nil
	}
	return found("came_on", "接任人到岗前，村里空了几天没有人。", "请核对召回时间和接任时间。")
}
