package ledgers

import "xiangzhen/model"

// memberLog is the diary of a resident member (驻村工作日志, DOMAIN §1 d): few fields,
// no photo asked for.
func memberLog() *model.Ledger {
	return &model.Ledger{
		Key: MemberLog, Label: "驻村日志", Group: groupTeam,
		Synonyms: []string{"驻村工作日志", "工作日志", "民情日记", "驻村日记"},
		Title:    "content", AreaFrom: []string{"village", "member"},
		Match: [][]string{{"member", "log_on"}}, Once: true,
		Fields: []model.Field{
			{Key: "log_on", Label: "日期", Kind: model.KindDate, Required: true, Index: true, Synonyms: []string{"日志日期", "日志时间"}},
			{Key: "weather", Label: "天气", Kind: model.KindText},
			{Key: "member", Label: "记录人", Kind: model.KindRef, Ref: refTo(Team), Index: true, Synonyms: []string{"姓名", "驻村干部"}},
			{Key: "village", Label: "驻村", Kind: model.KindRef, Ref: refTo(Area), Index: true, Synonyms: []string{"村", "所在村", "行政村"}},
			{Key: "place", Label: "地点", Kind: model.KindText, Synonyms: []string{"工作地点"}},
			{Key: "content", Label: "工作内容", Kind: model.KindLongText, Required: true, Synonyms: []string{"工作进展", "主要工作", "本周完成", "工作开展情况"}},
			{Key: "solved", Label: "解决的问题", Kind: model.KindLongText, Synonyms: []string{"解决问题"}},
			{Key: "problem", Label: "存在困难", Kind: model.KindLongText, Synonyms: []string{"面临困难", "存在问题", "困难问题"}},
			{Key: "next_step", Label: "下步计划", Kind: model.KindLongText, Synonyms: []string{"下周计划", "下步打算", "每周计划"}},
			{Key: "files", Label: "附件", Kind: model.KindFiles},
			remark(),
		},
		Checks: []model.Check{notFuture("member_log.future", "log_on", "日志的日期还没有到。")},
	}
}
