package ledgers

import (
	"regexp"
	"strconv"

	"xiangzhen/model"
	"xiangzhen/model/rule"
)

// The rules of households: time limits of identifying, helping and clearing, what
// must agree with what, what may be there once only (DOMAIN §2; S-2, S-3, S-34).

var (
	besideMembers        = model.Beside{Ledger: HouseholdMember, Field: "household", Own: model.RecordID}
	besideMeasures       = model.Beside{Ledger: Measure, Field: "household", Own: model.RecordID}
	besideHouseVisits    = model.Beside{Ledger: Visit, Field: "household", Own: model.RecordID}
	besideHouseTwins     = model.Beside{Ledger: Household, Field: "id_number", Own: "id_number"}
	besideHouseholdTwins = model.Beside{Ledger: HouseholdMember, Field: "id_number", Own: "id_number"}
)

func householdChecks() []model.Check {
	doubt := func(name, source string, fn func(model.CheckInput) []model.Problem, params ...string) model.Check {
		return model.Check{ID: Household + "." + name, Level: model.Doubt, Source: source, Params: params, Func: fn}
	}
	seeing := func(c model.Check, besides ...model.Beside) model.Check {
		c.Beside = besides
		return c
	}
	return []model.Check{
		doubt("identify", "从线索到识别不超过 15 天（S-3、S-33）", checkIdentify, rule.IdentifyDays),
		doubt("notice", "村内公示不少于 5 天（S-3）", checkNotice, rule.NoticeDays),
		doubt("dates", "先识别后消除；消除的三项要一致（S-2）", checkClearedDates),
		doubt("category", "监测对象要有类别、风险和识别时间（S-2）", checkMonitored),
		seeing(doubt("measures", "识别一个月内落实措施（S-2）", checkMeasures, rule.MeasureDays), besideMeasures),
		doubt("cleared_soon", "帮扶消除一般不少于 6 个月，2022 年 4 月起；此前为当月、次月消除（S-2）", checkClearedSoon, rule.ClearMonths),
		doubt("cleared_income", "收入低于当年收入线不应消除（S-3、S-34）", checkClearedIncome, rule.IncomeLine),
		doubt("cleared_needs", "“三保障”和饮水没有解决不应消除（S-3、S-34）", checkClearedNeeds),
		seeing(doubt("cleared_labour", "无劳动力户兜底保障后不标注帮扶消除（S-34）", checkClearedLabour), besideMembers),
		seeing(doubt("visits", "监测户每月至少走访一次", checkVisits, rule.VisitsPerMonth), besideHouseVisits),
		seeing(doubt("labour", "风险为缺劳动力，劳动力却超过 25%（S-2）", checkLabourRisk, rule.LabourShare), besideMembers),
		seeing(doubt("job", "风险为务工就业不稳，却没有劳动力或务工记录（S-2）", checkJobRisk), besideMembers),
		seeing(doubt("people", "家庭人口等于成员数", checkPeople), besideMembers),
		doubt("water", "饮水不安全应纳入监测（S-2）", checkWater),
		doubt("land", "耕地面积在 0–100 亩之间（S-2）", checkLand, rule.LandMost),
		doubt("income", "识别时人均纯收入不超过 20000 元（S-2）", checkIncome, rule.IncomeMost),
		seeing(doubt("twice", "同一证件号码只在一户（S-2）", checkHouseTwice), besideHouseTwins),
	}
}

// precise reports whether a date is one day, not a month.
func precise(v model.Value) bool { return v.End != "" && v.Start == v.End }

