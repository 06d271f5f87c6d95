package ledgers

import "xiangzhen/model"

// Duties in the village (驻村职务) of those whom the Party's rules on first
// secretaries bind.
const (
	roleFirstAndLeader = "第一书记兼队长"
	roleFirst          = "第一书记"
)

// team is the roster of first secretaries and resident teams (驻村第一书记和工作队员
// 花名册), with the headers of the county's form and of the provincial platform
// (DOMAIN §1 b). The platform marks duties by five yes/no columns (第一书记标志,
// 队长标志, 副队长标志, 队员标志, 包村干部标志); these are no fields: an importer reads
// 第一书记=是 and 队长=是 as 第一书记兼队长, and so on, into 驻村职务.
func team() *model.Ledger {
	return &model.Ledger{
		Key: Team, Label: "驻村工作队花名册", Group: groupTeam,
		Synonyms: []string{"驻村第一书记和工作队员花名册", "驻村干部花名册", "驻村工作队员花名册", "第一书记花名册", "花名册"},
		Title:    "name", AreaFrom: []string{"village"},
		Match:   [][]string{{"id_number"}, {"village", "name", "from"}, {"village", "name"}},
		Fields:  teamFields(),
		Derived: teamDerived(),
		Derive:  &model.Derivation{Func: deriveTeam},
		Checks:  teamChecks(),
	}
}

func teamFields() []model.Field {
	return []model.Field{
		{Key: "village", Label: "驻村", Kind: model.KindRef, Ref: refTo(Area), Required: true, Index: true,
			Synonyms: []string{"村", "行政村", "所驻村", "派驻村", "帮扶村", "驻点村", "村名", "村(社区)"}},
		{Key: "village_kind", Label: "村类型", Kind: model.KindEnum, Options: villageKinds(), Synonyms: []string{"村类别"}},
		{Key: "name", Label: "姓名", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"队员姓名", "驻村干部姓名"}},
		{Key: "gender", Label: "性别", Kind: model.KindEnum, Options: genders()},
		{Key: "ethnic", Label: "民族", Kind: model.KindText},
		{Key: "birth", Label: "出生年月", Kind: model.KindMonth, Synonyms: []string{"出生日期", "出生时间"}},
		{Key: "education", Label: "学历", Kind: model.KindText, Options: educations(), Synonyms: []string{"文化程度", "最高学历"}},
		{Key: "politics", Label: "政治面貌", Kind: model.KindEnum, Options: politics()},
		{Key: "party_since", Label: "入党时间", Kind: model.KindDate, Synonyms: []string{"入党日期", "入党年月"}},
		{Key: "work_since", Label: "参加工作时间", Kind: model.KindDate, Synonyms: []string{"工作时间", "参加工作日期", "参加工作年月"}},
		{Key: "home_unit", Label: "派出单位", Kind: model.KindRef, Ref: refTo(Unit), Index: true,
			Synonyms: []string{"选派单位", "派出单位名称", "原单位", "工作单位"}},
		{Key: "home_level", Label: "单位层级", Kind: model.KindEnum, Options: homeLevels(), Synonyms: []string{"派出单位层级", "选派单位层级"}},
		{Key: "duty", Label: "职务（职级）", Kind: model.KindText, Synonyms: []string{"派出单位职务", "职务", "职务职级", "职级", "原职务"}},
		{Key: "role", Label: "驻村职务", Kind: model.KindEnum, Options: teamRoles(), Index: true, Synonyms: []string{"驻村岗位", "队内职务"}},
		{Key: "from", Label: "选派时间", Kind: model.KindDate, Index: true,
			Synonyms: []string{"开始时间", "驻村开始时间", "到村时间", "派驻时间", "任职时间"}},
		{Key: "to", Label: "任期届满时间", Kind: model.KindDate, Index: true,
			Synonyms: []string{"结束时间", "驻村结束时间", "届满时间", "任期结束时间"}},
		{Key: "renewed", Label: "是否连任", Kind: model.KindBool, Synonyms: []string{"是否连任(轮换)", "连任"}},
		{Key: "skill", Label: "技术特长", Kind: model.KindText, Synonyms: []string{"特长", "专业特长"}},
		{Key: "id_number", Label: "身份证号", Kind: model.KindIDNumber, Sensitive: true,
			Synonyms: []string{"证件号码", "身份证号码", "身份证", "公民身份号码", "证件号"}},
		{Key: "phone", Label: "联系电话", Kind: model.KindPhone, Synonyms: []string{"电话", "手机", "手机号", "手机号码", "联系方式"}},
		remark(),
	}
}

func homeLevels() []model.Option {
	return []model.Option{
		option("中央", "中央单位", "中直", "国家"), option("省", "省级", "省直", "省直单位"), option("市", "市级", "市直", "市直单位"),
		option("县", "县级", "县直", "县直单位", "区级"), option("乡", "乡镇", "乡级", "乡镇级"),
	}
}

func teamRoles() []model.Option {
	return []model.Option{
		option(roleFirstAndLeader, "第一书记、队长", "第一书记（队长）", "第一书记(队长)", "第一书记兼工作队长", "第一书记兼工作队队长"),
		option(roleFirst, "驻村第一书记"),
		option("队长", "工作队长", "工作队队长", "驻村工作队队长"),
		option("副队长", "工作队副队长"),
		option("工作队员", "队员", "驻村队员", "驻村工作队员", "工作队队员"),
	}
}

func teamDerived() []model.Field {
	return []model.Field{
		{Key: "days_left", Label: "距届满天数", Kind: model.KindInteger, Unit: "天", Countdown: true, Help: "已届满为负数。"},
		{Key: "term_light", Label: "任期提醒", Kind: model.KindEnum, Index: true, Options: []model.Option{
			keyed(LightRed, "已届满"), keyed(LightYellow, "将届满"), keyed(LightGreen, "在任"), keyed(LightNone, "未填任期")}},
	}
}
