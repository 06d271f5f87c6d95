package ledgers

import "xiangzhen/model"

// person is a cadre (干部) or another person with a part in the work; residents
// are in the ledgers of households. The phone is a work phone and not sensitive
// (CLERK 8), the ID number is.
func person() *model.Ledger {
	return &model.Ledger{
		Key: Person, Label: "人员", Synonyms: []string{"干部", "人员名单", "干部名单", "通讯录"}, Group: groupBase,
		Title: "name", AreaFrom: []string{"unit"},
		Match: [][]string{{"id_number"}, {"name", "unit"}, {"name", model.AreaKey}},
		Fields: []model.Field{
			{Key: "name", Label: "姓名", Kind: model.KindText, Required: true, Index: true, Synonyms: []string{"人员姓名", "干部姓名"}},
			{Key: "gender", Label: "性别", Kind: model.KindEnum, Options: genders()},
			{Key: "ethnic", Label: "民族", Kind: model.KindText},
			{Key: "birth", Label: "出生年月", Kind: model.KindMonth, Synonyms: []string{"出生日期", "出生时间"}},
			{Key: "education", Label: "学历", Kind: model.KindText, Options: educations(), Synonyms: []string{"文化程度", "最高学历"}},
			{Key: "politics", Label: "政治面貌", Kind: model.KindEnum, Options: politics()},
			{Key: "unit", Label: "单位", Kind: model.KindRef, Ref: unitOrArea(), Index: true,
				Synonyms: []string{"工作单位", "所在单位", "单位名称"}},
			{Key: "duty", Label: "职务", Kind: model.KindText, Synonyms: []string{"职务（职级）", "单位职务", "现任职务"}},
			{Key: "phone", Label: "联系电话", Kind: model.KindPhone, Synonyms: []string{"电话", "手机", "手机号", "手机号码", "电话号码", "联系方式"}},
			{Key: "id_number", Label: "证件号码", Kind: model.KindIDNumber, Sensitive: true,
				Synonyms: []string{"身份证号", "身份证号码", "身份证", "公民身份号码", "证件号"}},
			remark(),
		},
		Checks: personChecks(),
	}
}
