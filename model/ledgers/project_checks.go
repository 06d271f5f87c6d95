package ledgers

import "xiangzhen/model"

// The rules of projects and their money (DOMAIN §1 f, §2 跨表).

var besideFunds = model.Beside{Ledger: Fund, Field: "project", Own: model.RecordID}

func projectChecks() []model.Check {
	return []model.Check{
		{ID: "project.budget", Level: model.Doubt, Source: "总投资等于各项资金之和", Func: checkBudget},
		{ID: "project.funds", Level: model.Doubt, Source: "下达资金等于资金台账之和", Beside: []model.Beside{besideFunds}, Func: checkFunds},
		{ID: "project.paid", Level: model.Doubt, Source: "支付不超过下达", Func: noMore("paid", "allotted", "已支付超过下达资金。")},
		{ID: "project.people", Level: model.Doubt, Source: "户数不多于人口", Func: noMore("households", "people", "受益户数多于受益人口。")},
		{ID: "project.poor_households", Level: model.Doubt, Source: "其中不多于总数", Func: noMore("poor_households", "households", "其中脱贫户和监测对象多于受益户数。")},
		{ID: "project.poor_people", Level: model.Doubt, Source: "其中不多于总数", Func: noMore("poor_people", "people", "其中脱贫户和监测对象多于受益人口。")},
		ordered("project.dates", "started_on", "finished_on", "完工时间早于开工时间。"),
		ordered("project.accepted", "finished_on", "accepted_on", "验收时间早于完工时间。"),
		ordered("project.plan", "plan_start", "plan_end", "计划完工早于计划开工。"),
	}
}

func checkBudget(in model.CheckInput) []model.Problem {
	budget := in.Record.Get("budget")
	fund, has := sumOf(in.Record, fundLevels...)
	other, also := sumOf(in.Record, otherFunds...)
	if !budget.Set || !has && !also || budget.Num == fund+other {
		return nil
	}
	return found("budget", "总投资与各项资金合计 "+model.FormatScaled(fund+other, moneyScale, false)+" 万元不等。", "请核对各级资金。")
}

func checkFunds(in model.CheckInput) []model.Problem {
	funds, allotted := in.Beside(besideFunds), in.Record.Get("allotted")
	if len(funds) == 0 || !allotted.Set {
		return nil
	}
	var sum int64
	for _, f := range funds {
		sum += f.Get("amount").Num
	}
	if sum == allotted.Num {
		return nil
	}
	return found("allotted", "下达资金与资金台账合计 "+model.FormatScaled(sum, moneyScale, false)+" 万元不等。", "请核对资金台账。")
}
