package ledgers

import "xiangzhen/model"

// mirror is one export of the national or provincial system as it was on a day (系统
// 导出, CLERK 11), one for each table taken in. The file itself is kept, with all its
// columns, and never changed. A ledger is held against the newest, village by village.
func mirror() *model.Ledger {
	return &model.Ledger{
		Key: Mirror, Label: "系统导出", Group: groupSystem, System: true,
		Title: "name", Match: [][]string{{"target_ledger", "upto", "sha256", "sheet", "header"}},
		Fields: []model.Field{
			{Key: "target_ledger", Label: "台账", Kind: model.KindText, Required: true, Index: true},
			{Key: "upto", Label: "数据截至", Kind: model.KindDate, Required: true, Index: true},
			{Key: "name", Label: "文件名", Kind: model.KindText},
			{Key: "sheet", Label: "工作表", Kind: model.KindText},
			{Key: "header", Label: "表头所在行", Kind: model.KindInteger, Internal: true},
			{Key: "rows", Label: "行数", Kind: model.KindInteger},
			{Key: "width", Label: "列数", Kind: model.KindInteger},
			{Key: "sha256", Label: "文件校验值", Kind: model.KindText, Internal: true},
			{Key: "columns", Label: "列对应", Kind: model.KindLongText, Internal: true},
			{Key: "areas", Label: "有行的村", Kind: model.KindLongText, Internal: true},
			{Key: "file", Label: "文件", Kind: model.KindFiles},
		},
	}
}

// mirrorNote says of one difference that the ledger is right and the system is to be
// corrected (台账为准，留待在系统中更正). It holds while the system says what it said then.
func mirrorNote() *model.Ledger {
	return &model.Ledger{
		Key: MirrorNote, Label: "待系统更正", Group: groupSystem, System: true,
		Title: "name", Match: [][]string{{"target_ledger", "record", "field", "seen"}},
		Fields: []model.Field{
			{Key: "target_ledger", Label: "台账", Kind: model.KindText, Required: true, Index: true},
			{Key: "record", Label: "记录", Kind: model.KindText, Internal: true, Index: true},
			{Key: "name", Label: "户主或姓名", Kind: model.KindText},
			{Key: "field", Label: "项目", Kind: model.KindText, Help: "空的是整行。"},
			{Key: "seen", Label: "系统当时的内容", Kind: model.KindLongText, Sensitive: true, Internal: true},
			{Key: "reason", Label: "原因", Kind: model.KindLongText, Required: true},
			{Key: "noted_on", Label: "记录日期", Kind: model.KindDate},
		},
	}
}

// InSystem reports whether a record is to be looked for in an export of a day: who has
// left the village by then is no longer in the system's roster.
func InSystem(rec *model.Record, asOf model.Day) bool {
	return rec.Ledger != Team || rec.Get("to").End == "" || rec.Get("to").End >= asOf
}
