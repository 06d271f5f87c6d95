package ledgers

import "xiangzhen/model"

// Template lists how tables of other people's making are filled (套表方案): one record
// for each table of a template, found again by its headers.
const Template = "template"

// template is described once here; columns and headers are the JSON that package app
// writes: sources by header, and the headers in their order.
func template() *model.Ledger {
	return &model.Ledger{
		Key: Template, Label: "套表方案", Group: groupSystem, System: true,
		Title: "label", Match: [][]string{{"fingerprint"}},
		Fields: []model.Field{
			{Key: "fingerprint", Label: "表头校验值", Kind: model.KindText, Required: true, Index: true},
			{Key: "label", Label: "表名", Kind: model.KindText, Required: true},
			{Key: "ledger", Label: "台账", Kind: model.KindText},
			{Key: "where", Label: "范围", Kind: model.KindLongText, Help: "每行一个条件。"},
			{Key: "columns", Label: "列对应", Kind: model.KindLongText},
			{Key: "headers", Label: "表头", Kind: model.KindLongText},
			{Key: "file", Label: "上次文件", Kind: model.KindText},
			{Key: "filled_on", Label: "上次填报日期", Kind: model.KindDate},
		},
	}
}
