package ledgers

import "xiangzhen/model"

// appraisal is the yearly sheet of a member or a team (驻村帮扶考核表, DOMAIN §1 j).
// Opinions and levels are chosen by people, never computed: there is no field for a
// score (分), and nothing is ordered by one. 勤 is what the month sheets say.
func appraisal() *model.Ledger {
	return &model.Ledger{
		Key: Appraisal, Label: "驻村考核", Group: groupTeam,
		Synonyms: []string{"驻村帮扶考核表", "驻村干部考核表", "年度考核表"},
		Title:    "member", AreaFrom: []string{"member", "village"},
		Match: [][]string{{"year", "member"}}, Once: true,
		Fields: []model.Field{
			{Key: "year", Label: "年度", Kind: model.KindInteger, Required: true, Index: true, Synonyms: []string{"考核年度"}},
			{Key: "member", Label: "姓名", Kind: model.KindRef, Ref: refTo(Team), Index: true, Required: true},
			{Key: "village", Label: "驻村", Kind: model.KindRef, Ref: refTo(Area), Index: true, Synonyms: []string{"村"}},
			{Key: "morals", Label: "德", Kind: model.KindLongText, Synonyms: []string{"德的表现"}},
			{Key: "ability", Label: "能", Kind: model.KindLongText, Synonyms: []string{"能的表现"}},
			{Key: "duties", Label: "四项职责", Kind: model.KindLongText, Synonyms: []string{"绩", "履职情况", "绩（四项职责）"}},
			{Key: "integrity", Label: "廉", Kind: model.KindLongText, Synonyms: []string{"廉的表现"}},
			{Key: "votes", Label: "民主测评", Kind: model.KindText, Help: "优秀、称职、基本称职、不称职各几票，照原样写。"},
			{Key: "village_opinion", Label: "村级评价", Kind: model.KindLongText}, {Key: "town_opinion", Label: "乡镇评价", Kind: model.KindLongText},
			{Key: "county_opinion", Label: "县级评定", Kind: model.KindLongText},
			{Key: "grade", Label: "等次", Kind: model.KindEnum, Synonyms: []string{"考核等次"}, Options: []model.Option{
				option("优秀"), option("称职", "合格"), option("基本称职", "基本合格"), option("不称职", "不合格"), option("不定等次")}},
			{Key: "team_grade", Label: "工作队等次", Kind: model.KindEnum, Synonyms: []string{"派出单位等次"}, Options: []model.Option{
				option("好"), option("较好"), option("一般"), option("较差", "差")}},
			remark(),
		},
	}
}
