package ledgers

import (
	"strings"

	"xiangzhen/model"
)

// Titles (职务) that code elsewhere looks for: whom to call for a village (CLERK 18).
const (
	TitleVillageSecretary = "村党组织书记"
	TitleVillageCadre     = "包村干部"
	TitleReporter         = "报表联络员"
)

// post says who was what, where, from when to when (任职). A person may hold
// several, a village has one of each of CLERK 18; without 免职时间 it is held now.
func post() *model.Ledger {
	return &model.Ledger{
		Key: Post, Label: "任职", Synonyms: []string{"任职情况", "包村联系表", "联系人名单"}, Group: groupBase,
		Title: "title", AreaFrom: []string{"at"},
		Match: [][]string{{"person", "at", "title", "from"}},
		Fields: []model.Field{
			{Key: "person", Label: "人员", Kind: model.KindRef, Ref: ownedBy(Person), Required: true, Index: true,
				Synonyms: []string{"姓名", "任职人员"}},
			{Key: "at", Label: "任职单位", Kind: model.KindRef, Ref: refTo(Area, Unit), Required: true, Index: true,
				Synonyms: []string{"任职地", "所在村", "联系村", "包联村", "单位"}},
			{Key: "title", Label: "职务", Kind: model.KindEnum, Options: titles(), Required: true, Index: true,
				Synonyms: []string{"任职职务", "岗位"}},
			{Key: "from", Label: "任职时间", Kind: model.KindDate, Index: true, Synonyms: []string{"开始时间", "起始时间", "任职日期"}},
			{Key: "to", Label: "免职时间", Kind: model.KindDate, Synonyms: []string{"结束时间", "离任时间", "卸任时间"}},
			remark(),
		},
		Checks: postChecks(),
	}
}

func titles() []model.Option {
	return []model.Option{
		option("县委书记"),
		option("乡镇党委书记", "党委书记", "镇党委书记", "乡党委书记"),
		option("乡镇长", "镇长", "乡长"),
		option("分管副书记", "党委副书记", "副书记"),
		option("包片领导", "片长"),
		option("包村领导", "联村领导", "驻点领导"),
		option(TitleVillageCadre, "联村干部", "驻点干部"),
		option(TitleVillageSecretary, "村书记", "村支书", "支部书记", "村党支部书记", "党支部书记", "村党总支书记"),
		option("村委会主任", "村主任", "主任"),
		option("文书", "村文书", "会计", "村会计"),
		option(TitleReporter, "联络员", "信息员", "填报人员"),
		option("网格员", "专职网格员"),
		option("第一书记", "驻村第一书记"),
		option("其他"),
	}
}

// PostWords joins a place and a post as people say it: 甲镇党委书记, 青山村党组织书记, 丙乡乡长.
func PostWords(at, title string) string {
	place := []rune(at)
	if len(place) == 0 {
		return title
	}
	last := string(place[len(place)-1])
	switch {
	case title == "乡镇长":
		return at + last + "长"
	case strings.HasPrefix(title, "乡镇"):
		return at + strings.TrimPrefix(title, "乡镇")
	}
	return at + strings.TrimPrefix(title, last)
}
