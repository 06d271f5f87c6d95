package ledgers

import "xiangzhen/model"

// measure is what was done for a household (帮扶措施台账), one line a measure, by the
// kinds of the national system (DOMAIN §1 e).
func measure() *model.Ledger {
	return &model.Ledger{
		Key: Measure, Label: "帮扶措施", Group: groupHouse,
		Synonyms: []string{"帮扶措施台账", "监测户帮扶措施", "帮扶措施落实情况"},
		Title:    "content", AreaFrom: []string{"household"},
		Match: [][]string{{"household", "kind", "from"}, {"household", "kind", "content"}},
		Fields: []model.Field{
			{Key: "household", Label: "户主姓名", Kind: model.KindRef, Ref: ownedBy(Household), Required: true, Index: true, Synonyms: []string{"户主", "帮扶对象"}},
			{Key: "kind", Label: "措施类别", Kind: model.KindEnum, Options: measureKinds(), Required: true, Index: true, Synonyms: []string{"帮扶类别", "措施类型", "帮扶措施类别"}},
			{Key: "content", Label: "措施内容", Kind: model.KindLongText, Synonyms: []string{"帮扶内容", "具体措施", "具体帮扶措施"}},
			{Key: "unit", Label: "落实单位", Kind: model.KindRef, Ref: unitOrArea(), Index: true, Synonyms: []string{"责任单位", "实施单位"}},
			{Key: "person", Label: "责任人", Kind: model.KindRef, Ref: refTo(Person, Team), Synonyms: []string{"落实人"}},
			{Key: "from", Label: "开始时间", Kind: model.KindDate, Index: true, Synonyms: []string{"落实时间", "措施落实时间", "帮扶时间"}},
			{Key: "to", Label: "结束时间", Kind: model.KindDate},
			{Key: "amount", Label: "帮扶金额", Kind: model.KindDecimal, Scale: 2, Unit: "元", Synonyms: []string{"金额", "补助金额"}},
			{Key: "result", Label: "帮扶成效", Kind: model.KindLongText, Synonyms: []string{"成效", "落实情况"}},
			remark(),
		},
		Checks: []model.Check{ordered("measure.dates", "from", "to", "结束时间早于开始时间。")},
	}
}

func measureKinds() []model.Option {
	return []model.Option{
		option("产业帮扶", "产业"), option("就业帮扶", "就业"), option("公益性岗位帮扶", "公益性岗位", "公益岗位"), option("金融帮扶", "小额信贷", "金融"),
		option("健康帮扶", "健康"), option("教育帮扶", "教育"), option("义务教育保障"), option("住房安全保障", "住房保障", "住房"),
		option("饮水安全保障", "饮水保障", "饮水"), option("搬迁", "易地搬迁"), option("生产生活条件改善"), option("基础设施建设", "基础设施"),
		option("社会帮扶"), option("综合保障", "兜底保障", "综合保障性帮扶"), option("其他"),
	}
}
