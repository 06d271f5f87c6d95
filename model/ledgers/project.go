package ledgers

import (
	"math"
	"math/bits"

	"xiangzhen/model"
)

// project is the library and the progress ledger of projects (项目库, 衔接资金项目台账;
// DOMAIN §1 f), one line a project from entry in the library to handing over its
// assets. Money is in 万元 to four places, kept as whole numbers: 17177.1233 stays
// 17177.1233.
func project() *model.Ledger {
	return &model.Ledger{
		Key: Project, Label: "项目台账", Group: groupProject,
		Synonyms: []string{"项目库", "衔接资金项目台账", "乡村振兴项目库", "项目库台账", "巩固拓展脱贫攻坚成果和乡村振兴项目库", "项目进度台账", "衔接资金项目进度台账"},
		Title:    "title", AreaFrom: []string{"village", "unit"},
		Match:  [][]string{{"village", "title", "year"}, {"village", "title"}},
		Fields: append(libraryFields(), progressFields()...),
		Derived: []model.Field{
			money("fund_total", "衔接资金合计"), money("budget_sum", "各项资金合计"),
			{Key: "pay_rate", Label: "支付率", Kind: model.KindPercent, Scale: percentScale, Unit: "%", Help: "已支付除以下达资金；没有下达资金的除以合同金额。"},
			money("balance", "结余", "结余资金"),
		},
		Derive: &model.Derivation{Func: deriveProject},
		Checks: projectChecks(),
	}
}

// money is a field in 万元 to four places.
func money(key, label string, synonyms ...string) model.Field {
	return model.Field{Key: key, Label: label, Kind: model.KindDecimal, Scale: moneyScale, Unit: "万元", Synonyms: synonyms}
}

const moneyScale = 4

// fundLevels are the fields of the levels that give 财政衔接资金, the highest first.
var fundLevels = []string{"fund_central", "fund_province", "fund_city", "fund_county"}

// otherFunds are the fields of the other money of a project.
var otherFunds = []string{"fund_merged", "fund_social", "fund_own"}

func libraryFields() []model.Field {
	count := func(key, label, unit string, synonyms ...string) model.Field {
		return model.Field{Key: key, Label: label, Kind: model.KindInteger, Unit: unit, Synonyms: synonyms}
	}
	return []model.Field{
		{Key: "village", Label: "村", Kind: model.KindRef, Ref: refTo(Area), Required: true, Index: true, Synonyms: []string{"行政村", "项目村", "所在村"}},
		{Key: "kind", Label: "项目类型", Kind: model.KindText, Index: true, Synonyms: []string{"项目类别", "类型"},
			Options: model.Options("产业发展", "就业项目", "乡村建设行动", "易地搬迁后扶", "巩固三保障成果", "乡村治理和精神文明建设", "项目管理费", "其他")},
		{Key: "kind2", Label: "二级项目类型", Kind: model.KindText}, {Key: "kind3", Label: "项目子类型", Kind: model.KindText},
		{Key: "title", Label: "项目名称", Kind: model.KindText, Required: true, Index: true},
		{Key: "nature", Label: "建设性质", Kind: model.KindEnum, Options: []model.Option{option("新建"), option("续建"), option("改扩建", "改建", "扩建")}},
		{Key: "place", Label: "实施地点", Kind: model.KindText, Synonyms: []string{"建设地点", "项目地点"}},
		{Key: "content", Label: "建设内容及规模", Kind: model.KindLongText, Synonyms: []string{"建设任务", "建设内容", "建设规模及内容"}},
		{Key: "plan_start", Label: "计划开工", Kind: model.KindDate, Synonyms: []string{"计划开工时间", "时间进度/计划开工"}},
		{Key: "plan_end", Label: "计划完工", Kind: model.KindDate, Index: true, Synonyms: []string{"计划完工时间", "时间进度/计划完工"}},
		{Key: "unit", Label: "责任单位", Kind: model.KindRef, Ref: unitOrArea(), Index: true, Synonyms: []string{"项目责任单位", "实施单位", "项目主管部门"}},
		money("budget", "项目预算总投资", "预算总投资", "总投资", "资金规模", "投资规模"),
		money("fund_central", "中央衔接资金", "中央", "中央资金", "财政衔接资金/中央"), money("fund_province", "省级衔接资金", "省级", "省级资金", "财政衔接资金/省", "财政衔接资金/省级"),
		money("fund_city", "市级衔接资金", "市级", "市级资金", "财政衔接资金/市", "财政衔接资金/市级"), money("fund_county", "县级衔接资金", "县级", "县级资金", "财政衔接资金/县", "财政衔接资金/县级"),
		money("fund_merged", "整合资金", "整合"), money("fund_social", "社会资金", "社会"), money("fund_own", "自筹资金", "自筹", "群众自筹"),
		count("villages", "受益村", "个", "受益村数"), count("households", "受益户数", "户", "受益户"), count("people", "受益人口", "人", "受益人口数", "受益人数"),
		count("poor_households", "其中脱贫户和监测对象户数", "户", "脱贫户和监测对象", "脱贫户和监测对象户数"),
		count("poor_people", "其中脱贫户和监测对象人口", "人", "脱贫户和监测对象人口"),
		{Key: "target", Label: "绩效目标", Kind: model.KindLongText}, {Key: "linkage", Label: "联农带农机制", Kind: model.KindLongText, Synonyms: []string{"带贫减贫机制", "群众参与和带贫减贫机制"}},
		{Key: "in_library", Label: "是否入库", Kind: model.KindBool, Synonyms: []string{"入库"}},
		{Key: "year", Label: "年度", Kind: model.KindInteger, Index: true, Synonyms: []string{"实施年度", "项目年度"}},
	}
}