func checkIdentify(in model.CheckInput) []model.Problem {
	clue, identified := in.Record.Get("clue_on"), in.Record.Get("identified_on")
	limit := in.Params.Int(rule.IdentifyDays)
	switch {
	case clue.Start == "":
	case identified.End == "" && precise(clue) && !in.Record.Get("cleared").Bool() && in.Today.Sub(clue.End) > limit:
		return found("identified_on", "发现线索 "+strconv.Itoa(in.Today.Sub(clue.End))+" 天，还没有识别。", "请核实认定，或者说明不纳入的理由。")
	case identified.End != "" && identified.End < clue.Start:
		return found("identified_on", "识别监测时间早于线索发现时间。", "请核对两个时间。")
	case precise(clue) && precise(identified) && identified.End.Sub(clue.End) > limit:
		return found("identified_on", "从发现线索到识别用了 "+strconv.Itoa(identified.End.Sub(clue.End))+" 天，超过 "+strconv.Itoa(limit)+" 天。", "请核对时间。")
	}
	return nil
}

func checkNotice(in model.CheckInput) []model.Problem {
	span, least := in.Record.Get("notice"), in.Params.Int(rule.NoticeDays)
	if span.Start == "" || precise(span) || span.End < span.Start {
		return nil
	}
	if n := span.End.Sub(span.Start) + 1; n < least {
		return found("notice", "公示 "+strconv.Itoa(n)+" 天，不足 "+strconv.Itoa(least)+" 天。", "请核对起止时间。")
	}
	return nil
}

func checkClearedDates(in model.CheckInput) []model.Problem {
	r := in.Record
	cleared, on, identified := r.Get("cleared"), r.Get("cleared_on"), r.Get("identified_on")
	switch {
	case identified.Start != "" && identified.Start > in.Today:
		return found("identified_on", "识别监测时间还没有到。", "请核对时间。")
	case on.End != "" && identified.Start != "" && on.End < identified.Start:
		return found("cleared_on", "消除监测时间早于识别监测时间。", "请核对两个时间。")
	case on.Start != "" && on.Start > in.Today:
		return found("cleared_on", "消除监测时间还没有到。", "请核对时间。")
	case cleared.Bool() && on.End == "":
		return found("cleared_on", "风险已消除，没有消除监测时间。", "请补填消除监测时间。")
	case !cleared.Bool() && on.End != "":
		return found("cleared", "填了消除监测时间，风险还不是已消除。", "请核对是否已消除。")
	case cleared.Bool() && r.Get("clear_way").IsEmpty():
		return found("clear_way", "风险已消除，没有消除方式。", "请补填帮扶消除或自然消除。")
	}
	return nil
}

func checkMonitored(in model.CheckInput) []model.Problem {
	r := in.Record
	category, identified := r.Get("category"), r.Get("identified_on")
	switch {
	case category.Set && identified.IsEmpty() && r.Get("clue_on").IsEmpty():
		return found("identified_on", "有监测对象类别，没有识别监测时间。", "请补填识别监测时间。")
	case identified.Set && category.IsEmpty():
		return found("category", "有识别监测时间，没有监测对象类别。", "请补填类别。")
	case identified.Set && r.Get("risk1").IsEmpty():
		return found("risk1", "纳入监测，没有填风险。", "请补填致贫/返贫风险。")
	}
	return nil
}

// checkMeasures asks for a measure of either ledger: the list of measures or the
// kinds named on the household.
func checkMeasures(in model.CheckInput) []model.Problem {
	r := in.Record
	identified, limit := r.Get("identified_on").End, in.Params.Int(rule.MeasureDays)
	if MonitorStage(r) != StageHelping || in.Today.Sub(identified) <= limit || !r.Get("measures").IsEmpty() || len(in.Beside(besideMeasures)) > 0 {
		return nil
	}
	return found("measures", "识别超过 "+strconv.Itoa(limit)+" 天，没有帮扶措施。", "请补录措施。")
}

// clearRule is the month from which clearing has a shortest time (2022-04, S-2);
// before, only clearing in the same or the next month was doubted.
const clearRule = model.Month("2022-04")

func checkClearedSoon(in model.CheckInput) []model.Problem {
	r := in.Record
	from, to := r.Get("identified_on").Start.Month(), r.Get("cleared_on").Start.Month()
	if MonitorStage(r) != StageCleared || r.Get("clear_way").Text != clearedByHelp || from == "" || to < from {
		return nil
	}
	least := in.Params.Int(rule.ClearMonths)
	if to < clearRule {
		least = min(least, 2)
	}
	if n := monthsBetween(from, to); n < least {
		return found("cleared_on", "识别 "+strconv.Itoa(n)+" 个月就帮扶消除，不足 "+strconv.Itoa(least)+" 个月。", "请核对时间和消除依据。")
	}
	return nil
}

