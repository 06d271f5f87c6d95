package rule

import (
	"strings"

	"xiangzhen/model"
)

// Keys of the parameters of the teams in the villages, of households and of
// projects. Thresholds differ by county and year (DOMAIN §1): each has the source
// of its default and can be changed from a day on.
const (
	TeamSize        = "team.min_members"
	MonthShare      = "residence.month_share"
	YearDays        = "residence.year_days"
	YearShare       = "residence.year_share"
	ErrandsCount    = "residence.errands_count"
	AttendanceMarks = "attendance.marks"
	SubsidyPerDay   = "subsidy.per_day"

	IdentifyDays   = "household.identify_days"
	NoticeDays     = "household.notice_days"
	MeasureDays    = "household.measure_days"
	ClearMonths    = "household.clear_months"
	VisitsPerMonth = "visit.monitored_per_month"
	LabourShare    = "household.labour_share"
	LandMost       = "household.land_most"
	IncomeMost     = "household.income_most"
	IncomeLine     = "household.income_line"
)

var teamParameters = []Parameter{
	{Key: TeamSize, Label: "工作队人数", Default: "3", Unit: "人", Max: 20,
		Source: "每队一般不少于 3 人，任务较轻的可以减少（S-24）", Help: "在任队员少于这些人列为疑点，0 为不核对。"},
	{Key: MonthShare, Label: "每月驻村比例", Default: "0", Unit: "%", Max: 100,
		Source: "有的县要求每月三分之二时间驻村，填 67（S-27）", Help: "当月驻村天数占全月天数的比例，0 为不核对。"},
	{Key: YearDays, Label: "全年驻村天数", Default: "200", Unit: "天", Max: 366,
		Source: "每年驻村不少于 200 天（S-5）", Help: "年度考勤汇总的要求天数，0 为不要求。"},
	{Key: YearShare, Label: "全年工作日驻村比例", Default: "0", Unit: "%", Max: 100,
		Source: "有的省要求驻村时间占全年工作日三分之二，填 67（S-26）", Help: "填了它，要求天数按工作日历计算，0 为按全年驻村天数。"},
	{Key: ErrandsCount, Label: "公出视同驻村", Kind: model.KindBool, Default: "1",
		Source: "经批准外出开会、培训、协调项目视同驻村（S-5）", Help: "公出天数是否计入驻村天数。"},
	{Key: AttendanceMarks, Label: "考勤符号", Kind: model.KindText, Default: "√、△、○、☆、＋、×、—",
		Source: "通行做法", Help: "依次是驻村、公出、事假、病假、休假、缺勤、双休和节假日，导出的考勤表用这些符号。"},
	{Key: SubsidyPerDay, Label: "驻村补助标准", Default: "0", Unit: "元/天", Max: 2000,
		Source: "按本县标准填", Help: "补助发放表按计入的驻村天数乘这个数，0 为没有定。"},
	{Key: IdentifyDays, Label: "识别时限", Default: "15", Unit: "天", Min: 1, Max: 90,
		Source: "从发现线索到识别认定不超过 15 天（S-3）", Help: "超过这些天列为疑点。"},
	{Key: NoticeDays, Label: "村内公示天数", Default: "5", Unit: "天", Max: 30,
		Source: "村内公示不少于 5 天（S-3）", Help: "不足这些天列为疑点，0 为不核对。"},
	{Key: MeasureDays, Label: "措施落实时限", Default: "30", Unit: "天", Min: 1, Max: 180,
		Source: "识别一个月内录入帮扶措施（S-2）", Help: "识别后超过这些天还没有措施列为疑点。"},
	{Key: ClearMonths, Label: "消除最短月数", Default: "6", Unit: "个月", Max: 36,
		Source: "帮扶消除一般不少于 6 个月，2022 年 4 月起（S-2）", Help: "识别到帮扶消除不足这些月列为疑点。"},
	{Key: VisitsPerMonth, Label: "每月走访次数", Default: "1", Unit: "次", Max: 31,
		Source: "监测户每月至少走访一次（通行做法）", Help: "上个整月走访不足列为疑点，0 为不核对。"},
	{Key: LabourShare, Label: "缺劳动力的劳动力比例", Default: "25", Unit: "%", Max: 100,
		Source: "风险为缺劳动力而劳动力超过家庭人口 25%（S-2）", Help: "超过这个比例列为疑点。"},
	{Key: LandMost, Label: "耕地面积上限", Default: "100", Unit: "亩", Min: 1, Max: 100000,
		Source: "耕地面积超过 100 亩核实（S-2）", Help: "一户耕地超过这些亩列为疑点。"},
	{Key: IncomeMost, Label: "识别时收入上限", Default: "20000", Unit: "元", Min: 1, Max: 1000000,
		Source: "识别时人均纯收入超过 20000 元核实（S-2）", Help: "识别时人均纯收入超过这些元列为疑点。"},
	{Key: IncomeLine, Label: "当年收入线", Default: "0", Unit: "元", Max: 1000000,
		Source: "各省每年公布，按当年文件填", Help: "人均纯收入低于它不应消除风险，0 为不核对。"},
}

// CheckOff begins the key of the setting that switches a rule off: the rule's id
// follows, the value is the reason (疑点检查停用). An empty value switches it on.
const CheckOff = "check.off."

// TermPrefix begins the key of the setting by which a county words a term itself;
// the standing word follows (口径用语).
const TermPrefix = "term."

// worded makes the parameters whose key holds a rule or a word.
func worded(key string) (Parameter, bool) {
	if id, ok := strings.CutPrefix(key, CheckOff); ok && id != "" {
		return Parameter{Key: key, Label: "停用规则 " + id, Kind: model.KindText, Source: "本级决定", Help: "写明停用的理由；清空就恢复。"}, true
	}
	if word, ok := strings.CutPrefix(key, TermPrefix); ok && word != "" {
		return Parameter{Key: key, Label: "“" + word + "”的叫法", Kind: model.KindText, Source: "本级决定", Help: "空着用规则方案里的叫法。"}, true
	}
	return Parameter{}, false
}
