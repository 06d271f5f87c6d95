package ledgers

import "xiangzhen/model"

// unit is a body that tasks are given to and that is no area: a department, a
// station of the township, a working group (工作组), a sending unit (派出单位).
func unit() *model.Ledger {
	return &model.Ledger{
		Key: Unit, Label: "单位", Synonyms: []string{"单位名单", "部门", "部门名单", "工作组名单"}, Group: groupBase,
		Title: "name", Parent: "parent", AreaFrom: []string{"place", "parent"},
		Match: [][]string{{"name", model.AreaKey}, {"name"}},
		Fields: []model.Field{
			{Key: "name", Label: "名称", Kind: model.KindText, Required: true, Index: true,
				Synonyms: []string{"单位名称", "部门名称", "单位", "工作组名称"}},
			{Key: "short", Label: "简称", Kind: model.KindText, Synonyms: []string{"单位简称", "规范简称"},
				Help: "来表中出现过的简称，用、分开。"},
			{Key: "kind", Label: "单位类型", Kind: model.KindEnum, Options: unitKinds(), Index: true,
				Synonyms: []string{"单位类别", "单位性质"}},
			{Key: "level", Label: "级别", Kind: model.KindEnum, Options: levels(), Synonyms: []string{"单位层级", "层级"}},
			{Key: "place", Label: "所在区域", Kind: model.KindRef, Ref: refTo(Area), Synonyms: []string{"所在地", "所在乡镇", "所属区域"}},
			{Key: "parent", Label: "上级单位", Kind: model.KindRef, Ref: refTo(Unit), Index: true, Synonyms: []string{"主管单位", "所属单位"}},
			{Key: "leader", Label: "负责人", Kind: model.KindText, Synonyms: []string{"主要负责人", "单位负责人", "组长"}},
			{Key: "phone", Label: "联系电话", Kind: model.KindPhone, Synonyms: []string{"电话", "办公电话"}},
			remark(),
		},
	}
}

func unitKinds() []model.Option {
	return []model.Option{
		option("党委政府", "党委", "政府", "党政机关"),
		option("部门", "县直部门", "县直单位", "局", "委办局"),
		option("站所", "乡镇站所", "站所办", "科室", "股室", "办公室"),
		option("工作组", "行业工作组"),
		option("专班", "工作专班", "指挥部"),
		option("派出单位", "帮扶单位", "后盾单位", "选派单位"),
		option("其他"),
	}
}