func isClearedByHelp(r *model.Record) bool {
	return MonitorStage(r) == StageCleared && r.Get("clear_way").Text == clearedByHelp
}

func checkClearedIncome(in model.CheckInput) []model.Problem {
	line, income := in.Params.Int(rule.IncomeLine), in.Record.Get("income_pc")
	if line == 0 || !isClearedByHelp(in.Record) || !income.Set || income.Num >= int64(line)*100 {
		return nil
	}
	return found("income_pc", "风险已消除，人均纯收入低于当年收入线 "+strconv.Itoa(line)+" 元。", "请核算收入，或者恢复监测。")
}

func checkClearedNeeds(in model.CheckInput) []model.Problem {
	r := in.Record
	if !isClearedByHelp(r) {
		return nil
	}
	for _, key := range []string{"schooling", "medical", "unsafe_house", "water"} {
		if v := r.Get(key); v.Set && v.Bool() == (key == "unsafe_house") {
			return found(key, "风险已消除，“"+in.Ledger.Field(key).Label+"”还没有解决。", "请核实后再标注消除。")
		}
	}
	return nil
}

func checkClearedLabour(in model.CheckInput) []model.Problem {
	members := in.Beside(besideMembers)
	if !isClearedByHelp(in.Record) || len(members) == 0 {
		return nil
	}
	for _, m := range members {
		if can, known := canWork(m); can || !known {
			return nil
		}
	}
	return found("clear_way", "全户没有劳动力，标注了帮扶消除。", "落实兜底保障后不标注消除，请核对。")
}

// checkVisits asks about the last whole month that a household was monitored.
func checkVisits(in model.CheckInput) []model.Problem {
	need, month := in.Params.Int(rule.VisitsPerMonth), in.Today.Month().Add(-1)
	if need == 0 || MonitorStage(in.Record) != StageHelping || in.Record.Get("identified_on").End >= month.First() {
		return nil
	}
	n := 0
	for _, v := range in.Beside(besideHouseVisits) {
		if v.Get("visited_on").Start.Month() == month {
			n++
		}
	}
	if n >= need {
		return nil
	}
	return found("householder", string(month)+" 走访 "+strconv.Itoa(n)+" 次，应不少于 "+strconv.Itoa(need)+" 次。", "请补录走访记录，或者安排走访。")
}

func hasRisk(r *model.Record, risk string) bool {
	for n := 1; n <= 5; n++ {
		if r.Get("risk"+strconv.Itoa(n)).Text == risk {
			return true
		}
	}
	return false
}

func checkLabourRisk(in model.CheckInput) []model.Problem {
	members := in.Beside(besideMembers)
	if MonitorStage(in.Record) != StageHelping || !hasRisk(in.Record, riskLabour) || len(members) == 0 {
		return nil
	}
	n := 0
	for _, m := range members {
		if can, _ := canWork(m); can {
			n++
		}
	}
	if 100*n <= in.Params.Int(rule.LabourShare)*len(members) {
		return nil
	}
	return found("risk1", "风险是缺劳动力，"+strconv.Itoa(len(members))+" 人里有劳动力 "+strconv.Itoa(n)+" 人。", "请核对风险类型和劳动技能。")
}

func checkJobRisk(in model.CheckInput) []model.Problem {
	members := in.Beside(besideMembers)
	if MonitorStage(in.Record) != StageHelping || !hasRisk(in.Record, riskJob) || len(members) == 0 {
		return nil
	}
	for _, m := range members {
		if can, known := canWork(m); (can || !known) && (!m.Get("job").IsEmpty() || m.Get("job_months").Num > 0) {
			return nil
		}
	}
	return found("risk1", "风险是务工就业不稳，成员里没有务工的劳动力。", "请核对风险类型和务工情况。")
}

