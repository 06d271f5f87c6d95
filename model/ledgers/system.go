package ledgers

import "xiangzhen/model"

// The system ledgers are described, journalled and undone like any other; the
// program fills them. This file has what a user defines: ledgers, fields and
// parameters of their own. A key once given is never used again.

// userLedger lists the ledgers a user has made (自定义台账).
func userLedger() *model.Ledger {
	return &model.Ledger{
		Key: UserLedger, Label: "自定义台账", Group: groupSystem, System: true,
		Title: "label", Match: [][]string{{"key"}},
		Fields: []model.Field{
			{Key: "key", Label: "编号", Kind: model.KindText, Required: true, Index: true},
			{Key: "label", Label: "台账名称", Kind: model.KindText, Required: true},
			{Key: "match", Label: "识别字段", Kind: model.KindText, Help: "没有编号的行按这些字段认，用、分开。"},
			{Key: "hidden", Label: "已移除", Kind: model.KindBool},
		},
	}
}

// userField lists the fields a user has added to any ledger (自定义字段).
func userField() *model.Ledger {
	return &model.Ledger{
		Key: UserField, Label: "自定义字段", Group: groupSystem, System: true,
		Title: "label", Match: [][]string{{"ledger", "key"}},
		Fields: []model.Field{
			{Key: "ledger", Label: "台账", Kind: model.KindText, Required: true, Index: true},
			{Key: "key", Label: "编号", Kind: model.KindText, Required: true, Index: true},
			{Key: "label", Label: "字段名称", Kind: model.KindText, Required: true},
			{Key: "kind", Label: "字段类型", Kind: model.KindText, Required: true},
			{Key: "options", Label: "选项", Kind: model.KindLongText},
			{Key: "unit", Label: "单位", Kind: model.KindText},
			{Key: "scale", Label: "小数位数", Kind: model.KindInteger},
			{Key: "required", Label: "必填", Kind: model.KindBool},
			{Key: "sensitive", Label: "敏感", Kind: model.KindBool},
			{Key: "ref", Label: "引用台账", Kind: model.KindText},
			{Key: "hidden", Label: "已移除", Kind: model.KindBool},
		},
	}
}

// parameter lists the settings people have changed (口径与参数), each from a day on;
// the defaults are in package rule.
func parameter() *model.Ledger {
	return &model.Ledger{
		Key: Parameter, Label: "口径与参数", Group: groupSystem, System: true,
		Title: "key", Match: [][]string{{"key", "from"}},
		Fields: []model.Field{
			{Key: "key", Label: "参数", Kind: model.KindText, Required: true, Index: true},
			{Key: "value", Label: "取值", Kind: model.KindText, Required: true},
			{Key: "from", Label: "生效日期", Kind: model.KindDate},
			remark(),
		},
	}
}

// disclosure lists when sensitive values were shown or exported in full, by whom
// and why (敏感信息查看登记).
func disclosure() *model.Ledger {
	return &model.Ledger{
		Key: Disclosure, Label: "敏感信息查看登记", Group: groupSystem, System: true,
		Title: "reason",
		Fields: []model.Field{
			{Key: "target_ledger", Label: "台账", Kind: model.KindText, Required: true},
			{Key: "columns", Label: "项目", Kind: model.KindText},
			{Key: "rows", Label: "行数", Kind: model.KindInteger},
			{Key: "reason", Label: "理由", Kind: model.KindLongText, Required: true},
			{Key: "file", Label: "文件", Kind: model.KindText},
		},
	}
}