func progressFields() []model.Field {
	return []model.Field{
		{Key: "approval_no", Label: "批复文号", Kind: model.KindText}, {Key: "fund_no", Label: "资金文号", Kind: model.KindText, Synonyms: []string{"资金文件", "指标文号"}},
		money("allotted", "下达资金", "资金下达", "到位资金"),
		{Key: "builder", Label: "施工单位", Kind: model.KindText, Synonyms: []string{"承建单位", "中标单位"}},
		money("contract", "合同金额", "中标金额"),
		{Key: "started_on", Label: "开工时间", Kind: model.KindDate, Index: true, Synonyms: []string{"实际开工时间"}},
		{Key: "progress", Label: "形象进度", Kind: model.KindLongText, Synonyms: []string{"工程进度", "建设进度"}},
		{Key: "finished_on", Label: "完工时间", Kind: model.KindDate, Synonyms: []string{"实际完工时间", "竣工时间"}},
		{Key: "accepted_on", Label: "验收时间", Kind: model.KindDate},
		money("paid", "已支付", "已支付资金", "支付金额", "已报账资金"),
		{Key: "publicity", Label: "公示公告情况", Kind: model.KindText, Synonyms: []string{"公告公示情况", "公示公告"}},
		{Key: "handed_over", Label: "资产移交", Kind: model.KindText, Synonyms: []string{"资产移交（确权）", "资产移交确权", "资产确权移交"}},
		{Key: "problem", Label: "存在问题", Kind: model.KindLongText},
		{Key: "files", Label: "附件", Kind: model.KindFiles},
		remark(),
	}
}

// sumOf adds up fields of a record; set is false where none is given.
func sumOf(r *model.Record, keys ...string) (sum int64, set bool) {
	for _, key := range keys {
		v := r.Get(key)
		sum, set = sum+v.Num, set || v.Set
	}
	return sum, set
}

// deriveProject adds up a project's money and what of it is paid.
func deriveProject(in model.DeriveInput) model.Derived {
	r, out := in.Record, map[string]model.Value{}
	fund, has := sumOf(r, fundLevels...)
	if has {
		out["fund_total"] = model.Int(fund)
	}
	if other, also := sumOf(r, otherFunds...); has || also {
		out["budget_sum"] = model.Int(fund + other)
	}
	base := either(r.Get("allotted"), r.Get("contract"))
	if base.Num > 0 && r.Get("paid").Set {
		out["balance"] = model.Int(base.Num - r.Get("paid").Num)
		out["pay_rate"] = model.Int(roundShare(r.Get("paid").Num, base.Num))
	}
	return model.Derived{Values: out}
}

// roundShare returns part of whole in percent at percentScale, rounded half up;
// nothing below zero, and the greatest number where it is too large to hold.
func roundShare(part, whole int64) int64 {
	if part <= 0 || whole <= 0 {
		return 0
	}
	hi, lo := bits.Mul64(uint64(part), fullPercent)
	lo, carry := bits.Add64(lo, uint64(whole)/2, 0)
	if hi += carry; hi >= uint64(whole) {
		return math.MaxInt64
	}
	q, _ := bits.Div64(hi, lo, uint64(whole))
	return int64(min(q, math.MaxInt64))
}
