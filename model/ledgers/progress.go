package ledgers

import "xiangzhen/model"

// progress is what was reported on a followed item for a period (历次进展): one
// record an item and month, so that a return of the same month amends it and
// never adds a second. Progress lives only here; the item shows the newest as
// derived fields. The key of its owner is task, whatever ledger the item is in.
func progress() *model.Ledger {
	return &model.Ledger{
		Key: Progress, Label: "任务进展", Synonyms: []string{"进展", "历次进展", "任务月报", "进展情况表", "反馈单", "整改进展台账"}, Group: groupTask,
		Title: "text", AreaFrom: []string{"task"},
		Match: [][]string{{"task", "period"}},
		Fields: []model.Field{
			{Key: "task", Label: "任务", Kind: model.KindRef, Ref: ownedBy(followedKeys...), Required: true, Index: true,
				Synonyms: []string{"任务名称", "事项"}},
			{Key: "period", Label: "报送期", Kind: model.KindMonth, Required: true, Index: true,
				Synonyms: []string{"期间", "月份", "报送月份", "所属月份"}},
			{Key: "reported_on", Label: "填报日期", Kind: model.KindDate, Synonyms: []string{"填报时间", "报送时间", "反馈日期", "上报时间"}},
			{Key: "percent", Label: "完成比例", Kind: model.KindPercent, Scale: percentScale, Unit: "%", Help: "可以不填。",
				Synonyms: []string{"完成率", "进度", "完成进度", "完成百分比", "进度百分比", "完成比率"}},
			{Key: "done_qty", Label: "已完成量", Kind: model.KindDecimal, Scale: quantityScale, Help: "从开始到现在的累计数，单位与目标量相同。",
				Synonyms: []string{"完成量", "已完成数", "已完成数量", "完成数量", "累计完成", "累计完成量"}},
			{Key: "text", Label: "进展情况", Kind: model.KindLongText,
				Synonyms: []string{"工作进展", "工作进展情况", "进展", "目前进展", "当前进展", "本期进展", "本月进展", "推进情况", "落实情况", "办理情况", "完成情况", "整改进展", "整改情况", "反馈情况", "践诺情况", "项目进展"}},
			{Key: "problem", Label: "存在问题", Kind: model.KindLongText,
				Synonyms: []string{"存在的问题", "主要问题", "存在困难", "存在问题及困难", "困难和问题", "存在的困难和问题"}},
			{Key: "next_step", Label: "下步打算", Kind: model.KindLongText,
				Synonyms: []string{"下一步打算", "下步措施", "下一步措施", "下步计划", "下一步计划", "下一步工作", "下一步工作打算", "下步工作"}},
			{Key: "finished", Label: "是否办结", Kind: model.KindBool, Help: "填“是”就是申请办结。", Synonyms: []string{"申请办结"}},
			{Key: "extend_to", Label: "申请延期至", Kind: model.KindDate, Synonyms: []string{"延期至", "拟延期至"}},
			{Key: "reporter", Label: "填报人", Kind: model.KindText, Synonyms: []string{"填表人", "报送人", "反馈人"}},
			{Key: "source", Label: "报送方式", Kind: model.KindEnum, Options: progressSources(), Default: "代录"},
			remark(),
		},
		Checks: progressChecks(),
	}
}

// progressSources says by which way a report came (CLERK 7).
func progressSources() []model.Option {
	return []model.Option{
		option("上报表", "报表"), option("代录"), option("群消息", "微信群", "接龙"), option("电话"), option("纸质", "纸质表"),
	}
}
