package ledgers

import (
	"strings"

	"github.com/google/uuid"

	"xiangzhen/model"
	"xiangzhen/model/text"
)

// area is the tree of divisions (行政区划): 县, 乡镇, 村, 组 or 网格. Codes are those
// for statistics (统计用区划代码), twelve digits, and may be missing.
func area() *model.Ledger {
	return &model.Ledger{
		Key: Area, Label: "行政区划", Synonyms: []string{"区划", "村名单", "行政村名单", "乡镇村名单"}, Group: groupBase,
		Title: "name", Parent: "parent",
		Match: [][]string{{"code"}, {"name", "parent"}},
		Fields: []model.Field{
			{Key: "name", Label: "名称", Kind: model.KindText, Required: true, Index: true,
				Synonyms: []string{"区划名称", "村名", "乡镇名称", "行政村名称", "村(社区)", "村（社区）"}},
			{Key: "code", Label: "区划代码", Kind: model.KindText, Index: true, Help: "统计用区划代码，12 位，可以不填。",
				Synonyms: []string{"行政区划代码", "代码", "村代码", "区划编码", "统计用区划代码"}},
			{Key: "level", Label: "级别", Kind: model.KindEnum, Options: levels(), Required: true, Index: true,
				Synonyms: []string{"层级", "区划级别"}},
			{Key: "parent", Label: "上级", Kind: model.KindRef, Ref: refTo(Area), Index: true,
				Synonyms: []string{"上级区划", "所属乡镇", "所属上级", "隶属"}},
			{Key: "aliases", Label: "别名", Kind: model.KindText, Help: "来表中出现过的其他写法，用、分开。",
				Synonyms: []string{"曾用名", "又名", "其他写法"}},
			{Key: "kind", Label: "村类型", Kind: model.KindEnum, Options: villageKinds(), Index: true,
				Synonyms: []string{"村类别", "行政村类型"}},
			{Key: "households", Label: "户数", Kind: model.KindInteger, Unit: "户", Synonyms: []string{"总户数", "农户数"}},
			{Key: "population", Label: "人口", Kind: model.KindInteger, Unit: "人", Synonyms: []string{"总人口", "人口数", "人数"}},
			{Key: "order", Label: "排序", Kind: model.KindInteger, Synonyms: []string{"顺序", "排列顺序"}},
			remark(),
		},
		Checks: areaChecks(),
	}
}

// villageKinds follow the roster of resident teams (DOMAIN §1 b).
func villageKinds() []model.Option {
	return []model.Option{
		option("脱贫村", "原贫困村", "贫困村"),
		option("易地搬迁安置村", "易地搬迁安置村(社区)", "搬迁安置村", "易地扶贫搬迁安置村", "易地搬迁安置点"),
		option("示范村", "乡村振兴示范村", "红色美丽村庄"),
		option("软弱涣散村", "党组织软弱涣散村", "软弱涣散"),
		option("其他", "一般村", "其他村", "非贫困村"),
	}
}

// areaSpace is the name space of area ids. It must never change: two PCs agree
// on an area because they derive its id alike.
var areaSpace = uuid.MustParse("6f0c1d6e-6f0a-5c39-9a55-3e2a70b1c9d4")

// codeLength is the number of digits of a code for statistics.
const codeLength = 12

// AreaID derives the id of an area from its code or, without one, from the names
// on the path from the top (示例县, 甲镇, 甲一村). Codes may be short (6 or 9 digits)
// and loosely written; names are taken without the blanks around them. It
// returns "" if neither is given.
func AreaID(code string, path []string) string {
	if code = text.Code(code); code != "" {
		if pad := codeLength - len(code); pad > 0 {
			code += strings.Repeat("0", pad)
		}
		return uuid.NewSHA1(areaSpace, []byte("code:"+code)).String()
	}
	if len(path) == 0 {
		return ""
	}
	names := make([]string, len(path))
	for i, name := range path {
		names[i] = text.Clean(name)
	}
	return uuid.NewSHA1(areaSpace, []byte("path:"+strings.Join(names, "/"))).String()
}
