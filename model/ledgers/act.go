package ledgers

import "xiangzhen/model"

// act is one act of a secretary (书记履职记录): the one light form for 亲自部署、亲自协调、
// 亲自督办, 带头学、抓、推 and 逢会必讲、座谈必问、调研必看 (DOMAIN §5). It asks for little:
// what stands in a meeting, an order or an item already is not entered again.
func act() *model.Ledger {
	return &model.Ledger{
		Key: Act, Label: "书记履职记录", Group: groupActs,
		Synonyms: []string{"履职记录", "书记履职台账", "履职台账", "调研记录"},
		Title:    "title", AreaFrom: []string{"village", "person"},
		Match: [][]string{{"person", "done_on", "kind", "title"}},
		Fields: []model.Field{
			{Key: "person", Label: "书记", Kind: model.KindRef, Ref: refTo(Person), Required: true, Index: true, Synonyms: []string{"书记姓名", "领导姓名", "姓名"}},
			{Key: "kind", Label: "履职类型", Kind: model.KindEnum, Required: true, Index: true, Options: actKinds(), Synonyms: []string{"类型", "履职方式"}},
			domain(),
			{Key: "done_on", Label: "日期", Kind: model.KindDate, Required: true, Index: true, Synonyms: []string{"时间", "履职时间", "履职日期"}},
			{Key: "place", Label: "地点", Kind: model.KindText, Synonyms: []string{"履职地点"}},
			{Key: "village", Label: "所到村", Kind: model.KindRef, Ref: refTo(Area), Index: true, Synonyms: []string{"到村", "调研村"}},
			{Key: "title", Label: "主题", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"履职事项", "议题"}},
			{Key: "points", Label: "要点", Kind: model.KindLongText, Synonyms: []string{"主要内容", "履职内容", "讲话要点", "部署事项"}},
			{Key: "with", Label: "参与单位", Kind: model.KindText, Synonyms: []string{"参加人员", "参加单位"}},
			{Key: "item", Label: "关联事项", Kind: model.KindRef, Ref: refToFollowed(), Index: true, Synonyms: []string{"关联任务"}},
			{Key: "problem", Label: "发现问题", Kind: model.KindLongText, Synonyms: []string{"存在问题", "调研发现问题"}},
			{Key: "result", Label: "结果", Kind: model.KindLongText, Synonyms: []string{"协调结果", "处理结果"}},
			{Key: "files", Label: "附件", Kind: model.KindFiles},
			remark(),
		},
	}
}

func actKinds() []model.Option {
	return []model.Option{
		option("部署", "亲自部署"), option("协调", "亲自协调"), option("督办", "亲自督办", "现场督办"),
		option("学", "带头学"), option("抓", "带头抓"), option("推", "带头推"),
		option("会", "逢会必讲", "会议"), option("座谈", "座谈必问"), option("调研", "调研必看"),
	}
}

// contactPoint is a secretary's village of contact (工作联系点), the third of the 三个一:
// one row each time of going there (DOMAIN §1 g); a row without 到点日期 names the
// point alone.
func contactPoint() *model.Ledger {
	return &model.Ledger{
		Key: ContactPoint, Label: "工作联系点", Group: groupActs,
		Synonyms: []string{"联系点", "联系点台账", "工作联系点台账", "领导联系点"},
		Title:    "village", AreaFrom: []string{"village"},
		Match: [][]string{{"person", "village", "visited_on"}},
		Fields: []model.Field{
			{Key: "person", Label: "领导姓名", Kind: model.KindRef, Ref: refTo(Person), Required: true, Index: true, Synonyms: []string{"姓名", "联系领导", "书记姓名"}},
			{Key: "duty", Label: "职务", Kind: model.KindText},
			{Key: "village", Label: "联系点", Kind: model.KindRef, Ref: refTo(Area), Required: true, Index: true, Synonyms: []string{"联系点（村）", "联系村"}},
			{Key: "kind", Label: "联系点类型", Kind: model.KindText, Options: model.Options("软弱涣散", "重点帮扶", "示范")},
			domain(),
			{Key: "visited_on", Label: "到点日期", Kind: model.KindDate, Index: true, Synonyms: []string{"到点时间", "到村日期"}},
			{Key: "guidance", Label: "调研指导内容", Kind: model.KindLongText, Synonyms: []string{"指导内容", "调研内容"}},
			{Key: "problem", Label: "发现问题", Kind: model.KindLongText},
			{Key: "help", Label: "帮助解决事项", Kind: model.KindLongText, Synonyms: []string{"解决事项", "帮助解决问题"}},
			{Key: "lessons", Label: "参加组织生活/讲党课次数", Kind: model.KindInteger, Unit: "次", Synonyms: []string{"讲党课次数", "参加组织生活次数"}},
			{Key: "files", Label: "附件", Kind: model.KindFiles},
			remark(),
		},
	}
}

// duty says which field a leader answers for and the Party work in it (一岗双责分工):
// 领导, 分管领域, 联系村, 任务 (DOMAIN §5).
func duty() *model.Ledger {
	return &model.Ledger{
		Key: Duty, Label: "一岗双责分工", Group: groupActs,
		Synonyms: []string{"领导分工", "班子分工", "一岗双责分工表"},
		Title:    "field", AreaFrom: []string{"unit", "person"},
		Match: [][]string{{"person", "field", "from"}},
		Fields: []model.Field{
			{Key: "person", Label: "领导", Kind: model.KindRef, Ref: refTo(Person), Required: true, Index: true, Synonyms: []string{"领导姓名", "姓名"}},
			{Key: "post", Label: "职务", Kind: model.KindText},
			{Key: "unit", Label: "所在单位", Kind: model.KindRef, Ref: unitOrArea(), Index: true},
			{Key: "field", Label: "分管领域", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"分管工作", "分管范围"}},
			{Key: "units", Label: "分管单位", Kind: model.KindText, Synonyms: []string{"分管站所", "分管部门"}},
			{Key: "village", Label: "联系村", Kind: model.KindRef, Ref: refTo(Area), Index: true, Synonyms: []string{"包联村"}},
			{Key: "work", Label: "任务", Kind: model.KindLongText, Synonyms: []string{"业务工作任务", "主要任务"}},
			{Key: "party_work", Label: "党建责任", Kind: model.KindLongText, Synonyms: []string{"党建工作任务"}},
			{Key: "from", Label: "起始时间", Kind: model.KindDate},
			{Key: "to", Label: "结束时间", Kind: model.KindDate},
			remark(),
		},
		Checks: []model.Check{ordered("duty.dates", "from", "to", "结束时间早于起始时间。")},
	}
}
