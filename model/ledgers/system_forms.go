package ledgers

import (
	"slices"

	"xiangzhen/model"
)

// This file has what the program keeps of tables that go out and come back:
// the forms, what was issued, what came in, what its senders said, where they
// disagree, and how foreign columns were understood.

// Statuses of a submission (上报).
const (
	SubmissionMerged   = "merged"   // 已并入
	SubmissionProblem  = "problem"  // 待更正
	SubmissionEmpty    = "empty"    // 空表
	SubmissionZero     = "zero"     // 零报告
	SubmissionReturned = "returned" // 退回
)

// States of a conflict (冲突).
const (
	ConflictOpen    = "open"    // 待处理
	ConflictDecided = "decided" // 已处理
)

// form lists the tables asked of the level below (报表). Columns is the JSON of
// its columns, as package exchange writes it; the shipped forms are there.
func form() *model.Ledger {
	return &model.Ledger{
		Key: Form, Label: "报表", Group: groupSystem, System: true,
		Title: "label", Match: [][]string{{"key"}},
		Fields: slices.Concat([]model.Field{
			{Key: "key", Label: "编号", Kind: model.KindText, Required: true, Index: true},
			{Key: "label", Label: "表名", Kind: model.KindText, Required: true},
			{Key: "over", Label: "台账", Kind: model.KindText},
			{Key: "shape", Label: "行", Kind: model.KindEnum, Options: []model.Option{keyed("rows", "台账里的每一条"), keyed("new", "只填新增")}},
			{Key: "where", Label: "范围", Kind: model.KindLongText, Help: "每行一个条件。"},
			{Key: "columns", Label: "列", Kind: model.KindLongText},
		}, dueFields(), []model.Field{
			{Key: "zero_ok", Label: "可零报告", Kind: model.KindBool},
			{Key: "receivers", Label: "接收单位", Kind: model.KindLongText, Help: "区划的编号，空着为全部下级。"},
			{Key: "free_rows", Label: "空行数", Kind: model.KindInteger},
			{Key: "notes", Label: "填表说明", Kind: model.KindLongText},
			{Key: "basis", Label: "依据", Kind: model.KindText, Help: "文号，或报表准入编号。"},
			{Key: "contacts", Label: "催报联系人", Kind: model.KindMultiEnum, Options: titles(), Help: "按什么职务找人催报，空着为报表联络员和包村干部。"},
			{Key: "active", Label: "启用", Kind: model.KindBool},
		}),
	}
}

// dispatch is one workbook issued to one receiver, the record's area (下发).
func dispatch() *model.Ledger {
	return &model.Ledger{
		Key: Dispatch, Label: "下发", Group: groupSystem, System: true,
		Title: "file", Match: [][]string{{"form", "period", model.AreaKey}},
		Fields: []model.Field{
			{Key: "form", Label: "报表", Kind: model.KindText, Required: true, Index: true},
			{Key: "period", Label: "期间", Kind: model.KindText, Required: true, Index: true},
			{Key: "due", Label: "截止日期", Kind: model.KindDate, Index: true},
			{Key: "due_at", Label: "截止时刻", Kind: model.KindText},
			{Key: "due_time", Label: "截止时刻（校核）", Kind: model.KindText, Internal: true},
			{Key: "file", Label: "文件", Kind: model.KindText},
			{Key: "issued_on", Label: "下发日期", Kind: model.KindDate},
			{Key: "rows", Label: "行数", Kind: model.KindInteger},
			{Key: "row_ids", Label: "行编号", Kind: model.KindLongText, Internal: true},
		},
	}
}

