package ledgers

import (
	"slices"

	"xiangzhen/model"
)

// meeting is a meeting (会议), above all the dispatch meeting (调度会): 时间, 主持, 议定
// 事项, 责任, 时限, 落实 (DOMAIN §5). What it decides are records of decision.
func meeting() *model.Ledger {
	return &model.Ledger{
		Key: Meeting, Label: "会议", Group: groupOrder,
		Synonyms: []string{"会议台账", "调度会", "调度会台账", "会议记录"},
		Title:    "title", AreaFrom: []string{"unit"},
		Match: [][]string{{"title", "held_on"}},
		Fields: []model.Field{
			{Key: "title", Label: "会议名称", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"会议主题"}},
			{Key: "kind", Label: "会议类型", Kind: model.KindText, Index: true, Synonyms: []string{"会议类别"},
				Options: model.Options("调度会", "专班会", "周例会", "月例会", "党委会", "座谈会", "现场会", "部署会")},
			domain(),
			{Key: "held_on", Label: "会议时间", Kind: model.KindDate, Index: true, Synonyms: []string{"召开时间", "会议日期", "开会时间"}},
			{Key: "place", Label: "会议地点", Kind: model.KindText, Synonyms: []string{"地点", "召开地点"}},
			{Key: "unit", Label: "组织单位", Kind: model.KindRef, Ref: unitOrArea(), Index: true, Synonyms: []string{"主办单位", "召集单位"}},
			{Key: "chair", Label: "主持人", Kind: model.KindRef, Ref: refTo(Person), Index: true, Synonyms: []string{"主持", "会议主持"}},
			{Key: "attendees", Label: "参加人员", Kind: model.KindLongText, Synonyms: []string{"参会人员", "出席人员", "参加单位"}},
			{Key: "agenda", Label: "会议议题", Kind: model.KindLongText, Synonyms: []string{"议题", "议程"}},
			{Key: "content", Label: "会议内容", Kind: model.KindLongText, Synonyms: []string{"会议纪要", "主要内容"}},
			secretaryMark(),
			{Key: "recorder", Label: "记录人", Kind: model.KindText},
			{Key: "files", Label: "附件", Kind: model.KindFiles},
			remark(),
		},
	}
}

// decision is what a dispatch meeting resolved (调度会议定事项), followed to its end.
func decision() *model.Ledger {
	f := follow{end: "办结", report: "落实情况"}
	return f.complete(&model.Ledger{
		Key: Decision, Label: "议定事项", Group: groupOrder,
		Synonyms: []string{"调度会议定事项", "会议议定事项", "议定事项台账", "调度表"},
		Title:    "title", Parent: "parent", AreaFrom: []string{"unit"},
		Match:  [][]string{{"meeting", "title", "unit"}, {"title", "unit"}},
		Fields: decisionFields(f),
	})
}

func decisionFields(f follow) []model.Field {
	return slices.Concat([]model.Field{
		{Key: "parent", Label: "上级议定事项", Kind: model.KindRef, Ref: refTo(Decision), Index: true},
		{Key: "meeting", Label: "会议", Kind: model.KindRef, Ref: refTo(Meeting), Index: true, Synonyms: []string{"会议名称", "所属会议"}},
		{Key: "title", Label: "议定事项", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"会议议定事项", "决定事项"}},
		domain(),
		{Key: "content", Label: "议定内容", Kind: model.KindLongText, Synonyms: []string{"具体要求"}},
		{Key: "lead_person", Label: "牵头领导", Kind: model.KindRef, Ref: refTo(Person), Index: true},
		{Key: "unit", Label: "责任单位", Kind: model.KindRef, Ref: unitOrArea(), Index: true, Synonyms: []string{"承办单位", "落实单位"}},
		{Key: "person", Label: "责任人", Kind: model.KindRef, Ref: refTo(Person), Index: true},
		{Key: "coop", Label: "配合单位", Kind: model.KindText},
		issuer(),
	}, f.limits(
		model.Field{Label: "完成时限", Synonyms: []string{"落实时限", "时限", "完成时间"}},
		model.Field{Label: "交办时间", Synonyms: []string{"议定时间", "交办日期"}},
	), []model.Field{
		reportEvery("反馈周期", reportPeriods(), "报送周期"),
		after(Decision),
		{Key: "item", Label: "议的事项", Kind: model.KindRef, Ref: refTo(Task, Rectification, Order, Commitment, LedProject), Index: true,
			Help: "会上议的是哪一项；没有的不填。"},
	}, f.tail(
		[]string{"是否办结", "是否落实", "落实状态", "状态"},
		[]string{"办结日期", "落实时间"},
	))
}
