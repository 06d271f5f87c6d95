package ledgers

import "xiangzhen/model"

// final is one table of a form and period as it went up (定稿, CLERK 3): its figures,
// its rows and the file itself stay as sent, whatever changes afterwards. A 补报 is the
// next version beside it.
func final() *model.Ledger {
	return &model.Ledger{
		Key: Final, Label: "定稿", Group: groupSystem, System: true,
		Title: "file", Match: [][]string{{"form", "period", "version"}},
		Fields: []model.Field{
			{Key: "form", Label: "报表", Kind: model.KindText, Required: true, Index: true},
			{Key: "period", Label: "期间", Kind: model.KindText, Required: true, Index: true},
			{Key: "version", Label: "版本", Kind: model.KindInteger},
			{Key: "cutoff", Label: "截至时间", Kind: model.KindText},
			{Key: "filler", Label: "填表人", Kind: model.KindText},
			{Key: "reviewer", Label: "审核人", Kind: model.KindText},
			{Key: "signer", Label: "签发人", Kind: model.KindText},
			{Key: "sent_at", Label: "报出时间", Kind: model.KindText},
			{Key: "sent_how", Label: "报送方式", Kind: model.KindText},
			{Key: "sent_to", Label: "报送给", Kind: model.KindText},
			{Key: "reason", Label: "补报原因", Kind: model.KindLongText},
			{Key: "rows", Label: "行数", Kind: model.KindInteger},
			{Key: "file", Label: "文件", Kind: model.KindText},
			{Key: "sha256", Label: "文件校验值", Kind: model.KindText, Internal: true},
			{Key: "content", Label: "文件内容", Kind: model.KindLongText, Sensitive: true, Internal: true},
			{Key: "figures", Label: "数字", Kind: model.KindLongText, Internal: true},
			{Key: "kept", Label: "所报各行", Kind: model.KindLongText, Sensitive: true, Internal: true},
			{Key: "corrections", Label: "所含更正", Kind: model.KindLongText, Sensitive: true, Internal: true},
		},
	}
}

// sent is one table that this ledger's unit sent up (报出), with the rows as sent, so
// that the receipt from above can be held against it.
func sent() *model.Ledger {
	return &model.Ledger{
		Key: Sent, Label: "报出", Group: groupSystem, System: true,
		Title: "file", Match: [][]string{{"form", "period", "sha256"}},
		Fields: []model.Field{
			{Key: "form", Label: "报表", Kind: model.KindText, Required: true, Index: true},
			{Key: "label", Label: "表名", Kind: model.KindText},
			{Key: "period", Label: "期间", Kind: model.KindText, Required: true, Index: true},
			{Key: "file", Label: "文件", Kind: model.KindText},
			{Key: "sha256", Label: "文件校验值", Kind: model.KindText, Internal: true, Index: true},
			{Key: "sent_on", Label: "报出日期", Kind: model.KindDate},
			{Key: "target_ledger", Label: "台账", Kind: model.KindText},
			{Key: "rows", Label: "行数", Kind: model.KindInteger},
			{Key: "code", Label: "报出内容校验码", Kind: model.KindText, Internal: true, Index: true},
			{Key: "kept", Label: "所报各行", Kind: model.KindLongText, Sensitive: true, Internal: true},
			{Key: "receipt", Label: "回执码", Kind: model.KindText},
			{Key: "received_on", Label: "上级已收", Kind: model.KindDate, Index: true},
			{Key: "received_rows", Label: "上级已收行数", Kind: model.KindInteger},
			{Key: "accepted", Label: "上级已收的行", Kind: model.KindLongText, Internal: true},
		},
	}
}