// submission is one table that came in (上报), with what became of it.
func submission() *model.Ledger {
	return &model.Ledger{
		Key: Submission, Label: "上报", Group: groupSystem, System: true,
		Title: "file", Match: [][]string{{"form", "period", "sender", "fingerprint"}},
		Fields: []model.Field{
			{Key: "form", Label: "报表", Kind: model.KindText, Index: true},
			{Key: "period", Label: "期间", Kind: model.KindText, Index: true},
			{Key: "sender", Label: "报送单位", Kind: model.KindText, Index: true, Help: "区划或单位的编号。"},
			{Key: "file", Label: "文件", Kind: model.KindText},
			{Key: "sha256", Label: "文件校验值", Kind: model.KindText, Internal: true},
			{Key: "fingerprint", Label: "内容校验值", Kind: model.KindText, Internal: true, Index: true},
			{Key: "stated_on", Label: "填报时间", Kind: model.KindDate},
			{Key: "filler", Label: "填报人", Kind: model.KindText},
			{Key: "phone", Label: "联系电话", Kind: model.KindPhone},
			{Key: "modified", Label: "文件修改时间", Kind: model.KindText},
			{Key: "received_on", Label: "收到日期", Kind: model.KindDate, Index: true},
			{Key: "received_at", Label: "收到时刻", Kind: model.KindText},
			{Key: "version", Label: "版本", Kind: model.KindInteger},
			{Key: "status", Label: "状态", Kind: model.KindEnum, Index: true, Options: []model.Option{
				keyed(SubmissionMerged, "已并入"), keyed(SubmissionProblem, "待更正"), keyed(SubmissionEmpty, "空表"),
				keyed(SubmissionZero, "零报告"), keyed(SubmissionReturned, "退回")}},
			{Key: "adds", Label: "新增", Kind: model.KindInteger},
			{Key: "updates", Label: "修改", Kind: model.KindInteger},
			{Key: "cleared", Label: "清空", Kind: model.KindInteger},
			{Key: "missing", Label: "少报的行", Kind: model.KindInteger},
			{Key: "same", Label: "相同", Kind: model.KindInteger},
			{Key: "conflicts", Label: "冲突", Kind: model.KindInteger},
			{Key: "problems", Label: "问题", Kind: model.KindInteger},
			{Key: "receipt", Label: "回执码", Kind: model.KindText, Index: true},
			{Key: "superseded", Label: "已有新版本", Kind: model.KindBool},
		},
	}
}

// claim keeps what one sender said of one record in one submission; see package
// exchange. Values is JSON and may hold sensitive values.
func claim() *model.Ledger {
	return &model.Ledger{
		Key: Claim, Label: "来件所报", Group: groupSystem, System: true,
		Title: "sender", Match: [][]string{{"target_ledger", "record", "submission"}},
		Fields: []model.Field{
			{Key: "target_ledger", Label: "台账", Kind: model.KindText, Required: true, Index: true},
			{Key: "record", Label: "记录", Kind: model.KindText, Required: true, Index: true},
			{Key: "submission", Label: "上报", Kind: model.KindText, Index: true, Help: "空的一条记本级自己的值。"},
			{Key: "sender", Label: "报送单位", Kind: model.KindText, Index: true},
			{Key: "form", Label: "报表", Kind: model.KindText, Index: true},
			{Key: "period", Label: "期间", Kind: model.KindText},
			{Key: "stated_on", Label: "填报时间", Kind: model.KindDate},
			{Key: "modified", Label: "文件修改时间", Kind: model.KindText},
			{Key: "issued", Label: "下发时间", Kind: model.KindText},
			{Key: "file", Label: "文件", Kind: model.KindText},
			{Key: "values", Label: "所报内容", Kind: model.KindLongText, Sensitive: true, Internal: true},
		},
	}
}

// conflict is one field that two sides changed differently, until someone
// decides (冲突). The values, the decision too, may be of a sensitive field.
func conflict() *model.Ledger {
	return &model.Ledger{
		Key: Conflict, Label: "冲突", Group: groupSystem, System: true,
		Title: "field", Match: [][]string{{"target_ledger", "record", "field"}},
		Fields: []model.Field{
			{Key: "target_ledger", Label: "台账", Kind: model.KindText, Required: true, Index: true},
			{Key: "record", Label: "记录", Kind: model.KindText, Required: true, Index: true},
			{Key: "field", Label: "字段", Kind: model.KindText, Required: true},
			{Key: "base", Label: "下发时原值", Kind: model.KindLongText, Sensitive: true},
			{Key: "ours", Label: "镇里现有", Kind: model.KindLongText, Sensitive: true},
			{Key: "theirs", Label: "来件所报", Kind: model.KindLongText, Sensitive: true},
			{Key: "state", Label: "处理状态", Kind: model.KindEnum, Index: true,
				Options: []model.Option{keyed(ConflictOpen, "待处理"), keyed(ConflictDecided, "已处理")}},
			{Key: "decision", Label: "处理结果", Kind: model.KindText, Sensitive: true},
			{Key: "reason", Label: "理由", Kind: model.KindLongText},
			{Key: "decided_by", Label: "处理人", Kind: model.KindText},
			{Key: "decided_on", Label: "处理日期", Kind: model.KindDate},
		},
	}
}

// mapping remembers how the columns of a foreign table were understood (列对应关系).
func mapping() *model.Ledger {
	return &model.Ledger{
		Key: Mapping, Label: "列对应关系", Group: groupSystem, System: true,
		Title: "ledger", Match: [][]string{{"fingerprint", "ledger"}},
		Fields: []model.Field{
			{Key: "fingerprint", Label: "表头校验值", Kind: model.KindText, Required: true, Index: true},
			{Key: "ledger", Label: "台账", Kind: model.KindText, Required: true},
			{Key: "columns", Label: "列对应", Kind: model.KindLongText},
		},
	}
}
