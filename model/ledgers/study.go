package ledgers

import "xiangzhen/model"

// The ledgers of this file are descriptions only (DOMAIN §5, near): no code of
// their own, no quota, few fields.

// study is the ledger of study (学习): 第一议题, 中心组学习, 主题党日 on one form.
func study() *model.Ledger {
	return &model.Ledger{
		Key: Study, Label: "学习台账", Group: groupParty,
		Synonyms: []string{"学习", "学习记录", "第一议题台账", "中心组学习台账", "主题党日台账"},
		Title:    "title", AreaFrom: []string{"unit"},
		Match: [][]string{{"unit", "held_on", "title"}},
		Fields: []model.Field{
			{Key: "kind", Label: "学习类型", Kind: model.KindText, Options: model.Options("第一议题", "中心组学习", "主题党日"), Index: true, Synonyms: []string{"学习类别"}},
			domain(),
			{Key: "held_on", Label: "学习时间", Kind: model.KindDate, Index: true, Synonyms: []string{"学习日期", "会议日期"}},
			{Key: "unit", Label: "学习单位", Kind: model.KindRef, Ref: unitOrArea(), Index: true, Synonyms: []string{"组织单位"}},
			{Key: "title", Label: "学习内容", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"学习议题", "学习文件"}},
			{Key: "form", Label: "学习形式", Kind: model.KindText},
			{Key: "leader", Label: "领学人", Kind: model.KindRef, Ref: refTo(Person), Index: true},
			{Key: "attendees", Label: "参加人员", Kind: model.KindLongText, Synonyms: []string{"参加人", "参学人员"}},
			{Key: "measures", Label: "贯彻举措", Kind: model.KindLongText, Synonyms: []string{"贯彻措施", "贯彻落实措施"}},
			{Key: "files", Label: "附件", Kind: model.KindFiles},
			remark(),
		},
	}
}

// training is the ledger of training (培训): 时间, 内容, 学时, 参加人.
func training() *model.Ledger {
	return &model.Ledger{
		Key: Training, Label: "培训台账", Group: groupParty,
		Synonyms: []string{"培训", "培训记录", "培训情况"},
		Title:    "title", AreaFrom: []string{"unit"},
		Match: [][]string{{"held_on", "title"}},
		Fields: []model.Field{
			{Key: "held_on", Label: "培训时间", Kind: model.KindDate, Index: true, Synonyms: []string{"培训日期"}},
			{Key: "title", Label: "培训内容", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"培训主题", "培训班名称"}},
			{Key: "unit", Label: "举办单位", Kind: model.KindRef, Ref: unitOrArea(), Index: true, Synonyms: []string{"培训单位", "主办单位"}},
			{Key: "place", Label: "培训地点", Kind: model.KindText},
			{Key: "hours", Label: "学时", Kind: model.KindDecimal, Scale: 1, Synonyms: []string{"培训学时"}},
			{Key: "attendees", Label: "参加人", Kind: model.KindLongText, Synonyms: []string{"参训人员", "参加人员", "培训对象"}},
			{Key: "people", Label: "参训人数", Kind: model.KindInteger, Unit: "人", Synonyms: []string{"培训人数"}},
			{Key: "files", Label: "附件", Kind: model.KindFiles},
			remark(),
		},
	}
}

// care is the ledger of encouragement and care for those on the spot (激励关爱):
// 对象, 类型, 内容, 金额, 时间, 经办; 体检 and 保险 have their dates (CLERK 19).
func care() *model.Ledger {
	return &model.Ledger{
		Key: Care, Label: "激励关爱", Group: groupParty,
		Synonyms: []string{"关爱台账", "激励关爱台账", "关心关爱台账"},
		Title:    "title", AreaFrom: []string{"person", "village"},
		Match: [][]string{{"person", "title", "given_on"}},
		Fields: []model.Field{
			{Key: "person", Label: "关爱对象", Kind: model.KindRef, Ref: refTo(Person, Team), Required: true, Index: true, Synonyms: []string{"对象", "姓名"}},
			{Key: "village", Label: "驻村", Kind: model.KindRef, Ref: refTo(Area), Index: true, Synonyms: []string{"所驻村"}},
			{Key: "kind", Label: "关爱类型", Kind: model.KindText, Index: true, Synonyms: []string{"激励类型"},
				Options: model.Options("政治激励", "工作支持", "待遇保障", "人文关怀", "体检", "保险")},
			{Key: "title", Label: "关爱内容", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"关爱事项"}},
			{Key: "amount", Label: "金额", Kind: model.KindDecimal, Scale: 2, Unit: "元"},
			{Key: "given_on", Label: "关爱时间", Kind: model.KindDate, Index: true, Synonyms: []string{"发放时间", "体检时间", "参保时间"}},
			{Key: "until", Label: "有效期至", Kind: model.KindDate, Index: true, Help: "保险到期、下次体检的日期。", Synonyms: []string{"到期时间", "保险到期"}},
			{Key: "handler", Label: "经办人", Kind: model.KindText, Synonyms: []string{"经办"}},
			remark(),
		},
		Checks: []model.Check{ordered("care.dates", "given_on", "until", "有效期早于关爱时间。")},
	}
}