func checkPeople(in model.CheckInput) []model.Problem {
	members, population := in.Beside(besideMembers), in.Record.Get("population")
	if len(members) == 0 || !population.Set || population.Num == int64(len(members)) {
		return nil
	}
	return found("population", "家庭人口 "+strconv.FormatInt(population.Num, 10)+" 人，成员表里有 "+strconv.Itoa(len(members))+" 人。", "请核对成员。")
}

func checkWater(in model.CheckInput) []model.Problem {
	if v := in.Record.Get("water"); !v.Set || v.Bool() || MonitorStage(in.Record) != StageNone {
		return nil
	}
	return found("water", "饮水没有解决，没有纳入监测。", "请核实饮水情况。")
}

func checkLand(in model.CheckInput) []model.Problem {
	v, most := in.Record.Get("land"), in.Params.Int(rule.LandMost)
	if !v.Set || v.Num >= 0 && v.Num <= int64(most)*100 {
		return nil
	}
	return found("land", "耕地面积 "+in.Ledger.Field("land").Show(v)+" 亩，应在 0–"+strconv.Itoa(most)+" 亩之间。", "请核对面积和单位。")
}

func checkIncome(in model.CheckInput) []model.Problem {
	v, most := in.Record.Get("income_pc"), in.Params.Int(rule.IncomeMost)
	if MonitorStage(in.Record) != StageHelping || v.Num <= int64(most)*100 {
		return nil
	}
	return found("income_pc", "识别时人均纯收入超过 "+strconv.Itoa(most)+" 元。", "请核实收入和纳入理由。")
}

func checkHouseTwice(in model.CheckInput) []model.Problem {
	for _, other := range in.Beside(besideHouseTwins) {
		if other.ID != in.Record.ID {
			return found("id_number", "“"+other.Get("village").Text+"”的“"+other.Get("householder").Text+"”也用了这个证件号码。", "请核对，重复的合并成一户。")
		}
	}
	return nil
}

func householdMemberChecks() []model.Check {
	return []model.Check{
		idMatches(HouseholdMember),
		{ID: "household_member.twice", Level: model.Doubt, Source: "同一证件号码只在一户（S-2）", Beside: []model.Beside{besideHouseholdTwins}, Func: checkMemberTwice},
		{ID: "household_member.student", Level: model.Doubt, Source: "文化程度和在校生状况只填一项（S-2）", Func: checkStudent},
		{ID: "household_member.card", Level: model.Doubt, Source: "残疾证号 20 位，补证 22 位（S-2）", Func: checkDisabilityCard},
	}
}

func checkMemberTwice(in model.CheckInput) []model.Problem {
	for _, other := range in.Beside(besideHouseholdTwins) {
		switch {
		case other.ID == in.Record.ID:
		case other.Get("household").ID == in.Record.Get("household").ID:
			return found("id_number", "本户的“"+other.Get("name").Text+"”也是这个证件号码。", "请核对，同一人只留一条。")
		default:
			return found("id_number", "这个证件号码也在“"+other.Get("household").Text+"”户里。", "请核对，一个人只在一户。")
		}
	}
	return nil
}

func checkStudent(in model.CheckInput) []model.Problem {
	education, student := in.Record.Get("education"), in.Record.Get("student").Text
	if education.IsEmpty() || student == "" || student == "非在校生" {
		return nil
	}
	return found("student", "文化程度和在校生状况都填了。", "在校的只填在校生状况。")
}

// disabilityCard is an identity number, category 1–7, grade 1–4, and for a reissued
// card two characters more.
var disabilityCard = regexp.MustCompile(`^\d{17}[\dX][1-7][1-4]([0-9A-Z]{2})?$`)

func checkDisabilityCard(in model.CheckInput) []model.Problem {
	card := in.Record.Get("disability_card").Text
	if card == "" || disabilityCard.MatchString(card) {
		return nil
	}
	return found("disability_card", "残疾证号应为 20 位，补发的 22 位，第 19 位是类别 1–7，第 20 位是等级 1–4。", "请对照残疾证核对。")
}
