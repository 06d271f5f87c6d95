package ledgers

import "xiangzhen/model"

// fund is the money of a project by its documents (衔接资金台账): one line a document
// and level; the lines of a project add up to what was allotted to it.
func fund() *model.Ledger {
	return &model.Ledger{
		Key: Fund, Label: "资金台账", Group: groupProject,
		Synonyms: []string{"衔接资金台账", "项目资金台账", "资金下达台账"},
		Title:    "doc_no", AreaFrom: []string{"project"},
		Match: [][]string{{"project", "doc_no", "level"}},
		Fields: []model.Field{
			{Key: "project", Label: "项目名称", Kind: model.KindRef, Ref: ownedBy(Project), Required: true, Index: true, Synonyms: []string{"项目"}},
			{Key: "doc_no", Label: "资金文号", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"资金文件", "指标文号", "文号"}},
			{Key: "level", Label: "资金级次", Kind: model.KindEnum, Index: true, Synonyms: []string{"资金级别", "资金来源", "级次"}, Options: []model.Option{
				option("中央", "中央资金", "中央衔接资金"), option("省", "省级", "省级资金"), option("市", "市级", "市级资金"), option("县", "县级", "县级资金"),
				option("整合", "整合资金"), option("社会", "社会资金"), option("自筹", "自筹资金")}},
			money("amount", "下达资金", "资金金额", "金额", "到位金额"),
			{Key: "given_on", Label: "下达时间", Kind: model.KindDate, Synonyms: []string{"到位时间", "下达日期"}},
			money("paid", "已支付", "支付金额"),
			{Key: "paid_on", Label: "支付时间", Kind: model.KindDate, Synonyms: []string{"最近支付时间"}},
			remark(),
		},
		Derived: []model.Field{{Key: "pay_rate", Label: "支付率", Kind: model.KindPercent, Scale: percentScale, Unit: "%"}, money("balance", "结余")},
		Derive:  &model.Derivation{Func: deriveFund},
		Checks: []model.Check{
			ordered("fund.dates", "given_on", "paid_on", "支付时间早于下达时间。"),
			{ID: "fund.paid", Level: model.Doubt, Source: "支付不超过下达", Func: noMore("paid", "amount", "已支付超过下达资金。")},
		},
	}
}

func deriveFund(in model.DeriveInput) model.Derived {
	amount, paid := in.Record.Get("amount"), in.Record.Get("paid")
	if amount.Num <= 0 || !paid.Set {
		return model.Derived{}
	}
	return model.Derived{Values: map[string]model.Value{
		"pay_rate": model.Int(roundShare(paid.Num, amount.Num)), "balance": model.Int(amount.Num - paid.Num)}}
}
