package ledgers

import (
	"slices"

	"xiangzhen/model"
)

// Keys of the reporting periods (报送周期).
const (
	EveryWeek      = "week"
	EveryHalfMonth = "half_month"
	EveryMonth     = "month"
	EveryQuarter   = "quarter"
	Once           = "once" // 一次性: no further report is waited for
)

// ScheduleEven is the schedule of an item whose quantity grows evenly from the
// day it was handed out to its limit (按时间均衡推进).
const ScheduleEven = "even"

// quantityScale is the number of decimals of quantities: 万元 occur to four.
const quantityScale = 4

// task is the list of key tasks of rural revitalisation (乡村振兴重点工作任务清单), with
// the columns of its county, township and village versions (DOMAIN §1 a) and
// the fields CLERK 2 asks for. Progress is in ledger progress.
func task() *model.Ledger {
	f := follow{end: "办结", report: "进展情况"}
	return f.complete(&model.Ledger{
		Key: Task, Label: "任务", Group: groupTask,
		Synonyms: []string{"任务台账", "任务清单", "重点任务清单", "重点工作任务清单", "乡村振兴重点工作任务清单", "乡村振兴重点工作台账", "重点工作任务台账"},
		Title:    "title", Parent: "parent", AreaFrom: []string{"unit", "lead_unit"},
		Match:  [][]string{{"parent", "title", "unit"}, {"title", "unit"}},
		Fields: taskFields(f),
	})
}

func taskFields(f follow) []model.Field {
	return slices.Concat([]model.Field{
		{Key: "parent", Label: "上级任务", Kind: model.KindRef, Ref: refTo(Task), Index: true, Synonyms: []string{"上级事项", "所属任务"}},
		domain(),
		// Counties invent categories every year: known ones are offered, none is lost.
		{Key: "category", Label: "工作类别", Kind: model.KindText, Options: categories(), Index: true,
			Synonyms: []string{"类别", "任务类别", "任务分类", "分类", "类型"}},
		{Key: "title", Label: "任务名称", Kind: model.KindText, Required: true, Index: true,
			Synonyms: []string{"任务", "重点任务", "工作任务", "任务事项", "事项", "工作事项", "事项名称", "重点工作", "重点工作任务", "主要任务", "工作名称"}},
		{Key: "content", Label: "具体内容", Kind: model.KindLongText,
			Synonyms: []string{"工作举措", "工作内容", "任务内容", "主要内容", "主要举措", "重点举措", "工作措施", "具体措施", "具体举措"}},
		{Key: "target", Label: "目标要求", Kind: model.KindLongText,
			Synonyms: []string{"量化指标", "目标任务", "工作目标", "年度目标", "任务目标", "目标", "工作要求"}},
		{Key: "target_qty", Label: "目标量", Kind: model.KindDecimal, Scale: quantityScale, Help: "要完成的数量；填了它和进度安排才按进度亮灯。",
			Synonyms: []string{"目标数量", "目标值", "任务量", "任务数量", "计划量"}},
		{Key: "target_unit", Label: "计量单位", Kind: model.KindText, Help: "公里、户、万元……下级用同一单位才汇总。", Synonyms: []string{"数量单位"}},
		{Key: "lead_person", Label: "牵头领导", Kind: model.KindRef, Ref: refTo(Person), Index: true,
			Synonyms: []string{"包抓领导", "分管领导", "责任领导", "包联领导", "牵头县领导", "县级牵头领导"}},
		{Key: "lead_unit", Label: "牵头单位", Kind: model.KindRef, Ref: unitOrArea(), Index: true, Synonyms: []string{"牵头部门", "主责单位", "交办单位"}},
		{Key: "unit", Label: "责任单位", Kind: model.KindRef, Ref: unitOrArea(), Index: true,
			Synonyms: []string{"责任部门", "责任村", "责任站所", "责任科室", "责任主体", "承办单位", "落实单位", "负责单位", "责任乡镇"}},
		{Key: "coop", Label: "配合单位", Kind: model.KindText, Synonyms: []string{"配合部门", "协办单位", "参与单位", "协同单位"}},
		{Key: "person", Label: "责任人", Kind: model.KindRef, Ref: refTo(Person), Index: true,
			Synonyms: []string{"具体责任人", "负责人", "承办人", "直接责任人", "经办人"}},
	}, f.limits(
		model.Field{Label: "完成时限", Synonyms: []string{"完成时间", "时限", "办结时限", "时间要求", "完成期限", "交办时限", "时限要求",
			"截止时间", "截止日期", "计划完成时间", "要求完成时间", "调整后时限", "办理时限"}},
		model.Field{Label: "交办时间", Synonyms: []string{"交办日期", "下达时间", "下达日期", "部署时间", "下发时间"}},
	), []model.Field{
		{Key: "source", Label: "任务来源", Kind: model.KindEnum, Options: taskSources(), Synonyms: []string{"来源", "事项来源"}},
		{Key: "source_unit", Label: "来文单位", Kind: model.KindText, Synonyms: []string{"下达单位", "发文单位", "来文机关"}},
		{Key: "doc_no", Label: "文号", Kind: model.KindText, Synonyms: []string{"来文文号", "文件号", "发文字号", "来源文号"}},
		{Key: "urgency", Label: "紧急程度", Kind: model.KindEnum, Options: urgencies(), Synonyms: []string{"缓急", "急缓程度", "紧急性"}},
		reportEvery("报送周期", reportPeriods(), "反馈周期", "报送频次", "报送频率"),
		{Key: "schedule", Label: "进度安排", Kind: model.KindEnum, Options: []model.Option{keyed(ScheduleEven, "按时间均衡推进", "均衡推进")},
			Help: "有目标量的事项选了它，才按进度亮灯。"},
		milestones(), after(Task), origin(), secretaryMark(),
	}, f.tail(
		[]string{"状态", "任务状态", "完成状态", "办结状态", "是否完成", "是否销号", "销号情况", "办结情况", "是否完成（销号情况）"},
		[]string{"销号时间", "办结日期", "销号日期", "完成日期", "实际完成时间"},
	))
}

// domains (领域) stand on tasks, orders, acts, meetings alike (CLERK 19).
func domains() []model.Option {
	return []model.Option{option("党建", "基层党建", "党的建设"), option("乡村振兴", "三农", "“三农”"), option("其他")}
}

// categories are the two usual divisions of the work: five revitalisations, or
// consolidation, development, construction, governance.
func categories() []model.Option {
	return model.Options("产业振兴", "人才振兴", "文化振兴", "生态振兴", "组织振兴",
		"巩固拓展脱贫攻坚成果", "乡村发展", "乡村建设", "乡村治理")
}

func taskSources() []model.Option {
	return []model.Option{
		option("文件", "来文", "发文"), option("会议", "会议部署"), option("批示", "领导批示"),
		option("来电", "电话", "电话通知"), option("群通知", "工作群", "微信群", "群消息"), option("其他"),
	}
}

func urgencies() []model.Option {
	return []model.Option{option("特急"), option("加急", "紧急", "急", "急件"), option("一般", "普通", "平件", "正常")}
}

func reportPeriods() []model.Option {
	return []model.Option{
		keyed(EveryWeek, "周", "每周", "周报", "按周", "一周"),
		keyed(EveryHalfMonth, "半月", "每半月", "半月报"),
		keyed(EveryMonth, "月", "每月", "月报", "按月", "一月"),
		keyed(EveryQuarter, "季", "季度", "每季度", "季报", "按季"),
	}
}