// organization is the network of Party organisations (组织网络), any tree: 乡镇党委—
// 村党组织—网格党小组—党员联系户, or the five levels of a town's streets.
func organization() *model.Ledger {
	return &model.Ledger{
		Key: Organization, Label: "组织网络", Group: groupParty,
		Synonyms: []string{"组织体系", "党组织网络", "党组织台账"},
		Title:    "name", Parent: "parent", AreaFrom: []string{"place", "parent"},
		Match: [][]string{{"parent", "name"}, {"name", model.AreaKey}},
		Fields: []model.Field{
			{Key: "name", Label: "组织名称", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"党组织名称"}},
			{Key: "level", Label: "组织层级", Kind: model.KindText, Index: true, Options: model.Options(
				"乡镇党委", "村党组织", "网格党小组", "党员联系户",
				"街道党工委", "社区党组织", "小区（网格）综合党支部", "楼栋党小组", "党员中心户")},
			{Key: "parent", Label: "上级组织", Kind: model.KindRef, Ref: refTo(Organization), Index: true, Synonyms: []string{"上级党组织"}},
			{Key: "place", Label: "所在区域", Kind: model.KindRef, Ref: refTo(Area), Index: true},
			{Key: "leader", Label: "负责人", Kind: model.KindRef, Ref: refTo(Person), Index: true, Synonyms: []string{"党组织书记", "组长"}},
			{Key: "phone", Label: "联系电话", Kind: model.KindPhone},
			{Key: "members", Label: "党员数", Kind: model.KindInteger, Unit: "人", Synonyms: []string{"党员人数"}},
			{Key: "households", Label: "联系户数", Kind: model.KindInteger, Unit: "户", Synonyms: []string{"户数"}},
			remark(),
		},
	}
}

// service is the roster of Party members and volunteers who serve in a village or
// community (党员下沉、志愿服务).
func service() *model.Ledger {
	return &model.Ledger{
		Key: Service, Label: "党员下沉和志愿服务", Group: groupParty,
		Synonyms: []string{"党员下沉", "志愿服务", "下沉党员花名册", "志愿服务台账"},
		Title:    "name", AreaFrom: []string{"village"},
		Match: [][]string{{"name", "village", "served_on"}},
		Fields: []model.Field{
			{Key: "name", Label: "下沉人员", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"志愿者", "志愿者姓名", "党员姓名"}},
			{Key: "kind", Label: "服务类别", Kind: model.KindEnum, Options: model.Options("党员下沉", "志愿服务"), Index: true},
			{Key: "home_unit", Label: "所属单位", Kind: model.KindRef, Ref: refTo(Unit), Index: true},
			{Key: "village", Label: "服务村（社区）", Kind: model.KindRef, Ref: refTo(Area), Index: true, Synonyms: []string{"服务社区", "下沉社区", "下沉村"}},
			{Key: "served_on", Label: "服务时间", Kind: model.KindDate, Index: true, Synonyms: []string{"服务日期"}},
			{Key: "content", Label: "服务内容", Kind: model.KindLongText},
			{Key: "hours", Label: "服务时长", Kind: model.KindDecimal, Scale: 1, Unit: "小时"},
			remark(),
		},
	}
}

// checklist is a list of any kind (通用清单): what, who, by when, done or not. Work
// that is to be followed belongs to the tasks.
func checklist() *model.Ledger {
	return &model.Ledger{
		Key: Checklist, Label: "通用清单", Group: groupOther,
		Title: "title", AreaFrom: []string{"unit"},
		Match: [][]string{{"list", "title", "unit"}},
		Fields: []model.Field{
			{Key: "list", Label: "清单名称", Kind: model.KindText, Required: true, Index: true},
			{Key: "title", Label: "清单事项", Kind: model.KindText, Required: true, Index: true},
			{Key: "unit", Label: "负责单位", Kind: model.KindRef, Ref: unitOrArea(), Index: true},
			{Key: "person", Label: "负责人", Kind: model.KindText},
			{Key: "until", Label: "要求日期", Kind: model.KindDate, Index: true},
			{Key: "done", Label: "是否做完", Kind: model.KindBool, Index: true},
			remark(),
		},
	}
}
