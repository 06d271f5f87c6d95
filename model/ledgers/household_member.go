package ledgers

import "xiangzhen/model"

// Abilities to work (劳动技能) that the checks know.
const (
	labourNone = "无劳动力"
	labourLost = "丧失劳动力"
	labourHalf = "弱劳动力或半劳动力"
)

// householdMember is the ledger of a household's people (家庭成员), with the member
// columns of the national system's export. Health, numbers and phones are sensitive
// personal information (PIPL 28).
func householdMember() *model.Ledger {
	return &model.Ledger{
		Key: HouseholdMember, Label: "家庭成员", Group: groupHouse,
		Synonyms: []string{"家庭成员台账", "监测对象家庭成员", "家庭成员信息", "家庭成员表"},
		Title:    "name", AreaFrom: []string{"household"},
		Match: [][]string{{"id_number"}, {"household", "name"}},
		Fields: []model.Field{
			{Key: "household", Label: "户主姓名", Kind: model.KindRef, Ref: ownedBy(Household), Required: true, Index: true, Synonyms: []string{"户主", "所在户"}},
			{Key: "name", Label: "姓名", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"成员姓名", "家庭成员姓名"}},
			{Key: "relation", Label: "与户主关系", Kind: model.KindText, Synonyms: []string{"家庭关系", "关系"},
				Options: model.Options("户主", "配偶", "子女", "父母", "儿媳", "女婿", "孙子女", "其他")},
			{Key: "gender", Label: "性别", Kind: model.KindEnum, Options: genders()},
			{Key: "birth", Label: "出生年月", Kind: model.KindMonth, Synonyms: []string{"出生日期", "出生时间"}},
			{Key: "ethnic", Label: "民族", Kind: model.KindText},
			{Key: "id_number", Label: "证件号码", Kind: model.KindIDNumber, Sensitive: true, Index: true,
				Synonyms: []string{"身份证号", "身份证号码", "成员证件号码", "公民身份号码"}},
			{Key: "education", Label: "文化程度", Kind: model.KindText, Options: educations(), Synonyms: []string{"学历"}},
			{Key: "student", Label: "在校生状况", Kind: model.KindText, Synonyms: []string{"在校状况", "在校情况"},
				Options: model.Options("非在校生", "学前教育", "小学", "初中", "高中", "中职", "高职高专", "本科及以上")},
			{Key: "health", Label: "健康状况", Kind: model.KindText, Sensitive: true, Synonyms: []string{"身体状况"},
				Options: model.Options("健康", "长期慢性病", "患有大病", "残疾")},
			{Key: "disability_card", Label: "残疾证号", Kind: model.KindText, Sensitive: true, Synonyms: []string{"残疾人证号", "残疾证件号码"}},
			{Key: "labour", Label: "劳动技能", Kind: model.KindEnum, Index: true, Synonyms: []string{"劳动能力", "劳动力情况"}, Options: []model.Option{
				option("普通劳动力", "普通全劳动力"), option("技能劳动力"), option(labourHalf, "弱劳动力", "半劳动力"),
				option(labourLost), option(labourNone, "无劳动能力")}},
			{Key: "job", Label: "务工就业情况", Kind: model.KindText, Synonyms: []string{"务工地点", "就业情况", "务工情况", "务工区域"}},
			{Key: "job_months", Label: "务工月数", Kind: model.KindInteger, Unit: "个月", Synonyms: []string{"务工时间", "本年务工月数"}},
			{Key: "medical", Label: "参加基本医保", Kind: model.KindBool, Synonyms: []string{"是否参加医疗保险", "是否参加基本医保", "是否参加城乡居民基本医疗保险"}},
			{Key: "pension", Label: "参加养老保险", Kind: model.KindBool, Synonyms: []string{"是否参加养老保险", "是否参加城乡居民基本养老保险"}},
			{Key: "phone", Label: "联系电话", Kind: model.KindPhone, Sensitive: true, Synonyms: []string{"电话", "手机号码"}},
			remark(),
		},
		Checks: householdMemberChecks(),
	}
}

// canWork reports whether a member counts as labour; known is false where the
// ledger does not say.
func canWork(member *model.Record) (can, known bool) {
	switch member.Get("labour").Text {
	case "":
		return false, false
	case labourNone, labourLost:
		return false, true
	}
	return true, true
}
