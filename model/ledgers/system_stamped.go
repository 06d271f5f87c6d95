package ledgers

import "xiangzhen/model"

// stamped is the scan or photo of the sealed paper copy of what one village, the
// record's area, reported for a period (盖章件). It is no field of the submission: a
// record that was changed later stays when the merge that made it is undone, and the
// village would stand as 已报 with nothing behind it.
func stamped() *model.Ledger {
	return &model.Ledger{
		Key: Stamped, Label: "盖章件", Group: groupSystem, System: true,
		Title: "file", Match: [][]string{{"form", "period", model.AreaKey}},
		Fields: []model.Field{
			{Key: "form", Label: "报表", Kind: model.KindText, Required: true, Index: true},
			{Key: "period", Label: "期间", Kind: model.KindText, Required: true, Index: true},
			{Key: "file", Label: "上报文件", Kind: model.KindText, Help: "盖章件是哪一个上报文件的纸质件。"},
			{Key: "fingerprint", Label: "内容校验值", Kind: model.KindText, Internal: true, Help: "上报文件的内容。"},
			{Key: "files", Label: "盖章件", Kind: model.KindFiles},
		},
	}
}
