package ledgers

import "xiangzhen/model"

// visit is the record of calls on households (走访记录, DOMAIN §1 d). What the ledger
// of households knows of the household need not be written again; the columns are
// there for sheets of households that are in no ledger.
func visit() *model.Ledger {
	return &model.Ledger{
		Key: Visit, Label: "走访记录", Group: groupTeam,
		Synonyms: []string{"走访台账", "入户走访记录", "走访记录表", "入户走访台账", "走访"},
		Title:    "household", AreaFrom: []string{"village", "household", "visitor"},
		Match: [][]string{{"visited_on", "household", "visitor"}},
		Fields: []model.Field{
			{Key: "visited_on", Label: "走访日期", Kind: model.KindDate, Required: true, Index: true, Synonyms: []string{"走访时间"}},
			{Key: "visitor", Label: "走访人", Kind: model.KindRef, Ref: refTo(Team, Person), Index: true, Synonyms: []string{"走访人员", "走访干部"}},
			{Key: "village", Label: "村", Kind: model.KindRef, Ref: refTo(Area), Index: true, Synonyms: []string{"行政村", "村名"}},
			{Key: "household", Label: "户主姓名", Kind: model.KindRef, Ref: refTo(Household), Required: true, Index: true, Synonyms: []string{"户主", "走访对象", "走访户"}},
			{Key: "household_kind", Label: "户类型", Kind: model.KindMultiEnum, Options: householdKinds(), Help: "户台账里有的不用填。"},
			{Key: "group", Label: "村民小组", Kind: model.KindText, Synonyms: []string{"组", "组别"}, Help: "户台账里有的不用填。"},
			{Key: "population", Label: "家庭人口", Kind: model.KindInteger, Unit: "人", Help: "户台账里有的不用填。"},
			{Key: "at_home", Label: "在家情况", Kind: model.KindEnum, Options: []model.Option{
				option("在家"), option("外出务工", "务工"), option("临时外出", "外出", "不在家")}},
			{Key: "topics", Label: "走访内容", Kind: model.KindText, Synonyms: []string{"走访主题", "主题"},
				Options: model.Options("政策宣传", "收入核算", "安全住房", "饮水安全", "义务教育", "基本医疗", "生产生活", "矛盾调解")},
			{Key: "problem", Label: "反映问题", Kind: model.KindLongText, Synonyms: []string{"困难诉求", "诉求", "存在困难", "发现问题"}},
			{Key: "handling", Label: "处理情况", Kind: model.KindEnum, Synonyms: []string{"办理情况", "处理方式"}, Options: []model.Option{
				option("现场解决", "已解决", "当场解决"), option("转办", "交办"), option("上报", "已上报"), option("办理中", "正在办理", "协调中")}},
			{Key: "done_on", Label: "办结时间", Kind: model.KindDate, Synonyms: []string{"解决时间"}},
			{Key: "satisfied", Label: "是否满意", Kind: model.KindEnum, Synonyms: []string{"满意度"}, Options: []model.Option{
				option("满意", "是"), option("基本满意"), option("不满意", "否")}},
			{Key: "files", Label: "附件", Kind: model.KindFiles},
			remark(),
		},
		Checks: []model.Check{
			notFuture("visit.future", "visited_on", "走访日期还没有到。"),
			ordered("visit.dates", "visited_on", "done_on", "办结时间早于走访日期。"),
			{ID: "visit.handling", Level: model.Doubt, Source: "反映的问题要有处理情况（通行做法）", Func: checkHandling},
		},
	}
}

func checkHandling(in model.CheckInput) []model.Problem {
	r := in.Record
	if r.Get("problem").IsEmpty() || !r.Get("handling").IsEmpty() || !r.Get("done_on").IsEmpty() {
		return nil
	}
	return found("handling", "反映了问题，没有处理情况。", "请补填现场解决、转办或上报。")
}
